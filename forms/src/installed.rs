//! An installed file. Most documents only need to know whether it may claim them, so the rest is read on first use.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use findings_core::format::{Place, Texts};
use jsonschema::Validator;
use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memchr2, memchr3, memrchr};
use serde_json::Value;

use crate::{FileFormat, extension};

/// A file, and the parts of it that have been read.
#[derive(Debug)]
pub(crate) struct Installed {
    source: Source,
    bytes: OnceLock<Result<Cow<'static, [u8]>, String>>,
    id: OnceLock<Option<String>>,
    glance: OnceLock<Option<Glance>>,
    whole: OnceLock<Result<Box<Whole>, Vec<String>>>,
}

#[derive(Debug)]
enum Source {
    Disk(PathBuf),
    /// Its name and its text.
    Text(String, Cow<'static, str>),
}

/// A format, with the schema of its extension.
#[derive(Debug)]
pub(crate) struct Whole {
    pub format: FileFormat,
    validator: OnceLock<Option<Validator>>,
}

impl Whole {
    /// Validates the extensions of records.
    pub fn validator(&self) -> Option<&Validator> {
        let make = || {
            let schema: Value = extension::schema(self.format.file());
            jsonschema::options().should_validate_formats(true).build(&schema).ok()
        };
        self.validator.get_or_init(make).as_ref()
    }
}

/// The quotes of strings over several lines.
static QUOTES: LazyLock<[Finder; 2]> = LazyLock::new(|| [Finder::new("\"\"\""), Finder::new("'''")]);
static ANCHOR: LazyLock<Finder> = LazyLock::new(|| Finder::new("anchor"));

/// A quick scan of a file that tells which documents it may claim; it never misses an anchor that the whole file has. It works on
/// bytes, because a document that no file claims pays for nothing else.
#[derive(Debug)]
struct Glance {
    /// The phrases of its anchors.
    phrases: Vec<(Box<str>, Place)>,
}

impl Glance {
    /// Scans a file; none if only parsing can tell. Strings over several lines are not looked for: one that looks like an anchor at
    /// most adds phrases, and a line of an anchor that starts one has no closing quote.
    fn at(file: &[u8]) -> Option<Glance> {
        let mut phrases = Vec::new();
        for at in ANCHOR.find_iter(file) {
            match file.get(line_start(file, at)..at)?.trim_ascii_start() {
                [b'#', ..] => continue,
                [b'[', ..] => {}
                _ => return None, // perhaps `anchor = [{ … }]`
            }
            let from = memchr(b'\n', file.get(at..)?).map_or(file.len(), |end| at + end + 1);
            let part = table(file.get(from..)?);
            let (mut place, first) = (Place::Body, phrases.len());
            for string in strings(part)? {
                let text = part.get(string.clone())?;
                match place_of(text).filter(|_| is_key(part, string.start, b"place")) {
                    Some(named) => place = named,
                    None => phrases.push((std::str::from_utf8(text).ok()?.into(), Place::Body)),
                }
            }
            phrases.iter_mut().skip(first).for_each(|phrase| phrase.1 = place);
        }
        Some(Glance { phrases })
    }
}

/// The id of a file, if a scan can tell.
fn id(file: &[u8]) -> Option<&str> {
    let head = Some(table(file)).filter(|head| QUOTES.iter().all(|quotes| quotes.find(head).is_none()))?;
    let id = strings(head)?.into_iter().find(|string| is_key(head, string.start, b"id"))?;
    std::str::from_utf8(head.get(id)?).ok()
}

/// Where the line that a byte is on begins.
fn line_start(text: &[u8], at: usize) -> usize {
    text.get(..at).and_then(|before| memrchr(b'\n', before)).map_or(0, |end| end + 1)
}

/// Whether a byte is on a line with this key.
fn is_key(text: &[u8], at: usize, wanted: &[u8]) -> bool {
    let line = text.get(line_start(text, at)..at).unwrap_or_default();
    memchr(b'=', line).and_then(|end| line.get(..end)).is_some_and(|key| key.trim_ascii() == wanted)
}

/// A place by its name; the body includes the opening and the headings.
fn place_of(name: &[u8]) -> Option<Place> {
    match name {
        b"opening" => Some(Place::Opening),
        b"heading" => Some(Place::Heading),
        b"body" => Some(Place::Body),
        _ => None,
    }
}

/// The text above the next table.
fn table(text: &[u8]) -> &[u8] {
    let begins_line =
        |at: &usize| text.get(line_start(text, *at)..*at).unwrap_or_default().trim_ascii_start().is_empty();
    memchr_iter(b'[', text).find(begins_line).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Where the strings of a text are; none if any of them has escapes, or no end on its line.
fn strings(text: &[u8]) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..)
        && let Some(opens) = memchr3(b'"', b'\'', b'#', rest)
    {
        let quote = *rest.get(opens)?;
        let behind = rest.get(opens + 1..)?;
        let end = memchr(if quote == b'#' { b'\n' } else { quote }, behind);
        let start = from + opens + 1;
        if quote != b'#' {
            let string = behind.get(..end?)?;
            if memchr2(b'\\', b'\n', string).is_some() {
                return None;
            }
            found.push(start..start + string.len());
        }
        from = start + end.unwrap_or(behind.len()) + 1;
    }
    Some(found)
}

/// Reads a file into a buffer. Every document that no compiled format claims pays for this, so the file is not asked for its size first:
/// most fit the buffer, which all files share.
fn read_into(buffer: &mut Vec<u8>, path: &Path) -> io::Result<()> {
    const USUAL: usize = 8 * 1024;
    buffer.clear();
    buffer.reserve(USUAL);
    File::open(path)?.take(u64::MAX).read_to_end(buffer)?;
    Ok(())
}

impl Installed {
    /// A file in a folder.
    pub fn on_disk(path: PathBuf) -> Installed {
        Installed::new(Source::Disk(path))
    }

    /// A file whose text is at hand, such as a bundled one.
    pub fn of_text(name: &str, text: impl Into<Cow<'static, str>>) -> Installed {
        Installed::new(Source::Text(name.to_owned(), text.into()))
    }

    fn new(source: Source) -> Installed {
        let (bytes, id, glance, whole) = Default::default();
        Installed { source, bytes, id, glance, whole }
    }

    fn name(&self) -> Cow<'_, str> {
        match &self.source {
            Source::Disk(path) => path.file_name().unwrap_or_default().to_string_lossy(),
            Source::Text(name, _) => name.into(),
        }
    }

    fn bytes(&self) -> Result<&[u8], &str> {
        let read = || match &self.source {
            Source::Text(_, Cow::Borrowed(text)) => Ok(Cow::Borrowed(text.as_bytes())),
            Source::Text(_, Cow::Owned(text)) => Ok(Cow::Owned(text.clone().into_bytes())),
            Source::Disk(path) => {
                std::fs::read(path).map(Cow::Owned).map_err(|e| format!("{}: {e}", path.display()))
            }
        };
        self.bytes.get_or_init(read).as_ref().map(|bytes| &**bytes).map_err(String::as_str)
    }

    fn text(&self) -> Result<&str, String> {
        let at = || match &self.source {
            Source::Disk(path) => path.display().to_string(),
            Source::Text(name, _) => name.clone(),
        };
        std::str::from_utf8(self.bytes()?).map_err(|e| format!("{}: it is not UTF-8: {e}", at()))
    }

    /// A scan of the file; what it says is not kept, as most files are needed for nothing else.
    fn glance(&self, buffer: &mut Vec<u8>) -> Option<&Glance> {
        let scan = || match &self.source {
            Source::Text(_, text) => Glance::at(text.as_bytes()),
            Source::Disk(path) => read_into(buffer, path).ok().and_then(|()| Glance::at(buffer)),
        };
        self.glance.get_or_init(scan).as_ref()
    }

    /// The format.
    ///
    /// # Errors
    /// What is wrong with the file, one line each.
    pub fn whole(&self) -> Result<&Whole, &[String]> {
        let read = || {
            let text = self.text().map_err(|why| vec![why])?;
            let format = FileFormat::new(&self.name(), text)
                .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>())?;
            Ok(Box::new(Whole { format, validator: OnceLock::new() }))
        };
        self.whole.get_or_init(read).as_deref().map_err(Vec::as_slice)
    }

    /// What was found wrong with it so far.
    pub fn refused(&self) -> &[String] {
        self.whole.get().and_then(|w| w.as_ref().err()).map_or(&[], Vec::as_slice)
    }

    /// Whether its format may have the id. If not, it need not be read.
    pub fn may_be(&self, wanted: &str) -> bool {
        let own = self.id.get_or_init(|| self.bytes().ok().and_then(id).map(str::to_owned));
        own.as_ref().is_none_or(|own| own == wanted)
    }

    /// Whether it may claim a document: one without any of its anchors' phrases is not of its format. Reads the file into the buffer.
    pub fn may_claim(&self, texts: &Texts, buffer: &mut Vec<u8>) -> bool {
        let stands = |(phrase, place): &(Box<str>, Place)| texts.has(phrase, *place);
        self.glance(buffer).is_none_or(|glance| glance.phrases.iter().any(stands))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_sees_all_anchors_of_the_whole_file() {
        for (name, text) in crate::BUNDLED {
            let (file, _) = crate::parse(name, text).unwrap();
            let glance = Glance::at(text.as_bytes()).unwrap();
            let seen: Vec<(String, Place)> =
                glance.phrases.into_iter().map(|(phrase, place)| (phrase.into(), place)).collect();
            let phrases = file.anchors.iter().flat_map(|a| a.phrases.iter().map(|p| (p.clone(), a.place)));
            let phrases: Vec<(String, Place)> = phrases.collect();
            assert_eq!((id(text.as_bytes()), seen), (Some(file.id.as_str()), phrases), "{name}");
        }
    }

    #[test]
    fn anchors_are_seen_however_they_are_written() {
        let seen = |text: &str| Some(format!("{:?}", Glance::at(text.as_bytes())?.phrases));
        let spaced = "id = 'a.b'\n[[field]]\nx = 'no'\n  [[ \"anchor\" ]] # whose\nphrases = ['A',\n \"B\"] # it's\nplace = 'heading'";
        assert_eq!(seen(spaced).as_deref(), Some("[(\"A\", Heading), (\"B\", Heading)]"));
        let named = "[[anchor]]\nphrases = ['heading', # 'A'\n 'place']\nplace = \"body\"\n";
        assert_eq!(seen(named).as_deref(), Some("[(\"heading\", Body), (\"place\", Body)]"));
        for only_the_whole_tells in [
            "title = \"\"\"\n[[anchor]]\n\"\"\"",
            "anchor = [{ phrases = 'A', place = 'body' }]",
            "[[anchor]]\nphrases = \"\\u0041\"",
            "[[anchor]]\nphrases = \"A",
        ] {
            assert_eq!(seen(only_the_whole_tells), None);
        }
    }
}
