//! The first page: provider, location, address, and dates.

use findings_plugin_sdk::grammar::label::is_label;
use findings_plugin_sdk::grammar::postcode::trailing_postcode;
use findings_plugin_sdk::grammar::{Date, Hit, date, find, find_all, label};
use findings_plugin_sdk::outline::{Block, Outline};
use findings_plugin_sdk::record::{DateRange, Draft, Found, Status};
use findings_plugin_sdk::text::Text;

use crate::extension::Extension;

/// The page's labels; a value extends to the next one.
const LABELS: &[&str] =
    &["Date of inspection visit", "Date of publication", "Tel:", "Ratings", "Overall rating for this"];

const RULE: &str = "cqc.front";

/// Reads the page, and returns its text for the ratings.
pub fn read(outline: &Outline, extension: &mut Extension, draft: &mut Draft) -> Text {
    let page: Vec<&Block> = outline.blocks.iter().filter(|b| b.page == 1 && b.is_content()).collect();
    let title = page.iter().position(|b| is_label(b.text.as_str(), "Inspection report"));
    let text = Text::join(page.iter().map(|b| &b.text), " ");
    let below = title.map_or(Text::default(), |at| Text::join(page[at + 1..].iter().map(|b| &b.text), " "));
    let named = names(&page[..title.unwrap_or(0)]);
    let take = |draft: &mut Draft, field: &str, found: Option<Found<String>>| {
        draft.take(format!("/extension/{field}"), found, Status::NotRead)
    };
    let e = extension;
    e.document_title = take(draft, "document_title", title.map(|at| whole(&page[at].text)));
    e.provider = take(draft, "provider", named.as_ref().map(|(provider, _)| whole(provider)));
    e.location = take(draft, "location", named.as_ref().map(|(_, location)| whole(location)));
    let lines = address(&below);
    e.postcode = take(draft, "postcode", lines.as_ref().and_then(postcode));
    let joined = |lines: &Text| {
        let lines: Vec<String> = lines.lines().iter().map(|l| l.as_str().to_owned()).collect();
        lines.join(", ")
    };
    e.address = take(draft, "address", lines.map(|l| Found::new(joined(&l), l.evidence_all(RULE))));
    e.telephone = take(draft, "telephone", telephone(&below));
    dates(&below, e, draft);
    draft.record.provider.name = e.provider.clone();
    draft.record.provider.printed = e.provider.clone();
    for field in ["name", "printed"] {
        if let Some(evidence) = draft.record.evidence.get("/extension/provider").cloned() {
            draft.note(format!("/provider/{field}"), evidence);
        }
    }
    text
}

fn whole(text: &Text) -> Found<String> {
    Found::new(text.as_str().to_owned(), text.evidence_all(RULE))
}

/// Above the title: the provider's name, then the location's, in the largest print.
fn names(above: &[&Block]) -> Option<(Text, Text)> {
    let size = above.iter().map(|b| b.style.size).fold(0.0, f32::max);
    let (location, provider): (Vec<&Block>, Vec<&Block>) = above.iter().partition(|b| b.style.size == size);
    let join = |blocks: Vec<&Block>| Text::join(blocks.into_iter().map(|b| &b.text), " ");
    let (provider, location) = (join(provider), join(location));
    (!provider.is_empty() && !location.is_empty()).then_some((provider, location))
}

/// The text after a label, up to the next label.
fn field<'t>(text: &'t Text, name: &str) -> Option<&'t str> {
    let rest = find(label(name), text.as_str())?.rest.trim_start_matches([':', ' ']);
    let end = LABELS.iter().filter_map(|l| find(label(l), rest)).map(|h| h.before.len()).min();
    Some(rest[..end.unwrap_or(rest.len())].trim())
}

/// The lines up to the one that ends in a postcode.
fn address(below: &Text) -> Option<Text> {
    let mut end = 0;
    for line in below.lines().iter().take(12) {
        if LABELS.iter().any(|l| label(l)(line.as_str()).is_ok()) {
            return None;
        }
        end = below.as_str()[end..].find(line.as_str())? + end + line.as_str().len();
        if trailing_postcode(line.as_str()).is_some() {
            return Some(below.slice(0..end));
        }
    }
    None
}

fn postcode(lines: &Text) -> Option<Found<String>> {
    let last = lines.lines().pop()?;
    let (_, code) = trailing_postcode(last.as_str())?;
    Some(Found::new(code.to_owned(), last.evidence(code, RULE)))
}

/// "Tel: 01234567890"
fn telephone(below: &Text) -> Option<Found<String>> {
    let value = field(below, "Tel:")?;
    let length = value.find(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '+')).unwrap_or(value.len());
    let number = value[..length].trim();
    (number.bytes().filter(u8::is_ascii_digit).count() >= 9)
        .then(|| Found::new(number.to_owned(), below.evidence(number, RULE)))
}

fn dates(below: &Text, e: &mut Extension, draft: &mut Draft) {
    let visits = field(below, "Date of inspection visit").map_or(Vec::new(), |v| find_all(date, v));
    let days: Vec<Date> = visits.iter().map(|h| h.value).collect();
    e.visit_dates = days.iter().map(Date::to_string).collect();
    let pointers = ["/extension/visit_dates", "/inspection/visits", "/inspection/start", "/inspection/end"];
    if let (Some(Hit { slice: first, .. }), Some(Hit { slice: last, .. })) = (visits.first(), visits.last()) {
        let span = below.range_of(first).start..below.range_of(last).end;
        for pointer in pointers {
            draft.note(pointer, below.evidence_of(span.clone(), RULE));
        }
    } else {
        pointers.iter().for_each(|p| draft.absent(*p, Status::NotRead));
        let message = "the date of the visit could not be read";
        draft.warn("dates-not-read", Some("/inspection/start"), Some(1), message);
    }
    let inspection = &mut draft.record.inspection;
    inspection.start = days.iter().min().map(Date::to_string);
    inspection.end = days.iter().max().map(Date::to_string);
    inspection.visits = ranges(&days);
    let published = field(below, "Date of publication").and_then(|v| find(date, v));
    let published = published.map(|h| Found::new(h.value.to_string(), below.evidence(h.slice, RULE)));
    draft.record.published = draft.take("/published", published.clone(), Status::NotRead);
    e.publication_date = draft.take("/extension/publication_date", published, Status::NotRead);
}

/// Merges consecutive days into ranges.
fn ranges(days: &[Date]) -> Vec<DateRange> {
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((_, last)) if last.tomorrow() == *day => *last = *day,
            _ => ranges.push((*day, *day)),
        }
    }
    ranges.iter().map(|(a, b)| DateRange { start: a.to_string(), end: b.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text;
    use insta::assert_snapshot;

    #[test]
    fn the_address_ends_with_its_postcode() {
        let page =
            text(&["1 High Street", "Ormevale", "OV1 2AB", "Tel: 01632 960001", "Date of publication:"]);
        assert_snapshot!(address(&page).unwrap().as_str(), @"1 High Street Ormevale OV1 2AB");
        assert_snapshot!(telephone(&page).unwrap().value, @"01632 960001");
        assert!(address(&text(&["1 High Street", "Tel: 01632 960001", "OV1 2AB"])).is_none());
    }

    #[test]
    fn days_of_a_visit() {
        let day = |iso| Date::from_iso(iso).unwrap();
        let visits = ranges(&[day("2019-12-31"), day("2020-01-01"), day("2020-01-09")]);
        let shown: Vec<String> = visits.iter().map(|r| format!("{}/{}", r.start, r.end)).collect();
        assert_snapshot!(shown.join(" "), @"2019-12-31/2020-01-01 2020-01-09/2020-01-09");
    }
}
