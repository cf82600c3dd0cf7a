//! Pictures beside and in blocks: what stands right behind one is often its caption.

use super::{Attr, Block, Builder, Open};
use crate::block::Tag;
use crate::dom::{Dom, NodeId};

/// Pictures narrower than this (in pixels) are icons and counters of visits.
const ICON_MAX_PX: u32 = 40;

/// The least number of bytes that a text and the alternative text of a picture share if one is the beginning of the
/// other.
const SHARED_MIN: usize = 12;

/// A picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picture<'a> {
    /// What is said in its place where it cannot be shown; often empty.
    alternative: &'a str,
}

/// Whether an element is a picture, a film or something from another page, most of which are films.
pub(super) fn is_picture(dom: &Dom, id: NodeId, tag: Tag) -> bool {
    match tag {
        Tag::Img => {
            let width = dom.attribute(id, Attr::Width).and_then(|width| width.trim().parse::<u32>().ok());
            width.is_none_or(|width| width >= ICON_MAX_PX)
        }
        Tag::Video | Tag::Iframe => true,
        Tag::Other => dom.custom_name(id) == Some("amp-img"),
        _ => false,
    }
}

impl<'a> Builder<'a> {
    /// Notes a picture at this place.
    pub(super) fn pictured(&mut self, id: NodeId) {
        self.line.pictured |= self.line.context.is_some();
        self.picture = Some(Picture { alternative: self.dom.attribute(id, Attr::Alt).unwrap_or_default() });
        if let Some(open) = self.stack.last_mut() {
            open.pictured = true;
        }
    }

    /// Notes in the element around a closed one that there is a picture in it.
    pub(super) fn pass_up(&mut self, closed: &Open) {
        if let Some(container) = closed.container {
            self.out.containers[container as usize].pictured = true;
        }
        if let Some(outer) = self.stack.last_mut() {
            outer.pictured = true;
        }
    }

    /// The flags of the block that ends here, as far as they are about pictures.
    pub(super) fn picture_flags(&self) -> u16 {
        let within = if self.line.pictured { Block::WITH_PICTURE } else { 0 };
        let Some(picture) = self.line.picture else { return within };
        let text = self.out.text.get(self.line.start..).unwrap_or_default();
        let is_alternative = begin_alike(text, picture.alternative);
        within | Block::AFTER_PICTURE | if is_alternative { Block::ALTERNATIVE } else { 0 }
    }
}

/// Whether one text is the beginning of the other, apart from white space.
fn begin_alike(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    let [mut a, mut b] = [a, b].map(|text| text.chars().filter(|c| !c.is_whitespace()));
    shorter >= SHARED_MIN
        && loop {
            match (a.next(), b.next()) {
                (Some(x), Some(y)) if x == y => {}
                (Some(_), Some(_)) => break false,
                _ => break true,
            }
        }
}

#[cfg(test)]
mod tests {
    use super::super::{Bare, Blocks, from_dom};
    use super::*;
    use crate::dom::rules::Hits;

    fn read(html: &str) -> Blocks {
        let mut blocks = Blocks::default();
        from_dom(&crate::dom::parse(html), Bare::Inline, &Hits::default(), &mut blocks);
        blocks
    }

    #[test]
    fn blocks_beside_pictures() {
        const A: u16 = Block::AFTER_PICTURE;
        const W: u16 = Block::WITH_PICTURE;
        const T: u16 = Block::AFTER_PICTURE | Block::ALTERNATIVE;
        const C: u16 = Block::CENTRED;
        let cases: &[(&str, &[u16])] = &[
            ("<p>One</p><img><p>Two</p><p>Three</p>", &[0, A, 0]),
            ("<p>One<img></p><p>Two</p>", &[W, A]),
            ("<p><img>One</p><p>Two</p>", &[A, 0]),
            ("<p>One</p><iframe src=film></iframe><p>Two</p>", &[0, A]),
            ("<p>One</p><amp-img></amp-img><p>Two</p>", &[0, A]),
            ("<!-- near miss: an icon --><p><img width=16>One</p>", &[0]),
            ("<img alt='The ferry at\nnoon'><p>The ferry at noon (Miller)</p>", &[T]),
            ("<img alt='The ferry at noon, seen from the bridge'><p>The ferry at noon</p>", &[T]),
            ("<!-- near miss --><img alt='The ferry at dawn'><p>The ferry at noon</p>", &[A]),
            ("<!-- near miss --><img alt=Ferry><p>Ferry at noon</p>", &[A]),
            ("<center><p>One</p><p align=left>Two</p></center><p>Three</p>", &[C, 0, 0]),
            ("<p style='text-align: center'>One</p><p align=CENTER>Two</p>", &[C, C]),
            ("<div style='text-align:center'><p style='text-align:bogus'>One</p></div>", &[C]),
            ("<!-- near miss --><table align=center><tr><td>One</table>", &[0]),
        ];
        for (html, expected) in cases {
            let flags: Vec<u16> = read(html).items.iter().map(|block| block.flags & (T | W | C)).collect();
            assert_eq!(flags, *expected, "{html}");
        }
    }

    #[test]
    fn boxes_with_pictures() {
        let blocks = read("<div><section><p>One</p><div><b><img></b><p>Two</p></div></section><p>Three</p></div>");
        let pictured: Vec<Tag> = blocks.containers.iter().filter(|c| c.pictured).map(|c| c.tag).collect();
        let box_of =
            |at: usize| blocks.containers[blocks.containers[blocks.items[at].container as usize].parent as usize];
        assert_eq!((box_of(0).pictured, box_of(0).tag), (true, Tag::Section));
        assert_eq!((box_of(1).pictured, box_of(1).tag), (true, Tag::Div));
        assert!(!pictured.contains(&Tag::P), "{pictured:?}");
        assert!(read("<p>One</p>").containers.iter().all(|container| !container.pictured));
    }
}
