//! Ten letters of a regulator that does not exist: labels side by side in a line, numbered headings with a rating each, a table with
//! days, a signature under closing words.
//!
//! Written last of all: nothing of the drafting was changed for it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

/// Where the file has what [`Document`] names.
pub const PLACES: &[(&str, &str)] = &[
    ("vessel", "/provider/name"),
    ("port", "/extension/port"),
    ("owner", "/extension/owner"),
    ("official number", "/extension/official_number"),
    ("start", "/inspection/start"),
    ("end", "/inspection/end"),
    ("written", "/published"),
    ("surveyor", "/inspectors/0/name"),
];

const VESSELS: [(&str, &str, &str); 10] = [
    ("Skua of Ronas", "Ronas", "Isles Crossing Company"),
    ("Maid of Hesta", "Hesta Pier", "Northern Sounds Ferries"),
    ("Solan", "Vaila", "Isles Crossing Company"),
    ("Tystie", "Ronas", "A. and J. Mouat"),
    ("Grey Bonxie", "Quarff", "Northern Sounds Ferries"),
    ("Leirna Star", "Hesta Pier", "Sound Passage Trust"),
    ("Daggri Light", "Vaila", "A. and J. Mouat"),
    ("Hendra Wave", "Quarff", "Sound Passage Trust"),
    ("Fivla Rose", "Ronas", "Northern Sounds Ferries"),
    ("Geira Dawn", "Vaila", "Isles Crossing Company"),
];
const DAYS: [(&str, &str, &str, &str); 10] = [
    ("3 April 2025", "2025-04-03", "10 April 2025", "2025-04-10"),
    ("8 April 2025", "2025-04-08", "15 April 2025", "2025-04-15"),
    ("24 April 2025", "2025-04-24", "2 May 2025", "2025-05-02"),
    ("6 May 2025", "2025-05-06", "13 May 2025", "2025-05-13"),
    ("15 May 2025", "2025-05-15", "22 May 2025", "2025-05-22"),
    ("29 May 2025", "2025-05-29", "5 June 2025", "2025-06-05"),
    ("11 June 2025", "2025-06-11", "18 June 2025", "2025-06-18"),
    ("26 June 2025", "2025-06-26", "3 July 2025", "2025-07-03"),
    ("10 July 2025", "2025-07-10", "17 July 2025", "2025-07-17"),
    ("22 July 2025", "2025-07-22", "29 July 2025", "2025-07-29"),
];
const PARTS: [(&str, &str); 3] = [
    ("Hull and machinery", "hull-and-machinery"),
    ("Saving life", "saving-life"),
    ("Crew and drills", "crew-and-drills"),
];
const RATINGS: [&str; 3] = ["Satisfactory", "Needs attention", "Unsatisfactory"];
const TEXTS: [&str; 3] =
    ["We tried it at sea.", "The records were at hand.", "We asked the mate to show us."];
const DEFECTS: [&str; 5] = [
    "Raft out of date",
    "Fire hose perished",
    "Horn not heard astern",
    "Bilge alarm silent",
    "Chart not corrected",
];
const SURVEYORS: [&str; 3] = ["Magnus Inkster", "Ruth Halcrow", "Osla Garriock"];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let ((vessel, port, owner), (day, iso, written, written_iso)) = (VESSELS[n], DAYS[n]);
    let number = (918_204 + n * 37).to_string();
    let surveyor = SURVEYORS[(n + n / 3) % 3];
    let mut says: BTreeSet<(String, String)> = BTreeSet::new();
    let mut say = |name: &str, value: &str| says.insert((name.to_owned(), value.to_owned()));
    let mut t = format!(
        "Skerry Isles Ferry Survey\nThe Old Customs House, Ronas\n\n{written}\n\nFictional document made for tests\n\nSurvey of a passenger vessel\n\n"
    );
    let _ = writeln!(t, "{:40}Port: {port}", format!("Vessel: {vessel}"));
    let _ = writeln!(t, "{:40}Official number: {number}\n", format!("Owner: {owner}"));
    let _ = writeln!(t, "We surveyed the vessel on {day}. This letter says what we found.\n");
    for (at, (part, area)) in PARTS.iter().enumerate() {
        let rating = RATINGS[(n * (at + 1) + n / 3 + at) % 3];
        let _ = writeln!(t, "{}. {part}\n\nRating: {rating}\n\n{}\n", at + 1, TEXTS[(n + at) % 3]);
        say(&format!("rating of {area}"), rating);
    }
    let _ = writeln!(t, "Deficiencies\n\n{:30}Put right by", "Deficiency");
    for at in 0..=n % 3 + 1 {
        let (defect, by) = (DEFECTS[(n + at * 2) % 5], DAYS[(n + at + 1) % 10].2);
        let _ = writeln!(t, "{defect:30}{by}");
        say("finding", &format!("{defect}: {}", DAYS[(n + at + 1) % 10].3));
    }
    let _ = writeln!(t, "\nTell us when each has been done.\n\nYours faithfully\n\n{surveyor}\nSurveyor");
    for (name, value) in [
        ("vessel", vessel),
        ("port", port),
        ("owner", owner),
        ("official number", number.as_str()),
        ("start", iso),
        ("end", iso),
        ("written", written_iso),
        ("surveyor", surveyor),
    ] {
        say(name, value);
    }
    Document { text: t, says }
}
