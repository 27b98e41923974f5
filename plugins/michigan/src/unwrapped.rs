//! Texts without line ends: some programs output a page, or a whole report, as one line. Line ends are restored
//! before everything that begins a line in the form, so that the same grammars can read it.

use std::ops::Range;

use findings_plugin_sdk::text::Text;

use crate::dates;
use crate::headings;
use crate::identity;
use crate::report::TITLES;

/// Longer than any line of the form, whose lines have about 110 characters.
const LONGEST: usize = 300;

/// Labels of the letter, the blocks and the signatures that begin a line.
const BEGINS: &[&str] = &[
    "RE:",
    "Re:",
    "Dear ",
    "Sincerely,",
    "MICHIGAN DEPARTMENT OF",
    "STATE OF MICHIGAN",
    "ALLEGATION:",
    "ALLEGATION(S):",
    "INVESTIGATION:",
    "APPLICABLE RULE ",
    "ANALYSIS:",
    "CONCLUSION:",
    "ADDITIONAL FINDINGS:",
    "Rule Code ",
    "Approved By:",
    "Approved by:",
    "(Rev. ",
];

/// Phrases that end a line.
const ALONE: &[&str] = &["except for the following:", "APPLICABLE RULE ", "(Rev. "];

/// Splits a line into the lines of the form; a line of ordinary length is left as it is.
pub fn lines(line: Text) -> Vec<Text> {
    let text = line.as_str();
    if text.len() < LONGEST {
        return vec![line];
    }
    let mut cuts: Vec<usize> = BEGINS.iter().flat_map(|b| text.match_indices(b).map(|(at, _)| at)).collect();
    cuts.extend(ALONE.iter().flat_map(|a| text.match_indices(a).map(|(at, found)| at + found.len())));
    cuts.extend(titles(text));
    cuts.extend(table_rows(text));
    cuts.extend(signatures(text));
    cuts.extend(identity::label_starts(text));
    cuts.extend(headings::within(text).flat_map(|h| [h.start, h.end]));
    cuts.extend(rule_starts(text));
    cuts.retain(|at| *at > 0 && *at < text.len() && text.is_char_boundary(*at));
    cuts.push(0);
    cuts.push(text.len());
    cuts.sort_unstable();
    cuts.dedup();
    let parts = cuts.windows(2).map(|w| {
        let part = &text[w[0]..w[1]];
        let start = w[1] - part.trim_start().len();
        line.slice(start..start + part.trim().len())
    });
    parts.filter(|p| !p.is_empty()).collect()
}

/// The beginning and end of the report's title: the longest title that matches.
fn titles(text: &str) -> Vec<usize> {
    let all: Vec<_> =
        TITLES.iter().flat_map(|t| text.match_indices(t).map(|(at, t)| at..at + t.len())).collect();
    let longest = |r: &&Range<usize>| !all.iter().any(|o| o.end == r.end && o.start < r.start);
    all.iter().filter(longest).flat_map(|r| [r.start, r.end]).collect()
}

/// The beginnings of the rows in the newer form's tables. Their labels are common words, so they count only in order.
fn table_rows(text: &str) -> Vec<usize> {
    const ROWS: &[&str] = &[" Violation ", " Allegation ", " Investigation ", " Analysis ", " Conclusion "];
    let mut cuts = Vec::new();
    for (table, _) in text.match_indices("Rule Code ") {
        let mut from = table;
        for row in ROWS {
            let Some(at) = text[from..].find(row) else { break };
            from += at + 1;
            cuts.push(from);
        }
    }
    cuts
}

/// The dates of letter and signatures, the signature lines, and the text after "Date" below them.
fn signatures(text: &str) -> Vec<usize> {
    let letter = ["Dear ", "RE:", "Re:"].iter().filter_map(|l| text.find(l)).min().unwrap_or(0);
    let ending = text.rfind("RECOMMENDATION").unwrap_or(text.len());
    let words = text.match_indices(' ').map(|(at, _)| at + 1);
    let mut cuts = Vec::new();
    for at in words.filter(|at| *at < letter || *at > ending) {
        if let Ok((rest, _)) = dates::date(&text[at..]) {
            cuts.extend([at, text.len() - rest.len()]);
        } else if text[at..].starts_with("___") {
            cuts.push(at);
        } else if at > ending && text[at..].starts_with("Date ") {
            cuts.push(at + "Date ".len());
        }
    }
    cuts
}

/// The beginnings of licensing rule citations after a sentence, a list's introduction or a label.
fn rule_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    const CITES: &[&str] = &["CPA Rule 400.", "CCI Rule 400.", "R 400.", "R400."];
    let begins = |at: &usize| text[..*at].trim_end().ends_with(['.', ':', ';']);
    CITES.iter().flat_map(|c| text.match_indices(c).map(|(at, _)| at)).filter(begins)
}
