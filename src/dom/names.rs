//! Element names as numbers: fixed ones for names that are treated specially, others assigned page by page.

use super::arena::Attr;
use super::table::Table;
use super::tag::Tag;
use super::tokenizer::lower_case;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The vocabulary an element belongs to.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[repr(u8)]
pub(crate) enum Space {
    #[default]
    Html,
    Svg,
    MathMl,
}

/// A local name in lower case.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Name(pub(super) u32);

/// What the standard says about an element of this name, as bits.
pub(super) mod flags {
    /// Ends the search for what an end tag closes.
    pub(in crate::dom) const SPECIAL: u32 = 1;
    /// Bounds the scope in which most elements are looked for.
    pub(in crate::dom) const SCOPE: u32 = 1 << 1;
    pub(in crate::dom) const LIST_SCOPE: u32 = 1 << 2;
    pub(in crate::dom) const BUTTON_SCOPE: u32 = 1 << 3;
    pub(in crate::dom) const TABLE_SCOPE: u32 = 1 << 4;
    /// Closed implicitly along with an element around it.
    pub(in crate::dom) const IMPLIED_END: u32 = 1 << 5;
    /// The same, at the end of a template.
    pub(in crate::dom) const THOROUGH_END: u32 = 1 << 6;
    /// Reopened if it was left open.
    pub(in crate::dom) const FORMATTING: u32 = 1 << 7;
    /// Never stays open.
    pub(in crate::dom) const VOID: u32 = 1 << 8;
    /// Tags in it are text.
    pub(in crate::dom) const RAW: u32 = 1 << 9;
    pub(in crate::dom) const HEADING: u32 = 1 << 10;
    pub(in crate::dom) const BODY_CONTEXT: u32 = 1 << 11;
    pub(in crate::dom) const ROW_CONTEXT: u32 = 1 << 12;
    /// Content not allowed in it is moved before the table.
    pub(in crate::dom) const FOSTERS: u32 = 1 << 13;
    /// Ends SVG and MathML.
    pub(in crate::dom) const BREAKOUT: u32 = 1 << 14;
    /// Closes a paragraph and is closed by its own end tag.
    pub(in crate::dom) const BLOCK: u32 = 1 << 15;
    /// In MathML: its text is HTML.
    pub(in crate::dom) const MATH_TEXT: u32 = 1 << 16;
    /// In SVG: its content is HTML.
    pub(in crate::dom) const HTML_INSIDE: u32 = 1 << 17;
    /// Belongs in the head.
    pub(in crate::dom) const METADATA: u32 = 1 << 18;
    /// In MathML, if an attribute declares so: its content is HTML.
    pub(in crate::dom) const ANNOTATION: u32 = 1 << 19;
}
use flags::*;

macro_rules! names {
    ($($constant:ident $text:literal $flags:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "they become constants")]
        enum Number { $($constant,)* }
        #[allow(dead_code, reason = "some are here for what the table says of them")]
        impl Name {
            $(pub(super) const $constant: Name = Name(Number::$constant as u32);)*
        }
        const TEXTS: &[&str] = &[$($text,)*];
        const FLAGS: &[u32] = &[$($flags,)*];
    };
}

/// How many names have the same number on every page.
pub(super) const KNOWN: usize = TEXTS.len();

const CELL: u32 = SPECIAL | SCOPE | THOROUGH_END;
const GROUP: u32 = SPECIAL | THOROUGH_END | BODY_CONTEXT | FOSTERS;
const TITLE: u32 = SPECIAL | BLOCK | BREAKOUT;

names! {
    A "a" FORMATTING; ABBR "abbr" 0; ADDRESS "address" SPECIAL | BLOCK; ANNOTATION_XML "annotation-xml" 0;
    APPLET "applet" SPECIAL | SCOPE; AREA "area" SPECIAL | VOID; ARTICLE "article" SPECIAL | BLOCK; ASIDE "aside" SPECIAL | BLOCK;
    B "b" FORMATTING | BREAKOUT; BASE "base" SPECIAL | VOID | METADATA; BASEFONT "basefont" SPECIAL | VOID | METADATA;
    BGSOUND "bgsound" SPECIAL | VOID | METADATA; BIG "big" FORMATTING | BREAKOUT; BLOCKQUOTE "blockquote" TITLE;
    BODY "body" SPECIAL | BREAKOUT; BR "br" SPECIAL | VOID | BREAKOUT; BUTTON "button" SPECIAL | BUTTON_SCOPE;
    CAPTION "caption" CELL; CENTER "center" TITLE; CODE "code" FORMATTING | BREAKOUT; COL "col" SPECIAL | VOID;
    COLGROUP "colgroup" SPECIAL | THOROUGH_END; DD "dd" SPECIAL | IMPLIED_END | THOROUGH_END | BREAKOUT; DESC "desc" 0;
    DETAILS "details" SPECIAL | BLOCK; DIALOG "dialog" BLOCK; DIR "dir" SPECIAL | BLOCK; DIV "div" TITLE; DL "dl" TITLE;
    DT "dt" SPECIAL | IMPLIED_END | THOROUGH_END | BREAKOUT; EM "em" FORMATTING | BREAKOUT; EMBED "embed" SPECIAL | VOID | BREAKOUT;
    FIELDSET "fieldset" SPECIAL | BLOCK; FIGCAPTION "figcaption" SPECIAL | BLOCK; FIGURE "figure" SPECIAL | BLOCK;
    FONT "font" FORMATTING; FOOTER "footer" SPECIAL | BLOCK; FOREIGN_OBJECT "foreignobject" 0; FORM "form" SPECIAL;
    FRAME "frame" SPECIAL; FRAMESET "frameset" SPECIAL; H1 "h1" SPECIAL | HEADING | BREAKOUT; H2 "h2" SPECIAL | HEADING | BREAKOUT;
    H3 "h3" SPECIAL | HEADING | BREAKOUT; H4 "h4" SPECIAL | HEADING | BREAKOUT; H5 "h5" SPECIAL | HEADING | BREAKOUT;
    H6 "h6" SPECIAL | HEADING | BREAKOUT; HEAD "head" SPECIAL | BREAKOUT; HEADER "header" SPECIAL | BLOCK;
    HGROUP "hgroup" SPECIAL | BLOCK; HR "hr" SPECIAL | VOID | BREAKOUT;
    HTML "html" SPECIAL | SCOPE | TABLE_SCOPE | BODY_CONTEXT | ROW_CONTEXT; I "i" FORMATTING | BREAKOUT;
    IFRAME "iframe" SPECIAL | RAW; IMAGE "image" VOID; IMG "img" SPECIAL | VOID | BREAKOUT; INPUT "input" SPECIAL | VOID;
    ISINDEX "isindex" SPECIAL; KEYGEN "keygen" VOID; LI "li" SPECIAL | IMPLIED_END | THOROUGH_END | BREAKOUT;
    LINK "link" SPECIAL | VOID | METADATA; LISTING "listing" SPECIAL | BREAKOUT; MAIN "main" SPECIAL | BLOCK; MALIGNMARK "malignmark" 0;
    MARQUEE "marquee" SPECIAL | SCOPE; MATH "math" 0; MENU "menu" TITLE; META "meta" SPECIAL | VOID | METADATA | BREAKOUT;
    MGLYPH "mglyph" 0; MI "mi" MATH_TEXT; MN "mn" MATH_TEXT; MO "mo" MATH_TEXT; MS "ms" MATH_TEXT; MTEXT "mtext" MATH_TEXT;
    NAV "nav" SPECIAL | BLOCK; NOBR "nobr" FORMATTING | BREAKOUT; NOEMBED "noembed" SPECIAL | RAW;
    NOFRAMES "noframes" SPECIAL | RAW | METADATA; NOSCRIPT "noscript" SPECIAL; OBJECT "object" SPECIAL | SCOPE;
    OL "ol" TITLE | LIST_SCOPE; OPTGROUP "optgroup" IMPLIED_END | THOROUGH_END; OPTION "option" IMPLIED_END | THOROUGH_END;
    P "p" TITLE | IMPLIED_END | THOROUGH_END; PARAM "param" SPECIAL | VOID; PLAINTEXT "plaintext" SPECIAL | RAW;
    PRE "pre" SPECIAL | BREAKOUT; RB "rb" IMPLIED_END | THOROUGH_END; RP "rp" IMPLIED_END | THOROUGH_END;
    RT "rt" IMPLIED_END | THOROUGH_END; RTC "rtc" IMPLIED_END | THOROUGH_END; RUBY "ruby" BREAKOUT; S "s" FORMATTING | BREAKOUT;
    SCRIPT "script" SPECIAL | RAW | METADATA; SEARCH "search" BLOCK; SECTION "section" SPECIAL | BLOCK; SELECT "select" SPECIAL | SCOPE;
    SMALL "small" FORMATTING | BREAKOUT; SOURCE "source" SPECIAL | VOID; SPAN "span" BREAKOUT; STRIKE "strike" FORMATTING | BREAKOUT;
    STRONG "strong" FORMATTING | BREAKOUT; STYLE "style" SPECIAL | RAW | METADATA; SUB "sub" BREAKOUT; SUMMARY "summary" SPECIAL | BLOCK;
    SUP "sup" BREAKOUT; SVG "svg" 0; TABLE "table" SPECIAL | SCOPE | TABLE_SCOPE | FOSTERS | BREAKOUT; TBODY "tbody" GROUP; TD "td" CELL;
    TEMPLATE "template" SPECIAL | SCOPE | TABLE_SCOPE | BODY_CONTEXT | ROW_CONTEXT | METADATA; TEXTAREA "textarea" SPECIAL | RAW;
    TFOOT "tfoot" GROUP; TH "th" CELL; THEAD "thead" GROUP; TITLE "title" SPECIAL | RAW | METADATA;
    TR "tr" SPECIAL | THOROUGH_END | ROW_CONTEXT | FOSTERS; TRACK "track" SPECIAL | VOID; TT "tt" FORMATTING | BREAKOUT;
    U "u" FORMATTING | BREAKOUT; UL "ul" TITLE | LIST_SCOPE; VAR "var" BREAKOUT; WBR "wbr" SPECIAL | VOID; XMP "xmp" SPECIAL | RAW;
    // The standard treats the following like any other name; we do not.
    ACRONYM "acronym" 0; AUDIO "audio" 0; BDI "bdi" 0; BDO "bdo" 0; CANVAS "canvas" 0; CITE "cite" 0; DATA "data" 0;
    DATALIST "datalist" 0; DEL "del" 0; DFN "dfn" 0; INS "ins" 0; KBD "kbd" 0; LABEL "label" 0; LEGEND "legend" 0; MAP "map" 0;
    MARK "mark" 0; METER "meter" 0; OUTPUT "output" 0; PATH "path" 0; PICTURE "picture" 0; PROGRESS "progress" 0; Q "q" 0;
    SAMP "samp" 0; SLOT "slot" 0; TIME "time" 0; USE "use" 0; VIDEO "video" 0; G "g" 0; RECT "rect" 0; CIRCLE "circle" 0;
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(TEXTS));
static TAGS: LazyLock<Vec<Tag>> = LazyLock::new(|| TEXTS.iter().map(|text| Tag::from_name(text)).collect());

impl Name {
    /// What the standard says about an HTML element of this name.
    pub(super) fn flags(self) -> u32 {
        FLAGS.get(self.0 as usize).copied().unwrap_or(0)
    }

    pub(super) fn is(self, flags: u32) -> bool {
        self.flags() & flags != 0
    }

    /// Whether an attribute of elements of this name is read. Most bytes in attributes are addresses that say nothing
    /// about the page, and most `value`s belong to forms.
    pub(super) fn reads(self, attribute: Attr) -> bool {
        match attribute {
            Attr::Value => self == Name::LI,
            Attr::Alt | Attr::Width => matches!(self, Name::IMG | Name::IMAGE),
            Attr::XmlLang => self == Name::HTML,
            _ if attribute.is_address() => matches!(self, Name::LINK | Name::IMG | Name::IMAGE | Name::SOURCE),
            _ => true,
        }
    }

    /// What the standard says about an element of this name and vocabulary.
    pub(super) fn flags_in(self, space: Space) -> u32 {
        match space {
            Space::Html => self.flags() & !MATH_TEXT,
            Space::MathMl if self.is(MATH_TEXT) => MATH_TEXT | SCOPE,
            Space::Svg if matches!(self, Name::FOREIGN_OBJECT | Name::DESC | Name::TITLE) => HTML_INSIDE | SCOPE,
            _ => 0,
        }
    }
}

/// The names of a page that do not have a fixed number.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    list: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Names {
    /// The number of a name in any case, given its [`key`](super::table::key).
    pub(super) fn number(&mut self, name: &str, key: u64) -> Name {
        if let Some(number) = TABLE.find(name, key) {
            return Name(number as u32);
        }
        let name = lower_case(name);
        if let Some(&number) = self.numbers.get(&*name) {
            return Name(number);
        }
        let number = u32::try_from(KNOWN + self.list.len()).unwrap_or(u32::MAX);
        self.list.push(name.clone().into());
        self.numbers.insert(name.into(), number);
        Name(number)
    }

    pub(super) fn text(&self, name: Name) -> &str {
        let number = name.0 as usize;
        match number.checked_sub(KNOWN) {
            None => TEXTS.get(number).copied().unwrap_or_default(),
            Some(own) => self.list.get(own).map_or("", |name| name),
        }
    }

    pub(super) fn tag(&self, name: Name, space: Space) -> Tag {
        match space {
            Space::Html => match TAGS.get(name.0 as usize) {
                Some(&tag) => tag,
                None => Tag::from_name(self.text(name)),
            },
            Space::Svg if name == Name::SVG => Tag::Svg,
            _ => Tag::Other,
        }
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.numbers.clear();
    }
}

/// Restores the capitals in names of SVG; the tokenizer yields lower case only.
pub(super) fn svg_name(name: &str) -> &str {
    const CAPITALS: &[&str] = &[
        "altGlyph",
        "altGlyphDef",
        "altGlyphItem",
        "animateColor",
        "animateMotion",
        "animateTransform",
        "clipPath",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDistantLight",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feImage",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "fePointLight",
        "feSpecularLighting",
        "feSpotLight",
        "feTile",
        "feTurbulence",
        "foreignObject",
        "glyphRef",
        "linearGradient",
        "radialGradient",
        "textPath",
    ];
    CAPITALS.iter().find(|capital| capital.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_number_in_any_case() {
        let mut names = Names::default();
        let mut number = |name: &str| names.number(name, super::super::table::key(name));
        assert_eq!(number("DIV"), Name::DIV);
        let own = number("My-Element");
        assert_eq!(own, number("my-element"));
        assert_eq!(names.text(own), "my-element");
        assert_eq!(names.text(Name::ANNOTATION_XML), "annotation-xml");
        assert_eq!(names.tag(Name::FIGURE, Space::Html), Tag::Figure);
        assert_eq!(names.tag(Name::FIGURE, Space::Svg), Tag::Other);
        const { assert!(KNOWN < 255, "the table has no room") };
    }
}
