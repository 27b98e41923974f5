//! Gates: conditions under which a comparison fails.

use std::str::FromStr;

use super::report::Counters;

/// A condition for failure, for example `broken>0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    counter: &'static str,
    comparison: Comparison,
    limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
}

/// Longer signs first, so that `>=` is not read as `>`.
const SIGNS: &[(&str, Comparison)] = &[
    (">=", Comparison::GreaterOrEqual),
    ("<=", Comparison::LessOrEqual),
    ("!=", Comparison::NotEqual),
    ("==", Comparison::Equal),
    (">", Comparison::Greater),
    ("<", Comparison::Less),
    ("=", Comparison::Equal),
];

/// A counter with its name.
type Counter = (&'static str, fn(&Counters) -> usize);

/// The counters that gates can use, in the order of the report.
pub const COUNTERS: &[Counter] = &[
    ("documents", |c| c.documents),
    ("changed-documents", |c| c.changed_documents),
    ("fixed", |c| c.values.fixed),
    ("broken", |c| c.values.broken),
    ("changed", |c| c.values.changed),
    ("missing", |c| c.values.missing),
    ("found", |c| c.values.found),
    ("lost-records", |c| c.lost_records),
    ("gained-records", |c| c.gained_records),
    ("new-diagnostics", |c| c.new_diagnostics),
    ("gone-diagnostics", |c| c.gone_diagnostics),
    ("lost-evidence", |c| c.lost_evidence),
    ("slower", |c| c.slower),
    ("unpaired", |c| c.unpaired),
];

/// The counters that stay 0 without labels.
const OF_LABELS: &[&str] = &["fixed", "broken"];

impl Gate {
    /// Its counter, if that counts something only where there are labels: without any the condition would say nothing.
    pub fn needs_labels(&self) -> Option<&'static str> {
        Some(self.counter).filter(|counter| OF_LABELS.contains(counter))
    }

    /// Whether the condition holds; if so, the counter and its value in words.
    pub fn holds(&self, counters: &Counters) -> Option<String> {
        let (_, count) = COUNTERS.iter().find(|(name, _)| *name == self.counter)?;
        let (count, limit) = (count(counters), self.limit);
        let holds = match self.comparison {
            Comparison::Greater => count > limit,
            Comparison::GreaterOrEqual => count >= limit,
            Comparison::Less => count < limit,
            Comparison::LessOrEqual => count <= limit,
            Comparison::Equal => count == limit,
            Comparison::NotEqual => count != limit,
        };
        holds.then(|| format!("{} is {count}", self.counter))
    }
}

/// Why a text is not a condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GateError {
    /// It has no comparison operator.
    #[error("“{0}” has no comparison; {hint}", hint = hint())]
    NoSign(String),
    /// The counter is unknown.
    #[error("there is no counter “{0}”; {hint}", hint = hint())]
    NoCounter(String),
    /// The right-hand side is not a number.
    #[error("“{0}” is not a number; {hint}", hint = hint())]
    NoNumber(String),
}

fn hint() -> String {
    let names: Vec<&str> = COUNTERS.iter().map(|(name, _)| *name).collect();
    format!("expected a condition like broken>0 with one of {}", names.join(", "))
}

impl FromStr for Gate {
    type Err = GateError;

    /// `gate = counter ( ">" | ">=" | "<" | "<=" | "=" | "==" | "!=" ) number`
    ///
    /// "broken>0"; "slower >= 5"
    fn from_str(text: &str) -> Result<Self, GateError> {
        let no_sign = || GateError::NoSign(text.to_owned());
        let at = text.find(['>', '<', '=', '!']).ok_or_else(no_sign)?;
        let (name, rest) = (text[..at].trim(), &text[at..]);
        let (sign, comparison) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign)).ok_or_else(no_sign)?;
        let limit = rest[sign.len()..].trim();
        Ok(Self {
            counter: COUNTERS
                .iter()
                .find(|(counter, _)| *counter == name.replace('_', "-"))
                .map(|(counter, _)| *counter)
                .ok_or_else(|| GateError::NoCounter(name.to_owned()))?,
            comparison: *comparison,
            limit: limit.parse().map_err(|_| GateError::NoNumber(limit.to_owned()))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(gate: &str, broken: usize) -> String {
        let mut counters = Counters::default();
        counters.values.broken = broken;
        match gate.parse::<Gate>() {
            Ok(gate) => gate.holds(&counters).unwrap_or_else(|| "passes".into()),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn conditions_are_read() {
        assert_eq!(said("broken>0", 0), "passes");
        assert_eq!(said("broken > 0", 2), "broken is 2");
        assert_eq!(said("broken>=3", 2), "passes");
        assert_eq!(said("lost_records!=1", 0), "lost-records is 0");
    }

    #[test]
    fn only_labels_tell_fixed_from_broken() {
        let needs = |gate: &str| gate.parse::<Gate>().unwrap().needs_labels();
        assert_eq!(
            [needs("broken>0"), needs("fixed=0"), needs("changed>0")],
            [Some("broken"), Some("fixed"), None]
        );
    }

    #[test]
    fn a_condition_that_makes_no_sense_is_explained() {
        assert!(
            said("broke>0", 0).starts_with("there is no counter “broke”; expected a condition like broken>0")
        );
        assert!(said("broken", 0).starts_with("“broken” has no comparison"));
        assert!(said("broken>many", 0).starts_with("“many” is not a number"));
        assert!(said("broken!0", 0).starts_with("“broken!0” has no comparison"));
    }
}
