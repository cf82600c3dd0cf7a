//! Why a block is not part of the body.

use super::keyed::keyed;

keyed! {
    /// Why a block was struck. One list for all pages, so that reports and tests can count by reason.
    ///
    /// ```
    /// use copydesk::Reason;
    /// assert_eq!(Reason::ReporterCard.key(), "reporter_card");
    /// assert_eq!("reporter_card".parse(), Ok(Reason::ReporterCard));
    /// ```
    pub enum Reason {
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
}
