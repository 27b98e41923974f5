//! Footnote marks that are printed on the line, in the size of the text: "live in special schools4, all out of the area".

use super::notes::{is_number, raises};
use super::{Block, Role, Row};
use crate::cut::Cut;
use crate::repair::{Repair, RepairKind};

/// Takes the marks of notes out of the text of their pages, where none is raised and only one place can be the mark.
pub(super) fn take(blocks: &mut [Block], rows: &[Row]) -> Vec<Repair> {
    let marked = |b: &Block| Some((b.page, b.note_mark.clone().filter(|m| is_number(m))?));
    let notes = blocks.iter().filter(|b| b.role == Role::Footnote).filter_map(marked);
    let mut repairs = Vec::new();
    for (page, mark) in notes.collect::<Vec<_>>() {
        if rows.iter().any(|r| r.page == page && raises(r, &mark)) {
            continue;
        }
        let of_page = |b: &Block| b.is_prose() && b.page <= page && page <= b.last_page;
        let places =
            |at: usize| places(blocks[at].text.as_str(), &mark).into_iter().map(move |byte| (at, byte));
        let found: Vec<_> = (0..blocks.len()).filter(|at| of_page(&blocks[*at])).flat_map(places).collect();
        if let [(at, byte)] = found.as_slice() {
            repairs.push(take_out(&mut blocks[*at], *byte, &mark));
        }
    }
    repairs
}

/// The numbers that are raised behind a word of a line. One behind a unit ("12 m2") is a power.
pub(super) fn raised<'a>(row: &'a Row<'_>) -> impl Iterator<Item = (u32, String)> + 'a {
    const UNIT: usize = 2;
    row.line.words.windows(2).filter_map(|pair| {
        let [before, mark] = pair else { return None };
        let letters = before.text.chars().filter(|c| c.is_alphabetic()).count();
        (mark.superscript && is_number(&mark.text) && letters > UNIT).then(|| (row.page, mark.text.clone()))
    })
}

/// Parts the marks that are printed before their notes, on the line and without a space, from the notes' text: "1One report". Each
/// is raised in the text of its page.
pub(super) fn part_from_notes(blocks: &mut [Block], raised: &[(u32, String)]) {
    for note in blocks.iter_mut().filter(|b| b.role == Role::Footnote && b.note_mark.is_none()) {
        let text = note.text.as_str();
        let (mark, rest) = text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
        let is_mark = |(page, raised): &(u32, String)| *page == note.page && raised == mark;
        if rest.starts_with(char::is_uppercase) && raised.iter().any(is_mark) {
            (note.note_mark, note.text) = (Some(mark.to_owned()), note.text.slice(mark.len()..text.len()));
        }
    }
}

/// Takes the mark that begins at a byte of a block out of its text.
fn take_out(block: &mut Block, at: usize, mark: &str) -> Repair {
    let text = &block.text;
    let end = at + mark.len();
    let stem = text.as_str().head(at).rsplit(' ').next().unwrap_or_default();
    let repair = Repair {
        kind: RepairKind::RaisedMark,
        page: block.page,
        before: format!("{stem}{mark}"),
        after: format!("{stem} {mark}"),
    };
    let (mut kept, rest) = (text.slice(0..at), text.slice(end..text.as_str().len()));
    let joint = if text.as_str().tail(end).starts_with(' ') { " " } else { "" };
    kept.push_text(joint, &rest);
    block.text = kept;
    repair
}

/// Where a text may have a note's mark: joined to a longer word in small letters, or to the full stop or comma behind it.
/// A number after a space may be one that the sentence needs.
fn places(text: &str, mark: &str) -> Vec<usize> {
    const WORD: usize = 5;
    let is_place = |at: &usize| {
        let head = text.head(*at).trim_end_matches(['.', ',', ';', ')', '’', '”']);
        let word = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let noun = word.len() >= WORD && word.chars().all(char::is_lowercase);
        noun && !text.tail(at + mark.len()).starts_with(char::is_alphanumeric)
    };
    text.match_indices(mark).map(|(at, _)| at).filter(is_place).collect()
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn a_mark_follows_a_word_and_no_number_does() {
        let marks = |text: &str| places(text, "4").len();
        assert_eq!(marks("three live in residential special schools4, all out of the area"), 1);
        assert_eq!(marks("Leaders meet each month.4 They know the area’s needs,4 and act."), 2);
        for number in [
            "as in paragraphs 4, 5 and 6",
            "children under 4, who are seldom seen",
            "the children 4.5% of",
            "44 children, 14",
            "children, 4, and",
            "COVID4.",
        ] {
            assert_eq!(marks(number), 0, "{number}");
        }
    }
}
