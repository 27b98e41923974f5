//! Documents read by files, and held against labels.

// Each test file uses a part of this.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use findings_core::pipeline::{self, ReadOptions};
use findings_forms::FormatFiles;
use serde_json::Value;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The documents of a folder, in order.
pub fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there").flatten().map(|e| e.path());
    let is_document =
        |p: &PathBuf| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf") || e == "txt");
    let mut all: Vec<PathBuf> = entries.filter(is_document).collect();
    all.sort();
    all
}

pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).expect("a label")).expect("JSON")
}

/// The record of a document, by the files that come with findings and one folder of others.
pub fn record(path: &Path, folder: Option<&Path>) -> Value {
    let folders: Vec<&Path> = folder.into_iter().collect();
    let files = FormatFiles::open(&folders);
    assert_eq!(files.refused(), Vec::<String>::new());
    let options = ReadOptions { plugins: Some(Arc::new(files)), ..ReadOptions::default() };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(path).expect("a document");
    let read = pipeline::read(&name, &bytes, &options).outcome;
    let read = read.unwrap_or_else(|e| panic!("{name}: {}", e.error));
    // As it is printed: a box's numbers go through their text.
    serde_json::from_str(&serde_json::to_string(&read).expect("plain data")).expect("JSON")
}

/// How many values agree, were read and are not so, and were not read.
#[derive(Debug, Default)]
pub struct Counts {
    pub right: u32,
    pub wrong: u32,
    pub missing: u32,
    pub differing: Vec<String>,
}

impl Counts {
    /// Counts a value, words only.
    pub fn value(&mut self, what: &str, wanted: &Value, got: &Value) {
        let (wanted, got) = (words(wanted), words(got));
        if wanted == got {
            self.right += u32::from(!wanted.is_empty());
            return;
        }
        self.missing += u32::from(!wanted.is_empty());
        self.wrong += u32::from(!got.is_empty());
        self.differing.push(format!("{what}: {wanted:?} was read as {got:?}"));
    }

    pub fn f1(&self) -> f64 {
        let (right, other) = (f64::from(self.right), f64::from(self.wrong + self.missing));
        2.0 * right / (2.0 * right + other).max(1.0)
    }
}

fn words(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = if value.is_null() { String::new() } else { text.to_lowercase() };
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// HIQA's regulations: what the label judges against what was read.
pub fn judgments(label: &Value, record: &Value, counts: &mut Counts) {
    let number = |text: &str| text.split(':').next().unwrap_or_default().trim().to_lowercase();
    let read: Vec<(String, &Value)> = list(&record["judgements"])
        .map(|j| (number(j["label"].as_str().unwrap_or_default()), &j["grade"]))
        .collect();
    for regulation in list(&label["regulations"]) {
        let act = if regulation["act"] == "registration" { "registration regulation" } else { "regulation" };
        let wanted = format!("{act} {}", regulation["number"].as_str().unwrap_or_default());
        let got = read.iter().find(|(label, _)| *label == wanted).map_or(&Value::Null, |(_, grade)| *grade);
        counts.value(&wanted, &regulation["judgment"], got);
    }
    let labelled = list(&label["regulations"]).count();
    counts.wrong += u32::try_from(read.len().saturating_sub(labelled)).unwrap_or_default();
}

/// Where Michigan's labels have what the file reads.
const MICHIGAN: &[(&str, &str)] = &[
    ("/license_number", "/extension/license_number"),
    ("/investigation_number", "/extension/investigation_number"),
    ("/licensee_name", "/extension/licensee_name"),
    ("/facility_name", "/provider/name"),
    ("/facility_address", "/extension/facility_address"),
    ("/letter_date", "/extension/letter_date"),
    ("/report_date", "/extension/report_date"),
    ("/approval_date", "/extension/approval_date"),
    ("/complaint_receipt_date", "/extension/intake_date"),
    ("/expiration_date", "/extension/expiration_date"),
    ("/recommendation/text", "/extension/recommendation"),
    ("/signatories/0/name", "/inspectors/0/name"),
    ("/signatories/0/role", "/inspectors/0/role"),
    ("/signatories/1/name", "/inspectors/1/name"),
    ("/signatories/1/role", "/inspectors/1/role"),
];

/// Michigan's identity, dates, signatories and recommendation.
pub fn michigan(label: &Value, record: &Value, counts: &mut Counts) {
    for (wanted, got) in MICHIGAN {
        if let Some(value) = label.pointer(wanted) {
            counts.value(wanted, value, record.pointer(got).unwrap_or(&Value::Null));
        }
    }
    let coded = label.pointer("/recommendation/normalised").filter(|n| *n != "none-stated");
    let read = &record["extension"]["recommended"];
    counts.value("/recommendation/normalised", coded.unwrap_or(&Value::Null), read);
}

/// Where FDA's label has what the file reads.
const FDA: &[(&str, &str)] = &[
    ("/firm_name", "/provider/name"),
    ("/dates/0", "/inspection/start"),
    ("/dates/1", "/inspection/end"),
    ("/date_issued", "/extension/date_issued"),
    ("/fei_number", "/extension/fei_number"),
    ("/street_address", "/extension/street_address"),
    ("/city_state_zip_country", "/extension/city_state_zip_country"),
    ("/establishment_type", "/extension/establishment_type"),
    ("/employees/0/name", "/inspectors/0/name"),
    ("/employees/0/title", "/inspectors/0/role"),
];

/// The boxes of form 483, and the statement of each observation.
pub fn fda(label: &Value, record: &Value, counts: &mut Counts) {
    for (wanted, got) in FDA {
        let of = |value: &Value, pointer: &str| value.pointer(pointer).cloned().unwrap_or_default();
        counts.value(wanted, &of(label, wanted), &of(record, got));
    }
    let (name, title) = (&label["issued_to"]["name"], &label["issued_to"]["title"]);
    let issued_to = format!("{}, {}", name.as_str().unwrap_or_default(), title.as_str().unwrap_or_default());
    counts.value("issued_to", &issued_to.into(), &record["extension"]["issued_to"]);
    let read: Vec<&Value> = list(&record["improvements"]).collect();
    let wanted: Vec<&Value> = list(&label["observations"]).collect();
    for at in 0..wanted.len().max(read.len()) {
        let of = |all: &[&Value], member: &str| all.get(at).map_or(Value::Null, |v| v[member].clone());
        counts.value(&format!("observation {at}"), &of(&wanted, "statement"), &of(&read, "text"));
    }
}

/// What a school has to improve, and who inspected it.
pub fn school(label: &Value, record: &Value, counts: &mut Counts) {
    let point = |p: &Value| {
        let items = list(&p["items"]).filter_map(Value::as_str);
        Value::from(p["text"].as_str().into_iter().chain(items).collect::<Vec<_>>().join(" "))
    };
    let wanted: Vec<Value> = list(&label["improvements"]).map(point).collect();
    let read: Vec<Value> = list(&record["improvements"]).map(|i| i["text"].clone()).collect();
    for at in 0..wanted.len().max(read.len()) {
        let of = |all: &[Value]| all.get(at).cloned().unwrap_or_default();
        counts.value(&format!("point {at}"), &of(&wanted), &of(&read));
    }
    let team = |v: &Value| -> Vec<Value> {
        list(&v["inspectors"])
            .flat_map(|i| [i["name"].clone(), i["role"].clone(), i["lead"].clone()])
            .collect()
    };
    let (wanted, read) = (team(label), team(record));
    for at in 0..wanted.len().max(read.len()) {
        let of = |all: &[Value]| all.get(at).cloned().unwrap_or_default();
        counts.value(&format!("team {at}"), &of(&wanted), &of(&read));
    }
}

pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
