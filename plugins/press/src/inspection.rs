//! The inspection that an article reports, and earlier ones that it mentions.

use findings_plugin_sdk::areas;
use findings_plugin_sdk::grammar::MONTHS;
use findings_plugin_sdk::grammar::label::{contains_label, find_label};
use findings_plugin_sdk::grammar::sentence::sentences;
use findings_plugin_sdk::text::Text;
use nom::Offset;

/// Kinds of inspection in the words of articles, the more specific ones first.
const TYPES: &[&str] = &[
    "focused visit",
    "focussed visit",
    "monitoring visit",
    "joint targeted area inspection",
    "short inspection",
    "full inspection",
    "inspection",
    "visit",
];

/// Regulators by the names that articles use.
const REGULATORS: &[(&str, &str)] =
    &[("Ofsted", "ofsted"), ("HIQA", "hiqa"), ("Care Quality Commission", "cqc"), ("CQC", "cqc")];

/// A slice of one of several texts, with the text's index.
pub type Place<'a> = (usize, &'a str);

/// What an article says about the inspection.
#[derive(Debug, Clone, Default)]
pub struct Reported<'a> {
    /// Kind of inspection, as printed.
    pub kind: Option<Place<'a>>,
    /// The month.
    pub month: Option<Place<'a>>,
    /// The year, if it is printed with the month.
    pub year: Option<Place<'a>>,
}

/// An earlier inspection.
#[derive(Debug, Clone)]
pub struct Earlier<'a> {
    /// The words that mention it.
    pub text: Place<'a>,
    /// Kind of inspection, as printed.
    pub kind: &'a str,
    /// The month.
    pub month: &'a str,
    /// The year, if it is printed.
    pub year: Option<&'a str>,
}

/// The regulator's code, and the first place that names it.
pub fn regulator(texts: &[Text]) -> Option<(&'static str, Place<'_>)> {
    texts.iter().enumerate().find_map(|(at, t)| {
        REGULATORS.iter().find_map(|(name, code)| Some((*code, (at, find_label(t.as_str(), name)?))))
    })
}

/// A month named in a sentence about an inspection.
struct Dated<'a> {
    month: &'a str,
    year: Option<&'a str>,
    /// Whether the words before it refer to an earlier event.
    earlier: bool,
    /// "a January inspection": the phrase, if the month precedes what it dates.
    phrase: Option<&'a str>,
}

/// `reported = "carried out" / "visited" … type … "in" month [year] ["following" / "after"] [article] month type`
///
/// "Inspectors carried out a focused visit in October following a January inspection which found problems"
pub fn reported<'a>(texts: &'a [Text]) -> (Reported<'a>, Vec<Earlier<'a>>) {
    let mut reported = Reported::default();
    let mut earlier: Vec<Earlier<'a>> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        for sentence in sentences(text.as_str()) {
            let kind = TYPES.iter().find_map(|t| find_label(sentence, t));
            let inspectors = contains_label(sentence, "Inspectors")
                || contains_label(sentence, "inspected")
                || contains_label(sentence, "visited");
            if kind.is_none() && !inspectors {
                continue;
            }
            let better = |old: &str, new: &str| rank(new) < rank(old);
            if let Some(kind) = kind
                && reported.kind.is_none_or(|(_, old)| better(old, kind))
                && !of_earlier(sentence, kind)
            {
                reported.kind = Some((at, kind));
            }
            for dated in dates(sentence) {
                if dated.earlier {
                    let phrase = dated.phrase.unwrap_or(dated.month);
                    let kind =
                        TYPES.iter().find_map(|t| find_label(phrase, t)).or(kind).unwrap_or("inspection");
                    if earlier.iter().all(|e| e.month != dated.month || e.year != dated.year) {
                        earlier.push(Earlier {
                            text: (at, phrase),
                            kind,
                            month: dated.month,
                            year: dated.year,
                        });
                    }
                } else if reported.month.is_none() {
                    reported.month = Some((at, dated.month));
                    reported.year = dated.year.map(|y| (at, y));
                }
            }
        }
    }
    (reported, earlier)
}

fn rank(kind: &str) -> usize {
    TYPES.iter().position(|t| contains_label(kind, t)).unwrap_or(TYPES.len())
}

/// Whether a kind refers to an earlier inspection: "Ofsted’s previous visit", "a January inspection".
fn of_earlier(sentence: &str, kind: &str) -> bool {
    let before = &sentence[..sentence.offset(kind)];
    let last = before.split_whitespace().next_back().unwrap_or("");
    ["previous", "earlier", "last", "first"].contains(&last.to_lowercase().as_str()) || is_month(last)
}

/// Whether a word is the name of a month with a capital, unlike "may".
fn is_month(word: &str) -> bool {
    let small = |name: &str| word.get(1..) == name.get(1..);
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && MONTHS.iter().any(|name| name.eq_ignore_ascii_case(word) && small(name))
}

fn dates(sentence: &str) -> Vec<Dated<'_>> {
    const BACK: &[&str] = &["following", "after", "since", "previous", "earlier", "last"];
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |w: &'_ str| -> usize { w.trim_end_matches(|c: char| !c.is_alphanumeric()).len() };
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let month = &word[..bare(word)];
        if !is_month(month) {
            continue;
        }
        let year = words
            .get(at + 1)
            .map(|w| &w[..bare(w)])
            .filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()));
        let next = words.get(at + 1 + usize::from(year.is_some())).map_or("", |w| &w[..bare(w)]);
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        let dates_it = TYPES.contains(&next) || next == "report" || next == "letter";
        let stands_alone = ["in", "on", "of", "during"].contains(&before.to_lowercase().as_str())
            || before.bytes().all(|b| b.is_ascii_digit());
        if !(dates_it || stands_alone && !before.is_empty()) {
            continue;
        }
        let back = if dates_it { 4 } else { 6 };
        let earlier =
            words[at.saturating_sub(back)..at].iter().any(|w| BACK.contains(&w.to_lowercase().as_str()));
        let phrase = dates_it.then(|| {
            let from = if ["a", "an", "the", "its"].contains(&before) { before } else { word };
            let to = words[at + 1 + usize::from(year.is_some())];
            let start = sentence.offset(from);
            let end = sentence.offset(to) + bare(to);
            &sentence[start..end]
        });
        found.push(Dated { month, year, earlier, phrase });
    }
    found
}

/// The area that an article is about: the one named most often, where the name of a council counts more.
pub fn area(texts: &[Text]) -> Option<(&'static areas::Area, Place<'_>)> {
    let mut counted: Vec<(&'static areas::Area, u32, Place<'_>)> = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let text = text.as_str();
        let starts: Vec<usize> = text
            .char_indices()
            .filter(|(i, c)| c.is_uppercase() && !text[..*i].ends_with(char::is_alphanumeric))
            .map(|(i, _)| i)
            .collect();
        let mut past = 0;
        for start in starts.into_iter().filter(|s| *s < text.len()) {
            if start < past {
                continue;
            }
            let Some((name, weight)) = name_at(&text[start..]) else { continue };
            let Some(area) = areas::resolve(name, None) else { continue };
            past = start + name.len();
            match counted.iter_mut().find(|(a, _, _)| std::ptr::eq(*a, area)) {
                Some((_, n, _)) => *n += weight,
                None => counted.push((area, weight, (at, name))),
            }
        }
    }
    let most = counted.iter().map(|(_, n, _)| *n).max().filter(|n| *n >= 2)?;
    counted.into_iter().find(|(_, n, _)| *n == most).map(|(area, _, place)| (area, place))
}

/// The longest area name at the start of a text, and its weight: the name of a council has more.
fn name_at(text: &str) -> Option<(&str, u32)> {
    let ends =
        text.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(i, _)| i).chain([text.len()]).take(7);
    let name = ends.filter(|e| *e > 2).map(|e| &text[..e]).filter(|n| areas::is_name(n)).last()?;
    let rest = text[name.len()..].trim_start_matches(['’', '\'', 's']).trim_start();
    let council = ["Council", "County Council", "City Council", "Borough Council", "children's services"];
    Some((
        name,
        if council.iter().any(|c| find_label(rest, c).is_some_and(|f| rest.starts_with(f))) { 3 } else { 1 },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        let texts = texts(text);
        let (reported, earlier) = reported(&texts);
        let of = |p: Option<Place<'_>>| p.map_or("-".to_owned(), |(_, s)| s.to_owned());
        let earlier: Vec<String> =
            earlier.iter().map(|e| format!("{} {} {:?}", e.kind, e.text.1, e.year)).collect();
        format!("{} {} {} {earlier:?}", of(reported.kind), of(reported.month), of(reported.year))
    }

    #[test]
    fn type_and_month() {
        assert_snapshot!(show("Inspectors carried out a focused visit to look at services in October following a January inspection which found problems."), @r#"focused visit October - ["inspection a January inspection None"]"#);
        assert_snapshot!(show("Ofsted’s monitoring visit took place in May 2023."), @"monitoring visit May 2023 []");
        assert_snapshot!(show("Inspectors spent 12 and 13 September there. The director came in July."), @"- September - []");
        assert_snapshot!(show("Following Ofsted’s previous visit in March much was done."), @r#"- - - ["visit March None"]"#);
    }

    #[test]
    fn the_council_is_the_area() {
        let texts = texts(
            "Improvements still needed at Wigan Council's children's services\nReading the report, Wigan Council was glad.",
        );
        let (area, (_, printed)) = area(&texts).unwrap();
        assert_snapshot!(format!("{} {printed}", area.name), @"Wigan Wigan");
    }
}
