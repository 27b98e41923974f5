//! A form in plain text with labels beside labels, cells one space apart, values and first cells over two lines, headings with
//! numbers right above their paragraphs, and an address that has no label.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::{Value, json};

use shared::{IDENTITY, sample};

const RESULTS: [&str; 3] = ["Compliant", "Minor breach", "Serious breach"];
const WORKS: [&str; 6] = [
    "Long Weir Sluice",
    "Hob Lane Culvert",
    "Tansy Drain",
    "Upper Mill Pond",
    "Carr Dyke",
    "Fleet Pumping Station",
];
const OFFICERS: [&str; 3] = ["Edda Tarn", "Lydia Prowse", "Callum Skerry"];
const KINDS: [&str; 2] = ["Routine visit", "Audit"];

fn results(n: usize) -> [&'static str; 3] {
    [0, 1, 2].map(|k| RESULTS[(n + k * n / 2 + k) % 3])
}

/// Two cells of a row, the label of the second one space behind the first value where that is long.
fn row(a: &str, value: &str, b: &str, other: &str) -> String {
    format!("{a:15}{value:17}{b:18}{other}\n", value = format!("{value} "))
}

fn report(n: usize) -> String {
    let [banks, gates, signs] = results(n);
    let looked =
        |first: &str, result: &str| format!("{first:22}{result:18}4.{n}\n", first = format!("{first} "));
    let announced = if n.is_multiple_of(3) { "an announced" } else { "an unannounced" };
    let holder = if n.is_multiple_of(2) { "Carr and Fen" } else { "Mill Owners" };
    format!(
        "FENDALE DRAINAGE BOARD\nReport on a licence\n\n{} High Street\nFendale\nFD{} 1AB\n\nTelephone: 01999 5500{n}\n\n\
         {}{}{:15}Company {n}\n{}\n\
         Section 1 – What we looked at\n\n{}{}{}beside the road\n{}\n\
         Section 2 – What we found\nThis was {announced} visit which took place on {} May 2025 between nine and noon, when the water was low.\n\
         The keeper, who had been told of the last visit, showed us the book of levels for the whole of the year before it.\n",
        10 + n,
        1 + n,
        row("Works", WORKS[n], "Licence number", &format!("FD-04{n}7")),
        row("Licence holder", holder, "Type of audit", KINDS[n % 2]),
        "",
        row("Lead officer", OFFICERS[n % 3], "Date issued", &format!("{} June 2025", 10 + n)),
        looked("Part of the works", "Result").replace(&format!("4.{n}"), "Clause"),
        looked("Gates", gates),
        looked("Banks, paths and walls", banks),
        looked("Signs", signs),
        4 + n,
    )
}

fn reports() -> Vec<Sample> {
    (0..6).map(|n| sample(&format!("{n}.txt"), &report(n))).collect()
}

#[test]
fn all_of_it_is_proposed_and_read() {
    let text = draft(&reports(), IDENTITY).unwrap().text;
    let format = FileFormat::new("drains.format.toml", &text).unwrap();
    for n in 0..6 {
        let record = format.record(sample("n.txt", &report(n)).document).whole();
        let about = format!("{n}: {text}\n{}", report(n));
        assert_eq!(record["extension"]["works"], WORKS[n], "{about}");
        assert_eq!(record["extension"]["licence_number"], format!("FD-04{n}7"), "{about}");
        let holder = record["extension"]["licence_holder"].as_str().unwrap();
        assert!(holder.ends_with(&format!("Company {n}")), "{about}");
        assert_eq!(
            record["extension"]["address"],
            format!("{} High Street Fendale FD{} 1AB", 10 + n, 1 + n),
            "{about}"
        );
        assert_eq!(record["inspection"]["type"], ["routine-visit", "audit"][n % 2], "{about}");
        assert_eq!(
            record["inspection"]["start"],
            format!("2025-05-{:02}", 4 + n),
            "announced or not: {about}"
        );
        assert_eq!(record["inspectors"][0]["name"], OFFICERS[n % 3], "{about}");
        assert_eq!(record["inspectors"][0]["lead"], true, "{about}");
        let judged = record["judgements"].as_array().unwrap().iter().map(said).collect::<Vec<_>>();
        let [banks, gates, signs] = results(n);
        let wanted = [("Gates", gates), ("Banks, paths and walls beside the road", banks), ("Signs", signs)];
        assert_eq!(judged, wanted, "{about}");
        let headings = record["sections"].as_array().unwrap().iter().map(|s| s["heading"].clone());
        let wanted = [json!("Section 1 – What we looked at"), json!("Section 2 – What we found")];
        assert_eq!(headings.collect::<Vec<_>>(), wanted, "{about}");
    }
}

fn said(judgement: &Value) -> (&str, &str) {
    let text = |name: &str| judgement[name].as_str().unwrap_or_default();
    (text("label"), text("printed"))
}
