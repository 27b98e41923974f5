//! Identifies what the bytes are before they are read: PDF, plain text, an image, or none of these.

#[cfg(feature = "files")]
mod encoding;
#[cfg(not(feature = "files"))]
#[path = "source/utf_8.rs"]
mod encoding;
mod kind;

use std::borrow::Cow;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use findings_record::{DocumentInfo, Error, ErrorCode};
use kind::Kind;

/// Limits for a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is read, in bytes.
    pub max_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 << 20 }
    }
}

/// A document that can be read.
#[derive(Debug, Clone, PartialEq)]
pub enum Source<'a> {
    /// A PDF, beginning with its `%PDF-`, from which offsets count.
    Pdf(&'a [u8]),
    /// A text, decoded.
    Text(Cow<'a, str>),
    /// An image with one or more pages (PNG, JPEG, TIFF).
    Image(&'a [u8]),
}

/// What is known of a document before it is read: name, digest, size and media type.
pub fn describe(name: &str, bytes: &[u8]) -> DocumentInfo {
    DocumentInfo {
        source: name.to_owned(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        media_type: kind::sniff(bytes).media_type().to_owned(),
        ..DocumentInfo::default()
    }
}

/// Identifies the document in these bytes, or says why there is none.
pub fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Source<'a>, Error> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(too_large(bytes.len() as u64, limits));
    }
    match kind::sniff(bytes) {
        Kind::Pdf { start } => Ok(Source::Pdf(&bytes[start..])),
        Kind::Image(..) => Ok(Source::Image(bytes)),
        Kind::Text => Ok(Source::Text(encoding::decode(bytes))),
        other => Err(Error::new(ErrorCode::NotAReportFile, other.refusal(bytes))),
    }
}

/// The error for a file larger than the limit. Callers that fetch a file can raise it before reading.
pub fn too_large(bytes: u64, limits: &Limits) -> Error {
    let mb = |n: u64| n.div_ceil(1 << 20);
    Error::new(
        ErrorCode::TooLarge,
        format!(
            "the file has {} MB, more than the limit of {} MB; raise the limit with --max-mb if it really is \
             a report",
            mb(bytes),
            mb(limits.max_bytes)
        ),
    )
}

/// SHA-256 in lower-case hexadecimal digits.
///
/// ```
/// assert!(findings_text::source::sha256(b"").starts_with("e3b0c44298fc1c14"));
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The same for a stream, without loading it into memory.
///
/// # Errors
/// The stream can't be read.
pub fn sha256_of(mut from: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match from.read(&mut part) {
            Ok(0) => return Ok(hex(&hash.finalize())),
            Ok(n) => hash.update(&part[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut s = String::with_capacity(2 * bytes.len());
    for b in bytes {
        s.push(DIGITS[usize::from(b >> 4)].into());
        s.push(DIGITS[usize::from(b & 15)].into());
    }
    s
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        open(bytes, &Limits::default()).unwrap_err().to_string()
    }

    fn text(bytes: &[u8]) -> String {
        match open(bytes, &Limits::default()).unwrap() {
            Source::Text(t) => t.into_owned(),
            other => panic!("taken for {other:?}"),
        }
    }

    #[test]
    fn a_pdf_may_begin_with_junk() {
        let bytes = b"\r\nHTTP/1.1 200 OK\r\n\r\n%PDF-1.7\n...";
        assert_eq!(open(bytes, &Limits::default()), Ok(Source::Pdf(&bytes[21..])));
        assert_eq!(describe("a.pdf", bytes).media_type, "application/pdf");
        let far = [&[b' '; 2000][..], b"%PDF-1.7"].concat();
        assert_eq!(text(&far).trim(), "%PDF-1.7");
    }

    #[test]
    fn text_in_any_encoding() {
        assert_eq!(text("children’s".as_bytes()), "children’s");
        assert_eq!(text(b"\xef\xbb\xbfchild"), "child");
        assert_eq!(text(b"children\x92s \x96 \xa3100"), "children’s – £100");
        assert_eq!(text(b"\xff\xfeO\0f\0\x19\x20"), "Of’");
        assert_eq!(text(b"\xfe\xff\0O\0f"), "Of");
        assert_eq!(text(b"O\0f\0s\0t\0e\0d\0 \0i\0s\0"), "Ofsted is");
        assert_eq!(text(b"\0O\0f\0s\0t\0e\0d\0 \0i\0s"), "Ofsted is");
        assert_eq!(
            text("childrenâ€™s services 3 â€“ 7 June â€œgoodâ€\u{fffd}".as_bytes()),
            "children’s services 3 – 7 June “good”"
        );
        assert_eq!(text("café “â€™ in a table”".as_bytes()), "café “â€™ in a table”");
    }

    #[test]
    fn what_is_no_report_is_named() {
        insta::assert_snapshot!(refused(b""), @"not-a-report-file: the file is empty; fetch it again");
        insta::assert_snapshot!(refused(b" \n<!DOCTYPE html><html><head><title>Page not\n found</title>"), @r#"not-a-report-file: this is a web page ("Page not found"), whatever its name says; open it in a browser and save the report's PDF itself"#);
        insta::assert_snapshot!(refused(b"GIF89a123"), @"not-a-report-file: this is a GIF image; save it as PNG, TIFF or PDF");
        insta::assert_snapshot!(refused(b"PK\x03\x04....word/document.xml"), @"not-a-report-file: this is a Word document; save it as PDF or as plain text");
        insta::assert_snapshot!(refused(b"PK\x03\x04....a.pdf"), @"not-a-report-file: this is a zip archive; unpack it and give the files inside");
        insta::assert_snapshot!(refused(b"PK\x03\x04....a.pdf....%PDF-1.7"), @"not-a-report-file: this is a zip archive; unpack it and give the files inside");
        insta::assert_snapshot!(refused(b"\xef\xbb\xbf[\n {\"schema\": \"urn\"}]"), @"not-a-report-file: this is JSON data, not a report; give the document it was made from");
        insta::assert_snapshot!(refused(b"{\\rtf1 hello"), @"not-a-report-file: this is an RTF document; save it as PDF or as plain text");
        insta::assert_snapshot!(refused(&[0, 1, 2, 3, 200, 0, 9, 1, 0, 0, 7]), @"not-a-report-file: this is neither a PDF nor a text; check that the content matches the file's name");
    }

    #[test]
    fn images_are_read() {
        for (bytes, media_type) in [
            (&b"\x89PNG\r\n\x1a\n123"[..], "image/png"),
            (b"\xff\xd8\xff\xe0", "image/jpeg"),
            (b"II*\x00123", "image/tiff"),
            (b"MM\x00*123", "image/tiff"),
        ] {
            assert_eq!(open(bytes, &Limits::default()), Ok(Source::Image(bytes)));
            assert_eq!(describe("a", bytes).media_type, media_type);
        }
    }

    #[test]
    fn the_limit_holds() {
        let e = open(b"0123456789", &Limits { max_bytes: 9 }).unwrap_err();
        assert_eq!(e.code, ErrorCode::TooLarge);
    }

    #[test]
    fn digests_are_hexadecimal() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        let long = b"abc".repeat(50_000);
        assert_eq!(sha256_of(&long[..]).unwrap(), sha256(&long));
    }
}
