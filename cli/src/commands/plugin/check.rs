//! The conformance kit: tests whether a plugin meets its requirements.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use findings_core::format::{THRESHOLD, claims};
use findings_core::pipeline::{self, ReadOptions};
use findings_core::plugin::Foreign;
use findings_core::plugin::MODEL_SCHEMA_ID;
use findings_core::runner::Runner;
use findings_host::trust::Installed;
use findings_host::{PluginHost, PluginLimits};
use findings_workbench::stress::Settings;
use findings_workbench::stress::render::{headline, silence};
use serde_json::json;

use crate::Exit;
use crate::commands::{print, stress};
use crate::error::{Error, Refusal};
use crate::input;
use crate::worker::ProcessRunner;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The plugin's folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Documents of the plugin's formats: each must become a record [default: the folder samples in DIR]
    #[arg(long, value_name = "INPUT")]
    samples: Vec<String>,
    /// Documents of other formats: none of them may be claimed
    #[arg(long, value_name = "INPUT")]
    others: Vec<String>,
}

/// The checks made, and their results.
#[derive(Default)]
struct Report {
    text: String,
    failed: bool,
}

impl Report {
    fn note(&mut self, what: &str, problems: Vec<String>) {
        let verdict = if problems.is_empty() { "ok    " } else { "FAILED" };
        self.failed |= !problems.is_empty();
        self.text += &format!("{verdict} {what}\n");
        for problem in problems.iter().take(10) {
            self.text += &format!("       {problem}\n");
        }
    }

    /// Adds a remark that is neither a pass nor a failure.
    fn remark(&mut self, what: &str) {
        self.text += &format!("note   {what}\n");
    }

    fn skipped(&mut self, what: &str) {
        self.text += &format!("not tried: {what}\n");
    }
}

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let plugin = Installed::read(&args.folder).map_err(Error::from)?;
    let mut report = Report::default();
    let belongs = plugin.check_library();
    report.note(
        "plugin.toml and the library belong together",
        belongs.err().iter().map(ToString::to_string).collect(),
    );

    let differs = differs(&plugin)?;
    let loads = differs.is_none();
    report.note("it loads, and its manifest agrees with plugin.toml", differs.into_iter().collect());
    if !loads {
        return Ok(finish(&report));
    }
    let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
    let limits = PluginLimits { document: Duration::from_secs(20), ..PluginLimits::default() };
    let host = match PluginHost::new(vec![plugin], runner.clone(), limits) {
        Ok(host) => Arc::new(host),
        Err(why) => {
            report.note("its schemas can be used", vec![why.to_string()]);
            return Ok(finish(&report));
        }
    };
    report.note("its schemas can be used", Vec::new());
    report.note("it survives empty and hostile input", hostile(&host));

    let options = ReadOptions { runner: Some(runner), plugins: Some(host.clone()), ..ReadOptions::default() };
    let samples = samples(args);
    if samples.is_empty() {
        report.note(
            "its samples become records",
            vec!["there are none: give some with --samples, or put them into a folder named samples".into()],
        );
    } else {
        report.note("its samples become records, the same each time", records(&samples, &host, &options));
        report.remark(&stressed(&samples, &options));
    }
    if args.others.is_empty() {
        report.skipped("documents of other formats: give some with --others");
    } else {
        report.note("documents of other formats are not claimed", claimed(&args.others, &host));
    }
    Ok(finish(&report))
}

/// How the library's own manifest differs from `plugin.toml`, if it does.
fn differs(plugin: &Installed) -> Result<Option<String>, Refusal> {
    let promised = &plugin.file.manifest;
    Ok(match super::pack::manifest_of(&plugin.library(), &plugin.library_sha256().map_err(Error::from)?) {
        Ok(m) if (&m.id, &m.version, &m.formats) == (&promised.id, &promised.version, &promised.formats) => {
            None
        }
        Ok(_) => Some("its manifest differs from plugin.toml: run `findings plugin pack` again".to_owned()),
        Err(why) => Some(why.to_string()),
    })
}

/// The samples given on the command line, or else the plugin's own.
fn samples(args: &Args) -> Vec<String> {
    let own = args.folder.join("samples");
    match args.samples.as_slice() {
        [] if own.is_dir() => vec![own.display().to_string()],
        named => named.to_vec(),
    }
}

fn finish(report: &Report) -> Exit {
    match print(&report.text) {
        Exit::Done if report.failed => Exit::SomeFailed,
        exit => exit,
    }
}

/// Malformed requests. The worker must answer each with a known status and survive.
fn hostile(host: &PluginHost) -> Vec<String> {
    let format = host.formats().into_iter().next().map_or("", |f| f.id);
    let model = |pages: serde_json::Value| {
        json!({
            "schema": MODEL_SCHEMA_ID, "format": format, "kind": "plain-text",
            "document": { "source": "x", "sha256": "", "bytes": 0, "media_type": "text/plain", "pages": 1,
                "title": null, "producer": null, "created": null, "text_layer": "plain-text",
                "words": { "total": 0, "sections": 0, "front": 0, "notes": 0, "furniture": 0, "unread": 0 } },
            "run": { "tool": "x", "text_engine": "x", "plugin": null }, "pages": pages, "blocks": []
        })
    };
    let page =
        |lines: Vec<serde_json::Value>| json!([{ "number": 1, "width": 0, "height": 0, "lines": lines }]);
    let line =
        |words: &[String]| json!({ "words": words.iter().map(|w| json!({ "text": w })).collect::<Vec<_>>() });
    let bytes = |v: serde_json::Value| v.to_string().into_bytes();
    let whole = bytes(model(json!([])));
    let requests = [
        ("nothing", Vec::new()),
        ("invalid JSON", b"\xff\xfe{".to_vec()),
        ("an empty object", b"{}".to_vec()),
        ("null", b"null".to_vec()),
        ("half a model", whole[..whole.len() / 2].to_vec()),
        ("100,000 brackets", vec![b'['; 100_000]),
        ("a document without pages", whole),
        ("an empty page", bytes(model(page(Vec::new())))),
        ("a line without words", bytes(model(page(vec![line(&[])])))),
        ("a word of a million letters", bytes(model(page(vec![line(&["a".repeat(1_000_000)])])))),
        ("NULs and controls", bytes(model(page(vec![line(&["\0\u{1}\u{7f}".into(), "\u{feff}".into()])])))),
        ("100,000 lines", bytes(model(page(vec![line(&["word".into(), "1".into()]); 100_000])))),
    ];
    let mut problems = Vec::new();
    for (what, request) in requests {
        match host.try_raw(format, request) {
            Ok(0..=4) => {}
            Ok(status) => problems.push(format!("{what}: it returned the unknown status {status}")),
            Err(e) => problems.push(format!("{what}: {e}")),
        }
    }
    problems
}

fn records(samples: &[String], host: &PluginHost, options: &ReadOptions) -> Vec<String> {
    let mut problems = Vec::new();
    let inputs = input::collect(samples);
    for document in &inputs.list {
        let bytes = match document.bytes(&options.limits) {
            Ok(bytes) => bytes,
            Err(e) => {
                problems.push(format!("{}: {e}", document.name));
                continue;
            }
        };
        let read = || match pipeline::read(&document.name, &bytes, options).outcome {
            Ok(read) if host.plugin_of(read.format()).is_some() => {
                serde_json::to_string(&read).map_err(|e| e.to_string())
            }
            Ok(read) => Err(format!("it was read as {}", read.format())),
            Err(report) => Err(report.error.to_string()),
        };
        match (read(), read()) {
            (Ok(a), Ok(b)) if a != b => {
                problems.push(format!("{}: read twice, with different results", document.name))
            }
            (Err(e), _) | (_, Err(e)) => problems.push(format!("{}: {e}", document.name)),
            _ => {}
        }
    }
    if inputs.list.is_empty() {
        problems.push("no document was found".into());
    }
    problems
}

/// How the plugin's records of damaged samples report the damage. Whether too much of it is silent is for the author to
/// judge.
fn stressed(samples: &[String], options: &ReadOptions) -> String {
    let settings = Settings { each: 1, ..Settings::default() };
    let report = stress::of_inputs(input::collect(samples).list, options, &settings);
    format!(
        "with its samples damaged on purpose, {}\n       ({})\n       `findings stress SAMPLES --plugin-dir DIR` shows which",
        silence(&report),
        headline(&report)
    )
}

fn claimed(others: &[String], host: &PluginHost) -> Vec<String> {
    let options = ReadOptions::default();
    let mut problems = Vec::new();
    for document in input::collect(others).list {
        let Ok(bytes) = document.bytes(&options.limits) else { continue };
        let Ok(doc) = findings_core::plugin::document(&document.name, &bytes) else { continue };
        let claim = claims(host.formats(), &doc.outline).into_iter().find(|c| c.score >= THRESHOLD);
        if let Some(claim) = claim {
            let why = claim.reasons.join(", ");
            problems.push(format!("{}: {} with {:.2} ({why})", document.name, claim.format, claim.score));
        }
    }
    problems
}
