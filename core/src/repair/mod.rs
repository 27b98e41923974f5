//! Named repairs of the text, made before the outline is built.
//!
//! A repair undoes damage that was done when the text was extracted; it never changes what was printed. Each repair
//! says what it changed and where, so that repairs can be counted and shown.

mod address;
mod hyphens;
mod kind;
mod letters;
mod lines;
mod marks;
mod names;
mod numbers;
mod quotes;
mod shapes;
pub(crate) mod spelling;
mod vocabulary;
mod words;

use crate::cut::Cut;
use std::sync::Arc;

pub use kind::RepairKind;

use crate::text::{TextLayer, Word};
use words::Replacement;

/// A repair that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// What it undoes.
    pub kind: RepairKind,
    /// The page of the repaired word.
    pub page: u32,
    /// The word before.
    pub before: String,
    /// The word after.
    pub after: String,
}

impl Repair {
    /// Replaces a word's text; the word keeps the original.
    fn of(word: &mut Word, after: String, kind: RepairKind, page: u32) -> Self {
        let before = std::mem::replace(&mut word.text, after.clone());
        word.original.get_or_insert_with(|| before.as_str().into());
        Self { kind, page, before, after }
    }
}

/// A text with a larger share of unknown words is damaged. In undamaged text versions of published reports it is 0.002
/// to 0.008.
const DAMAGED: f32 = 0.012;

/// The confidence of a repaired word: in lower case (checked against the lists), and for a name or a number.
const SURE: (f32, f32) = (0.95, 0.8);

/// All repairs of plain text (not of a PDF's own text), in order.
pub fn plain_text(layer: &mut TextLayer) -> Vec<Repair> {
    let mut repairs = markdown_emphasis(layer);
    marks::bullets(layer, &mut repairs);
    marks::notes(layer, &mut repairs);
    lines::split_page_numbers(layer);
    lines::split_at_marks(layer);
    lines::split_at_numbers(layer);
    let words = words::Words::of(layer);
    let damaged = words.unknown_share(layer) > DAMAGED;
    each_line(layer, &mut repairs, |rest, before, _| {
        words
            .replacement(rest, before)
            .filter(|m| damaged || m.kind == RepairKind::LostHyphen || words.is_plain(rest, m))
    });
    // A lost dash makes dates run together without leaving an unknown word, so this doesn't depend on damage.
    each_line(layer, &mut repairs, |rest, before, _| numbers::dates(rest, before));
    if damaged {
        each_line(layer, &mut repairs, numbers::replacement);
        names::agree(layer, &mut repairs);
        address::split_at_greeting(layer);
        address::split_at_buildings(layer);
        names::greeting(layer, &mut repairs);
        names::listed(layer, &mut repairs);
        lines::sentence_ends(layer, &mut repairs);
        lines::paragraph_ends(layer, &mut repairs);
        address::address_commas(layer, &mut repairs);
        address::post_commas(layer, &mut repairs);
    }
    repairs
}

/// The repairs for text from any source: quotation marks that a PDF encodes as digits, hyphens that the typesetter put
/// at line ends, dates whose digits were split or ran together.
pub fn any_text(layer: &mut TextLayer) -> Vec<Repair> {
    let mut repairs = quotes::restore(layer);
    repairs.extend(hyphens::resolve(layer));
    each_line(layer, &mut repairs, |rest, before, _| numbers::split_dates(rest, before));
    repairs
}

/// Whether a text was repaired in many places: more than one word in a hundred.
pub fn is_damaged(layer: &TextLayer) -> bool {
    let words = layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words);
    let damaged = |w: &&Word| is_damage(w.original.as_deref());
    let repaired = words.filter(damaged).count() as f32;
    repaired > 0.01 * layer.word_count() as f32
}

/// Whether a word with this original text was damaged. Resolving a typesetter's hyphen doesn't count.
pub(crate) fn is_damage(original: Option<&str>) -> bool {
    original.is_some_and(|o| !o.contains("- "))
}

/// The remarks about repairs: one for each kind, with examples.
pub fn remarks(repairs: &[Repair]) -> Vec<(&'static str, Option<u32>, String)> {
    let mut kinds: Vec<RepairKind> = Vec::new();
    for repair in repairs {
        if !kinds.contains(&repair.kind) {
            kinds.push(repair.kind);
        }
    }
    let one = |kind: &RepairKind| {
        let of: Vec<&Repair> = repairs.iter().filter(|r| r.kind == *kind).collect();
        let shown: Vec<String> =
            of.iter().take(5).map(|r| format!("“{}” was read as “{}”", r.before, r.after)).collect();
        let more = if of.len() > shown.len() {
            format!(", and {} more", of.len() - shown.len())
        } else {
            String::new()
        };
        ("text-repaired", Some(of[0].page), format!("{}: {}{more}", kind.as_str(), shown.join(", ")))
    };
    kinds.iter().map(one).collect()
}

/// Calls `replacement` at each word of each line with the words from there on, the word before, and whether the line
/// begins there. Replaces the words by its result.
fn each_line(
    layer: &mut TextLayer,
    repairs: &mut Vec<Repair>,
    replacement: impl Fn(&[Word], Option<&Word>, bool) -> Option<Replacement>,
) {
    for page in &mut layer.pages {
        for line in &mut page.lines {
            let mut at = 0;
            while at < line.words.len() {
                let (before, rest) = line.words.split_at(at);
                let Some(replacement) = replacement(rest, before.last(), at == 0) else {
                    at += 1;
                    continue;
                };
                let taken = rest.head(replacement.taken);
                let shared = |a: &Word, b: &Word| match (&a.original, &b.original) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    _ => false,
                };
                if before.last().is_some_and(|b| shared(b, &taken[0])) {
                    at += 1;
                    continue;
                }
                let stood: Vec<&str> =
                    taken.iter().map(|w| w.original.as_deref().unwrap_or(&w.text)).collect();
                let stood = stood.join(" ");
                repairs.push(Repair {
                    kind: replacement.kind,
                    page: page.number,
                    before: taken.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "),
                    after: replacement.words.join(" "),
                });
                let original: Arc<str> = stood.into();
                let model = taken[0].clone();
                let new = replacement.words.into_iter().map(|text| {
                    let sure = if text.starts_with(char::is_lowercase) { SURE.0 } else { SURE.1 };
                    let confidence = Some(model.confidence.map_or(sure, |c| c.min(sure)));
                    Word { text, confidence, original: Some(original.clone()), ..model.clone() }
                });
                let count = new.len();
                let new: Vec<Word> = new.collect();
                line.words.splice(at..at + replacement.taken, new);
                at += count;
            }
        }
    }
}

/// Removes Markdown emphasis: "**His Majesty’s Inspector**" → "His Majesty’s Inspector". A single asterisk or
/// underscore may be printed text and stays.
fn markdown_emphasis(layer: &mut TextLayer) -> Vec<Repair> {
    const MARKS: &[&str] = &["***", "**", "___", "__"];
    let mut repairs = Vec::new();
    for page in &mut layer.pages {
        for line in &mut page.lines {
            for word in &mut line.words {
                let open = MARKS.iter().find_map(|m| word.text.strip_prefix(m)).unwrap_or(&word.text);
                let bare = MARKS.iter().find_map(|m| open.strip_suffix(m)).unwrap_or(open);
                if bare.is_empty() || bare.len() == word.text.len() || !bare.contains(char::is_alphanumeric) {
                    continue;
                }
                let after = bare.to_owned();
                repairs.push(Repair::of(word, after, RepairKind::MarkdownEmphasis, page.number));
            }
        }
    }
    repairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn emphasis_is_no_part_of_a_word() {
        let mut layer = plain::read("Ann Lee **His Majesty’s Inspector**\n* a bullet\na * b ** c\n");
        let repairs = plain_text(&mut layer);
        let lines: Vec<String> = layer.pages[0].lines.iter().map(crate::text::TextLine::text).collect();
        assert_eq!(lines, ["Ann Lee His Majesty’s Inspector", "* a bullet", "a * b ** c"]);
        assert_eq!(repairs.len(), 2);
        assert_eq!((repairs[0].before.as_str(), repairs[0].after.as_str()), ("**His", "His"));
    }

    /// Repairs a line within a text that has enough unknown words to count as damaged.
    fn repaired(line: &str) -> String {
        let mut layer = plain::read(&format!("{line}\nfhe chi1dren bave necds tbat arc mct wcll"));
        plain_text(&mut layer);
        layer.pages[0].lines[0].text()
    }

    #[test]
    fn lost_and_doubled_spaces_are_plain_in_any_text() {
        let repaired = |line: &str| {
            let mut layer = plain::read(&format!("{line}\n{}", "the plans are good ".repeat(150)));
            plain_text(&mut layer);
            layer.pages[0].lines[0].text()
        };
        assert_eq!(repaired("plans ofthe chi ldren who areseen"), "plans of the children who are seen");
        // Rare words, names and confused letters are repaired only in damaged texts.
        assert_eq!(repaired("a timeline for Forby and fhe plans"), "a timeline for Forby and fhe plans");
    }

    #[test]
    fn damaged_words_are_read_by_the_words_that_reports_have() {
        assert_eq!(
            repaired("fhe lnspection of chlldren\u{2019}s 5ervices"),
            "the Inspection of children\u{2019}s Services"
        );
        assert_eq!(repaired("fbe plans of fhc town and abc"), "the plans of the town and abc");
        assert_eq!(repaired("thelocal authority and i nspectors"), "the local authority and inspectors");
        assert_eq!(repaired("plans for chi ldren"), "plans for children");
        assert_eq!(repaired("visits on 5and 6 Sepfember"), "visits on 5 and 6 September");
        assert_eq!(repaired("a visit to 5t Helens"), "a visit to St Helens");
        assert_eq!(repaired("care leavers aged 18 to 2S"), "care leavers aged 18 to 25");
        assert_eq!(repaired("Piccadilly Gatc"), "Piccadilly Gate");
        assert_eq!(repaired("T O300 123 1231"), "T 0300 123 1231");
        assert_eq!(repaired("Director, C hildren\u{2019}s Services"), "Director, Children\u{2019}s Services");
        assert_eq!(repaired("Teresa G odwin and AnnaHa1es"), "Teresa Godwin and Anna Hales");
        assert_eq!(repaired("Dear MsMarsh"), "Dear Ms Marsh");
        assert_eq!(
            repaired("Director of Children\u{2019}sServices"),
            "Director of Children\u{2019}s Services"
        );
        assert_eq!(repaired("multi-agencysafeguarding"), "multi-agency safeguarding");
        assert_eq!(
            repaired("an approachhelps and a extra-familialrisk"),
            "an approach helps and a extra-familial risk"
        );
        assert_eq!(repaired("Aconsistently strong approach"), "A consistently strong approach");
        assert_eq!(repaired("Director of Childrenand Families"), "Director of Children and Families");
        assert_eq!(repaired("London Boroughof Ashmoor"), "London Borough of Ashmoor");
        assert_eq!(repaired("the\u{2018}front door\u{2019}"), "the \u{2018}front door\u{2019}");
        assert_eq!(repaired("Directors ofCbildren\u{2019}s care"), "Directors of Children\u{2019}s care");
        assert_eq!(repaired("authority\u{2019}sarranqements"), "authority\u{2019}s arrangements");
        assert_eq!(repaired("these crimesfor tbelocal board"), "these crimes for the local board");
        assert_eq!(repaired("violenceand/or crimes ancl/or homes"), "violence and/or crimes and/or homes");
        assert_eq!(repaired("decision-makingfor children"), "decision-making for children");
        assert_eq!(repaired("Dcar Ann"), "Dear Ann");
        assert_eq!(repaired("Hls Majesty\u{2019}s Inspector"), "His Majesty\u{2019}s Inspector");
        assert_eq!(repaired("National Director. Social Care"), "National Director, Social Care");
        assert_eq!(repaired("Susan BaileyHMI and Helen WaIsh"), "Susan Bailey HMI and Helen Walsh");
    }

    #[test]
    fn names_are_not_made_into_other_words() {
        for line in ["Judith Canto, HMI", "Ms Leila Mekki", "Wendy Blackman", "Peter Mills and Una McLean"] {
            assert_eq!(repaired(line), line);
        }
    }

    #[test]
    fn every_repair_keeps_what_stood_there() {
        let mut layer = plain::read("fhe chi ldren thelocal bave necds tbat arc mct");
        plain_text(&mut layer);
        let words = &layer.pages[0].lines[0].words;
        let stood = |text: &str| {
            words.iter().find(|w| w.text == text).and_then(|w| w.original.as_deref().map(str::to_owned))
        };
        assert_eq!(stood("children").as_deref(), Some("chi ldren"));
        assert_eq!(stood("local").as_deref(), Some("thelocal"));
        assert_eq!(stood("have").as_deref(), Some("bave"));
    }
}
