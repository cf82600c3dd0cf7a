//! Why a block is not part of the body.

use std::fmt;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident => $key:literal,)*) => {
        /// Why a block was struck. One list for all pages, so that reports and tests can count by reason.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// Every reason, in the order in which they are declared.
            pub const ALL: &[Reason] = &[$(Reason::$variant,)*];

            /// The snake_case name used in records, such as `reporter_card`.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Reason::$variant => $key,)* }
            }
        }
    };
}

/// As its [key](Reason::key).
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

reasons! {
    /// Menus, breadcrumbs, section lists, skip links, paging.
    Navigation => "navigation",
    /// Teasers of and links to other articles.
    Related => "related",
    /// Most-read lists and charts of headlines.
    Ranking => "ranking",
    /// Crypto, stock, weather or score tickers.
    Ticker => "ticker",
    /// Share buttons, reactions, font-size and print tools.
    Share => "share",
    /// Promotion of newsletters, subscriptions, paywalls and apps.
    Subscribe => "subscribe",
    /// Reader comments and the box to write one.
    Comments => "comments",
    /// Copyright and re-use notices, imprint lines.
    Copyright => "copyright",
    /// A card about the author: name, address, biography.
    ReporterCard => "reporter_card",
    /// The frame of a post on a message board: counters, links to the previous and next post.
    BoardFrame => "board_frame",
    /// Link and keyword spam.
    Spam => "spam",
    /// Machine summaries, text-to-speech, players, polls and other tools.
    Widget => "widget",
    /// Cookie and privacy consent.
    Consent => "consent",
    /// Advertising.
    Advert => "advert",
    /// A repetition of text that is kept elsewhere.
    Duplicate => "duplicate",
    /// Text that a browser would not show.
    Hidden => "hidden",
    /// A notice in place of an article: not found, removed, under maintenance, log in or prove to be human first.
    Notice => "notice",
    /// The title, byline or date line: part of the article, but not of its body.
    Metadata => "metadata",
    /// Matched by a rule of the caller ([`crate::Extractor::strike`]).
    Rule => "rule",
    /// None of the above: the model alone decided against it.
    Other => "other",
    /// The page is data: JSON, or a robots.txt file.
    Data => "data",
}
