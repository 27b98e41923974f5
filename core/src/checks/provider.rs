//! The area: titles, running lines and body agree on its name, and the codes match it.

use super::{Check, Finished, Verdict};
use crate::areas::{self, Area};
use crate::cut::Cut;
use crate::grammar::Date;
use crate::grammar::label::find_label;
use crate::outline::Block;
use crate::record::Part;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "provider-not-in-body",
        why: "A report names its area in the body as well",
        held: (319, 319),
        run: body,
    },
    Check {
        name: "provider-named-otherwise",
        why: "Titles, subjects and running lines name the same area",
        held: (264, 264),
        run: elsewhere,
    },
    Check {
        name: "provider-spelled-otherwise",
        why: "The printed name is exactly the name that the codes belong to",
        held: (319, 319),
        run: spelling,
    },
    Check {
        name: "codes-undated",
        why: "If an area's codes have changed, the date of the inspection decides between them",
        held: (319, 319),
        run: undated,
    },
    Check {
        name: "area-not-in-subject",
        why: "A letter names its area in its subject",
        held: (137, 137),
        run: of_subject,
    },
];

fn body(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(name) = f.record.provider.name.as_deref() else { return };
    let printed = f.record.provider.printed.as_deref().map(areas::short_name);
    let mut names: Vec<&str> = vec![name];
    names.extend(printed.filter(|p| *p != name));
    let of_body = || f.doc.blocks.iter().zip(f.parts).filter(|(_, part)| **part == Part::Section);
    if of_body().count() < 6 {
        return;
    }
    let named = of_body().any(|(b, _)| names.iter().any(|n| says(b.text.as_str(), n)));
    verdict.that(named, &["/provider/name"], || format!("the text never says “{name}”"));
}

/// Whether a text mentions an area.
fn says(text: &str, name: &str) -> bool {
    // One distinctive word of the name is enough: the text may say "Hull".
    const COMMON: &[&str] =
        &["north", "south", "east", "west", "upon", "city", "county", "borough", "council", "with"];
    let own = |w: &&str| w.len() > 3 && !COMMON.iter().any(|c| c.eq_ignore_ascii_case(w));
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(own).peekable();
    if words.peek().is_none() { text.contains(name) } else { words.any(|w| find_word(text, w)) }
}

fn find_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let ends = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        ends(text.head(at).chars().next_back()) && ends(text.tail(at + word.len()).chars().next())
    })
}

/// What precedes the area in titles, subjects and running lines.
const BEFORE: &[&str] =
    &["Focused visit to", "Monitoring visit to", "Area SEND inspection of", "Inspection of", "services in"];

fn elsewhere(f: &Finished<'_>, verdict: &mut Verdict) {
    let began = f.record.inspection.start.as_deref().and_then(Date::from_iso);
    let Some(ours) = f.record.provider.name.as_deref().and_then(|n| areas::resolve(n, began)) else { return };
    let mut seen: Vec<&str> = Vec::new();
    let lines = f.doc.blocks.iter().zip(f.parts);
    for (block, _) in lines.filter(|(b, part)| **part != Part::Section && b.words <= 40) {
        let text = block.text.as_str();
        if seen.contains(&text) {
            continue;
        }
        seen.push(text);
        let Some(other) = area_in(block, began) else { continue };
        let same = other.name == ours.name || other.ofsted_urn == ours.ofsted_urn;
        verdict.that_on(block.page, same, &["/provider/name"], || {
            format!("“{text}” on page {} is about {}", block.page, other.name)
        });
    }
}

/// The area named in a title or a running line: the longest name after one of these phrases.
fn area_in(block: &Block, on: Option<Date>) -> Option<&'static Area> {
    let text = block.text.as_str();
    let hit = BEFORE.iter().find_map(|p| find_label(text, p))?;
    let rest = text.tail(block.text.range_of(hit).end).trim_start();
    let mut ends: Vec<usize> = rest.match_indices(' ').map(|(at, _)| at).take(9).collect();
    ends.push(rest.len());
    let name = ends
        .iter()
        .rev()
        .filter_map(|end| rest.get(..*end))
        .find(|name| areas::is_name(areas::short_name(name)))?;
    areas::resolve(name, on)
}

fn spelling(f: &Finished<'_>, verdict: &mut Verdict) {
    let provider = &f.record.provider;
    let Some(printed) = provider.printed.as_deref().filter(|_| provider.ids.is_some()) else { return };
    let exact = areas::is_name(printed) || areas::is_name(areas::short_name(printed));
    verdict.that(exact, &["/provider/name", "/provider/printed", "/provider/ids"], || {
        format!("“{printed}” is no area's name to the letter; the codes are those of the nearest")
    });
}

/// Without a subject the name comes from a sentence, which may use a longer form.
fn of_subject(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let Some(printed) = f.record.provider.printed.as_deref() else { return };
    let named = letter.subject.as_deref().is_some_and(|subject| subject.contains(printed));
    verdict.that(named, &["/provider/printed"], || format!("no subject names “{printed}”"));
}

fn undated(f: &Finished<'_>, verdict: &mut Verdict) {
    let provider = &f.record.provider;
    let Some(name) = provider.name.as_deref().filter(|_| provider.ids.is_some()) else { return };
    // A date before any change of codes.
    let changed = areas::resolve(name, Date::new(2005, 1, 1)).is_some_and(|a| a.valid_to().is_some());
    let dated = f.record.inspection.start.is_some();
    verdict.that(dated || !changed, &["/provider/ids"], || {
        format!("the codes of {name} have changed, and the inspection's days were not read")
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{ProviderIds, sample};

    #[test]
    fn codes_that_changed_want_a_date() {
        let doubted = |name: &str, start: Option<&str>| {
            let mut record = sample();
            record.provider.name = Some(name.into());
            record.provider.ids = Some(ProviderIds::default());
            record.inspection.start = start.map(str::to_owned);
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            !run(&finished, CHECKS.iter().filter(|c| c.name == "codes-undated")).is_empty()
        };
        assert!(doubted("Sheffield", None), "its code is another since 2025");
        assert!(!doubted("Sheffield", Some("2018-04-24")));
        assert!(!doubted("Leeds", None));
    }
}
