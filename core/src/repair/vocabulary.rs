//! The known words, and how common each is.

use crate::cut::Cut;
use std::cmp::Ordering;
use std::sync::OnceLock;

use memchr::{memchr, memchr_iter, memrchr};
use rustc_hash::FxHashMap;

use crate::areas;
use crate::grammar::{MONTH_NAMES, given_names};

const REPORT: &str = include_str!("../../data/report-words.txt");
const FIRST_NAMES: &str = include_str!("../../data/first-names.txt");
// Sorted lists that are searched in place: most of their words are never looked up, and building a hash table took
// longer than reading a report.
const ENGLISH: &str = include_str!("../../data/english-words.txt");
const SURNAMES: &str = include_str!("../../data/surnames.txt");

/// Words that are always capitalised, besides the months: days, and words of Ofsted's letterheads and titles.
const PROPER: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Piccadilly",
    "Manchester",
    "Clive",
    "Aviation",
    "Kingsway",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Majesty",
    "Ofsted",
    "Cafcass",
    "England",
    "English",
    "London",
];

/// The rank of words that are common in English, but not in reports.
const ENGLISH_RANK: u32 = 20_000;
/// The rank of names of areas and people, and of other capitalised words.
const PROPER_RANK: u32 = 6_000;

/// All words of the lists except surnames, list after list.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    [REPORT, ENGLISH, FIRST_NAMES].into_iter().flat_map(str::lines).chain(given_names::all())
}

/// The words that are known in advance; keys are in lower case.
pub(super) struct Vocabulary {
    ranks: FxHashMap<&'static str, u32>,
    proper: FxHashMap<String, u32>,
    compounds: FxHashMap<String, &'static str>,
}

impl Vocabulary {
    /// The shared instance.
    pub(super) fn get() -> &'static Vocabulary {
        static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
        VOCABULARY.get_or_init(Vocabulary::load)
    }

    fn load() -> Vocabulary {
        let mut ranks: FxHashMap<&'static str, u32> = FxHashMap::default();
        ranks.reserve(memchr_iter(b'\n', REPORT.as_bytes()).count());
        let mut compounds = FxHashMap::default();
        for (rank, word) in REPORT.lines().enumerate() {
            if word.contains('-') {
                compounds.insert(word.replace('-', ""), word);
            } else {
                ranks.insert(word, rank as u32);
            }
        }
        let mut proper: FxHashMap<String, u32> = FxHashMap::default();
        let areas = areas::all().iter().flat_map(|a| a.name.split([' ', '-', ',']).filter(|w| w.len() > 2));
        for word in areas.chain(FIRST_NAMES.lines()) {
            proper.insert(word.to_lowercase(), PROPER_RANK);
        }
        for word in MONTH_NAMES.iter().chain(PROPER) {
            proper.insert(word.to_lowercase(), 300);
        }
        Vocabulary { ranks, proper, compounds }
    }

    /// The rank of a word that is printed in lower case.
    fn common(&self, lower: &str) -> Option<u32> {
        let english = || has_line(ENGLISH, lower).then_some(ENGLISH_RANK);
        self.ranks.get(lower).copied().or_else(english)
    }

    /// The rank of a word: 0 is the most common, `None` means unknown. `capital`: it is printed with a capital, as
    /// names are.
    pub(super) fn rank(&self, lower: &str, capital: bool) -> Option<u32> {
        let common = self.common(lower);
        let proper = self.proper.get(lower).copied().filter(|_| capital);
        match (common, proper) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b).or_else(|| self.plural(lower)),
        }
    }

    /// The rank of a plural, or of a possessive without its apostrophe: "childrens".
    fn plural(&self, lower: &str) -> Option<u32> {
        let one = lower.strip_suffix('s').filter(|w| w.len() > 3)?;
        self.common(one).map(|r| r + 2_000)
    }

    /// Whether a word is always capitalised: part of a name of an area or a person, a day, a month, or in [`PROPER`].
    pub(super) fn is_proper(&self, lower: &str) -> bool {
        self.proper.contains_key(lower)
    }

    /// Whether a word is a listed surname. Only two in three surnames in reports are.
    pub(super) fn is_surname(&self, lower: &str) -> bool {
        has_line(SURNAMES, lower)
    }

    /// The compound that a word is without its hyphens: "multiagency" → "multi-agency".
    pub(super) fn compound(&self, lower: &str) -> Option<&'static str> {
        self.compounds.get(lower).copied().filter(|_| self.common(lower).is_none())
    }
}

/// Whether a sorted list with one word on each line contains a word.
fn has_line(list: &str, word: &str) -> bool {
    let mut lines = list.as_bytes();
    while !lines.is_empty() {
        let middle = lines.len() / 2;
        let start = memrchr(b'\n', lines.head(middle)).map_or(0, |before| before + 1);
        let end = memchr(b'\n', lines.tail(middle)).map_or(lines.len(), |after| middle + after);
        match word.as_bytes().cmp(lines.part(start..end)) {
            Ordering::Less => lines = lines.head(start),
            Ordering::Equal => return true,
            Ordering::Greater => lines = lines.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_order() {
        for (list, least) in [(ENGLISH, 30_000), (SURNAMES, 20_000)] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.len() > least && words.is_sorted());
            assert!(words.iter().all(|w| !w.is_empty() && w.trim() == *w));
        }
    }

    #[test]
    fn a_list_has_its_own_lines_and_no_others() {
        for list in ["able\nbe\nbeen\nbeer\n", "able\nbe\nbeen\nbeer"] {
            assert!(list.lines().all(|word| has_line(list, word)));
            assert!(["", "\n", "a", "bee", "beers", "zoo"].iter().all(|word| !has_line(list, word)));
        }
        assert!(!has_line("", "able"));
    }
}
