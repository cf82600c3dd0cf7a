//! The language files.

/// A language file, by its index in the list.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Lang(u8);

macro_rules! files {
    ($($code:literal)*) => {
        &[$(($code, include_str!(concat!("../../data/lang/", $code, ".txt"))),)*]
    };
}

/// Code and content of each file, `any` first.
const FILES: &[(&str, &str)] = files! {
    "any" "ar" "bg" "bn" "ca" "cs" "da" "de" "el" "en" "es" "fa" "fi" "fr" "he" "hi" "hr" "hu" "id" "it" "ja"
    "ko" "nl" "no" "pl" "pt" "ro" "ru" "sk" "sv" "th" "tr" "uk" "vi" "zh"
};

impl Lang {
    pub(super) fn all() -> impl Iterator<Item = Lang> {
        (0..u8::try_from(FILES.len()).unwrap_or(u8::MAX)).map(Lang)
    }

    /// The file for a language tag such as `de` or `pt-BR`; most languages have none.
    pub(crate) fn from_code(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let code = match primary.to_ascii_lowercase().as_str() {
            "nb" | "nn" => "no".to_owned(),
            "iw" => "he".to_owned(),
            "in" => "id".to_owned(),
            other => other.to_owned(),
        };
        Lang::all().skip(1).find(|lang| lang.code() == code)
    }

    /// ISO 639-1, or `any`.
    pub(crate) fn code(self) -> &'static str {
        FILES.get(usize::from(self.0)).map_or("any", |(code, _)| code)
    }

    pub(super) fn source(self) -> &'static str {
        FILES.get(usize::from(self.0)).map_or("", |(_, source)| source)
    }
}
