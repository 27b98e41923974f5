//! Text boxes that are drawn out of order: some programs draw a letter's date and address, or its letterhead, after the
//! rest of the page.
//!
//! Otherwise content order is kept, since the cells of a table follow one another in it. A run of lines is moved only if
//! nothing is beside it and all of it fits between lines drawn before it: then it can't belong anywhere else.

use super::{BBox, TextLine};

/// Pages with more lines are left alone: no report has so many, and the comparison of runs with lines is quadratic.
const MAX_LINES: usize = 400;

/// Moves every run of lines that was drawn after the lines below it to where it is on the page. All indexes, here and
/// below, come from ranges over the lists of lines and boxes, which are equally long.
pub(super) fn reorder(lines: &mut Vec<TextLine>) {
    let boxes: Vec<BBox> = lines.iter().filter_map(|l| l.bbox).collect();
    if boxes.len() < lines.len() || lines.len() > MAX_LINES || lines.iter().any(|l| l.angle != 0) {
        return;
    }
    let starts = runs(lines, &boxes);
    if starts.len() < 2 {
        return;
    }
    let mut order: Vec<usize> = (0..starts[1]).collect();
    let ends = starts[2..].iter().copied().chain([lines.len()]);
    for (from, to) in starts[1..].iter().copied().zip(ends) {
        let at = place(&boxes, &order, from, to).filter(|_| !lines[from].artifact).unwrap_or(order.len());
        order.splice(at..at, from..to);
    }
    if order.is_sorted() {
        return;
    }
    let mut taken: Vec<Option<TextLine>> = std::mem::take(lines).into_iter().map(Some).collect();
    lines.extend(order.into_iter().filter_map(|at| taken[at].take()));
}

/// Where runs begin: at the first line, wherever the pen moved back up, and, once it has, wherever it skips over other
/// lines; but not where it stays beside the last run, as in a two-column letterhead.
fn runs(lines: &[TextLine], boxes: &[BBox]) -> Vec<usize> {
    let up = |at: usize| !lines[at].same_row && boxes[at].bottom <= boxes[at - 1].top;
    let over = |at: usize| {
        let (from, to) = (boxes[at - 1].bottom, boxes[at].top);
        from < to && boxes.iter().any(|b| b.top >= from && b.bottom <= to)
    };
    let mut starts = vec![0];
    if !(1..lines.len()).any(up) {
        return starts;
    }
    let mut run = boxes[0];
    for (at, line) in boxes.iter().enumerate().skip(1) {
        let beside = line.top < run.bottom && line.bottom > run.top;
        if over(at) || up(at) && !(beside && starts.len() > 1) {
            starts.push(at);
            run = *line;
        }
        run = run.union(*line);
    }
    starts
}

/// The position of a run among the lines before it: all lines before the position are above the run, all after it below,
/// and no line of the page is beside it.
fn place(boxes: &[BBox], order: &[usize], from: usize, to: usize) -> Option<usize> {
    let run = boxes[from..to].iter().copied().reduce(BBox::union)?;
    let above = |b: &BBox| b.bottom <= run.top;
    let below = |b: &BBox| b.top >= run.bottom;
    let others = boxes[..from].iter().chain(&boxes[to..]);
    if !others.into_iter().all(|b| above(b) || below(b)) {
        return None;
    }
    let at = order.iter().position(|i| below(&boxes[*i]))?;
    order[at..].iter().all(|i| below(&boxes[*i])).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::super::Word;
    use super::*;

    /// One line for each (text, top, left).
    fn settled(printed: &[(&str, f32, f32)]) -> String {
        let line = |(text, top, x0): &(&str, f32, f32)| TextLine {
            words: vec![Word { text: (*text).into(), ..Word::default() }],
            bbox: Some(BBox { x0: *x0, top: *top, x1: x0 + 50.0, bottom: top + 12.0 }),
            ..TextLine::default()
        };
        let mut lines: Vec<TextLine> = printed.iter().map(line).collect();
        reorder(&mut lines);
        lines.iter().map(TextLine::text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_box_drawn_last_stands_where_it_is_printed() {
        let letter = [("dear", 200.0, 70.0), ("text", 220.0, 70.0), ("end", 240.0, 70.0)];
        let head = [("ofsted", 40.0, 70.0), ("street", 55.0, 70.0)];
        let address = [("date", 100.0, 70.0), ("name", 130.0, 70.0)];
        let all = |parts: &[&[(&'static str, f32, f32)]]| settled(&parts.concat());
        let two = [("ofsted", 40.0, 70.0), ("street", 55.0, 70.0), ("phone", 40.0, 200.0)];
        assert_eq!(all(&[&letter, &two, &address]), "ofsted street phone date name dear text end");
        // A page number below it is drawn later.
        assert_eq!(all(&[&letter, &address, &[("2", 700.0, 300.0)]]), "date name dear text end 2");
        let right = "ofsted street date name dear text end";
        assert_eq!(all(&[&letter, &head, &address]), right);
        assert_eq!(all(&[&head, &letter, &address]), right);
        assert_eq!(all(&[&address, &letter, &head]), right);
        assert_eq!(all(&[&head, &address, &letter]), right);
    }

    #[test]
    fn what_stands_side_by_side_keeps_its_order() {
        let columns = [("a1", 100.0, 70.0), ("a2", 115.0, 70.0), ("b1", 100.0, 300.0), ("b2", 115.0, 300.0)];
        assert_eq!(settled(&columns), "a1 a2 b1 b2");
        // A cell that is half a line off the lines of the next cell.
        let cell = [("a1", 100.0, 70.0), ("a2", 112.0, 70.0), ("a3", 124.0, 70.0), ("b", 106.0, 300.0)];
        assert_eq!(settled(&cell), "a1 a2 a3 b");
    }
}
