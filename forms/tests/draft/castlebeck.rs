//! Ten notices of a second regulator that does not exist: labels without colons, a table, letters that end in a signature.
//!
//! Written after what [`super::northmere`] showed had been put right. What it showed of tables whose rows recur was put right
//! in its turn, so that it is a layout at hand.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

const PREMISES: [(&str, &str, &str); 10] = [
    ("Weaver’s Court", "Flats 1 to 24, Loom Street, Castlebeck, ZZ7 1AA", "Block of flats"),
    ("Beck House Hotel", "The Square, Castlebeck, ZZ7 1BD", "Hotel"),
    ("Ridley Works", "Unit 6, Ridley Way, Thornbeck, ZZ8 3EF", "Factory"),
    ("St Aldhelm’s Hall", "Church Walk, Castlebeck, ZZ7 2GH", "Place of assembly"),
    ("Moor Top Hostel", "Moor Lane, High Thornbeck, ZZ8 9JK", "Hostel"),
    ("Penrose Tower", "Tower Road, Castlebeck, ZZ7 4LM", "Block of flats"),
    ("The Old Granary", "Canal Side, Thornbeck, ZZ8 2NP", "Restaurant"),
    ("Larch Grove Care Home", "Larch Grove, Castlebeck, ZZ7 5QR", "Care home"),
    ("Castlebeck Cinema", "High Street, Castlebeck, ZZ7 1ST", "Place of assembly"),
    ("Fell View Warehouse", "Unit 11, Ridley Way, Thornbeck, ZZ8 3EU", "Warehouse"),
];
const DAYS: [(&str, &str); 10] = [
    ("14 January 2025", "2025-01-14"),
    ("21 January 2025", "2025-01-21"),
    ("6 February 2025", "2025-02-06"),
    ("11 February 2025", "2025-02-11"),
    ("3 March 2025", "2025-03-03"),
    ("19 March 2025", "2025-03-19"),
    ("2 April 2025", "2025-04-02"),
    ("28 April 2025", "2025-04-28"),
    ("15 May 2025", "2025-05-15"),
    ("9 June 2025", "2025-06-09"),
];
const OUTCOMES: [&str; 3] = ["Satisfactory", "Action required", "Prohibition"];
const PEOPLE: [&str; 4] = ["Marian Holt", "Idris Bevan", "Kwame Mensah", "Sofia Lindgren"];
const FINDINGS: [(&str, &str); 6] = [
    ("Fire doors on the first floor do not close", "High"),
    ("No record of the weekly test of the alarm", "Medium"),
    ("Goods are stored in the escape route", "High"),
    ("Emergency lights fail in the rear stair", "Medium"),
    ("Signs to the assembly point are missing", "Low"),
    ("Extinguishers are past their date of service", "Low"),
];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let (name, address, kind) = PREMISES[n];
    let (day, iso) = DAYS[n];
    let (issued, issued_iso) = DAYS[(n + 1) % 10];
    let (inspector, person) = (PEOPLE[n % 3], PEOPLE[(n + 1) % 4]);
    let reference = format!("CFI-{}-{}", 2400 + n * 7, ["A", "B", "D"][n % 3]);
    let outcome = OUTCOMES[(n * n + n / 2) % 3];
    let people = (35 + n * 27).to_string();
    let mut says = BTreeSet::new();
    let mut t = String::from(
        "Castlebeck Fire Inspectorate\nBeck Street, Castlebeck\n\nFictional document made for tests\n\n",
    );
    let _ = writeln!(t, "NOTICE OF THE RESULT OF AN AUDIT\n");
    for (label, value, pointer) in [
        ("Our reference", reference.as_str(), "reference"),
        ("Premises", name, "name"),
        ("Address of premises", address, "address"),
        ("Use", kind, "use"),
        ("Responsible person", person, "responsible"),
        ("Date of audit", day, ""),
        ("People present", people.as_str(), "people"),
        ("Outcome", outcome, "outcome"),
    ] {
        let _ = writeln!(t, "{label:26}{value}");
        if !pointer.is_empty() {
            says.insert((pointer.to_owned(), value.to_owned()));
        }
    }
    let _ = writeln!(
        t,
        "\nWhat we found\n\nThe audit was of the common parts. {}\n",
        ["Access was given at once.", "Access was given late."][n % 2]
    );
    let _ = writeln!(t, "{:50}Priority", "Finding");
    for at in 0..=n % 3 + 1 {
        let (finding, priority) = FINDINGS[(n + at * 2) % FINDINGS.len()];
        let _ = writeln!(t, "{finding:50}{priority}");
        says.insert(("finding".into(), format!("{finding}: {priority}")));
    }
    let _ = writeln!(t, "\nRecommendations\n");
    for at in 0..=n % 2 {
        let item = [
            "Look at the risk assessment again each year.",
            "Tell everyone who sleeps there how to leave.",
            "Keep a plan of the building at the entrance.",
        ][(n + at) % 3];
        let _ = writeln!(t, "- {item}");
        says.insert(("recommendation".into(), item.into()));
    }
    let _ = writeln!(
        t,
        "\nThis notice was issued on {issued}. You may ask for it to be looked at again.\n\n{inspector}\nInspecting Officer"
    );
    for (pointer, value) in [("start", iso), ("end", iso), ("issued", issued_iso), ("officer", inspector)] {
        says.insert((pointer.into(), value.into()));
    }
    Document { text: t, says }
}
