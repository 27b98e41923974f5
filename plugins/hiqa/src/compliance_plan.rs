//! Section 1 of the compliance plan: how the provider is going to comply with each regulation.

use findings_plugin_sdk::grammar::{Hit, find, find_all, label};
use findings_plugin_sdk::record::{Draft, Evidence, Status};
use findings_plugin_sdk::text::Text;
use nom::Offset;

use crate::extension::{Extension, PlannedRegulation, Regulation};
use crate::headings::OUTLINE;
use crate::layout::{Layout, Part};
use crate::regulation::{self, Instrument, Judgment};

/// A regulation that the plan answers.
struct Planned<'t> {
    instrument: Instrument,
    /// "Regulation 16"
    printed: &'t str,
    number: &'t str,
    /// The text up to the next colon; empty if that is too far.
    title: &'t str,
    /// Everything after the number.
    rest: &'t str,
    judgment: Option<(Judgment, &'t str)>,
}

/// Reads section 1.
pub fn read(layout: &Layout, extension: &mut Extension, draft: &mut Draft) {
    if !layout.has(Part::PlanSection1) {
        draft.absent("/extension/compliance_plan", Status::NotStated);
        return;
    }
    let text = layout.text_of(Part::PlanSection1);
    for mut planned in planned(text.as_str()) {
        planned.title = listed_title(&planned, extension).unwrap_or(planned.title);
        if !planned.title.is_empty() {
            push(&text, &planned, extension, draft);
        }
    }
    if extension.compliance_plan.is_empty() {
        draft.absent("/extension/compliance_plan", Status::NotRead);
        let message = "section 1 of the compliance plan is there and no regulation could be read in it";
        draft.warn("improvements-not-read", Some("/extension/compliance_plan"), Some(text.page()), message);
    }
}

/// `section = *(regulation title judgment OUTLINE regulation title ":" answer)`
///
/// The row above has the regulation with its judgment, and the sentence below repeats the regulation: the name is
/// read from the sentence, because it isn't split by columns.
fn planned(text: &str) -> Vec<Planned<'_>> {
    let hits = find_all(label(OUTLINE), text);
    let mut from = 0;
    let mut all = Vec::new();
    for Hit { before, rest, .. } in hits {
        let sentence = rest.trim_start();
        if let Some(mut planned) = named(sentence) {
            let above = &text[from..before.len()];
            planned.judgment = judged(above, &planned);
            all.push(planned);
        }
        from = text.len() - rest.len();
    }
    all
}

/// `name = regulation title ":"`
fn named(sentence: &str) -> Option<Planned<'_>> {
    let (rest, (instrument, number)) = regulation::regulation(sentence).ok()?;
    let title = rest.split(':').next().unwrap_or_default().trim();
    let printed = &sentence[..sentence.offset(number) + number.len()];
    let title = if title.len() < 200 { title } else { "" };
    Some(Planned { instrument, printed, number, title, rest, judgment: None })
}

/// The title as listed in appendix 1: the colon after the sentence may be missing, and a title may contain one.
fn listed_title<'t>(planned: &Planned<'t>, extension: &Extension) -> Option<&'t str> {
    let registration = planned.instrument == Instrument::Registration;
    let (_, listed) = listed(planned.number, registration, extension)?;
    label(&listed.title)(planned.rest).ok().map(|(_, title)| title)
}

/// A regulation listed in appendix 1, with its index.
fn listed<'e>(number: &str, registration: bool, extension: &'e Extension) -> Option<(usize, &'e Regulation)> {
    let same =
        |r: &Regulation| r.number == number && (r.act.as_deref() == Some("registration")) == registration;
    extension.regulations.iter().enumerate().find(|(_, r)| same(r))
}

/// The judgment in the row above the sentence: after the last mention of the regulation.
fn judged<'t>(above: &'t str, planned: &Planned) -> Option<(Judgment, &'t str)> {
    let row = find_all(regulation::regulation, above)
        .into_iter()
        .rfind(|h| h.value == (planned.instrument, planned.number))?
        .rest;
    find(regulation::judgment, row).map(|h| (h.value, h.slice))
}

fn push(text: &Text, planned: &Planned, extension: &mut Extension, draft: &mut Draft) {
    const RULE: &str = "hiqa.compliance-plan";
    let at = extension.compliance_plan.len();
    let pointer = |field: &str| format!("/extension/compliance_plan/{at}/{field}");
    draft.note(pointer("regulation_number"), text.evidence(planned.printed, RULE));
    draft.note(pointer("regulation_title"), text.evidence(planned.title, RULE));
    let page = text.evidence(planned.printed, RULE).spans.first().map(|s| s.page);
    match planned.judgment {
        Some((_, slice)) => draft.note(pointer("judgment"), text.evidence(slice, RULE)),
        None => {
            draft.absent(pointer("judgment"), Status::NotRead);
            let message = format!("the judgment beside “{}” could not be read", planned.printed);
            draft.warn("grade-not-read", Some(&pointer("judgment")), page, message);
        }
    }
    let registration = planned.instrument == Instrument::Registration;
    if registration {
        draft.derived(pointer("act"), "the instrument named before the number");
    }
    against_appendix(planned, page, extension, draft);
    extension.compliance_plan.push(PlannedRegulation {
        regulation_number: planned.number.to_owned(),
        regulation_title: planned.title.to_owned(),
        judgment: planned.judgment.map(|(j, _)| j.code().to_owned()),
        act: registration.then(|| "registration".to_owned()),
    });
}

/// Compares the judgment with that of appendix 1, which the plan repeats.
fn against_appendix(planned: &Planned, page: Option<u32>, extension: &Extension, draft: &mut Draft) {
    let Some((judgment, _)) = planned.judgment else { return };
    let registration = planned.instrument == Instrument::Registration;
    let Some((at, listed)) = listed(planned.number, registration, extension) else { return };
    let pointer = format!("/extension/regulations/{at}/judgment");
    if listed.judgment.as_deref() == Some(judgment.code()) {
        if let Some(Evidence { witnesses, .. }) = draft.record.evidence.get_mut(&pointer) {
            *witnesses = Some(witnesses.unwrap_or(1) + 1);
        }
    } else if let Some(other) = &listed.judgment {
        let message = format!(
            "“{}” is {other} in appendix 1 and {} in the compliance plan",
            planned.printed,
            judgment.code()
        );
        draft.warn("grades-disagree", Some(&pointer), page, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        let line = |p: &Planned| {
            let judgment = p.judgment.map_or("-", |(j, _)| j.code());
            format!("{} | {} | {judgment}", p.printed, p.title)
        };
        planned(text).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn each_regulation_with_the_judgment_above_its_sentence() {
        let text = "Regulation Heading Judgment Regulation 31: Notification of incidents Not Compliant Outline how you are \
            going to come into compliance with Regulation 31: Notification of incidents: Regulation 26: Risk was reviewed \
            and is now Compliant. Regulation 5: Individual assessment Substantially Compliant and plan Outline how you are \
            going to come into compliance with Regulation 5: Individual assessment and plan: Done by 30/02/2022.";
        assert_snapshot!(show(text), @r"
        Regulation 31 | Notification of incidents | not-compliant
        Regulation 5 | Individual assessment and plan | substantially-compliant
        ");
    }

    #[test]
    fn a_title_ends_as_in_the_appendix() {
        let text = "Regulation 17: Premises Not Compliant Outline how you are going to come into compliance with \
            Regulation 17: Premises The roof was mended: it is dry.";
        let planned = planned(text).remove(0);
        let listed = Regulation { number: "17".into(), title: "Premises".into(), ..Regulation::default() };
        let extension = Extension { regulations: vec![listed], ..Extension::default() };
        assert_eq!(planned.title, "Premises The roof was mended");
        assert_eq!(listed_title(&planned, &extension), Some("Premises"));
        assert_eq!(listed_title(&planned, &Extension::default()), None);
    }

    #[test]
    fn registration_regulations_are_not_their_namesakes() {
        let text = "Regulation 5: Plans Not Compliant Registration Regulation 5: Renewal Substantially Compliant Outline how \
            you are going to come into compliance with Registration Regulation 5: Renewal: Sent.";
        assert_snapshot!(show(text), @"Registration Regulation 5 | Renewal | substantially-compliant");
    }
}
