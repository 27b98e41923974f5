//! Numbers beside a figure: the same in another unit, or a part of it.

use super::super::measures::{self, Measure};
use super::super::numbers::{Shape, ends_with};
use super::super::phrases::{clause, shifted, words};
use super::place::of_school;
use super::{Last, Place, Reader, Stated};
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label};
use nom::Offset;

/// Words that make a number a part of the one before.
const PART: &[&str] = &["of whom", "of which", "of these", "of them", "of those", "of this"];

/// How the words after a number begin if it counts those who live elsewhere.
const OUT: &[&str] = &["out of", "outside", "live out", "of them out"];

/// Words before a part that has no code: "seven homes, including one secure unit".
const INCLUDED: &[&str] = &["including", "which includes", "which included"];

/// Words that continue about those just counted: "12 of those were".
const THEY: &[&str] = &["were", "are", "was", "is", "live", "lived", "have", "had", "outside", "out of"];

impl Reader {
    /// The same in another unit: "376 (72%)"; "78 (or 34%)"; "4% (12)".
    pub(super) fn companion(&mut self, place: &Place<'_>) -> bool {
        let Some(Last::Figure(i)) = self.last else { return false };
        let between = place.before.trim();
        let beside = matches!(
            between,
            "(" | "whom ("
                | "which ("
                | "them ("
                | "(or"
                | ", or"
                | "or"
                | "children ("
                | "children (or"
                | "(around"
                | "(approximately"
        );
        let Some(counted) = self.stated.get(i).filter(|s| beside && s.shape != place.number.shape) else {
            return false;
        };
        let twin = Stated {
            shape: place.number.shape,
            value: place.number.value,
            qualifier: place.number.qualifier.or(counted.qualifier),
            rate: None,
            compare: Vec::new(),
            previous: None,
            at: shifted(&place.number.at, place.from),
            ..counted.clone()
        };
        self.push(twin);
        true
    }

    /// The same number once more: "all of whom (100%) live out".
    pub(super) fn again(&self, place: &Place<'_>) -> bool {
        let Some(Last::Figure(i)) = self.last else { return false };
        let same = |s: &Stated| s.shape == place.number.shape && s.value == place.number.value;
        place.before.trim() == "(" && self.stated.get(i).is_some_and(same)
    }

    /// Whether a count in brackets follows another count and has words of its own.
    ///
    /// "68 live in children’s homes (47 in independent and 21 in their own)"
    fn bracketed(&self, place: &Place<'_>) -> bool {
        let before = place.sentence.get(..place.number.at.start).unwrap_or("");
        let open = before.matches('(').count() > before.matches(')').count();
        let says = place.says.trim_start().starts_with(char::is_alphabetic);
        open && says && place.number.shape == Shape::Count && matches!(self.last, Some(Last::Figure(_)))
    }

    /// In a list of parts without codes, the whole that the previous part belongs to: "including 140 for neglect and 97 for
    /// emotional abuse".
    fn listed(&self, place: &Place<'_>) -> Option<usize> {
        let Some(Last::Figure(i)) = self.last else { return None };
        // "Of these, 22 are in higher education and 41 are not in work"; "of which three are good, one outstanding".
        // The parts must not add up to more than the whole.
        let fits = || {
            let of = self.stated.get(i).and_then(|s| s.part_of).filter(|of| *of >= self.first)?;
            let whole = self.stated.get(of).filter(|w| w.shape == place.number.shape)?;
            let parts = self.stated.iter().filter(|s| s.part_of == Some(of) && s.shape == whole.shape);
            Some(parts.map(|s| s.value).sum::<f64>() + place.number.value <= whole.value)
        };
        let whom = self.is_of_whom(place) && (place.number.shape == Shape::Share || fits() == Some(true));
        let alike = |s: &&Stated| s.shape == place.number.shape && (whom || s.measure.code == "other");
        let last = self.stated.get(i).filter(alike)?;
        let said = place.before.trim_end();
        let near = said.split_whitespace().count() <= 4 || whom;
        let near = near && (said.ends_with(" and") || said.ends_with(','));
        last.part_of.filter(|_| near && !place.first)
    }

    /// Whether an earlier phrase makes the numbers of this sentence parts: "of whom 88% are in homes of their own and 57%
    /// are in work".
    fn is_of_whom(&self, place: &Place<'_>) -> bool {
        let head = place.sentence.head(place.number.at.start - place.before.len());
        PART.iter().any(|p| contains_label(head, p)) && !place.before.contains([';', ':'])
    }

    /// ", of whom 75% live out of the authority area"; ", all of whom live out"; "Three of these live outside"
    pub(super) fn part(&mut self, place: &Place<'_>) -> bool {
        let Some(part) = self.as_part(place) else { return false };
        self.add_part(place, &part)
    }

    /// Adds a number as part of a given figure.
    pub(super) fn part_of(&mut self, place: &Place<'_>, of: usize) {
        self.add_part(place, &PartOf { of, all: false, included: false });
    }

    fn add_part(&mut self, place: &Place<'_>, part: &PartOf) -> bool {
        let Some(whole) = self.stated.get(part.of) else { return false };
        let after = clause(place.says);
        let operated =
            || measures::ends_in_operates(place.before).then(|| measures::homes("operates children’s homes"));
        let homes = operated().flatten().filter(|_| whole.measure.unit == "homes");
        let measure = homes.or_else(|| part.measure(whole, place.printed(), &after));
        if part.all && measure.is_none() {
            return true;
        }
        // "Of the 835 in homes that are inspected, 202 live outside the area": the date is that of all children in care.
        let all = measure.and_then(|m| m.whole).and_then(|code| self.whole(code));
        let as_of = whole.as_of.clone().or_else(|| self.stated.get(all?)?.as_of.clone());
        let stated = Stated {
            as_of,
            measure: measure
                .unwrap_or_else(|| Measure { unit: whole.measure.unit, ..measures::other(&after) }),
            shape: place.number.shape,
            value: place.number.value,
            qualifier: place.number.qualifier,
            part_of: Some(part.of),
            rate: None,
            compare: Vec::new(),
            previous: None,
            at: shifted(&place.number.at, place.from),
            text: whole.text.start..place.from + place.sentence.len(),
            ..whole.clone()
        };
        self.push(stated);
        true
    }

    /// The whole that a number is part of, if it is a part.
    fn as_part(&self, place: &Place<'_>) -> Option<PartOf> {
        let listed = self.listed(place);
        let of = listed.or(self.subject)?;
        let whole = self.stated.get(of)?;
        let whom =
            |t: &str| PART.iter().any(|p| contains_label(t, p) && (*p != "of those" || !names_others(t)));
        let printed = place.printed();
        let all =
            place.number.shape == Shape::Share && any_label(&["all", "both", "of whom"])(printed).is_ok();
        // "foster families; 55 (16%) of whom live out"
        let head = words(&clause(place.says), 3);
        // "62 live in children’s homes and 14 of these homes are out of the area"; "12% of those in secondary schools"
        if contains_label(&head, "these homes") && whole.measure.unit != "homes" || of_school(place).is_some()
        {
            return None;
        }
        let included = listed.is_some() && !self.is_of_whom(place)
            || INCLUDED.iter().any(|p| ends_with(place.before, p))
            || self.bracketed(place);
        // "11 live in residential schools. All 11 live outside the area."
        let once_more = ends_with(place.before, "all") && place.number.value == whole.value;
        // "Of 25 children in children’s homes, 40% are outside the area"
        let opening = place.sentence.get(..place.opens).unwrap_or("").trim();
        let of_first = !place.first
            && ["Of", "Of the", "Of all", "Of all the"].contains(&opening)
            && whole.at.start == place.from + place.opens;
        let is_part = all || included || listed.is_some() || once_more || of_first;
        // "372 live with foster families, two thirds of whom (248) live outside"
        let whom_said = whom(&format!("{printed} {head}")) && !names_others(place.says);
        // "25 live in homes: 11 in the area"; "11 live in residential schools, seven out of the area"
        let out = any_label(OUT)(place.after.trim_start()).is_ok();
        let elliptic = !place.first
            && (place.number.shape == Shape::Count && place.before.trim_end().ends_with(':')
                || place.before.trim_end().ends_with([',', '(']) && out);
        (is_part || elliptic || whom(place.before) || whom_said).then_some(PartOf { of, all, included })
    }
}

/// "31% of those under 16": "those" are not the ones just counted.
fn names_others(text: &str) -> bool {
    let behind = find_label(text, "of those").map(|of| text.tail(text.offset(of) + of.len()).trim_start());
    behind.is_some_and(|b| b.starts_with(char::is_alphanumeric) && any_label(THEY)(b).is_err())
}

/// A part of another figure.
struct PartOf {
    /// The index of that figure.
    of: usize,
    /// Whether it is all of it: "all of whom".
    all: bool,
    /// Whether it belongs to a list of parts, which have no codes.
    included: bool,
}

impl PartOf {
    /// The part's measure, if it has a code.
    fn measure(&self, whole: &Stated, printed: &str, after: &str) -> Option<Measure> {
        let graded = measures::graded_homes(after).filter(|_| whole.measure.unit == "homes");
        // A part described as "in care" is not the measure of all children in care.
        let of_whole =
            |m: &Measure| m.code == "children-in-care" || contains_label(after, "placed for adoption");
        let ranks = |m: &Measure| m.unit == "rank";
        // "two of which have been published": the noun isn't repeated.
        let again = match whole.measure.unit {
            "reviews" => format!("serious case reviews {after}"),
            _ => after.to_owned(),
        };
        let told = || measures::stated(&again).filter(|m| !self.included && !of_whole(m) && !ranks(m));
        match graded.or_else(told) {
            Some(m) if m.code == "placed-out-of-area" => {
                let own = measures::out_of_area(whole.measure.code);
                own.or(Some(m).filter(|_| whole.measure.code == "other" && whole.measure.unit == "children"))
            }
            None if self.all => {
                let out = ["out of", "outside", "live out"].iter().any(|w| contains_label(printed, w));
                out.then(|| measures::out_of_area(whole.measure.code)).flatten()
            }
            other => other,
        }
    }
}
