//! An installed file. Most documents only need to know whether it may claim them, so the rest is read on first use.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use findings_core::format::{Place, Texts};
use jsonschema::Validator;
use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memchr3, memrchr};
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
    /// Where the phrases of its anchors are in the file.
    phrases: Vec<(Range<usize>, Place)>,
}

impl Glance {
    /// Scans a file; none if only parsing can tell. Strings over several lines are not looked for: one that looks like an anchor at
    /// most adds phrases, and a line of an anchor that starts one has no closing quote.
    fn at(file: &[u8]) -> Option<Glance> {
        let mut phrases = Vec::new();
        for at in ANCHOR.find_iter(file) {
            let before = file.get(..at)?;
            let line = memrchr(b'\n', before).map_or(0, |end| end + 1);
            match before.get(line..)?.trim_ascii_start() {
                [b'#', ..] => continue,
                [b'[', ..] => {}
                _ => return None, // perhaps `anchor = [{ … }]`
            }
            let from = memchr(b'\n', file.get(at..)?).map_or(file.len(), |end| at + end + 1);
            let (mut place, first) = (Place::Body, phrases.len());
            for line in lines(file, from..from + table(file.get(from..)?).len()) {
                let said = file.get(line.clone())?;
                match key(said) {
                    b"weight" => {}
                    b"place" => place = place_of(file, &strings(said, line.start)?),
                    _ => phrases.extend(strings(said, line.start)?.into_iter().map(|phrase| (phrase, place))),
                }
            }
            phrases.iter_mut().skip(first).for_each(|phrase| phrase.1 = place);
        }
        Some(Glance { phrases })
    }
}

/// The id of a file, if a scan can tell.
fn id(file: &[u8]) -> Option<&str> {
    let head = table(file);
    let line =
        lines(head, 0..head.len()).find(|line| head.get(line.clone()).is_some_and(|l| key(l) == b"id"));
    let line = line.filter(|_| is_plain(head))?;
    let id = strings(head.get(line.clone())?, line.start)?.into_iter().next()?;
    std::str::from_utf8(head.get(id)?).ok()
}

/// Whether no string runs over several lines: it could contain what looks like the start of a table.
fn is_plain(text: &[u8]) -> bool {
    QUOTES.iter().all(|quotes| quotes.find(text).is_none())
}

/// The key of a line; empty if it has none.
fn key(line: &[u8]) -> &[u8] {
    memchr(b'=', line).and_then(|at| line.get(..at)).unwrap_or_default().trim_ascii()
}

/// A place by its name; anything else is `Body`, which contains every other place.
fn place_of(file: &[u8], names: &[Range<usize>]) -> Place {
    match names {
        [name] => match file.get(name.clone()) {
            Some(b"opening") => Place::Opening,
            Some(b"heading") => Place::Heading,
            _ => Place::Body,
        },
        _ => Place::Body, // the body includes the opening and the headings
    }
}

/// The text above the next table.
fn table(text: &[u8]) -> &[u8] {
    let begins_line = |at: &usize| {
        let before = text.get(..*at).unwrap_or_default();
        let line = memrchr(b'\n', before).map_or(0, |end| end + 1);
        before.get(line..).unwrap_or_default().trim_ascii_start().is_empty()
    };
    memchr_iter(b'[', text).find(begins_line).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The lines of a part of a file.
fn lines(file: &[u8], part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let text = file.get(part.clone()).unwrap_or_default();
    let mut from = part.start;
    memchr_iter(b'\n', text).map(move |end| part.start + end).chain([part.end]).map(move |end| {
        let line = from..end;
        from = end + 1;
        line
    })
}

/// Where the strings of a line are, given its position `at`; none if any of them has escapes.
fn strings(line: &[u8], at: usize) -> Option<Vec<Range<usize>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = line.get(from..)
        && let Some(opens) = memchr3(b'"', b'\'', b'#', rest).filter(|opens| rest.get(*opens) != Some(&b'#'))
    {
        let behind = rest.get(opens + 1..)?;
        let string = behind.get(..memchr(*rest.get(opens)?, behind)?)?;
        if memchr(b'\\', string).is_some() {
            return None;
        }
        let start = from + opens + 1;
        found.push(at + start..at + start + string.len());
        from = start + string.len() + 1;
    }
    Some(found)
}

/// The bytes of a file. Every document that no compiled format claims pays for this, so the file is not asked for its size first: most
/// fit the buffer.
fn contents(path: &Path) -> io::Result<Vec<u8>> {
    const USUAL: usize = 8 * 1024;
    let mut bytes = Vec::with_capacity(USUAL);
    File::open(path)?.take(u64::MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
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
                contents(path).map(Cow::Owned).map_err(|e| format!("{}: {e}", path.display()))
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

    fn glance(&self) -> Option<&Glance> {
        self.glance.get_or_init(|| Glance::at(self.bytes().ok()?)).as_ref()
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

    /// Whether it may claim a document: one without any of its anchors' phrases is not of its format.
    pub fn may_claim(&self, texts: &Texts) -> bool {
        let (Some(glance), Ok(file)) = (self.glance(), self.bytes()) else { return true };
        let stands = |(phrase, place): &(Range<usize>, Place)| {
            let phrase = file.get(phrase.clone()).and_then(|bytes| std::str::from_utf8(bytes).ok());
            phrase.is_none_or(|phrase| texts.has(phrase, *place))
        };
        glance.phrases.iter().any(stands)
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
                glance.phrases.into_iter().map(|(at, place)| (text[at].to_owned(), place)).collect();
            let phrases = file.anchors.iter().flat_map(|a| a.phrases.iter().map(|p| (p.clone(), a.place)));
            let phrases: Vec<(String, Place)> = phrases.collect();
            assert_eq!((id(text.as_bytes()), seen), (Some(file.id.as_str()), phrases), "{name}");
        }
    }

    #[test]
    fn anchors_are_seen_however_they_are_written() {
        let seen = |text: &str| {
            let phrases =
                Glance::at(text.as_bytes())?.phrases.into_iter().map(|(at, place)| (&text[at], place));
            Some(format!("{:?}", phrases.collect::<Vec<_>>()))
        };
        let spaced = "id = 'a.b'\n[[field]]\nx = 'no'\n  [[ \"anchor\" ]] # whose\nphrases = ['A',\n \"B\"] # it's\nplace = 'heading'";
        assert_eq!(seen(spaced).as_deref(), Some("[(\"A\", Heading), (\"B\", Heading)]"));
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
