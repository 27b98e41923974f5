//! Sentences of the form in the section about the area.

use super::*;
use crate::ofsted::testing::{draft, outline};
use insta::assert_snapshot;

/// The figures in some blocks of the section about the area, one per line.
pub(super) fn shown(blocks: &str) -> String {
    let mut doc = outline(blocks);
    // In text, short lines are taken for headings.
    doc.blocks.iter_mut().for_each(|block| block.role = Role::Paragraph);
    let mut draft = draft(&doc);
    let blocks = 0..doc.blocks.len();
    let section = SectionSpan { index: 0, kind: "local-area-information", heading: None, blocks };
    read(&doc, &mut draft, &[section]);
    draft.record.figures.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn line(f: &Figure) -> String {
    let mut out = format!("{} {} {}", f.measure, f.value.unwrap_or_default(), f.unit);
    let mut more = |name: &str, value: Option<String>| out.extend(value.map(|v| format!(" {name}={v}")));
    more("qualifier", f.qualifier.clone());
    more("as_of", f.as_of.clone());
    more("period", f.period.clone());
    more("part_of", f.part_of.map(|p| p.to_string()));
    more("rate", f.rate_per_10000.map(|r| r.to_string()));
    for c in &f.compare {
        let unit = c.unit.as_ref().map_or("", |_| "/10000");
        more(&c.with, c.value.map(|v| format!("{v}{unit}")));
    }
    if let Some(p) = &f.previous {
        more("was", p.value.map(|v| v.to_string()).or_else(|| p.same.then(|| "the same".into())));
        more("rate_was", p.rate_per_10000.map(|r| r.to_string()));
        more("on", p.as_of.clone());
    }
    out
}

#[test]
fn the_heading_of_the_section_announces_no_list() {
    let said = |heading: &str| {
        let mut doc = outline("Heading\n\nThere are 12 children’s homes.");
        doc.blocks[0].text = outline(heading).blocks[0].text.clone();
        (doc.blocks[0].role, doc.blocks[1].role) = (Role::Heading(1), Role::Paragraph);
        let mut draft = draft(&doc);
        let kind = "local-area-information";
        read(&doc, &mut draft, &[SectionSpan { index: 0, kind, heading: Some(0), blocks: 1..2 }]);
        draft.record.figures.iter().map(|f| f.text.clone()).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(said("Service information:"), "There are 12 children’s homes.");
    assert_eq!(said("At 31 March 2014:"), "At 31 March 2014: There are 12 children’s homes.");
}

#[test]
fn a_day_a_rate_and_an_earlier_figure() {
    assert_snapshot!(shown("At 31 March 2015, 323 children were being looked after by the local authority (a rate of 46.5 per 10,000 children). This is a reduction from 350 (50 per 10,000 children) at 31 March 2014."), @"children-in-care 323 children as_of=2015-03-31 rate=46.5 was=350 rate_was=50 on=2014-03-31");
    assert_snapshot!(shown("At 30 September 2016, 36 children and young people per 10,000 (209) were the subject of a child protection plan. This is an increase from 26 per 10,000 (152) at 31 March 2016, but a decrease from 50 per 10,000 (290) at 31 March 2015."), @r"
    child-protection-plans 209 children as_of=2016-09-30 rate=36 was=152 rate_was=26 on=2016-03-31
    child-protection-plans 290 children as_of=2015-03-31 rate=50
    ");
    assert_snapshot!(shown("At 31 May 14, 61 children were the subject of a child protection plan, the same number as at 31 March 2013."), @"child-protection-plans 61 children as_of=2014-05-31 was=the same on=2013-03-31");
    assert_snapshot!(shown("At 31 March 2016, 15 children lived in a privately arranged fostering placement, one more than at 31 March 2015."), @"private-fostering 15 children as_of=2016-03-31 was=14 on=2015-03-31");
    assert_snapshot!(shown("As at 31 March 2014, 844 children were the subject of a child protection plan compared with 1,149 at 31 March 2013."), @"child-protection-plans 844 children as_of=2014-03-31 was=1149 on=2013-03-31");
}

#[test]
fn parts_have_the_day_of_their_whole() {
    assert_snapshot!(shown("At 31 March 2016, 340 children are being looked after. Of this number:\n\n95 (or 28%) live outside the local authority area\n\nseven live in residential children’s homes, all of whom live out of the authority area\n\n220 live with foster families, of whom 54% live out of the authority area\n\nthree live with parents. One of these three lives outside the authority area.\n\nFewer than five are unaccompanied asylum-seeking children."), @r"
    children-in-care 340 children as_of=2016-03-31
    placed-out-of-area 95 children as_of=2016-03-31 part_of=0
    placed-out-of-area 28 per-cent as_of=2016-03-31 part_of=0
    residential-homes 7 children as_of=2016-03-31 part_of=0
    residential-homes-out-of-area 100 per-cent as_of=2016-03-31 part_of=3
    foster-care 220 children as_of=2016-03-31 part_of=0
    foster-care-out-of-area 54 per-cent as_of=2016-03-31 part_of=5
    placed-with-parents 3 children as_of=2016-03-31 part_of=0
    placed-with-parents-out-of-area 1 children as_of=2016-03-31 part_of=7
    unaccompanied-asylum-seeking 5 children qualifier=fewer-than as_of=2016-03-31 part_of=0
    ");
}

#[test]
fn a_list_has_the_period_of_its_lead_in() {
    assert_snapshot!(shown("In the last 12 months:\n\nthere have been no adoptions\n\n63 children ceased to be looked after, of whom six (10%) subsequently returned to be looked after\n\neight young people ceased to be looked after and moved on to independent living."), @r"
    adoptions 0 children period=In the last 12 months
    ceased-looked-after 63 children period=In the last 12 months
    returned-to-care 6 children period=In the last 12 months part_of=1
    returned-to-care 10 per-cent period=In the last 12 months part_of=1
    independent-living 8 children period=In the last 12 months
    ");
}

#[test]
fn shares_are_held_against_the_country() {
    assert_snapshot!(shown("The proportion of children entitled to free school meals:\n\nIn primary schools is 13.5% (the national average is 18%).\n\nIn secondary schools is 12% (the regional average is 14% and nationally 15%)."), @r"
    free-school-meals-primary 13.5 per-cent england=18
    free-school-meals-secondary 12 per-cent region=14 england=15
    ");
    assert_snapshot!(shown("Approximately 34,000 children and young people under the age of 18 years live in Wexcombe. This is 19% of the total population in the area."), @r"
    under-18-population 34000 children qualifier=about
    under-18-population 19 per-cent
    ");
    assert_snapshot!(shown("Approximately 29% of the local authority’s children aged under 16 years are living in poverty, compared with 20.6% across England."), @"child-poverty 29 per-cent qualifier=about england=20.6");
    assert_snapshot!(shown("The largest minority ethnic groups are Black African (24%) and Pakistani (11.2%) (School Census 2014)."), @r"
    ethnic-group-black-african 24 per-cent
    other 11.2 per-cent as_of=2014
    ");
}

#[test]
fn a_comparison_is_of_its_own_block() {
    assert_snapshot!(shown("29% of children are living in poverty.\n\nAt 31 March 2015, 323 children were looked after, compared with 21% in England."), @r"
    child-poverty 29 per-cent
    children-in-care 323 children as_of=2015-03-31
    ");
}

#[test]
fn homes_and_reviews() {
    assert_snapshot!(shown("The local authority operates four children’s homes. Two were judged to be good or outstanding, and one judged adequate.\n\nThe local authority does not operate any children’s homes."), @r"
    children-homes-operated 4 homes
    children-homes-good-or-outstanding 2 homes part_of=0
    children-homes-adequate 1 homes part_of=0
    children-homes-operated 0 homes
    ");
    assert_snapshot!(shown("Since the last inspection, five serious incident notifications have been submitted to Ofsted and no serious case reviews have been completed or were ongoing at the time of the inspection."), @r"
    serious-incident-notifications 5 incidents period=Since the last inspection
    serious-case-reviews-completed-or-ongoing 0 reviews period=Since the last inspection
    ");
}

#[test]
fn what_is_said_after_the_figure_is_of_it() {
    assert_snapshot!(shown("At 30 June 2016, 480 children were looked after, a rate of 84 per 10,000. This is higher than the rate for statistical neighbours (70) and England (60)."), @"children-in-care 480 children as_of=2016-06-30 rate=84 statistical-neighbours=70/10000 england=60/10000");
    assert_snapshot!(shown("At 30 June 2016, 212 children were subject to a child protection plan, an increase of 25 from 31 March 2016."), @"child-protection-plans 212 children as_of=2016-06-30 was=187 on=2016-03-31");
    assert_snapshot!(shown("At 30 June 2016, 480 children were in care, an increase from 31 March 2016 when 455 children (79 per 10,000) were in care."), @"children-in-care 480 children as_of=2016-06-30 was=455 rate_was=79 on=2016-03-31");
    assert_snapshot!(shown("Children from minority ethnic groups account for 6%, compared with 21% in the country and 12% in the North West."), @"minority-ethnic 6 per-cent england=21 region=12");
    assert_snapshot!(shown("The council has 1,212 children in need, 230 children subject to child protection plans and 480 children looked after at 31 August 2016."), @r"
    children-in-need 1212 children as_of=2016-08-31
    child-protection-plans 230 children as_of=2016-08-31
    children-in-care 480 children as_of=2016-08-31
    ");
    assert_snapshot!(shown("18% of children are living in low-income families (HMRC, August 2013)."), @"child-poverty 18 per-cent as_of=2013-08");
}

#[test]
fn groups_are_told_before_their_shares() {
    assert_snapshot!(shown("The largest minority ethnic groups are Punjabi (4%), Bengali (4%) and African 3%."), @r"
    other 4 per-cent
    other 4 per-cent
    ethnic-group-black-african 3 per-cent
    ");
    assert_snapshot!(shown("The largest minority ethnic groups in the area are Asian or Asian British, followed by Mixed (20.6% and 11.3% respectively)."), @r"
    ethnic-group-asian 20.6 per-cent
    ethnic-group-mixed 11.3 per-cent
    ");
    assert_snapshot!(shown("The largest minority ethnic groups are 3.1% Black African and 2.4% White Irish."), @r"
    ethnic-group-black-african 3.1 per-cent
    other 2.4 per-cent
    ");
    assert_snapshot!(shown("Children from minority ethnic groups are 21.4%, with the Asian group (10.5%) being the largest."), @r"
    minority-ethnic 21.4 per-cent
    ethnic-group-asian 10.5 per-cent
    ");
}

#[test]
fn sources_and_spans_of_time() {
    assert_snapshot!(shown("29% of children live in low-income families. (Child benefit data – as at 31 August 2014)"), @"child-poverty 29 per-cent as_of=2014-08-31");
    assert_snapshot!(shown("Between the last inspection in 2011 and 30 September 2016, 11 serious incident notifications were submitted."), @"serious-incident-notifications 11 incidents period=Between the last inspection in 2011 and 30 September 2016");
    assert_snapshot!(shown("At 30 September 2016, 354 children per 10,000 (2,042) were formally in need. This is a reduction from both 403 per 10,000 (2,341) at 31 March 2016 and 489 per 10,000 (2,017) at 31 March 2015."), @r"
    children-in-need 2042 children as_of=2016-09-30 rate=354 was=2341 rate_was=403 on=2016-03-31
    children-in-need 2017 children as_of=2015-03-31 rate=489
    ");
    assert_snapshot!(shown("The council operates four children’s homes. At an interim inspection three were judged to be making good progress."), @r"
    children-homes-operated 4 homes
    other 3 homes part_of=0
    ");
}

#[test]
fn schools_share_the_sentence_that_names_their_pupils() {
    assert_snapshot!(shown("The proportion entitled to free school meals in primary schools is 14% (the national average is 15%) and in secondary schools is 12% (the national average is 13%)."), @r"
    free-school-meals-primary 14 per-cent england=15
    free-school-meals-secondary 12 per-cent england=13
    ");
    assert_snapshot!(shown("English is an additional language for 12% of pupils in primary schools and 9% of pupils in secondary schools."), @r"
    additional-language-primary 12 per-cent
    additional-language-secondary 9 per-cent
    ");
    assert_snapshot!(shown("The percentage entitled to free school meals is 18% in primary schools and 16% in secondary schools (national averages 15% and 14%)."), @r"
    free-school-meals-primary 18 per-cent england=15
    free-school-meals-secondary 16 per-cent england=14
    ");
}

#[test]
fn a_list_ends_where_the_text_goes_back_to_its_edge() {
    let ends = |roles: &[Role]| {
        let mut list = List { announced: Some(1), has_items: false };
        roles.iter().map(|role| list.ends_at(*role)).collect::<Vec<_>>()
    };
    assert_eq!(ends(&[Role::Bullet(2), Role::Bullet(2), Role::Bullet(1)]), [false, false, true]);
    assert_eq!(ends(&[Role::Bullet(1), Role::Bullet(1)]), [false, false], "the items are set at its edge");
    let of_year = Lead { period: Some("In the last 12 months".into()), ..Lead::default() };
    assert!(goes_on_list("Eleven children moved on to independent living.", &of_year));
    assert!(!goes_on_list("The council runs 11 homes.", &of_year));
}

#[test]
fn what_has_no_code_is_other() {
    assert_snapshot!(shown("In July 2015, 8.2% of the school population came from military families.\n\nIt is the 47th most deprived borough, rising from 1% in 2001 to 2.1% in 2011."), @r"
    other 8.2 per-cent as_of=2015-07
    deprivation-rank 47 rank
    other 2.1 per-cent as_of=2011 was=1 on=2001
    ");
}

#[test]
fn a_wider_area_is_not_the_authoritys_own() {
    assert_snapshot!(shown("At 31 March 2017, 340 children are being looked after. Of this number:\n\n95 (or 28%) live outside the local authority area, although 86% are placed within Greater Wexcombe\n\n220 live with foster families, of whom 54% live out of the authority area. However, 89% are placed within Greater Wexcombe"), @r"
    children-in-care 340 children as_of=2017-03-31
    placed-out-of-area 95 children as_of=2017-03-31 part_of=0
    placed-out-of-area 28 per-cent as_of=2017-03-31 part_of=0
    other 86 per-cent as_of=2017-03-31 part_of=1
    foster-care 220 children as_of=2017-03-31 part_of=0
    foster-care-out-of-area 54 per-cent as_of=2017-03-31 part_of=4
    other 89 per-cent as_of=2017-03-31 part_of=4
    ");
}

#[test]
fn parts_in_brackets_and_parts_told_once_more() {
    assert_snapshot!(shown("At 31 March 2017, 340 children are being looked after. Of this number:\n\n68 live in children’s homes (47 in independent and 21 in the council’s own), of whom half live near\n\n11 live in residential special schools. All 11 live outside the authority area\n\nfour live with parents, all of whom (100%) live out of the authority area\n\n220 live with foster families (including 58 with family and friends)"), @r"
    children-in-care 340 children as_of=2017-03-31
    residential-homes 68 children as_of=2017-03-31 part_of=0
    other 47 children as_of=2017-03-31 part_of=1
    other 21 children as_of=2017-03-31 part_of=1
    other 50 per-cent as_of=2017-03-31 part_of=1
    residential-special-schools 11 children as_of=2017-03-31 part_of=0
    residential-special-schools-out-of-area 11 children as_of=2017-03-31 part_of=5
    placed-with-parents 4 children as_of=2017-03-31 part_of=0
    placed-with-parents-out-of-area 100 per-cent as_of=2017-03-31 part_of=7
    foster-care 220 children as_of=2017-03-31 part_of=0
    other 58 children as_of=2017-03-31 part_of=9
    ");
    assert_snapshot!(shown("In the last 12 months (1 April 2016 to 31 March 2017):\n\n40 children became subject of special guardianship orders, which includes 23 children ceasing to be in care"), @r"
    special-guardianship 40 children period=In the last 12 months (1 April 2016 to 31 March 2017)
    other 23 children period=In the last 12 months (1 April 2016 to 31 March 2017) part_of=0
    ");
}

#[test]
fn words_of_a_measure_that_count_something_else() {
    assert_snapshot!(shown("Adoption services are run with four other local authorities and two voluntary adoption agencies."), @r"
    other 4 other
    other 2 other
    ");
    assert_snapshot!(shown("The proportion of children with English as an additional language:\n\nin primary schools is 40%.\n\nIn May 2015, one in four children in care was an unaccompanied asylum-seeker.\n\nThe borough has 150 ethnic groups."), @r"
    additional-language-primary 40 per-cent
    unaccompanied-asylum-seeking 25 per-cent as_of=2015-05
    other 150 other
    ");
    assert_snapshot!(shown("Since the last inspection, one serious case review has been completed and one was ongoing. The council contributes to two serious case reviews of other local authorities."), @r"
    serious-case-reviews-completed 1 reviews period=Since the last inspection
    serious-case-reviews-ongoing 1 reviews period=Since the last inspection
    other 2 reviews
    ");
    assert_snapshot!(shown("About 67,000 children under the age of 18 live in Wexcombe. This is 22.9% of the total population (291,933)."), @r"
    under-18-population 67000 children qualifier=about
    under-18-population 22.9 per-cent
    other 291933 other
    ");
}

#[test]
fn the_section_goes_on_under_its_headings() {
    let kinds = ["overview", "local-area-information", "other", "other", "recommendations", "other"];
    assert_eq!(about_the_area(kinds.into_iter().map(|kind| (kind, ""))), 1..4);
    // "Leadership: inadequate" in the list of earlier judgements was taken for a heading.
    let headings = [
        "",
        "",
        "Local leadership",
        "Leadership",
        "Children living in this area",
        "Schools",
        "Recommendations",
    ];
    let kinds =
        ["overview", "local-area-information", "other", "leadership", "other", "other", "recommendations"];
    assert_eq!(about_the_area(kinds.into_iter().zip(headings)), 1..6);
}
