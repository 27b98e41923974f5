//! What recurs across samples: lines, labels before a colon, cells of rows, and beginnings of lines.

use std::collections::BTreeSet;

use findings_core::grammar::label::label;

use super::counts::{Counted, Counts};
use super::guess::half;
use crate::read::view::View;

/// What recurs in at least half of the samples, with its position in the first sample that has it.
#[derive(Debug, Default)]
pub(super) struct Constants {
    /// Whole lines.
    pub lines: Vec<Constant>,
    /// Lines as they are on the page, including small print.
    pub print: Vec<Constant>,
    /// Words up to and including a colon.
    pub colons: Vec<Constant>,
    /// Words up to and including a colon that begin lines of at least two samples, but of fewer than half.
    pub sparse: Vec<Constant>,
    /// Cells of rows.
    pub cells: Vec<Constant>,
    /// The first cells of rows, and cells that end in a colon: the labels in a row.
    pub rows: Vec<Constant>,
    /// Words that first cells begin with and other words follow: labels that may be too close to their values.
    pub close: Vec<Constant>,
    /// Words that lines begin with and other words follow.
    pub begins: Vec<Constant>,
    /// Words that sentences begin with and other words follow; words before a date or a number.
    pub sentences: Vec<Constant>,
    /// The keys of lines that are headings.
    headings: BTreeSet<String>,
}

/// Words that recur.
#[derive(Debug, Clone, Default)]
pub(super) struct Constant {
    pub text: String,
    /// How many samples have it.
    pub samples: usize,
    /// The line where it first occurs, for sorting.
    pub at: usize,
    /// Whether any line begins with it.
    pub begins: bool,
    /// How often it occurs in all samples together.
    pub times: usize,
}

impl Constants {
    pub fn of(views: &[View]) -> Constants {
        let counted = Counted::of(views);
        let least = half(views.len());
        let most = least.max(views.len() * 4 / 5);
        let lines = recurring(counted.lines, least);
        let cells = recurring(counted.cells, least);
        let recurs = |(_, firsts): &(String, Counts)| firsts.values().any(|c| c.samples.len() >= least);
        let beside: BTreeSet<String> =
            counted.beside.into_iter().filter(recurs).map(|(label, _)| label).collect();
        let mut rows = recurring(counted.rows, least);
        rows.extend(cells.iter().filter(|c| beside.contains(&key(&c.text))).cloned());
        let mut sentences = longest(recurring(counted.sentences, most), End::Sentence);
        sentences.extend(longest(recurring(counted.values, most), End::Back));
        Constants {
            sparse: sparse(&counted.colons, least),
            colons: longest(recurring(counted.colons, least), End::Back),
            close: longest(open(recurring(counted.firsts, most), &rows), End::Front),
            cells,
            rows,
            print: recurring(counted.print, least),
            begins: longest(open(recurring(counted.begins, most), &lines), End::Front),
            sentences,
            headings: headings(views, &lines),
            lines,
        }
    }

    /// Whether a text begins with a label.
    pub fn begins_with_label(&self, text: &str) -> bool {
        self.rows.iter().chain(&self.colons).chain(&self.begins).any(|c| label(&c.text)(text).is_ok())
    }

    /// Whether a line is a recurring heading.
    pub fn is_heading(&self, text: &str) -> bool {
        self.headings.contains(&key(text))
    }

    /// How much the samples have in common.
    pub fn shared(&self) -> usize {
        self.lines.len() + self.colons.len() + self.rows.len()
    }
}

/// Labels before a colon that only some samples have.
fn sparse(colons: &Counts, least: usize) -> Vec<Constant> {
    let few = colons.values().filter(|c| c.begins && (2..least).contains(&c.samples.len()));
    let constant = |c: &super::counts::Count| Constant {
        text: c.text.clone(),
        samples: c.samples.len(),
        at: c.at,
        begins: true,
        times: c.times,
    };
    few.map(constant).collect()
}

/// The keys of recurring lines that are headings.
fn headings(views: &[View], lines: &[Constant]) -> BTreeSet<String> {
    let known: BTreeSet<String> = lines.iter().map(|c| key(&c.text)).collect();
    let all = views.iter().flat_map(|v| &v.lines).filter(|l| l.heading.is_some());
    all.map(|l| key(l.text.as_str())).filter(|k| known.contains(k)).collect()
}

/// The normalised form in which words are compared.
pub(super) fn key(text: &str) -> String {
    text.trim().trim_end_matches(':').to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn recurring(counts: Counts, least: usize) -> Vec<Constant> {
    let kept = counts.into_values().filter(|c| c.samples.len() >= least);
    let mut all: Vec<Constant> = kept
        .map(|c| Constant {
            text: c.text,
            samples: c.samples.len(),
            at: c.at,
            begins: c.begins,
            times: c.times,
        })
        .collect();
    all.sort_by_key(|c| c.at);
    all
}

/// Drops those that only begin a line that itself recurs as a whole.
fn open(begins: Vec<Constant>, lines: &[Constant]) -> Vec<Constant> {
    let lines: Vec<(usize, String)> = lines.iter().map(|l| (l.samples, key(&l.text))).collect();
    let closed = |c: &Constant| {
        let begin = key(&c.text);
        lines.iter().any(|(samples, line)| *samples >= c.samples && line.starts_with(&begin))
    };
    begins.into_iter().filter(|c| !closed(c)).collect()
}

/// At which end of longer phrases the shorter ones are.
#[derive(Clone, Copy)]
enum End {
    Front,
    /// The front of sentences.
    Sentence,
    Back,
}

/// Drops each phrase that begins or ends a longer one which occurs in as many samples. The beginning of a sentence must also occur as
/// often: "We graded the service as" comes before other words under other headings.
fn longest(all: Vec<Constant>, end: End) -> Vec<Constant> {
    let all: Vec<(String, Constant)> = all.into_iter().map(|c| (key(&c.text), c)).collect();
    let inside = |(short_key, short): &(String, Constant), (long_key, long): &(String, Constant)| {
        let fits = || match end {
            End::Front | End::Sentence => {
                long_key.strip_prefix(short_key.as_str()).is_some_and(|rest| rest.starts_with(' '))
            }
            // "Type of business:" does not replace a "Business:" that lines begin with.
            End::Back => {
                !short.begins
                    && long_key.strip_suffix(short_key.as_str()).is_some_and(|rest| rest.ends_with(' '))
            }
        };
        let often = || !matches!(end, End::Sentence) || long.times >= short.times;
        long.samples >= short.samples && fits() && often()
    };
    let kept = all.iter().filter(|short| !all.iter().any(|long| inside(short, long)));
    kept.map(|(_, constant)| constant.clone()).collect()
}
