//! Recognises existing files that are outputs of this tool and may be overwritten.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Beginnings of CSV files that this tool writes, or wrote in earlier versions.
const CSV_HEADS: &[&str] = &[
    "report_id,",
    "source,file,digest,outcome",
    "source,format,edition,",
    "Local authority area code,Local authority name,",
    "time_period,geographic_level,",
    "record_id,",
];

/// Whether a file is empty, or was written by this tool.
pub(crate) fn is_ours(path: &Path) -> bool {
    let Ok(head) = part(path, SeekFrom::Start(0)) else { return false };
    let text = String::from_utf8_lossy(&head);
    let text = text.trim_start_matches('\u{feff}');
    head.is_empty()
        || is_json(text)
        || is_csv(text)
        || is_page(text)
        || is_database(&head)
        || is_parquet(path, &head)
        || is_workbook(path, &head)
}

/// The first bytes of a file from a position on.
fn part(path: &Path, from: SeekFrom) -> io::Result<Vec<u8>> {
    const BYTES: u64 = 1 << 16;
    let mut file = File::open(path)?;
    file.seek(from)?;
    let mut bytes = Vec::new();
    file.take(BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a text begins a record, an error report, a list of them, or the summary of a run.
fn is_json(text: &str) -> bool {
    let start: String = text.chars().filter(|c| !c.is_whitespace()).take(4000).collect();
    let start = start.strip_prefix('[').unwrap_or(&start);
    let is_record = start.starts_with("{\"schema\":\"") && start.contains("\"document\":{\"source\":");
    let is_package = start.starts_with("{\"$schema\":\"https://datapackage.org/")
        && start.contains("\"name\":\"findings\"");
    let is_summary = start.starts_with("{\"tool\":\"findings") && start.contains("\"inputs_done\":");
    start == "]" || is_summary || is_record || is_package || start.starts_with("{\"error\":{\"code\":\"")
}

fn is_csv(text: &str) -> bool {
    CSV_HEADS.iter().any(|head| text.starts_with(head))
}

fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<') && text.contains("<meta name=\"generator\" content=\"findings")
}

/// SQLite files contain the application's id in their header.
fn is_database(head: &[u8]) -> bool {
    const NUMBER: std::ops::Range<usize> = 68..72;
    const FIND: &[u8] = b"FIND";
    head.starts_with(b"SQLite format 3\0") && head.get(NUMBER) == Some(FIND)
}

/// Parquet files name the writing program at the end.
fn is_parquet(path: &Path, head: &[u8]) -> bool {
    let end = || {
        let length = i64::try_from(path.metadata().ok()?.len()).ok()?;
        part(path, SeekFrom::End(-length.min(1 << 16))).ok()
    };
    head.starts_with(b"PAR1") && end().is_some_and(|end| contains(&end, b"findings version"))
}

#[cfg(feature = "xlsx")]
fn is_workbook(path: &Path, head: &[u8]) -> bool {
    head.starts_with(b"PK") && findings_tables::form::xlsx::is_ours(path)
}

#[cfg(not(feature = "xlsx"))]
fn is_workbook(_: &Path, _: &[u8]) -> bool {
    false
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(text: &str) -> bool {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        is_ours(file.path())
    }

    #[test]
    fn what_this_tool_wrote_is_known_again() {
        assert!(ours(""));
        assert!(ours("[\n{\n  \"schema\": \"urn:x\",\n  \"document\": {\n    \"source\": \"a.pdf\""));
        assert!(ours("{\"error\":{\"code\":\"no-text\""));
        assert!(ours("\u{feff}report_id,source,outcome\r\n"));
    }

    #[test]
    fn what_is_somebody_s_is_left_alone() {
        assert!(!ours("{\"schema\": \"mine\"}"));
        assert!(!ours("source,amount\n"));
        assert!(!ours("SQLite format 3\0 of somebody"));
        assert!(!ours("dear diary"));
    }
}
