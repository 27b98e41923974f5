//! The plugin's own documents: values compared with labels, and whole records.

mod common;

use common::{compare, plugin, table};
use findings_michigan::schema;

#[test]
fn documents_are_read_as_they_were_written() {
    for (path, label) in &plugin().own(8) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let fields = compare(label, &plugin().record(path)["extension"], &name);
        let (table, _) = table(std::slice::from_ref(&fields));
        assert!(fields.values().all(|c| c.hit == c.gold && c.hit == c.got), "{name}\n{table}");
    }
}

#[test]
fn records_hold() {
    plugin().has_records_that_hold(&plugin().own(8));
}

#[test]
fn documents_are_claimed_by_nobody_else() {
    plugin().claims(&plugin().own(8), 0.9);
}

#[test]
fn records_are_as_accepted() {
    plugin().is_read_as_accepted(&plugin().own(8));
}

#[test]
fn the_schema_is_up_to_date() {
    plugin().has_the_schema_of_its_types(env!("CARGO_MANIFEST_DIR"), &schema());
}
