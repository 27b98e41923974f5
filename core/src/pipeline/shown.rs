//! Converts evidence to the page as it is displayed.

use serde_json::Value;

use super::Extracted;
use crate::text::{BBox, Page, TextLayer};

/// Turns the boxes of evidence back where a page was turned to make its text upright.
pub(super) fn as_shown(mut extracted: Extracted, layer: &TextLayer) -> Extracted {
    let turned = |page: u64| layer.pages.get(page.checked_sub(1)? as usize).filter(|p| p.turn != 0);
    let shown =
        |page: &Page, [x0, top, x1, bottom]: [f32; 4]| page.shown(BBox { x0, top, x1, bottom }).rounded();
    if layer.pages.iter().all(|p| p.turn == 0) {
        return extracted;
    }
    match &mut extracted {
        Extracted::Inspection(record) => {
            for span in record.evidence.values_mut().flat_map(|e| &mut e.spans) {
                if let (Some(page), Some(bbox)) = (turned(span.page.into()), span.bbox) {
                    span.bbox = Some(shown(page, bbox));
                }
            }
        }
        Extracted::Other(record) => {
            let evidence = record.get_mut("evidence").and_then(Value::as_object_mut);
            let entries = evidence.into_iter().flat_map(|e| e.values_mut());
            let spans = entries.filter_map(|e| e.get_mut("spans")?.as_array_mut()).flatten();
            for span in spans {
                let bbox = serde_json::from_value::<[f32; 4]>(span["bbox"].clone());
                if let (Some(page), Ok(bbox)) = (span["page"].as_u64().and_then(turned), bbox) {
                    span["bbox"] = serde_json::json!(shown(page, bbox));
                }
            }
        }
    }
    extracted
}
