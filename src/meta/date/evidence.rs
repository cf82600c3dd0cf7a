//! Evidence for and against a day being the day of publication.

use crate::meta::fact::{Fact, FactField, Source};
use crate::meta::signal::{Signals, signals};
use std::borrow::Cow;
use std::sync::OnceLock;

signals! {
    /// Evidence for one day. Several statements of one day add up, each kind once.
    DateSignal {
        LinkedPublished => "jsonld.published",
        LinkedCreated => "jsonld.created",
        LinkedModified => "jsonld.modified",
        ThingPublished => "jsonld_thing.published",
        ThingModified => "jsonld_thing.modified",
        SecondPublished => "jsonld_second.published",
        SecondModified => "jsonld_second.modified",
        ArticlePublished => "article.published",
        ArticleModified => "article.modified",
        GraphPublished => "og.published",
        GraphModified => "og.modified",
        DublinPublished => "dublin_core.published",
        DublinModified => "dublin_core.modified",
        ParselyPublished => "parsely.published",
        SailthruPublished => "sailthru.published",
        DablePublished => "dable.published",
        CitationPublished => "citation.published",
        MetaPublished => "meta.published",
        MetaDate => "meta.date",
        MetaModified => "meta.modified",
        ItemPublished => "item.published",
        ItemModified => "item.modified",
        ItemAside => "item.aside",
        TimeFirst => "time.first",
        TimeLater => "time.later",
        TimeMany => "time.one_of_many",
        TimeShown => "time.text",
        TimeBeforeHeading => "time.before_h1",
        TimeAside => "time.aside",
        TimeLinked => "time.linked",
        ClassFirst => "class.first",
        ClassLater => "class.later",
        ClassMany => "class.one_of_many",
        ClassAside => "class.aside",
        Address => "url.day",
        AddressMonth => "url.month",
        AddressOtherMonth => "url.other_month",
        AddressOtherDay => "url.other_day",
        Image => "image.day",
        ShownPublished => "shown.published",
        ShownModified => "shown.modified",
        ShownOther => "shown.other",
        ShownPlain => "shown.plain",
        ShownRelative => "shown.relative",
        BeforeModified => "shown.before_modified",
        FlatPublished => "flat.published",
        FlatModified => "flat.modified",
        FlatPlain => "flat.plain",
        FirstPublished => "first.published",
        FirstShort => "first.short",
        FirstAfterTitle => "first.after_title",
        FirstShortAfterTitle => "first.short_after_title",
        TitleNext => "place.next_to_title",
        TitleNear => "place.near_title",
        TitleAfter => "place.after_title",
        TitleBefore => "place.just_before_title",
        PageTop => "place.before_title",
        BodyNext => "place.just_before_body",
        BodyBefore => "place.before_body",
        BodyStart => "place.body_start",
        BodyInside => "place.in_body",
        BodyEnd => "place.just_after_body",
        BodyAfter => "place.after_body",
        Alone => "block.alone",
        Short => "block.short",
        Prose => "block.prose",
        Aside => "block.aside",
        Comment => "block.comment",
        Linked => "block.linked",
        Hinted => "block.date_class",
        Byline => "block.author_class",
        InHeader => "block.header",
        Hidden => "block.hidden",
        Timed => "block.timed",
        Caption => "block.caption",
        Credit => "block.credit",
        InSentence => "block.sentence",
        SentenceOnly => "flat.sentence",
        Glued => "shown.glued",
        Zulu => "declared.zulu_only",
        Repeated => "repeats.twice",
        Often => "repeats.often",
        Inferred => "year.inferred",
        Two => "agree.two",
        Three => "agree.three",
        Four => "agree.four",
        DeclaredAndShown => "agree.declared_and_shown",
        Earliest => "rank.earliest",
        EarliestDeclared => "rank.earliest_declared",
        Latest => "rank.latest",
        LatestOfMany => "rank.latest_of_many",
        BeforeWeb => "year.before_web",
        AfterDeclared => "rank.after_all_declared",
        LocalOfZulu => "rank.local_day_of_declared",
        EastOfZulu => "rank.local_day_of_declared_east",
        UtcOfShown => "rank.utc_day_of_shown",
        OnlyModified => "day.only_modified",
        OnlyModifiedBeside => "day.only_modified_beside_published",
        ModifiedAgree => "agree.modified",
        BothFields => "day.published_and_modified",
        StrongTwo => "day.two_strong_declared",
        PublishedAtTitle => "day.published_and_at_title",
        RivalPublished => "rival.declared_published",
        RivalAtTitle => "rival.at_title",
        RivalLabelled => "rival.labelled_published",
        EarliestItem => "rank.earliest_item",
        EarliestTime => "rank.earliest_time",
        FirstModified => "first.modified",
        BlockHead => "block.at_head",
        FlatHead => "flat.prose_at_head",
        FewerDates => "page.up_to_three_days",
        NoneBias => "none.bias",
        NoneDeclared => "none.nothing_declared",
        NoneShown => "none.nothing_shown",
        NoneShort => "none.nothing_short",
        NoneLabelled => "none.nothing_labelled",
        NoneFlat => "none.flat",
        NoneMany => "none.many_days",
        NoneNear => "none.nothing_near_title",
        NoneArticle => "none.no_article_declared",
    }
}

/// Evidence that a day was stated as that of publication, or as that of a change.
const PUBLISHED: [DateSignal; 12] = [
    DateSignal::LinkedPublished,
    DateSignal::ThingPublished,
    DateSignal::ArticlePublished,
    DateSignal::GraphPublished,
    DateSignal::DublinPublished,
    DateSignal::ParselyPublished,
    DateSignal::CitationPublished,
    DateSignal::MetaPublished,
    DateSignal::ItemPublished,
    DateSignal::ShownPublished,
    DateSignal::FlatPublished,
    DateSignal::Address,
];
const MODIFIED: [DateSignal; 8] = [
    DateSignal::LinkedModified,
    DateSignal::ThingModified,
    DateSignal::ArticleModified,
    DateSignal::GraphModified,
    DateSignal::MetaModified,
    DateSignal::ItemModified,
    DateSignal::ShownModified,
    DateSignal::FlatModified,
];
/// Declarations that are hardly ever about anything but the article.
const STRONG: [DateSignal; 4] =
    [DateSignal::LinkedPublished, DateSignal::ArticlePublished, DateSignal::ItemPublished, DateSignal::MetaPublished];

fn count(signals: Signals<DateSignal>, of: &[DateSignal]) -> usize {
    of.iter().filter(|&&signal| signals.has(signal)).count()
}

pub(super) fn is_published(signals: Signals<DateSignal>) -> bool {
    count(signals, &PUBLISHED) > 0
}

pub(super) fn is_modified(signals: Signals<DateSignal>) -> bool {
    count(signals, &MODIFIED) > 0
}

pub(super) fn strong(signals: Signals<DateSignal>) -> usize {
    count(signals, &STRONG)
}

/// The field of a `<meta>` whose name no vocabulary lists, if it is a date: `w-published-date`, `article-publish-time`.
pub(crate) fn of_name(name: &str) -> Option<FactField> {
    /// Longest name read, in bytes.
    const LONGEST: usize = 64;
    if name.len() > LONGEST {
        return None;
    }
    let mut name = Cow::Borrowed(name);
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        name.to_mut().make_ascii_lowercase();
    }
    let has =
        |kind: &str| kinds().iter().any(|(of, parts)| *of == kind && parts.iter().any(|part| name.contains(part)));
    let fields = [("modified", FactField::Modified), ("published", FactField::Published), ("date", FactField::Date)];
    // Most names are about something else, and the first test ends the search.
    (has("dated") && !has("not")).then(|| fields.into_iter().find(|(kind, _)| has(kind)).map(|(_, field)| field))?
}

/// The lines of `date_names.txt`: a kind, and parts of names.
fn kinds() -> &'static [(&'static str, Vec<&'static str>)] {
    static KINDS: OnceLock<Vec<(&str, Vec<&str>)>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let lines = include_str!("../../../data/meta/date_names.txt").lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once(' ')).map(|(kind, parts)| (kind, parts.split(' ').collect())).collect()
    })
}

/// The signal for a declared date, by its source and its field.
pub(super) fn of_fact(fact: &Fact) -> Option<DateSignal> {
    use DateSignal as S;
    let modified = fact.field == FactField::Modified;
    let pick = |published: S, changed: S| Some(if modified { changed } else { published });
    match fact.source {
        Source::JsonLd if fact.has(Fact::SECOND) => pick(S::SecondPublished, S::SecondModified),
        Source::JsonLd if fact.has(Fact::NO_ARTICLE) => pick(S::ThingPublished, S::ThingModified),
        Source::JsonLd if fact.field == FactField::Date => Some(S::LinkedCreated),
        Source::JsonLd => pick(S::LinkedPublished, S::LinkedModified),
        Source::Article => pick(S::ArticlePublished, S::ArticleModified),
        Source::OpenGraph | Source::Twitter => pick(S::GraphPublished, S::GraphModified),
        Source::DublinCore => pick(S::DublinPublished, S::DublinModified),
        Source::Parsely => Some(S::ParselyPublished),
        Source::Sailthru => Some(S::SailthruPublished),
        Source::Dable => Some(S::DablePublished),
        Source::Citation => Some(S::CitationPublished),
        Source::Meta if fact.field == FactField::Date => Some(S::MetaDate),
        Source::Meta => pick(S::MetaPublished, S::MetaModified),
        Source::Microdata | Source::Rdfa if fact.has(Fact::ASIDE) || fact.has(Fact::COMMENT) => Some(S::ItemAside),
        Source::Microdata | Source::Rdfa => pick(S::ItemPublished, S::ItemModified),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_meta_elements() {
        let cases = [
            ("w-published-date", Some(FactField::Published)),
            ("article-publish-time", Some(FactField::Published)),
            ("pub_date_time", Some(FactField::Published)),
            ("page-updated-date", Some(FactField::Modified)),
            ("ms.date", Some(FactField::Date)),
            ("near miss: publisher", None),
            ("event-start-date", None),
            ("unpublish_date", None),
            ("viewport", None),
            ("reading-time", None),
        ];
        for (name, field) in cases {
            assert_eq!(of_name(name), field, "{name}");
        }
    }
}
