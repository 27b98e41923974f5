//! Fictional documents read by files: what was printed into them against what is read, and the whole records.

mod common;

use common::{Counts, documents, fda, json, judgments, list, michigan, record, root, school};
use findings_workbench::snapshot::render;
use serde_json::Value;

/// The folders whose documents are there for files.
const FOLDERS: &[&str] = &["westmoor", "ofsted-school", "fda-483"];

#[test]
fn documents_are_read_as_they_were_printed_and_as_accepted() {
    for folder in FOLDERS {
        let folder = root().join("corpus").join(folder);
        let all = documents(&folder);
        assert!(!all.is_empty(), "{}", folder.display());
        for path in all {
            let record = record(&path, Some(&folder));
            let label = json(&path.with_extension("label.json"));
            for (pointer, wanted) in
                label.as_object().expect("an object").iter().filter(|(p, _)| p.starts_with('/'))
            {
                assert_eq!(
                    record.pointer(pointer).unwrap_or(&Value::Null),
                    wanted,
                    "{}: {pointer}",
                    path.display()
                );
            }
            let grades: Vec<&Value> = list(&record["judgements"]).map(|j| &j["grade"]).collect();
            assert_eq!(grades, list(&label["grades"]).collect::<Vec<_>>(), "{}", path.display());
            let items: Vec<&Value> = list(&record["improvements"]).map(|i| &i["text"]).collect();
            assert_eq!(items, list(&label["improvements"]).collect::<Vec<_>>(), "{}", path.display());
            assert_eq!(record["diagnostics"], serde_json::json!([]), "{}", path.display());
            snapshot(&path, &record);
        }
    }
}

fn snapshot(path: &std::path::Path, record: &Value) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.canonicalize().expect("a path").parent().expect("a folder"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_suffix("");
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    settings.bind(|| insta::assert_snapshot!(name, render(record)));
}

#[test]
fn a_value_names_the_line_of_the_file_that_read_it() {
    let folder = root().join("corpus/westmoor");
    let record = record(&folder.join("alder-house.txt"), Some(&folder));
    let rule = record["evidence"]["/provider/name"]["rule"].as_str().expect("a rule");
    let (file, line) = rule.rsplit_once(':').expect("a line");
    let text = std::fs::read_to_string(folder.join(file)).expect("the file");
    let line = text.lines().nth(line.parse::<usize>().expect("a number") - 1);
    assert_eq!(line, Some("find = [{ after = \"Home visited:\", in = \"front\" }]"));
}

/// The plugins' own samples, read by the files of the same regulators.
#[test]
fn the_plugins_documents_are_read_by_files_too() {
    let mut counts = Counts::default();
    for path in documents(&root().join("corpus/hiqa")) {
        judgments(&json(&path.with_extension("label.json")), &record(&path, None), &mut counts);
    }
    assert!(counts.f1() >= 0.97, "hiqa: {:.4}\n{}", counts.f1(), counts.differing.join("\n"));
    assert_eq!(counts.right, 16);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_michigan_is_read_as_labelled() {
    let folder = root().join("../shared/corpus/other/michigan");
    let mut counts = Counts::default();
    for path in documents(&folder) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        michigan(&json(&folder.join(format!("gold/{name}.json"))), &record(&path, None), &mut counts);
    }
    println!("F1 {:.4}\n{}", counts.f1(), counts.differing.join("\n"));
    assert!(counts.f1() >= 0.95);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_hiqa_is_read_as_labelled() {
    let folder = root().join("../shared/corpus/other/hiqa");
    let mut counts = Counts::default();
    for path in documents(&folder) {
        let record = record(&path, None);
        let id = &record["document"]["sha256"].as_str().expect("a digest")[..12];
        judgments(&json(&folder.join(format!("gold/{id}.json"))), &record, &mut counts);
    }
    println!("F1 {:.4}\n{}", counts.f1(), counts.differing.join("\n"));
    assert!(counts.f1() >= 0.97);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_fda_483_is_read_as_labelled() {
    let folder = root().join("../shared/corpus/other/fda483");
    let mut counts = Counts::default();
    for path in documents(&folder) {
        let record = record(&path, None);
        let id = &record["document"]["sha256"].as_str().expect("a digest")[..12];
        fda(&json(&folder.join(format!("gold/{id}.json"))), &record, &mut counts);
    }
    println!("F1 {:.4}\n{}", counts.f1(), counts.differing.join("\n"));
    assert!(counts.f1() >= 0.97);
}

/// The points of a school's label, each with what belongs to it, and the members of the team.
#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_school_reports_are_read_as_labelled() {
    let folder = root().join("../shared/corpus/other/ofsted-school");
    let mut counts = Counts::default();
    for path in documents(&folder) {
        let record = record(&path, None);
        let id = &record["document"]["sha256"].as_str().expect("a digest")[..12];
        school(&json(&folder.join(format!("gold/{id}.json"))), &record, &mut counts);
    }
    println!("F1 {:.4}\n{}", counts.f1(), counts.differing.join("\n"));
    assert!(counts.f1() >= 0.97);
}
