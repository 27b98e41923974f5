//! Whether a sentence mentions an inspection, and of what type; `at` decides between several.

mod at;

use std::sync::LazyLock;

use memchr::memmem::{self, Finder};
use nom::Offset;

pub use self::at::{kind_at, undated_beside};
use super::dates;
use super::judged;
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label};

/// Inspections by HMI Probation, the Care Quality Commission and HMI Constabulary, of what these inspect: of type "other",
/// like peer reviews, but never merged with them.
pub const OTHER_INSPECTORATES: &str = "other inspectorates";

/// Names of reviews by other authorities.
const PEERS: &[&str] = &["peer review", "peer challenge", "peer evaluation"];

/// Names of reviews by others whom the authority asked.
pub const EXTERNAL: &[&str] = &[
    "independent review",
    "external review",
    "diagnostic review",
    "lga review",
    "local government association review",
    "association (lga) review",
];

/// Names of the types.
const KINDS: &[(&[&str], &str)] = &[
    (&["monitoring visit"], "monitoring-visit"),
    (&["focused visit", "focussed visit", "focus visit", "focused assurance visit"], "focused-visit"),
    (
        &[
            "joint targeted area inspection",
            "jtai",
            "joint targeted inspection",
            "joint area inspection",
            "joint inspection",
        ],
        "joint",
    ),
    (
        &[
            "send inspection",
            "(send) inspection",
            "send) inspection",
            "inspection of the local area’s send",
            "inspection of the area’s send",
            "inspection of send",
            "disabilities inspection",
            "send revisit",
            "inspected under the joint area send framework",
            "inspected under the area send framework",
        ],
        "area-send",
    ),
    (&["thematic inspection", "thematic programme"], "thematic"),
    (
        &[
            "inspection of the home",
            "judged the home",
            "rated the home",
            "homes was judged",
            "homes was rated",
            "homes was inspected",
            "inspection of the children’s home",
        ],
        "children-home",
    ),
    (PEERS, "other"),
    (EXTERNAL, "other"),
    (
        &[
            "review of health services for",
            "youth justice inspection",
            "inspection of youth justice",
            "inspection of youth offending",
            "hmi probation",
            "inspectorate of probation",
            "youth justice service was",
            "youth offending service was",
            "care quality commission inspected",
            "cqc inspected",
            "cqc inspection",
            "cqc) inspection",
            "cqc’s inspection",
            "cqc’s previous inspection",
            "cqc’s last inspection",
            "care quality commission inspection",
            "care quality commission’s inspection",
            "inspection by the care quality commission",
            "inspection by the cqc",
            "inspection by cqc",
            "hmic inspection",
            "hmic’s inspection",
            "inspection by hmic",
            "hmicfrs inspection",
            "hmicfrs’s inspection",
            "inspection by hmicfrs",
            "hmic inspected",
            "hmicfrs inspected",
            "inspected by hmic",
            "inspected by the care quality commission",
            "inspected by the cqc",
            "inspectors from the care quality commission",
            "inspectors from the cqc",
            "care quality commission’s review of health",
            "inspectorate of constabulary",
            "inspection of the police",
            "inspection of police",
        ],
        OTHER_INSPECTORATES,
    ),
    (
        &[
            "inspect",
            "re-inspect",
            "ilacs",
            "ofsted judgement",
            "ofsted’s judgement",
            "ofsted judged",
            "ofsted found",
            "ofsted rated",
            "ofsted graded",
            "inspectors returned",
            "inspectors came",
            "inspectors who came",
            "ofsted returned",
            " sif",
        ],
        "inspection",
    ),
    (
        &[
            "last visit",
            "previous visit",
            "earlier visit",
            "previously visited",
            "ofsted visited",
            "we visited",
            "we last visited",
            "inspectors visited",
            "inspectors who visited",
            "inspectors last visited",
            "inspectors first visited",
            "ofsted visit",
            "visit by ofsted",
            "visit by inspectors",
            "ofsted’s visit",
            "assurance visit",
        ],
        "visit",
    ),
];

/// Stems of those names. Nearly all sentences contain none of them.
const STEMS: &[&str] = &[
    "inspect",
    "visit",
    "jtai",
    "ilacs",
    "peer ",
    "independent review",
    "external review",
    "diagnostic review",
    "lga",
    "association review",
    "home",
    "thematic",
    "review of health",
    "ofsted",
    "probation",
    "constabulary",
    "hmic",
    "youth ",
    "cqc",
    " sif",
];

/// Stems of verbs that imply an inspection without naming it.
const JUDGED: &[&str] = &["judge", "rated", "graded"];

/// Types that count as events only if dated.
const DATED: &[&str] = &["other", OTHER_INSPECTORATES, "visit"];

/// Phrases that are searched for in every block or sentence, with their searchers prepared once.
struct Phrases(Vec<Finder<'static>>);

impl Phrases {
    fn new(phrases: &[&'static str]) -> Phrases {
        Phrases(phrases.iter().map(|phrase| Finder::new(*phrase)).collect())
    }

    /// Whether a text contains one of them (case matters).
    fn any_in(&self, text: &str) -> bool {
        self.0.iter().any(|phrase| match phrase.needle().ends_with(b"review") {
            true => {
                let mut ends = phrase.find_iter(text.as_bytes()).map(|at| at + phrase.needle().len());
                ends.any(|end| !is_reviewing(phrase.needle(), text, end))
            }
            false => phrase.find(text.as_bytes()).is_some(),
        })
    }
}

/// "independent reviewing officers" are no review.
fn is_reviewing(name: &[u8], text: &str, end: usize) -> bool {
    name.ends_with(b"review") && text.get(end..).is_some_and(|rest| rest.starts_with("ing"))
}

static HAS_STEM: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(STEMS));
static HAS_JUDGED: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(JUDGED));
static HAS_HOME: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(&["home", "unit"]));
static HAS_NAME: LazyLock<Vec<(Phrases, &str)>> =
    LazyLock::new(|| KINDS.iter().map(|(names, code)| (Phrases::new(names), *code)).collect());

/// Whether a text could mention an inspection at all: a quick check before [`kind`].
pub fn may_tell(text: &str) -> bool {
    let lower = text.to_lowercase();
    HAS_STEM.any_in(&lower) || HAS_JUDGED.any_in(&lower) || may_date_grade(text)
}

/// Whether a text has both a year and a grade: "services were inadequate in 2018". Hardly any has.
fn may_date_grade(text: &str) -> bool {
    static GRADES: LazyLock<Phrases> =
        LazyLock::new(|| Phrases::new(&["adequate", "good", "outstanding", "improvement"]));
    let year = |at: usize| text.as_bytes().get(at..at + 4).is_some_and(|y| y.iter().all(u8::is_ascii_digit));
    memmem::find_iter(text.as_bytes(), "20").any(year) && GRADES.any_in(text)
}

/// The type of inspection that a sentence mentions, if any.
pub fn kind(sentence: &str, dated: bool) -> Option<&'static str> {
    let lower = sentence.to_lowercase();
    let may_name = HAS_STEM.any_in(&lower);
    let named = HAS_NAME
        .iter()
        .filter(|(_, code)| {
            may_name
                && (dated
                    || !DATED.contains(code)
                    || *code == "visit" && by_inspectors(&lower)
                    || *code == "other" && is_certain(&lower)
                    || *code == OTHER_INSPECTORATES)
        })
        .filter(|(names, _)| names.any_in(&lower))
        .filter(|(_, code)| *code != "other" || !is_of_child(&lower))
        .find(|(_, code)| *code != "inspection" || is_inspection(sentence));
    match named {
        Some((_, "inspection")) if is_of_home(sentence, &lower) => Some("children-home"),
        Some((_, code)) => Some(code),
        None if dated && is_of_home(sentence, &lower) => Some("children-home"),
        // "In 2010, the service was judged to be adequate."; "have moved from inadequate in 2018 to good in 2021"
        None if judged::is_aftermath(sentence) => Some("inspection"),
        None => (dated && (may_date_grade(sentence) || inspectors_found(sentence)) || was_judged(sentence))
            .then_some("inspection"),
    }
}

/// Whether what is reviewed is a child's case, and not a service: "the independent review of her plan".
fn is_of_child(lower: &str) -> bool {
    const CASES: &[&str] = &["placement", "placements", "plan", "plans", "case", "cases", "his", "her"];
    let reviewed =
        EXTERNAL.iter().find_map(|name| lower.find(&format!("{name} of ")).map(|at| at + name.len()));
    let near = |at: usize| lower.tail(at).split_whitespace().take(5);
    reviewed.is_some_and(|at| {
        near(at).any(|word| CASES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric())))
    })
}

/// Whether a peer review without a date is one that took place: "a recent external peer review". "A peer review" alone may be
/// planned, or any.
fn is_certain(lower: &str) -> bool {
    const HELD: &[&str] = &["recent", "last", "previous", "latest", "earlier", "follow-up", "subsequent"];
    const NEAR: usize = 6;
    PEERS.iter().filter_map(|name| lower.find(name)).any(|at| {
        let near = lower.head(at).split_whitespace().rev().take(NEAR);
        // Another noun phrase ends the search.
        let ends = |w: &&str| w.ends_with([',', ';', ':', '.']) || matches!(*w, "a" | "the" | "of" | "in");
        near.take_while(|w| !ends(w)).any(|w| HELD.contains(&w))
    })
}

/// "At the last visit, inspectors found": a visit by inspectors, not by a social worker.
fn by_inspectors(lower: &str) -> bool {
    ["inspectors", "ofsted"].iter().any(|who| lower.contains(who))
}

/// "Inspectors found in March 2019 and again in May 2021"; "In November 2023 inspectors saw"
fn inspectors_found(sentence: &str) -> bool {
    let words = || sentence.split_whitespace().map(|word| word.trim_matches(','));
    let inspects = |word: &str| ["inspectors", "ofsted"].iter().any(|who| who.eq_ignore_ascii_case(word));
    words().zip(words().skip(1)).any(|(who, verb)| inspects(who) && dates::is_finding(verb))
}

/// Whether a home is what was inspected: "the children’s home had been judged as inadequate in"; "the council-run children’s
/// home received". `lower` is the sentence in small letters.
fn is_of_home(sentence: &str, lower: &str) -> bool {
    const HOMES: &[&str] = &[
        "children's home",
        "residential home",
        "secure home",
        "short-break home",
        "short break home",
        "secure unit",
        "the home",
    ];
    const GRADED: &[&str] = &[
        "was judged",
        "was rated",
        "was graded",
        "was found to be",
        "was inspected",
        "was last inspected",
        "was re-inspected",
        "had been judged",
        "had been rated",
        "is judged",
        "is rated",
        "received",
        "inspected in",
        "inspected on",
        "last inspected",
        "judged",
        "rated",
        "graded",
    ];
    if !HAS_HOME.any_in(lower) {
        return false; // nearly all sentences
    }
    let home = HOMES.iter().find_map(|name| find_label(sentence, name));
    // "the children’s home, inspected in May, was good"
    let said =
        home.map(|home| sentence.tail(sentence.offset(home) + home.len()).trim_start_matches([',', ' ']));
    said.is_some_and(|said| any_label(GRADED)(said).is_ok())
}

/// Whether Ofsted judged something, as opposed to an audit of cases: "the service was judged"; "services were first judged";
/// "was rated good"; "since the inadequate judgement".
fn was_judged(sentence: &str) -> bool {
    const BE: &[&str] = &["was", "were", "being", "been"];
    const OTHERS: &[&str] = &[
        "cases",
        "case files",
        "audit",
        "audits",
        "audited",
        "schools",
        "placements",
        "per cent",
        "assessments",
    ];
    const NOUNS: &[&str] = &[
        "previous judgement",
        "last judgement",
        "inadequate judgement",
        "good judgement",
        "outstanding judgement",
        "judgement of",
        "judgements of",
    ];
    if !HAS_JUDGED.any_in(sentence) {
        return false; // nearly all sentences
    }
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_grade = |w: &str| !judged::places(w).is_empty();
    let graded = |at: usize| words.tail(at + 1).iter().take(4).any(|w| is_grade(w));
    let judged = (1..words.len()).any(|at| {
        let verb = words[at].trim_end_matches(',');
        let been =
            words.part(at.saturating_sub(3)..at).iter().any(|w| BE.contains(&w.to_lowercase().as_str()));
        // "services for children in care, judged to be good in 2018"; "care leavers, judged inadequate in 2022"
        let aside = words[at - 1].ends_with(',')
            && words.get(at + 1).is_some_and(|w| matches!(*w, "to" | "as") || is_grade(w));
        // "became an authority judged to be inadequate"
        let noun = matches!(words[at - 1], "authority" | "council" | "service" | "services");
        verb == "judged" && (been || aside || noun && graded(at))
            || matches!(verb, "rated" | "graded") && been && graded(at)
    });
    (judged || NOUNS.iter().any(|n| contains_label(sentence, n)))
        && !sentence.contains('%')
        && !OTHERS.iter().any(|o| contains_label(sentence, o))
}

/// Whether a sentence speaks of an inspection, rather than of "the Inspectorate", or of what inspectors judged.
pub fn is_inspection(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "inspection",
        "inspections",
        "inspected",
        "re-inspection",
        "re-inspected",
        "ILACS",
        "Ofsted judgement",
        "Ofsted’s judgement",
        "inspectors judged",
        "Ofsted judged",
        "Ofsted found",
        "Ofsted rated",
        "Ofsted graded",
        "SIF",
        "inspectors returned",
        "inspectors came",
        "inspectors who came",
        "Ofsted returned",
    ];
    WORDS.iter().any(|w| contains_label(sentence, w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_a_type_has_a_stem() {
        for name in KINDS.iter().flat_map(|(names, _)| *names) {
            assert!(STEMS.iter().any(|stem| name.contains(stem)), "{name}");
        }
    }
}
