//! Comments below an article or a post: a heading, then one comment after another in the site's layout.

use super::Maker;

/// Maximum number of comments below a page.
const MAX_COMMENTS: usize = 12;

impl Maker<'_> {
    /// Comments in one of the layouts in which boards and newspapers flatten.
    pub(super) fn comments(&mut self) {
        let count = self.chance.between(1, MAX_COMMENTS);
        let head = self.piece("reply.head").replace("{count}", &count.to_string());
        if !self.chance.one_in(6) {
            self.line(&head);
        }
        let (layout, has_tools) = (self.chance.between(0, 4), self.chance.one_in(2));
        for number in 0..count {
            let nick = self.piece("reply.nick");
            let stamp = if self.chance.one_in(4) { self.time() } else { format!("{} {}", self.day(), self.time()) };
            let replies = self.chance.between(1, 3);
            let text = (0..replies).map(|_| self.piece("reply")).collect::<Vec<_>>().join(" ");
            match layout {
                0 => self.out.push_str(&format!("{nick}\n{stamp}\n{text}\n")),
                1 => self.out.push_str(&format!("{nick} {stamp}\n{text}\n")),
                2 => self.out.push_str(&format!("{nick}\n{text}\n{stamp}\n")),
                3 => self.out.push_str(&format!("{}. {nick} ({stamp})\n{text}\n", number + 1)),
                _ => self.out.push_str(&format!("{nick}\n{text}\n")),
            }
            if has_tools {
                self.lines("reply.tool", 1, 3);
            }
        }
    }
}
