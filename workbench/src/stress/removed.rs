//! A record without what stood in one line.

use serde_json::{Map, Value};

use super::words::core;
use crate::evidence;

/// Lists that may be without anything: what they had is not missed.
const MAY_BE_EMPTY: &[&str] = &["/sections", "/footnotes", "/figures", "/mentions"];
/// Lists of what is read from sentences.
const FACTS: &[&str] = &["/figures", "/mentions"];
/// A mark, a number and the like before a line's text, which the text of a value does not have.
const BEFORE: usize = 2;

/// A line that is not there any more.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// Its words.
    pub words: Vec<String>,
    /// The last word of the line before it, and the first of the one after it.
    pub around: [Option<String>; 2],
}

/// The words of a line that has fewer may stand elsewhere, too: they are the line's where the words around them are.
const SHORT: usize = 4;

/// The values without the words of a line: texts are shorter by them; an item of a list that said nothing else is gone,
/// as long as others are left, or the list may be empty. What else was read from the line is still expected: where it is
/// gone, the record has to say so. With `facts_too`, what is read from sentences (figures, mentions) is gone with any line
/// of its sentence.
pub(super) fn without(values: &Value, record: &Value, line: &Removed, facts_too: bool) -> Value {
    let walk = Walk { record, line, facts_too };
    let mut values = values.clone();
    if let Some(object) = values.as_object_mut() {
        for (key, value) in object.iter_mut() {
            walk.value(value, &format!("/{key}"));
        }
        if let Some(sections) = object.get_mut("sections").and_then(Value::as_array_mut) {
            merge_headless(sections);
        }
    }
    values
}

struct Walk<'a> {
    record: &'a Value,
    line: &'a Removed,
    facts_too: bool,
}

impl Walk<'_> {
    fn value(&self, value: &mut Value, pointer: &str) {
        match value {
            Value::String(text) => {
                if let Some(shorter) = cut(text, self.line).filter(|t| !t.is_empty()) {
                    *text = shorter;
                }
            }
            Value::Array(items) => self.list(items, pointer),
            Value::Object(map) => {
                map.iter_mut().for_each(|(key, v)| self.value(v, &format!("{pointer}/{key}")));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn list(&self, items: &mut Vec<Value>, pointer: &str) {
        let gone: Vec<bool> =
            (0..items.len()).map(|i| self.is_gone(&items[i], &format!("{pointer}/{i}"))).collect();
        let sections = pointer == "/sections";
        let optional = MAY_BE_EMPTY.iter().any(|l| evidence::within(pointer, l));
        let may_go = optional || gone.iter().any(|g| !g);
        let mut i = 0;
        items.retain_mut(|item| {
            let (at, gone) = (format!("{pointer}/{i}"), gone[i] && may_go);
            i += 1;
            if gone && sections {
                item["heading"] = Value::Null;
            }
            let keep = !gone || sections;
            if keep {
                self.value(item, &at);
            }
            keep
        });
    }

    /// Whether all that an item says stood in the line.
    fn is_gone(&self, item: &Value, pointer: &str) -> bool {
        let sentence = || item.get("text").and_then(Value::as_str).and_then(|t| cut(t, self.line));
        if self.facts_too && FACTS.iter().any(|l| evidence::within(pointer, l)) && sentence().is_some() {
            return true;
        }
        const MAIN: &[&str] = &["name", "heading", "text", "label"];
        let main = |map: &Map<String, Value>| {
            MAIN.iter().find_map(|k| Some((*k, map.get(*k)?.as_str()?.to_owned())))
        };
        let (key, text) = match item {
            Value::String(text) => ("", text.clone()),
            // A table's row.
            Value::Array(cells) if !cells.is_empty() => {
                let said: Vec<&str> =
                    cells.iter().filter_map(Value::as_str).filter(|c| !c.is_empty()).collect();
                ("", said.join(" "))
            }
            Value::Object(map) => match main(map) {
                Some(main) => main,
                None => return false,
            },
            _ => return false,
        };
        let quote = evidence::of(self.record, &format!("{pointer}/{key}")).quote;
        // A judgement or a person is said by more than a name; a paragraph or a heading by its words alone.
        let whole = cut(&text, self.line).is_some_and(|t| t.is_empty());
        let named = key == "name"
            && (within(&words(&text), &self.line.words)
                || quote.as_deref().is_some_and(|q| within(&words(q), &self.line.words)));
        whole && key != "label" || named
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Whether words stand in a line, one after the other.
fn within(words: &[String], line: &[String]) -> bool {
    !words.is_empty()
        && line.windows(words.len()).any(|w| w.iter().zip(words).all(|(a, b)| core(a) == core(b)))
}

/// A text without a line that it has; `None` where it has not.
fn cut(text: &str, removed: &Removed) -> Option<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    for before in 0..=BEFORE {
        let line = removed.words.get(before..).filter(|l| !l.is_empty())?;
        let is_it = |at: usize| {
            let same = all[at..at + line.len()].iter().zip(line).all(|(a, b)| a == b);
            let [above, below] = &removed.around;
            let follows = at.checked_sub(1).is_none_or(|i| above.as_deref() == Some(all[i]));
            let goes_on = all.get(at + line.len()).is_none_or(|w| below.as_deref() == Some(*w));
            same && (line.len() >= SHORT || follows && goes_on)
        };
        let at = (0..(all.len() + 1).saturating_sub(line.len())).find(|at| is_it(*at));
        if let Some(at) = at {
            return Some([&all[..at], &all[at + line.len()..]].concat().join(" "));
        }
    }
    None
}

/// A section without a heading is a part of the one before it.
fn merge_headless(sections: &mut Vec<Value>) {
    let mut merged: Vec<Value> = Vec::with_capacity(sections.len());
    for mut section in std::mem::take(sections) {
        let headed = section.get("heading").is_some_and(|h| !h.is_null());
        let blocks = section.get_mut("blocks").and_then(Value::as_array_mut);
        match (merged.last_mut().and_then(|s| s.get_mut("blocks")?.as_array_mut()), blocks) {
            (Some(before), Some(own)) if !headed => before.append(own),
            _ => merged.push(section),
        }
    }
    *sections = merged;
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn after(values: &Value, line: &str) -> String {
        let around = ["plans".to_owned(), "to".to_owned()].map(Some);
        without(values, values, &Removed { words: words(line), around }, false).to_string()
    }

    #[test]
    fn a_text_is_shorter_by_a_line_of_it() {
        let record =
            json!({ "improvements": [{ "text": "The quality of plans and of visits to children." }] });
        insta::assert_snapshot!(after(&record, "• The quality of plans"), @r#"{"improvements":[{"text":"and of visits to children."}]}"#);
        let date = json!({ "published": "2023-05-01", "provider": { "name": "Ashmoor" } });
        assert_eq!(after(&date, "Published: 1 May 2023 Ashmoor"), date.to_string());
    }

    #[test]
    fn a_short_line_is_cut_where_its_neighbours_stand() {
        let record = json!({ "a": "The plans of Ashmoor to move", "b": "Inspection of Ashmoor services" });
        insta::assert_snapshot!(after(&record, "of Ashmoor"), @r#"{"a":"The plans to move","b":"Inspection of Ashmoor services"}"#);
        let rows = json!({ "sections": [{ "blocks": [{ "rows": [["Ann Lee", ""], ["Bo Ray", ""]] }] }] });
        insta::assert_snapshot!(after(&rows, "Ann Lee"), @r#"{"sections":[{"blocks":[{"rows":[["Bo Ray",""]]}]}]}"#);
    }

    #[test]
    fn an_item_is_gone_where_others_are_left() {
        let two = json!({ "strengths": [{ "text": "Good plans." }, { "text": "Good visits." }] });
        insta::assert_snapshot!(after(&two, "• Good plans."), @r#"{"strengths":[{"text":"Good visits."}]}"#);
        let one = json!({ "strengths": [{ "text": "Good plans." }] });
        assert_eq!(after(&one, "• Good plans."), one.to_string());
    }

    #[test]
    fn a_lost_heading_leaves_its_text_to_the_section_before() {
        let block = |t: &str| json!({ "text": t });
        let record = json!({ "sections": [
            { "heading": "One", "blocks": [block("a b")] }, { "heading": "Two", "blocks": [block("c d")] },
        ] });
        insta::assert_snapshot!(after(&record, "Two"), @r#"{"sections":[{"heading":"One","blocks":[{"text":"a b"},{"text":"c d"}]}]}"#);
        insta::assert_snapshot!(after(&record, "a b"), @r#"{"sections":[{"heading":"One","blocks":[]},{"heading":"Two","blocks":[{"text":"c d"}]}]}"#);
    }
}
