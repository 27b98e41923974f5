//! `findings link`: finds the inspection that an article reports, and the places of its quotations.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use clap::ValueEnum;
use findings_workbench::link::{Candidate, Link, Part, Quotation, Standing, Sureness, link};
use serde_json::Value;

use super::{print, usage};
use crate::Exit;
use crate::error::Refusal;

/// Find the inspection that an article reports on, and check its quotations against the record
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The article's record: JSON, made by `findings extract` with the press plugin
    #[arg(value_name = "ARTICLE.json")]
    article: String,
    /// Records of inspections: JSON or NDJSON files, folders of them, or - for standard input
    #[arg(required = true, value_name = "RECORDS")]
    records: Vec<String>,
    /// Output format: a text for people, or JSON
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
}

const EXAMPLES: &str = "\
Examples:
  findings extract article.txt > article.json
  findings extract letters/ > letters.ndjson
  findings link article.json letters.ndjson
  findings link --format json article.json letters.ndjson

RECORDS may be a pipe: findings extract letters/ | findings link article.json -

An article is linked to the record whose provider, type and month agree with it. An earlier
inspection that both mention, and sentences that the record has word for word, make the link surer.
certain, likely and possible name one record; ambiguous names none, because several are as likely.

Each quotation of the report is found in the record word for word, altered, or not at all. In a
difference the record's words come first: [-inside-] {+within+}.

Exit code: 0 the inspection was found, with all quotations of its report word for word; 1 it was not
found, or a quotation is altered or missing; 2 the command line is invalid, or a file can't be read.";

pub(crate) fn run(args: &Args) -> Exit {
    match linked(args) {
        Ok(found) => {
            let text = match args.format {
                Format::Table => table(&found),
                Format::Json => serde_json::to_string_pretty(&found).unwrap_or_default() + "\n",
            };
            match print(&text) {
                Exit::Done if !is_whole(&found) => Exit::SomeFailed,
                exit => exit,
            }
        }
        Err(message) => usage(message),
    }
}

fn linked(args: &Args) -> Result<Link, Refusal> {
    let article = values(&args.article)?;
    let [article] = article.as_slice() else {
        return Err(
            format!("{}: expected the record of one article, found {}", args.article, article.len()).into()
        );
    };
    let mut records = Vec::new();
    for name in &args.records {
        records.extend(values(name)?);
    }
    Ok(link(&args.article, article, &records).map_err(|e| e.to_string())?)
}

/// The records in a file, in the files of a folder, or on standard input.
fn values(name: &str) -> Result<Vec<Value>, Refusal> {
    let path = Path::new(name);
    if path.is_dir() {
        let folder = fs::read_dir(path).map_err(|e| format!("{name} can't be read: {e}"))?;
        let mut files: Vec<_> = folder.flatten().map(|e| e.path()).collect();
        files.retain(|p| p.extension().is_some_and(|e| e == "json" || e == "ndjson" || e == "jsonl"));
        files.sort();
        let read: Result<Vec<Vec<Value>>, Refusal> =
            files.iter().map(|p| values(&p.to_string_lossy())).collect();
        return Ok(read?.concat());
    }
    let mut text = String::new();
    let read = if name == "-" {
        io::stdin().lock().read_to_string(&mut text)
    } else {
        fs::read_to_string(path).map(|t| text = t).map(|()| text.len())
    };
    read.map_err(|e| match e.kind() {
        io::ErrorKind::InvalidData => no_record(name, "it is not a text"),
        _ => format!("{name} can't be read: {e}"),
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let parsed: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(text).into_iter().collect();
    let values = parsed.map_err(|e| no_record(name, &e.to_string()))?;
    Ok(values.into_iter().flat_map(|v| if let Value::Array(items) = v { items } else { vec![v] }).collect())
}

/// The error for something that is not a record; most likely the document itself was given.
fn no_record(name: &str, why: &str) -> String {
    format!(
        "{name} is neither JSON nor NDJSON ({why}): give records, made with `findings extract {name} > records.ndjson`"
    )
}

/// Whether the inspection was found, with all quotations from its report word for word.
fn is_whole(found: &Link) -> bool {
    let stands = |q: &Quotation| q.standing.is_none_or(|s| s == Standing::WordForWord);
    found.record.is_some() && found.quotations.iter().all(stands)
}

fn table(found: &Link) -> String {
    let mut out = String::new();
    let headline = found.headline.as_deref().unwrap_or("an article without a headline");
    let _ = writeln!(out, "{headline}\n  {}\n", found.article);
    let _ = match (&found.record, found.sureness) {
        (Some(_), sureness) => writeln!(out, "It reports on this inspection ({}):", code(&sureness)),
        (None, Sureness::Ambiguous) => {
            writeln!(out, "It may report on any of these: add records or a longer article to tell them apart.")
        }
        (None, _) => writeln!(
            out,
            "It reports on none of the inspections given. Those of the same provider, with the reasons against:"
        )
        .and_then(|()| match found.candidates.is_empty() {
            true => writeln!(out, "  none; have the reports of this provider been extracted?"),
            false => Ok(()),
        }),
    };
    let mut before = None;
    for candidate in &found.candidates {
        if found.record.is_some() && before == found.record {
            let _ = writeln!(out, "It does not report on these, of the same provider:");
        }
        about(&mut out, candidate);
        before = Some(candidate.record.clone());
    }
    summary(&mut out, &found.quotations);
    for (i, quotation) in found.quotations.iter().enumerate() {
        let _ = writeln!(out);
        quoted(&mut out, i + 1, quotation);
    }
    out
}

fn about(out: &mut String, c: &Candidate) {
    let text = |v: &Option<String>| v.clone().unwrap_or_else(|| "?".into());
    let (provider, kind, start) = (text(&c.provider), text(&c.kind), text(&c.start));
    let _ = writeln!(out, "  {provider}, {kind}, {start}: {}", c.record);
    for reason in &c.reasons {
        let _ = writeln!(out, "    + {reason}");
    }
    for reason in &c.against {
        let _ = writeln!(out, "    - {reason}");
    }
}

/// Counts the quotations by how they were found.
fn summary(out: &mut String, quotations: &[Quotation]) {
    let of = |standing| quotations.iter().filter(|q| q.standing == standing).count();
    let _ = writeln!(
        out,
        "\n{} quotations: {} word for word in the report, {} altered, {} not found, {} not from the report",
        quotations.len(),
        of(Some(Standing::WordForWord)),
        of(Some(Standing::Altered)),
        of(Some(Standing::NotFound)),
        of(None)
    );
}

fn quoted(out: &mut String, number: usize, q: &Quotation) {
    let speaker = q.attributed_to.as_deref().unwrap_or("no named speaker");
    let standing = q.standing.as_ref().map_or_else(|| "not the report's words".into(), code);
    let _ = writeln!(out, "{number}. {speaker}: {standing}");
    if q.parts.is_empty() {
        let _ = writeln!(out, "  “{}”", q.text);
    }
    for part in &q.parts {
        sentence(out, part);
    }
}

fn sentence(out: &mut String, part: &Part) {
    let _ = writeln!(out, "  “{}”", part.text);
    let standing = code(&part.standing);
    let Some(place) = &part.place else {
        let _ = writeln!(out, "      {standing}");
        return;
    };
    let page = place.page.map_or(String::new(), |p| format!("page {p}, "));
    let section = place.section.as_deref().map_or(String::new(), |s| format!("“{s}”, "));
    let more =
        if place.occurrences > 1 { format!(", one of {} places", place.occurrences) } else { String::new() };
    let _ = writeln!(out, "      {standing}: {page}{section}{}{more}", place.pointer);
    if let Some(difference) = &part.difference {
        let _ = writeln!(out, "      {difference}");
    } else if !part.text.contains(place.text.as_str()) {
        // A quotation of a few words is judged by the sentence it was taken from.
        let _ = writeln!(out, "      in: “{}”", place.text);
    }
}

/// The code of a value in JSON.
fn code(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().replace('-', " ")
}
