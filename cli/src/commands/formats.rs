//! `findings formats`: what is read, and what is known not to work.

use std::fmt::Write;

use findings_core::pipeline::formats;
use findings_core::record::vocabulary::CODE_LISTS;
use serde_json::{Value, json};

use super::print;
use crate::Exit;

/// List the formats that are read, their editions and known gaps
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The code lists of records, with the meaning of each code
    #[arg(long)]
    codes: bool,
    /// As JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Exit {
    let text = match (args.codes, args.json) {
        (false, false) => formats_text(),
        (false, true) => format!("{:#}\n", json!(formats())),
        (true, false) => codes_text(),
        (true, true) => format!("{:#}\n", codes_json()),
    };
    print(&text)
}

fn formats_text() -> String {
    let mut s = String::new();
    for f in formats() {
        // Writing to a string cannot fail.
        let _ = writeln!(s, "{}\n  {}", f.id, f.title);
        for e in f.editions {
            let _ = writeln!(s, "  {:14} {:12} {}", e.id, e.years, e.note);
        }
        for gap in f.known_gaps {
            let _ = writeln!(s, "  known gap: {gap}");
        }
        s.push('\n');
    }
    s.push_str("`findings formats --codes` explains the codes that records hold.\n");
    s
}

fn codes_text() -> String {
    let mut s = String::new();
    for list in CODE_LISTS {
        let _ = writeln!(s, "{}  ({})", list.name, list.paths.join(", "));
        for (code, meaning) in list.codes {
            let _ = writeln!(s, "  {code:36} {meaning}");
        }
        s.push('\n');
    }
    s
}

fn codes_json() -> Value {
    let code = |(code, meaning): &(&str, &str)| json!({ "code": code, "meaning": meaning });
    CODE_LISTS
        .iter()
        .map(|l| json!({ "name": l.name, "paths": l.paths, "codes": l.codes.iter().map(code).collect::<Vec<_>>() }))
        .collect()
}
