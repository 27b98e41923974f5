//! `findings formats`: lists the formats that can be read, and their known gaps.

use std::fmt::Write;
use std::sync::Arc;

use findings_core::checks::{self, promises};
use findings_core::format::FormatInfo;
use findings_core::pipeline::formats;
use findings_core::plugin::Foreign;
use findings_core::plugin::manifest::{CodeManifest, FormatManifest};
use findings_core::record::vocabulary::CODE_LISTS;
use serde_json::{Value, json};

use super::{print, usage};
use crate::Exit;
use crate::brought::Brought;
use crate::error::Error;
use crate::plugins::PluginArgs;
use crate::worker::ProcessRunner;

/// List the supported formats, their editions and known gaps
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Show the code lists of records, with the meaning of each code
    #[arg(long)]
    codes: bool,
    /// Show the checks made on every record: what each expects, and in how many real documents it held
    #[arg(long, conflicts_with = "codes")]
    checks: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    plugins: PluginArgs,
}

pub(crate) fn run(args: &Args) -> Exit {
    let plugins = ProcessRunner::new()
        .map_err(Error::from)
        .and_then(|runner| args.plugins.host(Arc::new(runner), false));
    let plugins = match plugins {
        Ok(plugins) => plugins,
        Err(e) => return usage(e),
    };
    let plugins = plugins.as_deref();
    let more = plugins.map(Brought::codes).unwrap_or_default();
    if args.checks {
        return print(&checks_text(args.json, &plugins.map(Brought::format_manifests).unwrap_or_default()));
    }
    let text = match (args.codes, args.json) {
        (false, false) => formats_text(plugins),
        (false, true) => format!("{:#}\n", formats_json(plugins)),
        (true, false) => codes_text(&more),
        (true, true) => format!("{:#}\n", codes_json(&more)),
    };
    print(&text)
}

/// Every format with its editions and gaps, and the plugin that reads it.
pub(crate) fn formats_json(plugins: Option<&Brought>) -> Value {
    let format = |f: &'static FormatInfo| {
        let mut value = json!(f);
        value["plugin"] = json!(plugins.and_then(|p| p.plugin_of(f.id)));
        value
    };
    formats(plugins.map(|host| host as _)).into_iter().map(format).collect()
}

fn formats_text(plugins: Option<&Brought>) -> String {
    let mut s = String::new();
    for f in formats(plugins.map(|host| host as _)) {
        // Writing to a string cannot fail.
        let _ = writeln!(s, "{}\n  {}", f.id, f.title);
        if let Some(plugin) = plugins.and_then(|p| p.plugin_of(f.id)) {
            let _ = writeln!(s, "  read by the plugin {plugin}");
        }
        for e in f.editions {
            let _ = writeln!(s, "  {:14} {:12} {}", e.id, e.years, e.note);
        }
        for gap in f.known_gaps {
            let _ = writeln!(s, "  known gap: {gap}");
        }
        s.push('\n');
    }
    s.push_str("`findings formats --codes` explains the codes in records, `--checks` the checks made on each record.\n");
    s
}

/// The checks, and the promises of each edition: core's, then those of plugins' formats.
fn checks_text(json: bool, more: &[FormatManifest]) -> String {
    let editions: Vec<promises::Edition> = promises::all().collect();
    if json {
        let of_plugins =
            more.iter().map(|f| json!({ "format": f.id, "checks": f.checks, "editions": f.promises }));
        return format!(
            "{:#}\n",
            json!({
                "checks": checks::all().collect::<Vec<_>>(),
                "editions": editions,
                "plugins": of_plugins.collect::<Vec<_>>(),
            })
        );
    }
    let mut s = String::from("Checks made on every record; one that fails is a diagnostic with its name:\n");
    for check in checks::all() {
        check_line(&mut s, check.name, check.why, check.held);
    }
    for format in more.iter().filter(|f| !f.checks.is_empty()) {
        let _ = writeln!(s, "\nIn records of {}, also:", format.id);
        format.checks.iter().for_each(|c| check_line(&mut s, &c.name, &c.why, c.held));
    }
    s.push_str(
        "\nWhat every document of an edition contains; anything missing is reported as `expected-missing`:\n",
    );
    for edition in editions {
        let promised: Vec<String> = edition.all().map(|promise| promise.to_string()).collect();
        edition_lines(&mut s, edition.format, edition.edition, edition.seen, &promised);
    }
    for (format, edition) in more.iter().flat_map(|f| f.promises.iter().map(|e| (&f.id, e))) {
        edition_lines(&mut s, format, &edition.edition, edition.seen, &edition.promises);
    }
    s
}

fn check_line(s: &mut String, name: &str, why: &str, (held, made): (u32, u32)) {
    let _ = writeln!(s, "  {name:28} {held:>3} of {made:>3}  {why}");
}

fn edition_lines(s: &mut String, format: &str, edition: &str, seen: u32, promised: &[String]) {
    let _ = writeln!(s, "  {format} {edition} ({seen} documents)");
    promised.iter().for_each(|promise| {
        let _ = writeln!(s, "    {promise}");
    });
}

/// The codes that plugins add to a list.
fn of_plugins<'m>(more: &'m [CodeManifest], list: &str) -> impl Iterator<Item = (&'m str, &'m str)> {
    more.iter().filter(move |c| c.list == list).map(|c| (c.code.as_str(), c.meaning.as_str()))
}

fn codes_text(more: &[CodeManifest]) -> String {
    let mut s = String::new();
    for list in CODE_LISTS {
        let _ = writeln!(s, "{}  ({})", list.name, list.paths.join(", "));
        for (code, meaning) in list.codes.iter().copied().chain(of_plugins(more, list.name)) {
            let _ = writeln!(s, "  {code:36} {meaning}");
        }
        s.push('\n');
    }
    s
}

fn codes_json(more: &[CodeManifest]) -> Value {
    let code = |(code, meaning): (&str, &str)| json!({ "code": code, "meaning": meaning });
    CODE_LISTS
        .iter()
        .map(|l| {
            let codes = l.codes.iter().copied().chain(of_plugins(more, l.name));
            json!({ "name": l.name, "paths": l.paths, "codes": codes.map(code).collect::<Vec<_>>() })
        })
        .collect()
}
