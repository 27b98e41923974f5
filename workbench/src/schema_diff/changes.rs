//! Describes the differences between two schemas in words.

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::accepts_all_of;

/// One difference between two schemas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The place in a record, as a JSON Pointer with `*` for any index or key.
    pub at: String,
    /// What changed there.
    pub what: String,
    /// Whether this change by itself keeps new records valid under the old schema.
    pub safe: bool,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.at.is_empty() { "(the whole)" } else { &self.at };
        write!(f, "{} {place}: {}", if self.safe { "ok      " } else { "breaking" }, self.what)
    }
}

/// All differences that affect validation. A definition used in several places is reported once.
pub(super) fn between(old: &Value, new: &Value) -> Vec<Change> {
    let mut walk = Walk { old, new, seen: HashSet::new(), out: Vec::new() };
    walk.schemas("", old, new);
    walk.out
}

/// Keywords that don't affect which values are valid.
const WORDS: &[&str] = &[
    "$schema",
    "$id",
    "$defs",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
];
/// Keywords that contain schemas, which are compared recursively.
const WALKED: &[&str] =
    &["$ref", "properties", "required", "items", "additionalProperties", "anyOf", "oneOf"];

struct Walk<'a> {
    old: &'a Value,
    new: &'a Value,
    seen: HashSet<(String, String)>,
    out: Vec<Change>,
}

impl Walk<'_> {
    fn schemas(&mut self, at: &str, old: &Value, new: &Value) {
        if let (Some(a), Some(b)) = (reference(old), reference(new))
            && !self.seen.insert((a.to_owned(), b.to_owned()))
        {
            return;
        }
        let (old, new) = (resolved(self.old, old), resolved(self.new, new));
        let (Some(o), Some(n)) = (old.as_object(), new.as_object()) else {
            if old != new {
                self.say(at, format!("{} → {}", short(old), short(new)), false);
            }
            return;
        };
        self.properties(at, o, n);
        for keyword in ["items", "additionalProperties"] {
            match (o.get(keyword), n.get(keyword)) {
                (Some(a @ Value::Object(_)), Some(b @ Value::Object(_))) => {
                    self.schemas(&format!("{at}/*"), a, b)
                }
                (a, b) => self.keyword(at, keyword, a, b),
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            match (o.get(keyword).and_then(Value::as_array), n.get(keyword).and_then(Value::as_array)) {
                (Some(a), Some(b)) => self.variants(at, a, b),
                _ => self.keyword(at, keyword, o.get(keyword), n.get(keyword)),
            }
        }
        let plain = |map: &Map<String, Value>| -> Map<String, Value> {
            let plain = |k: &str| !WORDS.contains(&k) && !WALKED.contains(&k);
            map.iter().filter(|(k, _)| plain(k)).map(|(k, v)| (k.clone(), v.clone())).collect()
        };
        let (a, b) = (plain(o), plain(n));
        let safe = a == b || accepts_all_of(&a.clone().into(), &b.clone().into()).unwrap_or(false);
        for keyword in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
            if a.get(keyword) != b.get(keyword) {
                self.say(at, told(keyword, a.get(keyword), b.get(keyword)), safe);
            }
        }
    }

    fn properties(&mut self, at: &str, old: &Map<String, Value>, new: &Map<String, Value>) {
        let none = Map::new();
        let properties = |m: &Map<String, Value>| m.get("properties").and_then(Value::as_object).cloned();
        let (a, b) = (properties(old).unwrap_or(none.clone()), properties(new).unwrap_or(none));
        let required = |m: &Map<String, Value>, key: &str| {
            m.get("required").and_then(Value::as_array).is_some_and(|r| r.iter().any(|v| v == key))
        };
        for (key, schema) in &a {
            let place = format!("{at}/{key}");
            let Some(other) = b.get(key) else {
                self.say(&place, "the property is gone".into(), false);
                continue;
            };
            match (required(old, key), required(new, key)) {
                (true, false) => self.say(&place, "is no longer always there".into(), false),
                (false, true) => self.say(&place, "is always there now".into(), true),
                _ => {}
            }
            self.schemas(&place, schema, other);
        }
        for key in b.keys().filter(|k| !a.contains_key(*k)) {
            let always = if required(new, key) { ", always there" } else { "" };
            self.say(&format!("{at}/{key}"), format!("a new property{always}"), true);
        }
    }

    /// Compares the variants of a value, matched by [`key`].
    fn variants(&mut self, at: &str, old: &[Value], new: &[Value]) {
        for variant in old {
            match new.iter().find(|v| key(v) == key(variant)) {
                Some(other) => self.schemas(at, variant, other),
                None => self.say(at, format!("can no longer be {}", key(variant)), true),
            }
        }
        for variant in new.iter().filter(|v| old.iter().all(|o| key(o) != key(v))) {
            self.say(at, format!("can also be {}", key(variant)), false);
        }
    }

    fn keyword(&mut self, at: &str, keyword: &str, old: Option<&Value>, new: Option<&Value>) {
        if old != new {
            self.say(at, told(keyword, old, new), false);
        }
    }

    fn say(&mut self, at: &str, what: String, safe: bool) {
        self.out.push(Change { at: at.to_owned(), what, safe });
    }
}

fn told(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> String {
    let shown = |v: Option<&Value>| v.map_or("nothing".into(), short);
    format!("{keyword}: {} → {}", shown(old), shown(new))
}

fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref").and_then(Value::as_str)
}

/// The schema that a `$ref` to a definition of the document refers to.
fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    reference(schema).and_then(|r| r.strip_prefix('#')).and_then(|p| root.pointer(p)).unwrap_or(schema)
}

/// What distinguishes a variant from the others: its constant, tag, definition or type.
fn key(variant: &Value) -> String {
    let tag = variant.pointer("/properties/type/const");
    let told = [variant.get("const"), tag, variant.get("$ref"), variant.get("type")];
    told.into_iter().flatten().next().map_or_else(|| short(variant), short)
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 80 { text } else { text.chars().take(79).chain(['…']).collect() }
}
