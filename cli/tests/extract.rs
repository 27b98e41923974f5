//! `findings extract`: inputs, outputs and exit codes.

#![allow(missing_docs)]

mod common;

use common::{RECIPE, REPORT, Sandbox};

#[test]
fn one_document_is_an_object() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let run = sandbox.run("extract a.txt");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.json()["document"]["source"], "a.txt");
    assert!(run.out.lines().count() > 20, "laid out to be read");
}

#[test]
fn several_are_a_line_each_in_order() {
    let sandbox = Sandbox::new(&[("b.txt", REPORT), ("a.txt", REPORT)]);
    let run = sandbox.run("extract b.txt gone.pdf a.txt");
    assert_eq!(run.code, 1);
    let lines = run.lines();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["document"]["source"], "b.txt");
    assert_eq!(lines[1]["error"]["code"], "not-found");
    assert_eq!(lines[1]["document"]["source"], "gone.pdf");
    assert_eq!(lines[2]["document"]["source"], "a.txt");
    assert!(run.err.contains("gone.pdf: not-found: there is no such file"), "{}", run.err);
    assert!(run.err.contains("1 of 3 documents gave no record: 1 not-found"), "{}", run.err);
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let names: Vec<String> = (0..12).map(|i| format!("{i:02}.txt")).collect();
    let files: Vec<(&str, &str)> = names
        .iter()
        .enumerate()
        .map(|(i, n)| (n.as_str(), if i % 3 == 0 { RECIPE } else { REPORT }))
        .collect();
    let sandbox = Sandbox::new(&files);
    let (one, four) = (sandbox.run("extract . --jobs 1"), sandbox.run("extract . --jobs 4"));
    assert_eq!(one.out, four.out);
    assert_eq!(one.out.lines().count(), 12);
}

/// Every document of the corpus that needs no OCR must give the same bytes, with any number of jobs, and each time.
#[test]
fn the_corpus_gives_the_same_bytes_each_time() {
    let sandbox = Sandbox::new(&[]);
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus");
    let forms = ["area-send", "focused-visit", "ilacs", "jtai", "monitoring-visit", "pre2013", "sif", "text"];
    let folders = forms.map(|f| format!("{corpus}/{f}")).join(" ");
    let runs = ["1", "2", "2"]
        .map(|jobs| sandbox.run(&format!("extract {folders} --format ndjson --jobs {jobs}")).out);
    assert!(runs[0].lines().count() >= 37);
    assert!(runs[0] == runs[1] && runs[1] == runs[2], "the records differ from run to run");
}

#[test]
fn an_array_if_asked_for() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", RECIPE)]);
    let run = sandbox.run("extract in --format json");
    let array = run.json();
    assert_eq!(array.as_array().unwrap().len(), 2);
    assert_eq!(array[1]["error"]["code"], "unknown-format");
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT)]);
    assert!(sandbox.run("extract in --format json").json().is_array(), "a folder is several, even of one");
}

#[test]
fn folders_are_read_through_and_by_name() {
    let sandbox = Sandbox::new(&[
        ("in/b.txt", REPORT),
        ("in/deep/a.TXT", REPORT),
        ("in/notes.md", "no"),
        ("in/a.txt", REPORT),
    ]);
    let sources: Vec<String> = sandbox
        .run("extract in")
        .lines()
        .iter()
        .map(|l| l["document"]["source"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(sources, ["in/a.txt", "in/b.txt", "in/deep/a.TXT"]);
}

#[test]
fn what_names_nothing_fails_by_name() {
    let sandbox = Sandbox::new(&[("empty/x.md", "")]);
    let run = sandbox.run("extract empty *.docx");
    assert_eq!(run.code, 1);
    assert_eq!(run.lines().len(), 2);
    assert!(run.err.contains("empty: not-found: the folder contains no .pdf, .txt or image"), "{}", run.err);
    assert!(run.err.contains("*.docx: not-found: no file matches the pattern"), "{}", run.err);
}

#[test]
fn patterns_are_ours_where_the_shell_leaves_them() {
    let sandbox =
        Sandbox::new(&[("a-1.txt", REPORT), ("a-2.txt", REPORT), ("b.txt", REPORT), ("[c].txt", REPORT)]);
    assert_eq!(sandbox.run("extract a-*.txt").lines().len(), 2);
    assert_eq!(sandbox.run("extract [c].txt").json()["document"]["source"], "[c].txt");
}

#[test]
fn standard_input_is_an_input() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.run_with("extract -", REPORT);
    assert_eq!(run.code, 0);
    assert_eq!(run.json()["document"]["source"], "-");
    assert_eq!(sandbox.run("extract - -").code, 2);
}

#[test]
fn a_file_each_in_a_folder() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/sub/a.txt", REPORT), ("in/b.txt", RECIPE)]);
    let run = sandbox.run("extract in -o out");
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(sandbox.read("out/a.json").contains("\"schema\""));
    assert!(sandbox.read("out/sub/a.json").contains("\"schema\""));
    assert!(sandbox.read("out/b.json").contains("unknown-format"));
}

#[test]
fn the_output_s_name_tells_its_form() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", RECIPE)]);
    sandbox.run("extract in -o out.json");
    sandbox.run("extract in -o new/out.ndjson");
    sandbox.run("extract in -o out.csv");
    assert!(sandbox.read("out.json").starts_with("[\n"));
    assert_eq!(sandbox.read("new/out.ndjson").lines().count(), 2);
    let table = sandbox.read("out.csv");
    assert!(table.starts_with("\u{feff}report_id,source,outcome,"), "{table}");
    assert_eq!(table.lines().count(), 3);
}

#[test]
fn inputs_are_never_overwritten() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let run = sandbox.run("extract a.txt -o ./a.txt");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a.txt is an input"), "{}", run.err);
    assert_eq!(sandbox.read("a.txt"), REPORT);
}

#[test]
fn a_command_line_without_sense_is_2() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    assert_eq!(sandbox.run("extract").code, 2);
    assert_eq!(sandbox.run("extract a.txt --format xml").code, 2);
    assert_eq!(sandbox.run("extract a.txt --jobs 0").code, 2);
    let run = sandbox.run("extract a.txt --format xlsx -o folder");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("name one with -o, for example -o table.xlsx"), "{}", run.err);
}

#[test]
fn an_output_that_cannot_be_written_is_3() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("file", "")]);
    let run = sandbox.run("extract a.txt -o file/out.json");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("file/out.json could not be written"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_3_without_words() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let script = format!(
        "{} extract a.txt a.txt a.txt | true; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_findings")
    );
    // A pipe that is closed before anything is written.
    let script = script.replace("| true", "| (exec <&-; sleep 0.2)");
    let output = std::process::Command::new("bash")
        .args(["-c", &script])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn wrong_files_are_named_for_what_they_are() {
    let sandbox = Sandbox::new(&[("page.pdf", "<!doctype html><title>Not here</title>"), ("empty.pdf", "")]);
    let run = sandbox.run("extract page.pdf empty.pdf");
    assert_eq!(run.lines()[0]["document"]["media_type"], "text/html");
    assert!(
        run.err.contains("page.pdf: not-a-report-file: this is a web page (\"Not here\")"),
        "{}",
        run.err
    );
    assert!(run.err.contains("empty.pdf: not-a-report-file: the file is empty"), "{}", run.err);
}

#[test]
fn large_files_are_refused_before_they_are_read() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    std::fs::File::create(sandbox.path().join("huge.pdf")).unwrap().set_len(3 << 20).unwrap();
    let run = sandbox.run("extract huge.pdf a.txt --max-mb 2");
    assert_eq!(run.code, 1);
    assert_eq!(run.lines()[0]["error"]["code"], "too-large");
    assert!(run.err.contains("--max-mb"), "{}", run.err);
}

/// Data from fonts is bounded, so that a small file can't use up the machine's memory: 1.5 GB of address space must be
/// enough.
#[test]
#[cfg(target_os = "linux")]
fn a_document_that_would_eat_memory_is_read_within_bounds() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    std::fs::write(sandbox.path().join("hungry.pdf"), common::hungry_pdf()).unwrap();
    let limited = format!(
        "ulimit -v 1500000; exec '{}' extract hungry.pdf a.txt --jobs 1 --format ndjson --no-plugins --quiet",
        env!("CARGO_BIN_EXE_findings")
    );
    let output =
        std::process::Command::new("sh").args(["-c", &limited]).current_dir(sandbox.path()).output().unwrap();
    let outcomes: Vec<serde_json::Value> =
        output.stdout.split(|b| *b == b'\n').flat_map(serde_json::from_slice).collect();
    let codes: Vec<_> = outcomes.iter().map(|o| o["error"]["code"].as_str()).collect();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), codes), (Some(1), vec![Some("unknown-format"), None]), "{said}");
}

#[test]
fn a_list_names_inputs() {
    let sandbox = Sandbox::new(&[("a b.txt", REPORT), ("c/d.txt", REPORT), ("e.txt", REPORT)]);
    std::fs::write(sandbox.path().join("list"), "a b.txt\r\n\ngone.pdf\nc\n").unwrap();
    let sources = |run: common::Run| {
        run.lines().iter().map(|l| l["document"]["source"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        sources(sandbox.run("extract e.txt --files-from list")),
        ["e.txt", "a b.txt", "gone.pdf", "c/d.txt"]
    );
    assert_eq!(
        sources(sandbox.run_with("extract -0 --files-from -", "a b.txt\0e.txt\0")),
        ["a b.txt", "e.txt"]
    );
    assert_eq!(sandbox.run_with("extract --files-from -", "").code, 0);
    assert_eq!(sandbox.run("extract --files-from nowhere").code, 2);
    assert!(sandbox.run("extract - --files-from -").err.contains("can be read only once"));
    assert_eq!(sandbox.run("extract -0 e.txt").code, 2);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let made = std::process::Command::new("mkfifo").arg(sandbox.path().join("b.pdf")).status();
    assert!(made.unwrap().success());
    let run = sandbox.run("extract a.txt b.pdf /dev/zero");
    let codes: Vec<_> = run.lines().iter().map(|l| l["error"]["code"].clone()).collect();
    assert_eq!(codes, [serde_json::Value::Null, "unreadable".into(), "unreadable".into()]);
    assert!(
        run.err.contains("a pipe or a device, not a file; pass its content on standard input"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn a_signal_finishes_the_documents_at_hand() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("list", &"a.txt\n".repeat(5000))]);
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_findings"))
            .args(["extract", "--files-from", "list", "--no-plugins"])
            .current_dir(sandbox.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        out.read_line(&mut text).unwrap();
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        out.read_to_string(&mut text).unwrap();
        let end = child.wait_with_output().unwrap();
        let said = String::from_utf8(end.stderr).unwrap();
        assert_eq!(end.status.code(), Some(code), "{said}");
        let records =
            text.lines().filter(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()).count();
        assert_eq!(records, text.lines().count());
        assert!(said.contains(&format!("stopped after {records} of 5000 documents")), "{said}");
    }
}

#[test]
fn quiet_is_quiet() {
    let sandbox = Sandbox::new(&[("a.txt", RECIPE)]);
    let run = sandbox.run("extract a.txt gone.txt -q");
    assert_eq!((run.code, run.err.as_str()), (1, ""));
}

#[test]
fn the_trace_stands_beside_the_records() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("b.txt", RECIPE)]);
    let plain = sandbox.run("extract a.txt b.txt");
    let traced = sandbox.run("extract a.txt b.txt --trace trace.ndjson");
    assert_eq!(plain.out, traced.out);
    let trace: Vec<serde_json::Value> =
        sandbox.read("trace.ndjson").lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(trace.len(), 2);
    assert_eq!(trace[0]["source"], "a.txt");
    assert_eq!(trace[1]["outcome"], "unknown-format");
    assert!(trace[0]["stages"][0]["digest"].is_string());
}

#[test]
fn what_is_extracted_validates() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("b.txt", RECIPE)]);
    for format in ["json", "ndjson"] {
        let records = sandbox.run(&format!("extract a.txt b.txt --format {format}")).out;
        let run = sandbox.run_with("validate --strict -", &records);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    }
}
