//! Ten summaries of visits of a regulator that does not exist: each label stands above its value, standards are met or not,
//! actions are lettered.
//!
//! Written when the drafting was done, and nothing of it was changed for this layout.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

/// Where the file has what [`Document`] names.
pub const PLACES: &[(&str, &str)] = &[
    ("landlord", "/extension/landlord"),
    ("scheme", "/provider/name"),
    ("registration", "/extension/registration"),
    ("homes", "/extension/homes_in_the_scheme"),
    ("start", "/inspection/start"),
    ("end", "/inspection/end"),
    ("sent", "/published"),
    ("inspector", "/inspectors/0/name"),
];

const LANDLORDS: [(&str, &str, u32); 10] = [
    ("Oakwell Homes", "Tanner's Row", 48),
    ("Brightwater Housing Association", "The Maltings", 112),
    ("Saint Bride Trust", "Priory Gardens", 31),
    ("Hollin Edge Homes", "Hollin Edge Tower", 204),
    ("Moorside Tenants Together", "Upper Moorside", 67),
    ("Calder Reach Housing", "Lock Keepers Court", 26),
    ("Pennywell Co-operative", "Pennywell Street", 18),
    ("Greystone Living", "Greystone Heights", 155),
    ("Ashby Vale Homes", "Vale Cottages", 12),
    ("Netherfold Housing Trust", "Fold Gardens", 83),
];
const DAYS: [(&str, &str, &str); 10] = [
    ("9 January 2023", "2023-01-09", "2023-01-09"),
    ("16 to 18 January 2023", "2023-01-16", "2023-01-18"),
    ("2 February 2023", "2023-02-02", "2023-02-02"),
    ("14 and 15 February 2023", "2023-02-14", "2023-02-15"),
    ("7 March 2023", "2023-03-07", "2023-03-07"),
    ("22 March 2023", "2023-03-22", "2023-03-22"),
    ("18 April 2023", "2023-04-18", "2023-04-18"),
    ("2 to 4 May 2023", "2023-05-02", "2023-05-04"),
    ("30 May 2023", "2023-05-30", "2023-05-30"),
    ("13 June 2023", "2023-06-13", "2023-06-13"),
];
const SENT: [(&str, &str); 10] = [
    ("30 January 2023", "2023-01-30"),
    ("6 February 2023", "2023-02-06"),
    ("21 February 2023", "2023-02-21"),
    ("3 March 2023", "2023-03-03"),
    ("28 March 2023", "2023-03-28"),
    ("11 April 2023", "2023-04-11"),
    ("9 May 2023", "2023-05-09"),
    ("23 May 2023", "2023-05-23"),
    ("19 June 2023", "2023-06-19"),
    ("3 July 2023", "2023-07-03"),
];
const STANDARDS: [(&str, &str); 3] = [
    ("Repairs and upkeep", "repairs-and-upkeep"),
    ("Listening to tenants", "listening-to-tenants"),
    ("Safety", "safety"),
];
const MET: [&str; 3] = ["Met", "Partly met", "Not met"];
const INSPECTORS: [&str; 3] = ["Beatrix Osgood", "Samir Haddad", "Wendy Larch"];
const ACTIONS: [&str; 5] = [
    "Tell tenants in writing when a repair will be done.",
    "Mend the lights on the stairs.",
    "Hold a meeting of tenants in each quarter.",
    "Check every smoke alarm before the winter.",
    "Publish the record of complaints.",
];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let ((landlord, scheme, homes), (days, start, end), (sent, sent_iso)) = (LANDLORDS[n], DAYS[n], SENT[n]);
    let (registration, homes) = (format!("FH {:04}", 2210 + n * 13), homes.to_string());
    let inspector = INSPECTORS[(n * 2) % 3];
    let mut says: BTreeSet<(String, String)> = BTreeSet::new();
    let mut say = |name: &str, value: &str| says.insert((name.to_owned(), value.to_owned()));
    let mut t = String::from(
        "Fernhill Tenants' Standards Authority\n\nSummary of a visit\n\nFictional document made for tests\n\n",
    );
    for (label, value) in [
        ("Landlord", landlord),
        ("Scheme", scheme),
        ("Registration", registration.as_str()),
        ("Homes in the scheme", homes.as_str()),
        ("Days of the visit", days),
        ("Sent to the landlord on", sent),
    ] {
        let _ = writeln!(t, "{label}\n{value}\n");
    }
    let _ = writeln!(
        t,
        "What the visit was about\n\nWe spoke to tenants of {scheme} and walked round the buildings.\n"
    );
    let _ = writeln!(t, "How the standards are met\n");
    for (at, (label, area)) in STANDARDS.iter().enumerate() {
        let met = MET[(n * (at + 1) + at * at + n / 3) % 3];
        let _ = writeln!(t, "{label} - {met}\n");
        say(&format!("rating of {area}"), met);
    }
    let _ = writeln!(t, "What the landlord will do\n");
    for at in 0..=n % 3 {
        let action = ACTIONS[(n + at * 2) % ACTIONS.len()];
        let _ = writeln!(t, "({}) {action}", char::from(b'a' + at as u8));
        say("action", action);
    }
    let _ = writeln!(t, "\nThe visit was made by {inspector} for the Authority.");
    for (name, value) in [
        ("landlord", landlord),
        ("scheme", scheme),
        ("registration", &registration),
        ("homes", &homes),
        ("start", start),
        ("end", end),
        ("sent", sent_iso),
        ("inspector", inspector),
    ] {
        say(name, value);
    }
    Document { text: t, says }
}
