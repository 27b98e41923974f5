//! What the numbers of a block measure.

use super::super::coordination::{is_elliptic, starts_with_preposition};
use super::super::measures::{self, Measure};
use super::super::numbers::{Shape, ends_with, numbers};
use super::super::phrases::{bare, clause, words};
use super::super::when;
use super::change::is_change;
use super::lead::is_of_pupils;
use super::place::{ethnic_group, is_of_all, is_special, of_school, predicate_at, respective};
use super::shares::{is_of_all_ages, is_of_group, is_share_of};
use super::{GOES_ON, Last, Lead, Place, Reader, Stated};
use crate::cut::Cut;
use crate::grammar::find_all;
use crate::grammar::fraction::share_in_words;
use crate::grammar::label::{any_label, contains_label, find_label, label};
use nom::Offset;

impl Reader {
    pub(super) fn measure(&self, place: &Place<'_>, lead: &Lead) -> Measure {
        let measure = self.measure_of_words(place, lead);
        let of_groups = measure.code == "minority-ethnic" || measure.code.starts_with("ethnic-group");
        let of_all = || {
            is_of_all_ages(place.sentence)
                || is_of_all_ages(&format!("{} {}", place.head, clause(place.says)))
        };
        let of_some = || is_of_group(place.head) || is_of_group(&clause(place.says));
        let is_share = place.number.shape == Shape::Share;
        match measure {
            _ if of_groups && (of_all() || of_some()) => measures::other(""),
            _ if is_share && self.pending.is_none() && is_share_of(&place.told(), &measure) => {
                measures::other("children")
            }
            _ if self.is_narrowed(place, &measure) => measures::other(&place.told()),
            _ => measure,
        }
    }

    /// Whether a number counts fewer than its measure does, or words that aren't understood may say so.
    fn is_narrowed(&self, place: &Place<'_>, measure: &Measure) -> bool {
        // "23 more children were looked after than": a difference.
        let differs = place.number.shape == Shape::Count
            && measure.unit == "children"
            && !measure.code.starts_with("population-growth")
            && any_label(&["more", "fewer", "additional", "extra"])(place.says.trim_start()).is_ok();
        differs
            || measures::is_of_part(measure, place.before)
            || measures::is_narrowed(measure, place.head, &place.told())
    }

    fn measure_of_words(&self, place: &Place<'_>, lead: &Lead) -> Measure {
        let after = place.told();
        if let Some(measure) = self.particular(place, &after) {
            return measure;
        }
        let share = place.number.shape == Shape::Share;
        let printed = place.printed();
        let before = place.head.trim_start_matches([')', ' ', ',']);
        let grown = || measures::growth(place.sentence, place.own_clause());
        if is_change(place) {
            // "(2% in early years and 5% in primary schools)": of a group.
            let all = place.depth == 0;
            return grown()
                .filter(|_| all)
                .or_else(|| self.further_growth(place))
                .unwrap_or_else(|| measures::other(&after));
        }
        // A share that has risen from another is no growth.
        let grown = || {
            grown().filter(|_| {
                contains_label(place.sentence, "growth") && self.pending.is_none()
                    || ends_with(bare(place.before), "by")
            })
        };
        let with_lead = || measures::stated(&format!("{} {before}", lead.text));
        let goes_on =
            || self.subject().filter(|_| any_label(GOES_ON)(place.sentence).is_ok()).map(|s| s.measure);
        let of_ranks = |m: &Measure| m.unit != "rank" || place.number.shape == Shape::Rank;
        self.such(place, &after)
            .or_else(|| self.share_of(place, before, &after))
            .or_else(|| self.of_area(place, measures::stated(&after)))
            .filter(of_ranks)
            .or_else(|| self.of_reviews(&after))
            .or_else(grown)
            .or_else(|| measures::stated(before))
            .or_else(|| measures::homes(&format!("{before} {printed} {after}")))
            .or_else(|| {
                (contains_label(&lead.text, "proportion") && is_of_pupils(place.sentence))
                    .then(with_lead)
                    .flatten()
            })
            .or_else(|| self.of_change(place))
            .or_else(goes_on)
            .filter(of_ranks)
            .or_else(|| self.of_same_pupils(place))
            .or_else(|| ethnic_group(place, &after).filter(|_| share && of_origin(place)))
            .unwrap_or_else(|| self.like_the_others(place, &after))
    }

    /// The figure that the block is about.
    fn subject(&self) -> Option<&Stated> {
        self.stated.get(self.subject?)
    }

    /// A share followed by what it is a share of: "Minority ethnic children are 8% of the population under 18".
    fn share_of(&self, place: &Place<'_>, before: &str, after: &str) -> Option<Measure> {
        const WHOLES: &[&str] = &["of the ", "of all ", "of those "];
        const PEOPLE: &[&str] = &["total population", "all residents", "the population"];
        // "A fifth of" is printed as one.
        let of = if place.printed().ends_with(" of") { "of " } else { "" };
        let behind = format!("{of}{}", after.trim_start());
        if place.number.shape != Shape::Share || !WHOLES.iter().any(|w| behind.starts_with(w)) {
            return None;
        }
        // "This is 22% of the total population": of the people counted before.
        let of_people = || PEOPLE.iter().any(|w| contains_label(after, w));
        let counted = || self.subject().map(|s| s.measure).filter(|m| m.code == "under-18-population");
        // "Children make up 22% of the population"
        let children = || {
            const VERBS: &[&str] = &["make up", "are", "form", "represent", "account for", "constitute"];
            let (said, _) = label("Children")(before.trim_start()).ok()?;
            let said = label("and young people")(said.trim_start()).map_or(said, |(said, _)| said);
            any_label(VERBS)(said.trim_start()).ok()?;
            measures::stated("under the age of 18")
        };
        measures::stated(before)
            .or_else(|| counted().filter(|_| of_people()))
            .or_else(|| children().filter(|_| of_people() && measures::ethnic_group(before).is_none()))
    }

    /// Measures that need more than the phrases next to the number: homes by grade, pupils by school, ethnic groups by
    /// share, and counts that contain the words of a measure but have no code.
    fn particular(&self, place: &Place<'_>, after: &str) -> Option<Measure> {
        const OF_PUPILS: &[&str] = &["free school meals", "additional language", "first language"];
        if place.before.ends_with('£') {
            return Some(measures::other(""));
        }
        if let Some(named) = respective(place) {
            return Some(named);
        }
        let of_homes = self.subject().is_some_and(|s| s.measure.unit == "homes");
        if of_homes && let Some(graded) = measures::graded_homes(after) {
            return Some(graded);
        }
        if is_special(place, after) {
            return Some(self.special(place, after));
        }
        // "96 boys and 81 girls with a child protection plan": neither is the number of all who have one.
        // Names come before numbers in brackets: "boys (56%) outnumber girls (44%)".
        let behind = if place.depth == 0 { words(after, 3) } else { String::new() };
        let names = |who| contains_label(&behind, who) || contains_label(place.head, who);
        if names("boys") != names("girls") {
            return Some(measures::other("children"));
        }
        // "runs three residential children’s homes" counts homes, not children in them.
        // "Caseloads are 14 in one team and 16 for those who work with children in care": they count the same.
        if place.joined && place.head.is_empty() && self.is_like_the_first(place, after) {
            return self.member_before(place).map(|last| last.measure);
        }
        let operated = measures::ends_in_operates(place.before.trim_end_matches(" just"));
        if operated && let Some(homes) = measures::homes(&format!("{} {}", place.before, words(after, 5))) {
            return Some(homes);
        }
        let share = place.number.shape == Shape::Share;
        // "Children from Asian backgrounds make up 11% of the child population, those from Black backgrounds 6%"
        let named = place.head.rsplit([',', ';', ')']).next().unwrap_or("");
        if share && of_origin(place) && measures::stated(named).is_none() {
            let group = measures::ethnic_group(named).filter(|_| is_whose(named));
            if let Some(group) = group {
                return Some(group);
            }
        }
        let of_pupils = || OF_PUPILS.iter().any(|w| contains_label(after, w));
        if let Some(pupils) = of_school(place).filter(|_| share || of_pupils()) {
            return Some(pupils);
        }
        if let Some(told) = of_some(place, after) {
            return Some(told);
        }
        let of_named = share || place.head.split_whitespace().count() > 3;
        if of_named && is_of_all(place) && measures::stated(after).is_none() {
            return Some(measures::other("children"));
        }
        if share && contains_label(place.sentence, "largest") && contains_label(place.sentence, "ethnic") {
            let group = ethnic_group(place, after);
            // "those from minority ethnic groups are 21%, with the Asian group (10%) the largest": the first share is that
            // of all groups.
            return group.or_else(|| (!place.first).then(|| measures::other(after)));
        }
        None
    }

    /// The measure of a count that contains the words of a measure but has no code.
    fn special(&self, place: &Place<'_>, after: &str) -> Measure {
        let other = measures::other(after);
        // "1,211 were in need, excluding those in care": the unit was named before.
        let told = any_label(&["were", "are", "live"])(after.trim_start()).is_ok();
        let last = self
            .member_before(place)
            .filter(|_| place.joined && is_elliptic(after))
            .map(|last| last.measure.unit);
        let unit = measures::stated(after)
            .map(|m| m.unit)
            .filter(|_| told)
            .or(last)
            .filter(|_| other.unit == "other");
        Measure { unit: unit.unwrap_or(other.unit), ..other }
    }

    /// "there were fewer than five children living in such placements"; "three young people in this type of accommodation":
    /// what the figure before counts.
    fn such(&self, place: &Place<'_>, after: &str) -> Option<Measure> {
        const SUCH: &[&str] = &["this type of", "this kind of", "these types of", "this form of"];
        const NOUNS: &[&str] = &[
            "placement",
            "placements",
            "arrangement",
            "arrangements",
            "accommodation",
            "orders",
            "plans",
            "children",
        ];
        let subject = self.subject().filter(|s| s.measure.unit == "children" && s.measure.code != "other")?;
        let near = words(after, 8);
        let such = find_label(&near, "such")
            .map(|hit| near.tail(near.offset(hit) + hit.len()).trim_start().to_owned());
        let again = such.is_some_and(|of| any_label(NOUNS)(&of).is_ok())
            || SUCH.iter().any(|w| contains_label(&near, w));
        (again && place.number.shape == Shape::Count).then_some(subject.measure)
    }

    /// "The authority expects a further rise of 6% by 2021", after the growth of the child population.
    fn further_growth(&self, place: &Place<'_>) -> Option<Measure> {
        let grown = self.subject()?.measure.code.starts_with("population-growth");
        let further =
            ["a further", "another", "further forecasts"].iter().any(|w| contains_label(place.sentence, w));
        let growth = || measures::growth(&format!("child population {}", place.sentence), place.own_clause());
        (grown && further).then(growth).flatten()
    }

    /// "rose from 950 at 31 March 2015 to 1,020"; "increased by 10% to 1,320": the measure is named before the change.
    fn of_change(&self, place: &Place<'_>) -> Option<Measure> {
        let head = place.sentence.get(..place.opens)?;
        // "grew at 2% a year, reaching 3% in 2011"
        let alike =
            |last: &&Stated| last.shape == place.number.shape && ends_with(bare(place.before), "reaching");
        if let Some(last) = self.member_before(place).filter(alike) {
            return Some(last.measure);
        }
        let reached = || ends_with(bare(place.before), "to") && when::tells_change(head);
        (self.pending.is_some() || reached()).then(|| measures::stated(head))?
    }

    /// "In secondary schools it is 8%", after a sentence about primary schools.
    fn of_same_pupils(&self, place: &Place<'_>) -> Option<Measure> {
        const TOPICS: &[&str] = &["free-school-meals", "additional-language", "pupil-premium"];
        let before = self.subject()?.measure.code;
        let topic = TOPICS.iter().find(|t| before.starts_with(**t))?.replace('-', " ");
        let school = ["primary", "secondary"].iter().any(|s| contains_label(place.sentence, s));
        measures::of_pupils(&topic, place.sentence).filter(|_| school && place.first)
    }

    /// Children outside the area, from the group that opens the sentence: "Of the children placed with foster carers, 36
    /// live out of the area".
    fn of_area(&self, place: &Place<'_>, told: Option<Measure>) -> Option<Measure> {
        let opening = place.sentence.get(..place.opens).filter(|o| any_label(&["of"])(o).is_ok());
        let of = opening.and_then(measures::stated).and_then(|of| measures::out_of_area(of.code));
        told.map(|m| of.filter(|_| m.code == "placed-out-of-area").unwrap_or(m))
    }

    /// Whether a preposition follows a number as it does the first of its list, which counts something without a code.
    fn is_like_the_first(&self, place: &Place<'_>, after: &str) -> bool {
        let all = numbers(place.sentence);
        let first = all.first().map_or("", |first| place.sentence.tail(first.at.end));
        let uncoded = |last: &Stated| {
            last.measure.code == "other" && last.measure.unit == "other" && last.part_of.is_none()
        };
        starts_with_preposition(after)
            && starts_with_preposition(first)
            && self.member_before(place).is_some_and(uncoded)
    }

    /// What a number counts if no words of its own name a measure: what the others of its list do, as far as it leaves that out.
    ///
    /// "Two children live in secure accommodation and one in a hospital"; "rose to 402 in 2015 and 438 in 2016"
    fn like_the_others(&self, place: &Place<'_>, after: &str) -> Measure {
        let measure = measures::other(after);
        let is_count = place.number.shape == Shape::Count;
        let last = self.member_before(place).filter(|_| place.joined);
        let alike = last.filter(|last| last.shape == place.number.shape && last.part_of.is_none());
        if let Some(last) = alike.filter(|_| place.says_only_when()) {
            return last.measure;
        }
        // "has risen by 3,400 in ten years and is now 52,700": the subject of the sentence
        if place.joined
            && is_count
            && is_verb(place.head)
            && clause(place.says).trim_matches(['.', ' ']).is_empty()
        {
            let subject = place.sentence.get(..place.opens).and_then(measures::stated);
            return subject.or(last.map(|last| last.measure)).unwrap_or(measure);
        }
        if !is_count {
            return measure;
        }
        let elliptic = is_elliptic(if place.head.is_empty() { after } else { place.head });
        match last.map(|last| last.measure.unit).filter(|_| elliptic) {
            Some("children") => measures::stated(&format!("children {}", after.trim_start()))
                .unwrap_or(Measure { unit: "children", ..measure }),
            Some(unit) if measure.unit == "other" => Measure { unit, ..measure },
            _ if measure.unit != "other" => measure,
            // "The number of care leavers is 187."
            _ => counted_before(place).unwrap_or(measure),
        }
    }

    /// The incidents or reviews that a sentence about reviews continues from: "Since the last inspection, three
    /// notifications have been submitted. Two serious case reviews have been published."
    pub(super) fn reviewed(&self, measure: &Measure) -> Option<&Stated> {
        let subject = self.subject()?;
        (measure.code != "other"
            && measure.unit == "reviews"
            && ["incidents", "reviews"].contains(&subject.measure.unit))
        .then_some(subject)
    }

    /// "one serious case review has been completed and one was ongoing"
    fn of_reviews(&self, after: &str) -> Option<Measure> {
        let Some(Last::Figure(i)) = self.last else { return None };
        self.stated.get(i).filter(|s| s.measure.unit == "reviews")?;
        let ongoing = measures::ONGOING.iter().any(|w| contains_label(after, w));
        ongoing.then(|| measures::stated(&format!("serious case reviews {after}"))).flatten()
    }
}

/// The measure of a share of a named group: "A third of children looked after are placed outside the city"; "Half of the
/// children looked after (52%) are placed within the borough". What is said about the part begins with the verb.
fn of_some(place: &Place<'_>, after: &str) -> Option<Measure> {
    // "Just over half the children looked after (54%) are boys"
    let again = place.before.trim_end().ends_with('(') && !find_all(share_in_words, place.before).is_empty();
    let said = if again { place.rest().trim_start_matches(')') } else { after };
    // The printed number may include the "of": "A third of".
    let of = again || place.printed().ends_with(" of") || any_label(&["of"])(said.trim_start()).is_ok();
    if place.number.shape != Shape::Share || !of {
        return None;
    }
    let whole = if again { place.before } else { said };
    let said_of_them = said.get(predicate_at(said)?..)?;
    // "have no adult in work" is a measure of households.
    let told = measures::stated(said_of_them).filter(|m| m.unit == "households" || !is_denied(said_of_them));
    told.or_else(|| measures::stated(whole).is_some_and(|w| w.whole.is_none()).then(|| measures::other(said)))
}

/// Whether words are no more than a verb for a number that has been reached: "is now"; "now stands at".
fn is_verb(head: &str) -> bool {
    const WORDS: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "now",
        "stands",
        "stood",
        "at",
        "currently",
        "had",
        "has",
        "been",
        "it",
        "this",
    ];
    !head.is_empty() && head.split_whitespace().all(|word| WORDS.contains(&word))
}

/// A measure without a code whose noun comes before the number: "The number of care leavers is 187."
fn counted_before(place: &Place<'_>) -> Option<Measure> {
    let of = find_label(place.head, "number of")?;
    let named = measures::other(place.head.tail(place.head.offset(of) + of.len()));
    (named.unit != "other").then_some(named)
}

/// Whether a verb is negated or about the past: "are not in foster care"; "were once".
fn is_denied(predicate: &str) -> bool {
    const DENIALS: &[&str] = &["not", "no", "never", "once", "neither", "previously", "formerly"];
    predicate.split_whitespace().nth(1).is_some_and(|word| DENIALS.contains(&word))
}

/// Whether a phrase is about the members of a group: "Children from Asian backgrounds make up"; "and those of mixed
/// heritage".
fn is_whose(named: &str) -> bool {
    const WHOSE: &[&str] = &["backgrounds", "background", "heritage", "children", "pupils", "those"];
    WHOSE.iter().any(|word| contains_label(named, word))
}

/// Whether a sentence gives shares of ethnic groups.
pub(super) fn of_origin(place: &Place<'_>) -> bool {
    const SAID: &[&str] = &["heritage", "background", "backgrounds", "ethnic", "White British"];
    // "White British children make up 71%": the group itself is what is counted.
    let counted = ["children", "pupils", "young people"].iter().any(|w| contains_label(place.before, w));
    counted || SAID.iter().any(|w| contains_label(place.sentence, w))
}
