//! Damages texts as OCR does, by class, rate and seed, so that accuracy can be measured against the rate.

use findings_core::plugin::document;

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Letters mistaken for each other.
    Letters,
    /// Spaces that are lost, doubled or inserted into words.
    Spaces,
    /// Lines joined, or broken at a space.
    Lines,
    /// List marks, paragraph numbers and apostrophes lost.
    Marks,
    /// All characters other than ASCII lost, whatever the rate.
    Ascii,
}

impl Class {
    /// All classes that depend on the rate.
    pub const BY_RATE: [Class; 4] = [Class::Letters, Class::Spaces, Class::Lines, Class::Marks];

    /// A text with this damage at a share `rate` of the possible places. The same seed always gives the same damage.
    pub fn damage(self, text: &str, rate: f64, seed: u64) -> String {
        let mut dice = Dice(seed ^ (self as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        match self {
            Class::Letters => letters(text, rate, &mut dice),
            Class::Spaces => spaces(text, rate, &mut dice),
            Class::Lines => lines(text, rate, &mut dice),
            Class::Marks => marks(text, rate, &mut dice),
            Class::Ascii => text.chars().filter(char::is_ascii).collect(),
        }
    }
}

/// Printed text, and its misreading.
const CONFUSED: &[(&str, &str)] = &[
    ("rn", "m"),
    ("m", "rn"),
    ("cl", "d"),
    ("d", "cl"),
    ("fi", "fl"),
    ("l", "1"),
    ("l", "I"),
    ("I", "l"),
    ("1", "l"),
    ("O", "0"),
    ("0", "O"),
    ("g", "q"),
    ("e", "c"),
    ("S", "5"),
    ("5", "S"),
    ("B", "8"),
    ("8", "B"),
    ("h", "b"),
    ("t", "f"),
    ("i", "l"),
    (".", ","),
];

fn letters(text: &str, rate: f64, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let fits: Vec<_> = CONFUSED.iter().filter(|(printed, _)| rest.starts_with(printed)).collect();
        if !fits.is_empty() && dice.falls(rate) {
            let (printed, read) = fits[dice.below(fits.len())];
            out.push_str(read);
            rest = &rest[printed.len()..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn spaces(text: &str, rate: f64, dice: &mut Dice) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        let inside = before.is_alphanumeric() && c.is_alphanumeric();
        if inside && dice.falls(rate / 20.0) {
            out.push(' ');
        }
        match c {
            ' ' if dice.falls(rate) => out.push_str(["", "  "][dice.below(2)]),
            _ => out.push(c),
        }
        before = c;
    }
    out
}

fn lines(text: &str, rate: f64, dice: &mut Dice) -> String {
    let change = |c: char| match c {
        '\n' if dice.falls(rate) => ' ',
        ' ' if dice.falls(rate / 10.0) => '\n',
        _ => c,
    };
    text.chars().map(change).collect()
}

fn marks(text: &str, rate: f64, dice: &mut Dice) -> String {
    let rate = (5.0 * rate).min(1.0);
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let text = line.trim_start();
        let first = text.split_whitespace().next().unwrap_or("");
        let digits = first.strip_suffix('.').unwrap_or("");
        let number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        let mark = matches!(first, "\u{2022}" | "\u{25aa}" | "\u{25fc}" | "-");
        let lost = (number || mark) && dice.falls(rate);
        let line = if lost { text[first.len()..].trim_start_matches(' ') } else { line };
        out.extend(line.chars().filter(|c| !matches!(c, '\u{2019}' | '\'') || !dice.falls(rate)));
    }
    out
}

/// A deterministic random number generator (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn falls(&mut self, rate: f64) -> bool {
        ((self.next() >> 11) as f64) < rate * (1u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

/// Space between lines that becomes an empty line in a text, in font sizes.
const GAP: f32 = 0.6;

/// A document as plain text, as a person might save it: its lines, with empty lines where there is space, form feeds
/// between pages, and the cells of a row in one line.
pub fn text_of(name: &str, bytes: &[u8]) -> Option<String> {
    let layer = document(name, bytes).ok()?.layer;
    let mut out = String::new();
    for page in &layer.pages {
        let mut bottom: Option<f32> = None;
        for line in &page.lines {
            let gap = line.bbox.zip(bottom).map_or(0.0, |(bbox, bottom)| bbox.top - bottom);
            if line.same_row && out.ends_with('\n') {
                out.pop();
                out.push_str("    ");
            } else if line.blank_before || gap > GAP * line.size || gap < -line.size {
                out.push('\n');
            }
            bottom = line.bbox.map(|b| b.bottom).or(bottom);
            out.push_str(&line.text());
            out.push('\n');
        }
        out.push('\u{c}');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_of_its_class_and_always_the_same() {
        let text =
            "1. The children\u{2019}s home is good.\n\u{2022} First item\n\u{2022} Second\n".repeat(50);
        for class in Class::BY_RATE {
            assert_eq!(class.damage(&text, 0.0, 7), text, "{class:?}");
            let once = class.damage(&text, 0.1, 7);
            assert_ne!(once, text, "{class:?}");
            assert_eq!(once, class.damage(&text, 0.1, 7), "{class:?}");
            assert_ne!(once, class.damage(&text, 0.1, 8), "{class:?}");
        }
        let squeezed = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(squeezed(&Class::Spaces.damage(&text, 0.2, 1)), squeezed(&text));
        assert_eq!(squeezed(&Class::Lines.damage(&text, 0.2, 1)), squeezed(&text));
        assert!(!Class::Ascii.damage(&text, 0.0, 1).contains('\u{2022}'));
        assert_eq!(
            Class::Marks.damage(&text, 1.0, 1),
            "The childrens home is good.\nFirst item\nSecond\n".repeat(50)
        );
    }
}
