//! Named repairs of plain text, made before the outline is.
//!
//! A repair undoes what a way of getting text has done to it, never what was printed. Each says what it changed
//! and where, so that repairs can be counted and shown.

use crate::text::TextLayer;

/// A repair that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// Its name.
    pub name: &'static str,
    /// The page of the word.
    pub page: u32,
    /// The word before.
    pub before: String,
    /// The word after.
    pub after: String,
}

/// All repairs of a plain text, in order.
pub fn plain_text(layer: &mut TextLayer) -> Vec<Repair> {
    markdown_emphasis(layer)
}

/// The marks that markdown sets around words: "**His Majesty’s Inspector**" → "His Majesty’s Inspector". A single
/// asterisk or line may be print and stays.
fn markdown_emphasis(layer: &mut TextLayer) -> Vec<Repair> {
    const MARKS: &[&str] = &["***", "**", "___", "__"];
    let mut repairs = Vec::new();
    for page in &mut layer.pages {
        for line in &mut page.lines {
            for word in &mut line.words {
                let open = MARKS.iter().find_map(|m| word.text.strip_prefix(m)).unwrap_or(&word.text);
                let bare = MARKS.iter().find_map(|m| open.strip_suffix(m)).unwrap_or(open);
                if bare.is_empty() || bare.len() == word.text.len() || !bare.contains(char::is_alphanumeric) {
                    continue;
                }
                let after = bare.to_owned();
                let before = std::mem::replace(&mut word.text, after.clone());
                word.original = Some(before.as_str().into());
                repairs.push(Repair { name: "markdown-emphasis", page: page.number, before, after });
            }
        }
    }
    repairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn emphasis_is_no_part_of_a_word() {
        let mut layer = plain::read("Ann Lee **His Majesty’s Inspector**\n* a bullet\na * b ** c\n");
        let repairs = plain_text(&mut layer);
        let lines: Vec<String> = layer.pages[0].lines.iter().map(crate::text::TextLine::text).collect();
        assert_eq!(lines, ["Ann Lee His Majesty’s Inspector", "* a bullet", "a * b ** c"]);
        assert_eq!(repairs.len(), 2);
        assert_eq!((repairs[0].before.as_str(), repairs[0].after.as_str()), ("**His", "His"));
    }
}
