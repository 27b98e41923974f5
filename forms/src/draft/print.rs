//! Formats the guesses as the text of a file, with their comments.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use super::Identity;
use super::guess::{Guess, Guesses};

/// Longer values are split over several lines, in bytes.
const LINE: usize = 100;
/// The width of comments, in bytes.
const COMMENT: usize = 112;

/// The text of the file.
pub(super) fn text(guesses: &Guesses, identity: Identity) -> String {
    let mut s = String::new();
    let Identity { regulator, name, .. } = identity;
    let n = guesses.samples;
    comment(
        &mut s,
        &format!(
            "Proposed by findings format draft from {n} samples. Check whatever is marked GUESS against the documents, correct it, and test the file with findings format check."
        ),
    );
    let _ = writeln!(s, "\nid = {}", json(&format!("{regulator}.{name}")));
    let _ = writeln!(s, "title = {}", json(&format!("{name} ({regulator})")));
    let _ = writeln!(s, "regulator = {}\nversion = \"1\"", json(regulator));
    let _ = writeln!(s, "tested-on = {}", json(&format!("the {n} samples it was drafted from")));
    s.push_str("\n[always]\n# GUESS: what kind of body is inspected: \"school\", \"care-home\" …\nprovider-kind = \"other\"\n");
    guesses.anchors.iter().for_each(|g| part(&mut s, "[[anchor]]", g));
    for (name, guess) in &guesses.codes {
        part(&mut s, &format!("[codes.{name}]"), guess);
    }
    guesses.fields.iter().for_each(|g| part(&mut s, "[[field]]", g));
    guesses.tables.iter().for_each(|g| part(&mut s, "[[table]]", g));
    guesses.lists.iter().for_each(|g| part(&mut s, "[[list]]", g));
    guesses.sections.iter().for_each(|g| part(&mut s, "[[section]]", g));
    s.push_str("\n# Whatever is required above raises a doubt in a document that lacks it.\n");
    let _ = writeln!(s, "[[promise]]\nseen = {n}");
    if !guesses.left.is_empty() {
        s.push('\n');
        comment(&mut s, "Left out:");
        guesses.left.iter().for_each(|l| comment(&mut s, &format!("- {l}")));
    }
    s
}

fn part<T: Serialize>(s: &mut String, head: &str, guess: &Guess<T>) {
    s.push('\n');
    guess.notes.iter().for_each(|n| comment(s, n));
    let _ = writeln!(s, "{head}");
    if let Ok(Value::Object(members)) = serde_json::to_value(&guess.part) {
        for (key, value) in &members {
            let _ = writeln!(s, "{key} = {}", lines(value));
        }
    }
}

/// A long list gets one line per item.
fn lines(value: &Value) -> String {
    let one = inline(value);
    match value {
        Value::Array(items) if one.len() > LINE => {
            let items: String = items.iter().map(|i| format!("  {},\n", inline(i))).collect();
            format!("[\n{items}]")
        }
        _ => one,
    }
}

fn inline(value: &Value) -> String {
    let joined = |all: Vec<String>| all.join(", ");
    match value {
        Value::Object(members) => {
            let key = |k: &String| {
                if k.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)) {
                    k.clone()
                } else {
                    json(k)
                }
            };
            format!(
                "{{ {} }}",
                joined(members.iter().map(|(k, v)| format!("{} = {}", key(k), inline(v))).collect())
            )
        }
        Value::Array(items) => format!("[{}]", joined(items.iter().map(inline).collect())),
        Value::Number(n) if n.is_f64() => format!("{:.2}", n.as_f64().unwrap_or_default()),
        other => other.to_string(),
    }
}

/// A text in quotes: TOML can read the escapes of JSON.
fn json(text: &str) -> String {
    Value::from(text).to_string()
}

fn comment(s: &mut String, text: &str) {
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.len() + word.len() > COMMENT && line.len() > 1 {
            let _ = writeln!(s, "{line}");
            line = "#  ".into();
        }
        line.push(' ');
        line.push_str(word);
    }
    let _ = writeln!(s, "{line}");
}
