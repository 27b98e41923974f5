//! The commands of CONTRIBUTING.md run, in the order in which they stand there.

#![allow(missing_docs)]
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

/// The blocks that begin with a bare "```sh": the others build, or want documents of the reader's own.
fn blocks(page: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == "```sh" {
            let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
            blocks.push(block.join("\n"));
        }
    }
    blocks
}

#[test]
fn the_way_of_a_change_can_be_walked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let blocks = blocks(&page);
    assert!(blocks.len() >= 5, "the commands are there");
    // The page writes below target/, which need not be the folder that this build uses.
    let desk = tempfile::tempdir().unwrap();
    for part in ["corpus", "schemas"] {
        std::os::unix::fs::symlink(root.join(part), desk.path().join(part)).unwrap();
    }
    std::fs::create_dir(desk.path().join("target")).unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_findings")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    for block in blocks {
        let run = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &block])
            .current_dir(desk.path())
            .env("PATH", &path)
            .output();
        let run = run.expect("bash is there");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(run.status.success(), "{block}\n{}{}", said(&run.stdout), said(&run.stderr));
    }
}
