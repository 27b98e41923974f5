//! The page on which a person sees a record: its values on the left, the document's pages with their places on the
//! right. `show` writes it as one file that needs nothing else, neither a network nor a server; `review` serves it, with
//! answers.

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

/// A build without `scans` draws no pages, and has no picture to mark.
#[cfg(not(feature = "scans"))]
pub(crate) fn mark(_: &Picture, _: &[Place]) -> Result<Vec<u8>, PictureError> {
    Err(PictureError::NotBuilt)
}

/// How a page of the document is shown.
#[derive(Debug, Clone)]
pub(crate) enum Sheet {
    /// As it is printed.
    Picture(Picture),
    /// As it is printed, drawn when a browser asks for this address.
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a served page is drawn later"))]
    Linked(String),
    /// A text file has words only.
    Text(String),
    /// It could not be drawn, and why.
    Missing(String),
}

/// What a page is made of.
pub(crate) struct Page<'a> {
    pub(crate) record: &'a Value,
    pub(crate) sheets: &'a [Sheet],
    /// Where a person answers; `None` in a file.
    pub(crate) review: Option<&'a Review>,
}

/// What a served page knows beside the record.
pub(crate) struct Review {
    /// What the addresses of all that is served begin with.
    pub(crate) base: String,
    /// The document's digest.
    pub(crate) digest: String,
    /// The digest of the next document with something to look at.
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

/// Where a value of a record stands: its own places, or those of what it is part of.
pub(crate) fn places_of(record: &Value, pointer: &str) -> Vec<Place> {
    let reader = fields::Reader::new(record);
    reader.entry_of(pointer).map_or_else(Vec::new, |entry| reader.places(&entry))
}

/// The pages of a text file.
pub(crate) fn text_sheets(bytes: &[u8]) -> Vec<Sheet> {
    let text = String::from_utf8_lossy(bytes);
    text.split('\u{c}').map(|page| Sheet::Text(page.to_owned())).collect()
}
