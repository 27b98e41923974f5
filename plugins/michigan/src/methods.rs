//! How the work was done: contacts of an investigation, days on site, inspections by other bodies.

use findings_plugin_sdk::grammar::contains_label;
use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;

use crate::dates::{self, days_in};
use crate::headings::squeezed;
use crate::identity::{Row, rows};

/// Days of contact and days on site, in printed order.
#[derive(Debug, Default)]
pub struct Contacts {
    /// One for each contact.
    pub contacts: Vec<Found<String>>,
    /// The days with a visit on site, without repetitions.
    pub on_site: Vec<Found<String>>,
}

/// The contacts in a section "METHODOLOGY": a row for each, beginning with its date.
///
/// "12/5/2024 Phone Interview"; "1/20/2026 9:45 AM Onsite Inspection Interview"; "05/26/2022 Inspection Completed-BCAL
/// Sub. Compliance". The rows end where the first allegation begins.
pub fn contacts(lines: &[Text]) -> Contacts {
    let mut read = Contacts::default();
    let end = lines.iter().position(|l| l.as_str().starts_with("ALLEGATION")).unwrap_or(lines.len());
    let begins: Vec<usize> = (0..end).filter(|at| row_date(&lines[*at]).is_some()).collect();
    for (n, at) in begins.iter().enumerate() {
        let Some(day) = row_date(&lines[*at]) else { continue };
        let next = begins.get(n + 1).copied().unwrap_or(end);
        let row = Text::join(&lines[*at..next], " ");
        if is_on_site(lines[*at].as_str(), row.as_str()) && read.on_site.iter().all(|d| d.value != day.value)
        {
            read.on_site.push(day.clone());
        }
        read.contacts.push(day);
    }
    read
}

fn row_date(line: &Text) -> Option<Found<String>> {
    let (_, date) = dates::date(line.as_str()).ok()?;
    let day = dates::first_date(line.as_str()).filter(|d| d.date == date)?;
    Some(day.found(line, "methods.contact"))
}

/// Whether a contact was on site. The older form says so in the row's first line ("Inspection Completed On-site",
/// "Special Investigation Initiated - On Site"), the newer one in its columns ("Onsite Inspection", "Unannounced
/// Visit").
fn is_on_site(first: &str, row: &str) -> bool {
    const METHODS: &[&str] = &["Onsite", "On-site", "On site", "Inspection Completed"];
    METHODS.iter().any(|m| contains_label(first, m)) || contains_label(row, "Unannounced Visit") || {
        contains_label(row, "Onsite Inspection")
    }
}

/// The days in sentences about an inspection: "An on-site inspection was made on 09/24/2018 to …".
pub fn in_sentences(lines: &[Text]) -> Vec<Found<String>> {
    const VISITS: &[&str] =
        &["inspection", "on-site", "onsite", "visit", "visited", "inspected", "walk through"];
    let text = Text::join(lines, " ");
    let mut found: Vec<Found<String>> = Vec::new();
    for sentence in text.as_str().split_inclusive(". ") {
        if !VISITS.iter().any(|v| contains_label(sentence, v)) {
            continue;
        }
        for day in days_in(sentence) {
            if found.iter().all(|f| f.value != day.date.to_string()) {
                found.push(day.found(&text, "methods.sentence"));
            }
        }
    }
    found
}

/// The days on site of an inspection, beside or below their label.
///
/// "Date of On-site Inspection(s): 01/31/2020"; "Date(s) of On-site Inspection:"; "Date of Inspections:"
pub fn inspection_dates(lines: &[Text]) -> Vec<Found<String>> {
    let rows = rows(lines);
    let is = |r: &&Row| {
        let l = &r.label;
        l.contains("DATE") && l.contains("INSPECTION") && !OTHERS.iter().any(|o| l.contains(o.0))
    };
    let Some(row) = rows.iter().find(is) else { return Vec::new() };
    let mut lines = row.value.iter();
    let mut value: Vec<Text> = lines.next().cloned().into_iter().collect();
    value.extend(lines.take_while(|l| is_of_dates(l.as_str())).cloned());
    let value = Text::join(&value, " ");
    days_in(value.as_str()).into_iter().map(|d| d.found(&value, "methods.on-site")).collect()
}

/// Whether a line consists of dates and separators of dates only.
fn is_of_dates(line: &str) -> bool {
    let mut rest = line.to_owned();
    let days = days_in(line);
    for day in &days {
        rest = rest.replace(day.printed, "");
    }
    !days.is_empty() && matches!(squeezed(&rest).as_str(), "" | "AND" | "TO" | "THROUGH" | "ANDAND")
}

/// Inspections by other bodies, which the renewal of an institution mentions.
const OTHERS: &[(&str, &str)] =
    &[("FIRE", "methods.fire"), ("ENVIRONMENTAL", "methods.environmental-health")];

/// Date and rating of an inspection by another body.
///
/// "Date of Fire Inspection: 12/15/2025 Inspection Rating: A"
pub fn other_inspection(lines: &[Text], word: &str) -> Option<(Found<String>, Option<Found<String>>)> {
    let (_, rule) = OTHERS.iter().find(|(w, _)| *w == word)?;
    let line = lines.iter().find(|l| {
        l.as_str().split_once(':').is_some_and(|(label, _)| {
            let label = squeezed(label);
            label.starts_with("DATE") && label.contains(word) && label.contains("INSPECTION")
        })
    })?;
    let day = dates::first_date(line.as_str())?;
    let date = day.found(line, rule);
    let rating = line.as_str().split_once("Rating:").map(|(_, r)| r.trim()).filter(|r| !r.is_empty());
    Some((date, rating.map(|r| Found::new(r.to_owned(), line.evidence(r, rule)))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(days: &[Found<String>]) -> String {
        days.iter().map(|d| d.value.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn contacts_begin_with_their_date() {
        let read = contacts(&texts(
            "Contact Date Contact Method Contact Purpose\n12/16/2025 10:00 AM Onsite Inspection Interview;\nDocumentation Requested\n12/19/2025 Phone Interview\n12/19/2025 11:00 AM Face to Face Unannounced Visit",
        ));
        assert_snapshot!(show(&read.contacts), @"2025-12-16 2025-12-19 2025-12-19");
        assert_snapshot!(show(&read.on_site), @"2025-12-16 2025-12-19");
        let read = contacts(&texts(
            "05/26/2022 Inspection Completed-BCAL Sub. Compliance\n05/27/2022 Exit Conference\nPreliminary exit onsite\nALLEGATION:\n8/26/2019 – form",
        ));
        assert_snapshot!(show(&read.contacts), @"2022-05-26 2022-05-27");
        assert_snapshot!(show(&read.on_site), @"2022-05-26");
    }

    #[test]
    fn the_days_of_an_inspection() {
        let dates = |t: &str| show(&inspection_dates(&texts(t)));
        assert_snapshot!(dates("Date of On-site Inspection(s):\n09/26/2018\nTotal No. Of Records"), @"2018-09-26");
        assert_snapshot!(dates("Date of Fire Inspection: 1/2/2025 Inspection Rating: A\nDate(s) of On-site Inspection: 01/15/26 and 1/16/2026"), @"2026-01-15 2026-01-16");
        assert_snapshot!(dates("Date of Inspections: 9/14/2020, 9/15/2020,\n9/16/2020"), @"2020-09-14 2020-09-15 2020-09-16");
    }

    #[test]
    fn inspections_of_others() {
        let lines = texts("Date of Fire Inspection: 12/15/2025 Inspection Rating: A");
        let (date, rating) = other_inspection(&lines, "FIRE").unwrap();
        assert_eq!((date.value.as_str(), rating.unwrap().value.as_str()), ("2025-12-15", "A"));
        assert!(other_inspection(&lines, "ENVIRONMENTAL").is_none());
    }
}
