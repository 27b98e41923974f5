//! Plain text as a text layer.

use unicode_normalization::UnicodeNormalization;

use super::{LayerKind, Page, TextLayer, TextLine, Word};

/// Name of the engine, as records give it.
pub const ENGINE: &str = "findings-plain";

/// Lines and words of a plain text. Form feeds divide pages; a blank line is kept as space before the next
/// line; a wide gap (three spaces or a tab) begins a new line in the same row.
pub fn read(text: &str) -> TextLayer {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut pages = Vec::new();
    for (i, page_text) in text.split('\u{c}').enumerate() {
        if i > 0 && page_text.trim().is_empty() {
            continue;
        }
        let mut page = Page { number: i as u32 + 1, ..Page::default() };
        let mut blank = true;
        for line in page_text.lines() {
            if line.trim().is_empty() {
                blank = true;
                continue;
            }
            for (n, part) in wide_parts(line).enumerate() {
                let words = part
                    .split_whitespace()
                    .map(|w| Word { text: super::normalise(w).nfc().collect(), ..Word::default() })
                    .collect();
                page.lines.push(TextLine {
                    words,
                    blank_before: n == 0 && blank,
                    same_row: n > 0,
                    ..TextLine::default()
                });
            }
            blank = false;
        }
        pages.push(page);
    }
    TextLayer { kind: LayerKind::PlainText, engine: ENGINE.into(), pages, ..TextLayer::default() }
}

/// Parts of a line between wide gaps, the indent left out.
fn wide_parts(line: &str) -> impl Iterator<Item = &str> {
    line.trim().split("   ").flat_map(|p| p.split('\t')).map(str::trim).filter(|p| !p.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_pages_and_columns_are_kept() {
        let layer = read("Title\n\nName      Role\nnext\u{c}page two\n");
        let shown: Vec<String> = layer
            .pages
            .iter()
            .flat_map(|p| {
                p.lines
                    .iter()
                    .map(move |l| format!("{} {} {} {}", p.number, l.blank_before, l.same_row, l.text()))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "1 true false Title",
                "1 true false Name",
                "1 false true Role",
                "1 false false next",
                "2 true false page two"
            ]
        );
    }
}
