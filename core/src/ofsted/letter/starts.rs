//! Finds the lines of a letter's frame in a line that has swallowed several of them.

use nom::Offset;

use super::Form;
use crate::cut::Cut;
use crate::grammar::address;
use crate::grammar::address_line;
use crate::grammar::label::find_label;
use crate::grammar::postcode::trailing_postcode;
use crate::grammar::{date, may_be_person, person};
use crate::ofsted::{letter_body, signature};

/// The offsets at which lines of a letter's frame begin in a line that has swallowed them: date, address, salutation,
/// subject, first sentence, closing words.
///
/// "28 May 2019 Ms Ann Lee Director … EX2 4QD Dear Ms Lee Focused visit to … This letter summarises …"
pub fn line_starts(line: &str, form: &Form) -> Vec<usize> {
    let place = |part: &str| line.offset(part);
    let mut starts: Vec<usize> = Vec::new();
    if let Some(at) =
        line.match_indices("Dear ").map(|(at, _)| at).find(|at| is_salutation(line.tail(*at), form))
    {
        starts.push(at);
        let below = line.tail(at);
        starts.extend(form.subjects.iter().filter_map(|s| find_label(below, s)).map(place).min());
        starts.extend(find_label(below, "This letter summarises").map(place));
        let head = line.head(at);
        if let Some(hit) = find_date(head) {
            let below = head.tail(place(hit) + hit.len());
            starts.extend([place(hit), place(below)]);
            starts.extend(address_starts(below, form).into_iter().map(|at| place(below) + at));
        }
        starts.extend(surname_end(head, line.tail(at)));
    } else if let Some(below) = below_date(line) {
        starts.push(place(below));
        starts.extend(address_starts(below, form).into_iter().map(|at| place(below) + at));
    } else if trailing_postcode(line).is_some() {
        starts.extend(address_starts(line, form));
    }
    starts.extend(lone_headings(line));
    for closing in signature::closings(line) {
        starts.extend([place(closing), place(closing) + closing.len()]);
    }
    starts.retain(|at| *at > 0 && line.tail(*at).trim_start().len() > 1);
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The address after a date at the start of a line, if the rest begins with a name.
fn below_date(line: &str) -> Option<&str> {
    let (rest, _) = date(line).ok()?;
    let rest = rest.trim_start();
    let (_, who) = person(rest).ok()?;
    (may_be_person(who.name) && !rest.contains(". ")).then_some(rest)
}

/// The offsets at which the parts of an address, or the recipients of a joint letter, begin.
fn address_starts(address: &str, form: &Form) -> Vec<usize> {
    let text = address.trim_start();
    let from = address.len() - text.len();
    let recipients = || address_line::recipients(text).unwrap_or_default();
    let starts = if form.one_address { address_line::parts(text) } else { recipients() };
    starts.into_iter().map(|at| from + at).collect()
}

/// The offsets of one-word headings between two sentences (perhaps after a page number), and of the text after them.
fn lone_headings(line: &str) -> Vec<usize> {
    let between = |word: &str| {
        let hits = line.match_indices(word).filter(move |(at, _)| {
            let (before, after) = (line.head(*at).trim_end(), line.tail(at + word.len()));
            let told = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
            let opens = before.is_empty() || told.ends_with('.') && before.len() < *at;
            let mark = after.trim_start().starts_with(['\u{2022}', '\u{25fc}']);
            let text = after.starts_with(' ') && (mark || after.trim_start().starts_with(char::is_uppercase));
            opens && (text || after.is_empty() && told.len() < before.len())
        });
        hits.flat_map(|(at, word)| [at, at + word.len()]).collect::<Vec<_>>()
    };
    letter_body::LONE.iter().flat_map(|word| between(word)).collect()
}

/// Whether a text begins with a salutation and the subject after it.
fn is_salutation(text: &str, form: &Form) -> bool {
    const LONGEST: usize = 90;
    let subject = form.subjects.iter().filter_map(|s| find_label(text, s)).map(|hit| text.offset(hit)).min();
    subject.is_some_and(|at| at <= LONGEST)
}

/// The first date in a text.
fn find_date(text: &str) -> Option<&str> {
    crate::grammar::find(date, text).map(|hit| hit.slice.trim_end_matches([',', '.', ' ']))
}

/// The end of the name of the recipient whom the salutation addresses; the role begins after it.
fn surname_end(head: &str, salutation: &str) -> Option<usize> {
    let (_, name) = address::salutation(salutation).ok()?;
    let last = name.split(' ').take(3).filter(|w| w.starts_with(char::is_uppercase)).nth(1)?;
    let last = last.trim_end_matches(',');
    let at = head.find(&format!("{last} "))?;
    Some(at + last.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_one_word_between_sentences() {
        let line = "Plans are late. 2 Strengths \u{2022} Leaders listen.";
        assert_eq!(lone_headings(line), [18, 27]);
        assert_eq!(lone_headings("Plans are late. 2 Strengths"), [18, 27]);
        assert!(lone_headings("The team knows its Strengths and needs.").is_empty());
    }
}
