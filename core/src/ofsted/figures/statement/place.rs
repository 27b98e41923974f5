//! A number in its sentence, and the words around it.

use nom::Offset;

use super::super::coordination::{self, Listed, Own};
use super::super::measures::{self, Measure};
use super::super::numbers::{Number, Shape, ends_with, numbers};
use super::super::phrases::{clause, said_of, words};
use super::super::when;
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label};

/// A number in its sentence.
#[derive(Clone)]
pub(super) struct Place<'a> {
    pub number: Number,
    /// The sentence, and its offset in the block.
    pub sentence: &'a str,
    pub from: usize,
    /// The words since the previous number.
    pub before: &'a str,
    /// The words up to the next number.
    pub after: &'a str,
    /// The words that are its own in a list; else those up to the next number outside brackets.
    pub says: &'a str,
    /// The words before it that are its own in a list; else those since the previous number.
    pub head: &'a str,
    /// What the last number of its list says for this one too.
    pub shared: &'a str,
    /// Whether it continues a list.
    pub joined: bool,
    /// Whether the number after it continues the list.
    pub leads: bool,
    /// How many brackets it is in.
    pub depth: usize,
    pub next: Option<Number>,
    /// Whether it is the sentence's first number.
    pub first: bool,
    /// Where the sentence's first number begins.
    pub opens: usize,
}

impl<'a> Place<'a> {
    /// The place of one of a sentence's numbers; the sentence begins at `from` in its block.
    pub fn of(listed: &Listed<'a>, i: usize, from: usize) -> Place<'a> {
        let (all, sentence) = (&listed.all, listed.sentence);
        let number = all[i].clone();
        let start = i.checked_sub(1).and_then(|p| all.get(p)).map_or(0, |p| p.at.end);
        let end = all.get(i + 1).map_or(sentence.len(), |n| n.at.start);
        let before = sentence.get(start..number.at.start).unwrap_or("");
        let Own { head, tail } = listed.own(i);
        Place {
            sentence,
            from,
            before,
            after: sentence.get(number.at.end..end).unwrap_or(""),
            says: tail.unwrap_or_else(|| said_of(sentence, number.at.end, all.tail(i + 1))),
            head: head.unwrap_or(before),
            shared: if tail.is_some() { shared_predicate(listed, i) } else { "" },
            joined: head.is_some(),
            leads: tail.is_some(),
            depth: listed.depth(i),
            next: all.get(i + 1).cloned(),
            first: i == 0,
            opens: all.first().map_or(0, |n| n.at.start),
            number,
        }
    }

    /// Whether its own words are a date, before or after it, and nothing else.
    pub fn says_only_when(&self) -> bool {
        let (head, said) = (self.head.trim_matches([',', ' ']), clause(self.says));
        let said = said.trim_matches(['.', ',', ' ']);
        let is_time = |words: &str| words.is_empty() || when::is_only_time(words);
        is_time(head) && is_time(said) && !(head.is_empty() && said.is_empty())
    }

    /// What is said of it, without asides, and with what it shares with the last number of its list.
    pub fn told(&self) -> String {
        let own = match self.number.shape {
            // "9.1 adoptions per 10,000 children": what is counted is part of the number.
            Shape::Rate => {
                let counted = self.printed().trim_start_matches(|c: char| !c.is_alphabetic());
                format!("{counted}{}", clause(self.says))
            }
            _ => clause(self.says),
        };
        if self.shared.is_empty() { own } else { format!("{own} {}", clause(self.shared)) }
    }

    /// The number as printed.
    pub fn printed(&self) -> &'a str {
        self.sentence.get(self.number.at.clone()).unwrap_or("")
    }

    /// The clause of this number alone, from the previous number to the next joint: "and is expected to grow by a further 6%
    /// by 2021".
    pub fn own_clause(&self) -> &'a str {
        let start = self.number.at.start - self.before.len();
        let end = [" and ", ", ", ";"].iter().filter_map(|w| self.after.find(w)).min();
        let end = self.number.at.end + end.unwrap_or(self.after.len());
        self.sentence.get(start..end).unwrap_or(self.sentence)
    }

    /// The part of the sentence that it is in, if a contrast or a semicolon divides it.
    fn main_clause(&self) -> &'a str {
        const BREAKS: &[&str] = &["; ", " while ", " whereas "];
        let (before, after) = (self.sentence.head(self.number.at.start), self.rest());
        let start = BREAKS.iter().filter_map(|b| before.rfind(b).map(|at| at + b.len())).max();
        let end = BREAKS.iter().filter_map(|b| after.find(b)).min().unwrap_or(after.len());
        self.sentence.part(start.unwrap_or(0)..self.number.at.end + end)
    }

    /// The rest of the sentence.
    pub fn rest(&self) -> &'a str {
        self.sentence.get(self.number.at.end..).unwrap_or("")
    }
}

/// Things that are not children, although their names contain the words of a measure.
const OTHERS: &[&str] =
    &["these homes", "foster carers", "open cases", "local authorities", "adoption agencies"];

/// Words that make a count a part without a code: "ceased to be looked after as a result of child arrangement orders".
const SPECIAL: &[&str] = &[
    "as a result of",
    "returned to live",
    "excluding those",
    "residence orders",
    "child arrangement orders",
    "child arrangements orders",
    "were placed for adoption",
    "placed for adoption",
    "other local authorities",
    "by other authorities",
    "by other councils",
    "by other boroughs",
    "of the community",
];

/// "are placed within Greater Wexcombe": a wider area, for which there is no code.
pub(super) fn is_within(after: &str) -> bool {
    let place = find_label(after, "within").and_then(|hit| after.get(after.offset(hit) + hit.len()..));
    place.is_some_and(|p| p.trim_start().starts_with(char::is_uppercase))
}

/// Whether a count has no code although it contains the words of a measure.
pub(super) fn is_special(place: &Place<'_>, after: &str) -> bool {
    let counted = words(after, 3);
    let others = OTHERS.iter().any(|w| contains_label(&counted, w))
        && !contains_label(&counted, "with")
        && !contains_label(after, "in need");
    let within =
        is_within(after) && measures::stated(after).is_none_or(|m| m.whole.is_some() || m.unit == "rank");
    SPECIAL.iter().any(|w| contains_label(after, w))
        || others
        || ends_with(place.before, "total population")
        || within
}

/// "Of the 480 children looked after, 60% are boys": a share of those counted, by something that has no code.
pub(super) fn is_of_all(place: &Place<'_>) -> bool {
    place.first && any_label(&["of the", "of all", "of those"])(place.sentence).is_ok()
}

/// The ethnic group of a share: named before it, after it ("24% Asian"), or in a list before all of them ("Asian and Mixed
/// (20% and 11% respectively)").
pub(super) fn ethnic_group(place: &Place<'_>, after: &str) -> Option<Measure> {
    if contains_label(place.sentence, "respectively") {
        return respective(place);
    }
    // "3% Black African and 2% White Irish": if the first share's name follows it, so do the others'.
    let behind = measures::ethnic_group(beside(after)).filter(|_| !place.before.trim_end().ends_with('('));
    let all = numbers(place.sentence);
    let first = all.first().filter(|n| n.at != place.number.at).map(|n| &n.at);
    let names_follow = first.is_some_and(|at| {
        let before = place.sentence.get(..at.start).unwrap_or("");
        let after = place.sentence.get(at.end..).unwrap_or("");
        measures::ethnic_group(before).is_none() && measures::ethnic_group(beside(after)).is_some()
    });
    if names_follow { behind } else { measures::ethnic_group(place.head).or(behind) }
}

/// The measure of a number if several are named first: "The rates of children looked after and of those with a child
/// protection plan are 79 and 38 respectively"; "Asian, followed by Mixed (20% and 11% respectively)".
pub(super) fn respective(place: &Place<'_>) -> Option<Measure> {
    if !contains_label(place.sentence, "respectively") {
        return None;
    }
    let all = numbers(place.sentence);
    let at = all.iter().position(|n| n.at == place.number.at)?;
    let alike = |n: &&Number| n.shape == place.number.shape;
    let (first, many) = (all.iter().find(alike)?, all.iter().filter(alike).count());
    let before = place.sentence.get(..first.at.start)?;
    let named = before
        .rsplit_once(" are ")
        .map_or(before, |(head, named)| if named.trim().is_empty() { head } else { named });
    let named = named.replace(" followed by ", " ").replace(" and ", ",");
    let names: Vec<&str> = named.split(',').filter(|n| n.contains(char::is_alphabetic)).collect();
    let of = names.get((names.len() + at).checked_sub(many)?)?;
    measures::ethnic_group(of)
        .or_else(|| measures::of_pupils(place.sentence, of))
        .or_else(|| measures::stated(of))
}

/// A number's date if the sentence begins with a date for each of its numbers: "In 2015 and 2016 respectively, 21 and 26".
pub(super) fn respective_date(place: &Place<'_>) -> Option<String> {
    if !contains_label(place.sentence, "respectively") {
        return None;
    }
    let all = numbers(place.sentence);
    let dates = when::moments(place.sentence.get(..place.opens)?);
    let at = all.iter().position(|n| n.at == place.number.at)?;
    (dates.len() == all.len() && all.len() > 1).then(|| dates[at].value.clone())?
}

/// The words directly after a share: " Black African and 2% …" → " Black African".
fn beside(after: &str) -> &str {
    let end = [",", "(", ";", ".", " and ", " with ", " of "].iter().filter_map(|w| after.find(w)).min();
    after.get(..end.unwrap_or(after.len())).unwrap_or(after)
}

/// Pupils by kind of school, if the sentence names their entitlement once and the schools next to each share.
pub(super) fn of_school(place: &Place<'_>) -> Option<Measure> {
    let after = place.told();
    let names = |t: &str| contains_label(t, "primary") || contains_label(t, "secondary");
    // "in primary schools is 14% and in secondary schools is 12%": the school before the verb is the subject.
    let told = ["is", "was", "are", "were"].iter().any(|v| ends_with(place.before, v));
    // "Of the pupils in secondary schools, 15% receive free school meals"
    let head = place.sentence.get(..place.number.at.start).unwrap_or("");
    // "In primary schools, 22% … and in secondary schools 18%"
    let told = told || place.before.trim_end_matches([',', ' ']).ends_with("schools");
    let near = if told { [place.head, &after] } else { [after.as_str(), place.head] };
    let own = near.into_iter().find(|t| names(t));
    // "34% of special school pupils", after those of other schools
    let others = ["special", "nursery"].iter().any(|kind| near.iter().any(|t| contains_label(t, kind)));
    let school = own.or(Some(head).filter(|t| names(t) && !others))?;
    // "12% have another first language, while 8% are entitled to free school meals": of its own clause.
    measures::of_pupils(place.main_clause(), school).or_else(|| measures::of_pupils(place.sentence, school))
}

/// What the last number of a list says for the others, if it alone has a verb: "12 boys and nine girls were adopted".
fn shared_predicate<'a>(listed: &Listed<'a>, i: usize) -> &'a str {
    let (all, sentence) = (&listed.all, listed.sentence);
    const OTHERS: &[&str] = &[
        "make",
        "makes",
        "made",
        "account",
        "accounts",
        "represent",
        "represents",
        "form",
        "rose",
        "fell",
        "became",
        "become",
        "took",
        "led",
        "began",
    ];
    // "placed"; "moved"
    let past = |word: &str| word.len() > 4 && word.ends_with("ed");
    let is_verb = |word: &str| VERBS.contains(&word) || OTHERS.contains(&word) || past(word);
    let has_verb = |words: &str| words.split_whitespace().any(is_verb);
    let last = listed.last_member(i);
    let said = said_of(sentence, all[last].at.end, all.tail(last + 1));
    // "340 children, of whom 12 are": no list of both. "12%, 19% and 27% live": one of three.
    let listed = (i + 1..=last).all(|m| listed.own(m).head.is_none_or(str::is_empty));
    let ends = ends_with(coordination::without_filling(sentence.head(all[last].at.start)), "and");
    match predicate_at(said) {
        Some(verb) if listed && ends && !has_verb(sentence.head(all[last].at.start)) => said.tail(verb),
        _ => "",
    }
}

const VERBS: &[&str] = &[
    "is", "are", "was", "were", "live", "lived", "have", "had", "has", "come", "came", "went", "left",
    "attend", "receive",
];

/// Where the verb of a clause is, unless it belongs to a relative clause.
pub(super) fn predicate_at(said: &str) -> Option<usize> {
    const WHO: &[&str] = &["who", "that", "which", "whom"];
    let mut last = "";
    for word in said.split([' ', '\u{a0}']) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if VERBS.contains(&bare) && !WHO.contains(&last) {
            return Some(said.offset(word));
        }
        if word.ends_with([',', ';', '.', ':']) {
            return None;
        }
        last = bare;
    }
    None
}
