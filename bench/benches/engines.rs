//! The text engine of findings beside hayro-interpret, on the same documents in one run and one thread: who goes
//! first changes from round to round. `FINDINGS_BENCH_ROUNDS` says how many rounds (7), `FINDINGS_BENCH_WORDS=1`
//! prints the words that differ.

use std::hint::black_box;
use std::time::Instant;

use findings_bench::documents::{self, Document};
use findings_bench::words::Agreement;
use findings_bench::{hayro, median};
use findings_core::text;

/// One way to read a document.
type Engine = fn(&Document);

const OWN: usize = 0;
const HAYRO: usize = 1;
const BARE: usize = 3;
const ENGINES: [(&str, Engine); 4] = [
    ("findings: structure tree, glyphs, lines", |d| drop(black_box(text::pdf::read(&d.bytes)))),
    ("hayro-interpret: structure tree, glyphs, words", |d| {
        drop(black_box(hayro::read(d.bytes.clone(), true)))
    }),
    ("hayro-interpret: glyphs, words", |d| drop(black_box(hayro::read(d.bytes.clone(), false)))),
    ("hayro-interpret: pages interpreted, nothing kept", |d| {
        black_box(hayro::interpret_only(d.bytes.clone()));
    }),
];

/// What the engines gave, over all documents.
#[derive(Default)]
struct Text {
    all: Agreement,
    differing: Vec<(String, i64)>,
    by_document: Vec<(f64, String)>,
    own_structured: usize,
    hayro_structured: usize,
    glyphs: usize,
    unmapped: usize,
    with_id: usize,
    with_weight: usize,
}

fn main() {
    let rounds = std::env::var("FINDINGS_BENCH_ROUNDS").ok().and_then(|r| r.parse().ok()).unwrap_or(7).max(1);
    let mut documents = documents::load();
    let all = documents.len();
    let mut text = Text::default();
    // Reads each document once before any time is taken.
    documents.retain(|d| text.add(d));
    println!("{} documents, {} left out: an engine can't open them", documents.len(), all - documents.len());
    assert!(!documents.is_empty(), "nothing to measure");

    // Milliseconds by engine and document.
    let mut medians = vec![Vec::new(); ENGINES.len()];
    let mut least = vec![0.0; ENGINES.len()];
    for d in &documents {
        let mut times = vec![Vec::new(); ENGINES.len()];
        for round in 0..rounds {
            for i in 0..ENGINES.len() {
                let engine = (i + round) % ENGINES.len();
                let since = Instant::now();
                ENGINES[engine].1(d);
                times[engine].push(since.elapsed().as_secs_f64() * 1000.0);
            }
        }
        for (engine, times) in times.into_iter().enumerate() {
            least[engine] += times.iter().copied().fold(f64::INFINITY, f64::min);
            medians[engine].push(median(times));
        }
    }
    let n = documents.len() as f64;
    let sum = |engine: usize| medians[engine].iter().sum::<f64>();
    println!("{rounds} rounds; a document's time is the median of its rounds\n");
    println!("| engine | ratio of times | ratio of best rounds | median ratio a document | ms a document |");
    println!("|---|---:|---:|---:|---:|");
    for (i, (name, _)) in ENGINES.iter().enumerate() {
        let ratios = medians[i].iter().zip(&medians[OWN]).map(|(a, b)| a / b).collect();
        println!(
            "| {name} | {:.2} | {:.2} | {:.2} | {:.2} |",
            sum(i) / sum(OWN),
            least[i] / least[OWN],
            median(ratios),
            sum(i) / n
        );
    }
    let faster = medians[OWN].iter().zip(&medians[HAYRO]).filter(|(own, other)| own < other).count();
    let bare = medians[OWN].iter().zip(&medians[BARE]).filter(|(own, other)| own < other).count();
    println!("\nfindings is faster on {faster} of {n} documents, and than the bare interpreter on {bare}");
    text.print();
}

impl Text {
    /// Whether both engines can read it.
    fn add(&mut self, d: &Document) -> bool {
        let (Ok(own), Some(other)) = (text::pdf::read(&d.bytes), hayro::read(d.bytes.clone(), true)) else {
            println!("left out: {}", d.name);
            return false;
        };
        let lines = || own.layer.pages.iter().flat_map(|p| &p.lines);
        let a = Agreement::of(
            lines().flat_map(|l| &l.words).map(|w| &*w.text),
            other.words.iter().map(|w| &*w.text),
        );
        self.by_document.push((a.f1(), d.name.clone()));
        self.all.left += a.left;
        self.all.right += a.right;
        self.all.both += a.both;
        self.differing.extend(a.differing);
        self.own_structured += lines().filter(|l| l.element.is_some()).map(|l| l.words.len()).sum::<usize>();
        self.hayro_structured += other.words.iter().filter(|w| w.element.is_some()).count();
        self.glyphs += other.glyphs;
        self.unmapped += other.unmapped;
        self.with_id += other.with_id;
        self.with_weight += other.with_weight;
        true
    }

    fn print(mut self) {
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64 * 100.0;
        self.by_document.sort_by(|a, b| a.0.total_cmp(&b.0));
        println!("\nwords: findings {}, hayro {}; F1 {:.4}", self.all.left, self.all.right, self.all.f1());
        let same = self.by_document.iter().filter(|(f1, _)| *f1 == 1.0).count();
        println!("documents with the very same words: {same}");
        for (f1, name) in self.by_document.iter().take(5).filter(|(f1, _)| *f1 < 1.0) {
            println!("  lowest F1 {f1:.4}: {name}");
        }
        println!(
            "words in an element of the structure tree: findings {:.2} %, hayro {:.2} %",
            share(self.own_structured, self.all.left),
            share(self.hayro_structured, self.all.right)
        );
        println!(
            "glyphs of hayro: {:.2} % with a marked-content id, {:.2} % with a font weight, {:.3} % unmapped",
            share(self.with_id, self.glyphs),
            share(self.with_weight, self.glyphs),
            share(self.unmapped, self.glyphs)
        );
        if std::env::var_os("FINDINGS_BENCH_WORDS").is_some() {
            self.differing.sort_by_key(|(_, n)| -n.abs());
            for (word, n) in self.differing.iter().take(80) {
                println!("  {n:+} {word:?}");
            }
        }
    }
}
