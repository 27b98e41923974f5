//! The frame of a letter: the recipients and the signatories.

use super::sections::holds_postcode;
use super::words::{beginning, ending};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::grammar::ends_open;
use crate::grammar::label::{any_label, contains_label};
use crate::outline::Block;
use crate::record::{Part, SectionBlock};
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "salutation-no-recipient",
        why: "A letter greets one of its recipients, or the partnership it is about",
        held: (120, 120),
        run: salutation,
    },
    Check {
        name: "signatory-no-inspector",
        why: "The letter about a visit is signed by an inspector named in its opening sentences",
        held: (120, 120),
        run: signatories,
    },
    Check {
        name: "signatories-not-alike",
        why: "If several people sign a letter, all have a role or none has; in the 2016 edition also an organisation",
        held: (17, 17),
        run: signatories_alike,
    },
    Check {
        name: "inspectorate-left-out",
        why: "An inspectorate on whose behalf a joint letter is signed took part in the inspection",
        held: (15, 15),
        run: inspectorates,
    },
    Check {
        name: "recipients-alike",
        why: "Each recipient appears once, on a line of their own",
        held: (137, 137),
        run: recipients,
    },
    Check {
        name: "subject-no-subject",
        why: "A subject is one phrase that begins with the type of inspection and names the area",
        held: (137, 137),
        run: subject,
    },
    Check {
        name: "salutation-below-body",
        why: "The greeting comes before the body of the letter",
        held: (136, 136),
        run: greeting,
    },
    Check {
        name: "theme-no-theme",
        why: "The theme of a visit is one sentence, plus the list that it introduces",
        held: (126, 126),
        run: theme,
    },
];

/// Words in salutations to a group rather than a person.
const BODIES: &[&str] = &["partnership", "partners", "colleagues", "all", "leaders", "Sir", "Madam", "board"];

/// Titles before names.
const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Dr", "Professor", "Dame"];

fn salutation(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let Some(said) = letter.salutation.as_deref() else { return };
    if BODIES.iter().any(|b| contains_label(said, b)) {
        return;
    }
    let names: Vec<&str> = letter.recipients.iter().filter_map(|r| r.name.as_deref()).collect();
    let Some(greeted) = last_word(said).filter(|_| !names.is_empty()) else { return };
    let is_theirs = |name: &&str| words(name).any(|w| same(w, greeted));
    // If it contains the name and more, only the greeting is wrong.
    let within = names.iter().filter_map(|n| last_word(n)).any(|n| words(said).any(|w| same(w, n)));
    // The same if it is a title without a name.
    let short = words(said).all(|w| TITLES.contains(&w));
    let places: &[&str] =
        if within || short { &["/letter/salutation"] } else { &["/letter/salutation", "/letter/recipients"] };
    verdict.that(names.iter().any(is_theirs), places, || {
        format!("the letter greets “{said}” and is addressed to {}", names.join(", "))
    });
}

fn signatories(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    if !matches!(f.record.inspection.kind.as_str(), "focused-visit" | "monitoring-visit") {
        return;
    }
    let inspectors: Vec<&str> = f.record.inspectors.iter().filter_map(|i| i.name.as_deref()).collect();
    if inspectors.is_empty() {
        return;
    }
    for (at, name) in letter.signatories.iter().enumerate() {
        let Some(name) = name.name.as_deref() else { continue };
        let known = inspectors.iter().any(|i| same(i, name));
        verdict.that(known, &[&format!("/letter/signatories/{at}"), "/inspectors"], || {
            format!("“{name}” signs the letter; the inspectors that it names are {}", inspectors.join(", "))
        });
    }
}

fn signatories_alike(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = f.record.letter.as_ref().filter(|l| l.signatories.len() > 2) else { return };
    // Later letters give the inspectorate once for two signatories.
    let early = f.record.format.edition == "2016";
    for (at, one) in letter.signatories.iter().enumerate() {
        let others = || letter.signatories.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, s)| s);
        let role = one.role.is_some() || !others().all(|s| s.role.is_some());
        let body = !early || one.organisation.is_some() || !others().all(|s| s.organisation.is_some());
        verdict.that(role && body, &[&format!("/letter/signatories/{at}")], || {
            "the others who sign have a role and an organisation".to_owned()
        });
    }
}

/// Names of inspectorates in signatures, and their codes.
const INSPECTORATES: &[(&str, &[&str])] = &[
    ("Care Quality Commission", &["cqc"]),
    ("CQC", &["cqc"]),
    ("HMI Constabulary", &["hmic", "hmicfrs"]),
    ("HMICFRS", &["hmicfrs"]),
    ("HMI Probation", &["hmi-probation"]),
];

fn inspectorates(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let bodies = letter.signatories.iter().filter_map(|s| s.organisation.as_deref());
    for body in bodies {
        let Some((_, codes)) = INSPECTORATES.iter().find(|(name, _)| contains_label(body, name)) else {
            continue;
        };
        let took_part = f.record.with.iter().any(|w| codes.contains(&w.as_str()));
        verdict.that(took_part, &["/with"], || format!("“{body}” signs, and is not said to have inspected"));
    }
}

fn recipients(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let mut seen: Vec<&str> = Vec::new();
    for (at, name) in letter.recipients.iter().enumerate() {
        let Some(name) = name.name.as_deref() else { continue };
        verdict.that(!seen.contains(&name), &[&format!("/letter/recipients/{at}")], || {
            format!("“{name}” is addressed twice")
        });
        seen.push(name);
    }
}

/// If the greeting comes later, the address and whatever was read from the text above it are wrong.
fn greeting(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let said = letter.salutation.as_deref().unwrap_or_default();
    let greets = |b: &Block| {
        b.words < 8 && b.text.as_str().strip_prefix("Dear ").is_some_and(|rest| rest.starts_with(said))
    };
    let Some(at) = f.doc.blocks.iter().position(greets) else { return };
    let body = f.parts.iter().position(|p| *p == Part::Section).unwrap_or(f.parts.len());
    const FIELDS: &[&str] = &["/sections", "/improvements", "/strengths", "/inspection/theme", "/mentions"];
    verdict.that(at < body, FIELDS, || format!("“Dear {said}” is read after the letter has begun"));
}

/// How subjects begin.
const SUBJECTS: &[&str] =
    &["Focused visit", "Monitoring visit", "Joint targeted area inspection", "Joint area", "Inspection of"];

fn subject(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(said) = f.record.letter.as_ref().and_then(|l| l.subject.as_deref()) else { return };
    let begins = any_label(SUBJECTS)(said).is_ok();
    let printed = f.record.provider.printed.as_deref();
    let named = printed.is_some_and(|name| says_whole(said, name));
    let whole = !holds_sentence_end(said) && !ends_open(said, &["to", "for"]);
    // Text that ran into the subject is missing from the body.
    let places: &[&str] = if whole { &["/letter/subject"] } else { &["/letter/subject", "/sections"] };
    verdict.that(begins && named && whole, places, || {
        format!("“{}” is more or less than a subject", beginning(said))
    });
}

fn theme(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(theme) = f.record.inspection.theme.as_deref() else { return };
    // A list that the following sentence introduces is part of it: "… . This visit focused on: …".
    let announced = theme.contains(": ");
    let ended = if announced { !says_more(theme) } else { !holds_sentence_end(theme) };
    let whole = ended && !theme.ends_with(':') && !ends_open(theme, &["to", "for"]) && !breaks_off(f, theme);
    verdict
        .that(whole, &["/inspection/theme"], || format!("“…{}” goes on after its sentence", ending(theme)));
    if let Some((pointer, text)) = begun_in(f, theme) {
        let stops = text.ends_with(['.', ':', ';']);
        verdict.that(stops, &["/inspection/theme", &pointer], || {
            format!("“…{}” does not end its sentence, and the theme goes on", ending(text))
        });
    }
    verdict
        .that(!holds_postcode(theme), &["/inspection/theme"], || "a postcode stands in the theme".to_owned());
}

/// The paragraph in which a theme begins, if it goes on in the next.
fn begun_in<'a>(f: &Finished<'a>, theme: &str) -> Option<(String, &'a str)> {
    let start = theme.match_indices(' ').nth(3).map_or(theme, |(at, _)| theme.head(at));
    let blocks = f.record.sections.iter().enumerate().flat_map(|(s, section)| {
        section.blocks.iter().enumerate().filter_map(move |(b, block)| {
            let SectionBlock::Paragraph { text, .. } = block else { return None };
            Some((format!("/sections/{s}/blocks/{b}"), text.as_str()))
        })
    });
    let mut begun = blocks.filter(|(_, text)| text.contains(start)).peekable();
    let first = begun.peek().cloned();
    first.filter(|_| begun.all(|(_, text)| !text.contains(theme)))
}

/// Whether a text is the end of a paragraph that stops at the margin without a full stop.
fn breaks_off(f: &Finished<'_>, text: &str) -> bool {
    let ends = |b: &Block| b.full_last_line && b.text.as_str().ends_with(text);
    f.doc.kind == LayerKind::Native
        && !text.ends_with(['.', ')', '\u{2019}'])
        && f.doc.blocks.iter().any(ends)
}

/// Whether a text contains a name as whole words.
fn says_whole(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let free = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        free(text.head(at).chars().next_back()) && free(text.tail(at + name.len()).chars().next())
    })
}

/// Whether the text after the colon contains a sentence about how the visit was made.
fn says_more(theme: &str) -> bool {
    [". This visit was", ". Inspectors ", ". They also "].iter().any(|begin| theme.contains(begin))
}

/// Whether a text contains a second sentence.
fn holds_sentence_end(text: &str) -> bool {
    // These begin sentences, so in mid-sentence they mean that lines were mixed up.
    const BEGIN: &[&str] = &["This", "Inspectors", "The", "These", "It", "Specifically"];
    let mut pairs = text.split(' ').zip(text.split(' ').skip(1));
    let runs_on = |word: &str| word.ends_with(|c: char| c.is_lowercase() || matches!(c, '\u{2019}' | ','));
    if pairs.any(|(a, b)| BEGIN.contains(&b) && runs_on(a)) {
        return true;
    }
    let stops = text.match_indices(". ").filter(|(at, _)| !text.head(*at).ends_with(char::is_uppercase));
    stops.into_iter().any(|(at, _)| {
        let word = text.head(at).rsplit(' ').next().unwrap_or_default();
        // "St. Helens" is a name.
        word != "St" && text.tail(at + 2).starts_with(char::is_uppercase)
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn last_word(text: &str) -> Option<&str> {
    words(text).last()
}

/// Whether two names are the same apart from case and apostrophes.
fn same(a: &str, b: &str) -> bool {
    let plain =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    plain(a) == plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Letter, Recipient, Section, sample};

    #[test]
    fn a_theme_goes_on_below_a_paragraph_only_where_that_announces_it() {
        let doubted = |theme: &str, paragraph: &str| {
            let mut record = sample();
            record.inspection.theme = Some(theme.into());
            let blocks = vec![SectionBlock::Paragraph { text: paragraph.into(), number: None }];
            record.sections = vec![Section { blocks, ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            let doubts = run(&finished, CHECKS.iter().filter(|c| c.name == "theme-no-theme"));
            doubts.into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        let theme = "the help that young carers get: at home";
        assert_eq!(doubted(theme, "We saw the help that young carers get:"), "");
        assert_eq!(doubted(theme, "We saw the help that young carers get: at home and at school."), "");
        assert_eq!(
            doubted(theme, "We saw the help that young carers Ofsted"),
            "/inspection/theme /sections/0/blocks/0"
        );
        assert_eq!(doubted("the help ZZ1 4QX for carers", ""), "/inspection/theme");
    }

    #[test]
    fn a_subject_in_which_no_area_was_read_is_cut_off() {
        let doubted = |area: Option<&str>| {
            let mut record = sample();
            record.provider.printed = area.map(str::to_owned);
            let subject = Some("Focused visit to Ashmoor children’s services".into());
            record.letter = Some(Letter { subject, ..Letter::default() });
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "subject-no-subject")).len()
        };
        assert_eq!(doubted(Some("Ashmoor")), 0);
        assert_eq!((doubted(Some("Wexcombe")), doubted(None)), (1, 1));
    }

    #[test]
    fn a_greeting_that_lost_its_name_says_nothing_of_the_recipients() {
        let doubted = |said: &str| {
            let mut record = sample();
            let recipient = Recipient { name: Some("Ann Lee".into()), ..Recipient::default() };
            let salutation = Some(said.into());
            record.letter = Some(Letter { salutation, recipients: vec![recipient], ..Letter::default() });
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            let doubts = run(&finished, CHECKS.iter().filter(|c| c.name == "salutation-no-recipient"));
            doubts.into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(doubted("Ms Lee"), "");
        assert_eq!(doubted("Ms"), "/letter/salutation");
        assert_eq!(doubted("Ms Hill"), "/letter/salutation /letter/recipients");
    }
}
