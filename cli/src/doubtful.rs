//! The documents of a run that should be looked at.

use findings_core::Doubt;
use findings_workbench::text_table::shorten;

use crate::input::name::shown;

/// How many values in doubt are shown at the end of a run.
const SHOWN: usize = 10;

/// Counts the values in doubt, and keeps the first for display.
#[derive(Debug, Default)]
pub(crate) struct Doubtful {
    documents: u64,
    values: usize,
    shown: Vec<String>,
}

impl Doubtful {
    /// Adds a document's doubts, the gravest first. Only that one is shown.
    pub(crate) fn add(&mut self, document: &str, doubts: &[Doubt]) {
        self.documents += u64::from(!doubts.is_empty());
        self.values += doubts.len();
        if let Some(doubt) = doubts.first().filter(|_| self.shown.len() < SHOWN) {
            self.shown.push(line(document, doubt, doubts.len() - 1));
        }
    }

    /// How many documents should be looked at.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// The first values in doubt, and how to see the rest.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines = self.shown.clone();
        if self.values > self.shown.len() {
            lines.push(format!(
                "{} values in doubt in all: `findings review DOCUMENTS --list` shows each",
                self.values
            ));
        }
        lines
    }
}

fn line(document: &str, doubt: &Doubt, more: usize) -> String {
    let field = if doubt.pointer.is_empty() { "the whole document" } else { &doubt.pointer };
    let page = doubt.page.map(|p| format!(" page {p}")).unwrap_or_default();
    let said = doubt
        .quote
        .as_deref()
        .map_or_else(|| shorten(&doubt.message, 80), |q| format!("“{}”", shorten(q, 80)));
    let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    shown(&format!("{document}{page} {field} {}: {said}{more}", doubt.code)).into_owned()
}

#[cfg(test)]
mod tests {
    use findings_core::record::Severity;

    use super::*;

    #[test]
    fn the_first_doubt_of_each_document_is_shown() {
        let doubt = |pointer: &str, quote: Option<&str>| Doubt {
            pointer: pointer.into(),
            code: "not-read".into(),
            severity: Severity::Warning,
            message: "it seems to be there".into(),
            page: Some(2),
            quote: quote.map(str::to_owned),
        };
        let mut doubtful = Doubtful::default();
        doubtful.add("a.pdf", &[doubt("/published", Some("1 Mai")), doubt("/theme", None)]);
        doubtful.add("b.pdf", &[]);
        doubtful.add("c.pdf", &[doubt("", None)]);
        assert_eq!(doubtful.documents(), 2);
        assert_eq!(
            doubtful.lines(),
            [
                "a.pdf page 2 /published not-read: “1 Mai” (and 1 more)",
                "c.pdf page 2 the whole document not-read: it seems to be there",
                "3 values in doubt in all: `findings review DOCUMENTS --list` shows each",
            ]
        );
    }
}
