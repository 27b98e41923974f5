//! List marks that are drawn rather than written: a browser fills a disc or strokes a circle before each item and
//! shows no character.

use super::{BBox, Element, ElementRole, TextLine, Word};

/// Width and height of such a mark, as multiples of its line's font size.
const SIZE: std::ops::RangeInclusive<f32> = 0.15..=0.65;
/// The largest gap between the mark and its line, as a multiple of the font size.
const BEFORE: f32 = 2.5;
/// The fewest marks in a column: a single one may be anything.
const FEW: usize = 2;
/// How far apart the left edges of marks in one column may be, in points.
const SAME: f32 = 1.0;

/// Inserts a bullet before each line that has such a mark. Of lines with a structure element only the first ones of list
/// items have marks: the tags say that the others are no items.
pub(super) fn marks(lines: &mut [TextLine], discs: &[[f32; 4]], rings: &[[f32; 4]], elements: &[Element]) {
    let bbox = |[x0, top, x1, bottom]: [f32; 4]| BBox { x0, top, x1, bottom };
    let dots: Vec<BBox> = discs.iter().chain(rings).copied().map(bbox).filter(is_square).collect();
    if dots.is_empty() {
        return;
    }
    let dot_of = |line: &TextLine| dots.iter().find(|dot| is_before(dot, line)).copied();
    let mut item = None;
    let mut marked: Vec<(&mut TextLine, BBox)> = Vec::new();
    for line in lines.iter_mut().filter(|line| is_body(line)) {
        let first = line.element.is_none() || item != line.element && is_item(line, elements);
        item = line.element;
        if let Some(dot) = dot_of(line).filter(|_| first) {
            marked.push((line, dot));
        }
    }
    // Sorted by edge: comparing every line with every other would be quadratic.
    marked.sort_by(|(_, a), (_, b)| a.x0.total_cmp(&b.x0));
    let edges: Vec<f32> = marked.iter().map(|(_, dot)| dot.x0).collect();
    for (line, dot) in marked {
        let from = edges.partition_point(|edge| dot.x0 - edge >= SAME);
        let to = edges.partition_point(|edge| edge - dot.x0 < SAME);
        if line.element.is_none() && to - from < FEW {
            continue;
        }
        let bullet = Word { text: "\u{2022}".into(), bbox: Some(dot), size: line.size, ..Word::default() };
        line.words.insert(0, bullet);
        line.bbox = line.bbox.map(|b| BBox { x0: dot.x0, ..b });
    }
}

fn is_square(dot: &BBox) -> bool {
    let (width, height) = (dot.x1 - dot.x0, dot.bottom - dot.top);
    (width - height).abs() < width / 4.0
}

/// Whether a drawn box is the list mark of a line.
fn is_before(dot: &BBox, line: &TextLine) -> bool {
    let Some(text) = line.bbox else { return false };
    let (width, height) = ((dot.x1 - dot.x0) / line.size, (dot.bottom - dot.top) / line.size);
    let middle = (dot.top + dot.bottom) / 2.0;
    SIZE.contains(&width)
        && SIZE.contains(&height)
        && (text.top..text.bottom).contains(&middle)
        && dot.x1 < text.x0
        && text.x0 - dot.x1 < BEFORE * line.size
}

/// Whether the tags call a line part of a list item.
fn is_item(line: &TextLine, elements: &[Element]) -> bool {
    let element = line.element.and_then(|at| elements.get(at as usize));
    element.is_some_and(|element| element.role == ElementRole::LI)
}

/// Whether a line is body text.
fn is_body(line: &TextLine) -> bool {
    line.angle == 0 && line.size > 0.0 && !line.artifact && !line.aside && !line.note
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(x0: f32, top: f32, text: &str) -> TextLine {
        let bbox = Some(BBox { x0, top, x1: x0 + 200.0, bottom: top + 10.0 });
        let words = vec![Word { text: text.into(), bbox, ..Word::default() }];
        TextLine { words, bbox, size: 10.0, ..TextLine::default() }
    }

    fn marked(dots: &[[f32; 4]]) -> String {
        let mut lines =
            [line(60.0, 100.0, "First"), line(60.0, 112.0, "goes-on"), line(60.0, 124.0, "Second")];
        marks(&mut lines, dots, &[], &[]);
        lines.iter().map(TextLine::text).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn discs_before_lines_are_their_marks() {
        let dot = |x0: f32, top: f32| [x0, top, x0 + 3.0, top + 3.0];
        let listed = "\u{2022} First / goes-on / \u{2022} Second";
        assert_eq!(marked(&[dot(50.0, 104.0), dot(50.0, 128.0)]), listed);
        // A single mark, different edges, a distant mark, a mark inside the text, a rule and a box don't count.
        let plain = "First / goes-on / Second";
        assert_eq!(marked(&[dot(50.0, 104.0)]), plain);
        assert_eq!(marked(&[dot(50.0, 104.0), dot(46.0, 128.0)]), plain);
        assert_eq!(marked(&[dot(20.0, 104.0), dot(20.0, 128.0)]), plain);
        assert_eq!(marked(&[dot(70.0, 104.0), dot(70.0, 128.0)]), plain);
        assert_eq!(marked(&[[50.0, 104.0, 57.0, 105.0], [50.0, 128.0, 57.0, 129.0]]), plain);
        assert_eq!(marked(&[[48.0, 100.0, 58.0, 110.0], [48.0, 124.0, 58.0, 134.0]]), plain);
    }

    #[test]
    fn of_tagged_lines_only_the_first_of_an_item_is_marked() {
        let tagged = |role| {
            let element = |line: TextLine, at| TextLine { element: Some(at), ..line };
            let mut lines = [
                element(line(60.0, 100.0, "First"), 0),
                element(line(60.0, 112.0, "goes-on"), 0),
                element(line(60.0, 124.0, "Second"), 1),
            ];
            let dots = [100.0, 112.0, 124.0].map(|top| [50.0, top + 4.0, 53.0, top + 7.0]);
            marks(&mut lines, &dots, &[], &[role, role].map(|role| Element { role, parent: None }));
            lines.iter().map(TextLine::text).collect::<Vec<_>>().join(" / ")
        };
        assert_eq!(tagged(ElementRole::LI), "\u{2022} First / goes-on / \u{2022} Second");
        assert_eq!(tagged(ElementRole::P), "First / goes-on / Second");
    }
}
