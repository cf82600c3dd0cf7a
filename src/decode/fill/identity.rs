//! The titles and addresses of a page, by which its own article is recognised among others in its data.

use crate::plain::plain;
use std::borrow::Cow;

/// Maximum length in bytes of a string that may be a title with markup in it. Longer ones are texts.
const MAX_TITLE_BYTES: usize = 1_000;
/// Minimum length in bytes of a path or its last segment. Shorter ones occur by chance.
const MIN_SLUG_BYTES: usize = 6;
/// Minimum length of a title that is a headline rather than the name of a site or section. Letters of scripts without case
/// count twice.
const MIN_HEADLINE_LETTERS: usize = 20;

/// The titles and addresses that a page has or declares for itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity<'a> {
    pub(crate) titles: Vec<&'a str>,
    pub(crate) addresses: Vec<&'a str>,
}

impl Identity<'_> {
    /// The headlines among its titles alone: boxes of the whole site have the site's name or address.
    pub(super) fn headlines(&self) -> Self {
        let letters = |title: &str| -> usize {
            let weight = |c: char| if c.is_uppercase() || c.is_lowercase() { 1 } else { 2 };
            title.chars().filter(|c| c.is_alphabetic()).map(weight).sum()
        };
        let titles = self.titles.iter().copied().filter(|title| letters(title) >= MIN_HEADLINE_LETTERS);
        Identity { titles: titles.collect(), addresses: Vec::new() }
    }

    /// Whether a string of the data is the page's title or its address, the path of the address, or its last segment.
    pub(super) fn has(&self, value: &str) -> bool {
        let is_path = |address: &str| {
            let path = address.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
            let slug = path.and_then(|path| path.trim_end_matches('/').rsplit('/').next());
            path.is_some_and(|path| path.len() >= MIN_SLUG_BYTES && path == value)
                || slug.is_some_and(|slug| slug.len() >= MIN_SLUG_BYTES && slug == value)
        };
        self.addresses.iter().any(|&address| address == value || is_path(address))
            || self.titles.iter().any(|title| is_title(title, value))
    }
}

/// Whether a string of the data is the page's title, ignoring spaces, case, quotation marks and markup: for
/// `The “Ferry” & the Sea`, data may contain `The &quot;ferry&quot; &#038; the sea`.
fn is_title(title: &str, value: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        let is_quotation = |c| matches!(c, '"' | '\'' | '‘'..='‟' | '«' | '»' | '‹' | '›');
        text.chars().filter(move |&c| !c.is_whitespace() && !is_quotation(c)).flat_map(char::to_lowercase)
    }
    let is_markup = value.len() <= MAX_TITLE_BYTES && value.contains(['&', '<']);
    let value = if is_markup { Cow::Owned(plain(value)) } else { Cow::Borrowed(value) };
    letters(title).eq(letters(&value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_and_names() {
        let titles =
            vec!["Ferry News", "Nobody looks up when the ferry leaves", "가나일보", "배가 떠날 때 아무도 보지 않는다"];
        let identity = Identity { titles, addresses: vec!["https://a.example/"] };
        let headlines = ["Nobody looks up when the ferry leaves", "배가 떠날 때 아무도 보지 않는다"];
        assert_eq!((identity.headlines().titles.as_slice(), identity.headlines().addresses.len()), (&headlines[..], 0));
    }

    #[test]
    fn what_names_a_page() {
        let identity = Identity {
            titles: vec!["The  boat"],
            addresses: vec!["https://a.example/news/the-boat/", "https://a.example/n/12"],
        };
        for (value, is_own) in [
            ("The boat", true),
            ("The boats", false),
            ("https://a.example/news/the-boat/", true),
            ("/news/the-boat/", true),
            ("the-boat", true),
            ("boat", false),
            ("12", false),
            ("/n/12", false),
            ("", false),
            ("<b>The boat</b>", true),
        ] {
            assert_eq!(identity.has(value), is_own, "{value}");
        }
    }

    #[test]
    fn titles_as_data_write_them() {
        for (title, value, is_same) in [
            ("The ferry & the sea", "The ferry &amp; the sea", true),
            ("The ferry & the sea", "The ferry &#038; the Sea ", true),
            ("The “ferry’s” sea", "The &quot;ferry's&quot; <em>sea</em>", true),
            ("« The sea »", "\"The sea\"", true),
            ("The ferry & the sea", "The ferry &amp; the seas", false),
            ("The ferry & the sea", "The ferry, the sea", false),
            ("C", "C++", false),
        ] {
            assert_eq!(is_title(title, value), is_same, "{title}: {value}");
        }
    }
}
