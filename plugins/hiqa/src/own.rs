//! What the form always contains, and a consistency check.

use findings_plugin_sdk::checks::promises::{Edition, Promise};
use findings_plugin_sdk::checks::{Check, Finished, Own, Verdict};
use serde_json::Value;

use crate::FORMAT_ID;

/// Based on four real reports.
pub const OWN: Own = Own {
    promises: &[Edition {
        format: FORMAT_ID,
        edition: "disabilities",
        seen: 4,
        promises: &[&[
            Promise::Value("/provider/name"),
            Promise::Value("/inspection/start"),
            Promise::Value("/judgements"),
            Promise::AtLeast("/inspectors", 1),
            Promise::Value("/extension/centre_id"),
            Promise::Value("/extension/fieldwork_id"),
        ]],
    }],
    checks: &[Check {
        name: "plan-judgment-differs",
        why: "The compliance plan repeats the judgment of its regulation",
        held: (4, 4),
        run: plan,
    }],
};

/// Compares the regulations in the plan with those in the report, matched by number and act.
fn plan(finished: &Finished<'_>, verdict: &mut Verdict) {
    let Some(extension) = &finished.record.extension else { return };
    let list = |key: &str| extension[key].as_array().map(Vec::as_slice).unwrap_or_default();
    for (at, planned) in list("compliance_plan").iter().enumerate() {
        let same = |r: &&Value| {
            r["number"] == planned["regulation_number"]
                && r["act"] == planned["act"]
                && r["judgment"].is_string()
        };
        let mut regulations = list("regulations").iter().enumerate().filter(|(_, r)| same(r));
        // If a regulation is judged twice, there is no single judgment to compare with.
        let (Some((of, regulation)), None) = (regulations.next(), regulations.next()) else { continue };
        if !planned["judgment"].is_string() {
            continue;
        }
        let pointers = [
            format!("/extension/compliance_plan/{at}/judgment"),
            format!("/extension/regulations/{of}/judgment"),
        ];
        verdict.that(planned["judgment"] == regulation["judgment"], &[&pointers[0], &pointers[1]], || {
            format!("the plan says {}, the report {}", planned["judgment"], regulation["judgment"])
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
    fn a_plan_repeats_its_regulations_judgment() {
        let with = |planned: &str| {
            json!({
                "regulations": [{"number": "15", "act": null, "judgment": "compliant"}],
                "compliance_plan": [{"regulation_number": "15", "act": null, "judgment": planned}],
            })
        };
        assert!(doubted(with("compliant")).is_empty());
        let places = ["/extension/compliance_plan/0/judgment", "/extension/regulations/0/judgment"];
        assert_eq!(doubted(with("not-compliant")), places);
    }
}
