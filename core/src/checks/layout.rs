//! Layout: lines reach the margin and go down the page, and equal indents mean equal levels.
//!
//! If a paragraph swallowed the next, if two columns were read across, or if a block is out of place in the content,
//! the words may still read well. Only their positions show it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::holders::{holders, in_team, lists_on};
use super::words::{beginning, ending};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::grammar::ends_open;
use crate::grammar::number::spelled_number;
use crate::ofsted::body::is_no_item;
use crate::outline::{Block, Role, is_clear_mark, paragraph_number};
use crate::record::Part;
use crate::text::Origin;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "line-ends-early",
        why: "A line of a paragraph breaks only where the next word wouldn't fit",
        held: (313, 319),
        run: early,
    },
    Check {
        name: "line-above-line",
        why: "The lines of a paragraph go down the page",
        held: (319, 319),
        run: upwards,
    },
    Check {
        name: "block-above-block",
        why: "A block is below the one read before it, or in the next column",
        held: (319, 319),
        run: blocks_upwards,
    },
    Check {
        name: "line-holds-gap",
        why: "Words in a line are a space apart; wider gaps separate columns",
        held: (319, 319),
        run: gaps,
    },
    Check {
        name: "line-begins-with-mark",
        why: "No line inside a paragraph or an item starts with a list mark",
        held: (316, 319),
        run: marks,
    },
    Check {
        name: "item-unmarked",
        why: "A block that is indented like the text of the list item next to it has a mark too",
        held: (178, 178),
        run: unmarked,
    },
    Check {
        name: "heading-ends-early",
        why: "A line of a heading breaks only where the next word wouldn't fit, or before a lower-case word",
        held: (108, 108),
        run: headings_early,
    },
    Check {
        name: "level-not-indented",
        why: "Consecutive items with the same indent have the same level",
        held: (283, 284),
        run: levels,
    },
    Check {
        name: "running-line-in-body",
        why: "A line that runs through the pages is not part of a paragraph",
        held: (219, 219),
        run: running,
    },
];

/// A line of a block.
pub(super) struct Line<'a> {
    words: &'a [Origin],
    pub text: &'a str,
    pub(super) page: u32,
}

/// Positions in points.
#[derive(Clone, Copy)]
pub(super) struct Edges {
    left: f32,
    right: f32,
    pub(super) top: f32,
}

impl Line<'_> {
    /// Its position, if the document has boxes.
    pub(super) fn edges(&self) -> Option<Edges> {
        let (first, last) = (self.words.first()?.bbox?, self.words.last()?.bbox?);
        Some(Edges { left: first.x0, right: last.x1, top: first.top })
    }
}

/// The font size of a block.
pub(super) fn size(block: &Block) -> f32 {
    block.style.size.max(6.0)
}

/// The lines of a block, in content order.
pub(super) fn lines(block: &Block) -> Vec<Line<'_>> {
    let runs = block.text.origins().chunk_by(|a, b| a.page == b.page && a.line == b.line);
    let line = |words: &'_ [Origin]| {
        let (first, last) = (words.first()?, words.last()?);
        Some((block.text.as_str().get(first.start as usize..last.end as usize)?, first.page))
    };
    runs.filter_map(|words| line(words).map(|(text, page)| Line { words, text, page })).collect()
}

/// The paragraphs and items of the body, including those in table cells. Lines go down the page in cells too, but
/// cells decide where they break.
pub(super) fn body<'a>(f: &Finished<'a>) -> impl Iterator<Item = &'a Block> + use<'a> {
    let text = |b: &Block| matches!(b.role, Role::Paragraph | Role::Bullet(_));
    let of_body = f.doc.blocks.iter().zip(f.parts).filter(|(_, part)| **part == Part::Section);
    of_body.map(|(b, _)| b).filter(move |b| text(b))
}

/// The words on either side of a line break, as they are in the block.
pub(super) fn around<'a>(block: &'a Block, line: &Line, next: &Line) -> &'a str {
    let from = line.words[line.words.len().saturating_sub(3)].start as usize;
    let to = next.words[next.words.len().min(3) - 1].end as usize;
    block.text.as_str().get(from..to).unwrap_or_default()
}

/// A check reports this many doubts one by one.
const MOST: usize = 100;

/// Puts every value in doubt that contains these words.
pub(super) fn doubt(
    f: &Finished<'_>,
    verdict: &mut Verdict,
    words: &str,
    page: u32,
    holds: bool,
    message: impl FnOnce() -> String,
) {
    if holds || verdict.failures.len() > MOST {
        verdict.that(true, &[], String::new);
        return;
    }
    // If a document fails everywhere, the whole body is in doubt, and there is no point in looking further.
    if verdict.failures.len() == MOST {
        verdict.that_on(page, false, &["/sections"], message);
        return;
    }
    let mut pointers = holders(f.record, words);
    // Names in a team are on lines of their own and don't end a sentence.
    pointers.retain(|p| !in_team(f, p));
    if pointers.is_empty() {
        verdict.that(true, &[], String::new);
        return;
    }
    let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
    verdict.that_on(page, false, &pointers, message);
}

/// Lines of one column have left edges at most this many font sizes apart.
const COLUMN: f32 = 6.0;

fn early(f: &Finished<'_>, verdict: &mut Verdict) {
    let margins = Margins::of(f);
    for block in body(f).filter(|b| !b.in_table) {
        let size = size(block);
        for pair in lines(block).windows(2) {
            let [line, next] = pair else { continue };
            // Plain text has no margin: lines break wherever the program that wrote it broke them.
            let (Some(edges), Some(word)) = (line.edges(), next.words.first().and_then(|w| w.bbox)) else {
                continue;
            };
            let margin = margins.right(line.page, edges.left).max(edges.right);
            // Items of a list of figures begin with a number.
            let counted = matches!(block.role, Role::Bullet(_)) && begins_with_number(next.text);
            let ended = line.text.ends_with(['.', ':', ';', '?', '!', ')', ']']) || counted;
            // A word may move down along with one that it can't be separated from, but not at the end of a sentence.
            let slack = if ended { 1.0 } else { 5.0 } * size;
            let room = margin - edges.right - (word.x1 - word.x0) - size * 0.25;
            doubt(f, verdict, around(block, line, next), line.page, room < slack, || {
                format!("the line “{}” ends before the margin", ending(line.text))
            });
        }
    }
}

/// Whether a text begins with a number, in digits or spelled out.
fn begins_with_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) || spelled_number(text).is_ok()
}

/// The right margin of each column: the right edge of the lines that start in a vertical strip of the page.
struct Margins(FxHashMap<(u32, i32), f32>);

/// The width of a strip in points, and how many strips on each side belong to the same column.
const STRIP: f32 = 12.0;
const STRIPS: i32 = 5;

impl Margins {
    fn of(f: &Finished<'_>) -> Self {
        let mut rights: FxHashMap<(u32, i32), f32> = FxHashMap::default();
        for line in body(f).flat_map(lines) {
            let Some(edges) = line.edges() else { continue };
            let right = rights.entry((line.page, Self::strip(edges.left))).or_insert(edges.right);
            *right = right.max(edges.right);
        }
        Self(rights)
    }

    fn strip(left: f32) -> i32 {
        (left / STRIP) as i32
    }

    fn right(&self, page: u32, left: f32) -> f32 {
        let strip = Self::strip(left);
        // Text far off the page has no column beside it.
        let beside = (-STRIPS..=STRIPS).filter_map(|by| self.0.get(&(page, strip.checked_add(by)?)));
        beside.copied().fold(0.0, f32::max)
    }
}

fn upwards(f: &Finished<'_>, verdict: &mut Verdict) {
    for block in body(f) {
        let size = size(block);
        for pair in lines(block).windows(2) {
            let [line, next] = pair else { continue };
            let (Some(a), Some(b)) = (line.edges(), next.edges()) else { continue };
            if line.page != next.page {
                continue;
            }
            let column = b.left > a.left + COLUMN * size;
            let down = b.top > a.top - size * 0.5 || column;
            let said = || format!("the line “{}” stands above the one before it", beginning(next.text));
            doubt(f, verdict, around(block, line, next), line.page, down, said);
            // An item that is out of place in the content is missing from its list.
            let first = next.text.split(' ').next().unwrap_or_default();
            if !down && (is_clear_mark(first) || paragraph_number(first).is_some()) {
                lists_on(f, line.page).for_each(|list| verdict.that_on(line.page, false, &[list], said));
            }
        }
    }
}

fn blocks_upwards(f: &Finished<'_>, verdict: &mut Verdict) {
    // If a report's first heading is out of place, the paragraphs below it end up on the front page.
    let begins = f.parts.iter().position(|part| *part == Part::Section).unwrap_or(f.parts.len());
    let front = f.doc.blocks.head(begins).iter().rfind(|b| b.is_content());
    let front = front.filter(|b| f.record.letter.is_none() && b.role == Role::Paragraph && b.is_full());
    let of_body =
        f.doc.blocks.iter().zip(f.parts).filter(|(b, part)| **part == Part::Section && b.is_prose());
    let blocks: Vec<&Block> = front.into_iter().chain(of_body.map(|(b, _)| b)).collect();
    for pair in blocks.windows(2) {
        let (above, below) = (lines(pair[0]), lines(pair[1]));
        let (Some(a), Some(b)) = (above.last(), below.first()) else { continue };
        let (Some(ea), Some(eb)) = (a.edges(), b.edges()) else { continue };
        if a.page < b.page {
            continue;
        }
        let below = eb.top > ea.top - size(pair[1]) * 0.5 || eb.left > ea.left + COLUMN * size(pair[1]);
        let down = a.page == b.page && below;
        let said = || format!("“{}” stands above what is read before it", beginning(b.text));
        doubt(f, verdict, a.text, a.page, down, said);
        doubt(f, verdict, b.text, b.page, down, said);
        // The text below a heading ends up under another one, and an item in another list or none.
        if !down && pair.iter().any(|b| matches!(b.role, Role::Heading(_) | Role::Bullet(_))) {
            verdict.that_on(b.page, false, &["/improvements"], said);
            if has_figures_near(f, b.page) {
                verdict.that_on(b.page, false, &["/figures"], said);
            }
            lists_on(f, b.page).for_each(|list| verdict.that_on(b.page, false, &[list], said));
        }
        if !down && b.page == 1 && f.record.letter.is_some() && f.record.inspection.theme.is_none() {
            verdict.that_on(b.page, false, &["/inspection/theme"], said);
        }
        // Text above the greeting belongs to the address.
        let greeted = f.record.letter.as_ref().and_then(|_| f.spans_of("/letter/salutation")?.first()?.bbox);
        if !down && b.page == 1 && greeted.is_some_and(|g| eb.top < g[1]) {
            verdict.that_on(b.page, false, &["/letter/recipients"], said);
        }
    }
}

/// Whether the figures of a report that has some were read on this page or the next, or not at all.
fn has_figures_near(f: &Finished<'_>, page: u32) -> bool {
    let counted = ["ofsted.sif.", "ofsted.safeguarding."];
    let on = |at: usize| f.page_of(&format!("/figures/{at}")).is_some_and(|p| p == page || p == page + 1);
    let count = f.record.figures.len();
    counted.iter().any(|id| f.record.format.id.starts_with(id)) && (count == 0 || (0..count).any(on))
}

fn gaps(f: &Finished<'_>, verdict: &mut Verdict) {
    for block in body(f) {
        let size = size(block);
        for line in lines(block) {
            let apart = |pair: &[Origin]| {
                let (Some(a), Some(b)) = (pair[0].bbox, pair[1].bbox) else { return false };
                b.x0 - a.x1 > size * 2.5
            };
            let wide = line.words.windows(2).any(apart);
            doubt(f, verdict, line.text, line.page, !wide, || {
                format!("“{}” has words that stand apart as columns do", beginning(line.text))
            });
        }
    }
}

fn marks(f: &Finished<'_>, verdict: &mut Verdict) {
    for block in body(f).filter(|b| !b.in_table) {
        for pair in lines(block).windows(2) {
            let [line, next] = pair else { continue };
            let first = next.text.split(' ').next().unwrap_or_default();
            let mark = is_clear_mark(first) || matches!(first, "-" | "\u{2013}" | "o");
            doubt(f, verdict, around(block, line, next), line.page, !mark, || {
                format!("“{}” begins with a list mark", beginning(next.text))
            });
        }
    }
}

fn unmarked(f: &Finished<'_>, verdict: &mut Verdict) {
    let blocks: Vec<&Block> = body(f).collect();
    for pair in blocks.windows(2) {
        let (item, other) = match (pair[0].role, pair[1].role) {
            (Role::Bullet(_), Role::Paragraph) => (pair[0], pair[1]),
            (Role::Paragraph, Role::Bullet(_)) => (pair[1], pair[0]),
            _ => continue,
        };
        let lines = lines(other);
        let (Some(first), Some(mark)) = (lines.first(), item.bbox) else { continue };
        let Some(edges) = first.edges() else { continue };
        let text = item.text_edge();
        let text_of = other.text.as_str();
        let lists_of = |text: &str| {
            let improvement = f.record.improvements.iter().any(|i| i.text == text);
            let strength = f.record.strengths.iter().any(|s| s.text == text);
            [("/improvements", improvement), ("/strengths", strength)]
                .into_iter()
                .filter(|l| l.1)
                .map(|l| l.0)
        };
        // A paragraph in running text may be indented like the bullets' text, but not in a list that was read. Items
        // recognised by their words are already in the list.
        let in_list = lists_of(item.text.as_str()).next().is_some() && lists_of(text_of).next().is_none();
        let introduces = !in_list || text_of.ends_with(':') || is_no_item(text_of);
        let apart =
            introduces || pair[0].last_page != pair[1].page || text - mark.x0 < 4.0 || other.number.is_some();
        if apart {
            continue;
        }
        let holds = (edges.left - text).abs() > 1.5;
        let said =
            || format!("“{}” begins where the items beside it do, without a mark", beginning(first.text));
        doubt(f, verdict, first.text, first.page, holds, said);
        if !holds {
            // It belongs to the list of the item next to it.
            for list in lists_of(item.text.as_str()) {
                verdict.that_on(first.page, false, &[list], said);
            }
        }
    }
}

fn headings_early(f: &Finished<'_>, verdict: &mut Verdict) {
    let margins = Margins::of(f);
    let of_body = f.doc.blocks.iter().zip(f.parts).filter(|(_, part)| **part == Part::Section);
    for (block, _) in of_body.filter(|(b, _)| matches!(b.role, Role::Heading(_)) && !b.in_table) {
        for pair in lines(block).windows(2) {
            let [line, next] = pair else { continue };
            let (Some(edges), Some(word)) = (line.edges(), next.words.first().and_then(|w| w.bbox)) else {
                continue;
            };
            let room = margins.right(line.page, edges.left) - edges.right - (word.x1 - word.x0);
            let phrase = next.text.starts_with(char::is_uppercase) && !ends_open(line.text, &["to", "for"]);
            // A grade beside the heading.
            let beside = word.x0 > edges.right;
            let early = phrase && !beside && room >= 5.0 * size(block);
            verdict.that_on(line.page, !early, &["/sections"], || {
                format!("the heading's line “{}” ends before the margin", ending(line.text))
            });
        }
    }
}

fn levels(f: &Finished<'_>, verdict: &mut Verdict) {
    let blocks: Vec<&Block> = body(f).collect();
    for pair in blocks.windows(2) {
        let [a, b] = pair else { continue };
        let (Role::Bullet(one), Role::Bullet(other)) = (a.role, b.role) else { continue };
        let (Some(x), Some(y)) = (a.bbox, b.bbox) else { continue };
        let alike = (x.x0 - y.x0).abs() < 1.0 && (a.text_edge() - b.text_edge()).abs() < 1.0;
        if !alike || a.last_page != b.page {
            continue;
        }
        let text = lines(b).first().map_or("", |l| l.text);
        doubt(f, verdict, text, b.page, one == other, || {
            format!("“{}” begins at the edge of the item before it, and is of another level", beginning(text))
        });
    }
}

/// A shorter running line, like a name, may be the end of a paragraph by chance.
const SHORTEST: usize = 6;

/// Running lines are no larger than this, in sizes of the body.
const LOGO: f32 = 2.0;

fn running(f: &Finished<'_>, verdict: &mut Verdict) {
    // A logo has the name of a body that inspects, which the text has too.
    let is_logo = |b: &Block| b.style.size > LOGO * f.doc.body_size.max(1.0);
    let furniture = f.doc.blocks.iter().filter(|b| b.role == Role::Furniture && !is_logo(b));
    let texts: FxHashSet<&str> = furniture
        .flat_map(lines)
        .map(|l| l.text)
        .filter(|t| t.contains(char::is_alphabetic) && t.chars().count() >= SHORTEST)
        .collect();
    if texts.is_empty() {
        return;
    }
    for block in body(f) {
        for line in lines(block) {
            doubt(f, verdict, line.text, line.page, !texts.contains(line.text), || {
                format!("“{}” runs through the pages and stands in a paragraph", line.text)
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Section, SectionBlock, sample};
    use crate::text::{TextLine, Word};

    #[test]
    fn a_running_line_of_one_word_stands_in_no_paragraph() {
        let doubted = |running: &str| {
            let block = |role: Role, lines: &[&str]| {
                let mut block = Block { role, page: 1, last_page: 1, ..Block::default() };
                for (number, text) in (0..).zip(lines) {
                    let word = Word { text: (*text).into(), ..Word::default() };
                    block.text.push_line(1, number, &TextLine { words: vec![word], ..TextLine::default() });
                }
                block
            };
            let mut doc = Outline::default();
            doc.blocks.push(block(Role::Furniture, &[running]));
            doc.blocks.push(block(Role::Paragraph, &["Children", running, "thrive."]));
            let mut record = sample();
            let text = doc.blocks[1].text.as_str().to_owned();
            let blocks = vec![SectionBlock::Paragraph { text, number: None }];
            record.sections = vec![Section { blocks, ..Section::default() }];
            let parts = [Part::Furniture, Part::Section];
            let finished = Finished { record: &record, doc: &doc, parts: &parts };
            run(&finished, CHECKS.iter().filter(|c| c.name == "running-line-in-body")).len()
        };
        assert_ne!(doubted("Ofsted"), 0);
        assert_eq!(doubted("Leeds"), 0, "may end a paragraph");
    }
}
