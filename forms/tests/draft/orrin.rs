//! Ten reports of a regulator that does not exist: who runs the service, grades as numbers with their words in rows, two numbered
//! lists, a closing line with the inspector.
//!
//! Written when all that the other layouts showed was put right.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

/// Where the file has what [`Document`] names.
pub const PLACES: &[(&str, &str)] = &[
    ("service", "/provider/name"),
    ("provider", "/extension/service_provided_by"),
    ("number", "/extension/service_number"),
    ("places", "/extension/number_of_places"),
    ("type", "/inspection/type"),
    ("start", "/inspection/start"),
    ("end", "/inspection/end"),
    ("inspector", "/inspectors/0/name"),
];

const SERVICES: [(&str, &str); 10] = [
    ("Acorn Nursery", "Acorn Early Years Limited"),
    ("Bright Pebbles", "Orrin Valley Council"),
    ("Cuckoo Wood Playgroup", "Cuckoo Wood Committee"),
    ("Dunbrae Nursery Class", "Orrin Valley Council"),
    ("Elder Lane Childcare", "Elder Lane Partners"),
    ("Finch House", "Acorn Early Years Limited"),
    ("Glen Road Nursery", "Glen Road Childcare Trust"),
    ("Heather Bank", "Orrin Valley Council"),
    ("Inverorrin Playgroup", "Inverorrin Parents"),
    ("Juniper Nursery", "Glen Road Childcare Trust"),
];
const DAYS: [(&str, &str); 10] = [
    ("5 September 2023", "2023-09-05"),
    ("19 September 2023", "2023-09-19"),
    ("3 October 2023", "2023-10-03"),
    ("24 October 2023", "2023-10-24"),
    ("7 November 2023", "2023-11-07"),
    ("21 November 2023", "2023-11-21"),
    ("5 December 2023", "2023-12-05"),
    ("16 January 2024", "2024-01-16"),
    ("30 January 2024", "2024-01-30"),
    ("13 February 2024", "2024-02-13"),
];
const ASKED: [(&str, &str); 3] = [
    ("How well are children cared for?", "how-well-are-children-cared-for"),
    ("How good is the place?", "how-good-is-the-place"),
    ("How good is the leadership?", "how-good-is-the-leadership"),
];
const GRADES: [&str; 5] = ["5 - Very Good", "4 - Good", "3 - Adequate", "2 - Weak", "6 - Excellent"];
const REQUIRED: [&str; 4] = [
    "By the end of the month the provider must make the garden gate safe.",
    "The provider must keep a record of each accident.",
    "The provider must employ one more person for the mornings.",
    "The provider must check the first aid boxes every week.",
];
const ADVISED: [&str; 3] = [
    "The service should ask parents for their views.",
    "The service should use the wood more.",
    "The service should plan with the children.",
];
const INSPECTORS: [&str; 4] = ["Catriona Mackay", "Euan Sillars", "Fiona Tennant", "Gregor Bain"];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let ((service, provider), (day, iso)) = (SERVICES[n], DAYS[n]);
    let (number, places) = (format!("OV{}", 2_003_012 + n * 719), (16 + n * 3).to_string());
    let kind = ["Unannounced", "Announced (short notice)"][n % 2];
    let inspector = INSPECTORS[(n * 3 + n / 4) % 4];
    let mut says: BTreeSet<(String, String)> = BTreeSet::new();
    let mut say = |name: &str, value: &str| says.insert((name.to_owned(), value.to_owned()));
    let mut t =
        format!("Orrin Valley Early Years Inspection\n\n{service}\n\nFictional document made for tests\n\n");
    for (label, value) in [
        ("Type of inspection:", kind),
        ("Completed on:", day),
        ("Service provided by:", provider),
        ("Service number:", number.as_str()),
        ("Number of places:", places.as_str()),
    ] {
        let _ = writeln!(t, "{label}\n{value}\n");
    }
    let _ = writeln!(
        t,
        "About the service\n\n{service} looks after children before they go to school. It was busy when we came.\n"
    );
    let _ = writeln!(t, "Evaluations\n");
    for (at, (question, area)) in ASKED.iter().enumerate() {
        let grade = GRADES[(n * (at + 2) + at + n / 2) % 5];
        let _ = writeln!(t, "{question:44}{grade}");
        say(&format!("rating of {area}"), grade);
    }
    let _ = writeln!(t, "\nRequirements\n");
    for at in 0..=n % 2 {
        let item = REQUIRED[(n + at * 2) % 4];
        let _ = writeln!(t, "{}. {item}", at + 1);
        say("action", item);
    }
    let _ = writeln!(t, "\nAreas for improvement\n");
    for at in 0..=(n + 1) % 2 {
        let item = ADVISED[(n + at) % 3];
        let _ = writeln!(t, "{}. {item}", at + 1);
        say("action", item);
    }
    let _ = writeln!(t, "\nThe lead inspector was {inspector}.");
    for (name, value) in [
        ("service", service),
        ("provider", provider),
        ("number", number.as_str()),
        ("places", places.as_str()),
        ("type", ["unannounced", "announced-short-notice"][n % 2]),
        ("start", iso),
        ("end", iso),
        ("inspector", inspector),
    ] {
        say(name, value);
    }
    Document { text: t, says }
}
