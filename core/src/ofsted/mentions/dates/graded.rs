//! Whether a date is that of a grade: "judged inadequate in 2016"; "In 2010, the service was judged to be adequate".

use super::leading::opens_clause;
use super::tied::{LONGEST, has, plain, tells_else, without_season};
use crate::cut::Cut;
use crate::grammar::label::{any_label, find_label};
use crate::ofsted::mentions::judged;
use crate::ofsted::mentions::subjects::without_areas;

/// The date of a grade that precedes it: "judged inadequate in"; "found to be inadequate in"; "the inadequate judgement in";
/// "requiring improvement at re-inspection in"; "from inadequate in".
pub(super) fn follows_grade(before: &str) -> bool {
    const TAIL: &str = "for of by at in and the a its it they all both every area areas overall ofsted inspection \
        inspections re-inspection judgement judgements judgment rating grading grade service services again first under \
        single framework last previous then since local authority council children young people effectiveness \
        as was were case did respectively across these those twice who need when inspectors returned from";
    let clause = before.rfind(['.', ';']).map_or(before, |at| before.tail(at));
    let Some(last) = judged::places(clause).pop() else { return false };
    let tail = clause.tail(last.end);
    let words = without_season(tail);
    // "had slipped to requires improvement by 2018"
    let changed = || judged::has_changed(clause.head(last.start));
    let leads_on = words
        .last()
        .is_some_and(|w| matches!(*w, "in" | "since" | "both") || *w == "by" && changed())
        || matches!(words.as_slice(), [noun, "from"] if has("judgement judgment grade rating grading", noun));
    // "in 2019, when services were judged inadequate, and in 2022, when": the next date belongs to the next grade.
    let next = tail.trim_start().starts_with(", and ");
    if !leads_on || next || words.len() > 14 || is_of_others(clause) {
        return false;
    }
    let said = without_areas(tail);
    let fills = |w: &str| plain(w).is_empty() || has(TAIL, &plain(w));
    let given = || judged::given(clause, "overall-effectiveness", None);
    without_season(&said).into_iter().all(fills) && given().iter().any(|g| g.at == last.start)
}

/// Whether it is cases, plans or schools that are graded.
pub fn is_of_others(clause: &str) -> bool {
    const OTHERS: &[&str] =
        &["cases", "audits", "audited", "files", "schools", "placements", "whose", "plans"];
    clause.contains('%') || OTHERS.iter().any(|w| find_label(clause, w).is_some())
}

/// "In 2010, the looked after children service was judged to be adequate"; "In early 2019, inspectors judged …"; "since
/// 2018, when Ofsted judged"
pub(super) fn leads_grade(before: &str, after: &str) -> bool {
    let said = after.trim_start_matches([',', ' ', ')']);
    let when = any_label(&["when", "where"])(said).map(|(rest, _)| rest);
    if when.is_err() && !opens_clause(before) {
        return false;
    }
    let clause = when.unwrap_or(said);
    let clause = clause.head(clause.find([';', '.']).unwrap_or(clause.len()));
    // "In 2018 services were judged to require improvement; in 2022, good."
    let bare = judged::places(clause).first().is_some_and(|grade| grade.start == 0);
    if bare && !judged::given(before, "overall-effectiveness", None).is_empty() {
        return true;
    }
    let Some(first) = judged::given(clause, "overall-effectiveness", None).into_iter().next() else {
        return false;
    };
    let until: Vec<&str> = clause.head(first.at).split_whitespace().collect();
    let plural = |at: &usize| !matches!(plain(until[*at]).as_str(), "had" | "this");
    until.len() <= LONGEST
        && !is_of_others(clause)
        && !(0..until.len()).filter(plural).any(|at| tells_else(&until, at))
}
