//! Appendix 1: each regulation with its judgment, by dimension. The blocks in the narrative are a second witness,
//! and are used instead if the appendix can't be read.

use findings_plugin_sdk::record::{Draft, Evidence, Judgement, Status};
use findings_plugin_sdk::text::Text;

use crate::columns;
use crate::extension::{Extension, Regulation};
use crate::headings::RegulationBlock;
use crate::layout::{Layout, Part};
use crate::regulation::{self, Instrument, Judgment};

/// The table's header.
const HEAD: &[&str] = &["Regulation Title", "Judgment"];

/// A regulation as printed in one place of the report.
struct Reading {
    heading: Text,
    dimension: Option<Text>,
    judgment: Option<(Judgment, Text)>,
    rule: &'static str,
}

/// Reads the regulations from both places.
pub fn read(layout: &Layout, blocks: &[RegulationBlock], extension: &mut Extension, draft: &mut Draft) {
    let body = blocks.iter().map(|b| Reading {
        heading: b.heading.clone(),
        dimension: b.dimension.clone(),
        judgment: b.judgment.clone(),
        rule: "hiqa.regulation-block",
    });
    let body: Vec<Reading> = body.collect();
    let listed = table(layout);
    let (first, second) = if listed.is_empty() { (body, listed) } else { (listed, body) };
    let disabilities = draft.record.format.edition == "disabilities";
    for reading in &first {
        push(reading, disabilities, extension, draft);
        let at = extension.regulations.len() - 1;
        if let Some(other) = second.iter().find(|r| key(r) == key(reading)) {
            witness(reading, other, at, draft);
        }
    }
    for missing in second.iter().filter(|r| !first.iter().any(|f| key(f) == key(r))) {
        let message = format!("“{}” has a block and is not in appendix 1", missing.heading.as_str());
        draft.warn(
            "judgements-missing",
            Some("/extension/regulations"),
            Some(missing.heading.page()),
            message,
        );
    }
    if first.is_empty() {
        for pointer in ["/extension/regulations", "/judgements"] {
            draft.absent(pointer, Status::NotRead);
        }
        let message = "neither appendix 1 nor the blocks of the regulations could be read";
        draft.warn("judgements-missing", Some("/extension/regulations"), None, message);
    }
}

fn key(reading: &Reading) -> Option<(Instrument, &str)> {
    regulation::name(reading.heading.as_str()).map(|n| (n.instrument, n.number))
}

/// `row = dimension / regulation judgment`
fn table(layout: &Layout) -> Vec<Reading> {
    let begins = |line: &str, before: Option<&str>| {
        regulation::dimension(line).is_some()
            || regulation::regulation(line).is_ok() && before != Some("Registration")
            || line == "Registration"
    };
    let body = layout.body(layout.blocks_of(Part::Appendix));
    let rows = columns::rows(body, HEAD, begins).unwrap_or_default();
    let mut dimension: Option<Text> = None;
    let mut readings = Vec::new();
    for row in rows {
        let [title, cell] = row.as_slice() else { continue };
        if regulation::dimension(title.as_str()).is_some() && cell.is_empty() {
            dimension = Some(title.clone());
        } else if regulation::name(title.as_str()).is_some() {
            let judgment = regulation::judgment_alone(cell.as_str()).map(|j| (j, cell.clone()));
            let (heading, dimension) = (title.clone(), dimension.clone());
            readings.push(Reading { heading, dimension, judgment, rule: "hiqa.appendix" });
        }
    }
    readings
}

fn push(reading: &Reading, disabilities: bool, extension: &mut Extension, draft: &mut Draft) {
    let Reading { heading, dimension, judgment, rule } = reading;
    let Some(name) = regulation::name(heading.as_str()) else { return };
    let at = extension.regulations.len();
    let pointer = |field: &str| format!("/extension/regulations/{at}/{field}");
    let head = &heading.as_str()[..heading.range_of(name.number).end];
    draft.note(pointer("number"), heading.evidence(head, rule));
    draft.note(pointer("title"), heading.evidence(name.title, rule));
    draft.note(pointer("printed"), heading.evidence_all(rule));
    note(draft, pointer("dimension"), dimension.as_ref(), rule);
    note(draft, pointer("judgment"), judgment.as_ref().map(|(_, text)| text), rule);
    let act = match name.instrument {
        Instrument::Registration => Some("registration"),
        Instrument::Care => disabilities.then_some("care-and-support"),
    };
    match act {
        Some(_) => draft.derived(pointer("act"), "the instrument named before the number"),
        None => draft.absent(pointer("act"), Status::NotRead),
    }
    let code = judgment.as_ref().map(|(j, _)| j.code().to_owned());
    let dimension = dimension.as_ref().and_then(|d| regulation::dimension(d.as_str()));
    judgement(reading, dimension, at, draft);
    if code.is_none() {
        let message = format!("the judgment of “{}” could not be read", heading.as_str());
        draft.warn("grade-not-read", Some(&pointer("judgment")), Some(heading.page()), message);
    }
    extension.regulations.push(Regulation {
        number: name.number.to_owned(),
        title: name.title.to_owned(),
        dimension: dimension.map(str::to_owned),
        judgment: code,
        act: act.map(str::to_owned),
        printed: heading.as_str().to_owned(),
    });
}

fn note(draft: &mut Draft, pointer: String, text: Option<&Text>, rule: &str) {
    match text {
        Some(text) => draft.note(pointer, text.evidence_all(rule)),
        None => draft.absent(pointer, Status::NotRead),
    }
}

/// Adds the record's judgement.
fn judgement(reading: &Reading, dimension: Option<&str>, at: usize, draft: &mut Draft) {
    let heading = &reading.heading;
    let mut evidence = heading.evidence_all(reading.rule);
    if let Some((_, cell)) = &reading.judgment {
        evidence = Text::join([heading, cell], " ").evidence_all(reading.rule);
    }
    draft.note(format!("/judgements/{at}"), evidence);
    let judgment = reading.judgment.as_ref();
    draft.record.judgements.push(Judgement {
        area: dimension.map_or("regulation".into(), |d| d.to_lowercase().replace(' ', "-")),
        label: heading.as_str().to_owned(),
        grade: judgment.map(|(j, _)| j.code().to_owned()),
        printed: judgment.map(|(_, text)| printed(text)),
        scale: "hiqa-compliance".into(),
        rank: judgment.map(|(j, _)| j.rank()),
    });
}

/// The judgment's words, without the label "Judgment:".
fn printed(text: &Text) -> String {
    let words = text.as_str();
    words.rsplit(':').next().unwrap_or(words).trim().to_owned()
}

fn witness(reading: &Reading, other: &Reading, at: usize, draft: &mut Draft) {
    let (Some((a, _)), Some((b, text))) = (&reading.judgment, &other.judgment) else { return };
    if a == b {
        for pointer in [format!("/extension/regulations/{at}/judgment"), format!("/judgements/{at}")] {
            if let Some(Evidence { witnesses, .. }) = draft.record.evidence.get_mut(&pointer) {
                *witnesses = Some(witnesses.unwrap_or(1) + 1);
            }
        }
        return;
    }
    let message = format!(
        "“{}” is {} in appendix 1 and {} in its block; the appendix was followed",
        reading.heading.as_str(),
        a.code(),
        b.code()
    );
    draft.warn("grades-disagree", Some(&format!("/judgements/{at}/grade")), Some(text.page()), message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Line, outline};
    use insta::assert_snapshot;

    fn show(lines: &[Line]) -> String {
        let doc = outline(lines);
        let readings = table(&Layout::of(&doc));
        let line = |r: &Reading| {
            let dimension = r.dimension.as_ref().map_or("-", Text::as_str);
            let judgment = r.judgment.as_ref().map_or("-", |(j, _)| j.code());
            format!("{dimension} | {} | {judgment}", r.heading.as_str())
        };
        readings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn titles_and_judgments_wrap_each_in_its_column() {
        let lines: &[Line] = &[
            (9, 50.0, 80.0, "Appendix 1 - Full list of regulations considered under each dimension"),
            (9, 50.0, 200.0, "Regulation Title"),
            (9, 400.0, 200.0, "Judgment"),
            (9, 50.0, 230.0, "Capacity and capability"),
            (9, 50.0, 250.0, "Registration Regulation 5: Application for registration or"),
            (9, 50.0, 264.0, "renewal of registration"),
            (9, 400.0, 250.0, "Compliant"),
            (9, 50.0, 284.0, "Regulation 16: Training and staff development"),
            (9, 400.0, 284.0, "Substantially"),
            (9, 400.0, 298.0, "compliant"),
            (9, 50.0, 320.0, "Quality and safety"),
            (10, 50.0, 80.0, "Regulation 5: Individual assessment and personal plan"),
            (10, 400.0, 80.0, "Not compliant"),
        ];
        assert_snapshot!(show(lines), @r"
        Capacity and capability | Registration Regulation 5: Application for registration or renewal of registration | compliant
        Capacity and capability | Regulation 16: Training and staff development | substantially-compliant
        Quality and safety | Regulation 5: Individual assessment and personal plan | not-compliant
        ");
    }
}
