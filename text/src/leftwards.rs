//! Scripts that run from right to left (Arabic, Hebrew): letters as they stand on the page become words as they are read.
//!
//! Some programs draw such a line from its left end, others from its right end or word by word. So letters are put in order
//! by their place first; then words, and the letters in them, are turned round. Numbers and words of other scripts among them
//! keep their own order. That is Unicode's bidirectional algorithm backwards, as far as it can be told from a page.

use unicode_normalization::UnicodeNormalization;

use super::Word;
use super::interpret::Glyph;

/// How far a letter's baseline may lie from that of its line, in font sizes.
const LEVEL: f32 = 0.1;
/// How far apart letters of a line may be, in font sizes.
const APART: f32 = 2.5;

/// Whether a letter, or a mark on one, is of a script that runs from right to left. The digits of these scripts run from
/// left to right.
pub(super) fn is_leftwards(c: char) -> bool {
    let of_script = matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}');
    of_script && !c.is_numeric()
}

/// Whether more letters run leftwards than not.
pub(super) fn is_main(glyphs: &[Glyph]) -> bool {
    let letters = || glyphs.iter().filter(|g| g.ch.is_alphabetic());
    letters().filter(|g| is_leftwards(g.ch)).count() * 2 > letters().count()
}

/// Puts lines that have such letters in order by place, from left to right.
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

/// How many glyphs, at least one, stand on one baseline, each near the others.
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

/// How a word runs.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Left,
    Right,
    /// Digits without a letter.
    Number,
    /// Marks alone.
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

/// Puts the words of a line, which are in order by place, in the order in which they are read; `main` says whether the page
/// as a whole runs leftwards.
pub(super) fn read(words: &mut Vec<Word>, main: bool) {
    let mut line: Vec<(Way, Word)> = words.drain(..).map(|w| (way(&w.text), w)).collect();
    for (way, word) in &mut line {
        // Marks on either side of a number are of what is around it.
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

/// A word whose letters are in order by place, as it is read.
fn turned(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().rev().map(mirrored).collect();
    let forward = |c: &char| c.is_alphanumeric() && !is_leftwards(*c);
    turn_runs(&mut chars, forward, |c| !is_leftwards(*c), |_| false);
    chars.into_iter().nfc().collect()
}

/// A text as it is read, in the order in which its letters stand, from the left: none if it has no such letters. In a text of
/// both kinds the others are taken for the main ones.
pub(super) fn by_place(text: &str) -> Option<String> {
    text.contains(is_leftwards).then(|| {
        let mut chars: Vec<char> = text.chars().collect();
        let rightwards = |c: &char| c.is_alphabetic() && !is_leftwards(*c);
        turn_runs(&mut chars, |c| is_leftwards(*c), |c| !rightwards(c), |_| false);
        chars.into_iter().collect()
    })
}

/// Turns round each longest run that begins with one of `ends`, has nothing but `within`, and ends with one of `ends` or `last`.
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

/// A bracket that closes leftwards is drawn as one that opens rightwards.
fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»')];
    let other = |(a, b): &(char, char)| (*a == c).then_some(*b).or((*b == c).then_some(*a));
    PAIRS.iter().find_map(other).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line by place, as they are read.
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
        // Other letters stay as they are drawn.
        assert_eq!(drawn("abcd"), "abcd");
    }
}
