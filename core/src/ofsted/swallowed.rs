//! Finds lines of a form inside a longer line: some texts have lost their line ends.

use crate::cut::Cut;

/// A line with more bytes than this has swallowed others; printed lines are shorter.
const SWALLOWED: usize = 200;

/// Words that begin a line of a form, and what may follow them there; empty if the words alone are enough.
pub type Opening = (&'static str, &'static [&'static str]);

/// The offsets at which lines begin in a line that has swallowed them, in order. The words must match exactly,
/// including case.
pub fn starts(line: &str, openings: &[Opening]) -> Vec<usize> {
    let begins = |(words, next): &Opening| {
        let follows = |at: usize| {
            let rest = line.tail(at + words.len()).trim_start();
            next.is_empty() || next.iter().any(|n| rest.starts_with(n))
        };
        places(line, words).filter(|at| follows(*at)).collect::<Vec<_>>()
    };
    let mut starts: Vec<usize> = openings.iter().flat_map(begins).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The offsets of some words inside a line that is long enough to have swallowed others.
pub fn places<'a>(line: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    let inside = |at: &usize| *at > 0 && line.head(*at).ends_with(char::is_whitespace);
    line.match_indices(words).map(|(at, _)| at).filter(inside).filter(|_| line.len() > SWALLOWED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_at_words_of_the_form() {
        let openings: &[Opening] = &[("Inspection team", &["Ofsted"]), ("Inspection dates:", &[])];
        let long = "x".repeat(SWALLOWED);
        let line =
            format!("{long} Inspection dates: 3 May. The Inspection team saw it. Inspection team Ofsted");
        let cut: Vec<&str> = starts(&line, openings).into_iter().map(|at| &line[at..at + 18]).collect();
        assert_eq!(cut, ["Inspection dates: ", "Inspection team Of"]);
        assert!(starts("Report Inspection dates: 3 May", openings).is_empty(), "a line of print");
    }
}
