//! The letter accompanying a report: date, addressee, references, signature.

use findings_plugin_sdk::grammar::label::label;
use findings_plugin_sdk::grammar::{Hit, find};
use findings_plugin_sdk::record::{Draft, Found, Letter, Recipient, Signatory, Status};
use findings_plugin_sdk::text::Text;

use crate::dates;
use crate::identity::{investigation_number, license_number};

/// The content of a letter.
#[derive(Debug, Default)]
pub struct Read {
    /// Its date.
    pub date: Option<Found<String>>,
    /// The licence number in its references.
    pub license_number: Option<Found<String>>,
    /// The investigation number in its references.
    pub investigation_number: Option<Found<String>>,
    /// The days of an inspection: "completed on 1/31/20".
    pub completed: Vec<Found<String>>,
    /// The consultant who signed it.
    pub consultant: Option<Found<String>>,
    /// The lines of its address.
    address: std::ops::Range<usize>,
}

/// `letter = letterhead date address "RE:" references "Dear" name … "Sincerely," name ", Licensing Consultant"`
pub fn read(lines: &[Text]) -> Read {
    let dated = lines.iter().position(|l| dates::date_alone(l.as_str()).is_some());
    let date = dated.and_then(|at| {
        let day = dates::date_alone(lines[at].as_str())?;
        Some(day.found(&lines[at], "letter.date"))
    });
    let refers =
        lines.iter().position(|l| label("Re:")(l.as_str()).is_ok() || label("Re :")(l.as_str()).is_ok());
    let greets = lines.iter().position(|l| label("Dear")(l.as_str()).is_ok()).unwrap_or(lines.len());
    let references = &lines[refers.unwrap_or(greets).min(greets)..greets];
    let address = match (dated, refers) {
        (Some(from), Some(to)) if from < to => from + 1..to,
        _ => 0..0,
    };
    let license_number = references.iter().find_map(|l| {
        let hit = find(license_number, l.as_str())?;
        Some(Found::new(hit.value, l.evidence(hit.slice, "letter.reference")))
    });
    let investigation_number = references.iter().find_map(|l| {
        let hit = find(investigation_number, l.as_str())?;
        Some(Found::new(hit.value.to_owned(), l.evidence(hit.slice, "letter.reference")))
    });
    let body = Text::join(&lines[greets..], " ");
    Read {
        date,
        license_number,
        investigation_number,
        completed: completed(&body),
        consultant: consultant(lines),
        address,
    }
}

/// "the above referenced facility completed on September 26, 2018."
fn completed(body: &Text) -> Vec<Found<String>> {
    let Some(Hit { rest, .. }) = find(label("completed on"), body.as_str()) else { return Vec::new() };
    let sentence = rest.split(". ").next().unwrap_or(rest);
    let found = |d: dates::Day<'_>| d.found(body, "letter.completed");
    dates::days_in(sentence).into_iter().map(found).collect()
}

/// "Nora Field, Licensing Consultant"
fn consultant(lines: &[Text]) -> Option<Found<String>> {
    lines.iter().find_map(|l| {
        let (name, role) = l.as_str().split_once(',')?;
        label("Licensing Consultant")(role.trim()).ok()?;
        Some(Found::new(name.trim().to_owned(), l.evidence(name.trim(), "letter.signature")))
    })
}

/// Sets the record's letter.
pub fn set(draft: &mut Draft, lines: &[Text], read: &Read) {
    if read.date.is_none() && read.address.is_empty() {
        draft.absent("/letter", Status::NotStated);
        return;
    }
    let mut letter =
        Letter { date: draft.take("/letter/date", read.date.clone(), Status::NotRead), ..Letter::default() };
    if let Some((name, address)) = lines[read.address.clone()].split_first() {
        draft.note(
            "/letter/recipients/0",
            Text::join(&lines[read.address.clone()], " ").evidence_all("letter.address"),
        );
        let mut address: Vec<String> =
            address.iter().map(|l| l.as_str().trim_end_matches(',').to_owned()).collect();
        let organisation = (!address.is_empty()).then(|| address.remove(0));
        letter.recipients.push(Recipient {
            name: Some(name.as_str().to_owned()),
            organisation,
            address,
            ..Recipient::default()
        });
    }
    let greeting = lines.iter().find_map(|l| {
        let (rest, _) = label("Dear")(l.as_str()).ok()?;
        let name = rest.trim().trim_end_matches([':', ',']);
        Some(Found::new(name.to_owned(), l.evidence(name, "letter.salutation")))
    });
    letter.salutation = draft.take("/letter/salutation", greeting, Status::NotStated);
    let subject = lines.iter().find_map(|l| {
        let (rest, _) = label("Re:")(l.as_str()).ok()?;
        Some(Found::new(rest.trim().to_owned(), l.evidence(rest.trim(), "letter.reference")))
    });
    letter.subject = draft.take("/letter/subject", subject, Status::NotStated);
    if let Some(signed) = &read.consultant {
        draft.note("/letter/signatories/0/name", signed.evidence.clone());
        draft.derived("/letter/signatories/0/role", "the words after the name");
        let role = Some("Licensing Consultant".to_owned());
        letter.signatories.push(Signatory { name: Some(signed.value.clone()), role, organisation: None });
    }
    draft.record.letter = Some(letter);
}
