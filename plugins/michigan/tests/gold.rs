//! Real documents against their labels, where there are any beside the repo.

mod common;

use common::{compare, evidence_problems, files, record, shared, table};
use serde_json::Value;

#[test]
fn labelled_documents_are_read() {
    let Some(folder) = shared("corpus/other/michigan") else { return };
    let mut all = Vec::new();
    for path in files(&folder, ".txt") {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let label = std::fs::read(folder.join("gold").join(format!("{name}.json"))).expect("a label");
        let label: Value = serde_json::from_slice(&label).expect("JSON");
        all.push(compare(&label, &record(&path)["extension"], &name));
    }
    let (table, f1) = table(&all);
    println!("{table}");
    assert_eq!(all.len(), 14, "the labelled documents are there");
    assert!(f1 >= 0.97, "F1 over the measured fields is {f1:.4}");
}

#[test]
fn evidence_holds() {
    let Some(folder) = shared("corpus/other/michigan") else { return };
    for path in files(&folder, ".txt") {
        let text = std::fs::read_to_string(&path).expect("a text");
        let problems = evidence_problems(&record(&path), &text);
        assert!(problems.is_empty(), "{}: {problems:#?}", path.display());
    }
}
