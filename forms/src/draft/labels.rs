//! What labels say: single values by the pointers that they are to be found for, and which members are lists.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Sample;
use super::guess::slug;

/// Members of labels that are of the label or the file, and not of what is printed.
const OF_THE_LABEL: &[&str] = &[
    "id",
    "path",
    "sha256",
    "kind",
    "notes",
    "split",
    "pages",
    "template",
    "regulator",
    "format",
    "document_title",
    "provider_as_printed",
    "last_numbered_paragraph",
    "headings",
    "visits",
];
/// Names of labels that records have a place for.
const POINTERS: &[(&str, &str)] = &[
    ("local_authority", "/provider/name"),
    ("published", "/published"),
    ("theme", "/inspection/theme"),
    ("letter_date", "/letter/date"),
    ("salutation", "/letter/salutation"),
    ("subject", "/letter/subject"),
    ("lead_inspector", "/inspectors"),
    ("dates", "/inspection"),
    ("/inspectors/0/name", "/inspectors"),
];
/// Names of the first and of the last day of the inspection.
const START: &[&str] = &["inspection_start", "/inspection/start"];
const END: &[&str] = &["inspection_end", "/inspection/end"];
/// Names of labels that are lists of people: the first of each is looked for.
const PEOPLE: &[(&str, &str)] = &[
    ("inspectors", "/inspectors"),
    ("signatories", "/letter/signatories"),
    ("addressees", "/letter/recipients"),
];
/// Pointers of single judgements begin so, until they become fields of `/judgements` with an area.
pub(super) const JUDGED: &str = "/judgements/";

/// What a person read at a pointer, in each sample: none where there is no label or no such member, null where the
/// document has no such value.
pub(super) type Wants = IndexMap<String, Vec<Option<Value>>>;

/// The labels as pointers with single values.
pub(super) fn wants(samples: &[Sample]) -> Wants {
    let mut wants = Wants::new();
    for (at, sample) in samples.iter().enumerate() {
        let Some(Value::Object(members)) = &sample.gold else { continue };
        let singles = members.iter().flat_map(|(name, value)| singles(name, value)).chain(days(members));
        for (pointer, value) in singles {
            let all = wants.entry(pointer).or_insert_with(|| vec![None; samples.len()]);
            // Of a lead inspector and a list of inspectors the first says who is meant.
            let said = all[at].as_ref().is_some_and(|v| !v.is_null());
            if !said {
                all[at] = Some(value);
            }
        }
    }
    wants
}

/// What a label says of the days of the inspection.
fn days(members: &Map<String, Value>) -> Option<(String, Value)> {
    let first = |names: &[&str]| names.iter().find_map(|name| members.get(*name));
    let start = first(START)?;
    let end = first(END).unwrap_or(start);
    let range = Value::from_iter([start.clone(), end.clone()]);
    Some(("/inspection".into(), if start.is_null() { Value::Null } else { range }))
}

/// The single values of a member of a label, each with its pointer; none of lists of texts.
fn singles(name: &str, value: &Value) -> Vec<(String, Value)> {
    if [OF_THE_LABEL, START, END].iter().any(|names| names.contains(&name)) {
        return Vec::new();
    }
    let place = |all: &[(&str, &str)]| all.iter().find(|(n, _)| *n == name).map(|(_, p)| (*p).to_owned());
    match (value, place(PEOPLE)) {
        (Value::Array(all), Some(pointer)) => {
            vec![(pointer, all.first().map_or(Value::Null, |p| p["name"].clone()))]
        }
        (Value::Array(all), _) if name == "judgements" => {
            let area = |j: &Value| slug(j["area"].as_str().unwrap_or_default(), '-');
            all.iter().map(|j| (format!("{JUDGED}{}", area(j)), j["grade"].clone())).collect()
        }
        (Value::Array(_), _) if place(POINTERS).as_deref() != Some("/inspection") => Vec::new(),
        (Value::Object(_), _) => Vec::new(),
        _ => vec![(place(POINTERS).unwrap_or_else(|| own(name)), value.clone())],
    }
}

fn own(name: &str) -> String {
    if name.starts_with('/') { name.to_owned() } else { format!("/extension/{}", slug(name, '_')) }
}

/// Whether a member of a label is a list of its own, and no part of the label or of what is looked for otherwise.
pub(super) fn is_list(name: &str) -> bool {
    let known = PEOPLE.iter().chain(POINTERS).any(|(n, _)| *n == name);
    !known && name != "judgements" && !OF_THE_LABEL.contains(&name)
}
