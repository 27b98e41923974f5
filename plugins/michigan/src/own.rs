//! What the form always contains, and a consistency check.

use findings_plugin_sdk::checks::promises::{Edition, Promise};
use findings_plugin_sdk::checks::{Check, Finished, Own, Verdict};
use serde_json::Value;

use crate::FORMAT_ID;

/// What every report contains.
const REPORT: &[Promise] = &[
    Promise::Value("/extension/license_number"),
    Promise::Value("/extension/licensee_name"),
    Promise::Value("/extension/facility_name"),
    Promise::Value("/extension/recommendation"),
    Promise::AtLeast("/inspectors", 1),
];

/// Based on 14 real reports.
pub const OWN: Own = Own {
    promises: &[
        Edition { format: FORMAT_ID, edition: "legacy", seen: 5, promises: &[REPORT] },
        Edition { format: FORMAT_ID, edition: "cwlm", seen: 8, promises: &[REPORT] },
        Edition { format: FORMAT_ID, edition: "study", seen: 1, promises: &[REPORT] },
    ],
    checks: &[Check {
        name: "signed-before-visit",
        why: "The consultant does not sign before the first day on site",
        held: (12, 12),
        run: signed,
    }],
};

fn signed(finished: &Finished<'_>, verdict: &mut Verdict) {
    let extension = finished.record.extension.as_ref();
    let signed = extension.and_then(|e| e["report_date"].as_str());
    let on_site = extension.and_then(|e| e["inspection_dates"].as_array());
    let first = on_site.and_then(|days| days.iter().filter_map(Value::as_str).min());
    // ISO dates sort as strings.
    if let (Some(signed), Some(first)) = (signed, first) {
        verdict.that(first <= signed, &["/extension/report_date", "/extension/inspection_dates"], || {
            format!("signed on {signed}, and first on site on {first}")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_plugin_sdk::testing;
    use serde_json::json;

    fn doubted(extension: serde_json::Value) -> Vec<String> {
        testing::doubted(OWN, extension)
    }

    #[test]
    fn who_signs_has_been_there() {
        let days = json!(["2024-02-01", "2024-03-01"]);
        assert!(doubted(json!({"report_date": "2024-02-01", "inspection_dates": days})).is_empty());
        assert!(doubted(json!({"report_date": null, "inspection_dates": days})).is_empty());
        let early = doubted(json!({"report_date": "2024-01-31", "inspection_dates": days}));
        assert_eq!(early, ["/extension/report_date", "/extension/inspection_dates"]);
    }
}
