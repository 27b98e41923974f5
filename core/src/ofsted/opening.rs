//! Recognises the first page of a document.

use crate::cut::Cut;
use crate::grammar::label::find_label;

/// The salutation of a letter is within this many lines from the top of the page.
const LETTER: usize = 70;
/// A report's title begins, and its labels are, within this many lines from the top of the page.
const REPORT: (usize, usize) = (16, 45);
/// How far below the salutation the subject or the first sentence may be, in lines.
const BELOW: usize = 12;

/// `letter = … "Dear" name … subject`
pub fn letter(lines: &[&str], subjects: &[&str]) -> bool {
    let Some(greeting) = lines.iter().take(LETTER).position(|l| l.starts_with("Dear ")) else { return false };
    let below = lines.tail(greeting).iter().take(BELOW);
    below.clone().any(|l| subjects.iter().any(|s| find_label(l, s).is_some()))
}

/// `report = … title … ("Inspection date" / "Lead inspector") …`
///
/// Running headers repeat the title and the dates, but not the labels.
pub fn report(lines: &[&str], titles: &[&str]) -> bool {
    const LABELS: &[&str] = &["inspection date", "lead inspector", "reporting inspector", "report published"];
    let labelled = |l: &&str| {
        let line = l.trim_start();
        LABELS.iter().any(|p| line.get(..p.len()).is_some_and(|s| s.eq_ignore_ascii_case(p)))
    };
    if !lines.iter().take(REPORT.1).any(labelled) {
        return false;
    }
    let top = lines.iter().take(REPORT.0).copied().collect::<Vec<_>>().join(" ");
    titles.iter().any(|t| find_label(&top, t).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_begins_with_its_salutation_above_its_subject() {
        let subjects = &["Focused visit to"];
        assert!(letter(&["Ofsted", "21 June 2024", "Dear Sunniva", "Focused visit to Calverdale"], subjects));
        assert!(!letter(&["Dear all,", "Please find attached the letter."], subjects));
        assert!(!letter(&["A focused visit to Calverdale took place."], subjects));
    }

    #[test]
    fn a_report_begins_with_its_title_and_labels() {
        let titles = &["Inspection of"];
        assert!(report(
            &["Inspection of Poole children’s services", "Inspection dates: 3 to 7 June 2019"],
            titles
        ));
        assert!(!report(&["Inspection of Poole children’s services", "3 to 7 June 2019", "2"], titles));
    }
}
