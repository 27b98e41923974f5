//! Two readings held against each other: which values are the same, flagged, or silently changed.

use std::collections::BTreeMap;

use findings_core::doubts_of_json;
use serde_json::Value;

use super::damage::Expectation;
use super::expect::{compared, readings, values};
use crate::evidence;
use crate::regress::{Change, diff};

/// Values that are read together: a doubt of one is a doubt of all.
const TOGETHER: &[&[&str]] =
    &[&["/inspection/start", "/inspection/end", "/inspection/visits"], &["/provider"]];

/// What became of the values of a document.
#[derive(Debug, Default)]
pub(super) struct Judgement {
    /// For each field, how many values the whole document has.
    pub values: BTreeMap<String, usize>,
    /// What is otherwise than expected.
    pub changed: Vec<Changed>,
    /// Fields that are as expected and flagged, though those of the whole document were not.
    pub in_vain: Vec<String>,
    /// JSON Pointers, in the damaged document's record, of what is otherwise than expected.
    pub wrong: Vec<String>,
}

/// A value that is otherwise than expected.
#[derive(Debug)]
pub(super) struct Changed {
    /// Its field.
    pub field: String,
    /// JSON Pointer, in the damaged document's record if it has one there.
    pub pointer: String,
    /// What was expected.
    pub before: Value,
    /// What was read.
    pub after: Value,
    /// Whether the record says that it is in doubt.
    pub flagged: bool,
}

/// Holds the reading of a damaged document against that of the whole one.
pub(super) fn judge(whole: &Value, damaged: &Value, expected: &Expectation) -> Judgement {
    let base = values(whole);
    let mut head = values(damaged);
    compared(&mut head, expected);
    let (raised, doubted) = (self::raised(damaged), self::raised(whole));
    let judged = readings(&base, whole, expected).into_iter().map(|mut reading| {
        compared(&mut reading, expected);
        let is_else = |c: &Change| {
            !is_expected(c, expected) && !explained(c, &reading, &head, expected) && !was_doubted(c, &doubted)
        };
        let changes: Vec<Change> = diff(&reading, &head).into_iter().filter(is_else).collect();
        let wrong = changes.iter().filter_map(|c| c.head_path.clone()).collect();
        (by_value(changes.into_iter(), &raised), reading, wrong)
    });
    // Of several right readings, the one that the record comes nearest to.
    let silent =
        |(changed, ..): &(Vec<Changed>, Value, Vec<String>)| changed.iter().filter(|c| !c.flagged).count();
    let Some((changed, reading, wrong)) = judged.min_by_key(|j| (silent(j), j.0.len())) else {
        return Judgement::default();
    };
    let mut counted = BTreeMap::new();
    count(&reading, "", &mut counted);
    let untouched = |field: &&String| {
        let pointers = pointers(field);
        !changed.iter().any(|c| pointers.iter().any(|p| touch(p, &self::pointers(&c.field))))
            && is_flagged(&pointers, &raised)
            && !is_flagged(&pointers, &doubted)
    };
    let in_vain = counted.keys().filter(untouched).cloned().collect();
    Judgement { values: counted, changed, in_vain, wrong }
}

/// The changes of one value are one; of a list's item, too.
fn by_value(changes: impl Iterator<Item = Change>, raised: &[String]) -> Vec<Changed> {
    let mut all: Vec<Changed> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for change in changes {
        let field = field_of(&change.field);
        let item = |path: &Option<String>| path.as_deref().map(|p| item_of(p, &field));
        if !seen.insert((field.clone(), item(&change.base_path), item(&change.head_path))) {
            continue;
        }
        let flagged = is_flagged(&pointers(&field), raised);
        let pointer = change.head_path.or(change.base_path).unwrap_or_default();
        all.push(Changed { field, pointer, before: change.before, after: change.after, flagged });
    }
    all
}

/// The field of a value: its pointer up to the first list, that of the body's blocks by itself.
fn field_of(pointer: &str) -> String {
    if pointer.starts_with("/sections/") && pointer.contains("/blocks/") {
        return "/sections/*/blocks".into();
    }
    let steps: Vec<&str> = pointer.split('/').collect();
    let index = |s: &&str| **s == *"*" || !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let end = steps.iter().position(index).unwrap_or(steps.len());
    // A code of an area is no field of its own.
    let end = if pointer.starts_with("/provider/ids") { end.min(3) } else { end };
    steps[..end].join("/")
}

/// The pointer of the list's item that a value is a part of.
fn item_of(pointer: &str, field: &str) -> String {
    let depth = field.split('/').count() + 1;
    pointer.split('/').take(depth).collect::<Vec<_>>().join("/")
}

/// The pointers that a doubt of a field may have.
fn pointers(field: &str) -> Vec<String> {
    let of = |p: &str| vec![p.to_owned()];
    if let Some(together) = TOGETHER.iter().find(|t| t.iter().any(|p| evidence::within(field, p))) {
        return together.iter().map(|p| (*p).to_owned()).collect();
    }
    if field.starts_with("/sections") { of("/sections") } else { of(field) }
}

fn touch(pointer: &str, others: &[String]) -> bool {
    others.iter().any(|o| evidence::within(o, pointer) || evidence::within(pointer, o))
}

fn is_flagged(pointers: &[String], raised: &[String]) -> bool {
    raised.iter().any(|r| touch(r, pointers))
}

/// The pointers that a record raises a doubt of. One of the whole document is none of any value.
fn raised(record: &Value) -> Vec<String> {
    doubts_of_json(record).into_iter().map(|d| d.pointer).filter(|p| !p.is_empty()).collect()
}

/// Whether the whole document's own record doubts the value, or the item of a list, that has changed: then nobody knows which
/// of the two is right.
fn was_doubted(change: &Change, doubted: &[String]) -> bool {
    let Some(path) = change.base_path.as_deref() else { return false };
    let value = item_of(path, &field_of(&change.field));
    // A doubt of a whole list, or of the body, is none of this item.
    let of_item = |d: &str| d.bytes().any(|b| b.is_ascii_digit()) && evidence::within(&value, d);
    doubted.iter().any(|d| of_item(d) || evidence::within(d, &value))
}

/// Whether the damage explains a change.
fn is_expected(change: &Change, expected: &Expectation) -> bool {
    let (before, after) = (&change.before, &change.after);
    if let Some((old, new)) = &expected.once
        && let (Value::String(b), Value::String(a)) = (before, after)
        && (b.replace(old, new) == *a
            || *new == old.to_uppercase() && old.contains(bare(b)) && *a == b.to_uppercase())
    {
        return true;
    }
    if let Some(added) = &expected.added {
        let of_it = |text: &str| text.contains(added.as_str()) || added.contains(text) && text.len() > 3;
        match (before, after) {
            (Value::String(b), Value::String(a)) if a.contains(added.as_str()) => {
                return squeezed(&a.replace(added.as_str(), "")) == squeezed(b);
            }
            (Value::Null, after) => return main_text(after).is_some_and(of_it),
            _ => {}
        }
    }
    expected.joined && field_of(&change.field) == "/sections/*/blocks"
}

/// Whether a change is none of its value: a section's parent has another heading, and that is told there; a judgement
/// whose line is lost is read where the document says it again; a block without a mark is a paragraph.
fn explained(change: &Change, base: &Value, head: &Value, expected: &Expectation) -> bool {
    let (Some(before), Some(after)) = (&change.base_path, &change.head_path) else { return false };
    let at = |values: &Value, pointer: &str, key: &str| {
        pointer.rfind('/').and_then(|up| values.pointer(&format!("{}/{key}", &pointer[..up])).cloned())
    };
    let alike = |key: &str| at(base, before, key) == at(head, after, key);
    match change.field.as_str() {
        "/sections/*/parent" => {
            let headed = |values: &Value, heading: &Value| {
                let sections = values.get("sections").and_then(Value::as_array);
                heading.is_null() || sections.is_some_and(|s| s.iter().any(|s| s["heading"] == *heading))
            };
            let renamed = !change.before.is_null() && !change.after.is_null();
            renamed && !headed(head, &change.before) && !headed(base, &change.after)
        }
        "/judgements/*/label" | "/judgements/*/printed" => {
            expected.removed.is_some() && alike("area") && alike("grade")
        }
        "/sections/*/blocks/*/type" | "/sections/*/blocks/*/level" => {
            let text = at(base, before, "text");
            expected.unmarked.is_some()
                && text.as_ref().and_then(Value::as_str) == expected.unmarked.as_deref()
        }
        _ => false,
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading without the colon that a value of its own leaves out.
fn bare(text: &str) -> &str {
    text.trim_end_matches(':')
}

/// The words of a value: its own, or those of an item.
fn main_text(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("text")?.as_str())
}

/// Counts the values of each field: what stands alone, and each item of a list.
fn count(value: &Value, pointer: &str, into: &mut BTreeMap<String, usize>) {
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(key, v)| count(v, &format!("{pointer}/{key}"), into)),
        Value::Array(items) => {
            *into.entry(field_of(pointer)).or_default() += items.len();
            if pointer == "/sections" {
                let blocks =
                    items.iter().filter_map(|s| s.get("blocks")?.as_array()).map(Vec::len).sum::<usize>();
                *into.entry("/sections/*/blocks".into()).or_default() += blocks;
            }
        }
        _ => *into.entry(field_of(pointer)).or_default() += 1,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(whole: &Value, damaged: &Value, expected: &Expectation) -> String {
        let judged = judge(whole, damaged, expected);
        let line = |c: &Changed| format!("{} {}", if c.flagged { "flagged" } else { "silent" }, c.pointer);
        let mut lines: Vec<String> = judged.changed.iter().map(line).collect();
        lines.extend(judged.in_vain.iter().map(|f| format!("in vain {f}")));
        lines.join("\n")
    }

    fn record() -> Value {
        json!({
            "document": { "source": "a" }, "published": "2023-05-01",
            "inspection": { "start": "2023-04-01", "end": "2023-04-05" },
            "inspectors": [{ "name": "Ann Lee", "lead": true }, { "name": "Bo Ray", "lead": false }],
        })
    }

    #[test]
    fn a_change_is_flagged_or_silent() {
        let mut damaged = record();
        damaged["published"] = Value::Null;
        damaged["inspection"]["end"] = "2023-04-06".into();
        damaged["inspectors"][0] = json!({ "name": "Cy Fox", "lead": false });
        damaged["diagnostics"] = json!([
            { "severity": "warning", "code": "dates-disagree", "path": "/inspection/start", "message": "", "page": null },
            { "severity": "info", "code": "said", "path": "/published", "message": "", "page": null },
        ]);
        insta::assert_snapshot!(told(&record(), &damaged, &Expectation::default()), @r"
        silent /published
        flagged /inspection/end
        silent /inspectors/0/name
        ");
    }

    #[test]
    fn what_the_damage_put_there_is_right() {
        let replaced = vec![("Ann Lee".to_owned(), "May Hall".to_owned())];
        let expected = Expectation { replaced, ..Expectation::default() };
        let mut damaged = record();
        assert_eq!(told(&record(), &damaged, &expected), "silent /inspectors/0/name");
        damaged["inspectors"][0]["name"] = "May Hall".into();
        assert_eq!(told(&record(), &damaged, &expected), "");
    }

    #[test]
    fn a_doubt_without_a_change_is_in_vain() {
        let mut damaged = record();
        damaged["evidence"] = json!({ "/inspectors/1/name": { "status": "not-read" } });
        assert_eq!(told(&record(), &damaged, &Expectation::default()), "in vain /inspectors");
        assert_eq!(told(&damaged, &damaged, &Expectation::default()), "");
    }

    #[test]
    fn what_was_in_doubt_before_is_not_judged() {
        let mut whole = record();
        whole["diagnostics"] = json!([
            { "severity": "warning", "code": "said", "path": "/inspectors/0/name", "message": "", "page": null },
            { "severity": "warning", "code": "said", "path": "/published", "message": "", "page": null },
        ]);
        let mut damaged = record();
        damaged["published"] = Value::Null;
        damaged["inspectors"][0]["name"] = "Cy Fox".into();
        damaged["inspection"]["end"] = "2023-04-06".into();
        assert_eq!(told(&whole, &damaged, &Expectation::default()), "silent /inspection/end");
    }

    #[test]
    fn values_are_counted_by_field() {
        let mut counted = BTreeMap::new();
        count(&values(&record()), "", &mut counted);
        let counted: Vec<String> = counted.iter().map(|(f, n)| format!("{f} {n}")).collect();
        assert_eq!(counted.join(", "), "/inspection/end 1, /inspection/start 1, /inspectors 2, /published 1");
    }
}
