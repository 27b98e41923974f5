//! Aligns lists by the content of their items rather than by position.

use std::collections::VecDeque;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};
use serde_json::Value;

use crate::score::text::overlap;

/// Two items that share at least this much of their words are one item that changed.
const ALIKE: f64 = 0.5;
/// In long lists, only items whose positions differ by at most this are compared.
const NEARBY: usize = 60;
/// If each list has one item left over, and both have at most this many words, they count as one that changed.
const SHORT: usize = 8;

/// The indices of corresponding items of both lists; `None` for an item without a counterpart. In the order of the
/// second list; an item that only the first has comes after what preceded it there.
pub fn align(base: &[&Value], head: &[&Value]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut pairs = Pairs { of_base: vec![None; base.len()], of_head: vec![None; head.len()] };
    pairs.take_equal(base, head, hash);
    pairs.take_equal(base, head, identity);
    pairs.take_alike(base, head);
    pairs.in_order()
}

struct Pairs {
    of_base: Vec<Option<usize>>,
    of_head: Vec<Option<usize>>,
}

impl Pairs {
    fn pair(&mut self, b: usize, h: usize) {
        self.of_base[b] = Some(h);
        self.of_head[h] = Some(b);
    }

    fn left(of: &[Option<usize>]) -> Vec<usize> {
        (0..of.len()).filter(|i| of[*i].is_none()).collect()
    }

    /// Pairs items with equal keys, in order.
    fn take_equal<K: Hash + Eq>(
        &mut self,
        base: &[&Value],
        head: &[&Value],
        key: impl Fn(&Value) -> Option<K>,
    ) {
        let mut waiting: FxHashMap<K, VecDeque<usize>> = FxHashMap::default();
        for h in Self::left(&self.of_head) {
            if let Some(k) = key(head[h]) {
                waiting.entry(k).or_default().push_back(h);
            }
        }
        for b in Self::left(&self.of_base) {
            let found = key(base[b]).and_then(|k| waiting.get_mut(&k)?.pop_front());
            if let Some(h) = found {
                self.pair(b, h);
            }
        }
    }

    /// Pairs the remaining items by common words, the most alike first.
    fn take_alike(&mut self, base: &[&Value], head: &[&Value]) {
        let (left_b, left_h) = (Self::left(&self.of_base), Self::left(&self.of_head));
        let bags = |left: &[usize], of: &[&Value]| -> Vec<Vec<u64>> {
            left.iter().map(|i| words(&identity(of[*i]).unwrap_or_default())).collect()
        };
        let (bags_b, bags_h) = (bags(&left_b, base), bags(&left_h, head));
        let single =
            left_b.len() == 1 && left_h.len() == 1 && bags_b[0].len() <= SHORT && bags_h[0].len() <= SHORT;
        let mut alike = Vec::new();
        for (i, a) in bags_b.iter().enumerate() {
            let from = i.saturating_sub(NEARBY);
            for (j, b) in bags_h.iter().enumerate().skip(from).take(2 * NEARBY) {
                let share = overlap(a, b);
                if share >= ALIKE || single {
                    alike.push((share, i, j));
                }
            }
        }
        // The sort is stable: of equal shares, earlier items come first.
        alike.sort_by(|x, y| y.0.total_cmp(&x.0));
        for (_, i, j) in alike {
            if self.of_base[left_b[i]].is_none() && self.of_head[left_h[j]].is_none() {
                self.pair(left_b[i], left_h[j]);
            }
        }
    }

    fn in_order(&self) -> Vec<(Option<usize>, Option<usize>)> {
        let mut out = Vec::with_capacity(self.of_head.len());
        let mut gone = (0..self.of_base.len()).filter(|b| self.of_base[*b].is_none()).peekable();
        for (h, b) in self.of_head.iter().enumerate() {
            if let Some(b) = b {
                while let Some(before) = gone.next_if(|g| g < b) {
                    out.push((Some(before), None));
                }
            }
            out.push((*b, Some(h)));
        }
        out.extend(gone.map(|b| (Some(b), None)));
        out
    }
}

/// A hash of a value's content.
fn hash(value: &Value) -> Option<u64> {
    fn feed(value: &Value, into: &mut FxHasher) {
        match value {
            Value::Null => 0u8.hash(into),
            Value::Bool(b) => b.hash(into),
            Value::Number(n) => n.to_string().hash(into),
            Value::String(s) => s.hash(into),
            Value::Array(items) => {
                items.len().hash(into);
                items.iter().for_each(|v| feed(v, into));
            }
            Value::Object(map) => {
                // The blocks of sections are aligned separately.
                for (k, v) in map.iter().filter(|(k, _)| *k != "blocks") {
                    k.hash(into);
                    feed(v, into);
                }
            }
        }
    }
    let mut hasher = FxHasher::default();
    feed(value, &mut hasher);
    Some(hasher.finish())
}

/// What identifies an item: its area, name or text; for a table its cells.
fn identity(value: &Value) -> Option<String> {
    const KEYS: [&str; 8] = ["area", "measure", "name", "heading", "text", "start", "mark", "id"];
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Object(map) => {
            let named = KEYS.iter().find_map(|k| map.get(*k)?.as_str());
            named.map(str::to_owned).or_else(|| Some(words_of(value)))
        }
        other => Some(words_of(other)),
    }
}

fn words_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Array(items) => items.iter().map(words_of).collect::<Vec<_>>().join(" "),
        Value::Object(map) => map.values().map(words_of).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// The words of a text as sorted hashes.
fn words(text: &str) -> Vec<u64> {
    let hash = |word: &str| {
        let mut hasher = FxHasher::default();
        word.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
        hasher.finish()
    };
    let all = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let mut words: Vec<u64> = all.map(hash).collect();
    words.sort_unstable();
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn aligned(base: &[Value], head: &[Value]) -> String {
        let (base, head): (Vec<&Value>, Vec<&Value>) = (base.iter().collect(), head.iter().collect());
        let name = |i: Option<usize>| i.map_or("-".to_owned(), |i| i.to_string());
        let pairs = align(&base, &head);
        pairs.iter().map(|(b, h)| format!("{}{}", name(*b), name(*h))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_item_more_at_the_start_moves_nothing() {
        let [a, b, c] = ["Ann Lee", "Bo Ray", "Cy Fox"].map(|n| json!({ "name": n, "role": null }));
        assert_eq!(aligned(&[a.clone(), b.clone()], &[c.clone(), a.clone(), b.clone()]), "-0 01 12");
        assert_eq!(aligned(&[a.clone(), c, b.clone()], &[a, b]), "00 1- 21");
    }

    #[test]
    fn a_changed_item_stays_one_item() {
        let lead = json!({ "name": "Ann Lee", "role": "Lead" });
        assert_eq!(aligned(&[lead], &[json!({ "name": "Ann Lee", "role": null })]), "00");
        let [a, b] =
            ["Plans for children are late and vague", "Plans for children are late"].map(Value::from);
        assert_eq!(aligned(&[json!("Other"), a], &[b, json!("Other")]), "10 01");
        assert_eq!(aligned(&[json!({ "start": "2020-01-02" })], &[json!({ "start": "2021-03-04" })]), "00");
    }

    #[test]
    fn what_has_nothing_in_common_is_two_items() {
        let long = |w: &str| json!({ "text": vec![w; 20].join(" ") });
        assert_eq!(aligned(&[long("one")], &[long("two")]), "-0 0-");
    }
}
