//! The lines of a report: the letter before it, its title, its sections.
//!
//! The texts have no layout: page numbers, letterheads and revision marks are between the lines of paragraphs and
//! rules. They are removed here, before any grammar reads a line.

use findings_plugin_sdk::text::{Text, TextLayer};

use crate::headings::{heading, squeezed};
use crate::unwrapped;

/// A document as lines, divided into its parts.
#[derive(Debug, Default)]
pub struct Report {
    /// The letter accompanying the report.
    pub letter: Vec<Text>,
    /// The report's title.
    pub title: Option<Text>,
    /// The lines between the title and the first section.
    pub front: Vec<Text>,
    /// Its sections in order.
    pub sections: Vec<Section>,
    /// Whether the text has no line ends, so that the form's lines had to be guessed.
    pub unwrapped: bool,
}

/// A section under a heading with a Roman numeral.
#[derive(Debug, Default)]
pub struct Section {
    /// Its heading as printed.
    pub heading: Text,
    /// The title in the heading, as letters and digits in upper case.
    pub name: String,
    /// Its lines.
    pub lines: Vec<Text>,
}

/// The known titles of reports.
pub const TITLES: &[&str] = &[
    "SPECIAL INVESTIGATION REPORT",
    "RENEWAL INSPECTION REPORT",
    "INTERIM INSPECTION REPORT",
    "ADDENDUM TO ORIGINAL LICENSING STUDY REPORT",
    "ADDENDUM TO LICENSING STUDY REPORT",
    "ORIGINAL LICENSING STUDY REPORT",
    "LICENSING STUDY REPORT",
];

impl Report {
    /// Reads the lines of a text layer, without furniture.
    pub fn read(layer: &TextLayer) -> Report {
        let (lines, unwrapped) = lines(layer);
        let title = lines.iter().position(|l| is_title(l.as_str()));
        let mut report = Report { unwrapped, ..Report::default() };
        let mut numeral = 0;
        for (at, line) in lines.into_iter().enumerate() {
            match title {
                Some(title) if at == title => {
                    // A long title extends over two lines.
                    let above = report.letter.pop_if(|l| squeezed(l.as_str()) == "ADDENDUMTO");
                    report.title = Some(above.map_or(line.clone(), |a| Text::join([&a, &line], " ")));
                    continue;
                }
                Some(title) if at < title => {
                    report.letter.push(line);
                    continue;
                }
                _ => {}
            }
            let found = heading(line.as_str(), numeral).map(|h| (h.numeral, h.printed.to_owned()));
            if let Some((found, printed)) = found {
                numeral = found.unwrap_or(numeral + 1);
                let start = line.as_str().len() - printed.len();
                let heading = line.slice(start..line.as_str().len());
                let name = squeezed(heading.as_str().split_once('.').map_or(heading.as_str(), |(_, t)| t));
                report.sections.push(Section { heading, name, lines: Vec::new() });
            } else if let Some(section) = report.sections.last_mut() {
                section.lines.push(line);
            } else if title.is_some() {
                report.front.push(line);
            } else {
                report.letter.push(line);
            }
        }
        report
    }

    /// The first section whose name contains a word.
    pub fn section(&self, word: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.name.contains(word))
    }

    /// The last section whose name contains a word.
    pub fn last_section(&self, word: &str) -> Option<&Section> {
        self.sections.iter().rfind(|s| s.name.contains(word))
    }

    /// The lines under "IDENTIFYING INFORMATION" or, without that heading, before the first section.
    pub fn identity(&self) -> &[Text] {
        self.section("IDENTIFYING").map_or(&self.front, |s| &s.lines)
    }

    /// The lines between identity and recommendation, section by section.
    pub fn body(&self) -> impl Iterator<Item = &Text> {
        let of_body = |s: &&Section| !["IDENTIFYING", "RECOMMENDATION"].iter().any(|n| s.name.contains(n));
        self.sections.iter().filter(of_body).flat_map(|s| &s.lines)
    }
}

/// Whether a line is a report's title, regardless of spaces.
pub fn is_title(line: &str) -> bool {
    line.len() < 60 && !line.contains(|c: char| c.is_lowercase()) && {
        let name = squeezed(line);
        TITLES.iter().any(|t| squeezed(t) == name)
    }
}

/// The lines, and whether line ends had to be restored.
fn lines(layer: &TextLayer) -> (Vec<Text>, bool) {
    let mut out: Vec<Text> = Vec::new();
    let mut unwrapped = false;
    let mut number = 0;
    for page in &layer.pages {
        let mut rows: Vec<Text> = Vec::new();
        for line in &page.lines {
            let mut text = Text::default();
            text.push_line(page.number, number, line);
            number += 1;
            match rows.last_mut() {
                Some(row) if line.same_row => row.push_text(" ", &text),
                _ if line.artifact => {}
                _ => {
                    let lines = unwrapped::lines(text);
                    unwrapped |= lines.len() > 1;
                    rows.extend(lines);
                }
            }
        }
        while rows.last().is_some_and(|l| is_page_number(l.as_str())) {
            rows.pop();
        }
        rows.retain(|l| !is_furniture(l.as_str()));
        while rows.last().is_some_and(|l| is_page_number(l.as_str())) {
            rows.pop();
        }
        out.extend(rows);
    }
    (out, unwrapped)
}

/// Whether a line is a page number: "7".
pub fn is_page_number(line: &str) -> bool {
    line.len() <= 3 && line.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line is part of the letterhead's address, or the form's revision with or without a page number.
///
/// "P.O. BOX 30650 • LANSING, MICHIGAN 48909"; "www.michigan.gov • (517) 335-1980"; "(Rev. 8/28/25) 3"
pub fn is_furniture(line: &str) -> bool {
    let revision = line.strip_prefix("(Rev").and_then(|l| l.split_once(')'));
    line.len() < 100 && line.contains("LANSING, MICHIGAN") && line.contains(|c: char| c.is_ascii_digit())
        || line.len() < 60 && line.starts_with("www.michigan.gov")
        // In plain text, lines are split at bullets: these are the parts.
        || line.strip_prefix("P.O. BOX ").is_some_and(|n| n.trim().bytes().all(|b| b.is_ascii_digit()))
        || line.strip_prefix("• (").is_some_and(|n| n.len() < 20)
        || revision.is_some_and(|(_, page)| page.trim().is_empty() || is_page_number(page.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity;

    #[test]
    fn titles_stand_alone() {
        assert!(is_title("SPECIAL INVESTIGATION REPORT"));
        assert!(is_title("RENEW AL INSPECTION REPORT"));
        assert!(!is_title("Special Investigation Report"));
        assert!(!is_title("Attached is the SPECIAL INVESTIGATION REPORT"));
    }

    #[test]
    fn a_long_title_has_two_lines() {
        let title = |text: &str| {
            let document = findings_plugin_sdk::testing::document("report.txt", text.as_bytes()).unwrap();
            Report::read(&document.layer).title.map(|t| t.as_str().to_owned())
        };
        let two =
            "STATE OF MICHIGAN\nADDENDUM TO\nORIGINAL LICENSING STUDY REPORT\nI. IDENTIFYING INFORMATION\n";
        assert_eq!(title(two).as_deref(), Some("ADDENDUM TO ORIGINAL LICENSING STUDY REPORT"));
        assert_eq!(
            title("STATE OF MICHIGAN\nLICENSING STUDY REPORT\n").as_deref(),
            Some("LICENSING STUDY REPORT")
        );
    }

    #[test]
    fn a_text_without_line_ends_has_its_sections() {
        let wrapped = "STATE OF MICHIGAN\nMay 9, 2014\nRE: License #: CB980300044\nDear Ms. Vane:\nAttached is it.\n\
                       SPECIAL INVESTIGATION REPORT\nI. IDENTIFYING INFORMATION\nLicense #: CB980300044\n\
                       Licensee Name: Coldwater Bend Services Inc\nLicensee Address: 1 Tannery Lane\nColdwater Bend, MI 49998\n\
                       II. ALLEGATION(S)\nStaff slept. Yes\nIII. METHODOLOGY\n03/05/2014 Interview with staff.\n\
                       ALLEGATION: Staff slept.\nINVESTIGATION: I saw it.\nAPPLICABLE RULE\nR 400.4126 Sufficiency of staff.\n\
                       (1) Staff shall be awake.\nANALYSIS: They were not.\nCONCLUSION: VIOLATION ESTABLISHED\n\
                       IV. RECOMMENDATION\nI recommend no change in the license.\n";
        let names = |text: &str| {
            let document = findings_plugin_sdk::testing::document("report.txt", text.as_bytes()).unwrap();
            let report = Report::read(&document.layer);
            assert!(report.title.is_some());
            assert_eq!(identity::rows(report.identity()).len(), 3);
            report.sections.into_iter().map(|s| s.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&wrapped.replace('\n', " ")), names(wrapped));
    }

    #[test]
    fn furniture_of_the_form() {
        for yes in [
            "P.O. BOX 30650 • LANSING, MICHIGAN 48909",
            "www.michigan.gov/lara • 517-335-1980",
            "(Rev. 8/18/25)",
            "(Rev. 8/28/25) 3",
        ] {
            assert!(is_furniture(yes), "{yes}");
        }
        for no in ["Lansing, MI 48909", "(Rev. 8/18/25) The agency", "P.O. Box 30650"] {
            assert!(!is_furniture(no), "{no}");
        }
    }
}
