//! Reads a report into the record's extension, with evidence; there is a module for each part of the form.

mod days;
mod ending;
mod findings;
mod section_one;

use findings_plugin_sdk::record::{Draft, Evidence, Found, Status};

use crate::extension::Extension;
use crate::headings::squeezed;
use crate::identity::{self, Row};
use crate::letter;
use crate::report::Report;
use crate::rules::Rule;

/// Everything that was read from a report.
#[derive(Debug)]
pub struct Read {
    /// The record's extension.
    pub extension: Extension,
    /// The rules with their evidence.
    pub rules: Vec<Rule>,
    /// The letter.
    pub letter: letter::Read,
}

/// Reads a report; the pointers of the evidence begin with `/extension`.
pub fn read(report: &Report, draft: &mut Draft) -> Read {
    let mut ext = Extension::default();
    if report.unwrapped {
        let message = "the text has no line ends: where a value ends, and which parts of a rule are printed, is a guess";
        draft.warn("line-ends-lost", Some("/extension"), None, message);
    }
    let letter = letter::read(&report.letter);
    let rows = identity::rows(report.identity());
    kind(report, &rows, draft, &mut ext);
    section_one::identity_part(&rows, &letter, draft, &mut ext);
    section_one::capacity(&rows, report.identity(), draft, &mut ext);
    days::days(report, &letter, draft, &mut ext);
    let rules = findings::findings(report, draft, &mut ext);
    ending::last_section(report, &letter, draft, &mut ext);
    for (i, section) in report.sections.iter().enumerate() {
        draft.note(format!("/extension/headings/{i}"), section.heading.evidence_all("heading"));
        ext.headings.push(section.heading.as_str().to_owned());
    }
    Read { extension: ext, rules, letter }
}

fn put<T>(draft: &mut Draft, key: &str, found: Option<Found<T>>) -> Option<T> {
    draft.take(format!("/extension/{key}"), found, Status::NotStated)
}

fn put_all(draft: &mut Draft, key: &str, found: Vec<Found<String>>) -> Vec<String> {
    if found.is_empty() {
        draft.absent(format!("/extension/{key}"), Status::NotStated);
    }
    let put = |(i, f): (usize, Found<String>)| {
        draft.note(format!("/extension/{key}/{i}"), f.evidence);
        f.value
    };
    found.into_iter().enumerate().map(put).collect()
}

/// Records that a code is derived: the evidence has the quote, and names the source of the code.
fn derived(draft: &mut Draft, key: String, quote: Option<Evidence>, source: &str) {
    let evidence =
        Evidence { status: Status::Derived, source: Some(source.to_owned()), ..quote.unwrap_or_default() };
    draft.note(format!("/extension/{key}"), evidence);
}

/// Sets the kind from the title, and the generation of the form from the labels.
fn kind(report: &Report, rows: &[Row], draft: &mut Draft, ext: &mut Extension) {
    let title = report.title.as_ref().map(|t| Found::new(t.as_str().to_owned(), t.evidence_all("title")));
    let quote = title.as_ref().map(|t| t.evidence.clone());
    let name = title.as_ref().map_or(String::new(), |t| squeezed(&t.value));
    ext.document_title = put(draft, "document_title", title);
    ext.kind = match () {
        () if name.contains("SPECIALINVESTIGATION") => "special-investigation",
        () if name.contains("RENEWAL") => "renewal-inspection",
        () if name.contains("INTERIM") => "interim-inspection",
        () if name.contains("ADDENDUM") => "licensing-study-addendum",
        () if name.contains("STUDY") => "licensing-study",
        () => "",
    }
    .into();
    derived(draft, "kind".into(), quote, "the report's title");
    const NEWER: &[&str] =
        &["LICENSEEGROUPORGANIZATION", "AGENCYNAME", "NAMEOFAGENCY", "SPECIALINVESTIGATION"];
    ext.template = match () {
        () if ext.kind.starts_with("licensing-study") => "study",
        () if rows.iter().any(|r| NEWER.contains(&r.label.as_str())) => "cwlm",
        () => "legacy",
    }
    .into();
    derived(draft, "template".into(), None, "the title and the labels of section I");
}
