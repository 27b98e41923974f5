//! How long each stage takes. One iteration is one document; one sample is all documents once, so that the times
//! are means per document.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use divan::{Bencher, Divan, black_box};
use findings_bench::documents::{self, Document};
use findings_bench::median;
use findings_core::format;
use findings_core::ofsted;
use findings_core::outline::Outline;
use findings_core::pipeline::{self, ReadOptions};
use findings_core::record::Record;
use findings_core::text::{self, TextLayer};
use findings_core::validate;

/// How often the table of the pipeline's own times reads each document.
const ROUNDS: usize = 5;

/// A document, and what the stages made of it.
struct Prepared {
    document: Document,
    layer: TextLayer,
    outline: Outline,
    record: Record,
}

fn prepared() -> &'static [Prepared] {
    static PREPARED: OnceLock<Vec<Prepared>> = OnceLock::new();
    PREPARED.get_or_init(|| {
        let documents = documents::load();
        let all = documents.len();
        let prepared: Vec<_> = documents
            .into_iter()
            .filter_map(|document| {
                let layer = text::pdf::read(&document.bytes).ok()?.layer;
                let reading = pipeline::read(&document.name, &document.bytes, &ReadOptions::default());
                Some(Prepared {
                    outline: Outline::build(&layer),
                    layer,
                    record: reading.outcome.ok()?,
                    document,
                })
            })
            .collect();
        println!("{} documents, {} of them left out: no record", prepared.len(), all - prepared.len());
        assert!(!prepared.is_empty(), "no document gives a record");
        prepared
    })
}

fn main() {
    let documents = prepared();
    Divan::from_args().sample_size(documents.len() as u32).sample_count(10).main();
    print_trace(documents);
}

/// One document after the other, from the first again after the last.
fn each() -> impl Fn() -> &'static Prepared {
    let at = AtomicUsize::new(0);
    move || &prepared()[at.fetch_add(1, Ordering::Relaxed) % prepared().len()]
}

/// PDF → text layer.
#[divan::bench]
fn text(bencher: Bencher) {
    bencher.with_inputs(each()).bench_values(|d| done(text::pdf::read(&d.document.bytes)));
}

/// Text layer → outline.
#[divan::bench]
fn outline(bencher: Bencher) {
    bencher.with_inputs(each()).bench_values(|d| done(Outline::build(&d.layer)));
}

/// Outline → what each format's anchors make of it.
#[divan::bench]
fn claims(bencher: Bencher) {
    bencher.with_inputs(each()).bench_values(|d| done(format::claims(ofsted::FORMATS, &d.outline)));
}

/// Record → validated record.
#[divan::bench]
fn validation(bencher: Bencher) {
    bencher.with_inputs(each()).bench_values(|d| done(validate::record(&d.record)));
}

/// PDF → validated record: all stages.
#[divan::bench]
fn whole(bencher: Bencher) {
    bencher.with_inputs(each()).bench_values(|d| {
        done(pipeline::read(&d.document.name, &d.document.bytes, &ReadOptions::default()));
    });
}

/// Frees what a stage gave, as the program does, within the time that is taken.
fn done<T>(value: T) {
    drop(black_box(value));
}

/// What the pipeline says of its own stages: means over documents of the median of some readings.
fn print_trace(documents: &[Prepared]) {
    let mut names: Vec<&str> = Vec::new();
    let mut sums: Vec<f64> = Vec::new();
    for d in documents {
        let traces: Vec<_> = (0..ROUNDS)
            .map(|_| {
                let r = pipeline::read(&d.document.name, &d.document.bytes, &ReadOptions::default());
                r.trace.stages
            })
            .collect();
        for (i, stage) in traces[0].iter().enumerate() {
            if names.len() <= i {
                names.push(stage.name);
                sums.push(0.0);
            }
            sums[i] += median(traces.iter().map(|t| t[i].micros as f64).collect());
        }
    }
    let all: f64 = sums.iter().sum();
    println!("\n| stage | share | ms a document |\n|---|---:|---:|");
    for (name, sum) in names.iter().zip(&sums) {
        println!("| {name} | {:.1} % | {:.2} |", sum / all * 100.0, sum / documents.len() as f64 / 1000.0);
    }
    println!("| all | 100 % | {:.2} |", all / documents.len() as f64 / 1000.0);
}
