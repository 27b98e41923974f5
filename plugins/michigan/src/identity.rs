//! Section I, "IDENTIFYING INFORMATION": labels and values, in both generations of the form.

use std::ops::Range;

use findings_plugin_sdk::grammar::ParseResult;
use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{digit1, one_of, satisfy, space0};
use nom::combinator::{opt, recognize, verify};

use crate::dates;
use crate::headings::squeezed;

/// A row of the section: a label and the lines of its value.
#[derive(Debug)]
pub struct Row {
    /// The label's letters and digits, in upper case.
    pub label: String,
    /// The label as printed.
    pub printed: Text,
    /// The lines of its value, the first beside the label; none is empty.
    pub value: Vec<Text>,
}

/// The rows that some lines contain; lines before the first label are ignored.
pub fn rows(lines: &[Text]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines.iter().flat_map(parted) {
        match label_of(line.as_str()) {
            Some((label, value)) => {
                let value = line.slice(line.range_of(value));
                let value = if value.is_empty() { Vec::new() } else { vec![value] };
                rows.push(Row { label: squeezed(label), printed: line.slice(line.range_of(label)), value });
            }
            None => {
                if let Some(row) = rows.last_mut() {
                    row.value.push(line.clone());
                }
            }
        }
    }
    rows
}

/// Labels that may follow a value, if two rows of the form came out on one line.
const BEHIND: &[&str] = &[
    "License #:",
    "Investigation #:",
    "Special Investigation #:",
    "License Status:",
    "Licensee Name:",
    "Licensee Address:",
    "Licensee Telephone #:",
    "Licensee Designee:",
    "Licensee Group Organization:",
    "Name of Licensee:",
    "Agency Name:",
    "Agency Address:",
    "Agency Telephone #:",
    "Name of Agency:",
    "Name of Facility:",
    "Facility Address:",
    "Facility Telephone #:",
    "Administrator:",
    "Administrator/Licensee Designee:",
    "Chief Administrator:",
    "Original Issuance Date:",
    "Effective Date:",
    "Expiration Date:",
    "Complaint Receipt Date:",
    "Investigation Initiation Date:",
    "Special Investigation Intake Date:",
    "Special Investigation Initiation Date:",
    "Report Due Date:",
    "Program Type:",
    "Service Types:",
];

/// The offsets at which row labels begin in a text.
pub fn label_starts(text: &str) -> Vec<usize> {
    let begins =
        |label: &&str| text.match_indices(*label).map(|(at, _)| at..at + label.len()).collect::<Vec<_>>();
    let found: Vec<Range<usize>> = BEHIND.iter().flat_map(begins).collect();
    // Of labels with the same end, the longest is meant: "Chief Administrator:".
    let longest = |r: &&Range<usize>| !found.iter().any(|o| o.end == r.end && o.start < r.start);
    let at_word = |r: &&Range<usize>| text[..r.start].ends_with(' ');
    found.iter().filter(longest).filter(at_word).map(|r| r.start).collect()
}

/// Splits a line into the rows that it contains.
///
/// "Agency Name: ELM COUNTY DHHS Agency Address: 40 CARE DR"
fn parted(line: &Text) -> Vec<Text> {
    let text = line.as_str();
    let part_of_label = |at: &usize| label_of(text).is_some_and(|(label, _)| *at < label.len());
    let mut cuts = label_starts(text);
    cuts.retain(|at| !part_of_label(at));
    cuts.sort_unstable();
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([text.len()]);
    starts.zip(ends).map(|(from, to)| line.slice(from..from + text[from..to].trim_end().len())).collect()
}

/// `label = words ":"`, at the start of a line
///
/// "License #: CB370201248"; "Administrator/Licensee Designee: Jo Lee"; "Date(s) of On-site Inspection:"
pub fn label_of(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let named = label.len() <= 60
        && label.starts_with(char::is_uppercase)
        && label.chars().all(|c| c.is_alphabetic() || " /#()-–.'’".contains(c))
        && label.split_whitespace().count() <= 8;
    named.then(|| (label, value.trim()))
}

/// The row with one of these labels.
pub fn row<'a>(rows: &'a [Row], labels: &[&str]) -> Option<&'a Row> {
    labels.iter().find_map(|l| rows.iter().find(|r| r.label == squeezed(l)))
}

/// A value of any number of lines, such as a name.
pub fn text(rows: &[Row], labels: &[&str], rule: &str) -> Option<Found<String>> {
    let row = row(rows, labels)?;
    found(Text::join(&row.value, " "), rule)
}

/// The first line of a value.
pub fn line(rows: &[Row], labels: &[&str], rule: &str) -> Option<Found<String>> {
    found(row(rows, labels)?.value.first()?.clone(), rule)
}

fn found(text: Text, rule: &str) -> Option<Found<String>> {
    (!text.is_empty()).then(|| Found::new(text.as_str().to_owned(), text.evidence_all(rule)))
}

/// A date, beside its label or on the line below.
pub fn date(rows: &[Row], labels: &[&str], rule: &str) -> Option<Found<String>> {
    let value = row(rows, labels)?.value.first()?;
    let day = dates::first_date(value.as_str())?;
    Some(day.found(value, rule))
}

/// An address: its lines up to the one with the ZIP code, separated by commas.
pub fn address(rows: &[Row], labels: &[&str], rule: &str) -> Option<Found<String>> {
    let value = &row(rows, labels)?.value;
    let lines = value.iter().position(|l| ends_with_zip(l.as_str())).map_or(value.len(), |at| at + 1);
    let value = &value[..lines];
    (!value.is_empty()).then(|| {
        let lines: Vec<&str> = value.iter().map(|l| l.as_str().trim_end_matches(',')).collect();
        Found::new(lines.join(", "), Text::join(value, " ").evidence_all(rule))
    })
}

/// "East Lansing, MI 48823"; "FLINT, MI, 48503-1312"
fn ends_with_zip(line: &str) -> bool {
    let tail = line.rsplit(' ').next().unwrap_or(line);
    let (zip, plus) = tail.split_once('-').unwrap_or((tail, "0000"));
    let digits = |s: &str, n| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    digits(zip, 5) && digits(plus, 4)
}

/// `license-number = "C" ALPHA 9DIGIT`
///
/// "CB370201248"; "CI 250201313"
pub fn license_number(input: &str) -> ParseResult<'_, String> {
    let (rest, printed) = recognize((
        tag("C"),
        satisfy(|c| c.is_ascii_uppercase()),
        space0,
        verify(digit1, |d: &str| d.len() == 9),
    ))
    .parse(input)?;
    Ok((rest, printed.split_whitespace().collect()))
}

/// `investigation-number = 4DIGIT 1*3ALPHA 5*8DIGIT`
///
/// "2021C0112012"; "2025SIC0000173"
pub fn investigation_number(input: &str) -> ParseResult<'_, &str> {
    let year = verify(digit1, |d: &str| d.len() == 4);
    let letters = verify(take_while1(|c: char| c.is_ascii_uppercase()), |l: &str| l.len() <= 3);
    recognize((year, letters, verify(digit1, |d: &str| (5..=8).contains(&d.len())))).parse(input)
}

/// A row of the table of programmes, which renewals of institutions have instead of a capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program<'a> {
    /// Type and setting.
    pub kind: &'a str,
    /// The number of places it is licensed for.
    pub capacity: &'a str,
}

/// `program = kind gender capacity age age ("Yes" / "No")`
///
/// "Short Term Non- Co-ed 6 9 17 No 210 ELM"; the columns are Type, Setting, Gender, Capacity, From Age, Thru Age,
/// Behavior Mgt. Room, Unit.
pub fn program(line: &str) -> Option<Program<'_>> {
    const GENDERS: &[&str] = &[
        " Co-ed ",
        " Co-Ed ",
        " Coed ",
        " Male ",
        " Female ",
        " Males ",
        " Females ",
        " Both ",
        " Boys ",
        " Girls ",
    ];
    let (kind, rest) = GENDERS.iter().find_map(|g| line.split_once(g))?;
    let capacity = rest.split(' ').next().filter(|c| c.bytes().all(|b| b.is_ascii_digit()))?;
    let mut parser =
        (digit1::<&str, nom::error::Error<&str>>, space0, digit1, space0, digit1, space0, opt(one_of("YN")));
    parser.parse(rest).ok()?;
    (!capacity.is_empty()).then_some(Program { kind: kind.trim(), capacity })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[test]
    fn labels_end_in_a_colon() {
        assert_snapshot!(format!("{:?}", label_of("License #: CB370201248")), @r#"Some(("License #", "CB370201248"))"#);
        assert_snapshot!(format!("{:?}", label_of("Date(s) of On-site Inspection:")), @r#"Some(("Date(s) of On-site Inspection", ""))"#);
        assert_snapshot!(format!("{:?}", label_of("10, MI: x")), @"None");
        assert_snapshot!(format!("{:?}", label_of("the license: x")), @"None");
    }

    #[test]
    fn two_rows_may_stand_on_one_line() {
        let lines = crate::testing::texts(
            "License #: CB370201248 Investigation #: 2021C0112012\nAgency Name: ELM COUNTY DHHS Agency Address: 40 CARE DR\n\
             ELM, MI 49242 Chief Administrator: Jo Lee\nAdministrator/Licensee Designee: Ann Hill\nthe Effective Date: 01/02/2020",
        );
        let show = |r: &Row| {
            let value: Vec<&str> = r.value.iter().map(Text::as_str).collect();
            format!("{}: {}", r.printed.as_str(), value.join(" / "))
        };
        assert_snapshot!(rows(&lines).iter().map(show).collect::<Vec<_>>().join("\n"), @r"
        License #: CB370201248
        Investigation #: 2021C0112012
        Agency Name: ELM COUNTY DHHS
        Agency Address: 40 CARE DR / ELM, MI 49242
        Chief Administrator: Jo Lee
        Administrator/Licensee Designee: Ann Hill / the
        Effective Date: 01/02/2020
        ");
    }

    #[test]
    fn numbers() {
        assert_snapshot!(format!("{:?}", license_number("CB370201248 x")), @r#"Ok((" x", "CB370201248"))"#);
        assert!(license_number("CB37020124").is_err());
        assert_snapshot!(format!("{:?}", investigation_number("2025SIC0000173")), @r#"Ok(("", "2025SIC0000173"))"#);
    }

    #[test]
    fn an_address_ends_with_its_zip_code() {
        assert!(ends_with_zip("Flint, MI 48504-1487"));
        assert!(ends_with_zip("FLINT, MI, 48503"));
        assert!(!ends_with_zip("PO Box 550"));
    }

    #[test]
    fn a_row_of_the_table_of_programs() {
        assert_snapshot!(format!("{:?}", program("Short Term Non- Co-ed 6 9 17 No 210 ELM")), @r#"Some(Program { kind: "Short Term Non-", capacity: "6" })"#);
        assert!(program("Type Setting Gender Capacity Age Age Room Unit").is_none());
    }
}
