//! Files that hold documents: `.zip` and `.eml`. Each document in them is an input of its own, `pack.zip!/letters/a.pdf`.
//!
//! A pack in a pack is opened, one in that is not. What is inflated is bounded three ways: a pack that claims to be
//! far larger than any collection of reports is refused as a whole, one document has the limit that files have, and
//! nothing is inflated before it is its turn.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use findings_core::record::{Error, ErrorCode};
use findings_core::source::{Limits, too_large};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use zip::ZipArchive;
use zip::result::ZipError;

use super::folder::{has_companion_name, is_companion_head, is_document, is_pdf};

/// How many files a pack may name.
const MOST_FILES: usize = 100_000;
/// A pack may be this much larger inflated, whatever its ratio…
const MOST_INFLATED: u128 = 1 << 30;
/// …and more than that only by this factor: PDFs hardly shrink, text to a fifth.
const MOST_RATIO: u128 = 100;
/// The largest message, and the largest pack in a pack: both are held in memory.
const MOST_IN_MEMORY: u64 = 256 << 20;

/// What a pack is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Mail,
}

impl Kind {
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "zip" => Some(Self::Zip),
            "eml" => Some(Self::Mail),
            _ => None,
        }
    }
}

/// The way to a document: the file, and the number of the entry in it; of another pack's, that one's and the entry's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) file: PathBuf,
    steps: Vec<usize>,
}

/// What a pack holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Documents by their name in the pack.
    pub(super) documents: Vec<(String, Way)>,
    /// What could not be opened.
    pub(super) failed: Vec<(String, Error)>,
    /// The names of macOS's companion files, which are no documents.
    pub(super) companions: Vec<String>,
}

/// What a pack on disk holds, by name.
pub(super) fn look_through(file: &Path) -> Held {
    let mut held = Held::default();
    if let Err(error) = list(file, &mut held) {
        held.failed.push((String::new(), error));
    }
    held.documents.sort_by(|a, b| a.0.cmp(&b.0));
    held
}

fn list(file: &Path, held: &mut Held) -> Result<(), Error> {
    let mut pack = Pack::on_disk(file)?;
    for (n, name) in pack.names()? {
        match Kind::of(Path::new(&name)) {
            None => pack.take_in(n, name, Way { file: file.to_owned(), steps: vec![n] }, held),
            Some(kind) => {
                let inner = pack.bytes(n, MOST_IN_MEMORY).and_then(|bytes| Pack::in_memory(kind, bytes));
                let listed = inner.and_then(|mut inner| Ok((inner.names()?, inner)));
                match listed {
                    Err(error) => held.failed.push((name, error)),
                    Ok((names, mut inner)) => {
                        for (m, inside) in names {
                            let way = Way { file: file.to_owned(), steps: vec![n, m] };
                            let whole = format!("{name}!/{inside}");
                            if Kind::of(Path::new(&inside)).is_some() {
                                held.failed.push((whole, too_deep()));
                            } else {
                                inner.take_in(m, whole, way, held);
                            }
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

fn too_deep() -> Error {
    Error::new(
        ErrorCode::NotAReportFile,
        "it lies in a pack that lies in another, and is not opened; unpack the outer one first",
    )
}

impl Way {
    /// The document's bytes, no more of them than the limit allows.
    pub(super) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Error> {
        /// The pack that was opened last: its documents are read one after the other.
        static LAST: Mutex<Option<Opened>> = Mutex::new(None);
        let (last, before) = self.steps.split_last().ok_or_else(gone)?;
        let stamp = stamp(&self.file);
        let mut opened = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |o: &Opened| o.file == self.file && o.steps == before && o.stamp == stamp;
        if !opened.as_ref().is_some_and(same) {
            *opened = None;
            let mut pack = Pack::on_disk(&self.file)?;
            for step in before {
                let names = pack.names()?;
                let (_, name) = names.iter().find(|(n, _)| n == step).ok_or_else(gone)?;
                let kind = Kind::of(Path::new(name)).ok_or_else(gone)?;
                pack = Pack::in_memory(kind, pack.bytes(*step, MOST_IN_MEMORY)?)?;
            }
            *opened = Some(Opened { file: self.file.clone(), steps: before.to_vec(), stamp, pack });
        }
        let opened = opened.as_mut().ok_or_else(gone)?;
        opened.pack.bytes(*last, limits.max_bytes)
    }
}

struct Opened {
    file: PathBuf,
    steps: Vec<usize>,
    stamp: Option<(u64, SystemTime)>,
    pack: Pack,
}

fn stamp(file: &Path) -> Option<(u64, SystemTime)> {
    let about = fs::metadata(file).ok()?;
    Some((about.len(), about.modified().ok()?))
}

fn gone() -> Error {
    Error::new(ErrorCode::Unreadable, "the file has changed since it was looked through; run it again")
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// A pack that is open.
enum Pack {
    Zip(Box<ZipArchive<Box<dyn ReadSeek>>>),
    Mail(Vec<Part>),
}

/// A part of a message.
struct Part {
    name: String,
    bytes: Vec<u8>,
}

impl Pack {
    fn on_disk(file: &Path) -> Result<Self, Error> {
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

    fn in_memory(kind: Kind, bytes: Vec<u8>) -> Result<Self, Error> {
        match kind {
            Kind::Zip => {
                let size = bytes.len() as u64;
                zip(Box::new(Cursor::new(bytes)), size)
            }
            Kind::Mail => parts(&bytes).map(Self::Mail),
        }
    }

    /// The entries that are files, with their numbers.
    fn names(&mut self) -> Result<Vec<(usize, String)>, Error> {
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

    /// Takes an entry for a document, if it is one.
    fn take_in(&mut self, n: usize, name: String, way: Way, held: &mut Held) {
        let path = Path::new(&name);
        if has_companion_name(path) && self.head(n).is_some_and(|head| is_companion_head(&head)) {
            held.companions.push(name);
        } else if is_document(path) || self.head(n).is_some_and(|head| is_pdf(&head)) {
            held.documents.push((name, way));
        }
    }

    /// An entry's first bytes.
    fn head(&mut self, n: usize) -> Option<Vec<u8>> {
        match self {
            Self::Mail(parts) => Some(parts.get(n)?.bytes.iter().take(8).copied().collect()),
            Self::Zip(zip) => {
                let mut head = Vec::new();
                zip.by_index(n).ok()?.take(8).read_to_end(&mut head).ok()?;
                Some(head)
            }
        }
    }

    /// An entry's bytes, no more of them than a limit.
    fn bytes(&mut self, n: usize, most: u64) -> Result<Vec<u8>, Error> {
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
        format!("it names {} files, more than the {MOST_FILES} that are looked at", zip.len())
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
            "it is locked in the .zip (--password is for locked documents); unpack the .zip first",
        ),
        other => Error::new(
            ErrorCode::Damaged,
            format!(
                "the .zip could not be read ({other}); unpack it with a program that repairs, or fetch it again"
            ),
        ),
    }
}

/// The text of a message as `body.txt`, and what is attached. Pictures that belong to the text are none of it.
fn parts(bytes: &[u8]) -> Result<Vec<Part>, Error> {
    let message = MessageParser::default().parse(bytes).ok_or_else(|| {
        Error::new(ErrorCode::Damaged, "this is no e-mail message; name the file as what it is")
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

/// A name in a pack as a path that stays below where it is put.
pub(super) fn relative(name: &str) -> PathBuf {
    let parts = name.split(['/', '\\']).map(|part| part.trim_end_matches('!'));
    let path: PathBuf = parts.collect();
    path.components().filter(|c| matches!(c, Component::Normal(_))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_below() {
        assert_eq!(relative("letters/a.pdf"), Path::new("letters/a.pdf"));
        assert_eq!(relative("/etc/../../x.pdf"), Path::new("etc/x.pdf"));
        assert_eq!(relative("in.zip!/a.pdf"), Path::new("in.zip/a.pdf"));
        assert_eq!(relative("..\\a.pdf"), Path::new("a.pdf"));
    }

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
