//! Tests of numbers that refer back: items after one that names their whole, "such placements", some of those in the sentence
//! before.

use super::wordings::check;

#[test]
fn items_after_one_that_names_their_whole() {
    check(&[
        (
            "At 31 March 2014, 420 children were being looked after by the local authority (a rate of 70 per 10,000 children).\n\nOf this number, 90 (21%) live outside the local authority area\n\n24 live in residential children’s homes\n\n31 were placed for adoption\n\nsix live in supported lodgings",
            "children-in-care 420 children as_of=2014-03-31 rate=70; placed-out-of-area 90 children as_of=2014-03-31 part_of=0; placed-out-of-area 21 per-cent as_of=2014-03-31 part_of=0; residential-homes 24 children as_of=2014-03-31 part_of=0; other 31 children as_of=2014-03-31 part_of=0; other 6 children as_of=2014-03-31 part_of=0",
        ),
        (
            "At 31 July 2015, the council looked after 280 children. This is an increase from 255 at 31 March 2014.\n\nOf these, 61 live outside the local authority area\n\n12 are placed for adoption\n\nnine live in secure units",
            "children-in-care 280 children as_of=2015-07-31 was=255 on=2014-03-31; placed-out-of-area 61 children as_of=2015-07-31 part_of=0; other 12 children as_of=2015-07-31 part_of=0; other 9 children as_of=2015-07-31 part_of=0",
        ),
        (
            "At 31 July 2015, the council looked after 280 children. Of this number:\n\n61 live outside the local authority area\n\n12 are placed for adoption",
            "children-in-care 280 children as_of=2015-07-31; placed-out-of-area 61 children as_of=2015-07-31 part_of=0; other 12 children as_of=2015-07-31 part_of=0",
        ),
        (
            "At 31 July 2015, the council looked after 280 children.\n\nOf these children, 61 live outside the local authority area\n\n12 are placed for adoption\n\nIn the last 12 months there were 20 adoptions",
            "children-in-care 280 children as_of=2015-07-31; placed-out-of-area 61 children as_of=2015-07-31 part_of=0; other 12 children as_of=2015-07-31 part_of=0; adoptions 20 children period=In the last 12 months",
        ),
        (
            "At 1 May 2016, 150 children were looked after.\n\nOf this number, 40 live outside the area\n\nnine live with parents\n\nDuring 2015–16:\n\nthere were 18 adoptions",
            "children-in-care 150 children as_of=2016-05-01; placed-out-of-area 40 children as_of=2016-05-01 part_of=0; placed-with-parents 9 children as_of=2016-05-01 part_of=0; adoptions 18 children period=During 2015–16",
        ),
        (
            "At 1 May 2016, 150 children were looked after.\n\nOf the 150, 40 live outside the area\n\n11 were placed for adoption",
            "children-in-care 150 children as_of=2016-05-01; placed-out-of-area 40 children as_of=2016-05-01 part_of=0; other 11 children as_of=2016-05-01 part_of=0",
        ),
        (
            "At 31 December 2017, 222 children were looked after. Of this number:\n\n13 live with parents (11 families), of whom one child lives out of the authority area",
            "children-in-care 222 children as_of=2017-12-31; placed-with-parents 13 children as_of=2017-12-31 part_of=0; other 11 families as_of=2017-12-31 part_of=1; placed-with-parents-out-of-area 1 children as_of=2017-12-31 part_of=1",
        ),
    ]);
}

#[test]
fn such_placements_and_suppressed_numbers() {
    check(&[
        (
            "At 31 March 2016, the number of children living in a privately arranged foster placement was eight. At 31 March 2015, there were fewer than five children living in such placements.",
            "private-fostering 8 children as_of=2016-03-31; private-fostering 5 children qualifier=fewer-than as_of=2015-03-31",
        ),
        (
            "At 31 March 2016, six children lived in a privately arranged fostering placement. This is similar to the 31 March 2015 figure, when the data was suppressed (five or fewer).",
            "private-fostering 6 children as_of=2016-03-31; private-fostering 5 children qualifier=at-most as_of=2015-03-31",
        ),
        (
            "At 31 March 2016, six children were privately fostered. This is similar to the number at 31 March 2015 (fewer than five).",
            "private-fostering 6 children as_of=2016-03-31; private-fostering 5 children qualifier=fewer-than as_of=2015-03-31",
        ),
        (
            "At 31 March 2016, 22 children lived in a privately arranged fostering placement. This is similar to 21 at 31 March 2015.",
            "private-fostering 22 children as_of=2016-03-31 was=21 on=2015-03-31",
        ),
        (
            "In the last 12 months:\n\nfive young people ceased to be looked after and have lived in houses of multiple occupation. There are currently two young people living in this type of accommodation.",
            "multiple-occupation 5 children period=In the last 12 months; multiple-occupation 2 children",
        ),
        (
            "At 31 March 2016, 300 children were looked after. Of this number:\n\nfewer than five live in residential special schools\n\na very small number live with parents\n\n10 or fewer are unaccompanied asylum-seeking children.",
            "children-in-care 300 children as_of=2016-03-31; residential-special-schools 5 children qualifier=fewer-than as_of=2016-03-31 part_of=0; unaccompanied-asylum-seeking 10 children qualifier=at-most as_of=2016-03-31 part_of=0",
        ),
        (
            "At 30 June 2016, 14 children were privately fostered, more than the nine such children a year earlier.",
            "private-fostering 14 children as_of=2016-06-30 was=9",
        ),
        (
            "At 31 May 2015, nine children lived in a privately arranged fostering placement. There were 12 such arrangements at 31 March 2014.",
            "private-fostering 9 children as_of=2015-05-31; private-fostering 12 children as_of=2014-03-31",
        ),
        (
            "At 31 March 2015, 44 children (a rate of 22 per 10,000) had a child protection plan, which is similar to the rate in comparable authorities (24) and lower than in England (43).",
            "child-protection-plans 44 children as_of=2015-03-31 rate=22 statistical-neighbours=24/10000 england=43/10000",
        ),
        (
            "At 31 March 2015, 310 children were looked after. This is similar to statistical neighbours and to 305 at 31 March 2014.",
            "children-in-care 310 children as_of=2015-03-31 was=305 on=2014-03-31",
        ),
    ]);
}

#[test]
fn some_of_those_before() {
    check(&[
        (
            "At 31 May 2014, 227 children were looked after. Of this number:\n\n78 (34%) live outside the local authority area\n\nbut 39 (of the 78) children live within 10 miles of the boundary\n\nof the 18 placed over 50 miles away, all were placed with relatives\n\n22 live in residential children’s homes",
            "children-in-care 227 children as_of=2014-05-31; placed-out-of-area 78 children as_of=2014-05-31 part_of=0; placed-out-of-area 34 per-cent as_of=2014-05-31 part_of=0; other 39 children as_of=2014-05-31 part_of=1; other 18 children as_of=2014-05-31 part_of=0; residential-homes 22 children as_of=2014-05-31 part_of=0",
        ),
        (
            "The local authority operates four children’s centres. Three have recently been inspected. Two were judged as good and one outstanding by Ofsted.",
            "other 4 other; other 3 other part_of=0; other 2 other part_of=1; other 1 other part_of=1",
        ),
        (
            "The council operates five children’s homes, all of which were judged good. In their most recent interim inspections three were judged to be making good progress.",
            "children-homes-operated 5 homes; children-homes-good 100 per-cent part_of=0; other 3 homes part_of=0",
        ),
        (
            "There are 14 privately fostered children. Six are at boarding schools.",
            "private-fostering 14 children; other 6 children part_of=0",
        ),
        (
            "The town has 20 wards. Nine are among the most deprived in the country.",
            "other 20 other; other 9 other part_of=0",
        ),
        (
            "At 31 March 2016, 340 children were looked after. 95 live outside the authority area. 12 live in residential special schools.",
            "children-in-care 340 children as_of=2016-03-31; placed-out-of-area 95 children as_of=2016-03-31 part_of=0; residential-special-schools 12 children as_of=2016-03-31 part_of=0",
        ),
        (
            "There are 58 schools in 12 parishes. Ten are rural.",
            "other 58 other; other 12 other; other 10 other",
        ),
    ]);
}

#[test]
fn placements_out_of_the_area() {
    check(&[
        (
            "Thirty children were placed out of county in residential accommodation.",
            "residential-homes-out-of-area 30 children",
        ),
        (
            "At 31 March 2016, 300 children were looked after. Of this number:\n\nfour live in residential special schools out of the authority area\n\none lives in a residential children’s home outside the local authority area\n\ntwo live in residential special schools, and live out of the authority area\n\n20 live with foster families outside the area",
            "children-in-care 300 children as_of=2016-03-31; residential-special-schools 4 children as_of=2016-03-31 part_of=0; residential-special-schools-out-of-area 4 children as_of=2016-03-31 part_of=1; residential-homes 1 children as_of=2016-03-31 part_of=0; residential-homes-out-of-area 1 children as_of=2016-03-31 part_of=3; residential-special-schools 2 children as_of=2016-03-31 part_of=0; residential-special-schools-out-of-area 2 children as_of=2016-03-31 part_of=5; foster-care 20 children as_of=2016-03-31 part_of=0; foster-care-out-of-area 20 children as_of=2016-03-31 part_of=7",
        ),
        (
            "The trust looks after 18 children who live with foster carers outside the borough.",
            "foster-care-out-of-area 18 children",
        ),
    ]);
}

#[test]
fn a_time_of_its_own() {
    check(&[
        (
            "Since the last inspection (November 2012), eight serious incident notifications have been submitted to Ofsted and one serious case review was ongoing at the time of the inspection.",
            "serious-incident-notifications 8 incidents period=Since the last inspection; serious-case-reviews-ongoing 1 reviews period=at the time of the inspection",
        ),
        (
            "Since the last inspection, three serious case reviews have been completed and two were ongoing at the time of the inspection.",
            "serious-case-reviews-completed 3 reviews period=Since the last inspection; serious-case-reviews-ongoing 2 reviews period=at the time of the inspection",
        ),
        (
            "Since the last inspection, four serious incident notifications have been submitted and no serious case reviews have been completed or were ongoing at the time of the inspection.",
            "serious-incident-notifications 4 incidents period=Since the last inspection; serious-case-reviews-completed-or-ongoing 0 reviews period=Since the last inspection",
        ),
        (
            "In the last 12 months, 21 children were adopted and eight were waiting for a family at 31 March 2016.",
            "adoptions 21 children period=In the last 12 months; other 8 children as_of=2016-03-31",
        ),
        (
            "During 2014–15, two reviews were published and one was under way at the time of this inspection.",
            "other 2 reviews period=During 2014–15; serious-case-reviews-ongoing 1 reviews period=at the time of this inspection",
        ),
        (
            "In the two years before inspection, three serious incident notifications were submitted and one serious case review had been completed at the time of the inspection.",
            "serious-incident-notifications 3 incidents period=In the two years before inspection; serious-case-reviews-completed 1 reviews period=In the two years before inspection",
        ),
    ]);
}

#[test]
fn the_same_number() {
    check(&[
        (
            "At 31 March 2015, eight children were privately fostered. This is the same number of children as at 31 March 2014.",
            "private-fostering 8 children as_of=2015-03-31 was=the same on=2014-03-31",
        ),
        (
            "At 31 March 2015, 4% of care leavers were abroad, the same proportion as in 2014.",
            "other 4 per-cent as_of=2015-03-31 was=the same on=2014",
        ),
    ]);
}
