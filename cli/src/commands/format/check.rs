//! Tries a format file on samples.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use findings_core::doubts;
use findings_core::explain::unread;
use findings_core::format::{THRESHOLD, claims};
use findings_core::pipeline::{self, ReadOptions};
use findings_core::plugin::{self, Foreign};
use findings_core::record::{Record, Status};
use findings_forms::FormatFiles;
use findings_forms::model::Presence;
use indexmap::IndexMap;

use super::reading;
use crate::commands::print;
use crate::error::Refusal;
use crate::{Exit, input};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The format file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Documents of the format: files, folders, patterns
    #[arg(value_name = "SAMPLE", required = true)]
    samples: Vec<String>,
    /// Documents of other formats: none of them may be claimed
    #[arg(long, value_name = "INPUT")]
    others: Vec<String>,
}

/// How often a field had each status.
#[derive(Default)]
struct Tally {
    read: usize,
    not_stated: usize,
    not_read: usize,
}

/// The results for all samples.
#[derive(Default)]
struct Report {
    samples: usize,
    clean: usize,
    fields: IndexMap<String, Tally>,
    problems: Vec<String>,
    /// List that tables and lists fill → the number of samples with items of it, and how many items there are.
    lists: IndexMap<String, (usize, usize)>,
    /// Code → what is in doubt.
    doubts: IndexMap<String, Vec<String>>,
    /// Unread text → the number of samples with it, and where it was seen first.
    unread: IndexMap<String, (usize, String)>,
}

/// The least width of the column of pointers.
const POINTER: usize = 40;
/// How many unread texts are shown.
const UNREAD: usize = 12;
/// How many doubts with the same code are shown.
const OF_A_KIND: usize = 12;

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let (files, options) = reading(&args.file)?;
    let mut report = Report::default();
    for document in input::collect(&args.samples).list {
        report.samples += 1;
        match document.bytes(&options.limits) {
            Ok(bytes) => report.sample(&document.name, &bytes, &files, &options),
            Err(e) => report.problems.push(format!("{}: {e}", document.name)),
        }
    }
    let claimed = others(&args.others, &files, &options);
    let failed = !report.problems.is_empty() || !claimed.is_empty();
    let mut text = report.text();
    for line in &claimed {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "claimed, but of another format: {line}");
    }
    Ok(match print(&text) {
        Exit::Done if failed => Exit::SomeFailed,
        exit => exit,
    })
}

impl Report {
    fn sample(&mut self, name: &str, bytes: &[u8], files: &FormatFiles, options: &ReadOptions) {
        if let Some(other) = collision(name, bytes) {
            self.problems.push(format!("{name}: {other}"));
        }
        match pipeline::read(name, bytes, options).outcome {
            Ok(read) if files.plugin_of(read.format()).is_some() => {
                if let Some(record) = read.inspection() {
                    self.record(name, record, files);
                    self.unread(name, bytes, record, files);
                }
            }
            Ok(read) => self.problems.push(format!("{name}: it was read as {}", read.format())),
            Err(e) => self.problems.push(format!("{name}: {}", e.error)),
        }
    }

    fn record(&mut self, name: &str, record: &Record, files: &FormatFiles) {
        for field in files.all().flat_map(|f| f.file().fields.iter()) {
            let pointer = field.pointer.as_str();
            let at = if pointer == "/inspection" { "/inspection/start" } else { pointer };
            if let Some(area) = &field.area {
                let judged = record.judgements.iter().any(|j| j.area == *area && j.grade.is_some());
                let tally = self.fields.entry(format!("{pointer} ({area})")).or_default();
                match judged {
                    true => tally.read += 1,
                    false if field.presence == Presence::Optional => tally.not_stated += 1,
                    false => tally.not_read += 1,
                }
                continue;
            }
            let tally = self.fields.entry(pointer.to_owned()).or_default();
            match record.evidence.get(at).map(|e| e.status) {
                Some(Status::NotStated | Status::NotApplicable) => tally.not_stated += 1,
                Some(Status::Found | Status::Derived) => tally.read += 1,
                // A list with items has no status of its own; its items have.
                None if !list_is_empty(record, pointer) => tally.read += 1,
                _ => tally.not_read += 1,
            }
        }
        let file = || files.all().map(|f| f.file());
        let lists =
            file().flat_map(|f| f.tables.iter().map(|t| &t.into).chain(f.lists.iter().map(|l| &l.into)));
        let lists: BTreeSet<&String> = lists.collect();
        for pointer in lists {
            let items = items(record, pointer);
            let (documents, all) = self.lists.entry(pointer.clone()).or_default();
            *documents += usize::from(items > 0);
            *all += items;
        }
        let all = doubts(record);
        self.clean += usize::from(all.is_empty());
        for doubt in all {
            let line = format!("{name}: {} {}", doubt.pointer, doubt.message);
            self.doubts.entry(doubt.code).or_default().push(line);
        }
    }

    /// Collects the text of a sample that the file reads nothing from, other than its anchors and labels.
    fn unread(&mut self, name: &str, bytes: &[u8], record: &Record, files: &FormatFiles) {
        let Ok(doc) = plugin::document(name, bytes) else { return };
        let is_form = |text: &str| files.all().any(|f| f.is_of_the_form(text));
        for run in unread(record, &doc.outline).into_iter().filter(|run| !is_form(run.as_str())) {
            let quote: String = run.as_str().chars().take(70).collect();
            let first = || (0, format!("{name}, page {}", run.page()));
            self.unread.entry(quote).or_insert_with(first).0 += 1;
        }
    }

    fn text(&self) -> String {
        let mut s = format!("{} samples, {} without a doubt\n\n", self.samples, self.clean);
        let names = self.fields.keys().chain(self.lists.keys()).map(|pointer| pointer.chars().count());
        let wide = names.max().unwrap_or_default().max(POINTER);
        let _ = writeln!(s, "{:wide$} {:>6} {:>10} {:>8}", "field", "read", "not stated", "not read");
        for (pointer, t) in &self.fields {
            let _ = writeln!(s, "{pointer:wide$} {:>6} {:>10} {:>8}", t.read, t.not_stated, t.not_read);
        }
        if !self.lists.is_empty() {
            let _ = writeln!(s, "\n{:wide$} {:>6} {:>10}", "list, from tables and lists", "in", "items");
        }
        for (pointer, (documents, items)) in &self.lists {
            let _ = writeln!(s, "{pointer:wide$} {documents:>6} {items:>10}");
        }
        let mut doubts: Vec<String> = Vec::new();
        for (code, lines) in &self.doubts {
            doubts.extend(lines.iter().take(OF_A_KIND).cloned());
            if lines.len() > OF_A_KIND {
                doubts.push(format!("and {} more of this kind ({code})", lines.len() - OF_A_KIND));
            }
        }
        let unread: Vec<String> = self
            .unread
            .iter()
            .map(|(quote, (n, first))| format!("{n} times, first in {first}: {quote}"))
            .collect();
        for (title, lines, most) in [
            ("Not read: words that no rule of the file covers", &unread, UNREAD),
            ("In doubt", &doubts, usize::MAX),
            ("Wrong", &self.problems, usize::MAX),
        ] {
            if !lines.is_empty() {
                let _ = writeln!(s, "\n{title}:");
            }
            for line in lines.iter().take(most) {
                let _ = writeln!(s, "  {line}");
            }
            if lines.len() > most {
                let _ = writeln!(s, "  and {} more", lines.len() - most);
            }
        }
        s
    }
}

/// How many items a list of a record has.
fn items(record: &Record, pointer: &str) -> usize {
    match pointer {
        "/judgements" => record.judgements.len(),
        "/inspectors" => record.inspectors.len(),
        "/improvements" => record.improvements.len(),
        "/strengths" => record.strengths.len(),
        own => {
            let name = own.trim_start_matches("/extension/");
            let list = record.extension.as_ref().and_then(|e| e.get(name)).and_then(|list| list.as_array());
            list.map_or(0, Vec::len)
        }
    }
}

fn list_is_empty(record: &Record, pointer: &str) -> bool {
    let letter = record.letter.as_ref();
    match pointer {
        "/letter/signatories" => letter.is_none_or(|l| l.signatories.is_empty()),
        "/letter/recipients" => letter.is_none_or(|l| l.recipients.is_empty()),
        "/judgements" => record.judgements.is_empty(),
        "/inspectors" => record.inspectors.is_empty(),
        _ => true,
    }
}

/// Another format, of core or included with findings, that claims a sample.
fn collision(name: &str, bytes: &[u8]) -> Option<String> {
    let doc = plugin::document(name, bytes).ok()?;
    let claim = claims(pipeline::core_formats(), &doc.outline).into_iter().find(|c| c.score >= THRESHOLD)?;
    Some(format!(
        "{} also claims it, with a score of {:.2} ({})",
        claim.format,
        claim.score,
        claim.reasons.join(", ")
    ))
}

/// The documents of other formats that the file claims.
fn others(inputs: &[String], files: &FormatFiles, options: &ReadOptions) -> Vec<String> {
    let claimed = input::collect(inputs).list.into_iter().filter_map(|document| {
        let bytes = document.bytes(&options.limits).ok()?;
        let doc = plugin::document(&document.name, &bytes).ok()?;
        let claim = claims(files.formats(), &doc.outline).into_iter().find(|c| c.score >= THRESHOLD)?;
        Some(format!("{} with {:.2} ({})", document.name, claim.score, claim.reasons.join(", ")))
    });
    claimed.collect()
}
