//! The row of stages: bytes → source → text layer → outline → grammar → record → validated record.

use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::format::{Claim, Format, FormatInfo, THRESHOLD, claims};
use crate::outline::{Outline, Role};
use crate::record::{
    DocumentInfo, Draft, Error, ErrorCode, ErrorReport, Part, Record, Run, Severity, WordCount,
};
use crate::runner::Runner;
use crate::source::{self, Source};
use crate::text::{self, LayerKind, TextLayer};
use crate::{ofsted, repair, validate};

/// Name and version of the tool, as records give it.
pub const TOOL: &str = concat!("findings ", env!("CARGO_PKG_VERSION"));
/// Above this share of unmapped glyphs the second text engine is asked.
const UNMAPPED: f32 = 0.005;
/// Above this share of furniture a record says so.
const FURNITURE: f32 = 0.15;
/// A second claim this near to the first is worth a diagnostic.
const CLOSE: f32 = 0.15;

/// The score that is enough for a damaged text, if it is clear of the next by [`CLOSE`].
const DAMAGED_THRESHOLD: f32 = 0.3;

/// What reading may use.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// How much a document may ask for.
    pub limits: source::Limits,
    /// Who runs contained work; without one, a document whose fonts can't be mapped stays as it is.
    pub runner: Option<Arc<dyn Runner>>,
    /// Whether stages are to be digested for the trace.
    pub trace: bool,
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
    /// Its record, or why there is none.
    pub outcome: Result<Record, Box<ErrorReport>>,
    /// What the stages did.
    pub trace: Trace,
}

/// The formats that findings reads.
pub fn formats() -> Vec<FormatInfo> {
    ofsted::FORMATS.iter().map(|f| *f.info()).collect()
}

/// Reads a document; `name` is what the record calls it.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let mut stages = Stages::new(options.trace);
    let mut document = source::describe(name, bytes);
    stages.done("source", || document.sha256.clone());
    let outcome = read_stages(bytes, options, &mut document, &mut stages)
        .map_err(|error| Box::new(ErrorReport { error, document }));
    Reading { outcome, trace: Trace { stages: stages.done } }
}

fn read_stages(
    bytes: &[u8],
    options: &ReadOptions,
    document: &mut DocumentInfo,
    stages: &mut Stages,
) -> Result<Record, Error> {
    let (layer, remarks) = text_layer(bytes, options, document)?;
    stages.done("text", || digest_layer(&layer));
    let (outline, format, claims) = outline(&layer, document)?;
    stages.done("outline", || digest_outline(&outline));
    let mut draft = draft(document.clone(), &layer, &outline, format);
    for (code, page, message) in remarks {
        draft.diagnose(Severity::Info, code, None, page, message);
    }
    say_close_claims(&mut draft, &claims);
    format.read(&outline, &mut draft);
    let record = finish(draft, &outline);
    stages.done("grammar", || digest(&serde_json::to_vec(&record).unwrap_or_default()));
    validate::record(&record)?;
    stages.done("validate", String::new);
    Ok(record)
}

/// A remark on how the text was come by: code, page, message.
pub(crate) type Remark = (&'static str, Option<u32>, String);

/// The text of a document, and what there is to say about it.
pub(crate) fn text_layer(
    bytes: &[u8],
    options: &ReadOptions,
    document: &mut DocumentInfo,
) -> Result<(TextLayer, Vec<Remark>), Error> {
    let mut remarks = Vec::new();
    let layer = match source::open(bytes, &options.limits)? {
        Source::Text(text) => {
            let mut layer = text::plain::read(&text);
            remarks.extend(repair::remarks(&repair::plain_text(&mut layer)));
            layer
        }
        Source::Pdf(pdf) => {
            let read = text::pdf::read(pdf)?;
            document.title = read.title;
            document.producer = read.producer;
            document.created = read.created;
            if read.repaired {
                remarks.push((
                    "document-repaired",
                    None,
                    "the PDF's cross-references were damaged and have been rebuilt".into(),
                ));
            }
            if read.cut_short {
                remarks.push((
                    "document-truncated",
                    None,
                    "the PDF asks for more work than any report: reading stopped at a limit".into(),
                ));
            }
            let mut layer = read.layer;
            if layer.unmapped > UNMAPPED {
                let share = layer.unmapped * 100.0;
                match options.runner.as_deref().map(|r| text::fallback::read(pdf, r)) {
                    Some(Ok(second)) if second.word_count() > 0 => {
                        remarks.push(("engines-disagree", None, format!("{share:.1} % of the characters have no Unicode value: the text is that of the second engine")));
                        layer = second;
                    }
                    _ => remarks.push((
                        "unmapped-glyphs",
                        None,
                        format!("{share:.1} % of the characters have no Unicode value in the PDF"),
                    )),
                }
            }
            layer
        }
    };
    document.pages = layer.pages.len() as u32;
    document.text_layer = layer.kind.as_str().into();
    for page in layer.pages.iter().filter(|p| p.image_only) {
        remarks.push((
            "page-without-text",
            Some(page.number),
            "the page is an image without text: nothing on it was read".into(),
        ));
    }
    if layer.word_count() == 0 {
        return Err(Error::new(
            ErrorCode::NoText,
            "the document has no text layer: its pages are images. Run OCR on it (for example with `ocrmypdf`) and give the result",
        ));
    }
    document.words.total = layer.word_count();
    Ok((layer, remarks))
}

/// The outline, and the format that reads it.
pub(crate) fn outline(
    layer: &TextLayer,
    document: &DocumentInfo,
) -> Result<(Outline, &'static dyn Format, Vec<Claim>), Error> {
    let mut outline = Outline::build(layer);
    let claims = claims(ofsted::FORMATS, &outline);
    // Damage hides anchors: there less is enough, if no other format comes near.
    let second = claims.get(1).map_or(0.0, |c| c.score);
    let clear =
        |c: &Claim| repair::is_damaged(layer) && c.score >= DAMAGED_THRESHOLD && c.score - second >= CLOSE;
    let winner = claims.first().filter(|c| c.score >= THRESHOLD || clear(c));
    let Some(winner) = winner else {
        let _ = document;
        let nearest = claims.first().filter(|c| c.score > 0.0).map_or(String::new(), |c| {
            format!(" (the nearest is {}, score {:.2} of {THRESHOLD})", c.format, c.score)
        });
        return Err(Error::new(
            ErrorCode::UnknownFormat,
            format!(
                "the document is none of the formats that findings knows{nearest}. `findings formats` lists them, `findings explain` shows what was looked for"
            ),
        ));
    };
    let format = ofsted::FORMATS
        .iter()
        .copied()
        .find(|f| f.info().id == winner.format)
        .ok_or_else(|| Error::new(ErrorCode::Internal, "a claim of a format that is not in the list"))?;
    if layer.kind == LayerKind::PlainText {
        outline.promote(|line| format.is_heading(line));
    }
    Ok((outline, format, claims))
}

/// An empty draft for a format, its blocks sorted as far as the outline can.
pub(crate) fn draft(
    document: DocumentInfo,
    layer: &TextLayer,
    outline: &Outline,
    format: &dyn Format,
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
    Draft::new(document, format.info().id, format.info().regulator, run, parts)
}

fn say_close_claims(draft: &mut Draft, claims: &[Claim]) {
    if let [first, second, ..] = claims
        && second.score >= THRESHOLD
        && first.score - second.score < CLOSE
    {
        let message = format!(
            "{} claims the document with {:.2}, {} with {:.2}",
            first.format, first.score, second.format, second.score
        );
        draft.diagnose(Severity::Warning, "formats-close", Some("/format/id"), None, message);
    }
}

/// Footnotes, the word account, and what it shows.
pub(crate) fn finish(mut draft: Draft, outline: &Outline) -> Record {
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
    let share = words.furniture as f32 / words.total.max(1) as f32;
    if share > FURNITURE {
        let message =
            format!("{:.0} % of the words were taken as headers, footers and the like", share * 100.0);
        draft.warn("furniture-large", Some("/document/words/furniture"), None, message);
    }
    draft.record
}

/// Times and digests of stages.
struct Stages {
    digests: bool,
    since: Instant,
    done: Vec<StageTrace>,
}

impl Stages {
    fn new(digests: bool) -> Self {
        Self { digests, since: Instant::now(), done: Vec::new() }
    }

    fn done(&mut self, name: &'static str, digest: impl FnOnce() -> String) {
        let micros = self.since.elapsed().as_micros() as u64;
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
