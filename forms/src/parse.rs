//! Text → model. Errors name the line, what was expected, and what to write.

mod check;
pub(crate) use check::{PEOPLE, POINTERS, RECIPIENTS};
mod hint;
mod lines;

use std::fmt;

use crate::model::FormatFile;

pub use lines::Lines;

/// An error in a format file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, what was expected, and what to write.
    pub message: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for FileError {}

/// Parses a format file into the model and the line numbers of its parts.
///
/// # Errors
/// Everything that is wrong with it; if it is not TOML, the first error.
pub fn parse(name: &str, text: &str) -> Result<(FormatFile, Lines), Vec<FileError>> {
    let error = |line, message| FileError { file: name.to_owned(), line, message };
    let file: FormatFile = toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        vec![error(lines::line_at(text, at), hint::told(e.message()))]
    })?;
    let lines = Lines::of(text);
    let faults = check::faults(&file);
    if faults.is_empty() {
        return Ok((file, lines));
    }
    Err(faults.into_iter().map(|(path, message)| error(lines.of_path(&path), message)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    const WHOLE: &str = r#"id = "westmoor.visit"
title = "Visit letter (Westmoor)"
regulator = "westmoor"
version = "1"
tested-on = "nothing yet"

[[anchor]]
phrases = ["Westmoor Care Board"]
place = "opening"
weight = 0.6

[codes.rating]
scale = "westmoor-3"
values = [{ code = "good" }, { code = "poor", printed = ["Poor", "Not good"] }]

[[field]]
pointer = "/provider/name"
find = [{ after = "Home visited:" }]
"#;

    fn told(text: &str) -> String {
        let faults = parse("w.format.toml", text).expect_err("it is wrong");
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_file_survives_being_written() {
        let (file, lines) = parse("w.format.toml", WHOLE).unwrap();
        let written = toml::to_string(&file).unwrap();
        assert_eq!(parse("w.format.toml", &written).unwrap().0, file);
        assert_eq!((lines.of_path("field/0/find/0"), lines.of_path("field/0/find/7/after")), (18, 18));
    }

    #[test]
    fn what_toml_refuses_is_told_with_its_line() {
        assert_snapshot!(told(&WHOLE.replace("find = [", "fnd = [")), @"w.format.toml:18: unknown key `fnd`: did you mean `find`? Expected one of `pointer`, `also`, `type`, `presence`, `repeated`, `find`, `codes`, `shape`, `month-first`, `area`, `role`, `posts`, `meaning`");
        assert_snapshot!(told(&WHOLE.replace("0.6", "much")), @r#"w.format.toml:10: string values must be quoted, expected literal string: write the text in quotes, "…"; numbers, true and false need none"#);
        assert_snapshot!(told(&WHOLE.replace("\"Home visited:\"", "7")), @r#"w.format.toml:18: invalid type: integer `7`, expected a phrase in quotes, or a list of them: ["Date:", "Dated"]"#);
    }

    #[test]
    fn what_is_missing_or_named_otherwise_is_told_with_what_to_write() {
        let field = WHOLE.find("pointer").unwrap();
        let with = |line: &str| [&WHOLE[..field], line, "\n", &WHOLE[field..]].concat();
        let required = told(&with("required = true"));
        assert!(required.starts_with("w.format.toml:17: unknown key `required`: a value is required unless you write presence = \"optional\""), "{required}");
        assert!(told(&with("optional = true")).contains(": write presence = \"optional\";"));
        assert!(told(&with("type = \"daterange\"")).starts_with(
            "w.format.toml:17: “daterange” is not one of the values allowed here: did you mean `date-range`? Expected"
        ));
        assert_snapshot!(told(&WHOLE.replace("pointer = \"/provider/name\"", "")), @r#"w.format.toml:16: the key `pointer` is missing: write pointer = "/provider/name", for example"#);
        assert_snapshot!(told(&WHOLE.replace("weight = 0.6", "")), @"w.format.toml:7: the key `weight` is missing: write weight = 0.5, for example");
        assert_snapshot!(told(&WHOLE.replace("version = \"1\"", "")), @r#"w.format.toml:1: the key `version` is missing: write version = "1", for example"#);
    }

    #[test]
    fn what_makes_no_sense_is_told_with_its_line_and_what_to_write() {
        assert_snapshot!(told(&WHOLE.replace("\"westmoor.visit\"", "\"visit\"")), @r#"w.format.toml:1: the id “visit” must be the regulator, a dot, and a name of lower-case letters, digits and hyphens: for example, write "westmoor.visit""#);
        assert_snapshot!(told(&WHOLE.replace("0.6", "0.2")), @"w.format.toml:7: the weights of the anchors add up to 0.2, so no document can reach 0.5: give the most reliable phrase 0.5");
        assert_snapshot!(told(&WHOLE.replace("/provider/name", "/provider/title")), @"w.format.toml:17: “/provider/title” can't be filled: write one of /provider/name, /provider/printed, /inspection, /inspection/start, /inspection/end, /inspection/type, /inspection/theme, /published, /letter/date, /letter/salutation, /letter/subject, /letter/recipients, /letter/signatories, /judgements, /inspectors, or /extension/NAME (lower-case letters, digits, _) for anything else");
        assert_snapshot!(told(&WHOLE.replace("{ after", "{ row = \"x\", after")), @"w.format.toml:18: a place has exactly one of after, before, row, under, above, below, box, sentence, heading, alone, but this has 2: write each as a place of its own, in { }");
        assert_snapshot!(told(&WHOLE.replace("{ after", "{ in = \"cover\", after")), @r#"w.format.toml:18: there is no region “cover”: write [[region]] with name = "cover""#);
        assert_snapshot!(told(&format!("{}type = \"address\"\n", WHOLE.replace("/provider/name", "/inspectors"))), @r#"w.format.toml:16: only /letter/recipients has the parts of an address: write type = "name""#);
        assert_snapshot!(told(&format!("{WHOLE}type = \"grade\"\n")), @r#"w.format.toml:16: a grade needs the list of its printed forms: write codes = "…""#);
        assert_snapshot!(told(&format!("{WHOLE}type = \"code\"\ncodes = \"grades\"\n")), @"w.format.toml:20: there is no list of codes “grades”, only rating");
    }
}
