//! Tests of sentences that list several numbers: what the members don't say themselves, they share.

use super::wordings::check;

#[test]
fn nouns_and_verbs() {
    check(&[
        (
            "There are 902 children in need, 144 with a child protection plan and 310 looked after.",
            "children-in-need 902 children; child-protection-plans 144 children; children-in-care 310 children",
        ),
        (
            "Some 40% of primary pupils and 35% of those in secondary schools come from minority ethnic backgrounds.",
            "other 40 per-cent qualifier=about; other 35 per-cent",
        ),
        // Neither is the number of all who have a plan.
        (
            "At 31 August 2015, 50 boys and 41 girls had a child protection plan.",
            "other 50 children as_of=2015-08-31; other 41 children as_of=2015-08-31",
        ),
        // Each has a verb of its own.
        (
            "In 2015, 41 children became looked after and 36 left care.",
            "other 41 children as_of=2015; ceased-looked-after 36 children as_of=2015",
        ),
    ]);
}

#[test]
fn measures_and_dates() {
    check(&[
        (
            "The number of looked after children rose from 210 in 2014 to 240 in 2015 and 255 at the time of the inspection.",
            "children-in-care 240 children as_of=2015 was=210 on=2014; children-in-care 255 children period=at the time of the inspection",
        ),
        (
            "The rate of looked after children per 10,000 was 52 in 2013, 56 in 2014 and 61 in 2015.",
            "children-in-care 52 per-10000 as_of=2013; children-in-care 56 per-10000 as_of=2014; children-in-care 61 per-10000 as_of=2015",
        ),
        (
            "Of care leavers, 48% were in work in 2014, compared with 45% nationally, and 55% in 2015.",
            "other 48 per-cent as_of=2014 england=45; other 55 per-cent as_of=2015",
        ),
        (
            "The rate of children looked after has risen to 74 per 10,000, from 69 in 2015 and 66 in 2014.",
            "children-in-care 74 per-10000 was=69 on=2015; children-in-care 66 per-10000 as_of=2014",
        ),
        (
            "In 2014 and 2015 respectively, 21 and 26 children were adopted.",
            "adoptions 21 children as_of=2014; adoptions 26 children as_of=2015",
        ),
        (
            "In 2013, 2,104 children were in need; in 2014, 1,987; and in 2015, 1,850.",
            "children-in-need 2104 children as_of=2013; children-in-need 1987 children as_of=2014; children-in-need 1850 children as_of=2015",
        ),
        (
            "The rate of child protection plans was 51 per 10,000 in Wexcombe, 44 in the region and 43 in England.",
            "child-protection-plans 51 per-10000 region=44 england=43",
        ),
        (
            "In 2015, 41 children arrived and 36 left care, compared with 52 and 44 in 2014.",
            "other 41 children as_of=2015 was=52 on=2014; ceased-looked-after 36 children as_of=2015 was=44 on=2014",
        ),
    ]);
}

#[test]
fn wholes() {
    check(&[
        (
            "Of the 60 children who left care, 21 went home, 15 were adopted and 24 moved to independent living.",
            "ceased-looked-after 60 children; other 21 children part_of=0; adoptions 15 children part_of=0; independent-living 24 children part_of=0",
        ),
        (
            "Of 300 children looked after, 110 are placed out of the area, of whom 70 are in foster care and 40 in residential care.",
            "children-in-care 300 children; placed-out-of-area 110 children part_of=0; foster-care-out-of-area 70 children part_of=1; residential-homes-out-of-area 40 children part_of=1",
        ),
        (
            "Two serious incident notifications have been completed, one has been passed on and one has been withdrawn.",
            "serious-incident-notifications 2 incidents; other 1 incidents part_of=0; other 1 incidents part_of=0",
        ),
        (
            "A third of the 240 children in need have been helped before, 52 of them twice.",
            "children-in-need 240 children; other 33.3 per-cent part_of=0; other 52 children part_of=0",
        ),
        (
            "There were 64 adoptions in 2015 – 29 in the first half and 35 in the second.",
            "adoptions 64 children as_of=2015; other 29 children as_of=2015 part_of=0; other 35 children as_of=2015 part_of=0",
        ),
        (
            "The child population is 48,200, of which 22% are from Asian backgrounds and 64% White British.",
            "under-18-population 48200 children; ethnic-group-asian 22 per-cent part_of=0; ethnic-group-white-british 64 per-cent part_of=0",
        ),
        // These only happen to add up.
        (
            "Four children live in secure units, three in hostels and one in a hospital.",
            "other 4 children; other 3 children; other 1 children",
        ),
        (
            "The town has 12 wards, four of which are rural, and two markets.",
            "other 12 other; other 4 other part_of=0; other 2 other",
        ),
        (
            "There are 200 children in need, 90 of whom are aged under five and 110 aged five to 11.",
            "children-in-need 200 children; other 90 children part_of=0; other 110 children part_of=0",
        ),
    ]);
}

#[test]
fn words_before_their_numbers() {
    check(&[
        (
            "At 31 March 2016 the number of children looked after was 402, of children in need 1,204 and of children with a child protection plan 187.",
            "children-in-care 402 children as_of=2016-03-31; children-in-need 1204 children as_of=2016-03-31; child-protection-plans 187 children as_of=2016-03-31",
        ),
        ("Boys make up 54% of looked after children and girls 46%.", "other 54 per-cent; other 46 per-cent"),
    ]);
}

#[test]
fn what_is_left_out_and_not_found() {
    use super::{Figure, uncounted};
    let figure = |value: f64, unit: &str| Figure {
        measure: "other".into(),
        value: Some(value.into()),
        unit: unit.into(),
        text: "The town has 12 wards and 14 in the north.".into(),
        ..Figure::default()
    };
    let text = "The town has 12 wards and 14 in the north.";
    assert_eq!(uncounted(text, &[figure(12.0, "other"), figure(14.0, "other")]), [14.0]);
    assert_eq!(uncounted(text, &[figure(12.0, "other"), figure(14.0, "homes")]), [0.0; 0]);
}
