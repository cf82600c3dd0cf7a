//! Dates: a parsed date prints as text that parses to the same date, and no date on a page causes a panic.
#![no_main]

use copydesk::{PartialDate, extract_str};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(date) = text.parse::<PartialDate>() {
        assert_eq!(date.to_string().parse(), Ok(date));
    }
    let attribute = text.replace('"', "");
    let page = format!(
        "<meta property=\"article:published_time\" content=\"{attribute}\"><h1>A title of some length</h1><p>{text}</p>\
         <time datetime=\"{attribute}\">{text}</time><p>A paragraph that is long enough to be taken for one, with a comma.</p>"
    );
    if let Some(date) = extract_str(&page).expect("short enough").date() {
        assert_eq!(date.to_string().parse().map(|parsed: PartialDate| parsed.to_string()), Ok(date.to_string()));
    }
});
