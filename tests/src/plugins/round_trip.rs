//! What it costs that a plugin's format runs elsewhere: everything between host and plugin but the plugin's own work.

use std::hint::black_box;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use findings_core::outline::Outline;
use findings_core::plugin::wire;
use findings_core::plugin::{TextModel, text_model};
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
    let model = text_model("document", &bytes, format.info().id).expect("a document has text");
    let crossed = crossed(&model);
    let layer = crossed.clone().into_document().layer;
    let outline = Outline::build(&layer);
    let request = serde_json::to_vec(&model).expect("a text model serialises");
    let record = format.record(crossed.clone().into_document());
    let answer = serde_json::to_vec(&record).expect("a record serialises");
    let (host, _) = Loopback::host(plugin);

    let encode = median(|| {
        let run = model.run.clone();
        let model = TextModel::of(&model.format, &model.document, run, &layer, &outline);
        black_box(serde_json::to_vec(&model).expect("a text model serialises"));
    });
    let pipe = median(|| through_pipes(&request, &answer));
    let decode = median(|| {
        black_box(serde_json::from_slice::<TextModel>(&request).expect("a text model").into_document());
    });
    let answering = median(|| {
        black_box(serde_json::to_vec(&record).expect("a record serialises"));
    });
    let validate = median(|| {
        let record: Value = serde_json::from_slice(&answer).expect("a record");
        black_box(host.believe(record, &model.format, &model.document, &layer).expect("the record holds"));
    });
    let schema = median(|| {
        black_box(findings_core::validate::value(&record).ok());
    });
    let evidence = median(|| {
        black_box(findings_core::evidence::faults(&record, &layer));
    });
    let own = median(|| {
        black_box(format.record(crossed.clone().into_document()));
    });
    let steps = [
        ("encode the text model", encode),
        ("pipe, there and back", pipe),
        ("decode it, build the outline", decode),
        ("encode the record", answering),
        ("decode and validate it", validate),
    ];
    let all: Duration = steps.iter().map(|(_, time)| *time).sum();
    let pages = model.pages.len();
    let mut out =
        format!("{} pages, {} KB there, {} KB back\n", pages, request.len() >> 10, answer.len() >> 10);
    for (step, time) in steps {
        out += &format!("  {step:<30}{:>8.2} ms\n", millis(time));
    }
    out += &format!("  {:<30}{:>8.2} ms\n", "the round trip", millis(all));
    out += &format!("  {:<30}{:>8.2} ms\n", "the same for 20 pages", millis(all) * 20.0 / pages as f64);
    for (part, time) in [
        ("(of validating: the schema", schema),
        ("(of validating: the evidence", evidence),
        ("(the plugin's own work", own.saturating_sub(decode)),
    ] {
        out += &format!("  {part:<30}{:>8.2} ms)\n", millis(time));
    }
    out
}

/// The model as it is on the other side: coordinates have two decimals there.
fn crossed(model: &TextModel) -> TextModel {
    let json = serde_json::to_vec(model).expect("a text model serialises");
    serde_json::from_slice(&json).expect("a text model")
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
