//! Names of people.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::char;
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::multi::{many0, many0_count};
use nom::sequence::{delimited, pair, preceded, terminated};

use super::scan::{consumed, fail, is_apostrophe, is_dash, spaces0, spaces1};
use super::words::{LETTERS, NEVER_NAMES, ORGANISATION, PLACE, ROLE, TITLES, has_word};
use super::{ParseResult, words};

/// A person as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// The name, without title and post-nominals.
    pub name: &'a str,
    /// The title before it: "Ms".
    pub title: Option<&'a str>,
    /// Honours and degrees after it: "OBE QPM".
    pub letters: Option<&'a str>,
}

impl Person<'_> {
    /// The name for a record: single spaces, and none inside "Thomson- Jones".
    pub fn value(&self) -> String {
        let mut out = String::new();
        for word in self.name.split_whitespace() {
            if !out.is_empty() && !out.ends_with(is_dash) {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }
}

/// `person = [title] name [letters]`
///
/// "Mary Ann O’Neil"; "Ms Jo Lee"; "Sir Tom Hill, QPM"; "Ana de la Cruz"; "F J Marsh"; "Ann Thomson- Jones"
pub fn person(input: &str) -> ParseResult<'_, Person<'_>> {
    let (rest, title) = opt(terminated(titles, spaces1)).parse(input)?;
    let (rest, name) = name(rest)?;
    let (rest, _) = opt(footnote_mark).parse(rest)?;
    let (rest, letters) = opt(letters).parse(rest)?;
    Ok((rest, Person { name, title, letters }))
}

/// Whether a text is a person's name and nothing else, and holds no word of a role, an organisation or a building.
///
/// "Ann Lee"; "Ms Ann Lee" – not "Town Hall", "Silver Street" or "Director of Services"
pub fn is_person_like(text: &str) -> bool {
    let text = text.trim().trim_end_matches(',');
    let Ok(("", p)) = person(text) else { return false };
    let count = words::words(p.name).count();
    (2..=5).contains(&count)
        && !has_word(p.name, ROLE)
        && !has_word(p.name, ORGANISATION)
        && !has_word(p.name, PLACE)
}

/// Whether a text holds a word of an organisation or of a role.
pub fn is_organisation(text: &str) -> bool {
    has_word(text, ORGANISATION) || has_word(text, ROLE)
}

/// `titles = title ["."] *(SP title ["."])`
fn titles(input: &str) -> ParseResult<'_, &str> {
    let title = |i| {
        let word = verify(take_while1(char::is_alphabetic), |w: &str| TITLES.contains(&w));
        recognize(pair(word, opt(char('.')))).parse(i)
    };
    recognize(pair(title, many0_count(preceded(spaces1, title)))).parse(input)
}

/// `name = name-word 1*4(SP [particles SP] name-word)`
fn name(input: &str) -> ParseResult<'_, &str> {
    let (mut rest, _) = name_word(input)?;
    let mut count = 1;
    while count < 5 {
        let Ok((after, _)) = (spaces1, many0(terminated(particle, spaces1)), name_word).parse(rest) else {
            break;
        };
        rest = after;
        count += 1;
    }
    if count < 2 { fail(input) } else { Ok((rest, consumed(input, rest))) }
}

/// A word of a name; hyphens and apostrophes may stand inside it, and a space after a hyphen.
///
/// "Lee"; "O’Neil"; "McLean"; "Jenny-ellen"; "Thomson- Jones"; "F."; "D'Arcy"; "Máire"
fn name_word(input: &str) -> ParseResult<'_, &str> {
    let part = |i| take_while1(char::is_alphabetic).parse(i);
    let apostrophe =
        |i| pair(verify(nom::character::complete::anychar, |c| is_apostrophe(*c)), letters2).parse(i);
    let dash = |i| (verify(nom::character::complete::anychar, |c| is_dash(*c)), opt(broken), part).parse(i);
    let tail = |i| many0_count(alt((recognize(apostrophe), recognize(dash)))).parse(i);
    let (rest, word) = recognize(pair(part, tail)).parse(input)?;
    let first = word.chars().next().unwrap_or(' ');
    let is_letters = LETTERS.contains(&word) && word.len() > 1;
    if !first.is_uppercase() || is_letters || NEVER_NAMES.contains(&word) || TITLES.contains(&word) {
        return fail(input);
    }
    let initial = word.chars().count() == 1;
    let (rest, _) = if initial { opt(char('.')).parse(rest)? } else { (rest, None) };
    Ok((rest, consumed(input, rest)))
}

/// The letters after an apostrophe, but not the "s" of a possessive.
fn letters2(input: &str) -> ParseResult<'_, &str> {
    verify(take_while1(char::is_alphabetic), |w: &str| w != "s").parse(input)
}

/// The space that a line's end left after a hyphen.
fn broken(input: &str) -> ParseResult<'_, &str> {
    terminated(spaces1, peek(verify(nom::character::complete::anychar, |c| c.is_uppercase()))).parse(input)
}

/// A small word between names: "de", "van der".
fn particle(input: &str) -> ParseResult<'_, &str> {
    const PARTICLES: &[&str] = &[
        "de", "da", "do", "dos", "del", "della", "di", "du", "van", "von", "der", "den", "la", "le", "bin",
        "bint", "al", "el", "ap", "ab", "ten", "ter", "y",
    ];
    verify(take_while1(char::is_alphabetic), |w: &str| PARTICLES.contains(&w)).parse(input)
}

/// A footnote's mark that sticks to a name: "Lee2".
fn footnote_mark(input: &str) -> ParseResult<'_, &str> {
    let digits = take_while_m_n(1, 2, |c: char| c.is_ascii_digit());
    terminated(digits, not(peek(take_while1(char::is_alphanumeric)))).parse(input)
}

/// Honours and degrees: ", QPM"; " OBE, QPM"; " (MBE)".
fn letters(input: &str) -> ParseResult<'_, &str> {
    let word = |i| verify(take_while1(char::is_alphabetic), |w: &str| LETTERS.contains(&w)).parse(i);
    let bracketed = |i| alt((word, delimited(char('('), word, char(')')))).parse(i);
    let more = |i| preceded((opt(char(',')), spaces0), bracketed).parse(i);
    let (rest, _) = (opt(char(',')), spaces1).parse(input)?;
    recognize(pair(bracketed, many0_count(more))).parse(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn name_of(input: &str) -> String {
        match person(input) {
            Ok((rest, p)) => format!("{}|{rest}", p.value()),
            Err(_) => "no".into(),
        }
    }

    #[test]
    fn titles_and_letters_are_no_part_of_a_name() {
        assert_snapshot!(name_of("Ms Jo Lee, Director"), @"Jo Lee|, Director");
        assert_snapshot!(name_of("Sir Tom Hill, QPM, Chief"), @"Tom Hill|, Chief");
        assert_snapshot!(name_of("Dr. Ann O’Neil BSc MB ChB"), @"Ann O’Neil|");
        assert_snapshot!(name_of("Cllr Ali Khan OBE, QPM"), @"Ali Khan|");
        assert_snapshot!(name_of("Jo Lee2"), @"Jo Lee|");
    }

    #[test]
    fn names_take_many_forms() {
        assert_snapshot!(name_of("Ann Thomson- Jones, HMI"), @"Ann Thomson-Jones|, HMI");
        assert_snapshot!(name_of("Jenny-ellen McLean and"), @"Jenny-ellen McLean| and");
        assert_snapshot!(name_of("F J Marsh"), @"F J Marsh|");
        assert_snapshot!(name_of("Ana de la Cruz"), @"Ana de la Cruz|");
        assert_snapshot!(name_of("Máire D'Arcy."), @"Máire D'Arcy|.");
    }

    #[test]
    fn a_name_ends_at_words_of_a_role() {
        assert_snapshot!(name_of("Jo Lee Her Majesty’s Inspector"), @"Jo Lee| Her Majesty’s Inspector");
        assert_snapshot!(name_of("Jo Lee HMI"), @"Jo Lee| HMI");
        assert_snapshot!(name_of("Jo Lee’s team"), @"Jo Lee|’s team");
        assert_snapshot!(name_of("Director of Services"), @"no");
    }

    #[test]
    fn what_looks_like_a_person() {
        for yes in ["Ann Lee", "Ms Ann Lee,", "Jon de Vere", "Professor Al O’Dell"] {
            assert!(is_person_like(yes), "{yes}");
        }
        for no in ["Town Hall", "Silver Street", "Chief Executive", "Bury Council", "Ann", "Main findings"] {
            assert!(!is_person_like(no), "{no}");
        }
    }
}
