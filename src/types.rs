//! The small values every stage may use: why a block was struck, who had a hand in an article, when it was published.

mod date;
mod person;
mod reason;

pub use date::{InvalidDate, Offset, PartialDate, Time};
pub use person::{Person, Role};
pub use reason::Reason;
