//! What labels say: single values with the pointers to find them for, and which members are lists.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::Sample;
use super::guess::slug;

/// Members that describe the label or the file and not what is printed.
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
/// Names in labels for which records have a place.
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
/// Names of the first and the last day of the inspection.
const START: &[&str] = &["inspection_start", "/inspection/start"];
const END: &[&str] = &["inspection_end", "/inspection/end"];
/// Names of lists of people in labels: their first person is looked for.
const PEOPLE: &[(&str, &str)] = &[
    ("inspectors", "/inspectors"),
    ("signatories", "/letter/signatories"),
    ("addressees", "/letter/recipients"),
];
/// The prefix of pointers of single judgements, until they become fields of `/judgements` with an area.
pub(super) const JUDGED: &str = "/judgements/";

/// What a person read at a pointer in each sample: none without a label or such a member, null if the document has no such value.
pub(super) type Wants = IndexMap<String, Vec<Option<Value>>>;

/// The labels as pointers with single values.
pub(super) fn wants(samples: &[Sample]) -> Wants {
    let mut wants = Wants::new();
    for (at, sample) in samples.iter().enumerate() {
        let Some(Value::Object(members)) = &sample.gold else { continue };
        let singles = members.iter().flat_map(|(name, value)| singles(name, value)).chain(days(members));
        for (pointer, value) in singles {
            let all = wants.entry(pointer).or_insert_with(|| vec![None; samples.len()]);
            // If there are a lead inspector and a list of inspectors, the one named first counts.
            let said = all[at].as_ref().is_some_and(|v| !v.is_null());
            if !said {
                all[at] = Some(value);
            }
        }
    }
    wants
}

/// The days of the inspection according to a label.
fn days(members: &Map<String, Value>) -> Option<(String, Value)> {
    let first = |names: &[&str]| names.iter().find_map(|name| members.get(*name));
    let start = first(START)?;
    let end = first(END).unwrap_or(start);
    let range = Value::from_iter([start.clone(), end.clone()]);
    Some(("/inspection".into(), if start.is_null() { Value::Null } else { range }))
}

/// The single values of a label's member, each with its pointer; lists of texts have none.
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

/// Whether a label's member is a list of its own, neither describing the label nor looked for otherwise.
pub(super) fn is_list(name: &str) -> bool {
    let known = PEOPLE.iter().chain(POINTERS).any(|(n, _)| *n == name);
    !known && name != "judgements" && !OF_THE_LABEL.contains(&name)
}
