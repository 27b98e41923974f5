//! Reading in two steps, for whoever looks at the text in between: bytes → text layer, text layer → record.

use super::{ReadOptions, Reading, Stages, Trace, layer, read_layer, text_layer};
use crate::ofsted;
use crate::record::{DocumentInfo, ErrorReport};
use crate::source;
use crate::text::TextLayer;

/// A document whose text has been taken out of its bytes.
///
/// [`super::read`] does the same at one go. Here the text may be another one when it is read: that is how
/// `findings stress` finds out what a record says of a damaged document.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Facts about the file.
    pub document: DocumentInfo,
    /// Its text.
    pub layer: TextLayer,
    remarks: Vec<layer::Remark>,
}

/// Takes the text out of a document; `name` is what the record calls it.
///
/// # Errors
/// As reading gives them, where there is no text to be had.
pub fn open(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Opened, Box<ErrorReport>> {
    let mut document = source::describe(name, bytes);
    match text_layer(bytes, options, &mut document) {
        Ok((layer, remarks)) => Ok(Opened { document, layer, remarks }),
        Err(error) => Err(Box::new(ErrorReport { error, document })),
    }
}

impl Opened {
    /// Reads the text as it is now.
    pub fn read(&self, options: &ReadOptions) -> Reading {
        let mut document = self.document.clone();
        document.pages = self.layer.pages.len() as u32;
        document.words.total = self.layer.word_count();
        let mut stages = Stages::new(options.trace);
        let remarks = self.remarks.clone();
        let outcome = read_layer(ofsted::FORMATS, &self.layer, remarks, options, &document, &mut stages)
            .map_err(|error| Box::new(ErrorReport { error, document }));
        Reading { outcome, trace: Trace { stages: stages.done } }
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
