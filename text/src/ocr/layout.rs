//! Turns recognised words into pages of lines, like those that a PDF would give.

use super::lines::{self, Line};
use super::{PageError, PageTask, Recognised, leading, numbers, sizes, table};
use crate::{BBox, Page, TextLine, Word};

/// How far down the first page a letterhead reaches, as a share of the page height.
const LETTERHEAD: f32 = 0.25;
/// How far logos reach from the top and bottom of a page, as a share of its height.
const LOGO: f32 = 0.16;
/// How many times larger than body text a logo must be: one of a single word, and one of several.
const LOGO_LARGER: f32 = 1.35;
const LOGO_HUGE: f32 = 2.0;
/// The largest distance between lines of a logo, in body text sizes.
const LOGO_LINES: f32 = 1.25;
/// How far words under a logo may extend beyond it, in points.
const LOGO_WIDER: f32 = 45.0;
/// For a row of logos: the most words in it, the fewest letters of a word that identifies it, how near in points
/// the word must recur, and on how many other pages.
const LOGO_WORDS: usize = 5;
const LOGO_LETTERS: usize = 5;
const LOGO_PLACE: f32 = 8.0;
const LOGO_PAGES: usize = 2;
/// How much smaller than body text a letterhead is, in points.
const LETTERHEAD_SMALLER: f32 = 1.5;
/// The fewest words of a line in a letter's address: a name and a post.
const ENTRY: usize = 4;

/// The lines of text on a page, and its rules.
type LinesAndRules = (Vec<Line>, Vec<BBox>);

/// Builds pages with their lines. Font sizes are reconciled across all pages, because a single line shows its size
/// poorly.
pub(super) fn pages(
    tasks: &[PageTask],
    read: Vec<Result<Recognised, PageError>>,
) -> Vec<Result<Page, PageError>> {
    let mut found: Vec<Result<LinesAndRules, PageError>> = tasks
        .iter()
        .zip(read)
        .map(|(task, read)| read.map(|page| lines::find(&page, task.width / page.width.max(1) as f32)))
        .collect();
    let body = sizes::reconcile(found.iter_mut().flatten().flat_map(|(lines, _)| lines));
    numbers::restore(&mut found.iter_mut().flatten().map(|(lines, _)| lines).collect::<Vec<_>>());
    let usual = leading::usual(found.iter().flatten().map(|(lines, _)| lines.as_slice()));
    let mut pages: Vec<Result<Vec<Line>, PageError>> = tasks
        .iter()
        .zip(found)
        .map(|(task, found)| {
            let (lines, rules) = found?;
            let mut lines = table::in_order(lines, &rules);
            leading::divide(&mut lines, usual);
            if task.index == 0 {
                letterhead(&mut lines, task.height, body);
            }
            pictures(&mut lines, task.index == 0, task.height, body);
            Ok(lines)
        })
        .collect();
    running_logos(&mut pages, tasks);
    tasks
        .iter()
        .zip(pages)
        .map(|(task, lines)| {
            Ok(Page {
                number: task.index as u32 + 1,
                width: task.width,
                height: task.height,
                lines: lines?.into_iter().map(text_line).collect(),
                ..Page::default()
            })
        })
        .collect()
}

/// Marks rows of logos at the top of pages. They are recognised differently each time, but some word recurs in the
/// same place.
fn running_logos(pages: &mut [Result<Vec<Line>, PageError>], tasks: &[PageTask]) {
    let mut seen: Vec<(usize, String, f32, f32)> = Vec::new();
    let words = |line: &Line, height: f32| -> Vec<(String, f32, f32)> {
        // Bold lines are excluded: a heading may be at the top of several pages.
        let in_band = line.base < LOGO * height && line.words.len() <= LOGO_WORDS && !line.bold;
        let long = line.words.iter().filter(|w| in_band && w.text.chars().count() >= LOGO_LETTERS);
        long.map(|w| (w.text.clone(), w.x0, line.base)).collect()
    };
    for (page, (lines, task)) in pages.iter().zip(tasks).enumerate() {
        let of_page = lines.iter().flatten().flat_map(|l| words(l, task.height));
        seen.extend(of_page.map(|(text, x0, base)| (page, text, x0, base)));
    }
    for (page, (lines, task)) in pages.iter_mut().zip(tasks).enumerate() {
        for line in lines.iter_mut().flatten() {
            let again = |(text, x0, base): (String, f32, f32)| {
                let there = |s: &&(usize, String, f32, f32)| {
                    s.0 != page && s.1 == text && (s.2 - x0).abs().max((s.3 - base).abs()) < LOGO_PLACE
                };
                seen.iter().filter(there).count() >= LOGO_PAGES
            };
            line.artifact |= words(line, task.height).into_iter().any(again);
        }
        if let (Ok(lines), true) = (lines, task.index > 0) {
            above_logos(lines, task.height);
        }
    }
}

/// Marks everything above the lowest logo at the top of a page: text begins below it.
fn above_logos(lines: &mut [Line], height: f32) {
    let logos = lines.iter().filter(|l| l.artifact && l.base < LOGO * height);
    let lowest = logos.map(|l| l.base).fold(0.0, f32::max);
    for line in lines.iter_mut().filter(|l| l.base < lowest) {
        line.artifact = true;
    }
}

/// Marks the letterhead as an artifact, as in tagged PDFs: small lines above the first text of the first page, and
/// whatever was recognised in a logo beside them.
fn letterhead(lines: &mut [Line], height: f32, body: f32) {
    let small = |l: &Line| l.size < body - LETTERHEAD_SMALLER || l.is_doubtful();
    let within = lines.iter().position(|l| l.base > LETTERHEAD * height).unwrap_or(lines.len());
    let Some(last) = lines.iter().take(within).rposition(|l| l.size < body - LETTERHEAD_SMALLER) else {
        return;
    };
    let lowest = lines.iter().take(last + 1).map(|l| l.base).fold(0.0, f32::max);
    // The letter's date and address may be beside the letterhead.
    let of_letter =
        |l: &Line| is_date(l) || l.words.len() >= ENTRY && (l.size - body).abs() < LETTERHEAD_SMALLER;
    for line in lines.iter_mut().filter(|l| l.base <= lowest + 1.0) {
        line.artifact = small(line) || line.base < lowest && !of_letter(line);
    }
}

/// Whether a line has the shape of "9 November 2018".
fn is_date(line: &Line) -> bool {
    let number =
        |w: &lines::LineWord, most: usize| w.text.len() <= most && w.text.bytes().all(|b| b.is_ascii_digit());
    matches!(line.words.as_slice(), [day, _, year] if number(day, 2) && number(year, 4) && year.text.len() == 4)
}

/// Handles text recognised in a logo or a signature: in the page margins it becomes an artifact, elsewhere it is
/// dropped. A logo may contain small words, and have words under it.
fn pictures(lines: &mut Vec<Line>, first_page: bool, height: f32, body: f32) {
    lines.retain(|l| !l.is_picture(body));
    let mut logo: Option<(f32, f32, f32)> = None;
    for line in lines.iter_mut() {
        let top = line.base < LOGO * height;
        let margin = top || line.base > (1.0 - LOGO) * height;
        // The heading of a contents page may be as large as a logo.
        let is_contents = matches!(line.words.as_slice(), [word] if word.text == "Contents");
        let large = top
            && !is_contents
            && (line.words.len() == 1 && line.size > LOGO_LARGER * body
                // On the first page, the report's title may be as large.
                || !first_page && line.words.len() <= 3 && line.size > LOGO_HUGE * body);
        if margin && (line.is_doubtful() || large) {
            line.artifact = true;
        }
        if large {
            let (x0, x1, base) = logo.unwrap_or((line.x0, line.x1, line.base));
            logo = Some((x0.min(line.x0), x1.max(line.x1), base.max(line.base)));
        }
    }
    let Some((x0, x1, base)) = logo else { return };
    let mut band: Vec<&mut Line> = lines.iter_mut().filter(|l| l.base < LOGO * height).collect();
    band.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lowest = base;
    for line in band {
        line.artifact |= line.size < body - LETTERHEAD_SMALLER && line.base < lowest + LOGO_LINES * body;
        let near = line.base > base && line.base < lowest + LOGO_LINES * body;
        let under = line.x0 > x0 - LOGO_WIDER && line.x1 < x1 + LOGO_WIDER;
        line.artifact |= near && under && line.words.len() <= 3 && !is_date(line);
        if line.artifact {
            lowest = lowest.max(line.base);
        }
    }
}

fn text_line(line: Line) -> TextLine {
    let words: Vec<Word> = line
        .words
        .into_iter()
        .map(|w| Word {
            text: w.text,
            bbox: Some(w.on_page),
            size: if w.superscript { line.size * 0.65 } else { line.size },
            bold: line.bold,
            superscript: w.superscript,
            confidence: w.confidence,
            original: w.original.map(Into::into),
        })
        .collect();
    TextLine {
        words,
        bbox: Some(BBox {
            x0: line.x0,
            top: line.base - 0.8 * line.size,
            x1: line.x1,
            bottom: line.base + 0.2 * line.size,
        }),
        size: line.size,
        bold: line.bold,
        artifact: line.artifact,
        same_row: line.same_row,
        blank_before: line.blank_before,
        ..TextLine::default()
    }
}
