//! Checks what types can't express: names that must exist, pointers that records have, anchors that suffice.

use findings_core::checks;
use findings_core::format::THRESHOLD;

use crate::model::{Field, FormatFile, Place, Table, ValueType};

/// A path into the file, and what is wrong there.
type Fault = (String, String);

/// Pointers that a single field may fill.
pub(crate) const POINTERS: &[&str] = &[
    "/provider/name",
    "/provider/printed",
    "/inspection",
    "/inspection/start",
    "/inspection/end",
    "/inspection/type",
    "/inspection/theme",
    "/published",
    "/letter/date",
    "/letter/salutation",
    "/letter/subject",
    RECIPIENTS,
    "/letter/signatories",
    "/judgements",
    "/inspectors",
];

/// Those of them that are lists of people.
pub(crate) const PEOPLE: &[&str] = &["/inspectors", RECIPIENTS, "/letter/signatories"];
pub(crate) const RECIPIENTS: &str = "/letter/recipients";

/// Lists that a table may fill, and those that a list may fill.
pub(crate) const TABLES: &[&str] = &["/judgements", "/inspectors", "/improvements"];
const LISTS: &[&str] = &["/improvements", "/strengths"];

/// Everything that is wrong.
pub(super) fn faults(file: &FormatFile) -> Vec<Fault> {
    let mut faults = Vec::new();
    identity(file, &mut faults);
    for (i, field) in file.fields.iter().enumerate() {
        of_field(file, field, &format!("field/{i}"), &mut faults);
    }
    for (i, table) in file.tables.iter().enumerate() {
        of_table(file, table, &format!("table/{i}"), &mut faults);
    }
    for (i, list) in file.lists.iter().enumerate() {
        pointer(&list.into, LISTS, format!("list/{i}/into"), &mut faults);
    }
    for (i, name) in file.checks.iter().enumerate() {
        if !checks::all().any(|c| c.name == name) {
            let message = format!("there is no check “{name}”: `findings formats --checks` lists them");
            faults.push((format!("checks/{i}"), message));
        }
    }
    faults
}

fn identity(file: &FormatFile, faults: &mut Vec<Fault>) {
    let code = |s: &str| {
        !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
    };
    let begins =
        file.id.strip_prefix(&file.regulator).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
    if !code(&file.id) || !begins {
        let message = format!(
            "the id “{}” must be the regulator, a dot, and a name of lower-case letters, digits and hyphens: for example, write \"{}.visit\"",
            file.id, file.regulator
        );
        faults.push(("id".into(), message));
    }
    if findings_core::pipeline::core_formats().any(|f| f.id == file.id) {
        faults.push((
            "id".into(),
            format!("“{}” is one of findings' own formats: choose another name", file.id),
        ));
    }
    let most: f32 = file.anchors.iter().map(|a| a.weight.max(0.0)).sum();
    if most < THRESHOLD {
        let message = format!(
            "the weights of the anchors add up to {most}, so no document can reach {THRESHOLD}: give the most reliable phrase {THRESHOLD}"
        );
        faults.push(("anchor".into(), message));
    }
}

fn of_field(file: &FormatFile, field: &Field, at: &str, faults: &mut Vec<Fault>) {
    pointer(&field.pointer, POINTERS, format!("{at}/pointer"), faults);
    for (i, also) in field.also.iter().enumerate() {
        pointer(also, POINTERS, format!("{at}/also/{i}"), faults);
    }
    if field.find.is_empty() {
        faults.push((at.into(), "the field has no place: write find = [{ after = \"its label\" }]".into()));
    }
    for (i, place) in field.find.iter().enumerate() {
        of_place(file, place, field.kind, &format!("{at}/find/{i}"), faults);
    }
    of_type(file, field.kind, field.codes.as_deref(), field.shape.as_deref(), at, faults);
    let judgement = field.pointer == "/judgements";
    if judgement && (field.kind != ValueType::Grade || field.area.is_none()) {
        let message =
            "a field of /judgements must be the grade of an area: write type = \"grade\" and area = \"…\"";
        faults.push((at.into(), message.into()));
    }
    of_people(field, at, faults);
    if ["/inspection/start", "/inspection/end"].contains(&field.pointer.as_str())
        && field.kind != ValueType::Date
    {
        faults.push((at.into(), format!("{} takes one date: write type = \"date\"", field.pointer)));
    }
    if field.pointer == "/inspection" && field.kind != ValueType::DateRange {
        faults.push((at.into(), "/inspection takes dates: write type = \"date-range\"".into()));
    }
}

fn of_people(field: &Field, at: &str, faults: &mut Vec<Fault>) {
    // The parts of an address go to the recipients of a letter, and nowhere else.
    let names_only = |pointer: &String| PEOPLE.contains(&pointer.as_str()) && pointer != RECIPIENTS;
    if field.kind == ValueType::Address && field.also.iter().chain([&field.pointer]).any(names_only) {
        let message = format!("only {RECIPIENTS} has the parts of an address: write type = \"name\"");
        faults.push((at.into(), message));
    }
    let named = matches!(field.kind, ValueType::Name | ValueType::Address);
    let have_posts = named && PEOPLE.contains(&field.pointer.as_str());
    if !have_posts && !field.posts.is_empty() {
        let message = format!("only names at {} have posts: write type = \"name\"", PEOPLE.join(", "));
        faults.push((format!("{at}/posts"), message));
    }
}

fn of_place(file: &FormatFile, place: &Place, kind: ValueType, at: &str, faults: &mut Vec<Fault>) {
    if place.kinds() != 1 {
        let message = format!(
            "a place has exactly one of after, before, row, under, above, below, box, sentence, heading, alone, but this has {}: write each as a place of its own, in {{ }}",
            place.kinds()
        );
        faults.push((at.into(), message));
    }
    if !place.before.is_empty() && !matches!(kind, ValueType::Date | ValueType::DateRange) {
        faults.push((
            at.into(),
            "only a date can come before a label: write type = \"date\" or \"date-range\"".into(),
        ));
    }
    if place.alone && matches!(kind, ValueType::Text | ValueType::Name | ValueType::Address) {
        let message = "a value on a line of its own is recognised by its type: write type = \"date\", \"code\", \"postcode\" or \"number\"";
        faults.push((at.into(), message.into()));
    }
    if !place.boxed.is_empty() && place.region.is_some() {
        let message = "boxes are found on pages, which have no regions: leave out `in`";
        faults.push((at.into(), message.into()));
    }
    in_region(file, place.region.as_deref(), at, faults);
}

fn of_table(file: &FormatFile, table: &Table, at: &str, faults: &mut Vec<Fault>) {
    pointer(&table.into, TABLES, format!("{at}/into"), faults);
    in_region(file, table.region.as_deref(), at, faults);
    for (i, column) in table.columns.iter().enumerate() {
        let at = format!("{at}/column/{i}");
        of_type(file, column.kind, column.codes.as_deref(), column.shape.as_deref(), &at, faults);
    }
    if let Some(groups) = &table.groups
        && !file.codes.contains_key(&groups.codes)
    {
        faults.push((format!("{at}/groups"), no_codes(file, &groups.codes)));
    }
    let heads = table.columns.iter().filter(|c| !c.head.is_empty()).count();
    if heads == 0 && table.under.is_empty() && table.rows.is_empty() && table.region.is_none() {
        let message =
            "there is nothing to find the table by: give its columns heads, or write under, rows or in";
        faults.push((at.into(), message.into()));
    }
    if heads > 0 && heads < table.columns.len() {
        faults.push((at.into(), "some columns have a head and some have not: give all of them one".into()));
    }
}

fn of_type(
    file: &FormatFile,
    kind: ValueType,
    codes: Option<&str>,
    shape: Option<&str>,
    at: &str,
    faults: &mut Vec<Fault>,
) {
    match (kind, codes, shape) {
        (_, Some(name), _) if !file.codes.contains_key(name) => {
            faults.push((format!("{at}/codes"), no_codes(file, name)));
        }
        (ValueType::Grade, None, _) => {
            faults
                .push((at.into(), "a grade needs the list of its printed forms: write codes = \"…\"".into()));
        }
        (ValueType::Code, None, None) => {
            let message =
                "a code needs its printed forms or a shape: write codes = \"…\" or shape = \"AA-9999\"";
            faults.push((at.into(), message.into()));
        }
        _ => {}
    }
}

fn no_codes(file: &FormatFile, name: &str) -> String {
    let known: Vec<&str> = file.codes.keys().map(String::as_str).collect();
    match known.as_slice() {
        [] => format!("there is no list of codes “{name}”: write [codes.{name}] with its values"),
        known => format!("there is no list of codes “{name}”, only {}", known.join(", ")),
    }
}

fn in_region(file: &FormatFile, name: Option<&str>, at: &str, faults: &mut Vec<Fault>) {
    let is_heading = |name: &str| file.sections.iter().any(|s| s.heading.iter().any(|h| h == name));
    if let Some(name) = name.filter(|n| !is_heading(n) && !file.regions.iter().any(|r| r.name == **n)) {
        let message = format!("there is no region “{name}”: write [[region]] with name = \"{name}\"");
        faults.push((format!("{at}/in"), message));
    }
}

fn pointer(given: &str, known: &[&str], at: String, faults: &mut Vec<Fault>) {
    let own = given.strip_prefix("/extension/").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    });
    if !own && !known.contains(&given) {
        let message = format!(
            "“{given}” can't be filled: write one of {}, or /extension/NAME (lower-case letters, digits, _) for anything else",
            known.join(", ")
        );
        faults.push((at, message));
    }
}
