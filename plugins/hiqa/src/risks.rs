//! Section 2 of the compliance plan: the requirements that were not met, with risk and due date.

use findings_plugin_sdk::grammar::date::printed_date;
use findings_plugin_sdk::grammar::{Date, MONTHS, ParseResult};
use findings_plugin_sdk::record::{Draft, Evidence, Improvement, Status};
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{alpha1, char, digit1, multispace0, one_of};
use nom::combinator::{map_opt, verify};
use nom::sequence::delimited;

use crate::columns;
use crate::extension::{Extension, Risk};
use crate::layout::{Layout, Part};
use crate::regulation::{self, Instrument};

/// The table's header.
const HEAD: &[&str] =
    &["Regulation", "Regulatory requirement", "Judgment", "Risk rating", "Date to be complied with"];

const RULE: &str = "hiqa.risks";

/// Reads section 2.
pub fn read(layout: &Layout, extension: &mut Extension, draft: &mut Draft) {
    if !layout.has(Part::PlanSection2) {
        for pointer in ["/extension/risks", "/improvements"] {
            draft.absent(pointer, Status::NotStated);
        }
        return;
    }
    let body = layout.body(layout.blocks_of(Part::PlanSection2));
    for row in columns::rows(body, HEAD, begins).unwrap_or_default() {
        push(&row, extension, draft);
    }
    if extension.risks.is_empty() {
        for pointer in ["/extension/risks", "/improvements"] {
            draft.absent(pointer, Status::NotRead);
        }
        let page = layout.text_of(Part::PlanSection2).page();
        let message = "section 2 of the compliance plan is there and no row of its table could be read";
        draft.warn("improvements-not-read", Some("/extension/risks"), Some(page), message);
    }
}

/// Whether a row begins, which starts with its regulation: "Regulation 27", "Regulation" / "23(1)(c)",
/// "Registration" / "Regulation 5(2)".
fn begins(line: &str, before: Option<&str>) -> bool {
    line.starts_with("Registration") || line.starts_with("Regulation") && before != Some("Registration")
}

fn push(row: &[Text], extension: &mut Extension, draft: &mut Draft) {
    let [regulation, requirement, judgment, rating, date] = row else { return };
    let at = extension.risks.len();
    let page = regulation.page();
    let mut take = |field: &str, value: Option<String>, text: &Text| {
        let pointer = format!("/extension/risks/{at}/{field}");
        if value.is_none() {
            draft.absent(&pointer, if text.is_empty() { Status::NotStated } else { Status::NotRead });
            let message = format!("“{}” of row {} of section 2 could not be read", text.as_str(), at + 1);
            draft.warn("improvements-not-read", Some(&pointer), Some(page), message);
        } else {
            draft.note(pointer, text.evidence_all(RULE));
        }
        value
    };
    let reference =
        regulation::reference(regulation.as_str()).ok().filter(|(rest, _)| rest.trim().is_empty());
    let registration = reference.is_some_and(|(_, (i, _))| i == Instrument::Registration);
    let reference = reference.map(|(_, (_, r))| r.replace(' ', ""));
    let words = (!requirement.is_empty()).then(|| requirement.as_str().to_owned());
    let due = due_date(date.as_str());
    let risk = Risk {
        regulation: take("regulation", reference, regulation),
        requirement: take("requirement", words, requirement),
        judgment: take(
            "judgment",
            regulation::judgment_alone(judgment.as_str()).map(|j| j.code().to_owned()),
            judgment,
        ),
        risk_rating: take("risk_rating", rating_alone(rating.as_str()).map(str::to_owned), rating),
        due_date: take("due_date", due.map(|d| d.to_string()), date),
        act: registration.then(|| "registration".to_owned()),
    };
    if registration {
        draft.derived(format!("/extension/risks/{at}/act"), "the instrument named before the number");
    }
    consistent(&risk, at, page, draft);
    improvement(&risk, regulation, requirement, draft);
    extension.risks.push(risk);
}

/// A risk rating, if the cell contains nothing else.
fn rating_alone(cell: &str) -> Option<&'static str> {
    ["yellow", "orange", "red"].into_iter().find(|r| cell.trim().eq_ignore_ascii_case(r))
}

/// The date in a cell, if it is valid and the cell contains nothing else.
///
/// "30/06/2022"; "30 June 2022"; "30.06.22"; "30-Jun-2022"; "30/06/ 2022" where the cell wraps
fn due_date(cell: &str) -> Option<Date> {
    let cell = cell.trim().trim_end_matches('.');
    let (rest, day) = alt((printed_date.map(|d| d.ok()), dotted, dashed)).parse(cell).ok()?;
    day.filter(|_| rest.trim().is_empty())
}

/// `dashed = 1*2DIGIT "-" month "-" (4DIGIT / 2DIGIT)`, the month's name or an abbreviation of at least three letters
fn dashed(input: &str) -> ParseResult<'_, Option<Date>> {
    let part = |i| verify(digit1, |d: &str| d.len() <= 2).parse(i);
    let year = |i| verify(digit1, |d: &str| matches!(d.len(), 2 | 4)).parse(i);
    let name = |i| map_opt(alpha1, month_named).parse(i);
    let (rest, (day, _, month, _, year)) = (part, char('-'), name, char('-'), year).parse(input)?;
    Ok((rest, Date::new(full_year(year), month, day.parse().unwrap_or(0))))
}

/// "Jun", "June" and "Sept" are months.
fn month_named(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let is = |month: &&str| name.len() >= 3 && month.starts_with(&name);
    MONTHS.iter().position(is).map(|at| at as u8 + 1)
}

fn full_year(digits: &str) -> u16 {
    digits.parse::<u16>().unwrap_or(0) + if digits.len() == 2 { 2000 } else { 0 }
}

/// `dotted = 1*2DIGIT sep 1*2DIGIT sep (4DIGIT / 2DIGIT)`, `sep = "." / "-" / "/"`, day first
fn dotted(input: &str) -> ParseResult<'_, Option<Date>> {
    let part = |i| verify(digit1, |d: &str| d.len() <= 2).parse(i);
    let year = |i| verify(digit1, |d: &str| matches!(d.len(), 2 | 4)).parse(i);
    let sep = |i| delimited(multispace0, one_of(".-/"), multispace0).parse(i);
    let (rest, (day, _, month, _, year)) = (part, sep, part, sep, year).parse(input)?;
    let number = |d: &str| d.parse::<u8>().unwrap_or(0);
    Ok((rest, Date::new(full_year(year), number(month), number(day))))
}

/// Checks the form's own key: substantially compliant is yellow, not compliant is orange or red.
fn consistent(risk: &Risk, at: usize, page: u32, draft: &mut Draft) {
    let (Some(judgment), Some(rating)) = (&risk.judgment, &risk.risk_rating) else { return };
    if (judgment == "substantially-compliant") != (rating == "yellow") {
        let message = format!("{judgment} goes with {rating}, against the form's own key");
        draft.warn(
            "grades-disagree",
            Some(&format!("/extension/risks/{at}/risk_rating")),
            Some(page),
            message,
        );
    }
}

/// Adds the record's improvement, grouped by the regulation as printed.
fn improvement(risk: &Risk, regulation: &Text, requirement: &Text, draft: &mut Draft) {
    let Some(text) = &risk.requirement else { return };
    let at = draft.record.improvements.len();
    let group = risk.regulation.as_ref().map(|_| regulation.as_str().to_owned());
    draft.note(format!("/improvements/{at}/text"), requirement.evidence_all(RULE));
    match group {
        Some(_) => draft.note(format!("/improvements/{at}/group"), regulation.evidence_all(RULE)),
        None => draft.note(format!("/improvements/{at}/group"), Evidence::default()),
    }
    draft.record.improvements.push(Improvement {
        text: text.clone(),
        kind: "requirement".into(),
        addressed_to: "provider".into(),
        group,
        ..Improvement::default()
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Line, outline};
    use insta::assert_snapshot;

    fn show(lines: &[Line]) -> String {
        let doc = outline(lines);
        let rows = columns::rows(doc.blocks.iter(), HEAD, begins).unwrap_or_default();
        let cells = |r: &Vec<Text>| r.iter().map(|c| c.as_str().to_owned()).collect::<Vec<_>>().join(" | ");
        rows.iter().map(cells).collect::<Vec<_>>().join("\n")
    }

    const TABLE_HEAD: &[Line] = &[
        (18, 70.0, 300.0, "Regulation"),
        (18, 180.0, 300.0, "Regulatory"),
        (18, 180.0, 314.0, "requirement"),
        (18, 290.0, 300.0, "Judgment"),
        (18, 380.0, 300.0, "Risk"),
        (18, 380.0, 314.0, "rating"),
        (18, 440.0, 300.0, "Date to be"),
        (18, 440.0, 314.0, "complied with"),
    ];

    #[test]
    fn a_row_may_run_over_pages() {
        let rest: &[Line] = &[
            (18, 70.0, 340.0, "Regulation"),
            (18, 70.0, 354.0, "05(4)(b)"),
            (18, 180.0, 340.0, "The registered"),
            (18, 180.0, 354.0, "provider shall"),
            (18, 290.0, 340.0, "Not Compliant"),
            (18, 380.0, 340.0, "Orange"),
            (18, 440.0, 340.0, "31/10/2022"),
            (19, 180.0, 60.0, "see Regulation"),
            (19, 180.0, 74.0, "23(1) met."),
            (19, 70.0, 100.0, "Registration"),
            (19, 70.0, 114.0, "Regulation 5(2)"),
            (19, 180.0, 100.0, "A person shall"),
            (19, 290.0, 100.0, "Substantially"),
            (19, 290.0, 114.0, "Compliant"),
            (19, 380.0, 100.0, "Yellow"),
            (19, 440.0, 100.0, "01/11/2022"),
        ];
        let lines: Vec<Line> = TABLE_HEAD.iter().chain(rest).copied().collect();
        assert_snapshot!(show(&lines), @r"
        Regulation 05(4)(b) | The registered provider shall see Regulation 23(1) met. | Not Compliant | Orange | 31/10/2022
        Registration Regulation 5(2) | A person shall | Substantially Compliant | Yellow | 01/11/2022
        ");
    }

    #[test]
    fn a_date_must_exist_and_stand_alone() {
        let of = |t| due_date(t).map_or("-".into(), |d| d.to_string());
        assert_snapshot!(of("30/06/2022"), @"2022-06-30");
        assert_snapshot!(of("1/7/22"), @"2022-07-01");
        assert_snapshot!(of("30 June 2022"), @"2022-06-30");
        assert_snapshot!(of("30.06.2022"), @"2022-06-30");
        assert_snapshot!(of("30/06/ 2022"), @"2022-06-30");
        assert_snapshot!(of("30/06/2022."), @"2022-06-30");
        assert_snapshot!(of("30th June 2022"), @"2022-06-30");
        assert_snapshot!(of("30-Jun-2022"), @"2022-06-30");
        assert_snapshot!(of("30-June-22"), @"2022-06-30");
        assert_snapshot!(of("30-Ju-2022"), @"-");
        assert_snapshot!(of("30/06/2022 (completed)"), @"-");
        assert_snapshot!(of("30/02/2022"), @"-");
        assert_snapshot!(of("30/06/2022 31/07/2022"), @"-");
        assert_snapshot!(of("Immediate"), @"-");
    }

    #[test]
    fn ratings_are_three() {
        assert_eq!(rating_alone("Orange "), Some("orange"));
        assert_eq!(rating_alone("Redacted"), None);
    }
}
