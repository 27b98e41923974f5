//! Decides whether the text that a PDF has for a page can be used.

use crate::Page;

/// The quality of a page's own text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Native text, drawn to be read.
    Native,
    /// OCR text that a scanner put behind the page image, of good quality.
    Hidden,
    /// OCR text that a scanner put behind the page image, of poor quality.
    BadHidden,
    /// An image with no text, or with no more than a stamp.
    Image,
    /// Text in no language, with the reason.
    Garbage(&'static str),
    /// An empty page.
    Blank,
}

/// An image that covers at least this share of a page is a scan of the page.
const FULL: f32 = 0.75;
/// The most words that may be stamped on a scanned page.
const STAMP: usize = 12;
/// With fewer words, a page's language can't be judged.
const ENOUGH: usize = 60;
/// An average word length, in characters, above which the spaces between words must have been lost.
const LONG: f32 = 15.0;
/// The least share of common words in English text; pages of names and numbers have few.
const COMMON: f32 = 0.04;
/// The least share of common words in well-recognised text,
const WELL_COMMON: f32 = 0.25;
/// and the largest share of odd words in it.
const WELL_ODD: f32 = 0.05;

/// Judges a page's own text.
pub fn page_verdict(page: &Page) -> Verdict {
    let words: Vec<&str> = page.lines.iter().flat_map(|l| &l.words).map(|w| w.text.as_str()).collect();
    let full_image = page.image.is_some_and(|i| i.cover >= FULL);
    if words.is_empty() {
        return if page.image_only { Verdict::Image } else { Verdict::Blank };
    }
    if full_image && words.len() <= STAMP {
        return Verdict::Image;
    }
    if page.hidden > 0.5 && page.image.is_some_and(|i| i.cover > 0.5) {
        return if reads_well(&words) { Verdict::Hidden } else { Verdict::BadHidden };
    }
    if unmapped(&words) {
        return Verdict::Garbage("its fonts do not say which characters they draw");
    }
    match garbage(&words) {
        Some(why) => Verdict::Garbage(why),
        None => Verdict::Native,
    }
}

/// Whether so many characters of a page are unknown that the rest can't be used.
fn unmapped(words: &[&str]) -> bool {
    const MOST: f32 = 0.05;
    const ENOUGH_CHARACTERS: usize = 20;
    let unknown: usize = words.iter().filter(|w| !w.is_ascii()).map(|w| w.matches('\u{fffd}').count()).sum();
    let all = || words.iter().map(|w| w.chars().count()).sum::<usize>();
    unknown >= ENOUGH_CHARACTERS && unknown as f32 > MOST * all() as f32
}

fn garbage(words: &[&str]) -> Option<&'static str> {
    let characters: usize = words.iter().map(|w| w.len()).sum();
    let odd_bytes = |w: &&&str| !w.is_ascii();
    let no_characters: usize = words
        .iter()
        .filter(odd_bytes)
        .flat_map(|w| w.chars())
        .filter(|c| is_no_character(*c))
        .map(char::len_utf8)
        .sum();
    if no_characters * 4 > characters && characters >= 40 {
        return Some("its characters have no meaning (private-use codes)");
    }
    // The dot leaders of a contents page are not words.
    let letters = || words.iter().flat_map(|w| w.bytes()).filter(u8::is_ascii_alphanumeric).count();
    if characters >= 400 && characters as f32 > LONG * words.len() as f32 && letters() * 2 > characters {
        return Some("its words are not separated");
    }
    // On an English page the count is reached after a few words.
    let wanted = (words.len() as f32 * COMMON) as usize + 1;
    let language =
        words.len() < ENOUGH || words.iter().filter(|w| is_common(w)).take(wanted).count() == wanted;
    (!language).then_some("its words belong to no language")
}

fn is_no_character(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{80}'..='\u{9f}') || c.is_control()
}

/// A page of few words is judged by its odd words alone.
fn reads_well(words: &[&str]) -> bool {
    let language = words.len() < ENOUGH || share(words, is_common) >= WELL_COMMON;
    garbage(words).is_none() && language && share(words, is_odd) <= WELL_ODD
}

fn share(words: &[&str], is: impl Fn(&str) -> bool) -> f32 {
    words.iter().filter(|w| is(w)).count() as f32 / words.len().max(1) as f32
}

fn is_common(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphabetic());
    if bare.is_ascii() {
        return COMMON_WORDS.iter().any(|common| common.eq_ignore_ascii_case(bare));
    }
    COMMON_WORDS.contains(&bare.to_lowercase().as_str())
}

/// Whether a word is implausible as English: digits or signs between letters, no vowel, a lone letter.
fn is_odd(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word.chars().any(is_no_character) {
        return true;
    }
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 {
        // A number, a mark or a dash is plausible; a run of signs is not.
        return bare.is_empty() && word.chars().count() > 3;
    }
    let inside = bare.chars().any(|c| !c.is_alphanumeric() && !"-‐‑–—'’./@&:,()".contains(c));
    let small: Vec<char> = bare.chars().skip(1).filter(|c| c.is_alphabetic()).collect();
    let mixed_case = bare.starts_with(char::is_lowercase) && small.iter().any(|c| c.is_uppercase());
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    // Postcodes, "16-year-old" and "1st" have letters and digits too; "chi1dren" has a digit between lower-case
    // letters.
    let chars: Vec<char> = bare.chars().collect();
    let digit_inside = digits > 0
        && chars.windows(3).any(|w| w[0].is_lowercase() && w[1].is_ascii_digit() && w[2].is_lowercase());
    let no_vowel = letters > 3
        && bare.chars().all(char::is_lowercase)
        && !bare.chars().any(|c| "aeiouy".contains(c) || !c.is_ascii());
    let lone = letters == 1 && digits == 0 && bare.len() == word.len() && !"aAIioO".contains(bare);
    inside || mixed_case || digit_inside || no_vowel || lone
}

/// The commonest words of English and of reports on children's services.
const COMMON_WORDS: &[&str] = &[
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "for",
    "that",
    "are",
    "with",
    "have",
    "by",
    "their",
    "has",
    "on",
    "this",
    "not",
    "as",
    "be",
    "from",
    "or",
    "an",
    "it",
    "was",
    "which",
    "who",
    "they",
    "at",
    "when",
    "were",
    "all",
    "been",
    "but",
    "them",
    "do",
    "these",
    "there",
    "where",
    "more",
    "some",
    "also",
    "can",
    "will",
    "made",
    "does",
    "its",
    "need",
    "children",
    "young",
    "people",
    "care",
    "social",
    "workers",
    "authority",
    "local",
    "service",
    "services",
    "support",
    "leaders",
    "child",
    "practice",
    "plans",
    "plan",
    "quality",
    "inspectors",
    "staff",
    "health",
    "families",
    "needs",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PageImage, TextLine, Word};

    fn page(text: &str, cover: f32, hidden: f32) -> Page {
        let words = text.split_whitespace().map(|w| Word { text: w.into(), ..Word::default() }).collect();
        let lines = if text.is_empty() { vec![] } else { vec![TextLine { words, ..TextLine::default() }] };
        let image = (cover > 0.0).then_some(PageImage { cover, dpi: 200.0 });
        Page { image_only: text.is_empty() && image.is_some(), lines, image, hidden, ..Page::default() }
    }

    const GOOD: &str =
        "Leaders have made sure that the needs of children in care are met by the staff of the service.";
    const BAD: &str =
        "Lcad3rs h@vc rnade 5ure thot tbe n€eds 0f ch1ldren ln corc arc rnet bv tbe st@ff xf tne sxrvxcx.";

    #[test]
    fn verdicts() {
        let long = |s: &str| s.repeat(6);
        for (text, cover, hidden, verdict) in [
            ("", 1.0, 0.0, Verdict::Image),
            ("", 0.0, 0.0, Verdict::Blank),
            ("Scanned 3 May 2019", 0.95, 0.0, Verdict::Image),
            ("Page 3", 0.0, 0.0, Verdict::Native),
            (&long(GOOD), 0.0, 0.0, Verdict::Native),
            (&long(GOOD), 1.0, 0.0, Verdict::Native),
            (&long(GOOD), 1.0, 1.0, Verdict::Hidden),
            (&long(BAD), 1.0, 1.0, Verdict::BadHidden),
            (
                &"Xqzt vlek 4tri opwk ".repeat(20),
                0.0,
                0.0,
                Verdict::Garbage("its words belong to no language"),
            ),
        ] {
            assert_eq!(page_verdict(&page(text, cover, hidden)), verdict, "{text}");
        }
        let codes: String = GOOD.chars().map(|c| if c == ' ' { c } else { '\u{e041}' }).collect();
        assert!(
            matches!(page_verdict(&page(&codes, 0.0, 0.0)), Verdict::Garbage(why) if why.contains("private-use"))
        );
        let contents = format!("Summary {} 2 ", ".".repeat(120)).repeat(9);
        assert_eq!(page_verdict(&page(&contents, 0.0, 0.0)), Verdict::Native);
        let joined = long(GOOD).replace(' ', "");
        assert!(
            matches!(page_verdict(&page(&joined, 0.0, 0.0)), Verdict::Garbage(why) if why.contains("separated"))
        );
    }
}
