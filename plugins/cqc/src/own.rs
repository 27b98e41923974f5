//! What the form always contains, and a consistency check.

use findings_plugin_sdk::checks::promises::{Edition, Promise};
use findings_plugin_sdk::checks::{Check, Finished, Own, Verdict};

use crate::FORMAT_ID;

/// Based on one real report.
pub const OWN: Own = Own {
    promises: &[Edition {
        format: FORMAT_ID,
        edition: "2018",
        seen: 1,
        promises: &[&[
            Promise::Value("/provider/name"),
            Promise::Value("/inspection/start"),
            Promise::Value("/published"),
            Promise::Value("/judgements"),
            Promise::Value("/extension/location"),
            Promise::Value("/extension/overall_rating"),
            Promise::AtLeast("/extension/ratings", 5),
        ]],
    }],
    checks: &[Check {
        name: "overall-rating-out-of-range",
        why: "The overall rating is not better than the best of the five, nor worse than the worst",
        held: (1, 1),
        run: overall,
    }],
};

fn overall(finished: &Finished<'_>, verdict: &mut Verdict) {
    const RANKS: [&str; 4] = ["outstanding", "good", "requires-improvement", "inadequate"];
    let Some(extension) = &finished.record.extension else { return };
    let rank = |code: &str| RANKS.iter().position(|r| *r == code);
    let five = extension["ratings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ranks: Vec<usize> = five.iter().filter_map(|r| rank(r["rating"].as_str()?)).collect();
    let overall = extension["overall_rating"].as_str().and_then(rank);
    if let (Some(overall), Some(best), Some(worst)) = (overall, ranks.iter().min(), ranks.iter().max()) {
        let within = (*best..=*worst).contains(&overall);
        verdict.that(within, &["/extension/overall_rating", "/extension/ratings"], || {
            format!("{} overall, and the five from {} to {}", RANKS[overall], RANKS[*best], RANKS[*worst])
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
    fn an_overall_rating_is_among_the_five() {
        let with = |overall: &str| json!({"overall_rating": overall, "ratings": [{"rating": "good"}, {"rating": "requires-improvement"}]});
        assert!(doubted(with("good")).is_empty());
        assert_eq!(doubted(with("inadequate")), ["/extension/overall_rating", "/extension/ratings"]);
    }
}
