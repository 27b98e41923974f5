//! Groups documents that drift in the same way, and finds what they have in common.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use super::{Fit, Sign};

/// Documents that drift in the same way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    /// The format that read them; null if none did.
    pub format: Option<String>,
    /// The edition that all were taken for, if it is the same.
    pub edition: Option<String>,
    /// The program that created all the files, if it is the same.
    pub producer: Option<String>,
    /// First and last year of the inspections, as far as known.
    pub years: Option<(String, String)>,
    /// What does not fit, in at least half of them, with the number of documents.
    pub signs: Vec<(Sign, usize)>,
    /// Unknown headings that occur in at least half of them, with the number of documents.
    pub headings: Vec<(String, usize)>,
    /// The documents.
    pub documents: Vec<String>,
}

/// Groups the documents that drift, the largest group first. Two documents belong together if the same format read them
/// and they share an unknown heading or have the same signs.
pub fn groups(fits: &[Fit]) -> Vec<Group> {
    let drifting: Vec<&Fit> = fits.iter().filter(|f| f.drifts()).collect();
    let mut group_of: Vec<usize> = (0..drifting.len()).collect();
    let mut first_with: BTreeMap<(Option<&str>, String), usize> = BTreeMap::new();
    for (at, fit) in drifting.iter().enumerate() {
        let signs: Vec<String> = fit.signs.iter().map(ToString::to_string).collect();
        let headings = fit.unknown_headings.iter().map(|h| format!("heading {}", same_heading(h)));
        for key in headings.chain([format!("signs {}", signs.join(", "))]) {
            let other = *first_with.entry((fit.format.as_deref(), key)).or_insert(at);
            join(&mut group_of, other, at);
        }
    }
    let mut members: BTreeMap<usize, Vec<&Fit>> = BTreeMap::new();
    for (at, fit) in drifting.iter().enumerate() {
        members.entry(group_of[at]).or_default().push(fit);
    }
    let mut groups: Vec<Group> = members.into_values().map(|m| Group::of(&m)).collect();
    groups.sort_by_key(|g| std::cmp::Reverse(g.documents.len()));
    groups
}

fn join(group_of: &mut [usize], a: usize, b: usize) {
    let (a, b) = (group_of[a], group_of[b]);
    let (first, second) = (a.min(b), a.max(b));
    for g in group_of.iter_mut().filter(|g| **g == second) {
        *g = first;
    }
}

impl Group {
    fn of(fits: &[&Fit]) -> Group {
        let years: BTreeSet<&String> = fits.iter().filter_map(|f| f.year.as_ref()).collect();
        let years = years.first().zip(years.last()).map(|(a, b)| ((*a).clone(), (*b).clone()));
        let headings = fits.iter().map(|f| f.unknown_headings.iter().map(|h| same_heading(h)).collect());
        Group {
            format: fits[0].format.clone(),
            edition: shared(fits, |f| f.edition.as_ref()),
            producer: shared(fits, |f| f.producer.as_ref()),
            years,
            signs: common(fits.iter().map(|f| f.signs.clone()), fits.len()),
            headings: common(headings, fits.len()),
            documents: fits.iter().map(|f| f.source.clone()).collect(),
        }
    }
}

/// A value that all of them share.
fn shared(fits: &[&Fit], of: impl Fn(&Fit) -> Option<&String>) -> Option<String> {
    let first = of(fits[0])?;
    fits.iter().all(|f| of(f) == Some(first)).then(|| first.clone())
}

/// Items that at least half of them have, the commonest first.
fn common<T: Ord>(each: impl Iterator<Item = BTreeSet<T>>, documents: usize) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in each.flatten() {
        *counts.entry(item).or_default() += 1;
    }
    let mut common: Vec<(T, usize)> = counts.into_iter().filter(|(_, n)| n * 2 >= documents).collect();
    common.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    common
}

/// A heading in a uniform style for comparison: lower case after the first letter, without final punctuation.
fn same_heading(heading: &str) -> String {
    let trimmed = heading.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut letters = trimmed.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

impl Group {
    /// One line: how many documents, of which format.
    pub fn headline(&self) -> String {
        let n = self.documents.len();
        let what = self.format.as_deref().unwrap_or("no known format");
        let mut line = format!("{n} document{} of {what}", if n == 1 { "" } else { "s" });
        if let Some(edition) = &self.edition {
            line.push_str(&format!(", read as edition {edition}"));
        }
        match &self.years {
            Some((a, b)) if a == b => line.push_str(&format!(", dated {a}")),
            Some((a, b)) => line.push_str(&format!(", dated {a} to {b}")),
            None => {}
        }
        if let Some(producer) = &self.producer {
            line.push_str(&format!(", made by {producer}"));
        }
        line
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.documents.len();
        write!(f, "{}", self.headline())?;
        for (sign, count) in &self.signs {
            write!(f, "\n  {count} of {n}: {sign}")?;
        }
        for (heading, count) in &self.headings {
            write!(f, "\n  {count} of {n} have the heading “{heading}”")?;
        }
        for document in &self.documents {
            write!(f, "\n    {document}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(source: &str, signs: &[Sign], headings: &[&str]) -> Fit {
        Fit {
            source: source.into(),
            format: Some("ofsted.ilacs.inspection".into()),
            edition: Some("2023".into()),
            producer: Some("Press 3".into()),
            year: Some("2027".into()),
            signs: signs.iter().cloned().collect(),
            unknown_headings: headings.iter().map(|h| (*h).to_owned()).collect(),
        }
    }

    fn told(fits: &[Fit]) -> String {
        groups(fits).iter().map(Group::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_drifts_together_is_told_together() {
        let missing = Sign::SectionMissing("overview".into());
        let fits = [
            fit("a", &[missing.clone(), Sign::HeadingsUnknown], &["In brief", "Our method"]),
            fit("b", &[missing, Sign::HeadingsUnknown], &["In Brief:"]),
            fit("c", &[], &[]),
            fit("d", &[Sign::HeadingsUnknown], &["In brief"]),
            fit("e", &[Sign::ScoreLow], &[]),
        ];
        insta::assert_snapshot!(told(&fits), @r#"
        2 documents of ofsted.ilacs.inspection, read as edition 2023, dated 2027, made by Press 3
          2 of 2: no section overview
          2 of 2: unknown headings
          2 of 2 have the heading “In brief”
          1 of 2 have the heading “Our method”
            a
            b
        1 document of ofsted.ilacs.inspection, read as edition 2023, dated 2027, made by Press 3
          1 of 1: few of the format's phrases
            e
        "#);
    }

    #[test]
    fn documents_that_fit_are_not_told() {
        assert_eq!(told(&[fit("a", &[], &[]), fit("b", &[Sign::NotRead("/letter/date".into())], &[])]), "");
    }
}
