//! Which words occur in how many samples, and where first.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use findings_core::grammar::number::whole_number;
use findings_core::grammar::{date, find_all};
use findings_core::outline::Block;
use findings_core::text::Text;

use super::constants::key;
use super::kinds;
use super::valued::names_inspected;
use crate::read::beside::first_line;
use crate::read::view::{Line, View};

/// The longest a label can be, in words and in bytes.
const LABEL: (usize, usize) = (8, 60);
/// Lines of up to this many words are compared as a whole.
const LINE_WORDS: usize = 16;
/// The most words in a line that holds a label and a value without a colon.
const OPEN_LINE: usize = 14;
/// How many words such a line may have before its value; a sentence needs more, because fewer are not distinctive.
const BEGIN: RangeInclusive<usize> = 1..=6;
const SENTENCE: RangeInclusive<usize> = 3..=14;

/// The most words in a name.
const NAME: usize = 4;

/// In which samples some words occur.
#[derive(Default)]
pub(super) struct Count {
    pub text: String,
    pub at: usize,
    pub begins: bool,
    /// How often they occur in all samples together.
    pub times: usize,
    pub samples: BTreeSet<usize>,
}

pub(super) type Counts = BTreeMap<String, Count>;

/// What the samples print, by the role that it may have.
#[derive(Default)]
pub(super) struct Counted {
    pub lines: Counts,
    /// Words before a colon.
    pub colons: Counts,
    pub cells: Counts,
    /// First cells of rows, and cells that end in a colon.
    pub rows: Counts,
    /// What first cells of rows begin with.
    pub firsts: Counts,
    /// For each cell that is two columns to the right of a first cell: those first cells.
    pub beside: BTreeMap<String, Counts>,
    /// What lines begin with.
    pub begins: Counts,
    /// What sentences begin with.
    pub sentences: Counts,
    /// Words before a date or a number.
    pub values: Counts,
    /// Lines as they are on the page.
    pub print: Counts,
}

impl Counted {
    pub fn of(views: &[View]) -> Counted {
        let mut counted = Counted::default();
        for (sample, view) in views.iter().enumerate() {
            view.lines.iter().enumerate().for_each(|(at, line)| counted.line(line, sample, at));
            let short = |text: &&str| text.split_whitespace().count() <= LABEL.0;
            let printed = view.printed().iter().map(|line| line.as_str()).filter(short);
            printed.enumerate().for_each(|(at, text)| count(&mut counted.print, text, sample, at));
            // The rows of a table are no sentences.
            let rows: BTreeSet<usize> =
                view.lines.iter().filter(|l| l.cells.len() > 1).map(|l| l.block).collect();
            let is_prose = |(at, b): &(usize, &Block)| b.rows.is_empty() && !rows.contains(at);
            for (block, b) in view.doc.blocks.iter().enumerate().filter(is_prose) {
                let first = view.lines.iter().position(|l| l.block == block).unwrap_or(usize::MAX);
                counted.sentences(b, sample, first);
            }
        }
        counted
    }

    fn line(&mut self, line: &Line, sample: usize, at: usize) {
        let text = line.text.as_str();
        let words = text.split_whitespace().count();
        if words <= LINE_WORDS && line.cells.len() < 2 {
            count(&mut self.lines, text, sample, at);
        }
        for (n, cell) in line.cells.iter().map(Text::as_str).enumerate() {
            count(&mut self.cells, cell, sample, at);
            if n == 0 || cell.ends_with(':') {
                count(&mut self.rows, cell, sample, at);
            }
        }
        if let Some(first) = line.cells.first().filter(|_| line.cells.len() > 1).map(first_line) {
            count(&mut self.rows, first, sample, at);
        }
        if let [first, _, ..] = line.cells.as_slice() {
            let heads = heads(first.as_str(), BEGIN).into_iter().filter(|h| has_word(h));
            heads.for_each(|h| count(&mut self.firsts, h, sample, at));
        }
        // Two labels in one row, each before its value: "Ward: | 3 | Beds: | 12".
        for (first, other) in line.cells.first().into_iter().flat_map(|f| pairs(f, &line.cells)) {
            count(self.beside.entry(key(other)).or_default(), first, sample, at);
        }
        // "Audit letter | Ref: 7": the label is in its cell.
        let parts =
            if line.cells.len() > 1 { line.cells.as_slice() } else { std::slice::from_ref(&line.text) };
        for part in parts.iter().map(Text::as_str) {
            for run in before_colons(part) {
                count(&mut self.colons, run, sample, at);
                if let Some(counted) = self.colons.get_mut(&key(run)) {
                    counted.begins |= part.starts_with(run);
                }
            }
        }
        // "Re: Inspection of"; "SUBJECT: Unannounced inspection of"
        let titles = heads(text, BEGIN).into_iter().filter(|h| h.contains(": ") && names_inspected(h));
        titles.for_each(|h| count(&mut self.begins, h, sample, at));
        let is_open = words <= OPEN_LINE && !text.ends_with('.') && !text.contains(": ");
        if line.cells.len() < 2 && is_open {
            let heads = heads(text, BEGIN).into_iter().filter(|h| has_word(h));
            heads.for_each(|h| count(&mut self.begins, h, sample, at));
        }
    }

    fn sentences(&mut self, block: &Block, sample: usize, at: usize) {
        for sentence in block.text.as_str().split_inclusive(". ") {
            heads(sentence, SENTENCE).into_iter().for_each(|h| count(&mut self.sentences, h, sample, at));
            before_values(sentence).into_iter().for_each(|h| count(&mut self.values, h, sample, at));
        }
    }
}

fn count(counts: &mut Counts, text: &str, sample: usize, at: usize) {
    let key = key(text);
    if key.chars().any(char::is_alphabetic) {
        let new = || Count { text: text.trim().to_owned(), at, ..Count::default() };
        let counted = counts.entry(key).or_insert_with(new);
        counted.samples.insert(sample);
        counted.times += 1;
    }
}

/// The first cell of a row of four or more cells, paired with each later cell that may be a label.
fn pairs<'t>(first: &'t Text, cells: &'t [Text]) -> impl Iterator<Item = (&'t str, &'t str)> {
    let labels = cells.iter().skip(2).step_by(2).filter(|_| cells.len().is_multiple_of(2));
    labels.map(|label| (first.as_str(), label.as_str())).filter(|(a, b)| !a.is_empty() && !b.is_empty())
}

/// The runs of words before a colon that may be its label: they start at the beginning of the line or after the previous colon.
fn before_colons(line: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut from = 0;
    for (colon, _) in
        line.match_indices(':').filter(|(at, _)| line[at + 1..].starts_with(' ') || at + 1 == line.len())
    {
        let part = &line[from..=colon];
        let starts: Vec<usize> = word_starts(part).collect();
        let whole = from == 0;
        for start in starts.iter().rev().take(LABEL.0) {
            let run = &part[*start..];
            let named = run.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
            // The first label of a line is everything before its colon.
            if named && run.len() <= LABEL.1 && (!whole || *start == 0) {
                runs.push(run);
            }
        }
        from = colon + 1;
    }
    runs
}

/// The beginnings of a text, of the given numbers of words, that further words follow.
fn heads(text: &str, words: RangeInclusive<usize>) -> Vec<&str> {
    let text = text.trim();
    if !text.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    word_starts(text)
        .skip(1)
        .enumerate()
        .map(|(n, at)| (n + 1, text[..at].trim_end()))
        .filter(|(n, _)| words.contains(n))
        .map(|(_, h)| h)
        .collect()
}

/// Whether a label contains a word: "ZZ2" does not.
fn has_word(text: &str) -> bool {
    text.split_whitespace().any(|w| w.chars().any(char::is_lowercase) && w.chars().all(char::is_alphabetic))
}

/// The words before the grade words of a sentence and before up to two words that qualify these: "outcomes were" in "outcomes were
/// not sufficiently good".
fn before_grades(sentence: &str) -> Vec<&str> {
    const QUALIFIED: usize = 2;
    let starts: Vec<usize> = word_starts(sentence).collect();
    let grade = |n: &usize| {
        let word = sentence[starts[*n]..].split(' ').next().unwrap_or_default();
        kinds::is_grade(word.trim_end_matches([',', '.']))
    };
    let graded = (2..starts.len()).filter(grade);
    let ends: BTreeSet<usize> =
        graded.flat_map(|n| n.saturating_sub(QUALIFIED)..=n).filter(|n| *n > 1).collect();
    ends.into_iter().map(|n| &sentence[..starts[n]]).collect()
}

/// Runs of at least two words before a date, a number, a grade or, after "by", a name in a sentence.
fn before_values(sentence: &str) -> Vec<&str> {
    let days = find_all(date, sentence).into_iter().map(|hit| hit.before);
    let numbers = find_all(whole_number, sentence).into_iter().map(|hit| hit.before);
    let by = sentence.match_indices(" by ").map(|(at, by)| sentence.split_at(at + by.len()));
    let people = by.filter(|(_, rest)| begins_with_name(rest)).map(|(before, _)| before);
    let grades = before_grades(sentence).into_iter();
    let ends = days.chain(numbers).chain(people).chain(grades).map(str::trim_end);
    let runs = ends.flat_map(|before| {
        let starts: Vec<usize> = word_starts(before).collect();
        starts.into_iter().rev().take(LABEL.0).skip(1).map(move |at| &before[at..])
    });
    // After a colon there is a label's own place; words with digits vary.
    let is_words = |run: &str| run.chars().all(|c| c.is_alphabetic() || " ’'-,".contains(c));
    let goes_on = |run: &str| run.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_lowercase));
    runs.filter(|run| is_words(run) && goes_on(run)).collect()
}

/// Whether a text begins with two words with capitals, and is not much longer.
fn begins_with_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = words.iter().take_while(|word| word.starts_with(char::is_uppercase)).count();
    named > 1 && words.len() <= NAME
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let starts = text
        .char_indices()
        .filter(|(i, c)| !c.is_whitespace() && (*i == 0 || text[..*i].ends_with(char::is_whitespace)));
    starts.map(|(i, _)| i)
}
