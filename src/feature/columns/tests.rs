use super::cells::MAX_COLUMNS;
use super::names;
use crate::block::Tag;
use crate::types::LineRole;
use std::collections::HashSet;

#[test]
fn names_are_distinct() {
    let names = names();
    let distinct: HashSet<_> = names.iter().collect();
    assert_eq!(names.len(), distinct.len());
    assert!((100..=MAX_COLUMNS).contains(&names.len()));
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The columns `tag` and `role` are the numbers of the variants, and the shipped model has a weight for each.
#[test]
fn tags_and_roles_keep_their_numbers() {
    let list = |names: Vec<String>| {
        let numbered = names.iter().enumerate().map(|(number, name)| format!("{number} {name}\n"));
        numbered.collect::<String>()
    };
    let tags = list(Tag::ALL.iter().map(|tag| format!("{tag:?}")).collect());
    let roles = list(LineRole::ALL.iter().map(|role| format!("{role:?}")).collect());
    for (name, list, known) in [("Tag", tags, 0x04b5_b8c2_e8bb_576f), ("LineRole", roles, 0xf1da_e8ba_e058_28f9)] {
        assert_eq!(
            hash(&list),
            known,
            "the variants of `{name}` have been added to, renamed or reordered.\n\
             Their numbers are categories that `data/model/body.bin` has weights for, so a variant with another number \
             silently gets the weights of another. Append new variants at the end; any other change requires training \
             the model again (tools/train). Then put the new hash here. The variants are now:\n{list}"
        );
    }
    assert!(Tag::ALL.iter().enumerate().all(|(number, tag)| *tag as usize == number));
    assert!(LineRole::ALL.iter().enumerate().all(|(number, role)| *role as usize == number));
}
