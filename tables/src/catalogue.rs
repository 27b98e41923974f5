//! The standard tables, column by column.
//!
//! Names are the same in every output. A new column is a minor version; columns never change their meaning.

mod lists;
mod reports;
mod trust;

use crate::spec::{Column, Kind, Spec};

/// A table's name and the function that builds its specification.
pub type Named = (&'static str, fn() -> Spec);

/// All standard tables, in order.
pub const TABLES: &[Named] = &[
    ("reports", reports::reports),
    ("judgements", lists::judgements),
    ("improvements", lists::improvements),
    ("strengths", lists::strengths),
    ("inspectors", lists::inspectors),
    ("recipients", lists::recipients),
    ("signatories", lists::signatories),
    ("sections", lists::sections),
    ("paragraphs", lists::paragraphs),
    ("figures", lists::figures),
    ("mentions", lists::mentions),
    ("footnotes", lists::footnotes),
    ("evidence", trust::evidence),
    ("doubts", trust::doubts),
];

/// Judgement areas: the code in records, and the column's name in `reports`.
pub(crate) const AREAS: &[(&str, &str)] = &[
    ("overall-effectiveness", "overall_effectiveness"),
    ("leadership", "leadership"),
    ("help-and-protection", "help_and_protection"),
    ("children-in-care", "children_in_care"),
    ("care-leavers", "care_leavers"),
    ("children-in-care-and-care-leavers", "children_in_care_and_care_leavers"),
    ("looked-after-and-permanence", "looked_after_and_permanence"),
    ("adoption", "adoption"),
    ("lscb", "lscb"),
    ("outcomes", "outcomes"),
    ("quality-of-provision", "quality_of_provision"),
    ("capacity-to-improve", "capacity_to_improve"),
    ("send-outcome", "send_outcome"),
];

/// The specification of a table other than `reports`: the key columns, the table's own columns, and those from
/// `reports` that make a single sheet useful by itself.
pub(crate) fn framed(
    name: impl Into<std::borrow::Cow<'static, str>>,
    description: impl Into<std::borrow::Cow<'static, str>>,
    own: Vec<Column>,
) -> Spec {
    let mut columns = vec![
        report_id(),
        Column::new("n", Kind::Integer, "Its position among those of the report, from 1.").like("1"),
    ];
    columns.extend(own);
    columns.extend([
        Column::new("la_name", Kind::Text, "The local authority's short name, as in `reports`.")
            .like("Ashmoor"),
        Column::new("inspection_type", Kind::Text, "Type of the inspection, as in `reports`.")
            .like("standard"),
        Column::new("start_date", Kind::Date, "First day of the inspection, as in `reports`.")
            .like("2023-04-24"),
    ]);
    Spec { name: name.into(), description: description.into(), columns }
}

fn report_id() -> Column {
    Column::new(
        "report_id",
        Kind::Text,
        "Names the report: the first 16 digits of its file's SHA-256, with -2 for a second report in one file; no-bytes-1 \
         and so on for a file that could not be read.",
    )
    .like("0f3a9c1d2e4b5a67")
}

fn text(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Text, description)
}

fn integer(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Integer, description)
}

fn number(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Number, description)
}

fn date(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Date, description)
}

fn boolean(name: &'static str, description: &'static str) -> Column {
    Column::new(name, Kind::Boolean, description)
}

fn page() -> Column {
    integer("page", "The page that it is on, from 1.").like("2")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_table_and_column_has_a_name_of_its_own_and_says_what_it_is() {
        for (name, spec) in TABLES {
            let spec = spec();
            assert_eq!(&spec.name, name);
            assert!(!spec.description.is_empty());
            let names: HashSet<_> = spec.columns.iter().map(|c| &c.name).collect();
            assert_eq!(names.len(), spec.columns.len(), "{name}");
            let unfinished: Vec<_> =
                spec.columns.iter().filter(|c| !c.description.ends_with('.')).map(|c| &c.name).collect();
            assert!(unfinished.is_empty(), "{name}: {unfinished:?}");
        }
    }
}
