//! Single values. Every place of a field is read, and the first that gives a value is used.

use findings_core::record::{Draft, Evidence, Judgement, Letter, Record, Status};
use findings_core::text::Text;
use serde_json::{Map, Value};

use super::days;
use super::people;
use super::places::{self, Labels};
use super::values::{self, Got, Wanted};
use super::view::View;
use crate::format::FileFormat;
use crate::model::{Field, Place, Presence, ValueType, Which};
use crate::parse::PEOPLE;

/// What the places of a field gave.
#[derive(Default)]
struct Readings {
    /// The values that could be read, each with the text that contains it.
    got: Vec<(Got, Text)>,
    /// A text where the value should be that is not one.
    unread: Option<Text>,
    /// Whether the document, or the region of it, was searched.
    searched: bool,
    /// A line that may begin with the label, misread.
    resembling: Option<Text>,
    /// A line with the label that was taken for a running one.
    running: Option<Text>,
    /// A text with more values than the one that is kept, or other words that may be one.
    more: Option<Text>,
}

/// Reads all fields.
pub(super) fn read(format: &FileFormat, view: &View, extension: &mut Map<String, Value>, draft: &mut Draft) {
    let labels = format.labels().in_view(view);
    for (at, field) in format.file().fields.iter().enumerate() {
        let readings = readings(format, view, field, at, labels);
        for pointer in std::iter::once(&field.pointer).chain(&field.also) {
            place(format, field, pointer, &readings, extension, draft);
        }
    }
    if format.pointers().any(|p| days::ENDS.contains(&p)) {
        days::between(draft);
    }
}

fn readings(format: &FileFormat, view: &View, field: &Field, at: usize, labels: Labels) -> Readings {
    let mut all = Readings::default();
    // A date or a code shows by itself that it is one, wherever it is.
    let words = matches!(field.kind, ValueType::Text | ValueType::Name | ValueType::Address);
    let labels = Labels { beside: labels.beside && words, ..labels };
    for (n, place) in field.find.iter().enumerate() {
        let rule = format.rule(&format!("field/{at}/find/{n}"));
        let wanted = Wanted {
            kind: field.kind,
            codes: format.codes(field.codes.as_deref()),
            shape: field.shape.as_deref(),
            month_first: field.month_first,
            rule: &rule,
        };
        let looked = places::look(view, format.file(), place, labels);
        all.unread = all.unread.or(looked.unsure.filter(|_| looked.texts.iter().all(Text::is_empty)));
        // A value can only be called missing from a part that was found, or that documents may lack.
        let part = place.region.as_deref();
        all.searched |= looked.region || format.optional_region(part);
        all.resembling = all.resembling.or_else(|| places::resembling(view, place, labels));
        all.running = all.running.or_else(|| places::running(view, place));
        let texts = looked.texts.into_iter().flat_map(|text| match (field.repeated, field.kind) {
            // In a box of several names, each has a line of its own.
            (true, _) if !place.boxed.is_empty() => text.lines(),
            (true, ValueType::Name) => people::each(&text, &field.posts),
            (_, ValueType::Text) if PLACES.contains(&field.pointer.as_str()) => vec![values::undated(&text)],
            _ => vec![text],
        });
        for text in texts {
            let read = values::read(&people::name_of(&text, field), wanted);
            let alone = place.alone || !place.before.is_empty();
            match read.filter(|got| (!alone || is_alone(&text, got)) && people::is_read(field, &text)) {
                Some(got) => {
                    view.take(&text);
                    all.more = all.more.or_else(|| has_more(field, place, &text, &got).then(|| text.clone()));
                    all.got.push((got, text));
                }
                None if !text.is_empty() && !place.alone => all.unread = all.unread.or(Some(text)),
                None => {}
            }
            if place.alone && !all.got.is_empty() && place.which == Which::First {
                break;
            }
        }
    }
    all
}

/// Pointers of names of places, behind which a title may print a day.
const PLACES: &[&str] = &["/provider/name", "/provider/printed"];

/// Whether a text has more than the value that was read: other people, or days.
fn has_more(field: &Field, place: &Place, text: &Text, got: &Got) -> bool {
    let behind = || text.as_str().split_once(&got.printed).map_or("", |(_, rest)| rest);
    match field.kind {
        ValueType::Name => people::has_more(text, &field.posts),
        ValueType::DateRange => place.sentence.is_empty() && values::has_days(behind(), field.month_first),
        _ => false,
    }
}

/// Whether a text begins with a value and has no other words, except those of a time of day.
fn is_alone(text: &Text, got: &Got) -> bool {
    let Some(rest) = text.as_str().strip_prefix(&got.printed).map(str::to_uppercase) else { return false };
    let mut words = rest.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    words.all(|w| matches!(w, "AM" | "PM" | "A" | "P" | "M"))
}

/// Puts the readings where they belong in the record.
fn place(
    format: &FileFormat,
    field: &Field,
    pointer: &str,
    readings: &Readings,
    extension: &mut Map<String, Value>,
    draft: &mut Draft,
) {
    let Some((first, text)) = readings.got.first() else {
        return absent(format, field, pointer, readings, extension, draft);
    };
    if let Some(more) = &readings.more {
        told_of_more(field, pointer, more, draft);
    }
    if PEOPLE.contains(&pointer) {
        people::add(field, pointer, &readings.got, draft);
        if let Some(text) = readings.unread.as_ref().filter(|_| field.repeated) {
            told(field, pointer, text, draft);
        }
        return;
    }
    if let Some(other) = readings.unread.as_ref().filter(|_| field.repeated) {
        told(field, pointer, other, draft);
    }
    let mut evidence = first.evidence.clone();
    let agreeing = readings.got.iter().filter(|(g, _)| g.value == first.value).count();
    if agreeing > 1 && !field.repeated {
        evidence.witnesses = u32::try_from(agreeing).ok();
    }
    if let Some((other, words)) = readings.got.iter().find(|(g, _)| g.value != first.value && !field.repeated)
    {
        let message =
            format!("“{}” says {}, “{}” says {}", text.as_str(), first.value, words.as_str(), other.value);
        let at = if pointer == "/inspection" { "/inspection/start".into() } else { judged(pointer, draft) };
        draft.warn("readings-disagree", Some(&at), Some(words.page()), message);
    }
    match pointer {
        "/judgements" => judgement(format, field, first, evidence, draft),
        "/inspection" if field.repeated => {
            let read: Vec<&Got> = readings.got.iter().map(|(got, _)| got).collect();
            days::all(&read, draft);
        }
        "/inspection" => days::of_one(first, &evidence, draft),
        _ => single(field, pointer, readings, evidence, extension, draft),
    }
}

/// The pointer of the next judgement.
fn judged(pointer: &str, draft: &Draft) -> String {
    match pointer {
        "/judgements" => format!("/judgements/{}/grade", draft.record.judgements.len()),
        other => other.into(),
    }
}

fn single(
    field: &Field,
    pointer: &str,
    readings: &Readings,
    evidence: Evidence,
    extension: &mut Map<String, Value>,
    draft: &mut Draft,
) {
    let Some((first, _)) = readings.got.first() else { return };
    let word = || first.value.as_str().map(str::to_owned);
    let record = &mut draft.record;
    match pointer {
        "/provider/name" => record.provider.name = word(),
        "/provider/printed" => record.provider.printed = word(),
        "/inspection/start" => record.inspection.start = word(),
        "/inspection/end" => record.inspection.end = word(),
        "/inspection/type" => record.inspection.kind = word().unwrap_or_default(),
        "/inspection/theme" => record.inspection.theme = word(),
        "/published" => record.published = word(),
        "/letter/date" => letter(record).date = word(),
        "/letter/subject" => letter(record).subject = word(),
        "/letter/salutation" => {
            letter(record).salutation = word().map(|name| name.trim_end_matches([',', ':']).to_owned());
        }
        own => {
            let name = own.trim_start_matches("/extension/").to_owned();
            if field.repeated {
                for (i, (got, _)) in readings.got.iter().enumerate() {
                    draft.note(format!("{pointer}/{i}"), got.evidence.clone());
                }
                extension.insert(name, readings.got.iter().map(|(g, _)| g.value.clone()).collect());
                return;
            }
            extension.insert(name, first.value.clone());
        }
    }
    draft.note(pointer, evidence);
}

fn letter(record: &mut Record) -> &mut Letter {
    record.letter.get_or_insert_default()
}

fn judgement(format: &FileFormat, field: &Field, got: &Got, evidence: Evidence, draft: &mut Draft) {
    let at = draft.record.judgements.len();
    let scale = format.codes(field.codes.as_deref()).and_then(|c| c.scale.clone());
    // "Rating:" under the heading "Saving life" is the rating of saving life.
    let heading = field.find.iter().find_map(|p| p.region.clone()).filter(|name| format.is_section(name));
    let label = || field.find.iter().find_map(|p| p.label()).map(|(_, phrases)| phrases[0].clone());
    let label = heading.or_else(label);
    draft.note(format!("/judgements/{at}"), evidence);
    draft.record.judgements.push(Judgement {
        area: field.area.clone().unwrap_or_default(),
        label: label.unwrap_or_default().trim_end_matches(':').to_owned(),
        grade: got.value.as_str().map(str::to_owned),
        printed: Some(got.printed.clone()),
        scale: scale.unwrap_or_default(),
        rank: got.rank,
    });
}

/// Records why there is no value: it is not there, or it could not be read.
fn absent(
    format: &FileFormat,
    field: &Field,
    pointer: &str,
    readings: &Readings,
    extension: &mut Map<String, Value>,
    draft: &mut Draft,
) {
    let optional = field.presence == Presence::Optional;
    let resembling = readings.resembling.as_ref().filter(|_| optional && readings.unread.is_none());
    if let Some(line) = resembling {
        let message = format!("“{}” may begin with the label of this value, misread", line.as_str());
        draft.warn("value-not-read", Some(dated(pointer)), Some(line.page()), message);
    }
    let running = readings.running.as_ref().filter(|_| optional && readings.unread.is_none());
    if let Some(line) = running {
        let message = format!(
            "“{}” has the label of this value, but was taken for a running line, whose values are not read",
            line.as_str()
        );
        draft.warn("value-not-read", Some(dated(pointer)), Some(line.page()), message);
    }
    let stated = readings.unread.is_some() || !readings.searched || resembling.is_some() || running.is_some();
    let status = if optional && !stated { Status::NotStated } else { Status::NotRead };
    if let Some(text) = &readings.unread {
        told(field, pointer, text, draft);
    }
    match pointer {
        "/judgements" => {
            if status == Status::NotRead {
                let message =
                    format!("the grade of {} could not be read", field.area.as_deref().unwrap_or_default());
                draft.warn("grade-not-read", Some("/judgements"), None, message);
            }
            return;
        }
        "/inspection" => {
            for member in ["start", "end", "visits"] {
                draft.absent(format!("/inspection/{member}"), status);
            }
            return;
        }
        "/inspection/type" if format.file().always.inspection_type.is_some() => return,
        own => {
            if let Some(name) = own.strip_prefix("/extension/") {
                extension
                    .insert(name.into(), if field.repeated { Value::Array(Vec::new()) } else { Value::Null });
            }
        }
    }
    // Other fields may have added people.
    if !people::any(pointer, &draft.record) {
        draft.absent(pointer, status);
    }
}

/// Reports a text where a value should be.
fn told(field: &Field, pointer: &str, text: &Text, draft: &mut Draft) {
    let kind = match field.kind {
        ValueType::Date | ValueType::DateRange => "a date",
        ValueType::Name => "a name",
        ValueType::Number => "a number",
        ValueType::Postcode => "a postcode",
        ValueType::Text | ValueType::Address => "the value of the label above",
        _ => "one of the printed forms",
    };
    let is_day = matches!(field.kind, ValueType::Date | ValueType::DateRange);
    let what = match is_day && values::is_month_first(text.as_str()) {
        true => "; if its days are printed month first, write `month-first = true`",
        false if field.kind == ValueType::Date && values::has_days(text.as_str(), field.month_first) => {
            "; if it is a range of days, write `type = \"date-range\"`"
        }
        false => "",
    };
    let message = format!("“{}” is where {kind} should be{what}", text.as_str());
    draft.warn("value-not-read", Some(dated(pointer)), Some(text.page()), message);
}

/// Reports a text that may have more values than are kept.
fn told_of_more(field: &Field, pointer: &str, text: &Text, draft: &mut Draft) {
    let what = match field.kind {
        ValueType::Name if field.repeated => {
            "may have another name, or a post that `posts` does not list, behind a name"
        }
        ValueType::Name => {
            "may name others, too: write `repeated = true` to keep them, and list their posts in `posts`"
        }
        _ => "has more days than were read",
    };
    let message = format!("“{}” {what}", text.as_str());
    draft.warn("value-not-read", Some(dated(pointer)), Some(text.page()), message);
}

/// A pointer of records: that of the first day stands for `/inspection`.
fn dated(pointer: &str) -> &str {
    if pointer == "/inspection" { "/inspection/start" } else { pointer }
}
