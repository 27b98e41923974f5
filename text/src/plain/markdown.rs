//! Markdown, as converters of PDF write it. Its markup becomes layout (a heading gets blank lines, cells a wide
//! gap) and is removed from the words.

use std::borrow::Cow;

/// This many headings make a text Markdown; a single table does too.
const HEADINGS: usize = 2;
/// Separates the cells of a row: a gap wide enough to begin a new cell in plain text.
const GAP: &str = "    ";

/// The text without Markdown markup; unchanged if it is not Markdown.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !is_markdown(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        if !out.is_empty() {
            out.push('\n');
        }
        put(line, &mut out);
    }
    out.into()
}

fn is_markdown(text: &str) -> bool {
    text.lines().filter(|l| heading(l).is_some()).nth(HEADINGS - 1).is_some() || text.lines().any(is_rule)
}

fn put(line: &str, out: &mut String) {
    if is_rule(line) || is_comment(line) {
        return;
    }
    if let Some(heading) = heading(line) {
        *out += "\n";
        *out += &unmarked(heading);
        *out += "\n";
    } else if let Some(row) = row(line) {
        let cells: Vec<String> = row.split('|').map(unmarked).collect();
        *out += cells.join(GAP).trim_end();
    } else {
        *out += &unmarked(line);
    }
}

/// `"#"{1,6} SP heading`: the words of a heading.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start().trim_start_matches('#');
    let level = line.trim_start().len() - words.len();
    let heading = words.strip_prefix(' ').filter(|_| (1..=6).contains(&level))?;
    Some(heading.trim().trim_end_matches('#').trim_end()).filter(|h| !h.is_empty())
}

/// `"|" cell *("|" cell) "|"`: the cells of a row, with the bars between them.
fn row(line: &str) -> Option<&str> {
    line.trim().strip_prefix('|')?.strip_suffix('|')
}

/// The line between a table's header and its rows: "|---|:--:|".
fn is_rule(line: &str) -> bool {
    row(line).is_some_and(|r| r.contains("--") && r.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')))
}

/// "<!-- image -->"; "![](picture.png)"
fn is_comment(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("<!--") && line.ends_with("-->") || line.starts_with("![") && line.ends_with(')')
}

/// Text without emphasis marks and escapes. List marks stay, but a mark that a converter added before a printed
/// bullet is removed.
fn unmarked(text: &str) -> String {
    const WRITTEN: &[(&str, &str)] = &[
        ("**", ""),
        ("__", ""),
        ("<br>", " "),
        ("<br/>", " "),
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("\\_", "_"),
        ("\\*", "*"),
        ("\\-", "-"),
    ];
    let plain = WRITTEN.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    match plain.trim_start().strip_prefix("- ").filter(|rest| super::is_glued_mark(rest)) {
        Some(rest) => rest.to_owned(),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use crate::plain::read;

    fn lines(text: &str) -> Vec<String> {
        read(text).pages.iter().flat_map(|p| &p.lines).map(|l| l.text()).collect()
    }

    #[test]
    fn marks_say_what_they_mean_and_are_no_words() {
        let text = "## Inspection of **Ashmoor**\n\nLed by R&amp;D\n\n| Judgement | Grade |\n|-----------|-------|\n| Overall effectiveness | Good |\n\n<!-- image -->\n\n## Findings\n\n- Work with young people.\n- \u{25fc} Listen.";
        insta::assert_snapshot!(lines(text).join("\n"), @r"
        Inspection of Ashmoor
        Led by R&D
        Judgement
        Grade
        Overall effectiveness
        Good
        Findings
        - Work with young people.
        • Listen.
        ");
    }

    #[test]
    fn a_text_with_one_number_sign_is_no_markdown() {
        assert_eq!(lines("# 3 of 5\n\n**Note** this"), ["# 3 of 5", "**Note** this"]);
    }
}
