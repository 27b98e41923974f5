//! Links articles to the inspections that they report.

use std::path::PathBuf;

use findings_press::FINDINGS_PLUGIN;
use findings_tests::documents::{corpus, files, read, shared};
use findings_tests::plugins::Tested;
use findings_workbench::link::{Link, Standing, Sureness, link};
use serde_json::Value;

/// The report that an article is linked to, among the records of some reports.
fn linked(article: &std::path::Path, reports: &[PathBuf]) -> Link {
    let article = Tested::new(&FINDINGS_PLUGIN, "press").record(article);
    let record = |path: &PathBuf| {
        let record = read(path.parent().expect("a folder"), path).expect("a report is read");
        serde_json::to_value(record).expect("a record serialises")
    };
    let records: Vec<Value> = reports.iter().map(record).collect();
    link("article.json", &article, &records).expect("an article")
}

/// Standing and text of each sentence quoted from the report.
fn sentences(found: &Link) -> Vec<(Standing, &str)> {
    found.quotations.iter().flat_map(|q| &q.parts).map(|p| (p.standing, p.text.as_str())).collect()
}

/// The repo's article and report: of the sentences that it quotes, some are in the report, one was altered when the
/// article was written, and one was never there.
#[test]
fn the_article_of_the_corpus_finds_its_report() {
    let texts = files(&corpus().join("text"), &[".txt"]);
    assert!(texts.len() >= 4, "the reports are there");
    let found = linked(&corpus().join("press/poole-2018-article.txt"), &texts);
    assert_eq!((found.record.as_deref(), found.sureness), (Some("poole-2018-11-30.txt"), Sureness::Certain));
    let shown: Vec<String> =
        sentences(&found).iter().map(|(standing, text)| format!("{standing:?}: {text}")).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    WordForWord: Frank
    WordForWord: Leaders learn from complaints and publish what they have changed.
    Altered: Most assessments are finished within thirty-five working days, and complicated ones are given longer with a manager’s leave.
    WordForWord: Young carers are asked what they do before and after school, and the answer changes the plan.
    WordForWord: sent in about half of cases
    NotFound: never met their reviewing officer
    ");
    let differences: Vec<&str> =
        found.quotations.iter().flat_map(|q| &q.parts).filter_map(|p| p.difference.as_deref()).collect();
    assert_eq!(
        differences,
        [
            "Most assessments are finished [-inside-] {+within+} thirty-five working days, and complicated ones are \
          given longer with a manager’s leave."
        ]
    );
    let shown = |q: &findings_workbench::link::Quotation| {
        q.kind == "report" || q.standing.is_some() || q.parts.is_empty()
    };
    assert!(found.quotations.iter().all(shown));
}

/// The seed's article reports the visit of the letter dated 20 November 2020, and quotes it word for word.
#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_article_finds_its_letter() {
    let article = shared("seeds/wigan-press-article-2020.txt");
    let folder = shared("corpus/reports");
    let mut reports = files(&folder, &[".pdf"]);
    reports.retain(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("wigan-")));
    assert!(reports.len() >= 4, "the reports on Wigan are there");
    let found = linked(&article, &reports);
    assert_eq!((found.record.as_deref(), found.sureness), (Some("wigan-2020-11-20.pdf"), Sureness::Certain));
    let others: Vec<Sureness> = found.candidates[1..].iter().map(|c| c.sureness).collect();
    assert_eq!(others, [Sureness::None; 3], "{:#?}", found.candidates);
    let sentences = sentences(&found);
    assert_eq!(sentences.len(), 10, "six sentences and four fragments: {sentences:#?}");
    assert!(sentences.iter().all(|(s, _)| *s == Standing::WordForWord), "{sentences:#?}");
    for quotation in &found.quotations {
        // The council's words are not looked for in the letter.
        let standing = (quotation.kind == "report").then_some(Standing::WordForWord);
        assert_eq!(quotation.standing, standing, "{}", quotation.text);
        let on_a_page = quotation.parts.iter().all(|p| p.place.as_ref().is_some_and(|p| p.page.is_some()));
        assert!(on_a_page, "{}", quotation.text);
    }
}

/// Without the letter among the records, no other report is linked.
#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_article_finds_no_other_report() {
    let article = shared("seeds/wigan-press-article-2020.txt");
    let folder = shared("corpus/reports");
    let mut reports = files(&folder, &[".pdf"]);
    reports.retain(|p| {
        let name = p.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("wigan-") && name != "wigan-2020-11-20.pdf"
    });
    let found = linked(&article, &reports);
    assert_eq!((found.record, found.sureness), (None, Sureness::None));
    assert!(found.quotations.iter().all(|q| q.standing.is_none()));
}
