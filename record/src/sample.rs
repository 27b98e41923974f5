//! A small record for tests and examples.

use serde_json::json;

use super::Record;

/// A small record that conforms to its schema, for tests and examples.
pub fn sample() -> Record {
    serde_json::from_value(json!({
        "schema": super::SCHEMA_ID,
        "document": {
            "source": "-", "sha256": "00".repeat(32), "bytes": 10, "media_type": "text/plain", "pages": 1,
            "title": null, "producer": null, "created": null, "text_layer": "plain-text",
            "words": { "total": 2, "sections": 2, "front": 0, "notes": 0, "furniture": 0, "unread": 0 }
        },
        "format": { "id": "ofsted.ilacs.inspection", "edition": "2023" },
        "run": { "tool": "findings", "text_engine": "findings-plain", "plugin": null },
        "regulator": "ofsted",
        "provider": {
            "name": "Poole", "printed": "Borough of Poole", "kind": "local-authority",
            "ids": { "ons": "E06000029", "dfe": "836", "ofsted_urn": "80572" }, "region": "South West",
            "ids_current": null, "successors": []
        },
        "inspection": {
            "framework": "ILACS", "type": "standard", "theme": null, "start": "2023-01-16", "end": "2023-01-27",
            "visits": [ { "start": "2023-01-16", "end": "2023-01-27" } ]
        },
        "published": null, "letter": null, "inspectors": [],
        "judgements": [ {
            "area": "overall-effectiveness", "label": "Overall effectiveness", "grade": "good",
            "printed": "Good", "scale": "ofsted-4", "rank": 2
        } ],
        "improvements": [], "strengths": [],
        "sections": [ {
            "heading": "Findings", "kind": "findings", "level": 1, "parent": null, "area": null, "grade": null,
            "blocks": [ { "type": "paragraph", "text": "Two words" } ]
        } ],
        "footnotes": [], "figures": [], "mentions": [], "extension": null,
        "evidence": { "/published": { "status": "not-stated" } },
        "diagnostics": []
    }))
    .expect("the sample is a record")
}
