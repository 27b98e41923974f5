//! Font sizes and weights, reconciled over all lines of a document.
//!
//! A size measured on one line is off by a twentieth or more, but a document uses few sizes. Lines near the
//! commonest size are assigned to it, then those near the next, and so on.

use super::ink::median;
use super::lines::Line;

/// How far a long line's size may be from its cluster: as a share, and in pixels.
const SPREAD: f32 = 0.045;
const PIXELS: f32 = 2.0;
/// The additional share for a line of one short word.
const SHORT_SPREAD: f32 = 0.07;
/// How far a heading's next line may be from its first: relative difference in size, and distance in font sizes.
const HEADING_SPREAD: f32 = 0.1;
const HEADING_LEADING: f32 = 1.5;
/// Strokes this many times wider than those of body text, relative to the size, are bold.
const BOLD: f32 = 1.27;

/// Sets the size and weight of each line, and returns the size of body text.
pub(super) fn reconcile<'a>(lines: impl Iterator<Item = &'a mut Line>) -> f32 {
    let mut lines: Vec<&mut Line> = lines.collect();
    let mut body = 0.0;
    loop {
        // (size, weight) of the lines without a size yet, where weight is the number of characters.
        let open: Vec<(f32, f32)> =
            lines.iter().filter(|l| l.size == 0.0 && l.em > 0.0).map(|l| (l.em, weight(l))).collect();
        let near = |at: f32| open.iter().filter(move |(em, _)| (em / at - 1.0).abs() <= SPREAD);
        let commonest = open.iter().map(|(em, _)| (*em, near(*em).map(|(_, w)| w).sum::<f32>()));
        let Some((at, _)) = commonest.max_by(|a, b| a.1.total_cmp(&b.1)) else { break };
        let mut members: Vec<f32> =
            near(at).flat_map(|(em, w)| std::iter::repeat_n(*em, (*w as usize).clamp(1, 50))).collect();
        let center = median(&mut members);
        let size = ((center * 2.0).round() / 2.0).max(0.5);
        for line in lines.iter_mut().filter(|l| l.size == 0.0 && l.em > 0.0) {
            let spread = SPREAD.max(PIXELS * line.pixel / center)
                + SHORT_SPREAD / (weight(line) / 4.0).max(1.0).sqrt();
            if (line.em / center - 1.0).abs() <= spread || line.em == at {
                line.size = size;
            }
        }
        if body == 0.0 {
            body = size;
        }
    }
    for line in lines.iter_mut().filter(|l| l.size == 0.0) {
        line.size = if body > 0.0 { body } else { 11.0 };
    }
    weights(&mut lines, body);
    headings(&mut lines);
    sentences(&mut lines);
    body
}

/// Gives the lines of one sentence the size of the line above. Some paragraphs are printed in two sizes half a
/// point apart, which could be taken for two styles.
fn sentences(lines: &mut [&mut Line]) {
    for at in 1..lines.len() {
        let (above, below) = (&lines[at - 1], &lines[at]);
        let apart = below.base - above.base;
        let below_it = apart > 0.8 * below.size
            && apart < HEADING_LEADING * above.size
            && (above.x0 - below.x0).abs() < below.size;
        let ended = above.words.last().is_none_or(|w| w.text.ends_with(['.', ':', ';', '?', '!']));
        if below_it
            && !ended
            && !above.bold
            && !below.bold
            && (below.size / above.size - 1.0).abs() < HEADING_SPREAD
        {
            lines[at].size = above.size;
        }
    }
}

/// Gives the lines of one heading the size of its first.
fn headings(lines: &mut [&mut Line]) {
    for at in 1..lines.len() {
        let (above, below) = (&lines[at - 1], &lines[at]);
        let apart = below.base - above.base;
        let goes_on =
            above.bold && below.bold && apart > 0.8 * below.size && apart < HEADING_LEADING * above.size;
        if goes_on && above.size > below.size && (below.em / above.size - 1.0).abs() < HEADING_SPREAD {
            lines[at].size = above.size;
        }
    }
}

fn weight(line: &Line) -> f32 {
    line.words.iter().map(|w| w.text.chars().count()).sum::<usize>() as f32
}

fn weights(lines: &mut [&mut Line], body: f32) {
    let relative = |l: &Line| l.stroke / l.size;
    let mut of_body: Vec<f32> = lines
        .iter()
        .filter(|l| l.size == body && l.stroke > 0.0)
        .flat_map(|l| std::iter::repeat_n(relative(l), (weight(l) as usize).min(80)))
        .collect();
    let usual = median(&mut of_body);
    for line in lines {
        line.bold = usual > 0.0 && relative(line) > BOLD * usual;
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::LineWord;
    use super::*;

    #[test]
    fn lines_of_one_sentence_are_of_one_size() {
        let line = |text: &str, base: f32, size: f32| {
            let word =
                LineWord { text: text.into(), x0: 50.0, x1: 90.0, bottom: base, ..LineWord::default() };
            Line { base, size, ..Line::of(vec![word]).unwrap() }
        };
        let mut lines = [
            line("plans", 100.0, 13.0),
            line("are", 115.0, 12.0),
            line("read.", 130.0, 12.5),
            line("Notes", 145.0, 12.0),
            line("large", 160.0, 9.0),
        ];
        sentences(&mut lines.iter_mut().collect::<Vec<_>>());
        assert_eq!(lines.map(|l| l.size), [13.0, 13.0, 13.0, 12.0, 9.0]);
    }
}
