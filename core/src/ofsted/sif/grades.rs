//! All places in a SIF report that state a grade.

use std::ops::Range;

use super::front;
use super::layout::{Layout, PartOf};
use crate::cut::Cut;
use crate::grammar::grade::{grade_after_label, grade_alone};
use crate::grammar::grade_sentence::{GradeSentence, Subject, find_grade_sentence};
use crate::grammar::label::{any_label, contains_label, find_label, label};
use crate::grammar::{Graded, find_all, grade, grade_sentence, heading_grade};
use crate::ofsted::body::SectionSpan;
use crate::ofsted::judgements::{Reading, Strength, area_of};
use crate::outline::{Block, Outline, Role};
use crate::record::Draft;
use crate::text::Text;

/// All readings: from the front page, from headings and boxes, and from the sentences that begin a summary.
pub fn readings(doc: &Outline, layout: &Layout, spans: &[SectionSpan]) -> Vec<Reading> {
    let front = 0..earlier(doc, layout.body);
    let mut readings = Vec::new();
    readings.extend(statements(doc, front.clone(), Subject::Overall));
    readings.extend(table(doc, front.clone()));
    readings.extend(statements(doc, front, Subject::Board));
    for span in spans {
        let Some(at) = span.heading else { continue };
        if layout.part(at) == PartOf::Meaning {
            continue;
        }
        readings.extend(self::at(doc, at));
        // A box that repeats its heading.
        readings.extend(
            span.blocks
                .clone()
                .filter(|b| doc.blocks[*b].role == Role::Table)
                .filter_map(|b| self::at(doc, b)),
        );
        if span.kind == "executive-summary" || span.kind == "overview" {
            let first = span.blocks.clone().find(|b| doc.blocks[*b].role == Role::Paragraph);
            readings.extend(first.and_then(|b| opening_sentence(&doc.blocks[b].text, "sif.sentence")));
        }
    }
    readings
}

/// The end of the front page, before any findings of earlier inspections: their grades are not this one's.
fn earlier(doc: &Outline, end: usize) -> usize {
    const EARLIER: &[&str] = &[
        "Previous Ofsted inspections",
        "Previous inspection",
        "The last inspection",
        "The previous inspection",
    ];
    let tells = |b: &Block| EARLIER.iter().any(|p| contains_label(b.text.as_str(), p));
    doc.blocks.head(end).iter().position(tells).unwrap_or(end)
}

/// Reports which of the judgements that a report always has were not found.
pub fn say_missing(draft: &mut Draft, wanted: &[&str]) {
    let missing: Vec<&str> =
        wanted.iter().copied().filter(|w| !draft.record.judgements.iter().any(|j| j.area == *w)).collect();
    for area in missing {
        let message = format!("no judgement of {area} was found");
        draft.warn("judgements-missing", Some("/judgements"), None, message);
    }
}

/// The statements of the overall grade, or of the board's, on the front page.
///
/// "The overall judgement is good"; "Children’s services in Wexcombe" / "require improvement to be good"; "The
/// effectiveness of the Local Safeguarding Children Board (LSCB) is good"
fn statements(doc: &Outline, front: Range<usize>, about: Subject<'static>) -> Vec<Reading> {
    let blocks: Vec<&Block> = front::blocks(doc, front).filter(|b| b.role != Role::Table).collect();
    for at in 0..blocks.len() {
        for n in 1..=2.min(blocks.len() - at) {
            let text = Text::join(blocks.part(at..at + n).iter().map(|b| &b.text), " ");
            let Some(hit) = find_grade_sentence(text.as_str()) else { continue };
            if hit.value.subject == about {
                let reading = sentence(&text, hit.slice, hit.value, Strength::Table, "sif.statement");
                return reading.into_iter().collect();
            }
        }
    }
    Vec::new()
}

/// The rows of the front page's table or, if its cells have been separated, the labels in the text with the grades
/// after them.
fn table(doc: &Outline, front: Range<usize>) -> Vec<Reading> {
    /// The labels as printed, each with the part of it that remains if a line break has cut it.
    const LABELS: &[&[&str]] = &[
        &["Children who need help and protection"],
        &["Children looked after and achieving permanence", "Children looked after and achieving"],
        &["Adoption performance"],
        &["Experiences and progress of care leavers", "Experience and progress of care leavers"],
        &["Leadership, management and governance"],
    ];
    let blocks: Vec<&Block> = front::blocks(doc, front).collect();
    let flat = Text::join(blocks.iter().map(|b| &b.text), " ");
    let rows = blocks.iter().flat_map(|b| &b.rows).filter(|r| r.len() == 2);
    let rows: Vec<Reading> = rows.filter_map(|row| row_reading(row, "sif.table", Strength::Table)).collect();
    let in_text = |labels: &&[&str]| {
        let hit = labels.iter().find_map(|l| find_label(flat.as_str(), l))?;
        let rest = flat.as_str().tail(flat.range_of(hit).end);
        let (after, graded) = grade_after_label(rest).ok()?;
        if grade(after.trim_start()).is_ok() {
            return None; // two grades after two labels: which belongs to which is unknown
        }
        let Range { start, end } = flat.range_of(hit);
        let start = start - number_before(flat.as_str().head(start));
        // In plain text it looks like the number of a paragraph.
        let number = blocks.iter().find(|b| b.text.as_str().starts_with(hit)).and_then(|b| b.number);
        let number = number.map_or(String::new(), |n| format!("{n}. "));
        let label = format!("{number}{}", flat.as_str().part(start..end));
        let whole = flat.slice(start..flat.range_of(graded.printed).end);
        Some(reading(&whole, &label, graded, area_of(hit)?, Strength::Table, "sif.table"))
    };
    LABELS
        .iter()
        .filter_map(|labels| {
            let area = area_of(labels[0])?;
            rows.iter().find(|r| r.area == area).cloned().or_else(|| in_text(labels))
        })
        .collect()
}

/// The length of the number with which a text ends, and of the space behind it: "2.1 ".
fn number_before(text: &str) -> usize {
    let bare = text.trim_end();
    let number = bare.rsplit(' ').next().unwrap_or_default();
    // A year has no full stop.
    let short = number.contains('.') && number.len() <= "2.1.".len() && bare.len() < text.len();
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let numbers = short && digits && number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if numbers { number.len() + text.len() - bare.len() } else { 0 }
}

/// `row = label (grade / "Not judged")`
fn row_reading(row: &[Text], rule: &str, strength: Strength) -> Option<Reading> {
    let [label, cell] = row else { return None };
    let area = area_of(label.as_str())?;
    let graded = grade_alone(cell.as_str());
    let printed = graded.map(|g| g.printed).or_else(|| not_judged(cell.as_str()))?;
    let mut both = label.clone();
    both.push_text(" ", cell);
    Some(Reading {
        area,
        label: label.as_str().to_owned(),
        grade: graded.map(|g| g.grade.code()),
        printed: Some(printed.to_owned()),
        evidence: both.evidence_all(rule),
        strength,
    })
}

/// "Not Judged": there was nothing to judge.
fn not_judged(text: &str) -> Option<&str> {
    label("Not judged")(text.trim()).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, hit)| hit)
}

/// The box of a judgement: its label beside its grade, under "Key judgement" and "Judgement grade" or without these.
///
/// "The experiences and progress of children who need help and protection" | "Requires improvement"
pub fn boxed(block: &Block) -> Option<(&Text, &Text)> {
    let rows: Vec<&Vec<Text>> = block
        .rows
        .iter()
        .filter(|r| !r.first().is_some_and(|c| label("Key judg")(c.as_str()).is_ok() || key_head(c.as_str())))
        .collect();
    let [row] = rows.as_slice() else { return None };
    let [label, cell] = row.as_slice() else { return None };
    area_of(label.as_str())?;
    let graded = grade_alone(cell.as_str()).is_some() || not_judged(cell.as_str()).is_some();
    graded.then_some((label, cell))
}

fn key_head(cell: &str) -> bool {
    ["Key judgement", "Key judgment"].iter().any(|l| crate::grammar::label::is_label(cell, l))
}

/// The grade that a heading or a box states.
///
/// "The graded judgement for adoption performance is that it is good"; "Leadership, management and governance
/// are inadequate"; "The LSCB requires improvement because:"; a heading with its grade on the next line
pub fn at(doc: &Outline, at: usize) -> Option<Reading> {
    let block = &doc.blocks[at];
    if block.role == Role::Table {
        boxed(block)?;
        let row = block.rows.iter().rfind(|r| !key_head(r[0].as_str()))?;
        return row_reading(row, "sif.box", Strength::Heading);
    }
    let text = &block.text;
    if let Some(hit) = heading_grade(text.as_str())
        && let Some(area) = area_of(hit.label)
    {
        return Some(reading(text, hit.label, hit.graded, area, Strength::Heading, "sif.heading"));
    }
    if let Some(hit) = find_grade_sentence(text.as_str()) {
        return sentence(text, hit.slice, hit.value, Strength::Heading, "sif.heading");
    }
    if let Some((label, graded)) = without_verb(text.as_str()) {
        return Some(reading(text, label, graded, area_of(label)?, Strength::Heading, "sif.heading"));
    }
    let next = doc.blocks.tail(at + 1).iter().find(|b| b.is_content())?;
    let graded = grade_alone(next.text.as_str())?;
    let area = area_of(text.as_str())?;
    let mut both = text.clone();
    both.push_text(" ", &next.text);
    let heading = reading(&both, "", graded, area, Strength::Heading, "sif.heading");
    Some(Reading { label: text.as_str().to_owned(), ..heading })
}

/// "The graded judgment for adoption performance good": only after these words can a sentence without a verb state a
/// grade.
fn without_verb(text: &str) -> Option<(&str, Graded<'_>)> {
    any_label(&["The graded judgement", "The graded judgment"])(text).ok()?;
    let hit = find_all(grade, text).pop()?;
    hit.rest.trim_matches(['.', ' ']).is_empty().then(|| (hit.before.trim(), hit.value))
}

/// The box below a heading that repeats it.
pub fn below(doc: &Outline, at: usize) -> Option<Reading> {
    let next = (at + 1..doc.blocks.len())
        .find(|n| doc.blocks[*n].is_content())
        .filter(|n| doc.blocks[*n].role == Role::Table)?;
    let area = area_of(doc.blocks[at].text.as_str())?;
    self::at(doc, next).filter(|r| r.area == area)
}

/// The grade in the first sentence of a summary.
///
/// "Children’s services in Wexcombe are good."
pub(in crate::ofsted) fn opening_sentence(text: &Text, rule: &str) -> Option<Reading> {
    let (rest, found) = grade_sentence(text.as_str()).ok()?;
    let slice = text.as_str().head(text.as_str().len() - rest.len());
    sentence(text, slice, found, Strength::Sentence, rule)
}

fn sentence(
    text: &Text,
    slice: &str,
    found: GradeSentence<'_>,
    strength: Strength,
    rule: &str,
) -> Option<Reading> {
    let area = match found.subject {
        Subject::Overall => "overall-effectiveness",
        Subject::Board => "lscb",
        Subject::Area(area) => area_of(area)?,
    };
    let label = subject(slice.head(slice.len() - found.graded.printed.len()));
    let mut reading = reading(text, label, found.graded, area, strength, rule);
    reading.evidence = text.evidence(slice, rule);
    Some(reading)
}

/// The subject of the judgement, from the words before its grade.
///
/// "Children’s services in Wexcombe are" → "Children’s services in Wexcombe"
fn subject(before: &str) -> &str {
    let mut label = before.trim();
    loop {
        let word = label.rsplit(' ').next().unwrap_or("");
        let joins = matches!(word.to_lowercase().as_str(), "is" | "are" | "that" | "it" | "they" | "overall");
        if !joins || word.len() == label.len() {
            return label.trim_end_matches(':');
        }
        label = label.head(label.len() - word.len()).trim_end();
    }
}

fn reading(
    text: &Text,
    label: &str,
    graded: Graded<'_>,
    area: &'static str,
    strength: Strength,
    rule: &str,
) -> Reading {
    Reading {
        area,
        label: label.to_owned(),
        grade: Some(graded.grade.code()),
        printed: Some(graded.printed.to_owned()),
        evidence: text.evidence_all(rule),
        strength,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::body::{self, Head};
    use crate::ofsted::judgements;
    use crate::ofsted::testing::{draft, outline};
    use crate::record::Part;
    use insta::assert_snapshot;

    fn shown(readings: Vec<Reading>) -> String {
        let one = |r: &Reading| format!("{} = {} <{}>", r.area, r.grade.unwrap_or("-"), r.label);
        readings.iter().map(one).collect::<Vec<_>>().join("\n")
    }

    fn heading(text: &str) -> String {
        shown(at(&outline(text), 0).into_iter().collect())
    }

    #[test]
    fn the_overall_grade_is_a_sentence_over_one_line_or_two() {
        let of = |t: &str| shown(statements(&outline(t), 0..outline(t).blocks.len(), Subject::Overall));
        assert_snapshot!(of("Wexcombe\n\nChildren’s services in Wexcombe are good"), @"overall-effectiveness = good <Children’s services in Wexcombe>");
        assert_snapshot!(of("Children’s services in Wexcombe\n\nrequire improvement to be good"), @"overall-effectiveness = requires-improvement <Children’s services in Wexcombe>");
        assert_snapshot!(of("The overall judgement is that children’s services are inadequate"), @"overall-effectiveness = inadequate <The overall judgement is that children’s services>");
    }

    #[test]
    fn a_table_that_has_come_apart_is_read_by_its_labels() {
        let doc = outline(
            "1. Children who need help and protection\n\nGood\n\n2. Children looked after and achieving\n\nRequires improvement\n\npermanence",
        );
        assert_snapshot!(shown(table(&doc, 0..doc.blocks.len())), @"
        help-and-protection = good <1. Children who need help and protection>
        looked-after-and-permanence = requires-improvement <2. Children looked after and achieving>
        ");
    }

    #[test]
    fn a_label_has_the_number_before_it() {
        assert_eq!(
            ["1. ", "Good 2.1 ", "Report published: 14 July 2017 ", "Good"].map(number_before),
            [3, 4, 0, 0]
        );
    }

    #[test]
    fn headings_state_grades() {
        assert_snapshot!(heading("The graded judgment for adoption performance is that it is outstanding"), @"adoption = outstanding <The graded judgment for adoption performance>");
        assert_snapshot!(heading("The graded judgment for adoption performance good"), @"adoption = good <The graded judgment for adoption performance>");
        assert_snapshot!(heading("The LSCB requires improvement because:"), @"lscb = requires-improvement <The LSCB>");
        assert_snapshot!(heading("Leadership, management and governance\n\nRequires improvement"), @"leadership = requires-improvement <Leadership, management and governance>");
        assert_snapshot!(heading("Leadership, management and governance\n\nThe work goes on"), @"");
    }

    #[test]
    fn rows_without_a_judgement_keep_their_place() {
        let text = |t: &str| outline(t).blocks[0].text.clone();
        let row = |label, grade| row_reading(&[text(label), text(grade)], "sif.table", Strength::Table);
        let rows = [
            row("1. Children who need help and protection", "Good"),
            row("2. Children looked after and achieving permanence", "Not Judged"),
            row("3. Leadership, management and governance", "Good"),
        ];
        let mut draft = draft(&outline("Wexcombe"));
        judgements::set(&mut draft, rows.into_iter().flatten().collect(), false);
        let areas: Vec<&str> = draft.record.judgements.iter().map(|j| j.area.as_str()).collect();
        assert_eq!(areas, ["help-and-protection", "looked-after-and-permanence", "leadership"]);
    }

    #[test]
    fn a_grade_below_its_heading_is_no_paragraph() {
        let doc = outline("Leadership, management and governance\n\nRequires improvement\n\nPlans are read.");
        let mut draft = draft(&doc);
        draft.parts.fill(Part::Front);
        let head = Head { level: 2, kind: "leadership", grade: Some("requires-improvement") };
        let spans = body::sections(&doc, &mut draft, 0..doc.blocks.len(), "other", |at, _| {
            (at == 0).then(|| head.clone())
        });
        assert_eq!((spans.len(), spans[0].blocks.clone()), (1, 1..3));
        assert_eq!(draft.record.sections[0].blocks.len(), 1, "only the text is left");
    }

    #[test]
    fn labels_end_before_the_verb() {
        assert_snapshot!(subject("The graded judgement for adoption is that it is "), @"The graded judgement for adoption");
        assert_snapshot!(subject("The overall judgement is: "), @"The overall judgement is");
    }
}
