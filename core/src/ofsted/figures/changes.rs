//! Tests of changes and shares, and of what they are compared with.

use super::wordings::check;

#[test]
fn a_change_is_no_share() {
    check(&[
        ("Child poverty has fallen from 22% to 18%.", "child-poverty 18 per-cent was=22"),
        (
            "The number of children in need increased by 10% to 1,320.",
            "other 10 per-cent; children-in-need 1320 children",
        ),
        (
            "The number of children looked after has risen by 12% since 2014.",
            "other 12 per-cent period=since 2014",
        ),
        (
            "The child population has risen from 20% to 24% of the population.",
            "under-18-population 24 per-cent was=20",
        ),
        (
            "The looked after children population has increased by 25% from 400 to 500 since 2013.",
            "other 25 per-cent period=since 2013; children-in-care 500 children period=since 2013 was=400 on=2013",
        ),
        (
            "The proportion of pupils from minority ethnic backgrounds rose from 5% to 7%.",
            "minority-ethnic 7 per-cent was=5",
        ),
        (
            "There were 31 adoptions, a rise of 24% on the previous year.",
            "adoptions 31 children; other 24 per-cent",
        ),
        ("The population of Latvian children in schools increased by 19%.", "other 19 per-cent"),
        (
            "The child population is expected to grow by 4% by 2020. This is 1.5% more than the average for the region.",
            "population-growth-forecast 4 per-cent period=by 2020; other 1.5 per-cent",
        ),
        (
            "There was a 14% drop in child protection plans between 2014 and 2015.",
            "other 14 per-cent period=between 2014 and 2015",
        ),
        (
            "The number of people born in Poland rose by 2,100 to 6,300 in ten years.",
            "other 6300 other period=in ten years was=4200",
        ),
        ("Child protection plans are up by a fifth.", "other 20 per-cent"),
        (
            "Children in need have gone down by 6%, from 1,000 to 940.",
            "other 6 per-cent; children-in-need 940 children was=1000",
        ),
        (
            "The 0–15 population will increase by 3% by 2017 (2% increase in early years and 5% increase in primary schools).",
            "population-growth-forecast 3 per-cent period=by 2017; other 2 per-cent period=by 2017; other 5 per-cent period=by 2017",
        ),
    ]);
}

#[test]
fn what_a_number_is_compared_with() {
    check(&[
        // The area's own number is left blank.
        (
            "The proportion of children entitled to free school meals in primary schools is – (the national average is 18%).",
            "",
        ),
        (
            "Over the last decade the population has grown faster than the national average, increasing 6.4% between 2001 and 2011. This is above the average both for the south east (5.1%) and for England (4.8%).",
            "other 6.4 per-cent period=between 2001 and 2011 region=5.1 england=4.8",
        ),
        (
            "According to the 2011 Census 12,300 (21%) are aged 0–17. The town has grown faster than the regional average, rising 5% since 2001. This is above that for England (4%).",
            "under-18-population 12300 children as_of=2011; under-18-population 21 per-cent as_of=2011; other 5 per-cent period=since 2001 england=4",
        ),
        (
            "The number of children looked after rose from 210 to 260 since 2012 and at 61 per 10,000 is above that of regional comparators (54).",
            "children-in-care 260 children period=since 2012 rate=61 region=54/10000 was=210 on=2012",
        ),
        (
            "At 31 March 2016, 300 children were looked after (60 per 10,000). This compares with 52 in similar authorities and 48 nationally.",
            "children-in-care 300 children as_of=2016-03-31 rate=60 statistical-neighbours=52/10000 england=48/10000",
        ),
        (
            "At 31 March 2016, 214 children were looked after (72 per 10,000). This compares with 69,500 in England.",
            "children-in-care 214 children as_of=2016-03-31 rate=72 england=69500",
        ),
        (
            "Child poverty is higher than the national average, with about one in four children living in poverty, whereas the national figure is one in five.",
            "child-poverty 25 per-cent qualifier=about england=20",
        ),
    ]);
}

#[test]
fn shares_of_some_of_the_children() {
    check(&[
        ("More than a third (36%) of children looked after live far from home.", "other 36 per-cent"),
        ("Some 2% of children are looked after.", "children-in-care 2 per-cent qualifier=about"),
        (
            "The largest ethnic group of looked after children is White British, accounting for 81%.",
            "other 81 per-cent",
        ),
        (
            "Children from minority ethnic groups account for 12% of the under 18 population and represent 19% of children in care.",
            "minority-ethnic 12 per-cent; other 19 per-cent",
        ),
        ("Boys make up 58% of children with a child protection plan.", "other 58 per-cent"),
        ("Disabled children are 9% of children in need.", "other 9 per-cent"),
        ("Of children looked after, 14% are from minority ethnic backgrounds.", "other 14 per-cent"),
    ]);
}

#[test]
fn growth() {
    check(&[
        (
            "The child population is growing at 2% to 3% a year.",
            "population-growth 2 per-cent; other 3 per-cent",
        ),
        (
            "Of 310 children looked after, 120 live outside the area. Of 310, 120 live with parents.",
            "children-in-care 310 children; placed-out-of-area 120 children part_of=0; other 310 other; placed-with-parents 120 children part_of=2",
        ),
        (
            "The under-18 population fell from 31,000 in 2011 to 29,500 in 2016.",
            "under-18-population 29500 children as_of=2016 was=31000 on=2011",
        ),
        (
            "The number of children in need stood at 900 on 31 May 2015, up by 40 since 31 March 2014.",
            "children-in-need 900 children as_of=2015-05-31 was=860 on=2014-03-31",
        ),
        (
            "The child population grew at around 2% a year over the last decade, reaching 3% in 2011.",
            "population-growth 2 per-cent qualifier=about period=over the last decade; population-growth 3 per-cent as_of=2011",
        ),
        (
            "The child population has risen from 18% to 23%. However, demand has not.",
            "under-18-population 23 per-cent was=18",
        ),
    ]);
}
