//! Real documents against their labels, where there are any beside the repo.

mod common;

use common::{compare, record, table};
use findings_michigan::{ChildWelfare, schema};
use findings_plugin_sdk::{PluginFormat, testing};
use findings_tests::plugins::{claimed, core_claims, labelled, others, problems};

#[test]
fn labelled_documents_are_read() {
    let documents = labelled("michigan");
    if documents.is_empty() {
        return;
    }
    let compare = |(path, label): &(std::path::PathBuf, serde_json::Value)| {
        compare(label, &record(path)["extension"], &path.file_name().unwrap_or_default().to_string_lossy())
    };
    let (table, f1) = table(&documents.iter().map(compare).collect::<Vec<_>>());
    println!("{} documents\n{table}", documents.len());
    assert!(f1 >= 0.97, "F1 over the measured fields is {f1:.4}");
}

#[test]
fn evidence_of_real_documents_holds() {
    for (path, _) in labelled("michigan") {
        let problems = problems(&ChildWelfare, &schema(), &path);
        assert!(problems.is_empty(), "{}: {}", path.display(), problems.join("\n"));
    }
}

#[test]
fn core_leaves_these_documents_to_the_plugin() {
    for (path, _) in labelled("michigan") {
        let bytes = std::fs::read(&path).expect("a document");
        let document = testing::document("report.txt", &bytes).expect("text");
        let core = core_claims(&document.outline);
        assert!(core.iter().all(|c| c.score < 0.3), "{}: {core:?}", path.display());
        let own = testing::claim(&ChildWelfare, &document);
        assert!(own.score >= 0.8, "{}: {own:?}", path.display());
    }
}

#[test]
fn documents_of_others_are_not_claimed() {
    let paths = others("michigan");
    assert!(paths.is_empty() || paths.len() > 300, "the reports are there");
    let claimed = claimed(ChildWelfare.info(), &paths);
    assert!(claimed.is_empty(), "{claimed:?}");
}
