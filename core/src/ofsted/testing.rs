//! Made-up documents for the tests of the grammars.

use crate::outline::Outline;
use crate::record::{DocumentInfo, Draft, Part, Run};
use crate::text::plain;

/// The outline of a plain text; empty lines part its blocks.
pub(crate) fn outline(text: &str) -> Outline {
    Outline::build(&plain::read(text))
}

/// An empty record of a document, all of it body.
pub(crate) fn draft(doc: &Outline) -> Draft {
    let run = Run { tool: "test".into(), text_engine: "test".into(), plugin: None };
    let parts = vec![Part::Section; doc.blocks.len()];
    Draft::new(DocumentInfo::default(), "test", "ofsted", run, parts)
}
