//! A file as it is at hand: each document asks only whose it is, so the rest is read when it is first needed.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::OnceLock;

use findings_core::format::{Place, Texts};
use jsonschema::Validator;
use memchr::memmem;
use serde_json::Value;

use crate::{FileFormat, extension};

/// A file, and what of it has been read.
#[derive(Debug)]
pub(crate) struct Installed {
    name: String,
    source: Source,
    text: OnceLock<Result<Cow<'static, str>, String>>,
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

/// What tells, at a glance, whose documents a file may be for: never less than the file itself says.
#[derive(Debug)]
struct Glance {
    id: Option<String>,
    /// The phrases of its anchors.
    phrases: Vec<(String, Place)>,
}

impl Glance {
    /// A glance at a file; none where only all of it can tell.
    fn at(text: &str) -> Option<Glance> {
        let has = |what: &str| memmem::find(text.as_bytes(), what.as_bytes()).is_some();
        // A text over several lines may hold what looks like the begin of a table.
        if has("\"\"\"") || has("'''") {
            return None;
        }
        let mut glance = Glance { id: None, phrases: Vec::new() };
        for line in table(text) {
            if let Some((_, value)) = line.split_once('=').filter(|(key, _)| key.trim_end() == "id") {
                glance.id = strings(value)?.into_iter().next().map(str::to_owned);
            }
        }
        for at in memmem::find_iter(text.as_bytes(), "anchor") {
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            match text[line..].trim_start().as_bytes() {
                [b'#', ..] => continue,
                [b'[', ..] => {}
                _ => return None, // perhaps `anchor = [{ … }]`
            }
            let rest = text[at..].split_once('\n').map_or("", |(_, below)| below);
            let (mut phrases, mut place) = (Vec::new(), Place::Body);
            for line in table(rest) {
                let (key, value) = line.split_once('=').unwrap_or(("", line));
                let strings = strings(value)?;
                match key.trim_end() {
                    "place" => place = place_of(&strings),
                    "weight" => {}
                    _ => phrases.extend(strings.into_iter().map(str::to_owned)),
                }
            }
            glance.phrases.extend(phrases.into_iter().map(|phrase| (phrase, place)));
        }
        Some(glance)
    }
}

/// A place by its name; of one that is none, where all others are.
fn place_of(names: &[&str]) -> Place {
    match names {
        ["opening"] => Place::Opening,
        ["heading"] => Place::Heading,
        _ => Place::Body, // all that the opening and the headings have is in the body
    }
}

/// The lines down to the next table.
fn table(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_start).take_while(|line| !line.starts_with('['))
}

/// The strings of a line; none where one is not plain.
fn strings(line: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['"', '\'', '#']) {
        if rest[at..].starts_with('#') {
            break;
        }
        let (quote, from) = (&rest[at..=at], &rest[at + 1..]);
        let (string, behind) = from.split_once(quote)?;
        if string.contains('\\') {
            return None;
        }
        found.push(string);
        rest = behind;
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
        let (text, glance, whole) = Default::default();
        Installed { name, source, text, glance, whole }
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
    pub fn may_be(&self, id: &str) -> bool {
        self.glance().and_then(|glance| glance.id.as_deref()).is_none_or(|own| own == id)
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
            assert_eq!((glance.id, glance.phrases), (Some(file.id), phrases), "{name}");
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
