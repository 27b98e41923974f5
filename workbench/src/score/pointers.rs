//! Scores the places that labels name by JSON Pointers: those that only some formats have, mainly in `extension`.

use serde_json::{Map, Value};

use super::matching::{FieldScore, Got, Want, many};
use super::text::norm;

/// Compares each place that a label names by its pointer. Texts are compared by words, lists item by item in any order,
/// and objects by the members that the label has.
pub(super) fn compare<'l>(
    label: &'l Map<String, Value>,
    record: &'l Value,
) -> impl Iterator<Item = Option<FieldScore>> + use<'l> {
    label.iter().filter(|(name, _)| name.starts_with('/')).map(|(pointer, want)| {
        let got = record.pointer(pointer).unwrap_or(&Value::Null);
        let members = members(want);
        let want = items(want).map(|(_, item)| {
            let key = key(item, &members);
            Want { shown: key.clone(), key }
        });
        let got = items(got).map(|(at, item)| {
            let key = key(item, &members);
            let path = at.map_or_else(|| pointer.clone(), |at| format!("{pointer}/{at}"));
            Got { shown: key.clone(), key, paths: vec![path] }
        });
        many(pointer.clone(), want.collect(), got.collect(), |a, b| a == b)
    })
}

/// The items of a list; any other value that is not empty counts as a single item.
fn items(value: &Value) -> impl Iterator<Item = (Option<usize>, &Value)> {
    let (list, single) = match value {
        Value::Array(items) => (items.as_slice(), None),
        Value::Null => (&[][..], None),
        Value::String(words) if words.is_empty() => (&[][..], None),
        single => (&[][..], Some((None, single))),
    };
    list.iter().enumerate().map(|(at, item)| (Some(at), item)).chain(single)
}

/// The members that occur in the items of a label's list.
fn members(want: &Value) -> Vec<String> {
    let objects = items(want).filter_map(|(_, item)| item.as_object());
    let mut names: Vec<String> = objects.flat_map(|o| o.keys().cloned()).collect();
    names.sort();
    names.dedup();
    names
}

/// The form in which a value is compared: its words; for an object, the given members that are not null, each compared
/// completely.
fn key(value: &Value, names: &[String]) -> String {
    match value {
        Value::String(words) => norm(words),
        Value::Object(all) => {
            let said = names.iter().filter_map(|name| Some((name, all.get(name).filter(|v| !v.is_null())?)));
            said.map(|(name, v)| format!("{name}: {}", key(v, &members(v)))).collect::<Vec<_>>().join("; ")
        }
        Value::Array(all) => all.iter().map(|v| key(v, &members(v))).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn counts(label: Value, record: Value) -> Vec<(String, usize, usize, usize)> {
        let all = compare(label.as_object().unwrap(), &record).flatten().collect::<Vec<_>>();
        all.into_iter().map(|f| (f.field.into_owned(), f.hit, f.gold, f.got)).collect()
    }

    #[test]
    fn what_a_label_names_by_its_pointer_is_compared_there() {
        let label = json!({ "notes": "no pointer", "/extension/places": 40, "/extension/manager": "Ann Lee", "/extension/due": null });
        let record = json!({ "extension": { "places": 40, "manager": "Mr A Lee", "due": "2024-05-01" } });
        assert_eq!(
            counts(label, record),
            [
                ("/extension/places".to_owned(), 1, 1, 1),
                ("/extension/manager".to_owned(), 0, 1, 1),
                ("/extension/due".to_owned(), 0, 0, 1)
            ]
        );
    }

    #[test]
    fn what_is_in_a_member_is_compared_as_a_whole() {
        let label =
            json!({ "/extension/visit": { "days": { "first": "2024-05-01", "last": "2024-05-02" } } });
        let record = |last: &str| json!({ "extension": { "visit": { "days": { "first": "2024-05-01", "last": last } } } });
        let hits = |last: &str| counts(label.clone(), record(last))[0].1;
        assert_eq!((hits("2024-05-02"), hits("2024-05-03")), (1, 0));
    }

    #[test]
    fn of_rows_the_members_that_the_label_has_are_compared() {
        let label = json!({ "/extension/tests": [{ "test": "Lead", "result": "Pass" }, { "test": "Zinc", "result": null }] });
        let rows =
            json!([{ "test": "Zinc", "result": null, "unit": "mg" }, { "test": "Lead", "result": "Fail" }]);
        let score = counts(label, json!({ "extension": { "tests": rows } }));
        assert_eq!(score, [("/extension/tests".to_owned(), 1, 2, 2)]);
    }
}
