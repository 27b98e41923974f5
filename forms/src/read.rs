//! Reads a document by a format file: its fields, tables, lists and sections go into a draft.

pub(crate) mod beside;
mod body;
mod boxes;
mod close;
mod columns;
pub(crate) mod counted;
mod days;
mod fields;
mod groups;
pub(crate) mod items;
mod month_first;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod plain;
mod stacked;
pub(crate) mod tables;
pub(crate) mod values;
pub(crate) mod view;
mod wrapped;

use findings_core::grammar::label::contains_label;
use findings_core::plugin::Document;
use findings_core::record::{Draft, Letter, Part, Status};
use serde_json::{Map, Value};

use crate::format::FileFormat;
pub(crate) use body::says_none;
use view::View;

/// Reads everything that the file describes.
pub(crate) fn read(format: &FileFormat, doc: &Document, draft: &mut Draft) {
    let file = format.file();
    let known = plain::Known { labels: format.labels().rows, values: format.printed_forms() };
    let view = View::of(doc, known);
    edition(format, doc, draft);
    let always = &file.always;
    draft.record.provider.kind = always.provider_kind.clone().unwrap_or_else(|| "other".into());
    draft.record.inspection.framework = always.framework.clone().unwrap_or_default();
    draft.record.inspection.kind = always.inspection_type.clone().unwrap_or_default();
    never(format, draft);
    let mut extension = Map::new();
    fields::read(format, &view, &mut extension, draft);
    tables::read(format, &view, &mut extension, draft);
    people::lead(draft);
    body::lists(format, &view, &mut extension, draft);
    body::sections(format, &view, draft);
    for (block, part) in doc.outline.blocks.iter().zip(&mut draft.parts) {
        if *part == Part::Furniture && view.is_boxed(block) {
            *part = Part::Front;
        }
    }
    if !extension.is_empty() {
        draft.record.extension = Some(Value::Object(extension));
    }
}

/// Sets the first edition whose phrases the document has.
fn edition(format: &FileFormat, doc: &Document, draft: &mut Draft) {
    let printed =
        |phrase: &String| doc.outline.blocks.iter().any(|b| contains_label(b.text.as_str(), phrase));
    let editions = &format.file().editions;
    let found = editions.iter().find(|e| e.when.is_empty() || e.when.iter().any(printed));
    match found {
        Some(edition) => draft.record.format.edition.clone_from(&edition.id),
        None if editions.is_empty() => draft.record.format.edition = "1".into(),
        None => {
            let message = "none of the editions in the format's file matches this document";
            draft.warn("edition-not-read", Some("/format/edition"), None, message);
        }
    }
}

/// The members of records that a file may leave unfilled.
const FILLABLE: &[&str] = &[
    "/provider/name",
    "/provider/printed",
    "/provider/ids",
    "/provider/region",
    "/provider/ids_current",
    "/provider/successors",
    "/inspection/theme",
    "/inspection/start",
    "/inspection/end",
    "/inspection/visits",
    "/published",
    "/letter",
    "/letter/date",
    "/letter/recipients",
    "/letter/salutation",
    "/letter/subject",
    "/letter/signatories",
    "/inspectors",
    "/judgements",
    "/improvements",
    "/strengths",
    "/figures",
    "/mentions",
];

fn never(format: &FileFormat, draft: &mut Draft) {
    let letter = format.pointers().any(|p| p.starts_with("/letter/"));
    if letter {
        draft.record.letter = Some(Letter::default());
    }
    let fills = |pointer: &str| {
        format.pointers().any(|p| {
            pointer == p
                || p == "/inspection" && pointer.starts_with("/inspection/") && pointer != "/inspection/theme"
                || pointer == "/inspection/visits" && days::ENDS.contains(&p)
        })
    };
    // If the format is no letter, `/letter` itself says so, and its members are not mentioned.
    let speaks = |pointer: &str| if letter { pointer != "/letter" } else { !pointer.starts_with("/letter/") };
    for pointer in FILLABLE.iter().filter(|p| speaks(p) && !fills(p)) {
        draft.absent(*pointer, Status::NotApplicable);
    }
}
