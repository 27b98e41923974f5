//! Every class of malformed file must give a record or one of the listed errors: within seconds, within the memory
//! limit, without a crash.
//!
//! `FINDINGS_HOSTILE=part-of-a-name cargo test -p findings-tests --test hostile -- --nocapture` runs only the classes
//! with matching names, and shows the time and memory of each. The file of a failing class is kept in the target
//! folder; the message says where.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use findings_tests::hostile::run::{End, Run, findings, run};
use findings_tests::hostile::{Hostile, all};
use serde_json::Value;

/// The time limit for a file; a debug build has twice as much. Pages are not recognised (OCR) here, so that time does
/// not count.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 5 });
/// The memory limit for a file, in bytes.
const MEMORY: u64 = 300 * 1000 * 1000;

#[test]
fn every_hostile_file_gives_a_record_or_an_error_of_the_list() {
    let wanted = std::env::var("FINDINGS_HOSTILE").unwrap_or_default();
    let program = findings();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    fs::create_dir_all(&folder).expect("a folder for the files");
    if !cfg!(target_os = "linux") {
        eprintln!("peak memory is not measured on this system");
    }

    let mut failures = Vec::new();
    let mut count = 0;
    for class in all().into_iter().filter(|class| class.name.contains(&wanted)) {
        count += 1;
        let file = folder.join(format!("{}.pdf", class.name));
        fs::write(&file, &class.bytes).expect("writing the file");
        let path = file.to_str().expect("a path of text");
        let done = run(&program, &["extract", "--ocr", "never", "--format", "ndjson", path], &folder, TIME)
            .expect("running findings");
        let verdict = judge(&class, &done);
        println!("{}", row(&class, &done, &verdict));
        match verdict {
            Ok(_) => fs::remove_file(&file).expect("removing the file"),
            Err(problem) => failures.push(format!("{}: {problem}\n    {}", class.name, shown(&file, &done))),
        }
    }
    assert!(count > 0, "no class is named like {wanted:?}");
    assert!(failures.is_empty(), "{} of {count} classes failed:\n{}", failures.len(), failures.join("\n"));
}

/// The outcome (`record` or an error code), or a description of every broken promise.
fn judge(class: &Hostile, run: &Run) -> Result<String, String> {
    let outcome = match run.end {
        End::Signal(signal) => Err(format!("ended by signal {signal}")),
        End::TooLong => Err(format!("took longer than {TIME:?}")),
        End::Exit(code) => outcome(class, code, &run.stdout),
    };
    match run.peak_memory {
        Some(memory) if memory > MEMORY => {
            let memory = format!("needed {} MB", memory / 1_000_000);
            Err(outcome.err().map_or(memory.clone(), |problem| format!("{problem}, and {memory}")))
        }
        _ => outcome,
    }
}

/// The outcome according to the single line of output: exit code 0 with a record, 1 with an error.
fn outcome(class: &Hostile, code: i32, stdout: &[u8]) -> Result<String, String> {
    let text = std::str::from_utf8(stdout).map_err(|_| "wrote no UTF-8".to_owned())?;
    let lines = text.lines().count();
    if lines != 1 || !text.ends_with('\n') {
        return Err(format!("exit {code}, wrote {lines} lines"));
    }
    let line: Value = serde_json::from_str(text).map_err(|error| format!("wrote no JSON: {error}"))?;
    let outcome = match line.get("error") {
        Some(error) => error["code"].as_str().ok_or("wrote an error without a code")?,
        None if line["schema"].is_string() => "record",
        None => return Err("wrote neither a record nor an error".to_owned()),
    };
    if !class.allowed.contains(&outcome) {
        return Err(format!("{outcome} is not among {:?}", class.allowed));
    }
    if code != i32::from(outcome != "record") {
        return Err(format!("{outcome} with exit {code}"));
    }
    Ok(outcome.to_owned())
}

/// A row for the list of all runs.
fn row(class: &Hostile, run: &Run, verdict: &Result<String, String>) -> String {
    let memory = run.peak_memory.map_or("?".to_owned(), |memory| (memory / 1_000_000).to_string());
    let verdict = verdict.as_ref().map_or_else(|problem| format!("FAILED: {problem}"), Clone::clone);
    format!("{:<45} {:>6} ms {memory:>5} MB  {verdict}", class.name, run.took.as_millis())
}

/// Details for investigating a failure.
fn shown(file: &Path, run: &Run) -> String {
    let beginning = |bytes: &[u8]| String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).trim().to_owned();
    format!("{} | {} | {}", file.display(), beginning(&run.stdout), beginning(&run.stderr))
}
