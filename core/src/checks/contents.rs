//! Compares the contents page with the headings in the body.

use super::spelling::is_damaged;
use super::{Check, Finished, Verdict};
use crate::alike::{is_near, letters};
use crate::cut::Cut;
use crate::ofsted::contents::{self, key};
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "contents-not-headings",
    why: "Every entry of the contents page is a heading in the body",
    held: (55, 55),
    run: headings,
}];

fn headings(f: &Finished<'_>, verdict: &mut Verdict) {
    let contents = contents::read(f.doc);
    if contents.entries.len() < 3 {
        return;
    }
    let headings: Vec<String> =
        f.record.sections.iter().filter_map(|s| s.heading.as_deref()).map(key).collect();
    let damaged = f.doc.kind == LayerKind::PlainText && is_damaged(f);
    let titled = |e: &&String| e.starts_with("section ") || *e == "contents";
    for entry in contents.entries.iter().filter(|e| !titled(e)) {
        let heads = headings.iter().any(|h| {
            h == entry
                || h.starts_with(entry)
                || entry.starts_with(h.as_str()) && h.len() > 12
                || damaged && begins_like(h, entry)
        });
        verdict.that(heads, &["/sections"], || format!("“{entry}” of the contents page heads no section"));
    }
}

/// In a damaged line, one letter in this many may be misread.
const MISREAD: usize = 10;

/// Whether one of a heading and an entry begins with the other, apart from a few letters.
fn begins_like(heading: &str, entry: &str) -> bool {
    let (heading, entry) = (letters(heading), letters(entry));
    let len = heading.len().min(entry.len());
    len > 6 && is_near(heading.head(len), entry.head(len), MISREAD)
}

#[cfg(test)]
mod tests {
    use super::begins_like;

    #[test]
    fn an_entry_may_be_misread() {
        assert!(begins_like("the local authority", "thelocal authority"));
        assert!(begins_like(
            "leadership management and governance",
            "16 leadersbip management and governance"
        ));
        assert!(!begins_like("the local safeguarding children board", "the local authority"));
    }
}
