//! The fitted tables that the choices go by: `data/meta`.

use super::byline::NameSignal;
use super::date::DateSignal;
use super::signal::Weights;
use super::title::TitleSignal;
use std::sync::{Arc, LazyLock};

/// One table a field. `train meta` writes them.
#[derive(Clone, Debug)]
pub struct Tables {
    pub(crate) titles: Weights,
    pub(crate) names: Weights,
    pub(crate) dates: Weights,
}

impl Tables {
    /// Reads the tables of titles, names and dates for the signals as they are now.
    #[must_use]
    pub fn read(titles: &str, names: &str, dates: &str) -> Tables {
        Tables {
            titles: Weights::load(titles, TitleSignal::NAMES),
            names: Weights::load(names, NameSignal::NAMES),
            dates: Weights::load(dates, DateSignal::NAMES),
        }
    }

    /// The tables this crate comes with.
    pub(crate) fn standard() -> Arc<Tables> {
        static STANDARD: LazyLock<Arc<Tables>> = LazyLock::new(|| {
            Arc::new(Tables::read(
                include_str!("../../data/meta/title.txt"),
                include_str!("../../data/meta/name.txt"),
                include_str!("../../data/meta/date.txt"),
            ))
        });
        STANDARD.clone()
    }
}
