//! The skeleton of a plugin, as a new author gets it: it must build, be packed, pass the conformance kit and read its
//! sample without any edit.
//!
//! The crate is built in a separate folder under `target`, so the first run takes about as long as a first build of
//! core, and later runs take seconds. No network is needed: the versions are those of this workspace.

#![allow(missing_docs)]
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::Sandbox;

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// The target folder for new plugins, beside that of this test.
fn target() -> PathBuf {
    let own = Path::new(env!("CARGO_BIN_EXE_findings"));
    own.ancestors().nth(2).unwrap().join("new-plugin")
}

fn cargo(args: &[&str], crate_folder: &Path) {
    let run = Command::new(env!("CARGO"))
        .args(args)
        .args(["--offline", "--config", "profile.dev.debug=false"])
        .current_dir(crate_folder)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap();
    assert!(run.status.success(), "cargo {args:?}\n{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn a_new_plugin_builds_and_reads_its_sample() {
    let sandbox = Sandbox::new(&[]);
    let sdk = root().join("plugins/sdk");
    let run = sandbox.run(&format!("plugin new acme --sdk {}", sdk.display()));
    assert_eq!(run.code, 0, "{}", run.err);
    let folder = sandbox.path().join("acme");
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    cargo(&["test"], &folder);
    cargo(&["build"], &folder);
    fs::copy(target().join("debug/libacme.so"), sandbox.path().join("libacme.so")).unwrap();

    let run = sandbox.run("plugin pack libacme.so -o plugin");
    assert_eq!(run.code, 0, "{}", run.err);
    let corpus = root().join("corpus");
    let others: Vec<String> = ["text", "hiqa", "michigan", "press"]
        .iter()
        .map(|f| format!("--others {}", corpus.join(f).display()))
        .collect();
    let run = sandbox.run(&format!("plugin check plugin --samples acme/samples {}", others.join(" ")));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(!run.out.contains("FAILED") && !run.out.contains("not tried"), "{}", run.out);

    assert_eq!(sandbox.run("plugin trust plugin").code, 0);
    let run = sandbox.run("extract --plugin-dir plugin acme/samples/visit.txt");
    assert_eq!(run.code, 0, "{}", run.err);
    let record = run.json();
    assert_eq!(record["extension"]["reference"], "AB-12");
    assert_eq!(record["inspection"]["start"], "2026-03-03");
    fs::write(sandbox.path().join("visit.json"), record.to_string()).unwrap();
    let run = sandbox.run("validate --strict --plugin-dir plugin visit.json");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}
