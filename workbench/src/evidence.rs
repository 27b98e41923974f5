//! Reads from a stored record where a value was read.

use serde_json::Value;

/// Where a value was read, as far as the record says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The grammar rule.
    pub rule: Option<String>,
    /// The page, from 1.
    pub page: Option<u32>,
    /// The words.
    pub quote: Option<String>,
    /// Repairs to these words.
    pub repairs: Vec<String>,
}

/// The evidence of a value: at its own pointer, or at the nearest one above it.
pub fn of(record: &Value, pointer: &str) -> Place {
    let Some(evidence) = record.get("evidence").and_then(Value::as_object) else { return Place::default() };
    let mut at = pointer;
    let found = loop {
        match (evidence.get(at), at.rfind('/')) {
            (Some(e), _) => break e,
            (None, Some(up)) => at = &at[..up],
            (None, None) => return Place::default(),
        }
    };
    let text = |key: &str| found.get(key).and_then(Value::as_str).map(str::to_owned);
    let repairs = found.get("repairs").and_then(Value::as_array).into_iter().flatten();
    Place {
        rule: text("rule"),
        page: found.pointer("/spans/0/page").and_then(Value::as_u64).and_then(|p| u32::try_from(p).ok()),
        quote: text("quote"),
        repairs: repairs.filter_map(|r| r.as_str().map(str::to_owned)).collect(),
    }
}

/// Whether a diagnostic points at one of these pointers, or at something above or below it.
pub fn is_diagnosed(record: &Value, pointers: &[String]) -> bool {
    let diagnostics = record.get("diagnostics").and_then(Value::as_array).into_iter().flatten();
    let mut paths = diagnostics.filter_map(|d| d.get("path")?.as_str()).filter(|p| !p.is_empty());
    paths.any(|path| pointers.iter().any(|p| within(p, path) || within(path, p)))
}

pub use findings_core::record::within;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_nearest_evidence_counts() {
        let record = json!({ "evidence": {
            "/letter/recipients/0": { "status": "found", "rule": "a", "quote": "Ann", "spans": [{ "page": 2 }] },
        } });
        let place = of(&record, "/letter/recipients/0/name");
        assert_eq!((place.rule.as_deref(), place.page), (Some("a"), Some(2)));
        assert_eq!(of(&record, "/letter/date"), Place::default());
    }

    #[test]
    fn diagnostics_touch_what_is_above_and_below() {
        let record = json!({ "diagnostics": [{ "path": "/judgements/1" }, { "path": null }] });
        let touched = |p: &str| is_diagnosed(&record, &[p.to_owned()]);
        assert!(touched("/judgements/1/grade") && touched("/judgements"));
        assert!(!touched("/judgements/10/grade") && !touched("/provider/name"));
    }
}
