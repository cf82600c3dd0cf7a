//! Reads people's names from a byline.
//!
//! A byline consists of names, role words, organizations and places, separated by commas, bars, words for `and`, or
//! just a space. It is cut into segments; words of the vocabulary are stripped from each, and what remains must look
//! like a name.

mod reader;
mod role;
mod segment;
mod shape;
mod stray;

pub(crate) use role::is_apart;
pub(crate) use shape::{
    has_given_name, is_credential, is_family_name_first, is_full_name, is_hangul, is_job, is_korean_name, is_name_word,
    is_no_name,
};
pub(crate) use stray::{begins_label, is_label, without_date};

use crate::plain::cut;
use crate::types::Role;
use crate::vocab::{Family, Hit, Vocab};
use reader::NameReader;
use segment::{Segments, without_addresses};

/// Longest byline read, in bytes.
const MAX_BYLINE: usize = 600;
/// Most names taken from one byline.
const MAX_NAMES: usize = 12;

/// How sure it is that the text is a byline.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Trust {
    /// The page says so: whatever remains is a name.
    Stated,
    /// It only looks like one: what remains must look like a name.
    Seen,
}

/// A name, with what the byline says about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) affiliation: Option<String>,
    /// The name has a role word, or a lead such as `by`.
    pub(crate) worded: bool,
    /// The name follows `Edited by` or the like: the author is somebody else.
    pub(crate) edits: bool,
}

/// The names in `text`.
pub(crate) fn names(text: &str, trust: Trust) -> Vec<Named> {
    let text = without_addresses(cut(text, MAX_BYLINE));
    let found = in_pairs(text.trim());
    if !found.is_empty() {
        return found;
    }
    let (role, text) = without_lead(without_credits(text.trim_start()));
    let mut segments = Segments::new(text).peekable();
    let Some(first) = segments.next() else { return Vec::new() };
    let mut reader = NameReader::new(trust, role, segments.peek().is_none());
    reader.segment(first);
    while reader.found.len() < MAX_NAMES
        && let Some(segment) = segments.next()
    {
        reader.segment(segment);
    }
    reader.found
}

/// The people of a row of jobs in Hangul, each with a name behind it: `에디터 김하나 포토그래퍼 박두리`. Elsewhere the job stands
/// behind the name.
fn in_pairs(text: &str) -> Vec<Named> {
    /// Longest row, in bytes, and most words of one.
    const LONGEST: usize = 120;
    const MAX_WORDS: usize = 8;
    if text.len() > LONGEST || !text.starts_with(is_hangul) {
        return Vec::new();
    }
    let mut words = text.split_whitespace();
    if !(4..=MAX_WORDS).contains(&words.clone().take(MAX_WORDS + 1).count()) {
        return Vec::new();
    }
    let pair = |job: &str, name: &str| {
        let hit = Vocab::get().longest_at(job, 0, |family| role::role_of(family).is_some())?;
        let role = role::role_of(hit.family).filter(|_| hit.end as usize == job.len() && is_korean_name(name))?;
        Some(Named { name: name.to_owned(), role, affiliation: None, worded: true, edits: false })
    };
    let mut found = Vec::new();
    while let Some(job) = words.next() {
        match words.next().and_then(|name| pair(job, name)) {
            Some(named) => found.push(named),
            None => return Vec::new(),
        }
    }
    found
}

/// A line of credits without those behind the author's: `글 김하나` of `글 김하나 사진 박둘 장소 협조 해오름책방`.
fn without_credits(text: &str) -> &str {
    /// Longest line of credits, in bytes.
    const LONGEST: usize = 200;
    let Some(lead) = Vocab::get().lead_at(text, 0).filter(|_| text.len() <= LONGEST && text.starts_with(is_hangul))
    else {
        return text;
    };
    let is_credit = |at: usize| {
        // `사진 기자`: a job, which stands behind the name.
        let hit = Vocab::get().longest_at(text, at, |f| matches!(f, Family::Credit | Family::Photographer));
        hit.is_some_and(|hit| {
            let rest = text.get(hit.end as usize..).unwrap_or_default();
            hit.family == Family::Credit && rest.starts_with([' ', '\u{a0}', ':', '='])
        })
    };
    let mut starts = text.match_indices([' ', '\u{a0}']).map(|(at, space)| at + space.len());
    // `글 사진 김하나`: one person did both.
    let is_behind_name = |at: &usize| text.get(lead.end as usize..*at).is_some_and(|name| !name.trim().is_empty());
    starts.find(|at| is_behind_name(at) && is_credit(*at)).and_then(|at| text.get(..at)).unwrap_or(text).trim_end()
}

/// The role stated by a lead with a separator in it at the head of a byline (`Words:`, `Text & photos:`, `Photo:`), and
/// the rest.
fn without_lead(text: &str) -> (Option<Role>, &str) {
    let vocab = Vocab::get();
    let apart = |hit: Option<Hit>| {
        let (lead, rest) = text.split_at_checked(hit?.end as usize)?;
        (lead.contains([':', '：', '&', '(']) && !rest.trim().is_empty()).then_some(rest)
    };
    if let Some(rest) = apart(vocab.lead_at(text, 0)) {
        return (Some(Role::Author), rest);
    }
    // With another colon in it, the rest names somebody else too: `Photo: Jane Miller, text: John O'Hara`.
    let credit = vocab.longest_at(text, 0, |family| matches!(family, Family::Caption | Family::OutletLead));
    let credited = apart(credit.filter(|hit| hit.family == Family::Caption)).filter(|rest| !rest.contains([':', '：']));
    credited.map_or((None, text), |rest| (Some(Role::Photographer), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, trust: Trust) -> String {
        let mark = |role: Role| if role == Role::Author { String::new() } else { format!("({})", role.key()) };
        names(text, trust).iter().map(|n| format!("{}{}", n.name, mark(n.role))).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn bylines() {
        let cases = [
            ("By Jane Miller", "Jane Miller"),
            ("Jane Miller and John O'Hara", "Jane Miller|John O'Hara"),
            ("By\nJane Miller\n,\nJohn P. Dyke\nStaff writer", "Jane Miller|John P. Dyke"),
            ("Jane Miller, Senior Editor", "Jane Miller"),
            ("Jane Miller, MD, FOMA", "Jane Miller"),
            ("Jane Miller, Marketing Director", "Jane Miller"),
            ("Jane Miller, Ann Directory", "Jane Miller|Ann Directory"),
            ("Jane Miller22 Dec 2016651", "Jane Miller"),
            ("Written by Jane Miller | May 5, 2020", "Jane Miller"),
            ("Posted on September 21, 2020 by Jane Miller", "Jane Miller"),
            ("Posted on September 21, 2020 by the sea", ""),
            ("Jane Miller Jane Miller", "Jane Miller"),
            ("Jane Miller (AP)", "Jane Miller"),
            ("Jane (Miller) O'Hara", "Jane (Miller) O'Hara"),
            ("By Jane (Ann Maria) O'Hara and Bo Ray", "Jane (Ann Maria) O'Hara|Bo Ray"),
            ("Jane Miller (Leeds) and Bo Ray", "Jane Miller|Bo Ray"),
            ("By Jane Miller and Wanjiku Kamau, reporter", "Jane Miller|Wanjiku Kamau"),
            ("By Jane Miller, Leeds", "Jane Miller"),
            ("By Ed Miller, Leeds", "Ed Miller"),
            ("Maria Rossi ed Ada Bianchi", "Maria Rossi|Ada Bianchi"),
            ("By Jane Miller, Peter", "Jane Miller|Peter"),
            ("By Jane Miller ⋅ Review Editor ⋅ Updated May 5, 2020", "Jane Miller"),
            ("JANE MILLER, AP Technology Writers", "JANE MILLER"),
            ("Jane Miller, Senior Autos Reporter", "Jane Miller"),
            ("Jane Miller, Peter Dyke, reporter", "Jane Miller|Peter Dyke"),
            ("By Jane Miller, MD. Reviewed by Peter Dyke, MD", "Jane Miller|Peter Dyke(editor)"),
            ("By Jane Ann Miller Updated on May 5", "Jane Ann Miller"),
            ("By Jane Miller ⋅ Updated March 5, 2025", "Jane Miller"),
            ("By Jane Miller Updated", "Jane Miller"),
            ("By Team Otter Data", "Team Otter Data"),
            ("Column by Jane Miller", "Jane Miller"),
            ("מאת: יעל שמש", "יעל שמש"),
            ("โดย วรรณา ใจดี", "วรรณา ใจดี"),
            ("लेखक: आशा राठौड़", "आशा राठौड़"),
            ("بقلم: محمد علي", "محمد علي"),
            ("near miss: יעל שמש", ""),
            ("بقلم: محمد علي من المدينة القديمة أمس", ""),
            ("Words: Jane Miller", "Jane Miller"),
            ("Text & Fotos: Jan Weber", "Jan Weber"),
            ("Words that matter to you", ""),
            ("Claus von Stauffenberg", "Claus von Stauffenberg"),
            ("Photos by Jane Miller", "Jane Miller(photographer)"),
            ("Photo: Jane Miller", "Jane Miller(photographer)"),
            ("Foto: Jan Weber", "Jan Weber(photographer)"),
            ("Am Freitag", ""),
            ("On Monday", ""),
            ("Hans Freitag", "Hans Freitag"),
            ("이혁기 더스쿠프 기자lhk@thescoop.co.kr", "이혁기"),
            ("순천, 광양 구현모 기자 ninek@x.com", "구현모"),
            ("[서울=뉴시스]김수아 인턴 기자", "김수아"),
            ("박준석 기자 외 1명", "박준석"),
            ("2009-04-06 11:30 김하나 기자", "김하나"),
            ("작성 : 2009-04-06 11:30 \u{a0} 김하나 기자", "김하나"),
            ("2009년 4월 6일 김하나 기자", "김하나"),
            ("2019年3月6日 记者 王小明", "王小明"),
            ("2009-04-06 11:30 조회 12", ""),
            ("near miss: 7文字で激震", ""),
            ("7文字で激震 北山太郎", ""),
            ("2009-04-06 11:30 记者 王小明", "王小明"),
            ("記者王小明／湖邊報導", "王小明"),
            ("김하나·박둘 기자", "김하나|박둘"),
            ("김하나hana@x.com·박둘dul@x.com 기자", "김하나|박둘"),
            ("김 하 나 기자", "김하나"),
            ("김하나 이두리 박세나 기자", "김하나|이두리|박세나"),
            ("정치부 김하나 기자", "김하나"),
            ("해오름일보 김하나 기자", "김하나"),
            ("（总台央视记者 王小明 李四）", "王小明|李四"),
            ("记者 王小明 李四", "王小明|李四"),
            ("本报记者 王小明 通讯员 李四", "王小明|李四"),
            ("near miss: 湖边日报 记者 李四", "李四"),
            ("뷔하나 기자, 김두리 의학전문기자", "뷔하나|김두리"),
            ("near miss: 정치부 기자, 김두리 기자", "김두리"),
            ("에디터 김하나 포토그래퍼 박두리", "김하나|박두리(photographer)"),
            ("김하나 기자 박두리 기자", "김하나|박두리"),
            ("김하나 기자 박두리 기자 이세나 선임기자", "김하나|박두리|이세나"),
            ("near miss: 김하나 교수 박두리 기자", "박두리"),
            ("本报记者 王小明 方 敏", "王小明|方敏"),
            ("渡辺洋介2025年1月13日", "渡辺洋介"),
            ("記者 山田 太郎", "山田 太郎"),
            ("조국 장관 후보자가 6일 굳은 표정을 짓고 있다. 윤하나기자", "윤하나"),
            ("https://example.com/a정하나 더스쿠프 기자lhk@x.com", "정하나"),
            ("연해뉴스", ""),
            ("남궁하나", "남궁하나"),
            ("near miss: 전자공작", ""),
            ("정치부 기자", ""),
            ("2019-03-06 责任编辑：龙慧", "龙慧(editor)"),
            ("作者：王小明 责任编辑：李四", "王小明|李四(editor)"),
            ("May 5, 2020", ""),
            ("Von Christian am 5. März 2019", "Christian"),
            ("By Christian on May 5, 2020", "Christian"),
            ("Par Christian le 5 mai 2020", "Christian"),
            ("Por Christian el 5 de mayo de 2020", "Christian"),
            ("By Jane Miller, Harbour Foundation", "Jane Miller"),
            ("By Jane Miller, Palma de Mallorca", "Jane Miller"),
            ("글 김하나 \u{a0} 사진 박두리 \u{a0} 장소 협조 해오름책방", "김하나"),
            ("near miss: 글 김하나 사진기자", "김하나(photographer)"),
            ("글 사진 김하나", "김하나"),
            ("[해오름경제 뷔하나 기자]", "뷔하나"),
            ("near miss: 해오름일보 대학생 기자", ""),
            ("Read the full story of how we did it and why it matters to you all", ""),
        ];
        let wrong: Vec<_> =
            cases.iter().map(|(t, e)| (t, shown(t, Trust::Seen), e)).filter(|(_, s, e)| s != **e).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn stated() {
        let cases = [
            ("freeman1984", "freeman1984"),
            ("surfguard", "surfguard"),
            ("Andrew Pan", "Andrew Pan"),
            ("Battery News Staff", "Battery News Staff"),
            ("By Jane Miller, Staff Writer", "Jane Miller"),
            ("Jane Miller Staff Writer", "Jane Miller"),
            ("Staff", "Staff"),
            ("Redaktion Harbour Post", "Redaktion Harbour Post(editor)"),
            ("Photos by Cy Fox", "Cy Fox(photographer)"),
            ("By Ann Lee and Bo Ray | Photos by Cy Fox", "Ann Lee|Bo Ray|Cy Fox(photographer)"),
            ("Edited by Cy Fox", "Cy Fox(editor)"),
            ("편집 : 김하나", "김하나(editor)"),
            ("Photo: Cy Fox", "Cy Fox(photographer)"),
            ("https://www.facebook.com/x", ""),
            ("12345", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, Trust::Stated), expected, "{text}");
        }
    }
}
