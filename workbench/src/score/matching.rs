//! Matches labelled and extracted values of a field one to one.

use std::borrow::Cow;

use super::text::Bag;

/// A value in a label.
#[derive(Debug, Clone)]
pub struct Want<T> {
    /// What is compared.
    pub key: T,
    /// For display.
    pub shown: String,
}

/// A value in a record.
#[derive(Debug, Clone)]
pub struct Got<T> {
    /// What is compared.
    pub key: T,
    /// For display.
    pub shown: String,
    /// JSON Pointers to the compared values, the main one first.
    pub paths: Vec<String>,
}

/// The verdict on a record's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The label has it.
    Right,
    /// The label does not have it.
    Wrong,
    /// Unknown: for some formats labels contain only some of the headings.
    Unlabelled,
}

/// A record's value with its verdict.
#[derive(Debug, Clone)]
pub struct Judged {
    /// JSON Pointers to the compared values, the main one first.
    pub paths: Vec<String>,
    /// The verdict.
    pub verdict: Verdict,
}

/// An error: a value that is missing, superfluous, or instead of another.
#[derive(Debug, Clone)]
pub struct Miss {
    /// The label's value.
    pub expected: Option<String>,
    /// The record's value.
    pub got: Option<String>,
    /// JSON Pointers to the record's value, the main one first; empty if it is missing.
    pub paths: Vec<String>,
}

/// The score of one field of one document.
#[derive(Debug, Clone)]
pub struct FieldScore {
    /// Its name; for a place that the label names by a pointer, the pointer.
    pub field: Cow<'static, str>,
    /// Extracted values that are right.
    pub hit: usize,
    /// Values in the label.
    pub gold: usize,
    /// Extracted values that count.
    pub got: usize,
    /// Each of the record's values.
    pub values: Vec<Judged>,
    /// The errors.
    pub misses: Vec<Miss>,
}

impl FieldScore {
    /// Whether nothing is wrong or missing.
    pub fn right(&self) -> bool {
        self.hit == self.gold && self.hit == self.got
    }
}

/// Matches greedily in the label's order: each labelled value takes the first equal extracted one. `None` if there are
/// no values on either side.
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

/// For fields with at most one value on either side.
pub fn scalar<T, U>(
    field: impl Into<Cow<'static, str>>,
    want: Option<Want<T>>,
    got: Option<Got<U>>,
    same: impl Fn(&T, &U) -> bool,
) -> Option<FieldScore> {
    many(field, want.into_iter().collect(), got.into_iter().collect(), same)
}

/// A missing and a superfluous value at least this alike are reported as one misread value.
const ALIKE: f64 = 0.3;

/// Pairs missing values with superfluous ones that are alike, so that the list reads "this instead of that".
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
