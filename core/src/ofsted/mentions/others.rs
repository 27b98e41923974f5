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
