//! Small types that every stage may use.

mod clue;
mod date;
mod field;
mod input;
mod keyed;
mod line_role;
mod person;
mod reason;
#[cfg(feature = "serde")]
mod stored;

pub use clue::Clue;
pub use date::{InvalidDate, Offset, PartialDate, Time};
pub use field::Field;
pub(crate) use field::Wanted;
pub use input::{EncodingSource, Include, Input};
pub use keyed::UnknownKey;
pub(crate) use line_role::LineRole;
pub use person::{Person, Role};
pub use reason::Reason;
