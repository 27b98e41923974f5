//! Corrects names that occur in a text twice, once misread: in the letterhead and the greeting, in the first sentence
//! and the signature.

use rustc_hash::FxHashMap;

use super::address::greeting_line;
use super::letters::likelier;
use super::vocabulary::Vocabulary;
use super::words::{has_shape, parts};
use super::{Repair, RepairKind};
use crate::cut::Cut;
use crate::grammar::given_names::is_given_name;
use crate::text::{TextLayer, Word, confusion};

/// A name with fewer letters is not compared with others.
const LEAST: usize = 4;
/// How much more likely one spelling must be than the other, as a natural logarithm.
const SURE: f32 = 2.5;
/// What each additional occurrence of one spelling counts for.
const PLACE: f32 = 2.0;
/// What being on the lists of names counts for, if the other spelling is not.
const LISTED: f32 = 2.0;

/// How much more likely the greeting's spelling must be to win over the address, which contains more of the name.
const LIKELIER_ABOVE: f32 = 1.0;

/// Replaces an unlikely spelling of a name by one that occurs elsewhere in the text and of which it may be a
/// misreading: "Sbaw" beside "Shaw".
pub(super) fn agree(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    for word in layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words) {
        if let Some(name) = name_of(word) {
            *counts.entry(name.to_owned()).or_default() += 1;
        }
    }
    let meant: FxHashMap<&str, String> =
        counts.keys().filter_map(|seen| Some((seen.as_str(), read_as(seen, &counts)?))).collect();
    if meant.is_empty() {
        return;
    }
    for page in &mut layer.pages {
        for word in page.lines.iter_mut().flat_map(|l| &mut l.words) {
            let Some(read) = name_of(word).and_then(|seen| meant.get(seen)) else { continue };
            let (prefix, seen, suffix) = parts(&word.text);
            let after = format!("{prefix}{read}{}{suffix}", seen.tail(bare(seen).len()));
            repairs.push(renamed(word, after, page.number));
        }
    }
}

/// Corrects a name that the greeting and the address above it spell differently, if one may be a misreading of the
/// other: "Dear Dcb" below "Deb Lee", "Dear Ms Conti" below "Ann Confi". The more likely spelling wins. Here even short
/// names are safe to correct, because only a name from the other place can replace one.
pub(super) fn greeting(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    let Some(page) = layer.pages.first_mut() else { return };
    let Some(at) = greeting_line(page) else { return };
    let (above, rest) = page.lines.split_at_mut(at);
    for word in rest[0].words.iter_mut().skip(1) {
        let seen = parts(&word.text).1.to_owned();
        let words = || above.iter().flat_map(|l| &l.words).map(|w| parts(&w.text).1);
        if seen.len() < 2 || !seen.starts_with(char::is_uppercase) || words().any(|w| w == seen) {
            continue;
        }
        let mut other = None;
        confusion::readings(&seen, 1, &mut |reading, _| {
            if words().any(|w| w == reading) {
                other = Some(reading.to_owned());
            }
        });
        let Some(other) = other else { continue };
        // A name has no digits.
        let more = likelier(&other, &seen);
        let (misread, read) = if seen.contains(|c: char| c.is_ascii_digit()) || more > 0.0 {
            (vec![word], &other)
        } else if more < -LIKELIER_ABOVE && !is_listed(&other) {
            let all = above.iter_mut().flat_map(|l| &mut l.words);
            (all.filter(|w| parts(&w.text).1 == other).collect(), &seen)
        } else {
            continue;
        };
        for word in misread {
            let (prefix, _, suffix) = parts(&word.text);
            let after = format!("{prefix}{read}{suffix}");
            repairs.push(renamed(word, after, page.number));
        }
    }
}

/// Titles before a surname.
const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Dr", "Dame", "Sir"];

/// Another reading must be this much less likely than the best one, as a natural logarithm.
const ONLY: f32 = 1.5;

/// Reads an unlisted surname after a given name, and an unlisted given name before a surname, as the listed name that it
/// would be with one letter read otherwise: "Jasper Lisfer". Of 1,060 words in names from real reports 194 are
/// unlisted, and none would be changed; of those with a letter misread three in four are restored, and one in a thousand
/// wrongly.
pub(super) fn listed(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    for page in &mut layer.pages {
        for line in &mut page.lines {
            for at in 0..line.words.len() {
                let core = |at: usize| line.words.get(at).map(|w| parts(&w.text).1).unwrap_or_default();
                let before = at.checked_sub(1).map(core).unwrap_or_default();
                let beside =
                    |i: usize| line.words.get(i).is_some_and(|w| w.text.ends_with(char::is_alphabetic));
                let named = at > 0 && beside(at - 1) && (is_given_name(before) || TITLES.contains(&before));
                let begins = beside(at) && is_surname(core(at + 1));
                let seen = core(at).to_owned();
                let read = if named {
                    as_listed(&seen, is_surname)
                } else if begins {
                    as_listed(&seen, is_given_name)
                } else {
                    None
                };
                let Some(read) = read else { continue };
                let (prefix, _, suffix) = parts(&line.words[at].text);
                let after = format!("{prefix}{read}{suffix}");
                let word = &mut line.words[at];
                repairs.push(Repair { kind: RepairKind::NameAsListed, ..renamed(word, after, page.number) });
            }
        }
    }
}

fn is_surname(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && Vocabulary::get().is_surname(&word.to_lowercase())
}

/// The listed name that an unlisted one is with one letter read otherwise, if there is only one likely reading.
fn as_listed(seen: &str, is_name: impl Fn(&str) -> bool) -> Option<String> {
    let lower = seen.to_lowercase();
    let known = is_listed(seen) || Vocabulary::get().rank(&lower, true).is_some();
    if known || seen.len() < LEAST || !seen.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let mut found: Vec<(String, f32)> = Vec::new();
    confusion::readings(seen, 1, &mut |read, unlikely| {
        if has_shape(read) && read.starts_with(char::is_uppercase) && is_name(read) {
            found.push((read.to_owned(), likelier(read, seen) - unlikely));
        }
    });
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.dedup_by(|a, b| a.0 == b.0);
    let clear = found.get(1).is_none_or(|second| found[0].1 - second.1 > ONLY);
    found.into_iter().next().filter(|_| clear).map(|(read, _)| read)
}

fn renamed(word: &mut Word, after: String, page: u32) -> Repair {
    word.confidence = Some(word.confidence.map_or(super::SURE.1, |c| c.min(super::SURE.1)));
    Repair::of(word, after, RepairKind::NameAsElsewhere, page)
}

/// A word that may be a name.
fn name_of(word: &Word) -> Option<&str> {
    let name = bare(parts(&word.text).1);
    let letters = name.len() >= LEAST && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
    (letters && name.split('-').all(|n| n.starts_with(char::is_uppercase) && has_shape(n))).then_some(name)
}

/// A name without its possessive ending.
fn bare(name: &str) -> &str {
    name.strip_suffix("\u{2019}s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}

/// Whether every part of a name is on the lists of names.
fn is_listed(name: &str) -> bool {
    let known = |part: &str| is_given_name(part) || Vocabulary::get().is_surname(&part.to_lowercase());
    name.split('-').all(known)
}

/// The name in the text of which an unlisted one is a misreading, if there is only one.
fn read_as(seen: &str, counts: &FxHashMap<String, u32>) -> Option<String> {
    if Vocabulary::get().rank(&seen.to_lowercase(), true).is_some() {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    confusion::readings(seen, if seen.len() < 8 { 1 } else { 2 }, &mut |read, unlikely| {
        let Some(more) = counts.get(read).map(|n| *n as f32 - counts[seen] as f32) else { return };
        let listed = if is_listed(read) && !is_listed(seen) { LISTED } else { 0.0 };
        let sure = likelier(read, seen) + PLACE * more + listed - unlikely > SURE;
        if read != seen && sure && !found.iter().any(|f| f == read) {
            found.push(read.to_owned());
        }
    });
    found.pop().filter(|_| found.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn a_surname_that_is_on_no_list_may_be_a_misread_one() {
        let read = |line: &str| {
            let mut layer = plain::read(line);
            listed(&mut layer, &mut Vec::new());
            layer.pages[0].lines[0].text()
        };
        assert_eq!(read("Jasper Lisfer, Director"), "Jasper Lister, Director");
        assert_eq!(read("Dear Mr Macpberson"), "Dear Mr Macpherson");
        assert_eq!(read("Racbel Hartley"), "Rachel Hartley");
        for line in ["Jasper Okonkwo, Director", "the Lisfer review", "Director, Lisfer", "Jasper Shaw"] {
            assert_eq!(read(line), line);
        }
    }

    fn agreed(text: &str) -> String {
        let mut layer = plain::read(text);
        agree(&mut layer, &mut Vec::new());
        layer.pages[0].lines.iter().map(crate::text::TextLine::text).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn a_misread_name_is_the_one_that_stands_elsewhere() {
        assert_eq!(
            agreed("by Nora Sbawcross HMI.\nNora Shawcross\n"),
            "by Nora Shawcross HMI. / Nora Shawcross"
        );
        assert_eq!(agreed("Una Roblnsley\nDear Ms Robinsley,\n"), "Una Robinsley / Dear Ms Robinsley,");
        assert_eq!(agreed("Ann Grimdyrocl’s\nAnn Grimdyrod.\n"), "Ann Grimdyrod’s / Ann Grimdyrod.");
    }

    #[test]
    fn a_greeting_names_one_of_those_above_it() {
        let greeted = |text: &str| {
            let mut layer = plain::read(text);
            greeting(&mut layer, &mut Vec::new());
            let lines = &layer.pages[0].lines;
            let ends = [lines.first(), lines.last()].into_iter().flatten();
            ends.map(crate::text::TextLine::text).collect::<Vec<_>>().join(" / ")
        };
        assert_eq!(greeted("Deb Lee\nTown Hall\nDear Dcb,\n"), "Deb Lee / Dear Deb,");
        assert_eq!(greeted("Dcb Lee\nTown Hall\nDear Deb,\n"), "Deb Lee / Dear Deb,");
        assert_eq!(greeted("Ann Lee\nTown Hall\nDear Bo,\n"), "Ann Lee / Dear Bo,");
        assert_eq!(
            greeted("Ann Ogle-Lee\nTown Hall\nDear Ms Og1e-Lee,\n"),
            "Ann Ogle-Lee / Dear Ms Ogle-Lee,"
        );
        assert_eq!(
            greeted("Ann Bellagrefti\nTown Hall\nDear Ms Bellagretti,\n"),
            "Ann Bellagretti / Dear Ms Bellagretti,"
        );
    }

    #[test]
    fn two_names_of_likely_letters_stay_two() {
        for line in ["Ann Marley and Jo Marlcy", "Ms Harding and Mr Hardinq"] {
            assert_ne!(agreed(line), line);
        }
        for line in ["Ann Barnham and Jo Bamham", "Tess Hill and Bo Hall"] {
            assert_eq!(agreed(line), line);
        }
    }
}
