//! Mails that contain a document: quotation marks before its lines, and the mail's header above it.

use super::RawLine;

/// A mail quotes a document if at least one in this many lines is quoted.
const QUOTED: usize = 2;

/// The names of mail header fields.
const HEADS: &[&str] =
    &["from", "sent", "date", "to", "cc", "bcc", "subject", "reply-to", "importance", "attachments"];

/// The fewest consecutive lines of a mail header.
const HEAD_LINES: usize = 2;

/// Removes quotation marks. If a mail quotes a document, its own words are marked as message.
pub(super) fn unquote(lines: &mut [RawLine]) {
    let printed = lines.iter().filter(|l| !l.text.trim().is_empty()).count();
    let quoted = lines.iter().filter(|l| is_quoted(l.text)).count();
    if quoted < 3 || quoted * QUOTED < printed {
        return;
    }
    for line in lines {
        line.message = !is_quoted(line.text) && !line.text.trim().is_empty();
        line.text = bare(line.text);
    }
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// A line without its quotation marks, one for each level, and the space after each.
fn bare(mut line: &str) -> &str {
    while let Some(rest) = line.strip_prefix('>') {
        line = rest.strip_prefix(' ').unwrap_or(rest);
    }
    line
}

/// Marks as message, on the first page, mail headers and everything above them (a reply to the mail below), and any
/// later page that begins with a mail header.
pub(super) fn mark_heads(lines: &mut [RawLine]) {
    /// A header must begin within this many lines: that of a forwarded mail is below a few words.
    const TOP: usize = 20;
    let page_starts = |lines: &[RawLine]| -> Vec<usize> {
        let breaks = (1..lines.len()).filter(|i| lines[*i].text.starts_with('\u{c}'));
        std::iter::once(0).chain(breaks).collect()
    };
    let starts = page_starts(lines);
    for (n, from) in starts.iter().copied().enumerate() {
        let to = starts.get(n + 1).copied().unwrap_or(lines.len());
        let printed: Vec<usize> = (from..to).filter(|i| is_printed(lines[*i].text)).take(TOP).collect();
        let heads = |i: &usize| is_head(lines[*i].text);
        let last = printed.windows(HEAD_LINES).rposition(|w| w.iter().all(heads));
        let Some(last) = last.and_then(|at| printed.get(at + HEAD_LINES - 1)) else { continue };
        let end = if n == 0 {
            *last + 1
        } else if printed.first().is_some_and(heads) {
            to
        } else {
            continue;
        };
        // Page starts are in ascending order, and a header ends within its page.
        for line in &mut lines[from..end] {
            line.message = is_printed(line.text);
        }
    }
}

fn is_printed(line: &str) -> bool {
    !line.trim().is_empty()
}

/// `head-line = name ":" …`
fn is_head(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '\u{c}']);
    let Some((name, _)) = line.split_once(':') else { return false };
    HEADS.contains(&name.trim_matches(['*', ' ']).to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let mut lines: Vec<RawLine> = text.split('\n').map(RawLine::of).collect();
        unquote(&mut lines);
        mark_heads(&mut lines);
        lines
            .iter()
            .map(|l| format!("{}{}", if l.message { "#" } else { "" }, l.text))
            .collect::<Vec<_>>()
            .join("/")
    }

    #[test]
    fn quotation_marks_are_taken_off() {
        assert_eq!(read("> a\n> \n>> b\n>c"), "a//b/c");
        assert_eq!(read("Hello\n\n> a\n> b\n> c"), "#Hello//a/b/c");
        assert_eq!(read("a > b\n> 5 %\nc\nd\ne\nf\ng\nh"), "a > b/> 5 %/c/d/e/f/g/h");
    }

    #[test]
    fn the_head_of_a_mail_is_none_of_the_document() {
        assert_eq!(read("From: A <a@b>\nSent: 14 March\n\nOfsted"), "#From: A <a@b>/#Sent: 14 March//Ofsted");
        assert_eq!(
            read("Hi\n\n-----Original-----\nFrom: A\nTo: B\nOfsted"),
            "#Hi//#-----Original-----/#From: A/#To: B/Ofsted"
        );
        assert_eq!(read("Date: 14 March\nOfsted"), "Date: 14 March/Ofsted");
        assert_eq!(read("Ofsted\n\u{c}From: A\nTo: B\nHello"), "Ofsted/#\u{c}From: A/#To: B/#Hello");
    }
}
