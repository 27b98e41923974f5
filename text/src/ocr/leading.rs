//! Paragraphs on a recognised page, which begin where lines are further apart than usual.
//!
//! The measured height of letters is off by a pixel or two, and so is the space between lines. So distances are
//! taken between baselines, which are exact.

use super::lines::Line;

/// The least distance between paragraphs, as a multiple of the usual distance between lines.
const PARAGRAPH: f32 = 1.28;
/// The possible distances between lines of one text, in font sizes.
const LEADING: std::ops::Range<f32> = 0.8..2.2;
/// The usual distance is this quantile: at least this share of the distances are within paragraphs, and those are
/// the shortest.
const WITHIN: f32 = 0.3;
/// The fewest distances that tell the usual one.
const ENOUGH: usize = 12;

/// The usual distance between lines of a paragraph, in font sizes; `None` if there are too few lines.
pub(super) fn usual<'a>(pages: impl Iterator<Item = &'a [Line]>) -> Option<f32> {
    let mut all: Vec<f32> =
        pages.flat_map(|lines| lines.windows(2).filter_map(|w| leading(&w[0], &w[1]))).collect();
    all.sort_by(f32::total_cmp);
    (all.len() >= ENOUGH).then(|| all[(all.len() as f32 * WITHIN) as usize])
}

/// Marks the lines that begin a paragraph.
pub(super) fn divide(lines: &mut [Line], usual: Option<f32>) {
    let Some(usual) = usual else { return };
    for at in 1..lines.len() {
        lines[at].blank_before |= leading(&lines[at - 1], &lines[at]).is_some_and(|l| l > PARAGRAPH * usual);
    }
}

/// Distance between the baselines of two lines, in font sizes, if both may belong to one text.
fn leading(above: &Line, below: &Line) -> Option<f32> {
    let apart = (below.base - above.base) / below.size;
    let one_column = above.x0 < below.x1 && below.x0 < above.x1;
    (one_column && above.size == below.size && LEADING.contains(&apart)).then_some(apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bases: &[f32]) -> Vec<Line> {
        let line = |base: &f32| Line { x0: 70.0, x1: 500.0, base: *base, size: 12.0, ..Line::default() };
        bases.iter().map(line).collect()
    }

    #[test]
    fn wider_space_begins_a_paragraph() {
        let mut lines =
            at(&[100.0, 114.2, 128.4, 149.0, 163.1, 177.4, 198.1, 212.2, 226.6, 240.9, 255.0, 269.0, 283.2]);
        let usual = usual([lines.as_slice()].into_iter());
        divide(&mut lines, usual);
        let begin: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].blank_before).collect();
        assert_eq!(begin, [3, 6]);
    }

    #[test]
    fn lines_all_far_apart_begin_none() {
        let mut lines = at(&(0..20).map(|n| 100.0 + 20.7 * n as f32).collect::<Vec<_>>());
        let usual = usual([lines.as_slice()].into_iter());
        divide(&mut lines, usual);
        assert!(lines.iter().all(|l| !l.blank_before));
    }

    #[test]
    fn few_lines_tell_nothing() {
        assert_eq!(usual([at(&[100.0, 114.0, 135.0]).as_slice()].into_iter()), None);
    }
}
