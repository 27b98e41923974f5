//! Determines the role of each block: heading, list item, numbered paragraph.

use super::{Block, Role, is_clear_mark, is_mark, paragraph_number};
use crate::grammar::ends_open;
use crate::text::LayerKind;

/// A heading has at most this many words.
const HEADING_WORDS: u32 = 34;

/// A line of plain text with more words than this that leaves its sentence open is no heading; a title may be broken
/// into shorter ones.
const CUT_OFF: u32 = 8;

/// Assigns roles to all blocks other than furniture, notes and tables.
pub(super) fn assign(blocks: &mut [Block], kind: LayerKind, body_size: f32) {
    let mut list = List::default();
    let mut numbered = Numbered::default();
    for at in 0..blocks.len() {
        let before_item = blocks.get(at + 1).is_some_and(marked);
        let block = &mut blocks[at];
        if block.role != Role::Paragraph {
            continue;
        }
        take_mark(block);
        if block.mark.is_some() {
            let level = list.level(block, kind);
            block.role = Role::Bullet(level);
            numbered.open = false;
            continue;
        }
        if is_heading(block, kind, body_size) {
            block.role = Role::Heading(1);
            list = List::default();
            numbered.open = false;
            continue;
        }
        list.after_paragraph();
        if kind != LayerKind::PlainText || !numbered.goes_on_to(block) {
            take_number(block, before_item);
        }
        numbered.take(block);
    }
}

/// The paragraph before, and its number.
#[derive(Default)]
struct Numbered {
    number: Option<u32>,
    open: bool,
}

impl Numbered {
    /// Whether a block of plain text is the rest of the numbered paragraph before, inside a sentence of which it begins with
    /// a number: "up to the age of / 18. Plans".
    fn goes_on_to(&self, block: &Block) -> bool {
        let first = block.text.as_str().split(' ').next().unwrap_or("");
        let number = paragraph_number(first).filter(|_| block.words > 1);
        self.open && self.number.zip(number).is_some_and(|(last, number)| number != last + 1)
    }

    fn take(&mut self, block: &Block) {
        self.number = block.number.or(self.number);
        self.open = block.text.as_str().ends_with(char::is_lowercase);
    }
}

/// Whether a block begins with a list mark.
fn marked(block: &Block) -> bool {
    let first = block.text.as_str().split(' ').next().unwrap_or("");
    block.mark.is_some() || is_clear_mark(first) || first.starts_with('\u{2022}')
}

/// The current list, to determine the depth of its items.
#[derive(Default)]
struct List {
    left: Option<f32>,
    mark: Option<char>,
    gap: u32,
}

impl List {
    fn level(&mut self, block: &Block, kind: LayerKind) -> u8 {
        self.gap = 0;
        let x0 = block.bbox.map_or(0.0, |b| b.x0);
        let (Some(left), Some(mark)) = (self.left, self.mark) else {
            (self.left, self.mark) = (Some(x0), block.mark);
            return 1;
        };
        // A private-use character may stand for any mark.
        let known = block.mark.is_some_and(|m| !('\u{e000}'..='\u{f8ff}').contains(&m));
        // OCR may read the same mark as different characters.
        let told = known && kind != LayerKind::Ocr;
        let other = told && block.mark != Some(mark) && mark == '\u{2022}';
        let deeper = x0 > left + 10.0 || (other && x0 >= left - 1.0);
        if deeper {
            return 2;
        }
        (self.left, self.mark) = (Some(x0), block.mark);
        1
    }

    fn after_paragraph(&mut self) {
        self.gap += 1;
        if self.gap > 1 {
            *self = List::default();
        }
    }
}

/// Removes a list mark from the front of a block's text.
fn take_mark(block: &mut Block) {
    let text = block.text.as_str();
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let stuck = first.starts_with('\u{2022}') && first.chars().count() > 1;
    if !is_mark(first) && !stuck {
        return;
    }
    if rest.is_empty() && first != "\u{2022}" && is_mark(first) {
        return;
    }
    block.mark = first.chars().next();
    // A mark may be printed without space before its word.
    let skip = if is_mark(first) { first.len() } else { '\u{2022}'.len_utf8() };
    block.text.take_off(skip);
}

/// Removes a paragraph number from the front of the block's text.
fn take_number(block: &mut Block, before_item: bool) {
    let text = block.text.as_str();
    if text.ends_with('.') && block.words == 1 {
        // A number alone: its paragraph follows. Before a list item it ends a sentence instead ("the age of / 17.").
        if before_item {
            return;
        }
        block.number = paragraph_number(text);
        if block.number.is_some() {
            block.text = block.text.slice(0..0);
        }
        return;
    }
    let Some((first, rest)) = text.split_once(' ') else { return };
    let Some(number) = paragraph_number(first) else { return };
    // A number without a full stop may be part of the sentence ("12 children …") or of a date. One with a closing
    // bracket may be the end of a parenthesis ("a fall (85 to / 58) in the number of").
    let closed = first.ends_with(')') && rest.starts_with(char::is_uppercase);
    let dotted = first.ends_with('.') || closed;
    let listed = block.list_item && rest.starts_with(char::is_uppercase);
    if !dotted && !listed {
        return;
    }
    if !rest.starts_with(|c: char| c.is_alphanumeric() || "‘’“”'\"(£".contains(c)) {
        return;
    }
    block.number = Some(number);
    let taken = first.len();
    block.text.take_off(taken);
}

fn is_heading(block: &Block, kind: LayerKind, body_size: f32) -> bool {
    let text = block.text.as_str();
    if block.words > HEADING_WORDS || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if kind == LayerKind::PlainText {
        return block.words <= 16
            && text.starts_with(char::is_uppercase)
            && !text.ends_with(['.', ',', ';', '!'])
            // "… in 2014. The judgements were:" announces a list.
            && !(text.ends_with(':') && text.contains(". "))
            // The beginning of a sentence that a page break has cut off.
            && !(block.words > CUT_OFF && ends_open(text, &["in", "to", "for", "on"]))
            && block.text.lines().len() <= 2;
    }
    let style = block.style;
    let larger = style.size > body_size * 1.08;
    // Tags alone don't make a heading, the line must look like one too: some documents tag body text as headings.
    let tagged = style.tagged_heading.is_some()
        && style.size >= body_size - 0.5
        && block.words <= 20
        && !text.ends_with(['.', ',', ';']);
    style.bold && style.size >= body_size - 1.1 || larger || tagged
}

/// Numbers the levels of headings by their styles: the largest is 1.
pub(super) fn number_levels(blocks: &mut [Block]) {
    let key = |b: &Block| (-(b.style.size * 2.0) as i32, !b.style.bold);
    let mut styles: Vec<(i32, bool)> =
        blocks.iter().filter(|b| matches!(b.role, Role::Heading(_))).map(key).collect();
    styles.sort_unstable();
    styles.dedup();
    for block in blocks {
        if matches!(block.role, Role::Heading(_)) {
            let rank = styles.iter().position(|s| *s == key(block)).unwrap_or(0);
            block.role = Role::Heading((rank + 1).min(6) as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::outline::Outline;
    use crate::text::plain;

    #[test]
    fn a_number_inside_a_sentence_is_that_of_no_paragraph() {
        let blocks = |last: &str| {
            let text = format!(
                "71. Leaders know that young people may stay with those who care for them up to {last}\n18. Plans for this are good, and written by the people who know them.\n"
            );
            Outline::build(&plain::read(&text)).blocks.iter().map(|b| b.number).collect::<Vec<_>>()
        };
        assert_eq!(blocks("the age of"), [Some(71)]);
        assert_eq!(blocks("their birthday."), [Some(71), Some(18)]);
    }

    #[test]
    fn the_end_of_a_bracket_is_no_number() {
        let number = |text: &str| Outline::build(&plain::read(text)).blocks[0].number;
        assert_eq!(number("58) in the number of letters that came in time, after 85."), None);
        assert_eq!(number("58) Letters come in time, and all of them are answered."), Some(58));
        assert_eq!(number("58. Letters come in time, and all of them are answered."), Some(58));
    }
}
