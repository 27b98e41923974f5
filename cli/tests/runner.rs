//! The runner: whatever a child does, the parent gets an answer in time, and no child is left.

#![allow(missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use findings_cli::worker::ProcessRunner;
use findings_core::runner::{Job, Program, RunError, RunLimits, Runner};
use findings_core::text::fallback::{ForeignText, WORKER};

/// The variable with the folder of Tesseract's models, which is passed on if set.
const TESSDATA_PREFIX: &str = "TESSDATA_PREFIX";

const LIMITS: RunLimits = RunLimits { time: Duration::from_millis(1500), memory: 256 << 20, output: 4 << 20 };

fn run(mode: &'static str, input: &[u8]) -> Result<Vec<u8>, RunError> {
    let runner = ProcessRunner::with(env!("CARGO_BIN_EXE_findings").into());
    let started = Instant::now();
    let result = runner.run(&Job { limits: LIMITS, ..Job::worker(mode, input) });
    assert!(started.elapsed() < Duration::from_secs(6), "the answer came too late: {result:?}");
    result
}

#[test]
fn input_goes_in_and_output_comes_out() {
    // Larger than a pipe's buffer, in both directions.
    let input = b"findings ".repeat(100_000);
    assert_eq!(run("test-echo", &input).unwrap(), input);
}

#[test]
fn a_child_that_hangs_is_ended() {
    assert_eq!(run("test-hang", b""), Err(RunError::TimedOut(LIMITS.time)));
    // A child that never reads its input.
    assert_eq!(run("test-hang", &[0; 1 << 20]), Err(RunError::TimedOut(LIMITS.time)));
}

#[test]
fn a_child_that_never_rests_is_ended() {
    assert_eq!(run("test-spin", b""), Err(RunError::TimedOut(LIMITS.time)));
}

#[test]
fn a_flood_is_stopped() {
    assert_eq!(run("test-flood", b""), Err(RunError::OutputTooLarge(LIMITS.output)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_balloon_bursts() {
    assert_eq!(run("test-balloon", b""), Err(RunError::OutOfMemory(LIMITS.memory)));
}

#[test]
fn a_panic_is_told_with_its_message() {
    let error = run("test-panic", b"").unwrap_err();
    let RunError::Crashed { status, message } = &error else { panic!("{error:?}") };
    assert!(status.contains("70"), "{status}");
    assert!(message.contains("planned"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_that_a_child_started_is_left() {
    let out = run("test-orphan", b"");
    assert_eq!(out, Err(RunError::TimedOut(LIMITS.time)), "its child holds the pipe");
    let ours = std::fs::read_dir("/proc").unwrap().flatten().filter(|p| {
        let command = std::fs::read_to_string(p.path().join("cmdline")).unwrap_or_default();
        command == "sleep\0987654\0"
    });
    assert_eq!(ours.count(), 0);
}

#[cfg(unix)]
#[test]
fn other_programs_run_under_the_same_limits() {
    let runner = ProcessRunner::with(env!("CARGO_BIN_EXE_findings").into());
    let job = |program: &str, args: &[&str]| {
        let args = args.iter().map(Into::into).collect();
        runner.run(&Job {
            program: Program::Other(program.into()),
            args,
            env: vec![("FINDINGS_TEST", "1".into())],
            input: b"in",
            limits: LIMITS,
        })
    };
    assert_eq!(job("cat", &[]), Ok(b"in".to_vec()));
    let env = String::from_utf8(job("env", &[]).unwrap()).unwrap();
    let mut names: Vec<&str> = env.lines().filter_map(|l| l.split('=').next()).collect();
    names.sort_unstable();
    names.retain(|n| *n != TESSDATA_PREFIX);
    assert_eq!(names, ["FINDINGS_TEST", "PATH"]);
    assert!(matches!(job("sleep", &["30"]), Err(RunError::TimedOut(_))));
    let error = job("no-such-program", &[]).unwrap_err().to_string();
    assert!(error.contains("no-such-program could not be started"), "{error}");
}

#[test]
fn the_second_engine_reads_a_pdf() {
    let pdf = include_bytes!("../../corpus/ilacs/ashmoor-2023-06-16.pdf");
    // This test does not measure time; a debug build on a busy machine may be slow.
    let limits = RunLimits { time: Duration::from_secs(60), ..LIMITS };
    let runner = ProcessRunner::with(env!("CARGO_BIN_EXE_findings").into());
    let answer = runner.run(&Job { limits, ..Job::worker(WORKER, pdf) }).unwrap();
    let text: ForeignText = serde_json::from_slice(&answer).unwrap();
    assert_eq!(text.stopped, None);
    let page = &text.pages[0];
    assert!((590.0..600.0).contains(&page.width) && (800.0..900.0).contains(&page.height));
    let first: String = page.glyphs.iter().take(4).map(|g| g.text.as_str()).collect();
    assert_eq!(first, "Insp");
    assert!(
        page.glyphs.iter().all(|g| (0.0..page.width).contains(&g.x) && (0.0..page.height).contains(&g.y))
    );
}

#[test]
fn the_second_engine_says_what_stopped_it() {
    let text: ForeignText = serde_json::from_slice(&run(WORKER, b"%PDF-1.7 and no more").unwrap()).unwrap();
    assert!(text.pages.is_empty() && text.stopped.is_some());
}

/// What a worker with these needs can still do.
#[cfg(target_os = "linux")]
fn abilities(needs: &str) -> serde_json::Value {
    let runner = ProcessRunner::with(env!("CARGO_BIN_EXE_findings").into());
    let job = Job { args: vec!["--".into(), needs.into()], limits: LIMITS, ..Job::worker("abilities", b"") };
    serde_json::from_slice(&runner.run(&job).unwrap()).unwrap()
}

/// Needs a kernel with Landlock and seccomp, like those of all distributions since 2022.
#[cfg(target_os = "linux")]
#[test]
fn a_worker_gives_up_what_it_does_not_need() {
    let can = |privileges: bool, read: bool, write: bool, start: bool| serde_json::json!({ "privileges": privileges, "network": false, "read": read, "write": write, "start": start });
    assert_eq!(abilities("nothing"), can(false, false, false, false));
    assert_eq!(abilities("libraries"), can(false, false, false, false));
    // Tesseract reads its models, and may need a temporary file.
    assert_eq!(abilities("programs"), can(false, true, true, true));
}

/// A program run under a worker's limits, like Tesseract, has no network and can't write anywhere it likes.
#[cfg(target_os = "linux")]
#[test]
fn another_program_has_no_network_and_writes_nothing_of_the_users() {
    let runner = ProcessRunner::with(env!("CARGO_BIN_EXE_findings").into());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sealed");
    // A separate folder for temporary files, because the project may be inside the system's.
    let temporary = folder.join("temporary");
    std::fs::create_dir_all(&temporary).unwrap();
    let file = folder.join("written");
    let _ = std::fs::remove_file(&file);
    let script = format!("echo x > {}; echo done", file.display());
    let job = |program: &str, args: &[&str]| {
        let args = args.iter().map(Into::into).collect();
        runner.run(&Job {
            program: Program::Other(program.into()),
            args,
            env: vec![("TMPDIR", temporary.clone().into())],
            input: b"",
            limits: LIMITS,
        })
    };
    assert_eq!(job("sh", &["-c", &script]), Ok(b"done\n".to_vec()));
    assert!(!file.exists(), "a sealed program wrote {}", file.display());
    // Bash opens sockets by name.
    let socket = job("bash", &["-c", "echo x > /dev/udp/127.0.0.1/9 && echo sent"]);
    assert!(
        matches!(&socket, Err(RunError::Crashed { message, .. }) if message.contains("not permitted")),
        "{socket:?}"
    );
}
