//! The plugin's own documents: what they say against what is read, and the whole records.

mod common;

use common::{compare, record, table};
use findings_michigan::{ChildWelfare, schema};
use findings_plugin_sdk::testing;
use findings_tests::plugins::{core_claims, corpus_of, problems, stable};

#[test]
fn documents_are_read_as_they_were_written() {
    let documents = corpus_of("michigan");
    assert!(documents.len() >= 8, "the documents are there");
    for (path, label) in &documents {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let fields = compare(label, &record(path)["extension"], &name);
        let (table, _) = table(std::slice::from_ref(&fields));
        assert!(fields.values().all(|c| c.hit == c.gold && c.hit == c.got), "{name}\n{table}");
    }
}

#[test]
fn evidence_holds() {
    for (path, _) in corpus_of("michigan") {
        let problems = problems(&ChildWelfare, &schema(), &path);
        assert!(problems.is_empty(), "{}: {}", path.display(), problems.join("\n"));
    }
}

#[test]
fn documents_are_claimed_by_nobody_else() {
    for (path, _) in corpus_of("michigan") {
        let document =
            testing::document("report.txt", &std::fs::read(&path).expect("a document")).expect("text");
        let claim = testing::claim(&ChildWelfare, &document);
        assert!(claim.score >= 0.9, "{}: {claim:?}", path.display());
        assert!(core_claims(&document.outline).iter().all(|c| c.score < 0.3), "{}", path.display());
    }
}

/// The record of each document, as accepted. After a change: `INSTA_UPDATE=always cargo test --test corpus`, and a
/// look at the diff.
#[test]
fn records_are_as_accepted() {
    for (path, _) in corpus_of("michigan") {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().expect("a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(name, stable(&ChildWelfare, &path)));
    }
}

/// `schema.json` beside the crate is what its types say.
#[test]
fn the_schema_is_up_to_date() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.json");
    let want = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&file, &want).expect("the schema can be written");
    }
    let have = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        have == want,
        "schema.json has drifted from the types: run `UPDATE_SCHEMAS=1 cargo test --test corpus`"
    );
}
