//! Shows a document as the parser saw it: the first thing to read when a field is wrong.

mod candidates;
mod field;
mod full;
mod look;
mod parts;
mod short;

use crate::outline::Outline;
use crate::pipeline::ReadOptions;
use crate::record::{ErrorReport, Record};
use crate::text::Text;

/// How much of a document is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View<'a> {
    /// What is in doubt, then the fields, then the outline in short.
    Short,
    /// One field, by its JSON Pointer: where it was read, which other candidates were rejected, what to do next.
    Field(&'a str),
    /// All lines with their roles, the claims of the formats, and each field with its rule and quote.
    Full,
}

/// How a document was read.
#[derive(Debug, Default)]
pub struct Explanation {
    /// What was seen; of a document that can't be read, what was seen before the error.
    pub text: String,
    /// Why it can't be read, with the same error as when reading it.
    pub error: Option<Box<ErrorReport>>,
    /// Set instead of the text if the record has no such field: what to say.
    pub unknown: Option<String>,
}

/// Shows how a document was read.
pub fn explain(name: &str, bytes: &[u8], options: &ReadOptions, view: View) -> Explanation {
    let looked = match look::look(name, bytes, options) {
        Ok(looked) => looked,
        Err(report) => return Explanation { error: Some(report), ..Explanation::default() },
    };
    let text = match (view, &looked.read) {
        (View::Full, _) | (_, Err(_)) => full::text(&looked),
        (View::Short, Ok(read)) => short::text(&looked, read),
        (View::Field(pointer), Ok(read)) => match field::text(&looked, read, pointer) {
            Ok(text) => text,
            Err(why) => return Explanation { unknown: Some(why), ..Explanation::default() },
        },
    };
    let document = looked.seen.document;
    let error = match looked.read {
        Ok(read) => read.refused,
        Err(error) => Some(error),
    };
    let error = error.map(|error| Box::new(ErrorReport { error, document }));
    Explanation { text, error, unknown: None }
}

/// The lines of a document that no part of a record was read from, adjacent lines joined: content for which the format
/// has no place. Running lines (page furniture) are left out.
pub fn unread(record: &Record, doc: &Outline) -> Vec<Text> {
    parts::unread(&record.evidence, doc)
}

fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        text.to_owned()
    } else {
        text.chars().take(max).chain(['…']).collect()
    }
}
