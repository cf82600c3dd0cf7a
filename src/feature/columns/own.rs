//! The columns of the block itself.

use super::{Cells, Row, flag, kind_code, share};
use crate::block::Block;

impl Row<'_> {
    #[inline(always)]
    pub(super) fn own(&self, out: &mut impl Cells) {
        let Row { page, index, block, m, .. } = *self;
        // -1 for scripts without capital letters.
        let cased = |part: u32, whole: u32| if m.caseless * 2 > m.letters { -1.0 } else { share(part, whole) };
        out.put("units", "", m.units);
        out.put("link_density", "", m.link_density());
        out.put("digits", "", share(m.digits, m.chars));
        out.put("upper", "", cased(m.upper, m.letters));
        out.put("capitalised", "", cased(m.capitalised, m.words));
        out.put("word_length", "", cased(m.letters, m.words));
        out.put("commas", "", m.commas as f32 / m.units.max(1.0));
        out.put("sentences", "", m.sentences as f32);
        out.put("sentence_units", "", m.units / m.sentences.max(1) as f32);
        out.put("tail", "", m.tail);
        out.put("quotes", "", m.quotes as f32);
        out.put("separators", "", m.separators as f32 / m.units.max(1.0));
        out.put("marks", "", share(m.marks, m.chars));
        out.put("ends_sentence", "", flag(m.ends_sentence));
        out.put("ends_cut", "", flag(m.ends_cut));
        out.put("ends_colon", "", flag(m.ends_colon));
        out.put("starts_lower", "", flag(m.starts_lower));
        out.put("has_at", "", flag(m.has_at));
        out.put("head", "pointer", flag(m.pointer));
        out.put("head", "figure", flag(m.figure));
        out.put("title_share", "", share(m.title_terms, m.terms));
        out.put("title_terms", "", m.title_terms as f32);
        out.put("description_share", "", share(m.description_terms, m.terms));
        let shared = &page.features.shared[index];
        out.put("shared", "before", shared.before);
        out.put("shared", "terms", shared.terms);
        out.put("shared", "runs", shared.runs);
        // -1 without a declared body, to distinguish "not found in it" from "nothing to search".
        let is_declared = !page.facts.body.is_empty();
        let declared = if is_declared { share(m.declared_runs, m.terms.saturating_sub(2)) } else { -1.0 };
        out.put("declared", "share", declared);
        let (kind, level) = kind_code(block.kind);
        out.put("kind", "", kind);
        out.put("heading", "", level);
        out.put("hidden", "", flag(block.has(Block::HIDDEN)));
        out.put("unseen", "", flag(block.has(Block::UNSEEN)));
        out.put("aria_hidden", "", flag(block.has(Block::ARIA_HIDDEN)));
        out.put("noscript", "", flag(block.has(Block::NOSCRIPT)));
        out.put("control", "", flag(block.has(Block::CONTROL)));
        out.put("repeated", "", flag(block.has(Block::REPEATED)));
        out.put("bare", "", flag(block.has(Block::BARE)));
        out.put("continues", "", flag(block.has(Block::CONTINUES)));
        let (before, in_all) = page.features.repeats[index];
        out.put("stood_before", "", f32::from(before));
        out.put("stands", "", f32::from(in_all));
        out.put("role", "", self.role.map_or(0.0, |role| 1.0 + role as u8 as f32));
    }
}
