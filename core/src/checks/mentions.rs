//! Earlier inspections: every sentence about one is a mention, and is complete.

use nom::Parser;
use nom::branch::alt;

use super::words::{beginning, ending, text_of};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::grammar::grade::grade;
use crate::grammar::label::{any_label, label};
use crate::grammar::sentence::sentences;
use crate::grammar::{MONTHS, find_all};
use crate::record::Mention;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "mention-cut-off",
        why: "A mention of an earlier inspection consists of whole sentences",
        held: (269, 269),
        run: cut_off,
    },
    Check {
        name: "mention-not-read",
        why: "The year of an earlier judgement or inspection is the year of a mention",
        held: (219, 220),
        run: unread,
    },
    Check {
        name: "mention-grades-differ",
        why: "An inspection gave each area only one grade",
        held: (268, 269),
        run: grades,
    },
    Check {
        name: "mention-grade-not-read",
        why: "Every grade that a mention says was given is among the grades read for that inspection",
        held: (264, 266),
        run: ungraded,
    },
];

fn grades(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, mention) in f.record.mentions.iter().enumerate() {
        let differs = |n: usize| {
            let (j, rest) = (&mention.judgements[n], mention.judgements.tail(n + 1));
            rest.iter().any(|other| other.area == j.area && other.grade != j.grade)
        };
        let twice = (0..mention.judgements.len()).find(|n| differs(*n));
        verdict.that(twice.is_none(), &[&format!("/mentions/{at}")], || {
            let area = twice.map_or("", |n| mention.judgements[n].area.as_str());
            format!("it tells two grades of one inspection for {area}")
        });
    }
}

fn ungraded(f: &Finished<'_>, verdict: &mut Verdict) {
    let all = &f.record.mentions;
    for (at, mention) in all.iter().enumerate().filter(|(_, m)| m.kind == "inspection") {
        // The text may refer to another inspection that is described in full elsewhere.
        let named = |m: &Mention| {
            m.date.as_ref().and_then(|d| d.get(..4)).is_some_and(|year| mention.text.contains(year))
        };
        let together = || all.iter().filter(|m| named(m) || m.text == mention.text);
        let known = |grade: &&str| together().flat_map(|m| &m.judgements).any(|j| j.grade == *grade);
        let told: Vec<&str> = grades_given(&mention.text);
        let missing = told.iter().find(|grade| !known(grade));
        verdict.that(missing.is_none(), &["/mentions", &format!("/mentions/{at}")], || {
            format!("{} of “{}…” was not read", missing.unwrap_or(&""), beginning(&mention.text))
        });
    }
}

/// The grades that a text says were given, whatever the verb: "judged to be good.", "‘inadequate’ for", "was
/// outstanding when". Not "good progress", and not today's: "are now good".
fn grades_given(text: &str) -> Vec<&'static str> {
    const GO_ON: &[&str] =
        &["in", "for", "at", "again", "when", "overall", "and", "under", "with", "by", "on"];
    const TODAY: &[&str] = &[
        "is",
        "are",
        "now",
        "still",
        "remain",
        "remains",
        "remained",
        "continue",
        "continues",
        "continued",
        "longer",
        "no",
        "not",
        "finding",
        "identified",
    ];
    // A grade of older frameworks, for which there is no code: the mention lacks it.
    let older = label("satisfactory").map(|_| "satisfactory");
    let hits = find_all(alt((grade.map(|g| g.grade.code()), older)), text).into_iter();
    let given = hits.filter(|hit| {
        let rest = hit.rest.trim_start_matches(['’', '”', ' ']);
        let ends = rest.starts_with(|c: char| ".,;:)".contains(c)) || rest.is_empty();
        let near: Vec<&str> = hit.before.split_whitespace().rev().take(9).collect();
        let clause = near.iter().take_while(|w| !w.ends_with(['.', ';']));
        let today = clause.into_iter().any(|w| TODAY.contains(w));
        // "requiring improvement to be good" is one grade.
        let today = today || hit.before.trim_end().ends_with("improvement to be");
        (ends || any_label(GO_ON)(rest).is_ok()) && !today
    });
    given.map(|hit| hit.value).collect()
}

fn cut_off(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, mention) in f.record.mentions.iter().enumerate() {
        let text = mention.text.trim();
        // "Date of previous inspection: 4 May 2012" is a line of its own, and list items may have no full stop.
        let open = text.ends_with(|c: char| c == ',' || c == ';' || c.is_lowercase())
            && mention.judgements.is_empty();
        let begins = text.starts_with(char::is_lowercase);
        verdict.that(
            !open && !begins && !lacks_middle(text),
            &["/mentions", &format!("/mentions/{at}")],
            || format!("“{}” is a part of a sentence", if begins { beginning(text) } else { ending(text) }),
        );
    }
}

/// Whether a fixed phrase doesn't go on as it always does: "judged to require improvement", "inspected in May 2016".
fn lacks_middle(text: &str) -> bool {
    let after = |phrase: &str| text.find(phrase).map(|at| text.tail(at + phrase.len()));
    let next =
        |rest: &str| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    let dated = |word: &str| {
        const PARTS: &[&str] = &["the", "early", "late", "mid", "spring", "summer", "autumn", "winter"];
        MONTHS.contains(&word) || word.starts_with("20") || word.starts_with("19") || PARTS.contains(&word)
    };
    after(" judged to require ").is_some_and(|rest| !next(rest).starts_with("improve"))
        || [" inspected in ", " inspected by Ofsted in "]
            .iter()
            .any(|phrase| after(phrase).is_some_and(|rest| !dated(&next(rest))))
}

/// "The previous inspection of … was in May 2012": the form's list of inspections gives the date of each.
fn is_undated(text: &str) -> bool {
    text.starts_with("The previous inspection of ") && years(text).next().is_none()
}

fn unread(f: &Finished<'_>, verdict: &mut Verdict) {
    for (s, section) in f.record.sections.iter().enumerate() {
        let undated = section.blocks.iter().position(|b| text_of(b).is_some_and(is_undated));
        if let Some(b) = undated {
            verdict.that(false, &["/mentions", &format!("/sections/{s}/blocks/{b}")], || {
                "the previous inspection that is told of has no date".to_owned()
            });
        }
    }
    let Some(start) = f.record.inspection.start.as_deref() else {
        // "Earlier" means before the first day of this inspection.
        let mut texts = f.record.sections.iter().flat_map(|s| &s.blocks).filter_map(text_of);
        let told = !f.record.mentions.is_empty() || texts.any(tells_of_earlier);
        verdict.that(!told, &["/mentions"], || {
            "without the inspection's dates it is not known what is earlier".into()
        });
        return;
    };
    let own = start.get(..4).unwrap_or(start);
    let known = |year: &str| {
        f.record.mentions.iter().any(|m| {
            let dates = [&m.date, &m.date_end].into_iter().flatten();
            m.text.contains(year) || dates.into_iter().any(|d| d.starts_with(year))
        })
    };
    let coarse = |m: &Mention| m.date.as_deref().is_some_and(|d| d.len() < "2000-01-01".len());
    for (at, mention) in f.record.mentions.iter().enumerate().filter(|(_, m)| coarse(m)) {
        verdict.that(!gives_day(&mention.text), &["/mentions", &format!("/mentions/{at}")], || {
            format!("“{}” gives a day, which was not read", ending(&mention.text))
        });
    }
    let texts = f.record.sections.iter().flat_map(|s| &s.blocks).filter_map(text_of);
    // Cheap test first: few paragraphs contain a year.
    for text in texts.filter(|t| t.contains("20") && years(t).any(|y| y < own)) {
        for sentence in sentences(text) {
            let told =
                if tells_of_earlier(sentence) { years(sentence).collect() } else { of_events(sentence) };
            let mut earlier = told.into_iter().filter(|y| *y < own).peekable();
            if earlier.peek().is_some() {
                verdict.that(earlier.all(known), &["/mentions"], || {
                    format!("“{}…” was not read", beginning(sentence))
                });
            }
        }
    }
}

/// Whether a text contains a date in a form that the grammar doesn't read: "30.09.2016", "March 31, 2017".
fn gives_day(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let month = |w: &str| MONTHS.contains(&w.to_lowercase().as_str());
    let day =
        |w: &str| w.strip_suffix(',').is_some_and(|d| d.len() <= 2 && d.bytes().all(|b| b.is_ascii_digit()));
    words.iter().any(|w| is_day(w)) || words.windows(2).any(|w| month(w[0]) && day(w[1]))
}

/// A numeric date: "30.09.2016", "30/9/2016".
fn is_day(word: &str) -> bool {
    let parts: Vec<&str> = word.trim_matches(|c: char| !c.is_ascii_digit()).split(['.', '/', '-']).collect();
    let digits = parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    digits && parts.len() == 3 && (parts[0].len() == 4 || parts[2].len() == 4)
}

/// Whether a text says that services were judged or last inspected, as opposed to cases that were audited.
pub(super) fn tells_of_earlier(text: &str) -> bool {
    const GRADES: &[&str] = &[
        "adequate", // also finds "inadequate"
        "good",
        "outstanding",
        "requires improvement",
        "require improvement",
        "requiring improvement",
    ];
    const JUDGED: &[&str] = &[
        "judge",
        "rated ",
        "graded ",
        "Ofsted",
        "as it was in 20",
        "as they were in 20",
        " inadequate in 20",
    ];
    const OTHERS: &[&str] = &[
        "cases",
        "audit",
        "schools",
        "plans",
        "placements",
        "assessments",
        "good practice",
        "per cent",
        "%",
    ];
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    has(JUDGED) && has(GRADES) && !has(OTHERS)
        || has(&["last inspected", "previously inspected", "was inspected in"])
}

/// What inspections, visits and reviews are called.
const EVENTS: &[&str] = &[
    "focused visit",
    "monitoring visit",
    "jtai",
    "joint targeted area inspection",
    "ilacs inspection",
    "last inspection",
    "previous inspection",
    "re-inspection",
    "full inspection",
    "standard inspection",
    "short inspection",
    "judgement inspection",
    "joint inspection",
    "send inspection",
    "inspectors visited",
    "inspectors returned",
    "revisit",
    "ofsted’s report",
    "ofsted report",
    "ofsted visit",
    "ofsted inspection",
    "peer review",
    "peer challenge",
];

/// Whether a text names an inspection or visit, which may be an earlier one.
pub(super) fn names_event(text: &str) -> bool {
    let small = text.to_lowercase();
    EVENTS.iter().any(|event| small.contains(event))
}

/// The years beside the name of an inspection or visit: "the focused visit in May 2019", "the 2018 inspection".
fn of_events(sentence: &str) -> Vec<&str> {
    const NEAR: usize = 5;
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let named = |near: &[&str]| {
        let said = near.join(" ").to_lowercase();
        let end = EVENTS.iter().filter_map(|e| said.find(e).map(|at| at + e.len())).max();
        // A comma ends the reference to the event, unless the date follows: "the last focused visit, in May 2019".
        end.is_some_and(|end| !said.tail(end).replacen(", in ", " ", 1).contains([',', ';', ')']))
            && !said.contains("this ")
    };
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let Some(year) = years(word).next() else { continue };
        let closed = word.ends_with([',', ';', '.', ')']);
        let after = words.get(at + 1..).unwrap_or_default();
        let leads = !closed && named(after.head(after.len().min(NEAR - 1)));
        if leads || named(words.part(at.saturating_sub(NEAR)..at)) {
            out.push(year);
        }
    }
    out
}

/// The years of this century in a text.
fn years(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() == 4 && w.starts_with("20") && w.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Mention, Section, SectionBlock, sample};

    #[test]
    fn what_is_said_of_earlier_inspections() {
        for told in [
            "In early 2019, inspectors judged Wexcombe to be inadequate. It was judged to require improvement.",
            "Services were last inspected in 2018.",
            "The council was rated as good in 2011.",
        ] {
            assert!(tells_of_earlier(told), "{told}");
        }
        for other in [
            "Cases judged to be good by the council rose from 12% in 2014.",
            "A commissioner was appointed in 2016, since the last inspection.",
            "Staff judged risks well in 2019.",
        ] {
            assert!(!tells_of_earlier(other), "{other}");
        }
        assert_eq!(years("In 2018, 1,204 children; 2019/20, room 20a").collect::<Vec<_>>(), ["2018", "2019"]);
    }

    /// The pointers put in doubt in a record with one paragraph and one mention.
    fn doubted(paragraph: &str, mention: Option<&str>) -> Vec<String> {
        let mut record = sample();
        record.inspection.start = Some("2021-09-01".into());
        record.mentions =
            mention.into_iter().map(|m| Mention { text: m.into(), ..Mention::default() }).collect();
        let paragraph = SectionBlock::Paragraph { text: paragraph.into(), number: None };
        record.sections = vec![Section { blocks: vec![paragraph], ..Section::default() }];
        let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
        run(&finished, CHECKS.iter()).into_iter().filter_map(|d| d.path).collect()
    }

    #[test]
    fn a_judgement_of_an_earlier_year_is_a_mention() {
        let told = "Wexcombe was judged to be good in 2018. Staff are kind.";
        assert_eq!(doubted(told, None), ["/mentions"]);
        assert_eq!(doubted(told, Some("Wexcombe was judged to be good in 2018.")), [""; 0]);
        assert_eq!(doubted("Staff are kind.", Some("in 2018 Wexcombe was,")), ["/mentions", "/mentions/0"]);
        assert_eq!(doubted("Much that the focused visit in May 2019 saw is here.", None), ["/mentions"]);
        assert_eq!(doubted("Since the last inspection, a board of 2019 has met.", None), [""; 0]);
    }

    #[test]
    fn a_fixed_phrase_goes_on_as_it_always_does() {
        for whole in ["It was judged to require improvement.", "It was last inspected in May 2018."] {
            assert!(!lacks_middle(whole), "{whole}");
        }
        for lost in ["It was judged to require team, with support.", "It was last inspected in improvement."]
        {
            assert!(lacks_middle(lost), "{lost}");
        }
        let undated = "The previous inspection of the council’s services for children";
        assert_eq!(doubted(undated, None), ["/mentions", "/sections/0/blocks/0"]);
        assert_eq!(doubted(&format!("{undated} was in May 2021."), None), [""; 0]);
    }

    #[test]
    fn a_grade_without_a_code_is_missing_from_its_mention() {
        assert_eq!(
            grades_given("The service was inspected in 2010 and judged to be satisfactory."),
            ["satisfactory"]
        );
        assert_eq!(grades_given("Inspectors saw satisfactory progress in 2010."), [""; 0]);
    }
}
