//! Resolves hyphens at line ends: "ser-" / "vices" is "services", "multi-" / "agency" keeps its hyphen.
//!
//! Most hyphens at a line's end were written by the author. One is removed only if the word without it is known (from
//! the rest of the document or from the lists) and there is no evidence for a compound.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memchr;
use rustc_hash::FxHashMap;

use super::vocabulary::Vocabulary;
use super::{Repair, RepairKind};
use crate::cut::Cut;
use crate::text::{TextLayer, TextLine};

/// Prefixes that form compounds.
const PREFIXES: &[&str] = &[
    "anti", "bi", "co", "de", "ex", "extra", "inter", "mid", "mini", "mis", "multi", "non", "ongoing",
    "over", "post", "pre", "pro", "re", "self", "semi", "sub", "trans", "un", "under", "well",
];
/// At least this many broken words that can't be compounds show that a document was hyphenated automatically.
const AUTOMATIC: usize = 2;
/// Each part of a broken word has at least this many letters: "a-" / "level" is not one.
const PART: usize = 2;

/// Replaces hyphens that the typesetter inserted by soft hyphens, at which the lines are joined.
pub(super) fn resolve(layer: &mut TextLayer) -> Vec<Repair> {
    let breaks = breaks(layer);
    if breaks.is_empty() {
        return Vec::new();
    }
    let known = Known::of(layer, &breaks);
    let clear = breaks.iter().filter(|b| known.is_clear(b)).count();
    let resolved = breaks.iter().filter(|b| known.is_clear(b) || clear >= AUTOMATIC && known.is_likely(b));
    resolved.map(|b| take_out(layer, b)).collect()
}

/// A word that ends a line with a hyphen, and the first word of the next line.
struct Break {
    /// Indices of the page and of the line.
    page: usize,
    line: usize,
    /// The letters before and after the hyphen, in lower case.
    head: String,
    tail: String,
}

impl Break {
    fn merged(&self) -> String {
        format!("{}{}", self.head, self.tail)
    }

    fn compound(&self) -> String {
        format!("{}-{}", self.head, self.tail)
    }
}

/// The words that are broken at line ends.
fn breaks(layer: &TextLayer) -> Vec<Break> {
    let mut out = Vec::new();
    for (page, lines) in layer.pages.iter().map(|p| &p.lines).enumerate() {
        for (line, pair) in lines.windows(2).enumerate() {
            if let Some((head, tail)) = parts(&pair[0], &pair[1]) {
                out.push(Break { page, line, head, tail });
            }
        }
    }
    out
}

/// The letters on both sides of a line break, if a word is broken there.
fn parts(line: &TextLine, next: &TextLine) -> Option<(String, String)> {
    let (last, first) = (line.words.last()?, next.words.first()?);
    let repaired = last.original.is_some() || first.original.is_some();
    let before = last.text.strip_suffix(['-', '\u{2010}']).filter(|_| !repaired && !next.same_row)?;
    let head = before.rsplit(|c: char| !c.is_alphabetic()).next()?;
    let tail = first.text.split(|c: char| !c.is_alphabetic()).next()?;
    let broken =
        head.chars().count() >= PART && tail.chars().count() >= PART && tail.starts_with(char::is_lowercase);
    broken.then(|| (head.to_lowercase(), tail.to_lowercase()))
}

/// What is known of the broken words.
struct Known {
    vocabulary: &'static Vocabulary,
    /// The words and compounds in question → whether the document also has them unbroken.
    words: FxHashMap<String, bool>,
    /// The parts before the hyphens → whether a compound in the document begins with them.
    first_parts: FxHashMap<String, bool>,
}

impl Known {
    fn of(layer: &TextLayer, breaks: &[Break]) -> Known {
        let asked = |b: &Break| [b.head.clone(), b.tail.clone(), b.merged(), b.compound()];
        let mut known = Known {
            vocabulary: Vocabulary::get(),
            words: breaks.iter().flat_map(asked).map(|word| (word, false)).collect(),
            first_parts: breaks.iter().map(|b| (b.head.clone(), false)).collect(),
        };
        for lines in layer.pages.iter().map(|p| &p.lines) {
            let mut broken = false;
            for line in lines {
                for (at, word) in line.words.iter().enumerate() {
                    let ends = at + 1 == line.words.len() && word.text.ends_with('-');
                    if !(ends || broken && at == 0) {
                        known.add(&word.text);
                    }
                    broken = ends;
                }
            }
        }
        known
    }

    fn add(&mut self, word: &str) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_lower = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let word = if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
        if let Some(stands) = self.words.get_mut(&*word) {
            *stands = true;
        }
        let first = memchr(b'-', word.as_bytes()).and_then(|end| self.first_parts.get_mut(word.head(end)));
        if let Some(stands) = first {
            *stands = true;
        }
    }

    fn stands(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|stands| *stands)
    }

    fn is_word(&self, word: &str) -> bool {
        self.stands(word) || self.vocabulary.rank(word, false).is_some()
    }

    /// Whether the word without the hyphen is known, from the document or the lists, and the compound is not.
    fn is_likely(&self, b: &Break) -> bool {
        let merged = b.merged();
        let begins_compounds = self.first_parts.get(&b.head).is_some_and(|stands| *stands);
        self.is_word(&merged)
            && !self.stands(&b.compound())
            && self.vocabulary.compound(&merged).is_none()
            && !(PREFIXES.contains(&b.head.as_str()) && begins_compounds)
    }

    /// Whether, moreover, the two parts can't form a compound.
    fn is_clear(&self, b: &Break) -> bool {
        let both = self.is_word(&b.head) && self.is_word(&b.tail);
        self.is_likely(b) && !both && !PREFIXES.contains(&b.head.as_str())
    }
}

fn take_out(layer: &mut TextLayer, b: &Break) -> Repair {
    let page = &mut layer.pages[b.page];
    let number = page.number;
    let (lines, next) = page.lines.split_at_mut(b.line + 1);
    let mut repair =
        Repair { kind: RepairKind::LineEndHyphen, page: number, before: String::new(), after: String::new() };
    if let (Some(last), Some(first)) = (lines[b.line].words.last_mut(), next[0].words.first_mut()) {
        let stood: Arc<str> = format!("{} {}", last.text, first.text).into();
        last.text.pop();
        repair.before = stood.to_string();
        repair.after = format!("{}{}", last.text, first.text);
        last.text.push('\u{ad}');
        last.original = Some(stood.clone());
        first.original = Some(stood);
    }
    repair
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;

    fn read(text: &str) -> String {
        let mut layer = crate::text::plain::read(text);
        resolve(&mut layer);
        let doc = Outline::build(&layer);
        doc.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn a_typesetters_hyphen_is_taken_out() {
        assert_eq!(
            read("Work in the ser-\nvices for chil-\ndren is good."),
            "Work in the services for children is good."
        );
    }

    #[test]
    fn a_printed_hyphen_stays() {
        for text in [
            "A multi-\nagency plan is made.",
            "It is co-\nordinated work.",
            "The well-\nbeing of all is seen.",
        ] {
            assert_eq!(read(text), text.replace('\n', ""));
        }
    }

    #[test]
    fn a_compound_that_stands_elsewhere_stays_one() {
        let text = "Front-line staff help chil-\ndren in ser-\nvices at the front-\nline of it.";
        assert_eq!(read(text), "Front-line staff help children in services at the front-line of it.");
    }

    #[test]
    fn evidence_shows_what_stood_there() {
        let mut layer = crate::text::plain::read("Work in the ser-\nvices is good.");
        let repairs = resolve(&mut layer);
        assert_eq!((repairs[0].before.as_str(), repairs[0].after.as_str()), ("ser- vices", "services"));
        let doc = Outline::build(&layer);
        let evidence = doc.blocks[0].text.evidence_all("test");
        assert_eq!(evidence.quote.as_deref(), Some("Work in the ser- vices is good."));
        assert_eq!(evidence.repairs.as_deref(), Some(&["ser- vices → services".to_owned()][..]));
    }
}
