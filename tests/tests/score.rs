//! Tests of scores, and of labels made from records.

use std::path::Path;
use std::process::Command;

use findings_tests::documents::{corpus, files, root, shared, shared_if_there};
use findings_tests::runs::StoredRun;
use findings_workbench::gold::{Gold, Label, label_of};
use findings_workbench::score::{Options, ScoreReport, score};
use serde_json::Value;

/// Labels in all existing forms: those of the repo and, if available, of real reports.
#[test]
fn label_files_are_read_and_written_as_they_are() {
    let mut files_of = files(&corpus(), &[".label.json"]);
    files_of.extend(files(&corpus().join("bad"), &[".label.json"]));
    for folder in ["corpus/gold", "seeds/gold"] {
        files_of.extend(shared_if_there(folder).iter().flat_map(|f| files(f, &[".json"])));
    }
    assert!(files_of.len() >= 35, "the labels are there");
    for path in files_of {
        let written: Value = serde_json::from_slice(&std::fs::read(&path).expect("a file")).expect("JSON");
        let label: Label =
            serde_json::from_value(written.clone()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!(serde_json::to_value(&label).expect("serialises"), written, "{}", path.display());
    }
}

/// Every record must agree completely with the label that is made from it.
#[test]
fn a_label_made_from_a_record_fits_it() {
    let mut runs = vec![StoredRun::of(&corpus(), &files(&corpus(), &[".pdf", ".txt"]))];
    if shared_if_there("corpus/gold").is_some() {
        runs.push(labelled_reports());
    }
    for run in runs {
        let records = run.values();
        let mut gold = Gold::default();
        for record in &records {
            let label = label_of(record).expect("a record");
            let again: Label = serde_json::from_value(serde_json::to_value(&label).expect("serialises"))
                .expect("what is written can be read");
            assert_eq!(again, label);
            gold.labels.insert(label.id().to_owned(), label);
        }
        let report = score(&gold, &records, &Options::default());
        let first = report.wrong.first();
        assert_eq!((report.total.f1, report.documents.whole.right), (1.0, gold.labels.len()), "{first:?}");
    }
}

/// The outcomes for the labelled real reports.
fn labelled_reports() -> StoredRun {
    let (reports, gold) = (shared("corpus"), shared("corpus/gold"));
    let paths: Vec<_> = files(&gold, &[".json"])
        .iter()
        .filter_map(|p| {
            let label: Value = serde_json::from_slice(&std::fs::read(p).ok()?).ok()?;
            Some(reports.join(label["path"].as_str()?))
        })
        .collect();
    StoredRun::of(&reports, &paths)
}

/// Scores records with the script that came with the labels.
fn by_script(script: &Path, gold: &Path, run: &StoredRun, near: f64) -> Value {
    let folder = root().join("target/tmp");
    std::fs::create_dir_all(&folder).expect("a folder for results");
    let name = format!("score-{}-{near}", std::process::id());
    let (records, result) = (folder.join(format!("{name}.ndjson")), folder.join(format!("{name}.json")));
    std::fs::write(&records, &run.records).expect("records can be written");
    let args =
        [script.as_os_str(), gold.as_os_str(), records.as_os_str(), "--json".as_ref(), result.as_ref()];
    let output = Command::new("python3")
        .args(args)
        .args(["--near", &near.to_string()])
        .output()
        .expect("python3 is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let value = serde_json::from_slice(&std::fs::read(&result).expect("a result")).expect("JSON");
    let _ = std::fs::remove_file(records).and(std::fs::remove_file(result));
    value
}

fn same(theirs: &Value, ours: &ScoreReport) {
    let fields = theirs["fields"].as_object().expect("fields");
    assert_eq!(fields.len(), ours.fields.len());
    for (name, field) in fields {
        let our = &ours.fields[name];
        let counts = ["hit", "gold", "got"].map(|k| field[k].as_u64());
        let f = our.figures;
        assert_eq!(counts, [f.hit, f.gold, f.got].map(|n| Some(n as u64)), "{name}");
        for (key, figure) in [("recall", f.recall), ("precision", f.precision), ("f1", f.f1)] {
            let theirs = field[key].as_f64().expect("a figure");
            assert!((theirs - figure).abs() < 1e-12, "{name}: {key} {theirs} and {figure}");
        }
        let wrong: Vec<&str> =
            field["wrong"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(wrong, our.wrong_in, "{name}");
    }
    assert_eq!(theirs["whole"].as_u64(), Some(ours.documents.whole.right as u64));
    assert_eq!(theirs["missing"], serde_json::json!(ours.documents.without_record));
    let f1 = theirs["micro_f1"].as_f64().expect("a figure");
    assert!((f1 - ours.total.f1).abs() < 1e-12, "{f1} and {}", ours.total.f1);
}

/// Compares the figures exactly, on unchanged records and on records damaged in every relevant way.
#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_scores_agree_with_the_script_of_the_labels() {
    let (script, gold) = (shared("tools/score.py"), shared("corpus/gold"));
    let run = labelled_reports();
    let mut damage = Damage(7);
    let damaged = run.edited(|record| damage.record(record));
    let labels = Gold::load(&gold).expect("the labels can be read");
    for (run, near) in [(&run, 0.95), (&damaged, 0.95), (&damaged, 0.8)] {
        let theirs = by_script(&script, &gold, run, near);
        let ours = score(&labels, &run.values(), &Options { near, ..Options::default() });
        same(&theirs, &ours);
        println!("F1 {:.4}, whole {:?}: agreed", ours.total.f1, ours.documents.whole);
    }
}

/// Damages records deterministically: values removed, cut, duplicated, in capitals, with titles or other digits.
struct Damage(u64);

impl Damage {
    fn chance(&mut self, of: u64) -> bool {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).is_multiple_of(of)
    }

    fn record(&mut self, record: &mut Value) {
        if self.chance(20) {
            let document = record["document"].take();
            *record =
                serde_json::json!({ "error": { "code": "no-text", "message": "" }, "document": document });
            return;
        }
        for (key, part) in record.as_object_mut().into_iter().flatten() {
            if !["document", "evidence", "format", "schema"].contains(&key.as_str()) {
                self.value(part);
            }
        }
    }

    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Object(map) => {
                map.iter_mut().filter(|(k, _)| *k != "level").for_each(|(_, v)| self.value(v));
            }
            Value::Array(items) => {
                items.iter_mut().for_each(|v| self.value(v));
                items.retain(|_| !self.chance(25));
                if self.chance(10) {
                    items.extend(items.first().cloned());
                }
            }
            Value::Bool(b) if self.chance(20) => *b = !*b,
            Value::String(s) => match () {
                () if self.chance(40) => *value = Value::Null,
                () if self.chance(40) => *s = s.chars().take(s.chars().count() / 2).collect(),
                () if self.chance(40) => *s = s.to_uppercase(),
                () if self.chance(40) => *s = s.replace('e', "é").replace('0', "1"),
                () if self.chance(40) => *s = format!("Dr {s} OBE"),
                () => {}
            },
            _ => {}
        }
    }
}
