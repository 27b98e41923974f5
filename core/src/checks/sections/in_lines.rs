//! Tables that plain text gives as lines, a line for each cell.

use super::super::words::text_of;
use super::frame::holds_postcode;
use crate::cut::Cut;
use crate::grammar::grade::grade_alone;
use crate::grammar::postcode::trailing_postcode;
use crate::grammar::{is_organisation, is_person_like};
use crate::ofsted::judgements::area_of;
use crate::record::Section;

/// A cell has at most this many words.
const CELL: usize = 16;
/// A table shows itself by this many lines that are cells.
const CELLS: usize = 3;

/// Whether a section of plain text is a table: most of its blocks are lines such as cells have.
pub(super) fn is_table(section: &Section) -> bool {
    let texts = || section.blocks.iter().filter_map(text_of);
    let of_table = texts().filter(|text| is_cell(text) || is_entry(text)).count();
    (of_table >= CELLS || texts().any(is_entry)) && of_table * 2 >= texts().count()
}

/// Whether a text is an organisation's entry in a directory, with its lines joined: a web page beside an address, and no
/// sentence.
fn is_entry(text: &str) -> bool {
    let web = text.split(' ').any(|w| w.starts_with("www."));
    web && holds_postcode(text) && !text.contains(". ")
}

/// Whether a line is an address, an organisation, a person with or without a post, what is judged, or a grade.
pub(super) fn is_cell(text: &str) -> bool {
    let name = text.find(',').map_or(text, |at| text.head(at));
    text.split(' ').nth(CELL).is_none()
        && (is_address(text)
            || grade_alone(text).is_some()
            || !text.ends_with('.')
                && (is_organisation(text) || is_person_like(name) || area_of(text).is_some()))
}

/// An address or a web page.
pub(super) fn is_address(text: &str) -> bool {
    trailing_postcode(text).is_some() || text.starts_with("www.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::SectionBlock;

    #[test]
    fn a_directory_and_a_table_of_grades_are_tables() {
        let table = |lines: &[&str]| {
            let block = |text: &&str| SectionBlock::Paragraph { text: (*text).into(), number: None };
            is_table(&Section { blocks: lines.iter().map(block).collect(), ..Section::default() })
        };
        assert!(table(&[
            "Ashmoor Metropolitan Borough Council",
            "Ann Lee, Director of Services",
            "www.ashmoor.gov.uk"
        ]));
        assert!(table(&[
            "Local authority Ashmoor Council Ann Lee, Director www.ashmoor.gov.uk Town Hall, Ashmoor ZZ1 4QX"
        ]));
        assert!(table(&["Overall effectiveness", "Good", "Capacity to improve", "Adequate"]));
        let prose = "Leaders know their services well, and what they know is used.";
        assert!(!table(&[prose, "Good", prose, "Ann Lee", prose, "www.ashmoor.gov.uk", prose]));
        assert!(!table(&[
            prose,
            "Ashmoor Council, www.ashmoor.gov.uk, Town Hall, Ashmoor ZZ1 4QX",
            prose,
            prose
        ]));
        assert!(!table(&["Good", "Ann Lee"]));
    }
}
