//! Lines that are one but for a few misread letters.

use crate::text::confusion::skeleton;

/// The letters of a line, those that are taken for one another as one: neither numbers nor lost marks and spaces tell lines
/// apart.
pub(crate) fn letters(text: &str) -> String {
    skeleton(&text.chars().filter(|c| c.is_alphabetic()).collect::<String>())
}

/// Whether of two texts not more than one in `of` letters differ.
pub(crate) fn is_near(one: &str, other: &str, of: usize) -> bool {
    let most = other.len() / of;
    one.len().abs_diff(other.len()) <= most && distance(one, other) <= most
}

/// How many bytes of one have to change to make it the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.bytes().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, b) in other.bytes().enumerate() {
            let best = (corner + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_may_differ() {
        assert_eq!(letters("Inspection of Ashmoor 12"), letters("lnspeetion ofAshmoor 3"));
        assert_eq!((distance("homes", "homcs"), distance("home", "the homes")), (1, 5));
        assert!(is_near("inspectionofashmoor", "inspectonofashmoor", 15));
        assert!(!is_near("inspectionofashmoor", "inspectionofpoole", 15));
    }
}
