//! The decision on every field, once the body is known.

use super::byline;
use super::date::{self, Places};
use super::declared::Declared;
use super::key::key;
use super::propose::Proposals;
use super::stated::stated;
use super::tables::Tables;
use crate::article::Metadata;
use crate::block::Blocks;
use crate::types::{Field, Person, Role, Wanted};
use crate::vocab::Hit;
use std::ops::Range;

/// Decides on title, people and dates; `body` is the range from the first to the last block kept, if any was kept.
pub(crate) fn choose(
    proposals: &mut Proposals,
    blocks: &Blocks,
    hits: &[Hit],
    declared: &Declared,
    body: Option<Range<usize>>,
    tables: &Tables,
    wanted: Wanted,
) -> Metadata {
    let mut metadata = if wanted.has(Field::Declared) { stated(declared) } else { Metadata::default() };
    if !wanted.needs_blocks() {
        return metadata;
    }
    let body = body.unwrap_or_else(|| proposals.layout.body.clone());
    if !proposals.layout.marked_up && body != proposals.layout.body {
        // Without declared titles, the candidates depend on where the body is, and that was a rough guess so far.
        proposals.layout.body = body.clone();
        proposals.gather(blocks, hits, declared, tables);
    }
    proposals.titles.place(blocks, &proposals.layout, &body, &proposals.dated);
    let best = proposals.titles.best(&tables.titles);
    let title_block = best.and_then(|(candidate, _)| candidate.block);
    if wanted.has(Field::Title) {
        metadata.title = best.map(|(candidate, _)| {
            // The headline as the page shows it, if it does.
            let shown =
                candidate.block.map(|index| blocks.text_of(index)).filter(|shown| key(shown) == key(&candidate.text));
            shown.unwrap_or(&candidate.text).to_owned()
        });
        // Of 2,900 pages one came out without a title: too few to measure what that is worth.
        metadata.confidence.title = best.map_or(0.5, |(_, probability)| probability);
    }
    if wanted.has(Field::Byline) {
        proposals.names.place(&proposals.layout, &body, title_block, &proposals.dated);
        let decided = byline::decide(&proposals.names, &tables.names);
        metadata.byline = credit(&decided.people);
        metadata.people = decided.people;
        metadata.confidence.byline = decided.confidence;
    }
    if wanted.has(Field::Date) {
        let places = Places { title: title_block, body };
        let dates = date::choose(&proposals.dates, blocks, &proposals.layout, declared, &places, &tables.dates);
        (metadata.published, metadata.modified) = (dates.published, dates.modified);
        metadata.confidence.date = dates.confidence;
    }
    metadata
}

/// The authors in one line, or everybody named if there is no author. Never the page's own line, which also holds
/// dates, sections, addresses and counters.
fn credit(people: &[Person]) -> Option<String> {
    let authors = people.iter().filter(|person| person.role == Role::Author).count();
    // Authors come first.
    let named = if authors > 0 { &people[..authors] } else { people };
    let names: Vec<&str> = named.iter().map(|person| person.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title and date of a page.
    fn chosen(head: &str, body: &str) -> (String, String) {
        let text =
            "<p>시는 사흘 전부터 달빛 도서관의 문을 열고, 시민들에게 밤늦게까지 책을 빌려주고 있다고 밝혔다.</p>"
                .repeat(4);
        let page = format!(
            "<html lang=ko><head>{head}</head><body>{body}<div>{text}</div><p>ⓒ 해오름신보, 무단전재 및 재배포금지</p></body></html>"
        );
        let article = crate::extract(page.as_bytes()).expect("a page");
        let date = article.date().map_or(String::new(), |date| date.to_string());
        (article.title().unwrap_or_default().to_owned(), date)
    }

    #[test]
    fn headlines_beside_the_name_of_a_board() {
        let headline = "달빛 도서관 오늘 밤 문 열다";
        let subject = format!(
            "<h3>알림장</h3><table><tr><th>제목</th><td>{headline}</td></tr><tr><th>등록일</th><td>2024-08-30</td></tr></table>"
        );
        let heading = format!(
            "<h1>등대사랑방</h1><p>2009.03.21. 개설</p><h3 class=title>{headline}</h3><span class=date>2024.04.14. 21:37</span>"
        );
        let shared = format!("<title>등대사랑방 : 해오름 카페</title><meta property='og:title' content='{headline}'>");
        let label = format!("<p>지역</p><p><b>{headline}</b></p><p>기사입력 : 2004-08-17 18:40</p>");
        let cases = [
            ("<title>알림장 | 하늘초등학교</title>", &subject, headline, "2024-08-30"),
            (&shared, &heading, headline, "2024-04-14T21:37"),
            ("<title>::: 해오름신보 :::</title>", &label, headline, "2004-08-17T18:40"),
        ];
        for (head, body, title, date) in cases {
            assert_eq!(chosen(head, body), (title.to_owned(), date.to_owned()), "{head}");
        }
        // Near miss: the headline itself is declared, and a table has a row for another one.
        let own = "<h1>등대 박물관이 문을 닫은 까닭은</h1><p>입력 2024-04-14</p>";
        let head = "<title>등대 박물관이 문을 닫은 까닭은 - 해오름신보</title>";
        assert_eq!(chosen(head, own).0, "등대 박물관이 문을 닫은 까닭은");
    }

    #[test]
    fn what_a_script_was_to_fill_in() {
        let head = "<title>등대 박물관이 문을 닫은 까닭은 - 해오름신보</title>";
        for heading in ["{{ article.title }}", "{{a.live ? '속보' : '보도'}}", "${title}", "<%= title %>"] {
            let shown = format!("<h1>{}</h1><p>입력 2024-04-14</p>", heading.replace('<', "&lt;"));
            assert_eq!(chosen(head, &shown).0, "등대 박물관이 문을 닫은 까닭은", "{heading}");
        }
        let near_miss = "<h1>중괄호 {{ }} 쓰는 법</h1><p>입력 2024-04-14</p>";
        assert_eq!(chosen("<title>중괄호 {{ }} 쓰는 법 - 해오름신보</title>", near_miss).0, "중괄호 {{ }} 쓰는 법");
    }

    #[test]
    fn names_and_what_stands_like_one() {
        let cases = [
            ("<p>Business Law</p><p>September 1, 2017</p>", None),
            ("<p>Jane Miller</p><p>September 1, 2017</p>", Some("Jane Miller")),
            ("<p class=author>Zyx Quaid</p><p>September 1, 2017</p>", Some("Zyx Quaid")),
            ("<p>By Jane Miller, Harbour Foundation</p><p>September 1, 2017</p>", Some("Jane Miller")),
            ("<p>By Jane Miller and Zyx Quaid</p><p>September 1, 2017</p>", Some("Jane Miller, Zyx Quaid")),
            (
                "<p class=author>Jane Miller</p><p class=author>Share Article</p><p>September 1, 2017</p>",
                Some("Jane Miller"),
            ),
        ];
        let text =
            "<p>The harbour board said on Monday that the old bridge stays shut until the cracks are mended.</p>"
                .repeat(5);
        for (lines, expected) in cases {
            let page = format!(
                "<html lang=en><title>Bridge shut</title><body><h1>Bridge shut</h1>{lines}{text}</body></html>"
            );
            let article = crate::extract(page.as_bytes()).expect("a page");
            assert_eq!(article.byline(), expected, "{lines}");
        }
    }

    #[test]
    fn pages_that_anybody_edits() {
        let time = "<p>최근 수정 시각: <time datetime='2025-02-03T12:14:55Z'>2025-02-03 21:14:55</time></p>";
        let wiki = format!("<h1>달무리 전차</h1>{time}<h2>1. 개요[편집]</h2><p>전차.</p><h2>2. 역사[편집]</h2>");
        let near_miss = format!("<h1>달무리 전차</h1>{time}<h2>1. 개요[편집]</h2><p>전차.</p><h2>2. 역사[1]</h2>");
        assert_eq!(chosen("<title>달무리 전차</title>", &wiki).1, "");
        assert_ne!(chosen("<title>달무리 전차</title>", &near_miss).1, "");
    }

    #[test]
    fn a_byline_names_the_authors_and_others_only_without_one() {
        use Role::{Author, Editor, Photographer};
        let cases: &[(&[(&str, Role)], Option<&str>)] = &[
            (&[], None),
            (&[("김하나", Author)], Some("김하나")),
            (&[("Ann Lee", Author), ("Bo Ray", Author), ("Cy Fox", Editor)], Some("Ann Lee, Bo Ray")),
            (&[("Cy Fox", Editor), ("Di Poe", Photographer)], Some("Cy Fox, Di Poe")),
        ];
        for (people, expected) in cases {
            let people: Vec<Person> = people.iter().map(|&(name, role)| Person::new(name, role)).collect();
            assert_eq!(credit(&people).as_deref(), *expected, "{people:?}");
        }
    }
}
