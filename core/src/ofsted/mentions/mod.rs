//! Earlier inspections, visits and reviews that a document mentions, each once. The document's own inspection is never one
//! of them.
//!
//! `told` reads the sentences of a block with the help of `kinds`, `dates`, `subjects` and `judged`; `homes` reads those
//! about children’s homes; and `events` merges what several places say about one inspection.

mod dates;
mod events;
mod front;
#[cfg(test)]
mod grades;
mod homes;
mod judged;
mod kinds;
#[cfg(test)]
mod others;
mod places;
#[cfg(test)]
mod shapes;
mod subjects;
mod told;

use self::told::Told;
use crate::areas;
use crate::cut::Cut;
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Mention, MentionedJudgement, Part, Status};
use crate::text::Text;

/// Adds every earlier inspection that the sections mention, or that a line of the front page labels, to `record.mentions`.
/// Call it after the provider, the dates and the sections have been set.
pub fn find(doc: &Outline, draft: &mut Draft) {
    draft.absent("/mentions", Status::NotStated);
    let start = draft.record.inspection.start.clone();
    let mut all: Vec<Told> = Vec::new();
    for at in 0..doc.blocks.len() {
        let block = &doc.blocks[at];
        match draft.parts[at] {
            Part::Section if !matches!(block.role, Role::Table | Role::Heading(_)) => {
                let told =
                    told::told(block.text.as_str()).into_iter().map(|t| Told { block: at, list_to: at, ..t });
                let own = draft.record.provider.name.as_deref();
                let elsewhere =
                    |t: &Told| t.when.is_none() && t.provider.as_deref().is_some_and(|p| !is_own(p, own));
                let told = told.filter(|t| is_earlier(t, start.as_deref()) || elsewhere(t));
                let named = |t: Told| Told { provider: t.provider.filter(|p| !is_own(p, own)), ..t };
                all.extend(told.map(named).map(|t| with_list(doc, t)));
            }
            Part::Front => all.extend(front::labelled(doc, at).into_iter().flatten()),
            _ => {}
        }
    }
    let mut events = events::once(all);
    events::say_dates_that_differ(&mut events, |told| {
        doc.blocks[told.block].text.as_str().part(told.text.clone())
    });
    for event in events {
        add(doc, draft, event);
    }
}

/// Whether an inspection was before this one. One in the same month or year counts only if its sentence says that it was
/// earlier.
fn is_earlier(told: &Told, start: Option<&str>) -> bool {
    let (Some(when), Some(start)) = (&told.when, start) else { return told.earlier };
    let own = start.get(..when.date.len()).unwrap_or(start);
    when.date.as_str() < own || told.earlier && when.date == own && own.len() < start.len()
}

/// Adds the judgements of the list below, if the sentence introduces one.
///
/// "The judgements for the local authority were:" / "Overall effectiveness: inadequate"
fn with_list(doc: &Outline, mut told: Told) -> Told {
    if !told.announces {
        return told;
    }
    let date = told.when.as_ref().map(|w| w.date.as_str());
    let below = doc.blocks.tail(told.block + 1).iter().enumerate();
    let below = below.filter(|(_, b)| b.is_content());
    for (n, block) in below {
        let Some(item) = judged::item(block.text.as_str(), date) else { break };
        told.judgements.push(item);
        told.list_to = told.block + 1 + n;
    }
    told
}

fn add(doc: &Outline, draft: &mut Draft, told: Told) {
    let own = doc.blocks[told.block].text.slice(told.text.clone());
    let below: &[Block] = doc.blocks.get(told.block + 1..=told.list_to).unwrap_or_default();
    let parts =
        std::iter::once(&own).chain(below.iter().filter(|b| b.role != Role::Furniture).map(|b| &b.text));
    let text = Text::join(parts, " ");
    let provider = told.provider.clone().or_else(|| places::inspected(text.as_str()).map(str::to_owned));
    let provider = provider.filter(|p| !is_own(p, draft.record.provider.name.as_deref()));
    if let Some(other) = &told.also_dated {
        let date = told.when.as_ref().map_or("", |w| w.date.as_str());
        let message = format!("the document dates this inspection {date}, and {other} in another place");
        draft.warn(
            "mention-dates-differ",
            Some(&format!("/mentions/{}", draft.record.mentions.len())),
            None,
            message,
        );
    }
    let n = draft.record.mentions.len();
    draft.note(format!("/mentions/{n}"), text.evidence_all("mentions"));
    let date_is = told.when.as_ref().map(|w| if w.published { "publication" } else { "inspection" });
    note_grades(draft, n, &text, &told.judgements);
    let (date, date_end) = told.when.map_or((None, None), |w| (Some(w.date), w.end));
    draft.record.mentions.push(Mention {
        kind: if told.kind == kinds::OTHER_INSPECTORATES { "other" } else { told.kind }.into(),
        date,
        date_end,
        date_is: date_is.map(str::to_owned),
        provider,
        judgements: told
            .judgements
            .into_iter()
            .map(|(area, grade)| MentionedJudgement { area: area.into(), grade: grade.into() })
            .collect(),
        text: text.as_str().to_owned(),
    });
}

/// Adds the place of each grade of a mention. A second grade with the same words has the second place that says them.
fn note_grades(draft: &mut Draft, mention: usize, text: &Text, judgements: &[judged::Judged]) {
    let printed = judged::places(text.as_str()).into_iter().zip(judged::all(text.as_str()));
    let mut left: Vec<_> = printed.collect();
    for (at, (_, grade)) in judgements.iter().enumerate() {
        let Some(found) = left.iter().position(|(_, code)| code == grade) else { continue };
        let again = left.iter().filter(|(_, code)| code == grade).count() > 1;
        let place = if again { left.remove(found).0 } else { left[found].0.clone() };
        draft.note(format!("/mentions/{mention}/judgements/{at}"), text.evidence_of(place, "mentions.grade"));
    }
}

/// Whether a name is that of the report's own area, or its first words: "Kingston upon Thames" contains a word in small
/// letters.
fn is_own(name: &str, own: Option<&str>) -> bool {
    let is_begun = |own: &str| own.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '));
    own.is_some_and(|own| areas::same_name(own, name) || is_begun(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::{draft, outline};
    use insta::assert_snapshot;

    #[test]
    fn an_area_is_not_another_whose_name_begins_like_it() {
        assert!(is_own("Kingston", Some("Kingston upon Thames")) && is_own("Derby", Some("Derby")));
        assert!(!is_own("Derby", Some("Derbyshire")) && !is_own("Derby", None));
    }

    /// The mentions of a document whose inspection began on 1 September 2021.
    pub(super) fn shown(text: &str) -> String {
        let doc = outline(text);
        let mut draft = draft(&doc);
        draft.record.inspection.start = Some("2021-09-01".into());
        find(&doc, &mut draft);
        let one = |m: &Mention| {
            let judged = m.judgements.iter().map(|j| format!(" {}={}", j.area, j.grade)).collect::<String>();
            let until = m.date_end.as_ref().map_or(String::new(), |d| format!("..{d}"));
            let published = if m.date_is.as_deref() == Some("publication") { " published" } else { "" };
            format!("{} {}{until}{published}{judged}", m.kind, m.date.as_deref().unwrap_or("-"))
        };
        draft.record.mentions.iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_second_date_of_an_inspection_is_told() {
        let doc = outline(
            "Ofsted’s last inspection of services for looked after children in July 2010 judged them to be adequate.\n\nServices for looked after children were judged to be adequate in 2012.",
        );
        let mut draft = draft(&doc);
        draft.record.inspection.start = Some("2021-09-01".into());
        find(&doc, &mut draft);
        let told = draft.record.diagnostics.iter().filter(|d| d.code == "mention-dates-differ").count();
        assert_eq!((draft.record.mentions.len(), told), (2, 2));
    }

    #[test]
    fn the_inspection_of_an_agency_is_not_the_authority_s() {
        assert_snapshot!(shown("Not all that was found by the inspection of the independent fostering agency in June 2018 has been done."), @"fostering 2018-06");
        assert_snapshot!(shown("The previous inspection of Wexcombe’s fostering services was in March 2013."), @"inspection 2013-03");
    }

    #[test]
    fn what_followed_then_may_be_held_against_this_inspection() {
        assert_snapshot!(shown("An inspection of the local authority’s arrangements for the protection of children was undertaken in June 2013. The arrangements were judged to be inadequate, and they are still found to be weak in this inspection."), @"inspection 2013-06 help-and-protection=inadequate");
        assert_snapshot!(shown("The last inspection was in May 2018. Services are judged to be good at this inspection."), @"inspection 2018-05");
    }

    #[test]
    fn two_services_inspected_in_one_month_are_two_inspections() {
        assert_snapshot!(shown("Much has changed since the last inspection in March 2012.\n\nThe previous inspection of Wexcombe’s safeguarding arrangements was in March 2012. The local authority was judged to be good.\n\nThe previous inspection of Wexcombe’s services for looked after children was in March 2012. The local authority was judged to be adequate."), @"inspection 2012-03 safeguarding=good; inspection 2012-03 looked-after-services=adequate");
    }

    #[test]
    fn two_grades_for_one_area_are_both_told() {
        assert_snapshot!(shown("The last inspection of Wexcombe was in July 2015. It was judged inadequate in respect of care leavers and overall effectiveness, while adoption and care leavers were found to require improvement."), @"inspection 2015-07 care-leavers=inadequate overall-effectiveness=inadequate adoption=requires-improvement care-leavers=requires-improvement");
    }

    #[test]
    fn an_inspection_with_its_date_and_grade() {
        assert_snapshot!(shown("The previous inspection of Wexcombe’s arrangements for the protection of children was in November 2012. The local authority was judged to be adequate."), @"inspection 2012-11 help-and-protection=adequate");
        assert_snapshot!(shown("The fostering service was last inspected in August 2013 and judged to be good."), @"inspection 2013-08 fostering=good");
        assert_snapshot!(shown("The adoption service was judged to be adequate at the last inspection in March 2013."), @"inspection 2013-03 adoption=adequate");
        assert_snapshot!(shown("Services have improved since the last inspection in 2014, when they were judged to be inadequate."), @"inspection 2014 overall-effectiveness=inadequate");
        assert_snapshot!(shown("Since the last inspection in 2018, when services were judged to require improvement, leaders have changed."), @"inspection 2018 overall-effectiveness=requires-improvement");
        assert_snapshot!(shown("A monitoring visit in May 2018 found good progress."), @"monitoring-visit 2018-05");
        assert_snapshot!(shown("In 2010, the looked after children service was judged to be adequate, but it has become worse."), @"inspection 2010 looked-after-services=adequate");
        assert_snapshot!(shown("Services were last inspected in April/May 2016 and rated good in all areas."), @"inspection 2016-04 overall-effectiveness=good");
    }

    #[test]
    fn several_areas_and_several_inspections() {
        assert_snapshot!(shown("The last inspection was in July 2012. The local authority was judged to be good for safeguarding and adequate for services for looked after children."), @"inspection 2012-07 safeguarding=good looked-after-services=adequate");
        assert_snapshot!(shown("At the last inspection, in July 2018, overall effectiveness was judged to be good, but the experiences and progress of children in need of help and protection required improvement to be good."), @"inspection 2018-07 overall-effectiveness=good help-and-protection=requires-improvement");
        assert_snapshot!(shown("At the two previous inspections in 2010 and 2011, the local authority was judged to be inadequate."), @"inspection 2010 overall-effectiveness=inadequate; inspection 2011 overall-effectiveness=inadequate");
        assert_snapshot!(shown("After the inspection by Ofsted in 2009, and the inspection of safeguarding in March 2010, which found services to be inadequate, much was done."), @"inspection 2009; inspection 2010-03 safeguarding=inadequate");
        assert_snapshot!(shown("Progress was made on the previous inspections of child protection (in 2012), which judged services to be good."), @"inspection 2012 help-and-protection=good");
    }

    /// Sentences as reports write them, and what each says.
    #[test]
    fn shapes_of_sentences() {
        const SHAPES: &[(&str, &str)] = &[
            (
                "Wexcombe’s services were last inspected in 2018, with an overall judgement of good, and adoption was rated as requiring improvement to be good.",
                "inspection 2018 overall-effectiveness=good adoption=requires-improvement",
            ),
            (
                "The inspection of the council in June 2017 found that fostering and the lives of children in need of help or protection required improvement to be good.",
                "inspection 2017-06 fostering=requires-improvement help-and-protection=requires-improvement",
            ),
            (
                "Fostering services require improvement to be good, as was the case at the full inspection in 2017.",
                "inspection 2017 fostering=requires-improvement",
            ),
            (
                "After the inadequate judgement of the inspection of adoption services in 2011, the head of service left.",
                "inspection 2011 adoption=inadequate",
            ),
            (
                "At the previous inspection, when inspectors judged Hexworthy Borough Council’s services to be outstanding, staff were few.",
                "inspection - overall-effectiveness=outstanding",
            ),
            (
                "Four directors have left since the council was first judged inadequate in 2014.",
                "inspection 2014 overall-effectiveness=inadequate",
            ),
            (
                "Two inspections, which rated fostering as good in 2010 and adequate in 2012, led to a new plan.",
                "inspection 2010 fostering=good; inspection 2012 fostering=adequate",
            ),
            (
                "The council was judged inadequate in 2009, 2012 and 2016.",
                "inspection 2009 overall-effectiveness=inadequate; inspection 2012 overall-effectiveness=inadequate; inspection 2016 overall-effectiveness=inadequate",
            ),
            (
                "Flats are warmer than at a monitoring visit to the town hall in May 2019.",
                "monitoring-visit 2019-05",
            ),
            ("The joint targeted inspection in 2018 asked for better minutes.", "joint 2018"),
            ("The focused assurance visit in 2019 saw few letters.", "focused-visit 2019"),
            ("Letters are clearer than at the last visit in 2020.", "visit 2020"),
            ("The area’s (SEND) inspection in March 2018 told of waits.", "area-send 2018-03"),
            (
                "The inspection took place in the spring of 2015. At that time, inspectors judged the council to be good.",
                "inspection 2015 overall-effectiveness=good",
            ),
            ("Staff have changed since the last inspection (Ofsted, 2017).", "inspection 2017"),
            (
                "An inspection in 2011 judged Hexworthy’s safeguarding arrangements as good for overall effectiveness. For looked after children, it judged overall effectiveness as adequate.",
                "inspection 2011 safeguarding=good looked-after-services=adequate",
            ),
            (
                "Homes that were named for improvement in 2016 were seen at the focused visit in July 2019.",
                "focused-visit 2019-07",
            ),
            ("Letters have been sent to all homes since the 2017 inspection.", "inspection 2017"),
            (
                "The plan is in line with the Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007.",
                "",
            ),
            (
                "A focused visit of children in need and those subject to a child protection plan in January 2019 found drift.",
                "focused-visit 2019-01",
            ),
            (
                "Since the last inspection of services for children in need of help and protection, children looked after and care leavers in November 2017, much has changed.",
                "inspection 2017-11",
            ),
            (
                "A peer evaluation of the service was conducted by a large charity in January 2015.",
                "other 2015-01",
            ),
            (
                "In early 2019, inspectors judged Wexcombe’s children’s services to be inadequate.",
                "inspection 2019 overall-effectiveness=inadequate",
            ),
            ("Wexcombe was inspected in the thematic programme of 2012.", "thematic 2012"),
            (
                "As noted by the Care Quality Commission’s review of health services for children looked after and safeguarding in 2014, more is to do.",
                "other 2014",
            ),
            (
                "After an inspection of Elm House in May 2020, the latest inspection in June 2021 judged the home as good.",
                "children-home 2020-05; children-home 2021-06 overall-effectiveness=good",
            ),
            (
                "Of the six children’s homes, four are good. One was judged to be inadequate at the last inspection in May 2013.",
                "children-home 2013-05 overall-effectiveness=inadequate",
            ),
            (
                "The inspection of Hexworthy in 2011 judged safeguarding services as good for overall effectiveness and capacity for improvement. For looked after children, it judged overall effectiveness and capacity for improvement to be adequate.",
                "inspection 2011 safeguarding=good capacity-to-improve=good looked-after-services=adequate capacity-to-improve=adequate",
            ),
            (
                "The previous inspection of Hexworthy’s services for private fostering was in March 2009. The local authority was judged to be inadequate.",
                "inspection 2009-03 private-fostering=inadequate",
            ),
            ("Of the cases audited, 12% were judged to be inadequate in 2015.", ""),
            ("By March 2019 the trust wants to be judged good.", ""),
        ];
        let read = SHAPES.iter().map(|(sentence, _)| (*sentence, shown(sentence)));
        let wrong: Vec<_> =
            read.zip(SHAPES).filter(|((_, read), (_, told))| read != told).map(|(r, _)| r).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn the_judgements_of_a_list_and_a_day_of_publication() {
        assert_snapshot!(shown("The last inspection report was published in September 2014. The judgements for the local authority were:\n\n• Overall effectiveness: inadequate\n\n• Adoption performance: requires improvement to be good\n\nLeaders have changed."), @"inspection 2014-09 published overall-effectiveness=inadequate adoption=requires-improvement");
    }

    #[test]
    fn parts_of_one_inspection_are_told_in_several_places() {
        assert_snapshot!(shown("Since the last inspection in 2018 and the joint inspection in 2019, much was done.\n\nServices for care leavers have improved since the last inspection, when the service was judged to be inadequate."), @"inspection 2018 care-leavers=inadequate; joint 2019");
        assert_snapshot!(shown("The last inspection of safeguarding was in August 2012. The local authority was judged to be adequate.\n\nThe last inspection of services for looked after children was in August 2012. The local authority was judged to be good.\n\nAdoption services have improved since the last inspection, when they were inadequate."), @"inspection 2012-08 safeguarding=adequate; inspection 2012-08 looked-after-services=good");
        assert_snapshot!(shown("The last inspection in May 2018 judged services as good overall.\n\nAdoption services have improved since the last inspection, when they were inadequate.\n\nServices were judged to be adequate at the last inspection."), @"inspection 2018-05 overall-effectiveness=good adoption=inadequate");
    }

    #[test]
    fn who_was_judged() {
        assert_snapshot!(shown("The council runs a fostering agency and an adoption agency. Both were judged good at the last inspection, in August 2015."), @"fostering 2015-08 overall-effectiveness=good; adoption 2015-08 overall-effectiveness=good");
        assert_snapshot!(shown("The figures for adoption reach back to when the local authority was judged to be inadequate at an inspection in 2009."), @"inspection 2009 overall-effectiveness=inadequate");
    }

    #[test]
    fn each_event_once() {
        assert_snapshot!(shown("Since the last inspection in 2016, leaders have changed.\n\nThe focused visit in October 2020 saw this. Since the last inspection, more has changed.\n\nThe last inspection in May 2016 judged services as good."), @"inspection 2016-05 overall-effectiveness=good; focused-visit 2020-10");
        assert_snapshot!(shown("The inspection of safeguarding arrangements was in May 2013. The local authority was judged to be inadequate.\n\nThe inspection of services for looked after children was in July 2013. The local authority was judged to be adequate.\n\nThe Board has met the recommendations of the last inspection in 2013.\n\nChild protection services were judged inadequate in 2013."), @"inspection 2013-05 safeguarding=inadequate; inspection 2013-07 looked-after-services=adequate");
        assert_snapshot!(shown("Services for safeguarding children have improved since they were judged to be inadequate in the Ofsted inspection of child protection in 2012.\n\nThe previous inspection of Wexcombe’s arrangements for the protection of children was in October 2012. The local authority was judged to be inadequate.\n\nProgress has been made since Ofsted judged the local authority as inadequate in an inspection of arrangements for the protection of children in October 2012."), @"inspection 2012-10 help-and-protection=inadequate");
        assert_snapshot!(shown("Practice has improved since the last inspection."), @"inspection -");
        assert_snapshot!(shown("They have used the learning since the 2016 inspection."), @"inspection 2016");
    }

    #[test]
    fn children_s_homes() {
        assert_snapshot!(shown("The local authority operates four children’s homes. Three were judged to be good and one judged outstanding in their most recent Ofsted inspections."), @"children-home - overall-effectiveness=good; children-home - overall-effectiveness=outstanding");
    }

    #[test]
    fn other_dates_are_no_inspections() {
        assert_snapshot!(shown("At the time of the inspection in-house carers had fallen since March 2014."), @"");
        assert_snapshot!(shown("The plan since the start of the inspection (from 1,406 in 2014 to 1,164 in 2017) has worked."), @"");
        assert_snapshot!(shown("There were 45 adoptions in 2013. This inspection in September 2021 found more."), @"");
    }
}
