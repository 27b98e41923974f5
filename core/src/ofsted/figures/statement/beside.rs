//! Numbers beside a figure: the same in another unit, or a part of it.

use super::super::coordination::{Listed, is_elliptic};
use super::super::measures::{self, Measure};
use super::super::numbers::{Shape, ends_with};
use super::super::phrases::{shifted, words};
use super::super::when;
use super::measure::of_origin;
use super::place::{of_school, predicate_at};
use super::{Last, Made, Parts, Place, Reader, Stated};
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::number::number;
use nom::Offset;

/// Words that make a number a part of the one before.
const PART: &[&str] = &["of whom", "of which", "of these", "of them", "of those", "of this"];

/// How the words after a number begin if it counts those who live elsewhere.
const OUT: &[&str] = &["out of", "outside", "live out", "of them out"];

/// Words before a part that has no code: "seven homes, including one secure unit".
const INCLUDED: &[&str] = &["including", "which includes", "which included"];

/// Those who were counted before.
const THEM: &[&str] = &["whom", "which", "these", "them", "those", "this"];

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
        let named = place.joined && !place.head.is_empty();
        let says = named || place.says.trim_start().starts_with(char::is_alphabetic);
        open && says && place.number.shape == Shape::Count && matches!(self.last, Some(Last::Figure(_)))
    }

    /// Ends the list of parts at a number that doesn't continue it, and opens one of numbers that follow a count and add up to it.
    pub(super) fn parts_that_add_up(&mut self, listed: &Listed<'_>, i: usize, place: &Place<'_>) {
        let continues =
            |parts: &Parts| place.joined || self.made.last().is_some_and(|made| made.figure == parts.of);
        self.parts[level(place)] = self.parts[level(place)].filter(continues);
        let Some(made) =
            self.made.last().filter(|made| self.parts[level(place)].is_none() && made.depth == place.depth)
        else {
            return;
        };
        if listed.parts_of(made.number).is_some_and(|parts| parts.start == i) {
            self.parts[level(place)] = Some(Parts { of: made.figure, included: false, relative: false });
        }
    }

    /// The list of parts that a number continues. A list ends where its numbers would exceed the whole, and one within it
    /// gives way to the outer one: "38 in residential care, 30 of them out of borough, and 291 with foster carers".
    fn listed(&self, place: &Place<'_>) -> Option<Parts> {
        let parts = self.parts[level(place)]?;
        // "and 14% of all pupils": of another whole.
        let apart =
            place.says.trim_start().strip_prefix("of ").is_some_and(|of| any_label(THEM)(of).is_err());
        // Those that are included have no codes.
        let ends =
            parts.included && self.member_before(place).is_none_or(|last| last.measure.code != "other");
        // "12 wards, four of which are rural, and two towns": these are something else.
        let is_count = place.number.shape == Shape::Count;
        let other =
            parts.relative && is_count && !is_elliptic(place.says) && predicate_at(place.says).is_none();
        // "24 live in children’s homes, of whom 15 live elsewhere; three live in special schools": both of one whole.
        let of = self.stated.get(parts.of).and_then(|whole| whole.measure.whole);
        let sibling = of.is_some() && measures::stated(&place.told()).is_some_and(|own| own.whole == of);
        if apart || ends || other || sibling {
            return None;
        }
        if place.number.shape != Shape::Count {
            return (!parts.included).then_some(parts);
        }
        let fits = |of: usize| {
            let whole = self.stated.get(of).filter(|whole| whole.shape == Shape::Count)?;
            let counts = self.stated.iter().filter(|s| s.part_of == Some(of) && s.shape == Shape::Count);
            let sum: f64 = counts.map(|s| s.value).sum();
            (sum + place.number.value <= whole.value).then_some(of)
        };
        let outer = |of: &usize| self.stated.get(*of)?.part_of.filter(|of| *of >= self.first);
        let of = std::iter::successors(Some(parts.of), outer).find_map(fits)?;
        Some(Parts { of, ..parts })
    }

    /// What a number may be a part of: the count before it in its sentence, else what the block is about.
    pub(super) fn antecedent(&self, place: &Place<'_>) -> Option<usize> {
        // Outside of brackets, or in the same ones.
        let near = |at: usize| {
            let between = place.sentence.get(at..place.number.at.start);
            between.is_some_and(|between| !between.contains(')'))
        };
        let count = |made: &&Made| {
            self.stated.get(made.figure).is_some_and(|s| {
                let open = made.depth == 0 || made.depth == place.depth && near(s.at.end - place.from);
                s.shape == Shape::Count && open
            })
        };
        // "Of these, 12 live far away": not of what this sentence counts.
        let opens = any_label(PART)(place.sentence).is_ok();
        let before = self.made.iter().rfind(count).filter(|_| !opens);
        before.map(|made| made.figure).or(self.subject)
    }

    /// "39 (of the 78) children": the figure that states the number in brackets.
    fn of_named(&self, place: &Place<'_>) -> Option<usize> {
        let whole = place.rest().trim_start().strip_prefix("(of the ")?;
        let (rest, value) = number(whole).ok().filter(|(rest, _)| rest.starts_with([')', ' ']))?;
        let all = rest.split(')').next().is_some_and(|named| named.len() <= 20);
        self.stated.iter().rposition(|s| all && s.shape == Shape::Count && s.value == value)
    }

    /// What a sentence counts some of that begins with a number and its verb: "The town has four centres. Three have been
    /// inspected." The sentence before must state one count only.
    fn counted_before(&self, place: &Place<'_>) -> Option<usize> {
        const LEADS: &[&str] = &[
            "in their",
            "at their",
            "in its",
            "at its",
            "at the most recent",
            "in the most recent",
            "at an",
            "in an",
            "at the last",
            "in the last inspection",
        ];
        const VERBS: &[&str] = &["have", "has", "had", "were", "was", "are", "is"];
        let head = place.sentence.head(place.number.at.start).trim();
        let leads = head.is_empty() || any_label(LEADS)(head).is_ok() && !head.contains([',', ';']);
        let opens = place.first && leads && any_label(VERBS)(place.says.trim_start()).is_ok();
        let coded = measures::stated(&place.told()).is_some_and(|m| m.unit != "rank");
        if !opens || coded || place.number.shape != Shape::Count {
            return None;
        }
        let own = |part_of: Option<usize>| part_of.is_none_or(|of| !self.before.contains(&of));
        let mut counts = self
            .before
            .clone()
            .filter(|at| self.stated[*at].shape == Shape::Count && own(self.stated[*at].part_of));
        let only = counts.next().filter(|_| counts.next().is_none())?;
        // "Three were good. One was inadequate"; "One review has been completed. One is in progress": both of what is counted
        // in all.
        let whole = &self.stated[only];
        let graded = measures::graded_homes(&place.told()).is_some() && whole.measure.whole.is_some();
        (!graded && whole.measure.unit != "reviews" && whole.value >= place.number.value).then_some(only)
    }

    /// ", of whom 75% live out of the authority area"; ", all of whom live out"; "Three of these live outside"
    pub(super) fn part(&mut self, place: &Place<'_>) -> bool {
        let Some(part) = self.as_part(place) else { return false };
        if !part.all {
            let (of, included, relative) = (part.of, part.included, part.relative);
            self.parts[level(place)] = Some(Parts { of, included, relative });
        }
        self.add_part(place, &part)
    }

    /// Adds a number as part of a given figure.
    pub(super) fn part_of(&mut self, place: &Place<'_>, of: usize) {
        self.parts[level(place)] = Some(Parts { of, included: false, relative: true });
        self.add_part(place, &PartOf { of, all: false, included: false, relative: true, sibling: false });
    }

    fn add_part(&mut self, place: &Place<'_>, part: &PartOf) -> bool {
        let Some(whole) = self.stated.get(part.of) else { return false };
        let after = place.told();
        let operated =
            || measures::ends_in_operates(place.before).then(|| measures::homes("operates children’s homes"));
        let homes = operated().flatten().filter(|_| whole.measure.unit == "homes");
        let group = || {
            measures::ethnic_group(&after).filter(|_| place.number.shape == Shape::Share && of_origin(place))
        };
        // "846 children in need and 393 looked after": these are children too.
        let said = if part.sibling && is_elliptic(&after) {
            format!("children {}", after.trim_start())
        } else {
            after.clone()
        };
        let told =
            || part.measure(whole, place.printed(), &said).filter(|m| !measures::is_narrowed(m, "", &said));
        let measure = homes.or_else(told).or_else(group);
        if part.all && measure.is_none() {
            return true;
        }
        // "Of the 835 in homes that are inspected, 202 live outside the area": the date is that of all children in care.
        let all = measure.and_then(|m| m.whole).and_then(|code| self.whole(code));
        // "1,530 cases: 846 children in need and 393 looked after"
        let last = self.member_before(place).filter(|_| place.joined && is_elliptic(&after));
        let unit = match whole.measure.unit {
            "other" => last.map_or("other", |last| last.measure.unit),
            unit => unit,
        };
        let own = when::told_after(place.says).filter(|_| when::is_only_time(place.says));
        let as_of = own.or_else(|| whole.as_of.clone()).or_else(|| self.stated.get(all?)?.as_of.clone());
        let stated = Stated {
            as_of,
            measure: measure.unwrap_or_else(|| Measure {
                unit: own_unit(&after).unwrap_or(unit),
                ..measures::other(&after)
            }),
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
        let printed = place.printed();
        let all =
            place.number.shape == Shape::Share && any_label(&["all", "both", "of whom"])(printed).is_ok();
        // "12 live in homes, of whom three": a list of its own
        let opens = all || PART.iter().any(|part| contains_label(place.head, part));
        let listed = self.listed(place).filter(|_| !opens);
        let named = self.of_named(place).or_else(|| self.counted_before(place));
        let of = named.or(listed.map(|parts| parts.of)).or_else(|| self.antecedent(place))?;
        let whole = self.stated.get(of)?;
        // "62 live in children’s homes and 14 of these homes are out of the area"; "12% of those in secondary schools"
        let of_homes = contains_label(&words(&place.told(), 3), "these homes");
        let of_others = of_homes && whole.measure.unit != "homes" || of_school(place).is_some();
        if of_others || self.is_of_both_kinds(of, place) {
            return None;
        }
        let included = listed.is_some_and(|parts| parts.included)
            || INCLUDED.iter().any(|p| ends_with(place.before, p))
            || self.bracketed(place);
        // "Of 25 children in children’s homes, 40% are outside the area"
        let opening = place.sentence.get(..place.opens).unwrap_or("").trim();
        let of_first = !place.first
            && ["Of", "Of the", "Of all", "Of all the"].contains(&opening)
            && whole.at.start == place.from + place.opens;
        let is_part =
            named.is_some() || all || included || listed.is_some() || of_first || says_part(place, whole);
        is_part.then(|| PartOf {
            of,
            all,
            included,
            relative: listed.map_or_else(
                || !of_first && !included && self.made.iter().any(|made| made.figure == of),
                |parts| parts.relative,
            ),
            sibling: listed.is_some()
                && self.member_before(place).is_some_and(|last| last.measure.code != "other"),
        })
    }
}

/// Whether the words around a number say that it is a part of what was counted before.
fn says_part(place: &Place<'_>, whole: &Stated) -> bool {
    let whom = |t: &str| PART.iter().any(|p| contains_label(t, p) && (*p != "of those" || !names_others(t)));
    let is_count = place.number.shape == Shape::Count;
    // "11 live in residential schools. All 11 live outside the area."
    let once_more = ends_with(place.before, "all") && place.number.value == whole.value;
    // "There are 187 care leavers. Nearly all (96%) are"
    let some = place.first && place.number.shape == Shape::Share && is_some_of_them(place.before);
    // "foster families; 55 (16%) of whom live out"; "foster families, two thirds of whom (248) live outside"
    let said = format!("{} {}", place.printed(), words(&place.told(), 3));
    let whom_said = whom(&said) && !names_others(place.says);
    // "25 live in homes: 11 in the area"; "11 live in residential schools, seven out of the area"
    let before = place.before.trim_end();
    let out = before.ends_with([',', '(']) && any_label(OUT)(place.after.trim_start()).is_ok();
    let elliptic = !place.first && (is_count && before.ends_with([':', '–', '—']) || out);
    once_more || some || elliptic || whom(place.head) || whom_said
}

/// Whether the words before a share stand for some of those just counted: "Nearly all (96%) are".
fn is_some_of_them(before: &str) -> bool {
    const SOME: &[&str] = &[
        "nearly", "almost", "all", "most", "the", "majority", "vast", "over", "more", "than", "just",
        "under", "half",
    ];
    let said = before.trim_end_matches(['(', ' ']).to_lowercase();
    !said.is_empty() && before.ends_with('(') && said.split_whitespace().all(|word| SOME.contains(&word))
}

/// The unit of a part whose own noun follows it: "13 live with parents (11 families)".
fn own_unit(after: &str) -> Option<&'static str> {
    any_label(&["families", "family", "households", "household"])(after.trim_start()).ok()?;
    Some(measures::other(after).unit)
}

/// The index of the parts that are listed at a number's level.
fn level(place: &Place<'_>) -> usize {
    place.depth.min(1)
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
    /// Whether a relative clause says so: "of whom 12 are".
    relative: bool,
    /// Whether it follows another part that has a code.
    sibling: bool,
}

impl PartOf {
    /// The part's measure, if it has a code.
    fn measure(&self, whole: &Stated, printed: &str, after: &str) -> Option<Measure> {
        let graded = measures::graded_homes(after).filter(|_| whole.measure.unit == "homes");
        // A part described as "in care" is not the measure of all children in care.
        let of_whole = |m: &Measure| {
            m.code == "children-in-care" && !self.sibling || contains_label(after, "placed for adoption")
        };
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
