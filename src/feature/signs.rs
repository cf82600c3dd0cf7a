//! Aggregates the phrases found in each block.

mod credit;

use crate::block::Blocks;
use crate::types::Reason;
use crate::vocab::{Family, Hit};
use credit::Phrase;

/// Families with a column of their own.
pub(crate) const FAMILIES: [Reason; 14] = [
    Reason::Navigation,
    Reason::Related,
    Reason::Ranking,
    Reason::Ticker,
    Reason::Share,
    Reason::Subscribe,
    Reason::Comments,
    Reason::Copyright,
    Reason::ReporterCard,
    Reason::BoardFrame,
    Reason::Spam,
    Reason::Widget,
    Reason::Consent,
    Reason::Advert,
];

/// For each reason its index in [`FAMILIES`]; [`u8::MAX`] for reasons that have no phrases.
const INDEX_OF: [u8; Reason::ALL.len()] = {
    let mut of = [u8::MAX; Reason::ALL.len()];
    let mut index = 0;
    while index < FAMILIES.len() {
        of[FAMILIES[index] as usize] = index as u8;
        index += 1;
    }
    of
};

/// The phrases found in a block. A strength is 0 without a phrase, or [`Signs::INSIDE`] and so on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Signs {
    /// The greatest strength of each family, by index in [`FAMILIES`].
    pub(crate) family: [u8; FAMILIES.len()],
    pub(crate) caption: u8,
    /// Whether the block ends with a credit in brackets.
    pub(crate) credit: bool,
    /// Whether the block may end with a credit: an agency or a name after a sign, in brackets or after a sentence.
    pub(crate) named: bool,
    /// Whether the block ends by saying who made a picture: `Photo: Ana Ruiz`.
    pub(crate) made: bool,
    /// Whether the block begins by saying that it is a caption.
    pub(crate) labelled: bool,
    /// Whether the block begins with a label of who wrote, edited or published the article: `责任编辑：张迪`.
    pub(crate) attribution: bool,
    /// Whether the block begins by saying that it is the headline that the article had elsewhere.
    pub(crate) former_headline: bool,
    /// Whether a phrase in the block says that a machine summed up the article.
    pub(crate) summary_note: bool,
    pub(crate) byline: u8,
    pub(crate) date: u8,
    /// Whether the block is a short time stamp: `June 23, 2018 at 8:42 am`, `1 year ago Reply`.
    pub(crate) time: bool,
    pub(crate) end: bool,
    /// Bytes of phrases that state that the requested page does not exist.
    pub(crate) missing: u32,
    /// Bytes of phrases that demand something before content is shown, or refuse access.
    pub(crate) barred: u32,
    /// Bytes of phrases of any family.
    pub(crate) bytes: u32,
}

impl Signs {
    /// Strength of a phrase inside the block.
    pub(crate) const INSIDE: u8 = 1;
    /// Strength of a phrase at the start of the block.
    pub(crate) const AT_START: u8 = 2;
    /// Strength of a phrase that is the whole block.
    pub(crate) const WHOLE: u8 = 3;
    /// Strength of a block that is a heading of its family.
    pub(crate) const HEADING: u8 = 4;

    /// The strength of one family, 0 to [`Signs::HEADING`].
    #[inline]
    pub(crate) fn of(&self, reason: Reason) -> u8 {
        self.family.get(usize::from(INDEX_OF[reason as usize])).copied().unwrap_or_default()
    }

    /// The strength of the strongest family; 0 if there is none.
    pub(crate) fn greatest_strength(&self) -> f32 {
        self.strongest().map_or(0.0, |(_, strength)| f32::from(strength))
    }

    /// The strongest family, if any; of equals the first.
    pub(crate) fn strongest(&self) -> Option<(Reason, u8)> {
        // Most blocks have none, and neighbours query every block: 5 % of an extraction without this line.
        if self.family == [0; FAMILIES.len()] {
            return None;
        }
        let (index, strength) = self.family.iter().enumerate().max_by_key(|(index, s)| (**s, usize::MAX - index))?;
        (*strength > 0).then(|| (FAMILIES[index], *strength))
    }
}

/// Assigns the hits of a page, sorted by start, to its blocks.
pub(crate) fn signs(blocks: &Blocks, hits: &[Hit], out: &mut Vec<Signs>) {
    out.clear();
    out.reserve(blocks.items.len());
    let mut hits = hits.iter().peekable();
    for block in &blocks.items {
        let mut signs = Signs::default();
        while let Some(hit) = hits.next_if(|hit| hit.start < block.text.end) {
            if hit.start >= block.text.start {
                signs.add(hit);
                let phrase = Phrase::new(blocks, block.text, hit);
                match hit.family {
                    Family::Agency => signs.named |= phrase.is_agency_of_picture(),
                    Family::Caption | Family::Photographer => {
                        signs.credit |= phrase.is_in_closing_brackets();
                        signs.named |= phrase.follows_maker();
                        signs.made |= phrase.precedes_maker();
                    }
                    Family::CaptionLabel => signs.labelled |= hit.at_start && phrase.is_set_off(),
                    Family::BylineLead | Family::Editor | Family::OutletLead => {
                        signs.attribution |= hit.at_start && phrase.is_label();
                    }
                    Family::FormerHeadline => signs.former_headline |= hit.at_start,
                    _ => {}
                }
            }
        }
        let text = blocks.text.get(block.text.range()).unwrap_or_default();
        signs.named |= credit::ends_with_maker(text);
        signs.caption = signs.caption.max(if signs.named { Signs::INSIDE } else { 0 });
        let has_digits = || text.bytes().any(|byte| byte.is_ascii_digit());
        signs.time = text.len() <= STAMP_MAX_BYTES && has_digits() && (signs.time || has_numeric_time(text.as_bytes()));
        out.push(signs);
    }
}

/// Maximum length of a time stamp in bytes.
const STAMP_MAX_BYTES: usize = 100;

/// Whether there is a time or date in digits: `8:42`, `2018-06`, `2018/6`, `2018.06`.
fn has_numeric_time(text: &[u8]) -> bool {
    let is_clock =
        |four: &[u8]| four[0].is_ascii_digit() && four[1] == b':' && four[2..].iter().all(u8::is_ascii_digit);
    let is_day = |six: &[u8]| {
        six[..4].iter().all(u8::is_ascii_digit) && matches!(six[4], b'-' | b'/' | b'.') && six[5].is_ascii_digit()
    };
    text.windows(4).any(is_clock) || text.windows(6).any(is_day)
}

impl Signs {
    fn add(&mut self, hit: &Hit) {
        let strength = if hit.whole {
            Signs::WHOLE
        } else if hit.at_start {
            Signs::AT_START
        } else {
            Signs::INSIDE
        };
        match hit.family {
            Family::Boilerplate(reason) => self.raise(reason, strength, hit),
            Family::Heading(reason) => self.raise(reason, if hit.whole { Signs::HEADING } else { strength }, hit),
            Family::Caption | Family::CaptionLabel | Family::Photographer => self.caption = self.caption.max(strength),
            Family::SummaryNote => self.summary_note = true,
            Family::BylineLead | Family::Author | Family::Poster | Family::Editor => {
                self.byline = self.byline.max(strength)
            }
            Family::DatePublished | Family::DateModified | Family::DateOther => self.date = self.date.max(strength),
            Family::Ago(_) | Family::Month(_) => self.time = true,
            Family::End => self.end = true,
            Family::Missing => self.missing += hit.end.saturating_sub(hit.start),
            Family::Barred => self.barred += hit.end.saturating_sub(hit.start),
            _ => {}
        }
    }

    fn raise(&mut self, reason: Reason, strength: u8, hit: &Hit) {
        if let Some(family) = self.family.get_mut(usize::from(INDEX_OF[reason as usize])) {
            *family = strength.max(*family);
            self.bytes += hit.end.saturating_sub(hit.start);
        }
    }
}
