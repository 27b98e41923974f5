//! The frame of a letter: date, address, salutation and subject before the body, closing words and signatures after it.
//!
//! The opening is read line by line, because only a PDF has space between the parts of a letter, plain text has none.

mod starts;

use nom::Offset;
use std::ops::Range;

pub use self::starts::line_starts;
use super::{letter_body, signature};
use crate::cut::Cut;
use crate::grammar::address::{self, Recipient};
use crate::grammar::address_line;
use crate::grammar::label::find_label;
use crate::grammar::postcode::trailing_postcode;
use crate::grammar::{Date, date, has_role_word, is_person_like, is_title, may_be_person};
use crate::outline::{Outline, Role};
use crate::record::{self, Draft, Evidence, Letter, Part, Status};
use crate::text::Text;

/// A line of a joint letter's address with more bytes than this contains several people.
const SWALLOWED: usize = 160;

/// How many lines the opening of a letter may have: letterhead, date, address, salutation, subject.
const OPENING: usize = 90;
/// How far below the salutation the subject may stand.
const SUBJECT_BELOW: usize = 6;

/// How many bytes may precede the subject's phrase on its line.
const BEFORE_SUBJECT: usize = 12;

/// What distinguishes one kind of letter from another.
#[derive(Clone, Copy)]
pub struct Form {
    /// The phrases with which its subject begins.
    pub subjects: &'static [&'static str],
    /// Reads the recipients from the lines of an address.
    pub recipients: for<'a> fn(&[&'a str]) -> Vec<Recipient<'a>>,
    /// Whether all recipients share one address; otherwise each has its own lines.
    pub one_address: bool,
}

impl Form {
    /// Whether a line begins with one of the subject's phrases, perhaps after a word like "Re:".
    fn begins_subject(&self, line: &str) -> bool {
        let before = |hit: &str| line.offset(hit);
        self.subjects.iter().filter_map(|p| find_label(line, p)).any(|hit| before(hit) <= BEFORE_SUBJECT)
    }
}

/// The result of reading the frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The blocks between the subject and the signatures.
    pub body: Range<usize>,
    /// The subject line.
    pub subject: Option<Text>,
    /// The letter's date.
    pub date: Option<Date>,
}

/// A line of the opening.
struct Line {
    block: usize,
    text: Text,
}

/// Reads the frame into `record.letter`.
pub fn read(doc: &Outline, draft: &mut Draft, form: &Form) -> Frame {
    let lines = opening(doc);
    let greeting = lines.iter().position(|l| greeting(l.text.as_str()).is_some());
    let subject = subject(doc, &lines, greeting, form);
    let subject_line = subject.as_ref().map(|(line, ..)| *line);
    let head_end = greeting.or(subject_line).unwrap_or(0);
    let mut letter = Letter::default();
    let dated =
        lines.head(subject_line.unwrap_or(head_end)).iter().position(|l| whole_date(&l.text).is_some());
    let on = dated.and_then(|at| whole_date(&lines[at].text));
    letter.date = on.map(|d| d.to_string());
    match dated {
        Some(at) => draft.note("/letter/date", lines[at].text.evidence_all("letter.date")),
        None => draft.absent("/letter/date", Status::NotStated),
    }
    let (address, head) = address_lines(lines.head(head_end), dated);
    for at in head {
        draft.parts[lines[at].block] = Part::Furniture;
    }
    recipients(draft, &mut letter, &address, form);
    match greeting {
        Some(at) => {
            let text = &lines[at].text;
            letter.salutation = self::greeting(text.as_str()).map(str::to_owned);
            draft.note("/letter/salutation", text.evidence_all("letter.salutation"));
        }
        None => draft.absent("/letter/salutation", Status::NotStated),
    }
    match &subject {
        Some((.., text)) => {
            letter.subject = Some(text.as_str().to_owned());
            draft.note("/letter/subject", text.evidence_all("letter.subject"));
        }
        None => draft.absent("/letter/subject", Status::NotStated),
    }
    let begin = match (&subject, greeting) {
        (Some((_, last, _)), _) => last + 1,
        (None, Some(at)) => lines[at].block + 1,
        (None, None) => 0,
    };
    let end = signature::read(doc, draft, &mut letter, begin);
    draft.record.letter = Some(letter);
    Frame { body: begin..end, subject: subject.map(|(.., text)| text), date: on }
}

/// Whether a line can only belong to the letterhead.
pub fn is_letterhead(line: &str) -> bool {
    const LONGEST: usize = 80;
    line.len() <= LONGEST && !line.ends_with('.') && address::is_letterhead(line)
}

/// The lines of the opening, including those in table cells.
fn opening(doc: &Outline) -> Vec<Line> {
    let mut lines = Vec::new();
    for (block, b) in doc.blocks.iter().enumerate() {
        if !b.is_content() {
            continue;
        }
        let cells = b.rows.iter().flatten().flat_map(Text::lines);
        let texts: Vec<Text> = if b.rows.is_empty() { b.text.lines() } else { cells.collect() };
        lines.extend(texts.into_iter().map(|text| Line { block, text }));
        if lines.len() > OPENING {
            break;
        }
    }
    lines
}

/// `salutation = "Dear" name [","]`
fn greeting(line: &str) -> Option<&str> {
    address::salutation(line).ok().filter(|_| line.starts_with("Dear")).map(|(_, name)| name)
}

/// The date that a line consists of.
fn whole_date(line: &Text) -> Option<Date> {
    let (rest, day) = date(line.as_str()).ok()?;
    rest.trim_matches([',', '.', ' ']).is_empty().then_some(day)
}

/// `subject = phrase …`, up to the end of its block. A subject that is split into several blocks of one style
/// continues.
///
/// Returns the index of its first line, the index of its last block, and its text.
fn subject(
    doc: &Outline,
    lines: &[Line],
    greeting: Option<usize>,
    form: &Form,
) -> Option<(usize, usize, Text)> {
    let (from, to) = greeting.map_or((0, lines.len()), |g| (g + 1, (g + 1 + SUBJECT_BELOW).min(lines.len())));
    // The phrase itself may be broken over two lines.
    let begins = |i: &usize| {
        let of_block = lines.tail(*i).iter().take(2).filter(|l| l.block == lines[*i].block).map(|l| &l.text);
        form.begins_subject(lines[*i].text.as_str())
            || form.begins_subject(Text::join(of_block, " ").as_str())
    };
    let at = (from..to).find(begins)?;
    let block = lines[at].block;
    let of_block = lines.tail(at).iter().take_while(|l| l.block == block).map(|l| &l.text);
    let mut text = Text::join(of_block, " ");
    let mut last = block;
    let style = doc.blocks[block].style;
    while let Some(next) = doc.blocks.get(last + 1) {
        let goes_on = matches!(next.role, Role::Heading(_))
            && next.style == style
            && letter_body::kind_of(next).is_none();
        if !goes_on || !matches!(doc.blocks[block].role, Role::Heading(_)) || last > block + 2 {
            break;
        }
        text.push_text(" ", &next.text);
        last += 1;
    }
    Some((at, last, text))
}

/// The lines of the address, after the date (if one is above it) and after the letterhead. The indices of the
/// letterhead's lines are returned separately.
fn address_lines(lines: &[Line], dated: Option<usize>) -> (Vec<Text>, Vec<usize>) {
    let dated = dated.filter(|at| *at < lines.len());
    let text = |l: &Line| l.text.as_str().to_owned();
    // An address may contain the same line as a letterhead ("Manchester"), so the letterhead ends before the first
    // name.
    let is_named = |at: usize| {
        let role_below = || lines.get(at + 1).is_some_and(|l| has_role_word(l.text.as_str()));
        is_person_like(&text(&lines[at])) || may_be_person(&text(&lines[at])) && role_below()
    };
    let named = (0..lines.len()).find(|at| is_named(*at)).unwrap_or(lines.len());
    let below =
        lines.head(named).iter().rposition(|l| address::is_letterhead(&text(l))).map_or(0, |at| at + 1);
    let from = match dated {
        Some(at) if at + 1 < lines.len() => below.max(at + 1),
        _ => below,
    };
    let date_block = dated.map(|at| lines[at].block);
    let address: Vec<&Line> = lines
        .tail(from)
        .iter()
        .enumerate()
        .filter(|(i, _)| Some(from + i) != dated)
        .map(|(_, l)| l)
        .collect();
    let taken = |block: usize| Some(block) == date_block || address.iter().any(|l| l.block == block);
    let head = (0..below).filter(|i| !taken(lines[*i].block)).collect();
    (address.iter().map(|l| l.text.clone()).collect(), head)
}

/// `address = 1*recipient`, each recipient with the lines that it was read from.
fn recipients(draft: &mut Draft, letter: &mut Letter, lines: &[Text], form: &Form) {
    // Joined into one text, so that the place of every slice can be found.
    let mut whole = Text::default();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let again = |at: usize| at > 0 && lines[at].as_str() == lines[at - 1].as_str();
    for (_, line) in lines.iter().enumerate().filter(|(at, _)| !again(*at)) {
        whole.push_text(" ", line);
        ranges.push(whole.as_str().len() - line.as_str().len()..whole.as_str().len());
    }
    let swallowed =
        |line: &&Text| line.as_str().len() > SWALLOWED && address_line::recipients(line.as_str()).is_none();
    if !form.one_address && lines.iter().any(|l| swallowed(&l)) {
        let evidence = whole.evidence_all("letter.recipients");
        draft.note("/letter/recipients", Evidence { status: Status::NotRead, ..evidence });
        return;
    }
    let printed: Vec<&str> = ranges.iter().map(|r| whole.as_str().part(r.clone())).collect();
    for block in address_blocks(&printed) {
        let found = (form.recipients)(block);
        let starts: Vec<Option<usize>> =
            found.iter().map(|r| r.name.map(|n| whole.range_of(n).start)).collect();
        let starts =
            if form.one_address { starts } else { recipient_starts(&starts, &ranges, whole.as_str()) };
        let last_line = block.last().map_or(0, |l| whole.range_of(l).end);
        for (i, r) in found.iter().enumerate() {
            let at = letter.recipients.len();
            let next = starts.tail(i + 1).iter().flatten().next().copied().filter(|_| !form.one_address);
            let from = starts[i].or_else(|| block.first().map(|l| whole.range_of(l).start)).unwrap_or(0);
            let evidence = whole.evidence_of(from..next.unwrap_or(last_line), "letter.recipients");
            letter.recipients.push(record::Recipient { printed: printed_line(&evidence, form), ..r.value() });
            draft.note(format!("/letter/recipients/{at}"), evidence);
        }
    }
    if letter.recipients.is_empty() {
        draft
            .absent("/letter/recipients", if lines.is_empty() { Status::NotStated } else { Status::NotRead });
    }
}

/// The offsets at which recipients begin, given the offsets of their names: at the start of the name's line or, if
/// another recipient is before it on that line, at the name with its title.
fn recipient_starts(names: &[Option<usize>], lines: &[Range<usize>], whole: &str) -> Vec<Option<usize>> {
    // "… CCG Mr Jo Kay": the title belongs to the second recipient.
    let titled = |name: usize| {
        let before = whole.get(..name).unwrap_or("").trim_end();
        let word = before.rsplit(' ').next().unwrap_or("");
        if is_title(word) { before.len() - word.len() } else { name }
    };
    let begin = |name: usize| {
        let line = lines.iter().find(|l| l.contains(&name)).map_or(name, |l| l.start);
        if names.iter().flatten().any(|other| (line..name).contains(other)) { titled(name) } else { line }
    };
    names.iter().map(|name| name.map(begin)).collect()
}

/// A recipient's line as printed, for forms that print name, role and organisation on one line: there the division
/// between role and organisation is not certain.
fn printed_line(evidence: &Evidence, form: &Form) -> Option<String> {
    let line = evidence.quote.as_deref().filter(|_| !form.one_address)?;
    Some(line.trim().trim_end_matches(',').to_owned())
}

/// Splits an address into blocks. Each ends with its postcode; the last one also has the lines after that. If a block
/// is printed twice, only the second copy counts.
fn address_blocks<'s, 'a>(lines: &'s [&'a str]) -> Vec<&'s [&'a str]> {
    let code = |line: &str| trailing_postcode(line).map(|(_, code)| code.to_owned());
    let mut blocks: Vec<&'s [&'a str]> = Vec::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        if code(line).is_some() && at - from > 1 {
            blocks.push(lines.part(from..at + 1));
            from = at + 1;
        }
    }
    if let Some(last) = blocks.last_mut() {
        let first = lines.len() - lines.tail(from).len() - last.len();
        *last = lines.tail(first);
    } else if !lines.is_empty() {
        blocks.push(lines);
    }
    let codes: Vec<Option<String>> = blocks.iter().map(|b| b.iter().rev().find_map(|l| code(l))).collect();
    (0..blocks.len()).filter(|i| !codes.tail(i + 1).contains(&codes[*i])).map(|i| blocks[i]).collect()
}

/// Whether a line of plain text is one of a letter's headings, or a part of its frame with a line of its own:
/// salutation, subject, last sentence, closing words.
pub fn is_heading(line: &str, form: &Form) -> bool {
    let subject = form.begins_subject(line) && !line.ends_with('.') && !has_sentence(line);
    let greeting = greeting(line).is_some() && line.len() < 80 && !line.contains('.');
    letter_body::heading(line).is_some()
        || subject
        || greeting
        || signature::is_closing(line)
        || signature::is_last_sentence(line)
}

/// Whether the letter's first sentence has run into a text.
fn has_sentence(line: &str) -> bool {
    ["This letter", "Between", "Her Majesty's Chief Inspector"].iter().any(|p| find_label(line, p).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn blocks(text: &str) -> String {
        let lines: Vec<&str> = text.split('/').collect();
        address_blocks(&lines).iter().map(|b| b.join("/")).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_title_belongs_to_the_name_after_it() {
        let lines = "Ann Lee, Director, Kent CCG Mr Jo Kay, Chair";
        let names = [Some(0), lines.find("Jo Kay")];
        let starts = recipient_starts(&names, std::slice::from_ref(&(0..lines.len())), lines);
        assert_eq!(starts, [Some(0), lines.find("Mr Jo Kay")]);
    }

    #[test]
    fn an_address_that_is_printed_again_counts_once() {
        assert_snapshot!(blocks("Ann Lee/Town Hall/Bury/BL9 0EJ"), @"Ann Lee/Town Hall/Bury/BL9 0EJ");
        assert_snapshot!(blocks("Ann Lee/Bury BL9 0EJ/BL9 0EJ"), @"Ann Lee/Bury BL9 0EJ/BL9 0EJ");
        assert_snapshot!(blocks("Director/Town Hall/BL9 0EJ/Ann Lee/Director/Town Hall/BL9 0EJ"), @"Ann Lee/Director/Town Hall/BL9 0EJ");
        assert_snapshot!(blocks("Ann Lee/Bury/BL9 0EJ/Jo Kay/Leeds/LS1 3DL/Yorkshire"), @"Ann Lee/Bury/BL9 0EJ | Jo Kay/Leeds/LS1 3DL/Yorkshire");
        assert_snapshot!(blocks("Ann Lee/Town Hall"), @"Ann Lee/Town Hall");
    }

    #[test]
    fn greetings_begin_with_dear() {
        let of = |l| greeting(l).unwrap_or("-");
        assert_snapshot!(of("Dear Ms Lee,"), @"Ms Lee");
        assert_snapshot!(of("dear to them"), @"-");
    }
}
