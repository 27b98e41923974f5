//! The differences between two records of the same document.

use serde_json::Value;

use super::align::align;
use super::shape;
use crate::evidence;

/// Properties that say how a record was made, or that are compared separately.
const LEFT_OUT: &[&str] =
    &["/document/source", "/run", "/evidence", "/diagnostics", "/document/sha256", "/document/bytes"];

/// The blocks of a section, which are compared separately.
const BLOCKS: &str = "/sections/*/blocks";
/// One of these blocks.
const BLOCKS_ITEM: &str = "/sections/*/blocks/*";

/// A value that differs.
#[derive(Debug, Clone)]
pub struct Change {
    /// JSON Pointer of the field, `*` for any index.
    pub field: String,
    /// JSON Pointer in the earlier record; `None` if the item is not in it.
    pub base_path: Option<String>,
    /// JSON Pointer in the later record; `None` if the item is not in it.
    pub head_path: Option<String>,
    /// The value before.
    pub before: Value,
    /// The value after.
    pub after: Value,
    /// What similar changes have in common.
    pub shape: String,
    /// Where it was read before.
    pub base_place: evidence::Place,
    /// Where it was read after.
    pub head_place: evidence::Place,
}

/// The differences between two records of one document, in the order of the later record.
pub fn diff(base: &Value, head: &Value) -> Vec<Change> {
    let mut walk = Walk { base, head, changes: Vec::new() };
    walk.values(base, head, &At::default());
    // Blocks are compared across all sections: if a heading is no longer recognised, they move to the section before,
    // but nothing is lost.
    walk.blocks(&blocks(base), &blocks(head));
    walk.changes
}

/// The blocks of all sections, with their pointers.
fn blocks(record: &Value) -> Vec<(String, &Value)> {
    let mut blocks = Vec::new();
    for (s, section) in record.get("sections").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let own = section.get("blocks").and_then(Value::as_array).into_iter().flatten();
        blocks.extend(own.enumerate().map(|(b, v)| (format!("/sections/{s}/blocks/{b}"), v)));
    }
    blocks
}

/// The place of a value in both records, and its field.
#[derive(Clone, Default)]
struct At {
    field: String,
    base: Option<String>,
    head: Option<String>,
}

impl At {
    fn property(&self, key: &str) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        let below = |p: &String| format!("{p}/{key}");
        let root = String::new();
        if self.field.is_empty() {
            return Self {
                field: format!("/{key}"),
                base: Some(below(self.base.as_ref().unwrap_or(&root))),
                head: Some(below(self.head.as_ref().unwrap_or(&root))),
            };
        }
        Self {
            field: below(&self.field),
            base: self.base.as_ref().map(below),
            head: self.head.as_ref().map(below),
        }
    }

    fn item(&self, base: Option<usize>, head: Option<usize>) -> Self {
        let below = |p: &Option<String>, i: Option<usize>| Some(format!("{}/{}", p.as_ref()?, i?));
        Self {
            field: format!("{}/*", self.field),
            base: below(&self.base, base),
            head: below(&self.head, head),
        }
    }
}

struct Walk<'a> {
    base: &'a Value,
    head: &'a Value,
    changes: Vec<Change>,
}

/// The items of a list.
fn items(list: &Value) -> Vec<&Value> {
    list.as_array().into_iter().flatten().collect()
}

/// Takes the place of an item that a list does not have.
const NOTHING: &Value = &Value::Null;

impl Walk<'_> {
    fn values(&mut self, base: &Value, head: &Value, at: &At) {
        if at.field == BLOCKS || LEFT_OUT.contains(&at.field.as_str()) || base == head {
            return;
        }
        match (base, head) {
            (Value::Object(_) | Value::Null, Value::Object(_) | Value::Null) => self.objects(base, head, at),
            (Value::Array(_) | Value::Null, Value::Array(_) | Value::Null) => self.lists(base, head, at),
            _ => self.change(base, head, at),
        }
    }

    /// A missing object has no properties, so each property of the other one is a change of its own.
    fn objects(&mut self, base: &Value, head: &Value, at: &At) {
        let keys =
            |v: &'_ Value| v.as_object().into_iter().flat_map(|o| o.keys().cloned()).collect::<Vec<_>>();
        let gone = keys(base).into_iter().filter(|k| head.get(k).is_none());
        for key in keys(head).into_iter().chain(gone) {
            self.values(
                base.get(&key).unwrap_or(NOTHING),
                head.get(&key).unwrap_or(NOTHING),
                &at.property(&key),
            );
        }
    }

    fn lists(&mut self, base: &Value, head: &Value, at: &At) {
        let (base, head) = (items(base), items(head));
        for (b, h) in align(&base, &head) {
            self.pair(b.map_or(NOTHING, |b| base[b]), h.map_or(NOTHING, |h| head[h]), &at.item(b, h));
        }
    }

    fn blocks(&mut self, base: &[(String, &Value)], head: &[(String, &Value)]) {
        let same = |((_, b), (_, h)): (&(String, &Value), &(String, &Value))| b == h;
        if base.len() == head.len() && base.iter().zip(head).all(same) {
            return;
        }
        let (base_values, head_values): (Vec<&Value>, Vec<&Value>) =
            (base.iter().map(|b| b.1).collect(), head.iter().map(|h| h.1).collect());
        for (b, h) in align(&base_values, &head_values) {
            let at = At {
                field: BLOCKS_ITEM.into(),
                base: b.map(|b| base[b].0.clone()),
                head: h.map(|h| head[h].0.clone()),
            };
            self.pair(b.map_or(NOTHING, |b| base[b].1), h.map_or(NOTHING, |h| head[h].1), &at);
        }
    }

    /// Compares two corresponding items. An item that was added or removed is one change, whatever it contains.
    fn pair(&mut self, base: &Value, head: &Value, at: &At) {
        if at.base.is_some() && at.head.is_some() {
            self.values(base, head, at);
        } else {
            self.change(base, head, at);
        }
    }

    fn change(&mut self, before: &Value, after: &Value, at: &At) {
        if before == after {
            return;
        }
        let place = |record: &Value, path: &Option<String>| {
            path.as_ref().map(|p| evidence::of(record, p)).unwrap_or_default()
        };
        self.changes.push(Change {
            field: at.field.clone(),
            shape: shape::of(before, after),
            base_place: place(self.base, &at.base),
            head_place: place(self.head, &at.head),
            base_path: at.base.clone(),
            head_path: at.head.clone(),
            before: before.clone(),
            after: after.clone(),
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn changes(base: Value, head: Value) -> String {
        let line = |c: &Change| {
            let path = |p: &Option<String>| p.clone().unwrap_or_else(|| "-".into());
            format!("{} [{} → {}] {}", c.field, path(&c.base_path), path(&c.head_path), c.shape)
        };
        diff(&base, &head).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_value_changes_in_its_field() {
        insta::assert_snapshot!(changes(
            json!({ "published": null, "inspection": { "start": "2023-01-16", "end": "2023-01-20" } }),
            json!({ "published": "2023-05-01", "inspection": { "start": "2023-02-16", "end": "2023-01-20" } }),
        ), @r"
        /published [/published → /published] nothing → date
        /inspection/start [/inspection/start → /inspection/start] date: month
        ");
    }

    #[test]
    fn a_list_is_compared_by_content() {
        insta::assert_snapshot!(changes(
            json!({ "inspectors": [{ "name": "Ann Lee", "lead": true }, { "name": "Bo Ray", "lead": false }] }),
            json!({ "inspectors": [{ "name": "Cy Fox", "lead": false }, { "name": "Ann Lee", "lead": false },
                                   { "name": "Bo Ray", "lead": false }] }),
        ), @r"
        /inspectors/* [- → /inspectors/0] nothing → item
        /inspectors/*/lead [/inspectors/0/lead → /inspectors/1/lead] true → false
        ");
    }

    #[test]
    fn a_letter_that_is_gone_is_gone_part_by_part() {
        insta::assert_snapshot!(changes(
            json!({ "letter": { "date": "2023-01-16", "subject": null, "recipients": [{ "name": "Ann Lee" }] } }),
            json!({ "letter": null }),
        ), @r"
        /letter/date [/letter/date → /letter/date] date → nothing
        /letter/recipients/* [/letter/recipients/0 → -] item → nothing
        ");
    }

    #[test]
    fn a_lost_heading_moves_blocks_and_loses_none() {
        let block = |t: &str| json!({ "type": "paragraph", "text": t });
        let section = |h: &str, blocks: Vec<Value>| json!({ "heading": h, "level": 1, "blocks": blocks });
        insta::assert_snapshot!(changes(
            json!({ "sections": [section("One", vec![block("a")]), section("Two", vec![block("b"), block("c")])] }),
            json!({ "sections": [section("One", vec![block("a"), block("b"), block("c")])] }),
        ), @"/sections/* [/sections/1 → -] item → nothing");
    }

    #[test]
    fn how_a_record_was_made_is_no_value() {
        assert_eq!(changes(json!({ "run": { "tool": "a" } }), json!({ "run": { "tool": "b" } })), "");
    }
}
