//! A collection under review: which doubts are open, and how answers are stored.

use std::sync::{Mutex, MutexGuard, PoisonError};

use findings_core::doubts_of_json;
use findings_core::record::Error;
use findings_core::source::{Limits, sha256};
use serde::Deserialize;
use serde_json::{Value, json};

use super::correction::{Unfit, corrected, parts, proposed};
use super::quote::Marked;
use crate::collection::Collection;
use crate::collection::answers::{Answer, Quote, codes, seen};
use crate::input::Input;
use crate::page::PictureError;

/// Why a request fails. The message is for the person at the page.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("The collection has no such document.")]
    NoDocument,
    #[error("its file is gone or has changed")]
    Gone,
    #[error("There is no such page.")]
    NoPage,
    #[error("No words were found there.")]
    NoWords,
    #[error("There is nothing left to undo.")]
    NothingToUndo,
    #[error("The answer could not be saved: {0}")]
    NotKept(rusqlite::Error),
    #[error(transparent)]
    Correction(#[from] Unfit),
    #[error(transparent)]
    Store(#[from] rusqlite::Error),
    #[error(transparent)]
    Settings(#[from] crate::error::Error),
    #[error(transparent)]
    Document(#[from] findings_core::record::Error),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Ended(#[from] tokio::task::JoinError),
}

/// What is served.
pub(super) struct Session {
    collection: Mutex<Collection>,
    documents: Mutex<Vec<Document>>,
    /// The number of the last answer before this session; earlier answers can't be undone.
    since: i64,
    /// The person answering.
    name: Option<String>,
}

/// A document of the collection.
#[derive(Debug, Clone)]
pub(super) struct Document {
    pub(super) digest: String,
    pub(super) name: String,
    /// The number of values in doubt, and of those still open.
    pub(super) all: usize,
    pub(super) open: usize,
    /// Why there is no record to review, with what to do.
    pub(super) error: Option<Error>,
}

/// A person's answer about a value.
#[derive(Debug, Deserialize)]
pub(super) struct AnswerRequest {
    digest: String,
    pointer: String,
    said: Said,
    /// The part that was typed, and its text.
    at: Option<String>,
    value: Option<String>,
    /// Where the person read it.
    marked: Option<Marked>,
}

/// Words that a person marks, for a value about to be typed.
#[derive(Debug, Deserialize)]
pub(super) struct QuoteRequest {
    digest: String,
    at: String,
    marked: Marked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Accept,
    Correct,
    Withhold,
}

/// The value that a person asks about.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    digest: String,
    pointer: String,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic leaves nothing half done: the store has transactions.
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Session {
    /// Starts a review: documents without a record come first, then those with errors, then those with the most doubts.
    pub(super) fn new(collection: Collection, name: Option<String>) -> rusqlite::Result<Self> {
        let mut documents: Vec<(bool, Document)> = Vec::new();
        collection.each(|stored| {
            let doubts = doubts_of_json(&stored.outcome);
            let worst = doubts.first().is_some_and(|d| d.severity == findings_core::record::Severity::Error);
            let error = stored.outcome.get("error").and_then(|e| serde_json::from_value(e.clone()).ok());
            let (all, open) = counts(&stored.outcome);
            documents.push((worst, Document { digest: stored.digest, name: stored.name, all, open, error }));
        })?;
        documents.sort_by_key(|(worst, d)| (d.error.is_none(), !worst, std::cmp::Reverse(d.open)));
        let documents = documents.into_iter().map(|(_, d)| d).collect();
        let since = collection.last_answer()?;
        Ok(Self { collection: Mutex::new(collection), documents: Mutex::new(documents), since, name })
    }

    /// The documents, the worst first.
    pub(super) fn documents(&self) -> Vec<Document> {
        held(&self.documents).clone()
    }

    /// A document's record with people's answers; `None` if it is not in the collection.
    pub(super) fn record(&self, digest: &str) -> Option<Value> {
        let (_, mut record) = self.both(digest).ok()?;
        let name = held(&self.documents).iter().find(|d| d.digest == digest)?.name.clone();
        if let Some(source) = record.pointer_mut("/document/source") {
            *source = name.into();
        }
        Some(record)
    }

    /// A document's bytes, from wherever its file is now.
    pub(super) fn bytes(&self, digest: &str) -> Result<Vec<u8>, Fault> {
        let paths = held(&self.collection).paths(digest)?;
        let limits = Limits { max_bytes: u64::MAX >> 1 };
        let mut bytes = paths.iter().filter_map(|path| Input::of_file(path.as_ref()).bytes(&limits).ok());
        bytes.find(|b| sha256(b) == digest).ok_or(Fault::Gone)
    }

    /// What can be typed in the place of a value.
    pub(super) fn parts(&self, asked: &Asked) -> Result<Value, Fault> {
        let (_, now) = self.both(&asked.digest)?;
        Ok(json!({ "parts": parts(&now, &asked.pointer) }))
    }

    /// The words that a person marked, and the value that they give at a place, if they do.
    pub(super) fn quote(&self, request: &QuoteRequest) -> Result<Value, Fault> {
        let (_, now) = self.both(&request.digest)?;
        let Quote { quote, spans } = self.quoted(&request.digest, &request.marked)?;
        let value = proposed(&now, &request.at, &quote);
        Ok(json!({ "quote": quote, "spans": spans, "value": value }))
    }

    fn quoted(&self, digest: &str, marked: &Marked) -> Result<Quote, Fault> {
        let name = held(&self.documents).iter().find(|d| d.digest == digest).map(|d| d.name.clone());
        let name = name.ok_or(Fault::NoDocument)?;
        marked.in_document(&name, self.bytes(digest)?)
    }

    /// Stores a person's answer, unless the schema forbids it.
    pub(super) fn record_answer(&self, request: &AnswerRequest) -> Result<Value, Fault> {
        let (read, now) = self.both(&request.digest)?;
        let pointer = request.pointer.as_str();
        let quote = request.marked.as_ref().map(|marked| self.quoted(&request.digest, marked)).transpose()?;
        let answer = |new| Answer {
            pointer: pointer.to_owned(),
            old: seen(&read, pointer),
            doubts: codes(&doubts_of_json(&read), pointer),
            new,
            quote: quote.clone(),
            day: String::new(),
            name: self.name.clone(),
        };
        let at = request.at.as_deref().unwrap_or(pointer);
        let typed = request.value.as_deref().unwrap_or_default();
        let new = match request.said {
            Said::Accept => None,
            Said::Correct => Some(corrected(&now, pointer, at, Some(typed))?),
            Said::Withhold => Some(corrected(&now, pointer, at, None)?),
        };
        // A correction back to the value that was read is stored as an acceptance.
        let new = new.filter(|new| *new != seen(&read, pointer));
        let kept = held(&self.collection).answer(&request.digest, &answer(new));
        kept.map_err(Fault::NotKept)?;
        self.count_again(&request.digest);
        Ok(json!({}))
    }

    /// Removes the last answer. Returns its document and value.
    pub(super) fn undo(&self) -> Result<Value, Fault> {
        let undone = held(&self.collection).undo(self.since)?;
        let (digest, pointer) = undone.ok_or(Fault::NothingToUndo)?;
        self.count_again(&digest);
        Ok(json!({ "digest": digest, "pointer": pointer }))
    }

    fn both(&self, digest: &str) -> Result<(Value, Value), Fault> {
        let both = held(&self.collection).read_and_answered(digest)?;
        both.ok_or(Fault::NoDocument)
    }

    fn count_again(&self, digest: &str) {
        let Ok((_, now)) = self.both(digest) else { return };
        if let Some(document) = held(&self.documents).iter_mut().find(|d| d.digest == digest) {
            (document.all, document.open) = counts(&now);
        }
    }
}

fn counts(record: &Value) -> (usize, usize) {
    (findings_core::record::all_doubts_of_json(record).len(), doubts_of_json(record).len())
}
