//! What the tests of drafting share.

use std::collections::BTreeSet;

use findings_core::plugin;
use findings_forms::draft::{Identity, Sample};

/// A document and what it says: names and values, an item of a list each.
pub struct Document {
    pub text: String,
    pub says: BTreeSet<(String, String)>,
}

pub const IDENTITY: Identity = Identity { regulator: "northmere", name: "record", others: &[] };

/// A line of a proposal, and the lines that a person writes instead.
pub type Edit = (&'static str, &'static [&'static str]);

/// A sample of a text.
pub fn sample(name: &str, text: &str) -> Sample {
    Sample { name: name.into(), document: plugin::document(name, text.as_bytes()).unwrap(), gold: None }
}

/// The proposal with some edits, and how many lines they write.
pub fn edited(proposal: &str, edits: &[Edit]) -> (String, usize) {
    let (mut text, mut lines) = (proposal.to_owned(), 0);
    for (line, instead) in edits {
        let whole = format!("\n{line}\n");
        assert!(text.contains(&whole), "there is no line {line}:\n{text}");
        text = text.replacen(&whole, &format!("\n{}\n", instead.join("\n")), 1);
        lines += instead.len();
    }
    (text, lines)
}
