//! What the words of a block share with the rest of the page: with its main prose, which is mostly the article, and, word
//! for word, with any other block.

use super::measure::{Measure, Words};

/// Shares of one block, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Shared {
    /// Terms that some other block of the main prose has.
    pub(crate) terms: f32,
    /// Terms that the main prose before it has: the first paragraphs of another article have few.
    pub(crate) before: f32,
    /// Runs of three terms that some other block has: summaries, captions and cards repeat the text.
    pub(crate) runs: f32,
}

/// Bits of a hash that tell it from others: a page of 3,000 words then gives one false hit in twenty.
const BITS: u32 = 16;

/// For each hash the one block that has it, or that several have: 0 nobody, else a block's [`tag`] and perhaps [`SEVERAL`].
#[derive(Debug, Default)]
struct Seen(Vec<u16>);

const SEVERAL: u16 = 1 << 15;

/// Blocks by number, from 1 on; those of enormous pages share numbers.
fn tag(block: usize) -> u16 {
    (block % 0x7ffe) as u16 + 1
}

/// Kept from page to page, with nothing in it between two: to clear a quarter of a megabyte would cost a small page as much as
/// all its words.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Terms of the main prose.
    prose: Seen,
    /// Runs of all blocks.
    all: Seen,
}

impl Seen {
    /// Makes room, the first time.
    fn begin(&mut self) {
        self.0.resize(1 << BITS, 0);
    }

    fn forget(&mut self, hash: u32) {
        self.0[(hash >> (32 - BITS)) as usize] = 0;
    }

    fn add(&mut self, hash: u32, block: usize) {
        let entry = &mut self.0[(hash >> (32 - BITS)) as usize];
        let tag = tag(block);
        // Both are asked, so that nothing is guessed: here words are met that were met before or not.
        *entry = if (*entry == 0) | (*entry == tag) { tag } else { *entry | SEVERAL };
    }

    fn elsewhere(&self, hash: u32, block: usize) -> bool {
        let entry = self.0[(hash >> (32 - BITS)) as usize];
        (entry != 0) & (entry != tag(block))
    }
}

/// One entry a block. `is_main` tells the blocks of the main prose.
pub(crate) fn shared(
    words: &Words,
    measures: &[Measure],
    is_main: impl Fn(usize) -> bool,
    Memory { prose, all }: &mut Memory,
    out: &mut Vec<Shared>,
) {
    all.begin();
    prose.begin();
    let share = |hits: usize, of: u32| hits as f32 / of.max(1) as f32;
    out.clear();
    for (block, m) in measures.iter().enumerate() {
        let met = words.terms(block).iter().filter(|term| prose.elsewhere(**term, block)).count();
        out.push(Shared { before: share(met, m.terms), ..Shared::default() });
        words.runs(block).for_each(|run| all.add(run, block));
        if is_main(block) {
            words.terms(block).iter().for_each(|&term| prose.add(term, block));
        }
    }
    for ((block, m), shared) in measures.iter().enumerate().zip(out.iter_mut()) {
        let met = words.terms(block).iter().filter(|term| prose.elsewhere(**term, block)).count();
        shared.terms = share(met, m.terms);
        let met = words.runs(block).filter(|run| all.elsewhere(*run, block)).count();
        shared.runs = share(met, m.terms.saturating_sub(2));
    }
    for block in 0..measures.len() {
        words.runs(block).for_each(|run| all.forget(run));
        words.terms(block).iter().for_each(|&term| prose.forget(term));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::measure::measured;

    #[test]
    fn words_of_the_article_stand_in_its_other_paragraphs() {
        let (measures, words) = measured(&[
            "The harbour bridge was closed on Monday after inspectors found cracks.",
            "Inspectors said the cracks in the bridge were found on Monday.",
            "Sign in to comment",
            "inspectors found cracks",
        ]);
        let (mut memory, mut found) = (Memory::default(), Vec::new());
        shared(&words, &measures, |_| true, &mut memory, &mut found);
        // Nothing of a page is known of the next.
        shared(&words, &measures, |block| block < 2, &mut memory, &mut found);
        assert!(found[0].terms > 0.4 && found[1].terms > 0.4, "{found:?}");
        assert!(found[0].before == 0.0 && found[1].before > 0.4, "{found:?}");
        assert_eq!(found[2], Shared::default());
        assert_eq!(found[3], Shared { terms: 1.0, before: 1.0, runs: 1.0 });
    }
}
