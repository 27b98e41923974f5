//! Checks the workspace's dependencies against `deny.toml`, using `cargo metadata` (no network): every crate comes from
//! the one registry and has an allowed licence, and no dependency accepts any version. Advisories are not checked, nor are
//! crates that only other platforms need: a build has not downloaded them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn metadata() -> Value {
    let run = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            "host-tuple",
        ])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice(&run.stdout).unwrap()
}

/// The licences of `deny.toml`.
fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../deny.toml")).unwrap();
    let list = text.split_once("allow = [").and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a licence expression is satisfied by the allowed licences: every part of an AND, one part of an OR.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let bare = expression.replace(['(', ')'], "").replace(" / ", " OR ").replace('/', " OR ");
    bare.split(" AND ").all(|all| all.split(" OR ").any(|one| allowed.contains(one.trim())))
}

#[test]
fn licences_and_sources_are_allowed() {
    let metadata = metadata();
    let allowed = allowed();
    assert!(allowed.len() > 5, "{allowed:?}");
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_met(licence, &allowed), "{name} has the licence “{licence}”");
        if let Some(source) = package["source"].as_str() {
            assert!(source.contains("crates.io-index"), "{name} comes from {source}");
        }
    }
}

/// The files that each crate needs to be used by itself, in addition to its code.
#[test]
fn every_crate_stands_alone() {
    let metadata = metadata();
    let root = Path::new(metadata["workspace_root"].as_str().unwrap());
    let is_ours = |p: &&Value| p["source"].is_null() && p["keywords"] != Value::Array(Vec::new());
    let ours: Vec<&Value> = metadata["packages"].as_array().unwrap().iter().filter(is_ours).collect();
    let names: BTreeSet<&str> =
        ours.iter().filter_map(|p| p["name"].as_str()?.strip_prefix("findings-")).collect();
    let libraries =
        ["record", "text", "core", "forms", "host", "plugin-abi", "plugin-sdk", "tables", "workbench", "cli"];
    assert_eq!(names, libraries.into());
    for package in ours {
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
        assert!(package["description"].is_string() && package["categories"][0].is_string(), "{folder:?}");
        for name in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            let text = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            assert!(!text.is_empty(), "{} has no {name}", folder.strip_prefix(root).unwrap().display());
        }
    }
}

#[test]
fn no_dependency_takes_any_version() {
    let metadata = metadata();
    for package in metadata["packages"].as_array().unwrap().iter().filter(|p| p["source"].is_null()) {
        for dependency in package["dependencies"].as_array().unwrap().iter().filter(|d| d["path"].is_null()) {
            assert_ne!(dependency["req"], "*", "{} takes any {}", package["name"], dependency["name"]);
        }
    }
}

/// The number of crates (by name and version) from which a package is built on this system.
#[cfg(target_os = "linux")]
fn crates_of(package: &[&str]) -> usize {
    let run = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--package"])
        .args(package)
        // Such a setting would give every package the features of the whole workspace, which must not count.
        .env_remove("CARGO_RESOLVER_FEATURE_UNIFICATION")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = String::from_utf8_lossy(&run.stdout);
    let named = |line: &str| line.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
    text.lines().map(named).collect::<BTreeSet<_>>().len()
}

/// The figures in the README for a build without default features, and for compiling a plugin.
#[cfg(target_os = "linux")]
#[test]
fn lean_builds_stay_lean() {
    let lean = crates_of(&["findings-cli", "--no-default-features"]);
    assert!((100..=170).contains(&lean), "a lean build takes {lean} crates");
    let sdk = crates_of(&["findings-plugin-sdk"]);
    assert!((10..45).contains(&sdk), "the SDK takes {sdk} crates");
}

#[test]
fn an_expression_is_met_by_what_is_allowed() {
    let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned()].into();
    assert!(is_met("MIT OR GPL-3.0", &allowed) && is_met("(MIT OR GPL-3.0) AND Unicode-3.0", &allowed));
    assert!(!is_met("GPL-3.0", &allowed) && !is_met("MIT AND GPL-3.0", &allowed) && !is_met("", &allowed));
}
