//! A page's elements and text as one flat vector.

use super::Tag;
use super::builder::SPACE_SHIFT;
use super::names::flags::SPECIAL;
use super::names::{Name, Names, Space, svg_name};
use super::table::Table;
use crate::span::Span;
use std::sync::LazyLock;

/// Index of a node in [`Dom`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) struct NodeId(pub(crate) u32);

/// The document node.
pub(crate) const ROOT: NodeId = NodeId(0);

/// No node.
pub(crate) const NONE: NodeId = NodeId(u32::MAX);

/// What a node is. Comments, doctypes and processing instructions are not kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NodeData {
    Document,
    /// Its attributes are a range of [`Dom::attributes`].
    Element {
        tag: Tag,
        name: u32,
        attributes: Span,
    },
    /// A range of the arena's text.
    Text(Span),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) parent: NodeId,
    pub(crate) previous: NodeId,
    pub(crate) next: NodeId,
    pub(crate) first_child: NodeId,
    pub(crate) last_child: NodeId,
    pub(crate) data: NodeData,
    /// Byte range of the text (for an element, of its start tag) in the decoded page; empty if unknown.
    pub(crate) source: Span,
}

/// One kept attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Attr,
    pub(crate) value: Span,
    /// The hashes of its words, for [`Dom::words`], if [`Attr::is_worded`].
    pub(crate) words: Span,
}

macro_rules! attributes {
    ($($variant:ident => $name:literal,)*) => {
        /// The attributes that some stage reads; others are dropped while the tree is built.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        #[repr(u8)]
        pub(crate) enum Attr { $($variant,)* }
        impl Attr {
            /// Finds an attribute by its name, in any case, and the name's [`key`](super::table::key).
            pub(super) fn find(name: &str, key: u64) -> Option<Attr> {
                static TABLE: LazyLock<Table> = LazyLock::new(|| Table::new(&[$($name,)*]));
                Attr::ALL.get(TABLE.find(name, key)?).copied()
            }
            pub(super) const ALL: &[Attr] = &[$(Attr::$variant,)*];
            pub(super) fn name(self) -> &'static str {
                match self { $(Attr::$variant => $name,)* }
            }
        }
    };
}

attributes! {
    Align => "align", Alt => "alt", AriaControls => "aria-controls", AriaExpanded => "aria-expanded", AriaHidden => "aria-hidden", Class => "class", Colspan => "colspan", Content => "content", DataOrgSrc => "data-org-src",
    DataBsTarget => "data-bs-target", DataSrc => "data-src", DataTarget => "data-target", Datetime => "datetime", Hidden => "hidden", Href => "href", Id => "id", Itemprop => "itemprop", Itemtype => "itemtype",
    Lang => "lang", Name => "name", Onclick => "onclick", Open => "open", Popover => "popover", Property => "property", Rel => "rel", Reversed => "reversed", Role => "role",
    Rowspan => "rowspan", Size => "size", Src => "src", Start => "start", Style => "style", Title => "title", Type => "type", Value => "value", Width => "width",
    XmlLang => "xml:lang",
    // Names that tests, trackers and site builders give to parts of a page. Where class names are generated, only these
    // are written by people. See `Attr::is_label`.
    AriaLabel => "aria-label", DataArea => "data-area", DataBlock => "data-block", DataComponent => "data-component",
    DataComponentName => "data-component-name", DataCy => "data-cy", DataElement => "data-element", DataGuName => "data-gu-name",
    DataHook => "data-hook", DataModule => "data-module", DataName => "data-name", DataQa => "data-qa", DataRegion => "data-region",
    DataRole => "data-role", DataSection => "data-section", DataSectionType => "data-section-type",
    DataSentryComponent => "data-sentry-component", DataTest => "data-test", DataTestId => "data-test-id", DataTestid => "data-testid",
    DataType => "data-type", DataWidgetType => "data-widget_type",
}

impl Attr {
    /// Whether it is an address, which is read for a few elements only: see `Name::reads`.
    pub(super) fn is_address(self) -> bool {
        matches!(self, Attr::Href | Attr::Src | Attr::DataSrc | Attr::DataOrgSrc)
    }

    /// Whether many elements of a page tend to have the same value.
    pub(super) fn is_shared(self) -> bool {
        use Attr as A;
        let is_listed = matches!(
            self,
            A::Class | A::Style | A::Role | A::Rel | A::Itemprop | A::Itemtype | A::Type | A::AriaHidden
        );
        is_listed || self.is_label()
    }

    /// Whether it names the elements that its element shows and hides.
    pub(crate) fn is_control(self) -> bool {
        matches!(self, Attr::AriaControls | Attr::DataBsTarget | Attr::DataTarget)
    }

    /// Whether its words say what its element is for.
    pub(crate) fn is_worded(self) -> bool {
        matches!(self, Attr::Class | Attr::Id | Attr::Role | Attr::Itemprop) || self.is_label()
    }

    /// Whether it names a part of the page to programs or screen readers.
    fn is_label(self) -> bool {
        self as u8 >= Attr::AriaLabel as u8
    }
}

/// A parsed page. Read-only once built.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    pub(crate) nodes: Vec<Node>,
    pub(crate) attributes: Vec<Attribute>,
    /// Text and attribute values.
    pub(crate) text: String,
    /// The style sheets on the page that hide something, each ended by a NUL. Only those that apply on screens and where
    /// scripts run.
    pub(crate) sheets: String,
    /// Words of attributes as hashes.
    pub(super) words: Vec<u32>,
    pub(super) names: Names,
}

impl Dom {
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    pub(crate) fn tag(&self, id: NodeId) -> Option<Tag> {
        match self.node(id).data {
            NodeData::Element { tag, .. } => Some(tag),
            _ => None,
        }
    }

    /// The name of an element of any vocabulary, even if its [`Dom::tag`] is [`Tag::Other`].
    pub(super) fn name(&self, id: NodeId) -> Option<(Space, &str)> {
        let NodeData::Element { name, .. } = self.node(id).data else { return None };
        let text = self.names.text(Name(name & !(u32::MAX << SPACE_SHIFT)));
        Some(match name >> SPACE_SHIFT {
            0 => (Space::Html, text),
            1 => (Space::Svg, svg_name(text)),
            _ => (Space::MathMl, text),
        })
    }

    /// The name of a custom element (`related-articles`), which says what it is for.
    pub(crate) fn custom_name(&self, id: NodeId) -> Option<&str> {
        self.name(id).filter(|(space, name)| *space == Space::Html && name.contains('-')).map(|(_, name)| name)
    }

    /// The name of an element of HTML.
    pub(crate) fn html_name(&self, id: NodeId) -> Option<&str> {
        self.name(id).filter(|(space, _)| *space == Space::Html).map(|(_, name)| name)
    }

    /// The name of an element of a formula.
    pub(crate) fn math_name(&self, id: NodeId) -> Option<&str> {
        self.name(id).filter(|(space, _)| *space == Space::MathMl).map(|(_, name)| name)
    }

    /// Whether an HTML element has a name that the standard calls special, nearly all of which browsers show as boxes.
    pub(crate) fn is_special(&self, id: NodeId) -> bool {
        matches!(self.node(id).data, NodeData::Element { name, .. } if name >> SPACE_SHIFT == 0 && Name(name).is(SPECIAL))
    }

    /// The text of a text node; empty for other nodes.
    pub(crate) fn text(&self, id: NodeId) -> &str {
        match self.node(id).data {
            NodeData::Text(span) => self.text.get(span.range()).unwrap_or_default(),
            _ => "",
        }
    }

    /// The kept attributes of an element, in the order in which its tag has them.
    pub(crate) fn attributes(&self, id: NodeId) -> &[Attribute] {
        let NodeData::Element { attributes, .. } = self.node(id).data else { return &[] };
        self.attributes.get(attributes.range()).unwrap_or_default()
    }

    pub(crate) fn value(&self, attribute: &Attribute) -> &str {
        self.text.get(attribute.value.range()).unwrap_or_default()
    }

    /// The hashes of the words of an attribute with [`Attr::is_worded`], as [`super::token`] makes them.
    pub(crate) fn words(&self, attribute: &Attribute) -> &[u32] {
        self.words.get(attribute.words.range()).unwrap_or_default()
    }

    pub(crate) fn attribute(&self, id: NodeId, name: Attr) -> Option<&str> {
        let NodeData::Element { attributes, .. } = self.node(id).data else { return None };
        let found = self.attributes.get(attributes.range())?.iter().find(|a| a.name == name)?;
        self.text.get(found.value.range())
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = self.node(id).first_child;
        std::iter::from_fn(move || {
            let current = (next != NONE).then_some(next)?;
            next = self.node(current).next;
            Some(current)
        })
    }

    /// The node after `id` in document order inside `top`, beginning with its own children. Does not recurse.
    pub(crate) fn following(&self, id: NodeId, top: NodeId) -> Option<NodeId> {
        let first = self.node(id).first_child;
        if first != NONE { Some(first) } else { self.following_skip(id, top) }
    }

    /// Like [`Dom::following`], but skips the children of `id`.
    pub(crate) fn following_skip(&self, mut id: NodeId, top: NodeId) -> Option<NodeId> {
        while id != top {
            let node = self.node(id);
            if node.next != NONE {
                return Some(node.next);
            }
            id = node.parent;
            if id == NONE {
                return None;
            }
        }
        None
    }

    /// All text below `id`, with its white space unchanged.
    #[cfg(test)]
    pub(crate) fn text_below(&self, id: NodeId) -> String {
        let mut text = String::new();
        let mut at = Some(id);
        while let Some(node) = at {
            text.push_str(self.text(node));
            at = self.following(node, id);
        }
        text
    }
}
