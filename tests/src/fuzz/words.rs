//! Fuzz targets for text: plain text and Markdown, layers of lines, each format's grammar, and formats in files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use findings_core::checks::Own;
use findings_core::evidence::violations;
use findings_core::format::{Anchor, Format, FormatInfo, Place};
use findings_core::ofsted::FORMATS;
use findings_core::outline::Outline;
use findings_core::pipeline::{ReadOptions, read, read_with};
use findings_core::record::Draft;
use findings_core::text::{BBox, Element, ElementRole, LayerKind, Page, TextLayer, TextLine, Word, plain};
use findings_forms::FormatFiles;

use super::{corpus, hold, parts};
use crate::mutants::Dice;

/// Tokens of reports.
pub(super) const WORDS: &[&str] = &[
    "\n\n",
    "\u{c}",
    "\t",
    "    ",
    "# ",
    "**",
    "| a | b |\n|---|---|\n",
    "• ",
    "1. ",
    "> ",
    "&nbsp;",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "Requires improvement",
    "Inadequate",
    "Good",
    "Outstanding",
    "Inspection date:",
    "20 March 2023",
    "30 February 2023",
    "from 27 February to 3 March 2023",
    "29/2/2024",
    "Lead inspector: Ann Lee, Her Majesty's Inspector",
    "Dear Ms Lee",
    "Yours sincerely",
    "The areas for improvement are",
    "What needs to improve?",
    "The experiences and progress of",
    "Date of last inspection",
    "123",
    "12,345.67",
    "-",
    "’",
    "“",
    "”",
    "\u{0301}",
    "ﬁ",
    "İ",
    "ß",
    "１",
    "٣",
    "𝟏",
    "\r",
    "\r\n",
    "Director of Children's Services",
    "SE1 9GF",
];

/// The input as a text file, and as Markdown.
pub(super) fn text(bytes: &[u8]) {
    hold(&read("text.txt", bytes, &ReadOptions::default()));
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let layer = plain::read(text);
    let words = layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words);
    for word in words {
        assert!(
            !word.text.is_empty() && !word.text.contains(char::is_whitespace),
            "{:?} is no word",
            word.text
        );
    }
}

pub(super) fn texts() -> Vec<Vec<u8>> {
    let mut all = corpus("corpus/text", &[".txt", ".md"], 40_000);
    all.push(b"# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n* item\n* item two\n\n> quoted\n".to_vec());
    all
}

/// The input as a layer: each of its lines becomes a line whose place, size and structure depend on the number before
/// it.
pub(super) fn outline(bytes: &[u8]) {
    let layer = layer(&String::from_utf8_lossy(bytes));
    let outline = Outline::build(&layer);
    let words = layer.word_count();
    let kept: u32 = outline.blocks.iter().map(|b| b.words).sum();
    assert!(kept <= words, "the outline has {kept} words of {words}");
    for block in &outline.blocks {
        let text = &block.text;
        let evidence = text.evidence_all("fuzz");
        assert!(text.is_empty() || !evidence.spans.is_empty(), "{:?} has no place", text.as_str());
        for line in text.lines() {
            assert!(text.as_str().contains(line.as_str()), "a line that is no part of its block");
        }
    }
}

pub(super) fn layers() -> Vec<Vec<u8>> {
    let numbered = |text: Vec<u8>| {
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines = text.lines().filter(|l| !l.trim().is_empty()).take(300);
        lines
            .enumerate()
            .map(|(i, l)| format!("{} {}", i % 7, l.trim()))
            .collect::<Vec<_>>()
            .join("\n")
            .into_bytes()
    };
    texts().into_iter().map(numbered).collect()
}

/// One element of each role. Each is a child of the one before it or of none; Table, TR, TD and L, LI, LBody are
/// nested.
fn elements() -> Vec<Element> {
    ROLES
        .iter()
        .enumerate()
        .map(|(i, role)| {
            let top = matches!(role, ElementRole::P | ElementRole::H(_) | ElementRole::L);
            Element { role: *role, parent: (i > 0 && !top).then(|| i as u32 - 1) }
        })
        .collect()
}

const ROLES: &[ElementRole] = &[
    ElementRole::P,
    ElementRole::H(1),
    ElementRole::L,
    ElementRole::LI,
    ElementRole::LBody,
    ElementRole::Table,
    ElementRole::TR,
    ElementRole::TD,
    ElementRole::Note,
    ElementRole::Toc,
    ElementRole::Span,
];

/// A layer in which the number before each line determines how the line looks and where it is.
fn layer(text: &str) -> TextLayer {
    let page = |number| Page { number, width: 595.0, height: 842.0, ..Page::default() };
    let mut pages = vec![page(1)];
    let mut top = 50.0;
    for line in text.lines().take(2_000) {
        let (seed, words) =
            line.split_at(line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        let mut dice = Dice::of(seed.parse().unwrap_or(0));
        let size = [11.0, 11.0, 11.0, 14.0, 18.0, 8.0][dice.roll(6)];
        let left = [72.0, 72.0, 90.0, 300.0, -20.0][dice.roll(5)];
        match dice.roll(30) {
            0 => top -= 100.0,
            1 => {
                pages.push(page(pages.len() as u32 + 1));
                top = 50.0;
            }
            2 => {}
            _ => top += size * 1.2,
        }
        let Some(page) = pages.last_mut().filter(|_| !words.trim().is_empty()) else { continue };
        page.lines.push(styled_line(words, (left, top), size, &mut dice));
    }
    TextLayer { kind: LayerKind::Native, pages, elements: elements(), ..TextLayer::default() }
}

/// A line of words at this place and of this size, with an otherwise random appearance.
fn styled_line(words: &str, (left, top): (f32, f32), size: f32, dice: &mut Dice) -> TextLine {
    let bold = dice.roll(4) == 0;
    let superscript = dice.roll(9);
    let word = |(i, word): (usize, &str)| {
        let x0 = left + i as f32 * 40.0;
        Word {
            text: word.to_owned(),
            bbox: Some(BBox { x0, top, x1: x0 + 35.0, bottom: top + size }),
            size,
            bold,
            superscript: i == superscript,
            ..Word::default()
        }
    };
    let words: Vec<Word> = words.split_whitespace().enumerate().map(word).collect();
    TextLine {
        bbox: words.iter().filter_map(|w| w.bbox).reduce(BBox::union),
        size,
        bold,
        element: Some(dice.roll(ROLES.len() * 2) as u32).filter(|e| (*e as usize) < ROLES.len()),
        artifact: dice.roll(20) == 0,
        note: dice.roll(40) == 0,
        same_row: dice.roll(6) == 0,
        words,
        ..TextLine::default()
    }
}

/// A format that claims every document with a phrase that no report contains.
struct Only {
    format: &'static dyn Format,
    info: &'static FormatInfo,
}

const CLAIM: &str = "zebra crossing quarterly";

impl Format for Only {
    fn info(&self) -> &'static FormatInfo {
        self.info
    }
    fn read(&self, doc: &Outline, draft: &mut Draft) {
        self.format.read(doc, draft);
    }
    fn own(&self) -> Own {
        self.format.own()
    }
    fn begins(&self, lines: &[&str]) -> bool {
        self.format.begins(lines)
    }
    fn is_letterhead(&self, line: &str) -> bool {
        self.format.is_letterhead(line)
    }
    fn line_starts(&self, line: &str) -> Vec<usize> {
        self.format.line_starts(line)
    }
    fn is_heading(&self, line: &str) -> bool {
        self.format.is_heading(line)
    }
}

static ONLY: LazyLock<Vec<Only>> = LazyLock::new(|| {
    const ANCHORS: &[Anchor] = &[Anchor { phrases: &[CLAIM], place: Place::Body, weight: 1.0 }];
    let only = |format: &&'static dyn Format| {
        let info = Box::leak(Box::new(FormatInfo { anchors: ANCHORS, ..*format.info() }));
        Only { format: *format, info }
    };
    FORMATS.iter().map(only).collect()
});

/// Runs a format's grammar on any text: the record must be valid, and its quotes must be in the text.
pub(super) fn grammars(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let text = format!("{text}\n\n{CLAIM}\n");
    // The format is chosen by the length, so that even a short run covers all of them.
    let only = &ONLY[text.len() % ONLY.len()];
    let reading = read_with(&[only], "text.txt", text.as_bytes(), &ReadOptions::default());
    hold(&reading);
    if let Some(record) = reading.record() {
        let layer = plain::read(&text);
        let value = serde_json::to_value(record).expect("a record is JSON");
        // After repairs or splitting, the words differ from those of the file.
        let as_it_stands = record.diagnostics.iter().all(|d| !d.code.starts_with("text-"));
        let faults = violations(&value, &record.evidence, &layer);
        let unfounded: Vec<_> = faults.iter().filter(|f| f.what.contains("is not in the document")).collect();
        assert!(!as_it_stands || unfounded.is_empty(), "{}: {unfounded:?}", only.info.id);
    }
}

/// A text for each format, which claims it.
pub(super) fn grammar_texts() -> Vec<Vec<u8>> {
    texts()
        .into_iter()
        .chain([
            b"Inspection of Wexcombe children's services\n\nInspection dates: 3 to 7 July 2023\n".to_vec()
        ])
        .collect()
}

/// The input as a format file, and a text on which it is tried.
pub(super) fn format_file(bytes: &[u8]) {
    let [file, text] = parts(bytes);
    let Ok(file) = std::str::from_utf8(file) else { return };
    match FormatFiles::of_text("fuzz.format.toml", file) {
        Ok(files) => {
            let plugins = Some(std::sync::Arc::new(files) as _);
            hold(&read("text.txt", text, &ReadOptions { plugins, ..ReadOptions::default() }));
        }
        Err(errors) => assert!(!errors.is_empty(), "a file that is refused for no reason"),
    }
}

pub(super) fn format_files() -> Vec<Vec<u8>> {
    let texts: BTreeMap<usize, Vec<u8>> = texts().into_iter().enumerate().collect();
    let first = texts.get(&0).cloned().unwrap_or_default();
    let files = corpus("forms/formats", &[".toml"], 60_000);
    files.into_iter().map(|file| [file, first.clone()].join(&b"\n%%\n"[..])).collect()
}
