//! Footnote marks that are printed on the line, in the size of the text: "live in special schools4, all out of the area".

use std::ops::Range;

use super::notes::{is_number, raises};
use super::{Block, Role, Row};
use crate::cut::Cut;

/// Takes the marks of notes out of the text of their pages, where none is raised and only one place can be the mark.
pub(super) fn take(blocks: &mut [Block], rows: &[Row]) {
    let marked = |b: &Block| Some((b.page, b.note_mark.clone().filter(|m| is_number(m))?));
    let notes = blocks.iter().filter(|b| b.role == Role::Footnote).filter_map(marked);
    for (page, mark) in notes.collect::<Vec<_>>() {
        if rows.iter().any(|r| r.page == page && raises(r, &mark)) {
            continue;
        }
        let of_page = |b: &Block| b.is_prose() && b.page <= page && page <= b.last_page;
        let places =
            |at: usize| places(blocks[at].text.as_str(), &mark).into_iter().map(move |place| (at, place));
        let found: Vec<_> = (0..blocks.len()).filter(|at| of_page(&blocks[*at])).flat_map(places).collect();
        if let [(at, place)] = found.as_slice() {
            let text = &blocks[*at].text;
            let (mut kept, rest) = (text.slice(0..place.start), text.slice(place.end..text.as_str().len()));
            let joint = if text.as_str().tail(place.end).starts_with(' ') { " " } else { "" };
            kept.push_text(joint, &rest);
            blocks[*at].text = kept;
        }
    }
}

/// Where a text may have a note's mark: behind a longer word in small letters, directly or before a comma or full stop.
fn places(text: &str, mark: &str) -> Vec<Range<usize>> {
    const WORD: usize = 5;
    /// Words before numbers that belong to them.
    const NAMES: &[&str] = &[
        "paragraph",
        "paragraphs",
        "section",
        "sections",
        "level",
        "stage",
        "recommendation",
        "recommendations",
        "phase",
        "group",
        "grade",
        "table",
        "annex",
        "chapter",
        "schedule",
    ];
    let place = |(at, _): (usize, &str)| {
        let head = text.head(at).trim_end_matches(' ');
        let word = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let noun = word.len() >= WORD && word.chars().all(char::is_lowercase) && !NAMES.contains(&word);
        let rest = text.tail(at + mark.len());
        let joined = head.len() == at && !rest.starts_with(|c: char| c.is_alphanumeric());
        let mut next = rest.chars();
        let stops =
            matches!(next.next(), Some(',' | '.' | ';')) && !next.next().is_some_and(|c| c.is_ascii_digit());
        (noun && (joined || stops)).then(|| head.len()..at + mark.len())
    };
    text.match_indices(mark).filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_mark_follows_a_word_and_no_number_does() {
        let marks = |text: &str| places(text, "4").len();
        assert_eq!(marks("three live in residential special schools4, all out of the area"), 1);
        assert_eq!(marks("5 live in residential special schools 4, of whom 20% live out"), 1);
        for number in [
            "as in paragraphs 4, 5 and 6",
            "the children 4.5% of",
            "44 children, 14",
            "children, 4, and",
            "COVID4.",
        ] {
            assert_eq!(marks(number), 0, "{number}");
        }
    }
}
