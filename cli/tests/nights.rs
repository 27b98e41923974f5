//! Unattended runs: lists of files, new documents only, reporting and stopping, odd files.

#![allow(missing_docs)]

mod common;

use std::fs;

use common::{RECIPE, REPORT, Sandbox};

#[test]
fn lists_name_files_by_lines_or_zero_bytes() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("in/b.txt", REPORT), ("list", "a.txt\r\n\nin\n")]);
    assert_eq!(sandbox.sources("extract --files-from list"), ["a.txt", "in/b.txt"]);
    let run = sandbox.run_with("extract -0 --files-from -", "in/b.txt\0a.txt\0");
    assert_eq!(run.sources(), ["in/b.txt", "a.txt"]);
    assert_eq!(sandbox.run("extract --files-from gone").code, 2);
    assert_eq!(sandbox.run("extract -0 a.txt").code, 2);
}

#[test]
fn only_what_is_new_is_read() {
    let other = format!("{REPORT}\nOne line more.\n");
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/bad.txt", RECIPE)]);
    sandbox.run("extract in -o first.ndjson");
    sandbox.run("extract in -o first/");
    sandbox.run("sync in --into first.findings");
    fs::write(sandbox.path().join("in/moved.txt"), REPORT).unwrap();
    fs::write(sandbox.path().join("in/new.txt"), &other).unwrap();
    for known in ["first.ndjson", "first", "first.findings"] {
        let run = sandbox.run(&format!("extract in --format ndjson --new-only {known}"));
        assert_eq!(run.sources(), ["in/new.txt"], "{known}");
        assert!(run.err.contains("3 skipped: already in the records of --new-only"), "{}", run.err);
    }
    let run = sandbox.run("extract in --new-only first.ndjson -o first.ndjson");
    assert_eq!((run.code, run.err.contains("would be overwritten")), (2, true), "{}", run.err);
    assert_eq!(sandbox.run("extract in --new-only gone.ndjson").code, 2);
    sandbox.run("extract in -o table.xlsx");
    let run = sandbox.run("extract in --new-only table.xlsx");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("; expected what an earlier run wrote: a .json or .ndjson file"), "{}", run.err);
}

#[test]
#[cfg(unix)]
fn the_recipe_of_the_docs_has_each_document_once() {
    let sandbox = Sandbox::new(&[("in/a.pdf", REPORT), ("in/bad.pdf", RECIPE)]);
    for bad in ["password.pdf", "no-pages.pdf"] {
        let file = format!("{}/../corpus/bad/{bad}", env!("CARGO_MANIFEST_DIR"));
        fs::copy(file, sandbox.path().join("in").join(bad)).unwrap();
    }
    let script = common::script(include_str!("../../docs/nights.md")).replace("/archive", "in");
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_findings")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    for _ in 0..3 {
        let mut run = std::process::Command::new("sh");
        run.args(["-c", &script]).current_dir(sandbox.path()).env("PATH", &path);
        assert!(run.status().unwrap().success());
        let mut sources: Vec<String> = (sandbox.read("all.ndjson").lines())
            .map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["document"]["source"].to_string())
            .collect();
        sources.sort();
        let all =
            ["in/a.pdf", "in/bad.pdf", "in/no-pages.pdf", "in/password.pdf"].map(|s| format!("\"{s}\""));
        assert_eq!(sources, all);
    }
}

#[test]
fn a_summary_counts_outcomes_and_doubts() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", RECIPE), ("mine.json", "{\"a\": 1}")]);
    for _ in 0..2 {
        // The second run overwrites the summary of the first.
        assert_eq!(sandbox.run("extract in gone.pdf -o all.ndjson --summary run.json").code, 1);
    }
    let run: serde_json::Value = serde_json::from_str(&sandbox.read("run.json")).unwrap();
    assert!(run["tool"].as_str().unwrap().starts_with("findings "), "{run}");
    assert_eq!((&run["inputs"], &run["inputs_done"], &run["records"]), (&3.into(), &3.into(), &1.into()));
    assert_eq!(run["errors"], serde_json::json!({ "not-found": 1, "unknown-format": 1 }));
    assert_eq!(run["ended"], "finished");
    assert_eq!(run["slowest"].as_array().unwrap().len(), 3);
    let record = sandbox.read("all.ndjson").lines().next().unwrap().to_owned();
    let in_doubt = sandbox.run_with("review --list -", &record).out.lines().any(|l| l.contains("in/a.txt"));
    assert_eq!(run["documents_in_doubt"], u64::from(in_doubt));
    let run = sandbox.run("extract in --summary mine.json");
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(sandbox.read("mine.json"), "{\"a\": 1}");
}

#[test]
fn files_that_nothing_reads_are_counted() {
    let sandbox = Sandbox::new(&[
        ("in/a.txt", REPORT),
        ("in/b.docx", "PK"),
        ("in/sub/c.HTML", "<p>"),
        ("in/d.xlsx", "PK"),
        ("in/d2.xlsx", "PK"),
        ("in/a.label.json", "{}"),
        ("in/.hidden", ""),
    ]);
    for command in ["extract in --format ndjson", "sync in --into all.findings"] {
        let run = sandbox.run(command);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains("findings: 4 files left out (.docx, .html, .xlsx): only"), "{}", run.err);
        assert!(!sandbox.run(&format!("{command} --quiet")).err.contains("left out"));
    }
    assert_eq!(sandbox.run("extract in/a.txt").err, "");
}

#[test]
fn more_jobs_than_are_of_use_are_not_started() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let run = sandbox.run("extract a.txt -j 60000");
    assert_eq!(run.code, 0);
    assert!(run.err.contains("documents at a time, not 60000"), "{}", run.err);
}

#[test]
fn a_folder_named_for_plugins_that_has_none_is_one_error() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("b.txt", REPORT), ("empty/x", "")]);
    for (folder, why) in [("empty", "there is no plugin in it"), ("gone", "there is no such folder")] {
        let run = sandbox.run(&format!("extract a.txt b.txt --plugin-dir {folder}"));
        assert_eq!((run.code, run.err.lines().count()), (2, 1), "{}", run.err);
        assert!(run.err.contains(why), "{}", run.err);
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::io::{BufRead, BufReader, Write};
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use rustix::process::{Pid, Signal, kill_process};

    fn start(sandbox: &Sandbox, args: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_findings"))
            .args(args)
            .current_dir(sandbox.path())
            .env("FINDINGS_TRUST_FILE", sandbox.path().join("trusted.json"))
            .env("XDG_DATA_HOME", sandbox.path().join("data"))
            .env_remove("FINDINGS_PLUGIN_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    #[test]
    fn names_of_any_bytes_are_read_and_come_back() {
        let sandbox = Sandbox::new(&[]);
        for name in [&b"a\xff.txt"[..], b"a\\xff.txt"] {
            fs::write(sandbox.path().join(OsStr::from_bytes(name)), REPORT).unwrap();
        }
        let names = ["./a\\x5cxff.txt", "./a\\xff.txt"];
        assert_eq!(sandbox.sources("extract ."), names);
        // A file with exactly this name takes precedence.
        fs::remove_file(sandbox.path().join("a\\xff.txt")).unwrap();
        let run = sandbox.run("extract ./a\\xff.txt");
        assert_eq!((run.code, &run.json()["document"]["source"]), (0, &names[1].into()), "{}", run.err);
        fs::rename(sandbox.path().join(OsStr::from_bytes(b"a\xff.txt")), sandbox.path().join("a\\xff.txt"))
            .unwrap();
        let run = sandbox.run("extract ./a\\x5cxff.txt");
        assert_eq!((run.code, &run.json()["document"]["source"]), (0, &names[0].into()), "{}", run.err);
        fs::write(sandbox.path().join(OsStr::from_bytes(b"a\xff.txt")), REPORT).unwrap();
        let named = Command::new(env!("CARGO_BIN_EXE_findings"))
            .args([OsStr::new("extract"), OsStr::from_bytes(b"a\xff.txt")])
            .current_dir(sandbox.path())
            .output()
            .unwrap();
        assert!(named.status.success());
    }

    #[test]
    fn names_do_nothing_to_a_terminal() {
        let sandbox = Sandbox::new(&[
            ("in/\u{1b}[31mred.txt", RECIPE),
            ("in/\u{202e}b.txt", REPORT),
            ("in/c.txt", REPORT),
        ]);
        for args in [
            "extract in -o all.ndjson",
            "review in --list",
            "drift in",
            "extract \u{1b}[2J.pdf",
            "snapshot check in",
        ] {
            let run = sandbox.run(args);
            let active = |c: char| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}';
            assert!(!run.err.contains(active), "{args}: {:?}", run.err);
            assert!(args.contains(".pdf") || !run.out.contains(active), "{args}: {:?}", run.out);
        }
        assert!(sandbox.run("extract in -o all.ndjson").err.contains("in/\\x1b[31mred.txt: unknown-format"));
    }

    #[test]
    fn linked_folders_are_read_once_and_rounds_end() {
        let sandbox = Sandbox::new(&[("in/sub/a.txt", REPORT), ("other/b.txt", REPORT)]);
        symlink("..", sandbox.path().join("in/sub/up")).unwrap();
        symlink("sub", sandbox.path().join("in/again")).unwrap();
        symlink("../other", sandbox.path().join("in/linked")).unwrap();
        symlink("nowhere", sandbox.path().join("in/broken.txt")).unwrap();
        let run = sandbox.run("extract in");
        assert_eq!(run.sources(), ["in/broken.txt", "in/linked/b.txt", "in/sub/a.txt"]);
        assert!(run.err.contains("in/broken.txt: not-found"), "{}", run.err);
    }

    #[test]
    fn pdfs_of_any_name_are_found_and_companions_are_left_out() {
        let sandbox = Sandbox::new(&[
            ("in/notes", "no report"),
            ("in/._b.txt", "\0\x05\x16\x07\0"),
            ("in/._real.txt", REPORT),
        ]);
        let pdf = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/focused-visit/wexcombe-2022-11-18.pdf");
        fs::copy(pdf, sandbox.path().join("in/letter")).unwrap();
        let run = sandbox.run("extract in");
        assert_eq!(run.sources(), ["in/._real.txt", "in/letter"]);
        assert!(
            run.err.contains("left out 1 file named ._*") && run.err.contains(": in/._b.txt"),
            "{}",
            run.err
        );
    }

    #[test]
    fn what_is_no_file_is_told_at_once() {
        let sandbox = Sandbox::new(&[("in/a.txt", REPORT)]);
        mknodat(CWD, sandbox.path().join("in/b.pdf"), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(sandbox.path().join("in/c.pdf")).unwrap();
        let started = Instant::now();
        let run = sandbox.run("extract in /dev/zero");
        let codes: Vec<_> = run.lines().iter().map(|l| l["error"]["code"].clone()).collect();
        assert_eq!(
            codes,
            [serde_json::Value::Null, "unreadable".into(), "unreadable".into(), "unreadable".into()]
        );
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_second_run_into_one_output_says_so() {
        let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
        // The first run waits for its document on standard input.
        let mut first = start(&sandbox, &["extract", "-", "-o", "out.ndjson"]);
        let lock = sandbox.path().join(".out.ndjson.findings-lock");
        let started = Instant::now();
        while fs::read_to_string(&lock).unwrap_or_default().is_empty() {
            assert!(started.elapsed() < Duration::from_secs(20), "there is no lock");
            std::thread::sleep(Duration::from_millis(20));
        }
        let second = sandbox.run("extract a.txt -o out.ndjson");
        assert_eq!(second.code, 3, "{}", second.err);
        assert!(
            second.err.contains(&format!("another run of findings (process {})", first.id())),
            "{}",
            second.err
        );
        first.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
        assert!(first.wait().unwrap().success());
        assert!(!lock.exists());
        assert_eq!(sandbox.run("extract a.txt -o out.ndjson").code, 0);
    }

    #[test]
    fn a_killed_run_leaves_no_lock_that_holds() {
        let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
        File::create(sandbox.path().join(".out.ndjson.findings-lock")).unwrap().write_all(b"4711").unwrap();
        assert_eq!(sandbox.run("extract a.txt -o out.ndjson").code, 0);
    }

    #[test]
    fn lines_tell_how_far_a_run_is_where_nobody_sees_a_bar() {
        let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
        let mut child =
            start(&sandbox, &["extract", "a.txt", "-", "--progress-every", "1", "-o", "out.ndjson"]);
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("findings: 1 of 2 documents after 0 min, "), "{line}");
        drop(child.stdin.take());
        child.wait().unwrap();
    }

    #[test]
    fn a_signal_finishes_the_documents_at_hand_and_says_how_to_go_on() {
        for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
            let sandbox = Sandbox::of_many(300);
            let mut child = start(&sandbox, &["extract", "in", "-j1", "--summary", "run.json"]);
            let mut out = BufReader::new(child.stdout.take().unwrap());
            let mut first = String::new();
            out.read_line(&mut first).unwrap();
            kill_process(Pid::from_child(&child), signal).unwrap();
            let rest: Vec<String> = out.lines().map(Result::unwrap).collect();
            let run: common::Run = child.wait_with_output().unwrap().into();
            assert_eq!(run.code, code, "{}", run.err);
            assert!(run.err.contains("to resume, give the same inputs with --new-only"), "{}", run.err);
            let summary: serde_json::Value = serde_json::from_str(&sandbox.read("run.json")).unwrap();
            let done = 1 + rest.len();
            assert_eq!((&summary["ended"], &summary["records"]), (&"stopped".into(), &done.into()));
            assert!(done < 300, "nothing was left to go on with");
            fs::write(sandbox.path().join("first.ndjson"), first + &rest.join("\n")).unwrap();
            let more = sandbox.run("extract in --new-only first.ndjson --quiet");
            assert_eq!((more.code, more.out.lines().count()), (0, 300 - done));
        }
    }

    #[test]
    fn a_signal_ends_a_sync_after_the_documents_at_hand() {
        let sandbox = Sandbox::of_many(300);
        let child = start(&sandbox, &["sync", "in", "--into", "all.findings", "-j1"]);
        let started = Instant::now();
        while sandbox.run("export all.findings --format ndjson").out.lines().count() < 3 {
            assert!(started.elapsed() < Duration::from_secs(60), "nothing is kept");
        }
        kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
        let run: common::Run = child.wait_with_output().unwrap().into();
        assert_eq!(run.code, 143, "{}", run.err);
        assert!(run.err.contains("the same command resumes"), "{}", run.err);
        let more = sandbox.run("sync in --into all.findings");
        assert!(!more.err.contains("300 read"), "{}", more.err);
        assert_eq!(sandbox.run("export all.findings --format ndjson").out.lines().count(), 300);
    }
}
