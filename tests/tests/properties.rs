//! Properties of texts, dates, pointers and tables, tested on random ones.

use findings_core::record::{Date, within};
use findings_core::text::{BBox, Text, Word};
use findings_tables::cell::Cell;
use findings_tables::dataset::Dataset;
use findings_tables::form::csv as csv_form;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::json;

/// A small number of cases, so that an ordinary run is short; `PROPTEST_CASES` sets more.
fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64);
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// A word with its page and line: printable characters of any script, including combining ones.
fn word() -> impl Strategy<Value = (String, u32, u32)> {
    ("[\\PC&&[^\\p{Z}]]{1,8}", 1u32..4, 1u32..9)
        .prop_filter("a word has no white space", |(w, _, _)| !w.contains(char::is_whitespace))
}

/// A text with these words and lines.
fn text_of(words: &[(String, u32, u32)]) -> Text {
    let mut text = Text::default();
    for (i, (word, page, line)) in words.iter().enumerate() {
        let x0 = i as f32;
        let bbox = Some(BBox { x0, top: 0.0, x1: x0 + 1.0, bottom: 1.0 });
        text.push_word(*page, *line, i as u32, &Word { text: word.clone(), bbox, ..Word::default() }, false);
    }
    text
}

/// The character boundaries of a text.
fn ends(text: &str) -> Vec<usize> {
    text.char_indices().map(|(i, _)| i).chain([text.len()]).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_slice_of_a_text_keeps_its_places(
        words in prop::collection::vec(word(), 1..12),
        (a, b) in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let text = text_of(&words);
        let ends = ends(text.as_str());
        let (a, b) = (*a.get(&ends), *b.get(&ends));
        let range = a.min(b)..a.max(b);
        let slice = text.slice(range.clone());
        prop_assert_eq!(slice.as_str(), text.as_str()[range.clone()].trim());
        for origin in slice.origins() {
            let part = &slice.as_str()[origin.start as usize..origin.end as usize];
            prop_assert!(words[origin.word as usize].0.contains(part), "{:?}", part);
        }
        // The evidence of a part equals that of its slice: the quote is its text.
        let evidence = text.evidence(&text.as_str()[range], "a.b");
        let quote = evidence.quote.clone().unwrap_or_default();
        prop_assert_eq!(quote.split_whitespace().collect::<Vec<_>>(), slice.as_str().split_whitespace().collect::<Vec<_>>());
        // An empty slice may keep the place that it was cut from.
        prop_assert!(slice.is_empty() || !evidence.spans.is_empty());
        let again = slice.evidence_all("a.b");
        prop_assert!(slice.is_empty() || (again.quote.unwrap_or_default(), again.spans) == (quote, evidence.spans));
    }

    #[test]
    fn a_slice_of_a_slice_is_a_slice(
        words in prop::collection::vec(word(), 1..12),
        cuts in prop::array::uniform4(any::<prop::sample::Index>()),
    ) {
        let text = text_of(&words);
        let ends_of_text = ends(text.as_str());
        let (a, b) = (*cuts[0].get(&ends_of_text), *cuts[1].get(&ends_of_text));
        let outer = text.slice(a.min(b)..a.max(b));
        let ends_of_outer = ends(outer.as_str());
        let (c, d) = (*cuts[2].get(&ends_of_outer), *cuts[3].get(&ends_of_outer));
        let inner = outer.slice(c.min(d)..c.max(d));
        let start = a.min(b) + (text.as_str()[a.min(b)..].len() - text.as_str()[a.min(b)..].trim_start().len());
        let direct = text.slice(start + c.min(d)..start + c.max(d));
        prop_assert_eq!(inner.as_str(), direct.as_str());
        prop_assert!(inner.is_empty() || inner.origins() == direct.origins());
    }

    #[test]
    fn a_join_has_the_words_of_its_parts(
        parts in prop::collection::vec(prop::collection::vec(word(), 0..5), 0..6),
    ) {
        let texts: Vec<Text> = parts.iter().map(|words| text_of(words)).collect();
        let joined = Text::join(&texts, " ");
        let words: Vec<&str> = parts.iter().flatten().map(|(word, _, _)| word.as_str()).collect();
        // After a word that ends in a hyphen, the space may be missing.
        let squeezed = |text: &str| text.replace(' ', "");
        prop_assert_eq!(squeezed(joined.as_str()), words.concat());
        let placed: Vec<&str> =
            joined.origins().iter().map(|o| &joined.as_str()[o.start as usize..o.end as usize]).collect();
        prop_assert_eq!(&placed, &words);
        let lines: String = joined.lines().iter().map(|l| squeezed(l.as_str())).collect();
        prop_assert_eq!(lines, words.concat());
    }

    #[test]
    fn a_date_is_what_it_says(year in 1800u16..2300, month in 0u8..15, day in 0u8..35) {
        let said = format!("{year:04}-{month:02}-{day:02}");
        let date = Date::new(year, month, day);
        prop_assert_eq!(Date::from_iso(&said), date);
        if let Some(date) = date {
            prop_assert_eq!(date.to_string(), said);
            let next = date.tomorrow();
            prop_assert!(next > date);
            prop_assert!(next.day() == 1 || (next.day(), next.month()) == (date.day() + 1, date.month()));
        }
    }

    #[test]
    fn what_is_taken_for_a_date_is_one(said in "[-+0-9 ]{0,4}(19|20)[0-9]{2}-[-+0-9]{1,3}-[-+0-9]{1,3}|\\PC{0,12}") {
        if let Some(date) = Date::from_iso(&said) {
            prop_assert_eq!(date.to_string(), said);
        }
    }

    #[test]
    fn a_pointer_is_below_those_that_it_goes_through(
        names in prop::collection::vec("[a-z0-9~]{1,4}", 0..5),
        other in "[a-z0-9~]{1,4}",
    ) {
        let pointer = |names: &[String]| names.iter().map(|n| format!("/{n}")).collect::<String>();
        let whole = pointer(&names);
        for depth in 0..=names.len() {
            prop_assert!(within(&whole, &pointer(&names[..depth])));
            prop_assert_eq!(within(&pointer(&names[..depth]), &whole), depth == names.len());
        }
        // A longer name is a different name.
        let (longer, below) = (format!("{whole}{other}"), format!("{whole}/{other}"));
        prop_assert!(names.is_empty() || !within(&longer, &whole));
        prop_assert!(within(&below, &whole));
    }

    #[test]
    fn a_table_in_csv_is_read_as_it_was_written(
        rows in prop::collection::vec(("\\PC{0,12}|[\"',;=+@\r\n\t -]{0,6}", "\\PC{0,12}|[\"',;\r\n]{0,6}"), 1..6),
    ) {
        let mut dataset = Dataset::default();
        for (source, message) in &rows {
            let error = json!({ "code": "damaged", "message": message });
            dataset.push(&json!({ "error": error, "document": { "source": source, "sha256": "", "bytes": 0 } }));
        }
        let tables = dataset.finish();
        for table in tables.all() {
            let mut bytes = Vec::new();
            csv_form::write(table, &mut bytes).expect("writing to memory");
            let mut reader = csv::Reader::from_reader(&bytes[..]);
            let names: Vec<String> = reader.headers().expect("a head").iter().map(str::to_owned).collect();
            prop_assert_eq!(names, table.spec.columns.iter().map(|c| c.name.to_string()).collect::<Vec<_>>());
            let read: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
            prop_assert_eq!(read.len(), table.rows.len());
            for (cells, row) in read.iter().zip(&table.rows) {
                for (cell, was) in cells.iter().zip(row) {
                    let was_text = matches!(was, Cell::Text(_));
                    let was = was.to_string();
                    // A text that a spreadsheet would evaluate gets an apostrophe in front.
                    let kept = cell == was || was_text && cell.strip_prefix('\'') == Some(&was);
                    prop_assert!(kept, "{cell:?} of {was:?}");
                    let computes = was.len() > 1 && was.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    prop_assert!(!was_text || !computes || cell.starts_with('\''), "{cell:?} would be computed");
                }
            }
        }
    }
}
