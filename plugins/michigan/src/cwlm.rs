//! Special investigations in the newer form: a table for each allegation, whose label column is interleaved with
//! the text.
//!
//! `table = "Rule Code & Section Description" rule "Violation Type" type "Allegation" text "Investigation" text
//! "Analysis" text "Conclusion" conclusion [references]`
//!
//! "Rule Code & CCI Rule 400.4158 Intervention standards" / "Section (1) A child caring institution shall" /
//! "Description policies and procedures" / "Violation Potential Rule or Statute Violation" / "Type"

use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;

use crate::citation::citation;
use crate::legacy::{Investigation, conclude};
use crate::rules::{column_label, each, quoted};

/// The table row that lines belong to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Row {
    #[default]
    Outside,
    Rule,
    Type,
    Allegation,
    Investigation,
    Analysis,
    Conclusion,
}

#[derive(Debug, Default)]
struct Table {
    rule: Vec<Text>,
    title: Vec<Text>,
    /// Labels in the rule's row that are still expected; each appears once.
    labels: Vec<&'static str>,
    in_title: bool,
    allegation: Vec<Text>,
    ending: Vec<Text>,
}

/// Reads the tables of an investigation.
pub fn read<'a>(lines: impl Iterator<Item = &'a Text>) -> Investigation {
    let mut read = Investigation::default();
    let mut table = Table::default();
    let mut row = Row::Outside;
    for line in lines {
        let text = line.as_str();
        let (next, rest) = row_of(text, row);
        if next == Row::Rule && row != Row::Rule {
            close(std::mem::take(&mut table), &mut read);
            table.labels = vec!["Section", "&", "Description", "Title", "Type"];
        }
        row = next;
        let part = line.slice(line.range_of(rest));
        match row {
            Row::Rule => table.rule_line(line),
            Row::Allegation if !part.is_empty() => table.allegation.push(part),
            Row::Conclusion if !part.is_empty() => table.ending.push(part),
            _ => {}
        }
    }
    close(table, &mut read);
    read
}

/// The row that a line begins or continues, and the line without the row's label.
fn row_of(line: &str, now: Row) -> (Row, &str) {
    let label = |l: &str| column_label(l, line).ok().map(|(rest, ())| rest);
    let begins = match now {
        _ if label("Rule Code").is_some() => Some((Row::Rule, line)),
        Row::Rule if is_type(line) => Some((Row::Type, "")),
        Row::Rule | Row::Type => {
            label("Allegation").or_else(|| label("Allegation(s)")).map(|rest| (Row::Allegation, rest))
        }
        Row::Allegation => label("Investigation").map(|rest| (Row::Investigation, rest)),
        Row::Investigation => label("Analysis").map(|rest| (Row::Analysis, rest)),
        Row::Analysis => label("Conclusion").map(|rest| (Row::Conclusion, rest)),
        Row::Outside | Row::Conclusion => None,
    };
    begins.map_or((now, line), |(row, rest)| (row, if rest.is_empty() { &line[line.len()..] } else { rest }))
}

/// "Violation Potential Rule or Statute Violation"; "Violation Type Potential Policy Violation"
fn is_type(line: &str) -> bool {
    line.starts_with("Violation ") && (line.contains("Potential") || line.starts_with("Violation Type"))
        || line.starts_with("Potential ") && line.contains("Violation")
}

impl Table {
    /// Adds a line of the rule's row, without labels. If the form prints the title in a row of its own ("Rule Code
    /// Reevaluation" / "Title"), the citation follows under "Rule Code &".
    fn rule_line(&mut self, line: &Text) {
        let mut rest = line.as_str();
        if let Ok((after, ())) = column_label("Rule Code", rest) {
            rest = after;
            let cites = rest.starts_with('&') || citation(rest).is_ok() || rest.starts_with("Section");
            self.in_title = !cites && self.rule.is_empty() && !rest.is_empty();
            rest = rest.trim_start_matches(['&', ' ']);
        }
        while let Some((at, after)) =
            self.labels.iter().enumerate().find_map(|(at, l)| Some((at, column_label(l, rest).ok()?.0)))
        {
            self.labels.remove(at);
            rest = after;
        }
        let part = if rest.is_empty() { return } else { line.slice(line.range_of(rest)) };
        if self.in_title { self.title.push(part) } else { self.rule.push(part) }
    }
}

fn close(table: Table, read: &mut Investigation) {
    let title = Text::join(&table.title, " ");
    let end = title.as_str().trim_end_matches('.').len();
    let title = (!title.is_empty()).then(|| title.slice(0..end));
    let text = Text::join(&table.allegation, " ");
    let mut allegation = None;
    if !text.is_empty() {
        let found = Found::new(text.as_str().to_owned(), text.evidence_all("investigation.allegation"));
        if read.allegations.iter().all(|a| a.value != found.value) {
            read.allegations.push(found.clone());
        }
        allegation = Some(found);
    }
    for lines in each(&table.rule) {
        let Some(mut rule) = quoted(lines, title.as_ref()) else { continue };
        rule.allegation = allegation.clone();
        conclude(&mut rule, &table.ending);
        read.rules.push(rule);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(lines: &str) -> String {
        let lines = texts(lines);
        let read = read(lines.iter());
        let rules = read.rules.iter().map(|r| {
            let of = |f: &Option<Found<String>>| f.as_ref().map_or("-".to_owned(), |v| v.value.clone());
            let refs: Vec<&str> = r.references.iter().map(|f| f.value.as_str()).collect();
            let finding = r.finding.map_or("-", |f| f.code());
            format!(
                "{} [{}] {} {finding} <{}> {refs:?}",
                r.rule.value,
                of(&r.title),
                of(&r.parts),
                of(&r.allegation)
            )
        });
        rules.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_label_column_is_taken_out() {
        assert_snapshot!(show("Rule Code & CCI Rule 400.4158 Intervention standards.\nSection (1) An institution shall have written\nDescription policies that prohibit: (a) Any\nViolation Potential Rule or Statute Violation\nType\nAllegation Staff pushed a\nyouth.\nInvestigation Interviews\nInvestigation of x\nAnalysis He did.\nConclusion Repeat Violation Established\nSIR #2024SIC0001333 dated 05/30/2024"), @r#"CCI Rule 400.4158 [Intervention standards] (1)(a) repeat-violation-established <Staff pushed a youth.> ["SIR #2024SIC0001333 dated 05/30/2024"]"#);
    }

    #[test]
    fn the_title_may_have_a_row_of_its_own() {
        assert_snapshot!(show("Rule Code Reevaluation\nTitle\nRule Code & CPA Rule 400.12324\nSection (2) The reevaluation must include\nDescription (a) All changes\nViolation Potential Rule or Statute Violation\nType\nAllegation None.\nInvestigation x\nAnalysis y\nConclusion VIOLATION NOT ESTABLISHED"), @r"CPA Rule 400.12324 [Reevaluation] (2)(a) violation-not-established <None.> []");
    }
}
