//! Labelled and extracted values of one field, matched one to one.

use std::borrow::Cow;

use super::text::Bag;

/// A value that a label has.
#[derive(Debug, Clone)]
pub struct Want<T> {
    /// What is compared.
    pub key: T,
    /// For people.
    pub shown: String,
}

/// A value that a record has.
#[derive(Debug, Clone)]
pub struct Got<T> {
    /// What is compared.
    pub key: T,
    /// For people.
    pub shown: String,
    /// JSON Pointers to what was compared, the main one first.
    pub paths: Vec<String>,
}

/// What became of a record's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is what the label has.
    Right,
    /// The label has it not.
    Wrong,
    /// The label does not say: labels hold some headings only.
    Unlabelled,
}

/// A record's value and what became of it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// JSON Pointers to what was compared, the main one first.
    pub paths: Vec<String>,
    /// What became of it.
    pub verdict: Verdict,
}

/// What was wrong: a value expected and not got, got and not expected, or one for the other.
#[derive(Debug, Clone)]
pub struct Miss {
    /// What the label has.
    pub expected: Option<String>,
    /// What the record has.
    pub got: Option<String>,
    /// JSON Pointers to what the record has, the main one first; none where it has nothing.
    pub paths: Vec<String>,
}

/// One field of one document.
#[derive(Debug, Clone)]
pub struct FieldScore {
    /// Its name; of a place that a label names by its pointer, the pointer.
    pub field: Cow<'static, str>,
    /// Extracted values that are right.
    pub hit: usize,
    /// Values that the label has.
    pub gold: usize,
    /// Extracted values that count.
    pub got: usize,
    /// Each of the record's values.
    pub values: Vec<Judged>,
    /// What was wrong.
    pub misses: Vec<Miss>,
}

impl FieldScore {
    /// Whether nothing is wrong and nothing is missing.
    pub fn right(&self) -> bool {
        self.hit == self.gold && self.hit == self.got
    }
}

/// Matches greedily in the label's order: each labelled value takes the first extracted one that is the same.
/// `None` where neither has any.
pub fn many<T, U>(
    field: impl Into<Cow<'static, str>>,
    want: Vec<Want<T>>,
    got: Vec<Got<U>>,
    same: impl Fn(&T, &U) -> bool,
) -> Option<FieldScore> {
    if want.is_empty() && got.is_empty() {
        return None;
    }
    let mut taken = vec![false; got.len()];
    let mut missed = Vec::new();
    for w in &want {
        match (0..got.len()).find(|i| !taken[*i] && same(&w.key, &got[*i].key)) {
            Some(i) => taken[i] = true,
            None => missed.push(w),
        }
    }
    let extra: Vec<&Got<U>> = got.iter().zip(&taken).filter(|(_, t)| !**t).map(|(g, _)| g).collect();
    let verdict = |right: bool| if right { Verdict::Right } else { Verdict::Wrong };
    Some(FieldScore {
        field: field.into(),
        hit: want.len() - missed.len(),
        gold: want.len(),
        got: got.len(),
        misses: misses(&missed, &extra),
        values: got
            .iter()
            .zip(&taken)
            .map(|(g, t)| Judged { paths: g.paths.clone(), verdict: verdict(*t) })
            .collect(),
    })
}

/// One value at most on either side.
pub fn scalar<T, U>(
    field: impl Into<Cow<'static, str>>,
    want: Option<Want<T>>,
    got: Option<Got<U>>,
    same: impl Fn(&T, &U) -> bool,
) -> Option<FieldScore> {
    many(field, want.into_iter().collect(), got.into_iter().collect(), same)
}

/// Values at least this alike are one that was read wrongly; others are one missing and one too many.
const ALIKE: f64 = 0.3;

/// Puts what is missing beside what is too many where they are alike, so that the list reads as
/// "this instead of that".
fn misses<T, U>(missed: &[&Want<T>], extra: &[&Got<U>]) -> Vec<Miss> {
    let bags: Vec<Bag> = extra.iter().map(|g| Bag::of(&g.shown)).collect();
    let single = missed.len() == 1 && extra.len() == 1;
    let mut left: Vec<usize> = (0..extra.len()).collect();
    let mut out = Vec::new();
    for w in missed {
        let bag = Bag::of(&w.shown);
        let best = left
            .iter()
            .enumerate()
            .map(|(at, i)| (at, bag.overlap(&bags[*i])))
            .filter(|(_, alike)| single || *alike >= ALIKE)
            .reduce(|a, b| if b.1 > a.1 { b } else { a });
        let got = best.map(|(at, _)| extra[left.remove(at)]);
        out.push(Miss {
            expected: Some(w.shown.clone()),
            got: got.map(|g| g.shown.clone()),
            paths: got.map(|g| g.paths.clone()).unwrap_or_default(),
        });
    }
    out.extend(left.iter().map(|i| Miss {
        expected: None,
        got: Some(extra[*i].shown.clone()),
        paths: extra[*i].paths.clone(),
    }));
    out
}
