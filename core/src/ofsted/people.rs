//! The inspectors named in a report.

use std::ops::Range;

use crate::cut::Cut;
use crate::grammar::inspectors::person_role;
use crate::grammar::label::find_label;
use crate::outline::Outline;
use crate::record::{Draft, Inspector, Status};
use crate::text::Text;

/// `lead = "Lead inspector" [":"] person-role`, the title on the same line or the next.
pub fn lead_inspector(doc: &Outline, draft: &mut Draft, blocks: Range<usize>, rule: &str) {
    let front: Vec<&Text> = doc.blocks[blocks].iter().filter(|b| b.is_content()).map(|b| &b.text).collect();
    for (at, text) in front.iter().enumerate() {
        let Some(hit) =
            ["Lead inspector", "Reporting inspector"].iter().find_map(|p| find_label(text.as_str(), p))
        else {
            continue;
        };
        let from = text.range_of(hit).end;
        // The name may be in the block after the label.
        let whole = Text::join(front.tail(at).iter().take(2).copied(), " ");
        let rest = whole.as_str().tail(from).trim_start_matches([':', ' ', '\u{2013}', '-']);
        let Ok((_, who)) = person_role(rest) else { continue };
        let evidence = whole.evidence(who.person.name, rule);
        let n = draft.record.inspectors.len();
        draft.note(format!("/inspectors/{n}"), evidence);
        draft.record.inspectors.push(Inspector {
            name: Some(who.person.value()),
            role: Some("Lead inspector".into()),
            organisation: Some("Ofsted".into()),
            lead: Some(true),
        });
        return;
    }
    draft.absent("/inspectors/0", Status::NotRead);
    draft.warn("lead-inspector-not-read", Some("/inspectors/0"), None, "no lead inspector could be read");
}
