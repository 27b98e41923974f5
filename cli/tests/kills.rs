//! Runs that are killed at random moments and continued: every input gets exactly one outcome.

#![allow(missing_docs)]
#![cfg(unix)]

mod common;

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use common::{Sandbox, random};
use rustix::process::{Pid, Signal, kill_process};

/// Starts a run and ends it at a random moment: half of the time by SIGKILL, otherwise by a signal that it can handle.
fn kill(sandbox: &Sandbox, args: &[&str]) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_findings"))
        .args(args)
        .args(["--quiet", "--no-plugins"])
        .current_dir(sandbox.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(random() % 400));
    let signal = if random().is_multiple_of(2) { Signal::KILL } else { Signal::TERM };
    // It may have ended by itself already.
    let _ = kill_process(Pid::from_child(&child), signal);
    child.wait().unwrap();
}

/// Temporary files of outputs being written.
fn half_written(sandbox: &Sandbox) -> Vec<String> {
    let names = fs::read_dir(sandbox.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".part")).collect()
}

/// The recipe of docs/nights.md: a file of records, with new ones written beside it until the run is complete.
fn records_in_a_file(files: usize, times: usize) {
    let sandbox = Sandbox::of_many(files);
    fs::write(sandbox.path().join("all.ndjson"), "").unwrap();
    let go_on = ["extract", "in", "--new-only", "all.ndjson", "-o", "new.ndjson"];
    let take_in = || {
        let new = fs::read(sandbox.path().join("new.ndjson")).unwrap_or_default();
        let mut all = OpenOptions::new().append(true).open(sandbox.path().join("all.ndjson")).unwrap();
        all.write_all(&new).unwrap();
        let _ = fs::remove_file(sandbox.path().join("new.ndjson"));
    };
    for _ in 0..times {
        kill(&sandbox, &go_on);
        take_in();
    }
    sandbox.run(&go_on.join(" "));
    take_in();
    assert_eq!(half_written(&sandbox), Vec::<String>::new(), "what killed runs left is removed");
    let lines = sandbox.read("all.ndjson");
    let sources: Vec<String> = (lines.lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|record| record["document"]["source"].as_str().unwrap().to_owned())
        .collect();
    let once: BTreeSet<&str> = sources.iter().map(String::as_str).collect();
    assert_eq!((sources.len(), once.len()), (files, files));
}

/// A folder with a file for each record, where a killed run leaves what it has completed.
fn records_in_a_folder(files: usize, times: usize) {
    let sandbox = Sandbox::of_many(files);
    fs::create_dir(sandbox.path().join("records")).unwrap();
    let go_on = ["extract", "in", "--new-only", "records", "-o", "new/"];
    let take_in = || {
        let new = fs::read_dir(sandbox.path().join("new")).into_iter().flatten().map(|e| e.unwrap().path());
        for record in new.filter(|path| path.extension().is_some_and(|e| e == "json")) {
            let to = sandbox.path().join("records").join(record.file_name().unwrap());
            assert!(!to.exists(), "{} was read twice", to.display());
            fs::rename(record, to).unwrap();
        }
    };
    for _ in 0..times {
        kill(&sandbox, &go_on);
        take_in();
    }
    sandbox.run(&go_on.join(" "));
    take_in();
    let mut whole = 0;
    for i in 0..files {
        let record: serde_json::Value =
            serde_json::from_str(&sandbox.read(&format!("records/{i:03}.json"))).unwrap();
        whole += usize::from(record["document"]["source"] == format!("in/{i:03}.txt"));
    }
    assert_eq!(whole, files);
}

#[test]
fn a_command_that_is_killed_is_gone_on_with() {
    records_in_a_file(40, 8);
    records_in_a_folder(40, 8);
}

#[test]
#[ignore = "takes minutes: 100 kills over 300 files, twice"]
fn measure_a_hundred_kills() {
    records_in_a_file(300, 100);
    records_in_a_folder(300, 100);
}
