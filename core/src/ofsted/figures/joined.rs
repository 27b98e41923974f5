//! Tests of numbers that depend on their neighbours: a unit given once for several, a whole given after its part, a share
//! in words, an introductory line.

use super::tests::shown;
use super::wordings::check;
use super::*;

#[test]
fn a_unit_that_stands_once() {
    check(&[
        (
            "The rates of children looked after and of children with a child protection plan are 81 and 40 per 10,000 respectively.",
            "children-in-care 81 per-10000; child-protection-plans 40 per-10000",
        ),
        ("The share of children in poverty has grown from 17 to 19%.", "child-poverty 19 per-cent was=17"),
    ]);
}

#[test]
fn a_whole_behind_its_part() {
    check(&[
        (
            "Nine of the 41 children in residential children’s homes live far from home.",
            "residential-homes 41 children; other 9 children part_of=0",
        ),
        (
            "Neglect was found in 310 (41%) of the 756 assessments.",
            "other 756 other; other 310 other part_of=0; other 41 per-cent part_of=0",
        ),
        ("Of the 12 wards in the borough, five are poor.", "other 12 other; other 5 other part_of=0"),
        (
            "At 31 March 2016, 340 children were looked after. Six of the 340 children came back.",
            "children-in-care 340 children as_of=2016-03-31; other 6 children as_of=2016-03-31 part_of=0",
        ),
    ]);
}

#[test]
fn parts_in_words() {
    check(&[
        (
            "Thirty children live in children’s homes, of whom half live outside the county.",
            "residential-homes 30 children; residential-homes-out-of-area 50 per-cent part_of=0",
        ),
        ("Three-quarters of children looked after live with foster families.", "foster-care 75 per-cent"),
        (
            "Child protection plans have decreased by a quarter, from 320 to 240.",
            "other 25 per-cent; child-protection-plans 240 children was=320",
        ),
        ("Just over half the children looked after (54%) are boys.", "other 54 per-cent"),
    ]);
}

#[test]
fn what_a_number_was_before() {
    check(&[
        (
            "The council was looking after 612 children at 31 May 2016, having been looking after 577 at 31 March 2015.",
            "children-in-care 612 children as_of=2016-05-31 was=577 on=2015-03-31",
        ),
        (
            "The number of looked after children has grown since 2012, when it was 214, and now stands at 297.",
            "children-in-care 297 children was=214 on=2012",
        ),
        (
            "Unaccompanied asylum-seeking children now number 31, having stood at six two years ago.",
            "unaccompanied-asylum-seeking 31 children was=6",
        ),
        (
            "In 2014/15, 46 children were adopted (18%), compared with 38 in 2013/14.",
            "adoptions 46 children period=In 2014/15 was=38; adoptions 18 per-cent period=In 2014/15",
        ),
    ]);
}

#[test]
fn parts_that_one_phrase_announces() {
    check(&[
        (
            "Five children’s homes are run by the local authority, of which three are good, one outstanding and one inadequate.",
            "children-homes-operated 5 homes; children-homes-good 3 homes part_of=0; children-homes-outstanding 1 homes part_of=0; children-homes-inadequate 1 homes part_of=0",
        ),
        (
            "Three serious case reviews have been commissioned, two of which have been published.",
            "serious-case-reviews-commissioned 3 reviews; serious-case-reviews-completed 2 reviews part_of=0",
        ),
    ]);
}

#[test]
fn a_clause_that_goes_on() {
    check(&[
        (
            "Since the last inspection, two serious incident notifications have been made, one has been passed on.",
            "serious-incident-notifications 2 incidents period=Since the last inspection; other 1 incidents period=Since the last inspection",
        ),
        (
            "Sixty children (40%) were looked after under care orders, 18 under interim care orders.",
            "other 60 children; other 40 per-cent; other 18 children",
        ),
    ]);
}

#[test]
fn a_line_above_a_list() {
    assert_eq!(
        shown("The council is responsible for 415 children looked after, including:\n\n38 in residential care, 30 of them out of borough\n\nTen or fewer in secure units").replace('\n', "; "),
        "children-in-care 415 children; residential-homes 38 children part_of=0; residential-homes-out-of-area 30 children part_of=1; other 10 children qualifier=at-most part_of=0",
    );
}

#[test]
fn a_heading_that_is_a_line_above_a_list() {
    use crate::ofsted::testing::{draft, outline};
    let doc = outline(
        "At 31 August 2016:\n\n\u{2022} 402 children were looked after\n\n\u{2022} four were privately fostered.",
    );
    assert!(matches!(doc.blocks[0].role, Role::Heading(_)), "in a text file a short line looks like one");
    let mut draft = draft(&doc);
    let span = |kind, heading, blocks| SectionSpan { index: 0, kind, heading, blocks };
    let spans = [span("local-area-information", None, 0..0), span("other", Some(0), 1..doc.blocks.len())];
    read(&doc, &mut draft, &spans);
    let dates: Vec<_> = draft.record.figures.iter().map(|f| f.as_of.as_deref()).collect();
    assert_eq!(dates, [Some("2016-08-31"), Some("2016-08-31")]);
    // The same if only the form's own headings begin sections.
    let spans = [span("local-area-information", None, 0..doc.blocks.len())];
    read(&doc, &mut draft, &spans);
    assert_eq!(draft.record.figures[3].as_of.as_deref(), Some("2016-08-31"));
}

#[test]
fn every_number_has_an_owner() {
    let left = |text: &str| unread(text, &[]);
    assert_eq!(left("The budget fell by £700 for each household."), [700.0]);
    assert_eq!(left("Half of the homes are old."), [50.0]);
    assert_eq!(left("There is a 24/7 service for those aged 16 to 18 in 2015."), [24.0]);
    let now = "The average wait is 488 days.";
    assert_eq!(shown(now), "other 488 other");
    assert_eq!(shown("The budget fell by £700 in all."), "other 700 other");
}
