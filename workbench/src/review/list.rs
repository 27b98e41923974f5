//! Lists the values in doubt, the worst first.

use findings_core::record::{Severity, weight_of_doubt};
use findings_core::{Doubt, doubts_of_json};
use serde::Serialize;
use serde_json::Value;

use crate::text_table::shorten;

/// A value that should be looked at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// The document.
    pub document: String,
    /// What is in doubt: JSON Pointer, code, severity, message, page, quote.
    #[serde(flatten)]
    pub doubt: Doubt,
    /// The value as read; null if it was not read.
    pub value: Value,
}

/// The values in doubt in records and error reports, the worst first: documents without a record, then by severity, then by
/// what depends on the value (grades, dates, provider, people, lists, figures and mentions, body text), and values that may be
/// wrong before values that are missing.
pub fn list(records: &[Value]) -> Vec<Listed> {
    let mut all: Vec<Listed> = records.iter().flat_map(of_record).collect();
    // The sort is stable: within a rank, documents stay in order.
    all.sort_by_key(|l| {
        let no_record = l.doubt.pointer.is_empty() && l.doubt.severity == Severity::Error;
        let weight = weight_of_doubt(&l.doubt.pointer);
        (!no_record, l.doubt.severity != Severity::Error, weight, l.value.is_null())
    });
    all
}

fn of_record(record: &Value) -> Vec<Listed> {
    let document = record.pointer("/document/source").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(error) = record.get("error") {
        let text = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let doubt = Doubt {
            pointer: String::new(),
            code: text("code"),
            severity: Severity::Error,
            message: text("message"),
            page: None,
            quote: None,
        };
        return vec![Listed { document, doubt, value: Value::Null }];
    }
    let with_value = |doubt: Doubt| {
        let value = record.pointer(&doubt.pointer).filter(|_| !doubt.pointer.is_empty());
        Listed { document: document.clone(), value: value.cloned().unwrap_or_default(), doubt }
    };
    doubts_of_json(record).into_iter().map(with_value).collect()
}

/// The list for a terminal, with a few lines for each value.
pub fn table(listed: &[Listed]) -> String {
    let mut out = String::new();
    for l in listed {
        let d = &l.doubt;
        let field = if d.pointer.is_empty() { "the whole document" } else { &d.pointer };
        let page = d.page.map(|p| format!("  page {p}")).unwrap_or_default();
        out.push_str(&format!("{}  {field}{page}\n", l.document));
        out.push_str(&format!("    {}: {}\n", d.code, shorten(&d.message, 160)));
        if !l.value.is_null() {
            out.push_str(&format!("    read as {}\n", shorten(&l.value.to_string(), 120)));
        }
        if let Some(quote) = &d.quote {
            out.push_str(&format!("    “{}”\n", shorten(quote, 120)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_worst_comes_first() {
        let doubt = |severity: &str, path: &str| json!({ "severity": severity, "code": "c", "path": path, "message": "m", "page": 2 });
        let records = [
            json!({ "document": { "source": "a" }, "published": null, "theme": "x",
                    "diagnostics": [doubt("warning", "/theme"), doubt("warning", "/published")] }),
            json!({ "document": { "source": "b" }, "theme": "x", "diagnostics": [doubt("error", "/theme")] }),
            json!({ "document": { "source": "d" }, "judgements": [{ "grade": "good" }], "inspection": { "end": "2023-05-05" },
                    "diagnostics": [doubt("warning", "/inspection/end"), doubt("warning", "/judgements/0/grade")] }),
            json!({ "document": { "source": "c" }, "error": { "code": "encrypted", "message": "locked" } }),
        ];
        insta::assert_snapshot!(table(&list(&records)), @r#"
        c  the whole document
            encrypted: locked
        b  /theme  page 2
            c: m
            read as "x"
        d  /judgements/0/grade  page 2
            c: m
            read as "good"
        d  /inspection/end  page 2
            c: m
            read as "2023-05-05"
        a  /published  page 2
            c: m
        a  /theme  page 2
            c: m
            read as "x"
        "#);
    }
}
