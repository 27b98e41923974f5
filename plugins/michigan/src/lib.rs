//! Reports of Michigan's child-welfare licensing, as a plugin of findings.
//!
//! Special investigations, renewal and interim inspections, licensing studies and their addenda, in both
//! generations of the form (`legacy` to about 2022, `cwlm` since 2023). A letter comes first, then the report in
//! sections with Roman numerals, and signatures at the end.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

mod citation;
mod codes;
mod cwlm;
mod dates;
mod envelope;
mod extension;
mod finding;
mod headings;
mod identity;
mod inspection;
mod legacy;
mod letter;
mod methods;
mod own;
mod read;
mod recommendation;
mod report;
mod rules;
mod subrule;
#[cfg(test)]
mod testing;
mod unwrapped;

use findings_plugin_sdk::checks::Own;
use findings_plugin_sdk::record::Draft;
use findings_plugin_sdk::{Anchor, Describes, Document, Edition, FormatInfo, Place, PluginFormat, Schema};
use serde_json::Value;

pub use extension::{
    AllegationSummary, Extension, OtherInspection, RecommendationPart, RuleFinding, SignatoryPart,
};

/// The `$id` of the schema of the record's extension.
pub const SCHEMA_ID: &str = "urn:findings:schema:michigan-child-welfare:1.0";

/// The format.
pub struct ChildWelfare;

/// Its id.
const FORMAT_ID: &str = "michigan.child-welfare.report";

const INFO: FormatInfo = FormatInfo {
    id: FORMAT_ID,
    title: "Report of Michigan's child-welfare licensing: investigation, inspection or licensing study",
    regulator: "michigan",
    editions: &[
        Edition {
            id: "legacy",
            years: "–2022",
            note: "“Licensee Name:”, “Name of Facility:”, “Complaint Receipt Date:”",
        },
        Edition {
            id: "cwlm",
            years: "2023–",
            note: "“Licensee Group Organization:”, tables of “Rule Code & Section”",
        },
        Edition { id: "study", years: "–", note: "licensing studies and their addenda" },
    ],
    known_gaps: &[
        "Read and tested as text: no PDF of these reports has been seen",
        "Of licensing studies one addendum has been seen",
        "A rule's text and the finding under it are not told apart: both are in the section",
        "An institution with several programmes has no capacity",
    ],
    anchors: &[
        Anchor { phrases: &["License #", "License#"], place: Place::Opening, weight: 0.2 },
        Anchor {
            phrases: &["STATE OF MICHIGAN", "LANSING, MICHIGAN", "www.michigan.gov"],
            place: Place::Body,
            weight: 0.15,
        },
        Anchor {
            phrases: &["I. IDENTIFYING INFORMATION", "IDENTIFYING INFORMATION"],
            place: Place::Body,
            weight: 0.3,
        },
        Anchor { phrases: report::TITLES, place: Place::Body, weight: 0.2 },
        Anchor {
            phrases: &[
                "CHILD WELFARE LICENSING",
                "CHILDREN AND ADULT LICENSING",
                "ADULT LICENSING",
                "BUREAU OF COMMUNITY AND HEALTH SYSTEMS",
                "CHILD PLACING AGENCY",
                "CHILD CARING INSTITUTION",
            ],
            place: Place::Body,
            weight: 0.15,
        },
        // The same form is used for adult homes.
        Anchor { phrases: &["ADULT FOSTER CARE", "HOME FOR THE AGED"], place: Place::Opening, weight: -0.6 },
    ],
};

impl PluginFormat for ChildWelfare {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_heading(&self, line: &str) -> bool {
        headings::is_known_heading(line)
    }

    fn own(&self) -> Own {
        own::OWN
    }

    fn read(&self, doc: &Document, draft: &mut Draft) {
        let report = report::Report::read(&doc.layer);
        let read = read::read(&report, draft);
        envelope::fill(&doc.outline, &report, &read, draft);
        draft.record.extension = serde_json::to_value(&read.extension).ok();
    }
}

/// The schema of the record's extension, as stored in `schema.json`.
pub fn schema() -> Value {
    findings_plugin_sdk::schema_of::<Extension>(SCHEMA_ID, "Report of Michigan's child-welfare licensing")
}

findings_plugin_sdk::export! {
    id: "michigan",
    description: "Reports of Michigan's child-welfare licensing",
    formats: [ChildWelfare],
    schemas: [Schema {
        id: SCHEMA_ID,
        describes: Describes::Extension,
        json: include_str!("../schema.json"),
    }],
    codes: codes::CODES,
}
