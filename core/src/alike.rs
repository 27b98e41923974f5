//! Texts that differ only by a few misread letters.

use crate::text::confusion::skeleton;

/// The letters of a line, with those that OCR confuses made equal. Lines that differ only in digits, punctuation or
/// spaces have the same letters.
pub fn letters(text: &str) -> String {
    skeleton(&text.chars().filter(|c| c.is_alphabetic()).collect::<String>())
}

/// Whether at most one in `of` letters differs between two texts.
pub fn is_near(one: &str, other: &str, of: usize) -> bool {
    let most = other.len() / of;
    edit_distance(one, other, most) <= most
}

/// Damerau–Levenshtein distance: letters changed, added, dropped or swapped. Anything above `most` counts as `most +
/// 1`.
pub(crate) fn edit_distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let best = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
                if swap { best.min(rows[i - 2][j - 2] + 1) } else { best }
            };
        }
    }
    rows[a.len()][b.len()]
}

/// What a person who typed a word that is not there may have meant: of the known words the one with the fewest letters
/// different, if that is at most one in four (and one in any case), or else the first that contains what was typed.
pub fn meant<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let most = (typed.chars().count() / 4).max(1);
    let known: Vec<&str> = known.into_iter().collect();
    let distance = |word: &&str| edit_distance(&typed, &word.to_lowercase(), most);
    let near = known.iter().copied().min_by_key(distance).filter(|word| distance(word) <= most);
    let contains = |word: &&str| typed.chars().count() > 2 && word.to_lowercase().contains(&typed);
    near.or_else(|| known.into_iter().find(contains))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_has_a_meaning_and_another_word_has_none() {
        let known = ["good", "inadequate", "requires-improvement", "outstanding"];
        assert_eq!(meant("inadequat", known), Some("inadequate"));
        assert_eq!(meant("Goood", known), Some("good"));
        assert_eq!(meant("improvement", known), Some("requires-improvement"));
        assert_eq!((meant("red", known), meant("", known)), (None, None));
    }

    #[test]
    fn a_few_letters_may_differ() {
        assert_eq!(letters("Inspection of Ashmoor 12"), letters("lnspeetion ofAshmoor 3"));
        assert_eq!((edit_distance("homes", "homcs", 9), edit_distance("home", "the homes", 9)), (1, 5));
        assert!(is_near("inspectionofashmoor", "inspectonofashmoor", 15));
        assert!(!is_near("inspectionofashmoor", "inspectionofpoole", 15));
    }
}
