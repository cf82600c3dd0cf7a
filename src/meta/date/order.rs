//! Which of two numbers is the day, by the language, by the host and by what the page itself proves.

use crate::types::PartialDate;
use crate::vocab::{DateOrder, Vocab};

/// Which of day and month comes first.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

impl Order {
    pub(super) fn other(self) -> Order {
        match self {
            Order::DayFirst => Order::MonthFirst,
            Order::MonthFirst => Order::DayFirst,
        }
    }
}

/// How sure it is which number of a date is the day.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub(crate) enum Reading {
    /// The notation leaves no doubt.
    #[default]
    Clear,
    /// The other order names no day, which proves the order of this page.
    Proves(Order),
    /// Read in this order; the other order names another date.
    Guess(Order, PartialDate),
    /// Read day first, as all dates with full stops and the year last; the other order names another date.
    Stops(PartialDate),
}

/// The sign between the numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Sign {
    Hyphen,
    Slash,
    Stop,
}

impl Sign {
    pub(super) fn of(c: char) -> Option<Sign> {
        Some(match c {
            '-' | '‐' | '‑' | '–' | '−' | '－' => Sign::Hyphen,
            '/' | '／' | '⁄' => Sign::Slash,
            '.' | '．' => Sign::Stop,
            _ => return None,
        })
    }
}

/// What is known of the order of day and month on a page before any date is read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Orders {
    /// The order of the page's language.
    language: Option<DateOrder>,
}

impl Orders {
    /// The order of a page in a language (BCP 47) on a host, where they are known.
    pub(crate) fn of(language: Option<&str>, host: Option<&str>) -> Orders {
        /// Countries that write English with the month first, as region codes and top-level domains.
        const MONTH_FIRST: [&str; 2] = ["us", "ph"];
        /// Countries that write English with the day first, likewise.
        const DAY_FIRST: [&str; 14] =
            ["uk", "gb", "ie", "au", "nz", "in", "za", "sg", "ng", "ke", "pk", "my", "hk", "eu"];
        let order = language.and_then(|code| Vocab::get().date_order(code));
        let tag = language.unwrap_or_default();
        let english = order == Some(DateOrder::MonthDayYear) || language.is_none();
        if !english {
            return Orders { language: order };
        }
        let region = tag.rsplit(['-', '_']).next().filter(|region| region.len() == 2 && region.len() < tag.len());
        let top = host.and_then(|host| host.rsplit('.').next());
        let says = |list: &[&str], code: Option<&str>| {
            code.is_some_and(|code| list.iter().any(|c| code.eq_ignore_ascii_case(c)))
        };
        // The host outweighs the region: templates all over the world declare `en-US`.
        let order = if says(&DAY_FIRST, top) || !says(&MONTH_FIRST, region) && says(&DAY_FIRST, region) {
            Some(DateOrder::DayMonthYear)
        } else {
            order
        };
        Orders { language: order }
    }

    /// Whether years of two digits come first: `25-04-17`.
    pub(super) fn year_leads(self) -> bool {
        self.language == Some(DateOrder::YearMonthDay)
    }

    /// Decides which number is the day; `date` makes a date of month and day.
    pub(super) fn day_and_month(
        self,
        sign: Sign,
        a: u8,
        b: u8,
        date: impl Fn(u8, u8) -> Option<PartialDate>,
    ) -> Option<(PartialDate, Reading)> {
        let proves = |order| if sign == Sign::Stop { Reading::Clear } else { Reading::Proves(order) };
        Some(match (date(b, a), date(a, b)) {
            (Some(date), Some(_)) if a == b => (date, Reading::Clear),
            (Some(date), Some(other)) if sign == Sign::Stop => (date, Reading::Stops(other)),
            (Some(day_first), Some(month_first)) => match self.guess(sign) {
                Order::DayFirst => (day_first, Reading::Guess(Order::DayFirst, month_first)),
                Order::MonthFirst => (month_first, Reading::Guess(Order::MonthFirst, day_first)),
            },
            (Some(date), None) => (date, proves(Order::DayFirst)),
            (None, Some(date)) => (date, proves(Order::MonthFirst)),
            (None, None) => return None,
        })
    }

    fn guess(self, sign: Sign) -> Order {
        match (sign, self.language) {
            (Sign::Slash, None | Some(DateOrder::MonthDayYear)) => Order::MonthFirst,
            (Sign::Hyphen, Some(DateOrder::MonthDayYear)) => Order::MonthFirst,
            _ => Order::DayFirst,
        }
    }
}
