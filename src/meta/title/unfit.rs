//! Lines of flattened pages that are no headlines, whatever speaks for them: addresses, files, fields of boards, menus.

use super::Candidate;
use super::evidence::TitleSignal;
use super::gather::Gatherer;
use crate::meta::key::{wide, width};
use crate::vocab::{Family, Vocab};

/// Most words of a line that are read.
const MAX_WORDS: usize = 60;
/// Fewest items of a menu: a shorter line is one item.
const LEAST_ITEMS: usize = 4;
/// Fewest steps of a trail.
const LEAST_STEPS: usize = 3;
/// Most trails of a page whose steps are searched for among its candidates.
const MAX_TRAILS: usize = 4;

impl Gatherer<'_> {
    /// Marks the candidates that are no headlines.
    pub(super) fn mark_unfit(&mut self) {
        let candidates = &mut self.titles.candidates;
        for candidate in candidates.iter_mut() {
            candidate.unfit |= is_unfit(&candidate.text) || is_menu(candidate);
        }
        let is_shown_trail = |c: &&Candidate| c.unfit && !c.has(TitleSignal::CutBlock) && is_trail(&c.text);
        let trails: Vec<String> =
            candidates.iter().filter(is_shown_trail).take(MAX_TRAILS).map(|c| c.text.clone()).collect();
        for trail in &trails {
            for candidate in candidates.iter_mut() {
                candidate.unfit |= is_step(&candidate.text, trail);
            }
        }
    }
}

fn is_unfit(text: &str) -> bool {
    is_address(text) || is_file(text) || is_field(text) || is_ruled_row(text) || is_trail(text) || is_marked_row(text)
}

/// Whether at least half of the words of a line of furniture, or of a row of short words, are items of menus.
fn is_menu(candidate: &Candidate) -> bool {
    if !candidate.has(TitleSignal::IsFurniture) && !is_row(&candidate.text) {
        return false;
    }
    let words: Vec<&str> = candidate.text.split(' ').take(MAX_WORDS).collect();
    let items = || Vocab::get().items(&words).into_iter().filter(|&is_item| is_item).count();
    words.len() >= LEAST_ITEMS && items() * 2 >= words.len()
}

/// What stands between the steps of a trail.
const STEPS: [&str; 3] = [" > ", " » ", " › "];

/// Whether a line is the trail of links to a page's place on its site: `Home > Sports > Rowing`.
fn is_trail(text: &str) -> bool {
    STEPS.into_iter().any(|rule| is_row_of(text, rule, LEAST_STEPS))
}

/// Whether a text is a part of a trail that only names the site or a section: all but the last step, or a last step that is
/// a word. A wide last step may be the headline.
fn is_step(text: &str, trail: &str) -> bool {
    /// Narrowest step that may be a headline, in columns.
    const HEADLINE: usize = 12;
    let Some(rule) = STEPS.into_iter().find(|rule| trail.contains(rule)) else { return false };
    let mut steps = trail.rsplit(rule).map(str::trim);
    let last = steps.next().unwrap_or_default();
    let is_last_word = text == last && width(text) < HEADLINE;
    is_last_word || steps.any(|step| step == text) || text.contains(rule) && trail.contains(text)
}

/// Whether a line begins with an address, as boards show where a post links to.
fn is_address(text: &str) -> bool {
    let host = ["http://", "https://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    host.and_then(|rest| rest.split([' ', '/']).next()).is_some_and(|host| host.contains('.'))
}

/// Whether a line is a file attached to a post, with its size, or a document at the end of the line:
/// `240417 보도자료.hwpx (412KB) 다운로드`. Pictures name posts too: `출근하는 직장인.jpg`.
fn is_file(text: &str) -> bool {
    const DOCUMENTS: [&str; 11] = ["doc", "docx", "hwp", "hwpx", "odt", "pdf", "ppt", "pptx", "xls", "xlsx", "zip"];
    const PICTURES: [&str; 4] = ["gif", "jpeg", "jpg", "png"];
    text.match_indices('.').any(|(at, _)| {
        let (name, rest) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (kind, rest) = rest.split_at(end);
        let is_any = |kinds: &[&str]| kinds.iter().any(|known| kind.eq_ignore_ascii_case(known));
        let size = rest.trim_start_matches([' ', '(', '[']);
        let has_size = size.len() < rest.len() && size.starts_with(|c: char| c.is_ascii_digit());
        // `.doc` is a word, `a.doc` a file.
        name.ends_with(|c: char| c.is_alphanumeric() || c == ')')
            && (is_any(&DOCUMENTS) && (rest.is_empty() || has_size) || is_any(&PICTURES) && has_size)
    })
}

/// Whether a line is a field of a board: `성경본문 : 마가복음 1장`, `조 회 수 : 412`.
fn is_field(text: &str) -> bool {
    /// Longest name of a field, in bytes.
    const LONGEST: usize = 30;
    let Some((name, _)) = text.split_once([':', '：']).filter(|(name, _)| name.len() <= LONGEST) else { return false };
    let is_name = |name: &str| Vocab::get().is_phrase(name, 0, |family| family == Family::Field);
    let name = name.trim_end();
    is_name(name) || name.contains(' ') && is_name(&name.replace(' ', ""))
}

/// Whether a line is a row of short items with the same sign between any two: `ABOUT / ISSUE / PEOPLE / PLACE / SHOP / ART`.
fn is_ruled_row(text: &str) -> bool {
    // Headlines list a few places or colours too.
    [(" / ", 6), (" | ", 5), (" ㅣ ", 5)].into_iter().any(|(rule, least)| is_row_of(text, rule, least))
}

/// Whether a line is a row of at least so many short items with `rule` between any two.
fn is_row_of(text: &str, rule: &str, least: usize) -> bool {
    /// Widest item in the mean, in columns.
    const COLUMNS: usize = 12;
    let count = text.split(rule).take(MAX_WORDS).count();
    count >= least && width(text) <= count * COLUMNS && !text.contains([',', ':', '…', '"', '“'])
}

/// Whether a line is a row of items in brackets and nothing else, or of numbered links as a text browser shows them:
/// `[동영상 보기] [음성 듣기] [인쇄]`, `[2]Home [3]Boats [4]Ports [5]Links`.
fn is_marked_row(text: &str) -> bool {
    if !text.starts_with('[') {
        return false;
    }
    let is_number = |word: &&str| {
        let rest = word.strip_prefix('[').unwrap_or_default();
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < rest.len() && digits.len() > 1 && digits.starts_with(']')
    };
    let between = text.matches("] [").count();
    between >= 2 && text.ends_with(']') && text.matches('[').count() == between + 1
        || text.split(' ').take(MAX_WORDS).filter(is_number).count() >= LEAST_ITEMS
}

/// Whether a text is a row of words: short ones in a script without capitals (`로그인 검색 정치 경제 산림마을 사회 문화`), mostly
/// capitalised ones in others (`Portada España Economía Cultura Deportes`).
fn is_row(text: &str) -> bool {
    /// Least words of a row; a headline may have fewer.
    const LEAST: usize = 6;
    /// The same where words have capitals, as many headlines there are all capitalised.
    const LEAST_CAPITALISED: usize = 10;
    /// Most columns of a word in the mean, with the space behind it.
    const COLUMNS: usize = 10;
    let count = text.split(' ').take(MAX_WORDS).count();
    if count < LEAST || text.contains(['.', ',', '。', '、', '…', '"', '“', '‘', '?', '!']) {
        return false;
    }
    if wide(text) * 2 > text.chars().count() {
        return width(text) <= count * COLUMNS;
    }
    if count < LEAST_CAPITALISED {
        return false;
    }
    let capitals = text.split(' ').take(MAX_WORDS).filter(|word| word.starts_with(char::is_uppercase)).count();
    capitals * 2 >= count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meta::signal::Signals;

    #[test]
    fn menus() {
        let cases = [
            ("로그인 검색 정치 경제 산림마을 사회 문화", true),
            ("ホーム ニュース くらし スポーツ 文化 イベント お悔やみ 紙面ビューアー", true),
            (
                "Ir al contenido Diario del Faro Suscríbete Inicia sesión Portada España Internacional Economía Cultura",
                true,
            ),
            ("Home News Sport Business Opinion Politics World Login Search Contact", true),
            ("near miss: 문화 예산 늘리고 스포츠 예산 줄인 시의회", false),
            ("スポーツ と 文化 の 町 が 開く 秋 の 祭り", false),
            ("El Deporte y la Cultura que Cambian un Barrio", false),
            ("Top 10 Health and Nutrition Trends to Watch", false),
            ("How Sport and Business Became One Thing and What the News Made of It", false),
        ];
        for (text, expected) in cases {
            let candidate = Candidate { text: text.to_owned(), signals: Signals::default(), ..Candidate::default() };
            assert_eq!(is_menu(&candidate), expected, "{text}");
        }
    }

    #[test]
    fn steps_of_trails() {
        let trail = "해오름일보 > 사람들 > 부고";
        let cases = [
            ("해오름일보", trail, true),
            ("해오름일보 > 사람들", trail, true),
            ("부고", trail, true),
            ("near miss: 부고 알림", trail, false),
            ("봄 소풍 가는 길 안내", "해오름 > 알림 > 봄 소풍 가는 길 안내", false),
            ("사람", trail, false),
        ];
        for (text, trail, expected) in cases {
            assert_eq!(is_step(text, trail), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_are_no_headlines() {
        let cases = [
            ("http://move.example/2024 12회 연결", true),
            ("240417(조간) 노란 횡단보도 확대.hwpx (412KB) 다운로드 바로보기", true),
            ("IMG_2201.jpg (2.1 MB)", true),
            ("Budget report 2024.pdf", true),
            ("ABOUT / ISSUE / PEOPLE / PLACE / SHOP / 구독", true),
            ("정치 | 경제 | 사회 | 문화 | 오피니언", true),
            ("해오름일보 > 사람들 > 부고", true),
            ("Home › Sports › Rowing", true),
            ("성경본문 : 마가복음 1장 16-20절", true),
            ("작 성 자 : 김하나", true),
            ("閲覧数：412", true),
            ("[동영상 보기] [음성 듣기] [인쇄]", true),
            ("[2]Home [3]Boats [4]Ports of call [5]Links", true),
            ("near miss: 사람들 > 달빛 도서관이 문을 연 지 백 일, 동네가 바뀌었다 > 해오름일보", false),
            ("Red > Blue", false),
            ("near miss: https:// for everyone", false),
            ("https:// for everyone: how the web was locked", false),
            ("What .NET 9 and .zip domains have in common", false),
            ("How I moved from .doc to .pdf", false),
            ("출근하는 직장인.jpg", false),
            ("강사: 무대 뒤의 사람들", false),
            ("작성자의 말: 왜 다시 쓰는가", false),
            ("서울 · 부산 · 대구 · 광주 · 대전 비 소식", false),
            ("Red / Blue / Green / Gold / Grey: five boats", false),
            ("Live | The harbour, the mayor and the long way to a new bridge | Example Daily | North | Readers", false),
            ("[공지] [필독] 회원 등급 안내 [수정] [완료]", false),
            ("[2024 결산] [10대 뉴스] [1위] [3만 명] 등대 축제", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_unfit(text), expected, "{text}");
        }
    }
}
