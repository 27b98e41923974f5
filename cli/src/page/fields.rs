//! A record for display: groups of labelled values with their places.

use serde_json::{Map, Value};

use super::text::{day, sentence, words};

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) page: u64,
    /// x0, top, x1, bottom in points; `None` in a text file.
    pub(crate) bbox: Option<[f64; 4]>,
}

/// A value of the record.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) pointer: String,
    pub(crate) label: String,
    /// The value; `None` if nothing was read.
    pub(crate) value: Option<String>,
    /// Why there is no value, or where it comes from if it has no place.
    pub(crate) remark: Option<String>,
    /// The pointer of its entry in the evidence.
    pub(crate) evidence: Option<String>,
}

/// Fields that belong together.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) title: &'static str,
    /// The colour of its boxes.
    pub(crate) colour: &'static str,
    pub(crate) fields: Vec<Field>,
}

/// A record and its evidence.
pub(super) struct Reader<'a> {
    record: &'a Value,
    evidence: Option<&'a Map<String, Value>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(record: &'a Value) -> Self {
        Self { record, evidence: record["evidence"].as_object() }
    }

    /// The record itself.
    pub(super) fn record(&self) -> &'a Value {
        self.record
    }

    /// All groups for which the record has values.
    pub(super) fn groups(&self) -> Vec<Group> {
        let group = |title, colour, fields| Group { title, colour, fields };
        let groups = [
            group("Inspection", "inspection", self.inspection()),
            group("Judgements", "judgement", self.judgements()),
            group("Improvements", "improvement", self.texts("improvements", "Improvement")),
            group("Strengths", "improvement", self.texts("strengths", "Strength")),
            group("People", "person", self.people()),
            group("Figures", "figure", self.figures()),
            group("Mentions", "mention", self.mentions()),
            group("More", "more", self.extension()),
            group("Sections", "section", self.sections()),
        ];
        groups.into_iter().filter(|g| !g.fields.is_empty()).collect()
    }

    /// The places in an entry of the evidence.
    pub(super) fn places(&self, pointer: &str) -> Vec<Place> {
        let spans = self.evidence.and_then(|e| e.get(pointer)?.get("spans")?.as_array());
        let side = |b: &Value, i: usize| b.get(i)?.as_f64();
        let place = |span: &Value| {
            let b = &span["bbox"];
            let bbox = || Some([side(b, 0)?, side(b, 1)?, side(b, 2)?, side(b, 3)?]);
            Some(Place { page: span["page"].as_u64()?, bbox: bbox() })
        };
        spans.into_iter().flatten().filter_map(place).collect()
    }

    /// The quote in an entry of the evidence.
    pub(super) fn quote(&self, pointer: &str) -> Option<&'a str> {
        self.evidence?.get(pointer)?.get("quote")?.as_str()
    }

    /// The evidence entry of a value, or of the nearest value that contains it.
    pub(super) fn entry_of(&self, pointer: &str) -> Option<String> {
        let evidence = self.evidence?;
        let mut at = pointer;
        loop {
            if evidence.contains_key(at) {
                return Some(at.to_owned());
            }
            at = at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
        }
    }

    fn field(&self, pointer: impl Into<String>, label: impl Into<String>, value: Option<String>) -> Field {
        let pointer = pointer.into();
        let evidence = self.entry_of(&pointer);
        let remark = self.remark(evidence.as_deref(), value.is_some());
        Field { pointer, label: label.into(), value, remark, evidence }
    }

    /// Why a value is absent, or has no place.
    fn remark(&self, entry: Option<&str>, read: bool) -> Option<String> {
        let Some(e) = entry.and_then(|p| self.evidence?.get(p)) else {
            return (!read).then(|| "not stated".to_owned());
        };
        let status = e["status"].as_str().unwrap_or_default();
        match (read, status) {
            (true, "derived") => {
                let from = e["source"].as_str().map_or(String::new(), |s| format!(", looked up in {s}"));
                Some(format!("not printed{from}"))
            }
            (true, "corrected") => Some("corrected by a person".to_owned()),
            (true, _) => None,
            (false, "found") => None,
            (false, "corrected") => Some("removed by a person".to_owned()),
            (false, status) => Some(words(status)),
        }
    }

    fn at(&self, pointer: &str) -> Option<String> {
        shown(self.record.pointer(pointer)?)
    }

    /// A field whose value is a code or a text.
    fn plain(&self, pointer: &str, label: &str) -> Field {
        self.field(pointer, label, self.at(pointer))
    }

    fn coded(&self, pointer: &str, label: &str) -> Field {
        self.field(pointer, label, self.at(pointer).map(|code| sentence(&words(&code))))
    }

    fn dated(&self, pointer: &str, label: &str) -> Field {
        self.field(pointer, label, self.at(pointer).map(|iso| day(&iso)))
    }

    fn inspection(&self) -> Vec<Field> {
        if self.record.get("inspection").is_none() || self.record.get("judgements").is_none() {
            return Vec::new();
        }
        let mut fields = vec![
            self.plain("/provider/name", "Provider"),
            self.plain("/provider/printed", "as printed"),
            self.plain("/provider/region", "Region"),
            self.plain("/provider/ids/ons", "ONS code"),
            self.coded("/inspection/type", "Type"),
            self.plain("/inspection/framework", "Framework"),
            self.dated("/inspection/start", "First day"),
            self.dated("/inspection/end", "Last day"),
            self.plain("/inspection/theme", "Theme"),
            self.dated("/published", "Published"),
        ];
        if self.record["letter"].is_object() {
            fields.push(self.dated("/letter/date", "Letter dated"));
            fields.push(self.plain("/letter/subject", "Subject"));
            fields.push(self.plain("/letter/salutation", "Dear"));
        }
        // Fields that no grammar reads are of no interest here.
        fields.retain(|f| f.value.is_some() || f.remark.as_deref() != Some("not applicable"));
        fields
    }

    fn list(&self, pointer: &str) -> impl Iterator<Item = (usize, &'a Value)> {
        let usual = self.record.get("judgements").is_some();
        let items = self.record.pointer(pointer).filter(|_| usual).and_then(Value::as_array);
        items.map_or(&[][..], Vec::as_slice).iter().enumerate()
    }

    /// The fields of a list, or the reason why it is empty.
    fn listed(&self, pointer: &str, label: &str, fields: Vec<Field>) -> Vec<Field> {
        let stated = self.evidence.is_some_and(|e| e.contains_key(pointer));
        if fields.is_empty() && stated {
            return vec![self.field(pointer, label, None)];
        }
        fields
    }

    fn judgements(&self) -> Vec<Field> {
        let field = |(i, j): (usize, &Value)| {
            let label = shown(&j["label"]).unwrap_or_else(|| words(&shown(&j["area"]).unwrap_or_default()));
            let grade = shown(&j["printed"]).or_else(|| shown(&j["grade"]).map(|g| words(&g)));
            self.field(format!("/judgements/{i}"), label, grade)
        };
        self.listed("/judgements", "Judgements", self.list("/judgements").map(field).collect())
    }

    fn texts(&self, list: &str, label: &str) -> Vec<Field> {
        let pointer = format!("/{list}");
        let field = |(i, item): (usize, &Value)| {
            let number = shown(&item["number"]).unwrap_or_else(|| (i + 1).to_string());
            self.field(format!("/{list}/{i}"), format!("{label} {number}"), shown(&item["text"]))
        };
        self.listed(&pointer, label, self.list(&pointer).map(field).collect())
    }

    fn people(&self) -> Vec<Field> {
        let lists = [
            ("/letter/recipients", "Recipient"),
            ("/inspectors", "Inspector"),
            ("/letter/signatories", "Signatory"),
        ];
        let person = |pointer: String, label: &str, p: &Value| {
            let parts = ["name", "role", "organisation", "postcode"].iter().filter_map(|key| shown(&p[*key]));
            let parts = parts.collect::<Vec<_>>().join(", ");
            self.field(pointer, label, Some(parts).filter(|p| !p.is_empty()))
        };
        let of_list = |(list, label): (&str, &str)| {
            let people: Vec<Field> =
                self.list(list).map(|(i, p)| person(format!("{list}/{i}"), label, p)).collect();
            self.listed(list, label, people)
        };
        lists.into_iter().flat_map(of_list).collect()
    }

    fn figures(&self) -> Vec<Field> {
        let field = |(i, f): (usize, &Value)| {
            let label = sentence(&words(&shown(&f["measure"]).unwrap_or_default()));
            let unit = shown(&f["unit"]).map_or(String::new(), |u| format!(" {}", words(&u)));
            let value = shown(&f["value"]).map(|v| format!("{v}{unit}"));
            self.field(format!("/figures/{i}"), label, value.or_else(|| shown(&f["text"])))
        };
        self.list("/figures").map(field).collect()
    }

    fn mentions(&self) -> Vec<Field> {
        let field = |(i, m): (usize, &Value)| {
            let kind = sentence(&words(&shown(&m["type"]).unwrap_or_default()));
            let when = shown(&m["date"]).map_or(String::new(), |d| format!(", {}", day(&d)));
            self.field(format!("/mentions/{i}"), format!("{kind}{when}"), shown(&m["text"]))
        };
        self.list("/mentions").map(field).collect()
    }

    fn sections(&self) -> Vec<Field> {
        let mut fields = Vec::new();
        for (i, section) in self.list("/sections") {
            if let Some(heading) = shown(&section["heading"]) {
                fields.push(self.field(format!("/sections/{i}/heading"), "Heading", Some(heading)));
            }
            for (j, block) in section["blocks"].as_array().into_iter().flatten().enumerate() {
                let label = shown(&block["number"]).or_else(|| shown(&block["type"])).unwrap_or_default();
                let text = shown(&block["text"]).or_else(|| shown(&block["rows"]));
                fields.push(self.field(format!("/sections/{i}/blocks/{j}"), sentence(&label), text));
            }
        }
        for (i, note) in self.list("/footnotes") {
            fields.push(self.field(format!("/footnotes/{i}"), "Footnote", shown(&note["text"])));
        }
        fields
    }

    /// A plugin's extension, or a record of its own schema.
    fn extension(&self) -> Vec<Field> {
        const ENVELOPE: &[&str] = &["schema", "document", "format", "run", "evidence", "diagnostics"];
        let mut fields = Vec::new();
        if let Some(extension) = self.record.get("extension").filter(|e| e.is_object()) {
            self.walk("/extension", extension, &mut fields);
        } else if self.record.get("judgements").is_none() {
            for (key, value) in self.record.as_object().into_iter().flatten() {
                if !ENVELOPE.contains(&key.as_str()) {
                    self.walk(&format!("/{key}"), value, &mut fields);
                }
            }
        }
        fields
    }

    fn walk(&self, pointer: &str, value: &Value, fields: &mut Vec<Field>) {
        match value {
            Value::Object(parts) => {
                for (key, part) in parts {
                    self.walk(&format!("{pointer}/{key}"), part, fields);
                }
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.walk(&format!("{pointer}/{i}"), item, fields);
                }
            }
            Value::Null => {}
            value => {
                let label = findings_tables::doubt::words(pointer.trim_start_matches("/extension"));
                fields.push(self.field(pointer, sentence(&label), shown(value)));
            }
        }
    }
}

/// A value for display; `None` if it is null or empty.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let apart = if items.iter().any(Value::is_array) { "\n" } else { " | " };
            items.iter().filter_map(shown).collect::<Vec<_>>().join(apart)
        }
        other => other.to_string(),
    };
    (!text.is_empty()).then_some(text)
}
