//! The plugin's own documents: values compared with what was printed, and whole records.

use findings_cqc::{FINDINGS_PLUGIN, extension};
use findings_tests::plugins::Tested;

fn plugin() -> Tested {
    Tested::new(&FINDINGS_PLUGIN, "cqc")
}

#[test]
fn documents_are_read_as_they_were_printed() {
    plugin().is_read_as_labelled(&plugin().own(2));
}

#[test]
fn records_hold() {
    plugin().has_records_that_hold(&plugin().own(2));
}

#[test]
fn documents_are_claimed() {
    plugin().claims(&plugin().own(2), 0.9);
}

#[test]
fn records_are_as_accepted() {
    plugin().is_read_as_accepted(&plugin().own(2));
}

#[test]
fn the_schema_is_up_to_date() {
    plugin().has_the_schema_of_its_types(env!("CARGO_MANIFEST_DIR"), &extension::schema());
}
