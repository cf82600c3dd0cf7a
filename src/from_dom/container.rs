//! The elements around a block, reduced to what later stages may know of them.

use super::{Attr, Builder, Container, Flow, NodeId, Open, Place, Span, Tag};
use crate::block::token;

/// Greatest depth of a container; deeper elements count as part of their ancestor at this depth.
const MAX_DEPTH: u16 = 256;

impl Builder<'_> {
    /// The container of the open element at `level`, created along with its ancestors' if necessary.
    pub(super) fn container(&mut self, level: usize) -> u32 {
        let known = (0..=level).rev().find(|&at| self.stack[at].container.is_some()).unwrap_or(0);
        let mut parent = self.stack[known].container.unwrap_or(0);
        for at in known + 1..=level {
            let Open { node, tag, place, .. } = self.stack[at];
            let depth = self.out.containers[parent as usize].depth;
            if depth < MAX_DEPTH {
                parent = self.add_container(node, tag, parent, depth + 1);
                match place {
                    Place::None => {}
                    Place::Number(number) => self.out.numbers.push((parent, number)),
                    Place::Cell(place) => self.out.cells.push((parent, place)),
                }
            }
            self.stack[at].container = Some(parent);
        }
        parent
    }

    fn add_container(&mut self, node: NodeId, tag: Tag, parent: u32, depth: u16) -> u32 {
        let tokens = self.tokens_of(node, tag);
        let above = self.out.containers[parent as usize].path;
        let first = self.out.tokens.get(tokens.range()).and_then(<[u32]>::first).copied();
        let kind = first.filter(|_| !(tag == Tag::P || Flow::of(self.dom, node, tag) == Flow::Inline)).unwrap_or(0);
        self.out.containers.push(Container {
            parent,
            tag,
            depth,
            pictured: false,
            tokens,
            path: token::mix(above, u64::from(kind) << 8 | tag as u64),
            blocks: Span::default(),
        });
        u32::try_from(self.out.containers.len() - 1).unwrap_or(u32::MAX)
    }

    /// The words of an element's attributes and of its custom name. Appends them to [`Blocks::tokens`] unless that
    /// happened recently.
    fn tokens_of(&mut self, node: NodeId, tag: Tag) -> Span {
        let dom = self.dom;
        let worded = || dom.attributes(node).iter().filter(|attribute| attribute.name.is_worded());
        let name = if tag == Tag::Other { dom.custom_name(node) } else { None };
        let tokens = &mut self.out.tokens;
        let first = tokens.len();
        let mut all = worded();
        match (all.next(), all.next(), name) {
            (None, _, None) => Span::new(first, first),
            (Some(only), None, None) => self.tokens.of(only.words, || {
                tokens.extend_from_slice(dom.words(only));
                Span::new(first, tokens.len())
            }),
            _ => {
                // Classes before the rest: the first word is part of the path, and items of a list share their class,
                // not their id.
                for classes in [true, false] {
                    let some = worded().filter(|attribute| (attribute.name == Attr::Class) == classes);
                    some.for_each(|attribute| tokens.extend_from_slice(dom.words(attribute)));
                }
                name.into_iter().for_each(|name| token::push_hashes(name, tokens));
                Span::new(first, tokens.len())
            }
        }
    }
}
