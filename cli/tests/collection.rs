//! Collections: only new documents are read, nothing is lost, and everything can be exported.

#![allow(missing_docs)]

mod common;

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use common::{RECIPE, REPORT, Sandbox, random};

const LETTER: &str = include_str!("../../corpus/text/marlbrook-2019-03-22.txt");

fn sandbox() -> Sandbox {
    Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", LETTER), ("in/c.txt", RECIPE)])
}

#[test]
fn only_what_is_new_is_read() {
    let sandbox = sandbox();
    let first = sandbox.run("sync in --into all.findings");
    assert_eq!(first.code, 1);
    assert!(first.err.contains("all.findings: 3 read, 0 unchanged, 1 gave no record"), "{}", first.err);
    let again = sandbox.run("sync in --into all.findings");
    assert!(again.err.contains("0 read, 3 unchanged (1 of them without a record)"), "{}", again.err);
    fs::rename(sandbox.path().join("in/a.txt"), sandbox.path().join("in/d.txt")).unwrap();
    fs::remove_file(sandbox.path().join("in/c.txt")).unwrap();
    let moved = sandbox.run("sync in --into all.findings");
    assert!(moved.err.contains("0 read, 2 unchanged, 2 gone"), "{}", moved.err);
    assert!(sandbox.run("sync in --into all.findings --all").err.contains("2 read"));
    let sources: Vec<String> = sandbox
        .run("export all.findings")
        .lines()
        .iter()
        .map(|r| r["document"]["source"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(sources, ["in/b.txt", "in/d.txt"]);
}

#[test]
fn an_error_that_may_pass_is_tried_again() {
    let sandbox = sandbox();
    let locked = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/bad/password.pdf");
    fs::copy(locked, sandbox.path().join("in/locked.pdf")).unwrap();
    sandbox.run("sync in --into all.findings");
    let again = sandbox.run("sync in --into all.findings");
    assert_eq!(again.code, 1);
    let counts = "1 read, 3 unchanged (1 of them without a record), 1 gave no record";
    assert!(again.err.contains(counts), "{}", again.err);
}

#[test]
fn an_export_is_what_extract_writes() {
    let sandbox = sandbox();
    sandbox.run("sync in --into all.findings");
    assert!(sandbox.run("export all.findings").out == sandbox.run("extract in").out, "the records differ");
    sandbox.run("export all.findings -o a.csv --table improvements");
    sandbox.run("extract in -o b.csv --table improvements");
    assert_eq!(sandbox.read("a.csv"), sandbox.read("b.csv"));
    assert_eq!(sandbox.run("export all.findings -o in/a.txt").code, 2);
}

#[test]
fn what_is_no_collection_is_refused() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run("export in").code, 2);
    let run = sandbox.run("sync in --into in");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("in exists and is not a collection"), "{}", run.err);
    assert_eq!(sandbox.run("sync gone --into all.findings").code, 2);
    assert!(!sandbox.path().join("all.findings").exists());
}

#[test]
fn grades_over_time_are_told_and_drawn() {
    let sandbox = sandbox();
    sandbox.run("sync in --into all.findings");
    let run = sandbox.run("history all.findings --area poole");
    assert!(run.out.starts_with("Poole\n  2018-10-15  short\n    leadership: good\n"), "{}", run.out);
    assert_eq!(sandbox.run("history all.findings --area nowhere").code, 1);
    let part = sandbox.run("history all.findings --area poo");
    assert!(part.err.contains("has no grades of poo; it has grades of Poole"), "{}", part.err);
    assert!(sandbox.run("history all.findings --area Pole").err.contains("did you mean Poole?"));
    sandbox.run("history all.findings -o poole.html");
    let page = sandbox.read("poole.html");
    assert!(page.contains("<svg") && page.contains("requires improvement"));
    assert_eq!(sandbox.run("latest all.findings --where colour=red").code, 2);
    let column = sandbox.run("latest all.findings --where leadershp=good");
    assert!(column.err.contains("no column leadershp (did you mean leadership?)"), "{}", column.err);
}

#[test]
fn the_latest_inspections_say_framework_and_outcome() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus");
    let sandbox = Sandbox::new(&[("in/a.txt", &REPORT.replace("Poole", "Ashmoor"))]);
    fs::copy(format!("{corpus}/area-send/linton-wold-2023-10-06.pdf"), sandbox.path().join("in/b.pdf"))
        .unwrap();
    sandbox.run("sync in --into all.findings");
    let latest = sandbox.run("latest all.findings").out;
    assert!(latest.contains("Ashmoor  2018-10-15  ILACS short  good\n"), "{latest}");
    assert!(latest.contains("area-SEND full  typically-positive\n"), "{latest}");
    let value = sandbox.run("latest all.findings --where leadership=goood");
    assert_eq!(value.code, 1);
    assert!(value.err.contains("; no report has leadership goood: did you mean good?"), "{}", value.err);
    let area = sandbox.run("latest all.findings --where la_name=Ashmor");
    assert!(area.err.contains("no report has la_name Ashmor: did you mean Ashmoor?"), "{}", area.err);
}

/// A sync of a folder, in the background.
fn start(sandbox: &Sandbox) -> Child {
    Command::new(env!("CARGO_BIN_EXE_findings"))
        .args(["sync", "in", "--into", "all.findings", "--quiet", "--no-plugins"])
        .current_dir(sandbox.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Asserts that the store is intact: SQLite finds no fault, and every file has its outcome.
fn assert_whole(sandbox: &Sandbox) {
    let Ok(store) = rusqlite::Connection::open(sandbox.path().join("all.findings/store.sqlite")) else {
        return;
    };
    let one = |question: &str| store.query_row(question, [], |row| row.get::<_, String>(0));
    assert_eq!(one("PRAGMA integrity_check").unwrap(), "ok");
    // If it was killed before its first commit, there is no table yet.
    if one("SELECT name FROM sqlite_master WHERE name = 'files'").is_ok() {
        let lost = "SELECT CAST(count(*) AS TEXT) FROM files LEFT JOIN outcomes USING (digest) WHERE outcome IS NULL";
        assert_eq!(one(lost).unwrap(), "0");
    }
}

/// Asserts that every document has one record, and nothing is left to read.
fn assert_complete(sandbox: &Sandbox, files: usize) {
    let records = sandbox.run("export all.findings").lines();
    let mut sources: Vec<&str> = records.iter().map(|r| r["document"]["source"].as_str().unwrap()).collect();
    assert!(sources.is_sorted(), "in order, so that doubled ones are neighbours");
    sources.dedup();
    assert_eq!((sources.len(), records.len()), (files, files));
    let again = sandbox.run("sync in --into all.findings");
    assert!(again.err.contains(&format!("0 read, {files} unchanged")), "{}", again.err);
}

/// Kills a sync several times at random moments, letting the next one continue each time.
fn kill_and_go_on(files: usize, times: usize) {
    let sandbox = Sandbox::of_many(files);
    for _ in 0..times {
        let mut child = start(&sandbox);
        thread::sleep(Duration::from_millis(random() % 400));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&sandbox);
    }
    assert_eq!(sandbox.run("sync in --into all.findings").code, 0);
    assert_complete(&sandbox, files);
}

#[test]
fn a_sync_that_is_killed_goes_on() {
    kill_and_go_on(60, 12);
}

#[test]
#[ignore = "takes half a minute and more: 50 kills over 300 files"]
fn a_sync_that_is_killed_at_fifty_moments_goes_on() {
    kill_and_go_on(300, 50);
}

#[test]
#[ignore = "takes a minute and more: 100 kills over 300 files"]
fn measure_a_sync_that_is_killed_at_a_hundred_moments() {
    kill_and_go_on(300, 100);
}

/// A limit on file sizes imitates a full disk: writing fails in the middle of the work.
#[test]
#[cfg(unix)]
fn on_a_full_disk_a_sync_says_so_and_goes_on_later() {
    const FILES: usize = 40;
    let sandbox = Sandbox::of_many(FILES);
    let full = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 600; exec \"$0\" sync in --into all.findings --quiet --no-plugins",
        ])
        .arg(env!("CARGO_BIN_EXE_findings"))
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&full.stderr);
    assert_eq!(full.status.code(), Some(3), "{said}");
    assert!(said.contains("findings: the database of all.findings failed: "), "{said}");
    assert_whole(&sandbox);
    let kept = sandbox.run("export all.findings").lines().len();
    assert!(0 < kept && kept < FILES, "{kept}");
    assert_eq!(sandbox.run("sync in --into all.findings").code, 0);
    assert_complete(&sandbox, FILES);
}

/// Runs a script in a folder that contains `small`, a file system of its own with this many kilobytes.
#[cfg(target_os = "linux")]
fn with_little_room(sandbox: &Sandbox, kilobytes: usize, script: &str) -> common::Run {
    let mount = format!("mkdir small && mount -t tmpfs -o size={kilobytes}k tmpfs small");
    Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &format!("{mount} && {script}")])
        .arg(env!("CARGO_BIN_EXE_findings"))
        .current_dir(sandbox.path())
        .output()
        .unwrap()
        .into()
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs a file system that is full: unshare (util-linux), and leave for user namespaces"]
fn on_a_full_file_system_the_store_stays_whole() {
    const FILES: usize = 60;
    let sandbox = Sandbox::of_many(FILES);
    let script = "\"$0\" sync in --into small/all.findings --quiet --no-plugins; code=$?; cp -r small/all.findings .; exit $code";
    let full = with_little_room(&sandbox, 1500, script);
    assert_eq!(full.code, 3, "{}", full.err);
    assert!(
        full.err.contains("findings: the database of small/all.findings failed: database or disk is full"),
        "{}",
        full.err
    );
    assert_whole(&sandbox);
    let kept = sandbox.run("export all.findings").lines().len();
    assert!(0 < kept && kept < FILES, "{kept}");
    assert_eq!(sandbox.run("sync in --into all.findings").code, 0);
    assert_complete(&sandbox, FILES);
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs a file system that is full: unshare (util-linux), and leave for user namespaces"]
fn on_a_full_file_system_an_export_says_so_and_leaves_what_was_there() {
    let sandbox = Sandbox::of_many(60);
    assert_eq!(sandbox.run("sync in --into all.findings").code, 0);
    // A few kilobytes are left, so that writing can begin.
    let fill = "cat /dev/zero > small/filler 2> /dev/null; truncate -s -8K small/filler";
    for output in [
        "out.ndjson",
        "out.csv --table paragraphs",
        "out.xlsx",
        "out.sqlite",
        "out.parquet --table paragraphs",
    ] {
        let name = output.split(' ').next().unwrap();
        let export = format!("\"$0\" export all.findings -o small/{output}");
        let script = format!(
            "{export} > /dev/null && cp small/{name} first && {fill}; {export}; code=$?; \
             cmp first small/{name} && ls -A small; umount small; rmdir small; exit $code"
        );
        let full = with_little_room(&sandbox, 12_000, &script);
        assert_eq!(full.code, 3, "{name}: {}", full.err);
        assert!(full.err.contains(&format!("findings: small/{name} could not be written: ")), "{}", full.err);
        // The existing output is unchanged, and nothing is left beside it.
        assert_eq!(full.out.split_whitespace().collect::<Vec<_>>(), ["filler", name], "{}", full.err);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_can_not_be_written_is_told() {
    let sandbox = sandbox();
    // Not even root can create a folder there.
    let run = sandbox.run("sync in --into /proc/all.findings");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("/proc/all.findings can't be written: "), "{}", run.err);
}

#[test]
fn files_that_vanish_meanwhile_are_gone_and_the_others_are_read() {
    const FILES: usize = 60;
    let sandbox = Sandbox::of_many(FILES);
    let child = start(&sandbox);
    for i in FILES / 2..FILES {
        fs::remove_file(sandbox.path().join(format!("in/{i:03}.txt"))).unwrap();
    }
    let first = child.wait_with_output().unwrap();
    assert!(matches!(first.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&first.stderr));
    assert_whole(&sandbox);
    assert_eq!(sandbox.run("sync in --into all.findings").code, 0);
    assert_complete(&sandbox, FILES / 2);
}

#[test]
fn two_syncs_at_once_wait_for_each_other() {
    let sandbox = sandbox();
    let both = [start(&sandbox), start(&sandbox)];
    let mut codes = both.map(|child| child.wait_with_output().unwrap().status.code());
    codes.sort_unstable();
    assert_eq!(
        codes,
        [Some(0), Some(1)],
        "one of them finds nothing new; to the other the recipe is no report"
    );
    assert_eq!(sandbox.run("export all.findings").lines().len(), 3);
}
