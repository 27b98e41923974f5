//! Kinds of file, told by their first bytes and never by their names.

use super::encoding;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A PDF that begins at this byte.
    Pdf { start: usize },
    /// Characters.
    Text,
    /// An image that pages can be recognised in: its media type.
    Image(&'static str),
    /// No bytes at all.
    Empty,
    /// A web page.
    Html,
    /// A known kind that is no report: media type, what people call it, what to do with it.
    Other(&'static str, &'static str, Advice),
    /// Bytes that mean nothing here.
    Unknown,
}

/// What to do with a file of the wrong kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// It holds a document.
    SaveAsPdf,
    /// It holds a picture of one, in a form that is not read.
    SaveAsImage,
    /// It holds files.
    Unpack,
    /// It was made from a document.
    GiveSource,
}

use Advice::{GiveSource, SaveAsImage, SaveAsPdf, Unpack};

/// Kinds with a signature at a fixed place: offset, bytes, kind.
const SIGNATURES: &[(usize, &[u8], Kind)] = &[
    (0, b"\x89PNG\r\n", Kind::Image("image/png")),
    (0, b"\xff\xd8\xff", Kind::Image("image/jpeg")),
    (0, b"GIF8", Kind::Other("image/gif", "a GIF image", SaveAsImage)),
    (0, b"II*\0", Kind::Image("image/tiff")),
    (0, b"MM\0*", Kind::Image("image/tiff")),
    (8, b"WEBP", Kind::Other("image/webp", "a WebP image", SaveAsImage)),
    (4, b"ftyphei", Kind::Other("image/heic", "a HEIC image", SaveAsImage)),
    (0, b"{\\rtf", Kind::Other("application/rtf", "an RTF document", SaveAsPdf)),
    (0, b"%!PS", Kind::Other("application/postscript", "a PostScript document", SaveAsPdf)),
    (0, b"\xd0\xcf\x11\xe0", Kind::Other("application/x-ole-storage", "an old Office document", SaveAsPdf)),
    (0, b"\x1f\x8b", Kind::Other("application/gzip", "a gzip archive", Unpack)),
    (0, b"7z\xbc\xaf", Kind::Other("application/x-7z-compressed", "a 7-Zip archive", Unpack)),
    (0, b"Rar!", Kind::Other("application/vnd.rar", "a RAR archive", Unpack)),
];

/// What documents in zip clothes have inside: a name in the archive, kind.
const ZIPPED: &[(&[u8], Kind)] = &[
    (b"word/", Kind::Other(DOCX, "a Word document", SaveAsPdf)),
    (b"xl/", Kind::Other(XLSX, "an Excel workbook", SaveAsPdf)),
    (b"ppt/", Kind::Other(PPTX, "a PowerPoint presentation", SaveAsPdf)),
    (b"opendocument", Kind::Other(ODF, "an OpenDocument file", SaveAsPdf)),
    (b"epub+zip", Kind::Other("application/epub+zip", "an EPUB book", SaveAsPdf)),
];
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const ODF: &str = "application/vnd.oasis.opendocument";
const ZIP: Kind = Kind::Other("application/zip", "a zip archive", Unpack);

/// How far into a file a PDF may begin (ISO 32000-1, annex H.3.4.1).
const PDF_JUNK: usize = 1024;

/// What a file is.
pub(super) fn sniff(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    // An archive may begin with a PDF that is stored as it is.
    if bytes.starts_with(b"PK\x03\x04") {
        // The first entry says what an archive is, or the directory at its end.
        let ends = [&bytes[..bytes.len().min(4096)], &bytes[bytes.len().saturating_sub(65536)..]];
        let inside = |name: &[u8]| ends.iter().any(|end| find(end, name).is_some());
        return ZIPPED.iter().find(|(name, _)| inside(name)).map_or(ZIP, |(_, kind)| *kind);
    }
    if let Some(start) = find(&bytes[..bytes.len().min(PDF_JUNK + 5)], b"%PDF-") {
        return Kind::Pdf { start };
    }
    // A PDF whose first line is lost, or is that of the PostScript that it was made from.
    if begins_with_an_object(bytes)
        || first_line(bytes).is_some_and(|l| l.starts_with(b"%!PS-Adobe-") && find(l, b"PDF-").is_some())
    {
        return Kind::Pdf { start: 0 };
    }
    let signed =
        SIGNATURES.iter().find(|(at, sign, _)| bytes.get(*at..).is_some_and(|b| b.starts_with(sign)));
    match signed {
        Some((_, _, kind)) => *kind,
        None if is_html(bytes) => Kind::Html,
        // A record has the words of its report: read as text, it would give another one.
        None if is_json(bytes) => Kind::Other("application/json", "JSON, data and no report", GiveSource),
        None if is_text(bytes) => Kind::Text,
        None => Kind::Unknown,
    }
}

impl Kind {
    /// Its media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf { .. } => "application/pdf",
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Image(media_type) | Self::Other(media_type, ..) => media_type,
            Self::Empty | Self::Unknown => "application/octet-stream",
        }
    }

    /// What it is instead of a report, and what to do.
    pub(super) fn refusal(self, bytes: &[u8]) -> String {
        match self {
            Self::Empty => "the file is empty; fetch it again".into(),
            Self::Html => format!(
                "this is a web page{}, whatever its name says; open it in a browser and save the report's PDF \
                 itself",
                html_title(bytes).map(|t| format!(" (\"{t}\")")).unwrap_or_default()
            ),
            Self::Other(_, name, advice) => format!(
                "this is {name}; {}",
                match advice {
                    SaveAsPdf => "save it as PDF or as plain text",
                    SaveAsImage => "save it as PNG, TIFF or PDF",
                    Unpack => "unpack it and give the files in it",
                    GiveSource => "give the document that it was made from",
                }
            ),
            Self::Pdf { .. } | Self::Text | Self::Image(_) | Self::Unknown => {
                "this is neither a PDF nor a text; check that the file is what its name says".into()
            }
        }
    }
}

fn first_line(bytes: &[u8]) -> Option<&[u8]> {
    bytes.split(|b| matches!(b, b'\n' | b'\r')).next()
}

/// Whether the first thing in it is an object of a PDF, and there is a cross-reference table or the end of one.
fn begins_with_an_object(bytes: &[u8]) -> bool {
    let mut words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut number =
        || words.next().is_some_and(|word| word.len() < 8 && word.iter().all(u8::is_ascii_digit));
    let numbers = number() && number();
    numbers
        && words.next().is_some_and(|word| word.starts_with(b"obj"))
        && find(&bytes[bytes.len().saturating_sub(PDF_JUNK)..], b"startxref").is_some()
}

/// Whether the first thing in it is an element that only web pages begin with.
fn is_html(bytes: &[u8]) -> bool {
    let head = lower_head(bytes);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<script", "<title", "<meta"];
    begins.iter().any(|b| head.starts_with(b))
        || ((head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html"))
}

/// Whether it begins as an object does, or a list of them.
fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut signs = bytes.iter().filter(|b| !b.is_ascii_whitespace());
    matches!((signs.next(), signs.next()), (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{')))
}

/// A web page's title, shortened.
fn html_title(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).into_owned();
    // ASCII lower case keeps byte offsets, and all that is looked for is ASCII.
    let lower = head.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower.get(start..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    let title = head.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then(|| title.chars().take(80).collect())
}

/// How much of a web page is looked at.
const HEAD: usize = 8192;

fn lower_head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase()
}

/// Whether it is made of characters: hardly a control character among its first bytes, or UTF-16.
fn is_text(bytes: &[u8]) -> bool {
    if encoding::says_itself(bytes) {
        return true;
    }
    let head = &bytes[..bytes.len().min(65536)];
    let control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x0b | 0x1a | 0x1b);
    head.iter().filter(control).count() * 100 <= head.len()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}
