//! The names of the properties that pages declare, from `data/meta/keys.txt`.

use crate::meta::fact::{FactField, Source};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The meaning of the name of a meta element or, with `item`, of an item's property.
pub(super) fn key(name: &str, item: bool) -> Option<(FactField, Source)> {
    type Keys = HashMap<&'static str, (FactField, Source)>;
    static KEYS: OnceLock<[Keys; 2]> = OnceLock::new();
    let [metas, items] = KEYS.get_or_init(|| {
        let lines =
            || include_str!("../../../data/meta/keys.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        let keys = |item: bool| {
            lines().filter_map(read_key).filter(|(_, (_, source))| (*source == Source::Microdata) == item).collect()
        };
        [keys(false), keys(true)]
    });
    let keys = if item { items } else { metas };
    let known = keys.get(name).copied();
    if known.is_none() && name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return keys.get(name.to_ascii_lowercase().as_str()).copied();
    }
    known
}

/// The meaning of a name in the header of a text. Such names are fewer and shorter than those of meta elements.
pub(super) fn header_key(name: &str) -> Option<FactField> {
    Some(match name {
        "title" => FactField::Title,
        "url_source" | "url" | "source_url" | "sourceurl" | "permalink" => FactField::Canonical,
        "site" | "sitename" | "site_name" | "hostname" => FactField::Site,
        "lang" => FactField::Language,
        "publish_date" | "published_at" | "publishedat" | "created" => FactField::Published,
        "updated" | "updated_at" => FactField::Modified,
        "writer" => FactField::Author,
        _ => return key(name, false).map(|(field, _)| field),
    })
}

fn read_key(line: &'static str) -> Option<(&'static str, (FactField, Source))> {
    let mut words = line.split(' ');
    let (field, source, name) = (words.next()?, words.next()?, words.next()?);
    Some((name, (FactField::from_name(field)?, Source::from_name(source)?)))
}

#[cfg(test)]
mod tests {
    use super::read_key;

    #[test]
    fn key_file_is_well_formed() {
        let lines = include_str!("../../../data/meta/keys.txt").lines();
        for line in lines.filter(|line| !line.starts_with('#') && !line.is_empty()) {
            assert!(read_key(line).is_some(), "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }
}
