//! How printed values are compared: texts by words, names without titles, judgements by area.

use std::cmp::Ordering;

use blake2b_simd::Params;
use unicode_normalization::UnicodeNormalization;

use crate::gold::Text;

/// The words of a text in lower case, separated by single spaces. Quotation marks and apostrophes are removed; anything
/// other than letters and digits separates words.
pub fn norm(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.nfkc() {
        if matches!(c, '\u{2019}' | '\u{2018}' | '\'') {
            continue;
        }
        for c in c.to_lowercase() {
            if c.is_ascii_alphanumeric() {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of a text as an unordered list of digests; labels may contain these in place of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bag(Vec<[u8; 4]>);

impl Bag {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let norm = norm(text);
        Self::sorted(norm.split_ascii_whitespace().map(digest).collect())
    }

    /// The words of a label's text. A digest that is not four bytes long matches no word.
    pub fn of_label(text: &Text) -> Self {
        match text {
            Text::Plain(text) => Self::of(text),
            Text::Digests { words } => Self::sorted(
                words.iter().map(|w| u32::from_str_radix(w, 16).map_or([0; 4], u32::to_be_bytes)).collect(),
            ),
        }
    }

    fn sorted(mut words: Vec<[u8; 4]>) -> Self {
        words.sort_unstable();
        Self(words)
    }

    /// The share of common words of two texts, 0 to 1.
    pub fn overlap(&self, other: &Self) -> f64 {
        overlap(&self.0, &other.0)
    }
}

/// The share of common items of two sorted lists, 0 to 1.
pub fn overlap<T: Ord>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return f64::from(u8::from(a.is_empty() && b.is_empty()));
    }
    let (mut shared, mut i, mut j) = (0usize, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    (2 * shared) as f64 / (a.len() + b.len()) as f64
}

fn digest(word: &str) -> [u8; 4] {
    let hash = Params::new().hash_length(4).hash(word.as_bytes());
    hash.as_bytes().try_into().expect("four bytes were asked for")
}

const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "professor",
    "prof",
    "lord",
    "lady",
    "baroness",
    "cllr",
    "councillor",
];
const POST_NOMINALS: &[&str] = &["hmi", "shmi", "obe", "mbe", "cbe", "qpm", "oi", "dl", "phd"];

/// A person's name without title and one post-nominal.
pub fn name_key(name: &str) -> String {
    let norm = norm(name);
    let bare =
        norm.split_once(' ').filter(|(first, _)| TITLES.contains(first)).map_or(norm.as_str(), |(_, n)| n);
    let bare =
        bare.rsplit_once(' ').filter(|(_, last)| POST_NOMINALS.contains(last)).map_or(bare, |(n, _)| n);
    bare.to_owned()
}

/// The judged areas, each with words by which a printed label is recognised; the first match counts.
const AREAS: &[(&str, &[&str])] = &[
    ("overall-effectiveness", &["overall"]),
    ("lscb", &["safeguarding", "board"]),
    ("leadership", &["lead"]),
    ("adoption", &["adoption"]),
    ("help-and-protection", &["help and protection"]),
    ("children-in-care-and-care-leavers", &["care leavers", "in care"]),
    ("care-leavers", &["care leavers"]),
    ("children-in-care", &["in care"]),
    ("outcomes", &["outcomes for looked after"]),
    ("looked-after-and-permanence", &["looked after"]),
    ("capacity-to-improve", &["capacity to improve"]),
    ("quality-of-provision", &["quality of provision"]),
    ("send-outcome", &["send"]),
];

/// The record's code for a judgement's printed label.
pub fn area_key(label: &str) -> String {
    let norm = norm(label);
    match AREAS.iter().find(|(_, words)| words.iter().all(|w| norm.contains(w))) {
        Some((key, _)) => (*key).to_owned(),
        None => norm,
    }
}

/// The record's code for a grade in words, or for a printed number.
pub fn grade_key(printed: &str) -> String {
    let norm = norm(printed);
    let bytes = norm.as_bytes();
    let numbered =
        norm.starts_with("grade ") && bytes.len() > 8 && bytes[6].is_ascii_digit() && bytes[7] == b' ';
    match if numbered { &norm[8..] } else { &norm } {
        "requires improvement to be good" | "requires improvement" => "requires-improvement".into(),
        "1" => "typically-positive".into(),
        "2" => "inconsistent".into(),
        "3" => "systemic-failings".into(),
        other => other.replace(' ', "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_their_words() {
        assert_eq!(norm(" The council’s ‘front  door’ – ﬁrst!"), "the councils front door first");
        assert_eq!(norm("naïve"), "na ve");
        assert_eq!(Bag::of("one two two").overlap(&Bag::of("two, One – two")), 1.0);
        assert_eq!(Bag::of("one two").overlap(&Bag::of("two three")), 0.5);
        assert_eq!((Bag::of("").overlap(&Bag::of("–")), Bag::of("").overlap(&Bag::of("a"))), (1.0, 0.0));
    }

    #[test]
    fn a_label_may_hold_digests() {
        let words = ["db7a7a9c", "a2b26f95"].map(str::to_owned).to_vec();
        let label = Bag::of_label(&Text::Digests { words: words.clone() });
        assert_eq!(hex(&Bag::of("Children first").0), hex(&label.0), "made with Python's hashlib.blake2b");
    }

    fn hex(words: &[[u8; 4]]) -> Vec<String> {
        words.iter().map(|w| format!("{:08x}", u32::from_be_bytes(*w))).collect()
    }

    #[test]
    fn names_have_no_titles() {
        assert_eq!(name_key("Dr Ann O’Neill OBE"), "ann oneill");
        assert_eq!(name_key("Mr"), "mr");
    }

    #[test]
    fn labels_lead_to_codes() {
        assert_eq!(area_key("Local Safeguarding Children Board"), "lscb");
        assert_eq!(area_key("The experiences and progress of care leavers"), "care-leavers");
        assert_eq!(area_key("looked-after-and-permanence"), "looked-after-and-permanence");
        assert_eq!(area_key("Is the service caring?"), "is the service caring");
        assert_eq!(grade_key("Requires improvement to be good"), "requires-improvement");
        assert_eq!(grade_key("Grade 2: good."), "good");
        assert_eq!(grade_key("3"), "systemic-failings");
    }
}
