//! Inspections and licensing studies, which list rules with a finding under each.

use findings_plugin_sdk::grammar::label::find_label;
use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;

use crate::citation::{citation, policy_label};
use crate::finding::{Finding, conclusion, repeat};
use crate::headings::squeezed;
use crate::rules::{Rule, begins_rule, quoted};

/// The rules that an inspection lists as exceptions to compliance.
///
/// `exceptions = "except for the following:" *(rule text finding [repeat])`; the lists 2.) and 3.) of the older form
/// (plan agreed with a court, contract and policy) follow the first.
pub fn exceptions(lines: &[Text]) -> Vec<Rule> {
    let items = listed(lines);
    let mut rules = Vec::new();
    for item in items {
        let Some(mut rule) = quoted(&item, None) else { continue };
        rule.finding = Some(Finding::Established);
        if let Some(line) = item.iter().skip(1).find(|l| is_conclusion(l.as_str())) {
            rule.finding = conclusion(line.as_str());
            rule.printed =
                Some(Found::new(line.as_str().to_owned(), line.evidence_all("finding.conclusion")));
        }
        if let Some(repeat) = repeat(&item[1..]) {
            rule.finding = Some(Finding::Repeat);
            rule.printed = Some(repeat.printed);
            rule.references = repeat.references;
        }
        rules.push(rule);
    }
    rules
}

/// The rules that a licensing study quotes, with which it is about compliance.
pub fn studied(lines: &[Text]) -> Vec<Rule> {
    listed(lines).iter().filter_map(|item| quoted(item, None)).collect()
}

/// The lines of each rule, beginning with its citation; the heading of another list ("2.) Any violation …") ends a
/// rule.
fn listed(lines: &[Text]) -> Vec<Vec<Text>> {
    let mut items: Vec<Vec<Text>> = Vec::new();
    let mut open = false;
    let mut cited_below = false;
    for (at, line) in lines.iter().enumerate() {
        let text = line.as_str();
        let before = at.checked_sub(1).map_or("", |b| lines[b].as_str());
        let is_list = text.starts_with(|c: char| c.is_ascii_digit()) && text[1..].starts_with(".)");
        // "DHHS Policy TIMELY ENTRY OF CONTACTS" / "FOM 722-06H": label and title precede the citation.
        let labelled = policy_label(text).ok().map(|(rest, _)| {
            let below = lines.get(at + 1).is_some_and(|l| citation(l.as_str()).is_ok());
            (citation(rest).is_ok(), below)
        });
        let begins = match labelled {
            Some((beside, below)) => {
                let begins = beside || below;
                cited_below = !beside && below;
                begins
            }
            None => !std::mem::take(&mut cited_below) && begins_rule(text, before),
        };
        if is_list {
            open = false;
        } else if begins {
            items.push(vec![line.clone()]);
            open = true;
        } else if open && let Some(item) = items.last_mut() {
            item.push(line.clone());
        }
    }
    items
}

/// Whether a line is a conclusion and nothing else.
fn is_conclusion(line: &str) -> bool {
    matches!(
        squeezed(line).as_str(),
        "VIOLATIONESTABLISHED" | "VIOLATONESTABLISHED" | "VIOLATIONNOTESTABLISHED"
    )
}

/// The statement of compliance, if an inspection has no exceptions.
///
/// "The facility is in compliance with all applicable licensing statutes and rules."
pub fn compliance_statement(lines: &[Text]) -> Option<Found<String>> {
    let text = Text::join(lines, " ");
    let start = find_label(text.as_str(), "The facility is in")
        .or_else(|| find_label(text.as_str(), "The agency is in"))?;
    let from = text.range_of(start).start;
    let rest = &text.as_str()[from..];
    let sentence = &rest[..rest.find('.')? + 1];
    let whole = sentence.contains("compliance") && find_label(sentence, "except for the following").is_none();
    whole.then(|| Found::new(sentence.to_owned(), text.evidence(sentence, "findings.compliance")))
}

/// The analyst who visited homes, if the text names them.
///
/// "… by the Department of Child Welfare Licensing analyst, Ann Lee for this inspection."
pub fn field_analyst(text: &Text) -> Option<Found<String>> {
    use findings_plugin_sdk::grammar::{is_person_like, person};
    const ANALYSTS: &[&str] =
        &["analyst,", "Field Analyst,", "Field Analyst:", "Field Analyst", "field analyst"];
    ANALYSTS.iter().find_map(|a| {
        let at = find_label(text.as_str(), a)?;
        let rest = text.as_str()[text.range_of(at).end..].trim_start();
        let (_, found) = person(rest).ok()?;
        let plain = is_person_like(found.name)
            && !found.name.split(' ').any(|w| w.len() > 2 && w == w.to_uppercase());
        plain.then(|| Found::new(found.value(), text.evidence(found.name, "findings.field-analyst")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(lines: &str) -> String {
        let rules = exceptions(&texts(lines)).into_iter().map(|r| {
            let of = |f: &Option<Found<String>>| f.as_ref().map_or("-".to_owned(), |v| v.value.clone());
            format!(
                "{} [{}] {} {} {}",
                r.rule.value,
                of(&r.title),
                of(&r.parts),
                r.finding.map_or("-", Finding::code),
                of(&r.printed)
            )
        });
        rules.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn three_lists_of_the_older_form() {
        assert_snapshot!(show("1.) The facility is in compliance with all rules\nexcept for the following:\nR 400.12605 Adoptive family evaluation.\n(1) A worker shall write it as required by section 5111,\nMCL 333.5111. All of it.\n3 of 6 were late.\n2.) Any violation is also an ISEP violation except for the following:\nISEP 6.54 Informed Consent (Commitment\n90).\n2 of 2 had none.\n3.) Any violation is also a contract violation:\nDHHS Policy TIMELY ENTRY\nFOM 722-06H\nAll contacts must be entered."), @r"
        R 400.12605 [Adoptive family evaluation] (1) violation-established -
        ISEP 6.54 [Informed Consent (Commitment 90)] - violation-established -
        FOM 722-06H [TIMELY ENTRY] - violation-established -
        ");
    }

    #[test]
    fn an_inspection_concludes_on_repeats_only() {
        assert_snapshot!(show("except for the following:\nCPA Rule 400.12413 Medical and dental care policy\n• (1) A policy must:\n• (e) An examination\nOne of six had none.\nREPEAT VIOLATION ESTABLISHED\n2025 Interim, CAP Approved 11/19/25\nCPA Rule 400.12422 Record\n• (3) The record:\n• (g) A photograph\nOne of nine."), @r"
        CPA Rule 400.12413 [Medical and dental care policy] (1)(e) repeat-violation-established REPEAT VIOLATION ESTABLISHED
        CPA Rule 400.12422 [Record] (3)(g) violation-established -
        ");
    }

    #[test]
    fn no_exceptions() {
        let lines =
            texts("1.) The facility is in compliance with all applicable licensing\nstatutes and rules.");
        assert_snapshot!(compliance_statement(&lines).unwrap().value, @"The facility is in compliance with all applicable licensing statutes and rules.");
        assert!(
            compliance_statement(&texts("The agency is in compliance except for the following:\nR 400.1"))
                .is_none()
        );
    }

    #[test]
    fn the_analyst() {
        let of = |t: &str| field_analyst(&Text::join(&texts(t), " ")).map_or("-".into(), |f| f.value);
        assert_snapshot!(of("found by the licensing analyst, Ann Lee for this inspection"), @"Ann Lee");
        assert_snapshot!(of("The field analyst did not find any alerts"), @"-");
        assert_snapshot!(of("VII. FIELD ANALYST FINDINGS"), @"-");
    }
}
