//! Separates lines of a letter's address that have run together, and restores commas in addresses and signatures.

use super::words::parts;
use super::{Repair, RepairKind};
use crate::cut::Cut;
use crate::grammar::address::SEATS;
use crate::text::confusion::misread_postcode;
use crate::text::{Page, TextLayer, TextLine, Word};

/// The index of the letter's greeting among the lines of a page.
pub(super) fn greeting_line(page: &Page) -> Option<usize> {
    page.lines.iter().position(|l| l.words.first().is_some_and(|w| w.text == "Dear"))
}

/// Begins a new line where a letter's greeting has run into the postcode above it: "ZZ1 4QX Dear Ann".
pub(super) fn split_at_greeting(layer: &mut TextLayer) {
    let Some(page) = layer.pages.first_mut() else { return };
    let greets = |words: &[Word]| {
        words
            .windows(3)
            .position(|w| w[2].text == "Dear" && is_postcode(&w[0].text, &w[1].text))
            .map(|at| at + 2)
    };
    let Some((line, at)) = page.lines.iter().enumerate().find_map(|(n, l)| Some((n, greets(&l.words)?)))
    else {
        return;
    };
    let words = page.lines[line].words.split_off(at);
    let greeting = TextLine { words, blank_before: true, same_row: false, ..page.lines[line].clone() };
    page.lines.insert(line + 1, greeting);
}

fn is_postcode(outward: &str, inward: &str) -> bool {
    misread_postcode(outward, inward).is_some_and(|(_, _, changed)| changed == 0)
}

/// Begins a new line where a building has run into a post or an organisation: "Director of Homes Town Hall".
pub(super) fn split_at_buildings(layer: &mut TextLayer) {
    let Some(page) = layer.pages.first_mut() else { return };
    let Some(mut end) = greeting_line(page) else { return };
    let mut at = 0;
    while at < end {
        let line = &mut page.lines[at];
        at += 1;
        let from = line.words.len().saturating_sub(2);
        let last: Vec<&str> = line.words.tail(from).iter().map(|w| parts(&w.text).1).collect();
        let built = SEATS.contains(&last.join(" ").as_str());
        // "Bootle Town Hall" is a name as a whole and is not split.
        let behind = ["Director", "Services", "Council", "Borough"];
        let after_other = line.words.head(from).iter().any(|w| behind.contains(&parts(&w.text).1));
        if built && after_other {
            // "Ashmoor Council Ash Town Hall": a building may be named after its town.
            let council = line.words.head(from).iter().rposition(|w| parts(&w.text).1 == "Council");
            let from = council.map(|at| at + 1).filter(|begin| begin + 1 == from).unwrap_or(from);
            let words = line.words.split_off(from);
            let building = TextLine { words, blank_before: false, same_row: false, ..line.clone() };
            page.lines.insert(at, building);
            end += 1;
        }
    }
}

/// A full stop inside a line of a letter's address was a comma: "Interim Director. Children and Families".
pub(super) fn address_commas(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    const LITTLE: &[&str] = &["and", "of", "for", "the", "&"];
    let Some(page) = layer.pages.first_mut() else { return };
    let Some(greeting) = greeting_line(page) else { return };
    for line in &mut page.lines[..greeting] {
        let titled = |w: &Word| w.text.starts_with(char::is_uppercase) || LITTLE.contains(&w.text.as_str());
        let ends = line.words.last().is_some_and(|w| w.text.ends_with('.'));
        if ends || !line.words.iter().all(titled) {
            continue;
        }
        let inner = line.words.len().saturating_sub(1);
        for word in &mut line.words[..inner] {
            let bare = word.text.strip_suffix('.').filter(|b| b.len() > 3 && b.ends_with(char::is_lowercase));
            let Some(after) = bare.map(|bare| format!("{bare},")) else { continue };
            repairs.push(Repair::of(word, after, RepairKind::FullStopForComma, page.number));
        }
    }
}

/// In the lines of a signature, too, a full stop after "Director" was a comma: "National Director. Social Care".
pub(super) fn post_commas(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    const WORDS: usize = 8;
    for page in &mut layer.pages {
        for line in page.lines.iter_mut().filter(|l| l.words.len() <= WORDS) {
            let titled =
                |w: &Word| w.text.starts_with(char::is_uppercase) || w.text == "and" || w.text == "of";
            let inner = line.words.len().saturating_sub(1);
            if !line.words.iter().all(titled) {
                continue;
            }
            for word in line.words[..inner].iter_mut().filter(|w| w.text == "Director.") {
                let after = "Director,".to_owned();
                repairs.push(Repair::of(word, after, RepairKind::FullStopForComma, page.number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn a_building_is_a_line_of_an_address() {
        let mut layer = plain::read(
            "Ann Lee\nDirector of Homes Town Hall\nAsh Council Ash Town Hall\nDear Ann\nServices Town Hall\n",
        );
        split_at_buildings(&mut layer);
        let lines: Vec<String> = layer.pages[0].lines.iter().map(TextLine::text).collect();
        assert_eq!(
            lines,
            [
                "Ann Lee",
                "Director of Homes",
                "Town Hall",
                "Ash Council",
                "Ash Town Hall",
                "Dear Ann",
                "Services Town Hall"
            ]
        );
    }

    #[test]
    fn a_greeting_begins_a_line() {
        let mut layer = plain::read("Town Hall\nZZ1 4QX Dear Ann\nOur Dear Green Place\n");
        split_at_greeting(&mut layer);
        let lines: Vec<String> = layer.pages[0].lines.iter().map(TextLine::text).collect();
        assert_eq!(lines, ["Town Hall", "ZZ1 4QX", "Dear Ann", "Our Dear Green Place"]);
    }

    #[test]
    fn a_line_of_an_address_holds_commas() {
        let mut layer = plain::read(
            "Interim Director. Homes and Gardens\nDr. Ann Lee\nDear Ann\nInterim Director. Homes\n",
        );
        address_commas(&mut layer, &mut Vec::new());
        let lines: Vec<String> = layer.pages[0].lines.iter().map(TextLine::text).collect();
        assert_eq!(
            lines,
            ["Interim Director, Homes and Gardens", "Dr. Ann Lee", "Dear Ann", "Interim Director. Homes"]
        );
    }
}
