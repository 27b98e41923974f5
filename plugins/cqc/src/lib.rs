//! Inspection reports on adult social care locations by the Care Quality Commission (CQC), England.
//!
//! A report has a first page with address, dates and ratings; a summary; the five questions with a sentence each;
//! the background; and a chapter for each question. Each part is read by a module of its own; [`form`] finds the
//! form's headings.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod body;
pub mod chapters;
mod codes;
pub mod extension;
pub mod form;
pub mod front;
mod own;
pub mod ratings;
pub mod summary;
#[cfg(test)]
mod testing;

use findings_plugin_sdk::checks::Own;
use findings_plugin_sdk::record::{Draft, Status};
use findings_plugin_sdk::{Anchor, Describes, Document, Edition, FormatInfo, Place, PluginFormat, Schema};

use extension::Extension;
use form::Report;

/// The format.
pub struct LocationReport;

/// Its id.
const FORMAT_ID: &str = "cqc.adult-social-care";

const INFO: FormatInfo = FormatInfo {
    id: FORMAT_ID,
    title: "Inspection of an adult social care location (England)",
    regulator: "cqc",
    editions: &[Edition {
        id: "2018",
        years: "2018–2023",
        note: "five key questions, each with a chapter; seen: one report of 2020",
    }],
    known_gaps: &[
        "Rests on a single real report: ratings other than Good, breaches, enforcement and recommendations have not been seen",
        "Breaches, enforcement and recommendations are noticed and not itemised: a diagnostic says so",
        "The single assessment framework's reports (2024–) have another form and are not read",
    ],
    anchors: &[
        Anchor { phrases: &["Date of inspection visit"], place: Place::Opening, weight: 0.2 },
        Anchor { phrases: &["Overall rating for this service"], place: Place::Opening, weight: 0.3 },
        Anchor { phrases: &["Is the service safe?"], place: Place::Opening, weight: 0.2 },
        Anchor {
            phrases: &[
                "The five questions we ask about services and what we found",
                "Is the service well-led?",
            ],
            place: Place::Heading,
            weight: 0.2,
        },
        Anchor {
            phrases: &["Care Quality Commission", "CQC website", "CQC regulates"],
            place: Place::Body,
            weight: 0.1,
        },
    ],
};

/// Lists and values that the form never has.
const NEVER: &[&str] = &[
    "/provider/ids",
    "/provider/region",
    "/provider/ids_current",
    "/provider/successors",
    "/inspection/theme",
    "/letter",
    "/inspectors",
    "/strengths",
    "/figures",
    "/mentions",
];

impl PluginFormat for LocationReport {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_heading(&self, line: &str) -> bool {
        form::is_heading_line(line)
    }

    fn own(&self) -> Own {
        own::OWN
    }

    fn read(&self, doc: &Document, draft: &mut Draft) {
        draft.record.format.edition = "2018".into();
        draft.record.provider.kind = "care-provider".into();
        draft.record.inspection.framework = "adult-social-care".into();
        for pointer in NEVER {
            draft.absent(*pointer, Status::NotApplicable);
        }
        let mut extension = Extension { pages: doc.info.pages, ..Extension::default() };
        draft.derived("/extension/pages", "the file");
        let front = front::read(&doc.outline, &mut extension, draft);
        let report = Report::of(&doc.outline, extension.location.as_deref());
        ratings::read(&report, front, &mut extension, draft);
        summary::read(&report, &mut extension, draft);
        chapters::read(&report, &mut extension, draft);
        body::read(&report, &mut extension, draft);
        draft.record.extension = serde_json::to_value(extension).ok();
    }
}

findings_plugin_sdk::export! {
    id: "cqc",
    description: "Inspection reports of care homes, by the Care Quality Commission (England)",
    formats: [LocationReport],
    schemas: [Schema {
        id: extension::SCHEMA_ID,
        describes: Describes::Extension,
        json: include_str!("../schema.json"),
    }],
    codes: codes::CODES,
}
