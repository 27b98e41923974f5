//! The cover: what was inspected, its provider, and when.

use findings_plugin_sdk::grammar::date_ranges::find_date_ranges;
use findings_plugin_sdk::grammar::{Date, DateRanges, Hit, ParseResult, find, label};
use findings_plugin_sdk::record::{DateRange, Draft, Evidence, Found, Status};
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::bytes::complete::tag;
use nom::character::complete::digit1;
use nom::combinator::{recognize, verify};

use crate::extension::Extension;
use crate::layout::{Layout, Part};

/// The cover's labels; a value extends to the next one.
const LABELS: &[&str] = &[
    "Name of designated centre",
    "Name of provider",
    "Address of centre",
    "Type of inspection",
    "Date of inspection",
    "Centre ID",
    "Fieldwork ID",
];

/// Types of inspection, with their codes.
const TYPES: &[(&str, &str)] = &[
    ("Unannounced", "unannounced"),
    ("Announced", "announced"),
    ("Short Notice Announced", "short-notice-announced"),
    ("Short Term Announced", "short-term-announced"),
];

/// The most days of a range that are expanded.
const LONGEST: usize = 31;

/// Reads the cover into the extension and the envelope.
pub fn read(layout: &Layout, extension: &mut Extension, draft: &mut Draft) {
    let cover = &layout.text(layout.cover());
    let plan = &layout.text_of(Part::Plan);
    let e = extension;
    e.document_title = take(draft, "document_title", title(cover));
    e.issued_by = take(draft, "issued_by", issued_by(cover));
    e.centre_name = take(draft, "centre_name", plain(cover, "Name of designated centre"));
    e.provider_name = take(draft, "provider_name", plain(cover, "Name of provider"));
    e.address = take(draft, "address", plain(cover, "Address of centre"));
    e.inspection_type = take(draft, "inspection_type", inspection_type(cover));
    e.centre_id = take(draft, "centre_id", numbered(cover, "Centre ID", "OSV-"));
    e.fieldwork_id = take(draft, "fieldwork_id", numbered(cover, "Fieldwork ID", "MON-"));
    dates(cover, e, draft);
    witnesses(plan, e, draft);
    envelope(e, draft);
}

/// Copies values and evidence from the extension to the record.
fn envelope(e: &Extension, draft: &mut Draft) {
    draft.record.provider.name = e.provider_name.clone();
    draft.record.provider.printed = e.provider_name.clone();
    for field in ["name", "printed"] {
        same(draft, "/extension/provider_name", &format!("/provider/{field}"));
    }
    draft.record.inspection.kind = e.inspection_type.clone().unwrap_or_default();
    same(draft, "/extension/inspection_type", "/inspection/type");
    let other = e.document_title.as_deref().is_some_and(|t| find(label("Disabilities"), t).is_none());
    draft.record.format.edition = if other { "other" } else { "disabilities" }.into();
}

/// Copies the evidence of one pointer to another.
fn same(draft: &mut Draft, from: &str, to: &str) {
    if let Some(evidence) = draft.record.evidence.get(from).cloned() {
        draft.note(to, evidence);
    }
}

fn take<T>(draft: &mut Draft, field: &str, found: Option<Found<T>>) -> Option<T> {
    draft.take(format!("/extension/{field}"), found, Status::NotRead)
}

/// `title = "Report of" … "(" group ")"`, up to "Issued by"
///
/// "Report of an inspection of a Designated Centre for Disabilities (Adults)."
fn title(cover: &Text) -> Option<Found<String>> {
    let hit = find(label("Report of"), cover.as_str())?;
    let before = hit.before.len();
    let whole = &cover.as_str()[before..];
    let end = find(label("Issued by"), whole).map_or_else(|| value_end(whole), |h| h.before.len());
    found(cover, whole[..end].trim_end_matches([' ', '.']), "hiqa.cover.title")
}

/// `issued-by = "Issued by" ["the"] officer`
fn issued_by(cover: &Text) -> Option<Found<String>> {
    let rest = find(label("Issued by the"), cover.as_str())
        .or_else(|| find(label("Issued by"), cover.as_str()))
        .map(|h| h.rest)?;
    found(cover, rest[..value_end(rest)].trim_end_matches([' ', '.']), "hiqa.cover.issued-by")
}

/// The beginning of the next label.
fn value_end(rest: &str) -> usize {
    LABELS.iter().filter_map(|l| find(label(l), rest)).map(|h| h.before.len()).min().unwrap_or(rest.len())
}

/// `field = label [":"] value`
fn field<'t>(cover: &'t Text, name: &str) -> Option<&'t str> {
    let rest = find(label(name), cover.as_str())?.rest.trim_start_matches([':', ' ']);
    let value = rest[..value_end(rest)].trim();
    (!value.is_empty()).then_some(value)
}

fn plain(cover: &Text, name: &str) -> Option<Found<String>> {
    found(cover, field(cover, name)?, "hiqa.cover.field")
}

fn found(text: &Text, slice: &str, rule: &str) -> Option<Found<String>> {
    let slice = slice.trim();
    (!slice.is_empty()).then(|| Found::new(slice.to_owned(), text.evidence(slice, rule)))
}

/// "Unannounced"; "Short Notice Announced"
fn inspection_type(cover: &Text) -> Option<Found<String>> {
    let value = field(cover, "Type of inspection")?;
    let is = |name: &str| label(name)(value).is_ok_and(|(rest, _)| rest.trim().is_empty());
    let (_, code) = TYPES.iter().find(|(name, _)| is(name))?;
    Some(Found::new((*code).to_owned(), cover.evidence(value, "hiqa.cover.type")))
}

/// `id = prefix 4*DIGIT`
fn id<'p>(prefix: &'p str) -> impl for<'a> Fn(&'a str) -> ParseResult<'a, &'a str> + 'p {
    move |input| recognize((tag(prefix), verify(digit1, |d: &str| d.len() >= 4))).parse(input)
}

/// "Centre ID: OSV-0001234"
fn numbered(cover: &Text, name: &str, prefix: &str) -> Option<Found<String>> {
    let Hit { slice, .. } = find(id(prefix), field(cover, name)?)?;
    found(cover, slice, "hiqa.cover.id")
}

/// "19 May 2022"; "08 and 09 February 2023"
fn dates(cover: &Text, e: &mut Extension, draft: &mut Draft) {
    let value = field(cover, "Date of inspection");
    let hit = value.and_then(find_date_ranges);
    let Some(Hit { slice, value: ranges, .. }) = hit else {
        for pointer in [
            "/extension/dates",
            "/extension/date_printed",
            "/inspection/start",
            "/inspection/end",
            "/inspection/visits",
        ] {
            draft.absent(pointer, Status::NotRead);
        }
        let message = "the cover's date of inspection could not be read";
        draft.warn("dates-not-read", Some("/inspection/start"), Some(cover.page()), message);
        return;
    };
    let evidence = cover.evidence(slice, "hiqa.cover.dates");
    e.date_printed = value.map(str::to_owned);
    draft.note("/extension/date_printed", cover.evidence(value.unwrap_or_default(), "hiqa.cover.dates"));
    if let Some(problem) = ranges.problem {
        let message = format!("“{slice}”: {}", problem.as_str());
        draft.warn("date-impossible", Some("/inspection/start"), Some(cover.page()), message);
    }
    let days = days(&ranges);
    let status = |there: bool| if there { Status::Found } else { Status::NotRead };
    let inspection = &mut draft.record.inspection;
    inspection.start = ranges.start().map(|d| d.to_string());
    inspection.end = ranges.end().map(|d| d.to_string());
    inspection.visits =
        ranges.ranges.iter().map(|(a, b)| DateRange { start: a.to_string(), end: b.to_string() }).collect();
    let read = [
        ("/inspection/start", inspection.start.is_some()),
        ("/inspection/end", inspection.end.is_some()),
        ("/inspection/visits", !inspection.visits.is_empty()),
        ("/extension/dates", !days.is_empty()),
    ];
    e.dates = days.iter().map(Date::to_string).collect();
    for (pointer, there) in read {
        draft.note(pointer, Evidence { status: status(there), ..evidence.clone() });
    }
}

/// Every day of the ranges.
fn days(ranges: &DateRanges) -> Vec<Date> {
    let days = |(from, to): &(Date, Date)| {
        let to = *to;
        std::iter::successors(Some(*from), |d| Some(d.tomorrow())).take_while(move |d| *d <= to).take(LONGEST)
    };
    ranges.ranges.iter().flat_map(days).collect()
}

/// Compares the cover with the compliance plan, which repeats the centre and the inspection.
///
/// "Compliance Plan for Mill House OSV-0001234" / "Inspection ID: MON-0012345" / "Date of inspection: 19/05/2022"
fn witnesses(plan: &Text, e: &Extension, draft: &mut Draft) {
    if plan.is_empty() {
        return;
    }
    let text = plan.as_str();
    let name = find(label("Compliance Plan for"), text).and_then(|h| {
        let end = find(id("OSV-"), h.rest)?.before.len();
        Some(h.rest[..end].trim().to_owned())
    });
    let said = |prefix| find(id(prefix), text).map(|h| h.slice.to_owned());
    let page = plan.page();
    witness(draft, "centre_name", &e.centre_name, name, page);
    witness(draft, "centre_id", &e.centre_id, said("OSV-"), page);
    witness(draft, "fieldwork_id", &e.fieldwork_id, said("MON-"), page);
    let dates = find(label("Date of inspection"), text).and_then(|h| {
        let hit = find_date_ranges(h.rest).filter(|d| d.before.trim_matches([':', ' ']).is_empty())?;
        Some(days(&hit.value).iter().map(Date::to_string).collect::<Vec<_>>())
    });
    // If there are several days, the plan may name only the first.
    let agreed = dates.filter(|d| !d.is_empty()).map(|d| d.iter().any(|day| e.dates.contains(day)));
    settle(draft, "/extension/dates", agreed, page, "dates-disagree");
    settle(draft, "/inspection/start", agreed.filter(|a| *a), page, "dates-disagree");
}

fn witness(draft: &mut Draft, field: &str, cover: &Option<String>, plan: Option<String>, page: u32) {
    let key =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let agreed = match (cover, plan) {
        (Some(a), Some(b)) => Some(key(a) == key(&b)),
        _ => None,
    };
    settle(draft, &format!("/extension/{field}"), agreed, page, "providers-disagree");
}

fn settle(draft: &mut Draft, pointer: &str, agreed: Option<bool>, page: u32, code: &str) {
    match agreed {
        Some(true) => {
            if let Some(e) = draft.record.evidence.get_mut(pointer) {
                e.witnesses = Some(e.witnesses.unwrap_or(1) + 1);
            }
        }
        Some(false) => {
            let message = "the compliance plan says otherwise than the cover, which was followed";
            draft.warn(code, Some(pointer), Some(page), message);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::outline;
    use insta::assert_snapshot;

    fn text(lines: &str) -> Text {
        let lines: Vec<_> = lines.lines().map(|l| (1, 50.0, 50.0, l)).collect();
        Text::join(outline(&lines).blocks.iter().map(|b| &b.text), " ")
    }

    const COVER: &str = "Report of an inspection of a\nDesignated Centre for Disabilities\n(Children).\n\
        Issued by the Chief Inspector\nName of designated\ncentre:\nMill House\nName of provider:\nOrmevale Care:\n\
        Living Well Limited\nAddress of centre:\nKerry\nType of inspection:\nShort Notice Announced\n\
        Date of inspection:\n30 November and 01 December 2021\nCentre ID:\nOSV-0001234\nFieldwork ID:\nMON-0012345";

    fn of(name: &str) -> String {
        plain(&text(COVER), name).map_or("-".into(), |f| f.value)
    }

    #[test]
    fn a_value_reaches_to_the_next_label() {
        assert_snapshot!(of("Name of designated centre"), @"Mill House");
        assert_snapshot!(of("Name of provider"), @"Ormevale Care: Living Well Limited");
        assert_snapshot!(of("Address of centre"), @"Kerry");
        assert_snapshot!(inspection_type(&text(COVER)).unwrap().value, @"short-notice-announced");
        assert_snapshot!(numbered(&text(COVER), "Fieldwork ID", "MON-").unwrap().value, @"MON-0012345");
    }

    #[test]
    fn the_title_names_the_group() {
        assert_snapshot!(title(&text(COVER)).unwrap().value, @"Report of an inspection of a Designated Centre for Disabilities (Children)");
        assert_snapshot!(issued_by(&text(COVER)).unwrap().value, @"Chief Inspector");
    }

    #[test]
    fn each_day_is_told() {
        let of = |t: &str| {
            let hit = find_date_ranges(t).unwrap();
            days(&hit.value).iter().map(Date::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_snapshot!(of("30 November and 01 December 2021"), @"2021-11-30 2021-12-01");
        assert_snapshot!(of("08 February 2023"), @"2023-02-08");
        assert_snapshot!(of("8, 9 and 15 May 2019"), @"2019-05-08 2019-05-09 2019-05-15");
    }
}
