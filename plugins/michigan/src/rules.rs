//! A rule and the finding on it, in all the ways in which the forms print it.

use findings_plugin_sdk::grammar::ParseResult;
use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;

use crate::citation::{self, Category, Citation, citation, policy_label};
use crate::finding::Finding;
use crate::subrule;

/// A rule and the finding on it.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its citation.
    pub rule: Found<String>,
    /// Its title.
    pub title: Option<Found<String>>,
    /// The parts of it that are quoted: "(1)(a)".
    pub parts: Option<Found<String>>,
    /// Kind of rule.
    pub category: Category,
    /// The finding.
    pub finding: Option<Finding>,
    /// The words of the finding; `None` if an inspection lists the rule without a conclusion.
    pub printed: Option<Found<String>>,
    /// The allegation for which it was examined.
    pub allegation: Option<Found<String>>,
    /// Earlier reports and plans that a repeat violation refers to.
    pub references: Vec<Found<String>>,
    /// Citation and title as printed.
    pub heading: Text,
}

/// Reads citation, title and parts of the rule that some lines quote; the first line has the citation.
///
/// `own_title` is a title that the form prints separately.
pub fn quoted(lines: &[Text], own_title: Option<&Text>) -> Option<Rule> {
    let lines = &unlabelled(lines)[..];
    let (first, mut next) = lines.split_first()?;
    let Ok((rest, cited)) = citation(first.as_str()) else { return other(first, lines) };
    let mut printed = first.slice(first.range_of(cited.printed));
    let mut value = cited.printed.to_owned();
    let mut body: Vec<Text> = Vec::new();
    if let (true, [below, others @ ..]) = (cited.open, next)
        && let Some(end) = citation::rest_of(&cited, below.as_str())
    {
        printed.push_text(" ", &below.slice(0..end));
        value.push_str(&below.as_str()[..end]);
        body.push(below.slice(end..below.as_str().len()));
        next = others;
    }
    let beside = first.slice(first.range_of(rest));
    let title = match own_title {
        Some(own) => {
            body.push(beside);
            Some(own.clone())
        }
        None => title_of(&cited, beside, &mut next, &mut body),
    };
    body.retain(|l| !l.is_empty());
    body.extend_from_slice(next);
    let mut heading = printed.clone();
    if let Some(title) = &title {
        heading.push_text(" ", title);
    }
    Some(Rule {
        parts: parts_read(&cited, &value, first, &body),
        rule: Found::new(value, printed.evidence_all("rule.citation")),
        title: title.map(|t| Found::new(t.as_str().to_owned(), t.evidence_all("rule.title"))),
        category: cited.category,
        finding: None,
        printed: None,
        allegation: None,
        references: Vec::new(),
        heading,
    })
}

/// The title beside or below the citation. Text beside the citation that is not a title belongs to the body.
fn title_of(cited: &Citation<'_>, beside: Text, next: &mut &[Text], body: &mut Vec<Text>) -> Option<Text> {
    let read = if body.is_empty() { citation::title(cited.category, &beside, next) } else { None };
    let Some((title, taken)) = read else {
        body.push(beside);
        return None;
    };
    // The text after the title; a dash may separate the title from the citation.
    let after = beside.as_str().split_once(title.as_str()).filter(|_| taken == 0);
    body.extend(
        after.filter(|(_, after)| after.len() > 1).map(|(_, after)| beside.slice(beside.range_of(after))),
    );
    *next = &next[taken..];
    Some(title)
}

/// The parts of a rule that its body quotes or, without any, those in the citation.
fn parts_read(cited: &Citation<'_>, value: &str, first: &Text, body: &[Text]) -> Option<Found<String>> {
    if !matches!(cited.category, Category::Licensing | Category::Statute) {
        return None;
    }
    let cites_parts = cited.category == Category::Statute && value.contains('(');
    let quoted = if cites_parts { None } else { subrule::parts(body) };
    quoted.or_else(|| {
        parts_of(cited).map(|(value, print)| Found::new(value, first.evidence(print, "rule.parts")))
    })
}

/// The lines of a rule, without the label of the column before it ("DHHS Policy"); a title that precedes the
/// citation is moved after it.
///
/// "DHHS Policy TIMELY ENTRY OF CONTACTS" / "FOM 722-06H"
fn unlabelled(lines: &[Text]) -> Vec<Text> {
    let mut lines = lines.to_vec();
    let Some(rest) = lines.first().and_then(|l| Some(l.slice(l.range_of(policy_label(l.as_str()).ok()?.0))))
    else {
        return lines;
    };
    let cites = |t: Option<&Text>| t.is_some_and(|t| citation(t.as_str()).is_ok());
    if cites(Some(&rest)) {
        lines[0] = rest;
    } else if cites(lines.get(1)) {
        lines.remove(0);
        lines[0].push_text(" ", &rest);
    }
    lines
}

/// Splits a block that quotes several rules into the lines of each.
pub fn each(lines: &[Text]) -> Vec<&[Text]> {
    let begins = |at: usize| at > 0 && begins_rule(lines[at].as_str(), lines[at - 1].as_str());
    let mut starts: Vec<usize> = vec![0];
    starts.extend((1..lines.len()).filter(|at| begins(*at) && *at > 1));
    starts.push(lines.len());
    starts.windows(2).map(|w| &lines[w[0]..w[1]]).collect()
}

/// Whether a line begins with the citation of a rule, and not in mid-sentence.
pub fn begins_rule(line: &str, before: &str) -> bool {
    const OPEN: &[&str] = &[
        "of", "by", "in", "with", "to", "and", "or", "rule", "rules", "under", "section", "from", "policy",
        "per", "the", "for",
    ];
    let Ok((rest, _)) = citation(line) else { return false };
    let last = before.rsplit(' ').next().unwrap_or("").to_lowercase();
    let goes_on = before.ends_with(',') || OPEN.contains(&last.as_str());
    let rest = rest.trim_start_matches([' ', '-', '–', ':']);
    !goes_on && (rest.is_empty() || rest.starts_with(|c: char| c.is_uppercase()))
}

/// The parts in the citation itself: "R 400.12212(2)(h)", "CCI Rule 400.4166-1-f".
fn parts_of<'a>(cited: &Citation<'a>) -> Option<(String, &'a str)> {
    if !cited.parts.is_empty() {
        return Some((cited.parts.to_owned(), cited.parts));
    }
    let (_, number) = cited.printed.split_once("400.")?;
    let (_, suffix) = number.split_once('-')?;
    Some((suffix.split('-').map(|p| format!("({p})")).collect(), suffix))
}

/// A rule of no known kind: a contract, or a manual under another name.
fn other(first: &Text, lines: &[Text]) -> Option<Rule> {
    let end = first
        .as_str()
        .char_indices()
        .take_while(|(i, _)| *i < 80)
        .last()
        .map_or(0, |(i, c)| i + c.len_utf8());
    let heading = first.slice(0..end);
    let statute = ["Act", "MCL", "Section"].iter().any(|w| heading.as_str().starts_with(w));
    (!heading.is_empty()).then(|| Rule {
        rule: Found::new(heading.as_str().to_owned(), heading.evidence_all("rule.citation")),
        title: None,
        parts: if statute { subrule::parts(lines) } else { None },
        category: if statute { Category::Statute } else { Category::Policy },
        finding: None,
        printed: None,
        allegation: None,
        references: Vec::new(),
        heading,
    })
}

/// A whole label of a form's label column at the start of a line.
pub fn column_label<'a>(label: &str, line: &'a str) -> ParseResult<'a, ()> {
    match line.strip_prefix(label) {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', ':']) => {
            Ok((rest.trim_start_matches([' ', ':']), ()))
        }
        _ => Err(nom::Err::Error(nom::error::Error::new(line, nom::error::ErrorKind::Tag))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;

    #[test]
    fn a_dash_may_part_citation_and_title() {
        let lines = texts("FOM 722-6 –P. 1 Quarterly Progress Reports\nEach report must be written.");
        let rule = quoted(&lines, None).unwrap();
        assert_eq!(rule.rule.value, "FOM 722-6");
        let lines = texts("R 400.12310 – Record. (2) A record must be kept.");
        let rule = quoted(&lines, None).unwrap();
        let of = |f: &Option<Found<String>>| f.as_ref().map(|f| f.value.clone());
        assert_eq!((of(&rule.title).as_deref(), of(&rule.parts).as_deref()), (Some("Record"), Some("(2)")));
    }
}
