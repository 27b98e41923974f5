//! Allegations, rules, and the finding on each rule.

use findings_plugin_sdk::record::{Draft, Status};
use findings_plugin_sdk::text::Text;

use super::{derived, put, put_all};
use crate::extension::{AllegationSummary, Extension, RuleFinding};
use crate::finding::Finding;
use crate::headings::squeezed;
use crate::legacy::Investigation;
use crate::report::{Report, Section};
use crate::rules::Rule;
use crate::{cwlm, inspection, legacy, recommendation};

/// Reads allegations and rules, depending on the kind of report.
pub(super) fn findings(report: &Report, draft: &mut Draft, ext: &mut Extension) -> Vec<Rule> {
    let described = report.section("DESCRIPTIONOFFINDING").map_or(&[][..], |s| &s.lines);
    let mut allegations = Vec::new();
    let mut statement = None;
    let rules = if ext.kind == "special-investigation" {
        if let Some(section) = report.section("ALLEGATION").filter(|_| ext.template == "legacy") {
            ext.allegation_summary = Some(summary(&section.lines, draft));
        }
        let read = investigated(report);
        allegations = read.allegations;
        read.rules
    } else if ext.kind.ends_with("inspection") {
        let rules = inspection::exceptions(described);
        statement = inspection::compliance_statement(described).filter(|_| rules.is_empty());
        rules
    } else {
        studied(report)
    };
    if ext.allegation_summary.is_none() {
        draft.absent("/extension/allegation_summary", Status::NotStated);
    }
    ext.allegations = put_all(draft, "allegations", allegations);
    ext.compliance_statement = put(draft, "compliance_statement", statement);
    let analyst = report.body().cloned().collect::<Vec<_>>();
    ext.field_analyst = put(draft, "field_analyst", inspection::field_analyst(&Text::join(&analyst, " ")));
    ext.rules = rules.iter().enumerate().map(|(i, r)| rule(i, r, draft, &ext.kind)).collect();
    if ext.kind == "special-investigation" && rules.is_empty() {
        let path = "/extension/rules";
        draft.absent(path, Status::NotRead);
        draft.warn("rules-not-read", Some(path), None, "no rule with a conclusion could be read");
    }
    rules
}

/// The allegations and rules of a special investigation, in the older or the newer layout.
fn investigated(report: &Report) -> Investigation {
    let body = || {
        let of_body = |s: &&Section| !s.name.contains("IDENTIFYING") && !s.name.contains("RECOMMENDATION");
        let own = report.sections.iter().filter(of_body).filter(|s| !s.name.starts_with("ALLEGATION"));
        own.flat_map(|s| &s.lines)
    };
    let older = legacy::read(body());
    if older.rules.is_empty() { cwlm::read(body()) } else { older }
}

/// The rules that a licensing study names. If it recommends the licence, all of them are in compliance.
fn studied(report: &Report) -> Vec<Rule> {
    let body: Vec<Text> = report.body().cloned().collect();
    let complies = report.last_section("RECOMMENDATION").is_some_and(|s| {
        let text = recommendation::read(&s.lines).text.unwrap_or_default();
        let outcome = recommendation::outcome(text.as_str(), true);
        outcome.is_some_and(|o| matches!(o.code, "approve-change" | "issue-original-license"))
    });
    let mut rules = inspection::studied(&body);
    rules.iter_mut().for_each(|r| r.finding = complies.then_some(Finding::InCompliance));
    rules
}

fn summary(lines: &[Text], draft: &mut Draft) -> Vec<AllegationSummary> {
    let rows = legacy::summary(lines).into_iter().enumerate();
    rows.map(|(i, row)| {
        draft.note(format!("/extension/allegation_summary/{i}/text"), row.text.evidence);
        let pointer = format!("allegation_summary/{i}/violation_established");
        AllegationSummary {
            text: row.text.value,
            violation_established: put(draft, &pointer, row.established),
        }
    })
    .collect()
}

fn rule(i: usize, rule: &Rule, draft: &mut Draft, kind: &str) -> RuleFinding {
    let at = |key: &str| format!("rules/{i}/{key}");
    let code = rule.finding.map(|f| f.code().to_owned());
    match (&rule.printed, rule.finding) {
        // "REPEAT VIOLATION from …" in the list of exceptions means that the violation is established; words may be
        // misspelt.
        (Some(p), Some(finding)) if !squeezed(&p.value).contains(&squeezed(finding.code())) => {
            derived(draft, at("finding"), Some(p.evidence.clone()), "the words of the conclusion or note");
        }
        (Some(p), Some(_)) => draft.note(format!("/extension/{}", at("finding")), p.evidence.clone()),
        (None, Some(_)) => {
            let source = if kind.ends_with("inspection") {
                "its place in the list of exceptions"
            } else {
                "the recommendation"
            };
            derived(draft, at("finding"), Some(rule.rule.evidence.clone()), source);
        }
        (_, None) => {
            draft.absent(format!("/extension/{}", at("finding")), Status::NotRead);
            let message = format!("what was found about {} could not be read", rule.rule.value);
            draft.warn("finding-not-read", Some(&format!("/extension/{}", at("finding"))), None, message);
        }
    }
    derived(draft, at("category"), Some(rule.rule.evidence.clone()), "the citation");
    let rule_found = put(draft, &at("rule"), Some(rule.rule.clone()));
    RuleFinding {
        rule: rule_found.unwrap_or_default(),
        title: put(draft, &at("title"), rule.title.clone()),
        subrule: put(draft, &at("subrule"), rule.parts.clone()),
        finding: code,
        printed_finding: put(draft, &at("printed_finding"), rule.printed.clone()),
        category: rule.category.code().into(),
        allegation: rule.allegation.clone().and_then(|a| put(draft, &at("allegation"), Some(a))),
        repeat_refs: if rule.references.is_empty() {
            Vec::new()
        } else {
            put_all(draft, &at("repeat_refs"), rule.references.clone())
        },
    }
}
