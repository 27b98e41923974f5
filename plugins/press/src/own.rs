//! What an article always contains, and consistency checks.

use findings_plugin_sdk::checks::promises::{Edition, Promise};
use findings_plugin_sdk::checks::{Check, Finished, Own, Verdict};
use serde_json::Value;

use crate::FORMAT_ID;

/// Based on the one real article that has been seen.
pub const OWN: Own = Own {
    promises: &[Edition {
        format: FORMAT_ID,
        edition: "web",
        seen: 1,
        promises: &[&[
            Promise::Value("/headline"),
            Promise::AtLeast("/paragraphs", 3),
            Promise::Value("/inspection/regulator"),
        ]],
    }],
    checks: &[
        Check {
            name: "speaker-of-another-council",
            why: "The council that speaks in an article is the one that the article is about",
            held: (1, 1),
            run: speaker,
        },
        Check {
            name: "earlier-after-inspection",
            why: "An earlier inspection was in a year before the one reported, or in the same",
            held: (0, 0),
            run: earlier,
        },
    ],
};

fn list<'v>(article: &'v Value, key: &str) -> &'v [Value] {
    article[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn speaker(finished: &Finished<'_>, verdict: &mut Verdict) {
    let Some(article) = &finished.record.extension else { return };
    let Some(council) = article["provider"]["name"].as_str() else { return };
    for (at, quote) in list(article, "quotes").iter().enumerate() {
        let speaker = quote["attributed_to"].as_str().unwrap_or_default();
        // "A Poole Council spokesperson"; "the council" and a councillor's name say nothing about the area.
        let Some((before, _)) = speaker.split_once(" Council") else { continue };
        let named = before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase));
        if named {
            let pointer = format!("/quotes/{at}/attributed_to");
            verdict.that(before.contains(council), &["/provider/name", &pointer], || {
                format!("the article is about {council}, and it is \u{201c}{speaker}\u{201d} who speaks")
            });
        }
    }
}

fn earlier(finished: &Finished<'_>, verdict: &mut Verdict) {
    let Some(article) = &finished.record.extension else { return };
    let Some(reported) = article["inspection"]["year"].as_u64() else { return };
    for (at, before) in list(article, "earlier").iter().enumerate() {
        if let Some(year) = before["year"].as_u64() {
            let pointer = format!("/earlier/{at}/year");
            verdict.that(year <= reported, &["/inspection/year", &pointer], || {
                format!("the inspection of {year} is called earlier than that of {reported}")
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_plugin_sdk::testing;
    use serde_json::json;

    #[test]
    fn the_council_that_speaks_is_the_one_reported() {
        let by = |who: &str| {
            testing::doubted(
                OWN,
                json!({ "provider": { "name": "Poole" }, "quotes": [{ "attributed_to": who }] }),
            )
        };
        assert!(by("A Poole Council spokesperson").is_empty());
        assert!(by("the council").is_empty());
        assert_eq!(by("A Dorset Council spokesperson"), ["/provider/name", "/quotes/0/attributed_to"]);
    }

    #[test]
    fn what_was_earlier_was_before() {
        let with = |year: u16| {
            testing::doubted(OWN, json!({ "inspection": { "year": 2018 }, "earlier": [{ "year": year }] }))
        };
        assert!(with(2015).is_empty());
        assert_eq!(with(2019), ["/inspection/year", "/earlier/0/year"]);
    }
}
