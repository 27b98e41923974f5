//! Fuzz targets for JSON: records with evidence, plugins' messages, schemas.

use findings_core::evidence::{follows, violations};
use findings_core::plugin::manifest::PluginFile;
use findings_core::plugin::{PluginRecord, TextModel};
use findings_core::record::all_doubts_of_json;
use findings_core::text::plain;
use findings_core::validate;
use findings_host::wire;
use findings_workbench::schema_diff::{Verdict, compare};
use serde_json::Value;

use super::{corpus, parts};

/// Tokens of records and schemas.
pub(super) const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "null",
    "true",
    "\"\"",
    "\"evidence\":{}",
    "\"quote\":\"\"",
    "\"spans\":[]",
    "\"status\":\"found\"",
    "\"/a/b~1c~0\"",
    "/0",
    "/-1",
    "/99999999999999999999",
    "1e999",
    "-0",
    "\"\\u0000\"",
    "\"type\":\"string\"",
    "\"$ref\":\"#\"",
    "\"$ref\":\"#/$defs/a\"",
    "\"$defs\":{}",
    "\"properties\":{}",
    "\"required\":[]",
    "\"enum\":[]",
    "\"additionalProperties\":false",
    "\"anyOf\":[]",
    "\"pattern\":\"(\"",
    "\"format\":\"date\"",
    "\"minimum\":1",
    "\"$id\":\"urn:findings:schema:a:1.0\"",
    "2023-02-29",
    "\\u00e9",
];

/// A record, and the text to which its evidence refers.
pub(super) fn evidence(bytes: &[u8]) {
    let [record, text] = parts(bytes);
    let (Ok(record), Ok(text)) = (serde_json::from_slice::<PluginRecord>(record), std::str::from_utf8(text))
    else {
        return;
    };
    let layer = plain::read(text);
    for fault in violations(&record.values, &record.evidence, &layer) {
        assert!(
            record.evidence.contains_key(&fault.pointer),
            "a fault of an entry that is not there: {fault}"
        );
    }
    for (pointer, evidence) in &record.evidence {
        if let Some(quote) = &evidence.quote {
            let value = record.values.pointer(pointer).unwrap_or(&Value::Null);
            let _ = follows(value, quote);
        }
    }
    let whole = record.whole();
    let _ = all_doubts_of_json(&whole);
    let _ = validate::value(&whole);
}

pub(super) fn records() -> Vec<Vec<u8>> {
    let record = br#"{"provider":{"name":"Wexcombe"},"inspection":{"start":"2023-03-20"},"judgements":[{"grade":"good"}],"evidence":{
        "/provider/name":{"status":"found","quote":"Wexcombe","rule":"a.b","spans":[{"page":1,"bbox":null}],"confidence":0.9},
        "/inspection/start":{"status":"found","quote":"20 March 2023","rule":"a.c","spans":[]},
        "/judgements/0/grade":{"status":"found","quote":"Good","rule":"a.d","spans":[{"page":1,"bbox":[1,2,3,4]}]}}}"#;
    vec![[&record[..], b"Wexcombe\n\nInspected on 20 March 2023. Good."].join(&b"\n%%\n"[..])]
}

/// Messages as a plugin's worker writes them, and their content.
pub(super) fn wire(bytes: &[u8]) {
    let mut from = bytes;
    while let Ok(Some((kind, message))) = wire::read(&mut from, 1 << 20) {
        let mut again = Vec::new();
        wire::write(&mut again, kind, &[&message]).expect("writing to memory");
        assert_eq!(
            wire::read(&mut &again[..], 1 << 20).expect("what was written"),
            Some((kind, message.clone()))
        );
        if let Ok(record) = serde_json::from_slice::<PluginRecord>(&message) {
            let whole = record.clone().whole();
            assert_eq!(PluginRecord::of(&whole).ok(), Some(record), "a record that is another after a turn");
        }
        if let Ok(model) = serde_json::from_slice::<TextModel>(&message) {
            let _ = serde_json::to_vec(&model).expect("a model is JSON");
        }
        if let Ok(file) = serde_json::from_slice::<PluginFile>(&message) {
            let _ = file.manifest.check();
        }
    }
}

pub(super) fn messages() -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let record = &records()[0];
    let [record, _] = parts(record);
    let _ = wire::write(&mut out, wire::ANSWER, &[record]);
    let model =
        findings_core::plugin::text_model("a.txt", b"Dear Ms Lee\n\nThis letter.", "a.b").unwrap_or_default();
    let _ = wire::write(&mut out, wire::EXTRACT, &[&model]);
    let manifest = br#"{"id":"x","version":"1","library":"libx.so","sha256":"00","formats":[{"id":"y.z","title":"Z","regulator":"y","anchors":[{"phrases":["a z"],"place":"opening","weight":0.7}]}]}"#;
    let _ = wire::write(&mut out, wire::READY, &[manifest]);
    vec![out]
}

/// Two schemas: a schema must be the same as itself, and what is called compatible must have been proven so.
pub(super) fn schemas(bytes: &[u8]) {
    let [old, new] = parts(bytes);
    let (Ok(old), Ok(new)) = (serde_json::from_slice::<Value>(old), serde_json::from_slice::<Value>(new))
    else {
        return;
    };
    if let Ok(comparison) = compare(&old, &new) {
        assert!(
            old != new || comparison.verdict != Verdict::Breaking || comparison.changes.is_empty(),
            "{:?}",
            comparison.changes
        );
    }
}

pub(super) fn schema_pairs() -> Vec<Vec<u8>> {
    let old = br##"{"$id":"urn:findings:schema:a:1.0","type":"object","properties":{"a":{"type":"string","enum":["x","y"]},"b":{"$ref":"#/$defs/b"}},"required":["a"],"additionalProperties":false,"$defs":{"b":{"type":["integer","null"],"minimum":1}}}"##;
    let new = br##"{"$id":"urn:findings:schema:a:1.1","type":"object","properties":{"a":{"type":"string"},"b":{"anyOf":[{"type":"integer"},{"type":"null"}]},"c":{"type":"array","items":{"format":"date"}}},"required":["a"],"$defs":{}}"##;
    let mut all = vec![[&old[..], &new[..]].join(&b"\n%%\n"[..]), [&old[..], &old[..]].join(&b"\n%%\n"[..])];
    let small = corpus("schemas/v1", &[".json"], 8_000);
    all.extend(small.iter().map(|s| [&s[..], &s[..]].join(&b"\n%%\n"[..])));
    all
}
