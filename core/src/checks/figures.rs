//! Figures compared with the whole they are part of.

use super::words::{beginning, ending, text_of};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::grammar::ends_open;
use crate::ofsted::figures;
use crate::record::Figure;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "figure-over-whole",
        why: "A part is at most as large as its whole",
        held: (52, 53),
        run: over,
    },
    Check {
        name: "figure-share-differs",
        why: "A percentage printed beside a part matches the two numbers",
        held: (49, 49),
        run: share,
    },
    Check {
        name: "figure-cut-off",
        why: "The words of a figure don't begin or stop in the middle of a phrase",
        held: (55, 55),
        run: cut_off,
    },
    Check {
        name: "figure-not-read",
        why: "Every number in the section about the area belongs to a figure",
        held: (54, 55),
        run: unread,
    },
];

/// Every number in the section about the area must be a figure, an earlier value or a comparator.
fn unread(f: &Finished<'_>, verdict: &mut Verdict) {
    let sections = &f.record.sections;
    let told = sections.iter().map(|s| (s.kind.as_str(), s.heading.as_deref().unwrap_or("")));
    let about = figures::about_the_area(told);
    if f.record.figures.is_empty() {
        return; // reported for the section as a whole
    }
    let texts = sections[about].iter().flat_map(|s| &s.blocks).filter_map(text_of);
    for text in texts {
        let left = figures::unread(text, &f.record.figures);
        verdict.that(left.is_empty(), &["/figures"], || {
            let numbers: Vec<String> = left.iter().map(f64::to_string).collect();
            format!("{} of “{}…” is in no figure", numbers.join(", "), beginning(text))
        });
        let misread = misread(text);
        verdict.that(misread.is_none(), &["/figures"], || {
            format!("“{}” may be a number whose digits were misread", misread.unwrap_or(""))
        });
        let left = figures::uncounted(text, &f.record.figures);
        verdict.that(left.is_empty(), &["/figures"], || {
            let numbers: Vec<String> = left.iter().map(f64::to_string).collect();
            format!("what {} of “{}…” counts was not read", numbers.join(", "), beginning(text))
        });
    }
}

/// A word of digits and letters that look like digits: "4O1", "l2".
fn misread(text: &str) -> Option<&str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, ',' | '.')));
    let mixed = |word: &&str| {
        word.len() > 1
            && word.contains(|c: char| c.is_ascii_digit())
            && word.contains(['O', 'o', 'l', 'I'])
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'l' | 'I' | ','))
    };
    words.map(|word| word.trim_matches([',', '.'])).find(mixed)
}

fn cut_off(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, figure) in f.record.figures.iter().enumerate() {
        let open = ends_open(&figure.text, &["to", "for", "in", "on"]);
        verdict.that(!open, &[&format!("/figures/{at}")], || {
            format!("“…{}” seems to go on", ending(&figure.text))
        });
        // Items of a list may begin in its middle: "there were 150 …, which included: 45 adoptions".
        let whole = figure.part_of.is_none() && !figure.text.contains(": ");
        let small = whole && figure.text.starts_with(char::is_lowercase);
        // What comes below is counted as a part of what was lost.
        verdict.that(!small, &["/figures"], || format!("“{}…” lacks its beginning", beginning(&figure.text)));
    }
}

/// A printed percentage may differ by this many points, since some are from a different date.
const POINTS: f64 = 3.5;

/// Each figure with the figure it is part of, if both have the same unit; with their values and pointers.
fn parts<'a>(f: &Finished<'a>) -> impl Iterator<Item = ([String; 2], (&'a Figure, f64), (&'a Figure, f64))> {
    let figures = &f.record.figures;
    figures.iter().enumerate().filter_map(|(at, part)| {
        let of = part.part_of? as usize;
        let whole = figures.get(of).filter(|w| w.unit == part.unit)?;
        let pointers = [format!("/figures/{at}/value"), format!("/figures/{of}/value")];
        Some((pointers, (part, part.value?.0), (whole, whole.value?.0)))
    })
}

fn over(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointers, (part, value), (whole, all)) in parts(f) {
        verdict.that(value <= all, &pointers.each_ref().map(String::as_str), || {
            format!("{value} {} of {all} {}", part.measure, whole.measure)
        });
    }
}

fn share(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointers, (part, value), (_, all)) in parts(f).filter(|(_, (p, _), _)| p.unit != "per-cent") {
        let Some(printed) = printed_share(&part.text, value).filter(|_| all > 0.0) else { continue };
        let counted = value / all * 100.0;
        verdict.that((counted - printed).abs() <= POINTS, &pointers.each_ref().map(String::as_str), || {
            format!("{value} of {all} are {counted:.1} %, and {printed} % are printed")
        });
    }
}

/// The percentage after a number: "97 (or 31%)".
fn printed_share(text: &str, value: f64) -> Option<f64> {
    let number = format!("{value} (");
    let text = text.replace(',', "");
    let starts = |at: usize| !text.head(at).ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let (at, _) = text.match_indices(&number).find(|(at, _)| starts(*at))?;
    let rest = text.get(at + number.len()..)?;
    let rest = rest.strip_prefix("or ").unwrap_or(rest);
    let (printed, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
    let rest = rest.trim_start();
    (rest.starts_with('%') || rest.starts_with("per cent")).then(|| printed.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::sample;

    #[test]
    fn a_figure_begins_with_its_sentence() {
        let doubts = |text: &str| {
            let mut record = sample();
            record.figures = vec![Figure { text: text.into(), ..Figure::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "figure-cut-off")).len()
        };
        assert_eq!(doubts("rate of 105 for every 10,000"), 1);
        assert_eq!(doubts("In May there were 533 children, a rate of 105 for every 10,000."), 0);
        assert_eq!(doubts("there were 150 who left, which included: 45 adoptions"), 0);
    }

    #[test]
    fn the_share_behind_a_number() {
        let of = |text: &str, value: f64| printed_share(text, value);
        assert_eq!(of("97 (or 31%) live outside", 97.0), Some(31.0));
        assert_eq!(of("1,097 (31.5 per cent) live", 1097.0), Some(31.5));
        assert_eq!(of("197 (31%) live", 97.0), None);
        assert_eq!(of("97 (31 of them) live", 97.0), None);
    }

    #[test]
    fn digits_that_look_like_letters() {
        assert_eq!(misread("At 31 March 2016, 4O1 children were looked after."), Some("4O1"));
        assert_eq!(misread("l2 live with parents."), Some("l2"));
        assert_eq!(misread("Section 2, form C110, 1st place, Level 3 and COVID-19"), None);
    }
}
