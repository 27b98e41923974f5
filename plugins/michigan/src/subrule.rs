//! The parts of a rule that a report quotes: "(1)(a)(ii)".
//!
//! A report quotes from a rule what was violated: "(2) The record shall contain … (h) Documentation …" is (2)(h).
//! Consecutive parts of one level are a range, "(1)(a)-(c)"; several Roman ones are left out, because they only
//! spell out the part above them.

use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;
use std::ops::Range;

/// The marks of each level of a rule, in printed order.
#[derive(Debug, Default)]
struct Levels {
    numbers: Vec<Mark>,
    letters: Vec<Mark>,
    romans: Vec<Mark>,
}

#[derive(Debug, Clone)]
struct Mark {
    part: String,
    at: Range<usize>,
}

/// The parts quoted in a rule's text, up to the account of the finding, which some forms print directly below.
pub fn parts(lines: &[Text]) -> Option<Found<String>> {
    let end = (0..lines.len()).find(|at| tells(lines, *at)).unwrap_or(lines.len());
    let text = Text::join(&lines[..end], "\n");
    let mut levels = Levels::default();
    let mut from = 0;
    let mut before = "";
    for line in text.as_str().split('\n') {
        for (at, part) in marks(line, before) {
            let start = from + at;
            levels.add(Mark { part: part.to_owned(), at: start..start + part.len() + 2 });
        }
        from += line.len() + 1;
        before = line;
    }
    let (value, used) = levels.path()?;
    let slices: Vec<Text> = used.into_iter().map(|m| text.slice(m.at)).collect();
    Some(Found::new(value, Text::join(&slices, " ").evidence_all("rule.parts")))
}

/// Whether an account of the finding begins at a line: it is in the past tense, while a rule states a requirement.
///
/// "Two of six files (1) were reviewed and"; not "(1) A record that was closed must"
fn tells(lines: &[Text], at: usize) -> bool {
    const PAST: &[&str] = &[" was ", " were ", " did not ", " had ", " failed ", " reviewed ", " lacked "];
    const DEMANDS: &[&str] = &[" shall ", " must ", " may ", " is ", " are ", " will "];
    let begins = at == 0 || lines[at - 1].as_str().ends_with('.');
    let line = lines[at].as_str();
    if !begins || !line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return false;
    }
    let below = lines.get(at + 1).map_or("", Text::as_str);
    let text = format!("{line} {below} ");
    let sentence = text.split_inclusive(". ").next().unwrap_or(&text);
    let has = |words: &[&str]| words.iter().any(|w| sentence.contains(w));
    has(PAST) && !has(DEMANDS)
}

/// The parts that begin on a line: at its start, or after a sentence or clause.
fn marks<'a>(line: &'a str, before: &str) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices('(') {
        let Some(part) = line[at + 1..].split(')').next().filter(|p| is_part(p)) else { continue };
        let rest = &line[at + 1..][part.len()..];
        let Some(rest) = rest.strip_prefix(')') else { continue };
        let ahead = line[..at].trim_end_matches(' ');
        let bare = ahead.trim_end_matches('•').trim_end();
        // A subpart may follow directly: "(1)(a) Any type".
        let chained = found
            .last()
            .is_some_and(|(b, p): &(usize, &str)| b + p.len() + 2 == ahead.len() && ahead.ends_with(')'));
        let begins = if bare.is_empty() {
            !refers(before) || rest.trim_start().starts_with(char::is_uppercase)
        } else {
            chained || ahead.ends_with([':', ';', '.'])
        };
        let continues =
            rest.trim_start().starts_with("of this") || rest.trim_start().starts_with("of subrule");
        let spaced = rest.is_empty() || rest.starts_with([' ', '(']);
        if begins && !continues && spaced {
            found.push((at, part));
        }
    }
    found
}

fn is_part(part: &str) -> bool {
    let number = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let letter = part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase());
    number || letter || is_roman(part)
}

fn is_roman(part: &str) -> bool {
    const ROMANS: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    ROMANS.contains(&part)
}

/// Whether a line ends in a reference that continues on the next: "… specified in subdivision" / "(a) of this
/// subrule".
fn refers(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "rule",
        "rules",
        "subrule",
        "subrules",
        "subdivision",
        "subdivisions",
        "section",
        "sections",
        "subsection",
        "and",
        "or",
        "by",
        "in",
        "to",
    ];
    line.rsplit(' ').next().is_some_and(|w| WORDS.contains(&w))
}

impl Levels {
    fn add(&mut self, mark: Mark) {
        let part = mark.part.as_str();
        let follows = |last: Option<&Mark>| {
            last.is_some_and(|m| {
                m.part.len() == 1 && m.part.bytes().next().map(|b| b + 1) == part.bytes().next()
            })
        };
        let level = if part.starts_with(|c: char| c.is_ascii_digit()) {
            &mut self.numbers
        } else if part.len() > 1 {
            &mut self.romans
        } else if !is_roman(part)
            || self.letters.is_empty()
            || self.romans.is_empty() && follows(self.letters.last())
        {
            // "(i)" after "(h)", or without a letter above it, is a letter.
            &mut self.letters
        } else {
            &mut self.romans
        };
        // If a rule is quoted twice, its parts count once.
        if level.iter().all(|m| m.part != mark.part) {
            level.push(mark);
        }
    }

    fn path(mut self) -> Option<(String, Vec<Mark>)> {
        let mut value = String::new();
        let mut used = Vec::new();
        for level in [&mut self.numbers, &mut self.letters] {
            let marks = std::mem::take(level);
            value.push_str(&side_by_side(&marks));
            let several = marks.len() > 1;
            let ranged = several && value.ends_with(')') && value.contains(")-(");
            used.extend(
                marks
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| !ranged || *i == 0 || i + 1 == marks.len())
                    .map(|(_, m)| m.clone()),
            );
            if several {
                return Some((value, used));
            }
        }
        if let [roman] = self.romans.as_slice()
            && !value.is_empty()
        {
            value.push_str(&format!("({})", roman.part));
            used.push(roman.clone());
        }
        (!value.is_empty()).then_some((value, used))
    }
}

/// "(1)"; "(a)-(c)"; "(a), (d)"
fn side_by_side(marks: &[Mark]) -> String {
    let [first, .., last] = marks else {
        return marks.first().map_or(String::new(), |m| format!("({})", m.part));
    };
    let place =
        |m: &Mark| m.part.parse::<u32>().unwrap_or_else(|_| u32::from(m.part.bytes().next().unwrap_or(0)));
    if marks.windows(2).all(|w| place(&w[1]) == place(&w[0]) + 1) {
        return format!("({})-({})", first.part, last.part);
    }
    marks.iter().map(|m| format!("({})", m.part)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(lines: &str) -> String {
        parts(&texts(lines)).map_or("-".into(), |f| f.value)
    }

    #[test]
    fn one_part_of_each_level() {
        assert_snapshot!(show("(2) The record shall contain all:\n(h) Documentation from the department"), @"(2)(h)");
        assert_snapshot!(show("(1) A policy that prohibits: (a) Any type of punishment, but not\nlimited to: (ii) Hitting"), @"(1)(a)(ii)");
        assert_snapshot!(show("• (3) Before a change:\n• (i) That the parent was told of the\nfollowing:\n• (ii) Of the rights"), @"(3)(i)(ii)");
        assert_snapshot!(show("containing all of the\nfollowing:\n(b) A worker shall visit"), @"(b)");
        assert_snapshot!(show("no parts at all"), @"-");
    }

    #[test]
    fn parts_side_by_side_are_a_range() {
        assert_snapshot!(show("(1) An agency shall\n(2) An agency shall have"), @"(1)-(2)");
        assert_snapshot!(show("(1) All of:\n(a) One.\n(b) Two.\n(c) Three:\n(i) A.\n(ii) B."), @"(1)(a)-(c)");
        assert_snapshot!(show("(1) All of:\n(d) Current:\n(i) A.\n(ii) B.\n(iii) C."), @"(1)(d)");
    }

    #[test]
    fn references_are_no_parts() {
        assert_snapshot!(show("(2) The plan must:\n(b) Not less than 6 hours after the periods in subdivisions\n(a) of this subrule."), @"(2)(b)");
        assert_snapshot!(show("One of nine files (6 foster care) reviewed"), @"-");
        assert_snapshot!(show("(1) A record must be kept.\nTwo of six files were reviewed by the team:\n(a) One was late.\n(b) One was not there."), @"(1)");
        assert_snapshot!(show("(1) A plan must be made.\nA record that was closed must be kept.\n(b) It must say:"), @"(1)(b)");
    }
}
