//! Every place that recurring text points to, with the texts there in each sample.

use findings_core::grammar::is_person_like;
use findings_core::grammar::label::{contains_label, find_label};
use findings_core::text::Text;

use super::constants::{Constant, Constants, key};
use super::guess::distinct;
use super::kinds::{self, has_postcode};
use super::scales::{FORM, come_again};
use super::valued::TITLE;
use crate::model::{FormatFile, Phrases, Place, Which};
use crate::read::places::{Labels, look};
use crate::read::values::quoted;
use crate::read::view::View;

/// A place with the texts there.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub place: Place,
    /// The label, as printed; empty for a heading.
    pub label: String,
    /// The line where the label first occurs.
    pub at: usize,
    /// The sentence before the label, in the first sample that has it.
    pub context: String,
    /// How many samples print the label.
    pub samples: usize,
    /// Whether only a few samples print the label.
    pub sparse: bool,
    /// The text in each sample; none where the label is not printed.
    pub texts: Vec<Option<Text>>,
}

impl Candidate {
    /// The texts that are not empty.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().flatten().map(|t| t.as_str().trim()).filter(|t| !t.is_empty())
    }

    /// How many samples have text there.
    pub fn bearing(&self) -> usize {
        self.values().count()
    }

    /// How many different texts there are.
    pub fn distinct(&self) -> usize {
        let mut all: Vec<String> = self.values().map(key).collect();
        all.sort();
        all.dedup();
        all.len()
    }

    /// The kind of place: `after`, `row`, …
    pub fn kind(&self) -> &'static str {
        self.place.label().map_or("heading", |(kind, _)| kind)
    }
}

/// All places, most reliable kinds first.
pub(super) fn all(views: &[View], constants: &Constants) -> Vec<Candidate> {
    let texts = |all: &[Constant]| -> Vec<String> { all.iter().map(|c| c.text.clone()).collect() };
    let (mut colons, rows) = (texts(&constants.colons), texts(&constants.rows));
    let sparse: Vec<&Constant> =
        constants.sparse.iter().filter(|c| is_among_labels(views, c, constants)).collect();
    colons.extend(sparse.iter().map(|c| c.text.clone()));
    let labels = Labels { lines: &colons, rows: &rows, ..Labels::default() };
    let mut pool = Vec::new();
    for cell in &constants.rows {
        // In a row with several labels, each is read by `after`.
        let of_one = |c: &Candidate| !c.values().any(|v| colons.iter().any(|l| contains_label(v, l)));
        let place = Place { row: one(cell), ..Place::default() };
        pool.extend(candidate(views, labels, cell, place).filter(of_one));
    }
    for colon in &constants.colons {
        pool.extend(after(views, labels, colon));
        let place = Place { above: one(colon), block: true, ..Place::default() };
        pool.extend(candidate(views, labels, colon, place).filter(|c| c.values().all(has_postcode)));
    }
    for label in sparse {
        let place = Place { after: one(label), lines: Some(1), ..Place::default() };
        pool.extend(candidate(views, labels, label, place).map(|c| Candidate { sparse: true, ..c }));
    }
    for line in &constants.lines {
        let below = candidate(views, labels, line, Place { below: one(line), ..Place::default() });
        pool.extend(below.map(|c| Candidate { context: title(views, line), ..c }));
        pool.extend(candidate(views, labels, line, Place { above: one(line), ..Place::default() }));
        pool.extend(candidate(views, labels, line, Place { under: one(line), ..Place::default() }));
    }
    for cell in constants.cells.iter().filter(|c| c.text.ends_with(':')) {
        pool.extend(candidate(views, labels, cell, Place { below: one(cell), ..Place::default() }));
    }
    // The entry below a label in small print; if values are printed like labels, there are no boxes.
    let print = texts(&constants.print);
    let boxes = Labels { boxes: &print, ..labels };
    for label in &constants.print {
        pool.extend(candidate(views, boxes, label, Place { boxed: one(label), ..Place::default() }));
    }
    for begin in &constants.begins {
        pool.extend(after(views, labels, begin));
    }
    pool.extend(constants.sentences.iter().filter_map(|sentence| in_sentence(views, labels, sentence)));
    for rank in 1..=3 {
        let place = Place { heading: Some(rank), ..Place::default() };
        pool.extend(candidate(views, labels, &Constant::default(), place));
    }
    pool
}

/// The place behind the first words of a sentence, up to the words that all its values end with.
fn in_sentence(views: &[View], labels: Labels<'_>, sentence: &Constant) -> Option<Candidate> {
    let place = Place { sentence: one(sentence), ..Place::default() };
    let whole = candidate(views, labels, sentence, place.clone());
    let until = behind_grade(views, &place).or_else(|| whole.as_ref().and_then(ending).map(Phrases::one));
    let until = until.map(|until| Place { until, ..place });
    let found = until.and_then(|place| candidate(views, labels, sentence, place)).or(whole);
    found.map(|c| Candidate { context: before(views, &sentence.text), ..c })
}

/// The words that different short values all end with, after other words: "Good overall", "Weak overall".
fn ending(c: &Candidate) -> Option<String> {
    let values: Vec<Vec<&str>> = c.values().map(|v| v.rsplit(' ').collect()).collect();
    let (first, rest) = values.split_first()?;
    let alike = |value: &Vec<&str>| first.iter().zip(value).take_while(|(a, b)| a == b).count();
    let shared = rest.iter().map(alike).min()?;
    let short = values.iter().all(|value| (shared + 1..=FORM).contains(&value.len()));
    let words: Vec<&str> = first.iter().take(shared).rev().copied().collect();
    let are_words = words.iter().all(|word| word.chars().all(char::is_alphabetic));
    (short && are_words && !words.is_empty()).then(|| words.join(" "))
}

/// Whether the lines above or below a label begin with labels of most samples, wherever it is printed.
fn is_among_labels(views: &[View], sparse: &Constant, constants: &Constants) -> bool {
    let is_it = |text: &str| text.starts_with(sparse.text.as_str());
    let among = |view: &View| {
        let at = view.lines.iter().position(|l| is_it(l.text.as_str()))?;
        let near =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| view.lines.get(at));
        Some(near.into_iter().any(|l| constants.begins_with_label(l.text.as_str())))
    };
    views.iter().filter_map(among).all(|among| among)
}

/// Words that a sentence continues with after a grade: "We graded the service as good at preventing fires".
const GOES_ON: &[&str] =
    &["at", "for", "in", "overall", "because", "as", "and", "with", "on", "but", "against"];

/// The words that end a grade in a sentence, wherever it occurs.
fn behind_grade(views: &[View], place: &Place) -> Option<Phrases> {
    let each = Place { which: Which::Each, ..place.clone() };
    let file = FormatFile::default();
    let texts: Vec<Text> =
        views.iter().flat_map(|v| look(v, &file, &each, Labels::default()).texts).collect();
    let goes_on = |word: &str| GOES_ON.contains(&word.trim_end_matches(','));
    let mut until: Vec<String> = Vec::new();
    let grade = |text: &Text| {
        let words: Vec<&str> = text.as_str().split_whitespace().collect();
        let end = words.iter().position(|w| goes_on(w)).unwrap_or(words.len());
        if let Some(word) =
            words.get(end).map(|w| w.trim_end_matches(',')).filter(|w| !until.iter().any(|u| u == w))
        {
            until.push(word.to_owned());
        }
        words[..end].join(" ").trim_end_matches(',').to_owned()
    };
    let all: Vec<String> = texts.iter().map(grade).collect();
    let graded =
        all.iter().all(|grade| grade.split_whitespace().count() <= FORM && kinds::is_of_grades(grade));
    let (seen, forms) = (all.len(), distinct(all));
    (graded && !until.is_empty() && come_again(&forms, seen)).then_some(Phrases(until))
}

/// Whether a field's first place is in a sentence.
pub(super) fn is_sentence(find: &[Place]) -> bool {
    find.first().is_some_and(|place| !place.sentence.is_empty())
}

/// The lines above a line of the title, in the first sample that has it: "Report on an inspection of".
fn title(views: &[View], line: &Constant) -> String {
    let at = |v: &&View| v.lines.iter().take(TITLE).position(|l| l.text.as_str() == line.text);
    let above = views.iter().find_map(|v| Some(&v.lines[..at(&v)?]));
    above.unwrap_or_default().iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The beginning of the sentence in which a label first occurs.
fn before(views: &[View], label: &str) -> String {
    let found = views.iter().flat_map(|v| &v.doc.blocks).find_map(|block| {
        let text = block.text.as_str();
        let at = block.text.range_of(find_label(text, label)?).start;
        let begin = text[..at].rfind(". ").map_or(0, |stop| stop + 2);
        Some(text[begin..at].to_owned())
    });
    found.unwrap_or_default()
}

fn one(constant: &Constant) -> Phrases {
    Phrases::one(&constant.text)
}

/// A place with the texts there; none if no sample has any.
pub(super) fn candidate(
    views: &[View],
    labels: Labels,
    constant: &Constant,
    place: Place,
) -> Option<Candidate> {
    let file = FormatFile::default();
    let texts = views.iter().map(|v| look(v, &file, &place, labels).texts.into_iter().next());
    let in_sentence = !place.sentence.is_empty();
    let grade = |text: Text| if in_sentence { quoted(&text).unwrap_or(text) } else { text };
    let texts: Vec<Option<Text>> = texts.map(|t| t.filter(|t| !t.is_empty()).map(grade)).collect();
    let some = texts.iter().any(Option::is_some);
    some.then(|| Candidate {
        place,
        label: constant.text.clone(),
        at: constant.at,
        samples: constant.samples,
        sparse: false,
        context: String::new(),
        texts,
    })
}

/// A value after a label extends over the lines below if these begin in lower case or have a postcode.
fn after(views: &[View], labels: Labels, constant: &Constant) -> Option<Candidate> {
    let wide = candidate(views, labels, constant, Place { after: one(constant), ..Place::default() })?;
    let short = Place { after: one(constant), lines: Some(1), ..Place::default() };
    let short = candidate(views, labels, constant, short)?;
    let longer = wide.texts.iter().zip(&short.texts).filter_map(|(wide, short)| {
        let (wide, short) = (wide.as_ref()?.as_str(), short.as_ref()?.as_str());
        wide.strip_prefix(short).map(str::trim).filter(|rest| !rest.is_empty())
    });
    let longer: Vec<&str> = longer.collect();
    let named = |rest: &str| rest.split(", ").next().is_some_and(is_person_like);
    let goes_on = |rest: &&&str| rest.starts_with(char::is_lowercase) || has_postcode(rest) || named(rest);
    let on = longer.iter().filter(goes_on).count();
    Some(if longer.is_empty() || on * 2 > longer.len() { wide } else { short })
}
