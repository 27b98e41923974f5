//! A file as it is at hand: each document asks only whose it is, so the rest is read when it is first needed.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{LazyLock, OnceLock};

use findings_core::format::{Place, Texts};
use jsonschema::Validator;
use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memchr3, memrchr};
use serde_json::Value;

use crate::{FileFormat, extension};

/// A file, and what of it has been read.
#[derive(Debug)]
pub(crate) struct Installed {
    name: String,
    source: Source,
    text: OnceLock<Result<Cow<'static, str>, String>>,
    id: OnceLock<Option<String>>,
    glance: OnceLock<Option<Glance>>,
    whole: OnceLock<Result<Box<Whole>, Vec<String>>>,
}

#[derive(Debug)]
enum Source {
    Disk(PathBuf),
    Text(Cow<'static, str>),
}

/// A format, with the schema of its extension.
#[derive(Debug)]
pub(crate) struct Whole {
    pub format: FileFormat,
    validator: OnceLock<Option<Validator>>,
}

impl Whole {
    /// What records' extensions are held against.
    pub fn validator(&self) -> Option<&Validator> {
        let make = || {
            let schema: Value = extension::schema(self.format.file());
            jsonschema::options().should_validate_formats(true).build(&schema).ok()
        };
        self.validator.get_or_init(make).as_ref()
    }
}

/// What quotes a text over several lines.
static QUOTES: LazyLock<[Finder; 2]> = LazyLock::new(|| [Finder::new("\"\"\""), Finder::new("'''")]);
static ANCHOR: LazyLock<Finder> = LazyLock::new(|| Finder::new("anchor"));

/// What tells, at a glance, whose documents a file may be for: never less than the file itself says. A document that is no
/// file's own pays for no more than this of each file, so it is taken from the bytes.
#[derive(Debug)]
struct Glance {
    /// The phrases of its anchors.
    phrases: Vec<(String, Place)>,
}

impl Glance {
    /// A glance at a file; none where only all of it can tell. A text over several lines is not looked for: one that looks like an
    /// anchor adds phrases at most, and a line of an anchor that begins one has no end to its string.
    fn at(text: &str) -> Option<Glance> {
        let mut phrases = Vec::new();
        for at in ANCHOR.find_iter(text.as_bytes()) {
            let line = memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |end| end + 1);
            match text.as_bytes()[line..at].trim_ascii_start() {
                [b'#', ..] => continue,
                [b'[', ..] => {}
                _ => return None, // perhaps `anchor = [{ … }]`
            }
            let from = memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |end| at + end + 1);
            let (mut place, first) = (Place::Body, phrases.len());
            for line in lines(table(&text[from..])) {
                match key(line) {
                    b"weight" => {}
                    b"place" => place = place_of(&strings(line)?),
                    _ => phrases.extend(strings(line)?.into_iter().map(|phrase| (phrase.to_owned(), place))),
                }
            }
            phrases[first..].iter_mut().for_each(|phrase| phrase.1 = place);
        }
        Some(Glance { phrases })
    }
}

/// The id of a file, if a glance can tell.
fn id(text: &str) -> Option<&str> {
    let head = table(text);
    let line = lines(head).find(|line| key(line) == b"id").filter(|_| is_plain(head))?;
    strings(line)?.first().copied()
}

/// Whether no text runs over several lines: such a one may hold what looks like the begin of a table.
fn is_plain(text: &str) -> bool {
    QUOTES.iter().all(|quotes| quotes.find(text.as_bytes()).is_none())
}

/// The key of a line; nothing where it has none.
fn key(line: &str) -> &[u8] {
    let line = line.as_bytes();
    memchr(b'=', line).map_or(&[][..], |at| line[..at].trim_ascii())
}

/// A place by its name; of one that is none, where all others are.
fn place_of(names: &[&str]) -> Place {
    match names {
        ["opening"] => Place::Opening,
        ["heading"] => Place::Heading,
        _ => Place::Body, // all that the opening and the headings have is in the body
    }
}

/// What stands above the next table.
fn table(text: &str) -> &str {
    let begins_line = |at: &usize| {
        let line = memrchr(b'\n', &text.as_bytes()[..*at]).map_or(0, |end| end + 1);
        text.as_bytes()[line..*at].trim_ascii_start().is_empty()
    };
    memchr_iter(b'[', text.as_bytes()).find(begins_line).map_or(text, |at| &text[..at])
}

/// The lines of a text.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).map(move |end| {
        let line = &text[from..end];
        from = end + 1;
        line
    })
}

/// The strings of a line; none where one is not plain.
fn strings(line: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = memchr3(b'"', b'\'', b'#', rest.as_bytes()).filter(|at| rest.as_bytes()[*at] != b'#')
    {
        let from = &rest[at + 1..];
        let string = &from[..memchr(rest.as_bytes()[at], from.as_bytes())?];
        if memchr(b'\\', string.as_bytes()).is_some() {
            return None;
        }
        found.push(string);
        rest = &from[string.len() + 1..];
    }
    Some(found)
}

impl Installed {
    /// A file of a folder.
    pub fn on_disk(path: PathBuf) -> Installed {
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        Installed::new(name, Source::Disk(path))
    }

    /// A file whose text is at hand, as of those that come with findings.
    pub fn of_text(name: &str, text: impl Into<Cow<'static, str>>) -> Installed {
        Installed::new(name.to_owned(), Source::Text(text.into()))
    }

    fn new(name: String, source: Source) -> Installed {
        let (text, id, glance, whole) = Default::default();
        Installed { name, source, text, id, glance, whole }
    }

    fn text(&self) -> Result<&str, &str> {
        let read = || match &self.source {
            Source::Text(text) => Ok(text.clone()),
            Source::Disk(path) => {
                std::fs::read_to_string(path).map(Cow::Owned).map_err(|e| format!("{}: {e}", path.display()))
            }
        };
        self.text.get_or_init(read).as_ref().map(|text| &**text).map_err(|why| why.as_str())
    }

    fn glance(&self) -> Option<&Glance> {
        self.glance.get_or_init(|| Glance::at(self.text().ok()?)).as_ref()
    }

    /// The format.
    ///
    /// # Errors
    /// What is wrong with the file, a line each.
    pub fn whole(&self) -> Result<&Whole, &[String]> {
        let read = || {
            let text = self.text().map_err(|why| vec![why.to_owned()])?;
            let format = FileFormat::new(&self.name, text)
                .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>())?;
            Ok(Box::new(Whole { format, validator: OnceLock::new() }))
        };
        self.whole.get_or_init(read).as_deref().map_err(Vec::as_slice)
    }

    /// What was found wrong with it so far.
    pub fn refused(&self) -> &[String] {
        self.whole.get().and_then(|w| w.as_ref().err()).map_or(&[], Vec::as_slice)
    }

    /// Whether its format may have an id: if not, it need not be read to know.
    pub fn may_be(&self, wanted: &str) -> bool {
        let own = self.id.get_or_init(|| self.text().ok().and_then(id).map(str::to_owned));
        own.as_ref().is_none_or(|own| own == wanted)
    }

    /// Whether a document may be of its format: what has none of its anchors' phrases can't be.
    pub fn may_claim(&self, texts: &Texts) -> bool {
        self.glance()
            .is_none_or(|glance| glance.phrases.iter().any(|(phrase, place)| texts.has(phrase, *place)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_sees_all_anchors_of_the_whole_file() {
        for (name, text) in crate::BUNDLED {
            let (file, _) = crate::parse(name, text).unwrap();
            let glance = Glance::at(text).unwrap();
            let phrases = file.anchors.iter().flat_map(|a| a.phrases.iter().map(|p| (p.clone(), a.place)));
            let phrases: Vec<(String, Place)> = phrases.collect();
            assert_eq!((id(text), glance.phrases), (Some(file.id.as_str()), phrases), "{name}");
        }
    }

    #[test]
    fn anchors_are_seen_however_they_are_written() {
        let seen = |text: &str| Glance::at(text).map(|g| format!("{:?}", g.phrases));
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
