//! Titles and authors of flattened pages, where only words and positions tell them from the boilerplate around.

use copydesk::Extractor;

/// Paragraphs of an article that contain no names.
const STORY: [&str; 7] = [
    "등대는 오랫동안 꺼져 있었고 마을 사람들은 그 불빛을 그리워했다고 말했다. 배가 다시 다니면 섬 학교에도 학생이 늘어날 것으로 보인다.",
    "군은 내년에 예산을 더 마련해 창고를 작은 전시관으로 바꿀 계획이라고 밝혔다. 여름마다 찾아오는 손님들에게 길잡이 이야기도 들려준다.",
    "주민 백여 명이 지난 주말 항구에 모여 계단을 고치고 난간을 새로 칠했다. 건물의 기초가 튼튼해 앞으로 오십 년은 버틸 것이라고 한다.",
    "배가 다시 다니기 시작하면 섬 학교에도 학생이 늘어날 것으로 보인다. 도는 다른 등대 세 곳도 같은 방법으로 손보기로 하고 조사에 들어갔다.",
    "어촌계는 여름마다 찾아오는 손님들에게 길잡이 이야기를 들려줄 생각이다. 등대는 오랫동안 꺼져 있었고 그 불빛을 그리워하는 이가 많았다.",
    "전문가들은 건물의 기초가 튼튼해 앞으로 오십 년은 버틸 것이라고 평가했다. 군은 예산을 더 마련해 창고를 전시관으로 바꿀 계획이다.",
    "도는 다른 등대 세 곳도 같은 방법으로 손보기로 하고 조사에 들어갔다. 주민 백여 명은 항구에 모여 계단을 고치고 난간을 새로 칠했다.",
];
const FERRY: &str = "The ferry that once crossed the harbour each morning is back, and the town came out to see it leave. It had been \
    laid up for ten years while the council looked for money to mend its engine.\n\
    People on the quay said that they had missed its horn, which told them when to leave for school and work. The first \
    trip took forty minutes and carried two hundred people.\n";

/// The title and the authors of a page.
fn read(page: &str) -> (String, String) {
    let article = Extractor::new().extract(page).expect("small");
    (article.title().unwrap_or_default().to_owned(), article.authors().collect::<Vec<_>>().join("|"))
}

#[test]
fn authors() {
    let (story, twice) = (STORY.join("\n"), [STORY, STORY].concat().join("\n\n"));
    let menu = "하늘 소식 더 보기\n바다 소식 더 보기\n나무 소식 더 보기\n구름 소식 더 보기\n바람 소식 더 보기\n강물 소식 더 보기";
    let korean = |head: &str| format!("꺼진 등대에 다시 불이 켜졌다\n{head}{story}\n");
    let english = |line: &str| format!("Harbour ferry returns after ten years\n{line}\nMay 5, 2020\n{FERRY}");
    let sign_off = "해오름방송 뉴스 성나루입니다.\nabc@example.com\n\n영상취재: 채희재\n영상편집: 이혜리\n";
    let report: Vec<String> = STORY.iter().map(|text| format!("그날 {text}")).collect();
    let announced = format!(
        "꺼진 등대에 다시 불이 켜졌다\n\n[앵커]\n\n{}\n\n이 소식은 성나루 기자가 보도합니다.\n\n[리포트]\n\n{}\n",
        STORY.join("\n\n"),
        report.join("\n\n")
    );
    let cases = [
        ("a guest", format!("꺼진 등대에 다시 불이 켜졌다 [기고]\n김하나 해오름대 교수\n{story}\n"), "김하나"),
        ("a professor in the news", korean("김하나 해오름대 교수\n"), ""),
        ("a button that closes", korean("X\n"), ""),
        ("a name in its place", korean("김하나\n"), "김하나"),
        (
            "two in one dateline",
            korean("2024-05-01 12:30\n박기호 기자\n마을 '활기'(해오름=뉴스1) 박기호 기자,김세현 기자 = "),
            "박기호|김세현",
        ),
        (
            "one in a dateline",
            korean("2024-05-01 12:30\n박기호 기자\n마을 '활기'(해오름=뉴스1) 박기호 기자 = 김세현 이장은 "),
            "박기호",
        ),
        ("signed off behind a second copy", format!("동영상 뉴스\n{twice}\n\n{sign_off}"), "성나루"),
        ("announced by a presenter", announced, "성나루"),
        ("far behind the body", format!("동영상 뉴스\n{story}\n\n{menu}\n{menu}\n{sign_off}"), ""),
        ("a counter", english("No Comments"), ""),
        ("a counter in a menu", english("Menu Search"), ""),
        ("editors", english("By Our Editors"), "Our Editors"),
        ("a name", english("Jane Miller"), "Jane Miller"),
    ];
    let wrong: Vec<_> = cases.iter().filter(|(_, page, names)| read(page).1 != *names).collect();
    let shown: Vec<_> = wrong.iter().map(|(name, page, _)| (name, read(page).1)).collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn titles() {
    let story = STORY.join("\n");
    let board = |title: &str, tools: &str| format!("자유게시판\n{title}\n바람개비\n{tools}\n{story}\n댓글 3\n");
    let cases = [
        (
            "above a line of tools",
            board("꺼진 등대에 다시 불이 켜졌다", "북마크 주소복사 공유하기 신고하기 사용자신고"),
            "꺼진 등대에 다시 불이 켜졌다",
        ),
        (
            "near miss: of tools itself",
            format!("북마크 공유하기 버튼을 없앤 까닭\n2024-05-01 12:30\n{story}\n"),
            "북마크 공유하기 버튼을 없앤 까닭",
        ),
    ];
    for (name, page, title) in cases {
        assert_eq!(read(&page).0, title, "{name}");
    }
}
