//! Evaluates a person's answers.

use indexmap::IndexMap;
use serde::Serialize;

use super::answer::Answer;
use super::interval::clopper_pearson;
use crate::text_table::{Table, shorten};

/// How often unflagged values are wrong, and flagged values are right.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerReport {
    /// Of the values that were not flagged, those that are wrong.
    pub clean_wrong: Rate,
    /// Of the values that were flagged, those that are right: false alarms.
    pub flagged_in_vain: Rate,
    /// The counts for each field.
    pub fields: IndexMap<String, FieldRate>,
    /// The values that were not flagged but are wrong.
    pub wrong: Vec<Answer>,
}

/// A proportion.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Rate {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// The proportion, 0 to 1.
    pub share: f64,
    /// Its exact interval (Clopper–Pearson, 95 %).
    pub interval: [f64; 2],
}

/// The answers about a field.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FieldRate {
    /// Values that were not flagged.
    pub clean: usize,
    /// Of these, the wrong ones.
    pub wrong: usize,
    /// Values that were flagged.
    pub flagged: usize,
    /// Of these, the right ones (false alarms).
    pub in_vain: usize,
}

/// Evaluates answers.
pub fn report(answers: &[Answer]) -> AnswerReport {
    let mut fields: IndexMap<String, FieldRate> = IndexMap::new();
    for answer in answers {
        let field = fields.entry(answer.question.field.clone()).or_default();
        if answer.question.flagged {
            field.flagged += 1;
            field.in_vain += usize::from(answer.right);
        } else {
            field.clean += 1;
            field.wrong += usize::from(!answer.right);
        }
    }
    fields.sort_unstable_keys();
    let sum = |of: fn(&FieldRate) -> usize| fields.values().map(of).sum::<usize>();
    AnswerReport {
        clean_wrong: Rate::new(sum(|f| f.wrong), sum(|f| f.clean)),
        flagged_in_vain: Rate::new(sum(|f| f.in_vain), sum(|f| f.flagged)),
        wrong: answers.iter().filter(|a| !a.right && !a.question.flagged).cloned().collect(),
        fields,
    }
}

impl Rate {
    fn new(count: usize, of: usize) -> Self {
        let share = if of == 0 { 0.0 } else { count as f64 / of as f64 };
        Self { count, of, share, interval: clopper_pearson(count, of) }
    }

    fn text(&self) -> String {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let [low, high] = self.interval.map(percent);
        format!(
            "{} of {} ({} %, with 95 % confidence {low} to {high} %)",
            self.count,
            self.of,
            percent(self.share)
        )
    }
}

impl AnswerReport {
    /// The report for a terminal.
    pub fn text(&self) -> String {
        let mut out = format!("not flagged and wrong: {}\n", self.clean_wrong.text());
        if self.flagged_in_vain.of > 0 {
            out.push_str(&format!("flagged and right all the same: {}\n", self.flagged_in_vain.text()));
        }
        let mut table = Table::new(&["field", "not flagged", "wrong", "flagged", "in vain"]);
        for (field, f) in &self.fields {
            let counts = [f.clean, f.wrong, f.flagged, f.in_vain].map(|n| n.to_string());
            table.row([field.clone()].into_iter().chain(counts));
        }
        out.push_str(&format!("\n{}", table.plain()));
        for answer in &self.wrong {
            let q = &answer.question;
            let page = q.page.map(|p| format!(" page {p}")).unwrap_or_default();
            let value = shorten(&q.value.to_string(), 100);
            let expected = answer.expected.as_deref().map(|e| format!(", expected {e}")).unwrap_or_default();
            out.push_str(&format!("\nwrong: {}{page} {}: {value}{expected}", q.document, q.pointer));
        }
        if !self.wrong.is_empty() {
            out.push('\n');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Question;
    use super::*;

    #[test]
    fn answers_are_added_up() {
        let answer = |field: &str, flagged, right| {
            let question =
                Question { field: field.into(), pointer: field.into(), flagged, ..Question::default() };
            Answer { question, right, expected: None }
        };
        let mut answers = vec![answer("/published", false, true); 39];
        answers.extend([answer("/letter/date", false, false), answer("/letter/date", true, true)]);
        insta::assert_snapshot!(report(&answers).text(), @r"
        not flagged and wrong: 1 of 40 (2.5 %, with 95 % confidence 0.1 to 13.2 %)
        flagged and right all the same: 1 of 1 (100.0 %, with 95 % confidence 2.5 to 100.0 %)

        field         not flagged  wrong  flagged  in vain
        /letter/date            1      1        1        1
        /published             39      0        0        0

        wrong:  /letter/date: null
        ");
    }
}
