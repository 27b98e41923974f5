//! Tables in the body: rows are complete.

use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::record::SectionBlock;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "row-begins-empty",
    why: "In a table with two columns, every row starts with a label",
    held: (25, 25),
    run: rows,
}];

fn rows(f: &Finished<'_>, verdict: &mut Verdict) {
    for (s, section) in f.record.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            let SectionBlock::Table { rows } = block else { continue };
            for row in rows {
                let [label, cell] = row.as_slice() else { continue };
                // Values read from a table are judgements, or belong to the format's own part.
                let places = [&format!("/sections/{s}/blocks/{b}"), "/judgements", "/extension"];
                verdict.that(!label.is_empty() || cell.is_empty(), &places, || {
                    format!("nothing stands before “{}” in its row", beginning(cell))
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Section, sample};

    #[test]
    fn a_row_that_lost_its_label_is_told() {
        let doubts = |row: [&str; 2]| {
            let mut record = sample();
            let rows = vec![row.map(str::to_owned).to_vec()];
            record.sections =
                vec![Section { blocks: vec![SectionBlock::Table { rows }], ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter()).len()
        };
        assert!(doubts(["", "Compliant"]) > 0);
        assert_eq!(doubts(["Notices", "Compliant"]), 0);
        assert_eq!(doubts(["Notices", ""]), 0);
    }
}
