//! A row for each document, for a spreadsheet.

use std::sync::LazyLock;

use findings_core::pipeline::Extracted;
use findings_core::record::vocabulary::AREAS;
use findings_core::record::{ErrorReport, Judgement, Record};

/// Columns before the grades.
const BEFORE: &[&str] = &[
    "source",
    "format",
    "edition",
    "regulator",
    "provider",
    "ons",
    "dfe",
    "ofsted_urn",
    "region",
    "framework",
    "type",
    "theme",
    "start",
    "end",
    "published",
    "letter_date",
    "lead_inspector",
];

/// Columns after the grades.
const AFTER: &[&str] = &[
    "other_judgements",
    "improvements",
    "strengths",
    "sections",
    "footnotes",
    "figures",
    "mentions",
    "pages",
    "words",
    "diagnostics",
    "error",
    "message",
    "sha256",
];

/// The header, with the mark by which spreadsheets know UTF-8. A column for each judged area, so that every
/// table has the same columns.
pub(super) fn header() -> &'static [u8] {
    static HEADER: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let grades = AREAS.codes.iter().map(|(area, _)| *area);
        let names = BEFORE.iter().copied().chain(grades).chain(AFTER.iter().copied());
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend(line(names.map(str::to_owned)));
        bytes
    });
    &HEADER
}

/// The row of an outcome.
pub(super) fn row(outcome: &Result<Extracted, Box<ErrorReport>>) -> Vec<u8> {
    match outcome {
        Ok(Extracted::Inspection(record)) => line(cells(record)),
        // Of a record of a plugin's own schema the table knows what all records have.
        Ok(other @ Extracted::Other(record)) => {
            let text = |pointer: &str| {
                record.pointer(pointer).and_then(|v| v.as_str()).unwrap_or_default().to_owned()
            };
            let mut cells = vec![String::new(); BEFORE.len() + AREAS.codes.len() + AFTER.len()];
            cells[0] = text("/document/source");
            cells[1] = other.format().to_owned();
            cells[4] = text("/provider/name");
            let last = cells.len() - 1;
            cells[last] = text("/document/sha256");
            line(cells)
        }
        Err(report) => {
            let d = &report.document;
            let mut cells = vec![String::new(); BEFORE.len() + AREAS.codes.len() + AFTER.len() - 3];
            cells[0].clone_from(&d.source);
            cells.extend([report.error.code.as_str().into(), report.error.message.clone(), d.sha256.clone()]);
            line(cells)
        }
    }
}

fn cells(r: &Record) -> Vec<String> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let ids = r.provider.ids.clone().unwrap_or_default();
    let lead = r.inspectors.iter().find(|i| i.lead == Some(true)).and_then(|i| i.name.clone());
    let mut cells = vec![
        r.document.source.clone(),
        r.format.id.clone(),
        r.format.edition.clone(),
        r.regulator.clone(),
        text(&r.provider.name),
        text(&ids.ons),
        text(&ids.dfe),
        text(&ids.ofsted_urn),
        text(&r.provider.region),
        r.inspection.framework.clone(),
        r.inspection.kind.clone(),
        text(&r.inspection.theme),
        text(&r.inspection.start),
        text(&r.inspection.end),
        text(&r.published),
        r.letter.as_ref().map(|l| text(&l.date)).unwrap_or_default(),
        lead.unwrap_or_default(),
    ];
    let grade = |j: &Judgement| text(&j.grade);
    let listed = |area: &str| AREAS.codes.iter().any(|(code, _)| *code == area);
    cells.extend(
        AREAS
            .codes
            .iter()
            .map(|(area, _)| joined(r.judgements.iter().filter(|j| j.area == *area).map(grade))),
    );
    let others =
        r.judgements.iter().filter(|j| !listed(&j.area)).map(|j| format!("{}: {}", j.area, grade(j)));
    let mut diagnostics: Vec<String> = r.diagnostics.iter().map(|d| d.code.clone()).collect();
    diagnostics.sort();
    diagnostics.dedup();
    cells.push(joined(others));
    let counts = [r.improvements.len(), r.strengths.len(), r.sections.len(), r.footnotes.len()];
    cells.extend(counts.iter().chain(&[r.figures.len(), r.mentions.len()]).map(ToString::to_string));
    cells.extend([r.document.pages.to_string(), r.document.words.total.to_string()]);
    cells.extend([joined(diagnostics.into_iter()), String::new(), String::new(), r.document.sha256.clone()]);
    cells
}

fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join("; ")
}

/// A line of the table. A cell that a spreadsheet would take for a formula gets an apostrophe: its text
/// comes from a stranger's document.
fn line(cells: impl IntoIterator<Item = String>) -> Vec<u8> {
    let safe = |cell: String| {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.len() > 1 {
            format!("'{cell}")
        } else {
            cell
        }
    };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the same number of cells.
    let _ = writer.write_record(cells.into_iter().map(safe));
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use findings_core::record::{DocumentInfo, Error, ErrorCode};

    use super::*;

    #[test]
    fn every_row_has_the_header_s_columns() {
        let document = DocumentInfo { source: "=1+1.pdf".into(), ..DocumentInfo::default() };
        let error = Error::new(ErrorCode::Encrypted, "locked, alas");
        let row = row(&Err(Box::new(ErrorReport { error, document })));
        let both = [header(), &row].concat();
        let mut reader = csv::Reader::from_reader(&both[3..]);
        let first = reader.records().next().unwrap().unwrap();
        let mut column = |name: &str| reader.headers().unwrap().iter().position(|h| h == name).unwrap();
        assert_eq!(&first[0], "'=1+1.pdf");
        assert_eq!(&first[column("error")], "encrypted");
        assert_eq!(&first[column("message")], "locked, alas");
    }
}
