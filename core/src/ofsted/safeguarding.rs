//! Inspections of 2013, before the single framework: services for looked after children, or protection of children.
//!
//! A title, the area, dates, reporting inspector, a contents page, numbered paragraphs under each judgement with its
//! grade as a heading below ("Grade 3 (Adequate)"), areas for improvement grouped by deadline, and a table of all
//! grades at the end ("Record of main findings").

use crate::cut::Cut;
use std::ops::Range;

use super::body::{self, Head, SectionSpan};
use super::contents::{self, Contents};
use super::judgements::{self, Reading, Strength, area_of};
use super::sif::{published, recommendation_items};
use super::{dates, figures, mentions, opening, people, provider};
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::grade::grade_alone;
use crate::grammar::label::{contains_label, find_label, is_label, label};
use crate::grammar::{Graded, find, find_all, grade};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Found, Status};
use crate::text::Text;

/// The format.
pub struct Safeguarding;

/// The titles of the reports.
const TITLES: &[&str] = &[
    "Inspection of looked after children services",
    "Inspection of services for looked after children",
    "Inspection of safeguarding and looked after children services",
    "Inspection of local authority arrangements for the protection of children",
];

/// The heading of the table of all grades.
const RECORD: &str = "Record of main findings";

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.safeguarding.inspection",
    title: "Inspection of looked after children services, before the single framework",
    regulator: "ofsted",
    editions: &[Edition {
        id: "2013",
        years: "–2013",
        note: "grades of the older scale, “Grade 3 (Adequate)”",
    }],
    known_gaps: &[
        "Inspections of the protection of children are read as their form is described, no sample has been seen",
        "The team is not named in these reports, only its lead",
        "Figures are not read: they stand in free sentences",
    ],
    anchors: &[
        Anchor { phrases: TITLES, place: Place::Opening, weight: 0.45 },
        Anchor { phrases: &["Reporting inspector"], place: Place::Opening, weight: 0.15 },
        Anchor { phrases: &["Age group"], place: Place::Opening, weight: 0.15 },
        Anchor { phrases: &[RECORD], place: Place::Heading, weight: 0.15 },
        Anchor {
            phrases: &[
                "The inspection judgements and what they mean",
                "Capacity to improve",
                "Capacity for improvement",
            ],
            place: Place::Heading,
            weight: 0.2,
        },
        Anchor {
            phrases: &[
                "This letter summarises the findings",
                "Review of the effectiveness of the Local Safeguarding Children Board",
            ],
            place: Place::Opening,
            weight: -0.8,
        },
    ],
};

impl Format for Safeguarding {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn begins(&self, lines: &[&str]) -> bool {
        opening::report(
            lines,
            &["Inspection of looked after children services", "arrangements for the protection of children"],
        )
    }

    fn is_heading(&self, line: &str) -> bool {
        kind_of(line).is_some_and(|(_, whole)| whole) || grade_heading(line).is_some()
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.inspection.framework = "pre-2013".into();
        draft.record.inspection.kind = "looked-after-children".into();
        draft.record.format.edition = "2013".into();
        for pointer in ["/letter", "/inspection/theme"] {
            draft.absent(pointer, Status::NotApplicable);
        }
        let end = body::back_page(doc, draft);
        let contents = contents::read(doc);
        contents::exclude(draft, &contents);
        let front = if contents.blocks.is_empty() { first_section(doc, end) } else { contents.blocks.start };
        if doc.blocks.head(front).iter().any(|b| contains_label(b.text.as_str(), "protection of children")) {
            draft.record.inspection.kind = "child-protection".into();
        }
        dates::set(draft, front_dates(doc, front));
        provider::set(draft, area(doc, front));
        published(doc, 0..front, draft);
        people::lead_inspector(doc, draft, 0..front, "safeguarding.lead");
        // The cells of the table at the end are not headings, even if it has lost its lines.
        let record =
            (front..end).rev().find(|at| is_label(doc.blocks[*at].text.as_str(), RECORD)).unwrap_or(end);
        let cell = |b: &Block| judged(b.text.as_str()).is_some() || grade(b.text.as_str()).is_ok();
        let head = |at, b: &Block| if at > record && cell(b) { None } else { head(doc, at, b, &contents) };
        let spans = body::sections(doc, draft, front..end, "other", head);
        let mut readings = table(doc, record..end);
        readings.extend(headings(doc, &spans));
        judgements::set(draft, readings, true);
        improvements(doc, draft, &spans);
        figures::read(doc, draft, &spans);
        mentions::find(doc, draft);
        dates::footer_witnesses(doc, draft);
    }
}

fn front_dates(doc: &Outline, end: usize) -> Option<(crate::grammar::DateRanges, crate::record::Evidence)> {
    let front: Vec<&Text> = front(doc, end).map(|b| &b.text).collect();
    (0..front.len())
        .filter(|at| {
            ["Inspection dates", "Inspection date"].iter().any(|l| contains_label(front[*at].as_str(), l))
        })
        .find_map(|at| {
            dates::find_in(&Text::join(front.tail(at).iter().take(2).copied(), " "), "safeguarding.dates")
        })
}

fn front(doc: &Outline, end: usize) -> impl Iterator<Item = &Block> {
    doc.blocks.head(end).iter().filter(|b| b.is_content())
}

/// `title = <one of TITLES> area / area <one of TITLES>`, in plain text possibly in one block
///
/// "Inspection of looked after children services" / "Wexcombe County Council"
fn area(doc: &Outline, end: usize) -> Option<Found<String>> {
    let front: Vec<&Text> = front(doc, end).filter(|b| b.role != Role::Table).map(|b| &b.text).collect();
    let title_in = |t: &Text| TITLES.iter().find_map(|p| find_label(t.as_str(), p)).map(|p| t.range_of(p));
    let (title, printed) = front.iter().enumerate().find_map(|(at, t)| Some((at, title_in(t)?)))?;
    let whole = front[title];
    let named = |t: &Text| {
        let text = t.as_str();
        !contains_label(text, "Inspection")
            && !contains_label(text, "Ofsted")
            && text.split(' ').count() <= 9
            && !text.contains(':')
    };
    let rest = whole.slice(printed.end..whole.as_str().len());
    let beside = Some(&rest).filter(|t| !t.is_empty() && named(t));
    let after = front.get(title + 1).copied().filter(|t| named(t));
    let before = title.checked_sub(1).and_then(|at| front.get(at)).copied().filter(|t| named(t));
    let text = beside.or(after).or(before)?;
    Some(Found::new(text.as_str().to_owned(), text.evidence_all("title")))
}

/// The code of the area that a label names. Labels of other forms are accepted as damaged ones of this form.
fn judged(label: &str) -> Option<&'static str> {
    const OWN: &[&str] = &[
        "overall-effectiveness",
        "capacity-to-improve",
        "outcomes",
        "quality-of-provision",
        "leadership",
        "help-and-protection",
    ];
    area_of(label).filter(|area| OWN.contains(area))
}

fn first_section(doc: &Outline, end: usize) -> usize {
    doc.blocks.head(end).iter().position(|b| kind_of(b.text.as_str()).is_some()).unwrap_or(end)
}

/// The kind of section that a heading of the form begins, and whether the text consists of that heading only.
fn kind_of(text: &str) -> Option<(&'static str, bool)> {
    const HEADINGS: &[(&str, &str)] = &[
        ("About this inspection", "about-inspection"),
        ("The inspection judgements and what they mean", "other"),
        ("Service information", "local-area-information"),
        ("Overall effectiveness of services for looked after children and young people", "judgement-area"),
        ("Overall effectiveness", "judgement-area"),
        ("Capacity to improve", "judgement-area"),
        ("Capacity for improvement", "judgement-area"),
        ("Outcomes for looked after children and young people", "judgement-area"),
        ("Outcomes for looked after children", "judgement-area"),
        ("Quality of provision", "judgement-area"),
        ("The quality of practice", "judgement-area"),
        ("The effectiveness of the help and protection", "judgement-area"),
        ("Leadership and management", "leadership"),
        ("Leadership and governance", "leadership"),
        ("Areas for improvement", "improvements"),
        (RECORD, "outcome"),
    ];
    let (heading, kind) = HEADINGS.iter().find(|(h, _)| label(h)(text).is_ok())?;
    (text.split(' ').count() <= 18).then(|| (*kind, is_label(text, heading)))
}

fn head(doc: &Outline, at: usize, block: &Block, contents: &Contents) -> Option<Head> {
    let text = block.text.as_str();
    let Role::Heading(_) = block.role else { return None };
    // A grade below a heading is part of it.
    if grade_heading(text).is_some() || is_grade_below(doc, at) {
        return None;
    }
    let kind = kind_of(text).map(|(kind, _)| kind);
    let top = contents.lists(text) || kind.is_some_and(|k| k != "improvements");
    let kind = kind.unwrap_or("other");
    let graded = matches!(kind, "judgement-area" | "leadership");
    let grade = graded.then(|| grade_of(doc, at)).flatten().map(|(_, g)| g.grade.code());
    Some(Head { level: if top { 1 } else { 2 }, kind, grade })
}

/// Whether a block is just the grade of the judgement whose heading is above it: "Leadership and governance" / "Good".
fn is_grade_below(doc: &Outline, at: usize) -> bool {
    let above = doc.blocks.head(at).iter().rev().find(|b| b.is_content());
    let heads = |b: &Block| {
        kind_of(b.text.as_str()).is_some_and(|(k, _)| matches!(k, "judgement-area" | "leadership"))
    };
    grade_alone(doc.blocks[at].text.as_str()).is_some() && above.is_some_and(heads)
}

/// The grade of a judgement's heading: at its end ("Overall effectiveness Adequate"), or below it.
fn grade_of(doc: &Outline, at: usize) -> Option<(&Text, Graded<'_>)> {
    let own = &doc.blocks[at].text;
    at_end(own.as_str()).map(|(_, graded)| (own, graded)).or_else(|| grade_below(doc, at))
}

/// Splits a line that ends in a grade: "Leadership and governance Grade 2 (Good)".
fn at_end(line: &str) -> Option<(&str, Graded<'_>)> {
    let hit = find_all(grade, line).into_iter().find(|hit| hit.rest.trim().is_empty())?;
    let label = hit.before.trim();
    (!label.is_empty()).then_some((label, hit.value))
}

/// "Grade 3 (Adequate)"
fn grade_heading(text: &str) -> Option<Graded<'_>> {
    label("Grade")(text).ok()?;
    grade_alone(text)
}

fn grade_below(doc: &Outline, at: usize) -> Option<(&Text, Graded<'_>)> {
    let next = doc.blocks.tail(at + 1).iter().find(|b| b.is_content())?;
    Some((&next.text, grade_alone(next.text.as_str())?))
}

/// The grades at or below the sections' headings.
fn headings(doc: &Outline, spans: &[SectionSpan]) -> Vec<Reading> {
    let graded = |span: &SectionSpan| {
        let at = span.heading?;
        let label = &doc.blocks[at].text;
        let (below, graded) = grade_of(doc, at)?;
        let printed = at_end(label.as_str()).map_or(label.as_str(), |(bare, _)| bare);
        Some(Reading {
            area: judged(printed)?,
            label: printed.to_owned(),
            grade: Some(graded.grade.code()),
            printed: Some(graded.printed.to_owned()),
            evidence: Text::join([label, below], " ").evidence_all("safeguarding.heading"),
            strength: Strength::Heading,
        })
    };
    spans.iter().filter_map(graded).collect()
}

/// `record = 1*(label grade)`: the table of all grades at the end. If it has lost its lines, its cells follow each
/// other.
///
/// "Overall effectiveness" | "Inadequate Grade 4"
fn table(doc: &Outline, record: Range<usize>) -> Vec<Reading> {
    let blocks = || doc.blocks[record.clone()].iter().filter(|b| b.role != Role::Furniture);
    let rows = blocks().filter(|b| b.role == Role::Table).flat_map(|b| &b.rows);
    let rows = rows.filter_map(|row| Some((row.first()?, row.get(1).filter(|_| row.len() == 2)?)));
    let lines: Vec<Text> = blocks().filter(|b| b.role != Role::Table).flat_map(|b| b.text.lines()).collect();
    rows.filter_map(|(label, cell)| in_table(label, cell)).chain(loose(&lines)).collect()
}

/// The rows of a table that has lost its lines: label and grade on one line or two, the label possibly on several.
fn loose(lines: &[Text]) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, line) in lines.iter().enumerate() {
        let split = match at_end(line.as_str()) {
            Some((label, _)) => line.range_of(label).end,
            None if grade_alone(line.as_str()).is_some() => 0,
            None => continue,
        };
        let own = line.slice(0..split);
        let cell = line.slice(split..line.as_str().len());
        // As few lines as name a judgement, because a heading may be above them.
        let labels = (from..=at).rev().map(|k| Text::join(lines.part(k..at).iter().chain([&own]), " "));
        out.extend({ labels }.find_map(|label| in_table(&label, &cell)));
        from = at + 1;
    }
    out
}

fn in_table(label: &Text, cell: &Text) -> Option<Reading> {
    let found = find(grade, cell.as_str()).map(|hit| hit.value);
    Some(Reading {
        area: judged(label.as_str())?,
        label: label.as_str().to_owned(),
        grade: found.map(|g| g.grade.code()),
        printed: found.map(|_| cell.as_str().to_owned()),
        evidence: Text::join([label, cell], " ").evidence_all("safeguarding.table"),
        strength: Strength::Table,
    })
}

/// Reads the lists under "Areas for improvement", each group under its deadline: "Immediately", "Within three months".
fn improvements(doc: &Outline, draft: &mut Draft, spans: &[SectionSpan]) {
    let mut inside = false;
    for span in spans {
        let Some(at) = span.heading else { continue };
        let text = doc.blocks[at].text.as_str();
        let opens = span.kind == "improvements";
        inside = opens || inside && span.kind == "other" && (text.ends_with(':') || names_a_time(text));
        if !inside {
            continue;
        }
        let group = (!opens).then(|| text.trim_end_matches([':', ' ']).to_owned());
        let items = recommendation_items(doc, span.blocks.clone(), group);
        let items = items.into_iter().filter(|i| i.number.is_none()).collect();
        body::add_improvements(
            draft,
            items,
            "area-for-improvement",
            "local-authority",
            "safeguarding.improvements",
        );
    }
    if draft.record.improvements.is_empty() {
        draft.absent("/improvements", Status::NotRead);
        draft.warn(
            "improvements-not-read",
            Some("/improvements"),
            None,
            "no areas for improvement could be read",
        );
    }
}

fn names_a_time(text: &str) -> bool {
    label("Immediately")(text).is_ok() || label("Within")(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;
    use insta::assert_snapshot;

    #[test]
    fn the_area_stands_beside_the_title() {
        let of = |t: &str| area(&outline(t), outline(t).blocks.len()).map_or("-".into(), |f| f.value);
        assert_snapshot!(of("Inspection of looked after children services\n\nWexcombe County Council\n\nInspection dates: 8 – 12 July 2013"), @"Wexcombe County Council");
        assert_snapshot!(of("Wexcombe\n\nInspection of local authority arrangements for the protection of children"), @"Wexcombe");
    }

    /// The judgements of a fictional report on the protection of children, whose table has lost its lines.
    #[test]
    fn judgements_of_the_protection_of_children() {
        let report = [
            "Inspection of local authority arrangements for the protection of children",
            "Wexcombe County Council",
            "Inspection dates: 8 – 17 October 2012",
            "Reporting inspector Ann Lee HMI",
            "Overall effectiveness",
            "Adequate",
            "1. Children are seen, but not always alone.",
            "The effectiveness of the help and protection provided to children, young people, families and carers Good",
            "2. Help comes early.",
            "The quality of practice",
            "Adequate",
            "3. Plans are short.",
            "Record of main findings",
            "Local authority arrangements for the protection of children",
            "Overall effectiveness Adequate",
            "The effectiveness of the help and protection provided to children, young people,\nfamilies and carers Good",
            "The quality of practice Adequate",
            "Leadership and governance\nGood",
        ];
        let record = crate::ofsted::testing::record(&Safeguarding, &report.join("\n\n"));
        let one = |j: &crate::record::Judgement| format!("{} {}", j.area, j.grade.as_deref().unwrap_or("-"));
        assert_snapshot!(record.judgements.iter().map(one).collect::<Vec<_>>().join("; "), @"overall-effectiveness adequate; help-and-protection good; quality-of-provision adequate; leadership good");
        assert_eq!(record.inspection.kind, "child-protection");
    }

    #[test]
    fn grades_stand_below_their_headings() {
        assert!(grade_heading("Grade 3 (Adequate)").is_some());
        assert!(grade_heading("Adequate").is_none());
    }
}
