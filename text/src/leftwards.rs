//! Right-to-left scripts (Arabic, Hebrew): turns letters from their order on the page into reading order.
//!
//! Some programs draw such a line from its left end, others from its right end or word by word. So letters are
//! first sorted by position; then the words, and the letters within them, are reversed. Embedded numbers and words
//! of other scripts keep their own order. This inverts Unicode's bidirectional algorithm, as far as a page permits.

use unicode_normalization::UnicodeNormalization;

use super::Word;
use super::interpret::Glyph;

/// How far a letter's baseline may be from that of its line, in font sizes.
const LEVEL: f32 = 0.1;
/// The largest gap between letters of a line, in font sizes.
const APART: f32 = 2.5;

/// Whether a letter or combining mark is of a right-to-left script. The digits of these scripts run from left to
/// right.
pub(super) fn is_leftwards(c: char) -> bool {
    let of_script = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}');
    of_script && !c.is_numeric()
}

/// Whether most letters are of right-to-left scripts.
pub(super) fn is_main(glyphs: &[Glyph]) -> bool {
    let letters = || glyphs.iter().filter(|g| g.ch.is_alphabetic());
    letters().filter(|g| is_leftwards(g.ch)).count() * 2 > letters().count()
}

/// Sorts the glyphs of lines with right-to-left letters by position, from left to right.
pub(super) fn put_by_place(glyphs: &mut [Glyph]) {
    let mut rest = glyphs;
    while !rest.is_empty() {
        let (line, after) = rest.split_at_mut(run(rest));
        if line.iter().any(|g| is_leftwards(g.ch)) {
            line.sort_by(|a, b| (a.x0 + a.x1).total_cmp(&(b.x0 + b.x1)));
        }
        rest = after;
    }
}

/// Length of the initial run of glyphs (at least one) on one baseline, each near the others.
fn run(glyphs: &[Glyph]) -> usize {
    let Some(first) = glyphs.first() else { return 0 };
    let (mut left, mut right) = (first.x0, first.x1);
    let goes_on = |g: &&Glyph| {
        let size = first.size.max(1.0);
        let near = g.x0 < right + APART * size && g.x1 > left - APART * size;
        (left, right) = (left.min(g.x0), right.max(g.x1));
        near && (g.base - first.base).abs() < LEVEL * size
            && (g.angle, g.note, g.artifact, g.aside)
                == (first.angle, first.note, first.artifact, first.aside)
            && !g.vertical
    };
    1 + glyphs.iter().skip(1).take_while(goes_on).count()
}

/// The direction of a word.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Left,
    Right,
    /// Digits and no letter.
    Number,
    /// Punctuation only.
    Other,
}

fn way(text: &str) -> Way {
    if text.contains(is_leftwards) {
        Way::Left
    } else if text.contains(char::is_alphabetic) {
        Way::Right
    } else if text.contains(char::is_numeric) {
        Way::Number
    } else {
        Way::Other
    }
}

/// Puts the words of a line, given in order of position, into reading order; `main` says whether the page as a
/// whole is right-to-left.
pub(super) fn read(words: &mut Vec<Word>, main: bool) {
    let mut line: Vec<(Way, Word)> = words.drain(..).map(|w| (way(&w.text), w)).collect();
    for (way, word) in &mut line {
        // Punctuation attached to a number takes the direction of its surroundings.
        if *way == Way::Left || main && *way != Way::Right {
            word.text = turned(&word.text);
        }
    }
    if main {
        turn_runs(&mut line, |w| w.0 == Way::Right, |w| w.0 != Way::Left, |w| w.0 == Way::Number);
        line.reverse();
    } else {
        turn_runs(&mut line, |w| w.0 == Way::Left, |w| w.0 != Way::Right, |_| false);
    }
    words.extend(line.into_iter().map(|(_, word)| word));
}

/// A word given in order of position, put into reading order.
fn turned(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().rev().map(mirrored).collect();
    let forward = |c: &char| c.is_alphanumeric() && !is_leftwards(*c);
    turn_runs(&mut chars, forward, |c| !is_leftwards(*c), |_| false);
    chars.into_iter().nfc().collect()
}

/// A text in reading order, put into order of position from the left; `None` if it has no right-to-left letters. In
/// a text of mixed directions, left to right is taken as the main one.
pub(super) fn by_place(text: &str) -> Option<String> {
    text.contains(is_leftwards).then(|| {
        let mut chars: Vec<char> = text.chars().collect();
        let rightwards = |c: &char| c.is_alphabetic() && !is_leftwards(*c);
        turn_runs(&mut chars, |c| is_leftwards(*c), |c| !rightwards(c), |_| false);
        chars.into_iter().collect()
    })
}

/// Reverses each longest run that begins with an item of `ends`, consists of `within`, and ends with one of `ends`
/// or `last`.
fn turn_runs<T>(
    list: &mut [T],
    ends: impl Fn(&T) -> bool,
    within: impl Fn(&T) -> bool,
    last: impl Fn(&T) -> bool,
) {
    let mut rest = list;
    while let Some(from) = rest.iter().position(&ends) {
        let (_, begun) = rest.split_at_mut(from);
        let most = begun.iter().take_while(|t| within(t)).count();
        let (run, after) = begun.split_at_mut(most.max(1));
        let length = run.iter().rposition(|t| ends(t) || last(t)).map_or(1, |at| at + 1);
        if let Some(run) = run.get_mut(..length) {
            run.reverse();
        }
        rest = after;
    }
}

/// Brackets are mirrored in right-to-left text.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»')];
    let other = |(a, b): &(char, char)| (*a == c).then_some(*b).or((*b == c).then_some(*a));
    PAIRS.iter().find_map(other).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line, given by position, in reading order.
    fn as_read(line: &str, main: bool) -> String {
        let mut words: Vec<Word> =
            line.split(' ').map(|w| Word { text: w.into(), ..Word::default() }).collect();
        read(&mut words, main);
        words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_of_a_line_that_runs_leftwards() {
        assert_eq!(as_read("םלוע םולש", true), "שלום עולם");
        // Numbers and names keep their order, and brackets enclose what they enclosed.
        assert_eq!(as_read("(1,234 םולש) 2019", true), "2019 (שלום 1,234)");
        assert_eq!(as_read("םלוע New York 2019 םולש", true), "שלום New York 2019 עולם");
        assert_eq!(as_read("ב-PDF2", true), "PDF2-ב");
    }

    #[test]
    fn words_in_a_line_that_runs_rightwards() {
        assert_eq!(as_read("It says םלוע 7 םולש here 8", false), "It says שלום 7 עולם here 8");
        assert_eq!(as_read("nothing at all", false), "nothing at all");
    }

    #[test]
    fn texts_that_stand_for_glyphs_are_put_by_place() {
        assert_eq!(by_place("שלום h").as_deref(), Some("םולש h"));
        assert_eq!(by_place("ffi"), None);
    }

    #[test]
    fn letters_are_put_by_their_place() {
        let glyph = |(i, ch): (usize, char)| {
            let x0 = 100.0 - 6.0 * i as f32;
            Glyph { ch, x0, x1: x0 + 6.0, base: 50.0, size: 10.0, ..Glyph::default() }
        };
        let drawn = |text: &str| {
            let mut glyphs: Vec<Glyph> = text.chars().enumerate().map(glyph).collect();
            put_by_place(&mut glyphs);
            glyphs.iter().map(|g| g.ch).collect::<String>()
        };
        assert_eq!(drawn("שלום"), "םולש");
        // Other letters stay in the order in which they are drawn.
        assert_eq!(drawn("abcd"), "abcd");
    }
}
