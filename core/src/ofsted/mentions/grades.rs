//! Sentences about the grades of earlier inspections, in wordings that go beyond the form's.

use super::shapes::check;

#[test]
fn grades_of_several_areas() {
    check(&[
        (
            "The previous inspection was in November 2017 and graded the impact of leaders as good, help and protection as requires improvement to be good, and children in care and care leavers as good.",
            "inspection 2017-11 leadership=good help-and-protection=requires-improvement children-in-care-and-care-leavers=good",
        ),
        (
            "The council was last inspected in May 2011, when safeguarding was judged to be adequate and services for looked after children good.",
            "inspection 2011-05 safeguarding=adequate looked-after-services=good",
        ),
        (
            "Services were last inspected in July 2018. Overall effectiveness was judged good. Leadership was judged outstanding.",
            "inspection 2018-07 overall-effectiveness=good leadership=outstanding",
        ),
        (
            "The council was inspected in May 2016, and was judged to require improvement to be good in all areas except adoption, which was judged good.",
            "inspection 2016-05 overall-effectiveness=requires-improvement adoption=good",
        ),
        (
            "The council was judged outstanding in 2010 for both safeguarding and services for looked after children.",
            "inspection 2010 safeguarding=outstanding looked-after-services=outstanding",
        ),
        (
            "At the inspection in July 2019, judgements for help and protection and children in care both required improvement to be good.",
            "inspection 2019-07 help-and-protection=requires-improvement children-in-care=requires-improvement",
        ),
        (
            "The last inspection of services for care leavers was in 2014, when overall effectiveness was judged to be good.",
            "inspection 2014 care-leavers=good",
        ),
    ]);
}

#[test]
fn judgements_that_are_nouns() {
    check(&[
        (
            "In the 2016 inspection, the council received an inadequate judgement.",
            "inspection 2016 overall-effectiveness=inadequate",
        ),
        (
            "The council has kept the good overall effectiveness judgement of the last inspection in 2019.",
            "inspection 2019 overall-effectiveness=good",
        ),
        (
            "Services were judged inadequate overall in June 2016, with inadequate judgements for leadership and for help and protection.",
            "inspection 2016-06 overall-effectiveness=inadequate leadership=inadequate help-and-protection=inadequate",
        ),
        (
            "Progress since the inadequate judgement in December 2015 has been slow.",
            "inspection 2015-12 overall-effectiveness=inadequate",
        ),
        ("This council was rated ‘good’ by Ofsted in 2011.", "inspection 2011 overall-effectiveness=good"),
    ]);
}

#[test]
fn grades_that_changed() {
    check(&[
        (
            "Services have improved from inadequate in 2016 to requires improvement to be good in 2019 and good now.",
            "inspection 2016 overall-effectiveness=inadequate; inspection 2019 overall-effectiveness=requires-improvement",
        ),
        (
            "Since the last inspection in 2018, leadership has moved from inadequate to requires improvement to be good.",
            "inspection 2018 leadership=inadequate",
        ),
        (
            "What was weak at the inspections in 2016 (inadequate) and 2019 (requires improvement) is put right.",
            "inspection 2016 overall-effectiveness=inadequate; inspection 2019 overall-effectiveness=requires-improvement",
        ),
        (
            "In May 2019 Wexcombe was judged ‘requires improvement to be good’ for overall effectiveness and ‘inadequate’ for help and protection.",
            "inspection 2019-05 overall-effectiveness=requires-improvement help-and-protection=inadequate",
        ),
        (
            "The council was judged good in both 2014 and 2018.",
            "inspection 2014 overall-effectiveness=good; inspection 2018 overall-effectiveness=good",
        ),
        (
            "After two judgements of inadequate, in 2013 and 2016, a trust was set up.",
            "inspection 2013 overall-effectiveness=inadequate; inspection 2016 overall-effectiveness=inadequate",
        ),
        (
            "In 2017, under the single inspection framework, the council was found to be inadequate, with care leavers’ services requiring improvement.",
            "inspection 2017 overall-effectiveness=inadequate care-leavers=requires-improvement",
        ),
        (
            "The last inspection was in February 2019. It judged the impact of leaders to be inadequate, and so was the overall effectiveness.",
            "inspection 2019-02 leadership=inadequate overall-effectiveness=inadequate",
        ),
        (
            "The service for care leavers, judged inadequate in 2019, is good.",
            "inspection 2019 care-leavers=inadequate",
        ),
        (
            "When the council was last inspected (June 2019), it was good overall.",
            "inspection 2019-06 overall-effectiveness=good",
        ),
        (
            "Fostering was judged as requiring improvement in 2014, in 2017 and again at this inspection.",
            "inspection 2014 fostering=requires-improvement; inspection 2017 fostering=requires-improvement",
        ),
        (
            "Letters are clearer than at the last inspection (June 2019: inadequate).",
            "inspection 2019-06 overall-effectiveness=inadequate",
        ),
        ("At the last ILACS, in 2019, three of the four judgements were good.", "inspection 2019"),
        (
            "Since the last inspection in 2018, services for care leavers have remained good.",
            "inspection 2018",
        ),
    ]);
}

#[test]
fn grades_by_their_dates() {
    check(&[
        (
            "Services were inadequate in 2013, and again in 2016, but required improvement by the time of the 2019 inspection.",
            "inspection 2013 overall-effectiveness=inadequate; inspection 2016 overall-effectiveness=inadequate; inspection 2019 overall-effectiveness=requires-improvement",
        ),
        (
            "Much has changed since 2018, when help and protection was inadequate.",
            "inspection 2018 help-and-protection=inadequate",
        ),
        (
            "Services for children are good, as they were in 2019.",
            "inspection 2019 overall-effectiveness=good",
        ),
        (
            "The judgement for care leavers, which was good in 2017, is now outstanding.",
            "inspection 2017 care-leavers=good",
        ),
        (
            "The council was inspected under the single inspection framework in 2014 (judged inadequate) and again in 2017 (requires improvement to be good).",
            "inspection 2014 overall-effectiveness=inadequate; inspection 2017 overall-effectiveness=requires-improvement",
        ),
        (
            "The council has kept the outstanding grade it was given for leadership at its last inspection in 2018.",
            "inspection 2018 leadership=outstanding",
        ),
        (
            "Wexcombe was last inspected in 2020 and was found to be good, with outstanding leadership.",
            "inspection 2020 overall-effectiveness=good leadership=outstanding",
        ),
        (
            "This is a council that was outstanding when inspected in 2017 and is outstanding now.",
            "inspection 2017 overall-effectiveness=outstanding",
        ),
        ("The strategy for letters was revised in 2019 and is good.", ""),
        ("In 2019, an HMI Probation inspection of the youth justice service rated it as good.", "other 2019"),
        (
            "The regional adoption agency was inspected in 2020 and rated as good.",
            "adoption 2020 overall-effectiveness=good",
        ),
    ]);
}

#[test]
fn grades_and_their_dates() {
    check(&[
        (
            "The grade for the impact of leaders fell from good to requires improvement at the inspection in 2019.",
            "inspection 2019 leadership=requires-improvement",
        ),
        (
            "Help and protection improved from inadequate to good between the inspections of 2016 and 2019.",
            "inspection 2016 help-and-protection=inadequate; inspection 2019 help-and-protection=good",
        ),
        (
            "Wexcombe has been inspected twice: in 2016, when services were judged inadequate, and in 2019, when they required improvement.",
            "inspection 2016 overall-effectiveness=inadequate; inspection 2019 overall-effectiveness=requires-improvement",
        ),
        (
            "In 2016 services were judged to require improvement; in 2019, good.",
            "inspection 2016 overall-effectiveness=requires-improvement; inspection 2019 overall-effectiveness=good",
        ),
        (
            "The council has held a good judgement since 2016 and was judged outstanding in 2020.",
            "inspection 2016 overall-effectiveness=good; inspection 2020 overall-effectiveness=outstanding",
        ),
        (
            "At the inspection in 2019 services were judged inadequate for help and protection and for leaders good.",
            "inspection 2019 help-and-protection=inadequate leadership=good",
        ),
        (
            "In the last inspection help and protection was judged to require improvement, and adoption was judged to be good.",
            "inspection - help-and-protection=requires-improvement adoption=good",
        ),
        (
            "The council is proud of its outstanding judgement from 2019.",
            "inspection 2019 overall-effectiveness=outstanding",
        ),
        (
            "The last inspection report (published 3 March 2020) graded services good.",
            "inspection 2020-03-03 published overall-effectiveness=good",
        ),
    ]);
}

#[test]
fn what_is_no_event_and_no_grade() {
    check(&[
        ("Inspectors returned to cases from 2019 and found that they were closed too soon.", ""),
        ("In 2019, Ofsted reported that leaders were good at their work.", "inspection 2019"),
        ("In 2019, Ofsted found that staff were good in listening.", "inspection 2019"),
        ("Staff who were hired in January 2020 before a focused visit have left.", ""),
    ]);
}

#[test]
fn grades_looked_back_on() {
    check(&[
        (
            "One year on from an inadequate judgement, staff are calmer.",
            "inspection - overall-effectiveness=inadequate",
        ),
        (
            "The director came in April 2019, soon after the council was found to be inadequate.",
            "inspection - overall-effectiveness=inadequate",
        ),
        ("The 2017 judgement of good has been kept.", "inspection 2017 overall-effectiveness=good"),
        (
            "Care leavers, who were judged to receive a good service in 2017, now wait.",
            "inspection 2017 care-leavers=good",
        ),
        ("The services for looked after children were judged to be good.", ""),
        // These grades are not Ofsted's.
        (
            "Audits in 2019 found that 40% of plans were good, compared with 25% when the council was inspected in 2017.",
            "inspection 2017",
        ),
    ]);
}
