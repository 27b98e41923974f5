//! Marks the values that are in doubt because part of the document is missing or garbled.

use super::Form;
use crate::cut::Cut;
use crate::outline::{Outline, Role};
use crate::record::{Diagnostic, Draft, Evidence, Part, Record, Severity, Status};
use crate::text::{Gap, TextLayer};

/// The lists that may be incomplete if pages are missing.
const LISTS: &[&str] = &[
    "/sections",
    "/improvements",
    "/strengths",
    "/judgements",
    "/inspectors",
    "/letter/recipients",
    "/letter/signatories",
];

/// The character that stands for one that could not be decoded.
const LOST: char = '\u{fffd}';

/// Sections that may end without a full stop.
const LOOSE_ENDS: &[&str] = &["team", "about-inspection", "judgement-area", "other"];

/// Adds to a record the doubts that follow from the gaps in its document.
pub(super) fn tell(draft: &mut Draft, outline: &Outline, layer: &TextLayer, form: Form) {
    let mut gaps = layer.gaps.clone();
    if form == Form::Ours {
        gaps.extend(breaks_off(draft, outline));
    }
    let record = &mut draft.record;
    for gap in &gaps {
        if gap.garbled {
            garbled(record, gap);
        } else {
            missing(record, gap);
        }
    }
    if form == Form::Ours {
        unsigned(record);
    }
    lost_characters(record);
}

/// Text is missing: lists may be incomplete, and values that were not found may have been there.
fn missing(record: &mut Record, gap: &Gap) {
    for evidence in record.evidence.values_mut().filter(|e| e.status == Status::NotStated) {
        evidence.status = Status::NotRead;
    }
    let status = |path: &str| record.evidence.get(path).map(|e| e.status);
    let (letter, empty) = (record.letter.is_some(), |path: &str| status(path) == Some(Status::NotApplicable));
    let paths: Vec<&str> =
        LISTS.iter().copied().filter(|p| !empty(p) && (letter || !p.starts_with("/letter"))).collect();
    for path in paths {
        warn(record, gap.code, path, gap.page, &gap.message);
    }
}

/// The text of a page may be wrong, and so may everything read from it.
fn garbled(record: &mut Record, gap: &Gap) {
    let on_page = |e: &Evidence| e.spans.iter().any(|s| Some(s.page) == gap.page);
    let mut paths: Vec<String> = Vec::new();
    for (pointer, _) in record.evidence.iter().filter(|(_, e)| on_page(e)) {
        let field: Vec<&str> = pointer.split('/').take(3).collect();
        let field = match field.as_slice() {
            ["", list @ ("sections" | "footnotes" | "mentions" | "figures"), ..] => format!("/{list}"),
            _ => field.join("/"),
        };
        if !paths.contains(&field) {
            paths.push(field);
        }
    }
    for path in paths {
        warn(record, gap.code, &path, gap.page, &gap.message);
    }
}

/// If the text ends inside a sentence, the rest is missing.
fn breaks_off(draft: &Draft, outline: &Outline) -> Option<Gap> {
    // A signature shows that the letter is complete.
    if draft.record.letter.as_ref().is_some_and(|l| !l.signatories.is_empty()) {
        return None;
    }
    let last = outline.blocks.iter().zip(&draft.parts).rposition(|(b, part)| {
        *part == Part::Section && matches!(b.role, Role::Paragraph | Role::Bullet(_)) && b.words > 0
    })?;
    let (block, behind) = outline.blocks.tail(last).split_first()?;
    // Where a table follows, as that of the grades does, the text is not cut: a full stop is missing.
    if behind.iter().any(|b| b.role == Role::Table) {
        return None;
    }
    let kind = draft.record.sections.last().map(|s| s.kind.as_str())?;
    let text = block.text.as_str().trim_end_matches(['\u{2019}', '\u{201d}', '\'', '"', ')', ']']);
    let ended = text.ends_with(['.', '?', '!', ':', ';']) || text.ends_with(char::is_numeric);
    (!ended && !LOOSE_ENDS.contains(&kind) && block.words > 3).then(|| Gap {
        code: "text-breaks-off",
        page: Some(block.last_page),
        garbled: false,
        message: "the text ends inside a sentence: what comes after it is missing".into(),
    })
}

/// Every letter is signed. If no signature was found, the end of the letter was not read.
fn unsigned(record: &mut Record) {
    let Some(letter) = &record.letter else { return };
    if !letter.signatories.is_empty() {
        return;
    }
    if let Some(evidence) = record.evidence.get_mut("/letter/signatories") {
        evidence.status = Status::NotRead;
    }
    warn(
        record,
        "signature-not-read",
        "/letter/signatories",
        None,
        "the letter has no signature that could be read",
    );
}

/// A provider's name with lost characters is removed; other values with lost characters get a warning.
fn lost_characters(record: &mut Record) {
    for (path, value) in
        [("/provider/name", &mut record.provider.name), ("/provider/printed", &mut record.provider.printed)]
    {
        if value.as_ref().is_some_and(|v| v.contains(LOST)) {
            *value = None;
            if let Some(evidence) = record.evidence.get_mut(path) {
                evidence.status = Status::Illegible;
            }
        }
    }
    let lost = |e: &Evidence| e.quote.as_ref().is_some_and(|q| q.contains(LOST));
    let paths: Vec<(String, Option<u32>)> = record
        .evidence
        .iter()
        .filter(|(_, e)| lost(e) && e.repairs.is_none())
        .map(|(p, e)| (p.clone(), e.spans.first().map(|s| s.page)))
        .collect();
    for (path, page) in paths {
        warn(record, "characters-lost", &path, page, "characters of the text are lost here (\u{fffd})");
    }
}

fn warn(record: &mut Record, code: &str, path: &str, page: Option<u32>, message: &str) {
    record.diagnostics.push(Diagnostic {
        severity: Severity::Warning,
        code: code.to_owned(),
        path: Some(path.to_owned()),
        message: message.to_owned(),
        page,
    });
}
