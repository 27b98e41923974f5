//! Grades as they occur in tables and headings.

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{char, one_of};
use nom::combinator::opt;
use nom::sequence::{delimited, preceded, terminated};

use super::ParseResult;
use super::label::{any_label, label};
use super::number::strip_footnote_mark;
use super::scan::{consumed, is_dash, spaces0, word_starts};
use crate::cut::Cut;

/// A grade of Ofsted's scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grade {
    /// "Outstanding"
    Outstanding,
    /// "Good"
    Good,
    /// "Requires improvement [to be good]"
    RequiresImprovement,
    /// "Adequate", before the framework of 2013
    Adequate,
    /// "Inadequate"
    Inadequate,
}

impl Grade {
    /// The code in records.
    pub fn code(self) -> &'static str {
        match self {
            Self::Outstanding => "outstanding",
            Self::Good => "good",
            Self::RequiresImprovement => "requires-improvement",
            Self::Adequate => "adequate",
            Self::Inadequate => "inadequate",
        }
    }
}

/// A grade and how it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Graded<'a> {
    /// The grade.
    pub grade: Grade,
    /// Its printed form: "Requires improvement to be good".
    pub printed: &'a str,
}

/// A heading that ends in a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadingGrade<'a> {
    /// The heading without its grade and the words that join them.
    pub label: &'a str,
    /// The grade.
    pub graded: Graded<'a>,
}

/// `grade = grade-words / "Grade" DIGIT [":"] ["(" grade-words ")"]`
///
/// "Requires improvement to be good"; "Require improvement"; "Good"; "Grade 3 (Adequate)"
pub fn grade(input: &str) -> ParseResult<'_, Graded<'_>> {
    let (rest, grade) = alt((numbered_grade, grade_words)).parse(input)?;
    Ok((rest, Graded { grade, printed: consumed(input, rest) }))
}

/// A text that consists of a grade, apart from a full stop or a footnote mark.
///
/// "Good"; "Requires improvement."
///
/// ```
/// use findings_core::grammar::grade::grade_alone;
///
/// assert_eq!(grade_alone("Requires improvement to be good").map(|g| g.grade.code()), Some("requires-improvement"));
/// assert!(grade_alone("Good progress").is_none());
/// ```
pub fn grade_alone(text: &str) -> Option<Graded<'_>> {
    let (rest, graded) = grade(text.trim()).ok()?;
    let rest = rest.trim_matches(|c: char| matches!(c, '.' | ':' | '*') || c.is_whitespace());
    (rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit())).then_some(graded)
}

fn grade_words(input: &str) -> ParseResult<'_, Grade> {
    let improvement = &[
        "requires improvement to be good",
        "require improvement to be good",
        "requires improvements to be good",
        "requires improvement to become good",
        "requires improvement",
        "require improvement",
        "requiring improvement",
    ];
    alt((
        any_label(improvement).map(|_| Grade::RequiresImprovement),
        label("outstanding").map(|_| Grade::Outstanding),
        label("good").map(|_| Grade::Good),
        label("inadequate").map(|_| Grade::Inadequate),
        label("adequate").map(|_| Grade::Adequate),
    ))
    .parse(input)
}

/// "Grade 3 (Adequate)"; "Grade 4"; "Grade 2: Good": the scale used until 2013.
fn numbered_grade(input: &str) -> ParseResult<'_, Grade> {
    let digit = preceded((label("grade"), opt(spaces0)), one_of("1234"));
    let words = alt((
        delimited((spaces0, char('('), spaces0), grade_words, (spaces0, char(')'))),
        preceded(
            (spaces0, alt((char(':'), nom::character::complete::satisfy(is_dash))), spaces0),
            grade_words,
        ),
    ));
    let (rest, (digit, words)) = (digit, opt(words)).parse(input)?;
    let numbered = match digit {
        '1' => Grade::Outstanding,
        '2' => Grade::Good,
        '3' => Grade::Adequate,
        _ => Grade::Inadequate,
    };
    Ok((rest, words.unwrap_or(numbered)))
}

/// Splits a heading that ends in a grade.
///
/// `heading-grade = label (":" / dash / "is" / "are" / "." / gap) grade ["."] ["because" [":"]]`
///
/// "The experiences of children in care: good"; "Leadership is inadequate."; "Adoption Outstanding";
/// "The Board is good because:"
///
/// If nothing joins them, the grade must begin with a capital or, in a heading without a full stop, be a verb: "Help
/// and protection requires improvement to be good".
pub fn heading_grade(text: &str) -> Option<HeadingGrade<'_>> {
    let text = strip_footnote_mark(text.trim()).0;
    word_starts(text).find_map(|at| {
        let (rest, graded) = grade(text.tail(at)).ok()?;
        heading_end(rest).ok().filter(|(rest, _)| rest.is_empty())?;
        let before = text.head(at).trim_end();
        let label = join_stripped(before);
        let joined = label.len() < before.len();
        let verb = any_label(&["requires", "require"])(graded.printed).is_ok();
        let capital = graded.printed.starts_with(char::is_uppercase) || (verb && !rest.contains('.'));
        let is_label = !label.is_empty() && !label.contains(". ") && label.split(' ').count() <= 30;
        (is_label && (joined || capital)).then_some(HeadingGrade { label, graded })
    })
}

fn heading_end(input: &str) -> ParseResult<'_, ()> {
    let because = (spaces0, opt(char(',')), spaces0, label("because"));
    (opt(because), spaces0, opt(one_of(".:;")), spaces0).map(|_| ()).parse(input)
}

/// What may join a label to its grade; longer ones first.
const JOINS: &[&str] = &[
    "is that it is",
    "is that they are",
    "is that it",
    "is that they",
    "are judged to be",
    "is judged to be",
    "are",
    "is",
];

/// A heading without the words that join it to its grade.
fn join_stripped(before: &str) -> &str {
    let punctuation = |s: &str| -> usize {
        s.trim_end_matches(|c: char| matches!(c, ':' | '(' | '.') || is_dash(c) || c.is_whitespace()).len()
    };
    let cut = before.head(punctuation(before));
    let verb = JOINS.iter().find_map(|v| {
        let at = cut.len().checked_sub(v.len() + 1)?;
        let (head, tail) = (cut.get(..at)?, cut.get(at..)?);
        (tail.starts_with(char::is_whitespace) && tail.trim_start().eq_ignore_ascii_case(v)).then_some(head)
    });
    let cut = verb.unwrap_or(cut);
    cut.head(punctuation(cut))
}

/// The grade after a known label. A colon, a dash, a verb or nothing may stand between them.
///
/// ": good"; " is good"; " are: inadequate"; " requires improvement"
pub fn grade_after_label(input: &str) -> ParseResult<'_, Graded<'_>> {
    let verb = terminated(any_label(JOINS), spaces0);
    let mark = |i| opt(alt((one_of(":.("), nom::character::complete::satisfy(is_dash)))).parse(i);
    preceded((spaces0, mark, spaces0, opt(verb), mark, spaces0), grade).parse(input)
}

/// Whether a text explains the scale, that is, names at least three grades.
///
/// "judged to be outstanding, good, requires improvement or inadequate"
pub fn names_the_scale(text: &str) -> bool {
    let mut seen = Vec::new();
    for at in word_starts(text) {
        if let Ok((_, g)) = grade_words(text.tail(at))
            && !seen.contains(&g)
        {
            seen.push(g);
        }
    }
    seen.len() >= 3
}

/// Whether a text refers to an earlier inspection, whose grade must not be taken for this one's.
///
/// "At the previous inspection in May 2012 …"; "were last inspected in 2011"
pub fn speaks_of_earlier(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "previous inspection",
        "previous inspections",
        "previous judgement",
        "previous judgements",
        "last inspection",
        "last inspected",
        "previously inspected",
        "previously judged",
        "was judged to be",
        "were judged to be",
        "last full inspection",
        "previous full inspection",
        "since the last",
        "in its last",
        "the judgements for the local authority were",
        "has improved from",
        "no longer",
    ];
    WORDS.iter().any(|w| super::contains_label(text, w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(input: &str) -> String {
        match grade(input) {
            Ok((rest, g)) => format!("{} <{}>{rest}", g.grade.code(), g.printed),
            Err(_) => "no".into(),
        }
    }

    fn heading(input: &str) -> String {
        heading_grade(input).map_or("no".into(), |h| format!("{} = {}", h.label, h.graded.grade.code()))
    }

    #[test]
    fn grades_in_many_prints() {
        assert_snapshot!(show("Requires improvement to be good."), @"requires-improvement <Requires improvement to be good>.");
        assert_snapshot!(show("Require improvement"), @"requires-improvement <Require improvement>");
        assert_snapshot!(show("Good Children"), @"good <Good> Children");
        assert_snapshot!(show("Grade 3 (Adequate)"), @"adequate <Grade 3 (Adequate)>");
        assert_snapshot!(show("Grade 4"), @"inadequate <Grade 4>");
        assert_snapshot!(show("goodness"), @"no");
        assert!(grade_alone(" Outstanding. ").is_some());
        assert!(grade_alone("Good practice").is_none());
    }

    #[test]
    fn headings_end_in_a_grade() {
        assert_snapshot!(heading("The experiences and progress of care leavers: good"), @"The experiences and progress of care leavers = good");
        assert_snapshot!(heading("The Local Board is good."), @"The Local Board = good");
        assert_snapshot!(heading("The services are: inadequate"), @"The services = inadequate");
        assert_snapshot!(heading("Leadership – requires improvement to be good"), @"Leadership = requires-improvement");
        assert_snapshot!(heading("Adoption performance. Outstanding"), @"Adoption performance = outstanding");
        assert_snapshot!(heading("Overall effectiveness Requires improvement"), @"Overall effectiveness = requires-improvement");
        assert_snapshot!(heading("Outcomes for children Grade 3 (Adequate)"), @"Outcomes for children = adequate");
        assert_snapshot!(heading("Help and protection requires improvement to be good"), @"Help and protection = requires-improvement");
        assert_snapshot!(heading("The quality of plans requires improvement."), @"no");
        assert_snapshot!(heading("The Board is good because:"), @"The Board = good");
        assert_snapshot!(heading("What needs to be good"), @"no");
        assert_snapshot!(heading("Good"), @"no");
    }

    #[test]
    fn a_grade_follows_its_label() {
        let after =
            |i| grade_after_label(i).map(|(r, g)| format!("{}|{r}", g.grade.code())).unwrap_or("no".into());
        assert_snapshot!(after(" are: inadequate"), @"inadequate|");
        assert_snapshot!(after(" requires improvement. The"), @"requires-improvement|. The");
        assert_snapshot!(after(" is that it is good"), @"good|");
    }

    #[test]
    fn traps_are_told_apart() {
        assert!(names_the_scale("may be outstanding, good, requires improvement or inadequate"));
        assert!(!names_the_scale("good to outstanding"));
        assert!(speaks_of_earlier("The previous inspection judged this good"));
    }
}
