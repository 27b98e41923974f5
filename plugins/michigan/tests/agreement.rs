//! Compares this plugin with the format file included in findings, over the same documents.

mod common;

use std::path::PathBuf;

use common::plugin;
use findings_michigan::FINDINGS_PLUGIN;
use findings_tests::plugins::agreement::{Field, at, items, people, summary};
use serde_json::Value;

const FIELDS: &[Field] = &[
    ("type", |r| at(r, "/inspection/type"), |r| at(r, "/inspection/type")),
    ("facility", |r| at(r, "/extension/facility_name"), |r| at(r, "/provider/name")),
    ("licensee", |r| at(r, "/extension/licensee_name"), |r| at(r, "/extension/licensee_name")),
    ("facility address", address, address),
    ("licence number", |r| at(r, "/extension/license_number"), |r| at(r, "/extension/license_number")),
    (
        "investigation number",
        |r| at(r, "/extension/investigation_number"),
        |r| at(r, "/extension/investigation_number"),
    ),
    ("licence status", |r| at(r, "/extension/license_status"), |r| at(r, "/extension/license_status")),
    (
        "licensee designee",
        |r| at(r, "/extension/licensee_designee"),
        |r| at(r, "/extension/licensee_designee"),
    ),
    (
        "chief administrator",
        |r| at(r, "/extension/chief_administrator"),
        |r| at(r, "/extension/chief_administrator"),
    ),
    ("intake date", |r| at(r, "/extension/complaint_receipt_date"), |r| at(r, "/extension/intake_date")),
    ("expiration date", |r| at(r, "/extension/expiration_date"), |r| at(r, "/extension/expiration_date")),
    ("letter date", |r| at(r, "/extension/letter_date"), |r| at(r, "/extension/letter_date")),
    ("report date", |r| at(r, "/extension/report_date"), |r| at(r, "/extension/report_date")),
    ("approval date", |r| at(r, "/extension/approval_date"), |r| at(r, "/extension/approval_date")),
    ("first and last day on site", on_site, first_and_last),
    ("signatories", |r| people(r, "role"), |r| people(r, "role")),
    ("recommendation", |r| at(r, "/extension/recommendation/text"), |r| at(r, "/extension/recommendation")),
    ("recommendation's code", recommended, |r| at(r, "/extension/recommended")),
];

/// The first and last day on site. Without any, the plugin's record uses days of contact; the file does not.
fn on_site(record: &Value) -> Value {
    let mut days: Vec<Value> = items(&record["extension"]["inspection_dates"]).cloned().collect();
    days.sort_by_key(Value::to_string);
    days.first().into_iter().chain(days.last()).cloned().collect()
}

fn first_and_last(record: &Value) -> Value {
    let days = [at(record, "/inspection/start"), at(record, "/inspection/end")];
    days.into_iter().filter(|day| !day.is_null()).collect()
}

/// An address without commas, which the plugin inserts between lines.
fn address(record: &Value) -> Value {
    at(record, "/extension/facility_address").as_str().map(|a| a.replace(',', "")).into()
}

/// The recommendation's code; the file has none if nothing is recommended.
fn recommended(record: &Value) -> Value {
    Some(at(record, "/extension/recommendation/normalised"))
        .filter(|code| code != "none-stated")
        .unwrap_or_default()
}

fn table(documents: Vec<(PathBuf, Value)>) -> (u32, u32, String) {
    summary("michigan.format.toml", FINDINGS_PLUGIN.formats[0], documents, FIELDS)
}

#[test]
fn the_file_and_the_plugin_read_the_samples_alike() {
    let (same, differs, table) = table(plugin().own(1));
    assert!(same > 0 && differs == 0, "{table}");
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn measure_real_agreement_of_file_and_plugin() {
    println!("{}", table(plugin().real()).2);
}
