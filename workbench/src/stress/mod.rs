//! Faults made to order: documents damaged between text layer and outline, and what their records say of it.
//!
//! Labels run out; faults don't. Each class of damage is one that real documents have shown. A damaged text is read
//! again, and each value is the same, or flagged, or silently changed; where the damage changes what the document says
//! (a name replaced), the right new value is expected. Places are drawn by a seed: the same documents give the same
//! report.

mod blocks;
mod damage;
mod dates;
mod edit;
mod expect;
mod judge;
mod lines;
mod names;
mod pages;
mod removed;
pub mod render;
mod report;
mod subject;
mod wording;
mod words;

use findings_core::pipeline::{Extracted, Opened, ReadOptions};
use indexmap::IndexMap;
use serde_json::Value;

use crate::chance::Chance;
use crate::evidence::within;
use damage::Damage;
use judge::{Judgement, judge};
use subject::Subject;

pub use damage::Class;
pub use report::{FieldTally, Silent, StressReport, Tally};

/// The schema of stress reports.
pub const STRESS_SCHEMA_ID: &str = "urn:findings:schema:stress-report:1.0";

/// Every class of damage.
pub fn classes() -> impl Iterator<Item = &'static Class> {
    let families =
        [lines::CLASSES, blocks::CLASSES, pages::CLASSES, names::CLASSES, dates::CLASSES, wording::CLASSES];
    families.into_iter().flatten()
}

/// How documents are damaged.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the draws begin.
    pub seed: u64,
    /// How many damages of each class a document is given, as far as it has places for them.
    pub each: usize,
    /// Names of the classes; all, if there are none.
    pub classes: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, each: 3, classes: Vec::new() }
    }
}

/// What came of one document.
#[derive(Debug, Default)]
pub struct Stressed {
    classes: IndexMap<&'static str, Tally>,
    fields: IndexMap<String, FieldTally>,
    silent: Vec<Silent>,
}

/// Damages a document in every class and reads it again.
///
/// # Errors
/// The whole document gives no record: the reason.
pub fn stress(opened: &Opened, options: &ReadOptions, settings: &Settings) -> Result<Stressed, String> {
    let whole = record_of(opened, options)?;
    let subject = Subject::new(opened, &whole);
    let mut stressed = Stressed::default();
    let wanted = |c: &&Class| settings.classes.is_empty() || settings.classes.iter().any(|n| n == c.name);
    for class in classes().filter(wanted) {
        for damage in damages(class, &subject, settings) {
            let Damage { what, page, layer, expected } = damage;
            let mut damaged = opened.clone();
            damaged.layer = layer;
            if let Some(title) = &mut damaged.document.title {
                *title = expected.replaced.iter().fold(title.clone(), |t, (old, new)| t.replace(old, new));
            }
            let judged = record_of(&damaged, options).ok().map(|record| judge(&whole, &record, &expected));
            stressed.take(class.name, &what, page, judged, &subject);
        }
    }
    Ok(stressed)
}

fn record_of(opened: &Opened, options: &ReadOptions) -> Result<Value, String> {
    match opened.read(options).outcome {
        Ok(Extracted::Inspection(record)) => serde_json::to_value(record).map_err(|e| e.to_string()),
        Ok(Extracted::Other(record)) => Ok(record),
        Err(report) => Err(report.error.to_string()),
    }
}

/// Different damages of a class.
fn damages(class: &Class, subject: &Subject, settings: &Settings) -> Vec<Damage> {
    const TRIES: usize = 3;
    let document = &subject.opened.document.sha256;
    let mut chance = Chance::named(settings.seed, &[document, class.name]);
    let mut made: Vec<Damage> = Vec::new();
    for _ in 0..settings.each * TRIES {
        if made.len() == settings.each {
            break;
        }
        if let Some(damage) = (class.make)(subject, &mut chance)
            && !made.iter().any(|m| m.what == damage.what && m.page == damage.page)
        {
            made.push(damage);
        }
    }
    made
}

impl Stressed {
    fn take(
        &mut self,
        class: &'static str,
        what: &str,
        page: u32,
        judged: Option<Judgement>,
        subject: &Subject,
    ) {
        let mut tally = Tally { damages: 1, refused: usize::from(judged.is_none()), ..Tally::default() };
        let judged = judged.unwrap_or_default();
        for (field, values) in &judged.values {
            tally.values += values;
            self.field(field).values += values;
        }
        for field in &judged.in_vain {
            tally.in_vain += 1;
            self.field(field).in_vain += 1;
        }
        for change in judged.changed {
            let silent = usize::from(!change.flagged);
            let one = FieldTally { changed: 1, silent, flagged: 1 - silent, ..FieldTally::default() };
            self.field(&change.field).add(&one);
            (tally.changed, tally.flagged, tally.silent) =
                (tally.changed + 1, tally.flagged + 1 - silent, tally.silent + silent);
            if silent > 0 {
                self.silent.push(Silent {
                    document: subject.opened.document.source.clone(),
                    format: subject
                        .record
                        .pointer("/format/id")
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .into(),
                    class: class.into(),
                    damage: what.to_owned(),
                    page,
                    pointer: change.pointer,
                    expected: change.before,
                    got: change.after,
                });
            }
        }
        tally.with_silent = usize::from(tally.silent > 0);
        self.classes.entry(class).or_default().add(&tally);
    }

    fn field(&mut self, field: &str) -> &mut FieldTally {
        self.fields.entry(field.to_owned()).or_default()
    }
}

/// Fields that hold the body's text, of which there is far more than of anything else.
const BODY: &[&str] = &["/sections", "/footnotes"];

/// Adds up what came of documents, in this order.
pub fn report(
    settings: &Settings,
    all: impl IntoIterator<Item = Stressed>,
    left_out: Vec<String>,
) -> StressReport {
    let mut report = StressReport {
        schema: STRESS_SCHEMA_ID.into(),
        seed: settings.seed,
        each: settings.each,
        documents: 0,
        left_out,
        total: Tally::default(),
        outside_body: FieldTally::default(),
        classes: classes().map(|c| (c.name.to_owned(), Tally::default())).collect(),
        fields: IndexMap::new(),
        silent: Vec::new(),
    };
    for stressed in all {
        report.documents += 1;
        for (class, tally) in &stressed.classes {
            report.total.add(tally);
            report.classes.entry((*class).to_owned()).or_default().add(tally);
        }
        for (field, tally) in &stressed.fields {
            report.fields.entry(field.clone()).or_default().add(tally);
            if !BODY.iter().any(|body| within(field, body)) {
                report.outside_body.add(tally);
            }
        }
        report.silent.extend(stressed.silent);
    }
    report.classes.retain(|_, tally| tally.damages > 0);
    report.fields.sort_unstable_keys();
    report
}
