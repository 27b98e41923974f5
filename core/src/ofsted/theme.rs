//! The theme of a visit: what the inspectors looked at.

use nom::Offset;
use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{char, space1};
use nom::combinator::{opt, recognize, rest, verify};
use nom::sequence::{preceded, terminated};

use crate::cut::Cut;
use crate::grammar::ParseResult;
use crate::grammar::label::{any_label, is_label, label};
use crate::grammar::sentence::{sentences, without_stop};
use crate::outline::{Outline, Role};
use crate::record::Found;
use crate::text::Text;

/// Finds the theme in the paragraphs before the first heading. A list that follows it is part of it.
///
/// "Inspectors looked at the local authority’s arrangements for care leavers." → "care leavers"
pub fn find(doc: &Outline, intro: Range<usize>, rule: &str) -> Option<Found<String>> {
    let blocks: Vec<usize> = intro.filter(|i| doc.blocks[*i].is_prose()).collect();
    for (n, at) in blocks.iter().enumerate() {
        // A sentence may continue in the next block.
        let next = blocks.get(n + 1).map(|i| &doc.blocks[*i]);
        let mut text = doc.blocks[*at].text.clone();
        let mut below = n + 1;
        if let Some(next) = next.filter(|b| b.role == Role::Paragraph && !ends_sentence(text.as_str())) {
            text.push_text(" ", &next.text);
            below += 1;
        }
        let Some(said) = sentences(text.as_str()).find_map(theme_in) else {
            continue;
        };
        let said = until_lost_stop(with_focus(text.as_str(), said));
        let mut theme = text.slice(text.range_of(said));
        if said.ends_with(':') {
            theme = if announces(said) { Text::default() } else { theme };
            add_list(doc, blocks.tail(below), &mut theme);
        }
        if theme.is_empty() {
            return None;
        }
        return Some(Found::new(theme.as_str().to_owned(), theme.evidence_all(rule)));
    }
    None
}

/// A theme together with the sentence after it that introduces a list of what the visit focused on.
///
/// "care leavers. This visit focused on:"
fn with_focus<'a>(text: &'a str, said: &'a str) -> &'a str {
    let from = text.offset(said);
    let after = text.get(from + said.len()..).unwrap_or("");
    let rest = after.trim_start_matches(['.', ' ']);
    let focus =
        (phrase(&["this visit", "this focused visit", "the visit", "inspectors"]), phrase(&["focused"]))
            .parse(rest);
    let said_on = focus.is_ok() || ["This included:", "These included:"].iter().any(|s| rest.starts_with(s));
    let announces = said_on && rest.ends_with(':') && sentences(rest).count() == 1;
    if announces { text.get(from..).unwrap_or(said) } else { said }
}

/// A theme up to where the next sentence begins whose full stop was read as a comma: "the ‘front door’, They considered …".
fn until_lost_stop(said: &str) -> &str {
    let next = [", They ", ", Inspectors ", ", This "].iter().filter_map(|begin| said.find(begin)).min();
    next.map_or(said, |at| said.head(at))
}

/// Whether words only introduce a list, and say nothing about its content: "arrangements for:"; "the following areas:".
fn announces(said: &str) -> bool {
    const WORDS: &[&str] = &[
        "arrangements for",
        "the arrangements for",
        "the progress made in",
        "progress made in",
        "the following",
        "the following areas",
        "the following areas of practice",
        "the progress made in the following areas",
        "progress in the following areas",
        "arrangements in the following areas",
        "the progress made in the following areas of concern identified at the last inspection",
        "the progress made in the following area of concern identified at the last inspection",
    ];
    said.trim_end().strip_suffix(':').is_some_and(|said| WORDS.iter().any(|words| is_label(said, words)))
}

/// The theme of a sentence. If the full stop before it was lost, the sentence begins at a later capital.
fn theme_in(sentence: &str) -> Option<&str> {
    let begins = |(at, c): (usize, char)| {
        (c.is_uppercase() && (at == 0 || sentence.head(at).ends_with(' '))).then_some(at)
    };
    sentence
        .char_indices()
        .filter_map(begins)
        .find_map(|at| theme_sentence(sentence.tail(at)).ok())
        .map(|(_, t)| t)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['\u{2019}', '\u{201d}', ')']).ends_with(['.', ':', '?'])
}

/// Appends the bullets that follow, without their full stops, separated by "; ".
fn add_list(doc: &Outline, blocks: &[usize], theme: &mut Text) {
    let bullets = blocks.iter().map(|i| &doc.blocks[*i]).take_while(|b| matches!(b.role, Role::Bullet(_)));
    let bullets = bullets.filter(|b| !b.text.is_empty());
    for (n, item) in bullets.enumerate() {
        let said = without_stop(item.text.as_str());
        let said = said.strip_suffix(" and").map_or(said, without_stop);
        let joint = match n {
            0 if theme.is_empty() => "",
            0 => " ",
            _ => "; ",
        };
        theme.push_text(joint, &item.text.slice(item.text.range_of(said)));
    }
}

/// `theme-sentence = [occasion] who-looked [whose] ["arrangements for"] theme`
///
/// "Inspectors looked at the local authority’s arrangements for care leavers."; "During this visit, inspectors
/// evaluated the local authority’s arrangements for children in need"; "The focus of this visit was on …";
/// "Inspectors reviewed the progress made in the experiences of children in care."
fn theme_sentence(input: &str) -> ParseResult<'_, &str> {
    let said = preceded((opt(occasion), who_looked, opt(whose), opt(arrangements)), rest);
    let mut theme = verify(said.map(without_stop), |t: &str| !t.is_empty() && !is_evidence(t));
    let (left, theme) = theme.parse(input)?;
    Ok((left, theme))
}

/// "During this visit,"; "During the course of this monitoring visit"
fn occasion(input: &str) -> ParseResult<'_, &str> {
    let on = (phrase(&["during the course of", "during", "on", "at", "for"]), visit);
    terminated(recognize(on), (opt(char(',')), space1)).parse(input)
}

/// "this visit"; "the monitoring visit"
fn visit(input: &str) -> ParseResult<'_, &str> {
    recognize((phrase(&["this", "the"]), opt(phrase(&["focused", "monitoring"])), label("visit")))
        .parse(input)
}

/// "Inspectors looked at"; "This visit considered"; "The focus of this visit was on"
fn who_looked(input: &str) -> ParseResult<'_, &str> {
    let who = alt((phrase(&["inspectors", "we"]), terminated(visit, space1)));
    let looked = phrase(&[
        "looked at",
        "considered",
        "reviewed",
        "evaluated",
        "examined",
        "focused on",
        "was focused on",
        "concentrated on",
    ]);
    let focus = (
        phrase(&["the"]),
        opt(phrase(&["main", "primary", "key"])),
        phrase(&["focus of"]),
        terminated(visit, space1),
        phrase(&["was on", "was"]),
    );
    alt((preceded((who, opt(phrase(&["primarily", "mainly", "particularly"]))), looked), recognize(focus)))
        .parse(input)
}

/// "the local authority’s"
fn whose(input: &str) -> ParseResult<'_, &str> {
    phrase(&["the local authority's", "the council's", "the trust's", "the partnership's", "the borough's"])(
        input,
    )
}

/// "arrangements for"; "the progress made in"
fn arrangements(input: &str) -> ParseResult<'_, &str> {
    phrase(&[
        "arrangements for",
        "the arrangements for",
        "the progress made in the following areas of concern identified at the last inspection:",
        "the progress made in the following area of concern identified at the last inspection:",
        "the progress made in respect of",
        "the progress made in relation to",
        "the progress made in the area of",
        "the progress made in the areas of",
        "the progress made in",
        "progress made in respect of",
        "progress made in",
    ])(input)
}

/// A fixed phrase and the space after it.
fn phrase<'p>(phrases: &'p [&'p str]) -> impl for<'a> Fn(&'a str) -> ParseResult<'a, &'a str> + Copy + 'p {
    move |input| terminated(any_label(phrases), space1).parse(input)
}

/// Whether a text is the evidence that inspectors read rather than a theme: "a range of evidence".
fn is_evidence(theme: &str) -> bool {
    [
        "a range of",
        "a wide range",
        "a broad range",
        "a variety of",
        "evidence",
        "children's case",
        "case records",
    ]
    .iter()
    .any(|p| label(p)(theme).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn theme(sentence: &str) -> &str {
        theme_in(sentence).unwrap_or("-")
    }

    #[test]
    fn a_theme_is_what_inspectors_looked_at() {
        assert_snapshot!(theme("Inspectors looked at the local authority’s arrangements for care leavers."), @"care leavers");
        assert_snapshot!(theme("During this visit, inspectors evaluated the local authority's arrangements for the ‘front door’."), @"the ‘front door’");
        assert_snapshot!(theme("The focus of this visit was on the council’s arrangements for fostering."), @"fostering");
        assert_snapshot!(theme("This visit looked at the quality of key decisions."), @"the quality of key decisions");
        assert_snapshot!(theme("Inspectors looked at the local authority’s practice with babies, focusing on:"), @"practice with babies, focusing on:");
        assert_snapshot!(theme("Inspectors reviewed the progress made in help for children in need."), @"help for children in need");
        assert_snapshot!(theme("The focus of the monitoring visit was children in need, namely those at risk."), @"children in need, namely those at risk");
        assert_snapshot!(theme("During the course of this visit, inspectors reviewed the progress made in the area of help and protection."), @"help and protection");
        assert_snapshot!(theme("The main focus of this monitoring visit was on the front door."), @"the front door");
    }

    #[test]
    fn a_list_may_say_what_a_theme_is_about() {
        let of = |text| sentences(text).find_map(theme_in).map_or("-", |said| with_focus(text, said));
        assert_snapshot!(of("Inspectors looked at the arrangements for care leavers. This visit focused most of all on:"), @"care leavers. This visit focused most of all on:");
        assert_snapshot!(of("Inspectors looked at the arrangements for care leavers. They met six."), @"care leavers");
    }

    #[test]
    fn a_theme_ends_where_a_full_stop_became_a_comma() {
        let said = "the ‘front door’, They considered strategy discussions";
        assert_eq!(until_lost_stop(said), "the ‘front door’");
        assert_eq!(
            until_lost_stop("care leavers, including those in custody"),
            "care leavers, including those in custody"
        );
    }

    #[test]
    fn what_announces_a_list_is_no_part_of_it() {
        let doc = crate::ofsted::testing::outline(
            "Inspectors looked at the local authority’s arrangements for:\n\n• children in need\n\n• disabled children.",
        );
        let theme = find(&doc, 0..doc.blocks.len(), "theme").map(|found| found.value);
        assert_eq!(theme.as_deref(), Some("children in need; disabled children"));
        assert!(!announces("care leavers. This visit focused on:"));
    }

    #[test]
    fn what_was_read_is_no_theme() {
        assert_snapshot!(theme("Inspectors looked at a range of evidence, including records."), @"-");
        assert_snapshot!(theme("Inspectors used video calls."), @"-");
        assert_snapshot!(theme("The inspectors were Ann Lee and Jo Kay Inspectors looked at the arrangements for the ‘front door’."), @"the ‘front door’");
        assert_snapshot!(theme("They also looked at records."), @"-");
    }
}
