//! The page on which a person looks at a record: its values on the left, and on the right the document's pages with the
//! values' places. `show` writes it as one self-contained file; `review` serves it, with answers.

mod fields;
mod html;
#[cfg(feature = "scans")]
mod marks;
mod pictures;
mod text;

use serde_json::Value;

pub(crate) use fields::Place;
#[cfg(feature = "sqlite")]
pub(crate) use html::escape;
#[cfg(feature = "serve")]
pub(crate) use html::{REVIEW_SCRIPT, SCRIPT, STYLE, documents};
#[cfg(feature = "scans")]
pub(crate) use marks::mark;
pub(crate) use pictures::{DPI, Picture, PictureError, picture, pictures};

/// A build without `scans` draws no pages, so there is no picture to mark.
#[cfg(not(feature = "scans"))]
pub(crate) fn mark(_: &Picture, _: &[Place]) -> Result<Vec<u8>, PictureError> {
    Err(PictureError::NotBuilt)
}

/// How a page of the document is displayed.
#[derive(Debug, Clone)]
pub(crate) enum Sheet {
    /// As printed.
    Picture(Picture),
    /// As printed, but drawn only when a browser requests this address.
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a served page is drawn later"))]
    Linked(String),
    /// The words of a text file.
    Text(String),
    /// It could not be drawn, for this reason.
    Missing(String),
}

/// The contents of the page.
pub(crate) struct Page<'a> {
    pub(crate) record: &'a Value,
    pub(crate) sheets: &'a [Sheet],
    /// For giving answers; `None` in a file.
    pub(crate) review: Option<&'a Review>,
}

/// Additional information for a served page.
pub(crate) struct Review {
    /// The prefix of all served paths.
    pub(crate) base: String,
    /// The document's digest.
    pub(crate) digest: String,
    /// The digest of the next document with open doubts.
    pub(crate) next: Option<String>,
    /// How much is done, in words.
    pub(crate) progress: String,
}

impl Page<'_> {
    /// The page as HTML.
    pub(crate) fn html(&self) -> String {
        html::page(self)
    }
}

/// The places of a value: its own, or those of the nearest value that contains it.
pub(crate) fn places_of(record: &Value, pointer: &str) -> Vec<Place> {
    let reader = fields::Reader::new(record);
    reader.entry_of(pointer).map_or_else(Vec::new, |entry| reader.places(&entry))
}

/// The pages of a text file.
pub(crate) fn text_sheets(bytes: &[u8]) -> Vec<Sheet> {
    let text = String::from_utf8_lossy(bytes);
    text.split('\u{c}').map(|page| Sheet::Text(page.to_owned())).collect()
}
