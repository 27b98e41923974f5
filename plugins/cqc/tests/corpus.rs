//! The plugin's own documents: what was printed into them against what is read, and the whole records.

use findings_cqc::{LocationReport, extension};
use findings_plugin_sdk::testing;
use findings_tests::plugins::{Score, corpus_of, problems, stable};

#[test]
fn documents_are_read_as_they_were_printed() {
    let documents = corpus_of("cqc");
    assert!(documents.len() >= 2, "the documents are there");
    let mut score = Score::default();
    for (path, label) in &documents {
        let bytes = std::fs::read(path).expect("a document");
        let record = testing::read(&LocationReport, "report.pdf", &bytes).expect("a record");
        score.add(path, label, &record["extension"]);
    }
    println!("{}", score.table());
    assert!(score.wrong.is_empty(), "{}", score.wrong.join("\n"));
}

#[test]
fn evidence_holds() {
    for (path, _) in corpus_of("cqc") {
        let problems = problems(&LocationReport, &extension::schema(), &path);
        assert!(problems.is_empty(), "{}: {}", path.display(), problems.join("\n"));
    }
}

#[test]
fn documents_are_claimed() {
    for (path, _) in corpus_of("cqc") {
        let document =
            testing::document("report.pdf", &std::fs::read(&path).expect("a document")).expect("text");
        let claim = testing::claim(&LocationReport, &document);
        assert!(claim.score >= 0.9, "{}: {claim:?}", path.display());
    }
}

/// The record of each document, as accepted. After a change: `INSTA_UPDATE=always cargo test --test corpus`, and a
/// look at the diff.
#[test]
fn records_are_as_accepted() {
    for (path, _) in corpus_of("cqc") {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().expect("a folder"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(name, stable(&LocationReport, &path)));
    }
}

/// `schema.json` beside the crate is what its types say.
#[test]
fn the_schema_is_up_to_date() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.json");
    let want = format!("{:#}\n", extension::schema());
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&file, &want).expect("the schema can be written");
    }
    let have = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        have == want,
        "schema.json has drifted from the types: run `UPDATE_SCHEMAS=1 cargo test --test corpus`"
    );
}
