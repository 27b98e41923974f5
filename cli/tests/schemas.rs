//! `findings schema`: comparing versions, and checking the published folder.

#![allow(missing_docs)]

mod common;

use std::fs;
use std::path::Path;

use common::Sandbox;
use serde_json::{Value, json};

/// A copy of the repo's published folder.
fn copy() -> Sandbox {
    let sandbox = Sandbox::new(&[]);
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas"), &sandbox.path().join("schemas"));
    sandbox
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

fn json_of(sandbox: &Sandbox, name: &str) -> Value {
    serde_json::from_str(&sandbox.read(name)).unwrap()
}

fn put(sandbox: &Sandbox, name: &str, value: &Value) {
    fs::write(sandbox.path().join(name), format!("{value:#}\n")).unwrap();
}

const REPORT: &str = "schemas/v1/inspection-report.schema.json";
const PUBLISHED: &str = "schemas/published/1.0/inspection-report.schema.json";

#[test]
fn the_published_folder_keeps_its_promises() {
    let run = copy().run("schema check schemas");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
}

/// The check refuses a breaking change and names it. It also says that the current files differ from what this program
/// generates.
#[test]
fn a_breaking_change_is_refused() {
    let sandbox = copy();
    let mut schema = json_of(&sandbox, REPORT);
    schema["$defs"]["Judgement"]["properties"]["area"]["type"] = json!(["string", "null"]);
    put(&sandbox, REPORT, &schema);
    let run = sandbox.run("schema check schemas");
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
    let sandbox = copy();
    let mut schema = json_of(&sandbox, REPORT);
    schema["$defs"]["Judgement"]["properties"]["weather"] =
        json!({ "type": "string", "description": "Rain?" });
    put(&sandbox, REPORT, &schema);
    let run = sandbox.run("schema check schemas");
    // Nothing other than that the file and the index differ from what the types of this program generate.
    let told: Vec<&str> = run.out.lines().filter(|l| !l.contains("schema write")).collect();
    assert_eq!(told, [""; 0], "{}", run.out);
}

#[test]
fn what_was_stored_must_stay_valid() {
    let sandbox = copy();
    let mut schema = json_of(&sandbox, REPORT);
    schema["properties"]["weather"] = json!({ "type": "string" });
    schema["required"].as_array_mut().unwrap().push(json!("weather"));
    put(&sandbox, REPORT, &schema);
    let run = sandbox.run("schema check schemas");
    assert!(
        run.out.contains(
            "valid/letter-joint.json: must be valid under v1/inspection-report.schema.json but is not"
        ),
        "{}",
        run.out
    );
}

#[test]
fn a_new_major_version_is_free_and_leaves_the_old_in_place() {
    let sandbox = copy();
    let mut schema = json_of(&sandbox, REPORT);
    schema["$id"] = json!("urn:findings:schema:inspection-report:2.0");
    schema["$defs"]["Judgement"]["properties"]["area"]["type"] = json!("integer");
    fs::create_dir_all(sandbox.path().join("schemas/v2")).unwrap();
    put(&sandbox, "schemas/v2/inspection-report.schema.json", &schema);
    let told = sandbox.run("schema check schemas").out;
    let told: Vec<&str> = told.lines().filter(|l| !l.contains("schema write")).collect();
    assert_eq!(told, [""; 0]);
    put(&sandbox, REPORT, &schema);
    let run = sandbox.run("schema check schemas");
    assert!(run.out.contains("another major version has a folder of its own"), "{}", run.out);
}

#[test]
fn what_was_published_is_not_touched() {
    let sandbox = copy();
    let mut schema = json_of(&sandbox, PUBLISHED);
    schema["title"] = json!("Other");
    put(&sandbox, PUBLISHED, &schema);
    let run = sandbox.run("schema check schemas");
    assert!(run.out.contains("was changed after it was published"), "{}", run.out);
    let run = sandbox.run("schema write schemas");
    assert_eq!(run.code, 3, "nothing signs it anew: {}", run.err);
    fs::remove_file(sandbox.path().join(PUBLISHED)).unwrap();
    assert!(sandbox.run("schema check schemas").out.contains("was published but is gone"));
}

#[test]
fn codes_stay() {
    let sandbox = copy();
    let list = "schemas/v1/codelists/grades.json";
    let mut grades = json_of(&sandbox, list);
    grades["codes"].as_array_mut().unwrap().retain(|c| c["code"] != "adequate");
    put(&sandbox, list, &grades);
    let run = sandbox.run("schema check schemas");
    assert!(
        run.out.contains("grades.json: lacks codes that published/1.0/codelists/grades.json has (adequate)"),
        "{}",
        run.out
    );
}

#[test]
fn a_version_is_published_once() {
    let sandbox = copy();
    let run = sandbox.run("schema publish schemas");
    assert_eq!(run.code, 0, "{}", run.err);
    let mut schema = json_of(&sandbox, REPORT);
    schema["properties"]["weather"] = json!({ "type": "string" });
    put(&sandbox, REPORT, &schema);
    let run = sandbox.run("schema publish schemas");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("raise the minor number in its $id first"), "{}", run.err);
    schema["$id"] = json!("urn:findings:schema:inspection-report:1.1");
    put(&sandbox, REPORT, &schema);
    let run = sandbox.run("schema publish schemas");
    assert!(run.err.contains("published published/1.1/inspection-report.schema.json"), "{}", run.err);
}

#[test]
fn two_schemas_are_compared() {
    let sandbox = copy();
    let run = sandbox.run("schema diff inspection-report inspection-report");
    assert_eq!((run.code, run.out.as_str()), (0, "same: both accept the same records\n"));
    let mut schema = json_of(&sandbox, REPORT);
    schema["required"].as_array_mut().unwrap().retain(|r| r != "letter");
    put(&sandbox, "new.json", &schema);
    let run = sandbox.run(&format!("schema diff {REPORT} new.json"));
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("breaking /letter: is no longer always there\nBREAKING"), "{}", run.out);
    let run = sandbox.run(&format!("schema diff new.json {REPORT} --format json"));
    assert_eq!((run.code, &run.json()["verdict"]), (0, &json!("compatible")));
    let run = sandbox.run("schema diff nothing.json new.json");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("findings schema list"), "{}", run.err);
}
