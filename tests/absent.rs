//! Pages that crawls contain by the thousand in place of an article are recognised as such, with the right family.

use copydesk::{Extractor, Reason, Verdict};

/// The family of a page without an article; `None` if it has one.
fn absent(body: &str) -> Option<Reason> {
    let page = format!("<!DOCTYPE html><html><head><title>A page</title></head><body>{body}</body></html>");
    match Extractor::new().extract(page.as_str()).expect("small").verdict() {
        Verdict::None { reason, .. } => Some(reason),
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
