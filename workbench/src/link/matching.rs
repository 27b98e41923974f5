//! Compares an article with a record: provider, type, month, earlier inspections, quotations.

use serde::Serialize;
use serde_json::Value;

use findings_core::areas;
use findings_core::grammar::MONTHS;

/// How certain it is that an article reports the inspection of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sureness {
    /// No record has that provider, or something contradicts each of them.
    None,
    /// Several records are equally likely.
    Ambiguous,
    /// The provider agrees, and nothing contradicts.
    Possible,
    /// Provider, type and month agree.
    Likely,
    /// In addition, most sentences that the article quotes from the report occur in the record word for word.
    Certain,
}

/// A record that the article may refer to.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// The record's document, as named in it.
    pub record: String,
    /// Its provider.
    pub provider: Option<String>,
    /// Its type of inspection.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// First day (ISO 8601).
    pub start: Option<String>,
    /// Last day (ISO 8601).
    pub end: Option<String>,
    /// How sure it is.
    pub sureness: Sureness,
    /// Evidence for it, minus evidence against it, as a weighted sum.
    pub score: f32,
    /// The evidence for it.
    pub reasons: Vec<String>,
    /// The evidence against it.
    pub against: Vec<String>,
}

/// A record's name: the source of its document.
pub(super) fn source(record: &Value) -> String {
    record["document"]["source"].as_str().unwrap_or("a record without a source").to_owned()
}

/// Evaluates a record as a candidate; `None` if its provider is a different one. `verbatim`: how many of the report's
/// sentences quoted in the article occur in the record, and how many there are.
pub(super) fn candidate(article: &Value, record: &Value, verbatim: (usize, usize)) -> Option<Candidate> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    let inspection = &record["inspection"];
    let mut c = Candidate {
        record: source(record),
        provider: text(&record["provider"]["name"]),
        kind: text(&inspection["type"]),
        start: text(&inspection["start"]),
        end: text(&inspection["end"]),
        sureness: Sureness::Possible,
        score: 0.0,
        reasons: Vec::new(),
        against: Vec::new(),
    };
    c.provider(article, record)?;
    let kind = c.kind_agrees(article);
    let month = c.month_agrees(article);
    c.year(article);
    c.earlier(article, record);
    let (here, of) = verbatim;
    if of > 0 {
        let share = here as f32 / of as f32;
        c.score += 0.4 * share;
        let said = format!("{here} of {of} quoted sentences are in it word for word");
        if here > 0 { c.reasons.push(said) } else { c.against.push(said) }
    }
    let quoted = of >= 2 && here * 2 > of;
    c.sureness = match (kind, month) {
        _ if !c.against.is_empty() && !quoted => Sureness::None,
        (Some(true), Some(true)) if quoted => Sureness::Certain,
        (Some(true), Some(true)) => Sureness::Likely,
        _ if quoted => Sureness::Likely,
        _ => Sureness::Possible,
    };
    Some(c)
}

impl Candidate {
    fn agree(&mut self, weight: f32, reason: String) {
        self.score += weight;
        self.reasons.push(reason);
    }

    fn differ(&mut self, weight: f32, reason: String) {
        self.score -= weight;
        self.against.push(reason);
    }

    /// Compares the areas, by identifier or else by name.
    fn provider(&mut self, article: &Value, record: &Value) -> Option<()> {
        let (own, other) = (&article["provider"], &record["provider"]);
        let id = |p: &Value| p["ids"]["ons"].as_str().map(str::to_owned);
        let name = |p: &Value| p["name"].as_str().map(str::to_owned);
        let by_id = id(own).zip(id(other)).map(|(a, b)| a == b);
        let by_name = name(own).zip(name(other)).map(|(a, b)| areas::same_name(&a, &b));
        let same = by_id == Some(true) || by_name == Some(true);
        let provider = self.provider.clone().unwrap_or_default();
        same.then(|| self.agree(0.3, format!("both are about {provider}")))
    }

    /// "focused visit" means `focused-visit`; "inspection" means anything but a visit.
    fn kind_agrees(&mut self, article: &Value) -> Option<bool> {
        let said = article["inspection"]["type"].as_str()?.to_lowercase().replace("focussed", "focused");
        let own = self.kind.clone()?;
        let visit = own.ends_with("visit");
        let agrees = match said.as_str() {
            "inspection" | "full inspection" => !visit,
            "visit" => visit,
            "joint targeted area inspection" => own == "joint",
            "short inspection" => own == "short",
            other => own == other.replace(' ', "-"),
        };
        if agrees {
            self.agree(0.1, format!("the article speaks of a {said}, the record is of type {own}"));
        } else {
            self.differ(0.3, format!("the article speaks of a {said}, the record is of type {own}"));
        }
        Some(agrees)
    }

    fn month_agrees(&mut self, article: &Value) -> Option<bool> {
        let said = article["inspection"]["month"].as_str()?;
        let wanted = month(said)?;
        let month_of = |d: &Option<String>| d.as_deref()?.get(5..7)?.parse::<u32>().ok();
        let (first, last) = (month_of(&self.start), month_of(&self.end));
        let agrees = first.or(last)? == wanted || last == Some(wanted);
        let days = self.start.clone().unwrap_or_default();
        if agrees {
            self.agree(0.1, format!("the article says {said}, the inspection began on {days}"));
        } else {
            self.differ(0.3, format!("the article says {said}, the inspection began on {days}"));
        }
        Some(agrees)
    }

    fn year(&mut self, article: &Value) {
        let Some(said) = article["inspection"]["year"].as_u64() else { return };
        let Some(own) = self.start.as_deref().and_then(|d| d.get(..4)?.parse::<u64>().ok()) else { return };
        if said == own {
            self.agree(0.1, format!("both are from {said}"));
        } else {
            self.differ(0.5, format!("the article says {said}, the inspection was in {own}"));
        }
    }

    /// Compares mentions of earlier inspections.
    fn earlier(&mut self, article: &Value, record: &Value) {
        for earlier in article["earlier"].as_array().into_iter().flatten() {
            let Some(wanted) = earlier["month"].as_str().and_then(month) else { continue };
            let year = earlier["year"].as_u64();
            let mentions = record["mentions"].as_array().into_iter().flatten();
            let mut dates = mentions.filter_map(|m| m["date"].as_str());
            let same = |d: &&str| {
                let of_month = d.get(5..7).and_then(|m| m.parse::<u32>().ok()) == Some(wanted);
                of_month && year.is_none_or(|y| d.starts_with(&y.to_string()))
            };
            if let Some(date) = dates.find(same) {
                let text = earlier["text"].as_str().unwrap_or_default();
                self.agree(0.1, format!("both mention an earlier one: “{text}”, {date}"));
            }
        }
    }
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|m| *m == name).map(|i| i as u32 + 1)
}

/// Sorts the candidates, the likeliest first, and returns how certain the first is. Two that are equally likely are
/// ambiguous.
pub(super) fn resolve(candidates: &mut [(Candidate, usize)]) -> Sureness {
    candidates.sort_by(|(a, _), (b, _)| b.sureness.cmp(&a.sureness).then(b.score.total_cmp(&a.score)));
    match candidates {
        [] => Sureness::None,
        [(first, _), (second, _), ..]
            if first.sureness >= Sureness::Possible
                && first.sureness == second.sureness
                && first.score - second.score < 0.05 =>
        {
            Sureness::Ambiguous
        }
        [(first, _), ..] => first.sureness,
    }
}
