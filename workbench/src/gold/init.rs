//! Creates a label to start from: the content of a record in the form of a label.

use serde_json::{Map, Value};

use super::{Addressee, Grading, ID_DIGITS, KINDS, Label, Person, ReportLabel, Text};
use crate::score::text::{area_key, grade_key};

/// The label with which a record agrees completely. It contains what was read, right or wrong, so a person must compare
/// it with the document before it can be used to measure accuracy.
///
/// `None` for an error report: whether there should be a record is for a person to decide.
pub fn label_of(record: &Value) -> Option<Label> {
    if record.get("error").is_some() {
        return None;
    }
    let format = text(record, "/format/id")?;
    let kind = KINDS.iter().find(|(_, id)| *id == format).map_or(format.clone(), |(kind, _)| (*kind).into());
    let letter = record.get("letter").filter(|l| !l.is_null());
    let improvements = list(record, "/improvements");
    let texts = |kept: &dyn Fn(&Value) -> bool| -> Vec<Text> {
        improvements.iter().filter(|i| kept(i)).filter_map(|i| plain(i, "/text")).collect()
    };
    let is = |item: &Value, key: &str, code: &str| item.get(key).is_some_and(|v| v == code);
    Some(Label::Report(ReportLabel {
        id: text(record, "/document/sha256")?.chars().take(ID_DIGITS).collect(),
        path: text(record, "/document/source"),
        kind,
        local_authority: text(record, "/provider/name"),
        provider_as_printed: text(record, "/provider/printed"),
        inspection_start: text(record, "/inspection/start"),
        inspection_end: text(record, "/inspection/end"),
        published: text(record, "/published"),
        letter_date: text(record, "/letter/date"),
        lead_inspector: lead(record),
        inspectors: people(record, "/inspectors"),
        addressees: list(record, "/letter/recipients").iter().map(addressee).collect(),
        salutation: letter.map(|l| text(l, "/salutation")),
        subject: letter.map(|l| text(l, "/subject")),
        theme: Some(plain(record, "/inspection/theme")),
        visits: Some(list(record, "/inspection/visits").iter().filter_map(visit).collect()),
        judgements: list(record, "/judgements").iter().map(grading).collect(),
        improvements: texts(&|i| !is(i, "addressed_to", "lscb") && !is(i, "kind", "priority-action")),
        priority_actions: Some(texts(&|i| {
            !is(i, "addressed_to", "lscb") && is(i, "kind", "priority-action")
        })),
        lscb_recommendations: Some(texts(&|i| is(i, "addressed_to", "lscb"))),
        strengths: list(record, "/strengths").iter().filter_map(|s| plain(s, "/text")).collect(),
        headings: headings(record),
        last_numbered_paragraph: last_number(record),
        signatories: people(record, "/letter/signatories"),
        notes: Some("Made from a record and not yet checked against the document.".into()),
        left_out: Vec::new(),
        more: extension(record),
    }))
}

/// The parts of a format's extension, by pointers.
fn extension(record: &Value) -> Map<String, Value> {
    let members = record.get("extension").and_then(Value::as_object);
    members.into_iter().flatten().map(|(name, value)| (format!("/extension/{name}"), value.clone())).collect()
}

fn text(from: &Value, pointer: &str) -> Option<String> {
    from.pointer(pointer)?.as_str().map(str::to_owned)
}

fn plain(from: &Value, pointer: &str) -> Option<Text> {
    text(from, pointer).map(Text::Plain)
}

fn list<'a>(from: &'a Value, pointer: &str) -> &'a [Value] {
    from.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn lead(record: &Value) -> Option<String> {
    let lead = list(record, "/inspectors").iter().find(|i| i.get("lead").is_some_and(|l| l == true))?;
    text(lead, "/name")
}

fn headings(record: &Value) -> Vec<Text> {
    let top = |s: &&Value| s.get("level").is_none_or(|l| l == 1);
    list(record, "/sections").iter().filter(top).filter_map(|s| plain(s, "/heading")).collect()
}

/// The highest paragraph number.
fn last_number(record: &Value) -> Option<u64> {
    let blocks = list(record, "/sections").iter().flat_map(|s| list(s, "/blocks"));
    blocks.filter_map(|b| b.get("number")?.as_u64()).max()
}

fn people(record: &Value, pointer: &str) -> Vec<Person> {
    list(record, pointer)
        .iter()
        .filter_map(|p| {
            Some(Person {
                name: text(p, "/name")?,
                role: text(p, "/role"),
                organisation: text(p, "/organisation"),
                more: Map::new(),
            })
        })
        .collect()
}

fn addressee(recipient: &Value) -> Addressee {
    let lines = list(recipient, "/address").iter().filter_map(|l| l.as_str().map(str::to_owned));
    Addressee {
        name: text(recipient, "/name"),
        role: text(recipient, "/role"),
        organisation: text(recipient, "/organisation"),
        address: Some(lines.collect()),
        postcode: Some(text(recipient, "/postcode")),
        more: Map::new(),
    }
}

fn visit(range: &Value) -> Option<[String; 2]> {
    Some([text(range, "/start")?, text(range, "/end")?])
}

/// The area of a judgement in a row for which the format names no area.
pub(crate) const UNNAMED: &str = "other";

/// The printed label if it maps back to the record's area, or is the only indication of it; otherwise the area's code.
/// Likewise for the grade.
fn grading(judgement: &Value) -> Grading {
    let (area, grade) = (text(judgement, "/area").unwrap_or_default(), text(judgement, "/grade"));
    let named = |label: &String| area == UNNAMED || area_key(label) == area_key(&area);
    let label = text(judgement, "/label").filter(named);
    let spoken = grade.as_ref().map(|code| code.replace('-', " "));
    let spoken = spoken.filter(|words| Some(grade_key(words)) == grade);
    Grading { area: label.unwrap_or(area), grade: spoken.or(grade) }
}
