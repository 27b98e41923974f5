//! The scored fields, and how each is compared. The rules are those for which the labels were made; the order is that
//! of the table.

use serde_json::Value;

use super::matching::{FieldScore, Got, Judged, Miss, Verdict, Want, many, scalar};
use super::pointers;
use super::text::{Bag, area_key, grade_key, name_key, norm};
use crate::gold::{KINDS, ReportLabel, Text, UNNAMED};

/// Formats whose labels contain every top-level heading. For other formats labels mix levels, so only missing headings
/// count.
const ALL_HEADINGS: &[&str] = &["ilacs", "focused-visit", "jtai"];
/// Short texts (headings, themes) are equal if they share at least this much of their words, unless `near` is less.
const NEAR_SHORT: f64 = 0.9;

/// Compares a record, or an error report in its place, with its label. `near`: long texts are equal if they share at
/// least this much of their words.
pub fn compare(label: &ReportLabel, record: &Value, near: f64) -> Vec<FieldScore> {
    let short = near.min(NEAR_SHORT);
    let r = Reader(record);
    let mut out = facts(label, &r);
    out.extend(people(label, &r));
    out.extend(frame(label, &r, short));
    let want = label.signatories.iter().map(|p| named(&p.name)).collect();
    out.push(many("signatories", want, r.each("/letter/signatories", "name", name_key), by_words));
    out.push(judgements(label, &r));
    out.extend(lists(label, &r, near));
    out.push(Some(headings(label, &r, short)));
    if let Some(last) = label.last_numbered_paragraph {
        let last = last.to_string();
        let want = Some(Want { key: last.clone(), shown: last });
        out.push(scalar("last_paragraph", want, last_paragraph(&r), by_words));
    }
    out.extend(pointers::compare(&label.more, record));
    let told = |field: &FieldScore| {
        let of = PROPERTIES.iter().find(|(name, _)| *name == field.field);
        of.is_none_or(|(_, property)| label.says(property))
    };
    out.into_iter().flatten().filter(told).collect()
}

/// The property of a label that a field is held against, for fields that count even where a label says that there is nothing.
/// A label that leaves the property out says nothing of it.
const PROPERTIES: &[(&str, &str)] = &[
    ("provider", "local_authority"),
    ("inspection.start", "inspection_start"),
    ("inspection.end", "inspection_end"),
    ("published", "published"),
    ("letter.date", "letter_date"),
    ("lead_inspector", "lead_inspector"),
    ("recipients", "addressees"),
    ("signatories", "signatories"),
    ("judgements", "judgements"),
    ("improvements", "improvements"),
    ("lscb_improvements", "improvements"),
    ("strengths", "strengths"),
    ("headings", "headings"),
];

fn by_words(want: &String, got: &String) -> bool {
    want == got
}

/// Compares texts by their share of common words.
fn about(share: f64) -> impl Fn(&Bag, &Bag) -> bool {
    move |a, b| a.overlap(b) >= share
}

/// What kind of document it is, about whom, and when.
fn facts(label: &ReportLabel, r: &Reader) -> Vec<Option<FieldScore>> {
    let exact = |field, want: &Option<String>, path: &str| {
        scalar(field, want_text(want, Clone::clone), r.text(path, Clone::clone), by_words)
    };
    vec![
        exact("format", &Some(format_of(&label.kind)), "/format/id"),
        scalar(
            "provider",
            want_text(&label.local_authority, |s| area_name(s)),
            r.text("/provider/name", |s| area_name(s)),
            by_words,
        ),
        exact("inspection.start", &label.inspection_start, "/inspection/start"),
        exact("inspection.end", &label.inspection_end, "/inspection/end"),
        exact("published", &label.published, "/published"),
        exact("letter.date", &label.letter_date, "/letter/date"),
    ]
}

/// The inspectors and the recipients.
fn people(label: &ReportLabel, r: &Reader) -> Vec<Option<FieldScore>> {
    let mut out =
        vec![scalar("lead_inspector", want_text(&label.lead_inspector, |s| name_key(s)), lead(r), by_words)];
    if !label.inspectors.is_empty() {
        let want = label.inspectors.iter().map(|p| named(&p.name)).collect();
        out.push(many("inspectors", want, r.each("/inspectors", "name", name_key), by_words));
    }
    let want = label.addressees.iter().map(|a| named(a.name.as_deref().unwrap_or_default())).collect();
    out.push(many("recipients", want, r.each("/letter/recipients", "name", name_key), by_words));
    out.extend(recipient_parts(label, r));
    out
}

/// A letter's frame, and a visit's theme; only what the label contains.
fn frame(label: &ReportLabel, r: &Reader, short: f64) -> Vec<Option<FieldScore>> {
    let normed = |field, want: &Option<String>, path: &str| {
        scalar(field, want_text(want, |s| norm(s)), r.text(path, |s| norm(s)), by_words)
    };
    let salutation =
        label.salutation.as_ref().map(|want| normed("letter.salutation", want, "/letter/salutation"));
    let subject = label.subject.as_ref().map(|want| normed("letter.subject", want, "/letter/subject"));
    let theme = label.theme.as_ref().map(|want| {
        let want = want.as_ref().filter(|t| !matches!(t, Text::Plain(s) if s.is_empty())).map(worded);
        scalar("inspection.theme", want, r.text("/inspection/theme", |s| Bag::of(s)), about(short))
    });
    let visits = label
        .visits
        .as_ref()
        .map(|visits| many("inspection.visits", visits.iter().map(range).collect(), ranges(r), by_words));
    [salutation, subject, theme, visits].into_iter().flatten().collect()
}

/// Improvements, recommendations and strengths.
fn lists(label: &ReportLabel, r: &Reader, near: f64) -> [Option<FieldScore>; 3] {
    let actions = label.priority_actions.iter().flatten();
    let own = actions.chain(&label.improvements).map(worded).collect();
    let board = label.lscb_recommendations.iter().flatten().map(worded).collect();
    let strengths = label.strengths.iter().map(worded).collect();
    [
        many("improvements", own, improvements(r, false), about(near)),
        many("lscb_improvements", board, improvements(r, true), about(near)),
        many("strengths", strengths, r.each("/strengths", "text", Bag::of), about(near)),
    ]
}

pub(super) fn format_of(kind: &str) -> String {
    KINDS.iter().find(|(k, _)| *k == kind).map_or(kind, |(_, id)| id).to_owned()
}

/// "Bath & North East Somerset" and "Bath and North East Somerset" are one area.
fn area_name(printed: &str) -> String {
    norm(printed).replace(" and ", " ")
}

/// The labelled value, if it is present and not empty.
fn want_text<T>(value: &Option<String>, key: impl Fn(&String) -> T) -> Option<Want<T>> {
    value.as_ref().filter(|s| !s.is_empty()).map(|s| Want { key: key(s), shown: s.clone() })
}

fn named(name: &str) -> Want<String> {
    Want { key: name_key(name), shown: name.to_owned() }
}

fn worded(text: &Text) -> Want<Bag> {
    let shown = match text {
        Text::Plain(text) => text.clone(),
        Text::Digests { words } => format!("(a text of {} words)", words.len()),
    };
    Want { key: Bag::of_label(text), shown }
}

fn range(days: &[String; 2]) -> Want<String> {
    let shown = days.join("/");
    Want { key: shown.clone(), shown }
}

/// Reads values of a record with their pointers.
struct Reader<'a>(&'a Value);

impl<'a> Reader<'a> {
    fn text<T>(&self, path: &str, key: impl Fn(&String) -> T) -> Option<Got<T>> {
        let Value::String(s) = self.0.pointer(path)? else { return None };
        Some(Got { key: key(s), shown: s.clone(), paths: vec![path.to_owned()] })
    }

    /// The items of a list, with their pointers.
    fn list(&self, path: &'a str) -> impl Iterator<Item = (String, &'a Value)> + use<'a> {
        let items = self.0.pointer(path).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().enumerate().map(move |(i, v)| (format!("{path}/{i}"), v))
    }

    /// A part of each item of a list; an empty text if the item does not have it.
    fn each<T>(&self, path: &'a str, part: &str, key: impl Fn(&str) -> T) -> Vec<Got<T>> {
        self.list(path).map(|(at, item)| got_part(&at, item, part, &key)).collect()
    }
}

fn got_part<T>(at: &str, item: &Value, part: &str, key: impl Fn(&str) -> T) -> Got<T> {
    let text = item.get(part).and_then(Value::as_str).unwrap_or_default();
    Got { key: key(text), shown: text.to_owned(), paths: vec![format!("{at}/{part}")] }
}

fn truthy(item: &Value, key: &str) -> bool {
    item.get(key).is_some_and(|v| v == true)
}

fn lead(r: &Reader) -> Option<Got<String>> {
    let (at, lead) = r.list("/inspectors").find(|(_, i)| truthy(i, "lead"))?;
    lead.get("name")?.as_str()?;
    let mut got = got_part(&at, lead, "name", name_key);
    got.paths.push(format!("{at}/lead"));
    Some(got)
}

/// Roles, organisations and postcodes, if the label has any.
fn recipient_parts(label: &ReportLabel, r: &Reader) -> Vec<Option<FieldScore>> {
    let part = |field, part: &str, want: Vec<&String>| {
        if want.is_empty() {
            return None;
        }
        let want = want.into_iter().map(|s| Want { key: norm(s), shown: s.clone() }).collect();
        let mut got = r.each("/letter/recipients", part, norm);
        got.retain(|g| !g.shown.is_empty());
        many(field, want, got, |a: &String, b: &String| a == b)
    };
    let filled = |v: &&String| !v.is_empty();
    let people = || label.addressees.iter();
    vec![
        part("recipient role", "role", people().filter_map(|a| a.role.as_ref()).filter(filled).collect()),
        part(
            "recipient organisation",
            "organisation",
            people().filter_map(|a| a.organisation.as_ref()).filter(filled).collect(),
        ),
        part(
            "recipient postcode",
            "postcode",
            people().filter_map(|a| a.postcode.as_ref()?.as_ref()).filter(filled).collect(),
        ),
    ]
}

fn ranges(r: &Reader) -> Vec<Got<String>> {
    let day = |v: &Value, part: &str| v.get(part).and_then(Value::as_str).unwrap_or_default().to_owned();
    r.list("/inspection/visits")
        .map(|(at, v)| {
            let shown = format!("{}/{}", day(v, "start"), day(v, "end"));
            Got { key: shown.clone(), shown, paths: vec![format!("{at}/start"), format!("{at}/end")] }
        })
        .collect()
}

/// The areas and grades that are Ofsted's are known by their words. Those of others are what the label has: the code, or the
/// words that are printed.
fn judgements(label: &ReportLabel, r: &Reader) -> Option<FieldScore> {
    let of_others = !format_of(&label.kind).starts_with("ofsted.");
    let ways = |key: String, printed: &str| [Some(key), of_others.then(|| norm(printed))];
    let want = label.judgements.iter().map(|j| {
        let grade = j.grade.as_deref().unwrap_or_default();
        let (area_of, grade_of) = (area_key(&j.area), grade_key(grade));
        let shown = format!("{area_of}: {grade_of}");
        Want { shown, key: (ways(area_of, &j.area), ways(grade_of, grade)) }
    });
    let got = r.list("/judgements").map(|(at, j)| {
        let part = |name: &str| j.get(name).and_then(Value::as_str).map(str::to_owned);
        let (area, grade, label) = (part("area"), part("grade"), part("label"));
        let shown = format!("{}: {}", area.as_deref().unwrap_or("-"), grade.as_deref().unwrap_or("-"));
        // An area without a code of its own is compared by its label.
        let printed = label.as_ref().filter(|_| of_others).map(|l| norm(l));
        let area = match area.as_deref() {
            Some(UNNAMED) => label.map(|l| area_key(&l)),
            _ => area,
        };
        Got { key: ([area, printed], grade), shown, paths: vec![format!("{at}/grade"), format!("{at}/area")] }
    });
    // A label may have the words of a code that is not among those known here.
    let is = |want: &String, got: &String| want == got || *want == got.replace('-', " ");
    let any = |want: &[Option<String>; 2], got: &[Option<String>]| {
        want.iter().flatten().any(|w| got.iter().flatten().any(|g| is(w, g)))
    };
    let same = |w: &([Option<String>; 2], [Option<String>; 2]), g: &([Option<String>; 2], Option<String>)| {
        any(&w.0, &g.0) && any(&w.1, std::slice::from_ref(&g.1))
    };
    many("judgements", want.collect(), got.collect(), same)
}

fn improvements(r: &Reader, lscb: bool) -> Vec<Got<Bag>> {
    r.list("/improvements")
        .filter(|(_, i)| i.get("addressed_to").is_some_and(|a| a == "lscb") == lscb)
        .map(|(at, item)| {
            let mut got = got_part(&at, item, "text", Bag::of);
            got.paths.push(format!("{at}/addressed_to"));
            got
        })
        .collect()
}

fn headings(label: &ReportLabel, r: &Reader, near: f64) -> FieldScore {
    const FIELD: &str = "headings";
    let strict = ALL_HEADINGS.contains(&label.kind.as_str());
    let top = |s: &Value| s.get("level").is_none_or(|l| l == 1);
    let got: Vec<Got<Bag>> = r
        .list("/sections")
        .filter(|(_, s)| !strict || top(s))
        .map(|(at, s)| got_part(&at, s, "heading", Bag::of))
        .filter(|g| !g.shown.is_empty())
        .collect();
    let want = label.headings.iter().map(worded).collect();
    let empty =
        || FieldScore { field: FIELD.into(), hit: 0, gold: 0, got: 0, values: vec![], misses: vec![] };
    let mut score = many(FIELD, want, got, |a, b| a.overlap(b) >= near).unwrap_or_else(empty);
    if !strict {
        score.got = score.hit;
        score.misses.retain(|m: &Miss| m.expected.is_some());
        // A heading paired with a missing one may be right at its own level.
        for miss in &mut score.misses {
            miss.got = None;
            miss.paths.clear();
        }
        for value in score.values.iter_mut().filter(|v: &&mut Judged| v.verdict == Verdict::Wrong) {
            value.verdict = Verdict::Unlabelled;
        }
    }
    score
}

fn last_paragraph(r: &Reader) -> Option<Got<String>> {
    let mut last: Option<(u64, String)> = None;
    for (at, section) in r.list("/sections") {
        let blocks = section.get("blocks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (i, block) in blocks.iter().enumerate() {
            let number = block.get("number").and_then(Value::as_u64).unwrap_or(0);
            if number > last.as_ref().map_or(0, |(n, _)| *n) {
                last = Some((number, format!("{at}/blocks/{i}/number")));
            }
        }
    }
    last.map(|(n, path)| Got { key: n.to_string(), shown: n.to_string(), paths: vec![path] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::Label;
    use serde_json::json;

    fn scored(label: Value, record: &Value) -> Vec<(String, bool)> {
        let Label::Report(label) = serde_json::from_value(label).unwrap() else {
            unreachable!("it has a kind")
        };
        compare(&label, record, 0.95).iter().map(|f| (f.field.to_string(), f.right())).collect()
    }

    #[test]
    fn what_a_label_leaves_out_is_not_scored() {
        let record = json!({
            "format": { "id": "westmoor.visit" }, "provider": { "name": "Alder House" }, "published": "2024-05-01",
            "improvements": [{ "text": "Mend the gate." }], "extension": { "places": 24 },
        });
        let sha256 = "5a54095fb0b8".repeat(5);
        let label =
            json!({ "sha256": sha256, "kind": "westmoor.visit", "/extension/places": 24, "published": null });
        // That there is no day of publication is said, and wrong.
        let right = [("format", true), ("published", false), ("/extension/places", true)];
        assert_eq!(scored(label, &record), right.map(|(field, right)| (field.to_owned(), right)));
    }

    #[test]
    fn what_others_than_ofsted_judge_is_known_by_its_code_or_its_words() {
        let judged = |area: &str, label: &str, grade: &str| json!({ "judgements": [{ "area": area, "label": label, "grade": grade }] });
        let is_right = |kind: &str, area: &str, grade: &str, record: &Value| {
            let label = json!({ "id": "5a54095fb0b8", "kind": kind, "judgements": [{ "area": area, "grade": grade }] });
            scored(label, record).into_iter().any(|(field, right)| field == "judgements" && right)
        };
        let leadership = judged("other", "How good is our leadership?", "4");
        assert!(is_right("calder.visit", "How good is our leadership?", "4", &leadership));
        assert!(is_right(
            "calder.visit",
            "how-good-is-our-leadership",
            "good",
            &judged("how-good-is-our-leadership", "", "good")
        ));
        // Three is no grade of the one, and a grade with a name of the other.
        assert!(is_right("calder.visit", "Fire", "3", &judged("fire", "Fire", "3")));
        assert!(!is_right("area-send", "Fire", "3", &judged("fire", "Fire", "3")));
    }
}
