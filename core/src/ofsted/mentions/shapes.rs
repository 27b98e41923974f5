//! Sentences that go beyond the wording of the form, with the mentions in each. The document's own inspection began in
//! September 2021.

use super::tests::shown;

/// Compares what was read from each sentence with what it says.
pub(super) fn check(shapes: &[(&str, &str)]) {
    let read = shapes.iter().map(|(sentence, told)| (*sentence, shown(sentence), *told));
    let wrong: Vec<_> = read.filter(|(_, read, told)| read != told).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn dates_that_open_a_sentence() {
    check(&[
        ("In March 2020, a focused visit found two areas for priority action.", "focused-visit 2020-03"),
        ("However, in May 2019, the JTAI asked for better minutes.", "joint 2019-05"),
        (
            "In October 2016, Ofsted found services for children in need of help and protection inadequate.",
            "inspection 2016-10 help-and-protection=inadequate",
        ),
        (
            "In 2017, Ofsted judged the council’s overall effectiveness as requires improvement to be good. A focused visit in 2019 saw few letters.",
            "inspection 2017 overall-effectiveness=requires-improvement; focused-visit 2019",
        ),
        (
            "Staff have left since 2016, when Ofsted judged the council to be outstanding.",
            "inspection 2016 overall-effectiveness=outstanding",
        ),
        ("In May 2019, inspectors carried out a focused visit.", "focused-visit 2019-05"),
        ("The JTAI on neglect in February 2016 asked for better minutes.", "joint 2016-02"),
        (
            "Services have been rated inadequate since 2018.",
            "inspection 2018 overall-effectiveness=inadequate",
        ),
        ("In 2019, inspectors of the water board came to the town hall.", ""),
    ]);
}

#[test]
fn several_dates() {
    check(&[
        (
            "Monitoring visits in April and October 2018 told of progress.",
            "monitoring-visit 2018-04; monitoring-visit 2018-10",
        ),
        ("A multi-remit inspection took place in August and September 2014.", "inspection 2014-08"),
        (
            "The focused visits in March 2019 (front door) and May 2020 (care leavers) saw few letters.",
            "focused-visit 2019-03; focused-visit 2020-05",
        ),
        (
            "Two focused visits took place, one in July 2019 on letters and one in May 2020 on flats.",
            "focused-visit 2019-07; focused-visit 2020-05",
        ),
        (
            "Leaders have met the recommendations of the 2018 ILACS inspection and the 2020 focused visit.",
            "inspection 2018; focused-visit 2020",
        ),
        (
            "Both the 2012 and 2015 inspections found the service for care leavers to be inadequate.",
            "inspection 2012 care-leavers=inadequate; inspection 2015 care-leavers=inadequate",
        ),
        (
            "Inspections in 2012 and 2015 judged the council to be adequate and to require improvement respectively.",
            "inspection 2012 overall-effectiveness=adequate; inspection 2015 overall-effectiveness=requires-improvement",
        ),
        (
            "Wexcombe has twice been judged inadequate, in 2011 and in 2014.",
            "inspection 2011 overall-effectiveness=inadequate; inspection 2014 overall-effectiveness=inadequate",
        ),
        (
            "The adoption service was inspected in May 2012 and was judged to be good; the fostering service was inspected in March 2013 and was judged outstanding.",
            "inspection 2012-05 adoption=good; inspection 2013-03 fostering=outstanding",
        ),
        (
            "Services were found to be inadequate in July 2014, and requiring improvement at re-inspection in June 2017.",
            "inspection 2014-07 overall-effectiveness=inadequate; inspection 2017-06 overall-effectiveness=requires-improvement",
        ),
        (
            "Since being judged inadequate in 2016, the council has had five monitoring visits, the last of which was in March 2018.",
            "inspection 2016 overall-effectiveness=inadequate; monitoring-visit 2018-03",
        ),
    ]);
}

#[test]
fn visits_without_a_date() {
    check(&[
        ("A focused visit last year told of few letters.", "focused-visit -"),
        ("Most of this was seen in this inspection in March 2020 too.", ""),
    ]);
}

#[test]
fn days_behind_on_and_between() {
    check(&[
        ("The focused visit on 9 and 10 July 2019 saw few letters.", "focused-visit 2019-07-09..2019-07-10"),
        (
            "A focused visit between 9 and 11 July 2019 saw few letters.",
            "focused-visit 2019-07-09..2019-07-11",
        ),
        (
            "The inspection of safeguarding took place between 25 February and 6 March 2013. The local authority was judged inadequate.\n\nChild protection was inspected in March 2013 and judged inadequate.",
            "inspection 2013-02-25..2013-03-06 safeguarding=inadequate",
        ),
        (
            "Two focused visits, one in May 2018 and the other in January 2020, saw few letters.",
            "focused-visit 2018-05; focused-visit 2020-01",
        ),
        (
            "Inspectors found in November 2019, at a focused visit, that letters were late.",
            "focused-visit 2019-11",
        ),
        ("The last inspection was more than four years ago, in February 2017.", "inspection 2017-02"),
    ]);
}

#[test]
fn reports_published_after_inspections() {
    check(&[
        (
            "Services are worse than at the last inspection published in March 2012, when they were found to be good overall.\n\nThe previous inspection of safeguarding was in January 2012. The local authority was judged to be good.\n\nThe previous inspection of services for looked after children was in January 2012. The local authority was judged to be good.",
            "inspection 2012-01 safeguarding=good; inspection 2012-01 looked-after-services=good",
        ),
        (
            "In its report, published in January 2020, Ofsted judged help and protection to be inadequate.",
            "inspection 2020-01 published help-and-protection=inadequate",
        ),
    ]);
}

#[test]
fn dates_far_from_the_inspection() {
    check(&[
        (
            "The most recent inspection of the council’s services, in May 2017, found that they were inadequate, and a commissioner came.",
            "inspection 2017-05 overall-effectiveness=inadequate",
        ),
        (
            "Letters are clearer since the last inspection of contact, referral and assessment arrangements, held in February 2019.",
            "inspection 2019-02",
        ),
        (
            "The previous full inspection, in which the council was found to be outstanding, took place in 2018.",
            "inspection 2018 overall-effectiveness=outstanding",
        ),
        (
            "In December 2019, the council was the subject of a focused visit, at which few letters were seen.",
            "focused-visit 2019-12",
        ),
        (
            "Five monitoring visits were carried out between February 2019 and March 2021.",
            "monitoring-visit 2019-02",
        ),
        ("Following the last inspection, leaders ordered a review of letters in June 2020.", "inspection -"),
        ("In 2020, following the inspection, leaders ordered a review of letters.", ""),
        ("Since the last inspection, the number of letters in 2020 was 14.", "inspection -"),
        ("Letters are as they were when the council was inspected three years ago.", "inspection -"),
    ]);
}

#[test]
fn visits_and_judgements_in_one_sentence() {
    check(&[
        (
            "The monitoring visit of 6 June 2019 was the fourth since the local authority was judged inadequate in January 2018.",
            "monitoring-visit 2019-06-06; inspection 2018-01 overall-effectiveness=inadequate",
        ),
        (
            "Ofsted spoke of this during its visit in April 2019 and again in its inspection of May 2020.",
            "visit 2019-04; inspection 2020-05",
        ),
        ("The focused visit by Ofsted in January 2020 saw few letters.", "focused-visit 2020-01"),
        ("Two years ago, a focused visit saw few letters.", "focused-visit -"),
        (
            "One of its children’s homes was judged inadequate by Ofsted in March 2020.",
            "children-home 2020-03 overall-effectiveness=inadequate",
        ),
        (
            "There have been two focused visits since the last full inspection, in October 2018 and in November 2019.",
            "focused-visit 2018-10; focused-visit 2019-11",
        ),
        (
            "The council became an authority judged to be inadequate in September 2017.",
            "inspection 2017-09 overall-effectiveness=inadequate",
        ),
        ("Since 2018, the number of children whose health was judged to be good has risen.", ""),
        ("The board, which met first in 2019 after the inspection, goes on.", ""),
        ("Ofsted has inspected the council twice since 2014.", ""),
    ]);
}

#[test]
fn homes_in_the_middle_of_a_text() {
    check(&[
        (
            "Children like where they live. The council operates five children’s homes, all of which were judged to be good in their last inspections. Fostering is kind.",
            "children-home - overall-effectiveness=good",
        ),
        (
            "The council operates a children’s home for short breaks which was judged to require improvement at the most recent inspection.",
            "children-home - overall-effectiveness=requires-improvement",
        ),
        (
            "The two children’s homes run by the council were rated good by Ofsted at their last inspections.",
            "children-home - overall-effectiveness=good",
        ),
        (
            "All three of the council’s residential homes are judged good or outstanding by Ofsted.",
            "children-home - overall-effectiveness=good-or-outstanding",
        ),
        (
            "Save one of the council’s own children’s homes, all children are in placements judged adequate.",
            "",
        ),
    ]);
}

#[test]
fn homes_others_and_changes() {
    check(&[
        (
            "Of the four children’s homes run by the council, three are good and one requires improvement.",
            "children-home - overall-effectiveness=good; children-home - overall-effectiveness=requires-improvement",
        ),
        (
            "The council’s secure home was last inspected in December 2020, when it was found to be good.",
            "children-home 2020-12 overall-effectiveness=good",
        ),
        (
            "The fostering service was rated good at its most recent inspection in 2020. The inspection of the area’s SEND arrangements in October 2020 led to a plan.",
            "inspection 2020 fostering=good; area-send 2020-10",
        ),
        (
            "The joint inspection in March 2019 asked for a plan. Since the inspection in 2019, there is one.",
            "joint 2019-03",
        ),
        ("There have been five monitoring visits, the most recent in June 2020.", "monitoring-visit 2020-06"),
        (
            "Since the last inspection in July 2018, when services were judged to be inadequate, there have been five monitoring visits, the most recent in June 2020.",
            "inspection 2018-07 overall-effectiveness=inadequate; monitoring-visit 2020-06",
        ),
        (
            "The fostering service was rated good at its most recent inspection in 2020, up from adequate in 2017.",
            "inspection 2020 fostering=good; inspection 2017 fostering=adequate",
        ),
        (
            "The service was inadequate at the inspections in 2013 and 2016 but improved to good in 2019.",
            "inspection 2013 overall-effectiveness=inadequate; inspection 2016 overall-effectiveness=inadequate; inspection 2019 overall-effectiveness=good",
        ),
        (
            "The children’s home had been judged as inadequate in January 2019 but was found to be good when re-inspected in September 2020.",
            "children-home 2019-01 overall-effectiveness=inadequate; children-home 2020-09 overall-effectiveness=good",
        ),
        (
            "The youth offending service was inspected by HMI Probation in 2020 and rated as good.",
            "other 2020",
        ),
        (
            "In July 2017 and again in March 2019, Ofsted found that children waited too long for help.",
            "inspection 2017-07; inspection 2019-03",
        ),
        ("An Ofsted assurance visit in November 2020 found no serious failures.", "visit 2020-11"),
    ]);
}

#[test]
fn one_of_several() {
    check(&[
        (
            "This is the second focused visit since the inspection in July 2019. The first, in September 2020, saw few letters.",
            "inspection 2019-07; focused-visit 2020-09",
        ),
        (
            "The most recent monitoring visit was in March 2021. The one before that, in November 2020, looked at flats.",
            "monitoring-visit 2021-03; monitoring-visit 2020-11",
        ),
        (
            "There have been four monitoring visits, the most recent of which was in October 2020.",
            "monitoring-visit 2020-10",
        ),
        (
            "The first monitoring visit took place in July 2020, the second in November 2020 and the third in March 2021.",
            "monitoring-visit 2020-07; monitoring-visit 2020-11; monitoring-visit 2021-03",
        ),
        ("Of the two monitoring visits, the one in 2020 saw more drift.", "monitoring-visit 2020"),
    ]);
}

#[test]
fn who_came_and_when() {
    check(&[
        (
            "Services were found to be inadequate at the inspection in November 2016 and were still inadequate when inspectors returned in February 2019.",
            "inspection 2016-11 overall-effectiveness=inadequate; inspection 2019-02 overall-effectiveness=inadequate",
        ),
        (
            "Inspectors found in March 2018 and again in May 2020 that letters were too long.",
            "inspection 2018-03; inspection 2020-05",
        ),
        ("In November 2020 inspectors saw few letters.", "inspection 2020-11"),
        ("Inspectors raised the same concern in 2019.", "inspection 2019"),
        ("Inspectors saw children who came to the town in 2019.", ""),
        ("Inspectors who visited in June 2020 saw few letters.", "visit 2020-06"),
        ("Letters are longer since 2018, the year of the last inspection.", "inspection 2018"),
        ("The strengths that were seen at the last ILACS have been kept.", "inspection -"),
    ]);
}

#[test]
fn what_was_inspected() {
    check(&[
        (
            "Wexcombe’s regional adoption agency, known as Harbour, was judged good in 2020.",
            "adoption 2020 overall-effectiveness=good",
        ),
        (
            "The inspectorates inspected the area’s arrangements for children with special educational needs and/or disabilities in November 2019.",
            "area-send 2019-11",
        ),
        ("HMI Probation inspected the youth justice service in July 2019.", "other 2019-07"),
        (
            "In July 2020, the joint inspection of the area’s SEND arrangements saw failings.",
            "area-send 2020-07",
        ),
        (
            "Although leaders were judged to be inadequate in October 2019, letters are short.",
            "inspection 2019-10 leadership=inadequate",
        ),
        (
            "The children’s home, inspected in February 2021, was good.",
            "children-home 2021-02 overall-effectiveness=good",
        ),
    ]);
}

#[test]
fn events_of_one_sentence() {
    check(&[
        (
            "Services were judged inadequate in 2015 and again in 2018; monitoring visits since then tell of progress.",
            "inspection 2015 overall-effectiveness=inadequate; inspection 2018 overall-effectiveness=inadequate; monitoring-visit -",
        ),
        ("The 2019 JTAI and the subsequent focused visit both noted delays.", "joint 2019; focused-visit -"),
        (
            "Drift found in January 2020 at a focused visit to the town hall has ended.",
            "focused-visit 2020-01",
        ),
        ("At the last visit, inspectors found few letters.", "visit -"),
        (
            "Five monitoring visits have taken place since the inspection in 2018, the most recent in July 2021.",
            "inspection 2018; monitoring-visit 2021-07",
        ),
        (
            "In both 2015 and 2018, inspectors judged services for care leavers to be inadequate.",
            "inspection 2015 care-leavers=inadequate; inspection 2018 care-leavers=inadequate",
        ),
        (
            "A peer review of early help in 2019 and of flats in May 2021 saw few letters.",
            "other 2019; other 2021-05",
        ),
        (
            "The previous judgement was requires improvement to be good.",
            "inspection - overall-effectiveness=requires-improvement",
        ),
        ("In March 2021, HMI Probation rated the youth offending service as good.", "other 2021-03"),
        (
            "The judgement for children in care has changed from inadequate in 2018 to good.",
            "inspection 2018 children-in-care=inadequate",
        ),
        (
            "Judged good in 2014, the service had slipped to requires improvement by 2018.",
            "inspection 2014 overall-effectiveness=good; inspection 2018 overall-effectiveness=requires-improvement",
        ),
    ]);
}

#[test]
fn types_by_what_was_inspected_and_by_whom() {
    check(&[
        (
            "The local area’s SEND services were inspected by Ofsted and the CQC in February 2019.",
            "area-send 2019-02",
        ),
        (
            "A joint inspection by Ofsted, the CQC and HMI Probation in November 2018 saw delays.",
            "joint 2018-11",
        ),
        (
            "What the 2016 SIF asked for was seen at a focused visit in May 2018.",
            "inspection 2016; focused-visit 2018-05",
        ),
        (
            "A focused visit to children in need in July 2018 and another, to care leavers, in May 2019 saw few letters.",
            "focused-visit 2018-07; focused-visit 2019-05",
        ),
        ("Letters are longer since Ofsted’s focused visit last spring.", "focused-visit -"),
        ("Caseloads, which were too high when we visited in March 2019, are lower.", "visit 2019-03"),
        (
            "A peer challenge in March 2020 confirmed what was seen at the focused visit held four months earlier.",
            "other 2020-03; focused-visit -",
        ),
    ]);
}
