//! Sentences that state a grade.

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::char;
use nom::combinator::opt;
use nom::sequence::{preceded, terminated};

use super::grade::{Graded, grade, names_the_scale, speaks_of_earlier};
use super::label::any_label;
use super::scan::{Hit, fail, spaces0, spaces1, word_starts};
use super::{ParseResult, label};
use crate::cut::Cut;

/// What a sentence grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Children's services as a whole.
    Overall,
    /// The Local Safeguarding Children Board.
    Board,
    /// An area in the sentence's own words: "adoption performance".
    Area(&'a str),
}

/// A sentence that states a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GradeSentence<'a> {
    /// What is graded.
    pub subject: Subject<'a>,
    /// The grade.
    pub graded: Graded<'a>,
}

/// A sentence that states this inspection's grade. Sentences that explain the scale or refer to an earlier inspection
/// don't match.
///
/// "The overall judgement is that children’s services are good."; "Children’s services in X require improvement
/// to be good."; "The graded judgment for adoption performance is that it is good."; "The Board is inadequate
/// because …"
pub fn grade_sentence(input: &str) -> ParseResult<'_, GradeSentence<'_>> {
    if !input.starts_with(['T', 't', 'O', 'o', 'G', 'g', 'C', 'c', 'L', 'l', 'A', 'a', 'S', 's']) {
        return fail(input); // nearly every call ends here
    }
    let mut states = alt((overall_judgement, judgement_for, services_in, board, named_area));
    let (rest, found) = states.parse(input)?;
    let sentence = sentence_of(input);
    let other = names_the_scale(sentence) || speaks_of_earlier(sentence);
    if states_no_more(rest) && !other { Ok((rest, found)) } else { fail(input) }
}

/// The first sentence of a text that states a grade.
pub fn find_grade_sentence(text: &str) -> Option<Hit<'_, GradeSentence<'_>>> {
    sentence_starts(text).find_map(|at| {
        let (rest, value) = grade_sentence(text.tail(at)).ok()?;
        let clause_before = text.head(at).rsplit(['.', '!', '?']).next().unwrap_or("");
        if speaks_of_earlier(clause_before) {
            return None;
        }
        Some(Hit { before: text.head(at), slice: text.part(at..text.len() - rest.len()), value, rest })
    })
}

/// `"The overall judgement" (["about"|"for" …] "is") ["that" services-in] grade`
///
/// "The overall judgement is requires improvement"; "The overall judgement is that children’s services are good"
fn overall_judgement(input: &str) -> ParseResult<'_, GradeSentence<'_>> {
    let head = any_label(&["the overall judgement is", "the overall judgment is", "overall judgement is"]);
    let that = (opt(char(':')), spaces1, opt((label("that"), spaces1)));
    let (rest, _) = (head, that).parse(input)?;
    let (rest, graded) = alt((grade, services_in.map(|s| s.graded), after_verb)).parse(rest)?;
    Ok((rest, GradeSentence { subject: Subject::Overall, graded }))
}

/// `"The" ["graded"] "judg[e]ment" ("for" / "about" / "of" / "on") area verb grade`
///
/// "The graded judgment for adoption performance is that it requires improvement"
fn judgement_for(input: &str) -> ParseResult<'_, GradeSentence<'_>> {
    let head = any_label(&[
        "the graded judgement",
        "the graded judgment",
        "the judgement",
        "the judgment",
        "graded judgement",
        "graded judgment",
    ]);
    let of = any_label(&["for", "about", "of", "on"]);
    let (rest, _) = (head, spaces1, of, spaces1).parse(input)?;
    let (rest, (area, graded)) = until_grade(rest, 20)?;
    let overall = ["overall effectiveness", "this inspection"].iter().any(|w| super::contains_label(area, w));
    let subject = if overall {
        Subject::Overall
    } else if names_board(area) {
        Subject::Board
    } else {
        Subject::Area(area)
    };
    Ok((rest, GradeSentence { subject, graded }))
}

/// `(["The"] "children's services" ["in" / "on" area] / "services for children" ["and families"] ("in" / "on") area) verb grade`
///
/// "Children’s services in the London Borough of X are good"; "children’s services require improvement"; "Services for
/// children and families in X remain good". Not services for some of the children ("who need help and protection").
fn services_in(input: &str) -> ParseResult<'_, GradeSentence<'_>> {
    let (rest, _) = any_label(&[
        "children's services",
        "the children's services",
        "services for children in",
        "services for children on",
        "services for children and families in",
        "services for children and families on",
        "services for children and young people in",
        "services for children and care leavers in",
        "services for vulnerable children and families in",
    ])(input)?;
    let (rest, (_, graded)) = until_grade(rest, 12)?;
    Ok((rest, GradeSentence { subject: Subject::Overall, graded }))
}

/// `"The" [area] ("Local Safeguarding Children Board" ["(LSCB)"] / "LSCB") ["in" area] verb grade`
///
/// "The LSCB is good because"; "The effectiveness of the Local Safeguarding Children Board (LSCB) is good"
fn board(input: &str) -> ParseResult<'_, GradeSentence<'_>> {
    let (rest, _) = label("the")(input)?;
    let (rest, (subject, graded)) = until_grade(rest, 20)?;
    if !names_board(subject) {
        return fail(input);
    }
    Ok((rest, GradeSentence { subject: Subject::Board, graded }))
}

/// A judged area as the subject of the sentence.
///
/// "Leadership, management and governance are inadequate."; "The experiences and progress of care leavers is good."
fn named_area(input: &str) -> ParseResult<'_, GradeSentence<'_>> {
    const AREAS: &[&str] = &[
        "leadership, management and governance",
        "the leadership, management and governance",
        "the experiences and progress of",
        "the experience and progress of",
        "the impact of leaders on",
        "the quality and impact of leaders",
        "adoption performance",
    ];
    let (rest, _) = any_label(AREAS)(input)?;
    let (rest, (tail, graded)) = until_grade(rest, 14)?;
    let area = super::scan::span(input, input.get(..1).unwrap_or(input), tail);
    if tail.contains("The ") || tail.contains("Judgement") {
        return fail(input); // cells of a table that ran together
    }
    Ok((rest, GradeSentence { subject: Subject::Area(area), graded }))
}

fn names_board(subject: &str) -> bool {
    let board = [
        "safeguarding children board",
        "safeguarding children's board",
        "LSCB",
        "local safeguarding children",
    ];
    board.iter().any(|b| super::contains_label(subject, b))
}

/// The words before the verb, and the grade after it, all within one sentence.
fn until_grade(input: &str, most_words: usize) -> ParseResult<'_, (&str, Graded<'_>)> {
    let sentence = sentence_of(input);
    let may_be_verb =
        |at: &usize| sentence.tail(*at).starts_with(['i', 'a', 'c', 'o', 'r', 'I', 'A', 'C', 'O', 'R']);
    for at in word_starts(sentence).take(most_words).filter(may_be_verb) {
        if let Ok((rest, graded)) = after_verb(input.tail(at)) {
            return Ok((rest, (input.head(at).trim(), graded)));
        }
    }
    fail(input)
}

/// `verb = ("is" / "are" / "remain") ["that" ("it" / "they") ["is" / "are"]]`, or nothing, or "continue to", if the grade
/// itself is a verb
///
/// "is good"; "is that it requires improvement"; "require improvement to be good"; "overall are inadequate"
fn after_verb(input: &str) -> ParseResult<'_, Graded<'_>> {
    let verb = any_label(&[
        "is that it is",
        "is that they are",
        "is that it",
        "is that they",
        "are that they are",
        "is judged to be",
        "are judged to be",
        "overall are",
        "overall is",
        "are now",
        "are of",
        "is",
        "are",
        "remain",
        "continue to be",
    ]);
    let with_verb = preceded(terminated(verb, (spaces0, opt(char(':')), spaces0)), grade);
    alt((with_verb, improvement_verb)).parse(input)
}

fn improvement_verb(input: &str) -> ParseResult<'_, Graded<'_>> {
    let (input, _) = opt((label("continue to"), spaces1)).parse(input)?;
    let (rest, graded) = grade(input)?;
    if label("require")(input).is_ok() || label("requires")(input).is_ok() {
        Ok((rest, graded))
    } else {
        fail(input)
    }
}

/// Whether the statement ends with the grade: "are good, …", but not "are good at" or "is good practice".
fn states_no_more(rest: &str) -> bool {
    let after = rest.trim_start();
    after.is_empty()
        || after.starts_with(|c: char| ".,;:(".contains(c) || c.is_ascii_digit() || c.is_uppercase())
        || any_label(&["because", "and", "overall", "with", "as", "but", "due to"])(after).is_ok()
}

/// The text up to the end of its first sentence.
fn sentence_of(text: &str) -> &str {
    let end =
        text.char_indices().find(|(at, c)| *c == '.' && ends_sentence(text.tail(at + 1))).map(|(at, _)| at);
    text.head(end.unwrap_or(text.len()))
}

fn ends_sentence(after: &str) -> bool {
    let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
    after.is_empty() || after.starts_with(char::is_whitespace)
}

fn sentence_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    word_starts(text).filter(|at| {
        let before = text.head(*at).trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
        before.is_empty()
            || before.ends_with(['.', '!', '?', ':'])
            || text.tail(*at).starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        match find_grade_sentence(text) {
            Some(hit) => format!(
                "{:?} {} <{}>",
                hit.value.subject,
                hit.value.graded.grade.code(),
                hit.value.graded.printed
            ),
            None => "no".into(),
        }
    }

    #[test]
    fn the_overall_grade_stands_in_a_sentence() {
        assert_snapshot!(show("The overall judgement is requires improvement"), @"Overall requires-improvement <requires improvement>");
        assert_snapshot!(show("The overall judgement is that children’s services are good. There"), @"Overall good <good>");
        assert_snapshot!(show("Children’s services in Wexcombe require improvement to be good"), @"Overall requires-improvement <require improvement to be good>");
        assert_snapshot!(show("1. Children’s services in the London Borough of Eastmere are good1"), @"Overall good <good>");
        assert_snapshot!(show("The judgement for overall effectiveness is inadequate."), @"Overall inadequate <inadequate>");
    }

    #[test]
    fn so_it_does_as_services_for_children() {
        assert_snapshot!(show("Services for children and families in Wexcombe remain good, and leaders know them."), @"Overall good <good>");
        assert_snapshot!(show("Services for children in Wexcombe continue to require improvement overall."), @"Overall requires-improvement <require improvement>");
        assert_snapshot!(show("Services for children in Wexcombe are now outstanding."), @"Overall outstanding <outstanding>");
        assert_snapshot!(show("Services for children who need help and protection are good."), @"no");
        assert_snapshot!(show("Services for children in Wexcombe have improved since the inspection in 2018, when they were judged to be inadequate."), @"no");
        assert_snapshot!(show("Services for children in Wexcombe remain good at planning."), @"no");
    }

    #[test]
    fn so_do_the_grades_of_areas() {
        assert_snapshot!(show("The graded judgment for adoption performance is that it is good"), @r#"Area("adoption performance") good <good>"#);
        assert_snapshot!(show("The graded judgement for care leavers requires improvement 103"), @r#"Area("care leavers") requires-improvement <requires improvement>"#);
        assert_snapshot!(show("Leadership, management and governance are inadequate."), @r#"Area("Leadership, management and governance") inadequate <inadequate>"#);
        assert_snapshot!(show("The Wexcombe Safeguarding Children Board is inadequate, because it"), @"Board inadequate <inadequate>");
        assert_snapshot!(show("The LSCB is good because:"), @"Board good <good>");
        assert_snapshot!(show("The judgement about the LSCB is requires improvement"), @"Board requires-improvement <requires improvement>");
    }

    #[test]
    fn other_sentences_state_none() {
        assert_snapshot!(show("Children’s services are good at planning."), @"no");
        assert_snapshot!(show("Services in the borough are good, at six weeks."), @"no");
        assert_snapshot!(show("The overall judgement is good, outstanding, inadequate or requires improvement."), @"no");
        assert_snapshot!(show("At the previous inspection children’s services were inadequate."), @"no");
        assert_snapshot!(show("At the last inspection, the Board said Children’s services are inadequate."), @"no");
    }
}
