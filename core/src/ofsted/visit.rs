//! What letters about focused and monitoring visits share: the first sentence, the inspectors, the theme, the lists.

use nom::Offset;
use std::ops::Range;

use super::letter::{self, Form, Frame};
use super::{dates, letter_body, mentions, provider, theme};
use crate::areas;
use crate::cut::Cut;
use crate::grammar::date::DateProblem;
use crate::grammar::date_ranges::{date_ranges, find_date_ranges, find_date_ranges_before};
use crate::grammar::inspectors::find_inspectors;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::sentence::sentences;
use crate::grammar::{Date, DateRanges, find};
use crate::outline::{Block, Outline};
use crate::record::{Draft, Evidence, Found, Inspector, Status};

/// A kind of visit.
pub struct Kind {
    /// The letter's frame.
    pub form: Form,
    /// What the letter calls the visit: "focused visit".
    pub called: &'static str,
    /// The words before the area's name: "focused visit to".
    pub to: &'static [&'static str],
}

/// Reads a letter about a visit. The caller sets the type of the inspection.
pub fn read(doc: &Outline, draft: &mut Draft, kind: &Kind) {
    draft.record.inspection.framework = "ILACS".into();
    draft.absent("/published", Status::NotStated);
    for pointer in ["/judgements", "/strengths", "/figures"] {
        draft.absent(pointer, Status::NotApplicable);
    }
    let frame = letter::read(doc, draft, &kind.form);
    let intro = introduction(doc, frame.body.clone());
    set_dates(doc, draft, intro.clone(), &frame, kind);
    set_provider(doc, draft, intro.clone(), &frame, kind);
    set_inspectors(doc, draft, intro.clone());
    let theme = theme::find(doc, intro, "visit.theme");
    draft.record.inspection.theme = draft.take("/inspection/theme", theme, Status::NotStated);
    let spans = letter_body::sections(doc, draft, frame.body, "about-inspection");
    letter_body::improvements(doc, draft, &spans, "local-authority", "visit.improvements");
    mentions::find(doc, draft);
    dates::footer_witnesses(doc, draft);
}

/// The blocks before the first heading, and those under one that only says what the visit covered. A heading above all
/// text is a subject that could not be read, and is skipped.
pub fn introduction(doc: &Outline, body: Range<usize>) -> Range<usize> {
    let subject = |b: &Block| letter_body::is_heading(b) && letter_body::kind_of(b).is_none();
    let blocks = doc.blocks.get(body.clone()).unwrap_or_default();
    let unread = blocks.iter().take_while(|b| subject(b)).count();
    let unread = if unread < blocks.len() { unread } else { 0 };
    let mut rest = blocks.iter().skip(unread);
    let start = body.start + unread;
    let ends = |b: &Block| letter_body::is_heading(b) && letter_body::kind_of(b) != Some("about-inspection");
    let end = rest.position(ends).map_or(body.end, |n| start + n);
    start..end
}

/// Blocks of text, without furniture, notes and tables.
pub fn texts(doc: &Outline, range: Range<usize>) -> impl Iterator<Item = &Block> + Clone {
    doc.blocks.get(range).unwrap_or_default().iter().filter(|b| b.is_prose())
}

/// `first-sentence = "This letter summarises the findings of" ("a" / "the") visit "to" area "on" date-ranges`
///
/// If the sentence prints no year, it is taken from the letter's date.
fn set_dates(doc: &Outline, draft: &mut Draft, intro: Range<usize>, frame: &Frame, kind: &Kind) {
    let said_of = |block: &Block, wanted: &dyn Fn(&str) -> bool| {
        let text = block.text.as_str();
        sentences(text)
            .filter(|s| wanted(s))
            .find_map(|s| dates_in(without_letterhead(s), frame.date))
            .map(|(slice, dates, year)| (year, dates, block.text.evidence(slice, "visit.dates")))
    };
    let names_visit = |s: &str| contains_label(s, kind.called);
    let says_when = |s: &str| {
        contains_label(s, "visit")
            && ["took place", "carried out", "conducted"].iter().any(|p| contains_label(s, p))
    };
    let found: Option<(YearOf, DateRanges, Evidence)> = texts(doc, intro.clone())
        .find_map(|b| said_of(b, &names_visit))
        .or_else(|| texts(doc, intro).find_map(|b| said_of(b, &says_when)));
    let supplied = found.as_ref().is_some_and(|(year, ..)| *year == YearOf::Letter);
    let page = found.as_ref().and_then(|(.., e)| e.spans.first()).map(|s| s.page);
    dates::set(draft, found.map(|(_, dates, evidence)| (dates, evidence)));
    if supplied && draft.record.inspection.start.is_some() {
        let message = "the dates are printed without a year; the letter's date supplied it";
        draft.warn("date-year-supplied", Some("/inspection/start"), page, message);
    }
}

/// The first sentence without a letterhead that has run into it, because the letter's date is not a date of the visit.
fn without_letterhead(sentence: &str) -> &str {
    find_label(sentence, "This letter")
        .and_then(|hit| sentence.find(hit))
        .map_or(sentence, |at| sentence.tail(at))
}

/// Where the year of a visit's dates comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum YearOf {
    /// It is printed with the dates.
    Dates,
    /// Only the letter's own date has it.
    Letter,
}

fn dates_in(sentence: &str, letter: Option<Date>) -> Option<(&str, DateRanges, YearOf)> {
    let hit = find_date_ranges(sentence)?;
    match (hit.value.problem, letter) {
        (Some(DateProblem::YearMissing), Some(day)) => {
            let hit = find_date_ranges_before(sentence, day)?;
            Some((hit.slice, hit.value, YearOf::Letter))
        }
        _ => Some((hit.slice, hit.value, YearOf::Dates)),
    }
}

/// Sets the provider from the subject, and compares it with the first sentence.
fn set_provider(doc: &Outline, draft: &mut Draft, intro: Range<usize>, frame: &Frame, kind: &Kind) {
    let subject = frame.subject.as_ref().and_then(|t| Some((t, visited(t.as_str(), kind.to)?)));
    let subject = subject.map(|(t, name)| Found::new(name.to_owned(), t.evidence(name, "visit.subject")));
    let sentence = texts(doc, intro).find_map(|b| {
        let name = sentences(b.text.as_str()).find_map(|s| visited(s, kind.to))?;
        Some(Found::new(name.to_owned(), b.text.evidence(name, "visit.first-sentence")))
    });
    agree(draft, subject.as_ref(), sentence.as_ref());
    provider::set(draft, subject.or(sentence));
}

/// Warns if two names belong to different areas.
pub fn agree(draft: &mut Draft, one: Option<&Found<String>>, other: Option<&Found<String>>) {
    let (Some(one), Some(other)) = (one, other) else { return };
    let area = |name: &str| areas::resolve(areas::short_name(name), None);
    let (a, b) = (area(&one.value), area(&other.value));
    if a.is_some() && b.is_some() && a.map(|a| &a.name) != b.map(|b| &b.name) {
        let message = format!(
            "the subject names “{}”, the first sentence “{}”; the first was followed",
            one.value, other.value
        );
        let page = other.evidence.spans.first().map(|s| s.page);
        draft.warn("providers-disagree", Some("/provider/name"), page, message);
    }
}

/// `visited = "focused visit to" ["the"] area [["local authority"] "children's services"]`
///
/// "Focused visit to Wexcombe local authority children’s services" → "Wexcombe"; in a sentence the dates may follow the
/// area directly.
fn visited<'a>(text: &'a str, to: &[&str]) -> Option<&'a str> {
    const CLOSES: &[&str] =
        &["local authority children's", "local authority's", "children's services", "children's social care"];
    let phrase = to.iter().find_map(|p| find_label(text, p))?;
    let place = |part: &str| text.offset(part);
    let rest = text.tail(place(phrase) + phrase.len());
    let rest = rest.trim_start();
    let rest = any_label(&["the"])(rest).map_or(rest, |(r, _)| r).trim_start();
    let closed = CLOSES.iter().filter_map(|c| find_label(rest, c));
    let dated = find(date_ranges, rest).map(|hit| hit.slice);
    let end = closed.chain(dated).map(|hit| place(hit) - place(rest)).min().unwrap_or(rest.len());
    let name = rest.head(end).trim().trim_end_matches([',', '.', '?']).trim_end();
    let name = name.strip_suffix(" on").unwrap_or(name);
    let name = name.strip_suffix("\u{2019}s").or_else(|| name.strip_suffix("'s")).unwrap_or(name);
    (!name.is_empty() && name.len() < 80).then_some(name)
}

/// Sets the inspectors that the introduction names.
fn set_inspectors(doc: &Outline, draft: &mut Draft, intro: Range<usize>) {
    let Some((block, hit)) = texts(doc, intro).find_map(|b| Some((b, find_inspectors(b.text.as_str())?)))
    else {
        draft.absent("/inspectors", Status::NotStated);
        return;
    };
    for i in &hit.value {
        let at = draft.record.inspectors.len();
        draft.note(format!("/inspectors/{at}"), block.text.evidence(i.person.name, "visit.inspectors"));
        draft.record.inspectors.push(Inspector {
            name: Some(i.person.value()),
            role: i.role_value(),
            organisation: Some("Ofsted".into()),
            lead: i.lead.then_some(true),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn area(text: &str) -> &str {
        visited(text, &["Focused visit to"]).unwrap_or("-")
    }

    #[test]
    fn a_letterhead_that_ran_into_the_first_sentence_is_left_out() {
        let run = "28 February 2022 Ann Lee Wexcombe Council Dear Ms Lee This letter summarises the findings";
        assert_eq!(without_letterhead(run), "This letter summarises the findings");
        assert_eq!(without_letterhead("The visit was on 3 May 2022"), "The visit was on 3 May 2022");
    }

    #[test]
    fn a_subject_names_the_area() {
        assert_snapshot!(area("Focused visit to Wexcombe local authority children’s services"), @"Wexcombe");
        assert_snapshot!(area("Focused visit to the London Borough of Wexcombe Children's Services"), @"London Borough of Wexcombe");
        assert_snapshot!(area("Focused visit to Wexcombe Council’s children’s services"), @"Wexcombe Council");
        assert_snapshot!(area("Focused visit to Wexcombe council"), @"Wexcombe council");
        assert_snapshot!(area("This letter summarises the findings of a focused visit to Wexcombe council on 7 and 8 August 2018."), @"Wexcombe council");
    }

    #[test]
    fn a_year_that_is_not_printed_is_the_letters() {
        let day = Date::from_iso("2018-02-22");
        let shown = |s| {
            dates_in(s, day)
                .and_then(|(_, d, year)| Some(format!("{} {} {year:?}", d.start()?, d.end()?)))
                .unwrap_or("-".into())
        };
        assert_snapshot!(shown("a focused visit to Wexcombe on 30 and 31 January."), @"2018-01-30 2018-01-31 Letter");
        assert_snapshot!(shown("a focused visit to Wexcombe on 20 and 21 February."), @"2018-02-20 2018-02-21 Letter");
        assert_snapshot!(shown("a focused visit to Wexcombe on 12 December 2017."), @"2017-12-12 2017-12-12 Dates");
    }
}
