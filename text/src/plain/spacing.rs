//! Removes double line spacing: a blank line after every line.

use super::RawLine;

/// At most one in this many gaps between lines may lack its blank line.
const EXCEPTIONS: usize = 25;

/// At least one in this many gaps must be inside a sentence; otherwise each line is a paragraph.
const INSIDE: usize = 6;

/// Removes the blank line that follows every line, and keeps the other blank lines.
pub(super) fn single(lines: Vec<RawLine>) -> Vec<RawLine> {
    if !is_doubled(&lines) {
        return lines;
    }
    let mut out = Vec::with_capacity(lines.len() / 2 + 1);
    let mut blank = 0;
    for line in lines {
        if line.text.trim().is_empty() && !line.text.contains('\u{c}') {
            blank += 1;
            // The first belongs to the line above; of the rest, one is enough.
            if blank == 2 {
                out.push(line);
            }
            continue;
        }
        blank = 0;
        out.push(line);
    }
    out
}

fn is_doubled(lines: &[RawLine]) -> bool {
    let printed: Vec<usize> = (0..lines.len()).filter(|i| !lines[*i].text.trim().is_empty()).collect();
    let gaps = printed.windows(2).map(|w| (w[0], w[1]));
    let (mut all, mut tight, mut inside) = (0, 0, 0);
    for (a, b) in gaps {
        all += 1;
        tight += usize::from(b - a == 1);
        inside += usize::from(b - a == 2 && goes_on(lines[a].text, lines[b].text));
    }
    all > 8 && tight * EXCEPTIONS <= all && inside * INSIDE >= all
}

/// Whether a sentence continues from one line to the next.
fn goes_on(line: &str, next: &str) -> bool {
    let ended = line.trim_end().ends_with(['.', ':', ';', '?', '!']);
    !ended && next.trim_start().starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        single(text.split('\n').map(RawLine::of).collect())
            .iter()
            .map(|l| l.text)
            .collect::<Vec<_>>()
            .join("/")
    }

    #[test]
    fn blank_lines_after_every_line_are_taken_out() {
        let single = "Title\n\na line and\nthe next of\nit all.\nA line and\nthe next of\nit all.\n\nThe end\nof it all\nand more.";
        assert_eq!(read(&single.replace('\n', "\n\n")), single.replace('\n', "/"));
        assert_eq!(read(single), single.replace('\n', "/"));
        let paragraphs = "One line.\n\n".repeat(20);
        assert_eq!(read(&paragraphs), paragraphs.replace('\n', "/"));
    }
}
