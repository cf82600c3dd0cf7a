//! The names of a page's elements, each kept once.

use super::tag::Tag;
use html5ever::{LocalName, QualName, local_name, ns};
use std::collections::HashMap;

/// One element name.
#[derive(Debug)]
pub(crate) struct Known {
    pub(super) name: QualName,
    pub(super) tag: Tag,
    pub(super) formatting: bool,
}

/// Element names by number. A page has some forty; a hostile one may have as many as it has tags.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(super) list: Vec<Known>,
    numbers: HashMap<QualName, u32>,
}

impl Names {
    pub(super) fn number(&mut self, name: QualName) -> (u32, Tag) {
        if let Some(&number) = self.numbers.get(&name) {
            return (number, self.list[number as usize].tag);
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let html = name.ns == ns!(html);
        let svg = name.ns == ns!(svg) && name.local == local_name!("svg");
        let tag = if html || svg { Tag::from_name(&name.local) } else { Tag::Other };
        let formatting = html && is_formatting(&name.local);
        self.list.push(Known { name: name.clone(), tag, formatting });
        self.numbers.insert(name, number);
        (number, tag)
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.numbers.clear();
    }
}

/// Elements which the standard opens again where they were left open.
pub(super) fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}
