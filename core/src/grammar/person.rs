//! Names of people.

use crate::cut::Cut;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::char;
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::multi::{many0, many0_count};
use nom::sequence::{delimited, pair, preceded, terminated};

use super::scan::{consumed, fail, is_apostrophe, is_dash, spaces0, spaces1};
use super::words::{
    ALSO_SURNAMES, LETTERS, NEVER_NAMES, PLACE, ROLE, TITLES, has_organisation_word, has_word,
};
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
    /// The name as records have it: single spaces, and none after the hyphen of "Thomson- Jones".
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
    let (rest, name) = name(rest, title.is_some())?;
    let (rest, _) = opt(footnote_mark).parse(rest)?;
    let (rest, letters) = opt(letters).parse(rest)?;
    Ok((rest, Person { name, title, letters }))
}

/// Whether a text is a person's name and nothing else, without any word for a role, an organisation or a building.
///
/// "Ann Lee"; "Ms Ann Lee" – not "Town Hall", "Silver Street" or "Director of Services"
///
/// ```
/// use findings_core::grammar::is_person_like;
///
/// assert!(is_person_like("Rosalind Achebe"));
/// assert!(!is_person_like("Director of Children's Services"));
/// ```
pub fn is_person_like(text: &str) -> bool {
    shape(text) == Shape::Name
}

/// Whether a text may be a person's name, going by its words alone: a surname that is also a word for roles or
/// buildings is accepted. The position must confirm it: above a role, or under closing words.
///
/// "Gareth Head"; "Ann Hall"; "Tom Lord", but "Silver Street" too – not "Town Hall" or "Bury Council"
pub fn may_be_person(text: &str) -> bool {
    shape(text) != Shape::Other
}

/// What the words of a text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Only a name.
    Name,
    /// A name, a building or a role.
    Either,
    Other,
}

fn shape(text: &str) -> Shape {
    let text = text.trim().trim_end_matches(',');
    let Ok(("", p)) = person(text) else { return Shape::Other };
    let all: Vec<&str> = words::words(p.name).collect();
    if !(2..=5).contains(&all.len()) {
        return Shape::Other;
    }
    let speaks_against = |w: &str| has_word(w, ROLE) || has_organisation_word(w) || has_word(w, PLACE);
    let (last, before) = (all[all.len() - 1], all.head(all.len() - 1));
    // "St" may come before a saint's name as well as after a street's.
    let saint = |at: usize| at > 0 && before[at] == "St";
    match () {
        () if before.iter().enumerate().any(|(at, w)| speaks_against(w) && !saint(at)) => Shape::Other,
        () if !speaks_against(last) && !TITLES.contains(&last) => Shape::Name,
        () if p.title.is_some() && is_also_surname(last) => Shape::Name,
        () if is_also_surname(last) => Shape::Either,
        () => Shape::Other,
    }
}

fn is_also_surname(word: &str) -> bool {
    // "Hall-Smith" is a surname, whatever its halves mean, so the whole word is looked up.
    ALSO_SURNAMES.contains(&word)
}

/// Whether a text contains a word for an organisation or a role.
pub fn is_organisation(text: &str) -> bool {
    has_organisation_word(text) || has_word(text, ROLE)
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
fn name(input: &str, titled: bool) -> ParseResult<'_, &str> {
    let (mut rest, first) = name_word(input)?;
    if is_barred(first) {
        return fail(input);
    }
    let mut count = 1;
    while count < 5 {
        let next = (spaces1, many0(terminated(particle, spaces1)), name_word).parse(rest);
        let Ok((after, (.., word))) = next else { break };
        if is_barred(word)
            && !(is_last_word(word, after, count) || count == 1 && titled && is_field_end(after))
        {
            break;
        }
        rest = after;
        count += 1;
    }
    if count < 2 { fail(input) } else { Ok((rest, consumed(input, rest))) }
}

/// Whether a word that is also a role or a building is the surname that ends a name: it is a known surname, the name
/// ends there, and it is not the "Senior" of a rank ("Ann Lee Senior HMI").
fn is_last_word(word: &str, after: &str, count: usize) -> bool {
    let next = after.trim_start().split(' ').next().unwrap_or("");
    let role_next = count == 1 && NEVER_NAMES.contains(&next);
    is_also_surname(word)
        && (is_field_end(after) || role_next)
        && (count == 1 || word != "Senior" || !is_rank(after))
}

/// Whether a name ends before this text: at its end, punctuation, a footnote mark, "and", an inspector's rank, or an
/// honour.
fn is_field_end(after: &str) -> bool {
    let ends = after.starts_with([',', '.', ';', ':', '(', '\u{2013}']) || after.trim().is_empty();
    let word = after.trim_start().split([' ', ',', '.']).next().unwrap_or("");
    let marked = after.starts_with(|c: char| c.is_ascii_digit());
    ends || marked
        || after.trim_start().starts_with('(')
        || is_rank(after)
        || LETTERS.contains(&word)
        || matches!(word, "and" | "&")
}

/// Whether a text begins with an inspector's rank or body: "HMI"; "Her Majesty’s …"; "Ofsted …".
fn is_rank(text: &str) -> bool {
    const RANKS: &[&str] = &["HMI", "SHMI", "Senior", "Her", "His", "Ofsted", "CQC", "OI", "AI"];
    let word = text.trim_start().split([' ', ',', '.']).next().unwrap_or("");
    RANKS.contains(&word)
}

/// Whether a word can't be part of a name, so that a name ends before it.
fn is_barred(word: &str) -> bool {
    NEVER_NAMES.contains(&word) || TITLES.contains(&word)
}

/// A word of a name. It may contain hyphens and apostrophes, and a space after a hyphen.
///
/// "Lee"; "O’Neil"; "McLean"; "Jenny-ellen"; "Thomson- Jones"; "F."; "D'Arcy"; "Máire"; "St."; "ffrench"
fn name_word(input: &str) -> ParseResult<'_, &str> {
    let part = |i| take_while1(char::is_alphabetic).parse(i);
    let apostrophe =
        |i| pair(verify(nom::character::complete::anychar, |c| is_apostrophe(*c)), letters2).parse(i);
    let dash = |i| (verify(nom::character::complete::anychar, |c| is_dash(*c)), opt(broken), part).parse(i);
    let tail = |i| many0_count(alt((recognize(apostrophe), recognize(dash)))).parse(i);
    let (rest, word) = recognize(pair(part, tail)).parse(input)?;
    let first = word.chars().next().unwrap_or(' ');
    let is_letters = LETTERS.contains(&word) && word.len() > 1;
    if !(first.is_uppercase() || word.starts_with("ff")) || is_letters {
        return fail(input);
    }
    let initial = word.chars().count() == 1 || word == "St";
    let (rest, _) = if initial { opt(char('.')).parse(rest)? } else { (rest, None) };
    Ok((rest, consumed(input, rest)))
}

/// The letters after an apostrophe, but not the "s" of a possessive.
fn letters2(input: &str) -> ParseResult<'_, &str> {
    verify(take_while1(char::is_alphabetic), |w: &str| w != "s").parse(input)
}

/// A space after a hyphen, left there by the end of a line.
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

/// A footnote mark directly after a name: "Lee2".
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
    fn what_teams_are_titled_with_is_nobody() {
        assert!(!may_be_person("Area SEND"));
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
        assert_snapshot!(name_of("Jo Lee Senior HMI"), @"Jo Lee| Senior HMI");
        assert_snapshot!(name_of("Jo Lee Head of Service"), @"Jo Lee| Head of Service");
        assert_snapshot!(name_of("Jo Lee Lord Mayor of Bury"), @"Jo Lee| Lord Mayor of Bury");
    }

    #[test]
    fn words_of_roles_may_be_surnames() {
        assert_snapshot!(name_of("Gareth Head"), @"Gareth Head|");
        assert_snapshot!(name_of("Gareth Head, HMI"), @"Gareth Head|, HMI");
        assert_snapshot!(name_of("Jo Senior HMI"), @"Jo Senior| HMI");
        assert_snapshot!(name_of("Jo Head Director of Services"), @"Jo Head| Director of Services");
        assert_snapshot!(name_of("Mary Ann Constable (OI)"), @"Mary Ann Constable| (OI)");
        assert_snapshot!(name_of("Tom Lord and Jo Kay"), @"Tom Lord| and Jo Kay");
        assert_snapshot!(name_of("Mr Tom Police, HMI"), @"Tom Police|, HMI");
    }

    #[test]
    fn what_looks_like_a_person() {
        for yes in ["Ann Lee", "Ms Ann Lee,", "Jon de Vere", "Professor Al O’Dell"] {
            assert!(is_person_like(yes), "{yes}");
        }
        for either in ["Ann Hall", "Gareth Head", "Tom Lord", "Silver Street", "Jo St Clair Green"] {
            assert!(!is_person_like(either) && may_be_person(either), "{either}");
        }
        assert!(
            is_person_like("Ms Ann Hall")
                && is_person_like("Ann St. John")
                && is_person_like("Ed ffrench-Marsh")
        );
        for no in ["Town Hall", "Chief Executive", "Bury Council", "Ann", "Main findings", "Head of Service"]
        {
            assert!(!may_be_person(no), "{no}");
        }
    }
}
