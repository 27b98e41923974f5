//! The earlier inspections that a line of the front page labels.

use nom::Offset;

use super::dates;
use super::told::Told;
use crate::cut::Cut;
use crate::grammar::label::find_label;
use crate::grammar::sentence::sentences;
use crate::outline::Outline;

/// `previous = ("Date" / "Dates") "of previous inspection" [":"] date-ranges`, in one block or in two cells
pub(super) fn labelled(doc: &Outline, at: usize) -> Option<Vec<Told>> {
    const LABELS: &[&str] = &[
        "date of previous inspection",
        "dates of previous inspection",
        "date of previous inspections",
        "dates of previous inspections",
        "date of last inspection",
        "dates of last inspection",
        "previous inspection date",
        "previous inspection dates",
        "date of the previous inspection",
    ];
    let block = &doc.blocks[at];
    if !block.is_content() {
        return None;
    }
    let text = block.text.as_str();
    let label = LABELS.iter().find_map(|l| find_label(text, l))?;
    let rest = text.get(block.text.range_of(label).end..).unwrap_or("");
    let next = || doc.blocks.get(at + 1).filter(|_| rest.trim_matches([':', ' ']).is_empty());
    let below = || next().and_then(|b| dates::labelled(b.text.as_str())).map(|w| (w, at + 1));
    let (when, list_to) = dates::labelled(rest).map(|w| (w, at)).or_else(below)?;
    // Another labelled line may stand in the same cell: "Inspection dates: 3 to 7 July 2023".
    let from = block.text.range_of(label).start;
    let told = |when, text| Told { block: at, list_to, text, ..Told::of("inspection", Some(when)) };
    // "The previous inspection was on 19 March 2018. There was a revisit on 24 March 2020."
    let place = |sentence: &str| text.offset(sentence)..text.offset(sentence) + sentence.len();
    let more = sentences(rest).skip(1).filter(|_| list_to == at);
    let more = more.filter_map(|s| Some(told(dates::of_inspections(s).into_iter().next()?, place(s))));
    let more: Vec<Told> = more.collect();
    let end = more.first().map_or(text.len(), |next| next.text.start);
    let end = from + text.part(from..end).trim_end().len();
    Some(std::iter::once(told(when, from..end)).chain(more).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;

    #[test]
    fn labels_of_the_front_page() {
        for label in ["Date of previous inspection", "Dates of previous inspections"] {
            let doc = outline(&format!("{label}: 22 to 24 January 2020"));
            let told = labelled(&doc, 0).unwrap_or_default();
            let dates: Vec<_> = told.into_iter().filter_map(|t| Some(t.when?.date)).collect();
            assert_eq!(dates, ["2020-01-22"], "{label}");
        }
        let doc = outline(
            "Dates of previous inspection: The previous full inspection was on 19 March 2018. There was a subsequent revisit on 24 March 2020.",
        );
        let dates = labelled(&doc, 0).unwrap_or_default().into_iter().filter_map(|t| Some(t.when?.date));
        assert_eq!(dates.collect::<Vec<_>>(), ["2018-03-19", "2020-03-24"]);
    }
}
