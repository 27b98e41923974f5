//! What every document of an edition contains. Anything missing is reported at its own pointer.

use std::fmt;

use serde::Serialize;

use crate::ofsted::sif;
use crate::record::{Diagnostic, Record, SectionBlock, Severity, Status, within};

/// What all documents of an edition contain.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Edition {
    /// The format's ID.
    pub format: &'static str,
    /// The edition.
    pub edition: &'static str,
    /// The number of real documents counted. Each contains everything promised.
    pub seen: u32,
    /// The promises: those shared with other editions of the format, then its own.
    pub promises: &'static [&'static [Promise]],
}

impl Edition {
    /// All promises.
    pub fn all(self) -> impl Iterator<Item = Promise> {
        self.promises.iter().copied().flatten().copied()
    }
}

/// Something that every document of an edition contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Promise {
    /// A value, or a non-empty list, by JSON Pointer.
    Value(&'static str),
    /// A list of at least this length, by JSON Pointer.
    AtLeast(&'static str, usize),
    /// A section of this kind.
    Section(&'static str),
    /// A judgement for each of these areas.
    Judgements(&'static [&'static str]),
    /// Numbered paragraphs.
    Numbers,
}

use Promise::{AtLeast, Judgements, Numbers, Section, Value};

/// A named lead inspector.
const LEAD: Promise = Value("/inspectors/lead");

const FRAME: &[Promise] = &[
    Value("/provider/name"),
    Value("/inspection/start"),
    Value("/inspection/end"),
    Value("/letter/date"),
    Value("/letter/salutation"),
    Value("/letter/subject"),
    Value("/letter/recipients"),
    Value("/letter/recipients/0/postcode"),
    Value("/letter/signatories"),
    Value("/letter/signatories/0/role"),
    AtLeast("/inspectors", 2),
];

const JOINT_FRAME: &[Promise] = &[
    Value("/provider/name"),
    Value("/inspection/start"),
    Value("/inspection/end"),
    Value("/inspection/theme"),
    Value("/letter/date"),
    Value("/letter/salutation"),
    Value("/letter/subject"),
    AtLeast("/letter/recipients", 3),
    Value("/letter/recipients/0/role"),
    AtLeast("/letter/signatories", 2),
    Value("/letter/signatories/0/role"),
    Value("/improvements"),
    Section("about-inspection"),
    Section("improvements"),
    Section("next-steps"),
];

const REPORT: &[Promise] =
    &[Value("/provider/name"), Value("/inspection/start"), Value("/inspection/end"), LEAD];

const SIF: &[Promise] = &[
    AtLeast("/inspectors", 2),
    Value("/improvements"),
    Value("/figures"),
    Judgements(sif::JUDGED),
    Section("about-inspection"),
    Section("executive-summary"),
    Section("local-area-information"),
    Section("leadership"),
    Section("team"),
    Section("judgement-area"),
];

/// An edition with its promises, shared ones first.
macro_rules! editions {
    ($($format:literal $edition:literal $seen:literal $($shared:ident)* [$($promise:expr),* $(,)?]);* $(;)?) => {
        &[$(Edition { format: $format, edition: $edition, seen: $seen, promises: &[$($shared,)* &[$($promise),*]] }),*]
    };
}

/// Counted over 319 real documents; the number beside each edition is its share.
const EDITIONS: &[Edition] = editions![
    "ofsted.ilacs.focused-visit" "2018" 40 FRAME [
        Value("/inspection/theme"), Value("/improvements"),
        Section("about-inspection"), Section("overview"), Section("findings"), Section("improvements"),
    ];
    "ofsted.ilacs.focused-visit" "2021" 12 FRAME [
        Value("/improvements"), Section("about-inspection"), Section("findings"), Section("improvements"),
    ];
    "ofsted.ilacs.focused-visit" "2022" 68 FRAME [
        Value("/inspection/theme"),
        Section("about-inspection"), Section("headline-findings"), Section("findings"),
    ];
    "ofsted.ilacs.monitoring-visit" "2016" 0 FRAME [Value("/inspection/theme"), Section("findings")];
    "ofsted.ilacs.monitoring-visit" "2018" 0 FRAME [Value("/inspection/theme"), Section("findings")];
    "ofsted.ilacs.monitoring-visit" "2021" 0 FRAME [Value("/inspection/theme"), Section("findings")];
    "ofsted.ilacs.monitoring-visit" "2022" 0 FRAME [Value("/inspection/theme"), Section("findings")];
    "ofsted.ilacs.inspection" "2018" 49 REPORT [
        Judgements(&["overall-effectiveness", "leadership", "help-and-protection", "children-in-care-and-care-leavers"]),
        Value("/improvements"), Numbers,
        Section("overview"), Section("improvements"), Section("judgement-area"),
    ];
    "ofsted.ilacs.inspection" "2023" 57 REPORT [
        Judgements(&["overall-effectiveness", "leadership", "help-and-protection", "children-in-care", "care-leavers"]),
        Numbers, Section("overview"), Section("judgement-area"),
    ];
    "ofsted.ilacs.inspection" "2026" 1 REPORT [
        Judgements(&["leadership", "help-and-protection", "children-in-care", "care-leavers"]),
        Numbers, Section("overview"), Section("judgement-area"),
    ];
    "ofsted.jtai.inspection" "2016" 7 JOINT_FRAME [Value("/strengths"), Section("strengths")];
    "ofsted.jtai.inspection" "2022" 10 JOINT_FRAME [Section("headline-findings"), Section("findings")];
    "ofsted.area-send.inspection" "2023" 20 REPORT [
        AtLeast("/inspectors", 2), Value("/improvements"), Judgements(&["send-outcome"]),
        Section("outcome"), Section("local-area-information"), Section("findings"), Section("improvements"),
        Section("about-inspection"), Section("team"),
    ];
    "ofsted.safeguarding.inspection" "2013" 2 REPORT [
        Value("/published"), Value("/improvements"), Numbers, Section("outcome"), Section("improvements"),
    ];
    "ofsted.sif.inspection" "2013" 9 REPORT SIF [Section("improvements")];
    "ofsted.sif.inspection" "2014" 7 REPORT SIF [Numbers, Value("/published"), Section("improvements")];
    "ofsted.sif.lscb-review" "2014" 1 REPORT [
        AtLeast("/inspectors", 2), Value("/improvements"), Value("/figures"), Value("/published"), Numbers,
        Judgements(&["lscb"]), Section("executive-summary"), Section("recommendations"), Section("about-inspection"),
    ];
    "ofsted.sif.inspection" "2015" 37 REPORT SIF [Numbers, Value("/published"), Section("recommendations")];
];

impl fmt::Display for Promise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value(pointer) => write!(f, "{pointer}"),
            AtLeast(pointer, least) => write!(f, "{pointer}: at least {least}"),
            Section(kind) => write!(f, "a section {kind}"),
            Judgements(areas) => write!(f, "judgements of {}", areas.join(", ")),
            Numbers => write!(f, "numbered paragraphs"),
        }
    }
}

/// All editions of core's formats.
pub fn all() -> impl Iterator<Item = Edition> {
    EDITIONS.iter().copied()
}

/// The promises of one of core's editions.
pub fn of(format: &str, edition: &str) -> Option<Edition> {
    all().find(|e| e.format == format && e.edition == edition)
}

/// Reports broken promises. A promised value can't be "not stated": the document has it, so it was not read.
pub(crate) fn hold(record: &mut Record, own: &[Edition]) {
    let (format, edition) = (record.format.id.as_str(), record.format.edition.as_str());
    let of_own = own.iter().copied().find(|e| e.format == format && e.edition == edition);
    let Some(known) = of_own.or_else(|| of(format, edition)) else { return };
    let mut gone = 0;
    for promise in known.all() {
        let missing = missing(record, promise);
        gone += usize::from(!missing.is_empty());
        for (pointer, what) in missing {
            say(record, &pointer, &what, known.seen);
        }
    }
    // If so much is missing, part of the document was not read, and nothing can be said about what it contains.
    if gone >= MANY {
        for pointer in OF_BODY {
            let Some(evidence) = record.evidence.get_mut(*pointer) else { continue };
            if evidence.status == Status::NotStated {
                evidence.status = Status::NotRead;
            }
        }
    }
}

/// This many broken promises mean that part of the document was not read.
const MANY: usize = 3;
/// Optional fields that are read from the body.
const OF_BODY: &[&str] = &["/inspection/theme", "/improvements", "/strengths", "/mentions", "/figures"];

fn say(record: &mut Record, pointer: &str, what: &str, seen: u32) {
    if let Some(evidence) = record.evidence.get_mut(pointer)
        && evidence.status == Status::NotStated
    {
        evidence.status = Status::NotRead;
    }
    let below = |p: &str| within(p, pointer);
    let said = |d: &Diagnostic| d.severity != Severity::Info && d.path.as_deref().is_some_and(below);
    if record.diagnostics.iter().any(said) {
        return;
    }
    let counted = match seen {
        0 => "by its framework".to_owned(),
        seen => format!("each of {seen} known documents"),
    };
    record.diagnostics.push(Diagnostic {
        severity: Severity::Warning,
        code: "expected-missing".into(),
        path: Some(pointer.to_owned()),
        message: format!("{what}, which a document of edition {} has ({counted})", record.format.edition),
        page: None,
    });
}

/// The pointers at which something promised is missing, with a description.
fn missing(record: &Record, promise: Promise) -> Vec<(String, String)> {
    match promise {
        Value("/inspectors/lead") => {
            let led = record.inspectors.iter().any(|i| i.lead == Some(true) && i.name.is_some());
            if led { Vec::new() } else { vec![("/inspectors".into(), "no lead inspector".into())] }
        }
        Value(pointer) if count(record, pointer) == 0 => {
            vec![(pointer.into(), format!("there is no {pointer}"))]
        }
        AtLeast(pointer, least) if count(record, pointer) < least => {
            let name = pointer.rsplit('/').next().unwrap_or(pointer);
            vec![(pointer.into(), format!("fewer than {least} {name}"))]
        }
        Judgements(areas) => {
            let has = |area: &str| record.judgements.iter().any(|j| j.area == area);
            let lacks = areas.iter().filter(|area| !has(area));
            lacks.map(|area| ("/judgements".into(), format!("no judgement of {area}"))).take(1).collect()
        }
        Section(kind) if !record.sections.iter().any(|s| s.kind == kind) => lost_heading(record, kind),
        Numbers if !numbered(record) => {
            vec![("/sections".into(), "no numbered paragraph".into())]
        }
        _ => Vec::new(),
    }
}

/// If a heading is lost, the text below it ends up in the section above, so the lists are in doubt as well.
fn lost_heading(record: &Record, kind: &str) -> Vec<(String, String)> {
    let lists = [
        ("/sections", true),
        ("/improvements", !record.improvements.is_empty()),
        ("/strengths", !record.strengths.is_empty()),
    ];
    let doubted = lists.into_iter().filter(|(_, is)| *is);
    doubted.map(|(pointer, _)| (pointer.to_owned(), format!("no section {kind}"))).collect()
}

fn numbered(record: &Record) -> bool {
    let number = |b: &SectionBlock| matches!(b, SectionBlock::Paragraph { number: Some(_), .. });
    record.sections.iter().flat_map(|s| &s.blocks).any(number)
}

/// The number of values at a pointer: 0 or 1 unless it is a list.
fn count(record: &Record, pointer: &str) -> usize {
    let there = |value: &Option<String>| usize::from(value.as_deref().is_some_and(|v| !v.is_empty()));
    let letter = record.letter.as_ref();
    let recipient = || letter.and_then(|l| l.recipients.first());
    let signatory = || letter.and_then(|l| l.signatories.first());
    match pointer {
        "/provider/name" => there(&record.provider.name),
        "/inspection/start" => there(&record.inspection.start),
        "/inspection/end" => there(&record.inspection.end),
        "/inspection/theme" => there(&record.inspection.theme),
        "/published" => there(&record.published),
        "/letter/date" => letter.map_or(0, |l| there(&l.date)),
        "/letter/salutation" => letter.map_or(0, |l| there(&l.salutation)),
        "/letter/subject" => letter.map_or(0, |l| there(&l.subject)),
        "/letter/recipients" => {
            letter.map_or(0, |l| l.recipients.iter().filter(|r| r.name.is_some()).count())
        }
        "/letter/signatories" => letter.map_or(0, |l| l.signatories.len()),
        "/letter/recipients/0/role" => recipient().map_or(0, |r| there(&r.role)),
        "/letter/recipients/0/postcode" => recipient().map_or(0, |r| there(&r.postcode)),
        "/letter/signatories/0/role" => signatory().map_or(0, |s| there(&s.role)),
        "/inspectors" => record.inspectors.iter().filter(|i| i.name.is_some()).count(),
        "/judgements" => record.judgements.len(),
        "/improvements" => record.improvements.len(),
        "/strengths" => record.strengths.len(),
        "/figures" => record.figures.len(),
        "/footnotes" => record.footnotes.len(),
        other => in_extension(record, other),
    }
}

fn in_extension(record: &Record, pointer: &str) -> usize {
    // For a record with its own schema, the extension is the record.
    let pointer = pointer.strip_prefix("/extension").unwrap_or(pointer);
    match record.extension.as_ref().and_then(|value| value.pointer(pointer)) {
        None | Some(serde_json::Value::Null) => 0,
        Some(serde_json::Value::Array(items)) => items.len(),
        Some(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Evidence, sample};

    #[test]
    fn every_edition_has_promises() {
        for format in crate::pipeline::core_formats() {
            for edition in format.editions {
                assert!(of(format.id, edition.id).is_some(), "{} {}", format.id, edition.id);
            }
        }
    }

    #[test]
    fn what_is_promised_and_missing_is_not_read() {
        let mut record = sample();
        record.diagnostics.clear();
        record.format.id = "acme.visit".into();
        record.format.edition = "1".into();
        record.published = None;
        record
            .evidence
            .insert("/published".into(), Evidence { status: Status::NotStated, ..Evidence::default() });
        let promises: &[&[Promise]] = &[&[Value("/published"), Value("/extension/unit")]];
        hold(&mut record, &[Edition { format: "acme.visit", edition: "1", seen: 3, promises }]);
        let said: Vec<_> = record.diagnostics.iter().filter_map(|d| d.path.as_deref()).collect();
        assert_eq!(said, ["/published", "/extension/unit"]);
        assert_eq!(record.evidence["/published"].status, Status::NotRead);
    }
}
