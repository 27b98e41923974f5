//! Newspaper articles about inspections, as a plugin of findings.
//!
//! An article is not an inspection report: its record has its own schema, including the article's quotations from a
//! report, so that `findings link` can show where they are in the report.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

mod article;
mod figures;
mod inspection;
mod own;
mod quotes;
mod read;
pub mod record;
#[cfg(test)]
mod testing;

use findings_plugin_sdk::checks::{self, Own};
use findings_plugin_sdk::record::Draft;
use findings_plugin_sdk::{
    Anchor, Describes, Document, Edition, FormatInfo, Place, PluginFormat, PluginRecord, Schema,
};
use serde_json::Value;

/// The format.
pub struct Article;

/// The format's id.
const FORMAT_ID: &str = "press.article";

const INFO: FormatInfo = FormatInfo {
    id: FORMAT_ID,
    title: "Newspaper article about an inspection",
    regulator: "press",
    editions: &[Edition {
        id: "web",
        years: "–",
        note: "a web page's text: headline first, clutter between the paragraphs",
    }],
    known_gaps: &[
        "One real article has been seen: that it can be read is shown, not how well others are",
        "Areas of England only",
        "A standfirst is told only by a caption or a byline below it",
        "A quotation in single marks of more than ten words is not read",
    ],
    anchors: &[
        Anchor { phrases: &["Ofsted", "HIQA", "Care Quality Commission"], place: Place::Body, weight: 0.15 },
        Anchor { phrases: &["council", "children's services"], place: Place::Body, weight: 0.1 },
        Anchor {
            phrases: &[
                "the report said",
                "the report says",
                "inspectors said",
                "Ofsted said",
                "Ofsted found",
                "says Ofsted",
                "report found",
                "Ofsted's latest report",
                "praised by Ofsted",
                "criticised by Ofsted",
                "according to Ofsted",
                "according to the inspectors",
                "inspectors were",
            ],
            place: Place::Body,
            weight: 0.2,
        },
        Anchor {
            phrases: &[
                "spokesperson said",
                "spokesman said",
                "spokeswoman said",
                "spokesperson for",
                "said Cllr",
                "Cllr",
                "Coun",
                "councillor",
            ],
            place: Place::Body,
            weight: 0.2,
        },
        Anchor {
            phrases: &[
                "Hide Ad",
                "Advertisement",
                "digital subscription",
                "Thanks for reading",
                "newsletter",
                "Read more",
                "Published",
            ],
            place: Place::Body,
            weight: 0.2,
        },
        // Phrases of letters, reports and their back pages, which articles don't have.
        Anchor {
            phrases: &[
                "Dear",
                "This letter summarises",
                "Piccadilly Gate",
                "Textphone",
                "Inspection dates",
                "Inspection date",
                "Lead inspector",
                "Reporting inspector",
                "Yours sincerely",
            ],
            place: Place::Body,
            weight: -0.8,
        },
        Anchor {
            phrases: &[
                "Crown copyright",
                "Her Majesty's Inspector",
                "His Majesty's Inspector",
                "License #",
                "Centre ID",
                "OSV",
            ],
            place: Place::Body,
            weight: -0.5,
        },
    ],
};

/// The diagnostics of these records.
const CODES: &[(&str, &str, &str)] = &[
    (
        "diagnostics",
        "clutter-removed",
        "Lines of the web page were left out: advertisements, captions, appeals",
    ),
    (
        "diagnostics",
        "area-not-found",
        "No council of the table of local authorities is named as what the article is about",
    ),
    ("diagnostics", "quote-unclosed", "The end of a quotation is not marked"),
    ("diagnostics", "speaker-of-another-council", "A council speaks that the article is not about"),
    (
        "diagnostics",
        "earlier-after-inspection",
        "An earlier inspection has a later year than the one reported",
    ),
];

impl PluginFormat for Article {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn own(&self) -> Own {
        own::OWN
    }

    /// Not used: [`PluginFormat::record`] returns the plugin's own kind of record.
    fn read(&self, _: &Document, _: &mut Draft) {}

    fn record(&self, doc: Document) -> PluginRecord {
        let article = read::read(&doc, INFO.id);
        let mut record = PluginRecord::of(&article).expect("an article is an object with evidence");
        checks::hold_own(&mut record, &article.format.edition, own::OWN);
        record
    }
}

/// The schema of these records, as stored in `schema.json`.
pub fn schema() -> Value {
    findings_plugin_sdk::schema_of::<record::PressArticle>(
        record::SCHEMA_ID,
        "Newspaper article about an inspection",
    )
}

findings_plugin_sdk::export! {
    id: "press",
    description: "Newspaper articles about inspections",
    formats: [Article],
    schemas: [Schema {
        id: record::SCHEMA_ID,
        describes: Describes::Record,
        json: include_str!("../schema.json"),
    }],
    codes: CODES,
}
