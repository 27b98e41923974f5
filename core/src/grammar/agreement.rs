//! How far the terminals agree with labels made by reading; skipped where the corpus is not at hand.

use std::path::PathBuf;

use serde_json::Value;

use super::Date;
use crate::areas;

/// The shared corpus beside the workspace, where it is there.
fn corpus() -> Option<PathBuf> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if dir.is_dir() {
        return Some(dir);
    }
    eprintln!("skipped: no corpus at {}", dir.display());
    None
}

fn labels() -> Vec<(String, Value)> {
    let Some(dir) = corpus() else { return Vec::new() };
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir.join("gold")).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let name = entry.file_name().to_string_lossy().trim_end_matches(".json").to_owned();
        out.push((name, serde_json::from_str(&text).unwrap()));
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn text<'v>(label: &'v Value, field: &str) -> &'v str {
    label[field].as_str().unwrap_or("")
}

/// Fails where fewer than this share of the cases agree; prints the others.
fn at_least(share: f64, what: &str, agreed: usize, misses: &[String]) {
    let all = agreed + misses.len();
    eprintln!("{what}: {agreed} of {all}\n  {}", misses.join("\n  "));
    assert!(agreed as f64 >= share * all as f64, "{what}: {agreed} of {all}");
}

#[test]
fn short_names_agree_with_labels() {
    let (mut agreed, mut misses) = (0, Vec::new());
    for (_, label) in labels() {
        let (printed, want) = (text(&label, "provider_as_printed"), text(&label, "local_authority"));
        match areas::short_name(printed) {
            got if got == want => agreed += 1,
            got => misses.push(format!("{printed}: {got}, not {want}")),
        }
    }
    at_least(0.97, "short names", agreed, &misses);
}

#[test]
fn areas_of_the_manifest_resolve_to_their_urn() {
    let Some(dir) = corpus() else { return };
    let manifest: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(dir.join("manifest.json")).unwrap()).unwrap();
    let (mut agreed, mut misses) = (0, Vec::new());
    for entry in &manifest {
        let file = text(entry, "file").rsplit('/').next().unwrap().trim_end_matches(".pdf");
        let (name, published) = file.split_at(file.len() - "-2020-01-01".len());
        let on = Date::from_iso(&published[1..]);
        let want = text(entry, "ofsted_urn");
        match areas::resolve(&name.replace('-', " "), on).and_then(|a| a.ofsted_urn.as_deref()) {
            Some(got) if got == want => agreed += 1,
            got => misses.push(format!("{file}: {got:?}, not {want}")),
        }
    }
    at_least(0.99, "areas of the manifest", agreed, &misses);
}

#[test]
fn areas_of_labels_resolve() {
    let (mut agreed, mut misses) = (0, Vec::new());
    for (name, label) in labels() {
        let printed = text(&label, "provider_as_printed");
        let on = Date::from_iso(text(&label, "inspection_start"));
        match areas::resolve(printed, on) {
            Some(a) if areas::resolve(text(&label, "local_authority"), on) == Some(a) => agreed += 1,
            got => misses.push(format!("{name}: {printed}: {:?}", got.map(|a| &a.name))),
        }
    }
    at_least(1.0, "areas of labels", agreed, &misses);
}
