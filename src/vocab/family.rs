//! The families of phrases and class words, and what they indicate.

use crate::types::Reason;

/// What a phrase indicates.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Family {
    /// The text around it is boilerplate.
    Boilerplate(Reason),
    /// A heading of boilerplate, on a line of its own before the items.
    Heading(Reason),
    /// A caption or a picture credit.
    Caption,
    /// Precedes the author's name: `by`, `von`, `文/`.
    BylineLead,
    /// Precedes somebody else's name in a line of credits: `사진`.
    Credit,
    /// The adjacent name is the author's: `기자`, `reporter`.
    Author,
    /// The adjacent name is the photographer's.
    Photographer,
    /// The adjacent name is the editor's.
    Editor,
    /// The adjacent name is the translator's.
    Translator,
    /// A news agency.
    Agency,
    /// Precedes the outlet that published the text: `来源：`, `출처`.
    OutletLead,
    /// The name of a field of a board that is not the headline's: `조회수`.
    Field,
    /// Precedes the nickname of the poster: `작성자`.
    Poster,
    /// The nickname of a board's administrator.
    Admin,
    /// Precedes the date of publication.
    DatePublished,
    /// Precedes or follows the date of the last change.
    DateModified,
    /// Precedes a date that is neither: registration of the outlet, date of the event.
    DateOther,
    /// Name of a month, 1 to 12.
    Month(u8),
    /// Name of a day of the week.
    Weekday,
    /// Before noon.
    Am,
    /// After noon.
    Pm,
    /// Name of an era, with the number to add to the adjacent year.
    Era(i16),
    /// Follows a number to give an age: `minutes ago`, `분 전`.
    Ago(Unit),
    /// Precedes a number and a unit to give an age: `vor`, `hace`.
    AgoLead,
    /// A unit of time.
    Unit(Unit),
    /// Follows a number inside a date: `年`, `월`, `h`.
    DatePart(Unit),
    /// A day relative to today: 0, -1, -2.
    Day(i8),
    /// Name of a section of a newspaper.
    Section,
    /// Ends an article: `(끝)`, `ENDS`.
    End,
    /// The requested page does not exist: `page not found`.
    Missing,
    /// Demands something before content is shown, or refuses access: `please log in`, `verify you are human`.
    Barred,
    /// The label of a button that unfolds text: `show more`.
    More,
    /// Joins two names: `and`, `und`, `和`.
    Joiner,
    /// Stands for further authors without names: `외 1명`, `et al.`.
    Others,
    /// Title or form of address beside a name.
    Honorific,
    /// Lower-case word inside names: `van`, `bin`.
    NameParticle,
    /// A word that looks like a name but is not.
    NoName,
    /// A person's job, which follows the name: `director`.
    Job,
    /// Follows a reporter's name at the end of a broadcast: `입니다`.
    SignOff,
    /// The ending of an outlet's or a company's name: `뉴스`, `株式会社`.
    House,
    /// In brackets in a headline, marks a guest author: `[기고]`.
    Guest,
    /// Of a publisher, says that somebody from outside wrote the article: `외부 필자`.
    GuestNotice,
    /// In brackets on a line of its own, says who speaks next in a broadcast: `[앵커]`.
    Speaker,
    /// At the end of a line, announces a list below it: `as follows`.
    Announcement,
    /// The last syllable of a sentence: `다`.
    Ending,
    /// In brackets at the end of a paragraph, says something about the text and is no credit: `[편집자 주]`.
    Remark,
    /// The name of a field in the header of an e-mail: `Subject`.
    Mail(MailField),
}

/// The fields of an e-mail's header.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum MailField {
    From,
    To,
    Subject,
    Sent,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The order in which a language writes the numbers of a date.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum DateOrder {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

/// What a word of a class or id attribute says about its element.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum ClassFamily {
    Boilerplate(Reason),
    Body,
    Byline,
    Caption,
    Date,
    /// Content shown on demand or in turn: dialogs, slides, folded text.
    Overlay,
    /// Posts of users, on a page whose content they are.
    Posts,
    /// For screen readers only.
    Spoken,
    /// For screen readers only, if on words and labels; the class of a box may name its topic: `roller blind`.
    SpokenLabel,
    Title,
}

impl Family {
    /// The family of section `name` of a language file without keys.
    pub(crate) fn from_section(name: &str) -> Option<Family> {
        if let Some(key) = name.strip_prefix("boilerplate.") {
            return reason(key).map(Family::Boilerplate);
        }
        if let Some(key) = name.strip_prefix("heading.") {
            return reason(key).map(Family::Heading);
        }
        Some(match name {
            "admin" => Family::Admin,
            "agency" => Family::Agency,
            "ago.lead" => Family::AgoLead,
            "am" => Family::Am,
            "announcement" => Family::Announcement,
            "byline.credit" => Family::Credit,
            "byline.joiner" => Family::Joiner,
            "byline.lead" => Family::BylineLead,
            "byline.others" => Family::Others,
            "byline.poster" => Family::Poster,
            "caption" => Family::Caption,
            "date.modified" => Family::DateModified,
            "date.other" => Family::DateOther,
            "date.published" => Family::DatePublished,
            "end" => Family::End,
            "ending" => Family::Ending,
            "missing" => Family::Missing,
            "barred" => Family::Barred,
            "board.field" => Family::Field,
            "byline.signoff" => Family::SignOff,
            "name.honorific" => Family::Honorific,
            "name.house" => Family::House,
            "guest.notice" => Family::GuestNotice,
            "title.guest" => Family::Guest,
            "name.job" => Family::Job,
            "name.not" => Family::NoName,
            "name.particle" => Family::NameParticle,
            "more" => Family::More,
            "outlet.lead" => Family::OutletLead,
            "pm" => Family::Pm,
            "remark" => Family::Remark,
            "role.author" => Family::Author,
            "role.editor" => Family::Editor,
            "role.photographer" => Family::Photographer,
            "role.translator" => Family::Translator,
            "section" => Family::Section,
            "speaker" => Family::Speaker,
            "weekday" => Family::Weekday,
            _ => return None,
        })
    }

    /// The family of a line `key = words` in section `name`.
    pub(crate) fn from_keyed_section(name: &str, key: &str) -> Option<Family> {
        Some(match name {
            "ago" => Family::Ago(unit(key)?),
            "date.part" => Family::DatePart(unit(key)?),
            "day" => Family::Day(key.parse().ok()?),
            "era" => Family::Era(key.parse().ok()?),
            "month" => Family::Month(key.parse().ok().filter(|month| (1..=12).contains(month))?),
            "unit" => Family::Unit(unit(key)?),
            "mail" => Family::Mail(match key {
                "from" => MailField::From,
                "to" => MailField::To,
                "subject" => MailField::Subject,
                "sent" => MailField::Sent,
                _ => return None,
            }),
            _ => return None,
        })
    }

    /// Whether hits are reported anywhere on a page. The words of other families are so common that they mean something
    /// only within a date or a name.
    pub(crate) fn in_scan(self) -> bool {
        !matches!(
            self,
            Family::Weekday
                | Family::Am
                | Family::Pm
                | Family::Era(_)
                | Family::AgoLead
                | Family::Unit(_)
                | Family::DatePart(_)
                | Family::Day(_)
                | Family::More
                | Family::Credit
                | Family::Field
                | Family::Joiner
                | Family::Others
                | Family::Honorific
                | Family::NameParticle
                | Family::NoName
                | Family::Job
                | Family::SignOff
                | Family::House
                | Family::Guest
                | Family::Speaker
                | Family::Announcement
                | Family::Ending
                | Family::Remark
                | Family::Mail(_)
        )
    }

    /// Whether [`Vocab::longest_at`](super::Vocab::longest_at) searches this family.
    pub(crate) fn in_words(self) -> bool {
        self.reason().is_none()
    }

    /// Whether the phrase is part of a date or says what the adjacent date means.
    pub(crate) fn in_dates(self) -> bool {
        use Family as F;
        let in_date = matches!(self, F::Month(_) | F::Weekday | F::Am | F::Pm | F::Era(_) | F::DatePart(_) | F::Day(_));
        let is_age = matches!(self, F::Ago(_) | F::AgoLead | F::Unit(_));
        in_date || is_age || matches!(self, F::DatePublished | F::DateModified | F::DateOther)
    }

    /// The reason for which a block with this phrase may be struck.
    pub(crate) fn reason(self) -> Option<Reason> {
        match self {
            Family::Boilerplate(reason) | Family::Heading(reason) => Some(reason),
            _ => None,
        }
    }
}

impl ClassFamily {
    /// The family of section `[class.name]`.
    pub(crate) fn from_name(name: &str) -> Option<ClassFamily> {
        Some(match name {
            "body" => ClassFamily::Body,
            "byline" => ClassFamily::Byline,
            "caption" => ClassFamily::Caption,
            "date" => ClassFamily::Date,
            "overlay" => ClassFamily::Overlay,
            "posts" => ClassFamily::Posts,
            "spoken" => ClassFamily::Spoken,
            "spoken_label" => ClassFamily::SpokenLabel,
            "title" => ClassFamily::Title,
            _ => ClassFamily::Boilerplate(reason(name)?),
        })
    }
}

impl DateOrder {
    pub(crate) fn from_name(name: &str) -> Option<DateOrder> {
        Some(match name {
            "dmy" => DateOrder::DayMonthYear,
            "mdy" => DateOrder::MonthDayYear,
            "ymd" => DateOrder::YearMonthDay,
            _ => return None,
        })
    }
}

/// The reason with this key.
pub(crate) fn reason(key: &str) -> Option<Reason> {
    Reason::ALL.iter().copied().find(|reason| reason.key() == key)
}

fn unit(key: &str) -> Option<Unit> {
    Some(match key {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    })
}
