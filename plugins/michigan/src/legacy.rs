//! Special investigations in the older form: blocks under labels in capitals.
//!
//! `investigation = *(allegation / "ADDITIONAL FINDINGS:" / block)`
//! `block = ["INVESTIGATION:" text] "APPLICABLE RULE" rule "ANALYSIS:" text "CONCLUSION:" conclusion [references]`

use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;

use crate::finding::{self, Finding, conclusion, references};
use crate::headings::squeezed;
use crate::rules::{Rule, each, quoted};

/// A row of section II: a summary of an allegation, and whether it was established.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The allegation.
    pub text: Found<String>,
    /// "Yes" or "No", as a code; `None` if nothing is printed.
    pub established: Option<Found<String>>,
}

/// The table under "II. ALLEGATION(S)": "Yes" or "No" ends the first line of each row.
pub fn summary(lines: &[Text]) -> Vec<Summary> {
    let is_head = |l: &&Text| {
        !matches!(squeezed(l.as_str()).as_str(), "VIOLATION" | "ESTABLISHED" | "VIOLATIONESTABLISHED")
    };
    let lines: Vec<&Text> = lines.iter().filter(is_head).collect();
    let answered = lines.iter().any(|l| answer(l.as_str()).is_some());
    let mut rows: Vec<(Text, Option<Text>)> = Vec::new();
    for line in lines {
        match answer(line.as_str()) {
            Some((text, answer)) => {
                rows.push((line.slice(line.range_of(text)), Some(line.slice(line.range_of(answer)))));
            }
            None => match rows.last_mut() {
                // Without answers, a new allegation begins after a full stop.
                Some((text, _)) if answered || !text.as_str().ends_with('.') => text.push_text(" ", line),
                _ => rows.push((line.clone(), None)),
            },
        }
    }
    let text = |t: Text| Found::new(t.as_str().to_owned(), t.evidence_all("allegations.text"));
    let rows = rows.into_iter().filter(|(t, _)| !t.is_empty());
    rows.map(|(row, answer)| Summary {
        text: text(row),
        established: answer
            .map(|a| Found::new(a.as_str().to_lowercase(), a.evidence_all("allegations.answer"))),
    })
    .collect()
}

fn answer(line: &str) -> Option<(&str, &str)> {
    let (text, last) = line.rsplit_once(' ').unwrap_or(("", line));
    matches!(last, "Yes" | "No" | "YES" | "NO").then_some((text, last))
}

/// The part of a block that lines belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Allegation,
    Additional,
    Investigation,
    Rule,
    Analysis,
    Conclusion,
}

/// The allegations and findings of an investigation.
#[derive(Debug, Default)]
pub struct Investigation {
    /// The allegations, without repetitions.
    pub allegations: Vec<Found<String>>,
    /// The rules, in printed order.
    pub rules: Vec<Rule>,
}

/// Reads the blocks of an investigation.
pub fn read<'a>(lines: impl Iterator<Item = &'a Text>) -> Investigation {
    let mut read = Investigation::default();
    let mut part = Part::Investigation;
    let mut allegation: Vec<Text> = Vec::new();
    let mut current: Option<Found<String>> = None;
    let mut rule: Vec<Text> = Vec::new();
    let mut ending: Vec<Text> = Vec::new();
    for line in lines {
        let text = match part_of(line.as_str(), part) {
            Some((next, rest)) => {
                if part == Part::Allegation && next != Part::Allegation {
                    current = take_allegation(&mut allegation, &mut read);
                }
                if matches!(next, Part::Allegation | Part::Additional | Part::Investigation | Part::Rule) {
                    close(&mut rule, &mut ending, current.as_ref(), &mut read);
                }
                if matches!(next, Part::Allegation | Part::Additional) {
                    current = None;
                }
                part = next;
                line.slice(line.range_of(rest))
            }
            None => line.clone(),
        };
        match part {
            _ if text.is_empty() => {}
            Part::Allegation => allegation.push(text),
            Part::Rule => rule.push(text),
            Part::Conclusion => ending.push(text),
            Part::Additional | Part::Investigation | Part::Analysis => {}
        }
    }
    take_allegation(&mut allegation, &mut read);
    close(&mut rule, &mut ending, current.as_ref(), &mut read);
    read
}

/// The part that a label begins; labels are in capitals, at the start of a line.
fn part_of(line: &str, now: Part) -> Option<(Part, &str)> {
    const LABELS: &[(&str, Part)] = &[
        ("ALLEGATION(S)", Part::Allegation),
        ("ALLEGATIONS", Part::Allegation),
        ("ALLEGATION", Part::Allegation),
        ("ADDITIONAL FINDINGS", Part::Additional),
        ("ADDITIONAL FINDING(S)", Part::Additional),
        ("ADDITIONAL FINDING", Part::Additional),
        ("INVESTIGATION", Part::Investigation),
        ("APPLICABLE RULES", Part::Rule),
        ("APPLICABLE RULE(S)", Part::Rule),
        ("APPLICABLE RULE", Part::Rule),
        ("ANALYSIS", Part::Analysis),
        ("CONCLUSION", Part::Conclusion),
    ];
    let (rest, part) = LABELS.iter().find_map(|(l, p)| Some((line.strip_prefix(l)?, *p)))?;
    let number = rest.trim_start_matches([' ', '#']).trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if number.starts_with(':') { number } else { rest };
    // Without a colon, a label must be alone on its line or in the expected place.
    let expected = matches!((now, part), (Part::Rule, Part::Analysis) | (Part::Analysis, Part::Conclusion));
    let labels = rest.starts_with(':') || rest.trim().is_empty() || expected && rest.starts_with(' ');
    labels.then(|| (part, rest.trim_start_matches([':', ' '])))
}

fn take_allegation(lines: &mut Vec<Text>, read: &mut Investigation) -> Option<Found<String>> {
    let text = Text::join(&std::mem::take(lines), " ");
    if text.is_empty() {
        return None;
    }
    let found = Found::new(text.as_str().to_owned(), text.evidence_all("investigation.allegation"));
    if read.allegations.iter().all(|a| a.value != found.value) {
        read.allegations.push(found.clone());
    }
    Some(found)
}

/// Adds the rules of a finished block.
fn close(
    rule: &mut Vec<Text>,
    ending: &mut Vec<Text>,
    allegation: Option<&Found<String>>,
    read: &mut Investigation,
) {
    let (lines, ending) = (std::mem::take(rule), std::mem::take(ending));
    for lines in each(&lines) {
        let Some(mut rule) = quoted(lines, None) else { continue };
        rule.allegation = allegation.cloned();
        conclude(&mut rule, &ending);
        read.rules.push(rule);
    }
}

/// Sets the finding from a conclusion: its first line has the words, notes about repeat violations may follow.
pub fn conclude(rule: &mut Rule, lines: &[Text]) {
    let Some((first, next)) = lines.split_first() else { return };
    let mut printed = first.clone();
    let mut next = next;
    // A narrow column may have split the words.
    if let (None, Some((second, rest))) = (conclusion(first.as_str()), next.split_first()) {
        let mut both = first.clone();
        both.push_text(" ", second);
        if conclusion(both.as_str()).is_some() {
            (printed, next) = (both, rest);
        }
    }
    rule.finding = conclusion(printed.as_str());
    rule.printed = Some(Found::new(printed.as_str().to_owned(), printed.evidence_all("finding.conclusion")));
    let noted = finding::repeat(next).is_some() && rule.finding == Some(Finding::Established);
    if noted {
        rule.finding = Some(Finding::Repeat);
    }
    if rule.finding == Some(Finding::Repeat) {
        rule.references = references(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    #[test]
    fn the_answer_ends_the_first_line() {
        let rows = summary(&texts(
            "Violation\nEstablished?\nMedical needs were not met. No\nRequests were not answered within the time Yes\nframe required.",
        ));
        let shown: Vec<String> = rows
            .iter()
            .map(|r| format!("{} {}", r.established.as_ref().map_or("-", |e| &e.value), r.text.value))
            .collect();
        assert_snapshot!(shown.join(" | "), @"no Medical needs were not met. | yes Requests were not answered within the time frame required.");
    }

    fn show(lines: &str) -> String {
        let lines = texts(lines);
        let read = read(lines.iter());
        let rules = read.rules.iter().map(|r| {
            let allegation = r.allegation.as_ref().map_or("-", |a| &a.value);
            let parts = r.parts.as_ref().map_or("-", |a| &a.value);
            format!("{} {parts} {} <{allegation}>", r.rule.value, r.finding.map_or("-", Finding::code))
        });
        rules.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_block_for_each_allegation() {
        assert_snapshot!(show("ALLEGATION:\nStaff slept.\nINVESTIGATION:\nOn 1/2/2020 I\nAPPLICABLE RULE\nR 400.4126 Sufficiency of staff.\n(1) Staff shall\nANALYSIS: They did.\nCONCLUSION: VIOLATION ESTABLISHED\nADDITIONAL FINDINGS:\nINVESTIGATION: x\nAPPLICABLE RULE\nMCL 722. If a child\n115(2) is placed\nANALYSIS: No.\nCONCLUSION: VIOLATION NOT ESTABLISHED"), @r"
        R 400.4126 (1) violation-established <Staff slept.>
        MCL 722.115(2) - violation-not-established <->
        ");
    }

    #[test]
    fn two_rules_for_one_allegation() {
        assert_snapshot!(show("ALLEGATION: Staff slept.\nAPPLICABLE RULE\nFOM 801-03 All records must\nANALYSIS: a\nCONCLUSION: VIOLATION ESTABLISHED\nAPPLICABLE RULE\nR 400.4126 Sufficiency of staff.\nANALYSIS: b\nCONCLUSION: REPEAT VIOLATION ESTABLISHED\nSIR 2019C0212032 dated 5/12/2019"), @r"
        FOM 801-03 - violation-established <Staff slept.>
        R 400.4126 - repeat-violation-established <Staff slept.>
        ");
    }
}
