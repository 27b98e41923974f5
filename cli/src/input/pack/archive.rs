//! An open pack: its entries, and their bytes within limits.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::Path;

use findings_core::record::{Error, ErrorCode};
use findings_core::source::{Limits, too_large};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use zip::ZipArchive;
use zip::result::ZipError;

use super::{Kind, MOST_IN_MEMORY, gone};

/// The largest number of files in a pack.
const MOST_FILES: usize = 100_000;
/// A pack may be this large decompressed, whatever its ratio…
const MOST_INFLATED: u128 = 1 << 30;
/// …and larger only up to this ratio: PDFs hardly shrink, text shrinks to a fifth.
const MOST_RATIO: u128 = 100;

pub(super) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// An open pack.
pub(super) enum Pack {
    Zip(Box<ZipArchive<Box<dyn ReadSeek>>>),
    Mail(Vec<Part>),
}

/// A part of a message.
pub(super) struct Part {
    name: String,
    bytes: Vec<u8>,
}

impl Pack {
    pub(super) fn on_disk(file: &Path) -> Result<Self, Error> {
        let failed = |e: io::Error| {
            Error::new(
                ErrorCode::Unreadable,
                format!("the file could not be read ({e}); check that you may read it"),
            )
        };
        let open = File::open(file).map_err(failed)?;
        let size = open.metadata().map_err(failed)?.len();
        match Kind::of(file) {
            Some(Kind::Mail) => {
                let limits = Limits { max_bytes: MOST_IN_MEMORY };
                if size > limits.max_bytes {
                    return Err(too_large(size, &limits));
                }
                let mut bytes = Vec::new();
                open.take(limits.max_bytes).read_to_end(&mut bytes).map_err(failed)?;
                Self::in_memory(Kind::Mail, bytes)
            }
            _ => zip(Box::new(BufReader::new(open)), size),
        }
    }

    pub(super) fn in_memory(kind: Kind, bytes: Vec<u8>) -> Result<Self, Error> {
        match kind {
            Kind::Zip => {
                let size = bytes.len() as u64;
                zip(Box::new(Cursor::new(bytes)), size)
            }
            Kind::Mail => parts(&bytes).map(Self::Mail),
        }
    }

    /// The names of the entries that are files, with their indices.
    pub(super) fn names(&mut self) -> Result<Vec<(usize, String)>, Error> {
        match self {
            Self::Mail(parts) => Ok(parts.iter().map(|p| p.name.clone()).enumerate().collect()),
            Self::Zip(zip) => {
                let mut names = Vec::new();
                for n in 0..zip.len() {
                    let entry = zip.by_index_raw(n).map_err(|e| damaged(&e))?;
                    if !entry.is_dir() {
                        names.push((n, entry.name().map_err(|e| damaged(&e))?.into_owned()));
                    }
                }
                Ok(names)
            }
        }
    }

    /// An entry's first bytes.
    pub(super) fn head(&mut self, n: usize) -> Option<Vec<u8>> {
        match self {
            Self::Mail(parts) => Some(parts.get(n)?.bytes.iter().take(8).copied().collect()),
            Self::Zip(zip) => {
                let mut head = Vec::new();
                zip.by_index(n).ok()?.take(8).read_to_end(&mut head).ok()?;
                Some(head)
            }
        }
    }

    /// An entry's bytes, up to a limit.
    pub(super) fn bytes(&mut self, n: usize, most: u64) -> Result<Vec<u8>, Error> {
        let limits = Limits { max_bytes: most };
        let mut bytes = Vec::new();
        match self {
            Self::Mail(parts) => bytes.clone_from(&parts.get(n).ok_or_else(gone)?.bytes),
            Self::Zip(zip) => {
                let entry = zip.by_index(n).map_err(|e| damaged(&e))?;
                let size = entry.size();
                if size > most {
                    return Err(too_large(size, &limits));
                }
                entry.take(most + 1).read_to_end(&mut bytes).map_err(|e| damaged(&ZipError::Io(e)))?;
            }
        }
        let size = bytes.len() as u64;
        if size > most { Err(too_large(size, &limits)) } else { Ok(bytes) }
    }
}

fn zip(from: Box<dyn ReadSeek>, size: u64) -> Result<Pack, Error> {
    let zip = ZipArchive::new(from).map_err(|e| damaged(&e))?;
    let inflated = zip.decompressed_size().unwrap_or_default();
    let why = if zip.len() > MOST_FILES {
        format!("it contains {} files, more than the limit of {MOST_FILES}", zip.len())
    } else if inflated > MOST_INFLATED && inflated > MOST_RATIO * u128::from(size) {
        format!(
            "it would be {} MB unpacked, {} times its size",
            inflated >> 20,
            inflated / u128::from(size.max(1))
        )
    } else {
        return Ok(Pack::Zip(Box::new(zip)));
    };
    let message = format!("{why}; if it really holds reports, unpack it and name the folder");
    Err(Error::new(ErrorCode::TooLarge, message))
}

fn damaged(e: &ZipError) -> Error {
    match e {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => Error::new(
            ErrorCode::Encrypted,
            "it is encrypted in the .zip (--password is only for locked documents); unpack the .zip first",
        ),
        other => Error::new(
            ErrorCode::Damaged,
            format!(
                "the .zip could not be read ({other}); unpack it with a program that can repair it, or fetch it again"
            ),
        ),
    }
}

/// The text of a message as `body.txt`, and its attachments. Pictures embedded in the text are left out.
fn parts(bytes: &[u8]) -> Result<Vec<Part>, Error> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| {
        Error::new(
            ErrorCode::Damaged,
            "this is not an e-mail message; give the file the extension of what it is",
        )
    })?;
    let text: Vec<_> = (0..message.text_body_count()).filter_map(|n| message.body_text(n)).collect();
    let text = text.join("\n\n");
    let mut parts = Vec::new();
    if !text.trim().is_empty() {
        parts.push(Part { name: "body.txt".into(), bytes: text.into_bytes() });
    }
    for (n, part) in message.attachments().enumerate() {
        let kind = part.content_type();
        let kind = kind.map_or_else(String::new, |k| {
            format!("{}/{}", k.c_type, k.c_subtype.as_deref().unwrap_or_default())
        });
        if matches!(part.body, PartType::InlineBinary(_)) && kind.starts_with("image/") {
            continue;
        }
        let name = part.attachment_name().map_or_else(|| unnamed(n + 1, &kind, part), str::to_owned);
        let taken = parts.iter().any(|p: &Part| p.name == name);
        let name = if taken { format!("{}-{name}", n + 1) } else { name };
        parts.push(Part { name, bytes: part.contents().to_vec() });
    }
    Ok(parts)
}

fn unnamed(n: usize, kind: &str, part: &mail_parser::MessagePart<'_>) -> String {
    let ending = match kind.to_ascii_lowercase().as_str() {
        _ if part.message().is_some() => "eml",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "text/plain" => "txt",
        _ => "bin",
    };
    format!("attachment-{n}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_its_text_and_what_is_attached() {
        let message = "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\r\nSee below.\r\n--B\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\n\
            Content-Disposition: attachment; filename=\"a.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n--B\r\n\
            Content-Type: application/pdf\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n--B--\r\n";
        let parts = parts(message.as_bytes()).unwrap();
        let all: Vec<_> = parts.iter().map(|p| (p.name.as_str(), p.bytes.trim_ascii())).collect();
        assert_eq!(
            all,
            [("body.txt", &b"See below."[..]), ("a.pdf", b"%PDF-1.7"), ("attachment-2.pdf", b"%PDF-1.7")]
        );
    }
}
