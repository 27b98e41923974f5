//! Reads stored records: one on each line, an array, or a single one.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Deserializer, Value};

/// What is wrong with a stream.
#[derive(Debug, thiserror::Error)]
#[error("value {number} is not valid JSON ({source}); expected output of `findings extract`")]
pub struct StreamError {
    number: usize,
    source: serde_json::Error,
}

/// A stored record that is not parsed yet.
#[derive(Debug, Clone)]
pub struct Piece<'a> {
    /// Its JSON.
    pub json: Cow<'a, [u8]>,
    /// The SHA-256 of its document; empty if not given.
    pub sha256: String,
    /// The name of its document.
    pub source: String,
    /// Whether it is an error report.
    pub is_error: bool,
}

impl Piece<'_> {
    /// The parsed record.
    ///
    /// # Errors
    /// A number is out of range. (The JSON itself is known to be valid.)
    pub fn value(&self) -> serde_json::Result<Value> {
        serde_json::from_slice(&self.json)
    }
}

/// The records of a stream, in order. Each is parsed only as far as needed to identify its document.
///
/// # Errors
/// The stream contains invalid JSON.
pub fn pieces(bytes: &[u8]) -> Result<Vec<Piece<'_>>, StreamError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut out = Vec::new();
    let mut at = 0;
    for number in 1.. {
        let rest = &bytes[at..];
        let failed = |source| StreamError { number, source };
        if rest.trim_ascii_start().starts_with(b"[") {
            let mut lists = Deserializer::from_slice(rest).into_iter::<Vec<Value>>();
            for value in lists.next().transpose().map_err(failed)?.unwrap_or_default() {
                let header = Header::deserialize(&value).map_err(failed)?;
                out.push(header.piece(value.to_string().into_bytes().into()));
            }
            at += lists.byte_offset();
            continue;
        }
        let mut headers = Deserializer::from_slice(rest).into_iter::<Header>();
        let Some(header) = headers.next().transpose().map_err(failed)? else { break };
        let end = headers.byte_offset();
        out.push(header.piece(rest[..end].trim_ascii().into()));
        at += end;
    }
    Ok(out)
}

/// The records of a stream, in order, without those whose document's SHA-256 `keep` refuses.
///
/// # Errors
/// The stream contains invalid JSON.
pub fn records(bytes: &[u8], keep: impl Fn(&str) -> bool) -> Result<Vec<Value>, StreamError> {
    let kept = pieces(bytes)?.into_iter().enumerate().filter(|(_, p)| keep(&p.sha256));
    kept.map(|(i, p)| p.value().map_err(|source| StreamError { number: i + 1, source })).collect()
}

/// The part of a record that identifies its document.
#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    document: HeaderDocument,
    error: Option<IgnoredAny>,
}

#[derive(Default, Deserialize)]
struct HeaderDocument {
    #[serde(default)]
    sha256: String,
    #[serde(default)]
    source: String,
}

impl Header {
    fn piece(self, json: Cow<'_, [u8]>) -> Piece<'_> {
        let HeaderDocument { sha256, source } = self.document;
        Piece { json, sha256, source, is_error: self.error.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> Vec<u64> {
        records(text.as_bytes(), |sha| sha != "no")
            .unwrap()
            .iter()
            .map(|r| r["n"].as_u64().unwrap())
            .collect()
    }

    #[test]
    fn lines_arrays_and_single_records_are_read() {
        let line = |n: u8, sha: &str| format!("{{\"n\":{n},\"document\":{{\"sha256\":\"{sha}\"}}}}");
        assert_eq!(sources(&format!("{}\n{}\n\n{}\n", line(1, "a"), line(2, "no"), line(3, ""))), [1, 3]);
        assert_eq!(sources(&format!("[{},\n{}]\n", line(1, "a"), line(2, "b"))), [1, 2]);
        assert_eq!(sources("{\n \"n\": 7\n}"), [7]);
        assert_eq!(sources(" \n"), [0u64; 0]);
    }

    #[test]
    fn rubbish_is_said_to_be_rubbish() {
        let error = records(b"{\"n\":1}\nnot json\n", |_| true).unwrap_err().to_string();
        assert!(error.contains("value 2 is not valid JSON"), "{error}");
    }
}
