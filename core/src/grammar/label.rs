//! The fixed phrases of forms, and all the tolerance for spelling in findings.

use std::iter::Peekable;
use std::str::CharIndices;

use memchr::memchr2_iter;

use super::ParseResult;
use super::scan::{fail, is_apostrophe, is_dash, is_word_start, word_starts};
use crate::cut::Cut;
use crate::text::confusion::CONFUSIONS;

/// A fixed phrase, with any case, apostrophes, dashes and amount of white space. A long one may contain an OCR error or
/// two, but not in its first letter.
///
/// "Overall effectiveness"; "OVERALL EFFECTIVENESS"; "children’s", "children‘s", "childrens"
pub fn label<'p>(phrase: &'p str) -> impl for<'a> Fn(&'a str) -> ParseResult<'a, &'a str> + Copy + 'p {
    move |input| match matched(phrase, input) {
        Some(len) => Ok((input.tail(len), input.head(len))),
        None => fail(input),
    }
}

/// The first of several fixed phrases that matches, so put longer ones first.
pub fn any_label<'p>(
    phrases: &'p [&'p str],
) -> impl for<'a> Fn(&'a str) -> ParseResult<'a, &'a str> + Copy + 'p {
    move |input| match phrases.iter().find_map(|p| matched(p, input)) {
        Some(len) => Ok((input.tail(len), input.head(len))),
        None => fail(input),
    }
}

/// The first occurrence of a fixed phrase in a text, at the start of a word.
///
/// ```
/// use findings_core::grammar::label::find_label;
///
/// assert_eq!(find_label("The OVERALL  effectiveness is", "Overall effectiveness"), Some("OVERALL  effectiveness"));
/// ```
pub fn find_label<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let at = |at: usize| matched(phrase, text.tail(at)).map(|len| text.part(at..at + len));
    match first_letter(phrase) {
        // Searching for the first letter is much faster than searching for word starts.
        first if first.is_ascii_alphanumeric() => {
            let (lower, upper) = (first as u8, first.to_ascii_uppercase() as u8);
            memchr2_iter(lower, upper, text.as_bytes()).filter(|i| is_word_start(text, *i)).find_map(at)
        }
        _ => word_starts(text).find_map(at),
    }
}

/// Whether a fixed phrase occurs in a text.
pub fn contains_label(text: &str, phrase: &str) -> bool {
    find_label(text, phrase).is_some()
}

/// A text in which many phrases are looked up: its word starts are found once and indexed by first letter.
#[derive(Debug, Default)]
pub struct LabelIndex {
    text: String,
    /// One list for each ASCII character; all other characters share the last.
    starts: Vec<Vec<u32>>,
}

impl LabelIndex {
    /// Indexes the word starts of a text.
    pub fn new(text: String) -> LabelIndex {
        let mut starts = vec![Vec::new(); 129];
        for at in word_starts(&text) {
            starts[place(first_letter(text.tail(at)))].push(at as u32);
        }
        LabelIndex { text, starts }
    }

    /// Like [`contains_label`] for the indexed text.
    pub fn contains(&self, phrase: &str) -> bool {
        let starts = self.starts.get(place(first_letter(phrase))).map_or(&[][..], Vec::as_slice);
        starts.iter().any(|at| matched(phrase, self.text.tail(*at as usize)).is_some())
    }

    /// Whether a fixed phrase occurs with a capital, as a title or the beginning of a sentence.
    pub fn contains_opening(&self, phrase: &str) -> bool {
        let starts = self.starts.get(place(first_letter(phrase))).map_or(&[][..], Vec::as_slice);
        let here = |at: &u32| self.text.tail(*at as usize);
        starts
            .iter()
            .any(|at| here(at).starts_with(char::is_uppercase) && matched(phrase, here(at)).is_some())
    }
}

/// The index of the list for words that begin with this character.
fn place(first: char) -> usize {
    (first as usize).min(128)
}

fn first_letter(text: &str) -> char {
    if let Some(first) = text.bytes().next().filter(u8::is_ascii_alphanumeric) {
        return first.to_ascii_lowercase().into();
    }
    let first = text.chars().find(|c| !is_apostrophe(*c)).unwrap_or(' ');
    if is_dash(first) { '-' } else { first.to_lowercase().next().unwrap_or(first) }
}

/// Whether a text is a fixed phrase and nothing else, apart from white space, a footnote mark and final punctuation.
pub fn is_label(text: &str, phrase: &str) -> bool {
    let text = text.trim();
    matched(phrase, text).is_some_and(|len| {
        let rest =
            text.tail(len).trim_matches(|c: char| matches!(c, ':' | '.' | '?' | '*') || c.is_whitespace());
        rest.len() <= 2 && rest.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The number of input bytes that match a phrase.
///
/// Apostrophes are ignored on both sides; white space matches any amount of white space. The match must end at the end
/// of a word; a footnote mark may follow directly ("improve1").
fn matched(phrase: &str, input: &str) -> Option<usize> {
    if begins_otherwise(phrase, input) {
        return None; // nearly every call ends here
    }
    let mut budget = phrase.len() / LETTERS_AN_ERROR;
    let same_so_far = same_start(phrase.as_bytes(), input.as_bytes());
    let (before, phrase) = phrase.split_at_checked(same_so_far)?;
    let input = input.get(same_so_far..)?;
    if let (Some(want), Some(given)) = (letter(phrase), letter(input))
        && (before.is_empty() || budget == 0 || !may_be_seen_for(want, given))
    {
        return None;
    }
    let mut wanted = phrase.chars().filter(|c| !is_apostrophe(*c)).peekable();
    let mut given = input.char_indices().peekable();
    let mut last = before.chars().next_back().unwrap_or(' ');
    while let Some(want) = wanted.next() {
        while given.next_if(|(_, c)| is_apostrophe(*c)).is_some() {}
        if want.is_whitespace() {
            while wanted.next_if(|c| c.is_whitespace()).is_some() {}
            if given.next_if(|(_, c)| c.is_whitespace()).is_none() {
                // A lost space.
                budget = budget.checked_sub(1)?;
            }
            while given.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        } else if want == 'a' && last == ' ' && given.next_if(|(_, c)| *c == '&').is_some() {
            // "&" is equivalent to "and".
            ["n", "d"].iter().all(|l| wanted.next().is_some_and(|c| l.starts_with(c))).then_some(())?;
        } else if given.next_if(|(_, c)| same(want, *c)).is_none() {
            budget = budget.checked_sub(1)?;
            misread(want, &mut wanted, &mut given)?;
        }
        last = want;
    }
    let (end, next) = given.peek().copied().unwrap_or((input.len(), ' '));
    let inside = (last.is_alphabetic() && next.is_alphabetic())
        || (last.is_numeric() && (next.is_numeric() || next.is_alphabetic()));
    let end = same_so_far + end;
    (!inside && end > 0).then_some(end)
}

/// Whether phrase and input differ in the first letter, or in the second without a known confusion. No tolerance
/// applies there.
fn begins_otherwise(phrase: &str, input: &str) -> bool {
    let (phrase, input) = (phrase.as_bytes(), input.as_bytes());
    let letters = |at: usize| match (phrase.get(at), input.get(at)) {
        (Some(want), Some(given)) if want.is_ascii_alphabetic() && given.is_ascii_alphabetic() => {
            Some((*want, *given, want.eq_ignore_ascii_case(given)))
        }
        _ => None,
    };
    match letters(0) {
        Some((.., true)) => {
            letters(1).is_some_and(|(want, given, same)| !same && !may_be_seen_for(want, given))
        }
        Some(_) => true,
        None => false,
    }
}

/// The length in bytes of the common prefix of phrase and input, ignoring case: letters, digits, and single spaces
/// between them. No tolerance applies to these, so the rest can be matched separately.
fn same_start(phrase: &[u8], input: &[u8]) -> usize {
    let pairs = phrase.iter().zip(input).enumerate();
    let same = |(at, (want, given)): (usize, (&u8, &u8))| match want {
        b' ' => *given == b' ' && [phrase, input].iter().all(|text| is_letter(text.get(at + 1))),
        want => want.eq_ignore_ascii_case(given) && want.is_ascii_alphanumeric(),
    };
    pairs.take_while(|pair| same(*pair)).count()
}

fn is_letter(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_alphanumeric)
}

/// The first character of a text, if it is an ASCII letter or digit.
fn letter(text: &str) -> Option<u8> {
    text.bytes().next().filter(u8::is_ascii_alphanumeric)
}

/// Whether OCR may misread something that begins with `want` as something that begins with `given`.
fn may_be_seen_for(want: u8, given: u8) -> bool {
    SEEN_FOR[usize::from(want & 127)] >> (given & 127) & 1 != 0
}

/// One OCR error is allowed per this many bytes of a phrase.
const LETTERS_AN_ERROR: usize = 10;

/// Skips what OCR has made of one or more letters of the phrase: other letters, an additional space, or (for a hyphen)
/// nothing.
fn misread<'i>(
    want: char,
    wanted: &mut (impl Iterator<Item = char> + Clone),
    given: &mut Peekable<CharIndices<'i>>,
) -> Option<()> {
    if is_dash(want) {
        return Some(());
    }
    if given.next_if(|(_, c)| c.is_whitespace()).is_some() {
        return given.next_if(|(_, c)| same(want, *c)).map(|_| ());
    }
    let ascii = |c: char| u8::try_from(c).ok().filter(u8::is_ascii);
    if !may_be_seen_for(ascii(want)?, ascii(given.peek()?.1)?) {
        return None; // nearly every call that gets this far ends here
    }
    CONFUSIONS.iter().find_map(|(seen, meant, _)| {
        let (mut phrase, mut input) = (std::iter::once(want).chain(wanted.clone()), given.clone());
        let fits = meant.chars().all(|m| phrase.next().is_some_and(|c| same(m, c)))
            && seen.chars().all(|s| input.next().is_some_and(|(_, c)| same(s, c)));
        fits.then(|| {
            wanted.by_ref().take(meant.chars().count() - 1).for_each(drop);
            *given = input;
        })
    })
}

/// For each letter, a bit set of the letters with which a misreading of it may begin.
static SEEN_FOR: [u128; 128] = {
    let mut table = [0; 128];
    let mut i = 0;
    while i < CONFUSIONS.len() {
        let (seen, meant) = (CONFUSIONS[i].0.as_bytes()[0], CONFUSIONS[i].1.as_bytes()[0]);
        let bits = 1 << seen.to_ascii_lowercase() | 1 << seen.to_ascii_uppercase();
        table[meant.to_ascii_lowercase() as usize] |= bits;
        table[meant.to_ascii_uppercase() as usize] |= bits;
        i += 1;
    }
    table
};

/// Whether two characters are equivalent.
#[inline]
fn same(want: char, given: char) -> bool {
    want == given
        || want.eq_ignore_ascii_case(&given)
        || (is_dash(want) && is_dash(given))
        || (!want.is_ascii() && want.to_lowercase().eq(given.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn try_label(phrase: &str, input: &str) -> String {
        match label(phrase)(input) {
            Ok((rest, slice)) => format!("{slice}|{rest}"),
            Err(_) => "no".into(),
        }
    }

    #[test]
    fn long_phrases_stand_errors_of_ocr() {
        assert_snapshot!(try_label("What needs to improve", "What nceds toimprove: x"), @"What nceds toimprove|: x");
        assert_snapshot!(try_label("The impact of leaders", "The irnpact of 1eaders x"), @"The irnpact of 1eaders| x");
        assert_snapshot!(try_label("Recommendations", "Recomrnendations"), @"Recomrnendations|");
        assert_snapshot!(try_label("care leavers", "carc lcavers"), @"no");
        assert_snapshot!(try_label("multi-agency response", "multiagency response"), @"multiagency response|");
        assert_snapshot!(try_label("Leadership, management", "Leadership, manage ment"), @"Leadership, manage ment|");
        assert_snapshot!(try_label("Areas for improvement", "Areas of improvement"), @"no");
    }

    #[test]
    fn case_apostrophes_dashes_and_spaces_are_slack() {
        assert_snapshot!(try_label("Overall effectiveness", "OVERALL  effectiveness: Good"), @"OVERALL  effectiveness|: Good");
        assert_snapshot!(try_label("children's services", "Children‘s services"), @"Children‘s services|");
        assert_snapshot!(try_label("children's services", "childrens services are"), @"childrens services| are");
        assert_snapshot!(try_label("joint-area", "Joint–area"), @"Joint–area|");
    }

    #[test]
    fn a_phrase_ends_with_a_word() {
        assert_snapshot!(try_label("Finding", "Findings"), @"no");
        assert_snapshot!(try_label("What needs to improve", "What needs to improve?1"), @"What needs to improve|?1");
        assert_snapshot!(try_label("Section 1", "Section 12"), @"no");
        assert_snapshot!(try_label("local authority", "local authority’s"), @"local authority|’s");
    }

    #[test]
    fn a_label_may_carry_a_footnote_mark() {
        assert!(is_label("What needs to improve?1", "What needs to improve"));
        assert!(is_label("Findings:", "findings"));
        assert!(!is_label("Findings for 2018", "findings"));
        assert!(contains_label("see the Main findings below", "main findings"));
        assert!(!contains_label("the domain findings", "main findings"));
    }

    #[test]
    fn an_index_finds_what_a_search_finds() {
        let text = "see the ‘Main findings’ below – and CHILDREN’S  services";
        let index = LabelIndex::new(text.to_owned());
        for phrase in ["main findings", "Children's services", "‘main", "- and", "domain", "services now", ""]
        {
            assert_eq!(index.contains(phrase), contains_label(text, phrase), "{phrase}");
        }
    }

    #[test]
    fn the_first_of_several_phrases_matches() {
        let p = any_label(&["requires improvement to be good", "requires improvement"]);
        assert_snapshot!(p("Requires improvement to be good.").unwrap().1, @"Requires improvement to be good");
        assert!(p("Require").is_err());
    }
}
