//! Pages that crawls contain by the thousand in place of an article are recognised as such, with the right family.

use copydesk::{Extractor, Page, Reason, Verdict};

/// The family of a page without an article; `None` if it has one.
fn absent(body: &str) -> Option<Reason> {
    let page = format!("<!DOCTYPE html><html><head><title>A page</title></head><body>{body}</body></html>");
    match Extractor::new().extract(page.as_str()).expect("small").verdict() {
        Verdict::NoArticle { reason, .. } => Some(reason),
        _ => None,
    }
}

#[test]
fn pages_in_an_articles_place_are_none() {
    let pages = [
        (
            "a server's error",
            Reason::Notice,
            "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>",
        ),
        ("a proxy's error", Reason::Notice, "<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>"),
        (
            "a challenge",
            Reason::Notice,
            "<h1>example.com</h1><p>Verifying you are human. This may take a few seconds.</p><p>example.com needs to review the \
             security of your connection before proceeding.</p><div>Ray ID: <code>7abcdef123</code></div>",
        ),
        (
            "a barrier, Korean",
            Reason::Notice,
            "<h1>비정상적인 접근이 감지되었습니다</h1><p>자동 입력 방지를 위해 아래 문자를 입력해 주세요.</p><form><input><button>확인</button></form>",
        ),
        (
            "maintenance, Korean",
            Reason::Notice,
            "<p>서비스 점검 중입니다.</p><p>보다 나은 서비스를 위해 시스템 점검을 진행하고 있습니다. 이용에 불편을 드려 죄송합니다.</p>",
        ),
        (
            "a log-in, Japanese",
            Reason::Notice,
            "<h1>会員の皆様へ</h1><p>この記事を読むにはログインが必要です。</p><a href=/l>ログイン</a>",
        ),
        (
            "consent",
            Reason::Consent,
            "<div><p>We use cookies and similar technologies to store and access information on your device, and to improve your \
             experience on our site.</p><button>Accept all cookies</button><button>Manage preferences</button></div>",
        ),
    ];
    for (name, reason, body) in pages {
        assert_eq!(absent(body), Some(reason), "{name}");
    }
}

/// The reason for which a text as a whole has no article, given as text and as bytes; `None` if it has one.
fn absent_text(text: &str) -> Option<Reason> {
    let verdict = |page: Page<'_>| match Extractor::new().extract(page).expect("small").verdict() {
        Verdict::NoArticle { reason, .. } => Some(reason),
        _ => None,
    };
    let (of_text, of_bytes) = (verdict(text.into()), verdict(text.as_bytes().into()));
    assert_eq!(of_text, of_bytes);
    of_text
}

const ENGLISH: &str = "The ferry left at nine, as it had done for forty years, and nobody on the quay looked up from the nets. By noon \
                       the harbour master had called twice, and the radio gave nothing but rain.";
const KOREAN: &str = "강릉 앞바다에서 어선 두 척이 부딪혀 선원 일곱 명이 다쳤다. 해경은 짙은 안개 때문에 앞을 보지 못한 것으로 보고 경위를 \
                      조사하고 있다.";
const SCRIPT: &str = "function open(event, options) {\n  const el = document.querySelector('.item-1');\n  if (!el || \
                      el.dataset.open) { return null; }\n  el.addEventListener('click', (e) => { toggle(el, 1); });\n}\n";

#[test]
fn data_are_no_articles() {
    let many = |item: &dyn Fn(usize) -> String| (1..9).map(item).collect::<String>();
    let feed = |text: &str| {
        let items = many(&|n| {
            format!(
                "<item><title>{n}</title><link>https://a.example/{n}</link><description><![CDATA[<p>{text}</p>]]></description></item>"
            )
        });
        format!("<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>A site</title>{items}</channel></rss>")
    };
    let posts = |text: &str| {
        let items = (1..9).map(|n| format!("{{\"title\":\"No {n}\",\"content\":\"<p>{n} {text}</p><p>{text}</p>\"}}"));
        format!("[{}]", items.collect::<Vec<_>>().join(","))
    };
    let cases = [
        ("a feed", Reason::Related, feed(ENGLISH)),
        ("a feed, Korean", Reason::Related, feed(KOREAN)),
        (
            "a site map",
            Reason::Navigation,
            format!(
                "<?xml version=\"1.0\"?><urlset>{}</urlset>",
                many(&|n| format!("<url><loc>https://a.example/{n}</loc></url>"))
            ),
        ),
        ("posts in JSON", Reason::Data, posts(ENGLISH)),
        ("posts in JSON, Korean", Reason::Data, posts(KOREAN)),
        ("settings in JSON", Reason::Data, "{\n  \"name\": \"a\",\n  \"version\": \"1.2.0\"\n}\n".into()),
        ("robots", Reason::Data, "User-agent: *\nDisallow: /search/\n\nSitemap: https://a.example/s.xml\n".into()),
    ];
    for (name, reason, text) in cases {
        assert_eq!(absent_text(&text), Some(reason), "{name}");
    }
}

#[test]
fn texts_that_hold_data_are_articles() {
    let rows = |row: &str| format!("{row}\n").repeat(12);
    let cases = [
        ("an article on code", format!("A call\n\n{ENGLISH}\n\n{ENGLISH}\n\n{}\n\n{ENGLISH}\n", SCRIPT.repeat(8))),
        ("an article with a script left in, Korean", format!("어선 충돌\n{KOREAN}\n{}\n{KOREAN}\n", SCRIPT.repeat(8))),
        (
            "an article with linked data before it",
            format!("{{\"@type\":\"NewsArticle\",\"headline\":\"A ferry\"}}\nA ferry\n{ENGLISH}\n{ENGLISH}\n"),
        ),
        (
            "a log quoted",
            format!(
                "Why it fell over\n\n{ENGLISH}\n\n{}\n{ENGLISH}\n",
                rows("09:01:11 ERROR pool-1 refused (111) db1:5432")
            ),
        ),
        ("numbers", format!("어획량\n\n{KOREAN}\n\n{}\n{KOREAN}\n", rows("1990\t37\t91\t13.2"))),
        ("verses", rows("Grey, grey, the water;\nand nobody there,\nthe rope and the bollard,\nthe gull in the air.")),
        ("an interview", rows("[00:01:07] LINDE: The ferry left at nine, and nobody looked up.")),
        ("a chat, Korean", rows("[한지결] [오후 2:03] 배가 아직 안개 속에 있대요, 같이 가 봐요.")),
        ("a chat with tabs, Japanese", rows("10:01\tアン\t霧が晴れないので船はまだ出ないと港の人が話していた。")),
        (
            "results with a text below",
            format!("Pos,Name,Time\n{}\n{ENGLISH}\n\n{ENGLISH}\n", rows("1,Ann Bell,2:31:07")),
        ),
        (
            "a text on a database",
            format!("Set up a replica in ten minutes\n\n{ENGLISH}\n\n{ENGLISH}\n\nSTART REPLICA;\n"),
        ),
        ("a law, Korean", rows("제3조(이용) ① 어항을 이용하려는 자는 군수의 허가를 받아야 한다.")),
        ("a law", rows("§ 3.1 No vessel shall be moored at the quay without leave under § 2(a).")),
    ];
    for (name, text) in cases {
        assert_eq!(absent_text(&text), None, "{name}");
    }
}

#[test]
fn an_article_in_json_is_one() {
    let text = [ENGLISH; 3].join(" ");
    for json in [
        format!("{{\"id\":3,\"title\":\"A ferry\",\"content\":\"<p>{text}</p><p>{ENGLISH} Day two.</p>\"}}"),
        format!("{{\"data\":{{\"headline\":\"A ferry\",\"body\":\"{text}\\n\\n{ENGLISH} Day two.\"}}}}"),
    ] {
        let article = Extractor::new().extract(json.as_str()).expect("small");
        assert_eq!(article.title(), Some("A ferry"), "{json}");
        assert_eq!(article.body(), format!("{text}\n\n{ENGLISH} Day two."), "{json}");
        assert!(article.blocks().all(|block| block.source.is_none()), "the text is not as it stands in the page");
    }
}

#[test]
fn articles_that_speak_of_such_things_are_articles() {
    let story = "<p>The library of the old town opened its doors again on Monday, two years after the river had come in through them.</p>\
                 <p>Half of the books were saved by the neighbours, who had carried them up the tower in one long night, said the mayor.</p>";
    let korean = "<p>옛 도심의 도서관이 강물이 들이닥친 지 두 해 만인 월요일에 다시 문을 열었다.</p>\
                  <p>시장은 이웃들이 긴 밤 동안 책의 절반을 탑으로 옮겨 지켜 냈다고 말했다.</p>";
    let pages = [
        ("a log-in above", format!("<header><a href=/l>로그인이 필요합니다</a></header><h1>도서관</h1>{korean}")),
        ("the rest for subscribers", format!("<h1>A library</h1>{story}<p>Subscribe to continue reading.</p>")),
        (
            "consent above",
            format!(
                "<div><p>We use cookies to improve your experience.</p><button>OK</button></div><h1>A library</h1>{story}"
            ),
        ),
        (
            "a question",
            "<h1>Docker</h1><p>I get access denied when I run docker as myself, what did I miss?</p>".to_owned(),
        ),
        (
            "a recipe",
            "<h1>Cakes</h1><p>The old syrup is no longer available, so I use honey.</p><p>Bake for an hour.</p>"
                .to_owned(),
        ),
        ("rules", "<h1>수영장 안내</h1><p>아침 여섯 시부터 여덟 시까지는 회원만 이용할 수 있습니다.</p>".to_owned()),
        ("a hidden notice", format!("<div style='display:none'>Page not found</div><h1>A library</h1>{story}")),
        (
            "a story of robots",
            format!(
                "<h1>Are you human?</h1>{story}<p>Visitors are asked at the door to confirm that they are not a robot.</p>"
            ),
        ),
    ];
    for (name, body) in pages {
        assert_eq!(absent(&body), None, "{name}");
    }
}
