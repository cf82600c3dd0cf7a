//! The whole page in reading order: what was kept and what was struck.

use crate::article::{Article, Block, Struck};

/// A piece of the page and what became of it. There are no other cases, so a `match` needs no `_`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Piece<'a> {
    /// Part of the body.
    Kept(Block<'a>),
    /// A caption, which is not part of the body.
    Caption(&'a str),
    /// Not part of the body.
    Struck(Struck<'a>),
}

impl Article {
    /// The text of the whole page in reading order, each piece marked as kept, caption or struck. Of a repeated
    /// caption, only the first is given.
    ///
    /// ```
    /// # fn main() -> Result<(), copydesk::Error> {
    /// use copydesk::{Extractor, Piece};
    /// let mut extractor = Extractor::new().strike("p.ad")?.keep("p")?;
    /// let article = extractor.extract("<p>One.</p><p class=ad>Buy!</p><p>Two.</p>")?;
    /// let struck: Vec<bool> = article.pieces().map(|piece| matches!(piece, Piece::Struck(_))).collect();
    /// assert_eq!(struck, [false, true, false]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn pieces(&self) -> impl ExactSizeIterator<Item = Piece<'_>> + DoubleEndedIterator + Clone {
        let kept = self.blocks.iter().map(|block| block.text.start).zip(self.blocks().map(Piece::Kept));
        let captions = self.captions.iter().map(|range| range.start).zip(self.captions().map(Piece::Caption));
        let struck = self.struck.iter().map(|struck| struck.text.start).zip(self.struck().map(Piece::Struck));
        let mut pieces: Vec<_> = kept.chain(captions).chain(struck).collect();
        // Texts are stored in reading order.
        pieces.sort_by_key(|(start, _)| *start);
        pieces.into_iter().map(|(_, piece)| piece)
    }
}
