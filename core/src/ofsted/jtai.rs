//! Letters about joint targeted area inspections, 2016 to today.
//!
//! Addressed to everyone who leads services in an area, one recipient on each line. The dates are only in a sentence;
//! strengths and areas for improvement are lists; titles of boxed examples ("Case study: …") look like headings; and
//! each inspectorate signs. Until 2020 the theme is in the subject, key strengths come first, and the signatures form a
//! grid; from 2022 there are headline findings and main findings.

use nom::Offset;
use std::ops::Range;

use super::letter::{self, Form};
use super::swallowed::{self, Opening};
use super::visit::{self, introduction, texts};
use super::{body, dates, letter_body, mentions, opening, provider};
use crate::areas;
use crate::cut::Cut;
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::date_ranges::find_date_ranges;
use crate::grammar::joint_address::joint_recipients;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::sentence::{sentences, without_stop};
use crate::outline::{Block, Outline};
use crate::record::{Draft, Found, Status};
use crate::text::Text;

/// The format.
pub struct Jtai;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.jtai.inspection",
    title: "Letter about a joint targeted area inspection",
    regulator: "ofsted",
    editions: &[
        Edition {
            id: "2016",
            years: "2016–2020",
            note: "key strengths, areas for improvement, signatures in a grid",
        },
        Edition {
            id: "2022",
            years: "2022–",
            note: "headline findings, what needs to improve, main findings",
        },
    ],
    known_gaps: &["Boxed examples are sections of their own and add nothing to the lists"],
    anchors: &[
        Anchor { phrases: SUBJECTS, place: Place::Opening, weight: 0.4 },
        Anchor {
            phrases: &[
                "This letter summarises the findings of the joint targeted area inspection",
                "This letter to all the service leaders in the area",
                "Dear local partnership",
                "Local Safeguarding Partnership",
            ],
            place: Place::Opening,
            weight: 0.3,
        },
        Anchor {
            phrases: &["undertook a joint inspection", "carried out a joint inspection", "(JTAI)"],
            place: Place::Opening,
            weight: 0.2,
        },
        Anchor { phrases: &["Care Quality Commission"], place: Place::Opening, weight: 0.1 },
        Anchor {
            phrases: &[
                "This letter summarises the findings of a focused visit",
                "This letter summarises the findings of the focused visit",
                "This letter summarises the findings of the monitoring visit",
            ],
            place: Place::Opening,
            weight: -0.6,
        },
    ],
};

const FORM: Form = Form { subjects: SUBJECTS, recipients: joint_recipients, one_address: false };

/// Headings before which no sentence ends in a text that has lost its line ends: a page number or a box comes before
/// them.
const OPENINGS: &[Opening] = &[
    ("Practice study:", &[]),
    ("Case study:", &[]),
    ("Strengths", MARKS),
    ("Key Strengths", MARKS),
    ("Key strengths", MARKS),
    ("Areas for improvement", MARKS),
    ("Next steps", &[]),
];

const MARKS: &[&str] = &["\u{2022}", "\u{25fc}"];

const SUBJECTS: &[&str] = &[
    "Joint targeted area inspection of",
    "Joint targeted area inspection (JTAI) of",
    "Joint targeted area inspections of",
];

/// The inspectorates, and their names in letters, of which the first one found is used.
const INSPECTORATES: &[(&str, &[&str])] = &[
    ("cqc", &["Care Quality Commission", "CQC"]),
    (
        "hmicfrs",
        &[
            "Inspectorate of Constabulary and Fire & Rescue Services",
            "HMI Constabulary and Fire & Rescue Services",
            "Inspectorate of Constabulary and Fire and Rescue Services",
            "HMICFRS",
        ],
    ),
    ("hmic", &["Inspectorate of Constabulary", "HMI Constabulary", "HMIC"]),
    ("hmi-probation", &["Inspectorate of Probation", "HMI Probation", "HMIP", "HMI Prob"]),
];

impl Format for Jtai {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_letterhead(&self, line: &str) -> bool {
        letter::is_letterhead(line)
    }

    fn line_starts(&self, line: &str) -> Vec<usize> {
        let mut starts = letter::line_starts(line, &FORM);
        starts.extend(swallowed::starts(line, OPENINGS));
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    fn begins(&self, lines: &[&str]) -> bool {
        opening::letter(lines, SUBJECTS)
    }

    fn is_heading(&self, line: &str) -> bool {
        letter::is_heading(line, &FORM) || letter_body::begins_study(line)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.inspection.framework = "JTAI".into();
        draft.record.inspection.kind = "joint".into();
        draft.record.provider.kind = "local-area-partnership".into();
        draft.absent("/published", Status::NotStated);
        draft.absent("/judgements", Status::NotApplicable);
        draft.absent("/figures", Status::NotApplicable);
        draft.absent("/inspectors", Status::NotStated);
        let frame = letter::read(doc, draft, &FORM);
        let intro = introduction(doc, frame.body.clone());
        let found = texts(doc, intro.clone()).find_map(inspection_dates);
        dates::set(draft, found);
        subject(doc, draft, frame.subject.as_ref(), intro.clone());
        with(doc, draft, intro);
        let spans = letter_body::sections(doc, draft, frame.body, "about-inspection");
        letter_body::improvements(doc, draft, &spans, "partnership", "jtai.improvements");
        for (at, _) in spans.iter().enumerate().filter(|(_, s)| s.kind == "strengths") {
            let items = letter_body::items(doc, &spans, at, draft);
            body::add_strengths(draft, items, "jtai.strengths");
        }
        if draft.record.strengths.is_empty() {
            draft.absent("/strengths", Status::NotStated);
        }
        mentions::find(doc, draft);
        let newer =
            draft.record.sections.iter().any(|s| matches!(s.kind.as_str(), "headline-findings" | "findings"));
        draft.record.format.edition = if newer { "2022" } else { "2016" }.into();
    }
}

/// `when = "This inspection took place from" date-ranges / "Between" date-ranges "," … "undertook a joint inspection"`
fn inspection_dates(block: &Block) -> Option<(crate::grammar::DateRanges, crate::record::Evidence)> {
    const WHEN: &[&str] = &["took place", "undertook", "carried out", "conducted"];
    let said = |s: &&str| WHEN.iter().any(|p| contains_label(s, p));
    let hit = sentences(block.text.as_str()).filter(said).find_map(find_date_ranges)?;
    Some((hit.value, block.text.evidence(hit.slice, "jtai.dates")))
}

/// Provider and theme, from the subject and the first sentence.
fn subject(doc: &Outline, draft: &mut Draft, line: Option<&Text>, intro: Range<usize>) {
    let read = line.and_then(|t| Some((t, theme_and_area(t.as_str())?)));
    let area = read.map(|(t, (_, area))| Found::new(area.to_owned(), t.evidence(area, "jtai.subject")));
    let in_subject = read.and_then(|(t, (theme, _))| {
        let mut theme = t.slice(t.range_of(theme?));
        let mut said = texts(doc, intro.clone()).filter_map(|b| {
            let said = sentences(b.text.as_str()).find_map(deep_dive)?;
            Some(b.text.slice(b.text.range_of(said)))
        });
        if theme.as_str().ends_with("abuse and neglect")
            && let Some(deep) = said.next()
        {
            theme.push_text("; ", &deep);
        }
        Some(Found::new(theme.as_str().to_owned(), theme.evidence_all("jtai.subject")))
    });
    let sentence = texts(doc, intro).find_map(|b| {
        let read =
            sentences(b.text.as_str()).find_map(|s| response(s, area.as_ref().map(|a| a.value.as_str())))?;
        let found = |part: &str| Found::new(part.to_owned(), b.text.evidence(part, "jtai.first-sentence"));
        Some((found(read.0), read.1.map(found)))
    });
    let (in_sentence, area_in_sentence) = sentence.map_or((None, None), |(t, a)| (Some(t), a));
    visit::agree(draft, area.as_ref(), area_in_sentence.as_ref());
    provider::set(draft, area.or(area_in_sentence));
    let theme = in_subject.or(in_sentence);
    draft.record.inspection.theme = draft.take("/inspection/theme", theme, Status::NotStated);
}

/// `subject = "Joint targeted area inspection of" [theme "in"] ["the"] area`
///
/// "… of Wexcombe" → no theme, "Wexcombe"; "… of the multi-agency response to domestic abuse in Wexcombe"
fn theme_and_area(text: &str) -> Option<(Option<&str>, &str)> {
    let opens = SUBJECTS.iter().find_map(|p| find_label(text, p))?;
    let rest = text.tail(text.offset(opens) + opens.len()).trim();
    let rest = without_stop(rest);
    let themed = any_label(&["the multi-agency", "multi-agency", "services", "arrangements"])(rest).is_ok();
    let (theme, area) = match (themed, rest.rsplit_once(" in ")) {
        (true, Some((theme, area))) => (Some(theme.trim()), area),
        (true, None) => return None,
        (false, _) => (None, rest),
    };
    let area = any_label(&["the"])(area).map_or(area, |(r, _)| r).trim();
    (!area.is_empty()).then_some((theme, area))
}

/// What was looked at most closely, where the subject names the general theme of 2016 and 2017 ("abuse and neglect"): "This
/// inspection included a ‘deep dive’ focus on the response to children living with domestic abuse."
fn deep_dive(sentence: &str) -> Option<&str> {
    let named = find_label(sentence, "deep dive")?;
    let rest = sentence.tail(sentence.offset(named) + named.len());
    let focus = find_label(rest, "focus on").filter(|focus| rest.offset(focus) < 12)?;
    let said = without_stop(rest.tail(rest.offset(focus) + focus.len()).trim());
    (!said.is_empty()).then_some(said)
}

/// `response = "multi-agency response to" theme "in" area`: the theme with "the" before it, and the area if it is a
/// known one.
fn response<'a>(sentence: &'a str, area: Option<&str>) -> Option<(&'a str, Option<&'a str>)> {
    let found = ["the multi-agency response to", "multi-agency response to"]
        .iter()
        .find_map(|p| find_label(sentence, p))?;
    let from = sentence.offset(found);
    let said = without_stop(sentence.tail(from));
    let short = area.map(areas::short_name);
    let at_area = short.and_then(|name| {
        said.match_indices(" in ").find(|(at, _)| {
            let after = said.tail(at + 4).trim_start_matches("the ");
            contains_label(after.get(..after.len().min(name.len() + 30)).unwrap_or(after), name)
        })
    });
    let cut = at_area.map(|(at, _)| at).or_else(|| said.rfind(" in "))?;
    let place = said.tail(cut + 4).trim();
    let known = areas::resolve(areas::short_name(place), None).is_some();
    Some((said.head(cut).trim(), known.then_some(place)))
}

/// Records the inspectorates that took part besides Ofsted.
fn with(doc: &Outline, draft: &mut Draft, intro: Range<usize>) {
    for (code, names) in INSPECTORATES {
        if *code == "hmic" && draft.record.with.iter().any(|c| c == "hmicfrs") {
            continue;
        }
        let named = texts(doc, intro.clone())
            .find_map(|b| names.iter().find_map(|n| find_label(b.text.as_str(), n)).map(|hit| (b, hit)));
        if let Some((block, hit)) = named {
            let at = draft.record.with.len();
            draft.note(format!("/with/{at}"), block.text.evidence(hit, "jtai.with"));
            draft.record.with.push((*code).to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::letter;
    use insta::assert_snapshot;

    fn subject(text: &str) -> String {
        let (theme, area) = theme_and_area(text).unwrap();
        format!("{} | {area}", theme.unwrap_or("-"))
    }

    #[test]
    fn a_subject_has_the_area_and_until_2020_the_theme() {
        assert_snapshot!(subject("Joint targeted area inspection of the London Borough of Wexcombe"), @"- | London Borough of Wexcombe");
        assert_snapshot!(subject("Joint targeted area inspection of the multi-agency response to abuse in the family in Wexcombe"), @"the multi-agency response to abuse in the family | Wexcombe");
    }

    #[test]
    fn a_sentence_has_the_theme_from_2022() {
        let of =
            |s, area| response(s, area).map_or("-".into(), |(t, a)| format!("{t} | {}", a.unwrap_or("-")));
        assert_snapshot!(of("This letter summarises the findings of the joint targeted area inspection (JTAI) of the multi-agency response to need and risk in Leeds.", Some("Leeds")), @"the multi-agency response to need and risk | Leeds");
        assert_snapshot!(of("… of the multi-agency response to risk in Wexcombe borough Council for families who need help.", Some("Wexcombe")), @"the multi-agency response to risk | -");
        assert_snapshot!(of("This inspection took place from 3 to 7 May 2022.", None), @"-");
    }

    #[test]
    fn the_theme_of_2016_goes_deeper() {
        assert_eq!(
            deep_dive("This inspection included a ‘deep dive’ focus on the response to neglect."),
            Some("the response to neglect")
        );
        assert_eq!(deep_dive("A deep dive was carried out by the board; it had a focus on neglect."), None);
    }

    #[test]
    fn numbered_findings_go_on_behind_a_boxed_example() {
        let text = "9 March 2023\n\nAnn Lee, Director of Children’s Services, Wexcombe Council\n\nDear Wexcombe Local Safeguarding Partnership\n\nJoint targeted area inspection of Wexcombe\n\nThis letter summarises the findings of the joint targeted area inspection (JTAI) of the multi-agency response to need and risk in Wexcombe.\n\nThis inspection took place from 6 to 10 February 2023. It was carried out by inspectors from Ofsted and the Care Quality Commission (CQC).\n\nMain findings\n\n1. Agencies meet.\n\n2. They share what they know.\n\nPractice study: highly effective practice\n\nA child was heard.\n\n3. Minutes come in time.\n\nNext steps\n\nSend the statement by 6 July 2023.\n\nYours sincerely\n\nAl Roe\nNational Director, Ofsted\n";
        let shown = letter(&Jtai, text);
        let sections = shown.lines().find(|l| l.starts_with("sections")).unwrap_or("");
        assert_snapshot!(sections, @"sections 1 - (about-inspection) / 1 Main findings (findings) / 2 Practice study: highly effective practice (other) / 2 - (findings) / 1 Next steps (next-steps)");
    }

    #[test]
    fn a_letter_of_2018() {
        let text = "9 March 2018\n\nAnn Lee, Director of Children’s Services, Wexcombe Council\nJo Kay, Chief Constable of Weald Police\n\nDear local partnership\n\nJoint targeted area inspection of the multi-agency response to neglect in Wexcombe\n\nBetween 15 and 19 January 2018, Ofsted, the Care Quality Commission (CQC), HMI Constabulary (HMIC) and HMI Probation undertook a joint inspection of the multi-agency response to neglect in Wexcombe.\n\nKey Strengths\n\n• Agencies meet.\n\nCase study: effective practice\n\nA child was heard.\n\nAreas for improvement\n\n• Minutes come late.\n\nNext steps\n\nSend the statement by 29 June 2018.\n\nYours sincerely\n\nOfsted\nAl Roe\nNational Director\nHMI Probation\nDi Marsh\nAssistant Chief Inspector\n";
        assert_snapshot!(letter(&Jtai, text), @r"
        edition 2016 with cqc hmic hmi-probation
        provider Wexcombe | Wexcombe
        letter 2018-03-09 to Ann Lee, Director of Children’s Services, Wexcombe Council / Jo Kay, Chief Constable, Weald Police
        dear local partnership | Joint targeted area inspection of the multi-agency response to neglect in Wexcombe
        visits 2018-01-15..2018-01-19 | theme the multi-agency response to neglect
        inspectors 
        improve Minutes come late.
        strengths Agencies meet.
        sections 1 - (about-inspection) / 1 Key Strengths (strengths) / 2 Case study: effective practice (other) / 1 Areas for improvement (improvements) / 1 Next steps (next-steps)
        signed Al Roe, National Director, Ofsted / Di Marsh, Assistant Chief Inspector, HMI Probation
        ");
    }
}
