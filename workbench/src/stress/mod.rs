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
use findings_core::record::{ErrorReport, Record};
use findings_core::text::TextLayer;
use indexmap::IndexMap;
use serde_json::Value;

use crate::chance::Chance;
use crate::evidence::within;
use crate::regress::{Change, diff};
use damage::{Damage, Expectation};
use expect::values;
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
    /// The random seed.
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

/// Why there is nothing to hold a damaged document's record against: the whole document gives none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoRecord {
    /// It is not read.
    #[error(transparent)]
    NotRead(#[from] findings_core::record::Error),
    /// Its record is none that JSON can hold.
    #[error(transparent)]
    NotJson(#[from] serde_json::Error),
}

/// Damages a document in every class and reads it again.
///
/// # Errors
/// The whole document gives no record.
pub fn stress(opened: &Opened, options: &ReadOptions, settings: &Settings) -> Result<Stressed, NoRecord> {
    let whole = json_of(opened.read(options).outcome)?;
    let subject = Subject::new(opened, &whole);
    let mut stressed = Stressed::default();
    each_damage(&subject, settings, |class, damage| {
        let Damage { what, page, layer, expected } = damage;
        let read = json_of(damaged(opened, layer, &expected).read(options).outcome);
        let judged = read.ok().map(|record| judge(&whole, &record, &expected));
        stressed.take(class.name, &what, page, judged, &subject);
    });
    Ok(stressed)
}

/// A record, and the JSON Pointers of the values in it that are wrong; what stands below one of these is, too.
#[derive(Debug, Clone)]
pub struct Held {
    /// The record.
    pub record: Record,
    /// What is wrong in it.
    pub wrong: Vec<String>,
}

/// The records of a document of core's formats that is damaged in every class, each with what is wrong in it.
///
/// # Errors
/// The whole document gives no such record.
pub fn damaged_records(
    opened: &Opened,
    options: &ReadOptions,
    settings: &Settings,
) -> Result<Vec<Held>, NoRecord> {
    let whole = json_of(opened.read(options).outcome)?;
    let subject = Subject::new(opened, &whole);
    let mut all = Vec::new();
    each_damage(&subject, settings, |_, Damage { layer, expected, .. }| {
        if let Ok(Extracted::Inspection(record)) = damaged(opened, layer, &expected).read(options).outcome
            && let Ok(json) = serde_json::to_value(&record)
        {
            let wrong = judge(&whole, &json, &expected).wrong;
            all.push(Held { record: *record, wrong });
        }
    });
    Ok(all)
}

/// What is otherwise in the record of a copy than in that of the document that it is a copy of, each value that differs.
pub(crate) fn differing(whole: &Value, copy: &Value) -> Vec<Change> {
    diff(&values(whole), &values(copy))
}

fn each_damage(subject: &Subject, settings: &Settings, mut work: impl FnMut(&'static Class, Damage)) {
    let wanted = |c: &&Class| settings.classes.is_empty() || settings.classes.iter().any(|n| n == c.name);
    for class in classes().filter(wanted) {
        damages(class, subject, settings).into_iter().for_each(|damage| work(class, damage));
    }
}

/// A document with another text.
fn damaged(opened: &Opened, layer: TextLayer, expected: &Expectation) -> Opened {
    let mut damaged = opened.clone();
    damaged.layer = layer;
    if let Some(title) = &mut damaged.document.title {
        *title = expected.replaced.iter().fold(title.clone(), |t, (old, new)| t.replace(old, new));
    }
    damaged
}

/// What a document was read into, as JSON, or why it was not.
pub(crate) fn json_of(outcome: Result<Extracted, Box<ErrorReport>>) -> Result<Value, NoRecord> {
    match outcome {
        Ok(Extracted::Inspection(record)) => Ok(serde_json::to_value(record)?),
        Ok(Extracted::Other(record)) => Ok(record),
        Err(report) => Err(report.error.into()),
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
