//! Sentences in wordings other than the form's, what each states, and which numbers are reported as unread.

use super::tests::shown;
use super::*;

/// Compares what was read from each text with what it states.
pub(super) fn check(texts: &[(&str, &str)]) {
    let read = texts.iter().map(|(text, stated)| (*text, shown(text).replace('\n', "; "), *stated));
    let wrong: Vec<_> = read.filter(|(_, read, stated)| read != stated).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn changes() {
    check(&[
        (
            "The number of children in need rose from 812 at 31 March 2015 to 897 at 31 March 2016.",
            "children-in-need 897 children as_of=2016-03-31 was=812 on=2015-03-31",
        ),
        (
            "The number of adoptions fell from 19 to 14 in the year to March 2016.",
            "adoptions 14 children period=in the year to March 2016. was=19",
        ),
        ("Child protection plans have risen by nine to 140.", "child-protection-plans 140 children was=131"),
        (
            "There were 140 children with a child protection plan at 31 December 2015, which is nine more than a year earlier.",
            "child-protection-plans 140 children as_of=2015-12-31 was=131",
        ),
        (
            "Nine children became subject of special guardianship orders, the same number as in the previous year.",
            "special-guardianship 9 children was=the same",
        ),
        (
            "Four children were privately fostered on 1 February 2016 (six on 31 March 2015).",
            "private-fostering 4 children as_of=2016-02-01 was=6 on=2015-03-31",
        ),
        (
            "In March 2013 there were 486 looked after children, or 55.0 for every 10,000, against 471 a year before.",
            "children-in-care 486 children as_of=2013-03 rate=55 was=471",
        ),
        (
            "The number of children looked after was 470 in March 2015 and had risen to 512 by March 2016.",
            "children-in-care 512 children as_of=2016-03 was=470 on=2015-03",
        ),
        (
            "There are 24 unaccompanied asylum-seeking children, double the number at 31 March 2016 (12).",
            "unaccompanied-asylum-seeking 24 children was=12 on=2016-03-31",
        ),
        (
            "By 31 March 2016 the council looked after 412 children, 58 for every 10,000 children.",
            "children-in-care 412 children as_of=2016-03-31 rate=58",
        ),
        (
            "There have been 19 adoptions in the last 12 months, against 14 in the previous 12 months.",
            "adoptions 19 children period=in the last 12 months was=14",
        ),
        (
            "At 31 January 2016, four children lived in a privately arranged fostering placement. This is fewer than the nine at 31 March 2015.",
            "private-fostering 4 children as_of=2016-01-31 was=9 on=2015-03-31",
        ),
        ("More children (24) were adopted than in 2014 (21).", "adoptions 24 children was=21 on=2014"),
        (
            "There are eight children living with parents (five at 31 March 2015).",
            "placed-with-parents 8 children was=5 on=2015-03-31",
        ),
        (
            "There were 140 children with a child protection plan at the end of March 2015 and 151 at the end of March 2016.",
            "child-protection-plans 140 children as_of=2015-03; child-protection-plans 151 children as_of=2016-03",
        ),
    ]);
}

#[test]
fn parts() {
    check(&[
        (
            "Four children live in residential special schools. All of them are placed outside the area.",
            "residential-special-schools 4 children; residential-special-schools-out-of-area 100 per-cent part_of=0",
        ),
        (
            "Of 20 children in children’s homes, 45% (nine) are outside the local authority area.",
            "residential-homes 20 children; residential-homes-out-of-area 45 per-cent part_of=0; residential-homes-out-of-area 9 children part_of=0",
        ),
        (
            "Of the children placed with foster carers, 30 (15%) live out of the area.",
            "foster-care-out-of-area 30 children; foster-care-out-of-area 15 per-cent",
        ),
        (
            "There were 210 child protection plans, including 95 for neglect and 70 for emotional abuse.",
            "child-protection-plans 210 children; other 95 children part_of=0; other 70 children part_of=0",
        ),
        (
            "Thirty-one children live in residential care, 18 of them outside Wexcombe.",
            "residential-homes 31 children; residential-homes-out-of-area 18 children part_of=0",
        ),
        (
            "Two children live in secure accommodation and one in a hospital.",
            "other 2 children; other 1 children",
        ),
        (
            "Fourteen children, or 5%, are unaccompanied asylum-seeking children.",
            "unaccompanied-asylum-seeking 14 children; unaccompanied-asylum-seeking 5 per-cent",
        ),
    ]);
}

#[test]
fn shares_and_comparators() {
    check(&[
        (
            "Children under 18 make up 20.4% of the population, which is below the national figure of 21.1%.",
            "under-18-population 20.4 per-cent england=21.1",
        ),
        (
            "Children from Black African backgrounds account for 3.2% and those of mixed heritage for 4.8% of all children.",
            "ethnic-group-black-african 3.2 per-cent; ethnic-group-mixed 4.8 per-cent",
        ),
        (
            "The rate of looked after children is 66 per 10,000, higher than the England average of 60 and that of statistical neighbours (63).",
            "children-in-care 66 per-10000 england=60 statistical-neighbours=63",
        ),
        (
            "Around 8% of primary pupils and 11% of secondary pupils are entitled to free school meals (national: 16% and 14%).",
            "free-school-meals-primary 8 per-cent qualifier=about england=16; free-school-meals-secondary 11 per-cent england=14",
        ),
        (
            "At 31 March 2016, 812 children were in need, a rise of 6% since 31 March 2015.",
            "children-in-need 812 children as_of=2016-03-31; other 6 per-cent as_of=2016-03-31 period=since 31 March 2015",
        ),
        (
            "In primary schools, 9.8% of children are entitled to free school meals. In secondary schools it is 8.1%.",
            "free-school-meals-primary 9.8 per-cent; free-school-meals-secondary 8.1 per-cent",
        ),
        ("Unemployment stands at 5.8% (England 5.1%).", "other 5.8 per-cent england=5.1"),
        (
            "According to the 2011 Census, 3% of households are overcrowded.",
            "overcrowded-households 3 per-cent as_of=2011",
        ),
        ("Minority ethnic children are 9 per cent of the population under 18.", "minority-ethnic 9 per-cent"),
        ("Twelve per cent of all households are workless households.", "workless-households 12 per-cent"),
        ("Wexcombe ranks 27th of 152 local authorities for deprivation.", "deprivation-rank 27 rank"),
        (
            "The population aged 0 to 17 is forecast to grow by 4% by 2022.",
            "population-growth-forecast 4 per-cent period=by 2022",
        ),
        (
            "By 2025 the number of children is expected to rise by 2,400.",
            "population-growth-forecast 2400 children period=By 2025",
        ),
        ("No more than ten children live in lodgings.", "other 10 children qualifier=at-most"),
        (
            "There are seven units for children who need a rest, and pupils reach the end of Key Stage Four.",
            "other 7 other",
        ),
    ]);
}

#[test]
fn homes_of_the_authority() {
    check(&[
        ("The council has one in-house children’s home.", "children-homes-operated 1 homes"),
        ("The council does not have any children’s homes of its own.", "children-homes-operated 0 homes"),
        (
            "The council runs three residential children’s homes. At their most recent inspections, one was judged outstanding and two were judged good.",
            "children-homes-operated 3 homes; children-homes-outstanding 1 homes part_of=0; children-homes-good 2 homes part_of=0",
        ),
        (
            "There are 28 children’s homes in the area, of which the council operates three.",
            "other 28 homes; children-homes-operated 3 homes part_of=0",
        ),
    ]);
}

#[test]
fn wholes_and_their_parts() {
    check(&[
        (
            "Of the 525 children looked after at 30 June 2015, 61% were in foster care, 8% were in children’s homes and 11% were placed for adoption.",
            "children-in-care 525 children as_of=2015-06-30; foster-care 61 per-cent as_of=2015-06-30 part_of=0; residential-homes 8 per-cent as_of=2015-06-30 part_of=0; other 11 per-cent as_of=2015-06-30 part_of=0",
        ),
        (
            "There are 154 care leavers, of whom 88% are in suitable accommodation and 57% are in education, employment or training.",
            "other 154 children; other 88 per-cent part_of=0; other 57 per-cent part_of=0",
        ),
        (
            "The council currently looks after 634 children, of whom 211 (33%) are placed outside the city boundary.",
            "children-in-care 634 children; placed-out-of-area 211 children part_of=0; placed-out-of-area 33 per-cent part_of=0",
        ),
        (
            "The service supports 148 care leavers. Of these, 22 are in higher education and 41 are not in work.",
            "other 148 children; other 22 children part_of=0; other 41 children part_of=0",
        ),
        (
            "Wexcombe has a child population of 54,300, which is 22% of the total population.",
            "under-18-population 54300 children; under-18-population 22 per-cent",
        ),
    ]);
}

#[test]
fn shares_in_words() {
    check(&[
        ("Approximately one in four children live in poverty.", "child-poverty 25 per-cent qualifier=about"),
        ("One in four children (26.4%) live in poverty.", "child-poverty 26.4 per-cent"),
        ("Two in five children (41%) are from minority ethnic groups.", "minority-ethnic 41 per-cent"),
        ("A third of all households are workless households.", "workless-households 33.3 per-cent"),
        (
            "Child poverty is higher than the national average, with approximately one in three children living in poverty, whereas the national figure is one in five.",
            "child-poverty 33.3 per-cent qualifier=about england=20",
        ),
        (
            "Some 21.4% of children (2,310) under 16 live in poverty, compared with 18.6% nationally and 19.2% in the region.",
            "child-poverty 21.4 per-cent qualifier=about england=18.6 region=19.2; child-poverty 2310 children",
        ),
    ]);
}

#[test]
fn earlier_values_and_their_moments() {
    check(&[
        (
            "At 31 August 2015, 245 children had a child protection plan. This is similar to the 249 at 31 March 2015.",
            "child-protection-plans 245 children as_of=2015-08-31 was=249 on=2015-03-31",
        ),
        (
            "There were 47 unaccompanied asylum-seeking children at 31 January 2015, nearly double the 25 at 31 January 2014.",
            "unaccompanied-asylum-seeking 47 children as_of=2015-01-31 was=25 on=2014-01-31",
        ),
        (
            "At 31 December 2015, 2,317 children were in need. This is an increase on the figure of 2,069 at 31 March 2015.",
            "children-in-need 2317 children as_of=2015-12-31 was=2069 on=2015-03-31",
        ),
        (
            "The rate of children looked after at 30 September 2015 was 48 per 10,000, below the national average of 60 per 10,000.",
            "children-in-care 48 per-10000 as_of=2015-09-30 england=60",
        ),
        (
            "At the end of December 2015, 92% of children had been visited in time.",
            "other 92 per-cent as_of=2015-12",
        ),
        (
            "The population under 18 has increased by 11% since 2001 and is expected to grow by a further 6% by 2021.",
            "population-growth 11 per-cent period=since 2001; population-growth-forecast 6 per-cent period=by 2021",
        ),
        (
            "Since 2012, the number of children looked after has increased by 14%, from 410 to 468.",
            "other 14 per-cent period=Since 2012; children-in-care 468 children was=410",
        ),
        (
            "At 30 June 2016, 512 children were looked after. This is broadly the same as at 31 March 2015, when there were 509.",
            "children-in-care 512 children as_of=2016-06-30 was=509 on=2015-03-31",
        ),
        (
            "One serious case review has been completed. One is currently in progress.",
            "serious-case-reviews-completed 1 reviews; serious-case-reviews-ongoing 1 reviews",
        ),
        (
            "In Wexcombe’s schools, 31 per cent of primary pupils do not have English as their first language.",
            "additional-language-primary 31 per-cent",
        ),
    ]);
}

#[test]
fn parts_by_their_verbs() {
    check(&[
        ("A third of children looked after are placed outside the city.", "placed-out-of-area 33.3 per-cent"),
        (
            "Just over half of the children looked after (52%) are placed within the borough.",
            "other 52 per-cent",
        ),
        (
            "Of the 402 children looked after at 31 October 2015, three quarters were in foster care.",
            "children-in-care 402 children as_of=2015-10-31; foster-care 75 per-cent as_of=2015-10-31 part_of=0",
        ),
        (
            "372 children live with foster families, two thirds of whom (248) live outside the local authority area.",
            "foster-care 372 children; foster-care-out-of-area 66.7 per-cent part_of=0; foster-care-out-of-area 248 children part_of=0",
        ),
        (
            "Eleven children live in residential special schools, seven out of the authority area.",
            "residential-special-schools 11 children; residential-special-schools-out-of-area 7 children part_of=0",
        ),
        (
            "At 30 September 2015, 96 children had a child protection plan for neglect, 41 for emotional abuse.",
            "other 96 children as_of=2015-09-30; other 41 children as_of=2015-09-30",
        ),
        ("Children make up 22% of the population.", "under-18-population 22 per-cent"),
        (
            "Children from Asian backgrounds make up 11% of the child population and those from Black backgrounds 6%.",
            "ethnic-group-asian 11 per-cent; ethnic-group-black 6 per-cent",
        ),
    ]);
}

#[test]
fn two_numbers_held_against_two() {
    check(&[
        (
            "The proportion of pupils entitled to free school meals is 11% in primary schools and 9% in secondary schools, compared with 15% and 14% nationally.",
            "free-school-meals-primary 11 per-cent england=15; free-school-meals-secondary 9 per-cent england=14",
        ),
        (
            "At 31 December 2015, 511 children were in care, a rate of 79 per 10,000 (England 60, statistical neighbours 74).",
            "children-in-care 511 children as_of=2015-12-31 rate=79 england=60/10000 statistical-neighbours=74/10000",
        ),
        (
            "The rate per 10,000 of children looked after was 71 at 31 March 2015, a small decrease from 74 at 31 March 2014.",
            "children-in-care 71 per-10000 as_of=2015-03-31 was=74 on=2014-03-31",
        ),
        (
            "There were 14 unaccompanied asylum-seeking children at 31 October 2015, twice as many as at 31 March 2015, when there were seven.",
            "unaccompanied-asylum-seeking 14 children as_of=2015-10-31 was=7 on=2015-03-31",
        ),
        (
            "At 31 October 2015, 402 children were looked after, a 4% rise on the 386 looked after at 31 March 2015.",
            "children-in-care 402 children as_of=2015-10-31 was=386 on=2015-03-31; other 4 per-cent as_of=2015-10-31",
        ),
        ("Wexcombe was ranked 57 out of 152 authorities for deprivation.", "deprivation-rank 57 rank"),
        (
            "Since January 2014 the council has made three serious incident notifications to Ofsted.",
            "serious-incident-notifications 3 incidents period=Since January 2014",
        ),
        ("The council does not run any children’s homes.", "children-homes-operated 0 homes"),
        (
            "The rate of children in need fell from 340 per 10,000 at 31 March 2014 to 312 per 10,000 at 31 March 2015.",
            "children-in-need 312 per-10000 as_of=2015-03-31 was=340 on=2014-03-31",
        ),
        (
            "In primary schools, 22% of children are entitled to free school meals, and in secondary schools 18% are.",
            "free-school-meals-primary 22 per-cent; free-school-meals-secondary 18 per-cent",
        ),
        (
            "There are 29 children in residential homes (66% out of area).",
            "residential-homes 29 children; residential-homes-out-of-area 66 per-cent part_of=0",
        ),
    ]);
}

#[test]
fn words_that_narrow_a_measure_withhold_it() {
    check(&[
        ("There are 14 disabled children in need.", "other 14 children"),
        ("There are 140 children in need.", "children-in-need 140 children"),
        ("There are 31 children subject to a child protection plan because of neglect.", "other 31 children"),
        (
            "Two thirds of the children in care live with foster families within its boundary.",
            "other 66.7 per-cent",
        ),
        ("In one ward, Holmside, 46% of children live in poverty.", "other 1 other; other 46 per-cent"),
        ("There are 23 more children looked after than in 2014.", "other 23 children"),
        (
            "Fewer primary pupils (9%) than secondary pupils (10%) are entitled to free school meals.",
            "other 9 per-cent; free-school-meals-secondary 10 per-cent",
        ),
        ("One in four primary schools has many pupils entitled to free school meals.", "other 25 per-cent"),
        (
            "A total of 95 children live outside the area: 60 with foster families.",
            "placed-out-of-area 95 children; foster-care-out-of-area 60 children part_of=0",
        ),
        (
            "Some 15,600 pupils attend secondary schools and 12% of them receive free school meals.",
            "other 15600 children qualifier=about; free-school-meals-secondary 12 per-cent",
        ),
    ]);
}

#[test]
fn numbers_in_no_figure() {
    let left = |text: &str| unread(text, &[]);
    assert_eq!(left("Between 10 and 15 children wait."), [10.0, 15.0]);
    assert_eq!(left("Between five and nine children wait."), [5.0, 9.0]);
    assert_eq!(left("Six of the 143 children came back."), [6.0, 143.0]);
    assert_eq!(left("It is one of the eight core cities, and of the two wards in the north."), [0.0; 0]);
    let read = Figure { value: Some(Amount(6.0)), ..Figure::default() };
    assert_eq!(unread("Six of the 143 children came back.", &[read]), [143.0]);
}
