//! The finding on a rule: the words of the conclusion, and notes about repeat violations.

use findings_plugin_sdk::grammar::label::{find_label, label};
use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;
use nom::Offset;

use crate::headings::squeezed;

/// The finding on a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// In compliance: no conclusion is printed.
    InCompliance,
    /// "VIOLATION NOT ESTABLISHED"
    NotEstablished,
    /// "VIOLATION ESTABLISHED", or listed among the exceptions of an inspection
    Established,
    /// "REPEAT VIOLATION ESTABLISHED"
    Repeat,
}

impl Finding {
    /// The code used in records.
    pub fn code(self) -> &'static str {
        match self {
            Self::InCompliance => "in-compliance",
            Self::NotEstablished => "violation-not-established",
            Self::Established => "violation-established",
            Self::Repeat => "repeat-violation-established",
        }
    }

    /// Its rank on the scale; 1 is best.
    pub fn rank(self) -> u8 {
        match self {
            Self::InCompliance | Self::NotEstablished => 1,
            Self::Established => 2,
            Self::Repeat => 3,
        }
    }

    /// Whether the rule was violated.
    pub fn is_violation(self) -> bool {
        matches!(self, Self::Established | Self::Repeat)
    }
}

/// `conclusion = ["repeat"] ["no"] "violation" ["not"] "established"`
///
/// "VIOLATION NOT ESTABLISHED"; "Violation Established"; "VIOLATON ESTABLISHED"; "REPEAT VIOLATION ESTABLISHED"
pub fn conclusion(text: &str) -> Option<Finding> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphabetic()).map(squeezed).filter(|w| !w.is_empty()).collect();
    let has = |starts: &str| words.iter().any(|w| w.starts_with(starts));
    let whole = squeezed(text);
    if !(has("VIOLAT") || whole.contains("VIOLATION")) {
        return None;
    }
    Some(match () {
        () if words.iter().any(|w| w == "NOT" || w == "NO")
            || has("UNSUBSTAN")
            || whole.contains("NOTESTAB") =>
        {
            Finding::NotEstablished
        }
        () if has("REPEAT") => Finding::Repeat,
        () if has("ESTAB") || has("SUBSTAN") || whole.contains("ESTABLISHED") => Finding::Established,
        () => return None,
    })
}

/// A note under a finding that it is a repeat violation.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// The words of the note.
    pub printed: Found<String>,
    /// The earlier reports and plans named below it.
    pub references: Vec<Found<String>>,
}

/// The note about a repeat violation in the lines of a finding.
///
/// "REPEAT VIOLATION ESTABLISHED"; "Repeat violation cited during the 2024 Interim Audit with a CAP approved" / "on
/// 3/26/2025."; "REPEAT VIOLATION from 09/17/2019 renewal inspection"; "Repeat Citation from …"; "This is a repeat
/// violation cited during …"
pub fn repeat(lines: &[Text]) -> Option<Repeat> {
    let at = lines.iter().position(|l| begins_note(l.as_str()).is_some())?;
    let start = begins_note(lines[at].as_str())?;
    let mut printed = lines[at].slice(start..lines[at].as_str().len());
    let mut next = at + 1;
    while let Some(line) = lines.get(next).filter(|l| goes_on(printed.as_str(), l.as_str())) {
        printed.push_text(" ", line);
        next += 1;
    }
    let printed = Found::new(printed.as_str().to_owned(), printed.evidence_all("finding.repeat"));
    Some(Repeat { printed, references: references(&lines[next..]) })
}

/// The offset at which a note begins in a line.
fn begins_note(line: &str) -> Option<usize> {
    const NOTES: &[&str] = &["Repeat violation", "Repeat violaton", "Repeat citation", "Repeat of"];
    let bare = line.trim_start_matches(['•', '*', '-', ' ', '(']);
    let at_start = NOTES.iter().any(|n| label(n)(bare).is_ok()).then(|| line.len() - bare.len());
    at_start.or_else(|| {
        let said = ["This is a repeat violation", "This is a repeat citation"];
        said.iter().find_map(|s| find_label(line, s)).map(|s| line.offset(s))
    })
}

fn goes_on(text: &str, next: &str) -> bool {
    const OPEN: &[&str] = &["on", "of", "the", "dated", "approved", "from", "during", "and"];
    let open = text.ends_with(',') || text.rsplit(' ').next().is_some_and(|w| OPEN.contains(&w));
    !text.ends_with('.') && (next.starts_with(char::is_lowercase) || open)
}

/// Lines below a finding that name earlier reports and plans; continued lines are joined.
///
/// "SIR #2024SIC0001333 dated 05/30/2024, CAP approved 07/10/2024"; "2024 Renewal, CAP Approved 3/25/24"
pub fn references(lines: &[Text]) -> Vec<Found<String>> {
    let mut found: Vec<Text> = Vec::new();
    for line in lines {
        match found.last_mut() {
            Some(last) if goes_on(last.as_str(), line.as_str()) => last.push_text(" ", line),
            _ if is_reference(line.as_str()) => found.push(line.clone()),
            _ => break,
        }
    }
    found
        .into_iter()
        .map(|t| Found::new(t.as_str().to_owned(), t.evidence_all("finding.reference")))
        .collect()
}

fn is_reference(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "SIR",
        "CAP",
        "Corrective action",
        "Renewal",
        "Interim",
        "Investigation",
        "Citation",
        "Violation",
        "Audit",
    ];
    let named = WORDS.iter().any(|w| find_label(line, w).is_some());
    named && line.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    #[test]
    fn conclusions() {
        let code = |t: &str| conclusion(t).map_or("-", Finding::code);
        assert_snapshot!(code("VIOLATION NOT ESTABLISHED"), @"violation-not-established");
        assert_snapshot!(code("Violation Established"), @"violation-established");
        assert_snapshot!(code("VIOLATON ESTABLISHED"), @"violation-established");
        assert_snapshot!(code("VIOLATION EST ABLISHED"), @"violation-established");
        assert_snapshot!(code("Repeat Violation Established"), @"repeat-violation-established");
        assert_snapshot!(code("The agency is in compliance"), @"-");
    }

    fn show(lines: &str) -> String {
        repeat(&texts(lines)).map_or("-".into(), |r| {
            let refs: Vec<String> = r.references.into_iter().map(|f| f.value).collect();
            format!("{} {refs:?}", r.printed.value)
        })
    }

    #[test]
    fn notes_of_a_repeat() {
        assert_snapshot!(show("Two of six.\nREPEAT VIOLATION ESTABLISHED\n2024 Renewal, CAP Approved 3/25/24"), @r#"REPEAT VIOLATION ESTABLISHED ["2024 Renewal, CAP Approved 3/25/24"]"#);
        assert_snapshot!(show("Repeat violation cited during the 2024 Audit with a CAP approved\non 3/26/2025."), @"Repeat violation cited during the 2024 Audit with a CAP approved on 3/26/2025. []");
        assert_snapshot!(show("REPEAT VIOLATION from 09/17/2019 renewal\nCorrective action plan approved 10/03/2019"), @r#"REPEAT VIOLATION from 09/17/2019 renewal ["Corrective action plan approved 10/03/2019"]"#);
        assert_snapshot!(show("It was late. This is a repeat violation cited during\nthe 2020 renewal."), @"This is a repeat violation cited during the 2020 renewal. []");
        assert_snapshot!(show("Two of six."), @"-");
    }
}
