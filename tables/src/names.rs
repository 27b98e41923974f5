//! Which of the names of one file is kept.

/// Sorts the names of one file so that the best comes first: not that of a copy ("copy of a.pdf", "a (1).pdf",
/// "a - Copy.pdf"), short, and then the first in the alphabet. Only the file's own name counts, not its folder's.
///
/// ```
/// use findings_tables::names::goodness;
///
/// let best = ["copy of a.pdf", "in/a.pdf", "a (1).pdf"].into_iter().min_by_key(|name| goodness(name));
/// assert_eq!(best, Some("in/a.pdf"));
/// ```
pub fn goodness(name: &str) -> (bool, usize, &str) {
    let own = name.rsplit(['/', '\\']).next().unwrap_or(name);
    (is_copy(own), own.chars().count(), name)
}

/// Whether a file's name is one that file managers give to copies.
fn is_copy(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim_end().to_lowercase();
    let numbered = stem
        .strip_suffix(')')
        .and_then(|s| s.rsplit_once('('))
        .is_some_and(|(_, n)| n.len() < 4 && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    numbered || stem.split(|c: char| !c.is_alphanumeric()).any(|word| word == "copy")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_names() {
        for copy in ["copy of x.pdf", "x - Copy.pdf", "x (1).pdf", "x(12).pdf", "x copy 2.pdf"] {
            assert!(is_copy(copy), "{copy}");
        }
        for own in ["photocopying.pdf", "Ashmoor (North).pdf", "x (2023).pdf", "x.pdf"] {
            assert!(!is_copy(own), "{own}");
        }
        assert!(goodness("copies/long/x.pdf") < goodness("xx.pdf"), "folders do not count");
        assert!(goodness("a/x.pdf") < goodness("b/x.pdf"));
    }
}
