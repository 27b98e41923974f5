//! Marks and numbers before list items and paragraphs: the engine misreads marks as letters, or misses them.

use super::lines::{Line, LineWord, MARK_FILL, level_with};
use crate::marks::{is_mark, paragraph_number};

const BULLET: &str = "\u{2022}";
/// The largest gap between a list mark or paragraph number and its text, in font sizes.
const MARK_GAP: f32 = 5.0;
/// The smallest gap between a paragraph number and its text, in font sizes; between words it is smaller.
const NUMBER_GAP: f32 = 0.6;
/// The same for what the engine took for a line of its own: a two-digit number comes close to its text.
const LONE_GAP: f32 = 0.2;
/// A spot smaller than this, in font sizes, is no mark, but the full stop of a number that was not recognised.
const STOP: f32 = 0.25;
/// The most characters of a misread number.
const NUMBER_LETTERS: usize = 4;
/// From this confidence on, a letter is taken as read.
const READ: f32 = 0.9;
/// Below this confidence, a word may be a misread number.
const DOUBTFUL: f32 = 0.7;

/// Restores the marks of list items: those misread as letters, those that were missed, and those so far from their
/// text that they became separate parts, as paragraph numbers may.
pub(super) fn restore(lines: &mut Vec<Line>, spots: &[LineWord]) {
    for line in lines.iter_mut() {
        settle_first_word(line);
    }
    join_lone_marks(lines);
    for spot in spots {
        put_spot(lines, spot);
    }
}

/// Corrects the first word of a line if it is a misread mark or number.
fn settle_first_word(line: &mut Line) {
    let em = line.em_or_usual();
    run_together(line);
    let gap = line.words.get(1).map(|next| next.x0 - line.words[0].x1);
    let first = &mut line.words[0];
    if looks_like_mark(first, em, gap) {
        first.text = BULLET.into();
        first.confidence = None;
    } else if gap.is_none_or(|g| g > NUMBER_GAP * em)
        && let Some(number) = number(&first.text).filter(|n| *n != first.text)
    {
        first.original = Some(std::mem::replace(&mut first.text, number));
    }
}

/// Joins marks that are lines of their own to the lines they belong to.
fn join_lone_marks(lines: &mut Vec<Line>) {
    let mut at = 0;
    while at < lines.len() {
        let lone = lines[at].words.len() == 1;
        let text = lone.then(|| following(lines, at)).flatten();
        let read = is_marked(lines[at].words[0].text.as_str(), is_mark);
        if let Some(text) = text
            && (read || is_lost_number(lines, at, text))
        {
            let mut mark = std::mem::take(&mut lines[at].words);
            mark[0].lost_number = !read;
            let words = [mark, std::mem::take(&mut lines[text].words)].concat();
            if let Some(line) = Line::of(words) {
                lines[text] = line;
            }
            lines.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Inserts an isolated spot before a line as its mark: it is a bullet, or the full stop of a number.
fn put_spot(lines: &mut [Line], spot: &LineWord) {
    let middle = (spot.top + spot.bottom) / 2.0;
    let beside = |l: &Line| {
        let em = l.em_or_usual();
        let gap = l.x0 - spot.x1;
        (l.base - 0.75 * em..l.base).contains(&middle) && gap > 0.2 * em && gap < MARK_GAP * em
    };
    let Some(at) = lines.iter().position(beside) else { return };
    let line = &lines[at];
    let is_alone = !lines.iter().any(|l| level_with(l, line) && l.x0 < spot.x0 && l.x1 > spot.x0 - 200.0);
    let marked = is_marked(line.words[0].text.as_str(), |first| first == BULLET);
    let size = spot.bottom - spot.top;
    if !marked && size < 0.75 * line.em_or_usual() && is_alone {
        let lost_number = size < STOP * line.em_or_usual();
        let line = &mut lines[at];
        line.x0 = spot.x0;
        line.words.insert(0, LineWord { lost_number, ..spot.clone() });
    }
}

/// Whether a line's first word is a mark or a paragraph number.
fn is_marked(first: &str, is_mark: impl Fn(&str) -> bool) -> bool {
    is_mark(first) || first.ends_with('.') && paragraph_number(first).is_some()
}

/// The nearest line to the right of a lone mark, if it is close enough.
fn following(lines: &[Line], at: usize) -> Option<usize> {
    let mark = &lines[at];
    let beside = |l: &Line| {
        let em = l.em_or_usual();
        let gap = l.x0 - mark.x1;
        gap > 0.0 && gap < MARK_GAP * em && (l.base - mark.base).abs() < 0.5 * em
    };
    let near = lines.iter().enumerate().filter(|(i, l)| *i != at && beside(l));
    near.min_by(|a, b| a.1.x0.total_cmp(&b.1.x0)).map(|(i, _)| i)
}

/// Whether a lone word before a text is a misread number: a few doubtful characters to the left of a paragraph
/// whose next line is aligned with the text.
fn is_lost_number(lines: &[Line], at: usize, text: usize) -> bool {
    let (word, text) = (&lines[at].words[0], &lines[text]);
    let em = text.em_or_usual();
    let hangs =
        |l: &Line| (l.x0 - text.x0).abs() < 0.4 * em && l.base > text.base && l.base < text.base + 2.0 * em;
    word.text.chars().count() <= NUMBER_LETTERS
        && word.confidence.is_some_and(|c| c < DOUBTFUL)
        && text.x0 - word.x1 > LONE_GAP * em
        && text.words.len() > 2
        && lines.iter().any(hangs)
}

/// Splits off a mark or a paragraph number that was read as part of the next word: "«The", "10.The".
fn run_together(line: &mut Line) {
    let first = &line.words[0];
    let mut chars = first.text.chars();
    if let Some(sign) = chars.next().filter(|c| "«»•■●▪*¢".contains(*c))
        && chars.as_str().starts_with(char::is_uppercase)
    {
        let [mut mark, rest] = first.parted(sign.len_utf8());
        (mark.text, mark.confidence) = (BULLET.into(), None);
        line.words.splice(..1, [mark, rest]);
    } else if let Some((digits, rest)) = first.text.split_once('.')
        && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '\u{2018}' | '\u{201c}'))
        && digits.bytes().all(|b| b.is_ascii_digit())
        && paragraph_number(digits).is_some()
    {
        let parted = first.parted(digits.len() + 1);
        line.words.splice(..1, parted);
    }
}

/// A paragraph number in its printed form, whatever punctuation was read after it: "32:" and "32." are "32.".
pub(super) fn number(text: &str) -> Option<String> {
    let digits = text.strip_suffix([':', ';', ',', ')', '.'])?;
    let right = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    right.then(|| format!("{digits}."))
}

/// Whether the first word of a line is a list mark, however it was read: a solid spot of a mark's size, or a sign
/// that no sentence begins with, separated from the text.
fn looks_like_mark(word: &LineWord, em: f32, gap: Option<f32>) -> bool {
    const SOLID: f32 = 0.9;
    const SIGNS: &[&str] = &[
        "=", "™", "®", "©", "¢", "»", "«", "e", "¥", "§", "°", "@", "#", "+", "~", "<", ">", "¤", "®™", "e«",
        "¢*", "■", "●", "•", "▪", "◼", "*",
    ];
    let (width, height) = (word.x1 - word.x0, word.bottom - word.top);
    // A solid spot is no letter, even if the box of the next word is close.
    let near = if word.fill > SOLID { 0.2 } else { 0.35 };
    let apart = gap.is_none_or(|g| g > near * em);
    // The article "a" is as round as a mark, but is read with confidence.
    let article = word.text == "a" && word.confidence.is_some_and(|c| c > READ);
    let spot = word.text.chars().count() <= 2
        && !article
        && !word.text.contains(|c: char| c.is_ascii_digit())
        && word.fill > MARK_FILL
        && height < 0.75 * em
        && height > 0.15 * em
        && width * 3.0 > height * 2.0
        && height * 3.0 > width * 2.0;
    // A full stop or a dash is not such a mark; "-" and "o" are left to the outline.
    let sign = SIGNS.contains(&word.text.as_str());
    apart && (sign && gap.is_some() || spot && !matches!(word.text.as_str(), "." | "-" | "–" | "—"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_parted_from_the_word_behind_it() {
        let parted = |text: &str| {
            let word = LineWord { text: text.into(), x1: 60.0, ..LineWord::default() };
            let mut line = Line::of(vec![word]).unwrap();
            run_together(&mut line);
            line.words.iter().map(|w| format!("{} {}-{}", w.text, w.x0, w.x1)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(parted("10.The"), "10. 0-30, The 30-60");
        assert_eq!(parted("•The"), "• 0-15, The 15-60");
        assert_eq!(parted("10.5"), "10.5 0-60");
        assert_eq!(parted("e.On"), "e.On 0-60");
        assert_eq!(parted("10."), "10. 0-60");
    }
}
