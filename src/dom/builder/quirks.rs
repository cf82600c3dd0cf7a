//! Old document types, which allow tables in paragraphs.

use crate::dom::tokenizer::Doctype;

/// The beginnings of their public identifiers, as listed by the standard.
const PREFIXES: &[&str] = &[
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0",
    "-//microsoft//dtd internet explorer 3.0",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html",
];

/// Whole public identifiers.
const WHOLE: &[&str] = &["-//w3o//dtd w3 html strict 3.0//en//", "-/w3c/dtd html 4.0 transitional/en", "html"];

/// Beginnings that mean quirks only without a system identifier.
const WITHOUT_SYSTEM: &[&str] = &["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];

const SYSTEM: &str = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

pub(super) fn are_asked_for(doctype: &Doctype) -> bool {
    if doctype.force_quirks || doctype.name.as_deref() != Some("html") {
        return true;
    }
    if doctype.system.as_deref().is_some_and(|system| system.eq_ignore_ascii_case(SYSTEM)) {
        return true;
    }
    let Some(public) = doctype.public.as_deref().map(str::to_ascii_lowercase) else { return false };
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| public.starts_with(prefix));
    WHOLE.contains(&&*public) || begins(PREFIXES) || doctype.system.is_none() && begins(WITHOUT_SYSTEM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quirks() {
        let doctype = |public: &str, system: Option<&str>| Doctype {
            name: Some("html".into()),
            public: (!public.is_empty()).then(|| public.into()),
            system: system.map(Into::into),
            force_quirks: false,
        };
        let cases = [
            ("today's", doctype("", None), false),
            ("HTML 3.2", doctype("-//W3C//DTD HTML 3.2 Final//EN", None), true),
            ("HTML 4.01 without an address", doctype("-//W3C//DTD HTML 4.01 Transitional//EN", None), true),
            ("HTML 4.01 with one", doctype("-//W3C//DTD HTML 4.01 Transitional//EN", Some("x")), false),
            ("XHTML", doctype("-//W3C//DTD XHTML 1.0 Strict//EN", Some("x")), false),
            ("another name", Doctype { name: Some("htm".into()), ..Doctype::default() }, true),
        ];
        for (name, doctype, quirks) in cases {
            assert_eq!(are_asked_for(&doctype), quirks, "{name}");
        }
    }
}
