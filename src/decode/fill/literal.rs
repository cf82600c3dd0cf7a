//! Finds the strings of JSON, or of code that contains JSON, and their places in it. Lists and objects are called
//! boxes.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// Number of boxes around a string that are recorded: its text may be in lists and quotations within the article.
pub(super) const PATHS: usize = 5;

/// The number in place of a box where there is none.
pub(super) const NOWHERE: usize = usize::MAX;

/// A string as it stands in JSON.
pub(super) struct Literal<'a> {
    pub(super) raw: &'a str,
    /// The key whose value it is, or whose value is the list of which it is an item. Strings in code around the data
    /// have none.
    pub(super) key: Option<&'a str>,
    /// The key of the innermost box around it.
    pub(super) around: Option<&'a str>,
    /// The paths of the boxes around it, innermost first.
    pub(super) paths: [u64; PATHS],
    /// The numbers of the boxes around it, innermost first.
    pub(super) boxes: [usize; PATHS],
    /// The object of which it is a value; `None` for an item of a list.
    pub(super) object: Option<usize>,
}

/// A box that is open.
#[derive(Clone, Copy)]
struct Open<'a> {
    key: Option<&'a str>,
    is_list: bool,
    path: u64,
    number: usize,
}

/// Iterates over the strings of some data, without the keys.
pub(super) struct Literals<'a> {
    rest: &'a str,
    /// The last key.
    key: Option<&'a str>,
    open: Vec<Open<'a>>,
    /// Number of boxes so far.
    pub(super) boxes: usize,
}

impl<'a> Literals<'a> {
    /// `source` is the number of the script or attribute that `data` is from, and `boxes` the number of boxes before
    /// it.
    pub(super) fn new(data: &'a str, source: u64, boxes: usize) -> Self {
        let outside = Open { key: None, is_list: false, path: source, number: boxes };
        Literals { rest: data, key: None, open: vec![outside], boxes: boxes + 1 }
    }

    /// Opens and closes boxes as the punctuation between two strings says. Returns the last byte of it, or 0.
    fn pass(&mut self, between: &str) -> u8 {
        let mut last = 0;
        for sign in between.bytes().filter(|sign| !sign.is_ascii_whitespace()) {
            match sign {
                b'{' | b'[' => {
                    let outer = self.open.last().map_or(0, |open| open.path);
                    let key = self.key.filter(|_| last == b':');
                    let path = BuildHasherDefault::<DefaultHasher>::default().hash_one((outer, key));
                    self.open.push(Open { key, is_list: sign == b'[', path, number: self.boxes });
                    self.boxes += 1;
                }
                b'}' | b']' if self.open.len() > 1 => drop(self.open.pop()),
                _ => {}
            }
            last = sign;
        }
        last
    }
}

impl<'a> Iterator for Literals<'a> {
    type Item = Literal<'a>;

    fn next(&mut self) -> Option<Literal<'a>> {
        loop {
            let (between, right) = self.rest.split_once('"')?;
            let (raw, after) = right.split_at_checked(end_of_string(right)?)?;
            self.rest = after.strip_prefix('"').unwrap_or(after);
            let last = self.pass(between);
            if self.rest.trim_start().starts_with(':') {
                self.key = Some(raw);
                continue;
            }
            let open = *self.open.last()?;
            let item = open.key.filter(|_| open.is_list && matches!(last, b'[' | b','));
            let key = item.or(self.key.filter(|_| between.trim() == ":"));
            let (mut paths, mut boxes) = ([0; PATHS], [NOWHERE; PATHS]);
            for ((path, around), open) in paths.iter_mut().zip(&mut boxes).zip(self.open.iter().rev()) {
                (*path, *around) = (open.path, open.number);
            }
            let object = item.is_none().then_some(open.number);
            return Some(Literal { raw, key, around: open.key, paths, boxes, object });
        }
    }
}

/// The position of the quotation mark that ends a string.
fn end_of_string(text: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', text.as_bytes().get(from..)?)?;
        if text.as_bytes().get(at) == Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}
