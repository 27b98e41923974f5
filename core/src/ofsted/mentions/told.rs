//! What the sentences of a block say about earlier inspections.

mod earlier;

use crate::cut::Cut;
use nom::Offset;
use std::ops::Range;

use self::earlier::{speaks_of_earlier, visits_since};
use super::dates::{self, When};
use super::homes::{each_agency, homes, of_agency};
use super::judged::{self, Judged};
use super::kinds::{OTHER_INSPECTORATES, is_inspection, kind, kind_at, may_tell, undated_beside};
use super::places;
use super::subjects;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::sentence::sentences;

/// What a text says about an earlier inspection.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Code of its type.
    pub kind: &'static str,
    /// Its date, if one is printed.
    pub when: Option<When>,
    /// The grades that it gave.
    pub judgements: Vec<Judged>,
    /// What was inspected: the area of a grade that names none.
    pub subject: &'static str,
    /// Who was inspected, if not the report's own provider.
    pub provider: Option<String>,
    /// The sentences that mention it.
    pub text: Range<usize>,
    /// Whether the text itself says that it was before this inspection.
    pub earlier: bool,
    /// Whether a list of its judgements follows.
    pub announces: bool,
    /// The index of its block.
    pub block: usize,
    /// The index of the last block in the list of its judgements, or of its own block if there is no list.
    pub list_to: usize,
    /// Its place in the order of mentions.
    pub order: usize,
    /// Another date that the document seems to give for it.
    pub also_dated: Option<String>,
}

impl Told {
    /// An earlier inspection about which nothing else is known yet.
    pub fn of(kind: &'static str, when: Option<When>) -> Told {
        Told {
            kind,
            when,
            judgements: Vec::new(),
            subject: "overall-effectiveness",
            provider: None,
            text: 0..0,
            earlier: true,
            announces: false,
            block: 0,
            list_to: 0,
            order: 0,
            also_dated: None,
        }
    }
}

/// The earlier inspections in a block's sentences; never this one.
pub fn told(text: &str) -> Vec<Told> {
    if !may_tell(text) {
        return Vec::new(); // nearly all blocks
    }
    let (mut out, of_homes) = homes(text).unwrap_or_default();
    let all: Vec<&str> = sentences(text).collect();
    for (n, sentence) in all.iter().enumerate().filter(|(_, s)| !of_homes.contains(&text.offset(s))) {
        let before = n.checked_sub(1).map_or("", |before| all[before]);
        let one = one_of_these(text, sentence, before);
        let taken = one.as_ref().and_then(|one| one.when.as_ref()).map(|when| when.at);
        out.extend(one);
        // Few sentences name an inspection; only those are searched for dates.
        let Some(if_dated) = kind(sentence, true) else { continue };
        let mut dates = dates::of_inspections(sentence);
        if taken.is_some() {
            dates.retain(|when| Some(when.at) != taken);
            if dates.is_empty() {
                continue;
            }
        }
        let earlier = speaks_of_earlier(sentence) || judged::is_aftermath(sentence);
        let kind = if dates.is_empty() { kind(sentence, false) } else { Some(if_dated) };
        let Some(kind) = kind else { continue };
        // Undated peer reviews count only if they are certain.
        let published = dates.iter().any(|when| when.published);
        let earlier =
            earlier || published || dates.is_empty() && kind == "other" || visits_since(sentence, kind);
        // "the recently published HMICFRS inspection"
        let earlier = earlier
            || kind == OTHER_INSPECTORATES
                && ["recent", "recently"].iter().any(|w| contains_label(sentence, w));
        let provider = places::named_before(sentence, kind);
        if dates.is_empty() && !earlier && provider.is_none() {
            continue;
        }
        let more = all.tail(n + 1).iter().take_while(|next| goes_on(next)).count();
        let from = text.offset(sentence);
        let last = all[n + more];
        let to = text.offset(last) + last.len();
        let told = events(text, from..to, sentence, kind, &dates, earlier);
        let dated: Vec<&str> = told.iter().filter(|t| t.when.is_some()).map(|t| t.kind).collect();
        let beside = if dated.is_empty() { None } else { undated_beside(sentence, &dated) };
        let own = from..from + sentence.len();
        let beside = beside.map(|kind| Told { text: own.clone(), ..Told::of(kind, None) });
        let home = places::home(sentence).filter(|_| told.iter().all(|t| t.kind == "children-home"));
        let named = |t: Told| {
            let told = of_home(of_both(t, sentence, before), sentence, before);
            let told = of_agency(told, sentence);
            let provider = told.provider.clone().or_else(|| provider.or(home).map(str::to_owned));
            Told { provider, ..told }
        };
        let start = text.offset(if before.is_empty() { sentence } else { before });
        out.extend(told.into_iter().map(named).flat_map(|t| each_agency(t, sentence, before, start)));
        out.extend(beside);
    }
    out
}

/// An inspection that refers back to the previous sentence: "This is the second focused visit since the inspection. The
/// first, in September 2022, looked at the front door."
fn one_of_these(text: &str, sentence: &str, before: &str) -> Option<Told> {
    let when = dates::of_one(sentence)?;
    let kind = kind(before, true).filter(|_| dates::names_several(before))?;
    let judgements = match is_ungraded(kind) {
        true => Vec::new(),
        false => judged::judged(sentence, "overall-effectiveness", Some(&when.date)),
    };
    let text = text.offset(before)..text.offset(sentence) + sentence.len();
    Some(Told { judgements, text, ..Told::of(kind, Some(when)) })
}

/// "The trust operates a fostering agency and an adoption agency. Both were judged good": the grade is for each of the two,
/// not overall.
fn of_both(told: Told, sentence: &str, before: &str) -> Told {
    let [("overall-effectiveness", grade)] = told.judgements.as_slice() else { return told };
    if any_label(&["both", "each", "all of them"])(sentence).is_err() {
        return told;
    }
    let named = subjects::areas(before, told.when.as_ref().map(|w| w.date.as_str()));
    if named.is_empty() {
        return told;
    }
    Told { judgements: named.into_iter().map(|area| (area, *grade)).collect(), ..told }
}

/// "Of the six children’s homes, four are good. One was judged to be inadequate at its last inspection": the grade is for a
/// home, not for the authority.
fn of_home(told: Told, sentence: &str, before: &str) -> Told {
    const SOME: &[&str] = &["one", "two", "three", "four", "both", "the other", "another", "all"];
    let homes = || ["children's homes", "children's home"].iter().find_map(|w| find_label(before, w));
    let judged = any_label(SOME)(sentence)
        .is_ok_and(|(rest, _)| any_label(&["was", "were"])(rest.trim_start()).is_ok());
    match homes().filter(|_| judged && told.kind == "inspection") {
        Some(named) => Told { kind: "children-home", provider: Some(named.to_owned()), ..told },
        None => told,
    }
}

/// The inspections in a sentence. If there are several, the dates decide to which of them a grade belongs.
fn events(
    text: &str,
    range: Range<usize>,
    sentence: &str,
    kind: &'static str,
    dates: &[When],
    earlier: bool,
) -> Vec<Told> {
    let whole = text.get(range.clone()).unwrap_or(sentence);
    let statement = Statement { range, sentence, whole, kind, earlier };
    match dates {
        [] => vec![statement.event(None, sentence, whole)],
        [one] => vec![statement.event(Some(one), sentence, whole)],
        many => statement.several(many),
    }
}

/// A sentence that mentions inspections, together with the sentences after it that give their grades.
struct Statement<'a> {
    /// Its range in the block's text.
    range: Range<usize>,
    sentence: &'a str,
    /// The text of the range.
    whole: &'a str,
    kind: &'static str,
    earlier: bool,
}

impl Statement<'_> {
    /// The inspection at a date: `said` names its subject, `grades` contains its grades.
    fn event(&self, when: Option<&When>, said: &str, grades: &str) -> Told {
        let announces = self.whole.trim_end().ends_with(':');
        let date = when.map(|w| w.date.as_str());
        let subject = subjects::subject(inspected(said), date);
        let kind = kind_at(self.sentence, when, self.kind);
        let bracketed = when.and_then(|w| judged::in_brackets(self.sentence.get(w.at..)?));
        let judgements = match bracketed {
            _ if is_ungraded(kind) || of_other_service(self.sentence) => Vec::new(),
            Some(grade) => vec![(subject, grade)],
            None => subjects::for_each_of_two(judged::judged(grades, subject, date), inspected(said), date),
        };
        let text = if judgements.is_empty() && !announces {
            self.range.start..self.range.start + self.sentence.len()
        } else {
            self.range.clone()
        };
        let earlier = self.earlier;
        Told { judgements, subject, text, earlier, announces, ..Told::of(kind, when.cloned()) }
    }

    /// The inspections of several dates; each owns the words between its date and the next.
    fn several(&self, dates: &[When]) -> Vec<Told> {
        let sentence = self.sentence;
        let last = [0].into_iter().chain(dates.iter().map(|w| w.at));
        let apart = dates.iter().zip(last).enumerate().map(|(n, (when, last))| {
            // "; the fostering service was inspected in": only the last clause names the subject.
            let said = sentence.get(last..when.at).unwrap_or("").rsplit(';').next().unwrap_or("");
            let said = if last == 0 || said.contains("inspect") { said } else { "" };
            let told = self.event(Some(when), said, "");
            if is_ungraded(told.kind) || of_other_service(sentence) || !told.judgements.is_empty() {
                return told;
            }
            let given = judged::given(self.whole, told.subject, Some(&when.date));
            let own = given.into_iter().filter(|g| self.owner(g.at, dates) == n);
            let judgements = judged::distinct(own);
            let text = if judgements.is_empty() { told.text } else { self.range.clone() };
            Told { judgements, text, ..told }
        });
        let mut apart: Vec<Told> = apart.collect();
        // "inadequate in 2015, and again in 2018": the grade is printed once.
        for n in 1..apart.len() {
            if dates[n].listed && dates[n - 1].graded && apart[n].judgements.is_empty() {
                apart[n].judgements = apart[n - 1].judgements.clone();
            }
        }
        // "At the inspections in 2010 and 2011, the local authority was judged to be inadequate": both gave that grade.
        let listed = dates.windows(2).all(|w| w[1].at - w[0].at < 24);
        let graded =
            |w: &[When]| sentence.get(w[0].at..w[1].at).is_some_and(|b| !judged::places(b).is_empty());
        if !listed || dates.windows(2).any(graded) {
            return apart;
        }
        let shared = judged::judged(self.whole, subjects::subject(inspected(sentence), None), None);
        // "in 2012 and 2015 judged the authority to be adequate and to require improvement respectively"; "from inadequate to good
        // between the inspections of 2018 and 2022"
        let changed = match judged::places(self.whole).as_slice() {
            [then, now] => self.whole.get(then.end..now.start).is_some_and(|between| between.trim() == "to"),
            _ => false,
        };
        if changed || contains_label(self.whole, "respectively") {
            let grades = judged::all(self.whole);
            let area = shared.first().map_or("overall-effectiveness", |(area, _)| *area);
            let each = |(told, grade)| Told { judgements: vec![(area, grade)], ..told };
            return if grades.len() == apart.len() {
                apart.into_iter().zip(grades).map(each).collect()
            } else {
                apart
            };
        }
        apart.into_iter().map(|t| Told { judgements: shared.clone(), ..t }).collect()
    }

    /// The index of the date that a grade belongs to: the one after it ("judged inadequate in 2012"), else the last one
    /// before it.
    fn owner(&self, grade: usize, dates: &[When]) -> usize {
        let between = |w: &When| self.sentence.get(grade..w.at).unwrap_or("");
        let behind =
            dates.iter().position(|w| w.graded && w.at > grade && judged::places(between(w)).len() == 1);
        // "in 2015, but required improvement by the time of the 2021 inspection": the date in the grade's own clause.
        let last = dates.iter().rposition(|w| w.at < grade);
        let turns = |from: usize, to: usize| {
            let said = self.sentence.get(from..to).unwrap_or("");
            [", but ", " but ", "; ", " while ", " whereas "].iter().any(|turn| said.contains(turn))
        };
        let ahead = last.map_or(0, |l| l + 1);
        let own = || {
            let (before, next) = (dates.get(last?)?, dates.get(ahead)?);
            (turns(before.until, grade) && !turns(grade, next.at)).then_some(ahead)
        };
        behind.or_else(own).unwrap_or(last.unwrap_or(0))
    }
}

/// Whether inspections of a type give no grades: peer reviews, joint inspections and visits.
fn is_ungraded(kind: &str) -> bool {
    matches!(kind, "other" | OTHER_INSPECTORATES | "joint" | "area-send" | "thematic")
        || kind.ends_with("visit")
}

/// Whether Ofsted doesn't judge the inspected service: "an HMI Probation inspection of the youth justice service".
fn of_other_service(sentence: &str) -> bool {
    ["HMI Probation", "Inspectorate of Probation", "youth justice service", "youth offending service"]
        .iter()
        .any(|w| contains_label(sentence, w))
}

/// The words that say what was inspected.
///
/// "The previous inspection of the local authority’s services for looked after children was in"
fn inspected(sentence: &str) -> &str {
    let end = [
        "was judged",
        "were judged",
        "judged",
        "which found",
        "found",
        "when",
        "giving",
        "with an overall",
        "graded",
        "rated",
    ]
    .iter()
    .filter_map(|w| find_label(sentence, w))
    .map(|hit| sentence.offset(hit))
    .min();
    sentence.get(..end.unwrap_or(sentence.len())).unwrap_or(sentence)
}

/// Whether a sentence continues about the inspection in the previous one: it begins with who was judged and is in the past
/// tense, or it introduces a list of judgements.
fn goes_on(sentence: &str) -> bool {
    const WHO: &[&str] = &[
        "the local authority",
        "the authority",
        "the council",
        "the trust",
        "the overall",
        "overall",
        "children's services were",
        "the service",
        "the services",
        "services",
        "the arrangements",
        "these arrangements",
        "it",
        "they",
        "both",
        "all",
        "the judgements",
        "the judgement",
        "for looked after children",
        "the experiences",
    ];
    let back = any_label(&["at that time", "at that inspection", "that inspection"])(sentence).is_ok();
    // "The arrangements were judged to be inadequate, and still are in this inspection" names no other one; "are judged to
    // be good at this inspection" is of today.
    let said = sentence.replace("this inspection", "");
    let past = ["was", "were", "had been"].iter().any(|v| contains_label(sentence, v))
        || said == sentence && contains_label(sentence, "judged");
    let other = kind(&said, true).is_some_and(|_| is_inspection(&said) || !contains_label(&said, "judged"));
    let told = ["judged", "found", "quality", "judgement", "judgements", "graded"]
        .iter()
        .any(|v| contains_label(sentence, v));
    let who = any_label(WHO)(sentence).is_ok() || subjects::begins_with_area(sentence);
    // "had previously been judged inadequate in 2016" is a different one.
    let dated = || dates::of_inspections(sentence).iter().any(|when| when.graded);
    past && told && (back || !other && who && !dated())
}
