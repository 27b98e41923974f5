//! Text that knows where each of its words came from.

use std::ops::Range;
use std::sync::Arc;

use super::{BBox, TextLine, Word};
use findings_record::{Evidence, Span, Status};

/// A string and, for each of its words, the place it came from.
///
/// Grammars parse slices of [`Text::as_str`]. [`Text::evidence`] maps a slice back to the page, so evidence always
/// comes from the document and can't be invented.
#[derive(Debug, Clone, Default)]
pub struct Text {
    string: String,
    origins: Vec<Origin>,
}

/// The byte range of a slice in the string that it was taken from; `None` for any other string, even with the same
/// words.
///
/// Grammars return slices of their input, so that each value carries its position, and this function recovers it.
/// It is the only place that looks at the address of a string, and it only compares it.
///
/// ```
/// use findings_text::place_in;
///
/// let line = "Ann Lee, Director";
/// assert_eq!(place_in(line, line.split(", ").nth(1).unwrap()), Some(9..17));
/// assert_eq!(place_in(line, &String::from("Director")), None);
/// ```
pub fn place_in(whole: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let range = start..start.checked_add(part.len())?;
    whole.get(range.clone()).map(|_| range)
}

/// Where a run of bytes of a [`Text`] came from: one word on one line, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Page, from 1.
    pub page: u32,
    /// Number of the line in the document, in content order: words with the same number are on one line.
    pub line: u32,
    /// The word's box.
    pub bbox: Option<BBox>,
    /// The word's index in its line.
    pub word: u32,
    /// The OCR engine's calibrated confidence in the word, 0 to 1; none if it was not recognised by OCR.
    pub confidence: Option<f32>,
    /// The text before a repair; all words that came from the same text share it.
    pub original: Option<Arc<str>>,
}

impl Text {
    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Whether it has no characters.
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// The origins of its words, in order.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// The page of its first word; 1 for an empty text.
    pub fn page(&self) -> u32 {
        self.origins.first().map_or(1, |o| o.page)
    }

    /// An empty text with capacity for lines that are going to be added.
    pub fn with_room_for<'a>(lines: impl Iterator<Item = &'a TextLine> + Clone) -> Self {
        let bytes = lines.clone().flat_map(|l| &l.words).map(|w| w.text.len() + 1).sum();
        let words = lines.map(|l| l.words.len()).sum();
        Self { string: String::with_capacity(bytes), origins: Vec::with_capacity(words) }
    }

    /// Appends the words of a line, without superscript footnote marks, after a space. A word broken at a hyphen is
    /// joined without a space ("multi-" "agency"), except at a suspended hyphen ("16- and 17-year-old"), and so is a web
    /// address that is broken anywhere.
    pub fn push_line(&mut self, page: u32, line_number: u32, line: &TextLine) {
        let mut after_mark = false;
        for (i, word) in line.words.iter().enumerate() {
            if word.superscript {
                after_mark = i > 0;
                continue;
            }
            // Punctuation after a footnote mark belongs to the word before the mark.
            let stop = word.text.starts_with(['.', ',', ';', ':', '?', '!', ')']);
            self.push(
                page,
                line_number,
                i as u32,
                word,
                after_mark && stop || i == 0 && self.is_broken(word),
            );
            after_mark = false;
        }
    }

    /// Appends one word; `breaks` says that it is the first of a new line.
    pub fn push_word(&mut self, page: u32, line: u32, index: u32, word: &Word, breaks: bool) {
        self.push(page, line, index, word, breaks && self.is_broken(word));
    }

    fn drop_soft_hyphen(&mut self) {
        if self.string.ends_with('\u{ad}') {
            self.string.pop();
            if let Some(last) = self.origins.last_mut() {
                last.end = self.string.len() as u32;
            }
        }
    }

    /// Whether a word that begins a line continues the word before it.
    fn is_broken(&self, word: &Word) -> bool {
        joins_without_space(&self.string, &word.text) || continues_address(&self.string, &word.text)
    }

    fn push(&mut self, page: u32, line: u32, index: u32, word: &Word, joined: bool) {
        let text = word.text.as_str();
        if !self.string.is_empty() && !joined {
            self.string.push(' ');
        }
        self.drop_soft_hyphen();
        let start = self.string.len() as u32;
        self.string.push_str(text);
        self.origins.push(Origin {
            start,
            end: self.string.len() as u32,
            page,
            line,
            bbox: word.bbox,
            word: index,
            confidence: word.confidence,
            original: word.original.clone(),
        });
    }

    /// Appends another text after a separator (usually a space).
    pub fn push_text(&mut self, separator: &str, other: &Text) {
        if other.is_empty() {
            return;
        }
        if !self.is_empty() {
            let broken = separator == " " && joins_without_space(&self.string, &other.string);
            if !broken {
                self.string.push_str(separator);
            }
        }
        self.drop_soft_hyphen();
        let shift = self.string.len() as u32;
        self.string.push_str(&other.string);
        self.origins.extend(other.origins.iter().map(|o| Origin {
            start: o.start + shift,
            end: o.end + shift,
            ..o.clone()
        }));
    }

    /// Joins several texts with a separator.
    pub fn join<'a>(texts: impl IntoIterator<Item = &'a Text>, separator: &str) -> Text {
        let mut all = Text::default();
        for t in texts {
            all.push_text(separator, t);
        }
        all
    }

    /// A part of the text, trimmed; empty if the range is invalid.
    pub fn slice(&self, range: Range<usize>) -> Text {
        let Some(raw) = self.string.get(range.clone()) else { return Text::default() };
        let start = range.start + (raw.len() - raw.trim_start().len());
        let end = start + raw.trim().len();
        let (s, e) = (start as u32, end as u32);
        // `partition_point` returns at most the length of the list.
        Text {
            string: raw.trim().to_owned(),
            origins: self.origins[self.origins.partition_point(|o| o.end <= s)..]
                .iter()
                .take_while(|o| o.start < e)
                .map(|o| Origin { start: o.start.max(s) - s, end: o.end.min(e) - s, ..o.clone() })
                .collect(),
        }
    }

    /// Removes bytes from the beginning, and trims what is left.
    pub fn take_off(&mut self, bytes: usize) {
        let Some(rest) = self.string.get(bytes..) else { return *self = Text::default() };
        let start = bytes + (rest.len() - rest.trim_start().len());
        let end = start + rest.trim().len();
        let (s, e) = (start as u32, end as u32);
        self.string.truncate(end);
        self.string.drain(..start);
        self.origins.truncate(self.origins.partition_point(|o| o.start < e));
        self.origins.drain(..self.origins.partition_point(|o| o.end <= s));
        for o in &mut self.origins {
            (o.start, o.end) = (o.start.max(s) - s, o.end.min(e) - s);
        }
    }

    /// The lines of the document that it consists of, each as a text of its own.
    pub fn lines(&self) -> Vec<Text> {
        let mut out = Vec::new();
        let mut from = 0;
        while from < self.origins.len() {
            let line = (self.origins[from].page, self.origins[from].line);
            // `from` is less than the length, and `to` is greater than `from`.
            let to = self.origins[from..]
                .iter()
                .position(|o| (o.page, o.line) != line)
                .map_or(self.origins.len(), |n| from + n);
            out.push(self.slice(self.origins[from].start as usize..self.origins[to - 1].end as usize));
            from = to;
        }
        out
    }

    /// The range of a slice of [`Text::as_str`], by [`place_in`]. For any other string it is the empty range at the
    /// end: it has no words as evidence, so a value read from it is refused.
    ///
    /// ```
    /// # use findings_text::{Text, TextLine, Word};
    /// let word = |text: &str| Word { text: text.into(), ..Word::default() };
    /// let mut text = Text::default();
    /// text.push_line(1, 0, &TextLine { words: vec![word("Ann"), word("Lee")], ..TextLine::default() });
    /// assert_eq!(text.range_of(&text.as_str()[4..]), 4..7);
    /// assert_eq!(text.range_of("Lee"), 7..7);
    /// ```
    pub fn range_of(&self, part: &str) -> Range<usize> {
        let end = self.string.len();
        place_in(&self.string, part).unwrap_or(end..end)
    }

    /// Evidence for a slice of this text: where it is in the document.
    pub fn evidence(&self, part: &str, rule: &str) -> Evidence {
        self.evidence_of(self.range_of(part), rule)
    }

    /// Evidence for the whole text.
    pub fn evidence_all(&self, rule: &str) -> Evidence {
        self.evidence_of(0..self.string.len(), rule)
    }

    /// Evidence for a range of this text. The quote has the words as they were before any repair; `repairs` lists
    /// what each became.
    pub fn evidence_of(&self, range: Range<usize>, rule: &str) -> Evidence {
        let (start, end) = (range.start as u32, range.end as u32);
        let first = self.origins.partition_point(|o| o.end <= start);
        let mut quoted = Quoted::default();
        for o in self.origins[first..].iter().take_while(|o| o.start < end) {
            let part = o.start.max(start) as usize..o.end.min(end) as usize;
            quoted.add(o, self.string.get(part).unwrap_or_default());
        }
        quoted.evidence(rule)
    }
}

/// Whether a word that begins a line continues the last word of the line before, which ends in a hyphen.
fn joins_without_space(before: &str, next: &str) -> bool {
    let Some(head) = before.strip_suffix(['-', '\u{2010}', '\u{2011}', '\u{ad}']) else {
        return false;
    };
    let Some(last) = head.chars().next_back() else { return false };
    let first = next.chars().next().unwrap_or(' ');
    let suspended = matches!(next.trim_end_matches([',', '.']), "and" | "or" | "to");
    last.is_alphanumeric() && first.is_alphanumeric() && !suspended
}

/// Whether a word that begins a line continues the web address that the line before ends with: "www.wexcombe.ic" and
/// "b.nhs.uk" in a narrow cell.
fn continues_address(before: &str, next: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let is_address = |w: &str| w.starts_with("www.") || w.starts_with("http");
    let next = next.trim_end_matches(['.', ',', ';', ')']);
    let begins =
        |next: &str| next.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '/');
    let is_rest = begins(next.strip_prefix('.').unwrap_or(next))
        && next.split(['.', '/']).filter(|part| part.len() > 1).count() > 1
        && !next.contains('@');
    is_address(last) && !last.ends_with([',', ';', ')']) && is_rest && !is_address(next)
}

/// The words that a value was read from, collected into evidence.
#[derive(Default)]
struct Quoted<'t> {
    quote: String,
    /// Page, line and box of the part on each line.
    places: Vec<(u32, u32, Option<BBox>)>,
    /// Repaired words: their original text, and the text now.
    repairs: Vec<(&'t Arc<str>, String)>,
    confidence: Option<f32>,
    /// End of the last word in the text.
    end: u32,
}

impl<'t> Quoted<'t> {
    /// Adds a word, or the part of it that the value covers.
    fn add(&mut self, o: &'t Origin, words: &str) {
        self.confidence = either(self.confidence, o.confidence, f32::min);
        match (&o.original, self.repairs.last_mut()) {
            (Some(original), Some((before, after))) if Arc::ptr_eq(original, before) => {
                // Without a gap, these are parts of one word that had been broken at a line end.
                if o.start > self.end {
                    after.push(' ');
                }
                after.push_str(words);
            }
            (original, _) => {
                if !self.quote.is_empty() {
                    self.quote.push(' ');
                }
                self.quote.push_str(original.as_deref().unwrap_or(words));
                self.repairs.extend(original.as_ref().map(|before| (before, words.to_owned())));
            }
        }
        self.end = o.end;
        match self.places.last_mut() {
            Some((page, line, bbox)) if *page == o.page && *line == o.line => {
                *bbox = either(*bbox, o.bbox, BBox::union);
            }
            _ => self.places.push((o.page, o.line, o.bbox)),
        }
    }

    fn evidence(self, rule: &str) -> Evidence {
        let span = |(page, _, bbox): (u32, u32, Option<BBox>)| Span { page, bbox: bbox.map(BBox::rounded) };
        let mut spans: Vec<Span> = self.places.into_iter().map(span).collect();
        spans.dedup();
        let repairs: Vec<String> =
            self.repairs.into_iter().map(|(before, after)| format!("{before} → {after}")).collect();
        Evidence {
            status: Status::Found,
            spans,
            quote: Some(self.quote),
            rule: Some(rule.to_owned()),
            repairs: (!repairs.is_empty()).then_some(repairs),
            confidence: self.confidence,
            witnesses: Some(1),
            ..Evidence::default()
        }
    }
}

/// Both combined, or the one that is present.
fn either<T>(a: Option<T>, b: Option<T>, both: impl Fn(T, T) -> T) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(both(a, b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Word;

    fn text(lines: &[&str]) -> Text {
        let mut t = Text::default();
        for (n, l) in lines.iter().enumerate() {
            let words = l.split(' ').map(|w| Word { text: w.into(), ..Word::default() }).collect();
            t.push_line(1, n as u32, &TextLine { words, ..TextLine::default() });
        }
        t
    }

    #[test]
    fn words_broken_at_a_hyphen_are_joined() {
        assert_eq!(text(&["a multi-", "agency plan"]).as_str(), "a multi-agency plan");
        assert_eq!(text(&["for 16-", "and 17-year-olds"]).as_str(), "for 16- and 17-year-olds");
        assert_eq!(text(&["8 -", "12 July"]).as_str(), "8 - 12 July");
    }

    #[test]
    fn web_addresses_broken_anywhere_are_joined() {
        assert_eq!(text(&["see www.wexcombe.ic", "b.nhs.uk"]).as_str(), "see www.wexcombe.icb.nhs.uk");
        assert_eq!(text(&["see www.wexcombe.", "icb.nhs.uk"]).as_str(), "see www.wexcombe.icb.nhs.uk");
        assert_eq!(
            text(&["see www.wexcombe.gov.uk", "for plans."]).as_str(),
            "see www.wexcombe.gov.uk for plans."
        );
        assert_eq!(
            text(&["www.wexcombe.gov.uk", "www.ashmoor.gov.uk"]).as_str(),
            "www.wexcombe.gov.uk www.ashmoor.gov.uk"
        );
        assert_eq!(
            text(&["www.wexcombe.gov.uk", "plans@ashmoor.gov.uk"]).as_str(),
            "www.wexcombe.gov.uk plans@ashmoor.gov.uk"
        );
    }

    #[test]
    fn a_stop_after_a_footnotes_mark_belongs_to_the_word_before() {
        let word = |text: &str, superscript| Word { text: text.into(), superscript, ..Word::default() };
        let words = vec![
            word("free", false),
            word("meals", false),
            word("2", true),
            word(",", false),
            word("which", false),
        ];
        let mut t = Text::default();
        t.push_line(1, 0, &TextLine { words, ..TextLine::default() });
        assert_eq!(t.as_str(), "free meals, which");
    }

    #[test]
    fn evidence_tells_repairs_and_the_least_confidence() {
        let word = |text: &str, original: Option<&Arc<str>>, confidence| Word {
            text: text.into(),
            original: original.cloned(),
            confidence: Some(confidence),
            ..Word::default()
        };
        let before: Arc<str> = Arc::from("20179");
        let mut t = Text::default();
        for (i, w) in
            [word("March", None, 0.9), word("2017", Some(&before), 0.4), word("9", Some(&before), 0.4)]
                .iter()
                .enumerate()
        {
            t.push_word(1, 0, i as u32, w, i == 0);
        }
        let e = t.evidence_all("test");
        assert_eq!(t.as_str(), "March 2017 9");
        assert_eq!(e.quote.as_deref(), Some("March 20179"));
        assert_eq!(e.repairs.as_deref(), Some(&["20179 → 2017 9".to_owned()][..]));
        assert_eq!(e.confidence, Some(0.4));
    }

    /// Every slice of a text has its place, a copy of a slice has none, and nothing panics.
    #[test]
    fn every_slice_and_no_copy_has_a_place() {
        let t = text(&["Visits to é, ‘Łódź’ and", "visits to é"]);
        let other = t.clone();
        let all = t.as_str();
        let ends: Vec<usize> = (0..=all.len()).filter(|at| all.is_char_boundary(*at)).collect();
        for (n, from) in ends.iter().enumerate() {
            for to in &ends[n..] {
                let part = &all[*from..*to];
                assert_eq!(place_in(all, part), Some(*from..*to));
                assert_eq!(t.range_of(part), *from..*to);
                assert_eq!(t.slice(t.range_of(part)).as_str(), part.trim());
                assert_eq!(place_in(part, all), (part.len() == all.len()).then_some(0..all.len()));
                let copy = part.to_owned();
                for foreign in [copy.as_str(), &other.as_str()[*from..*to]] {
                    // An empty string may be anywhere, even right behind the text.
                    if !foreign.is_empty() {
                        assert_eq!(place_in(all, foreign), None);
                        assert_eq!(t.range_of(foreign), all.len()..all.len());
                        assert_eq!(t.evidence(foreign, "test").quote.as_deref().unwrap_or_default(), "");
                    }
                }
            }
        }
    }

    #[test]
    fn a_slice_knows_its_place() {
        let t = text(&["one two", "three four"]);
        let part = &t.as_str()[4..13];
        let e = t.evidence(part, "test");
        assert_eq!(e.quote.as_deref(), Some("two three"));
        let s = t.slice(4..13);
        assert_eq!(s.as_str(), "two three");
        assert_eq!(s.lines().iter().map(|l| l.as_str().to_owned()).collect::<Vec<_>>(), ["two", "three"]);
    }

    #[test]
    fn what_is_left_when_its_beginning_is_taken_off_is_a_slice() {
        let t = text(&["1. one two", "three"]);
        for bytes in 0..=t.as_str().len() + 1 {
            let (mut left, slice) = (t.clone(), t.slice(bytes..t.as_str().len().max(bytes)));
            left.take_off(bytes);
            assert_eq!((left.as_str(), left.origins()), (slice.as_str(), slice.origins()), "{bytes}");
        }
    }
}
