//! What plain text breaks over lines is put together again.

#![allow(missing_docs)]

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use serde_json::{Value, json};

const FILE: &str = r#"
id = "lowmere.note"
title = "Note"
regulator = "lowmere"
version = "1"
tested-on = "no document"

[[anchor]]
phrases = "Lowmere Waters Inspectorate"
place = "opening"
weight = 0.6

[codes.grade]
scale = "lowmere-2"
values = [{ code = "sound" }, { code = "weak" }]

[[field]]
pointer = "/extension/premises"
find = [{ after = "Address of the premises that were inspected:" }]

[[field]]
pointer = "/extension/bathers"
type = "number"
find = [{ after = "Greatest number of bathers:" }]

[[table]]
into = "/judgements"
column = [
  { head = "Aspect", to = "label" },
  { head = "Grade", to = "grade", type = "grade", codes = "grade" },
  { head = "Remarks" },
]
"#;

fn read(text: &str) -> Value {
    let format = FileFormat::new("lowmere.format.toml", FILE).unwrap();
    format.record(plugin::document("n.txt", text.as_bytes()).unwrap()).whole()
}

#[test]
fn labels_and_cells_may_run_over_two_lines() {
    let record = read(
        "Lowmere Waters Inspectorate\n\nAddress of the premises that\nwere inspected: 4 Weir Lane\nGreatest number of bathers: 140\n\n\
        Aspect            Grade      Remarks\n\
        Plant and         Sound      The dosing was\n\
        dosing of acid               steady.\n\
        Lifeguards                   Nobody was seen\n",
    );
    assert_eq!(record["extension"], json!({ "premises": "4 Weir Lane", "bathers": 140 }));
    let judged =
        |at: usize| (record["judgements"][at]["label"].clone(), record["judgements"][at]["grade"].clone());
    assert_eq!(judged(0), (json!("Plant and dosing of acid"), json!("sound")));
    // An empty cell takes no other's words.
    assert_eq!(judged(1), (json!("Lifeguards"), Value::Null));
    assert_eq!(record["judgements"].as_array().map(Vec::len), Some(2));
}
