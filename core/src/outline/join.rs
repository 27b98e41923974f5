//! Rejoins paragraphs, bullets and tables that a page break, a footnote or a box has cut in two.

use crate::cut::Cut;
use std::ops::Range;

use super::{Block, Role, tables};
use crate::text::Origin;

/// From the top of one line to the next, in font sizes: anything larger is paragraph spacing.
const APART: f32 = 1.5;
/// The width of a space between words, in font sizes.
const SPACE: f32 = 0.25;

/// The most blocks that a box interrupting a paragraph may have.
const INSET: usize = 30;

/// Joins what belongs together. Furniture and notes stay where they are.
pub(super) fn join(blocks: &mut Vec<Block>) {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    // The last block of the body, which may continue after furniture and notes.
    let mut open: Option<usize> = None;
    let mut insets: Vec<Range<usize>> = Vec::new();
    let mut rest = std::mem::take(blocks).into_iter().peekable();
    while let Some(block) = rest.next() {
        if !block.is_content() {
            out.push(block);
            continue;
        }
        if let Some(at) = open
            && (goes_on(&out[at], &block) || is_within_list(&out[at], &block, rest.peek()))
        {
            absorb(&mut out[at], block);
            continue;
        }
        if let Some(at) = open.and_then(|last| interrupted(out.head(last), &block)) {
            absorb(&mut out[at], block);
            insets.push(at + 1..out.len());
            open = Some(at);
            continue;
        }
        open = Some(out.len());
        out.push(block);
    }
    for inset in insets.into_iter().rev() {
        set_behind(&mut out, inset);
    }
    *blocks = out;
}

/// The block that a paragraph continues, mid-sentence, across a box: the tags say so, or the lines are under a list
/// item's text and the box begins with a heading.
fn interrupted(before: &[Block], next: &Block) -> Option<usize> {
    let broken = |a: &Block| !ended(a) || next.text.as_str().starts_with(char::is_lowercase);
    if next.role != Role::Paragraph || next.number.is_some() {
        return None;
    }
    let from = before.len().saturating_sub(INSET);
    (from..before.len()).rev().find(|at| {
        let a = &before[*at];
        let text = matches!(a.role, Role::Paragraph | Role::Bullet(_));
        if !text || a.last_page >= next.page || !same_style(a, next) || !broken(a) {
            return false;
        }
        let body = |b: &&Block| b.is_content();
        let boxed =
            || before.tail(at + 1).iter().find(body).is_some_and(|b| matches!(b.role, Role::Heading(_)));
        let one_element = a.element.is_some() && a.element == next.element;
        one_element || breaks_off(a, next) && is_under_text(a, next) && boxed()
    })
}

/// Moves a box behind the list that it interrupts.
fn set_behind(blocks: &mut [Block], inset: Range<usize>) {
    if !matches!(blocks[inset.start - 1].role, Role::Bullet(_)) {
        return;
    }
    let in_list = |b: &Block| matches!(b.role, Role::Bullet(_) | Role::Furniture | Role::Footnote);
    let end = blocks.tail(inset.end).iter().position(|b| !in_list(b)).map_or(blocks.len(), |n| inset.end + n);
    blocks[inset.start..end].rotate_left(inset.len());
}

/// A line of running text has more words than this.
const LINE: u32 = 6;

fn goes_on(a: &Block, b: &Block) -> bool {
    match (a.role, b.role) {
        (Role::Table, Role::Table) => {
            a.last_page != b.page && a.rows.last().map(Vec::len) == b.rows.first().map(Vec::len)
        }
        (Role::Table, Role::Paragraph) => tables::cell_of(a, b).is_some(),
        // A list mark on a separate line.
        (Role::Bullet(_), Role::Paragraph) if a.text.is_empty() => true,
        // In plain text a short item looks like a heading.
        (Role::Bullet(_), Role::Heading(_)) => a.text.is_empty() && b.bbox.is_none(),
        // A paragraph number on a separate line.
        (Role::Paragraph, Role::Paragraph) if a.text.is_empty() && a.number.is_some() => b.number.is_none(),
        (Role::Paragraph | Role::Bullet(_), Role::Paragraph) => {
            let next_page = a.last_page != b.page;
            let layout = a.in_table == b.in_table
                || next_page && (breaks_off(a, b) || rests_of_item(a, b) || a.is_open())
                || runs_on(a, b);
            let style = same_style(a, b) || next_page && breaks_off(a, b) && rests_of_item(a, b);
            b.number.is_none() && layout && style && text_goes_on(a, b)
        }
        // The first line of a paragraph, at the end of a page of plain text, looks like a heading.
        (Role::Heading(_), Role::Paragraph) => {
            a.bbox.is_none() && a.last_page != b.page && a.words > LINE && breaks_off(a, b)
        }
        (Role::Heading(_), Role::Heading(_)) => {
            let next_below = match (a.bbox, b.bbox) {
                (Some(x), Some(y)) => {
                    a.page == b.page
                        && y.top > x.top
                        && y.top - x.top < 2.2 * a.style.size * a.text.lines().len() as f32
                }
                _ => false,
            };
            a.style == b.style && next_below && b.text.as_str().starts_with(char::is_lowercase)
        }
        _ => false,
    }
}

/// Whether a paragraph at the top of a page of plain text stands between two items of one list: it is the rest of the
/// first, whose sentence ended with the page. Text has no indent that would show it.
fn is_within_list(a: &Block, b: &Block, next: Option<&Block>) -> bool {
    let plain = a.bbox.is_none() && a.last_page != b.page;
    let prose =
        b.role == Role::Paragraph && b.number.is_none() && ended(b) && !b.text.as_str().ends_with(':');
    let list = |n: &Block| n.role == a.role && n.mark == a.mark && n.page == b.page;
    plain && prose && matches!(a.role, Role::Bullet(_)) && next.is_some_and(list)
}

fn same_style(a: &Block, b: &Block) -> bool {
    (a.style.size - b.style.size).abs() < 0.8 && a.style.bold == b.style.bold
}

/// Whether a sentence that begins in one block ends in the other.
fn breaks_off(a: &Block, b: &Block) -> bool {
    !ended(a) && b.text.as_str().starts_with(char::is_lowercase)
}

/// Whether the tags call both a paragraph and the block before it list items, and it is under that item's text: the end
/// of a page has cut the item, and the table that contains it, in two. A mark may be set larger than its text.
fn rests_of_item(item: &Block, next: &Block) -> bool {
    item.list_item && next.list_item && is_under_text(item, next)
}

fn ended(block: &Block) -> bool {
    let text = block.text.as_str().trim_end_matches(['\u{2019}', '\u{201d}', '\'', '"', ')']);
    text.ends_with(['.', '?', '!', ':'])
}

fn text_goes_on(a: &Block, b: &Block) -> bool {
    let ended = ended(a);
    let lower = b.text.as_str().starts_with(char::is_lowercase);
    let same_element = a.element.is_some() && a.element == b.element;
    if runs_on(a, b) {
        return true;
    }
    if a.last_page == b.page && a.row != b.row {
        return false;
    }
    let under_text = matches!(a.role, Role::Bullet(_)) && is_under_text(a, b) && !leaves_list(a, b);
    if a.last_page != b.page {
        // A single element is a single paragraph, whether or not a sentence ends with the page.
        // Word ends a tagged list at the end of a page: the rest of an item becomes an item without a mark.
        let tagged = a.element.is_some() || b.element.is_some();
        let full = a.full_last_line || leaves_no_room(a, b);
        return same_element
            || under_text && (lower || !tagged || b.list_item)
            || if ended { hangs_on(a, b, full) } else { lower || full && a.words > 8 || is_unfinished(a) };
    }
    under_text
        || lower && is_unfinished(a)
        || !ended && a.is_full() && (lower || a.number.is_some() || a.mark.is_some() || a.row.is_some())
}

/// Whether a block goes on with the next line of its page, whatever the tags say: some programs make every few lines a
/// paragraph, or a row, of its own.
fn runs_on(a: &Block, b: &Block) -> bool {
    (a.is_open() || is_unfinished(a) && b.text.as_str().starts_with(char::is_lowercase)) && is_next_line(a, b)
}

/// Whether a paragraph begins with the line below the last one of a block, at the same left edge.
fn is_next_line(a: &Block, b: &Block) -> bool {
    let (Some(last), Some(next)) = (a.text.origins().last(), b.bbox) else { return false };
    let line = a.text.origins().iter().filter(|o| o.line == last.line).filter_map(|o| o.bbox);
    let Some(line) = line.reduce(|x, y| x.union(y)) else { return false };
    let down = next.top - line.top;
    let below = a.last_page == b.page && down > 0.0 && down < APART * a.style.size;
    below && (next.x0 - line.x0).abs() < 3.0 && b.role == Role::Paragraph && b.number.is_none()
}

/// Whether a block of running text stops mid-sentence, wherever its last line ends: after a word that can't end a
/// sentence, or after sentences of which all but the last have their full stop.
fn is_unfinished(block: &Block) -> bool {
    const JOINTS: &[&str] = &[
        "a", "an", "the", "to", "of", "for", "with", "by", "from", "and", "or", "that", "which", "who",
        "their", "its", "than", "as", "are", "is", "was", "were", "this", "these", "into", "between",
        "through",
    ];
    let text = block.text.as_str().trim_end();
    let joint = text.rsplit(' ').next().is_some_and(|last| JOINTS.contains(&last));
    let prose = block.role == Role::Paragraph && text.contains(". ") && text.ends_with(char::is_alphanumeric);
    !ended(block) && (joint && block.words > 8 || prose && block.words > 20)
}

/// Whether a page's first paragraph continues the one before although a sentence ends with the page: it is under the
/// text of a numbered paragraph or an item, not under its number or mark, or the tags say so.
fn hangs_on(a: &Block, b: &Block, full: bool) -> bool {
    let lower = b.text.as_str().starts_with(char::is_lowercase);
    let itemised = a.number.is_some() || matches!(a.role, Role::Bullet(_));
    let same_element = a.element.is_some() && a.element == b.element;
    let tags_agree = b.element.is_none() || a.list_item == b.list_item;
    itemised && (is_under_text(a, b) && tags_agree && (full || lower) || same_element && full)
}

/// Whether the last line of a block has no room for the first word of the next, so that running text would have broken
/// there too. A block in a box has narrower lines than its page.
fn leaves_no_room(a: &Block, b: &Block) -> bool {
    let edge = |o: &Origin| o.bbox.map(|b| b.x1);
    let (Some(last), Some(word)) = (a.text.origins().last(), b.text.origins().first()) else { return false };
    let (Some(end), Some(word)) = (edge(last), word.bbox) else { return false };
    let widest = a.text.origins().iter().filter(|o| o.line != last.line).filter_map(edge).fold(0.0, f32::max);
    let space = SPACE * a.style.size;
    widest > 0.0 && end + space + (word.x1 - word.x0) > widest
}

/// Whether a paragraph under a list item is not part of it: the tags say so, the item has ended, and there is space
/// between them.
fn leaves_list(item: &Block, next: &Block) -> bool {
    let tagged = item.list_item && !next.list_item && next.element.is_some();
    let last = item.text.origins().last().and_then(|o| o.bbox);
    let apart = match (last, next.bbox) {
        (Some(a), Some(b)) => b.top - a.top > APART * item.style.size,
        _ => false,
    };
    tagged && apart && ended(item) && item.last_page == next.page
}

/// Whether a paragraph is under the text of a list item rather than under its mark, and so continues the item.
fn is_under_text(item: &Block, next: &Block) -> bool {
    let (Some(mark), Some(b)) = (item.bbox, next.bbox) else { return false };
    let edge = item.text_edge();
    edge > mark.x0 + 8.0 && (b.x0 - edge).abs() < 3.0 && (next.text_left - edge).abs() < 3.0
}

pub(super) fn absorb(a: &mut Block, b: Block) {
    if let (Role::Table, Role::Paragraph) = (a.role, b.role) {
        if let (Some(at), Some(row)) = (tables::cell_of(a, &b), a.rows.last_mut()) {
            row[at].push_text(" ", &b.text);
            a.text.push_text(" ", &b.text);
        }
    } else if a.role == Role::Table {
        tables::join_rows(&mut a.rows, b.rows);
        a.text.push_text(" ", &b.text);
    } else {
        a.text.push_text(" ", &b.text);
    }
    if matches!(a.role, Role::Heading(_)) && b.role == Role::Paragraph {
        a.role = Role::Paragraph;
    }
    a.words += b.words;
    a.last_page = b.last_page;
    a.full_last_line = b.full_last_line;
    a.text_left = b.text_left;
    if b.role == Role::Table {
        a.lefts = b.lefts;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{BBox, Text, TextLine, Word};

    /// A paragraph on a page whose lines begin and end at these places, all but the last.
    fn block(page: u32, lines: &[&str], x0: f32, x1: &[f32]) -> Block {
        let mut block = Block { page, last_page: page, text_left: x0, ..Block::default() };
        for (n, (line, x1)) in lines.iter().zip(x1).enumerate() {
            let words: Vec<&str> = line.split(' ').collect();
            let each = (x1 - x0) / words.len() as f32;
            let top = 100.0 + 14.0 * n as f32;
            let bbox = |i: usize| BBox {
                x0: x0 + each * i as f32,
                top,
                x1: x0 + each * (i + 1) as f32,
                bottom: top + 12.0,
            };
            let word =
                |(i, w): (usize, &&str)| Word { text: (*w).into(), bbox: Some(bbox(i)), ..Word::default() };
            let line =
                TextLine { words: words.iter().enumerate().map(word).collect(), ..TextLine::default() };
            block.text.push_line(page, page * 100 + n as u32, &line);
            block.words += words.len() as u32;
            block.bbox = block.bbox.or(Some(bbox(0)));
        }
        block.style.size = 12.0;
        block
    }

    fn joined(a: Block, b: Block) -> bool {
        let mut blocks = vec![a, b];
        join(&mut blocks);
        blocks.len() == 1
    }

    #[test]
    fn a_numbered_paragraph_goes_on_under_its_text() {
        let numbered = |text_left: f32| {
            let mut a =
                block(1, &["Work is begun in good time", "and seen through by all."], 90.0, &[400.0, 390.0]);
            a.number = Some(34);
            a.bbox = Some(BBox { x0: 60.0, ..a.bbox.unwrap_or_default() });
            Block { text_left, ..a }
        };
        let next = |x0| block(2, &["Supervision is", "regular."], x0, &[400.0, 150.0]);
        assert!(joined(numbered(90.0), next(90.0)));
        assert!(!joined(numbered(90.0), next(60.0)), "a paragraph at the margin is one of its own");
    }

    #[test]
    fn an_item_that_a_page_and_its_table_cut_goes_on() {
        let item = || {
            let lines = ["Needs are known and plans are made", "for the gaps in early help services."];
            let mut a = block(1, &lines, 90.0, &[400.0, 390.0]);
            a.bbox = Some(BBox { x0: 72.0, ..a.bbox.unwrap_or_default() });
            Block { role: Role::Bullet(1), list_item: true, in_table: true, element: Some(1), ..a }
        };
        let next = |x0, list_item| {
            let b = block(2, &["However, progress has", "been slow."], x0, &[400.0, 150.0]);
            Block { list_item, element: Some(2), ..b }
        };
        assert!(joined(item(), next(90.0, true)));
        assert!(!joined(item(), next(72.0, true)), "what stands under the mark is no rest of the item");
        assert!(!joined(item(), next(90.0, false)), "the tags say that the list has ended");
    }

    #[test]
    fn a_line_of_a_box_is_full_by_the_width_of_its_box() {
        let text = ["Services are good and they are well run", "and spoke to inspectors about their work"];
        let boxed = |last| block(1, &text, 60.0, &[300.0, last]);
        let next = || block(2, &["Ashmoor social", "workers."], 60.0, &[300.0, 120.0]);
        assert!(joined(boxed(290.0), next()));
        assert!(!joined(boxed(110.0), next()), "a line with room for the next word ends its paragraph");
    }

    #[test]
    fn running_text_that_stops_inside_a_sentence_goes_on() {
        let prose = |last: &str| {
            let text = ["Leaders meet often. They are well informed and they act on what they hear", last];
            block(1, &text, 60.0, &[400.0, 200.0])
        };
        let next = |page, text: &str| block(page, &[text, "and more."], 60.0, &[400.0, 150.0]);
        let forum = "from a forum for young people that is led by a lively";
        assert!(joined(prose(forum), next(2, "Voices team, which meets in the town hall")));
        assert!(!joined(prose("from a forum."), next(2, "Voices are heard in the town hall")));
        // A short line in the middle of a page.
        assert!(joined(prose("and this leads to help being given to"), next(1, "children who need it")));
        assert!(!joined(prose("and this leads to help"), next(1, "Children who need it")));
    }

    #[test]
    fn a_line_at_the_margin_goes_on_in_the_next_whatever_the_tags_say() {
        let text = [
            "Leaders know their services well and they",
            "listen to young people in the council of the Town",
        ];
        let above = |last: &str, full_last_line| {
            let a = block(1, &[text[0], last], 60.0, &[400.0, 395.0]);
            Block { row: Some(1), in_table: true, full_last_line, ..a }
        };
        let below = |down: f32, page| {
            let b = block(page, &["Forum and in its", "meetings."], 60.0, &[400.0, 150.0]);
            let bbox = b.bbox.map(|b| BBox { top: b.top + down, bottom: b.bottom + down, ..b });
            Block { row: Some(2), bbox, ..b }
        };
        assert!(joined(above(text[1], true), below(28.0, 1)));
        assert!(joined(above(text[1], true), below(0.0, 2)), "the table's row ends with the page");
        assert!(!joined(above(text[1], true), below(42.0, 1)), "space stands between the two");
        assert!(!joined(above(text[1], false), below(28.0, 1)), "there was room for the next word");
        assert!(!joined(above("listen to young people in the Town.", true), below(28.0, 1)));
    }

    #[test]
    fn a_first_line_at_the_end_of_a_page_of_plain_text_is_no_heading() {
        let roles = |text: &str| {
            let blocks = crate::outline::Outline::build(&crate::text::plain::read(text)).blocks;
            blocks.iter().map(|b| matches!(b.role, Role::Heading(_))).collect::<Vec<_>>()
        };
        let line = "There is a difference in how long children wait for support from";
        assert_eq!(roles(&format!("{line}\n\x0chealth services, and it is known.\n")), [false]);
        assert_eq!(roles(&format!("{line}\n\x0cHealth services in Norbrook.\n")), [false]);
        assert_eq!(roles(&format!("{line} others\n\x0cHealth services are known.\n")), [true, false]);
    }

    #[test]
    fn an_item_of_plain_text_goes_on_at_the_top_of_a_page() {
        let blocks =
            |text: &str| crate::outline::Outline::build(&crate::text::plain::read(text)).blocks.len();
        let (item, next) = ("• Leaders know their services.\n", "• Plans are made in good time.\n");
        let rest = "They visit them in all weathers, and say so.\n";
        assert_eq!(blocks(&format!("{item}\x0c{rest}{next}")), 2);
        assert_eq!(blocks(&format!("{item}\x0c{rest}")), 2, "a paragraph below the list");
        assert_eq!(blocks(&format!("{item}\x0cLeaders also do this:\n{next}")), 3, "what introduces a list");
    }

    #[test]
    fn texts_join_without_a_soft_hyphen() {
        let mut a = Text::default();
        for (i, text) in ["ser\u{ad}", "vices"].into_iter().enumerate() {
            let word = Word { text: text.into(), ..Word::default() };
            let mut next = Text::default();
            next.push_word(1, i as u32, 0, &word, true);
            a.push_text(" ", &next);
        }
        assert_eq!(a.as_str(), "services");
    }
}
