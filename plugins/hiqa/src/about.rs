//! The provider's description of the centre, and the number of residents.

use findings_plugin_sdk::grammar::number::whole_number;
use findings_plugin_sdk::grammar::{find, label};
use findings_plugin_sdk::record::{Draft, Found, Status};
use findings_plugin_sdk::text::Text;

use crate::extension::Extension;
use crate::layout::{Layout, Part};

/// The end of the sentence before the provider's text.
const INTRODUCTION: &str = "describes the service they provide";

/// Reads both.
pub fn read(layout: &Layout, extension: &mut Extension, draft: &mut Draft) {
    let text = layout.text_of(Part::About);
    extension.about = draft.take("/extension/about", about(&text), Status::NotRead);
    let text = layout.text_of(Part::Outlines);
    let found = residents(&text);
    extension.number_of_residents = draft.take("/extension/number_of_residents", found, Status::NotRead);
}

/// `about = heading introduction "." text`
fn about(part: &Text) -> Option<Found<String>> {
    let text = find(label(INTRODUCTION), part.as_str())?.rest.trim_start_matches(['.', ':', ' ']).trim();
    (!text.is_empty()).then(|| Found::new(text.to_owned(), part.evidence(text, "hiqa.about")))
}

/// `residents = "Number of residents on the date of inspection" ":" number`
///
/// The label has two lines, and the number may be between them.
fn residents(part: &Text) -> Option<Found<u32>> {
    let label_hit = find(label("Number of residents on the"), part.as_str())?;
    let rest = label_hit.rest;
    let after = find(label("date of inspection"), rest);
    let (between, after) = after.map_or((rest, ""), |h| (h.before, h.rest));
    let number = |t: &str| whole_number(t.trim_start_matches([':', ' '])).ok().map(|(_, n)| n);
    let n = number(after).or_else(|| number(between))?;
    let from = label_hit.before.len();
    let upto = match number(after) {
        Some(_) => {
            let digits = after.trim_start_matches([':', ' ']);
            let length = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
            part.as_str().len() - digits.len() + length
        }
        None => part.as_str().len() - after.len(),
    };
    Some(Found::new(u32::try_from(n).ok()?, part.evidence_of(from..upto, "hiqa.residents")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::outline;
    use insta::assert_snapshot;

    fn text(lines: &[&str]) -> Text {
        let lines: Vec<_> = lines.iter().map(|l| (1, 50.0, 50.0, *l)).collect();
        Text::join(outline(&lines).blocks.iter().map(|b| &b.text), " ")
    }

    fn count(lines: &[&str]) -> String {
        let text = text(lines);
        residents(&text).map_or("-".into(), |f| format!("{} of “{}”", f.value, f.evidence.quote.unwrap()))
    }

    #[test]
    fn the_number_stands_after_its_label_or_inside() {
        assert_snapshot!(count(&["Number of residents on the", "date of inspection:", "12"]), @"12 of “Number of residents on the date of inspection: 12”");
        assert_snapshot!(count(&["Number of residents on the", "4", "date of inspection:"]), @"4 of “Number of residents on the 4 date of inspection”");
        assert_snapshot!(count(&["Number of residents on the", "date of inspection:"]), @"-");
    }

    #[test]
    fn the_text_follows_the_introduction() {
        let text = text(&[
            "About the designated centre",
            "… and describes the service they provide.",
            "A house",
            "by the sea.",
        ]);
        assert_snapshot!(about(&text).unwrap().value, @"A house by the sea.");
    }
}
