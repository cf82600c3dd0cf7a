//! The element names that later stages distinguish.

macro_rules! tags {
    ($($variant:ident => $name:literal,)*) => {
        /// An HTML element name, or `svg`. All names that we do not distinguish are [`Tag::Other`], including MathML.
        ///
        /// The number of a tag is an input of the model: append new ones at the end, and never reorder them (a test in
        /// `feature` checks it).
        #[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
        #[repr(u8)]
        pub(crate) enum Tag {
            /// Any other element.
            #[default]
            Other,
            $($variant,)*
        }

        impl Tag {
            /// From a lower-case local name in the HTML namespace.
            pub(crate) fn from_name(name: &str) -> Tag {
                match name { $($name => Tag::$variant,)* _ => Tag::Other }
            }

            /// Every tag, in the order of their numbers.
            #[cfg(test)]
            pub(crate) const ALL: &[Tag] = &[Tag::Other, $(Tag::$variant,)*];
        }
    };
}

tags! {
    A => "a", Acronym => "acronym", Bdi => "bdi", Bdo => "bdo", Big => "big", Data => "data", Dfn => "dfn", Kbd => "kbd",
    Datalist => "datalist", Nobr => "nobr", Rp => "rp", Rt => "rt", Ruby => "ruby", Samp => "samp", Strike => "strike", Svg => "svg", Textarea => "textarea", Tt => "tt", Var => "var",
    Abbr => "abbr", Address => "address", Article => "article", Aside => "aside", Audio => "audio", B => "b",
    Blockquote => "blockquote", Body => "body", Br => "br", Button => "button", Canvas => "canvas", Caption => "caption",
    Cite => "cite", Code => "code", Dd => "dd", Del => "del", Details => "details", Dialog => "dialog", Div => "div", Dl => "dl",
    Dt => "dt", Em => "em", Fieldset => "fieldset", Figcaption => "figcaption", Figure => "figure", Font => "font",
    Footer => "footer", Form => "form", H1 => "h1", H2 => "h2", H3 => "h3", H4 => "h4", H5 => "h5", H6 => "h6",
    Head => "head", Header => "header", Hgroup => "hgroup", Hr => "hr", Html => "html", I => "i", Iframe => "iframe", Img => "img",
    Input => "input", Ins => "ins", Label => "label", Legend => "legend", Li => "li", Link => "link", Main => "main",
    Mark => "mark", Menu => "menu", Meta => "meta", Nav => "nav", Noscript => "noscript", Object => "object", Ol => "ol",
    Optgroup => "optgroup", Option => "option", P => "p", Picture => "picture", Pre => "pre", Q => "q", S => "s",
    Script => "script", Search => "search", Section => "section", Select => "select", Small => "small", Source => "source",
    Span => "span", Strong => "strong", Style => "style", Sub => "sub", Summary => "summary", Sup => "sup", Table => "table",
    Tbody => "tbody", Td => "td", Template => "template", Tfoot => "tfoot", Th => "th",
    Thead => "thead", Time => "time", Title => "title", Tr => "tr", U => "u", Ul => "ul", Video => "video", Wbr => "wbr",
    Center => "center",
}
