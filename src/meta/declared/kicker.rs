//! The line above the headline, inside the same heading: `<h1><span class=kicker>Harbour</span> Ferry sinks</h1>`.

use super::Walk;
use crate::block::Tag;
use crate::dom::{NodeData, NodeId};
use crate::meta::fact::{FactField, Source};
use crate::meta::hint::Hint;
use crate::plain::push_plain;

/// Most headings of a page that are read: teasers have such lines too.
const MOST: usize = 20;
/// Most nodes of a heading that are looked at, and longest text of such a line, in bytes.
const MAX_NODES: usize = 24;
const LONGEST: usize = 160;

/// What stood in a heading so far.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Before {
    Nothing,
    /// Elements whose class says so, and times.
    Kicker,
    /// Text that ends with a colon.
    Prefix,
}

impl Walk<'_> {
    /// Adds what stands in a heading before its headline: elements whose class says so, or a word with a colon before the
    /// element whose class says `title` (`Thread: <span class=threadtitle>`).
    pub(super) fn kicker(&mut self, heading: NodeId, flags: u16) {
        if self.kickers >= MOST {
            return;
        }
        let dom = self.dom;
        let (mut text, mut before, mut is_found) = (self.room(), Before::Nothing, false);
        let mut next = dom.following(heading, heading);
        for _ in 0..MAX_NODES {
            let Some(node) = next else { break };
            next = dom.following(node, heading);
            if let NodeData::Element { tag, .. } = dom.node(node).data {
                let hint = self.hint(node);
                if before != Before::Prefix && (hint.has(Hint::KICKER) || hint.has(Hint::DATE) || tag == Tag::Time) {
                    add(&self.text(node, LONGEST + 1), &mut text);
                    before = Before::Kicker;
                    next = dom.following_skip(node, heading);
                } else if before == Before::Prefix && hint.has(Hint::TITLE) {
                    is_found = true;
                    break;
                }
                continue;
            }
            let own = dom.text(node).trim();
            if !own.contains(char::is_alphanumeric) {
                continue;
            }
            if before == Before::Nothing && own.ends_with([':', '：']) {
                add(own, &mut text);
                before = Before::Prefix;
                continue;
            }
            // A headline does not go on in small letters: `<span class=topic>Ferries</span> are leaving`.
            is_found = before == Before::Kicker && !own.starts_with(char::is_lowercase);
            break;
        }
        if is_found && text.len() <= LONGEST {
            self.kickers += 1;
            self.put_plain(FactField::Kicker, Source::Class, flags, text);
        } else {
            self.out.spare.push(text);
        }
    }
}

fn add(text: &str, to: &mut String) {
    if !to.is_empty() {
        to.push(' ');
    }
    push_plain(text, to);
}

#[cfg(test)]
mod tests {
    use crate::meta::declared::Declared;
    use crate::meta::fact::FactField;

    #[test]
    fn lines_above_headlines() {
        let cases = [
            ("<h1><span class=article__kicker>Harbour</span> <span class=sr-only>:</span> Ferry sinks</h1>", "Harbour"),
            ("<h2><a><b class=tag>Live</b> <i class=date>3 May</i> <b class=headline>Ferry</b></a></h2>", "Live 3 May"),
            ("<h1><time>3 May 2024</time>Ferry sinks</h1>", "3 May 2024"),
            ("<h1>Thread: <span class=thread-title>Which ferry?</span></h1>", "Thread:"),
            ("near miss: its first word <h1><span class=kicker>Ferries</span> are leaving</h1>", ""),
            ("near miss: below <h1>Ferry sinks <span class=subtitle>Two saved</span></h1>", ""),
            ("near miss: nothing else <h1><span class=label>Ferry sinks</span></h1>", ""),
            ("near miss: a ship's name <h1><em class=ship>Estonia</em> sinks</h1>", ""),
            ("near miss: prose <h1>Watch: <em>Estonia</em> sinks</h1>", ""),
        ];
        for (html, expected) in cases {
            let mut declared = Declared::default();
            declared.read(&crate::dom::parse(html), None);
            let found: Vec<&str> = declared.of(FactField::Kicker).map(|fact| fact.value.as_str()).collect();
            assert_eq!(found.join("|"), expected, "{html}");
        }
    }
}
