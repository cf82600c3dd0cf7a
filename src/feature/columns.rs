//! Computes the columns that describe a block.

use super::classes;
use super::places::{KINDS, Range, steps};
use super::repeats::Group;
use super::signs::FAMILIES;
use super::{Facts, Features, TokenTable};
use crate::block::{Block, Blocks, Container, Kind, Tag};
use crate::span::Span;
use crate::types::LineRole;

/// Receives the cells of a row one by one. Names and values come from the same code, so that they always match.
pub(super) trait Cells {
    fn begin(&mut self);
    fn put(&mut self, name: &'static str, part: &'static str, value: f32);
    /// Puts the `N` cells of `part`; unless `anew`, they are the same as in the previous row. The fixed number of cells
    /// gives every cell of a row a fixed index, known at compile time.
    fn part<const N: usize>(&mut self, anew: bool, part: impl FnOnce(&mut Self));
    /// Ends the row of a block with this length.
    fn end(&mut self, units: f32);
}

/// Maximum number of columns.
const MAX_COLUMNS: usize = 512;

/// Collects values.
pub(super) struct Values<'a> {
    take: &'a mut dyn FnMut(&[f32], f32),
    /// The current row, written over the last one. A vector would check its capacity for every cell.
    row: [f32; MAX_COLUMNS],
    count: usize,
}

impl<'a> Values<'a> {
    pub(super) fn new(take: &'a mut dyn FnMut(&[f32], f32)) -> Self {
        Values { take, row: [0.0; MAX_COLUMNS], count: 0 }
    }
}

impl Cells for Values<'_> {
    #[inline(always)]
    fn begin(&mut self) {
        self.count = 0;
    }

    #[inline(always)]
    fn put(&mut self, _name: &'static str, _part: &'static str, value: f32) {
        // Without a branch; the index never wraps around.
        self.row[self.count % MAX_COLUMNS] = value;
        self.count += 1;
    }

    #[inline(always)]
    fn part<const N: usize>(&mut self, anew: bool, part: impl FnOnce(&mut Self)) {
        let from = self.count;
        if anew {
            part(self);
        }
        self.count = from + N;
    }

    fn end(&mut self, units: f32) {
        debug_assert!(self.count <= MAX_COLUMNS, "more columns than a row has");
        (self.take)(self.row.get(..self.count).unwrap_or_default(), units);
    }
}

/// Collects names.
#[derive(Default)]
pub(super) struct Names(pub(super) Vec<String>);

impl Cells for Names {
    fn begin(&mut self) {}

    fn put(&mut self, name: &'static str, part: &'static str, _value: f32) {
        self.0.push(if part.is_empty() { name.to_owned() } else { format!("{name}.{part}") });
    }

    fn part<const N: usize>(&mut self, _anew: bool, part: impl FnOnce(&mut Self)) {
        let from = self.0.len();
        part(self);
        debug_assert_eq!(self.0.len() - from, N, "a part has another number of cells");
    }

    fn end(&mut self, _units: f32) {}
}

/// The names of the columns in order.
pub fn names() -> Vec<String> {
    let (features, blocks) = example();
    let mut names = Names::default();
    each_row(&features, &blocks, &Facts::default(), &mut names);
    names.0
}

/// A page of one block, from which the names are derived.
pub(super) fn example() -> (Features, Blocks) {
    let mut blocks = Blocks::default();
    blocks.containers.push(Container::root());
    blocks.text.push_str("a\n");
    blocks.items.push(Block {
        text: Span::new(0, 1),
        source: Span::default(),
        kind: Kind::Paragraph,
        container: 0,
        link_bytes: 0,
        flags: 0,
    });
    blocks.settle();
    let mut features = Features::default();
    features.fill(&blocks, &[], &Facts::default(), &TokenTable::default());
    (features, blocks)
}

/// Stands for an infinite distance: larger than any real one, and ignored when the trainer scales columns.
const FAR: f32 = 1e6;

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Windows: the number of blocks on either side.
const WINDOWS: [(usize, &str); 3] = [(4, "4"), (8, "8"), (20, "20")];

/// Block-level containers above a block that get columns.
const LEVELS: [&str; 5] = ["0", "1", "2", "3", "4"];

/// Families that often cover the text after their line: a column counts the blocks since the last such line. Also the
/// minimum strength of the sign: a heading or a whole line, but any copyright notice.
const SINCE: [(usize, u8, &str); 8] = [
    (0, 3, "navigation"),
    (1, 3, "related"),
    (2, 3, "ranking"),
    (4, 3, "share"),
    (5, 3, "subscribe"),
    (6, 3, "comments"),
    (7, 1, "copyright"),
    (8, 3, "reporter_card"),
];

/// The columns of [`LineRole::ALL`]: little body follows a byline at the end.
const ROLES: [&str; LineRole::ALL.len()] = ["title_line", "byline_line", "date_line"];

const FAMILY_NAMES: [&str; FAMILIES.len()] = {
    let mut names = [""; FAMILIES.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = FAMILIES[index].key();
        index += 1;
    }
    names
};

/// The last positions seen while iterating over the blocks.
struct Memory {
    since: [Option<usize>; SINCE.len()],
    roles: [Option<usize>; ROLES.len()],
    head: Option<usize>,
    heads: f32,
    heading: Option<usize>,
    h1: Option<usize>,
    h1s: f32,
    prose: Option<usize>,
}

/// The distance to the next block with some property. Queried in ascending order, so that each block is tested once.
struct Ahead<F> {
    holds: F,
    count: usize,
    next: usize,
}

impl<F: Fn(usize) -> bool> Ahead<F> {
    fn new(count: usize, holds: F) -> Self {
        Ahead { holds, count, next: 0 }
    }

    fn distance(&mut self, index: usize) -> f32 {
        if self.next <= index {
            self.next = (index + 1..self.count).find(|&at| (self.holds)(at)).unwrap_or(usize::MAX);
        }
        if self.next == usize::MAX { FAR } else { (self.next - index) as f32 }
    }
}

pub(super) fn each_row(features: &Features, blocks: &Blocks, facts: &Facts<'_>, out: &mut impl Cells) {
    let all = features.sums.all();
    let best_span = blocks.containers.get(features.best).map(|c| c.blocks).unwrap_or_default();
    let best = features.sums.span(best_span);
    let count = blocks.items.len();
    let strong = |index: usize, family: usize| features.signs.get(index).is_some_and(|s| s.family[family] >= 3);
    let mut next_prose = Ahead::new(count, |index| features.measures[index].is_prose());
    let is_head = |at: usize| features.heads.get(at) == Some(&true);
    let mut next_head = Ahead::new(count, is_head);
    let mut next_title = Ahead::new(count, |index| facts.roles.get(index) == Some(&Some(LineRole::Title)));
    let mut next_copyright = Ahead::new(count, |index| features.signs[index].family[7] >= 1);
    let mut next_comments = Ahead::new(count, |index| strong(index, 6));
    let mut next_related = Ahead::new(count, |index| strong(index, 1) || strong(index, 2));
    let spaceless = features.measures.iter().map(|m| m.spaceless).sum::<u32>();
    let letters = features.measures.iter().map(|m| m.letters).sum::<u32>();
    let caseless = features.measures.iter().map(|m| m.caseless).sum::<u32>();
    let bare_units = |prose: bool| -> f32 {
        let each = blocks.items.iter().zip(&features.measures);
        each.filter(|(block, m)| block.has(Block::BARE) && (!prose || m.is_prose())).map(|(_, m)| m.units).sum()
    };
    let (bare, bare_prose) = (bare_units(false), bare_units(true));
    let articles = blocks.containers.iter().filter(|c| c.tag == Tag::Article).count();
    let to_best = steps(&blocks.containers, features.best);
    let title_container = facts.title_block.and_then(|at| blocks.items.get(at)).map(|block| block.container as usize);
    let to_title = title_container.map(|container| steps(&blocks.containers, container)).unwrap_or_default();
    let title_article = title_container.map_or(0, |container| features.places[container].article);
    let main_group = main_group(features);
    let in_comments = |at: usize| features.places[blocks.items[at].container as usize].boxes[classes::COMMENTS] > 0;
    let prose_at = |at: usize| if features.measures[at].is_prose() { features.measures[at].units } else { 0.0 };
    let commented: f32 = (0..count).filter(|&at| in_comments(at)).map(prose_at).sum();
    let flagged = |flag: u16| -> f32 { (0..count).filter(|&at| blocks.items[at].has(flag)).map(prose_at).sum() };
    let (hidden, noscript) = (flagged(Block::HIDDEN), flagged(Block::NOSCRIPT));
    let marked = |holds: &dyn Fn(usize) -> bool| (0..count).filter(|&at| holds(at)).count() as f32;
    let dates = marked(&|at| features.signs[at].date > 0 || facts.roles.get(at) == Some(&Some(LineRole::Date)));
    let bylines = marked(&|at| features.signs[at].byline > 0 || facts.roles.get(at) == Some(&Some(LineRole::Byline)));
    let heads = marked(&is_head);
    let h1s = marked(&|at| blocks.items[at].kind == Kind::Heading(1));
    let mut uncommented = 0.0;
    let mut memory = Memory {
        since: [None; SINCE.len()],
        roles: [None; ROLES.len()],
        head: None,
        heads: 0.0,
        heading: None,
        h1: None,
        h1s: 0.0,
        prose: None,
    };
    // The box of the previous block at each level: most blocks share it.
    let mut boxes = [None; LEVELS.len()];
    for (index, block) in blocks.items.iter().enumerate() {
        let m = &features.measures[index];
        let signs = &features.signs[index];
        let place = &features.places[block.container as usize];
        out.begin();

        // The block itself.
        out.put("units", "", m.units);
        out.put("link_density", "", m.link_density());
        out.put("digits", "", share(m.digits, m.chars));
        out.put("upper", "", if m.caseless * 2 > m.letters { -1.0 } else { share(m.upper, m.letters) });
        out.put("capitalised", "", if m.caseless * 2 > m.letters { -1.0 } else { share(m.capitalised, m.words) });
        out.put("word_length", "", if m.caseless * 2 > m.letters { -1.0 } else { share(m.letters, m.words) });
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
        out.put("shared", "before", features.shared[index].before);
        out.put("shared", "terms", features.shared[index].terms);
        out.put("shared", "runs", features.shared[index].runs);
        // -1 without a declared body, to distinguish "not found in it" from "nothing to search".
        out.put(
            "declared",
            "share",
            if facts.body.is_empty() { -1.0 } else { share(m.declared_runs, m.terms.saturating_sub(2)) },
        );
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
        let (before, in_all) = features.repeats[index];
        out.put("stood_before", "", f32::from(before));
        out.put("stands", "", f32::from(in_all));
        let role = facts.roles.get(index).copied().flatten();
        out.put("role", "", role.map_or(0.0, |role| 1.0 + role as u8 as f32));

        // Phrases of the vocabulary.
        for (family, name) in signs.family.iter().zip(FAMILY_NAMES) {
            out.put("sign", name, f32::from(*family));
        }
        out.put("sign", "caption", f32::from(signs.caption));
        out.put("sign", "credit", flag(signs.credit || signs.named));
        out.put("sign", "byline", f32::from(signs.byline));
        out.put("sign", "date", f32::from(signs.date));
        out.put("sign", "time", flag(signs.time));
        out.put("sign_share", "", signs.bytes as f32 / block.text.len().max(1) as f32);
        for (slot, (_, _, name)) in memory.since.iter().zip(SINCE) {
            out.put("since", name, slot.map_or(FAR, |at| (index - at) as f32));
        }
        for (slot, name) in memory.roles.iter().zip(ROLES) {
            out.put("since", name, slot.map_or(FAR, |at| (index - at) as f32));
        }
        // Text before the headline is the site's title and menu.
        out.put("until", "title_line", next_title.distance(index));
        out.put("until", "copyright", next_copyright.distance(index));
        out.put("until", "comments", next_comments.distance(index));
        out.put("until", "related", next_related.distance(index));

        // The article number where only headlines with bylines and dates separate articles.
        out.put("headline", "number", memory.heads + flag(is_head(index)));
        out.put("headline", "since", memory.head.map_or(FAR, |at| (index - at) as f32));
        out.put("headline", "until", next_head.distance(index));

        // The heading above the block.
        out.put("since_heading", "", memory.heading.map_or(FAR, |at| (index - at) as f32));
        let (heading_level, heading_sign, heading_title) = memory.heading.map_or((0.0, 0.0, 0.0), |at| {
            let over = &features.measures[at];
            let sign = features.signs[at].strongest().map_or(0.0, |(_, strength)| f32::from(strength));
            (kind_code(blocks.items[at].kind).1, sign, share(over.title_terms, over.terms))
        });
        out.put("under", "level", heading_level);
        out.put("under", "sign", heading_sign);
        out.put("under", "title", heading_title);
        out.put("under", "units", memory.heading.map_or(0.0, |at| features.sums.over(at + 1, index).units));
        out.put("since_h1", "", memory.h1.map_or(-1.0, |at| (index - at) as f32));
        out.put(
            "since_title",
            "",
            facts.title_block.map_or(-FAR, |at| {
                let apart = index.abs_diff(at) as f32;
                if index >= at { apart } else { -apart }
            }),
        );

        // The elements around the block.
        for (name, tokens) in ["token", "article_token"].into_iter().zip(place.tokens) {
            out.put(name, "sum", tokens.sum);
            out.put(name, "min", tokens.min);
            out.put(name, "max", tokens.max);
            out.put(name, "near", tokens.near);
        }
        out.put("token", "known", place.token_known);
        for ((_, name), boxes) in classes::FAMILIES.iter().zip(place.boxes) {
            out.put("box", name, f32::from(boxes));
        }
        for ((name, _), inside) in KINDS.iter().zip(place.inside) {
            out.put("inside", name, f32::from(inside));
        }
        let container = &blocks.containers[block.container as usize];
        out.put("depth", "", f32::from(container.depth));
        out.put("tag", "", f32::from(container.tag as u8));
        let mut at = place.block_level as usize;
        for (level, before) in LEVELS.into_iter().zip(&mut boxes) {
            let held_span = blocks.containers[at].blocks;
            out.part::<8>(before.replace(at) != Some(at), |out| {
                let held = features.sums.span(held_span);
                window_columns(out, BOX, level, &held);
                out.put("box_blocks", level, held.blocks);
                out.put("box_share", level, held.units / all.units.max(1.0));
                out.put("box_prose_share", level, held.prose / all.prose.max(1.0));
            });
            if level == "1" || level == "3" {
                out.put(
                    "box_place",
                    level,
                    (index as f32 - held_span.start as f32) / (held_span.len() as f32).max(1.0),
                );
            }
            let parent = blocks.containers[at].parent as usize;
            at = features.places[parent].block_level as usize;
        }
        let (up, down) = to_best[block.container as usize];
        out.put("best", "up", f32::from(up));
        out.put("best", "down", f32::from(down));
        let (up, down) =
            to_title.get(block.container as usize).map_or((-1.0, -1.0), |s| (f32::from(s.0), f32::from(s.1)));
        out.put("title", "up", up);
        out.put("title", "down", down);
        out.put("article", "number", f32::from(place.article));
        out.put("article", "after_title", f32::from(place.article) - f32::from(title_article));
        out.put("h1", "number", memory.h1s);
        out.put("best", "before", (best_span.start as f32 - index as f32).max(0.0));
        out.put("best", "after", (index as f32 - best_span.end as f32 + 1.0).max(0.0));

        // Blocks with the same path.
        let group = &features.groups[features.group_of[index] as usize];
        out.put("group", "blocks", group.blocks);
        out.put("group", "mean", group.units / group.blocks.max(1.0));
        out.put("group", "link_density", group.link / group.units.max(1.0));
        out.put("group", "prose", group.prose / group.units.max(1.0));
        out.put("group", "sentences", group.sentences / group.blocks.max(1.0));
        out.put("group", "share", group.units / all.units.max(1.0));
        out.put("group", "place", (index as f32 - group.first as f32) / ((group.last - group.first) as f32).max(1.0));

        // The group with most of the page's prose.
        let (main_index, main) = &main_group;
        out.put("main", "same", flag(features.group_of[index] as usize == *main_index));
        out.put("main", "before", (main.first as f32 - index as f32).max(0.0));
        out.put("main", "after", (index as f32 - main.last as f32).max(0.0));
        out.put("main", "share", main.prose / all.prose.max(1.0));

        // Neighbouring blocks.
        for (width, name) in WINDOWS {
            let before = features.sums.over(index.saturating_sub(width), index);
            let after = features.sums.over(index + 1, index + 1 + width);
            window_columns(out, BEFORE, name, &before);
            window_columns(out, AFTER, name, &after);
        }
        for (name, neighbour) in [("before", index.checked_sub(1)), ("after", Some(index + 1).filter(|at| *at < count))]
        {
            let near = neighbour.map(|at| (&blocks.items[at], &features.signs[at], &features.measures[at]));
            out.put(name, "kind", near.map_or(-1.0, |(b, _, _)| kind_code(b.kind).0));
            out.put(name, "heading", near.map_or(0.0, |(b, _, _)| kind_code(b.kind).1));
            out.put(
                name,
                "sign",
                near.and_then(|(_, s, _)| s.strongest()).map_or(0.0, |(_, strength)| f32::from(strength)),
            );
            out.put(name, "ends_sentence", near.map_or(-1.0, |(_, _, m)| flag(m.ends_sentence)));
            out.put(
                name,
                "same_path",
                near.map_or(0.0, |(b, _, _)| flag(blocks.containers[b.container as usize].path == container.path)),
            );
        }

        // The position on the page.
        out.put("place", "blocks", index as f32 / count.max(1) as f32);
        let ahead = features.sums.over(0, index);
        let behind = features.sums.over(index + 1, count);
        out.put("place", "units", ahead.units / all.units.max(1.0));
        out.put("place", "prose", ahead.prose / all.prose.max(1.0));
        out.put("prose", "ahead", ahead.prose);
        out.put("prose", "uncommented", uncommented);
        out.put("prose", "behind", behind.prose);
        out.put("prose", "since", memory.prose.map_or(FAR, |at| (index - at) as f32));
        out.put("prose", "until", next_prose.distance(index));
        out.put("prose", "units_since", memory.prose.map_or(FAR, |at| features.sums.over(at + 1, index).units));

        // The page.
        out.part::<27>(index == 0, |out| {
            out.put("page", "blocks", count as f32);
            out.put("page", "units", all.units);
            out.put("page", "link_density", all.link_density());
            out.put("page", "prose", all.prose_share());
            out.put("page", "prose_blocks", all.prose_blocks);
            out.put("page", "best_units", best.units / all.units.max(1.0));
            out.put("page", "best_prose", best.prose / all.prose.max(1.0));
            out.put("page", "best_density", best.prose_share());
            out.put("page", "articles", articles as f32);
            out.put("page", "commented", commented / all.prose.max(1.0));
            // If most text is hidden, a script is meant to show it; if little is, it is a menu or a dialog.
            out.put("page", "hidden", hidden / all.prose.max(1.0));
            out.put("page", "noscript", noscript / all.prose.max(1.0));
            out.put("page", "dates", dates);
            out.put("page", "bylines", bylines);
            out.put("page", "h1s", h1s);
            out.put("page", "heads", heads);
            out.put("page", "spaceless", share(spaceless, letters));
            out.put("page", "caseless", share(caseless, letters));
            out.put("page", "html", flag(facts.html));
            out.put("page", "mixed", flag(facts.mixed));
            out.put("page", "bare", bare / all.units.max(1.0));
            out.put("page", "bare_prose", bare_prose / all.prose.max(1.0));
            out.put("declares", "article", flag(facts.declares.article));
            out.put("declares", "product", flag(facts.declares.product));
            out.put("declares", "forum", flag(facts.declares.forum));
            out.put("declares", "listing", flag(facts.declares.listing));
            out.put("declares", "published", flag(facts.declares.published));
        });
        out.end(m.units);

        memory.after(index, block, features, role);
        if !in_comments(index) {
            uncommented += prose_at(index);
        }
    }
}

/// The group with the most prose, and its index.
pub(super) fn main_group(features: &Features) -> (usize, Group) {
    let heaviest = features.groups.iter().enumerate().max_by(|a, b| a.1.prose.total_cmp(&b.1.prose));
    heaviest.map_or((usize::MAX, Group::default()), |(index, group)| (index, *group))
}

impl Memory {
    fn after(&mut self, index: usize, block: &Block, features: &Features, role: Option<LineRole>) {
        for (slot, (family, strength, _)) in self.since.iter_mut().zip(SINCE) {
            if features.signs[index].family[family] >= strength {
                *slot = Some(index);
            }
        }
        if let Some(role) = role {
            self.roles[role as usize] = Some(index);
        }
        if features.heads.get(index) == Some(&true) {
            self.head = Some(index);
            self.heads += 1.0;
        }
        if let Kind::Heading(level) = block.kind {
            self.heading = Some(index);
            if level == 1 {
                self.h1 = Some(index);
                self.h1s += 1.0;
            }
        }
        if features.measures[index].is_prose() {
            self.prose = Some(index);
        }
    }
}

/// Puts the densities of the blocks in a window.
fn window_columns(out: &mut impl Cells, names: [&'static str; 5], part: &'static str, held: &Range) {
    for (name, density) in names.into_iter().zip(held.densities()) {
        out.put(name, part, density);
    }
}

const BOX: [&str; 5] = ["box_mean", "box_link", "box_prose", "box_title", "box_digits"];
const BEFORE: [&str; 5] = ["before_mean", "before_link", "before_prose", "before_title", "before_digits"];
const AFTER: [&str; 5] = ["after_mean", "after_link", "after_prose", "after_title", "after_digits"];

fn kind_code(kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Paragraph => (0.0, 0.0),
        Kind::Heading(level) => (1.0, f32::from(level)),
        Kind::Quote => (2.0, 0.0),
        Kind::ListItem => (3.0, 0.0),
        Kind::Cell => (4.0, 0.0),
        Kind::Code => (5.0, 0.0),
        Kind::Caption => (6.0, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::names;
    use std::collections::HashSet;

    #[test]
    fn names_are_distinct() {
        let names = names();
        let distinct: HashSet<_> = names.iter().collect();
        assert_eq!(names.len(), distinct.len());
        assert!((100..=super::MAX_COLUMNS).contains(&names.len()));
    }
}
