//! An orchard's report: a name with its day as the title, the visit's days behind a label beside a sentence with the day of a response, several
//! inspectors below each other, and a table without heads.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::Value;

use shared::{IDENTITY, sample};

const ORCHARDS: [&str; 5] = ["Pippin Hill", "Quince Bottom", "Medlar Field", "Damson Lane", "Bramley End"];
const NAMES: [&str; 6] =
    ["Edda Tarn", "Lydia Prowse", "Callum Skerry", "Petra Thole", "Bram Oakes", "Ines Quill"];
const RESULTS: [&str; 3] = ["Met", "Partly met", "Not met"];

fn team(n: usize) -> Vec<String> {
    let one = |k: usize| {
        let post = ["Senior Fruit Inspector", "Fruit Inspector"][usize::from(k > 0)];
        format!("{}, {post}", NAMES[(n + k) % 6])
    };
    (0..1 + n % 3).map(one).collect()
}

fn result(n: usize, k: usize) -> &'static str {
    RESULTS[(n + k * 2 + n * k) % 3]
}

fn report(n: usize) -> String {
    format!(
        "THORNMERE ORCHARD OFFICE\nReport on an orchard\n\nPremises:           {}\nActivity date:      {} to {} May 2025\nReport date:        {} June 2025\nInsured:            {}\nInspectors:         {}\n\n\
         What we relied on\n\nWe read the grower's response to the assessment received {} May 2025.\n\n\
         Results\n\nRule 1(a)    Spraying is kept to calm days.    {}\nRule 1(b)    Ladders are tied at the top.      {}\nRule 2(a)    Boxes are lined with straw.       {}\n\n\
         Next steps\n\n- Prune the {} trees.\n- Net the cherries.\n\nEnd of the report.\n",
        ORCHARDS[n],
        4 + n,
        6 + n,
        10 + n,
        ["Yes", "No"][n % 2],
        team(n).join("\n                    "),
        20 + n,
        result(n, 0),
        result(n, 1),
        result(n, 2),
        ["old", "young", "tall", "low", "new"][n],
    )
}

#[test]
fn the_visit_is_what_its_label_says_and_all_inspectors_are_read() {
    let samples: Vec<Sample> = (0..5).map(|n| sample(&format!("{n}.txt"), &report(n))).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let format = FileFormat::new("orchards.format.toml", &text).unwrap();
    for (n, orchard) in ORCHARDS.iter().enumerate() {
        let record = format.record(sample("n.txt", &report(n)).document).whole();
        assert_eq!(record["provider"]["name"], *orchard, "{text}");
        assert_eq!(record["inspection"]["start"], format!("2025-05-{:02}", 4 + n), "{text}");
        assert_eq!(record["inspection"]["end"], format!("2025-05-{:02}", 6 + n));
        assert_eq!(record["published"], format!("2025-06-{:02}", 10 + n), "{text}");
        let said = |i: &Value| format!("{}, {}", i["name"].as_str().unwrap(), i["role"].as_str().unwrap());
        let inspectors: Vec<String> = record["inspectors"].as_array().unwrap().iter().map(said).collect();
        assert_eq!(inspectors, team(n), "{text}");
        let graded =
            |j: &Value| format!("{} {}", j["label"].as_str().unwrap(), j["printed"].as_str().unwrap());
        let judged: Vec<String> = record["judgements"].as_array().unwrap().iter().map(graded).collect();
        let wanted: Vec<String> =
            (0..3).map(|k| format!("Rule {} {}", ["1(a)", "1(b)", "2(a)"][k], result(n, k))).collect();
        assert_eq!(judged, wanted, "{text}");
        assert_eq!(record["improvements"].as_array().map(Vec::len), Some(2), "{text}");
    }
    assert!(!text.contains("head = "), "{text}");
    assert_eq!(text.matches("scale = ").count(), 1, "what is insured is not graded: {text}");
}

/// A letter with an address in the United States, and a subject of two lines above the salutation.
fn letter(n: usize) -> String {
    let name = NAMES[n];
    format!(
        "THORNMERE ORCHARD OFFICE\n\nMay {}, 2025\n\n{name}\nOrchard Keeper\n{} Road {}\nLannock, BR 6040{n}\n\n\
         SUBJECT:  {}\n\nDear {name}:\n\n\
         We looked at your trees. The ladders were counted by {} people, and nobody fell from one of them.\n\n\
         Permit:     TO-{}\nTrees:      {}\n\nPlease write to us within a month.\n\nYours sincerely\n\nOdo Farrow\n",
        10 + n,
        12 + n,
        ["Mill", "Weir", "Hill", "Lake", "Moor"][n],
        subject(n).replacen(" AND ", " AND\n          ", 1),
        2 + n,
        4000 + 7 * n,
        300 + 11 * n,
    )
}

fn subject(n: usize) -> String {
    format!("ORDER NO. {} ABOUT THE SPRAYING OF TREES AND BOXES OF THE LOWER ORCHARD", 40 + n)
}

#[test]
fn an_american_address_and_a_subject_of_two_lines_are_proposed() {
    let samples: Vec<Sample> = (0..5).map(|n| sample(&format!("{n}.txt"), &letter(n))).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let format = FileFormat::new("orders.format.toml", &text).unwrap();
    for (n, name) in NAMES.iter().take(5).enumerate() {
        let record = format.record(sample("n.txt", &letter(n)).document).whole();
        assert_eq!(record["letter"]["recipients"][0]["name"], *name, "{text}");
        assert_eq!(record["letter"]["subject"], subject(n), "{text}");
        assert_eq!(record["letter"]["date"], format!("2025-05-{:02}", 10 + n), "{text}");
    }
}
