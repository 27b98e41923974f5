//! The front page: title, dates, date of publication.

use nom::Offset;
use std::ops::Range;

use crate::cut::Cut;
use crate::grammar::label::find_label;
use crate::grammar::{DateRanges, date};
use crate::ofsted::dates::find_in;
use crate::outline::{Block, Outline};
use crate::record::{Draft, Evidence, Status};
use crate::text::Text;

/// `title = area ("Inspection of services for …" / "Re-inspection of services for …")`, the area on one line or two
///
/// "Wexcombe County Council" / "Inspection of services for children in need of help and protection, …"
pub fn provider(text: &str) -> Option<&str> {
    let subtitle =
        ["Re-inspection of services for", "Reinspection of services for", "Inspection of services for"];
    let hit = subtitle.iter().find_map(|s| find_label(text, s))?;
    let before = text.head(text.offset(hit)).trim();
    let named = before.chars().filter(|c| c.is_alphabetic()).count() > 2;
    (named && before.split(' ').count() <= 12).then_some(before)
}

/// The blocks of the front page, without furniture and notes.
pub fn blocks(doc: &Outline, front: Range<usize>) -> impl Iterator<Item = &Block> {
    let all = doc.blocks.get(front).unwrap_or_default();
    all.iter().filter(|b| b.is_content())
}

/// `dates = "Inspection date" ["s"] ":" date-ranges`
///
/// "Inspection date: 24 February – 20 March 2015"; the dates may stand in the next block
pub fn dates(doc: &Outline, front: Range<usize>) -> Option<(DateRanges, Evidence)> {
    labelled(doc, front, &["Inspection dates", "Inspection date"])
        .find_map(|text| find_in(&text, "sif.dates"))
}

/// `published = ("Report published" / "Published") ":" date`
pub fn published(doc: &Outline, front: Range<usize>, draft: &mut Draft) {
    let mut seen = false;
    for text in labelled(doc, front, &["Report published", "Published"]) {
        seen = true;
        if let Some(hit) = crate::grammar::find(date::date, text.as_str()) {
            draft.note("/published", text.evidence(hit.slice, "published"));
            draft.record.published = Some(hit.value.to_string());
            return;
        }
    }
    draft.absent("/published", if seen { Status::NotRead } else { Status::NotStated });
}

/// The texts on the front page that contain a label, from the label on, each with the block after it.
fn labelled<'d>(
    doc: &'d Outline,
    front: Range<usize>,
    labels: &'d [&'d str],
) -> impl Iterator<Item = Text> + 'd {
    let blocks: Vec<&Block> = blocks(doc, front).collect();
    (0..blocks.len()).filter_map(move |at| {
        let text = blocks[at].text.as_str();
        let hit = labels.iter().find_map(|l| find_label(text, l))?;
        let range = blocks[at].text.range_of(hit);
        // In the middle of a text a label must have its colon.
        let after = text.tail(range.end).trim_start();
        if range.start > 0 && !after.starts_with(':') {
            return None;
        }
        let whole = Text::join(blocks.tail(at).iter().take(2).map(|b| &b.text), " ");
        let to = whole.as_str().len();
        Some(whole.slice(range.end..to))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::{draft, outline};
    use insta::assert_snapshot;

    #[test]
    fn the_area_stands_above_the_subtitle() {
        let of = |t: &str| provider(t).unwrap_or("-").to_owned();
        let subtitle = "Inspection of services for children in need of help and protection";
        assert_snapshot!(of(&format!("Wexcombe County Council {subtitle}")), @"Wexcombe County Council");
        assert_snapshot!(of(&format!("Eastmere Re-{}", subtitle.to_lowercase())), @"Eastmere");
        assert_snapshot!(of(subtitle), @"-");
    }

    #[test]
    fn dates_follow_their_labels() {
        let doc =
            outline("Wexcombe\n\nInspection date: 3 to 27 June 2014\n\nReport published:\n\n8 August 2014");
        let mut draft = draft(&doc);
        published(&doc, 0..4, &mut draft);
        let (ranges, _) = dates(&doc, 0..4).unwrap();
        assert_snapshot!(format!("{:?}", ranges.start().map(|d| d.to_string())), @r#"Some("2014-06-03")"#);
        assert_snapshot!(draft.record.published.unwrap_or_default(), @"2014-08-08");
    }
}
