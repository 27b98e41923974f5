//! Ten records of inspection of a regulator that does not exist, with what is printed in them.
//!
//! The layout was written when the drafting was done. As first proposed it read F1 0.81, and 1.00 after six edited lines; what it
//! showed was put right then, so that it is a layout at hand now.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

const BUSINESSES: [(&str, &str, &str, &str); 10] = [
    ("The Copper Kettle", "12 Quay Street, Northmere ZZ3 4AB", "Restaurant", "Hanna Lindqvist"),
    ("Orrell’s Bakery", "3 Mill Lane, Northmere ZZ3 1QD", "Bakery", "Peter Orrell"),
    ("Saltings Primary Kitchen", "Saltings Road, Eastmere ZZ4 9PL", "School kitchen", ""),
    ("Number Nine", "9 The Parade, Northmere ZZ3 4AF", "Takeaway", "Dilip Rane"),
    ("Harbour Fish Bar", "41 Quay Street, Northmere ZZ3 4AC", "Takeaway", "Moira Keane"),
    ("Fenwick and Daughter", "Market Hall, Overmere ZZ5 2TT", "Butcher", "Ruth Fenwick"),
    ("The Long Table", "Abbey Close, Overmere ZZ5 2RN", "Restaurant", ""),
    ("Greenway Farm Shop", "Greenway, Nether Mere ZZ6 1AA", "Farm shop", "Owen Tarrant"),
    ("Mere View Care Kitchen", "2 Mere View, Eastmere ZZ4 7SD", "Care home kitchen", "Anneke Bos"),
    ("Spice Cabin", "88 Station Road, Northmere ZZ3 8LW", "Takeaway", "Farah Siddiq"),
];
const DAYS: [(&str, &str, &str, &str, &str); 10] = [
    ("4 March 2024", "2024-03-04", "2024-03-04", "18 March 2024", "2024-03-18"),
    ("7 March 2024", "2024-03-07", "2024-03-07", "20 March 2024", "2024-03-20"),
    ("11 and 12 March 2024", "2024-03-11", "2024-03-12", "2 April 2024", "2024-04-02"),
    ("19 April 2024", "2024-04-19", "2024-04-19", "1 May 2024", "2024-05-01"),
    ("23 April 2024", "2024-04-23", "2024-04-23", "7 May 2024", "2024-05-07"),
    ("6 May 2024", "2024-05-06", "2024-05-06", "17 May 2024", "2024-05-17"),
    ("3 and 4 June 2024", "2024-06-03", "2024-06-04", "19 June 2024", "2024-06-19"),
    ("9 July 2024", "2024-07-09", "2024-07-09", "22 July 2024", "2024-07-22"),
    ("30 July 2024", "2024-07-30", "2024-07-30", "12 August 2024", "2024-08-12"),
    ("2 September 2024", "2024-09-02", "2024-09-02", "13 September 2024", "2024-09-13"),
];
const OFFICERS: [&str; 3] = ["Tobias Marrow", "Elin Prosser", "Grace Adeyemi"];
const RATED: [(&str, &str); 4] = [
    ("Handling of food", "handling-of-food"),
    ("Cleanliness and structure", "cleanliness-and-structure"),
    ("Management of food safety", "management-of-food-safety"),
    ("Overall rating", "overall-effectiveness"),
];
const RATINGS: [&str; 4] = ["Very good", "Good", "Fair", "Poor"];
const GOOD: [&str; 5] = [
    "Raw and cooked food are kept apart.",
    "Staff know what each allergen is found in.",
    "The temperature of every fridge is written down twice a day.",
    "Hand basins have soap and hot water.",
    "Deliveries are looked at before they are signed for.",
];
const ACTIONS: [&str; 6] = [
    "Repair the cracked tiles behind the sink.",
    "Label all prepared food with the day it was made.",
    "Keep the records of training where an officer can see them.",
    "Clean the extraction hood and its filters.",
    "Store cleaning agents away from food.",
    "Fit a lid to the waste bin in the yard.",
];
const REMARKS: [&str; 4] = [
    "The kitchen was in full use when we came.",
    "We spoke to the cook and to two who serve.",
    "Most of what we asked for last time has been done.",
    "The store room was tidy, and the yard was not.",
];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let (name, address, business, operator) = BUSINESSES[n];
    let (days, start, end, issued, issued_iso) = DAYS[n];
    let officer = OFFICERS[n % 3];
    let number = format!("NF/2024/{:05}", 317 + n * 41);
    let mut says = BTreeSet::new();
    let mut say = |pointer: &str, value: &str| {
        says.insert((pointer.to_owned(), value.to_owned()));
    };
    let mut t = String::from(
        "NORTHMERE FOOD STANDARDS OFFICE\nRecord of an inspection\n\nFictional document made for tests\n\n",
    );
    let mut line = |label: &str, value: &str, pointer: &str| {
        if !value.is_empty() {
            let _ = writeln!(t, "{label}: {value}");
            say(pointer, value);
        }
    };
    line("Record number", &number, "number");
    line("Business", name, "name");
    line("Trading address", address, "address");
    line("Type of business", business, "business");
    line("Food business operator", operator, "operator");
    let _ = writeln!(
        t,
        "Issued on: {issued}\n\nYour inspection\n\nWe inspected your premises on {days}. {}",
        REMARKS[n % 4]
    );
    let _ = writeln!(t, "{}\n\nYour ratings\n", REMARKS[(n + 1) % 4]);
    for (at, (label, area)) in RATED.iter().enumerate() {
        let rating = RATINGS[(n * 3 + at * at + at) % 4];
        let _ = writeln!(t, "{label:32}{rating}");
        say(&format!("rating of {area}"), rating);
    }
    t.push_str("\nWhat you do well\n\n");
    for at in 0..=n % 3 {
        let item = GOOD[(n + at) % GOOD.len()];
        let _ = writeln!(t, "• {item}");
        say("strength", item);
    }
    if n % 5 != 3 {
        t.push_str("\nWhat you must put right\n\n");
        for at in 0..=(n + 1) % 3 {
            let item = ACTIONS[(n * 2 + at) % ACTIONS.len()];
            let _ = writeln!(t, "{}. {item}", at + 1);
            say("action", item);
        }
    }
    let _ =
        writeln!(t, "\nIf you disagree\n\nWrite to the Chief Officer within 21 days of the day of issue.\n");
    let _ = writeln!(t, "Signed on behalf of the Office\n{officer}\nFood Standards Officer");
    say("issued", issued_iso);
    say("start", start);
    say("end", end);
    say("officer", officer);
    Document { text: t, says }
}
