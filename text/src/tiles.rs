//! Pages that a program drew tile by tile: first everything left of an edge, then everything right of it, so that
//! lines, and words in them, are cut at the edge.
//!
//! A cut word continues exactly at its end, in the same style, in another line. Two words cut at the same place
//! reveal an edge; then every line that continues across it is joined, whether a word is cut or not.

use super::{BBox, TextLine, Word};

/// Pages with more lines are left alone: no report has so many, and comparing all lines is quadratic.
const MAX_LINES: usize = 400;
/// How many words must be cut at an edge.
const CUT: usize = 2;
/// The largest gap between the halves of a cut word, in font sizes.
const TOUCHING: f32 = 0.08;
/// The largest gap between two words of one line, in font sizes.
const SPACE: f32 = 0.6;
/// How far apart the cuts of one edge may be, in points: a letter's width, since letters are not cut.
const EDGE: f32 = 10.0;

/// Joins the lines that are cut at the edges of tiles. Indices in the lists of lines and boxes, here and below,
/// come from ranges over them; both lists have the same length.
pub(super) fn join(lines: &mut Vec<TextLine>) {
    let Some(boxes) = lines.iter().map(|l| l.bbox).collect::<Option<Vec<BBox>>>() else { return };
    let goes_up = boxes.windows(2).any(|two| two[1].bottom <= two[0].top);
    if !goes_up || lines.len() > MAX_LINES || lines.iter().any(|l| l.angle != 0) {
        return;
    }
    let cuts: Vec<f32> = pairs(lines, &boxes, TOUCHING)
        .filter(|(left, right)| is_cut(&lines[*left], &lines[*right]))
        .map(|(left, _)| boxes[left].x1)
        .collect();
    let is_edge = |x: f32| cuts.iter().filter(|cut| (*cut - x).abs() <= EDGE).count() >= CUT;
    let mut whole: Vec<(usize, usize)> =
        pairs(lines, &boxes, SPACE).filter(|(left, _)| is_edge(boxes[*left].x1)).collect();
    // From the right, so that a line that is cut twice is whole before it is joined to another.
    whole.sort_by(|a, b| boxes[b.1].x0.total_cmp(&boxes[a.1].x0));
    for (left, right) in whole {
        let rest = std::mem::take(&mut lines[right]);
        push(&mut lines[left], rest);
    }
    lines.retain(|l| !l.words.is_empty());
}

/// Pairs of a line and one drawn later that continues it, after a gap of less than `most` font sizes.
fn pairs<'l>(
    lines: &'l [TextLine],
    boxes: &'l [BBox],
    most: f32,
) -> impl Iterator<Item = (usize, usize)> + 'l {
    (0..lines.len()).filter_map(move |left| {
        let (line, from) = (&lines[left], boxes[left]);
        let goes_on = |right: &usize| {
            let (other, to) = (&lines[*right], boxes[*right]);
            let level = (from.bottom - to.bottom).abs() < 0.1 * line.size;
            let gap = (to.x0 - from.x1) / line.size.max(1.0);
            let alike = (line.size - other.size).abs() < 0.1 && line.artifact == other.artifact;
            level
                && alike
                && gap > -TOUCHING
                && gap < most
                && !line.aside
                && !other.aside
                && line.note == other.note
        };
        // `left + 2`: the very next line would not be separate, had the pen not moved away.
        (left + 2..lines.len()).find(goes_on).map(|right| (left, right))
    })
}

/// Whether a word is cut between two lines.
fn is_cut(left: &TextLine, right: &TextLine) -> bool {
    let (Some(end), Some(begin)) = (left.words.last(), right.words.first()) else { return false };
    end.text.ends_with(char::is_alphanumeric) && begin.text.starts_with(char::is_alphanumeric)
}

/// Appends a line's words to another; words without a gap between them are joined.
fn push(line: &mut TextLine, rest: TextLine) {
    let mut words = rest.words.into_iter();
    let touching = |end: &Word, begin: &Word| {
        let gap = end.bbox.zip(begin.bbox).map(|(a, b)| b.x0 - a.x1);
        gap.is_some_and(|gap| gap < TOUCHING * line.size)
    };
    if let (Some(end), Some(begin)) = (line.words.last_mut(), words.as_slice().first())
        && touching(end, begin)
    {
        end.text.push_str(&begin.text);
        end.bbox = end.bbox.zip(begin.bbox).map(|(a, b)| a.union(b));
        words.next();
    }
    line.words.extend(words);
    line.bbox = line.bbox.zip(rest.bbox).map(|(a, b)| a.union(b));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line for each (text, left, right, top).
    fn joined(printed: &[(&str, f32, f32, f32)]) -> Vec<String> {
        let line = |(text, x0, x1, top): &(&str, f32, f32, f32)| {
            let bbox = Some(BBox { x0: *x0, top: *top, x1: *x1, bottom: top + 10.0 });
            let word = Word { text: (*text).into(), bbox, size: 10.0, ..Word::default() };
            TextLine { words: vec![word], bbox, size: 10.0, ..TextLine::default() }
        };
        let mut lines: Vec<TextLine> = printed.iter().map(line).collect();
        join(&mut lines);
        lines.iter().map(TextLine::text).collect()
    }

    #[test]
    fn lines_that_tiles_cut_are_put_together() {
        let page = [
            ("3009", 50.0, 100.0, 20.0),
            ("and", 50.0, 97.0, 40.0),
            ("Pro", 50.0, 103.0, 60.0),
            ("193", 100.2, 120.0, 20.0),
            ("more", 100.0, 130.0, 40.0),
            ("cess", 103.0, 130.0, 60.0),
            ("beside", 150.0, 190.0, 60.0),
        ];
        assert_eq!(joined(&page), ["3009193", "and more", "Process", "beside"]);
    }

    #[test]
    fn columns_stay_apart() {
        let page = [
            ("left", 50.0, 100.0, 20.0),
            ("column", 50.0, 99.0, 40.0),
            ("right", 104.0, 140.0, 20.0),
            ("column", 104.0, 140.0, 40.0),
        ];
        assert_eq!(joined(&page), ["left", "column", "right", "column"]);
        // A single cut word may be chance.
        let one = [("left", 50.0, 100.0, 20.0), ("a", 50.0, 60.0, 40.0), ("over", 100.0, 140.0, 20.0)];
        assert_eq!(joined(&one).len(), 3);
    }
}
