//! Finds a quotation in a record: word for word, altered, or not at all.

use serde::Serialize;
use serde_json::Value;

use super::words::{Token, difference, likeness, runs, tokens};
use findings_core::grammar::sentence::sentences;
use findings_core::text::place_in;

/// The least likeness at which a sentence counts as an altered quotation.
const ALTERED: f32 = 0.7;
/// A quotation of fewer words is a fragment. It must match word for word, because likeness would mean little.
const FRAGMENT: usize = 5;

/// How a quotation occurs in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Completely, word for word.
    WordForWord,
    /// With words changed, or with some of its sentences missing.
    Altered,
    /// Not at all.
    NotFound,
}

/// A quotation in an article, with its place in the record.
#[derive(Debug, Clone, Serialize)]
pub struct Quotation {
    /// Its JSON Pointer in the article's record.
    pub pointer: String,
    /// What is quoted.
    pub text: String,
    /// The person quoted.
    pub attributed_to: Option<String>,
    /// Whose words they are: `report`, `council`, `other`.
    pub kind: String,
    /// How it occurs in the record; null for words that are not from the report.
    pub standing: Option<Standing>,
    /// Its sentences, if they occur separately in the record.
    pub parts: Vec<Part>,
}

/// A sentence of a quotation, or all of it.
#[derive(Debug, Clone, Serialize)]
pub struct Part {
    /// Its words in the article.
    pub text: String,
    /// How it occurs in the record.
    pub standing: Standing,
    /// Its place in the record.
    pub place: Option<Place>,
    /// The difference, if it is altered: "[-inside-] {+within+}", the record's words first.
    pub difference: Option<String>,
}

/// A place in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// JSON Pointer to the block or item.
    pub pointer: String,
    /// The heading of its section.
    pub section: Option<String>,
    /// Its page, from 1, if the record's evidence gives it.
    pub page: Option<u64>,
    /// The sentence of the record that contains it, or its beginning.
    pub text: String,
    /// In how many places the same words occur.
    pub occurrences: usize,
}

/// A quotation before it is located.
#[derive(Debug, Clone)]
pub(super) struct Quoted {
    shown: Quotation,
    /// The words of the paragraphs around it.
    context: Vec<Token>,
}

impl Quotation {
    /// The quotation, if no record was found.
    pub(super) fn nowhere(quoted: &Quoted) -> Quotation {
        quoted.shown.clone()
    }
}

/// The quotations of an article.
pub(super) fn of_report(article: &Value) -> Vec<Quoted> {
    let quotes = article["quotes"].as_array().into_iter().flatten().enumerate();
    let text = |v: &Value| v.as_str().map(str::to_owned);
    quotes
        .map(|(i, q)| {
            let around: Vec<&str> = q["paragraphs"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|p| article["paragraphs"].get(p.as_u64()? as usize)?.as_str())
                .collect();
            let shown = Quotation {
                pointer: format!("/quotes/{i}"),
                text: text(&q["text"]).unwrap_or_default(),
                attributed_to: text(&q["attributed_to"]),
                kind: text(&q["kind"]).unwrap_or_default(),
                standing: None,
                parts: Vec::new(),
            };
            Quoted { shown, context: tokens(&around.join(" ")) }
        })
        .collect()
}

/// The texts of a record that can be quoted.
#[derive(Debug)]
pub(super) struct Report {
    units: Vec<Unit>,
}

#[derive(Debug)]
struct Unit {
    pointer: String,
    section: Option<String>,
    page: Option<u64>,
    text: String,
    tokens: Vec<Token>,
}

impl Report {
    /// The blocks of a record's sections, and its footnotes.
    pub(super) fn of(record: &Value) -> Report {
        let mut units = Vec::new();
        let mut add = |pointer: String, section: Option<&str>, text: &str| {
            let page = record["evidence"][pointer.as_str()]["spans"][0]["page"].as_u64();
            let section = section.map(str::to_owned);
            units.push(Unit { page, section, text: text.to_owned(), tokens: tokens(text), pointer });
        };
        for (s, section) in record["sections"].as_array().into_iter().flatten().enumerate() {
            let heading = section["heading"].as_str();
            for (b, block) in section["blocks"].as_array().into_iter().flatten().enumerate() {
                let cells =
                    block["rows"].as_array().into_iter().flatten().filter_map(Value::as_array).flatten();
                let cells: Vec<&str> = cells.filter_map(Value::as_str).collect();
                let text = block["text"].as_str().map_or_else(|| cells.join(" "), str::to_owned);
                add(format!("/sections/{s}/blocks/{b}"), heading, &text);
            }
        }
        for (n, note) in record["footnotes"].as_array().into_iter().flatten().enumerate() {
            add(format!("/footnotes/{n}"), None, note["text"].as_str().unwrap_or_default());
        }
        Report { units }
    }

    /// How many sentences of the report's quotations occur here word for word, and how many there are. Fragments don't
    /// count, because they say too little.
    pub(super) fn verbatim(&self, quoted: &[Quoted]) -> (usize, usize) {
        let parts = quoted.iter().filter(|q| q.shown.kind == "report").flat_map(|q| sentences(&q.shown.text));
        let parts: Vec<Vec<Token>> = parts.map(tokens).filter(|t| t.len() >= FRAGMENT).collect();
        let here = parts.iter().filter(|p| self.units.iter().any(|u| !runs(&u.tokens, p).is_empty())).count();
        (here, parts.len())
    }

    /// Finds the place of a quotation.
    pub(super) fn locate(&self, quoted: &Quoted) -> Quotation {
        let mut shown = quoted.shown.clone();
        if shown.kind == "council" {
            return shown;
        }
        let whole = self.part(&shown.text, &quoted.context);
        shown.parts = match whole.standing {
            Standing::WordForWord => vec![whole],
            _ => sentences(&shown.text).map(|s| self.part(s, &quoted.context)).collect(),
        };
        let all = |standing| shown.parts.iter().all(|p| p.standing == standing);
        let standing = if all(Standing::WordForWord) {
            Standing::WordForWord
        } else if all(Standing::NotFound) {
            Standing::NotFound
        } else {
            Standing::Altered
        };
        // Words not attributed to anybody that are not found may not be from the report at all.
        shown.standing = (shown.kind == "report" || standing != Standing::NotFound).then_some(standing);
        shown
    }

    fn part(&self, text: &str, context: &[Token]) -> Part {
        let words = tokens(text);
        let mut found: Vec<(&Unit, std::ops::Range<usize>)> = Vec::new();
        for unit in &self.units {
            found.extend(runs(&unit.tokens, &words).into_iter().map(|run| (unit, run)));
        }
        // A few words may occur in many places; choose the one most similar to the text around them in the article.
        let near = |unit: &Unit| {
            unit.tokens.iter().filter(|t| t.key.len() > 3 && context.iter().any(|c| c.key == t.key)).count()
        };
        let occurrences = found.len();
        if let Some((unit, run)) = found.into_iter().rev().max_by_key(|(u, _)| near(u)) {
            let place = unit.place(unit.tokens[run.start].at.start, occurrences);
            return Part {
                text: text.to_owned(),
                standing: Standing::WordForWord,
                place: Some(place),
                difference: None,
            };
        }
        let altered = (words.len() >= FRAGMENT).then(|| self.nearest(&words)).flatten();
        match altered {
            Some((unit, sentence)) => Part {
                text: text.to_owned(),
                standing: Standing::Altered,
                place: place_in(&unit.text, sentence).map(|range| unit.place(range.start, 1)),
                difference: Some(difference(sentence, text)),
            },
            None => {
                Part { text: text.to_owned(), standing: Standing::NotFound, place: None, difference: None }
            }
        }
    }

    /// The sentence that is most like the words, if it is like enough.
    fn nearest(&self, words: &[Token]) -> Option<(&Unit, &str)> {
        let all = self.units.iter().flat_map(|u| sentences(&u.text).map(move |s| (u, s)));
        let shares = |t: &[Token]| {
            t.iter().filter(|t| words.iter().any(|w| w.key == t.key)).count() * 2 >= words.len()
        };
        let liked = all.filter_map(|(u, s)| {
            let own = tokens(s);
            let alike = if shares(&own) { likeness(&own, words) } else { 0.0 };
            (alike >= ALTERED).then_some((alike, u, s))
        });
        liked.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, u, s)| (u, s))
    }
}

impl Unit {
    /// The place of a byte offset in the text.
    fn place(&self, at: usize, occurrences: usize) -> Place {
        let holds = |sentence: &&str| place_in(&self.text, sentence).is_some_and(|range| range.contains(&at));
        let sentence = sentences(&self.text).find(holds);
        Place {
            pointer: self.pointer.clone(),
            section: self.section.clone(),
            page: self.page,
            text: sentence.unwrap_or(&self.text).to_owned(),
            occurrences,
        }
    }
}
