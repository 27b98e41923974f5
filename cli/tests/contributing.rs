//! Runs the commands of CONTRIBUTING.md in their order.

#![allow(missing_docs)]
#![cfg(unix)]

mod common;

use std::path::Path;
use std::process::Command;

#[test]
fn the_way_of_a_change_can_be_walked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let script = common::script(&page);
    assert!(script.lines().count() >= 8, "the commands are there:\n{script}");
    // The page writes to target/, which need not be the target folder of this build.
    let sandbox = tempfile::tempdir().unwrap();
    for part in ["corpus", "schemas"] {
        std::os::unix::fs::symlink(root.join(part), sandbox.path().join(part)).unwrap();
    }
    std::fs::create_dir(sandbox.path().join("target")).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_findings")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let mut run = Command::new("bash");
    run.args(["-exuo", "pipefail", "-c", &script]).current_dir(sandbox.path()).env("PATH", &path);
    let run = run.output().expect("bash is there");
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(run.status.success(), "{}{}", said(&run.stdout), said(&run.stderr));
}
