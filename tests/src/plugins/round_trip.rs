//! What it costs that a plugin's format runs elsewhere: everything between host and plugin but the plugin's own work.
//!
//! That the SDK builds the outline anew from the lines counts as a cost of the round trip, not as the plugin's work.

use std::hint::black_box;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use findings_core::plugin::{Document, TextModel, text_model, wire};
use findings_plugin_sdk::Plugin;
use serde_json::Value;

use super::loopback::Loopback;

/// How often each step is timed; its median counts.
const ROUNDS: usize = 21;

/// Times the round trip of a document and gives a table of its steps.
///
/// # Panics
/// The document is none of the plugin's, or its record does not hold.
pub fn measure(plugin: &'static Plugin, path: &Path) -> String {
    let format = plugin.formats[0];
    let bytes = std::fs::read(path).expect("a document can be read");
    let request = text_model("document", &bytes, format.info().id).expect("a document has text");
    let model: TextModel = serde_json::from_slice(&request).expect("a text model");
    let Document { info, layer, outline, run } = model.clone().into_document();
    let record = format.record(model.clone().into_document());
    let answer = serde_json::to_vec(&record).expect("a record serialises");
    let (host, _) = Loopback::host(plugin);

    let encode = median(|| {
        let model = TextModel::of(&model.format, &info, run.clone(), &layer, &outline);
        black_box(serde_json::to_vec(&model).expect("a text model serialises"));
    });
    let pipe = median(|| through_pipes(&request, &answer));
    let decode = median(|| {
        black_box(serde_json::from_slice::<TextModel>(&request).expect("a text model"));
    });
    let crossed = median(|| {
        black_box(serde_json::from_slice::<TextModel>(&request).expect("a text model").into_document());
    });
    let answering = median(|| {
        black_box(serde_json::to_vec(&record).expect("a record serialises"));
    });
    let parse = median(|| {
        black_box(serde_json::from_slice::<Value>(&answer).expect("a record"));
    });
    let believe = median(|| {
        let record: Value = serde_json::from_slice(&answer).expect("a record");
        black_box(host.believe(record, &model.format, &info, &layer).expect("the record holds"));
    });
    let schema = median(|| {
        black_box(findings_core::validate::value(&record).ok());
    });
    let evidence = median(|| {
        black_box(findings_core::evidence::faults(&record, &layer));
    });
    let clone = median(|| {
        black_box(model.clone().into_document());
    });
    let own = median(|| {
        black_box(format.record(model.clone().into_document()));
    });
    let steps = [
        ("encode the text model", encode),
        ("pipe, there and back", pipe),
        ("decode it", decode),
        ("build its lines and outline", crossed.saturating_sub(decode)),
        ("encode the record", answering),
        ("decode it", parse),
        ("validate it", believe.saturating_sub(parse)),
    ];
    let all: Duration = steps.iter().map(|(_, time)| *time).sum();
    let pages = model.pages.len();
    let mut out =
        format!("{} pages, {} KB there, {} KB back\n", pages, request.len() >> 10, answer.len() >> 10);
    for (step, time) in steps {
        out += &format!("  {step:<34}{:>8.2} ms\n", millis(time));
    }
    out += &format!("  {:<34}{:>8.2} ms\n", "the round trip", millis(all));
    out += &format!("  {:<34}{:>8.2} ms\n", "the same for 20 pages", millis(all) * 20.0 / pages as f64);
    for (part, time) in [
        ("(of validating: the schema", schema),
        ("(of validating: the evidence", evidence),
        ("(beside it: the plugin's own work", own.saturating_sub(clone)),
    ] {
        out += &format!("  {part:<34}{:>8.2} ms)\n", millis(time));
    }
    out
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

/// Sends a request through a pipe and an answer back, as the host and its worker do.
fn through_pipes(request: &[u8], answer: &[u8]) {
    let (mut asked, mut ask) = io::pipe().expect("a pipe");
    let (mut answered, mut reply) = io::pipe().expect("a pipe");
    thread::scope(|scope| {
        scope.spawn(move || {
            black_box(wire::read(&mut asked, u64::MAX).expect("a request"));
            wire::write(&mut reply, wire::ANSWER, &[answer]).expect("an answer");
        });
        wire::write(&mut ask, wire::EXTRACT, &[request]).expect("a request");
        black_box(wire::read(&mut answered, u64::MAX).expect("an answer"));
    });
}
