//! Ten notes of a third regulator that does not exist: two labels in a line, days in American order, findings by paragraph.
//!
//! Written last; the drafting was not changed for it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Document;

const NURSERIES: [&str; 10] = [
    "Acorn Nursery",
    "Little Steps",
    "Bluebell House",
    "The Den",
    "Rainbow Room",
    "Hillside Playgroup",
    "Tiny Oaks",
    "Lakeside Preschool",
    "Sunny Corner",
    "Willow Tree Nursery",
];
const LEADERS: [&str; 5] = ["Joan Pickard", "Amir Sadeghi", "Lucy Brandt", "Tomos Rees", "Ngozi Eze"];
const GRADES: [&str; 3] = ["Exceeds", "Meets", "Needs work"];
const STEPS: [&str; 5] = [
    "Give new staff their training within a month.",
    "Write down who collects each child.",
    "Check the gate each morning.",
    "Plan more for the youngest.",
    "Share each child's progress with parents.",
];

/// The document of a number from 0 to 9.
pub fn document(n: usize) -> Document {
    let (name, leader, visitor) = (NURSERIES[n], LEADERS[n % 5], LEADERS[(n * 2 + 3) % 5]);
    let licence = format!("TV{}", 50_210 + n * 313);
    let (month, day) = (1 + n, 13 + n);
    let (places, on_roll) = ((20 + n * 3).to_string(), (17 + n * 3).to_string());
    let iso = format!("2025-{month:02}-{day:02}");
    let mut says: BTreeSet<(String, String)> = BTreeSet::new();
    let mut say = |pointer: &str, value: &str| {
        says.insert((pointer.into(), value.into()));
    };
    let mut t =
        String::from("Tarn Vale Early Years Board\nVISIT NOTE\n\nFictional document made for tests\n\n");
    let _ = writeln!(
        t,
        "Setting: {name}\nLicence: {licence} Visit date: {month:02}/{day:02}/2025\nLeader of the setting: {leader}"
    );
    let _ = writeln!(t, "Places: {places} Children on roll: {on_roll}\n");
    let values = [
        ("name", name),
        ("licence", &licence),
        ("start", &iso),
        ("end", &iso),
        ("leader", leader),
        ("places", &places),
        ("roll", &on_roll),
    ];
    values.into_iter().for_each(|(pointer, value)| say(pointer, value));
    let _ = writeln!(t, "This note was written by {visitor} for the Board.\n");
    say("officer", visitor);
    for (at, (area, code)) in [
        ("Safety and health", "safety-and-health"),
        ("Care and play", "care-and-play"),
        ("Leadership", "leadership"),
    ]
    .into_iter()
    .enumerate()
    {
        let grade = GRADES[(n + at * (n % 2 + 1)) % 3];
        let _ = writeln!(t, "{area}\n\nStandard: {area}\nGrade for {}: {grade}\n", area.to_lowercase());
        let _ = writeln!(
            t,
            "We watched {} and talked with staff about what they do.\n",
            ["a meal", "the garden", "a story"][(n + at) % 3]
        );
        say(&format!("rating of {code}"), grade);
    }
    let _ = writeln!(t, "Steps that the setting should take\n");
    for at in 0..=n % 2 {
        let step = STEPS[(n + at) % STEPS.len()];
        let _ = writeln!(t, "* {step}");
        say("action", step);
    }
    Document { text: t, says }
}
