//! Restores paragraph numbers lost from plain text, often together with the blank line before them, so that paragraphs run
//! together. The sequence of numbers says which are missing, and sentence beginnings say where their paragraphs start.

mod starts;

use self::starts::{LEAST, Sign, ends_sentence, full_line, is_text, signs};
use super::{Block, Role, join};
use crate::cut::Cut;
use crate::repair::{Repair, RepairKind};
use crate::text::confusion::digit;

/// The most consecutive numbers that may be missing.
const MOST: u32 = 12;

/// A gap in the sequence of paragraph numbers.
struct Gap {
    /// The block before: a numbered paragraph or a heading.
    from: usize,
    /// The next numbered paragraph.
    to: usize,
    /// The missing numbers.
    missing: Vec<u32>,
}

/// Gives unnumbered paragraphs the numbers missing around them, and splits paragraphs that have run together. In reports
/// with numbered paragraphs, those between numbered ones are numbered too. `heading` recognises headings that may have run
/// into the next paragraph's number.
pub(super) fn restore(blocks: &mut Vec<Block>, heading: &impl Fn(&str) -> bool) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let full = full_line(blocks);
    // From the end, so that a split moves only blocks already processed.
    let mut end = blocks.len();
    while let Some(to) = blocks.head(end).iter().rposition(is_numbered) {
        let gap = gap_before(blocks, to);
        if let Some(place) = gap.as_ref().and_then(|gap| told(blocks, gap)) {
            let (before, within) = (place.block, place.byte > 0);
            end += usize::from(within);
            repairs.push(give(blocks, place));
            if within && blocks[before].number.is_none() && heading(blocks[before].text.as_str()) {
                blocks[before].role = Role::Heading(1);
            }
            continue;
        }
        repairs.extend(gap.and_then(|gap| fill_gap(blocks, &gap, full)).into_iter().flatten());
        end = to;
    }
    rejoin(blocks);
    repairs.reverse();
    repairs
}

/// Joins an unnumbered paragraph at the top of a page to the numbered one before it, if no number is missing after it: the
/// page break only happened to fall between two sentences.
fn rejoin(blocks: &mut Vec<Block>) {
    let mut at = 0;
    while at < blocks.len() {
        let number = Some(&blocks[at]).filter(|b| is_numbered(b)).and_then(|b| b.number);
        let next = (at + 1..blocks.len()).find(|i| blocks[*i].is_content());
        let behind =
            next.and_then(|next| blocks.tail(next).iter().find_map(|b| b.number.filter(|_| is_numbered(b))));
        if let Some(next) = next
            && number.is_some_and(|number| behind == Some(number + 1))
            && blocks[next].role == Role::Paragraph
            && blocks[next].number.is_none()
            && blocks[next].words > LEAST
            && blocks[next].page != blocks[at].last_page
        {
            let rest = blocks.remove(next);
            join::absorb(&mut blocks[at], rest);
            continue;
        }
        at += 1;
    }
}

fn is_numbered(block: &Block) -> bool {
    block.role == Role::Paragraph && block.number.is_some()
}

/// The gap before a numbered paragraph.
fn gap_before(blocks: &[Block], to: usize) -> Option<Gap> {
    let number = blocks.get(to)?.number?;
    let before = blocks.head(to).iter().rposition(is_numbered).and_then(|at| Some((at, blocks[at].number?)));
    let heading = || {
        let at = blocks.head(to).iter().rposition(|b| matches!(b.role, Role::Heading(_)))?;
        // Numbering may restart below a heading.
        before.is_none_or(|(last, _)| last < at).then_some((at, 0))
    };
    let (from, last) = before.filter(|(_, last)| *last < number).or_else(heading)?;
    let missing: Vec<u32> = (last + 1..number).collect();
    (1..=MOST as usize).contains(&missing.len()).then_some(Gap { from, to, missing })
}

/// Where a paragraph begins.
struct Place {
    block: usize,
    /// Byte offset in the block's text, including the remains of its number.
    byte: usize,
    /// Length of the remains of its number, in bytes.
    rest: usize,
    number: u32,
}

/// The last place in a gap where a missing number, possibly misread, begins a sentence: "in time. 12. Leaders",
/// "12.Leaders", "S. Leaders".
fn told(blocks: &[Block], gap: &Gap) -> Option<Place> {
    for block in (gap.from..gap.to).rev().filter(|i| is_text(&blocks[*i])) {
        let text = blocks[block].text.as_str();
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
        for (n, byte) in starts.iter().copied().enumerate().rev() {
            if n == 0 && (block == gap.from || matches!(blocks[block].role, Role::Bullet(_))) {
                continue;
            }
            let ended = n == 0 || ends_sentence(text.head(byte - 1)) || !counts(text.head(byte - 1));
            let Some((number, rest)) =
                gap.missing.iter().find_map(|n| Some((*n, left_of(text.tail(byte), *n)?)))
            else {
                continue;
            };
            if ended && blocks[block].number.is_none_or(|own| n > 0 && number > own) {
                return Some(Place { block, byte, rest, number });
            }
        }
    }
    None
}

/// Whether a text ends with a word that takes a number: "the age of", "paragraph".
fn counts(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "of",
        "to",
        "aged",
        "age",
        "under",
        "over",
        "and",
        "or",
        "than",
        "least",
        "at",
        "on",
        "in",
        "by",
        "for",
        "from",
        "about",
        "paragraph",
        "paragraphs",
        "section",
        "table",
        "page",
        "figure",
        "the",
        "only",
        "other",
        "around",
        "between",
    ];
    let last = text.rsplit(' ').next().unwrap_or("");
    WORDS.contains(&last) || !last.ends_with(char::is_lowercase)
}

/// Length in bytes of the (possibly misread) number that a text begins with, if a capitalised word follows.
fn left_of(text: &str, number: u32) -> Option<usize> {
    let number = number.to_string();
    let mut digits = number.chars();
    let mut at = 0;
    for c in text.chars() {
        match digits.clone().next() {
            Some(wanted) if digit(c) == Some(wanted) => _ = digits.next(),
            // "1 2."
            Some(_) if c == ' ' && at > 0 => {}
            _ => break,
        }
        at += c.len_utf8();
    }
    let stop = text.tail(at).chars().next().filter(|c| matches!(c, '.' | ','))?;
    let behind = text.tail(at + stop.len_utf8());
    let begins =
        behind.trim_start_matches([' ', '\u{2018}', '\u{201c}', '(']).starts_with(char::is_uppercase);
    (digits.next().is_none() && begins).then_some(at + stop.len_utf8())
}

/// Assigns the missing numbers of a gap if it has exactly as many paragraph starts. The surest signs are tried first: space
/// above; if these are too few, page beginnings too; then lines that begin with a sentence.
fn fill_gap(blocks: &mut Vec<Block>, gap: &Gap, full: usize) -> Option<Vec<Repair>> {
    let signs = signs(blocks, gap, full);
    let of = |kinds: &[Sign]| signs.iter().filter(|s| kinds.contains(&s.sign)).collect::<Vec<_>>();
    let kinds = [&[Sign::Space][..], &[Sign::Space, Sign::Page], &[Sign::Space, Sign::Page, Sign::Line]];
    let chosen = kinds.into_iter().map(of).find(|places| places.len() >= gap.missing.len())?;
    if chosen.len() > gap.missing.len() {
        return None;
    }
    let places: Vec<Place> = chosen
        .into_iter()
        .zip(&gap.missing)
        .map(|(start, number)| Place { block: start.block, byte: start.byte, rest: 0, number: *number })
        .collect();
    Some(places.into_iter().rev().map(|place| give(blocks, place)).collect())
}

/// Turns the text from a place on into a numbered paragraph.
fn give(blocks: &mut Vec<Block>, place: Place) -> Repair {
    let Place { block: at, byte, rest, number } = place;
    let mut paragraph = if byte > 0 { part_off(blocks, at, byte) } else { blocks.remove(at) };
    let text = paragraph.text.as_str();
    let behind = text.tail(rest);
    let shown: Vec<&str> = behind.split(' ').filter(|w| !w.is_empty()).take(SHOWN).collect();
    let shown = shown.join(" ");
    let before =
        format!("{}{}{shown}", text.head(rest), if rest > 0 && behind.starts_with(' ') { " " } else { "" });
    let repair = Repair {
        kind: RepairKind::LostNumber,
        page: paragraph.page,
        before,
        after: format!("{number}. {shown}"),
    };
    paragraph.text.take_off(rest);
    (paragraph.role, paragraph.number, paragraph.mark) = (Role::Paragraph, Some(number), None);
    blocks.insert(if byte > 0 { at + 1 } else { at }, paragraph);
    repair
}

/// How many words of a paragraph a repair shows.
const SHOWN: usize = 3;

/// Splits a block at a byte of its text; returns the second part as a paragraph.
pub(super) fn part_off(blocks: &mut [Block], at: usize, byte: usize) -> Block {
    let block = &mut blocks[at];
    let (first, rest) = (block.text.slice(0..byte), block.text.slice(byte..block.text.as_str().len()));
    let words = rest.origins().len() as u32;
    let paragraph = Block {
        role: Role::Paragraph,
        words,
        page: rest.page(),
        number: None,
        mark: None,
        text: rest,
        ..block.clone()
    };
    block.words -= words.min(block.words);
    block.last_page = first.origins().last().map_or(block.page, |o| o.page);
    block.text = first;
    paragraph
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;
    use crate::text::plain;

    /// The numbers of a plain text's paragraphs, each with its first word; and what was repaired.
    fn restored(text: &str) -> (String, Vec<String>) {
        let mut blocks = Outline::build(&plain::read(text)).blocks;
        let heading = |text: &str| text.starts_with("The experiences and progress");
        let repairs = restore(&mut blocks, &heading)
            .into_iter()
            .map(|r| format!("{} → {}", r.before, r.after))
            .collect();
        let shown = blocks.iter().filter(|b| b.role == Role::Paragraph).map(|b| {
            let first = b.text.as_str().split(' ').next().unwrap_or("");
            b.number.map_or_else(|| first.to_owned(), |n| format!("{n} {first}"))
        });
        (shown.collect::<Vec<_>>().join(", "), repairs)
    }

    const LINE: &str = "know each of the children and what it is that they need from them.";

    /// Paragraphs of two lines, of which the second is short unless it is to be full.
    fn paragraph(first: &str, full: bool) -> String {
        format!(
            "{first} {LINE}\nHomes are warm{}.\n",
            if full { " and dry, and there are schools near to all of them" } else { "" }
        )
    }

    #[test]
    fn a_paragraph_that_lost_its_number_begins_with_a_sentence() {
        let (a, b, c) =
            (paragraph("1. Leaders", false), paragraph("Managers", false), paragraph("3. Schools", false));
        let (shown, repairs) = restored(&format!("{a}\n{b}\n{c}"));
        assert_eq!(shown, "1 Leaders, 2 Managers, 3 Schools");
        assert_eq!(repairs, ["Managers know each → 2. Managers know each"]);
        assert_eq!(restored(&format!("{a}{b}\n{c}")).0, "1 Leaders, 2 Managers, 3 Schools");
        // A full line says nothing, but where no other place is left.
        let full = paragraph("1. Leaders", true).replace("them.\nHomes", "them,\nhomes");
        assert_eq!(
            restored(&format!("{full}{b}\n{c}").replace("them.\nHomes", "them,\nhomes")).0,
            "1 Leaders, 2 Managers, 3 Schools"
        );
        let two = paragraph("1. Leaders", true);
        assert_eq!(restored(&format!("{two}{}\n{c}", paragraph("Managers", true))).0, "1 Leaders, 3 Schools");
    }

    #[test]
    fn a_line_that_was_broken_ends_no_paragraph() {
        let (a, c) = (paragraph("1. Leaders", false), paragraph("3. Schools", false));
        let broken = "know each of the children, and\nwhat they need.\nHomes are warm and dry, and there are schools near to all of them, of";
        let b = format!("Managers {LINE}\nThey {broken}\ncourse.\n");
        assert_eq!(restored(&format!("{a}{b}\n{c}")).0, "1 Leaders, 2 Managers, Homes, 3 Schools");
    }

    #[test]
    fn a_page_that_ends_with_a_sentence_ends_no_numbered_paragraph() {
        let text = |last: &str| {
            let (a, b) = (paragraph("1. Leaders", true), paragraph("Managers", false));
            format!("{a}\u{c}{b}\n{}", paragraph(last, false))
        };
        assert_eq!(restored(&text("2. Schools")).0, "1 Leaders, 2 Schools");
        assert_eq!(restored(&text("3. Schools")).0, "1 Leaders, 2 Managers, 3 Schools");
    }

    #[test]
    fn what_is_left_of_a_number_is_one() {
        let (a, c) = (paragraph("4. Leaders", false), paragraph("6. Schools", false));
        for (left, repair) in [
            ("S. Managers", "S. Managers know each → 5. Managers know each"),
            ("5.Managers", "5.Managers know each → 5. Managers know each"),
        ] {
            let (shown, repairs) = restored(&format!("{a}\n{}\n{c}", paragraph(left, false)));
            assert_eq!((shown.as_str(), repairs[0].as_str()), ("4 Leaders, 5 Managers, 6 Schools", repair));
        }
        let heading = "The experiences and progress of children who need help and\nprotection: good 5.";
        assert!(!restored(&format!("{a}\n{heading}\n\n{c}")).0.contains("5 The"));
        let run = format!("{a}\nThe experiences and progress of children are good 5. Managers {LINE}\n{c}");
        let (shown, _) = restored(&run);
        assert!(shown.contains("5 Managers") && !shown.contains("The"), "{shown}");
        let aged = format!("{a}\nManagers know of children aged 5. Managers {LINE}\nHomes are warm.\n\n{c}");
        assert_eq!(restored(&aged).0.matches("Managers").count(), 1);
        let within = format!("{} {}\n{c}", a.trim_end(), paragraph("5. Managers", false));
        assert!(restored(&within).0.contains("5 Managers, 6 Schools"));
    }

    #[test]
    fn sections_without_numbers_stay_as_they_are() {
        let (a, c) = (paragraph("1. Leaders", false), paragraph("3. Schools", false));
        let other = paragraph("Managers", false);
        let text = format!("{a}\nOther matters\n\n{other}\n{other}\nFindings\n\n{c}");
        assert_eq!(restored(&text).0, "1 Leaders, Managers, Managers, 3 Schools");
        let text = format!("{a}\nOther matters\n\n{other}\nFindings\n\n{other}\n{c}");
        assert_eq!(restored(&text).0, "1 Leaders, Managers, 2 Managers, 3 Schools");
        // More paragraphs than numbers: nobody knows which of them has one.
        assert_eq!(
            restored(&format!("{a}\n{other}\n{other}\n{c}")).0,
            "1 Leaders, Managers, Managers, 3 Schools"
        );
    }
}
