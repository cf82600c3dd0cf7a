//! Runs the checks that the language files contain, and keeps the files in order.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{self, CHECK};
use super::phrase::MAX_BYTES;
use super::*;
use crate::types::Reason;

fn hits(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    Vocab::get().scan(text, &mut hits);
    hits
}

fn shown(text: &str) -> Vec<(&str, Family)> {
    hits(text).iter().map(|hit| (text.get(hit.start as usize..hit.end as usize).unwrap(), hit.family)).collect()
}

fn is_byline(family: Family) -> bool {
    matches!(family, Family::BylineLead | Family::Author | Family::Poster)
}

fn is_date(family: Family) -> bool {
    matches!(family, Family::DatePublished | Family::DateModified | Family::Month(_) | Family::Ago(_))
}

fn is_notice(family: Family) -> bool {
    matches!(family, Family::Missing | Family::Barred)
}

/// Whether the last syllable may end a sentence.
fn is_ended(text: &str) -> bool {
    let (at, _) = text.char_indices().next_back().unwrap_or_default();
    Vocab::get().is_phrase(text, at, |family| family == Family::Ending)
}

fn is_remark(text: &str) -> bool {
    Vocab::get().is_phrase(text, 0, |family| family == Family::Remark)
}

/// Runs a check. The error says what is wrong with it.
fn check(line: &str) -> Result<(), String> {
    let (kind, rest) = line.split_once('|').ok_or("no kind")?;
    let (text, families) = rest.split_once("=>").unwrap_or((rest, ""));
    let text = text.trim();
    let found = hits(text);
    let reasons: Vec<Reason> = found.iter().filter_map(|hit| hit.family.reason()).collect();
    let has = |wanted: fn(Family) -> bool| found.iter().any(|hit| wanted(hit.family));
    let named: Vec<Reason> = families
        .split(',')
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .map(|key| family::reason(key).ok_or(format!("unknown family {key}")))
        .collect::<Result<_, _>>()?;
    let good = match kind.trim() {
        "drop" => named.iter().all(|reason| reasons.contains(reason)) && !named.is_empty(),
        "keep" => reasons.is_empty() && !has(is_notice),
        "notice" => has(is_notice),
        "byline" => has(is_byline),
        "caption" => has(|family| matches!(family, Family::Caption | Family::Photographer)),
        "captioned" => found.iter().any(|hit| hit.family == Family::CaptionLabel && hit.at_start),
        "former" => found.iter().any(|hit| hit.family == Family::FormerHeadline && hit.at_start),
        "summary" => has(|family| family == Family::SummaryNote),
        "uncaptioned" => found.iter().all(|hit| hit.family != Family::CaptionLabel || !hit.at_start),
        "unsummarised" => !has(|family| family == Family::SummaryNote),
        "date" => has(is_date),
        "mail" => {
            let field = Vocab::get().longest_at(text, 0, |family| matches!(family, Family::Mail(_)));
            let rest = field.and_then(|hit| text.get(hit.end as usize..)).unwrap_or_default();
            rest.trim_start().starts_with([':', '：'])
        }
        "none" => !has(is_byline) && !has(is_date),
        "ended" => is_ended(text),
        "open" => !is_ended(text),
        "remark" => is_remark(text),
        "credit" => !is_remark(text),
        other => return Err(format!("unknown kind {other}")),
    };
    if good { Ok(()) } else { Err(format!("found {:?}", shown(text))) }
}

#[test]
fn checks_of_all_files() {
    let mut wrong = Vec::new();
    for lang in Lang::all() {
        for (_, line) in file::lines(lang.source()).filter(|(section, _)| *section == CHECK) {
            if let Err(why) = check(line) {
                wrong.push(format!("{}: {line}\n    {why}", lang.code()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} checks fail:\n{}", wrong.len(), wrong.join("\n"));
}

/// A family needs proof that its phrases match, and that they leave alone what merely looks similar.
#[test]
fn every_boilerplate_section_has_a_hit_and_a_near_miss() {
    let mut missing = Vec::new();
    for lang in Lang::all().skip(1) {
        let mut sections = BTreeSet::new();
        let mut checked = BTreeSet::new();
        for (section, line) in file::lines(lang.source()) {
            if let Some(key) = section.strip_prefix("boilerplate.").or_else(|| section.strip_prefix("heading.")) {
                sections.insert(key);
            }
            if section == CHECK
                && let (Some((kind, _)), Some((_, families))) = (line.split_once('|'), line.split_once("=>"))
            {
                checked.extend(families.split(',').map(|family| (kind.trim(), family.trim())));
            }
        }
        for key in sections {
            for kind in ["drop", "keep"] {
                if !checked.contains(&(kind, key)) {
                    missing.push(format!("{}: {kind} => {key}", lang.code()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn files_are_in_order() {
    let mut wrong = Vec::new();
    let mut owners: BTreeMap<(String, &str), &str> = BTreeMap::new();
    for lang in Lang::all() {
        let code = lang.code();
        let headers: Vec<&str> = lang.source().lines().filter_map(file::header).collect();
        let sections: Vec<&str> = headers.iter().copied().filter(|name| *name != CHECK).collect();
        if !sections.is_sorted_by(|one, other| one < other) {
            wrong.push(format!("{code}: sections are not sorted, or one is there twice"));
        }
        let mut lines: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (section, line) in file::lines(lang.source()) {
            lines.entry(section).or_default().push(line);
        }
        for header in headers {
            if !lines.contains_key(header) {
                wrong.push(format!("{code}: [{header}] is empty"));
            }
        }
        for (section, lines) in lines {
            if !lines.is_sorted_by(|one, other| one < other) {
                let at = lines.windows(2).find(|pair| pair[0] >= pair[1]);
                wrong.push(format!("{code}: [{section}] is not sorted, or has a line twice: {at:?}"));
            }
            if section == CHECK {
                continue;
            }
            for line in lines {
                let entries = file::line_entries(section, line);
                if entries.is_empty() {
                    wrong.push(format!("{code}: [{section}] {line}: not understood"));
                }
                if [".com", ".net", ".org", ".co.", "www.", "http"].iter().any(|host| line.contains(host)) {
                    wrong.push(format!("{code}: [{section}] {line}: a host name"));
                }
                for entry in entries {
                    let Entry::Phrase(family, text) = entry else { continue };
                    for (text, _) in phrase::variants(text, family, lang) {
                        if text.trim().is_empty() || text.len() > MAX_BYTES || text.trim() != text {
                            wrong.push(format!("{code}: [{section}] {line}: empty, too long, or with space around"));
                        }
                        // Languages share month names and units, but a boilerplate phrase that several use belongs to
                        // none of them.
                        if family.reason().is_some() {
                            let owner = owners.entry((text, section)).or_insert(code);
                            if *owner != code {
                                wrong
                                    .push(format!("{code}: [{section}] {line}: also in {owner}, so it belongs to any"));
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn longest_of_a_family_wins() {
    let found = shown("Leave a comment on this story");
    let comments = found.iter().filter(|(_, family)| family.reason() == Some(Reason::Comments)).count();
    assert_eq!(comments, 1, "{found:?}");
    let found = shown("많이 본 뉴스\n본문");
    assert!(found.contains(&("많이 본 뉴스", Family::Heading(Reason::Ranking))), "{found:?}");
}

#[test]
fn offsets_carry_over_to_the_original() {
    let text = "İÇİN ẞ Ω SIGN UP FOR our newsletter ﬁn ŠŽ";
    let found = shown(text);
    assert!(found.iter().any(|(words, _)| words.starts_with("SIGN UP FOR")), "{found:?}");
}

#[test]
fn place_on_the_line() {
    let hit = |text: &str| hits(text).into_iter().find(|hit| hit.family == Family::Heading(Reason::Related));
    let cases = [
        ("alone", "Related articles", true),
        ("decorated", "one\n▶ Related articles (12)\ntwo", true),
        ("with a count", "관련기사 3건", true),
        ("near miss: inside a sentence", "She read related articles for weeks.", false),
        ("near miss: joined", "unrelated articles", false),
    ];
    for (name, text, whole) in cases {
        assert_eq!(hit(text).is_some_and(|hit| hit.whole), whole, "{name}: {text:?}");
    }
}

#[test]
fn words_at_a_position() {
    let at = |text: &str, needle: &str| {
        let at = text.find(needle).unwrap();
        Vocab::get().longest_at(text, at, |_| true).map(|hit| hit.family)
    };
    let cases = [
        ("month", "3 MARCH 2021", "MARCH", Some(Family::Month(3))),
        ("glued to digits", "8PM", "PM", Some(Family::Pm)),
        ("before digits", "오후2:31", "오후", Some(Family::Pm)),
        ("near miss: a longer word", "marching on", "march", None),
    ];
    for (name, text, needle, family) in cases {
        assert_eq!(at(text, needle), family, "{name}: {text:?}");
    }
}

#[test]
fn hostile_lines_end() {
    for piece in ["-", "comment ", "관련기사", "1", "=\n", "İ", "ad "] {
        let text = piece.repeat(200_000 / piece.len());
        assert!(hits(&text).len() <= text.len());
    }
}
