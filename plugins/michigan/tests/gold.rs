//! Real documents compared with labels, if available.

mod common;

use common::{compare, plugin, table};

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_documents_are_read_as_labelled() {
    let documents = plugin().real();
    let compare = |(path, label): &(std::path::PathBuf, serde_json::Value)| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        compare(label, &plugin().record(path)["extension"], &name)
    };
    let (table, f1) = table(&documents.iter().map(compare).collect::<Vec<_>>());
    println!("{} documents\n{table}", documents.len());
    assert!(f1 >= 0.97, "F1 over the measured fields is {f1:.4}");
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_records_hold() {
    plugin().has_records_that_hold(&plugin().real());
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_documents_are_left_to_the_plugin() {
    plugin().claims(&plugin().real(), 0.8);
}

#[test]
fn documents_of_others_are_not_claimed() {
    plugin().leaves_others_alone();
}
