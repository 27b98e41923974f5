//! Finds the inspection that an article reports, and the places of its quotations in the inspection's record.
//!
//! Works on JSON alone: on the record of an article (`urn:findings:schema:press-article:1.x`) and on records of
//! inspections, whoever made them. No single piece of evidence settles the matter: each candidate lists what counts for
//! it and against it.

mod matching;
mod quotations;
mod words;

use serde::Serialize;
use serde_json::Value;

pub use matching::{Candidate, Sureness};
pub use quotations::{Part, Place, Quotation, Standing};

/// The result for an article.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// The article, as named in its record.
    pub article: String,
    /// Its headline.
    pub headline: Option<String>,
    /// The record of the inspection that it reports; null if there is none, or if two are equally likely.
    pub record: Option<String>,
    /// How certain that is.
    pub sureness: Sureness,
    /// All candidates, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The quotations from the report, with their places in that record.
    pub quotations: Vec<Quotation>,
}

/// Why an article can't be linked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The first record is not of an article.
    #[error(
        "{0} is not the record of an article (its schema is {1}): give the article's record first, made with `findings extract` and the press plugin"
    )]
    NotAnArticle(String, String),
}

/// Finds the inspection that an article reports among some records. Messages call the article `name`.
///
/// # Errors
/// `article` is not the record of an article.
pub fn link(name: &str, article: &Value, records: &[Value]) -> Result<Link, LinkError> {
    let schema = article["schema"].as_str().unwrap_or("not given");
    if !schema.contains(":press-article:") {
        return Err(LinkError::NotAnArticle(name.to_owned(), schema.to_owned()));
    }
    let quoted = quotations::of_report(article);
    let reports: Vec<(&Value, quotations::Report)> = records
        .iter()
        .filter(|r| r["sections"].is_array() && r["provider"].is_object())
        .map(|r| (r, quotations::Report::of(r)))
        .collect();
    let mut candidates: Vec<(Candidate, usize)> = reports
        .iter()
        .enumerate()
        .filter_map(|(at, (record, report))| {
            Some((matching::candidate(article, record, report.verbatim(&quoted))?, at))
        })
        .collect();
    candidates.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score));
    let sureness = matching::resolve(&mut candidates);
    let best = candidates.first().filter(|_| sureness >= Sureness::Possible).map(|(_, at)| *at);
    let quotations = match best {
        Some(at) => quoted.iter().map(|q| reports[at].1.locate(q)).collect(),
        None => quoted.iter().map(Quotation::nowhere).collect(),
    };
    Ok(Link {
        article: article["document"]["source"].as_str().unwrap_or(name).to_owned(),
        headline: article["headline"].as_str().map(str::to_owned),
        record: best.map(|at| matching::source(reports[at].0)),
        sureness,
        candidates: candidates.into_iter().map(|(c, _)| c).collect(),
        quotations,
    })
}

#[cfg(test)]
mod tests;
