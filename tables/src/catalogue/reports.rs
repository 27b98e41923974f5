//! The table with one row per document.

use super::{AREAS, boolean, date, integer, report_id, text};
use crate::spec::{Column, Kind, Spec};

/// One row for each document, read or not.
pub(super) fn reports() -> Spec {
    let mut columns = vec![report_id()];
    columns.extend(document());
    columns.extend(provider());
    columns.extend(inspection());
    columns.extend(AREAS.iter().flat_map(|(code, name)| grade(code, name)));
    columns.push(
        text(
            "children_in_care_any",
            "The grade for children in care, or where there is none the one for children in care and care leavers \
             together: as official statistics have it.",
        )
        .like("good"),
    );
    columns.extend(counts());
    Spec {
        name: "reports".into(),
        description: "A row for each document, whether or not it could be read.".into(),
        columns,
    }
}

fn document() -> [Column; 8] {
    [
        text("source", "The file as it was given.").like("letters/ashmoor-2023-06-16.pdf"),
        text("outcome", "`read` or `error`.").like("read"),
        text("error_code", "Why the document gave no record.").like("encrypted"),
        text("error_message", "The same in words, with what to do next."),
        text("format", "The format it was read as; `findings formats` lists them.")
            .like("ofsted.ilacs.inspection"),
        text("edition", "The layout of the format.").like("2023"),
        text("regulator", "Who published it.").like("ofsted"),
        text("with_regulators", "Regulators that inspected with it, separated by semicolons.")
            .like("cqc; hmicfrs"),
    ]
}

fn provider() -> [Column; 9] {
    [
        text("provider_name", "Who was inspected: the short name, the same in every report.").like("Ashmoor"),
        text("provider_printed", "The same, as printed in the title.").like("Ashmoor local authority"),
        text(
            "provider_kind",
            "What it is: `local-authority`, `local-area-partnership` or a plugin's own code.",
        )
        .like("local-authority"),
        text("new_la_code", "ONS code that was in force when the inspection began.").like("E06000023"),
        text("new_la_code_current", "Current ONS code; official statistics use it for every year.")
            .like("E06000023"),
        text(
            "old_la_code",
            "Three-digit code of the Department for Education, in force when the inspection began.",
        )
        .like("801"),
        text("la_name", "Short name of the local authority, or of the area of a partnership.")
            .like("Ashmoor"),
        text("urn", "Ofsted's unique reference number.").like("80441"),
        text("region_name", "Region of England.").like("South West"),
    ]
}

fn inspection() -> [Column; 10] {
    [
        text("framework", "`ILACS`, `SIF`, `pre-2013`, `JTAI`, `area-SEND` or a plugin's own code.").like("ILACS"),
        text("inspection_type", "`standard`, `short`, `focused-visit`, `monitoring-visit`, `single`, `joint` and others of the code list.")
            .like("standard"),
        boolean(
            "is_full_inspection",
            "Whether the whole of the services was inspected and graded: types `standard`, `short`, `single` and `full`.",
        )
        .like("true"),
        text("theme", "What a focused visit or a joint inspection looked at.").like("Children in need"),
        date("start_date", "First day of the inspection.").like("2023-04-24"),
        date("end_date", "Last day of the inspection.").like("2023-05-05"),
        text("visits", "Every range of days that is printed, separated by semicolons.")
            .like("2023-04-24/2023-04-28; 2023-05-02/2023-05-05"),
        date("published_date", "Day of publication, if the document prints it.").like("2023-06-16"),
        date("letter_date", "Date of the letter.").like("2023-06-16"),
        text("lead_inspector", "Name of the lead inspector, if the document says who leads.")
            .like("Rosalind Achebe"),
    ]
}

/// The columns for the grade of an area and its rank.
fn grade(code: &str, name: &'static str) -> [Column; 2] {
    let words =
        name.replace('_', " ").replace("lscb", "the LSCB").replace("send outcome", "area SEND (its outcome)");
    // The outcomes of area SEND inspections have a scale of their own.
    let like = if name == "send_outcome" { "inconsistent" } else { "good" };
    [
        Column::new(
            name,
            Kind::Text,
            format!(
                "Grade for {words}: code of the judgement `{code}`. Empty if two of its judgements differ."
            ),
        )
        .like(like),
        Column::new(
            format!("{name}_rank"),
            Kind::Integer,
            format!("The rank of the grade for {words} on its scale; 1 is best."),
        )
        .like("2"),
    ]
}

fn counts() -> [Column; 12] {
    let many = |name, description| integer(name, description).in_units("items");
    [
        many("improvements", "How many improvements are required, not counting those for the LSCB.")
            .like("4"),
        many(
            "improvements_lscb",
            "How many improvements are required of the Local Safeguarding Children Board.",
        )
        .like("0"),
        many("strengths", "How many strengths the document lists.").like("0"),
        many("inspectors", "How many inspectors it names.").like("5"),
        integer("pages", "Pages of the document.").in_units("pages").like("13"),
        integer("words", "Words of the document.").in_units("words").like("5213"),
        text("text_layer", "Where the text came from: `native`, `ocr`, `mixed` or `plain-text`.")
            .like("native"),
        many("doubts", "How many values are in doubt and not yet reviewed: see the table `doubts`.")
            .like("0"),
        boolean(
            "look_at",
            "Whether a person should check it: something is in doubt, or the document was not read.",
        )
        .like("false"),
        text("sha256", "SHA-256 of the file."),
        text("tool", "What made the record.").like("findings 0.1.0"),
        text("plugin", "The plugin that read it, if one did.").like("hiqa 1.0.0"),
    ]
}
