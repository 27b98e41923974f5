//! Section I: numbers, names, addresses, dates, capacity.

use findings_plugin_sdk::grammar::find;
use findings_plugin_sdk::record::{Draft, Found, Status};
use findings_plugin_sdk::text::Text;
use nom::Offset;

use super::{put, put_all};
use crate::extension::Extension;
use crate::identity::{self, Row};
use crate::letter;

/// Reads the numbers, names, addresses and dates of section I.
pub(super) fn identity_part(rows: &[Row], letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    numbers(rows, letter, draft, ext);
    names(rows, draft, ext);
    dates(rows, draft, ext);
    ext.service_types = services(rows, &ext.template).map(|found| put_all(draft, "service_types", found));
    if ext.service_types.is_none() {
        draft.absent("/extension/service_types", Status::NotStated);
    }
}

/// Reads the numbers of the licence and the investigation.
fn numbers(rows: &[Row], letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    /// Finds a number in a line, and its range.
    type Number<'a> = &'a dyn Fn(&str) -> Option<(String, std::ops::Range<usize>)>;
    let within = |labels: &[&str], number: Number<'_>, rule: &str| {
        let line = identity::row(rows, labels)?.value.first()?;
        let (value, range) = number(line.as_str())?;
        Some(Found::new(value, line.evidence_of(range, rule)))
    };
    let range = |line: &str, slice: &str| {
        let start = line.offset(slice);
        start..start + slice.len()
    };
    let license = |l: &str| find(identity::license_number, l).map(|h| (h.value, range(l, h.slice)));
    let investigation =
        |l: &str| find(identity::investigation_number, l).map(|h| (h.value.to_owned(), range(l, h.slice)));
    let own = within(&["License #", "License Number"], &license, "identity.license");
    ext.license_number = numbered(draft, "license_number", own, letter.license_number.clone());
    let labels = &["Special Investigation #", "Investigation #", "SI #", "Investigation Number"];
    let own = within(labels, &investigation, "identity.investigation");
    ext.investigation_number =
        numbered(draft, "investigation_number", own, letter.investigation_number.clone());
}

/// Reads who and what was inspected.
fn names(rows: &[Row], draft: &mut Draft, ext: &mut Extension) {
    let text = |labels: &[&str]| identity::text(rows, labels, "identity.text");
    let line = |labels: &[&str]| identity::line(rows, labels, "identity.line");
    let address = |labels: &[&str]| identity::address(rows, labels, "identity.address");
    let licensee = text(&[
        "Licensee Name",
        "Licensee Group Organization",
        "Licensee Group Organization Name",
        "Name of Licensee",
        "Licensee Organization",
        "Licensee Organization Name",
        "Licensee Group",
        "Licensee",
    ]);
    ext.licensee_name = put(draft, "licensee_name", licensee);
    ext.licensee_address = put(draft, "licensee_address", address(&["Licensee Address"]));
    let facility = text(&["Name of Facility", "Agency Name", "Name of Agency", "Facility Name", "Facility"]);
    ext.facility_name = put(draft, "facility_name", facility);
    ext.facility_address = put(draft, "facility_address", address(&["Facility Address", "Agency Address"]));
    ext.administrator =
        put(draft, "administrator", text(&["Administrator", "Administrator/Licensee Designee"]));
    ext.licensee_designee = put(draft, "licensee_designee", text(&["Licensee Designee"]));
    ext.chief_administrator = put(draft, "chief_administrator", text(&["Chief Administrator"]));
    let status = line(&["License Status", "Status of License"]);
    ext.license_status = put(draft, "license_status", status);
}

/// Reads the dates of the licence and the investigation.
fn dates(rows: &[Row], draft: &mut Draft, ext: &mut Extension) {
    let date = |labels: &[&str]| identity::date(rows, labels, "identity.date");
    ext.original_issuance_date =
        put(draft, "original_issuance_date", date(&["Original Issuance Date", "Original Issue Date"]));
    ext.effective_date = put(draft, "effective_date", date(&["Effective Date", "License Effective Date"]));
    ext.expiration_date =
        put(draft, "expiration_date", date(&["Expiration Date", "License Expiration Date"]));
    let receipt = date(&[
        "Complaint Receipt Date",
        "Special Investigation Intake Date",
        "Intake Date",
        "Complaint Received Date",
    ]);
    ext.complaint_receipt_date = put(draft, "complaint_receipt_date", receipt);
    let initiation = date(&["Investigation Initiation Date", "Special Investigation Initiation Date"]);
    ext.investigation_initiation_date = put(draft, "investigation_initiation_date", initiation);
    ext.report_due_date = put(draft, "report_due_date", date(&["Report Due Date"]));
}

/// A number that may be in section I and in the letter: section I is followed, the letter is a witness.
fn numbered(
    draft: &mut Draft,
    key: &str,
    own: Option<Found<String>>,
    letter: Option<Found<String>>,
) -> Option<String> {
    let found = match (own, letter) {
        (Some(mut own), Some(other)) if own.value == other.value => {
            own.evidence.witnesses = Some(2);
            Some(own)
        }
        (Some(own), Some(other)) => {
            let message = format!("section I gives {}, the letter {}", own.value, other.value);
            draft.warn("values-disagree", Some(&format!("/extension/{key}")), None, message);
            Some(own)
        }
        (own, letter) => own.or(letter),
    };
    put(draft, key, found)
}

/// The services: one per line in the older form, separated by commas in the newer.
fn services(rows: &[Row], template: &str) -> Option<Vec<Found<String>>> {
    let value = &identity::row(rows, &["Service Types", "Service Type"])?.value;
    if template != "cwlm" {
        let mut lines: Vec<Text> = Vec::new();
        for line in value {
            match lines.last_mut() {
                Some(last) if line.as_str().starts_with(char::is_lowercase) => last.push_text(" ", line),
                _ => lines.push(line.clone()),
            }
        }
        let found = |t: Text| {
            Found::new(t.as_str().trim_end_matches(',').to_owned(), t.evidence_all("identity.services"))
        };
        return Some(lines.into_iter().map(found).collect());
    }
    let all = Text::join(value, " ");
    let parts = all.as_str().split(',').map(str::trim).filter(|p| !p.is_empty());
    Some(parts.map(|p| Found::new(p.to_owned(), all.evidence(p, "identity.services"))).collect())
}

/// Reads capacity and type of programme: beside their labels, or in an institution's table of programmes.
pub(super) fn capacity(rows: &[Row], lines: &[Text], draft: &mut Draft, ext: &mut Extension) {
    let programs: Vec<(usize, identity::Program<'_>)> =
        lines.iter().enumerate().filter_map(|(at, l)| Some((at, identity::program(l.as_str())?))).collect();
    let labelled = identity::row(rows, &["Capacity", "Licensed Capacity"]);
    let printed = match (labelled, programs.as_slice()) {
        (Some(row), _) => {
            let value = row.value.first().map(|v| (v.as_str().to_owned(), v));
            // A label without a value says that there is no capacity.
            let (value, place) = value.unwrap_or((String::new(), &row.printed));
            Some(Found::new(value, place.evidence_all("identity.capacity")))
        }
        (None, [(at, p)]) => {
            Some(Found::new(p.capacity.to_owned(), lines[*at].evidence(p.capacity, "identity.program")))
        }
        (None, [_, _, ..]) => {
            let message = "the table of programmes has several rows: no capacity was taken from it";
            draft.warn("capacity-by-program", Some("/extension/capacity"), None, message);
            None
        }
        (None, []) => None,
    };
    let number = printed.as_ref().and_then(|p| {
        let digits = p.value.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        Some(Found::new(digits.parse().ok()?, p.evidence.clone()))
    });
    ext.capacity_printed = put(draft, "capacity_printed", printed);
    ext.capacity = put(draft, "capacity", number);
    let program = identity::text(rows, &["Program Type", "Type of Program"], "identity.text").or_else(|| {
        let [(at, p)] = programs.as_slice() else { return None };
        let mut text = lines[*at].slice(lines[*at].range_of(p.kind));
        // "Short Term Non-" / "Secure ST WARREN": a word that the column split at its hyphen.
        if let (true, Some(next)) = (p.kind.ends_with('-'), lines.get(at + 1)) {
            let word = next.as_str().split(' ').next().unwrap_or("");
            text.push_text(" ", &next.slice(next.range_of(word)));
        }
        Some(Found::new(text.as_str().to_owned(), text.evidence_all("identity.program")))
    });
    ext.program_type = put(draft, "program_type", program);
}
