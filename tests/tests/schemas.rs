//! The published schemas: their promises, and their examples, validated by another implementation.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use findings_core::plugin;
use findings_core::schema::{self, Published};
use findings_tests::documents::root;
use serde_json::{Value, json};

/// The schemas of records, and that of the text model.
fn published() -> impl Iterator<Item = &'static Published> {
    schema::SCHEMAS.iter().chain(plugin::SCHEMAS)
}

/// Python's `jsonschema` must accept the valid examples, and refuse the invalid ones.
#[test]
#[ignore = "needs Python's jsonschema (Debian: python3-jsonschema)"]
fn a_second_implementation_agrees() {
    let script = root().join("schemas/check_examples.py");
    // A distribution's Python has its packages, but another Python may come first on the path.
    let runs = ["python3", "/usr/bin/python3"].map(|python| Command::new(python).arg(&script).output());
    let with_jsonschema = |o: &std::process::Output| o.status.code() != Some(2);
    let output = runs.into_iter().flatten().find(with_jsonschema).expect("a Python with jsonschema");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" checks, 0 not as said"), "{said}");
}

fn walk(schema: &Value, at: &str, see: &mut impl FnMut(&str, &Value)) {
    see(at, schema);
    let children: Vec<(String, &Value)> = match schema {
        Value::Object(o) => o.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(a) => a.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    for (key, child) in children {
        walk(child, &format!("{at}/{key}"), see);
    }
}

#[test]
fn every_property_is_described() {
    for published in published() {
        let schema = published.schema();
        assert_eq!(schema["$id"], published.id);
        let mut bare = Vec::new();
        walk(&schema, "", &mut |at, s| {
            for (name, property) in s.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if property.get("description").is_none() {
                    bare.push(format!("{at}/properties/{name}"));
                }
            }
        });
        assert_eq!(bare, [""; 0], "{} has properties without a doc comment", published.name);
    }
}

#[test]
fn objects_are_open_and_lists_of_codes_are_no_enums() {
    for published in published() {
        walk(&published.schema(), "", &mut |at, s| {
            assert_ne!(s.get("additionalProperties"), Some(&json!(false)), "{at}");
            assert_ne!(s.get("unevaluatedProperties"), Some(&json!(false)), "{at}");
        });
    }
}

#[test]
fn the_published_schemas_are_up_to_date() {
    let folder = root().join("schemas");
    let stale: Vec<PathBuf> = schema::files()
        .into_iter()
        .chain(plugin::SCHEMAS.iter().map(Published::file))
        .filter(|(path, text)| fs::read_to_string(folder.join(path)).ok().as_ref() != Some(text))
        .map(|(path, _)| path)
        .collect();
    assert!(
        stale.is_empty(),
        "schemas/ has drifted from the types: {stale:?}\n  run `cargo run --bin findings -- schema write \
         schemas`, and say in schemas/CHANGELOG.md what changed"
    );
}
