//! Ten certificates of a regulator that does not exist: dotted leaders between label and value, a table of three columns, days in
//! American order, a result in a sentence.
//!
//! Written when the drafting was done, and nothing of it was changed for this layout.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

/// Where the file has what [`Document`] names.
pub const PLACES: &[(&str, &str)] = &[
    ("works", "/provider/name"),
    ("permit", "/extension/permit_number"),
    ("operator", "/extension/operator"),
    ("start", "/inspection/start"),
    ("end", "/inspection/end"),
    ("chemist", "/inspectors/0/name"),
];

const WORKS: [(&str, &str); 10] = [
    ("Pellwick Upper Works", "Corin Vance"),
    ("Saltmarsh Pumping Station", "Della Quill"),
    ("Ransome Street Reservoir", "Corin Vance"),
    ("Thornbury Wells", "Amos Prior"),
    ("Lower Fen Works", "Judit Novak"),
    ("Cressing Mill Works", "Della Quill"),
    ("Hartle Bridge Station", "Amos Prior"),
    ("Quarry Lane Reservoir", "Judit Novak"),
    ("Eastgate Works", "Corin Vance"),
    ("Mossop Springs", "Della Quill"),
];
const DAYS: [(&str, &str); 10] = [
    ("02/03/2022", "2022-02-03"),
    ("02/17/2022", "2022-02-17"),
    ("03/09/2022", "2022-03-09"),
    ("03/28/2022", "2022-03-28"),
    ("04/14/2022", "2022-04-14"),
    ("05/05/2022", "2022-05-05"),
    ("05/26/2022", "2022-05-26"),
    ("06/15/2022", "2022-06-15"),
    ("07/21/2022", "2022-07-21"),
    ("08/30/2022", "2022-08-30"),
];
const SAMPLES: [&str; 5] = ["Turbidity", "Free chlorine", "Lead", "Nitrate", "Coliforms"];
const RESULTS: [&str; 3] = ["Within limit", "Near limit", "Above limit"];
const CHEMISTS: [&str; 3] = ["Ottilie Crane", "Bram Fielding", "Noor Jansen"];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let ((works, operator), (day, iso)) = (WORKS[n], DAYS[n]);
    let permit = format!("PW-{:03}/{}", 41 + n * 7, ["N", "S"][n % 2]);
    let result = ["certified", "certified with conditions", "refused"][(n * 2) % 3];
    let chemist = CHEMISTS[n % 3];
    let mut says: BTreeSet<(String, String)> = BTreeSet::new();
    let mut say = |name: &str, value: &str| says.insert((name.to_owned(), value.to_owned()));
    let mut t = String::from(
        "PELLWICK WATER QUALITY BUREAU\nCERTIFICATE OF INSPECTION\n\nFictional document made for tests\n\n",
    );
    for (label, value) in [
        ("Works", works),
        ("Permit number", permit.as_str()),
        ("Operator", operator),
        ("Date inspected", day),
    ] {
        let _ = writeln!(t, "{label} {} {value}", ".".repeat(30 - label.len()));
    }
    let _ = writeln!(t, "\nSamples taken\n\n{:24}{:20}Method", "Substance", "Finding");
    for at in 0..3 + n % 2 {
        let (sample, found) = (SAMPLES[(n + at) % SAMPLES.len()], RESULTS[(n * 2 + at) % 3]);
        let _ = writeln!(t, "{sample:24}{found:20}{}", ["Bench", "Field"][at % 2]);
        say("finding", &format!("{sample}: {found}"));
    }
    let _ = writeln!(t, "\nThe result of this inspection is: {result}.\n\nConditions\n");
    for at in 0..=n % 2 {
        let condition = [
            "Sample again within thirty days.",
            "Flush the mains each week.",
            "Send the log of the pumps to the Bureau.",
        ][(n + at) % 3];
        let _ = writeln!(t, "* {condition}");
        say("action", condition);
    }
    let _ = writeln!(t, "\nChemist of the Bureau: {chemist}");
    for (name, value) in [
        ("works", works),
        ("permit", permit.as_str()),
        ("operator", operator),
        ("start", iso),
        ("end", iso),
        ("rating of overall-effectiveness", result),
        ("chemist", chemist),
    ] {
        say(name, value);
    }
    Document { text: t, says }
}
