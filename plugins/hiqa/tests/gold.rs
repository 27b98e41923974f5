//! Real reports against labels made by hand, where they are at hand.

use findings_hiqa::{DesignatedCentre, extension};
use findings_plugin_sdk::{PluginFormat, testing};
use findings_tests::plugins::{Score, claimed, core_claims, labelled, others, problems};

#[test]
fn labelled_reports_are_read_as_labelled() {
    let reports = labelled("hiqa");
    if reports.is_empty() {
        return;
    }
    let mut score = Score::default();
    for (path, label) in &reports {
        let bytes = std::fs::read(path).expect("a report");
        let record = testing::read(&DesignatedCentre, "report.pdf", &bytes).expect("a record");
        score.add(path, label, &record["extension"]);
        for remark in record["diagnostics"].as_array().into_iter().flatten() {
            println!("{}: {remark}", path.display());
        }
    }
    println!("{} reports\n{}", reports.len(), score.table());
    assert!(score.wrong.is_empty(), "{}", score.wrong.join("\n"));
}

#[test]
fn evidence_of_real_reports_holds() {
    for (path, _) in labelled("hiqa") {
        let problems = problems(&DesignatedCentre, &extension::schema(), &path);
        assert!(problems.is_empty(), "{}: {}", path.display(), problems.join("\n"));
    }
}

#[test]
fn core_leaves_these_reports_to_the_plugin() {
    for (path, _) in labelled("hiqa") {
        let bytes = std::fs::read(&path).expect("a report");
        let document = findings_plugin_sdk::testing::document("report.pdf", &bytes).expect("a document");
        let core = core_claims(&document.outline);
        assert!(core.iter().all(|c| c.score < 0.3), "{}: {core:?}", path.display());
        assert!(testing::claim(&DesignatedCentre, &document).score >= 0.9, "{}", path.display());
    }
}

#[test]
fn documents_of_others_are_not_claimed() {
    let paths = others("hiqa");
    assert!(paths.is_empty() || paths.len() > 300, "the reports are there");
    let claimed = claimed(DesignatedCentre.info(), &paths);
    assert!(claimed.is_empty(), "{claimed:?}");
}
