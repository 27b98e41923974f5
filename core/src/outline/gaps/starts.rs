//! Finds where paragraphs may begin between two numbered ones.

use super::Gap;
use crate::cut::Cut;
use crate::outline::{Block, LOST_MARK, Role, paragraph_number};
use crate::text::Origin;

/// The evidence that a paragraph begins at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A blank line, or a line before that ends early.
    Space,
    /// A page begins.
    Page,
    /// A line begins with a sentence.
    Line,
}

/// Where a paragraph may begin.
pub(super) struct Start {
    pub block: usize,
    pub byte: usize,
    pub sign: Sign,
}

/// Where paragraphs may begin in a gap.
pub(super) fn signs(blocks: &[Block], gap: &Gap, full: usize) -> Vec<Start> {
    let mut out = Vec::new();
    let heading = |i: &usize| matches!(blocks[*i].role, Role::Heading(_));
    // A section in between without any numbers has unnumbered paragraphs of its own.
    let first = (gap.from + 1..gap.to).find(heading).unwrap_or(gap.to);
    let last = (gap.from..gap.to).rev().find(heading).unwrap_or(gap.from);
    let mut before: Option<&Block> = None;
    for (at, block) in blocks.iter().enumerate().take(gap.to).skip(gap.from) {
        if !block.is_content() {
            continue;
        }
        let inside = at < first || at >= last;
        if at > gap.from && inside && may_be_paragraph(block) {
            let ended = before.is_none_or(|b| !is_text(b) || ends_sentence(b.text.as_str()));
            let other_page = before.is_some_and(|b| b.last_page != block.page);
            let below_heading = before.is_some_and(|b| matches!(b.role, Role::Heading(_)));
            let sign = match before.filter(|b| is_text(b)) {
                _ if below_heading => Sign::Space,
                _ if other_page => Sign::Page,
                Some(before) if is_broken(before, full) => Sign::Line,
                _ => Sign::Space,
            };
            if ended {
                out.push(Start { block: at, byte: 0, sign });
            }
        }
        if inside && is_text(block) {
            out.extend(lines_of(block, at, full));
        }
        before = Some(block);
    }
    // With a heading in the gap, a line that begins with a sentence is too weak a sign.
    out.retain(|start| start.sign != Sign::Line || first == gap.to);
    out
}

/// Whether an unnumbered block may be a whole paragraph. A long list item without a mark may be one too.
fn may_be_paragraph(block: &Block) -> bool {
    let text = block.text.as_str();
    let least = match block.role {
        Role::Paragraph => LEAST,
        Role::Bullet(_) if block.mark == Some(LOST_MARK) => LONG,
        _ => return false,
    };
    // "… protection: good 1.": a heading and the number of the paragraph below it.
    let numbers = text.rsplit(' ').next().is_some_and(|last| paragraph_number(last).is_some());
    is_beginning(text) && block.words > least && !numbers
}

/// A paragraph has more words than `LEAST`; one that looks like a list item more than `LONG`.
pub(super) const LEAST: u32 = 6;
const LONG: u32 = 20;

/// The lines inside a block that begin with a sentence.
fn lines_of(block: &Block, at: usize, full: usize) -> Vec<Start> {
    let lines = lines(block);
    let full = width(&lines, full);
    let mut out = Vec::new();
    for (n, pair) in lines.windows(2).enumerate() {
        let [line, next] = pair else { continue };
        let left = room(line.text, next.text, full);
        let broken = n > 0 && room(lines[n - 1].text, line.text, full) > ROOM;
        let ended = ends_sentence(line.text) || left > ROOM && line.text.ends_with(',');
        let sign = match (line.page == next.page, left > ROOM && !broken) {
            (false, _) => Sign::Page,
            (true, true) => Sign::Space,
            (true, false) => Sign::Line,
        };
        // After a full line, "154 children …" may continue a sentence.
        let counts = sign == Sign::Space && next.text.starts_with(|c: char| c.is_ascii_digit());
        if ended && (is_beginning(next.text) || counts) {
            out.push(Start { block: at, byte: next.start, sign });
        }
    }
    out
}

/// A line of a block.
struct Line<'a> {
    start: usize,
    page: u32,
    text: &'a str,
}

fn lines(block: &Block) -> Vec<Line<'_>> {
    let text = block.text.as_str();
    let of_line = |a: &Origin, b: &Origin| (a.page, a.line) == (b.page, b.line);
    let lines = block.text.origins().chunk_by(of_line).map(|words| {
        let (start, end) = (words[0].start as usize, words[words.len() - 1].end as usize);
        Line { start, page: words[0].page, text: text.part(start..end) }
    });
    lines.collect()
}

/// The length of a full line of a block, in characters: its longest line, ignoring lines that were joined. A block of few
/// lines takes the text's usual length, `full`.
fn width(lines: &[Line<'_>], full: usize) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|l| l.text.chars().count()).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let longest = lengths.into_iter().rfind(|n| *n * 4 <= usual * 5);
    longest.filter(|_| lines.len() > FEW).unwrap_or(full)
}

/// With this many lines or fewer, a block does not show its own width.
const FEW: usize = 3;

/// The space left on a line, in characters, if the next line's first word were added; negative if it would not fit.
fn room(line: &str, next: &str, full: usize) -> i32 {
    let word = next.split(' ').next().map_or(0, |w| w.chars().count());
    full as i32 - (line.chars().count() + 1 + word) as i32
}

/// Whether the line before a block's last one was broken although the next word would have fitted. Then a short last line
/// does not show the end of a paragraph.
fn is_broken(block: &Block, full: usize) -> bool {
    let lines = lines(block);
    let full = width(&lines, full);
    matches!(lines.as_slice(), [.., line, last] if room(line.text, last.text, full) > ROOM)
}

/// A line that leaves more space than this, in characters, beyond the next word, ends a paragraph.
const ROOM: i32 = 6;

/// The usual length of full lines, in characters.
pub(super) fn full_line(blocks: &[Block]) -> usize {
    let paragraphs = blocks.iter().filter(|b| b.role == Role::Paragraph);
    let mut lengths: Vec<usize> =
        paragraphs.flat_map(lines).map(|l| l.text.chars().count()).filter(|n| *n > 40).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0)
}

/// Whether a text ends like a sentence, possibly with a closing bracket or quotation mark.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '?', '!', ':', ')', '\u{2019}', '\u{201d}', '"'])
}

/// Whether a text begins like a sentence.
fn is_beginning(text: &str) -> bool {
    text.trim_start_matches(['\u{2018}', '\u{201c}', '\'', '"']).starts_with(char::is_uppercase)
}

/// Whether a block is a paragraph or an item.
pub(super) fn is_text(block: &Block) -> bool {
    matches!(block.role, Role::Paragraph | Role::Bullet(_))
}
