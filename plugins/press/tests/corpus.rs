//! Articles against what is known of them, and the whole record of the plugin's own.

use std::path::{Path, PathBuf};

use findings_plugin_sdk::testing;
use findings_press::{Article, schema};
use findings_tests::documents::{corpus, shared};
use findings_tests::plugins::{claimed, core_claims, others, stable};
use serde_json::{Value, json};

fn own() -> PathBuf {
    corpus().join("press/poole-2018-article.txt")
}

fn record(path: &Path) -> Value {
    testing::read(&Article, "article.txt", &std::fs::read(path).expect("an article")).expect("a record")
}

/// What a label says, of a record.
fn facts(record: &Value) -> Value {
    let list = |key: &str| record[key].as_array().cloned().unwrap_or_default();
    let removed: serde_json::Map<String, Value> = list("diagnostics")
        .iter()
        .filter(|d| d["code"] == "clutter-removed")
        .filter_map(|d| d["message"].as_str()?.split_once(" lines were left out as "))
        .map(|(n, kind)| (kind.to_owned(), n.parse::<u32>().unwrap_or_default().into()))
        .collect();
    json!({
        "headline": record["headline"], "standfirst": record["standfirst"],
        "provider": record["provider"]["name"], "regulator": record["inspection"]["regulator"],
        "type": record["inspection"]["type"], "month": record["inspection"]["month"],
        "year": record["inspection"]["year"], "earlier": record["earlier"],
        "paragraphs": list("paragraphs").len(),
        "quotes": list("quotes").iter().map(|q| json!([q["text"], q["attributed_to"], q["kind"]])).collect::<Vec<_>>(),
        "figures": list("figures").iter().map(|f| f["text"].clone()).collect::<Vec<_>>(),
        "removed": removed,
    })
}

#[test]
fn the_article_is_read_as_it_was_written() {
    let label = std::fs::read(own().with_extension("label.json")).expect("a label");
    let label: Value = serde_json::from_slice(&label).expect("JSON");
    let read = facts(&record(&own()));
    for (key, want) in label.as_object().expect("an object") {
        assert_eq!(&read[key], want, "{key}");
    }
}

#[test]
fn a_real_article_is_read() {
    let Some(path) = shared("seeds/wigan-press-article-2020.txt") else { return };
    let record = record(&path);
    assert_eq!(record["provider"]["name"], "Wigan");
    assert_eq!(record["provider"]["ids"]["ons"], "E08000010");
    assert_eq!(record["inspection"]["regulator"], "ofsted");
    assert_eq!(record["inspection"]["type"], "focused visit");
    assert_eq!(record["inspection"]["month"], "October");
    assert!(record["inspection"]["year"].is_null());
    assert_eq!(record["evidence"]["/inspection/year"]["status"], "not-stated");
    assert_eq!(record["earlier"][0]["text"], "a January inspection");
    assert_eq!(record["earlier"].as_array().map(Vec::len), Some(1));
    let quotes = record["quotes"].as_array().expect("quotes");
    let long: Vec<&Value> =
        quotes.iter().filter(|q| q["paragraphs"].as_array().map_or(0, Vec::len) == 5).collect();
    let kinds: Vec<&Value> = long.iter().map(|q| &q["kind"]).collect();
    assert_eq!(kinds, ["report", "council"], "two statements in five paragraphs each");
    let fragments: Vec<&str> =
        quotes.iter().filter(|q| !long.contains(q)).filter_map(|q| q["text"].as_str()).collect();
    assert_eq!(fragments, ["critical", "too optimistic", "not good", "poorly identified"]);
    assert!(quotes.iter().all(|q| q["kind"] != "other"), "{quotes:#?}");
    assert_eq!(facts(&record)["figures"], json!(["around £5m"]));
    assert_eq!(
        facts(&record)["removed"],
        json!({ "marks of advertisements": 14, "picture captions": 2, "appeals to subscribe": 1 })
    );
}

/// Quotes of the evidence stand in the document, and the record keeps its schema.
#[test]
fn records_hold() {
    let real = shared("seeds/wigan-press-article-2020.txt");
    for path in real.into_iter().chain([own()]) {
        let record = record(&path);
        let schema = schema();
        let problems = findings_tests::plugins::schema_problems(&schema, &record);
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        let text = std::fs::read_to_string(&path).expect("a text");
        let squeeze = |s: &str| s.split_whitespace().collect::<String>();
        let marks = |s: &str| squeeze(s).replace(['“', '”', '"'], "");
        for (pointer, evidence) in record["evidence"].as_object().expect("evidence") {
            if let Some(quote) = evidence["quote"].as_str() {
                let there = |q: &str| marks(&text.replace("Hide Ad\n", "")).contains(&marks(q));
                assert!(there(quote), "{pointer}: {quote}");
            } else {
                assert_ne!(evidence["status"], "found", "{pointer}");
            }
        }
    }
}

#[test]
fn articles_are_claimed_and_nothing_else() {
    let articles = shared("seeds/wigan-press-article-2020.txt").into_iter().chain([own()]);
    for path in articles {
        let document =
            testing::document("article.txt", &std::fs::read(&path).expect("an article")).expect("text");
        let claim = testing::claim(&Article, &document);
        assert!(claim.score >= 0.6, "{claim:?}");
        assert!(core_claims(&document.outline).iter().all(|c| c.score < 0.5), "{}", path.display());
    }
    let mut paths = others("press");
    assert!(paths.is_empty() || paths.len() > 300, "the reports are there");
    paths.extend(findings_tests::documents::files(&corpus(), &[".pdf", ".txt"]));
    let claimed = claimed(findings_plugin_sdk::PluginFormat::info(&Article), &paths);
    assert!(claimed.is_empty(), "{claimed:?}");
}

/// The record as accepted. After a change: `INSTA_UPDATE=always cargo test --test corpus`, and a look at the diff.
#[test]
fn the_record_is_as_accepted() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(corpus().join("press"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("poole-2018-article.txt", stable(&Article, &own())));
}

/// `schema.json` beside the crate is what its types say.
#[test]
fn the_schema_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.json");
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
