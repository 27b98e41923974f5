//! The title of a document, which names the area.

use crate::areas;
use crate::cut::Cut;
use crate::grammar::label::{find_label, label};
use crate::outline::Outline;
use crate::record::Found;
use crate::text::Text;
use nom::Offset;

/// The provider named in the title. `parse` looks for it in one to four consecutive blocks of the front matter, because
/// titles are broken over lines, inside a name or inside "local / authority".
pub fn provider(doc: &Outline, end: usize, parse: impl Fn(&str) -> Option<&str>) -> Option<Found<String>> {
    let front: Vec<&Text> = doc.blocks.head(end).iter().filter(|b| b.is_prose()).map(|b| &b.text).collect();
    for at in 0..front.len() {
        for n in 1..=4.min(front.len() - at) {
            let text = Text::join(front.part(at..at + n).iter().copied(), " ");
            if text.as_str().len() > 400 {
                break;
            }
            if let Some(part) = parse(text.as_str()) {
                let part = part.trim();
                if !part.is_empty() && part.len() < 90 {
                    return Some(Found::new(part.to_owned(), text.evidence(part, "title")));
                }
            }
        }
    }
    None
}

/// The text between the phrase `opens` and the nearest of the phrases `closes`.
pub fn between<'a>(text: &'a str, opens: &str, closes: &[&str]) -> Option<&'a str> {
    let after = find_label(text, opens)?;
    let from = text.offset(after) + after.len();
    let rest = text.tail(from);
    let end = closes.iter().filter_map(|c| find_label(rest, c).map(|hit| rest.offset(hit))).min()?;
    let name = rest.head(end).trim().trim_end_matches(['\u{2019}', '\'']);
    (!name.is_empty()).then_some(name)
}

const SLOGAN: &str = "raising standards improving lives";

/// `title = "Inspection of" area ["local authority"] "children's services"`, or, until 2019, the area above
/// "Inspection of children's social care services"
pub fn ilacs(text: &str) -> Option<&str> {
    for subtitle in [
        "Inspection of children’s social care services",
        "Inspection of local authority children’s social care services",
        "Inspection of local authority children’s services",
        "Inspection of children’s services",
    ] {
        if let Some(hit) = find_label(text, subtitle) {
            let before = text.head(text.offset(hit));
            // OCR reads the slogan below the logo.
            let name = label(SLOGAN)(before).map_or(before, |(rest, _)| rest).trim();
            return (!name.is_empty()).then_some(name);
        }
    }
    if ["Inspection of children’s", "Inspection of local authority"].iter().any(|l| label(l)(text).is_ok())
    {
        return None;
    }
    between(
        text,
        "Inspection of",
        &["local authority children’s", "children’s services", "children’s social care services"],
    )
    .or_else(|| body(text))
}

/// `title = "Inspection of" body`, naming a trust or company rather than its services
///
/// "Inspection of Marlbrook Children and Families Trust"
fn body(text: &str) -> Option<&str> {
    let after = find_label(text, "Inspection of")?;
    let from = text.offset(after) + after.len();
    let name = text.tail(from).trim();
    areas::is_body(name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ilacs_titles() {
        let shown = |t| ilacs(t).unwrap_or("-").to_owned();
        assert_eq!(shown("Inspection of Marlbrook local authority children’s services"), "Marlbrook");
        assert_eq!(
            shown("Inspection of Marlbrook County Council children's services"),
            "Marlbrook County Council"
        );
        assert_eq!(shown("Marlbrook Inspection of children’s social care services"), "Marlbrook");
        assert_eq!(
            shown(
                "raising standards improving lives Marlbrook Inspection of children’s social care services"
            ),
            "Marlbrook"
        );
        assert_eq!(
            shown("Marlbrook County Council Inspection of local authority children’s services"),
            "Marlbrook County Council"
        );
        assert_eq!(
            shown(
                "Marlbrook metropolitan borough Inspection of local authority children’s social care services"
            ),
            "Marlbrook metropolitan borough"
        );
        assert_eq!(
            shown("Inspection of Marlbrook Children and Families Trust"),
            "Marlbrook Children and Families Trust"
        );
        assert_eq!(shown("Inspection of Marlbrook Children and"), "-");
        assert_eq!(shown("Inspection dates: 3 to 7 June 2019"), "-");
    }
}
