//! The format of language files: sections with one phrase per line, and the checks below them.
//!
//! ```text
//! # Deutsch
//! [byline.lead]
//! ^von
//! [month]
//! 3 = märz, mär
//! [check]
//! drop | Jetzt Newsletter abonnieren => subscribe
//! ```
//!
//! A malformed line yields nothing; the test over all files reports it.

use super::family::{ClassFamily, DateOrder, Family};

/// What one line of a language file adds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Entry {
    Phrase(Family, &'static str),
    Class(ClassFamily, &'static str),
    Order(DateOrder),
}

/// The name of the section that holds the checks.
pub(super) const CHECK: &str = "check";

/// The lines of a file with their sections, without comments and empty lines.
pub(super) fn lines(source: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    source.lines().map(str::trim).filter_map(move |line| {
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = header(line) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

/// The name in a section's header. A phrase may be in brackets too, but then it contains other characters.
pub(super) fn header(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_' | b'.')).then_some(name)
}

/// Everything that a file adds, apart from its checks.
pub(super) fn entries(source: &'static str) -> impl Iterator<Item = Entry> {
    lines(source).filter(|(section, _)| *section != CHECK).flat_map(|(section, line)| line_entries(section, line))
}

/// What one line of a section adds: several entries if words share a line.
pub(super) fn line_entries(section: &str, line: &'static str) -> Vec<Entry> {
    if section == "date.order" {
        return DateOrder::from_name(line).map(Entry::Order).into_iter().collect();
    }
    if let Some(name) = section.strip_prefix("class.") {
        return ClassFamily::from_name(name).map(|family| Entry::Class(family, line)).into_iter().collect();
    }
    if let Some(family @ (Family::Weekday | Family::Am | Family::Pm)) = Family::from_section(section) {
        // Names and their abbreviations share a line.
        return line.split(',').map(|word| Entry::Phrase(family, word.trim())).collect();
    }
    if let Some(family) = Family::from_section(section) {
        return vec![Entry::Phrase(family, line)];
    }
    let Some((key, words)) = line.split_once('=') else { return Vec::new() };
    let Some(family) = Family::from_keyed_section(section, key.trim()) else { return Vec::new() };
    words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(|word| Entry::Phrase(family, word)).collect()
}
