//! `findings format draft`: proposes a file from samples, or says why it can't.

#![allow(missing_docs)]

mod common;

use common::{RECIPE, REPORT, Sandbox};

const SAMPLES: &[(&str, &str)] = &[
    ("letters/alder.txt", include_str!("../../corpus/westmoor/alder-house.txt")),
    ("letters/birch.txt", include_str!("../../corpus/westmoor/birch-court.txt")),
    ("letters/cedar.txt", include_str!("../../corpus/westmoor/cedar-lodge.txt")),
    ("labels/alder.label.json", include_str!("../../corpus/westmoor/alder-house.label.json")),
    ("labels/birch.label.json", include_str!("../../corpus/westmoor/birch-court.label.json")),
    ("labels/cedar.label.json", include_str!("../../corpus/westmoor/cedar-lodge.label.json")),
];

#[test]
fn a_proposal_is_a_file_that_reads_its_samples() {
    let sandbox = Sandbox::new(SAMPLES);
    let run = sandbox.run("format draft letters --id eastmoor.letter -o eastmoor.format.toml");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    let next = "each marked GUESS; next: findings format check eastmoor.format.toml letters\n";
    assert!(run.err.ends_with(next), "{}", run.err);
    let file = sandbox.read("eastmoor.format.toml");
    assert!(file.contains("# “Home visited:”: in all 3 samples, 3 different values."), "{file}");
    let run = sandbox.run("format check eastmoor.format.toml letters");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let run = sandbox.run("format draft letters -o eastmoor.format.toml");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("exists already; --force overwrites it"), "{}", run.err);
}

#[test]
fn with_labels_it_says_what_reads_them() {
    let sandbox = Sandbox::new(SAMPLES);
    let run = sandbox.run("format draft letters --gold labels --id eastmoor.letter");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        run.out.contains("after “Kind of visit:”: reads the labelled values in all 3 labelled samples."),
        "{}",
        run.out
    );
    assert!(run.out.contains("# - grades: no list under a heading has the labelled items"), "{}", run.out);
    let run = sandbox.run("format draft letters --gold letters");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("no label belongs to any of the samples"), "{}", run.err);
}

#[test]
fn what_makes_no_layout_is_refused() {
    let sandbox = Sandbox::new(&[
        ("a.txt", REPORT),
        ("b.txt", RECIPE),
        ("c.txt", "Dear Ann,\n\nThank you for the jam.\n"),
    ]);
    let run = sandbox.run("format draft a.txt b.txt");
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("findings: 2 different samples could be read"), "{}", run.err);
    let run = sandbox.run("format draft a.txt b.txt c.txt");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("do they all have the same layout?"), "{}", run.err);
    let run = sandbox.run("format draft a.txt b.txt c.txt --id westmoor");
    assert!(run.err.contains("write --id REGULATOR.NAME"), "{}", run.err);
}
