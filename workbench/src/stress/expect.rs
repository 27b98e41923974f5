//! What a right reading of a damaged text has: the reading of the whole text, changed as the damage changes it.

use findings_core::areas;
use findings_core::grammar::Date;
use serde_json::{Value, json};

use super::damage::Expectation;
use super::removed;

/// Parts of a record that say how it was made.
const MAKING: &[&str] = &["schema", "document", "run", "evidence", "diagnostics"];
/// What is looked up for an area beside its codes, and only in part in force at the time.
const LOOKED_UP_TODAY: &[&str] = &["ids_current", "successors"];

/// A record as its values, without how it was made. Places in lists are told by what stands there.
pub(super) fn values(record: &Value) -> Value {
    let mut values = record.clone();
    let Some(object) = values.as_object_mut() else { return values };
    object.retain(|key, _| !MAKING.contains(&key.as_str()));
    let heading = |i: &Value| {
        let at = format!("/sections/{}/heading", i.as_u64()?);
        record.pointer(&at).cloned()
    };
    // A new page before a footnote is no other footnote.
    for note in object.get_mut("footnotes").and_then(Value::as_array_mut).into_iter().flatten() {
        note["page"] = Value::Null;
    }
    // A figure's whole is told by its place; what stands there is what counts.
    for figure in object.get_mut("figures").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(whole) = figure.get_mut("part_of") {
            let said = |i: u64| record.pointer(&format!("/figures/{i}/text")).cloned();
            *whole = whole.as_u64().and_then(said).unwrap_or_default();
        }
    }
    for section in object.get_mut("sections").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(parent) = section.get_mut("parent") {
            *parent = heading(parent).unwrap_or_default();
        }
    }
    values
}

/// The values that a right reading may have: any of these.
pub(super) fn readings(values: &Value, record: &Value, expected: &Expectation) -> Vec<Value> {
    let mut all = vec![values.clone()];
    if !expected.replaced.is_empty() {
        all = vec![texts(values, &|text| {
            expected.replaced.iter().fold(text.to_owned(), |text, (old, new)| replaced(&text, old, new))
        })];
    }
    if let Some(area) = &expected.area {
        // Forms of other countries have no codes; a name that no register has may have got some with the other name.
        let without = if has_codes(values) { Vec::new() } else { all.clone() };
        all.iter_mut().for_each(|v| set_area(v, area));
        all.extend(without);
    }
    if let Some((old, new)) = &expected.once {
        all.push(texts(values, &|text| text.replace(old, new)));
        all.push(texts(values, &|text| if text == old { new.clone() } else { text.to_owned() }));
    }
    if let Some(line) = &expected.removed {
        all.extend([false, true].map(|facts_too| removed::without(values, record, line, facts_too)));
    }
    all
}

/// A text with some of its words replaced as the damage replaces them: whole ones, "York" and not "Yorkshire" or
/// "non-York".
fn replaced(text: &str, old: &str, new: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(old).filter(|_| !old.is_empty()) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        out.push_str(before);
        let whole = !out.ends_with(|c: char| c.is_alphanumeric() || c == '-')
            && !after.starts_with(char::is_alphanumeric);
        out.push_str(if whole { new } else { old });
        rest = after;
    }
    out + rest
}

/// The same values with every text changed.
fn texts(value: &Value, change: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => change(text).into(),
        Value::Array(items) => items.iter().map(|v| texts(v, change)).collect(),
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), texts(v, change))).collect(),
        other => other.clone(),
    }
}

/// Whether a record has an area's codes.
fn has_codes(values: &Value) -> bool {
    values.pointer("/provider/ids").is_some_and(|ids| !ids.is_null())
}

/// Gives a record the codes of another area.
fn set_area(values: &mut Value, name: &str) {
    let began = values.pointer("/inspection/start").and_then(Value::as_str).and_then(Date::from_iso);
    let Some(area) = areas::resolve(name, began) else { return };
    let Some(provider) = values.get_mut("provider").and_then(Value::as_object_mut) else { return };
    LOOKED_UP_TODAY.iter().for_each(|key| {
        provider.shift_remove(*key);
    });
    if provider.contains_key("ids") {
        let ids = json!({ "ons": area.ons, "dfe": area.dfe, "ofsted_urn": area.ofsted_urn });
        provider.insert("ids".into(), ids);
    }
    if provider.contains_key("region") {
        provider.insert("region".into(), json!(area.region));
    }
}

/// The values of a damaged text's reading that are compared.
pub(super) fn compared(values: &mut Value, expected: &Expectation) {
    let provider = values.get_mut("provider").and_then(Value::as_object_mut);
    if let (Some(_), Some(provider)) = (&expected.area, provider) {
        LOOKED_UP_TODAY.iter().for_each(|key| {
            provider.shift_remove(*key);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced() {
        assert_eq!(
            replaced("York, Yorkshire; York’s (York)", "York", "Hull"),
            "Hull, Yorkshire; Hull’s (Hull)"
        );
        assert_eq!(replaced("Yorkshire", "York", "Hull"), "Yorkshire");
        assert_eq!(replaced("non-York homes", "York", "Hull"), "non-York homes");
    }
}
