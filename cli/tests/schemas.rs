//! `findings schema`: comparing versions, and the gate over the published folder.

#![allow(missing_docs)]

mod common;

use std::fs;
use std::path::Path;

use common::Desk;
use serde_json::{Value, json};

/// The repo's own published folder, copied.
fn copy() -> Desk {
    let desk = Desk::new(&[]);
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas"), &desk.path().join("schemas"));
    desk
}

fn tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn json_of(desk: &Desk, name: &str) -> Value {
    serde_json::from_str(&desk.read(name)).unwrap()
}

fn put(desk: &Desk, name: &str, value: &Value) {
    fs::write(desk.path().join(name), format!("{value:#}\n")).unwrap();
}

const REPORT: &str = "schemas/v1/inspection-report.schema.json";
const PUBLISHED: &str = "schemas/published/1.0/inspection-report.schema.json";

#[test]
fn the_published_folder_keeps_its_promises() {
    let run = copy().run("schema check schemas");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
}

/// The gate refuses a breaking change and says which; the files in the making differ from what this program makes,
/// which it says too.
#[test]
fn a_breaking_change_is_refused() {
    let desk = copy();
    let mut schema = json_of(&desk, REPORT);
    schema["$defs"]["Judgement"]["properties"]["area"]["type"] = json!(["string", "null"]);
    put(&desk, REPORT, &schema);
    let run = desk.run("schema check schemas");
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("v1/inspection-report.schema.json: is not proven compatible with published/1.0/"),
        "{}",
        run.out
    );
    assert!(run.out.contains("/judgements/*/area: type: \"string\" → [\"string\",\"null\"]"), "{}", run.out);
    assert!(run.out.contains("judgement-without-area.json: must be refused under v1/"), "{}", run.out);
}

#[test]
fn a_compatible_change_passes() {
    let desk = copy();
    let mut schema = json_of(&desk, REPORT);
    schema["$defs"]["Judgement"]["properties"]["weather"] =
        json!({ "type": "string", "description": "Rain?" });
    put(&desk, REPORT, &schema);
    let run = desk.run("schema check schemas");
    // Nothing but that the types of this program don't make that file, and the index.
    let told: Vec<&str> = run.out.lines().filter(|l| !l.contains("schema write")).collect();
    assert_eq!(told, [""; 0], "{}", run.out);
}

#[test]
fn what_was_stored_must_stay_valid() {
    let desk = copy();
    let mut schema = json_of(&desk, REPORT);
    schema["properties"]["weather"] = json!({ "type": "string" });
    schema["required"].as_array_mut().unwrap().push(json!("weather"));
    put(&desk, REPORT, &schema);
    let run = desk.run("schema check schemas");
    assert!(
        run.out.contains(
            "valid/letter-joint.json: must be valid under v1/inspection-report.schema.json and is not"
        ),
        "{}",
        run.out
    );
}

#[test]
fn a_new_major_version_is_free_and_leaves_the_old_in_place() {
    let desk = copy();
    let mut schema = json_of(&desk, REPORT);
    schema["$id"] = json!("urn:findings:schema:inspection-report:2.0");
    schema["$defs"]["Judgement"]["properties"]["area"]["type"] = json!("integer");
    fs::create_dir_all(desk.path().join("schemas/v2")).unwrap();
    put(&desk, "schemas/v2/inspection-report.schema.json", &schema);
    let told = desk.run("schema check schemas").out;
    let told: Vec<&str> = told.lines().filter(|l| !l.contains("schema write")).collect();
    assert_eq!(told, [""; 0]);
    put(&desk, REPORT, &schema);
    let run = desk.run("schema check schemas");
    assert!(run.out.contains("another major version has a folder of its own"), "{}", run.out);
}

#[test]
fn what_was_published_is_not_touched() {
    let desk = copy();
    let mut schema = json_of(&desk, PUBLISHED);
    schema["title"] = json!("Other");
    put(&desk, PUBLISHED, &schema);
    let run = desk.run("schema check schemas");
    assert!(run.out.contains("was changed after it was published"), "{}", run.out);
    let run = desk.run("schema write schemas");
    assert_eq!(run.code, 3, "nothing signs it anew: {}", run.err);
    fs::remove_file(desk.path().join(PUBLISHED)).unwrap();
    assert!(desk.run("schema check schemas").out.contains("was published and is gone"));
}

#[test]
fn codes_stay() {
    let desk = copy();
    let list = "schemas/v1/codelists/grades.json";
    let mut grades = json_of(&desk, list);
    grades["codes"].as_array_mut().unwrap().retain(|c| c["code"] != "adequate");
    put(&desk, list, &grades);
    let run = desk.run("schema check schemas");
    assert!(
        run.out.contains("grades.json: lacks codes that published/1.0/codelists/grades.json has (adequate)"),
        "{}",
        run.out
    );
}

#[test]
fn a_version_is_published_once() {
    let desk = copy();
    let run = desk.run("schema publish schemas");
    assert_eq!(run.code, 0, "{}", run.err);
    let mut schema = json_of(&desk, REPORT);
    schema["properties"]["weather"] = json!({ "type": "string" });
    put(&desk, REPORT, &schema);
    let run = desk.run("schema publish schemas");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("raise the minor number in its $id first"), "{}", run.err);
    schema["$id"] = json!("urn:findings:schema:inspection-report:1.1");
    put(&desk, REPORT, &schema);
    let run = desk.run("schema publish schemas");
    assert!(run.err.contains("published published/1.1/inspection-report.schema.json"), "{}", run.err);
}

#[test]
fn two_schemas_are_compared() {
    let desk = copy();
    let run = desk.run("schema diff inspection-report inspection-report");
    assert_eq!((run.code, run.out.as_str()), (0, "same: both accept the same records\n"));
    let mut schema = json_of(&desk, REPORT);
    schema["required"].as_array_mut().unwrap().retain(|r| r != "letter");
    put(&desk, "new.json", &schema);
    let run = desk.run(&format!("schema diff {REPORT} new.json"));
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("breaking /letter: is no longer always there\nBREAKING"), "{}", run.out);
    let run = desk.run(&format!("schema diff new.json {REPORT} --format json"));
    assert_eq!((run.code, &run.json()["verdict"]), (0, &json!("compatible")));
    let run = desk.run("schema diff nothing.json new.json");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("findings schema list"), "{}", run.err);
}
