//! Figures about the area, from the fixed sentences of "Information about this local authority area".

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, digit1};
use nom::combinator::{not, opt, verify};
use nom::sequence::preceded;

use super::layout::Layout;
use crate::grammar::date::date;
use crate::grammar::label::{any_label, contains_label, find_label, label};
use crate::grammar::number::{amount, number, percentage};
use crate::grammar::sentence::sentences;
use crate::grammar::{Date, ParseResult, find, month_year};
use crate::ofsted::body::SectionSpan;
use crate::outline::{Outline, Role};
use crate::record::{Draft, Figure, PreviousFigure, Status};

/// Measures of children, by the phrase that tells them; the more particular first.
const COUNTS: &[(&str, &[&str])] = &[
    ("independent-living", &["moved on to independent living", "to independent living"]),
    (
        "multiple-occupation",
        &["houses of multiple", "houses in multiple", "house of multiple", "house in multiple"],
    ),
    ("special-guardianship", &["special guardianship orders", "special guardianship order"]),
    ("ceased-looked-after", &["ceased to be looked after"]),
    ("children-in-need", &["in need of a specialist children's service", "in need of a specialist"]),
    (
        "child-protection-plans",
        &[
            "subject of a child protection plan",
            "subject to a child protection plan",
            "subject of child protection plans",
            "subjects of a child protection plan",
        ],
    ),
    ("private-fostering", &["privately arranged fostering"]),
    ("children-in-care", &["being looked after", "were looked after by", "are looked after by"]),
    (
        "residential-homes",
        &[
            "residential children's homes",
            "residential children's home",
            "residential homes",
            "live in children's homes",
        ],
    ),
    ("residential-special-schools", &["residential special school", "residential special schools"]),
    ("foster-care", &["live with foster", "lives with foster", "lived with foster"]),
    (
        "placed-with-parents",
        &[
            "live with parents",
            "live with their parents",
            "lives with parents",
            "lives with their parents",
            "lived with parents",
        ],
    ),
    ("unaccompanied-asylum-seeking", &["unaccompanied asylum", "UASC"]),
    ("adoptions", &["adoptions", "been adopted", "were adopted"]),
    ("under-18-population", &["under the age of 18", "under 18 years"]),
    (
        "placed-out-of-area",
        &[
            "live outside the local authority",
            "live outside the authority",
            "live out of the authority",
            "live out of the local authority",
            "lives outside the local authority",
            "lived outside the local authority",
        ],
    ),
];

/// Reads the figures of the section on the area.
pub fn read(doc: &Outline, draft: &mut Draft, layout: &Layout, spans: &[SectionSpan]) {
    let there = spans.iter().any(|s| s.kind == "local-area-information");
    draft.absent("/figures", if there { Status::NotStated } else { Status::NotRead });
    let mut inside = false;
    for span in spans {
        let Some(level) = span.heading.and_then(|h| layout.head(h)).map(|h| h.level) else { continue };
        inside = span.kind == "local-area-information" || inside && level > 2 && span.kind == "other";
        if !inside {
            continue;
        }
        // The line that announces a list: "The proportion of children entitled to free school meals:".
        let mut announced = "";
        for block in span.blocks.clone().map(|b| &doc.blocks[b]) {
            let text = block.text.as_str();
            if !matches!(block.role, Role::Bullet(_) | Role::Paragraph) {
                continue;
            }
            if text.ends_with(':') {
                announced = text;
            }
            let Some(figure) = count(text).or_else(|| share(text, announced)) else { continue };
            let at = draft.record.figures.len();
            draft.note(format!("/figures/{at}"), block.text.evidence_all("sif.figures"));
            draft.record.figures.push(Figure { text: text.to_owned(), ..figure });
        }
    }
}

/// `count = [date-before] [lead] rated … phrase … ["." change]`
///
/// "At 31 March 2015, 323 children were being looked after by the local authority (a rate of 46 per 10,000 children).
/// This is a reduction from 350 (50 per 10,000 children) at 31 March 2014."; "there have been 22 adoptions"; "two
/// live with parents, of whom one …"
fn count(text: &str) -> Option<Figure> {
    let sentence = sentences(text).next()?;
    let (rest, as_of) = opt(date_before).parse(sentence).ok()?;
    let (after, rated) = rated(lead(rest)).ok()?;
    if !counts_people(after) || PARTIAL.iter().any(|p| contains_label(after, p)) {
        return None;
    }
    let clause = clause(after);
    let phrase = |p: &&str| find_label(&clause, p).filter(|hit| words_before(&clause, hit) <= 22).is_some();
    let (measure, _) = COUNTS.iter().find(|(_, phrases)| phrases.iter().any(phrase))?;
    let rate = rated.rate.or_else(|| find(rate, after).map(|hit| hit.value));
    Some(Figure {
        measure: (*measure).into(),
        value: Some(rated.value.into()),
        unit: "children".into(),
        rate_per_10000: rate.map(Into::into),
        as_of: as_of.flatten().map(|d| d.to_string()),
        previous: change(text),
        ..Figure::default()
    })
}

/// What makes a count one of a part: "11 children ceased to be looked after as a result of child arrangement orders".
const PARTIAL: &[&str] = &["as a result of", "who returned", "returned to live", "excluding those"];

/// Whether what follows an amount is who is counted, or what they do: "children", "(73%) live", "of them are" – not
/// "or fewer", "of the 18", "years".
fn counts_people(after: &str) -> bool {
    const WHO: &[&str] = &[
        "children",
        "child",
        "young people",
        "young person",
        "care leavers",
        "live",
        "lives",
        "lived",
        "are",
        "is",
        "was",
        "were",
        "have",
        "has",
        "had",
        "ceased",
        "became",
        "who",
        "looked after",
        "adoptions",
        "adoption",
        "unaccompanied",
    ];
    let after = after.trim_start();
    let after =
        after.strip_prefix('(').and_then(|a| a.split_once(')')).map_or(after, |(_, rest)| rest.trim_start());
    any_label(WHO)(after).is_ok()
}

/// The words that say what is counted: no brackets, and nothing of what is said of some of them.
///
/// "(73%) live with foster families, of whom 20 live out of the area" → "live with foster families"
fn clause(after: &str) -> String {
    let own = [", of whom", ", all of", ", both of", ", none of", "; ", ", which"]
        .iter()
        .filter_map(|p| after.find(p))
        .min();
    let mut out = String::new();
    let mut depth = 0;
    for c in after[..own.unwrap_or(after.len())].chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn words_before(text: &str, hit: &str) -> usize {
    text[..hit.as_ptr() as usize - text.as_ptr() as usize].split_whitespace().count()
}

/// `date-before = ["At" / "As at" / "As of" / "On" / "By"] (date / short-date / month-year / day-month) ","`; only a
/// whole date is a day
///
/// "At 31 March 2015,"; "At 31 May 14,"; "At September 2017,"; "At 24 April,"
fn date_before(input: &str) -> ParseResult<'_, Option<Date>> {
    let at = (any_label(&["as at", "as of", "at", "on", "by", "in"]), char(' '));
    let (rest, _) = opt(at).parse(input)?;
    let part = alt((month_year.map(|_| None), day_month.map(|()| None)));
    let (rest, day) = alt((date.map(Some), short_date.map(Some), part)).parse(rest)?;
    let (rest, _) = (take_while_m_n(0, 1, |c| c == ','), take_while_m_n(0, 2, |c| c == ' ')).parse(rest)?;
    Ok((rest, day))
}

/// "31 May 14", the year in two digits.
fn short_date(input: &str) -> ParseResult<'_, Date> {
    let (rest, ()) = day_month(input)?;
    let (rest, (_, year)) = (char(' '), take_while_m_n(2, 2, |c: char| c.is_ascii_digit())).parse(rest)?;
    let printed = &input[..input.len() - rest.len() - 3];
    let (_, day) = date(&format!("{printed} 20{year}")).map_err(|_| no(input))?;
    Ok((not(digit1).parse(rest)?.0, day))
}

/// "24 April"
fn day_month(input: &str) -> ParseResult<'_, ()> {
    let (rest, _) = (verify(digit1, |d: &str| d.len() <= 2), char(' ')).parse(input)?;
    let (after, month) = take_while_m_n(3, 9, char::is_alphabetic).parse(rest)?;
    month_year(&format!("{month} 2000")).map_err(|_| no(input))?;
    Ok((after, ()))
}

fn no(input: &str) -> nom::Err<nom::error::Error<&str>> {
    nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify))
}

/// Passes over what may stand before the amount: "Approximately"; "there have been"; "Of this number,"; "Of the 835
/// children who …,".
fn lead(input: &str) -> &str {
    const LEADS: &[&str] = &[
        "at the time of the inspection",
        "at the time of this inspection",
        "approximately",
        "about",
        "around",
        "a total of",
        "there have been",
        "there has been",
        "there were",
        "there was",
        "there are",
        "there is",
        "of this number",
        "of these",
        "of those",
    ];
    let mut rest = input.trim_start();
    if let Ok((after, _)) = any_label(&["of the"])(rest)
        && let Some(comma) = after.find(", ")
    {
        rest = after[comma + 1..].trim_start();
    }
    while let Ok((after, _)) = any_label(LEADS)(rest) {
        rest = after.trim_start_matches([',', ':', ' ']);
    }
    rest
}

/// An amount, and the rate where it stands first.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rated {
    value: f64,
    rate: Option<f64>,
}

/// `rated = amount / ("no" / "none") / number nouns "per 10,000" nouns "(" number ")"`
///
/// "323 children"; "no children"; "36 children and young people per 10,000 (209)"
fn rated(input: &str) -> ParseResult<'_, Rated> {
    if let Ok((rest, _)) = any_label(&["none", "no"])(input) {
        return Ok((rest, Rated { value: 0.0, rate: None }));
    }
    let (rest, first) = amount(input)?;
    if rest.starts_with(['%', '/', '-']) || percentage(input).is_ok() || date_before(input).is_ok() {
        return Err(no(input));
    }
    let head = &rest[..rest.find(['(', '.', ';']).unwrap_or(rest.len())];
    if contains_label(head, "per 10,000") {
        let from = &rest[head.len()..];
        let (rest, (_, value, _)) =
            (char('('), number, opt(preceded(take_while_m_n(0, 40, |c| c != ')'), char(')')))).parse(from)?;
        return Ok((rest, Rated { value, rate: Some(first) }));
    }
    Ok((rest, Rated { value: first, rate: None }))
}

/// `rate = number "per 10,000"`
///
/// "a rate of 46 per 10,000 children"
fn rate(input: &str) -> ParseResult<'_, f64> {
    let (rest, rate) = number(input)?;
    let nouns = opt(preceded(char(' '), any_label(&["children and young people", "children"])));
    let (rest, _) = (nouns, char(' '), any_label(&["per 10,000", "per 10 000", "per 10000"])).parse(rest)?;
    Ok((rest, rate))
}

/// `change = ("from" / "similar to" / "compared with") rated ["(" rate … ")"] ["at" date]`
///
/// "This is an increase from 515 (80 per 10,000 children) at 31 March 2012"; "This is similar to 21 at 31 March 2015"
fn change(text: &str) -> Option<PreviousFigure> {
    const FROM: &[&str] = &["from both", "from", "similar to", "compared with", "compared to", "the same as"];
    let told = [
        "reduction",
        "increase",
        "decrease",
        "rise",
        "fall",
        "drop",
        "similar",
        "compared",
        "increased",
        "decreased",
        "reduced",
        "the same",
        "unchanged",
        "change",
    ];
    let from_here = told
        .iter()
        .filter_map(|t| find_label(text, t))
        .map(|t| t.as_ptr() as usize - text.as_ptr() as usize)
        .min()?;
    let hit = find(preceded((any_label(FROM), char(' ')), rated), &text[from_here..])?;
    let clause = sentences(hit.rest).next().unwrap_or(hit.rest);
    let day = find(preceded((any_label(&["as at", "at", "on", "as of", "in"]), char(' ')), date), clause);
    let before_next = |slice: &str| words_before(clause, slice) <= 12;
    Some(PreviousFigure {
        value: Some(hit.value.value.into()),
        rate_per_10000: hit
            .value
            .rate
            .or_else(|| find(rate, clause).filter(|h| before_next(h.slice)).map(|h| h.value))
            .map(Into::into),
        as_of: day.filter(|h| before_next(h.slice)).map(|h| h.value.to_string()),
        ..PreviousFigure::default()
    })
}

/// Shares of the area's children, in per cent.
///
/// "Approximately 15% of the local authority’s children are living in poverty."; "in primary schools is 13% (the
/// national average is 18%)" under "The proportion of children entitled to free school meals:"
fn share(text: &str, announced: &str) -> Option<Figure> {
    let has = |p: &str| contains_label(text, p);
    let (measure, value) =
        if has("living in poverty") || has("low-income families") || has("low income families") {
            ("child-poverty", percentage(lead(text)).ok()?.1)
        } else if has("minority ethnic groups account for") {
            let from = text.find("account for")? + "account for".len();
            ("minority-ethnic", percentage(lead(&text[from..])).ok()?.1)
        } else {
            let (rest, _) = label("in").parse(text).ok()?;
            let (rest, school) =
                alt((label("primary schools"), label("secondary schools"))).parse(rest.trim_start()).ok()?;
            let (rest, _) =
                any_label(&["is", "are", "was", "it is"])(rest.trim_start_matches([',', ' '])).ok()?;
            let primary = school.to_lowercase().starts_with("primary");
            let measure = match (
                contains_label(announced, "free school meals"),
                contains_label(announced, "additional language"),
                primary,
            ) {
                (true, _, true) => "free-school-meals-primary",
                (true, _, false) => "free-school-meals-secondary",
                (_, true, true) => "additional-language-primary",
                (_, true, false) => "additional-language-secondary",
                _ => return None,
            };
            (measure, percentage(rest.trim_start()).ok()?.1)
        };
    Some(Figure {
        measure: measure.into(),
        value: Some(value.into()),
        unit: "per-cent".into(),
        ..Figure::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let Some(f) = count(text).or_else(|| share(text, "entitled to free school meals:")) else {
            return "-".into();
        };
        let n = |v: Option<crate::record::Amount>| v.map_or("-".into(), |v| v.to_string());
        let before = f.previous.map_or(String::new(), |p| {
            format!(" < {} ({}) {}", n(p.value), n(p.rate_per_10000), p.as_of.unwrap_or("-".into()))
        });
        format!(
            "{} {} {} ({}) {}{before}",
            f.measure,
            n(f.value),
            f.unit,
            n(f.rate_per_10000),
            f.as_of.unwrap_or("-".into())
        )
    }

    #[test]
    fn sentences_with_a_day_and_an_earlier_figure() {
        assert_snapshot!(shown("At 31 March 2015, 323 children were being looked after by the local authority (a rate of 46.5 per 10,000 children). This is a reduction from 350 (50 per 10,000 children) at 31 March 2014."), @"children-in-care 323 children (46.5) 2015-03-31 < 350 (50) 2014-03-31");
        assert_snapshot!(shown("At 31 March 2013, 4,903 children had been identified through assessment as being formally in need of a specialist children’s service. This is a reduction from 6,224 at 31 March 2012."), @"children-in-need 4903 children (-) 2013-03-31 < 6224 (-) 2012-03-31");
        assert_snapshot!(shown("At 30 September 2016, 36 children and young people per 10,000 (209) were the subject of a child protection plan. This is an increase from 26 per 10,000 (152) at 31 March 2016, but a decrease from 50 per 10,000 (290) at 31 March 2015."), @"child-protection-plans 209 children (36) 2016-09-30 < 152 (26) 2016-03-31");
        assert_snapshot!(shown("At 31 October 2015, three children lived in a privately arranged fostering placement. This is an increase from two at 31 March 2015."), @"private-fostering 3 children (-) 2015-10-31 < 2 (-) 2015-03-31");
        assert_snapshot!(shown("At 31 May 14, 261 children and young people were the subject of a child protection plan."), @"child-protection-plans 261 children (-) 2014-05-31");
        assert_snapshot!(shown("31 August 2015, 12 children lived in a privately arranged fostering placement. This is similar to 31 March 2015."), @"private-fostering 12 children (-) 2015-08-31");
        assert_snapshot!(shown("At 31 March 2015, five or fewer children lived in a privately arranged fostering placement."), @"-");
        assert_snapshot!(shown("At 31 March 2016, the number of children in a privately arranged fostering placement was suppressed."), @"-");
    }

    #[test]
    fn items_of_a_list() {
        assert_snapshot!(shown("Of this number, 247 (or 73%) live outside the local authority area"), @"placed-out-of-area 247 children (-) -");
        assert_snapshot!(shown("Of the 835 children living in provision inspected by Ofsted, 202 (or 24%) live outside the local authority area"), @"placed-out-of-area 202 children (-) -");
        assert_snapshot!(shown("132 live with foster families, of whom 100 (76%) live out of the authority area"), @"foster-care 132 children (-) -");
        assert_snapshot!(shown("two live with parents, of whom one lives out of the authority area"), @"placed-with-parents 2 children (-) -");
        assert_snapshot!(shown("there have been no adoptions"), @"adoptions 0 children (-) -");
        assert_snapshot!(shown("Four hundred and ten children live with foster families"), @"foster-care 410 children (-) -");
        assert_snapshot!(shown("fewer than five are unaccompanied asylum-seeking children"), @"-");
        assert_snapshot!(shown("37 children and young people ceased to be looked after and moved on to independent living"), @"independent-living 37 children (-) -");
        assert_snapshot!(shown("128 (73%) live outside the local authority area (excluding children placed for adoption)"), @"placed-out-of-area 128 children (-) -");
        assert_snapshot!(shown("45 were placed for adoption"), @"-");
        assert_snapshot!(shown("45 children who returned to live with parents"), @"-");
        assert_snapshot!(shown("but 39 (of the 78) children live within 10 miles"), @"-");
    }

    #[test]
    fn shares() {
        assert_snapshot!(shown("Approximately 15% of the local authority’s children are living in poverty."), @"child-poverty 15 per-cent (-) -");
        assert_snapshot!(shown("in primary schools is 13.5% (the national average is 18%)"), @"free-school-meals-primary 13.5 per-cent (-) -");
        assert_snapshot!(shown("Children and young people from minority ethnic groups account for 8% of all children"), @"minority-ethnic 8 per-cent (-) -");
    }
}
