//! Lost evidence: values that are unchanged but can't be checked any more.

use indexmap::IndexMap;
use serde_json::Value;

use super::general;
use super::report::LostEvidence;

/// Pointers to values that are equal in both records but have evidence only in the first.
pub fn lost(base: &Value, head: &Value) -> Vec<String> {
    let evidence = base.get("evidence").and_then(Value::as_object).into_iter().flatten();
    let pointers = evidence.filter(|(_, e)| was_read(e)).map(|(pointer, _)| pointer);
    pointers
        .filter(|p| {
            let value = base.pointer(p);
            value.is_some_and(|v| !v.is_null()) && value == head.pointer(p) && !is_read(head, p)
        })
        .cloned()
        .collect()
}

/// Whether evidence says where a value comes from.
fn was_read(evidence: &Value) -> bool {
    evidence.get("status").is_some_and(|s| s == "found" || s == "derived")
}

/// Whether a value has evidence at its own pointer or above it.
fn is_read(record: &Value, pointer: &str) -> bool {
    let Some(evidence) = record.get("evidence").and_then(Value::as_object) else { return false };
    let mut at = pointer;
    loop {
        match (evidence.get(at), at.rfind('/')) {
            (Some(e), _) => return was_read(e),
            (None, Some(up)) => at = &at[..up],
            (None, None) => return false,
        }
    }
}

/// Adds a document's lost evidence, grouped by field.
pub fn add(groups: &mut IndexMap<String, LostEvidence>, document: &str, pointers: &[String]) {
    for pointer in pointers {
        let field = general(pointer);
        let group = groups.entry(field.clone()).or_insert_with(|| LostEvidence {
            field,
            count: 0,
            document: document.to_owned(),
            path: pointer.clone(),
        });
        group.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_that_stayed_must_keep_its_evidence() {
        let found = json!({ "status": "found", "quote": "x" });
        let base = json!({ "published": "2023-01-02", "letter": { "date": "2023-01-03", "subject": "S" },
            "evidence": { "/published": found, "/letter/date": found, "/letter/subject": found } });
        let mut head = base.clone();
        assert_eq!(lost(&base, &head), [""; 0]);
        head["evidence"] = json!({ "/published": { "status": "not-stated" }, "/letter": found });
        assert_eq!(lost(&base, &head), ["/published"], "the letter's evidence stands for its parts");
        head["published"] = "2023-05-05".into();
        assert_eq!(lost(&base, &head), [""; 0], "another value is a change of its own");
    }
}
