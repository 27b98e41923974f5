//! The page on which a person sees a record: its values on the left, the document's pages with their places on the
//! right. It is one file that needs nothing else, neither a network nor a server.

mod fields;
mod html;
mod pictures;
mod text;

use serde_json::Value;

pub(crate) use fields::{Field, Group, Place};
pub(crate) use html::escape;
pub(crate) use pictures::{Picture, mark, pictures};

/// How a page of the document is shown.
#[derive(Debug, Clone)]
pub(crate) enum Sheet {
    /// As it is printed.
    Picture(Picture),
    /// A text file has words only.
    Text(String),
    /// It could not be drawn, and why.
    Missing(String),
}

/// What a page is made of.
pub(crate) struct Page<'a> {
    pub(crate) record: &'a Value,
    pub(crate) sheets: &'a [Sheet],
}

impl Page<'_> {
    /// The page as HTML.
    pub(crate) fn html(&self) -> String {
        html::page(self.record, self.sheets)
    }
}

/// The pages of a text file.
pub(crate) fn text_sheets(bytes: &[u8]) -> Vec<Sheet> {
    let text = String::from_utf8_lossy(bytes);
    text.split('\u{c}').map(|page| Sheet::Text(page.to_owned())).collect()
}
