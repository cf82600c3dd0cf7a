//! Reads the header of an e-mail that was saved as text: `From: …`, `Subject: …`, `Date: …`.

use super::line::{head_of, is_blank};
use crate::vocab::{Family, MailField, Vocab};

/// What the header of an e-mail states.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    /// Pairs of name and value, with the names that metadata of pages have.
    pub(crate) stated: Vec<(String, String)>,
    /// Where the header ends.
    pub(crate) end: usize,
}

/// Maximum number of lines in a header: mail servers add dozens.
const MAX_LINES: usize = 60;
/// Maximum length of a value in bytes.
const VALUE_BYTES: usize = 2_000;
/// Maximum length of a field's name in bytes.
const NAME_BYTES: usize = 60;
/// Minimum number of different known fields, among them the sender and the subject: a timetable has `From`, `To`, `Date`.
const MIN_FIELDS: usize = 3;

impl Mail {
    /// The header that `page` begins with.
    pub(crate) fn read(page: &str) -> Option<Mail> {
        let text = page.trim_start_matches(is_blank);
        let mut end = page.len() - text.len();
        let mut found: Vec<(MailField, String)> = Vec::new();
        // Whether a field goes on in indented lines: `None` if it is of no use.
        let mut open = None;
        for raw in text.split_inclusive('\n').take(MAX_LINES) {
            let line = raw.trim_end_matches(is_blank);
            if line.is_empty() {
                break;
            }
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = open.and_then(|index: usize| found.get_mut(index)) {
                    value.push(' ');
                    value.push_str(head_of(
                        line.trim_start_matches(is_blank),
                        VALUE_BYTES - value.len().min(VALUE_BYTES),
                    ));
                }
            } else if let Some((field, value)) = known(line) {
                open = Some(found.len());
                found.push((field, head_of(value, VALUE_BYTES).to_owned()));
            } else if is_field(line) {
                open = None;
            } else {
                break;
            }
            end += raw.len();
        }
        let first = |field: MailField| found.iter().find(|(own, _)| *own == field).map(|(_, value)| value.as_str());
        let fields = [MailField::From, MailField::To, MailField::Subject, MailField::Sent];
        let (sender, subject) = (first(MailField::From)?, first(MailField::Subject)?);
        if fields.into_iter().filter(|&field| first(field).is_some()).count() < MIN_FIELDS {
            return None;
        }
        let values = [("title", Some(subject)), ("author", name(sender)), ("date", first(MailField::Sent))];
        let stated = |(name, value): (&str, Option<&str>)| {
            value.filter(|value| !value.is_empty()).map(|value| (name.to_owned(), value.to_owned()))
        };
        Some(Mail { stated: values.into_iter().filter_map(stated).collect(), end })
    }
}

/// A field with a known name, and its value.
fn known(line: &str) -> Option<(MailField, &str)> {
    let hit = Vocab::get().longest_at(line, 0, |family| matches!(family, Family::Mail(_)))?;
    let Family::Mail(field) = hit.family else { return None };
    let rest = line.get(hit.end as usize..)?.trim_start_matches(is_blank);
    rest.strip_prefix([':', '：']).map(|value| (field, value.trim_start_matches(is_blank)))
}

/// Whether a line is another field of the header: `Reply-To: …`.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        name.len() <= NAME_BYTES
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

/// The name of a sender without the address: `Ann Bell <ann@mail.example>`.
fn name(sender: &str) -> Option<&str> {
    let head = sender.split(['<', '(', '[']).next().unwrap_or_default();
    let name = head.trim_matches(|c: char| is_blank(c) || matches!(c, '"' | '\''));
    (!name.is_empty() && !name.contains('@')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_mails() {
        type Stated<'a> = &'a [(&'a str, &'a str)];
        let cases: [(&str, &str, Option<(Stated, &str)>); 9] = [
            (
                "English",
                "From: Ann Bell <ann@mail.example>\nTo: all@mail.example\nSubject: The gate\nDate: Mon, 6 May 2024 20:11:09 +0100\n\nDear all",
                Some((
                    &[("title", "The gate"), ("author", "Ann Bell"), ("date", "Mon, 6 May 2024 20:11:09 +0100")],
                    "\nDear all",
                )),
            ),
            (
                "Korean",
                "보낸사람: 김하나 <hana@mail.example>\n받는 사람: 모두\n제목: 모임 결과\n날짜: 2024년 4월 8일\n\n지난",
                Some((&[("title", "모임 결과"), ("author", "김하나"), ("date", "2024년 4월 8일")], "\n지난")),
            ),
            (
                "folded, with other fields, no name",
                "Received: by mail.example\n\twith SMTP\nFROM: ann@mail.example\nReply-To: x\nSubject: A gate\n that is broken\nTo: Jo\nDear Jo",
                Some((&[("title", "A gate that is broken")], "Dear Jo")),
            ),
            (
                "wide colons",
                "件名：会議\n差出人：山田太郎\n日時：2024年5月6日\n\n本文",
                Some((&[("title", "会議"), ("author", "山田太郎"), ("date", "2024年5月6日")], "\n本文")),
            ),
            ("near miss: a timetable", "From: London\nTo: Paris\nDate: 6 May\n\nTrains", None),
            ("near miss: two fields", "From: Ann\nSubject: Gate\n\nDear all", None),
            ("near miss: a post of a board", "제목: 모임 결과\n날짜: 2024-04-08\n작성자: 김하나\n\n지난", None),
            ("near miss: words", "From London\nTo Paris\nSubject to change\nDate 6 May", None),
            ("near miss: further down", "Ann wrote\n\nFrom: A\nTo: B\nSubject: C\nDate: D\n", None),
        ];
        for (name, page, expected) in cases {
            let read = Mail::read(page);
            let found = read.as_ref().map(|mail| {
                let stated: Vec<_> = mail.stated.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                (stated, page.get(mail.end..).unwrap())
            });
            assert_eq!(found, expected.map(|(stated, rest)| (stated.to_vec(), rest)), "{name}");
        }
    }
}
