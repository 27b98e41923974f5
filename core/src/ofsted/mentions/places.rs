//! The area that was inspected, if a sentence names one.

use nom::Offset;

use crate::areas;
use crate::cut::Cut;
use crate::grammar::label::find_label;

/// The area named directly before an inspection of several areas' services: "the Hexworthy joint targeted area inspection".
pub fn named_before<'a>(sentence: &'a str, kind: &str) -> Option<&'a str> {
    const EVENTS: &[&str] =
        &["joint targeted area inspection", "joint area inspection", "JTAI", "area SEND inspection"];
    if !matches!(kind, "joint" | "area-send") {
        return None;
    }
    let event = EVENTS.iter().find_map(|name| find_label(sentence, name))?;
    let before = sentence.head(sentence.offset(event)).trim_end();
    let before = before.strip_suffix("’s").unwrap_or(before);
    // The longest name that ends there.
    let starts = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(NAME_WORDS);
    starts.map(|at| before.tail(at)).filter(|name| is_capital(name) && areas::is_name(name)).last()
}

/// A name has at most so many words.
const NAME_WORDS: usize = 5;

/// The area that was inspected: "the Ofsted inspection of Wexcombe in June 2014"; "of the Isles of Scilly".
pub fn inspected(text: &str) -> Option<&str> {
    const SMALL: &[&str] = &["of", "and", "upon", "on", "with", "the"];
    let from = text.find("inspection of ").map(|at| at + "inspection of ".len())?;
    let rest = text.tail(from);
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let named = |w: &&str| is_capital(w) || SMALL.contains(&w.trim());
    let length = rest.split_inclusive(' ').take_while(named).map(str::len).sum();
    // The longest name that begins there.
    let words = rest.head(length).trim_end();
    let ends = words.match_indices(' ').map(|(at, _)| at).chain([words.len()]).take(NAME_WORDS);
    let names = ends.map(|end| words.head(end).trim_end_matches([',', '.']).trim_end_matches("’s"));
    let whole = |name: &&str| name.rsplit(' ').next().is_some_and(is_capital);
    names.filter(|name| is_capital(name) && whole(name) && areas::is_name(name)).last()
}

/// The home that was inspected: "an Ofsted inspection of Elm House in December 2012".
pub fn home(sentence: &str) -> Option<&str> {
    let of = sentence.find("inspection of ").map(|at| at + "inspection of ".len())?;
    let rest = sentence.tail(of);
    let length = rest.split_inclusive(' ').take_while(|w| is_capital(w)).map(str::len).sum();
    let name = rest.head(length).trim_end().trim_end_matches([',', '.']);
    (name.split(' ').count() >= 2 && !areas::is_name(name)).then_some(name)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::{home, inspected, named_before};

    #[test]
    fn another_area_is_told() {
        assert_eq!(inspected("the Ofsted inspection of Wigan in June 2014"), Some("Wigan"));
        assert_eq!(inspected("the Ofsted inspection of Wigan’s services"), Some("Wigan"));
        assert_eq!(inspected("the inspection of the Isles of Scilly in May 2016"), Some("Isles of Scilly"));
        assert_eq!(
            inspected("the inspection of Bath and North East Somerset"),
            Some("Bath and North East Somerset")
        );
        assert_eq!(inspected("the inspection of Wigan and of others"), Some("Wigan"));
        assert_eq!(inspected("the inspection of safeguarding"), None);
    }

    #[test]
    fn a_home_is_told() {
        assert_eq!(home("Following an Ofsted inspection of Elm House in May 2012"), Some("Elm House"));
        assert_eq!(home("Following an Ofsted inspection of Wigan in May 2012"), None);
        assert_eq!(home("Following an inspection of the home in May 2012"), None);
    }

    #[test]
    fn another_area_is_named_before_its_inspection() {
        let named = |text| named_before(text, "joint");
        assert_eq!(named("They read of the Solihull Joint Targeted Area Inspection."), Some("Solihull"));
        assert_eq!(named("They read of the Joint Targeted Area Inspection."), None);
    }
}
