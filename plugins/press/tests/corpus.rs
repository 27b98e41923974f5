//! Articles compared with labels, and the whole record of the plugin's own article.

use std::path::PathBuf;

use findings_press::{FINDINGS_PLUGIN, schema};
use findings_tests::documents::{shared, shared_if_there};
use findings_tests::plugins::Tested;
use serde_json::{Value, json};

fn plugin() -> Tested {
    Tested::new(&FINDINGS_PLUGIN, "press")
}

/// The plugin's own article and, if available, a real one.
fn articles() -> Vec<(PathBuf, Value)> {
    let real = shared_if_there("seeds/wigan-press-article-2020.txt").map(|path| (path, Value::Null));
    plugin().own(1).into_iter().chain(real).collect()
}

/// The labelled facts, taken from a record.
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
    for (path, label) in plugin().own(1) {
        let read = facts(&plugin().record(&path));
        for (key, want) in label.as_object().expect("an object") {
            assert_eq!(&read[key], want, "{key}");
        }
    }
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_article_is_read() {
    let path = shared("seeds/wigan-press-article-2020.txt");
    let record = plugin().record(&path);
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

#[test]
fn records_hold() {
    plugin().has_records_that_hold(&articles());
}

#[test]
fn articles_are_claimed_and_nothing_else() {
    plugin().claims(&articles(), 0.6);
    plugin().leaves_others_alone();
}

#[test]
fn the_record_is_as_accepted() {
    plugin().is_read_as_accepted(&plugin().own(1));
}

#[test]
fn the_schema_is_up_to_date() {
    plugin().has_the_schema_of_its_types(env!("CARGO_MANIFEST_DIR"), &schema());
}
