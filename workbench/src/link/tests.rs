//! An article about a fictional area, and the records that it may refer to.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;

fn article() -> Value {
    json!({
        "schema": "urn:findings:schema:press-article:1.0", "document": { "source": "article.txt" }, "headline": "Services better",
        "paragraphs": ["The report said: “Leaders know their services well. Plans are written within ten days. Nobody waits.”",
            "An investment is “critical”."],
        "provider": { "name": "Marlbrook", "ids": null },
        "inspection": { "regulator": "ofsted", "type": "focused visit", "month": "October", "year": null },
        "earlier": [{ "type": "inspection", "month": "January", "year": null, "text": "a January inspection" }],
        "quotes": [
            { "text": "Leaders know their services well. Plans are written within ten days. Nobody waits for a school place.", "attributed_to": "The report", "kind": "report", "paragraphs": [0] },
            { "text": "critical", "attributed_to": "Ofsted", "kind": "report", "paragraphs": [1] },
            { "text": "We agree.", "attributed_to": "The council", "kind": "council", "paragraphs": [] }
        ]
    })
}

fn record(source: &str, name: &str, kind: &str, start: &str) -> Value {
    json!({
        "document": { "source": source }, "provider": { "name": name, "ids": null },
        "inspection": { "type": kind, "start": start, "end": start }, "mentions": [{ "date": "2020-01" }],
        "sections": [{ "heading": "Findings", "blocks": [
            { "type": "paragraph", "text": "It is quiet. Leaders know their services well, and say so. Critical friends visit." },
            { "type": "bullet", "text": "Plans are written inside ten days." },
            { "type": "paragraph", "text": "This investment is critical." } ] }],
        "evidence": { "/sections/0/blocks/0": { "spans": [{ "page": 3 }] } }
    })
}

fn linked(records: &[Value]) -> Link {
    link("article.json", &article(), records).expect("an article")
}

#[test]
fn the_right_visit_is_found() {
    let found = linked(&[
        record("a", "Marlbrook", "focused-visit", "2020-10-06"),
        record("b", "Marlbrook", "standard", "2020-10-06"),
        record("c", "Wexcombe", "focused-visit", "2020-10-06"),
    ]);
    assert_eq!((found.record.as_deref(), found.sureness), (Some("a"), Sureness::Likely));
    let reasons: Vec<String> = found
        .candidates
        .iter()
        .map(|c| format!("{} {:?} +{:?} -{:?}", c.record, c.sureness, c.reasons.len(), c.against))
        .collect();
    assert_snapshot!(reasons.join("\n"), @r#"
    a Likely +5 -[]
    b None +4 -["the article speaks of a focused visit, the record is of type standard"]
    "#);
}

#[test]
fn two_that_are_as_likely_settle_nothing() {
    let found = linked(&[
        record("a", "Marlbrook", "focused-visit", "2020-10-06"),
        record("b", "Marlbrook", "focused-visit", "2021-10-06"),
    ]);
    assert_eq!((found.record, found.sureness), (None, Sureness::Ambiguous));
    assert_eq!(linked(&[record("a", "Marlbrook", "focused-visit", "2020-05-06")]).sureness, Sureness::None);
    assert_eq!(linked(&[]).sureness, Sureness::None);
}

#[test]
fn quotations_stand_word_for_word_altered_or_nowhere() {
    let found = linked(&[record("a", "Marlbrook", "focused-visit", "2020-10-06")]);
    let shown = found.quotations.iter().flat_map(|q| {
        let parts = q.parts.iter().map(|p| {
            let place = p
                .place
                .as_ref()
                .map_or("-".to_owned(), |p| format!("{} p{:?} {}x", p.pointer, p.page, p.occurrences));
            format!("  {:?} {} | {place} | {}", p.standing, p.text, p.difference.as_deref().unwrap_or("-"))
        });
        [format!("{:?} {}", q.standing, q.kind)].into_iter().chain(parts).collect::<Vec<_>>()
    });
    assert_snapshot!(shown.collect::<Vec<_>>().join("\n"), @r"
    Some(Altered) report
      WordForWord Leaders know their services well. | /sections/0/blocks/0 pSome(3) 1x | -
      Altered Plans are written within ten days. | /sections/0/blocks/1 pNone 1x | Plans are written [-inside-] {+within+} ten days.
      NotFound Nobody waits for a school place. | - | -
    Some(WordForWord) report
      WordForWord critical | /sections/0/blocks/2 pNone 2x | -
    None council
    ");
}

#[test]
fn only_articles_are_linked() {
    let error =
        link("x.json", &record("a", "Marlbrook", "standard", "2020-10-06"), &[]).expect_err("no article");
    assert!(error.to_string().starts_with("x.json is not the record of an article"), "{error}");
}
