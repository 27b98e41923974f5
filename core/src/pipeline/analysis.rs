//! One document on its way from text to record. Each stage adds its result, and later stages read it from here.

use serde_json::Value;

use super::finish::{Form, draft, finish};
use super::trace::{Stages, digest, digest_outline};
use super::{Extracted, ReadOptions, Reading, TOOL, TextRemark, shown};
use crate::format::{Claim, Format, THRESHOLD, Texts, strongest_first};
use crate::outline::Outline;
use crate::plugin::{Answer, Foreign, PluginRecord, TextModel};
use crate::record::{Diagnostic, DocumentInfo, Error, ErrorCode, ErrorReport, Part, Record, Run, Severity};
use crate::text::{LayerKind, TextLayer};
use crate::{confidence, repair};

/// A second claim within this distance of the first causes a diagnostic.
const CLOSE: f32 = 0.15;
/// Below this score the layout may be new: real documents of all known formats score at least 0.8, the shortest letter
/// 0.7.
const LOW: f32 = 0.65;
/// The score that suffices for a damaged text, provided that it leads the next claim by [`CLOSE`].
const DAMAGED_THRESHOLD: f32 = 0.3;

/// The formats that a document may be read as.
#[derive(Clone, Copy)]
pub(crate) struct Formats<'a> {
    /// Core's formats.
    pub core: &'a [&'a dyn Format],
    /// External formats.
    pub plugins: Option<&'a dyn Foreign>,
}

impl<'a> Formats<'a> {
    /// Their claims to a document, the strongest first.
    fn claims(self, outline: &Outline) -> Vec<Claim> {
        let texts = Texts::of(outline);
        let foreign = || self.plugins.into_iter();
        let mut claims: Vec<Claim> = self.core.iter().map(|f| texts.claim(f.info())).collect();
        claims.extend(foreign().flat_map(|p| p.claims(&texts)));
        if claims.iter().all(|c| c.score < THRESHOLD) {
            claims.extend(foreign().flat_map(|p| p.yielding_claims(&texts)));
        }
        strongest_first(claims)
    }

    pub(super) fn core(self, id: &str) -> Option<&'a dyn Format> {
        self.core.iter().copied().find(|f| f.info().id == id)
    }
}

/// A document as read by the winning format, before its record is validated.
pub(crate) struct Unvalidated {
    /// The format.
    pub format: &'static str,
    /// The part of the record that each block belongs to; unknown for a plugin.
    pub parts: Option<Vec<Part>>,
    /// The record, not yet checked.
    pub record: Unchecked,
}

/// A record that has not been validated.
pub(crate) enum Unchecked {
    /// From one of core's formats.
    Core(Box<Record>),
    /// From a plugin; it can be anything.
    Plugin(PluginRecord),
}

/// A document and everything known about it so far.
pub(crate) struct Analysis<'a> {
    formats: Formats<'a>,
    /// Facts about the file.
    pub document: DocumentInfo,
    /// Its text.
    pub layer: TextLayer,
    /// Remarks on how the text was obtained.
    pub remarks: Vec<TextRemark>,
    /// Its blocks. A format may refine them when it reads the document.
    pub outline: Outline,
    /// What the formats claim, the strongest claim first.
    pub claims: Vec<Claim>,
    stages: Stages,
}

impl<'a> Analysis<'a> {
    /// Builds the outline of a text and collects the formats' claims.
    pub(super) fn new(
        formats: Formats<'a>,
        document: DocumentInfo,
        layer: TextLayer,
        remarks: Vec<TextRemark>,
        mut stages: Stages,
    ) -> Self {
        let outline = Outline::build(&layer);
        stages.done("outline", || digest_outline(&outline));
        let claims = formats.claims(&outline);
        Self { formats, document, layer, remarks, outline, claims, stages }
    }

    /// Runs the remaining stages.
    pub(super) fn read(mut self, options: &ReadOptions) -> Reading {
        let outcome = self.unvalidated().and_then(|read| self.validated(read, options));
        let Self { document, stages, .. } = self;
        let outcome = outcome.map_err(|error| Box::new(ErrorReport { error, document }));
        Reading { outcome, trace: stages.into() }
    }

    /// Reads the document with the strongest claim that is good enough and is not declined.
    pub(crate) fn unvalidated(&mut self) -> Result<Unvalidated, Error> {
        let mut declined = Vec::new();
        let good: Vec<&'static str> =
            self.claims.iter().take_while(|c| self.is_enough(c)).map(|c| c.format).collect();
        for id in good {
            match self.formats.core(id) {
                Some(format) => return Ok(self.by_core(format)),
                None => match self.by_plugin(id)? {
                    Some(read) => return Ok(read),
                    None => declined.push(id),
                },
            }
        }
        Err(unknown(&self.claims, &declined))
    }

    /// Whether a claim is good enough. Damage hides anchors, so for a damaged text a lower score suffices if no other
    /// claim is close.
    fn is_enough(&self, claim: &Claim) -> bool {
        let others =
            self.claims.iter().filter(|c| c.format != claim.format).map(|c| c.score).fold(0.0, f32::max);
        let clear = claim.score >= DAMAGED_THRESHOLD && claim.score - others >= CLOSE;
        claim.score >= THRESHOLD || clear && repair::is_damaged(&self.layer)
    }

    fn by_core(&mut self, format: &dyn Format) -> Unvalidated {
        if self.layer.kind == LayerKind::PlainText {
            self.outline.promote_by(
                |line| format.is_heading(line),
                |line| format.is_letterhead(line),
                |line| format.line_starts(line),
            );
            let said = repair::remarks(&self.outline.repairs).into_iter();
            self.remarks.extend(said.map(|(code, page, message)| TextRemark::info(code, page, message)));
        }
        self.stages.done("outline", || digest_outline(&self.outline));
        let mut draft = draft(self.document.clone(), &self.layer, &self.outline, format.info());
        draft.record.diagnostics.extend(self.said(&self.remarks));
        format.read(&self.outline, &mut draft);
        let parts = Some(draft.parts.clone());
        let record = finish(draft, &self.outline, &self.layer, format.own(), Form::Ours);
        self.stages.done("grammar", || digest(&serde_json::to_vec(&record).unwrap_or_default()));
        Unvalidated { format: format.info().id, parts, record: Unchecked::Core(Box::new(record)) }
    }

    /// The reading of the plugin that claims the document; `None` if the plugin declines it.
    fn by_plugin(&mut self, format: &'static str) -> Result<Option<Unvalidated>, Error> {
        let Some(host) = self.formats.plugins else { return Ok(None) };
        let text_engine = self.layer.engine.clone();
        let run = Run { tool: TOOL.into(), text_engine, plugin: host.plugin_of(format) };
        let model = TextModel::of(format, &self.document, run, &self.layer, &self.outline);
        let Answer::Record(mut record) = host.read(&model)? else { return Ok(None) };
        let gaps = self.layer.gaps.iter();
        let gaps = gaps.map(|gap| TextRemark::warning(gap.code, gap.page, gap.message.clone()));
        let remarks: Vec<TextRemark> = self.remarks.iter().cloned().chain(gaps).collect();
        add_diagnostics(&mut record.values, self.said(&remarks));
        self.stages.done("grammar", || digest(&serde_json::to_vec(&record).unwrap_or_default()));
        Ok(Some(Unvalidated { format, parts: None, record: Unchecked::Plugin(record) }))
    }

    /// The diagnostics about the text and about the claims.
    fn said(&self, remarks: &[TextRemark]) -> impl Iterator<Item = Diagnostic> + use<> {
        let remarks: Vec<Diagnostic> = remarks.iter().cloned().map(remark).collect();
        remarks.into_iter().chain(doubtful_claims(&self.claims))
    }

    /// Validates a record against its schema, and a plugin's record against its document too.
    fn validated(&mut self, read: Unvalidated, options: &ReadOptions) -> Result<Extracted, Error> {
        let extracted = match read.record {
            Unchecked::Core(mut record) => {
                if !options.uncalibrated {
                    confidence::state(&mut record);
                }
                #[cfg(feature = "validate")]
                crate::validate::record(&record)?;
                Extracted::Inspection(record)
            }
            Unchecked::Plugin(record) => self.verify(record, read.format)?,
        };
        let extracted = shown::as_shown(extracted, &self.layer);
        self.stages.done("validate", String::new);
        Ok(extracted)
    }

    /// Verifies a plugin's record against the schemas and the document.
    pub(crate) fn verify(&self, record: PluginRecord, format: &str) -> Result<Extracted, Error> {
        let missing = || Error::new(ErrorCode::Internal, "a record of no plugin");
        self.formats.plugins.ok_or_else(missing)?.verify(record, format, &self.document, &self.layer)
    }
}

/// Puts the host's diagnostics before the plugin's. A record without such a list is left alone; verification refuses
/// it.
fn add_diagnostics(record: &mut Value, ours: impl Iterator<Item = Diagnostic>) {
    let Some(theirs) = record.get_mut("diagnostics").and_then(Value::as_array_mut) else { return };
    let mut all: Vec<Value> = ours.filter_map(|d| serde_json::to_value(d).ok()).collect();
    all.append(theirs);
    *theirs = all;
}

fn unknown(claims: &[Claim], declined: &[&str]) -> Error {
    let nearest = claims.first().filter(|c| c.score > 0.0).map_or(String::new(), |c| {
        format!(" (the nearest is {}, score {:.2} of {THRESHOLD})", c.format, c.score)
    });
    let declined = match declined {
        [] => String::new(),
        formats => format!(" ({} looked at it and declined)", formats.join(", ")),
    };
    Error::new(
        ErrorCode::UnknownFormat,
        format!(
            "the document is none of the formats that findings knows{nearest}{declined}. `findings formats` lists them, `findings explain` shows what was looked for"
        ),
    )
}

fn remark(r: TextRemark) -> Diagnostic {
    Diagnostic { severity: r.severity, code: r.code.into(), path: None, message: r.message, page: r.page }
}

/// Diagnostics about doubtful claims: a low first one, or a second one close to it.
fn doubtful_claims(claims: &[Claim]) -> Vec<Diagnostic> {
    let said = |severity, code: &str, message| Diagnostic {
        severity,
        code: code.into(),
        path: Some("/format/id".into()),
        message,
        page: None,
    };
    let mut all = Vec::new();
    if let Some(first) = claims.first().filter(|c| c.score < LOW) {
        let message = format!("{} claims the document with {:.2} only", first.format, first.score);
        all.push(said(Severity::Info, "format-score-low", message));
    }
    if let [first, second, ..] = claims
        && second.score >= THRESHOLD
        && first.score - second.score < CLOSE
    {
        let message = format!(
            "{} claims the document with {:.2}, {} with {:.2}",
            first.format, first.score, second.format, second.score
        );
        all.push(said(Severity::Warning, "formats-close", message));
    }
    all
}
