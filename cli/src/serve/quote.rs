//! Quotes: words that a person marks on a page.

use std::time::Duration;

use findings_core::pipeline;
use findings_core::record::Span;
use findings_core::text::{BBox, Page};
use serde::Deserialize;

use super::session::Fault;

use crate::collection::answers::Quote;
use crate::contain::{Allowance, contained};
use crate::settings::Settings;

/// The time limit for extracting a document's words. Pages that needed OCR are cached since they were read.
const TIME: Duration = Duration::from_secs(60);

/// A person's mark.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Marked {
    /// The page, from 1.
    page: u32,
    /// A rectangle on the page as displayed: x0, top, x1, bottom in points.
    frame: Option<[f32; 4]>,
    /// Words on a page without coordinates.
    words: Option<String>,
}

impl Marked {
    /// The marked words, taken from the document itself.
    pub(super) fn in_document(&self, name: &str, bytes: Vec<u8>) -> Result<Quote, Fault> {
        // Plugins have no influence on the text.
        let options = Settings::of_options(["--no-plugins".into()])?.open()?.options;
        let name = name.to_owned();
        let opened = contained(&Allowance::of(TIME), move || {
            pipeline::open(&name, &bytes, &options).map_err(|e| e.error)
        });
        let layer = opened.and_then(|opened| opened)?.layer;
        let page = layer.pages.iter().find(|p| p.number == self.page).ok_or(Fault::NoPage)?;
        let found = match (&self.frame, &self.words) {
            (Some(frame), _) => framed(page, *frame),
            (None, Some(words)) => standing(page, words),
            (None, None) => None,
        };
        found.ok_or(Fault::NoWords)
    }
}

/// The words whose centre is in the rectangle, line by line.
fn framed(page: &Page, [x0, top, x1, bottom]: [f32; 4]) -> Option<Quote> {
    let inside = |b: &BBox| {
        let (x, y) = ((b.x0 + b.x1) / 2.0, (b.top + b.bottom) / 2.0);
        (x0..=x1).contains(&x) && (top..=bottom).contains(&y)
    };
    let (mut words, mut spans) = (Vec::new(), Vec::new());
    for line in &page.lines {
        let boxes = line.words.iter().filter_map(|w| Some((w, page.shown(w.bbox?))));
        let taken: Vec<_> = boxes.filter(|(_, bbox)| inside(bbox)).collect();
        words.extend(taken.iter().map(|(word, _)| word.text.as_str()));
        let around = taken.iter().map(|(_, bbox)| *bbox).reduce(BBox::union);
        spans.extend(around.map(|bbox| Span { page: page.number, bbox: Some(bbox.rounded()) }));
    }
    (!words.is_empty()).then(|| Quote { quote: words.join(" "), spans })
}

/// Words of a page, regardless of line breaks; `None` if they are not on it.
fn standing(page: &Page, words: &str) -> Option<Quote> {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lines: Vec<String> = page.lines.iter().map(|l| l.text()).collect();
    let quote = spaced(words);
    let there = !quote.is_empty() && spaced(&lines.join(" ")).contains(&quote);
    there.then(|| Quote { quote, spans: vec![Span { page: page.number, bbox: None }] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_core::text::{TextLine, Word};

    /// A page of words, ten points each, in lines of twelve points.
    fn page(lines: &[&str]) -> Page {
        let word = |text: &str, x: usize, y: usize| {
            let (x, y) = (x as f32 * 10.0, y as f32 * 12.0);
            let bbox = Some(BBox { x0: x, top: y, x1: x + 9.0, bottom: y + 10.0 });
            Word { text: text.to_owned(), bbox, ..Word::default() }
        };
        let line = |(y, text): (usize, &&str)| TextLine {
            words: text.split(' ').enumerate().map(|(x, t)| word(t, x, y)).collect(),
            ..TextLine::default()
        };
        let lines = lines.iter().enumerate().map(line).collect();
        Page { number: 2, width: 100.0, height: 100.0, lines, ..Page::default() }
    }

    #[test]
    fn a_frame_takes_the_words_of_each_line_in_it() {
        let page = page(&["a b c d", "e f g h", "i j k l"]);
        let quote = framed(&page, [8.0, -2.0, 32.0, 23.0]).unwrap();
        assert_eq!(quote.quote, "b c f g");
        let boxes: Vec<_> = quote.spans.iter().filter_map(|s| s.bbox).collect();
        assert_eq!(boxes, [[10.0, 0.0, 29.0, 10.0], [10.0, 12.0, 29.0, 22.0]]);
        assert_eq!(framed(&page, [50.0, 50.0, 60.0, 60.0]), None);
    }

    #[test]
    fn on_a_turned_page_the_frame_is_that_of_the_page_as_shown() {
        let turned = Page { turn: 1, ..page(&["a b c d"]) };
        let shown = turned.shown(turned.lines[0].words[3].bbox.unwrap()).rounded();
        assert_eq!(framed(&turned, shown).unwrap().quote, "d");
    }

    #[test]
    fn words_are_quoted_only_where_they_stand() {
        let page = page(&["On 4", "May 2023 inspectors"]);
        let quote = standing(&page, " 4\n May  2023 ").unwrap();
        assert_eq!((quote.quote.as_str(), quote.spans[0].page), ("4 May 2023", 2));
        assert_eq!(standing(&page, "5 May 2023"), None);
        assert_eq!(standing(&page, " "), None);
    }
}
