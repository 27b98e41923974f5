//! Compares this plugin with the format file included in findings, over the same documents.

use std::path::PathBuf;

use findings_hiqa::FINDINGS_PLUGIN;
use findings_tests::plugins::Tested;
use findings_tests::plugins::agreement::{Field, at, items, people, summary, visits};
use serde_json::Value;

fn plugin() -> Tested {
    Tested::new(&FINDINGS_PLUGIN, "hiqa")
}

const FIELDS: &[Field] = &[
    ("centre", |r| at(r, "/extension/centre_name"), |r| at(r, "/extension/centre_name")),
    ("provider", |r| at(r, "/provider/name"), |r| at(r, "/provider/name")),
    ("address", |r| at(r, "/extension/address"), |r| at(r, "/extension/address")),
    ("type", |r| at(r, "/inspection/type"), |r| at(r, "/inspection/type")),
    ("days", visits, visits),
    ("centre id", |r| at(r, "/extension/centre_id"), |r| at(r, "/extension/centre_id")),
    ("fieldwork id", |r| at(r, "/extension/fieldwork_id"), |r| at(r, "/extension/fieldwork_id")),
    ("residents", |r| at(r, "/extension/number_of_residents"), |r| at(r, "/extension/number_of_residents")),
    ("inspectors", |r| people(r, "lead"), |r| people(r, "lead")),
    ("judgements", judgements, judgements),
];

fn judgements(record: &Value) -> Value {
    items(&record["judgements"])
        .map(|j| Value::from(vec![j["label"].clone(), j["grade"].clone(), j["area"].clone()]))
        .collect()
}

fn table(documents: Vec<(PathBuf, Value)>) -> (u32, u32, String) {
    summary("hiqa.format.toml", FINDINGS_PLUGIN.formats[0], documents, FIELDS)
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
