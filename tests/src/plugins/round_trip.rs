//! Measures the cost of running a plugin's format in another process: everything between host and plugin, except the
//! plugin's own work.
//!
//! The SDK rebuilds the outline from the lines, which other plugins need not do. So that time is reported separately
//! from the round trip, like the plugin's own work.

use std::hint::black_box;
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use findings_core::outline::Outline;
use findings_core::plugin::{Document, Foreign, PluginRecord, TextModel, text_model};
use findings_host::wire;
use findings_plugin_sdk::Plugin;

use super::loopback::Loopback;

/// How often each step is timed. The fastest counts, because other load on the machine can only add time.
const ROUNDS: usize = 101;

/// Times the round trip of a document, and returns a table of its steps.
///
/// # Panics
/// The document is not the plugin's, or its record fails verification.
pub fn measure(plugin: &'static Plugin, path: &Path) -> String {
    let format = plugin.formats[0];
    let bytes = std::fs::read(path).expect("a document can be read");
    let request = text_model("document", &bytes, format.info().id).expect("a document has text");
    let model: TextModel = serde_json::from_slice(&request).expect("a text model");
    let Document { info, layer, outline, run } = model.clone().into_document();
    let record = format.record(model.clone().into_document());
    let answer = serde_json::to_vec(&record).expect("a record serialises");
    let (host, _) = Loopback::host(plugin);

    let none = || ();
    let cross = || serde_json::from_slice::<TextModel>(&request).expect("a text model");
    let answered = || serde_json::from_slice::<PluginRecord>(&answer).expect("a record");
    let encode = |()| {
        let model = TextModel::of(&model.format, &info, run.clone(), &layer, &outline);
        serde_json::to_vec(&model).expect("a text model serialises")
    };
    let verify = |answer| host.verify(answer, &model.format, &info, &layer).expect("the record holds");

    let build = fastest(none, |()| Outline::build(&layer));
    let steps = [
        ("encode the text model", fastest(none, encode)),
        ("pipe, there and back", fastest(none, |()| through_pipes(&request, &answer))),
        ("decode it, build its lines", fastest(none, |()| cross().into_document()).saturating_sub(build)),
        ("encode the record", fastest(none, |()| serde_json::to_vec(&record).expect("a record serialises"))),
        ("decode it", fastest(none, |()| answered())),
        ("validate it", fastest(answered, verify)),
    ];
    let schema = fastest(none, |()| findings_core::validate::value(&record.values).ok());
    let evidence =
        fastest(none, |()| findings_core::evidence::violations(&record.values, &record.evidence, &layer));
    let own = fastest(|| cross().into_document(), |document| format.record(document));
    let parts = [
        ("(of validating: the schema", schema),
        ("(of validating: the evidence", evidence),
        ("(beside it: the SDK's outline", build),
        ("(beside it: the plugin's own work", own),
    ];
    let pages = model.pages.len();
    format!(
        "{pages} pages, {} KB there, {} KB back\n{}",
        request.len() >> 10,
        answer.len() >> 10,
        table(&steps, &parts, pages)
    )
}

/// A table of the steps with their sum, followed by the parts that are included in a step or not in the sum.
fn table(steps: &[(&str, Duration)], parts: &[(&str, Duration)], pages: usize) -> String {
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let all = millis(steps.iter().map(|(_, time)| *time).sum());
    let mut out = String::new();
    for (step, time) in steps {
        out += &format!("  {step:<34}{:>8.2} ms\n", millis(*time));
    }
    out += &format!("  {:<34}{all:>8.2} ms\n", "the round trip");
    out += &format!("  {:<34}{:>8.2} ms\n", "the same for 20 pages", all * 20.0 / pages as f64);
    for (part, time) in parts {
        out += &format!("  {part:<34}{:>8.2} ms)\n", millis(*time));
    }
    out
}

/// The time of the fastest of several rounds. Preparing the input is not timed.
fn fastest<T, R>(made: impl Fn() -> T, work: impl Fn(T) -> R) -> Duration {
    let timed = |_| {
        let input = made();
        let started = Instant::now();
        drop(black_box(work(input)));
        started.elapsed()
    };
    (0..ROUNDS).map(timed).min().unwrap_or_default()
}

/// Sends a request and an answer through pipes, as the host and its worker do.
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
