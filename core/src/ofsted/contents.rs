//! The contents page. It is furniture itself, but lists the headings of the report.

use crate::cut::Cut;
use std::ops::Range;

use crate::grammar::label::{contains_label, is_label};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Part};
use crate::text::{LayerKind, Text};

/// The contents page of a report.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    /// Its entries in order, in the form of [`key`].
    pub entries: Vec<String>,
    /// Its blocks, from the heading "Contents" to the last entry.
    pub blocks: Range<usize>,
}

impl Contents {
    /// Whether a text is one of the entries.
    pub fn lists(&self, text: &str) -> bool {
        let key = key(text);
        !key.is_empty() && self.entries.contains(&key)
    }
}

/// An entry has at most this many words.
const ENTRY_WORDS: u32 = 24;

/// How many blocks after the form's last entry may still belong to the contents page.
const TRAILING: usize = 8;

/// `contents = "Contents" 1*(entry [page-number])`. The page number is in the entry's block, in the next block, or
/// lost.
///
/// "Recommendations 7"; "What the inspection judgments mean: the LSCB" / "28"
pub fn read(doc: &Outline) -> Contents {
    let Some(start) = doc.blocks.iter().position(|b| b.words <= 3 && is_label(b.text.as_str(), "Contents"))
    else {
        return Contents::default();
    };
    if doc.kind == LayerKind::PlainText
        && let Some(contents) = read_plain(doc, start)
    {
        return contents;
    }
    let rest: Vec<(usize, &Block)> =
        doc.blocks.iter().enumerate().skip(start + 1).filter(|(_, b)| b.is_content()).collect();
    let mut entries: Vec<String> = Vec::new();
    let mut end = start + 1;
    for (n, (at, block)) in rest.iter().enumerate() {
        let text = block.text.as_str();
        // A block of dots only leads to a page number.
        if text.chars().any(char::is_alphanumeric) {
            if block.role == Role::Table {
                let Some(rows) = table(block) else { break };
                rows.iter().for_each(|entry| push(&mut entries, entry));
            } else if is_no_entry(block) || ends_contents(&entries, block, rest.tail(n + 1)) {
                break;
            } else if !split(text).0.is_empty() {
                push(&mut entries, split(text).0);
            }
        }
        end = at + 1;
    }
    Contents { entries, blocks: start..end }
}

fn is_no_entry(block: &Block) -> bool {
    block.words > ENTRY_WORDS || block.number.is_some() || block.text.as_str().ends_with('.')
}

/// Whether a block that could be an entry is the first line of the body: it has no page number, does not continue in
/// the next block, and does not occur again later (or it begins the list of headings anew).
fn ends_contents(entries: &[String], block: &Block, after: &[(usize, &Block)]) -> bool {
    let text = block.text.as_str();
    let (entry, number) = split(text);
    if entry.is_empty() || number.is_some() {
        return false;
    }
    let Some((_, next)) = after.first() else {
        return !comes_again(after, text) || begins_body(entries, text, "");
    };
    let line = next.text.as_str();
    let is_number = !line.chars().any(char::is_alphanumeric) || page_number(line).is_some();
    let goes_on = line.starts_with(char::is_lowercase) && (split(line).1.is_some() || table(next).is_some());
    !is_number && !goes_on && (!comes_again(after, text) || begins_body(entries, text, line))
}

/// Reads a contents page in plain text, where entries run together, page numbers are furniture, and nothing separates
/// it from the body's first heading. It ends with the last entry that the form is known to have and that also occurs
/// later.
fn read_plain(doc: &Outline, start: usize) -> Option<Contents> {
    const LAST: &[&str] = &[
        "Information about this inspection",
        "Information about the inspection",
        "What the inspection judgements mean",
    ];
    let of_list = |b: &Block| {
        let text = b.text.as_str();
        b.words <= 3 * ENTRY_WORDS && !matches!(b.role, Role::Bullet(_)) && !text.ends_with('.')
    };
    let run = doc.blocks.tail(start + 1).iter().take(120).take_while(|b| of_list(b)).count();
    let range = start + 1..start + 1 + run;
    let names = |b: &Block| LAST.iter().any(|l| contains_label(b.text.as_str(), l));
    let last = range.clone().rev().find(|at| names(&doc.blocks[*at]))?;
    // The same words must also head a section of the body.
    doc.blocks.tail(last + 1).iter().find(|b| b.words <= ENTRY_WORDS && names(b))?;
    let mut entries: Vec<String> = Vec::new();
    for block in doc.blocks.part(start + 1..last + 1) {
        let rows = table(block);
        let lines = || block.text.lines().iter().map(|l| l.as_str().to_owned()).collect();
        for line in rows.unwrap_or_else(lines) {
            let (entry, _) = split(&line);
            if entry.chars().any(char::is_alphabetic) {
                push(&mut entries, entry);
            }
        }
    }
    // If columns were read one after the other, an entry may come last. The body begins where an entry is repeated.
    let number = |b: &Block| page_number(b.text.as_str()).is_some() || b.role == Role::Furniture;
    let again = |b: &Block| entries.contains(&key(b.text.as_str()));
    let mut after = doc.blocks.tail(last + 1).iter().take_while(|b| number(b)).count();
    let beyond = doc.blocks.tail(last + 1).iter().take(TRAILING).position(again);
    if let Some(beyond) =
        beyond.filter(|n| doc.blocks.tail(last + 1).head(*n).iter().all(|b| of_list(b) || number(b)))
    {
        after = after.max(beyond);
    }
    Some(Contents { entries, blocks: start..last + 1 + after })
}

/// Marks the contents page as furniture.
pub fn exclude(draft: &mut Draft, contents: &Contents) {
    for part in &mut draft.parts[contents.blocks.clone()] {
        if *part == Part::Front {
            *part = Part::Furniture;
        }
    }
}

/// Adds an entry, or continues the last one if it begins with a lower-case letter.
fn push(entries: &mut Vec<String>, entry: &str) {
    match entries.last_mut() {
        Some(last) if entry.starts_with(char::is_lowercase) => {
            last.push(' ');
            last.push_str(&key(entry));
        }
        _ => entries.push(key(entry)),
    }
}

/// The entries of a contents page laid out as a table with page numbers in the last column.
fn table(block: &Block) -> Option<Vec<String>> {
    let entry = |row: &Vec<Text>| {
        let (last, cells) = row.split_last()?;
        page_number(last.as_str())?;
        Some(Text::join(cells, " ").as_str().to_owned())
    };
    block.rows.iter().map(entry).collect::<Option<Vec<String>>>().filter(|rows| !rows.is_empty())
}

/// Whether an entry without a page number occurs later as a heading.
fn comes_again(after: &[(usize, &Block)], entry: &str) -> bool {
    let wanted = key(entry);
    after.iter().any(|(_, b)| b.words <= ENTRY_WORDS + 6 && key(b.text.as_str()) == wanted)
}

/// Whether two consecutive blocks repeat consecutive entries, and so are the first headings of the body.
fn begins_body(entries: &[String], text: &str, next: &str) -> bool {
    let (here, next) = (key(text), key(next));
    entries.windows(2).any(|pair| pair[0] == here && pair[1] == next)
}

/// Splits an entry from its page number.
fn split(text: &str) -> (&str, Option<u32>) {
    if let Some(n) = page_number(text) {
        return ("", Some(n));
    }
    match text.rsplit_once([' ', '\t']) {
        Some((entry, last)) if page_number(last).is_some() => {
            (entry.trim_end_matches(['.', '…', ' ']), page_number(last))
        }
        _ => (text, None),
    }
}

fn page_number(word: &str) -> Option<u32> {
    (word.len() <= 3).then(|| word.parse().ok()).flatten()
}

/// The form in which headings are compared: lower-case words without punctuation, with "judgment" spelt "judgement".
pub fn key(text: &str) -> String {
    let text = text.replace(['\u{2019}', '\u{2018}', '\''], "").to_lowercase();
    let mut key = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        key.push_str(if key.is_empty() { "" } else { " " });
        key.push_str(word);
    }
    if key.contains("judgment") { key.replace("judgment", "judgement") } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;
    use insta::assert_snapshot;

    fn entries(text: &str) -> String {
        let contents = read(&outline(text));
        format!("{} | {:?}", contents.entries.join(" / "), contents.blocks)
    }

    #[test]
    fn page_numbers_may_stand_apart_or_be_lost() {
        let body = "\n\nThe local authority\n\nSummary\n\nWork with families is begun in good time and seen through.";
        assert_snapshot!(entries(&format!("Contents\n\nThe local authority 3\n\nSummary 4{body}")), @"the local authority / summary | 0..3");
        assert_snapshot!(entries(&format!("Contents\n\nThe local authority\n\nSummary\n\n4{body}")), @"the local authority / summary | 0..4");
        assert_snapshot!(entries(&format!("Contents\n\nThe local authority\n\nSummary{body}")), @"the local authority / summary | 0..3");
    }

    #[test]
    fn one_key_for_all_spellings() {
        assert_snapshot!(key("What the inspection judgments mean: the LSCB’s"), @"what the inspection judgements mean the lscbs");
    }
}
