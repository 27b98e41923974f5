//! Confidence is a frequency: the confidence stated of the corpus's values, under systematic damage, is compared with
//! how often they are right.

use findings_core::confidence::{FLAGGED_BELOW, Frequencies, kinds};
use findings_core::doubts;
use findings_core::pipeline::{ReadOptions, open, read};
use findings_core::record::within;
use findings_tests::documents::{corpus, each, files};
use findings_workbench::calibrate::{Judged, by_stress, group_of, held_against};
use findings_workbench::stress::Settings;

/// By how much values may be right less often than stated. The frequencies were counted in real reports, while the
/// corpus is fictional. Anything below 0.9 is in doubt anyway, whatever the exact figure.
fn most_off(from: f32) -> f64 {
    match from {
        from if from >= 0.99 => 0.01,
        from if from >= FLAGGED_BELOW => 0.02,
        _ => 0.1,
    }
}

fn uncalibrated() -> ReadOptions {
    ReadOptions { uncalibrated: true, ..ReadOptions::default() }
}

fn judged() -> Vec<Judged> {
    let documents = files(&corpus(), &[".pdf", ".txt"]);
    let settings = Settings { each: 1, ..Settings::default() };
    let all = each(&documents, |path| {
        let bytes = std::fs::read(path).expect("a document");
        let opened = open("a", &bytes, &uncalibrated()).ok()?;
        by_stress(&opened, &uncalibrated(), &settings).ok()
    });
    all.into_iter().flatten().flatten().collect()
}

#[test]
fn what_is_stated_is_how_often_it_is_right() {
    let judged = judged();
    let native: Vec<Judged> = judged.into_iter().filter(|j| j.kind.layer == "native").collect();
    assert!(native.len() > 30_000, "{} values were judged", native.len());
    let reliability = held_against(&native, Frequencies::bundled(), group_of);
    println!("{}", reliability.table().plain());
    let mut bins = 0;
    for (group, bin) in reliability.bins() {
        // With few values the share is too uncertain.
        let Some(gap) = bin.gap().filter(|_| bin.values >= 200) else { continue };
        bins += 1;
        let most = most_off(bin.from);
        // Being right more often than stated does no harm.
        assert!(gap >= -most, "{group} from {}: {:.1} points off", bin.from, gap * 100.0);
    }
    assert!(bins >= 6, "{bins} bins have enough values");
}

#[test]
fn records_state_what_the_counts_say_and_flag_what_is_low() {
    for path in files(&corpus(), &[".pdf", ".txt"]) {
        let bytes = std::fs::read(&path).expect("a document");
        let of_words = read("a", &bytes, &uncalibrated());
        let stated = read("a", &bytes, &ReadOptions::default());
        let (Some(of_words), Some(stated)) = (of_words.record(), stated.record()) else { continue };
        let raised: Vec<String> = doubts(stated).into_iter().map(|d| d.pointer).collect();
        for (pointer, kind) in kinds(of_words) {
            let confidence = Frequencies::bundled().stated(&kind);
            assert_eq!(
                stated.evidence[&pointer].confidence,
                Some(confidence),
                "{} {pointer}",
                path.display()
            );
            let flagged = raised.iter().any(|d| within(d, &pointer) || within(&pointer, d));
            assert!(confidence >= FLAGGED_BELOW || flagged, "{} {pointer}: {confidence}", path.display());
        }
    }
}
