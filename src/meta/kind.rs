//! What a page or an object is, by the declared names of types: `og:type`, and the `@type` of linked data.

use super::declared::Declared;
use super::fact::{Fact, FactField, Source};

/// How an object of linked data relates to the article.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    Article,
    /// Something else with a headline and a date: the page itself, a product, a video.
    Thing,
    Site,
    None,
}

impl Class {
    /// The class of an object with these types.
    pub(super) fn of<'t>(types: impl Iterator<Item = &'t str>) -> Class {
        let mut class = Class::None;
        for name in types {
            if name.ends_with("Article") || name.ends_with("Posting") || matches!(name, "Report" | "Review" | "Recipe")
            {
                return Class::Article;
            }
            class = match name {
                "WebSite" | "NewsMediaOrganization" => Class::Site,
                "Organization"
                | "Person"
                | "BreadcrumbList"
                | "ImageObject"
                | "ListItem"
                | "SearchAction"
                | "Comment"
                | "ItemList"
                | "SiteNavigationElement"
                | "Corporation"
                | "LocalBusiness" => class,
                _ if class == Class::None => Class::Thing,
                _ => class,
            };
        }
        class
    }
}

/// A kind of page.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum PageKind {
    Article,
    Product,
    Forum,
    Listing,
}

impl PageKind {
    /// Parts of the names of its types, in lower case. They are parts and in any case, since publishers make up names
    /// (`LiveBlogPosting`, `product.item`), and since this is evidence that is weighed, not a decision as [`Class`] is.
    fn names(self) -> &'static [&'static str] {
        match self {
            PageKind::Article => &["article", "blogposting", "report"],
            PageKind::Product => &["product", "offer"],
            PageKind::Forum => &["forum", "question", "qapage", "discussion"],
            PageKind::Listing => &["collection", "itemlist", "searchresults"],
        }
    }
}

impl Declared {
    /// Whether a declared type is that of a page of this kind.
    pub(crate) fn is(&self, kind: PageKind) -> bool {
        let holds = |text: &str, part: &str| {
            text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
        };
        self.of(FactField::Type).any(|fact| kind.names().iter().any(|name| holds(&fact.value, name)))
    }

    /// Whether the page is declared to be about a product or a discussion.
    pub(crate) fn is_thing(&self) -> bool {
        // Fewer than those of the two kinds of page: the tables of titles and names are fitted to these.
        const TYPES: [&str; 5] = ["Product", "product", "DiscussionForum", "QAPage", "Question"];
        self.of(FactField::Type).any(|fact| TYPES.iter().any(|name| fact.value.contains(name)))
    }

    /// Whether the page's `og:type` is `value`.
    pub(crate) fn is_graph_type(&self, value: &str) -> bool {
        self.of(FactField::Type).any(|fact| fact.source == Source::OpenGraph && fact.value == value)
    }

    /// Whether the page is declared to be just an article: by an object of that class, or by `article` and nothing else.
    pub(crate) fn is_article(&self) -> bool {
        let says_so = |fact: &Fact| fact.source == Source::JsonLd || fact.value == "article";
        self.of(FactField::Type).any(|fact| !fact.has(Fact::NO_ARTICLE) && says_so(fact))
    }
}
