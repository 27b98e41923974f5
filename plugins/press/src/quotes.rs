//! Quotations: their beginnings and ends, also across paragraphs, and who is quoted.

use std::ops::Range;

use findings_plugin_sdk::grammar::label::{any_label, find_label, label};
use findings_plugin_sdk::grammar::sentence::sentences;
use findings_plugin_sdk::text::Text;
use nom::Offset;

/// The longest fragment in single quotation marks, in words: in longer ones the marks may be apostrophes.
const SINGLE: usize = 10;

/// A quotation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotation {
    /// Its parts, without quotation marks: index of a text, and the range in it.
    pub pieces: Vec<(usize, Range<usize>)>,
    /// Whether it has a closing mark.
    pub closed: bool,
}

/// The quotations in some texts, in order.
///
/// Marks may be curly or straight. A quotation across paragraphs has an opening mark in each of them, and a closing
/// one only in the last. Fragments in single marks count if the marks can't be apostrophes.
pub fn find(texts: &[Text]) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Option<Quotation> = None;
    for (at, text) in texts.iter().enumerate() {
        let text = text.as_str();
        let mut start = None;
        let mut chars = text.char_indices().peekable();
        if let Some(running) = open.take() {
            match text.chars().next().filter(|c| matches!(c, '“' | '"')) {
                Some(mark) => {
                    open = Some(running);
                    start = Some(mark.len_utf8());
                    chars.next();
                }
                None => found.push(running),
            }
        }
        while let Some((i, c)) = chars.next() {
            match (start, c) {
                (None, '“' | '"') => {
                    start = Some(i + c.len_utf8());
                    open = Some(Quotation::default());
                }
                (Some(from), '”' | '"') => {
                    let mut quotation = open.take().unwrap_or_default();
                    quotation.pieces.push((at, from..i));
                    quotation.closed = true;
                    found.push(quotation);
                    start = None;
                }
                (None, '‘' | '\'') if begins(&text[..i]) => {
                    if let Some(end) = single(&text[i + c.len_utf8()..]) {
                        let from = i + c.len_utf8();
                        found.push(Quotation { pieces: vec![(at, from..from + end)], closed: true });
                        while chars.next_if(|(j, _)| *j < from + end).is_some() {}
                    }
                }
                _ => {}
            }
        }
        if let (Some(from), Some(quotation)) = (start, open.as_mut()) {
            quotation.pieces.push((at, from..text.len()));
        }
    }
    found.extend(open);
    found.retain(|q| {
        q.pieces.iter().any(|(at, r)| texts[*at].as_str()[r.clone()].contains(char::is_alphanumeric))
    });
    found
}

fn begins(before: &str) -> bool {
    before.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '–' | '—'))
}

/// The end of a fragment in single marks: the first mark that is not followed by a letter.
fn single(text: &str) -> Option<usize> {
    let ends = |i: usize, c: char| {
        let next = text[i + c.len_utf8()..].chars().next();
        !text[..i].ends_with(char::is_whitespace) && !next.is_some_and(char::is_alphanumeric)
    };
    let (end, _) = text.char_indices().find(|(i, c)| matches!(c, '’' | '\'') && ends(*i, *c))?;
    (text[..end].split_whitespace().count() <= SINGLE && end > 0).then_some(end)
}

/// Who is quoted, as printed: taken from the text after the quotation, otherwise from that before it.
///
/// "The report said: “…”" → The report; "“…”, according to the inspectors." → the inspectors; "“…” in the report" →
/// the report; "“…,” said Ann Lee, the director." → Ann Lee, the director
pub fn speaker<'a>(before: &'a str, after: &'a str) -> Option<&'a str> {
    spoken_after(after).or_else(|| spoken_before(before))
}

/// Verbs of saying.
const SAID: &[&str] = &[
    "said",
    "says",
    "added",
    "adds",
    "wrote",
    "told",
    "stated",
    "states",
    "noted",
    "notes",
    "warned",
    "found",
    "finds",
    "concluded",
    "commented",
    "explained",
    "reported",
    "described",
    "describes",
];

fn spoken_after(after: &str) -> Option<&str> {
    let text = after.trim_start_matches([',', '.', ' ', '”', '"', '’', '\'']);
    let own = after.len() - text.len();
    // A new sentence is about something else.
    if after[..own].contains('.') {
        return None;
    }
    let end = text.find(['.', '“', '"', ';']).unwrap_or(text.len());
    let clause = &text[..end];
    if let Ok((rest, _)) = any_label(&["according to", "said", "says", "added", "explained"])(clause) {
        return person(rest);
    }
    if let Ok((rest, _)) = label("in")(clause) {
        let end = rest.find(',').unwrap_or(rest.len());
        let noun = rest[..end].trim();
        return any_label(&["the report", "its report", "the letter", "their report"])(noun)
            .ok()
            .map(|(_, n)| n);
    }
    let verb = SAID.iter().filter_map(|v| find_label(clause, v)).min_by_key(|v| clause.offset(v))?;
    subject(&clause[..clause.offset(verb)])
}

fn person(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches([',', ':']);
    let text = text.split(" in the ").next().unwrap_or(text);
    (!text.is_empty() && text.split(' ').count() <= 16).then_some(text)
}

fn spoken_before(before: &str) -> Option<&str> {
    let sentence = sentences(before).last()?;
    let verbs = || SAID.iter().filter_map(|v| find_label(sentence, v));
    let verb = verbs().min_by_key(|v| sentence.offset(v))?;
    subject(&sentence[..sentence.offset(verb)])
}

/// The subject of a verb of saying; `None` in the passive.
fn subject(text: &str) -> Option<&str> {
    const PASSIVE: &[&str] = &["was", "were", "is", "are", "been", "be", "being"];
    const ADVERBS: &[&str] = &["also", "then", "has", "have", "had", "further", "which", "who"];
    let text = text.trim().trim_start_matches([',', '”', '"', ' ']);
    if text.contains(['“', '”', '"']) {
        return None;
    }
    let mut text = ["while ", "but ", "and ", "as ", "While ", "But ", "And ", "As "]
        .iter()
        .find_map(|c| text.strip_prefix(c))
        .unwrap_or(text);
    while let Some((head, last)) = text.rsplit_once(' ').filter(|(_, last)| ADVERBS.contains(last)) {
        let _ = last;
        text = head;
    }
    let words = || text.split(' ');
    let named = !text.is_empty() && words().count() <= 10 && !words().any(|w| PASSIVE.contains(&w));
    named.then(|| text.trim_end_matches(','))
}

/// Whose words a quotation has: `report`, `council` or `other`.
pub fn kind(speaker: Option<&str>) -> &'static str {
    const REPORT: &[&str] = &[
        "report",
        "letter",
        "inspectors",
        "inspector",
        "inspectorate",
        "watchdog",
        "Ofsted",
        "regulator",
        "HIQA",
        "CQC",
    ];
    const COUNCIL: &[&str] = &[
        "council",
        "councillor",
        "Cllr",
        "Coun",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "director",
        "authority",
        "cabinet",
        "chief executive",
        "leader",
        "portfolio holder",
    ];
    let has = |list: &[&str]| speaker.is_some_and(|s| list.iter().any(|w| find_label(s, w).is_some()));
    match () {
        () if has(&["opposition"]) => "other",
        () if has(COUNCIL) => "council",
        () if has(REPORT) => "report",
        () => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        let texts = texts(text);
        let quotations = find(&texts).into_iter().map(|q| {
            let pieces: Vec<&str> = q.pieces.iter().map(|(at, r)| &texts[*at].as_str()[r.clone()]).collect();
            format!("{}{}", pieces.join(" / "), if q.closed { "" } else { " …" })
        });
        quotations.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn marks_are_curly_or_straight() {
        assert_snapshot!(show("They were “not good”, and neglect is \"poorly identified\"."), @"not good | poorly identified");
        assert_snapshot!(show("Council ‘turns corner’ after inspectors’ visit to children’s homes"), @"turns corner");
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        assert_snapshot!(show("It said: “One.\n“Two.\n\"Three.\n“Four.”\nNext “five”."), @"One. / Two. / Three. / Four. | five");
        assert_snapshot!(show("It said: “One.\nThe council said “no”."), @"One. … | no");
    }

    fn who(before: &str, after: &str) -> String {
        let s = speaker(before, after);
        format!("{} {}", kind(s), s.unwrap_or("-"))
    }

    #[test]
    fn who_is_quoted() {
        assert_snapshot!(who("The report said: ", ""), @"report The report");
        assert_snapshot!(who("A Marlbrook Council spokesperson said: ", ""), @"council A Marlbrook Council spokesperson");
        assert_snapshot!(who("Plans were bluntly described as ", " in the report, while"), @"report the report");
        assert_snapshot!(who("while neglect is ", ", according to the inspectors."), @"report the inspectors");
        assert_snapshot!(who("Ofsted also found too many families, with staff described as ", " in their view."), @"report Ofsted");
        assert_snapshot!(who("", " said Ann Lee, the director. "), @"council Ann Lee, the director");
        assert_snapshot!(who("Nobody was ", "."), @"other -");
    }
}
