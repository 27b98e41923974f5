//! The summary and the background: the service, its last rating, why and how it was inspected.

use findings_plugin_sdk::grammar::number::{spelled_number, whole_number};
use findings_plugin_sdk::grammar::{Hit, ParseResult, any_label, date, find, find_all, grade, label};
use findings_plugin_sdk::record::{Draft, Found, Status};
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, digit1, multispace0, multispace1, one_of};
use nom::combinator::{opt, recognize};
use nom::sequence::{delimited, preceded};

use crate::extension::Extension;
use crate::form::Report;

const RULE: &str = "cqc.summary";

/// Types of service, in the regulator's words.
const SERVICE_TYPES: &[&str] = &[
    "care home",
    "nursing home",
    "domiciliary care agency",
    "domiciliary care service",
    "supported living",
    "extra care housing",
    "shared lives",
];

/// Reads both parts.
pub fn read(report: &Report, extension: &mut Extension, draft: &mut Draft) {
    let e = extension;
    let about = report.passage(&["About the service"]).unwrap_or_default();
    e.capacity = take(draft, "capacity", capacity(&about));
    e.people_at_time_of_inspection = take(draft, "people_at_time_of_inspection", people(&about));
    last_rating(report, e, draft);
    e.why_we_inspected = take(draft, "why_we_inspected", passage(report, "Why we inspected"));
    e.follow_up = take(draft, "follow_up", passage(report, "Follow up"));
    e.inspection_team_text = take(draft, "inspection_team_text", passage(report, "Inspection team"));
    let service = report.passage(&["Service and service type"]).unwrap_or_default();
    e.service_type = take(draft, "service_type", service_type(&service));
    let notice = report.passage(&["Notice of inspection"]).unwrap_or_default();
    e.notice = take(draft, "notice", announced(&notice));
    draft.record.inspection.kind = e.notice.clone().unwrap_or_default();
    if let Some(evidence) = draft.record.evidence.get("/extension/notice").cloned() {
        draft.note("/inspection/type", evidence);
    }
    let inspection = report.passage(&["The inspection"]).unwrap_or_default();
    e.legal_basis = take(draft, "legal_basis", legal_basis(&inspection));
    for pointer in ["/extension/inspectors", "/inspectors"] {
        draft.absent(pointer, Status::NotApplicable);
    }
    unread_lists(report, draft);
}

fn take<T>(draft: &mut Draft, field: &str, found: Option<Found<T>>) -> Option<T> {
    draft.take(format!("/extension/{field}"), found, Status::NotRead)
}

fn passage(report: &Report, heading: &str) -> Option<Found<String>> {
    let text = report.passage(&[heading])?;
    Some(Found::new(text.as_str().to_owned(), text.evidence_all(RULE)))
}

/// `count = number / spelled number`
fn count(input: &str) -> ParseResult<'_, u32> {
    let digits = whole_number.map(|n| n as u32);
    alt((digits, spelled_number.map(u32::from))).parse(input)
}

/// "up to 41 people"
fn capacity(about: &Text) -> Option<Found<u32>> {
    let upto = |i| preceded((label("up to"), multispace1), count).parse(i);
    found(about, find(upto, about.as_str())?)
}

/// "care for 36 people at the time of the inspection"; "At the time of our inspection there were 36 people"
fn people(about: &Text) -> Option<Found<u32>> {
    let people = || (multispace1, any_label(&["people", "persons", "residents"]));
    let words = |i| take_while1(|c| c != '.')(i);
    let time = || {
        any_label(&[
            "at the time of the inspection",
            "at the time of our inspection",
            "at the time of this inspection",
        ])
    };
    let before = |i| {
        let (rest, (n, _, _)) = (count, people(), multispace1).parse(i)?;
        // The rest of the sentence must name the time.
        let (_, sentence) = words(rest)?;
        match find(time(), sentence) {
            Some(h) => Ok((h.rest, n)),
            None => Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))),
        }
    };
    if let Some(hit) = find(before, about.as_str()) {
        return found(about, hit);
    }
    let after = find(time(), about.as_str())?;
    let sentence = after.rest.split('.').next().unwrap_or_default();
    let counted = |i| nom::sequence::terminated(count, people()).parse(i);
    found(about, find(counted, sentence)?)
}

fn found<T>(text: &Text, hit: Hit<'_, T>) -> Option<Found<T>> {
    Some(Found::new(hit.value, text.evidence(hit.slice, RULE)))
}

/// `last-rating = "The last rating for this service was" grade ["."] ["(" ["published"] date ")"] ["."]`
///
/// "The last rating for this service was Good. (19 December 2016)."
fn last_rating(report: &Report, e: &mut Extension, draft: &mut Draft) {
    let text = report.passage(&["Rating at last inspection", "Rating at last inspection and update"]);
    let text = text.unwrap_or_default();
    let sentence = |i| {
        let mark = || opt((multispace0, char('.')));
        let (rest, (_, _, graded, _)) = (
            any_label(&["The last rating for this service was", "The last rating for the service was"]),
            multispace1,
            grade,
            mark(),
        )
            .parse(i)?;
        let word = opt((any_label(&["report published", "published"]), multispace1));
        let dated =
            delimited((multispace0, char('('), multispace0), preceded(word, date), (multispace0, char(')')));
        let (rest, (day, _)) = (opt(dated), mark()).parse(rest)?;
        Ok((rest, (graded, day)))
    };
    let hit = find(sentence, text.as_str());
    let Some(Hit { slice, value: (graded, day), .. }) = hit else {
        for field in ["last_rating", "last_rating_date", "last_rating_text"] {
            draft.absent(
                format!("/extension/{field}"),
                if text.is_empty() { Status::NotStated } else { Status::NotRead },
            );
        }
        return;
    };
    let evidence = text.evidence(slice, RULE);
    draft.note("/extension/last_rating", text.evidence(graded.printed, RULE));
    draft.note("/extension/last_rating_text", evidence.clone());
    e.last_rating = Some(graded.grade.code().to_owned());
    e.last_rating_text = Some(slice.to_owned());
    e.last_rating_date = take(draft, "last_rating_date", day.map(|d| Found::new(d.to_string(), evidence)));
}

/// `service-type = "is" ("a" / "an") [quote] type`
///
/// "is a 'care home'"; a name may contain such words too: "Mill Nursing Home is a 'care home'"
fn service_type(service: &Text) -> Option<Found<String>> {
    let kind = |i| {
        let quote = opt(one_of("'‘’\"“"));
        let before = (any_label(&["is a", "is an"]), multispace1, quote);
        preceded(before, any_label(SERVICE_TYPES)).parse(i)
    };
    let hit = find(kind, service.as_str())?;
    Some(Found::new(hit.value.to_lowercase(), service.evidence(hit.value, RULE)))
}

/// "This inspection was unannounced."
fn announced(notice: &Text) -> Option<Found<String>> {
    let hit = find(any_label(&["unannounced", "announced"]), notice.as_str())?;
    Some(Found::new(hit.slice.to_lowercase(), notice.evidence(hit.slice, RULE)))
}

/// `legal-basis = "Section" number "of the" act year`
///
/// "Section 60 of the Health and Social Care Act 2008"
fn legal_basis(inspection: &Text) -> Option<Found<String>> {
    let act = |i| {
        let words = |i| take_while1(|c: char| c.is_alphabetic() || c == ' ')(i);
        recognize((label("Section"), multispace1, digit1, multispace1, label("of the"), words, digit1))
            .parse(i)
    };
    let hit = find(act, inspection.as_str())?;
    Some(Found::new(hit.slice.to_owned(), inspection.evidence(hit.slice, RULE)))
}

/// Breaches, enforcement and recommendations are not itemised, because no report with any has been seen. Where a
/// report seems to have some, a diagnostic says so.
fn unread_lists(report: &Report, draft: &mut Draft) {
    let text = report.text();
    let lists: [(&str, &[&str]); 3] = [
        (
            "regulation_breaches",
            &["breach of regulation", "breaches of regulation", "Action we have told the provider to take"],
        ),
        ("enforcement", &["Enforcement actions", "special measures", "warning notice"]),
        ("recommendations", &["We recommend", "we have made a recommendation"]),
    ];
    for (field, phrases) in lists {
        let pointer = format!("/extension/{field}");
        match find_all(any_label(phrases), text.as_str()).first() {
            None => draft.absent(pointer, Status::NotStated),
            Some(hit) => {
                let page = text.evidence(hit.slice, RULE).spans.first().map(|s| s.page);
                draft.absent(&pointer, Status::NotRead);
                let message = format!(
                    "“{}”: the report seems to have what this format does not itemise yet",
                    hit.slice
                );
                draft.warn("improvements-not-read", Some(&pointer), page, message);
            }
        }
    }
    let unread = draft.record.diagnostics.iter().any(|d| d.code == "improvements-not-read");
    draft.absent("/improvements", if unread { Status::NotRead } else { Status::NotStated });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text;
    use insta::assert_snapshot;

    #[test]
    fn how_many_people() {
        let of = |t: &str| people(&text(&[t])).map_or("-".into(), |f| f.value.to_string());
        assert_snapshot!(of("They were caring for 36 people at the time of the inspection."), @"36");
        assert_snapshot!(of("It has room for up to 9 people. At the time of our inspection there were seven people living there."), @"7");
        assert_snapshot!(of("It has room for up to 9 people."), @"-");
        assert_snapshot!(capacity(&text(&["personal care for up to 41 people"])).unwrap().value, @"41");
    }

    #[test]
    fn a_name_is_no_kind_of_service() {
        let of = |t: &str| service_type(&text(&[t])).map_or("-".into(), |f| f.value);
        assert_snapshot!(of("Mill Nursing Home is a 'care home'. People in care homes"), @"care home");
        assert_snapshot!(of("The service is a domiciliary care agency."), @"domiciliary care agency");
        assert_snapshot!(of("Mill Nursing Home is new."), @"-");
    }

    #[test]
    fn the_basis_in_law() {
        let of = |t: &str| legal_basis(&text(&[t])).map_or("-".into(), |f| f.value);
        assert_snapshot!(of("We came under Section 60 of the Health and Social Care Act 2008 (the Act)"), @"Section 60 of the Health and Social Care Act 2008");
        assert_snapshot!(of("We came under the Act"), @"-");
    }
}
