//! Reading in two steps, for callers that need the text in between: bytes → text layer, text layer → record.

use super::trace::{Stages, digest_layer};
use super::{Analysis, Formats, ReadOptions, Reading, TextRemark, bundle};
use crate::ofsted;
use crate::record::{DocumentInfo, ErrorReport};
use crate::source;
use crate::text::TextLayer;

/// A file whose text has been extracted.
///
/// [`super::read`] does both steps at once. Here the text can be changed in between: `findings stress` does so to see
/// what a record says of a damaged document.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Facts about the file.
    pub document: DocumentInfo,
    /// Its text.
    pub layer: TextLayer,
    pub(super) remarks: Vec<TextRemark>,
    stages: Stages,
}

/// Extracts the text of a document. The record gives `name` as its source.
///
/// # Errors
/// As for reading, if no text can be extracted.
pub fn open(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Opened, Box<ErrorReport>> {
    Opened::of(name, bytes, options).map_err(|(report, _)| report)
}

impl Opened {
    /// Extracts the text of a file, or gives the error together with the stages that ran.
    pub(super) fn of(
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
    ) -> Result<Self, (Box<ErrorReport>, Stages)> {
        let mut stages = Stages::new(options.trace);
        let document = source::describe(name, bytes);
        stages.done("source", || document.sha256.clone());
        let mut opened = Self { document, layer: TextLayer::default(), remarks: Vec::new(), stages };
        match opened.take(bytes, options) {
            Ok(()) => {
                opened.stages.done("text", || digest_layer(&opened.layer));
                Ok(opened)
            }
            Err(error) => Err((Box::new(ErrorReport { error, document: opened.document }), opened.stages)),
        }
    }

    /// The documents in the file, in order; at least one.
    pub(crate) fn documents<'a>(self, formats: Formats<'a>) -> impl Iterator<Item = Analysis<'a>> {
        let Self { mut document, layer, remarks, stages } = self;
        document.pages = layer.pages.len() as u32;
        bundle::pieces(formats.core, layer).into_iter().map(move |piece| {
            let mut document = DocumentInfo { part: piece.part, ..document.clone() };
            document.words.total = piece.layer.word_count();
            let remarks = remarks.iter().cloned().chain(piece.remarks).collect();
            Analysis::new(formats, document, piece.layer, remarks, stages.resumed())
        })
    }

    /// The first document of the file.
    pub(crate) fn first<'a>(self, formats: Formats<'a>) -> Analysis<'a> {
        self.documents(formats).next().expect("a file has one document at least")
    }

    /// Reads the text in its current state.
    pub fn read(&self, options: &ReadOptions) -> Reading {
        let formats = Formats { core: ofsted::FORMATS, plugins: options.plugins.as_deref() };
        self.clone().first(formats).read(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::read;

    #[test]
    fn two_steps_give_what_one_gives() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/ilacs/ashmoor-2023-06-16.pdf");
        let bytes = std::fs::read(file).unwrap();
        let options = ReadOptions::default();
        let at_once = read("a", &bytes, &options);
        let opened = open("a", &bytes, &options).unwrap();
        let record = at_once.record().expect("it is a report");
        assert_eq!(opened.read(&options).record(), Some(record));
    }
}
