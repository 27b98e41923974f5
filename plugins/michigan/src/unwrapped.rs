//! Texts without line ends: some programs give a page, or a whole report, as one line. What the form begins on a line
//! of its own is put there again, so that the same grammars read it.

use findings_plugin_sdk::text::Text;

use crate::headings;
use crate::identity;
use crate::report::TITLES;

/// A line longer than any that the form prints: its pages hold some 110 letters a line.
const LONGEST: usize = 300;

/// Labels of the letter, of blocks and of the signatures, that begin a line.
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
    "Violation Type ",
    "Violation Potential ",
    "Approved By:",
    "Approved by:",
    "(Rev. ",
];

/// What stands on a line of its own.
const ALONE: &[&str] = &["except for the following:", "APPLICABLE RULE ", "(Rev. "];

/// A line as the lines that the form prints; a line of common length is left as it is.
pub fn lines(line: Text) -> Vec<Text> {
    let text = line.as_str();
    if text.len() < LONGEST {
        return vec![line];
    }
    let mut cuts: Vec<usize> = BEGINS.iter().flat_map(|b| text.match_indices(b).map(|(at, _)| at)).collect();
    cuts.extend(ALONE.iter().flat_map(|a| text.match_indices(a).map(|(at, found)| at + found.len())));
    for title in TITLES {
        cuts.extend(text.match_indices(title).flat_map(|(at, found)| [at, at + found.len()]));
    }
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

/// Where the citation of a licensing rule begins after a sentence, a list's opening or a label.
fn rule_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    const CITES: &[&str] = &["CPA Rule 400.", "CCI Rule 400.", "R 400.", "R400."];
    let begins = |at: &usize| text[..*at].trim_end().ends_with(['.', ':', ';']);
    CITES.iter().flat_map(|c| text.match_indices(c).map(|(at, _)| at)).filter(begins)
}
