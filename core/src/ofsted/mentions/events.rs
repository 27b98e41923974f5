//! Merges what several places say about one inspection, so that each event occurs once.

use crate::grammar::label::contains_label;

use super::dates::When;
use super::homes::THE_AGENCY;
use super::judged::Judged;
use super::told::Told;

/// Merges mentions of the same inspection, in the order in which they first appear. Undated mentions are kept only if no
/// dated one has their type.
pub fn once(all: Vec<Told>) -> Vec<Told> {
    let (dated, undated): (Vec<Told>, Vec<Told>) =
        all.into_iter().enumerate().map(|(i, t)| Told { order: i, ..t }).partition(|t| t.when.is_some());
    let mut out: Vec<Told> = Vec::new();
    // Dates of inspections come first, since they say when an inspection was; a report's publication date doesn't.
    let (published, held): (Vec<Told>, Vec<Told>) = dated.into_iter().partition(is_publication);
    for told in held.into_iter().chain(published) {
        match out.iter_mut().find(|o| is_same(o, &told) || is_told_again(o, &told)) {
            Some(known) => {
                if is_told_again(known, &told) {
                    known.also_dated = told.when.as_ref().map(|w| w.date.clone());
                }
                put_together(known, told);
            }
            None => out.push(told),
        }
    }
    for told in undated {
        if told.kind == "children-home" {
            if !out.iter().any(|o| o.kind == told.kind && o.judgements == told.judgements) {
                out.push(told);
            }
            continue;
        }
        let said_elsewhere = |area: &str| out.iter().any(|o| o.judgements.iter().any(|(a, _)| *a == area));
        // If two inspections share the latest date, it is unknown to which of them the grade belongs.
        let is_one = latest(&out, told.kind) == 1;
        let new = told.judgements.iter().filter(|(a, _)| is_one && !said_elsewhere(a));
        let new: Vec<_> = new.copied().collect();
        let of_area = |o: &Told| !matches!(told.kind, "joint" | "area-send") || o.provider == told.provider;
        let known =
            out.iter_mut().filter(|o| (o.kind == told.kind || is_vague(&told) && is_vague(o)) && of_area(o));
        match known.max_by_key(|o| (o.kind == told.kind, o.when.as_ref().map(|w| w.date.clone()))) {
            Some(known) if known.judgements.is_empty() && known.kind == told.kind => {
                known.judgements = told.judgements
            }
            Some(known) if known.kind == told.kind => add_parts(known, &new),
            Some(_) => {}
            None => out.push(told),
        }
    }
    let vague: Vec<bool> = out.iter().map(|t| is_told_exactly(t, &out)).collect();
    let mut vague = vague.into_iter();
    out.retain(|_| !vague.next().unwrap_or(false));
    out.sort_by_key(|t| t.order);
    out
}

/// Whether an inspection given only by its year is one whose month is given elsewhere, and adds nothing to it: "the
/// recommendations of the last inspection in 2013 have been met".
fn is_told_exactly(told: &Told, all: &[Told]) -> bool {
    let Some(year) = told.when.as_ref().map(|w| w.date.as_str()).filter(|d| d.len() == 4) else {
        return false;
    };
    let of_year = |t: &&Told| t.when.as_ref().is_some_and(|w| w.date.len() > 4 && w.date.starts_with(year));
    let alike = |t: &&Told| t.kind == told.kind && t.provider == told.provider;
    let exact: Vec<&Told> = all.iter().filter(of_year).filter(alike).collect();
    let said = |(area, grade): &Judged| {
        let given = |(a, g): &Judged| g == grade && (a == area || covers(a, area));
        exact.iter().any(|t| t.judgements.iter().any(given))
    };
    told.kind == "inspection" && !exact.is_empty() && told.judgements.iter().all(said)
}

/// Whether two names can stand for the same thing: the overall judgement for any area, and safeguarding for the protection
/// of children.
fn covers(a: &str, b: &str) -> bool {
    const PROTECTION: &[&str] = &["safeguarding", "help-and-protection"];
    b == "overall-effectiveness" || PROTECTION.contains(&a) && PROTECTION.contains(&b)
}

/// How many inspections of a type have the latest date.
fn latest(all: &[Told], kind: &str) -> usize {
    let dates = || all.iter().filter(|t| t.kind == kind).map(|t| t.when.as_ref().map(|w| &w.date));
    let last = dates().max();
    dates().filter(|date| Some(*date) == last).count()
}

/// Adds the grades for individual areas that another place gives. "good or outstanding" is said of schools and homes; an
/// authority's services have one grade.
fn add_parts(known: &mut Told, more: &[Judged]) {
    // The names of the last two depend on the date, which isn't given here.
    const NOT: &[&str] = &["overall-effectiveness", "looked-after-services", "safeguarding"];
    let of_parts = |(area, grade): &&Judged| !NOT.contains(area) && *grade != "good-or-outstanding";
    for (area, grade) in more.iter().filter(of_parts) {
        if !known.judgements.iter().any(|(a, _)| a == area) {
            known.judgements.push((area, grade));
        }
    }
}

/// "the previous inspection" may be any kind except a visit.
fn is_vague(told: &Told) -> bool {
    matches!(told.kind, "inspection" | "joint")
}

/// Whether two mentions can be the same inspection, by their types and dates.
fn is_same(a: &Told, b: &Told) -> bool {
    let (Some(x), Some(y)) = (&a.when, &b.when) else { return false };
    let typed = a.kind == b.kind || may_be_named(a, b) || may_be_named(b, a);
    let few = x.date.len().min(y.date.len());
    // "in March" may be an inspection that began in February and ended in March.
    let ends = |a: &When, b: &When| a.end.as_ref().is_some_and(|end| end.starts_with(&b.date));
    let alike = x.date.get(..few) == y.date.get(..few) || ends(x, y) || ends(y, x);
    // Two inspections at the same time differ in their subjects: "safeguarding … in June 2012", "looked after … in June
    // 2012".
    let whole = [a.subject, b.subject].contains(&"overall-effectiveness");
    let kin = a.subject == b.subject || whole || covers(a.subject, b.subject);
    let agency = is_of_the_agency(a) || is_of_the_agency(b);
    let apart = a.provider.is_some() && b.provider.is_some() && a.provider != b.provider && !agency;
    typed && !apart && (alike && kin || is_published_later(x, y) || is_published_later(y, x))
}

/// Whether two mentions are one inspection that the document dates a month apart: the same grades for the same services.
fn is_told_again(a: &Told, b: &Told) -> bool {
    let (Some(x), Some(y)) = (&a.when, &b.when) else { return false };
    a.kind == "inspection"
        && b.kind == "inspection"
        && a.provider == b.provider
        && !a.judgements.is_empty()
        && a.judgements == b.judgements
        && months_apart(x, y) == Some(1)
}

/// How many months lie between two inspections.
fn months_apart(a: &When, b: &When) -> Option<i32> {
    let held = |w: &When| months(w).filter(|_| !w.published);
    Some((held(a)? - held(b)?).abs())
}

/// A date's month, counted from the year 0; `None` if only the year is given.
fn months(when: &When) -> Option<i32> {
    let (year, month) = (when.date.get(..4)?, when.date.get(5..7)?);
    Some(year.parse::<i32>().ok()? * 12 + month.parse::<i32>().ok()?)
}

/// Notes where two mentions may be one inspection with two dates: a month apart, one of them without grades; or the
/// previous inspection of a service, and a later one with the same grade.
pub fn say_dates_that_differ<'t>(all: &mut [Told], text: impl Fn(&Told) -> &'t str) {
    const PREVIOUS: &[&str] =
        &["previous inspection", "last inspection", "was last inspected", "were last inspected"];
    let date = |t: &Told| t.when.as_ref().filter(|w| !w.published).map(|w| w.date.clone());
    let is_previous = |t: &Told| PREVIOUS.iter().any(|p| contains_label(text(t), p));
    for i in 0..all.len() {
        for j in (0..all.len()).filter(|j| *j != i) {
            let (a, b) = (&all[i], &all[j]);
            let (Some(when), Some(then)) = (date(a), date(b)) else { continue };
            let alike = a.kind == "inspection" && b.kind == "inspection" && a.provider == b.provider;
            if !alike || (a.block, &a.text) == (b.block, &b.text) || a.also_dated.is_some() {
                continue;
            }
            let kin = a.subject == b.subject || [a.subject, b.subject].contains(&"overall-effectiveness");
            let near = a.when.as_ref().zip(b.when.as_ref()).and_then(|(a, b)| months_apart(a, b)) == Some(1);
            let one_graded = a.judgements.is_empty() != b.judgements.is_empty();
            let few = when.len().min(then.len());
            let later = |x: &str, y: &str| x.get(..few) > y.get(..few);
            let same = a.judgements.iter().any(|judged| b.judgements.contains(judged));
            let (before, after) = (later(&then, &when), later(&when, &then));
            let contradict = same && (is_previous(a) && before || is_previous(b) && after);
            if near && kin && one_graded || contradict {
                all[i].also_dated = Some(then);
            }
        }
    }
}

/// Whether something merely called an inspection may be one whose type is named elsewhere; it must not have given any other
/// grade.
fn may_be_named(vague: &Told, named: &Told) -> bool {
    let of_agency = is_of_the_agency(vague) && matches!(named.kind, "fostering" | "adoption");
    vague.kind == "inspection"
        && (of_agency || matches!(named.kind, "joint" | "area-send" | "thematic"))
        && vague.judgements.iter().all(|judged| named.judgements.contains(judged))
}

/// Whether an agency was inspected that is named elsewhere.
fn is_of_the_agency(told: &Told) -> bool {
    told.provider.as_deref() == Some(THE_AGENCY)
}

/// Whether the date is that of a report's publication.
fn is_publication(told: &Told) -> bool {
    told.when.as_ref().is_some_and(|w| w.published)
}

/// Whether a report came out within a few months of an inspection.
fn is_published_later(published: &When, held: &When) -> bool {
    let (Some(p), Some(h)) = (months(published), months(held)) else { return false };
    published.published && !held.published && (0..=5).contains(&(p - h))
}

fn put_together(known: &mut Told, more: Told) {
    known.order = known.order.min(more.order);
    if known.kind == "inspection" {
        known.kind = more.kind;
    }
    let named = known.provider.take().filter(|name| name != THE_AGENCY || more.provider.is_none());
    known.provider = named.or(more.provider.clone());
    // A programme's findings come out long after its inspections, so a month told twice is that of the report.
    if known.kind == "thematic"
        && is_publication(&more)
        && let Some(when) =
            known.when.as_mut().filter(|when| Some(&when.date) == more.when.as_ref().map(|w| &w.date))
    {
        when.published = true;
    }
    if let (Some(k), Some(m)) = (&mut known.when, &more.when)
        && m.date.len() > k.date.len()
        && (m.date.starts_with(&k.date) || m.end.as_ref().is_some_and(|end| end.starts_with(&k.date)))
    {
        *k = m.clone();
        known.text = more.text.clone();
        known.block = more.block;
        known.list_to = more.list_to;
        known.subject = more.subject;
        if more.judgements.is_empty() {
            return;
        }
        known.judgements = more.judgements;
        return;
    }
    if known.judgements.is_empty() && !more.judgements.is_empty() {
        known.judgements = more.judgements;
        known.subject = more.subject; // so that one of another service in the same month is another
        known.text = more.text;
        known.block = more.block;
        known.list_to = more.list_to;
    }
}
