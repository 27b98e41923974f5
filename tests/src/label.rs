//! Records against labels made by hand: hits per field.
//!
//! A label says what a person read in the document. The fields and the way they are compared are those of the
//! scoring that the labels were made for: names without titles, texts by their words, lists without order.

use std::collections::BTreeMap;

use findings_core::record::{Record, SectionBlock};
use serde_json::Value;

/// Right, labelled and extracted values of a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Extracted values that are right.
    pub hit: usize,
    /// Values that the label has.
    pub gold: usize,
    /// Values that were extracted.
    pub got: usize,
}

impl Count {
    /// F1 of precision and recall.
    pub fn f1(self) -> f64 {
        if self.gold + self.got == 0 { 1.0 } else { 2.0 * self.hit as f64 / (self.gold + self.got) as f64 }
    }

    /// Whether nothing is wrong and nothing is missing.
    pub fn whole(self) -> bool {
        self.hit == self.gold && self.hit == self.got
    }
}

/// Words of a text in lower case: apostrophes left out, other marks as spaces.
fn norm(s: &str) -> String {
    let mut out = String::new();
    for c in s.chars() {
        match c {
            '\'' | '\u{2019}' | '\u{2018}' => {}
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.trim_end().to_owned()
}

/// Share of common words of two texts, 0 to 1.
fn overlap(a: &str, b: &str) -> f64 {
    let (a, b) = (norm(a), norm(b));
    let (a, mut b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let total = a.len() + b.len();
    let shared =
        a.iter().filter(|w| b.iter().position(|x| x == *w).map(|i| b.swap_remove(i)).is_some()).count();
    2.0 * shared as f64 / total as f64
}

fn list(gold: &[String], got: &[String], same: impl Fn(&str, &str) -> bool) -> Count {
    let mut left: Vec<&String> = got.iter().collect();
    let mut hit = 0;
    for g in gold {
        if let Some(i) = left.iter().position(|x| same(g, x)) {
            left.remove(i);
            hit += 1;
        }
    }
    Count { hit, gold: gold.len(), got: got.len() }
}

fn one(gold: Option<&str>, got: Option<&str>) -> Count {
    let as_list = |v: Option<&str>| v.map(str::to_owned).into_iter().collect::<Vec<_>>();
    list(&as_list(gold), &as_list(got), |a, b| norm(a) == norm(b))
}

fn strings(label: &Value, field: &str, key: Option<&str>) -> Vec<String> {
    label[field]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|v| key.map_or(v, |k| &v[k]).as_str().map(str::to_owned))
        .collect()
}

fn area_and_grade(area: &str, grade: &str) -> String {
    let area = norm(area);
    let has = |w: &str| area.contains(w);
    let area = match () {
        () if has("overall") => "overall-effectiveness",
        () if has("safeguarding") && has("board") => "lscb",
        () if has("lead") => "leadership",
        () if has("adoption") => "adoption",
        () if has("help and protection") => "help-and-protection",
        () if has("care leavers") && has("in care") => "children-in-care-and-care-leavers",
        () if has("care leavers") => "care-leavers",
        () if has("in care") => "children-in-care",
        () if has("outcomes for looked after") => "outcomes",
        () if has("looked after") => "looked-after-and-permanence",
        () if has("capacity to improve") => "capacity-to-improve",
        () if has("quality of provision") => "quality-of-provision",
        () => "send-outcome",
    };
    let grade = match norm(grade).replace(' ', "-").as_str() {
        "requires-improvement-to-be-good" => "requires-improvement".to_owned(),
        "1" => "typically-positive".to_owned(),
        "2" => "inconsistent".to_owned(),
        "3" => "systemic-failings".to_owned(),
        other => other.to_owned(),
    };
    format!("{area} {grade}")
}

/// Compares a record with its label, field by field.
pub fn compare(label: &Value, record: &Record) -> BTreeMap<&'static str, Count> {
    let text = |field: &str| label[field].as_str();
    let near = |a: &str, b: &str| overlap(a, b) >= 0.95;
    let about = |a: &str, b: &str| overlap(a, b) >= 0.9;
    let equal = |a: &str, b: &str| norm(a) == norm(b);
    let mut fields = BTreeMap::new();
    fields.insert("provider", one(text("local_authority"), record.provider.name.as_deref()));
    fields.insert("start", one(text("inspection_start"), record.inspection.start.as_deref()));
    fields.insert("end", one(text("inspection_end"), record.inspection.end.as_deref()));
    fields.insert("published", one(text("published"), record.published.as_deref()));
    let letter = record.letter.as_ref();
    fields.insert("letter date", one(text("letter_date"), letter.and_then(|l| l.date.as_deref())));
    let lead = record.inspectors.iter().find(|i| i.lead).and_then(|i| i.name.as_deref());
    fields.insert("lead inspector", one(text("lead_inspector"), lead));
    let labelled = strings(label, "inspectors", Some("name"));
    if !labelled.is_empty() {
        let names: Vec<String> = record.inspectors.iter().filter_map(|i| i.name.clone()).collect();
        fields.insert("inspectors", list(&labelled, &names, equal));
    }
    let recipients: Vec<String> =
        letter.iter().flat_map(|l| &l.recipients).filter_map(|r| r.name.clone()).collect();
    fields.insert("recipients", list(&strings(label, "addressees", Some("name")), &recipients, equal));
    let signed: Vec<String> =
        letter.iter().flat_map(|l| &l.signatories).filter_map(|s| s.name.clone()).collect();
    fields.insert("signatories", list(&strings(label, "signatories", Some("name")), &signed, equal));
    if label.get("theme").is_some() {
        let theme = |v: Option<&str>| v.map(str::to_owned).into_iter().collect::<Vec<_>>();
        fields
            .insert("theme", list(&theme(text("theme")), &theme(record.inspection.theme.as_deref()), about));
    }
    let judged: Vec<String> = label["judgements"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|j| {
            area_and_grade(j["area"].as_str().unwrap_or_default(), j["grade"].as_str().unwrap_or_default())
        })
        .collect();
    let got: Vec<String> = record
        .judgements
        .iter()
        .map(|j| format!("{} {}", j.area, j.grade.as_deref().unwrap_or("none")))
        .collect();
    fields.insert("judgements", list(&judged, &got, |a, b| a == b));
    let of = |lscb: bool| -> Vec<String> {
        let wanted = record.improvements.iter().filter(|i| (i.addressed_to == "lscb") == lscb);
        wanted.map(|i| i.text.clone()).collect()
    };
    let own: Vec<String> =
        [strings(label, "priority_actions", None), strings(label, "improvements", None)].concat();
    fields.insert("improvements", list(&own, &of(false), near));
    fields.insert("lscb improvements", list(&strings(label, "lscb_recommendations", None), &of(true), near));
    let strengths: Vec<String> = record.strengths.iter().map(|s| s.text.clone()).collect();
    fields.insert("strengths", list(&strings(label, "strengths", None), &strengths, near));
    let strict = matches!(text("kind"), Some("ilacs" | "focused-visit" | "jtai"));
    let headings: Vec<String> = record
        .sections
        .iter()
        .filter(|s| !strict || s.level == 1)
        .filter_map(|s| s.heading.clone())
        .collect();
    let mut count = list(&strings(label, "headings", None), &headings, about);
    if !strict {
        count.got = count.hit;
    }
    fields.insert("headings", count);
    if let Some(last) = label["last_numbered_paragraph"].as_u64() {
        let numbers = record.sections.iter().flat_map(|s| &s.blocks).filter_map(|b| match b {
            SectionBlock::Paragraph { number, .. } => *number,
            _ => None,
        });
        let got = numbers.max().map(|n| n.to_string());
        fields.insert("last paragraph", one(Some(&last.to_string()), got.as_deref()));
    }
    fields
}

/// A table of fields for people, and the F1 over all.
pub fn table(documents: &[BTreeMap<&'static str, Count>]) -> (String, f64) {
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    for fields in documents {
        for (field, c) in fields {
            let sum = sums.entry(field).or_default();
            *sum = Count { hit: sum.hit + c.hit, gold: sum.gold + c.gold, got: sum.got + c.got };
        }
    }
    let mut out = format!("{:<20}{:>6}{:>6}{:>6}{:>8}\n", "field", "right", "gold", "got", "F1");
    let mut all = Count::default();
    for (field, c) in &sums {
        out += &format!("{field:<20}{:>6}{:>6}{:>6}{:>8.3}\n", c.hit, c.gold, c.got, c.f1());
        all = Count { hit: all.hit + c.hit, gold: all.gold + c.gold, got: all.got + c.got };
    }
    let whole = documents.iter().filter(|d| d.values().all(|c| c.whole())).count();
    out += &format!("F1 over all {:.4}; whole documents {whole} of {}\n", all.f1(), documents.len());
    (out, all.f1())
}
