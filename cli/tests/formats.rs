//! Formats in files, as the command uses them; runs the commands of docs/formats.md.

#![allow(missing_docs)]
#![cfg(unix)]

mod common;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use common::Sandbox;

const LETTER: &str = include_str!("../../corpus/westmoor/alder-house.txt");
const FILE: &str = include_str!("../../corpus/westmoor/westmoor.format.toml");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Runs a page's commands in a folder with the letters, their labels and the finished file. Returns the folder and the
/// output.
fn walk(page: &str, least: usize) -> (tempfile::TempDir, String) {
    let page = std::fs::read_to_string(root().join(page)).unwrap();
    let script = common::script(&page);
    assert!(script.lines().filter(|l| l.starts_with("findings ")).count() >= least, "{script}");
    let sandbox = tempfile::tempdir().unwrap();
    for (folder, ending) in [("letters", "txt"), ("labels", "label.json")] {
        std::fs::create_dir(sandbox.path().join(folder)).unwrap();
        for name in ["alder-house", "birch-court", "cedar-lodge"] {
            let name = format!("{name}.{ending}");
            std::fs::copy(root().join("corpus/westmoor").join(&name), sandbox.path().join(folder).join(name))
                .unwrap();
        }
    }
    std::os::unix::fs::symlink(root().join("corpus/westmoor"), sandbox.path().join("finished")).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_findings")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let mut run = Command::new("bash");
    run.args(["-euo", "pipefail", "-c", &script]).current_dir(sandbox.path()).env("PATH", &path);
    let run = run.env("XDG_CONFIG_HOME", sandbox.path()).output().expect("bash is there");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(run.status.success(), "{}{}", said(&run.stdout), said(&run.stderr));
    (sandbox, said(&run.stdout))
}

#[test]
fn the_afternoon_can_be_walked() {
    let (sandbox, said) = walk("docs/formats.md", 10);
    assert!(said.contains("westmoor.format.toml:"), "explain names the file's line");
    let table = std::fs::read_to_string(sandbox.path().join("letters.csv")).unwrap();
    assert_eq!(table.lines().count(), 4, "{table}");
    let works = std::fs::read_to_string(sandbox.path().join("works/lower-weir.json")).unwrap();
    let works: serde_json::Value = serde_json::from_str(&works).unwrap();
    let to_do = "Write a plan for the lower weir, and post it where walkers can read it.";
    assert_eq!(works["improvements"][0]["text"], to_do);
    assert_eq!(works["improvements"].as_array().map(Vec::len), Some(2));
    assert_eq!(works["extension"]["advice"], serde_json::json!(["Paint the gate.", "Oil the hinge."]));
}

#[test]
fn the_commands_of_the_page_on_drafting_run() {
    let (sandbox, said) = walk("docs/formats-draft.md", 5);
    assert!(sandbox.path().join("westmoor.format.toml").exists());
    assert!(said.contains("3 samples,") && said.contains("labelled samples"), "{said}");
    assert!(said.contains("F1 over all fields 1.0000"), "a label that is begun is what was read: {said}");
}

#[test]
fn a_file_that_is_wrong_is_told_and_others_are_used() {
    let wrong = FILE.replace("type = \"date-range\"", "type = \"days\"");
    let sandbox = Sandbox::new(&[
        ("letter.txt", LETTER),
        ("formats/a.format.toml", &wrong),
        ("formats/b.format.toml", FILE),
    ]);
    let run = sandbox.run("extract letter.txt --formats-dir formats --format json");
    assert!(
        run.err.contains("a.format.toml:61: “days” is not one of the values allowed here"),
        "{}",
        run.err
    );
    assert_eq!(run.json()["provider"]["name"], "Alder House");
    assert_eq!(run.json()["run"]["plugin"], "b.format.toml 1");
}

#[test]
fn records_of_a_file_are_valid_with_its_codes() {
    let sandbox = Sandbox::new(&[("letter.txt", LETTER), ("formats/w.format.toml", FILE)]);
    let run = sandbox.run("extract letter.txt --formats-dir formats --format json -o record.json");
    assert_eq!(run.code, 0, "{}", run.err);
    let run = sandbox.run("validate --strict record.json --formats-dir formats");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_format_that_core_claims_is_left_to_core() {
    // Claims everything that contains "inspection".
    let greedy = "id = \"x.all\"\ntitle = \"All\"\nregulator = \"x\"\nversion = \"1\"\ntested-on = \"nothing\"\n\
                  [[anchor]]\nphrases = \"inspection\"\nplace = \"body\"\nweight = 1.0\n";
    let sandbox = Sandbox::new(&[("report.txt", common::REPORT), ("formats/x.format.toml", greedy)]);
    let record = sandbox.run("extract report.txt --formats-dir formats --format json").json();
    assert_eq!(record["format"]["id"], "ofsted.ilacs.inspection");
    let run = sandbox.run("format check formats/x.format.toml report.txt");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("ofsted.ilacs.inspection also claims it"), "{}", run.out);
}

#[test]
fn a_save_shows_what_changed() {
    let sandbox = Sandbox::new(&[("letter.txt", LETTER), ("w.format.toml", FILE)]);
    let mut watch = Command::new(env!("CARGO_BIN_EXE_findings"));
    watch
        .args(["format", "watch", "w.format.toml", "letter.txt", "--saves", "1"])
        .current_dir(sandbox.path());
    let mut watch = watch.stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(watch.stdout.take().unwrap());
    let mut waiting = String::new();
    out.read_line(&mut waiting).unwrap();
    assert!(waiting.contains("1 samples read"), "{waiting}");
    let changed = FILE.replace("after = \"Home visited:\"", "after = \"Address:\"");
    std::fs::write(sandbox.path().join("w.format.toml"), changed).unwrap();
    let mut changes = String::new();
    out.read_to_string(&mut changes).unwrap();
    watch.wait().unwrap();
    assert!(changes.contains("/provider/name: \"Alder House\" → "), "{changes}");
}

#[test]
fn labels_of_a_files_format_are_begun_and_scored_with_what_only_it_has() {
    let sandbox = Sandbox::new(&[("letter.txt", LETTER), ("formats/w.format.toml", FILE)]);
    assert_eq!(sandbox.run("gold init letter.txt -o labels").code, 1, "no format claims it");
    let run = sandbox.run("gold init letter.txt --formats-dir formats -o labels");
    assert_eq!(run.code, 0, "{}", run.err);
    let label = sandbox.read("labels/letter.label.json");
    assert!(label.contains("\"/extension/places\": 24"), "{label}");
    let score = |sandbox: &Sandbox| {
        sandbox.run("score --gold labels letter.txt --formats-dir formats --format json").json()
    };
    let whole = score(&sandbox);
    assert_eq!(
        (&whole["total"]["f1"], &whole["fields"]["/extension/places"]["hit"]),
        (&1.0.into(), &1.into())
    );
    assert_eq!(whole["fields"]["judgements"]["hit"], 3);
    std::fs::write(sandbox.path().join("labels/letter.label.json"), label.replace(": 24", ": 42")).unwrap();
    let wrong = score(&sandbox);
    assert_eq!(wrong["fields"]["/extension/places"]["hit"], 0);
    assert_eq!((&wrong["wrong"][0]["expected"], &wrong["wrong"][0]["got"]), (&"42".into(), &"24".into()));
    std::fs::write(sandbox.path().join("formats/w.format.toml"), "id = \"w").unwrap();
    let run = sandbox.run("score --gold labels letter.txt --formats-dir formats");
    assert_eq!(
        (run.code, run.err.contains("none of the 1 labelled documents could be read")),
        (1, true),
        "{}",
        run.err
    );
    let run = sandbox.run("gold init letter.txt --formats-dir nowhere");
    assert_eq!(
        (run.code, run.err.contains("there is no such folder of format files")),
        (2, true),
        "{}",
        run.err
    );
}

#[test]
fn check_lists_lines_of_the_front_that_nothing_reads() {
    let file = FILE.replace(
        "find = [{ after = \"Places:\", in = \"front\" }]",
        "find = [{ after = \"Beds:\", in = \"front\" }]",
    );
    let sandbox = Sandbox::new(&[("letter.txt", LETTER), ("w.format.toml", &file)]);
    let run = sandbox.run("format check w.format.toml letter.txt");
    assert!(run.out.contains("1 times, first in letter.txt, page 1: Places: 24"), "{}", run.out);
    assert!(!run.out.contains("page 1: Home visited"), "{}", run.out);
}
