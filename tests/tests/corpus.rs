//! The corpus in the repo: a snapshot beside each document, all labels, all bad files.

use findings_tests::documents::{corpus, files, read, read_all};
use findings_tests::runs::accuracy_by;
use findings_workbench::gold::Gold;
use findings_workbench::snapshot::{printed, render};
use serde_json::Value;

/// The record of each document must be as accepted. After a change: `findings snapshot review corpus --exclude bad
/// --exclude generate --exclude scans` (and plugins' folders), or `cargo insta review`.
#[test]
fn records_are_as_accepted() {
    let base = corpus();
    let paths = files(&base, &[".pdf", ".txt"]);
    assert!(paths.len() >= 30, "the corpus is there");
    for (path, outcome) in paths.iter().zip(read_all(&base, &paths)) {
        let record = outcome.unwrap_or_else(|e| panic!("{}: {}", path.display(), e.error));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().expect("a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_suffix("");
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let name = format!("{}.{extension}", path.file_stem().unwrap_or_default().to_string_lossy());
        // Rendered like `findings snapshot`, so that people have to learn only one form.
        settings.bind(|| insta::assert_snapshot!(name, render(&printed(&record))));
    }
}

/// Compares what the generator printed into the documents with what was read.
#[test]
fn labels_agree() {
    let base = corpus();
    // Scans need an OCR engine, and are read by a separate test.
    let scans = Gold::load(&base.join("scans")).expect("labels of scans");
    let mut gold = Gold::load(&base).expect("labels");
    gold.labels.retain(|id, _| !scans.labels.contains_key(id));
    let report = accuracy_by(&gold, &read_all(&base, &files(&base, &[".pdf", ".txt"])));
    assert!(report.documents.whole.of >= 30, "the labels are there");
    assert_eq!(report.documents.without_record, [""; 0]);
    assert!(report.total.f1 >= 0.98, "F1 over the corpus is {:.4}", report.total.f1);
}

/// Each bad file must give an outcome that its manifest allows: a record, or one of the listed errors.
#[test]
fn bad_files_are_refused_by_name() {
    let base = corpus().join("bad");
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(base.join("manifest.json")).expect("the manifest"))
            .expect("JSON");
    let manifest = manifest.as_object().expect("an object");
    assert!(manifest.len() >= 8);
    for (name, entry) in manifest {
        let allowed: Vec<&str> =
            entry["expect"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let outcome = read(&base, &base.join(name));
        let got = match &outcome {
            Ok(_) => "record",
            Err(e) => e.error.code.as_str(),
        };
        assert!(allowed.contains(&got), "{name}: {got}, allowed are {allowed:?}");
        if let Err(e) = outcome {
            assert!(e.error.message.len() > 20, "{name}: the message says what to do: {}", e.error.message);
        }
    }
}
