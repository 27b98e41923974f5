//! What recurs across samples: lines, labels before a colon, cells of rows, and words that lines begin with.

use std::collections::{BTreeMap, BTreeSet};

use findings_core::grammar::label::label;
use findings_core::grammar::number::whole_number;
use findings_core::grammar::{date, find_all};
use findings_core::text::Text;

use crate::read::view::View;

/// A label is no longer than this, in words and bytes.
const LABEL: (usize, usize) = (8, 60);
/// A line is compared as a whole up to so many words.
const LINE_WORDS: usize = 16;
/// A line that holds a label and a value without a colon has at most so many words.
const OPEN_LINE: usize = 14;

/// What recurs in at least half of the samples, with where it stands in the first that has it.
#[derive(Debug, Default)]
pub(super) struct Constants {
    /// Whole lines.
    pub lines: Vec<Constant>,
    /// Lines as they stand on their pages, small print among them.
    pub print: Vec<Constant>,
    /// Words before a colon, with it.
    pub colons: Vec<Constant>,
    /// Cells of rows.
    pub cells: Vec<Constant>,
    /// Cells that rows begin with, and those that end in a colon: labels of their rows.
    pub rows: Vec<Constant>,
    /// Words that lines begin with, and that other words follow.
    pub begins: Vec<Constant>,
    /// Words that sentences begin with, and that other words follow; words before a day or a number.
    pub sentences: Vec<Constant>,
    /// The keys of lines that are headings.
    headings: BTreeSet<String>,
}

/// Words that recur.
#[derive(Debug, Clone, Default)]
pub(super) struct Constant {
    pub text: String,
    /// In so many samples.
    pub samples: usize,
    /// The line where it is first seen, for order.
    pub at: usize,
    /// Whether a line begins with it.
    pub begins: bool,
}

/// What was counted of some words.
#[derive(Default)]
struct Count {
    text: String,
    at: usize,
    begins: bool,
    samples: BTreeSet<usize>,
}

type Counts = BTreeMap<String, Count>;

impl Constants {
    pub fn of(views: &[View]) -> Constants {
        let (mut lines, mut colons, mut cells) = (Counts::new(), Counts::new(), Counts::new());
        let (mut rows, mut begins, mut sentences) = (Counts::new(), Counts::new(), Counts::new());
        let (mut values, mut print) = (Counts::new(), Counts::new());
        let mut beside: BTreeMap<String, Counts> = BTreeMap::new();
        for (sample, view) in views.iter().enumerate() {
            for (at, line) in view.lines.iter().enumerate() {
                let text = line.text.as_str();
                let words: Vec<&str> = text.split_whitespace().collect();
                if words.len() <= LINE_WORDS && line.cells.len() < 2 {
                    count(&mut lines, text, sample, at);
                }
                line.cells.iter().for_each(|c| count(&mut cells, c.as_str(), sample, at));
                let labels =
                    line.cells.iter().enumerate().filter(|(i, c)| *i == 0 || c.as_str().ends_with(':'));
                labels.for_each(|(_, c)| count(&mut rows, c.as_str(), sample, at));
                // Beside the same label another one: two labels in a row, each before its value.
                for (first, other) in line.cells.first().into_iter().flat_map(|f| pairs(f, &line.cells)) {
                    count(beside.entry(key(other)).or_default(), first, sample, at);
                }
                for run in before_colons(text) {
                    count(&mut colons, run, sample, at);
                    if let Some(counted) = colons.get_mut(&key(run)) {
                        counted.begins |= text.starts_with(run);
                    }
                }
                if line.cells.len() < 2
                    && words.len() <= OPEN_LINE
                    && !text.ends_with('.')
                    && !text.contains(": ")
                {
                    let heads = heads(text, 1, 6).into_iter().filter(|h| has_word(h));
                    heads.for_each(|h| count(&mut begins, h, sample, at));
                }
            }
            let short = |text: &&str| text.split_whitespace().count() <= LABEL.0;
            let printed = view.printed().iter().map(|line| line.as_str()).filter(short);
            printed.enumerate().for_each(|(at, text)| count(&mut print, text, sample, at));
            for (block, b) in view.doc.blocks.iter().enumerate().filter(|(_, b)| b.rows.is_empty()) {
                let first = view.lines.iter().position(|l| l.block == block).unwrap_or(usize::MAX);
                for sentence in b.text.as_str().split_inclusive(". ") {
                    heads(sentence, 3, 14).into_iter().for_each(|h| count(&mut sentences, h, sample, first));
                    before_values(sentence).into_iter().for_each(|h| count(&mut values, h, sample, first));
                }
            }
        }
        let least = views.len().div_ceil(2).max(2);
        let lines = recurring(lines, least);
        let beside =
            beside.into_iter().filter(|(_, firsts)| firsts.values().any(|c| c.samples.len() >= least));
        let beside: BTreeSet<String> = beside.map(|(label, _)| label).collect();
        let cells = recurring(cells, least);
        let mut rows = recurring(rows, least);
        rows.extend(cells.iter().filter(|c| beside.contains(&key(&c.text))).cloned());
        let most = least.max(views.len() * 4 / 5);
        let mut sentences = longest(recurring(sentences, most), End::Front);
        sentences.extend(longest(recurring(values, most), End::Back));
        Constants {
            colons: longest(recurring(colons, least), End::Back),
            cells,
            rows,
            print: recurring(print, least),
            begins: longest(open(recurring(begins, most), &lines), End::Front),
            sentences,
            headings: headings(views, &lines),
            lines,
        }
    }

    /// Whether a text begins with a label.
    pub fn begins_with_label(&self, text: &str) -> bool {
        self.rows.iter().chain(&self.colons).chain(&self.begins).any(|c| label(&c.text)(text).is_ok())
    }

    /// Whether a line is a heading that recurs.
    pub fn is_heading(&self, text: &str) -> bool {
        self.headings.contains(&key(text))
    }

    /// How much the samples have in common.
    pub fn shared(&self) -> usize {
        self.lines.len() + self.colons.len() + self.rows.len()
    }
}

/// The first cell of a row of four cells or more, with each further one that may be a label.
fn pairs<'t>(first: &'t Text, cells: &'t [Text]) -> impl Iterator<Item = (&'t str, &'t str)> {
    let labels = cells.iter().skip(2).step_by(2).filter(|_| cells.len() % 2 == 0);
    labels.map(|label| (first.as_str(), label.as_str())).filter(|(a, b)| !a.is_empty() && !b.is_empty())
}

/// The keys of recurring lines that are headings.
fn headings(views: &[View], lines: &[Constant]) -> BTreeSet<String> {
    let known: BTreeSet<String> = lines.iter().map(|c| key(&c.text)).collect();
    let all = views.iter().flat_map(|v| &v.lines).filter(|l| l.heading.is_some());
    all.map(|l| key(l.text.as_str())).filter(|k| known.contains(k)).collect()
}

/// Words as they are compared.
pub(super) fn key(text: &str) -> String {
    text.trim().trim_end_matches(':').to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn count(counts: &mut Counts, text: &str, sample: usize, at: usize) {
    let key = key(text);
    if key.chars().any(char::is_alphabetic) {
        let new = || Count { text: text.trim().to_owned(), at, ..Count::default() };
        counts.entry(key).or_insert_with(new).samples.insert(sample);
    }
}

fn recurring(counts: Counts, least: usize) -> Vec<Constant> {
    let kept = counts.into_values().filter(|c| c.samples.len() >= least);
    let mut all: Vec<Constant> = kept
        .map(|c| Constant { text: c.text, samples: c.samples.len(), at: c.at, begins: c.begins })
        .collect();
    all.sort_by_key(|c| c.at);
    all
}

/// The runs of words that may be a label before a colon: from the line's start, or from the colon before, up to its length.
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
            // A line's first label is all that stands before the colon.
            if named && run.len() <= LABEL.1 && (!whole || *start == 0) {
                runs.push(run);
            }
        }
        from = colon + 1;
    }
    runs
}

/// The beginnings of a text of so many words, where others follow.
fn heads(text: &str, least: usize, most: usize) -> Vec<&str> {
    let text = text.trim();
    if !text.starts_with(char::is_uppercase) {
        return Vec::new();
    }
    word_starts(text)
        .skip(1)
        .enumerate()
        .map(|(n, at)| (n + 1, text[..at].trim_end()))
        .filter(|(n, _)| (least..=most).contains(n))
        .map(|(_, h)| h)
        .collect()
}

/// Whether a label has a word: "ZZ2" has none.
fn has_word(text: &str) -> bool {
    text.split_whitespace().any(|w| w.chars().any(char::is_lowercase) && w.chars().all(char::is_alphabetic))
}

/// The words of a sentence that stand before a day or a number, from two on.
fn before_values(sentence: &str) -> Vec<&str> {
    let days = find_all(date, sentence).into_iter().map(|hit| hit.before);
    let numbers = find_all(whole_number, sentence).into_iter().map(|hit| hit.before);
    let words = |before: &'_ str| {
        let before = before.trim_end();
        let starts: Vec<usize> = word_starts(before).collect();
        let runs = starts.into_iter().rev().take(LABEL.0).skip(1).map(move |at| (at, before.len()));
        runs.collect::<Vec<_>>()
    };
    let runs = days.chain(numbers).flat_map(words).map(|(from, to)| &sentence[from..to]);
    // Behind a label there is a place of its own, and what has digits varies.
    let words = |run: &&str| run.chars().all(|c| c.is_alphabetic() || " ’'-,".contains(c));
    runs.filter(|run| {
        words(run) && run.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_lowercase))
    })
    .collect()
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let starts = text
        .char_indices()
        .filter(|(i, c)| !c.is_whitespace() && (*i == 0 || text[..*i].ends_with(char::is_whitespace)));
    starts.map(|(i, _)| i)
}

/// Without those that are the beginning of a line that recurs whole.
fn open(begins: Vec<Constant>, lines: &[Constant]) -> Vec<Constant> {
    let closed = |c: &Constant| {
        lines.iter().any(|l| l.samples >= c.samples && key(&l.text).starts_with(&key(&c.text)))
    };
    begins.into_iter().filter(|c| !closed(c)).collect()
}

/// Which end of longer words shorter ones are.
#[derive(Clone, Copy)]
enum End {
    Front,
    Back,
}

/// Of words that are an end of longer ones as often seen, the longer ones.
fn longest(all: Vec<Constant>, end: End) -> Vec<Constant> {
    let inside = |short: &Constant, long: &Constant| {
        let (short_key, long_key) = (key(&short.text), key(&long.text));
        let fits = match end {
            End::Front => long_key.starts_with(&format!("{short_key} ")),
            // "Type of business:" makes no part of itself of a "Business:" that lines begin with.
            End::Back => !short.begins && long_key.ends_with(&format!(" {short_key}")),
        };
        fits && long.samples >= short.samples
    };
    all.iter().filter(|short| !all.iter().any(|long| inside(short, long))).cloned().collect()
}
