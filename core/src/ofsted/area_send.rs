//! Area SEND inspection reports, 2023 to today: how a local area partnership serves children and young people
//! with special educational needs and/or disabilities. Ofsted and the Care Quality Commission inspect together.
//!
//! There is no grade word: the report states one of three outcomes, and when the next inspection is due.

use std::ops::Range;

use super::body::{self, Head, Item};
use super::judgements::{self, Reading, Strength};
use super::{dates, mentions, provider, title};
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::inspectors::person_role;
use crate::grammar::label::{contains_label, find_label, is_label, label};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Inspector, Status};
use crate::text::{LayerKind, Text};

/// The format.
pub struct AreaSend;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.area-send.inspection",
    title: "Area SEND inspection of a local area partnership",
    regulator: "ofsted",
    editions: &[Edition {
        id: "2023",
        years: "2023–",
        note: "three outcomes; areas for priority action beside the bodies responsible",
    }],
    known_gaps: &[
        "The letters of the framework before 2023 and of monitoring inspections are not read",
        "In untagged PDFs a one-column table of improvements without full stops may run two rows together",
    ],
    anchors: &[
        Anchor { phrases: &["Area SEND inspection of"], place: Place::Opening, weight: 0.6 },
        Anchor { phrases: &["Local area partnership report"], place: Place::Opening, weight: 0.2 },
        Anchor {
            phrases: &["Information about the local area partnership"],
            place: Place::Heading,
            weight: 0.2,
        },
        Anchor {
            phrases: &["What is the area partnership doing that is effective"],
            place: Place::Heading,
            weight: 0.2,
        },
    ],
};

/// The form's headings, with the kind of section that each begins.
const HEADINGS: &[(&str, &str)] = &[
    ("Inspection outcome", "outcome"),
    ("Information about the local area partnership", "local-area-information"),
    ("What is it like to be a child or young person with", "findings"),
    ("What is the area partnership doing that is effective", "strengths"),
    ("What does the area partnership need to do better", "findings"),
    ("Areas for priority action", "priority-action"),
    ("Area for priority action", "priority-action"),
    ("Areas for improvement", "improvements"),
    ("Area for improvement", "improvements"),
    ("Local area partnership details", "about-inspection"),
    ("Information about this inspection", "about-inspection"),
    ("Inspection team", "team"),
];

/// Outcomes, by the words that only one of the three statements has.
const OUTCOMES: &[(&str, &str)] = &[
    ("widespread and/or systemic failings", "systemic-failings"),
    ("inconsistent experiences and outcomes", "inconsistent"),
    ("typically lead to positive experiences and outcomes", "typically-positive"),
];

impl Format for AreaSend {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_heading(&self, line: &str) -> bool {
        let titled = label("Area SEND inspection of")(line).is_ok() && line.len() < 110;
        heading_kind(line).is_some() || titled || body::opens_back_page(line)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.format.edition = "2023".into();
        draft.record.with = vec!["cqc".into()];
        draft.record.provider.kind = "local-area-partnership".into();
        draft.record.inspection.framework = "area-SEND".into();
        draft.record.inspection.kind = "full".into();
        draft.absent("/published", Status::NotStated);
        for pointer in ["/letter", "/inspection/theme", "/figures"] {
            draft.absent(pointer, Status::NotApplicable);
        }
        let end = body::back_page(doc, draft);
        let start = doc.blocks[..end].iter().position(|b| head(b).is_some()).unwrap_or(end);
        dates::set(draft, front_dates(doc, start));
        provider::set(draft, title::provider(doc, start, printed_provider));
        let spans = body::sections(doc, draft, start..end, "other", |_, b| head(b));
        let outcome =
            spans.iter().filter(|s| s.kind == "outcome").find_map(|s| outcome(doc, s.blocks.clone()));
        if outcome.is_none() {
            draft.warn(
                "grade-not-read",
                Some("/judgements"),
                None,
                "none of the three outcome statements was found",
            );
        }
        judgements::set(draft, outcome.into_iter().collect(), false);
        for (kind, section) in
            [("priority-action", "priority-action"), ("area-for-improvement", "improvements")]
        {
            for span in spans.iter().filter(|s| s.kind == section) {
                list(doc, draft, span.blocks.clone(), kind);
            }
        }
        for span in spans.iter().filter(|s| s.kind == "team") {
            team(doc, draft, span.blocks.clone());
        }
        if !draft.record.inspectors.iter().any(|i| i.lead == Some(true)) {
            draft.absent("/inspectors", Status::NotRead);
        }
        mentions::find(doc, draft);
        dates::footer_witnesses(doc, draft);
    }
}

/// `dates = "Inspection date" ["s"] ":" date-ranges`, in one block or in two cells of a row.
fn front_dates(doc: &Outline, end: usize) -> Option<(crate::grammar::DateRanges, crate::record::Evidence)> {
    doc.blocks[..end]
        .iter()
        .filter(|b| b.role != Role::Furniture)
        .find_map(|b| dates::labelled(&b.text, "area-send.dates"))
}

/// `title = "Area SEND inspection of" partnership`
///
/// "Area SEND inspection of Marlbrook Local Area Partnership"
fn printed_provider(text: &str) -> Option<&str> {
    let hit = find_label(text, "Area SEND inspection of")?;
    let rest = &text[hit.as_ptr() as usize - text.as_ptr() as usize + hit.len()..];
    let last = find_label(rest, "Partnership")?;
    Some(rest[..last.as_ptr() as usize - rest.as_ptr() as usize + last.len()].trim())
}

fn heading_kind(text: &str) -> Option<&'static str> {
    let text = text.trim();
    HEADINGS
        .iter()
        .find(|(h, _)| text.len() < h.len() + 90 && label(h)(text).is_ok_and(|(rest, _)| is_rest(rest)))
        .map(|(_, k)| *k)
}

/// What may follow a heading's fixed words: nothing but the end of a question, or a mark.
fn is_rest(rest: &str) -> bool {
    rest.len() < 4 || rest.ends_with('?')
}

fn head(block: &Block) -> Option<Head> {
    if !matches!(block.role, Role::Heading(_)) {
        return None;
    }
    let kind = heading_kind(block.text.as_str())?;
    Some(Head { level: if kind == "team" { 2 } else { 1 }, kind, grade: None })
}

/// The sentence of the outcome; the three differ in a phrase.
fn outcome(doc: &Outline, blocks: Range<usize>) -> Option<Reading> {
    doc.blocks[blocks].iter().filter(|b| b.role != Role::Furniture).find_map(|block| {
        let text = block.text.as_str();
        let (slice, grade) =
            OUTCOMES.iter().find_map(|(words, grade)| Some((find_label(text, words)?, *grade)))?;
        Some(Reading {
            area: "send-outcome",
            label: "Inspection outcome".into(),
            grade: Some(grade),
            printed: Some(slice.to_owned()),
            evidence: block.text.evidence(slice, "area-send.outcome"),
            strength: Strength::Sentence,
        })
    })
}

/// `list = *(responsible text)` as rows of a table, or the rows of a table with one column, or bullets.
///
/// The head row, which repeats the section's heading, is no item.
fn list(doc: &Outline, draft: &mut Draft, blocks: Range<usize>, kind: &str) {
    let rule = "area-send.list";
    let mut items: Vec<(Item, Option<Text>, Option<u32>)> = Vec::new();
    // In plain text nothing but its lines tells an item.
    let plain_text = doc.kind == LayerKind::PlainText;
    let blocks =
        || doc.blocks[blocks.clone()].iter().filter(|b| !matches!(b.role, Role::Furniture | Role::Footnote));
    // The columns of such a table may have come apart into sections of their own.
    let heads_column = |b: &Block| b.text.lines().iter().any(|l| is_label(l.as_str(), "Responsible body"));
    let lost_table = plain_text && doc.blocks.iter().any(|b| b.role != Role::Table && heads_column(b));
    for block in blocks() {
        let goes_on = |text: &Text| plain_text && text.as_str().starts_with(char::is_lowercase);
        if lost_table && matches!(block.role, Role::Paragraph | Role::Heading(_)) {
            for text in cells_of_lost_table(&block.text) {
                match items.last_mut() {
                    Some((item, _, _)) if goes_on(&text) => item.text.push_text(" ", &text),
                    _ if is_head_cell(text.as_str()) => {}
                    _ => items.push((plain(&text), None, None)),
                }
            }
            continue;
        }
        if block.role != Role::Table
            && goes_on(&block.text)
            && let Some((item, _, _)) = items.last_mut()
        {
            item.text.push_text(" ", &block.text);
            continue;
        }
        if block.role == Role::Table {
            for row in &block.rows {
                if let [who, what] = row.as_slice()
                    && plain_text
                    && what.as_str().starts_with(char::is_lowercase)
                    && let Some((item, responsible, _)) = items.last_mut()
                {
                    // A page's end has cut the row in two.
                    item.text.push_text(" ", what);
                    if let Some(responsible) = responsible {
                        responsible.push_text(" ", who);
                    }
                    continue;
                }
                if let [who, what] = row.as_slice()
                    && !is_label(who.as_str(), "Responsible body")
                    && !is_head_cell(what.as_str())
                {
                    items.push((plain(what), Some(who.clone()), None));
                }
            }
            continue;
        }
        let same_row = block.row.is_some() && items.last().is_some_and(|(_, _, row)| *row == block.row);
        let deeper = matches!(block.role, Role::Bullet(_))
            && (block.in_table || items.last().is_some_and(|(i, _, _)| i.text.as_str().ends_with(':')));
        match items.last_mut() {
            Some((item, _, _)) if same_row || deeper => item.text.push_text(" ", &block.text),
            _ if is_head_cell(block.text.as_str()) => {}
            _ => items.push((plain(&block.text), None, block.row)),
        }
    }
    for (item, who, _) in items {
        let at = draft.record.improvements.len();
        body::add_improvements(draft, vec![item], kind, "partnership", rule);
        if let Some(who) = who {
            draft.record.improvements[at].responsible = Some(unmarked(who.as_str()));
            draft.note(format!("/improvements/{at}/responsible"), who.evidence_all(rule));
        }
    }
}

/// What the second column of a table says whose lines are lost and whose columns follow one another: the text without
/// the lines that only name bodies, cut where a sentence ends on a line with room for the next word.
fn cells_of_lost_table(text: &Text) -> Vec<Text> {
    let lines: Vec<Text> = text.lines().into_iter().filter(|l| !names_bodies(l.as_str())).collect();
    let length = |t: &Text| t.as_str().chars().count();
    let width = lines.iter().map(length).max().unwrap_or(0);
    let mut cells: Vec<Vec<&Text>> = Vec::new();
    for line in &lines {
        let word = line.as_str().split(' ').next().unwrap_or("");
        let begins = |last: &&Text| {
            last.as_str().ends_with('.')
                && word.starts_with(char::is_uppercase)
                && length(last) + 1 + word.chars().count() < width
        };
        match cells.last_mut() {
            Some(cell) if !cell.last().is_some_and(begins) => cell.push(line),
            _ => cells.push(vec![line]),
        }
    }
    cells.into_iter().map(|lines| Text::join(lines, " ")).collect()
}

/// Whether a line names responsible bodies and says nothing of them, or heads their column.
///
/// "Derby City Council and NHS Derby and"; "Board (ICB)"
fn names_bodies(line: &str) -> bool {
    let joins = |w: &str| ["and", "of", "the", "for", "with", "&"].contains(&w);
    let name = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c == '(');
    is_label(line, "Responsible body") || line.split(' ').all(|w| joins(w) || name(w) && !w.ends_with('.'))
}

fn plain(text: &Text) -> Item {
    Item { text: text.clone(), number: None, group: None }
}

/// A cell's text without its bullets.
fn unmarked(text: &str) -> String {
    text.replace("\u{2022} ", "")
}

fn is_head_cell(text: &str) -> bool {
    text.len() < 60 && heading_kind(text).is_some()
}

/// `team = row of "Ofsted" and "Care Quality Commission", then a name with its role in each cell`; names of the
/// first column stand before those of the second. A column that is longer goes on in lines of its own.
fn team(doc: &Outline, draft: &mut Draft, blocks: Range<usize>) {
    let mut columns: [Vec<Text>; 2] = Default::default();
    for block in doc.blocks[blocks].iter().filter(|b| !matches!(b.role, Role::Furniture | Role::Footnote)) {
        if block.role == Role::Table {
            for row in &block.rows {
                for (i, cell) in row.iter().take(2).enumerate() {
                    columns[i].push(cell.clone());
                }
            }
        } else {
            for line in block.text.lines().iter().flat_map(side_by_side) {
                let second = line.as_str().contains("CQC") || line.as_str().contains("Care Quality");
                match columns.iter_mut().filter_map(|c| c.last_mut()).find(|c| ends_in_title(c.as_str())) {
                    Some(cell) if is_label(line.as_str(), "Inspector") => cell.push_text(" ", &line),
                    _ => columns[usize::from(second)].push(line),
                }
            }
        }
    }
    for (column, own) in columns.iter().zip(["Ofsted", "CQC"]) {
        for cell in column {
            for line in people_of(cell) {
                add_inspector(draft, &line, own);
            }
        }
    }
}

/// The cells of both columns where they stand in one line: the second begins with the name before the second
/// organisation.
///
/// "Rosalind Achebe, Ofsted HMI, lead inspector Tom Adair, CQC inspector"
fn side_by_side(line: &Text) -> Vec<Text> {
    let text = line.as_str();
    let second = text.find("Ofsted").and_then(|o| Some(o + text[o..].find(", CQC")?));
    let cut = second.and_then(|at| text[..at].rmatch_indices(' ').nth(1).map(|(space, _)| space));
    match cut {
        Some(at) if text[at + 1..].starts_with(char::is_uppercase) => {
            vec![line.slice(0..at), line.slice(at..text.len())]
        }
        _ => vec![line.clone()],
    }
}

/// "Rosalind Achebe, Ofsted HMI Lead": the rest of the title stands in the next line.
fn ends_in_title(text: &str) -> bool {
    text.to_lowercase().ends_with(" lead")
}

/// A cell holds one person, or one a line.
fn people_of(cell: &Text) -> Vec<Text> {
    let lines = cell.lines();
    let each =
        lines.len() > 1 && lines.iter().all(|l| l.as_str().contains(',') && person_role(l.as_str()).is_ok());
    if each { lines } else { vec![cell.clone()] }
}

fn add_inspector(draft: &mut Draft, line: &Text, own: &str) {
    let text = line.as_str();
    if ["Ofsted", "Care Quality Commission", "CQC"].iter().any(|w| is_label(text, w)) {
        return;
    }
    let Ok((_, who)) = person_role(text) else { return };
    let role = text[line.range_of(who.person.name).end..].trim_start_matches([',', ' ']).trim();
    let lead = contains_label(role, "lead inspector") && own == "Ofsted" && !contains_label(role, "CQC");
    let at = draft.record.inspectors.len();
    draft.note(format!("/inspectors/{at}"), line.evidence_all("area-send.team"));
    draft.record.inspectors.push(Inspector {
        name: Some(who.person.value()),
        role: (!role.is_empty()).then(|| role.to_owned()),
        organisation: Some(own.into()),
        lead: (lead && !draft.record.inspectors.iter().any(|i| i.lead == Some(true))).then_some(true),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;

    #[test]
    fn the_title_names_the_partnership() {
        assert_eq!(
            printed_provider("Area SEND inspection of Hexworthy Local Area Partnership"),
            Some("Hexworthy Local Area Partnership")
        );
        assert_eq!(printed_provider("Local area partnership report"), None);
    }

    #[test]
    fn columns_side_by_side_and_one_after_the_other() {
        let line = outline("Rosalind Achebe, Ofsted HMI, lead inspector Tom Adair, CQC inspector");
        let cells = side_by_side(&line.blocks[0].text);
        assert_eq!(
            cells.iter().map(Text::as_str).collect::<Vec<_>>(),
            ["Rosalind Achebe, Ofsted HMI, lead inspector", "Tom Adair, CQC inspector"]
        );
        let table = outline(
            "Marlbrook Council and\nNHS Hexworthy\nLeaders should work together so that every\nchild is seen in time.\nLeaders should listen.",
        );
        let cells: Vec<Text> = table.blocks.iter().flat_map(|b| cells_of_lost_table(&b.text)).collect();
        assert_eq!(
            cells.iter().map(Text::as_str).collect::<Vec<_>>(),
            ["Leaders should work together so that every child is seen in time.", "Leaders should listen."]
        );
    }

    #[test]
    fn headings_of_the_form() {
        assert_eq!(heading_kind("What does the area partnership need to do better?"), Some("findings"));
        assert_eq!(heading_kind("Areas for improvement1"), Some("improvements"));
        assert_eq!(heading_kind("Areas for improvement were found by the partnership itself."), None);
    }
}
