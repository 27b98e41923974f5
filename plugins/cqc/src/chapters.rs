//! The chapter of each key question: its definition and previous rating; and the list of the five questions with a
//! sentence each.

use findings_plugin_sdk::grammar::{Graded, find, grade, label};
use findings_plugin_sdk::record::{Draft, Evidence, Found, Status};
use findings_plugin_sdk::text::Text;

use crate::extension::{Definition, Extension};
use crate::form::Report;

const RULE: &str = "cqc.chapter";

/// How a rating compares with the previous one.
const CHANGES: &[&str] = &["remained the same", "improved", "deteriorated"];

/// Reads what belongs to each rating.
pub fn read(report: &Report, extension: &mut Extension, draft: &mut Draft) {
    for at in 0..extension.ratings.len() {
        let key = extension.ratings[at].key.clone();
        let pointer = |field: &str| format!("/extension/ratings/{at}/{field}");
        let found = sentence(report, &key);
        extension.ratings[at].sentence = draft.take(pointer("sentence"), found, Status::NotStated);
        let text = chapter(report, &key);
        let previous = previous(&text).map(|(g, e)| Found::new(g.grade.code().to_owned(), e));
        extension.ratings[at].previous_rating =
            draft.take(pointer("previous_rating"), previous, Status::NotStated);
        let found = change(&text);
        extension.ratings[at].change = draft.take(pointer("change"), found, Status::NotStated);
        define(report, &key, extension, draft);
    }
}

/// The text under "Our findings" in a chapter, before its first prompt.
fn chapter(report: &Report, key: &str) -> Text {
    let Some(at) = report.chapter(key) else { return Text::default() };
    let mut text = report.under(at);
    if report.headings.get(at + 1).is_some_and(|h| h.level == 2) {
        text.push_text(" ", &report.under(at + 1));
    }
    text
}

/// The sentence between a question and "Details are in our … findings below".
fn sentence(report: &Report, key: &str) -> Option<Found<String>> {
    let at = report.headings.iter().position(|h| h.key == Some(key) && h.level == 2)?;
    let text = report.under(at);
    let rest = grade(text.as_str()).map_or(text.as_str(), |(rest, _)| rest);
    let said = rest[..find(label("Details are in our"), rest)?.before.len()].trim();
    (!said.is_empty()).then(|| Found::new(said.to_owned(), text.evidence(said, "cqc.five-questions")))
}

/// `previous = "At the last inspection" … "rated as" grade`
fn previous(text: &Text) -> Option<(Graded<'_>, Evidence)> {
    let rest = find(label("At the last inspection"), text.as_str())?.rest;
    let rest = find(label("rated"), rest)?;
    // Only within the same sentence.
    let near = rest.before.len() < 60 && !rest.before.contains('.');
    let rest = rest.rest.trim_start();
    let rest = label("as")(rest).map_or(rest, |(rest, _)| rest).trim_start();
    let graded = grade(rest).ok().filter(|_| near)?.1;
    Some((graded, text.evidence(graded.printed, RULE)))
}

/// `change = "At this inspection" … "this key question has" ["now"] ("remained the same" / "improved" / "deteriorated")`
fn change(text: &Text) -> Option<Found<String>> {
    let rest = find(label("At this inspection"), text.as_str())?.rest;
    let rest = find(label("this key question has"), rest)?.rest.trim_start();
    let rest = label("now")(rest).map_or(rest, |(rest, _)| rest).trim_start();
    let (change, slice) = CHANGES.iter().find_map(|c| label(c)(rest).ok().map(|(_, slice)| (*c, slice)))?;
    Some(Found::new(change.to_owned(), text.evidence(slice, RULE)))
}

/// `definition = key "–" "this means" …`, a paragraph
///
/// "Safe – this means …"
fn define(report: &Report, key: &str, extension: &mut Extension, draft: &mut Draft) {
    let Some(at) = report.chapter(key) else { return };
    let end = report.headings.get(at + 2).map_or(report.outline.blocks.len(), |h| h.block);
    let begin = format!("{key} – this means");
    let blocks = &report.outline.blocks[report.headings[at].block..end];
    let Some(block) = blocks.iter().find(|b| label(&begin)(b.text.as_str()).is_ok()) else { return };
    let n = extension.key_question_definitions.len();
    for field in ["text", "key"] {
        draft.note(format!("/extension/key_question_definitions/{n}/{field}"), block.text.evidence_all(RULE));
    }
    let text = block.text.as_str().to_owned();
    extension.key_question_definitions.push(Definition { key: key.to_owned(), text });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text;

    fn of(t: &str) -> (Option<String>, Option<String>) {
        let text = text(&[t]);
        (previous(&text).map(|(g, _)| g.grade.code().to_owned()), change(&text).map(|f| f.value))
    }

    #[test]
    fn the_last_rating_and_what_became_of_it() {
        let same = "At the last inspection, this key question was rated as Good. At this inspection, this key question has remained the same.";
        assert_eq!(of(same), (Some("good".into()), Some("remained the same".into())));
        let better = "At the last inspection this key question was rated as requires improvement. At this inspection this key question has now improved to good.";
        assert_eq!(of(better), (Some("requires-improvement".into()), Some("improved".into())));
        assert_eq!(of("This is the first inspection. It was rated good."), (None, None));
    }
}
