//! The development corpora: pages and their truth.

use crate::shape::{self, Shape};
use flate2::read::GzDecoder;
use serde::Deserialize;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A corpus and what it is used for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Corpus {
    pub(crate) name: &'static str,
    /// The field of the truth by which figures are broken down.
    pub(crate) by: &'static str,
    /// Whether the model is fitted to it. The truth of `readability` is the output of a program and contains captions and
    /// credits; `seeds` are for checks by eye.
    pub(crate) fitted: bool,
}

/// All of them, in a fixed order.
pub(crate) const CORPORA: [Corpus; 7] = [
    Corpus { name: "wcxb", by: "page_type", fitted: true },
    Corpus { name: "fundus", by: "lang", fitted: true },
    Corpus { name: "trafilatura", by: "lang", fitted: true },
    Corpus { name: "cjk", by: "kind", fitted: true },
    Corpus { name: "text-dev", by: "flattener", fitted: true },
    Corpus { name: "readability", by: "page_type", fitted: false },
    Corpus { name: "seeds", by: "lang", fitted: false },
];

/// Pages made by [`crate::plant`]. Not among [`CORPORA`], as they are not in the folder of the corpora.
pub(crate) const PLANTED: Corpus = Corpus { name: "planted", by: "lang", fitted: true };

/// One line of a `truth.jsonl`, as far as the body is concerned.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Truth {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) url: Option<String>,
    #[serde(default)]
    pub(crate) body: Option<String>,
    #[serde(default)]
    pub(crate) with: Vec<String>,
    #[serde(default)]
    pub(crate) without: Vec<String>,
    #[serde(default)]
    pub(crate) publisher: Option<String>,
    #[serde(default)]
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    #[serde(default)]
    pub(crate) authors: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) date: Option<String>,
    #[serde(default)]
    pub(crate) lang: Option<String>,
    #[serde(default)]
    pub(crate) page_type: Option<String>,
    #[serde(default)]
    pub(crate) flattener: Option<String>,
}

impl Truth {
    /// The language without the region. If the corpus does not state it: English, as nearly all such pages are.
    pub(crate) fn language(&self) -> &str {
        self.lang.as_deref().and_then(|lang| lang.split(['-', '_']).next()).unwrap_or("en")
    }
}

/// A page on disk with its truth.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) corpus: Corpus,
    pub(crate) truth: Truth,
    path: PathBuf,
    /// How it was made from another page, if it was.
    pub(crate) shape: Option<Box<(Shape, Sample)>>,
}

impl Sample {
    /// Corpus and id, which together are unique.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", self.corpus.name, self.truth.id)
    }

    /// Whether the page is an article according to its truth. Corpora that do not state kinds of pages have only articles.
    pub(crate) fn is_article(&self) -> bool {
        self.truth.page_type.as_deref().is_none_or(|kind| kind == "article")
    }

    /// Whether it is flattened text.
    pub(crate) fn is_flat(&self) -> bool {
        self.path.to_string_lossy().ends_with(".txt.gz") || self.shape.is_some()
    }

    /// The bytes of the page.
    pub(crate) fn bytes(&self) -> io::Result<Vec<u8>> {
        if let Some(made) = &self.shape {
            return shape::bytes(&made.0, &made.1).ok_or_else(|| io::Error::other("cannot be made"));
        }
        let mut bytes = Vec::new();
        GzDecoder::new(fs::File::open(&self.path)?).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Every page of every corpus below `root`, in the order of the files.
pub(crate) fn load(root: &Path) -> io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for corpus in CORPORA {
        read(corpus, &root.join(corpus.name), &mut samples)?;
    }
    Ok(samples)
}

/// The pages of `folder`, in the order of its truth.
pub(crate) fn read(corpus: Corpus, folder: &Path, samples: &mut Vec<Sample>) -> io::Result<()> {
    for line in fs::read_to_string(folder.join("truth.jsonl"))?.lines().filter(|line| !line.trim().is_empty()) {
        let truth: Truth = serde_json::from_str(line)?;
        let html = folder.join(format!("pages/{}.html.gz", truth.id));
        let text = folder.join(format!("pages/{}.txt.gz", truth.id));
        let path = if html.exists() { html } else { text };
        samples.push(Sample { corpus, truth, path, shape: None });
    }
    Ok(())
}
