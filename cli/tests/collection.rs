//! A collection: only what is new is read, nothing is lost, everything comes out again.

#![allow(missing_docs)]

mod common;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use common::{Desk, RECIPE, REPORT};

const LETTER: &str = include_str!("../../corpus/text/marlbrook-2019-03-22.txt");

fn desk() -> Desk {
    Desk::new(&[("in/a.txt", REPORT), ("in/b.txt", LETTER), ("in/c.txt", RECIPE)])
}

#[test]
fn only_what_is_new_is_read() {
    let desk = desk();
    let first = desk.run("sync in --into all.findings");
    assert_eq!(first.code, 1);
    assert!(first.err.contains("all.findings: 3 read, 0 as they were, 1 gave no record"), "{}", first.err);
    let again = desk.run("sync in --into all.findings");
    assert!(again.err.contains("0 read, 3 as they were"), "{}", again.err);
    fs::rename(desk.path().join("in/a.txt"), desk.path().join("in/d.txt")).unwrap();
    fs::remove_file(desk.path().join("in/c.txt")).unwrap();
    let moved = desk.run("sync in --into all.findings");
    assert!(moved.err.contains("0 read, 2 as they were, 2 gone"), "{}", moved.err);
    assert!(desk.run("sync in --into all.findings --all").err.contains("2 read"));
    let sources: Vec<String> = desk
        .run("export all.findings")
        .lines()
        .iter()
        .map(|r| r["document"]["source"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(sources, ["in/b.txt", "in/d.txt"]);
}

#[test]
fn an_export_is_what_extract_writes() {
    let desk = desk();
    desk.run("sync in --into all.findings");
    assert!(desk.run("export all.findings").out == desk.run("extract in").out, "the records differ");
    desk.run("export all.findings -o a.csv --table improvements");
    desk.run("extract in -o b.csv --table improvements");
    assert_eq!(desk.read("a.csv"), desk.read("b.csv"));
    assert_eq!(desk.run("export all.findings -o in/a.txt").code, 2);
}

#[test]
fn what_is_no_collection_is_refused() {
    let desk = desk();
    assert_eq!(desk.run("export in").code, 2);
    let run = desk.run("sync in --into in");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("in is there and is no collection"), "{}", run.err);
    assert_eq!(desk.run("sync gone --into all.findings").code, 2);
    assert!(!desk.path().join("all.findings").exists());
}

#[test]
fn grades_over_time_are_told_and_drawn() {
    let desk = desk();
    desk.run("sync in --into all.findings");
    let run = desk.run("history all.findings --area poole");
    assert!(run.out.starts_with("Poole\n  2018-10-15  standard\n    leadership: good\n"), "{}", run.out);
    assert_eq!(desk.run("history all.findings --area nowhere").code, 1);
    desk.run("history all.findings -o poole.html");
    let page = desk.read("poole.html");
    assert!(page.contains("<svg") && page.contains("requires improvement"));
    assert_eq!(desk.run("latest all.findings --where colour=red").code, 2);
}

/// A sync of a folder, in the background.
fn start(desk: &Desk) -> Child {
    Command::new(env!("CARGO_BIN_EXE_findings"))
        .args(["sync", "in", "--into", "all.findings", "--quiet", "--no-plugins"])
        .current_dir(desk.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Killed at moments that differ by a few milliseconds, over as many documents as that takes.
#[test]
fn a_sync_that_is_killed_goes_on() {
    const FILES: usize = 60;
    let names: Vec<String> = (0..FILES).map(|i| format!("in/{i:03}.txt")).collect();
    let texts: Vec<String> = (0..FILES).map(|i| format!("{REPORT}\nNo. {i}\n")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let desk = Desk::new(&files);
    for moment in 0..12 {
        let mut child = start(&desk);
        thread::sleep(Duration::from_millis(20 + 23 * moment));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(desk.run("sync in --into all.findings").code, 0);
    let records = desk.run("export all.findings").lines();
    let mut sources: Vec<&str> = records.iter().map(|r| r["document"]["source"].as_str().unwrap()).collect();
    sources.dedup();
    assert_eq!(sources.len(), FILES);
    assert!(desk.run("sync in --into all.findings").err.contains(&format!("0 read, {FILES} as they were")));
}

#[test]
fn two_syncs_at_once_wait_for_each_other() {
    let desk = desk();
    let both = [start(&desk), start(&desk)];
    let mut codes = both.map(|child| child.wait_with_output().unwrap().status.code());
    codes.sort_unstable();
    assert_eq!(
        codes,
        [Some(0), Some(1)],
        "one of them finds nothing new; to the other the recipe is no report"
    );
    assert_eq!(desk.run("export all.findings").lines().len(), 3);
}
