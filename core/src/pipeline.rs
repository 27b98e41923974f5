//! The row of stages: bytes → source → text layer → outline → grammar → record → validated record.

mod bundle;
mod certainty;
mod doubt;
mod layer;
mod numbering;
mod opened;

use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::checks::{Finished, Own, ledger, promises};
use crate::format::{Claim, Format, FormatInfo, THRESHOLD, Texts, strongest_first};
use crate::outline::{Outline, Role};
use crate::plugin::{Answer, Foreign, PluginRecord, TextModel};
use crate::record::{
    Diagnostic, DocumentInfo, Draft, Error, ErrorCode, ErrorReport, Part, Record, Run, Severity, Status,
    WordCount,
};
use crate::runner::Runner;
use crate::source;
use crate::text::ocr::{Ocr, PageProgress};
use crate::text::{BBox, LayerKind, Page, TextLayer};
use crate::{checks, confidence, ofsted, repair};
pub(crate) use bundle::pieces;
pub use certainty::LEAST as LEAST_CONFIDENCE;
pub(crate) use layer::{Remark as TextRemark, text_layer};
pub use opened::{Opened, open};

/// Name and version of the tool, as records give it.
pub const TOOL: &str = concat!("findings ", env!("CARGO_PKG_VERSION"));
/// Above this share of furniture a record says so.
const FURNITURE: f32 = 0.15;
/// A second claim this near to the first is worth a diagnostic.
const CLOSE: f32 = 0.15;
/// Real documents of every format known score 0.8 and more, the shortest letter 0.7: below this, a layout may be new.
const LOW: f32 = 0.65;

/// The score that is enough for a damaged text, if it is clear of the next by [`CLOSE`].
const DAMAGED_THRESHOLD: f32 = 0.3;

/// What reading may use.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How much a document may ask for.
    pub limits: source::Limits,
    /// Who runs contained work; without one, a document whose fonts can't be mapped stays as it is, and no page
    /// is recognised.
    pub runner: Option<Arc<dyn Runner>>,
    /// The plugins that may be used, if any.
    pub plugins: Option<Arc<dyn Foreign>>,
    /// How pages without usable text are recognised.
    pub ocr: Arc<Ocr>,
    /// Who is told how that goes.
    pub progress: Option<Arc<dyn PageProgress>>,
    /// The password of documents that are locked.
    pub password: Option<String>,
    /// Whether stages are to be digested for the trace.
    pub trace: bool,
    /// Whether confidence stays that of the words: for whoever counts how often values are right.
    pub uncalibrated: bool,
}

/// What the stages did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Trace {
    /// Each stage in order.
    pub stages: Vec<StageTrace>,
}

/// What one stage did.
#[derive(Debug, Clone, Serialize)]
pub struct StageTrace {
    /// Its name.
    pub name: &'static str,
    /// How long it took.
    pub micros: u64,
    /// SHA-256 of what came out of it; empty where no trace was asked for.
    pub digest: String,
}

/// What became of a document.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was read, or why nothing was.
    pub outcome: Result<Extracted, Box<ErrorReport>>,
    /// What the stages did.
    pub trace: Trace,
}

/// What a document was read into.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Extracted {
    /// A record of an inspection.
    Inspection(Box<Record>),
    /// A record of a plugin's own schema.
    Other(Value),
}

impl Extracted {
    /// Id of the format that it was read as.
    pub fn format(&self) -> &str {
        match self {
            Self::Inspection(record) => &record.format.id,
            Self::Other(record) => record["format"]["id"].as_str().unwrap_or_default(),
        }
    }

    /// The record, if it is one of an inspection.
    pub fn inspection(&self) -> Option<&Record> {
        match self {
            Self::Inspection(record) => Some(record),
            Self::Other(_) => None,
        }
    }
}

impl Reading {
    /// The inspection record, if the document gave one.
    pub fn record(&self) -> Option<&Record> {
        self.outcome.as_ref().ok().and_then(Extracted::inspection)
    }
}

/// The formats that findings reads by itself.
///
/// ```
/// assert!(findings_core::pipeline::core_formats().any(|f| f.id == "ofsted.ilacs.inspection"));
/// ```
pub fn core_formats() -> impl Iterator<Item = &'static FormatInfo> {
    ofsted::FORMATS.iter().map(|f| f.info())
}

/// The formats that can be read, core's before those of plugins.
pub fn formats(plugins: Option<&dyn Foreign>) -> Vec<&'static FormatInfo> {
    core_formats().chain(plugins.into_iter().flat_map(Foreign::formats)).collect()
}

/// Reads a document; `name` is what the record calls it.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    read_with(ofsted::FORMATS, name, bytes, options)
}

/// Reads a document with formats of the caller's own: none but these may claim it.
pub fn read_with(formats: &[&dyn Format], name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let mut readings = read_pieces(formats, name, bytes, options, 1);
    readings.swap_remove(0)
}

/// Reads every document that a file holds, in order: a council's committee pack may have several. At least one reading.
pub fn read_all(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Reading> {
    read_pieces(ofsted::FORMATS, name, bytes, options, usize::MAX)
}

fn read_pieces(
    core: &[&dyn Format],
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    most: usize,
) -> Vec<Reading> {
    let mut stages = Stages::new(options.trace);
    let mut document = source::describe(name, bytes);
    stages.done("source", || document.sha256.clone());
    let (layer, remarks) = match text_layer(bytes, options, &mut document) {
        Ok(read) => read,
        Err(error) => {
            let outcome = Err(Box::new(ErrorReport { error, document }));
            return vec![Reading { outcome, trace: Trace { stages: stages.done } }];
        }
    };
    stages.done("text", || digest_layer(&layer));
    let pieces = bundle::pieces(core, layer).into_iter().take(most);
    let read = |piece: bundle::Piece| {
        let mut stages = stages.clone();
        let mut document = DocumentInfo { part: piece.part, ..document.clone() };
        document.words.total = piece.layer.word_count();
        let remarks = remarks.iter().cloned().chain(piece.remarks).collect();
        let outcome = read_layer(core, &piece.layer, remarks, options, &document, &mut stages)
            .map_err(|error| Box::new(ErrorReport { error, document }));
        Reading { outcome, trace: Trace { stages: stages.done } }
    };
    pieces.map(read).collect()
}

/// The stages from the text layer on.
fn read_layer(
    core: &[&dyn Format],
    layer: &TextLayer,
    remarks: Vec<layer::Remark>,
    options: &ReadOptions,
    document: &DocumentInfo,
    stages: &mut Stages,
) -> Result<Extracted, Error> {
    let mut outline = Outline::build(layer);
    stages.done("outline", || digest_outline(&outline));
    let plugins = options.plugins.as_deref();
    let draft = by_claims(core, plugins, document, layer, &mut outline, remarks, stages)?;
    let extracted = match draft.record {
        Unchecked::Core(mut record) => {
            if !options.uncalibrated {
                confidence::state(&mut record);
            }
            #[cfg(feature = "validate")]
            crate::validate::record(&record)?;
            Extracted::Inspection(record)
        }
        Unchecked::Plugin(record) => believe(plugins, record, draft.format, document, layer)?,
    };
    let extracted = as_shown(extracted, layer);
    stages.done("validate", String::new);
    Ok(extracted)
}

/// Turns the boxes of evidence back to how pages are shown, where pages were turned to have their text upright.
fn as_shown(mut extracted: Extracted, layer: &TextLayer) -> Extracted {
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

/// A document as the format that won it reads it, before its record is held against anything.
pub(crate) struct Unvalidated {
    /// The format.
    pub format: &'static str,
    /// The parts that the blocks went to; a plugin doesn't tell.
    pub parts: Option<Vec<Part>>,
    /// The record.
    pub record: Unchecked,
}

/// A record that nobody has checked.
pub(crate) enum Unchecked {
    /// One of core's.
    Core(Box<Record>),
    /// A plugin's, whatever it is.
    Plugin(PluginRecord),
}

/// Reads a document by the first of the claims that are good enough and not declined. The outline comes to be as the
/// format has it.
pub(crate) fn by_claims(
    core: &[&dyn Format],
    plugins: Option<&dyn Foreign>,
    document: &DocumentInfo,
    layer: &TextLayer,
    outline: &mut Outline,
    remarks: Vec<layer::Remark>,
    stages: &mut Stages,
) -> Result<Unvalidated, Error> {
    let claims = claims_of(core, plugins, outline);
    let mut declined = Vec::new();
    for claim in claims.iter().take_while(|c| enough(c, &claims, layer)) {
        let said = |remarks: Vec<_>| remarks.into_iter().map(remark).chain(doubtful_claims(&claims));
        let Some(format) = core_format(core, claim.format) else {
            let Some(mut record) = by_plugin(plugins, claim, document, layer, outline)? else {
                declined.push(claim.format);
                continue;
            };
            let gaps =
                layer.gaps.iter().map(|gap| layer::Remark::warning(gap.code, gap.page, gap.message.clone()));
            let remarks = remarks.into_iter().chain(gaps).collect();
            add_diagnostics(&mut record.values, said(remarks));
            stages.done("grammar", || digest(&serde_json::to_vec(&record).unwrap_or_default()));
            return Ok(Unvalidated { format: claim.format, parts: None, record: Unchecked::Plugin(record) });
        };
        if layer.kind == LayerKind::PlainText {
            outline.promote_by(
                |line| format.is_heading(line),
                |line| format.is_letterhead(line),
                |line| format.line_starts(line),
            );
        }
        stages.done("outline", || digest_outline(outline));
        let mut draft = draft(document.clone(), layer, outline, format.info());
        draft.record.diagnostics.extend(said(remarks));
        format.read(outline, &mut draft);
        let parts = Some(draft.parts.clone());
        let record = finish(draft, outline, layer, format.own(), Form::Ours);
        stages.done("grammar", || digest(&serde_json::to_vec(&record).unwrap_or_default()));
        let record = Unchecked::Core(Box::new(record));
        return Ok(Unvalidated { format: claim.format, parts, record });
    }
    Err(unknown(&claims, &declined))
}

/// Which checks could be made on a document that one of core's formats reads, and whether each held.
pub fn tally(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<(&'static str, bool)> {
    let mut stages = Stages::new(false);
    let mut document = source::describe(name, bytes);
    let Ok((layer, remarks)) = text_layer(bytes, options, &mut document) else { return Vec::new() };
    let mut outline = Outline::build(&layer);
    let read = by_claims(ofsted::FORMATS, None, &document, &layer, &mut outline, remarks, &mut stages);
    let Ok(Unvalidated { format, parts: Some(parts), record: Unchecked::Core(record) }) = read else {
        return Vec::new();
    };
    let own = core_format(ofsted::FORMATS, format).map_or(&[][..], |f| f.own().checks);
    checks::tally(&Finished { record: &record, doc: &outline, parts: &parts }, own)
}

/// The claims of core's formats and of plugins' to a document, the strongest first.
pub(crate) fn claims_of(
    core: &[&dyn Format],
    plugins: Option<&dyn Foreign>,
    outline: &Outline,
) -> Vec<Claim> {
    let texts = Texts::of(outline);
    let mut claims: Vec<Claim> = core.iter().map(|f| texts.claim(f.info())).collect();
    claims.extend(plugins.into_iter().flat_map(|p| p.claims(&texts)));
    if claims.iter().all(|c| c.score < THRESHOLD) {
        claims.extend(plugins.into_iter().flat_map(|p| p.yielding_claims(&texts)));
    }
    strongest_first(claims)
}

/// Holds a plugin's record against schemas and document.
pub(crate) fn believe(
    plugins: Option<&dyn Foreign>,
    record: PluginRecord,
    format: &str,
    document: &DocumentInfo,
    layer: &TextLayer,
) -> Result<Extracted, Error> {
    let host = plugins.ok_or_else(|| Error::new(ErrorCode::Internal, "a record of no plugin"))?;
    host.believe(record, format, document, layer)
}

/// Whether a claim is good enough to read by. Damage hides anchors: in a damaged text less will do for the first
/// claim, if no other comes near it.
fn enough(claim: &Claim, claims: &[Claim], layer: &TextLayer) -> bool {
    let others = claims.iter().filter(|c| c.format != claim.format).map(|c| c.score).fold(0.0, f32::max);
    let clear = claim.score >= DAMAGED_THRESHOLD && claim.score - others >= CLOSE;
    claim.score >= THRESHOLD || clear && repair::is_damaged(layer)
}

fn core_format<'f>(core: &[&'f dyn Format], id: &str) -> Option<&'f dyn Format> {
    core.iter().copied().find(|f| f.info().id == id)
}

/// The record of the plugin that claims a document; none if it says that the document is not its own.
fn by_plugin(
    plugins: Option<&dyn Foreign>,
    claim: &Claim,
    document: &DocumentInfo,
    layer: &TextLayer,
    outline: &Outline,
) -> Result<Option<PluginRecord>, Error> {
    let Some(host) = plugins else { return Ok(None) };
    let run =
        Run { tool: TOOL.into(), text_engine: layer.engine.clone(), plugin: host.plugin_of(claim.format) };
    let model = TextModel::of(claim.format, document, run, layer, outline);
    Ok(match host.read(&model)? {
        Answer::Record(record) => Some(record),
        Answer::NotMine => None,
    })
}

/// Puts the host's diagnostics before the plugin's. A record that has no list of them will not be believed.
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

/// An empty draft for a format, its blocks sorted as far as the outline can.
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

fn remark(r: layer::Remark) -> Diagnostic {
    Diagnostic { severity: r.severity, code: r.code.into(), path: None, message: r.message, page: r.page }
}

/// What is doubtful about the claims: a first that is low, a second that is near to it.
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

/// Whose form a document follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// One that core reads.
    Ours,
    /// A plugin's.
    Foreign,
}

/// Footnotes, the word account and what it shows, uncertain values taken out, and what is said twice held against
/// each other; `own` is what the format promises and checks by itself.
///
/// What core knows of letters and reports (their regions, how they end, what they say twice) holds for the forms that it
/// reads itself; of a foreign form's documents only what the form says of itself.
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
    draft.settle_lists();
    draft.settle_lead();
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
    let ours = (form == Form::Ours).then(checks::all).into_iter().flatten();
    let foreign = (form == Form::Foreign).then(checks::foreign).into_iter().flatten();
    let doubts = checks::run(&finished, ours.chain(foreign).chain(own.checks));
    draft.record.diagnostics.extend(doubts);
    draft.record
}

/// Times and digests of stages.
#[derive(Clone)]
pub(crate) struct Stages {
    digests: bool,
    since: Instant,
    done: Vec<StageTrace>,
}

impl Stages {
    pub(crate) fn new(digests: bool) -> Self {
        Self { digests, since: Instant::now(), done: Vec::new() }
    }

    /// Ends a stage. One that goes on after its end (an outline told a format's headings) is still one stage.
    fn done(&mut self, name: &'static str, digest: impl FnOnce() -> String) {
        let before = self.done.pop_if(|last| last.name == name).map_or(0, |last| last.micros);
        let micros = before + self.since.elapsed().as_micros() as u64;
        let digest = if self.digests { digest() } else { String::new() };
        self.done.push(StageTrace { name, micros, digest });
        self.since = Instant::now();
    }
}

fn digest(bytes: &[u8]) -> String {
    source::sha256(bytes)
}

fn digest_layer(layer: &TextLayer) -> String {
    let mut hash = Sha256::new();
    for line in layer.pages.iter().flat_map(|p| &p.lines) {
        for word in &line.words {
            hash.update(word.text.as_bytes());
            hash.update([b' ']);
        }
        hash.update([b'\n']);
    }
    hex(&hash.finalize())
}

fn digest_outline(outline: &Outline) -> String {
    let mut hash = Sha256::new();
    for block in &outline.blocks {
        hash.update(format!("{:?} {:?} ", block.role, block.number));
        hash.update(block.text.as_str().as_bytes());
        hash.update([b'\n']);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
