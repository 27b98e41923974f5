//! Tests of what figures are parts of, who is counted, and when.

use super::wordings::check;

#[test]
fn parts_of_the_nearest_count() {
    check(&[
        (
            "At 31 March 2016, 300 children were looked after. Of this number: three live in residential special schools, and both of the others live at home.",
            "children-in-care 300 children as_of=2016-03-31; residential-special-schools 3 children as_of=2016-03-31 part_of=0",
        ),
        (
            "Two live in residential special schools, and both live out of the authority area.",
            "residential-special-schools 2 children; residential-special-schools-out-of-area 100 per-cent part_of=0",
        ),
        (
            "At 31 March 2016, 300 children were looked after.\n\nOf this number:\n\nfour live in residential special schools, all of whom are out of the authority area, although two are within Greater Weald.",
            "children-in-care 300 children as_of=2016-03-31; residential-special-schools 4 children as_of=2016-03-31 part_of=0; residential-special-schools-out-of-area 100 per-cent as_of=2016-03-31 part_of=1; other 2 children as_of=2016-03-31 part_of=1",
        ),
        (
            "Of these, 24 live in residential children’s homes, of whom 15 live out of the authority area; and three live in residential special schools, two of whom live out of the authority area.",
            "residential-homes 24 children; residential-homes-out-of-area 15 children part_of=0; residential-special-schools 3 children; residential-special-schools-out-of-area 2 children part_of=2",
        ),
        (
            "The local authority operates six children’s homes and one secure unit. Six were judged to be good.",
            "children-homes-operated 6 homes; other 1 other; children-homes-good 6 homes",
        ),
        (
            "The local authority operates six children’s homes and one secure unit. Ofsted judged six of them to be good.",
            "children-homes-operated 6 homes; other 1 other; children-homes-good 6 homes",
        ),
        (
            "During 2014–15:\n\nthere were 150 who have ceased to be looked after, which included:\n\n45 adoptions\n\n20 who moved on to independent living.",
            "ceased-looked-after 150 children period=During 2014–15; adoptions 45 children period=During 2014–15 part_of=0; independent-living 20 children period=During 2014–15 part_of=0",
        ),
    ]);
}

#[test]
fn who_is_counted() {
    check(&[
        (
            "The percentage of the all-age population that comes from minority ethnic groups is 21.4%.",
            "other 21.4 per-cent",
        ),
        (
            "Children from minority ethnic groups account for 24% of all children in the area.",
            "minority-ethnic 24 per-cent",
        ),
        ("The children who do not live with their parents but with friends number 43.", "other 43 other"),
        ("There are no wards amongst the 20% most affluent.", "other 0 other"),
    ]);
}

#[test]
fn when_it_was_so() {
    check(&[
        (
            "Between the start of 2014 and the time of the inspection, 10 serious case reviews were completed.",
            "serious-case-reviews-completed 10 reviews period=Between the start of 2014 and the time of the inspection",
        ),
        (
            "Since the last inspection in 2013, 10 serious case reviews were completed.",
            "serious-case-reviews-completed 10 reviews period=Since the last inspection in 2013",
        ),
        (
            "At 31 March 2016, 300 children were looked after (a rate of 60 per 10,000 children). The rate has not changed since 31 March 2015.",
            "children-in-care 300 children as_of=2016-03-31 rate=60 was=the same rate_was=60 on=2015-03-31",
        ),
        (
            "At 31 March 2017, one child lived in a privately arranged fostering placement. This is consistent with the number at 31 March 2016.",
            "private-fostering 1 children as_of=2017-03-31 was=the same on=2016-03-31",
        ),
        (
            "The town was in 2010 ranked as the 6th most deprived local authority in England.",
            "deprivation-rank 6 rank as_of=2010",
        ),
        (
            "In the last 12 months (between 1 September 2014 and 31 August 2015), 12 children were adopted.",
            "adoptions 12 children period=In the last 12 months (between 1 September 2014 and 31 August 2015)",
        ),
    ]);
}
