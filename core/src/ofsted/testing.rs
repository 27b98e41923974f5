//! Fictional documents for the tests of the grammars.

use crate::format::Format;
use crate::outline::Outline;
use crate::record::{DocumentInfo, Draft, Part, Record, Run};
use crate::text::plain;

/// The outline of a plain text, in which empty lines separate blocks.
pub(crate) fn outline(text: &str) -> Outline {
    Outline::build(&plain::read(text))
}

/// An empty draft of a document's record.
pub(crate) fn draft(doc: &Outline) -> Draft {
    let run = Run { tool: "test".into(), text_engine: "test".into(), plugin: None };
    let parts = vec![Part::Section; doc.blocks.len()];
    Draft::new(DocumentInfo::default(), "test", "ofsted", run, parts)
}

/// The record that a format reads from a fictional text.
pub(crate) fn record(format: &dyn Format, text: &str) -> Record {
    let mut layer = plain::read(text);
    crate::repair::plain_text(&mut layer);
    let mut doc = Outline::build(&layer);
    doc.promote(|line| format.is_heading(line));
    let mut draft = draft(&doc);
    draft.parts.fill(Part::Front);
    format.read(&doc, &mut draft);
    draft.record
}

/// What a format reads from a fictional letter, one line for each field.
pub(crate) fn letter(format: &dyn Format, text: &str) -> String {
    let r = record(format, text);
    let frame = r.letter.clone().unwrap_or_default();
    let text = |t: &Option<String>| t.clone().unwrap_or("-".into());
    let one = |parts: [&Option<String>; 3]| parts.map(text).join(", ");
    let recipients = frame.recipients.iter().map(|x| one([&x.name, &x.role, &x.organisation]));
    let signed = frame.signatories.iter().map(|x| one([&x.name, &x.role, &x.organisation]));
    let headed = r.sections.iter().map(|s| format!("{} {} ({})", s.level, text(&s.heading), s.kind));
    let list = |items: Vec<String>| items.join(" / ");
    let visits = r.inspection.visits.iter().map(|v| format!("{}..{}", v.start, v.end));
    let lead = |i: &crate::record::Inspector| if i.lead == Some(true) { "*" } else { "" };
    let inspectors = r.inspectors.iter().map(|i| format!("{}{}", text(&i.name), lead(i)));
    [
        format!("edition {} with {}", r.format.edition, r.with.join(" ")),
        format!("provider {} | {}", text(&r.provider.name), text(&r.provider.printed)),
        format!("letter {} to {}", text(&frame.date), list(recipients.collect())),
        format!("dear {} | {}", text(&frame.salutation), text(&frame.subject)),
        format!("visits {} | theme {}", list(visits.collect()), text(&r.inspection.theme)),
        format!("inspectors {}", list(inspectors.collect())),
        format!("improve {}", list(r.improvements.iter().map(|i| i.text.clone()).collect())),
        format!("strengths {}", list(r.strengths.iter().map(|i| i.text.clone()).collect())),
        format!("sections {}", list(headed.collect())),
        format!("signed {}", list(signed.collect())),
    ]
    .join("\n")
}
