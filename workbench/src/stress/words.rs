//! Words of a text in order, whatever lines and pages they stand on, and others put in their place.

use findings_core::text::TextLayer;

/// A word by its page, line and place there.
type Place = (usize, usize, usize);

/// The words of a text, to be replaced.
pub(super) struct Words {
    places: Vec<Place>,
    /// Each without the marks around it.
    cores: Vec<String>,
}

impl Words {
    /// Of a text.
    pub fn of(layer: &TextLayer) -> Self {
        let (mut places, mut cores) = (Vec::new(), Vec::new());
        for (p, page) in layer.pages.iter().enumerate() {
            for (l, line) in page.lines.iter().enumerate() {
                for (w, word) in line.words.iter().enumerate() {
                    places.push((p, l, w));
                    cores.push(core(&word.text).to_owned());
                }
            }
        }
        Self { places, cores }
    }

    /// The words without the marks around them.
    pub fn cores(&self) -> &[String] {
        &self.cores
    }

    /// The page, as an index, and the line that a word stands on.
    pub fn at(&self, word: usize) -> Option<(usize, usize)> {
        self.places.get(word).map(|(page, line, _)| (*page, *line))
    }

    /// Where these words follow each other: the index of the first of each run.
    pub fn find(&self, words: &[&str]) -> Vec<usize> {
        let plain = |word: &str| word.to_lowercase().replace(['\u{2010}', '\u{2011}'], "-");
        let same = |run: &[String]| run.iter().zip(words).all(|(a, b)| plain(a) == plain(b));
        let runs = self.cores.windows(words.len().max(1)).enumerate();
        runs.filter(|(_, run)| !words.is_empty() && same(run)).map(|(i, _)| i).collect()
    }

    /// Puts as many words in the place of those from `first` on; the marks around them stay, and capitals do.
    pub fn put(&self, layer: &mut TextLayer, first: usize, words: &[&str]) {
        for (place, new) in self.places.iter().skip(first).zip(words) {
            let (p, l, w) = *place;
            let line = layer.pages.get_mut(p).and_then(|p| p.lines.get_mut(l));
            if let Some(word) = line.and_then(|l| l.words.get_mut(w)) {
                let old = core(&word.text);
                let capitals = old.chars().count() > 1
                    && old.contains(char::is_uppercase)
                    && old.chars().all(|c| !c.is_lowercase());
                let new = if capitals { new.to_uppercase() } else { (*new).to_owned() };
                word.text = word.text.replacen(old, &new, 1);
            }
        }
    }
}

/// A word without the marks around it and without a possessive's ending.
pub(super) fn core(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use findings_core::text::plain;

    use super::*;

    #[test]
    fn words_are_found_over_lines_and_replaced_between_their_marks() {
        let mut layer = plain::read("Dear Ann\nLee,\n\n(ANN LEE’s) Ann");
        let words = Words::of(&layer);
        let found = words.find(&["Ann", "Lee"]);
        assert_eq!(found, [1, 3]);
        found.iter().for_each(|i| words.put(&mut layer, *i, &["Mark", "Hall"]));
        let lines: Vec<String> = layer.pages[0].lines.iter().map(|l| l.text()).collect();
        assert_eq!(lines, ["Dear Mark", "Hall,", "(MARK HALL’s) Ann"]);
    }
}
