//! Sentences about inspections by others, of others, or without a date.

use super::shapes::check;

#[test]
fn by_other_inspectorates() {
    check(&[
        ("This was found in a previous inspection by HMIC in September 2013.", "other 2013-09"),
        ("HMICFRS’s inspection of the police in 2017 saw delays.", "other 2017"),
        ("The areas named in the CQC’s previous inspection have been put right.", "other -"),
        (
            "In March 2018, Ofsted, the CQC and HMICFRS carried out a joint inspection of the response to neglect.",
            "joint 2018-03",
        ),
    ]);
}

#[test]
fn reviews_by_peers() {
    check(&[
        ("In November 2018, the council invited a peer review of its front door.", "other 2018-11"),
        ("A recent external peer review of letters told the same.", "other -"),
        ("The council will take part in a peer review.", ""),
        ("Leaders learn from the peer reviews of other authorities.", ""),
    ]);
}

#[test]
fn visits_since_an_inspection() {
    check(&[
        (
            "They have made good use of monitoring visits since the 2016 inspection.",
            "inspection 2016; monitoring-visit -",
        ),
        ("Monitoring visits since the last inspection have told of progress.", "monitoring-visit -"),
        ("Inspectors saw that monitoring visits to placements are regular.", ""),
    ]);
}

#[test]
fn two_services_and_one_grade() {
    check(&[(
        "The previous inspection of the local authority’s safeguarding arrangements and services for looked after children was in May 2012. The local authority was judged to be good.",
        "inspection 2012-05 safeguarding=good looked-after-services=good",
    )]);
}

#[test]
fn one_inspection_with_two_dates() {
    check(&[(
        "Ofsted’s last inspection of services for looked after children in July 2010 judged them to be adequate.\n\nThe previous inspection of services for looked after children was in August 2010. The local authority was judged to be adequate.",
        "inspection 2010-07 looked-after-services=adequate",
    )]);
}

#[test]
fn reviews_that_the_authority_asked_for() {
    check(&[
        (
            "As a result, the director commissioned an independent review of early help in March 2017, which found drift.",
            "other 2017-03",
        ),
        (
            "An independent review conducted in January 2016 recommended changes to permanence planning.",
            "other 2016-01",
        ),
        ("Senior managers know this from a commissioned external review in October 2016.", "other 2016-10"),
        (
            "The Local Government Association review which took place in April 2017 looked at letters.",
            "other 2017-04",
        ),
        (
            "Leaders commissioned an external review of care leavers’ services in June 2017, which told them what to do.",
            "other 2017-06",
        ),
        ("An independent reviewing officer wrote to him in May 2017.", ""),
        ("The independent review of Tom’s placement in May 2017 was late.", ""),
        ("The LGA undertook a diagnostic review of the front door in November 2017.", "other 2017-11"),
        ("Independent reviews are held when placements break down.", ""),
        ("The board has agreed to an independent review of the duty service.", ""),
    ]);
}

#[test]
fn when_there_was_none_since() {
    check(&[
        ("The service has not been inspected since 2011.", "inspection 2011"),
        ("The council has not been inspected since the last inspection in May 2013.", "inspection 2013-05"),
        ("Services have never been judged inadequate.", ""),
        ("The home has not yet been inspected.", ""),
        ("No inspection has taken place since 2014.", "inspection 2014"),
        ("There has been no focused visit since then.", ""),
        (
            "Recurring themes, fed back through Ofsted’s monitoring visits, have not led to change.",
            "monitoring-visit -",
        ),
    ]);
}

#[test]
fn visits_in_the_plural() {
    check(&[
        ("Progress was seen in the majority of monitoring visits conducted by Ofsted.", "monitoring-visit -"),
        ("Ofsted has raised this at two monitoring visits.", "monitoring-visit -"),
        ("The board conducts monitoring visits to schools.", ""),
        ("Leaders have used Ofsted monitoring visits to support them.", "monitoring-visit -"),
        ("Social workers carry out monitoring visits to placements.", ""),
        (
            "After the inspection in 2016 and subsequent focused visits, letters are shorter.",
            "inspection 2016; focused-visit -",
        ),
    ]);
}

#[test]
fn other_inspectorates_and_their_dates() {
    check(&[
        (
            "A recent inspection in September 2014 of police child protection arrangements in the county by Her Majesty’s Inspectorate of Constabulary (HMIC) found weaknesses.",
            "other 2014-09",
        ),
        (
            "The board challenged the police following publication of the critical HMIC inspection reports in 2014 and 2015.",
            "other 2014 published; other 2015 published",
        ),
        (
            "A short quality screening inspection by HMI Probation of youth offending work in May 2016 found delay.",
            "other 2016-05",
        ),
        (
            "These findings are like those of the recently published His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services inspection of the police.",
            "other -",
        ),
        (
            "As the Care Quality Commission’s review of health services for children looked after and safeguarding noted in 2014, letters are late.",
            "other 2014",
        ),
        ("Letters have been shorter since the last CQC inspection.", "other -"),
        (
            "Concerns were identified in 2011 by Ofsted and more recently in the CQC inspection of 2014.",
            "inspection 2011; other 2014",
        ),
        ("HMICFRS inspected the police in March 2017.", "other 2017-03"),
        (
            "The Care Quality Commission inspected the hospital in May 2016 and rated it as good.",
            "other 2016-05",
        ),
        (
            "A joint inspection by Ofsted and the Care Quality Commission in May 2016 saw delay.",
            "joint 2016-05",
        ),
        (
            "Inspectors from the Care Quality Commission found in March 2016 that waits were long.",
            "other 2016-03",
        ),
        ("The police were inspected by HMICFRS in 2017.", "other 2017"),
    ]);
}

#[test]
fn agencies_homes_and_programmes() {
    check(&[
        (
            "The trust operates an independent fostering agency and voluntary adoption agency. Both were judged good in August 2015.\n\nThe recent VAA inspection report, published in August 2015, tells of kind staff.",
            "fostering 2015-08 overall-effectiveness=good; adoption 2015-08 overall-effectiveness=good",
        ),
        ("A multi-remit inspection took place in September and October 2014.", "inspection 2014-09"),
        (
            "The trust operates an independent fostering agency and a voluntary adoption agency. Both were judged good at the most recent Ofsted inspection, which was completed in August 2015.",
            "fostering 2015-08 overall-effectiveness=good; adoption 2015-08 overall-effectiveness=good",
        ),
        (
            "The council runs an adoption service and a fostering service. Both were judged to be good at their last inspections in 2013.",
            "inspection 2013 adoption=good fostering=good",
        ),
        (
            "Of the six council-run children’s homes, one is outstanding and four are good. One was judged to be inadequate at the last inspection in February 2013.",
            "children-home - overall-effectiveness=outstanding; children-home - overall-effectiveness=good; children-home 2013-02 overall-effectiveness=inadequate",
        ),
        (
            "Following an Ofsted inspection of Elm House in December 2012, the latest inspection in May 2013 judged the home as making satisfactory progress.",
            "children-home 2012-12; children-home 2013-05",
        ),
        (
            "Ofsted’s thematic inspection of neglect was in November 2014.\n\nOfsted’s thematic inspection of neglect, published in November 2014, told the same.",
            "thematic 2014-11 published",
        ),
        (
            "Since the inspection of the Isles of Scilly in May 2016, letters are shorter.",
            "inspection 2016-05",
        ),
    ]);
}
