//! Which values of a record are in doubt. Tables, terminal output and tools all use this one definition.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::{Diagnostic, Evidence, Record, Severity, Status, within};

/// A value that a person should check.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Doubt {
    /// JSON Pointer to the value; empty if the whole document is meant.
    pub pointer: String,
    /// The kind of doubt: the code of a diagnostic, or an evidence status (`not-read`, `illegible`, `conflicting`,
    /// `corrected`).
    pub code: String,
    /// Severity; never [`Severity::Info`].
    pub severity: Severity,
    /// The message for users.
    pub message: String,
    /// The page to look at, from 1, if known.
    pub page: Option<u32>,
    /// The words that were read there, if any.
    pub quote: Option<String>,
}

/// A person's verdict on a doubt, recorded as a diagnostic with the same pointer and this code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answer {
    /// Nobody has looked yet.
    #[default]
    Open,
    /// A person confirmed the value.
    Accepted,
    /// A person corrected the value.
    Corrected,
}

impl Answer {
    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
        }
    }
}

/// The open doubts of a record: errors first, then by what depends on the value (see [`weight`]), then in the order of the
/// record.
///
/// A doubt is a diagnostic of severity warning or error, or a value whose evidence status is `not-read`,
/// `illegible` or `conflicting`. If a value has both, only the diagnostic counts, because it says more. A doubt
/// that a person has answered is no longer open.
///
/// ```
/// use findings_record::{doubts, sample};
///
/// let doubts = doubts(&sample());
/// assert!(doubts.iter().all(|d| d.pointer.starts_with('/')));
/// ```
pub fn doubts(record: &Record) -> Vec<Doubt> {
    open(told(&record.diagnostics, &record.evidence))
}

/// The same for a stored record as JSON, including one with a plugin's own schema.
pub fn doubts_of_json(record: &Value) -> Vec<Doubt> {
    open(all_doubts_of_json(record))
}

fn open(all: Vec<(Doubt, Answer)>) -> Vec<Doubt> {
    all.into_iter().filter(|(_, answer)| *answer == Answer::Open).map(|(doubt, _)| doubt).collect()
}

/// All doubts of a record, including those that a person has answered, with the answers.
pub fn all_doubts_of_json(record: &Value) -> Vec<(Doubt, Answer)> {
    let diagnostics = record.get("diagnostics").and_then(Value::as_array).into_iter().flatten();
    let diagnostics: Vec<Diagnostic> =
        diagnostics.filter_map(|d| serde_json::from_value(d.clone()).ok()).collect();
    let evidence = record.get("evidence").and_then(Value::as_object).into_iter().flatten();
    let evidence: IndexMap<String, Evidence> =
        evidence.filter_map(|(p, e)| Some((p.clone(), serde_json::from_value(e.clone()).ok()?))).collect();
    told(&diagnostics, &evidence)
}

/// How much depends on the value at a pointer, 0 the most: the whole document, grades, dates, who was inspected, people,
/// lists, figures and mentions of other inspections, the text of the body.
pub fn weight(pointer: &str) -> u8 {
    const LEAST: u8 = 7;
    const ORDER: &[(&str, u8)] = &[
        ("/judgements", 1),
        ("/inspection", 2),
        ("/published", 2),
        ("/letter/date", 2),
        ("/provider", 3),
        ("/inspectors", 4),
        ("/letter", 4),
        ("/improvements", 5),
        ("/strengths", 5),
        ("/extension", 5),
        ("/figures", 6),
        ("/mentions", 6),
    ];
    if pointer.is_empty() {
        return 0;
    }
    ORDER.iter().find(|(above, _)| within(pointer, above)).map_or(LEAST, |(_, weight)| *weight)
}

fn told(diagnostics: &[Diagnostic], evidence: &IndexMap<String, Evidence>) -> Vec<(Doubt, Answer)> {
    let mut all: Vec<Doubt> =
        diagnostics.iter().filter(|d| d.severity != Severity::Info).map(|d| diagnosed(d, evidence)).collect();
    let said = all.len();
    for (pointer, e) in evidence {
        let known = |d: &Doubt| d.pointer == *pointer;
        if let Some(doubt) = by_status(pointer, e)
            && !all[..said].iter().any(known)
        {
            all.push(doubt);
        }
    }
    // A stable sort keeps the order of the record among equals.
    all.sort_by_key(|d| (d.severity != Severity::Error, weight(&d.pointer)));
    let answered = |doubt: Doubt| {
        let answer = answer_to(&doubt.pointer, diagnostics);
        (doubt, answer)
    };
    all.into_iter().map(answered).collect()
}

/// A person's answer about a value, which is a diagnostic of severity info.
fn answer_to(pointer: &str, diagnostics: &[Diagnostic]) -> Answer {
    let about =
        |d: &&Diagnostic| d.severity == Severity::Info && d.path.as_deref().unwrap_or_default() == pointer;
    let answers = [Answer::Accepted, Answer::Corrected];
    let answer = |d: &Diagnostic| answers.into_iter().find(|a| a.as_str() == d.code);
    diagnostics.iter().filter(about).find_map(answer).unwrap_or_default()
}

fn diagnosed(d: &Diagnostic, evidence: &IndexMap<String, Evidence>) -> Doubt {
    let pointer = d.path.clone().unwrap_or_default();
    let place = at_or_above(evidence, &pointer);
    Doubt {
        code: d.code.clone(),
        severity: d.severity,
        message: d.message.clone(),
        page: d.page.or_else(|| page(place?)),
        quote: place.and_then(|e| e.quote.clone()),
        pointer,
    }
}

fn by_status(pointer: &str, evidence: &Evidence) -> Option<Doubt> {
    let (code, message) = match evidence.status {
        Status::NotRead => ("not-read", "it seems to be there but could not be read"),
        Status::Illegible => ("illegible", "it is there but illegible"),
        Status::Conflicting => ("conflicting", "the document contradicts itself"),
        Status::Corrected => ("corrected", "it was read differently, or not at all"),
        Status::Found | Status::Derived | Status::NotStated | Status::NotApplicable => return None,
    };
    Some(Doubt {
        pointer: pointer.to_owned(),
        code: code.into(),
        severity: Severity::Warning,
        message: message.into(),
        page: page(evidence),
        quote: evidence.quote.clone(),
    })
}

fn page(evidence: &Evidence) -> Option<u32> {
    evidence.spans.first().map(|s| s.page)
}

/// The evidence of a value, or of its nearest ancestor that has any.
fn at_or_above<'e>(evidence: &'e IndexMap<String, Evidence>, pointer: &str) -> Option<&'e Evidence> {
    let mut at = pointer;
    loop {
        if let Some(found) = evidence.get(at) {
            return Some(found);
        }
        at = at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Span, sample};
    use super::*;

    fn diagnostic(severity: Severity, code: &str, path: Option<&str>) -> Diagnostic {
        let (code, message) = (code.to_owned(), "so it is".to_owned());
        Diagnostic { severity, code, path: path.map(str::to_owned), message, page: None }
    }

    fn doubtful() -> Record {
        let mut record = sample();
        let read = |status| Evidence {
            status,
            spans: vec![Span { page: 3, bbox: None }],
            quote: Some("Goud".into()),
            ..Evidence::default()
        };
        record.evidence.insert("/judgements/0".into(), read(Status::Found));
        record.evidence.insert("/inspection/theme".into(), read(Status::NotRead));
        record.evidence.insert("/inspection/end".into(), read(Status::Conflicting));
        record.diagnostics = vec![
            diagnostic(Severity::Info, "text-recognised", None),
            diagnostic(Severity::Warning, "dates-disagree", Some("/inspection/end")),
            diagnostic(Severity::Error, "grade-not-read", Some("/judgements/0/grade")),
            diagnostic(Severity::Warning, "document-truncated", None),
        ];
        record
    }

    #[test]
    fn a_doubt_is_told_once_with_its_place_and_the_gravest_first() {
        let line = |d: &Doubt| {
            let page = d.page.map_or("-".to_owned(), |p| p.to_string());
            format!("{} {} {page} {}", d.code, d.pointer, d.quote.as_deref().unwrap_or("-"))
        };
        let told: Vec<String> = doubts(&doubtful()).iter().map(line).collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        grade-not-read /judgements/0/grade 3 Goud
        document-truncated  - -
        dates-disagree /inspection/end 3 Goud
        not-read /inspection/theme 3 Goud
        ");
    }

    #[test]
    fn what_a_person_answered_is_in_doubt_no_longer() {
        let mut record = doubtful();
        record.diagnostics.push(diagnostic(Severity::Info, "accepted", Some("/inspection/end")));
        record.diagnostics.push(diagnostic(Severity::Info, "corrected", Some("/inspection/theme")));
        record.evidence.get_mut("/inspection/theme").unwrap().status = Status::Corrected;
        let open: Vec<String> = doubts(&record).into_iter().map(|d| d.code).collect();
        assert_eq!(open, ["grade-not-read", "document-truncated"]);
        let all = all_doubts_of_json(&serde_json::to_value(&record).unwrap());
        let all: Vec<_> = all.iter().map(|(d, a)| format!("{} {}", d.pointer, a.as_str())).collect();
        assert_eq!(
            all,
            ["/judgements/0/grade open", " open", "/inspection/end accepted", "/inspection/theme corrected"]
        );
    }

    #[test]
    fn what_more_depends_on_comes_first() {
        let order = [
            "",
            "/judgements/0/grade",
            "/inspection/end",
            "/provider/name",
            "/inspectors/0",
            "/improvements/2",
            "/figures/0/value",
            "/sections/0/blocks/1",
        ];
        assert!(order.is_sorted_by(|a, b| weight(a) < weight(b)));
        assert_eq!([weight("/letter/date"), weight("/letter/recipients/0")], [2, 4]);
        let mut record = sample();
        record.evidence.clear();
        record.diagnostics =
            order.iter().rev().map(|p| diagnostic(Severity::Warning, "c", Some(p))).collect();
        assert!(doubts(&record).iter().map(|d| d.pointer.as_str()).eq(order));
    }

    #[test]
    fn a_stored_record_has_the_same_doubts() {
        let record = doubtful();
        assert_eq!(doubts_of_json(&serde_json::to_value(&record).unwrap()), doubts(&record));
        assert_eq!(doubts(&sample()), []);
    }
}
