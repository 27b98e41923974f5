//! Inspection reports of designated centres by the Health Information and Quality Authority (HIQA), Ireland.
//!
//! A report has a cover, the provider's description of the centre, the times of the inspection, a narrative under
//! three banners with a block for each regulation, an appendix that lists the regulations with their judgments and,
//! unless everything is compliant, the provider's compliance plan: what is going to be done (section 1), and the
//! requirements that were not met, with risk and date (section 2). Each part is read by a module of its own;
//! [`layout`] finds them.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod about;
pub mod appendix;
pub mod codes;
mod columns;
pub mod compliance_plan;
pub mod cover;
pub mod extension;
pub mod headings;
pub mod inspectors;
pub mod layout;
mod own;
pub mod regulation;
pub mod risks;
#[cfg(test)]
mod testing;

use findings_plugin_sdk::checks::Own;
use findings_plugin_sdk::record::{Draft, Status};
use findings_plugin_sdk::{Anchor, Describes, Document, Edition, FormatInfo, Place, PluginFormat, Schema};

use extension::Extension;
use layout::Layout;

/// The format.
pub struct DesignatedCentre;

/// Its id.
const FORMAT_ID: &str = "hiqa.designated-centre";

const INFO: FormatInfo = FormatInfo {
    id: FORMAT_ID,
    title: "Inspection of a designated centre (Ireland)",
    regulator: "hiqa",
    editions: &[
        Edition {
            id: "disabilities",
            years: "2018–",
            note: "“Designated Centre for Disabilities” with the group in brackets; seen: adults, 2022 and 2023",
        },
        Edition {
            id: "other",
            years: "2018–",
            note: "a designated centre of another kind in the same form; none was seen",
        },
    ],
    known_gaps: &[
        "Rests on four reports, all for adults, of 2022 and 2023; red risks, short notice inspections, several inspectors and registration regulations in the plan are read as the form describes them",
        "Tables are read from PDFs by their columns; plain text gives cover, sections and blocks of regulations only",
        "What the provider answers in section 1 of the plan is in the sections, not in the extension",
    ],
    anchors: &[
        Anchor {
            phrases: &[
                "Report of an inspection of a Designated Centre",
                "Report of the unannounced inspection of a Designated Centre",
            ],
            place: Place::Opening,
            weight: 0.5,
        },
        Anchor { phrases: &["Issued by the Chief Inspector"], place: Place::Opening, weight: 0.2 },
        Anchor { phrases: &["Name of designated centre"], place: Place::Opening, weight: 0.15 },
        Anchor { phrases: &["Fieldwork ID"], place: Place::Opening, weight: 0.15 },
        Anchor {
            phrases: &["Full list of regulations considered under each dimension"],
            place: Place::Heading,
            weight: 0.1,
        },
    ],
};

impl PluginFormat for DesignatedCentre {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_heading(&self, line: &str) -> bool {
        headings::is_heading_line(line)
    }

    fn own(&self) -> Own {
        own::OWN
    }

    fn read(&self, doc: &Document, draft: &mut Draft) {
        let layout = Layout::of(&doc.outline);
        envelope(draft);
        let mut extension = Extension { pages: doc.info.pages, ..Extension::default() };
        draft.derived("/extension/pages", "the file");
        cover::read(&layout, &mut extension, draft);
        about::read(&layout, &mut extension, draft);
        inspectors::read(&layout, &mut extension, draft);
        let blocks = headings::read(&layout, &mut extension, draft);
        appendix::read(&layout, &blocks, &mut extension, draft);
        compliance_plan::read(&layout, &mut extension, draft);
        risks::read(&layout, &mut extension, draft);
        draft.record.extension = serde_json::to_value(extension).ok();
    }
}

/// What the form never has; `improvements` is set again by [`risks`].
const NEVER: &[&str] = &[
    "/provider/ids",
    "/provider/region",
    "/provider/ids_current",
    "/provider/successors",
    "/inspection/theme",
    "/letter",
    "/published",
    "/improvements",
    "/strengths",
    "/figures",
    "/mentions",
];

/// Sets what is the same in every document of the form.
fn envelope(draft: &mut Draft) {
    draft.record.provider.kind = "care-provider".into();
    draft.record.inspection.framework = "designated-centre".into();
    for pointer in NEVER {
        draft.absent(*pointer, Status::NotApplicable);
    }
}

findings_plugin_sdk::export! {
    id: "hiqa",
    description: "Inspection reports of designated centres, by HIQA (Ireland)",
    formats: [DesignatedCentre],
    schemas: [Schema {
        id: extension::SCHEMA_ID,
        describes: Describes::Extension,
        json: include_str!("../schema.json"),
    }],
    codes: codes::CODES,
}
