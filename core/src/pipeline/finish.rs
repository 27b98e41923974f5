//! The draft that a format fills, and the steps that complete every draft afterwards.

use super::{TOOL, certainty, doubt};
use crate::checks::{self, Finished, Own, ledger, promises};
use crate::format::FormatInfo;
use crate::ofsted;
use crate::outline::{Outline, Role};
use crate::record::{DocumentInfo, Draft, Part, Record, Run, Status, WordCount};
use crate::text::TextLayer;

/// If furniture has a larger share of the words than this, the record gets a warning.
const FURNITURE: f32 = 0.15;

/// An empty draft for a format. Each block is assigned to a part of the record as far as its role shows it.
pub(crate) fn draft(
    document: DocumentInfo,
    layer: &TextLayer,
    outline: &Outline,
    format: &FormatInfo,
) -> Draft {
    let parts = outline
        .blocks
        .iter()
        .map(|b| match b.role {
            Role::Furniture => Part::Furniture,
            Role::Footnote => Part::Note,
            _ => Part::Front,
        })
        .collect();
    let run = Run { tool: TOOL.into(), text_engine: layer.engine.clone(), plugin: None };
    Draft::new(document, format.id, format.regulator, run, parts)
}

/// Who reads the document's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Core.
    Ours,
    /// A plugin.
    Foreign,
}

/// Completes a draft: reads footnotes, counts words, withholds uncertain values, and runs the checks. `own` has the
/// promises and checks of the format itself.
///
/// Core's general rules about letters and reports (their regions, how they end, what they repeat) apply only to the
/// forms that it reads itself. Foreign forms are checked mainly against what they promise themselves.
pub(crate) fn finish(mut draft: Draft, outline: &Outline, layer: &TextLayer, own: Own, form: Form) -> Record {
    draft.absent("/footnotes", Status::NotStated);
    ofsted::body::footnotes(outline, &mut draft);
    let mut words = WordCount { total: draft.record.document.words.total, ..WordCount::default() };
    for (block, part) in outline.blocks.iter().zip(&draft.parts) {
        *match part {
            Part::Front => &mut words.front,
            Part::Section => &mut words.sections,
            Part::Note => &mut words.notes,
            Part::Furniture => &mut words.furniture,
        } += block.words;
    }
    draft.record.document.words = words;
    draft.resolve_lists();
    draft.resolve_lead();
    let share = words.furniture as f32 / words.total.max(1) as f32;
    if share > FURNITURE {
        let message =
            format!("{:.0} % of the words were taken as headers, footers and the like", share * 100.0);
        draft.warn("furniture-large", Some("/document/words/furniture"), None, message);
    }
    doubt::tell(&mut draft, outline, layer, form);
    certainty::withhold(&mut draft.record, layer);
    if form == Form::Ours {
        ofsted::provider::put_right(&mut draft.record, outline);
    }
    promises::hold(&mut draft.record, own.promises);
    let unread = match form {
        Form::Ours => ledger::hold(&mut draft.record, outline, &draft.parts),
        Form::Foreign => 0,
    };
    let words = &mut draft.record.document.words;
    words.unread = unread.min(words.front);
    words.front -= words.unread;
    let finished = Finished { record: &draft.record, doc: outline, parts: &draft.parts };
    let mut doubts = match form {
        Form::Ours => checks::run(&finished, checks::all()),
        Form::Foreign => checks::run_foreign(&finished),
    };
    doubts.extend(checks::run(&finished, own.checks.iter()));
    draft.record.diagnostics.extend(doubts);
    draft.record
}
