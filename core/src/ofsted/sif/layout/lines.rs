//! Recognises the form's headings among the lines of plain text.

use nom::Offset;

use crate::grammar::label::{find_label, is_label, label};
use crate::grammar::{grade_sentence, heading_grade};
use crate::ofsted::body;
use crate::ofsted::swallowed::{self, Opening};

/// The form's headings in full, by which they are recognised in plain text.
const LINES: &[&str] = &[
    "Contents",
    "Executive summary",
    "Summary",
    "Summary of findings",
    "Summary of key findings",
    "The local authority",
    "Section 1: the local authority",
    "Information about this local authority area",
    "Information about the local authority area",
    "Previous Ofsted inspections",
    "Local leadership",
    "Children living in this area",
    "Child protection in this area",
    "Children looked after in this area",
    "Recommendations",
    "What does the local authority need to improve",
    "What does the LSCB need to improve",
    "Priority and immediate action",
    "Priority and immediate actions",
    "Immediate and priority action",
    "Immediate and priority actions",
    "Areas for priority and immediate action",
    "Priority action",
    "Priority actions",
    "Immediate action",
    "Immediate actions",
    "Area for improvement",
    "Areas for improvement",
    "The local authority’s strengths",
    "Progress since the last inspection",
    "Summary for children and young people",
    "Summary for children",
    "Inspection judgements about the local authority",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children looked after and achieving permanence",
    "Leadership, management and governance",
    "Inspection findings",
    "The Local Safeguarding Children Board (LSCB)",
    "The Local Safeguarding Children Board",
    "Section 2: The effectiveness of the Local Safeguarding Children Board",
    "Inspection judgement about the LSCB",
    "Inspection findings – the Local Safeguarding Children Board",
    "What the inspection judgements mean",
    "What the inspection judgements mean: the local authority",
    "What the inspection judgements mean: the LSCB",
    "Information about this area",
    "Information about this review",
    "What the inspection judgments mean",
    "What the inspection judgments mean: the local authority",
    "What the inspection judgments mean: the LSCB",
    "Key strengths and weaknesses of the LSCB",
    "The LSCB",
    "Information about this inspection",
    "The inspection team",
];

/// The offsets at which lines begin in a line that has swallowed them: the title's second line after the area's name,
/// and the text after "Summary".
pub fn line_starts(line: &str) -> Vec<usize> {
    const TITLES: &[&str] = &["Re-inspection of services for", "Inspection of services for"];
    const NAME: usize = 60;
    let place = |part: &str| line.offset(part);
    let title =
        TITLES.iter().find_map(|t| find_label(line, t)).map(place).filter(|at| (1..NAME).contains(at));
    let below = ["Inspection date:", "Inspection dates:", "Report published:", "The overall judgement is"];
    let below = below.iter().filter(|_| title.is_some()).filter_map(|l| find_label(line, l)).map(place);
    let summary =
        line.strip_prefix("Summary ").filter(|rest| rest.starts_with(char::is_uppercase)).map(place);
    let mut starts: Vec<usize> = title.into_iter().chain(below).chain(summary).collect();
    starts.extend(board_starts(line));
    starts.sort_unstable();
    starts
}

/// The offsets at which the board's part and its headings begin in a line that has swallowed them.
///
/// "… Section 2: The effectiveness of the Local Safeguarding Children Board The effectiveness of the LSCB requires
/// improvement Areas for improvement 139. The …"
fn board_starts(line: &str) -> Vec<usize> {
    const PART: &[Opening] = &[("Section 2:", &["The "])];
    const DIGITS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    const WITHIN: &[Opening] = &[
        ("The effectiveness of the LSCB", &["requires ", "is "]),
        ("The effectiveness of the Local Safeguarding Children Board", &["requires ", "is "]),
        ("Areas for improvement", DIGITS),
    ];
    // The board's headings are close together, above its first paragraph.
    const TOGETHER: usize = 260;
    let at_start = line.starts_with("Section 2:").then_some(0);
    let Some(part) = at_start.or_else(|| swallowed::starts(line, PART).first().copied()) else {
        return Vec::new();
    };
    let first =
        WITHIN.iter().filter_map(|one| swallowed::starts(line, std::slice::from_ref(one)).first().copied());
    let within = first.filter(|at| (part..part + TOGETHER).contains(at));
    within.chain((part > 0).then_some(part)).collect()
}

/// Whether a line of plain text is one of the form's headings, or a heading that states a grade.
pub fn is_heading_line(line: &str) -> bool {
    if LINES.iter().any(|l| is_label(line, l)) || body::opens_back_page(line) {
        return true;
    }
    // The board's name is not always printed in full: "The effectiveness local safeguarding children board".
    if line.starts_with("Section 2: The effectiveness") && line.to_lowercase().ends_with("board") {
        return true;
    }
    let states = [
        "The graded judg",
        "The Local Safeguarding Children",
        "The effectiveness of the L",
        "The overall judgement is",
    ];
    // "This local authority is good because": a sentence about the authority may begin like this too.
    let reasons = ["This local authority", "The local authority", "The LSCB", "This LSCB"];
    let because = line.trim_end_matches(':').ends_with("because")
        && reasons.iter().any(|r| label(r)(line).is_ok())
        && (heading_grade(line).is_some() || line.contains("not yet good"));
    if because && line.split(' ').count() <= 12 {
        return true;
    }
    // The box of a judgement contains its area and grade too, but a heading is a sentence.
    let areas = ["The experiences and progress of", "The experience and progress of"];
    let stated = areas.iter().any(|a| line.starts_with(a))
        && [" is ", " are ", " require "].iter().any(|verb| line.contains(verb));
    // An executive summary may begin with a sentence like this title, and ends it with a full stop.
    let titled = ["Children’s services in", "Childrens services in"].iter().any(|s| line.starts_with(s))
        && !line.ends_with('.');
    // A heading and the sentence below it are two lines.
    let one = line.matches("Safeguarding Children").count() <= 1;
    one && (stated || titled || states.iter().any(|s| line.starts_with(s)))
        && line.split(' ').count() <= 22
        && (heading_grade(line).is_some()
            || grade_sentence(line).is_ok_and(|(rest, _)| rest.trim_matches(['.', ':']).is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headings_of_the_boards_part_begin_lines() {
        let line = format!(
            "Section 2: The effectiveness of the Local Safeguarding Children Board The effectiveness of the LSCB requires improvement \
             Areas for improvement 139. Make the report plainer. {}",
            "The effectiveness of the LSCB is good in parts. ".repeat(8)
        );
        let starts: Vec<&str> = line_starts(&line).into_iter().map(|at| &line[at..at + 29]).collect();
        assert_eq!(starts, ["The effectiveness of the LSCB", "Areas for improvement 139. Ma"]);
    }

    #[test]
    fn headings_in_plain_text_are_whole_lines() {
        assert!(is_heading_line("Executive summary"));
        assert!(is_heading_line("The graded judgement for adoption performance is that it is good"));
        assert!(is_heading_line("The Local Safeguarding Children Board requires improvement"));
        assert!(is_heading_line("This local authority is good because"));
        assert!(is_heading_line("The LSCB requires improvement because:"));
        assert!(is_heading_line("This local authority has weaknesses and is not yet good because"));
        assert!(is_heading_line("Priority actions"));
        assert!(is_heading_line("Children’s services in Norbrook are good"));
        assert!(!is_heading_line("Children’s services in Norbrook are good."));
        assert!(is_heading_line(
            "The experiences and progress of children who need help and protection are good"
        ));
        assert!(is_heading_line("Section 2: The effectiveness local safeguarding children board"));
        assert!(!is_heading_line("The experiences and progress of care leavers are good in most"));
        assert!(!is_heading_line("The experiences and progress of care leavers Requires improvement"));
        assert!(!is_heading_line("The local authority has a plan"));
        assert!(!is_heading_line("The Local Safeguarding Children Board is good at asking why"));
    }
}
