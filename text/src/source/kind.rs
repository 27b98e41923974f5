//! File types, recognised by content and never by name.

use super::encoding;

/// The type of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A PDF that begins at this byte.
    Pdf { start: usize },
    /// Text.
    Text,
    /// An image to be recognised, with its media type.
    Image(&'static str),
    /// An empty file.
    Empty,
    /// A web page.
    Html,
    /// A known type that is not a report: media type, common name, and what to do with it.
    Other(&'static str, &'static str, Advice),
    /// An unknown type.
    Unknown,
}

/// What to do with a file of an unsupported type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// It is a document.
    SaveAsPdf,
    /// It is an image in an unsupported format.
    SaveAsImage,
    /// It is an archive.
    Unpack,
    /// It was derived from a document.
    GiveSource,
}

use Advice::{GiveSource, SaveAsImage, SaveAsPdf, Unpack};

/// Types with a signature at a fixed offset: offset, bytes, type.
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

/// Documents that are zip archives: a name in the archive, type.
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

/// The largest offset at which a PDF may begin (ISO 32000-1, annex H.3.4.1).
const PDF_JUNK: usize = 1024;

/// Determines the type of a file.
pub(super) fn sniff(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        return Kind::Empty;
    }
    // Archives first, because one may begin with a PDF that is stored uncompressed.
    if bytes.starts_with(b"PK\x03\x04") {
        // The first entry, or the directory at the end, identifies the kind of archive.
        let ends = [&bytes[..bytes.len().min(4096)], &bytes[bytes.len().saturating_sub(65536)..]];
        let inside = |name: &[u8]| ends.iter().any(|end| find(end, name).is_some());
        return ZIPPED.iter().find(|(name, _)| inside(name)).map_or(ZIP, |(_, kind)| *kind);
    }
    if let Some(start) = find(&bytes[..bytes.len().min(PDF_JUNK + 5)], b"%PDF-") {
        return Kind::Pdf { start };
    }
    // A PDF whose first line is lost, or is that of the PostScript file from which it was made.
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
        // A record contains the words of its report: read as text, it would produce another record.
        None if is_json(bytes) => Kind::Other("application/json", "JSON data, not a report", GiveSource),
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

    /// The message that refuses it: what the file is, and what to do.
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
                    Unpack => "unpack it and give the files inside",
                    GiveSource => "give the document it was made from",
                }
            ),
            Self::Pdf { .. } | Self::Text | Self::Image(_) | Self::Unknown => {
                "this is neither a PDF nor a text; check that the content matches the file's name".into()
            }
        }
    }
}

fn first_line(bytes: &[u8]) -> Option<&[u8]> {
    bytes.split(|b| matches!(b, b'\n' | b'\r')).next()
}

/// Whether the file begins with a PDF object and ends with a cross-reference table.
fn begins_with_an_object(bytes: &[u8]) -> bool {
    let mut words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut number =
        || words.next().is_some_and(|word| word.len() < 8 && word.iter().all(u8::is_ascii_digit));
    let numbers = number() && number();
    numbers
        && words.next().is_some_and(|word| word.starts_with(b"obj"))
        && find(&bytes[bytes.len().saturating_sub(PDF_JUNK)..], b"startxref").is_some()
}

/// Whether the file begins with an element that only web pages begin with.
fn is_html(bytes: &[u8]) -> bool {
    let head = lower_head(bytes);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins = ["<!doctype html", "<html", "<head", "<body", "<script", "<title", "<meta"];
    begins.iter().any(|b| head.starts_with(b))
        || ((head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html"))
}

/// Whether the file begins like a JSON object or an array of objects.
fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut signs = bytes.iter().filter(|b| !b.is_ascii_whitespace());
    matches!((signs.next(), signs.next()), (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{')))
}

/// A web page's title, at most 80 characters.
fn html_title(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).into_owned();
    // ASCII lower case keeps byte offsets, and only ASCII is searched for.
    let lower = head.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower.get(start..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    let title = head.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then(|| title.chars().take(80).collect())
}

/// How many bytes of a web page are examined.
const HEAD: usize = 8192;

fn lower_head(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase()
}

/// Whether the file is text: UTF-16, or almost no control characters near its beginning.
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
