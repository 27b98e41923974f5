//! Restores lost page breaks of a text from its page numbers.

use super::RawLine;

/// How many consecutive page numbers are needed.
const ENOUGH: usize = 3;

/// The fewest lines of a page.
const LEAST_LINES: usize = 8;

/// How many page numbers in a row may be missing or misread.
const MISSING: u32 = 2;

/// How many lines next to a page number may be running headers or footers.
const BESIDE: usize = 3;

/// Inserts the lost page breaks, whether all are lost or only a few.
pub(super) fn restore(lines: Vec<RawLine>) -> Vec<RawLine> {
    let chain = page_numbers(&lines);
    if chain.len() < ENOUGH {
        return lines;
    }
    let some_left = lines.iter().any(|l| l.text.contains('\u{c}'));
    let breaks = if some_left { few(&lines, &chain) } else { breaks(&lines, &chain) };
    let mut out = Vec::with_capacity(lines.len() + breaks.len());
    for (at, line) in lines.into_iter().enumerate() {
        if breaks.contains(&at) {
            out.push(RawLine::of("\u{c}"));
        }
        out.push(line);
    }
    out
}

/// The lines with page numbers: the longest sequence of nearly consecutive numbers.
fn page_numbers(lines: &[RawLine]) -> Vec<usize> {
    let numbered: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(i, l)| Some((i, page_number(l.text)?))).collect();
    let mut best: Vec<usize> = Vec::new();
    // For each number: length of the best sequence that ends with it, and index of the number before it in that
    // sequence.
    let mut rows: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbered.len());
    for (n, (at, number)) in numbered.iter().enumerate() {
        let before = (0..n).rev().filter(|m| {
            let (line, value) = numbered[*m];
            let pages = number.checked_sub(value).filter(|n| (1..=MISSING + 1).contains(n));
            pages.is_some_and(|pages| at - line >= LEAST_LINES * pages as usize)
        });
        let before = before.max_by_key(|m| rows[*m].0);
        rows.push((before.map_or(1, |m| rows[m].0 + 1), before));
        if rows[n].0 > best.len() {
            let mut row = vec![*at];
            let mut from = before;
            while let Some(m) = from {
                row.push(numbered[m].0);
                from = rows[m].1;
            }
            row.reverse();
            best = row;
        }
    }
    best
}

/// The page number in a line: alone, or at the beginning or end of a running header or footer.
fn page_number(line: &str) -> Option<u32> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |w: &&str| w.parse::<u32>().ok().filter(|n| (1..=300).contains(n) && !w.starts_with('0'));
    match words.as_slice() {
        [one] => number(one),
        ["Page" | "page", n] | ["Page" | "page", n, "of", _] | [n, "of", _] => number(n),
        // Any line of text may end with a number; only one that begins like a title or with a day ("3 to 7 March 2023  12")
        // counts.
        [first, .., last]
            if words.len() >= 4
                && words.len() <= 16
                && (first.starts_with(char::is_uppercase) || first.bytes().all(|b| b.is_ascii_digit())) =>
        {
            number(last)
        }
        _ => None,
    }
}

/// Indices of the lines before which a page begins. If the text ends with a page number, numbers are at the ends of
/// pages, otherwise at their beginnings; running lines may be next to them.
fn breaks(lines: &[RawLine], chain: &[usize]) -> Vec<usize> {
    let printed = |i: &usize| !lines[*i].text.trim().is_empty();
    let near = |at: usize, below: bool| -> Vec<usize> {
        if below {
            (at + 1..lines.len()).filter(printed).take(BESIDE).collect()
        } else {
            (0..at).rev().filter(printed).take(BESIDE).collect()
        }
    };
    let runs = |at: usize, below: bool| {
        let key = key(lines[at].text);
        let beside = |c: &&usize| near(**c, below).iter().any(|i| self::key(lines[*i].text) == key);
        key.len() > 3 && chain.iter().filter(beside).count() * 3 > chain.len()
    };
    let reach = |at: usize, below: bool| {
        near(at, below).into_iter().take_while(|i| runs(*i, below)).last().unwrap_or(at)
    };
    let last = lines.iter().rposition(|l| !l.text.trim().is_empty()).unwrap_or(0);
    let at_end = chain.last().is_some_and(|at| reach(*at, true) == last);
    chain
        .iter()
        .map(|at| if at_end { reach(*at, true) + 1 } else { reach(*at, false) })
        .filter(|at| *at > 0)
        .collect()
}

/// Where pages begin if most still end with their number and a page break: the lines after the other numbers.
fn few(lines: &[RawLine], chain: &[usize]) -> Vec<usize> {
    let behind = |at: usize| (at + 1..lines.len()).find(|i| !lines[*i].text.trim().is_empty());
    let broken = |from: usize, to: usize| lines[from + 1..=to].iter().any(|l| l.text.contains('\u{c}'));
    let ends = |at: &&usize| behind(**at).is_none_or(|next| broken(**at, next));
    if chain.iter().filter(ends).count() * 3 < chain.len() * 2 {
        return Vec::new();
    }
    // A footnote's mark may be a number too; the page's own number follows it closely.
    let mut lengths: Vec<usize> = chain.windows(2).map(|pair| pair[1] - pair[0]).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() / 2).copied().unwrap_or(0);
    let whole = |pair: &&[usize]| (pair[1] - pair[0]) * 2 > usual;
    let lost = chain.windows(2).filter(|pair| !broken(pair[0], pair[1])).filter(whole);
    lost.filter_map(|pair| behind(pair[0])).collect()
}

/// A line without its digits, so that running lines with different page numbers are equal.
fn key(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let lines = restore(text.split('\n').map(RawLine::of).collect());
        let text = lines.iter().map(|l| l.text).collect::<Vec<_>>().join("\n");
        text.split('\u{c}').map(|p| p.trim().lines().next().unwrap_or("").to_owned()).collect()
    }

    /// Lines that are all different.
    fn body(page: u32) -> String {
        let letter = |n: u32| char::from_u32(97 + n).unwrap_or('a').to_string();
        (0..12)
            .map(|n| format!("a line {} of text {}\n", letter(n).repeat(4), letter(page).repeat(3)))
            .collect()
    }

    #[test]
    fn page_numbers_end_pages() {
        let page = |n: u32| format!("{}Inspection of Poole\n{n}\n", body(n));
        assert_eq!(
            read(&(1..=4).map(page).collect::<String>()),
            ["b", "c", "d", "e", ""].map(|l| if l.is_empty() {
                String::new()
            } else {
                format!("a line aaaa of text {}", l.repeat(3))
            })
        );
    }

    #[test]
    fn page_numbers_begin_pages_where_the_text_goes_on_below_the_last() {
        let page = |n: u32| format!("Inspection of Poole\n{n}\nStart of {n}.\n{}", body(n));
        let text = format!("Title\n{}{}", body(1), (2..=4).map(page).collect::<String>());
        assert_eq!(
            read(&text),
            ["Title", "Inspection of Poole", "Inspection of Poole", "Inspection of Poole"]
        );
    }

    #[test]
    fn a_break_that_is_lost_among_others_is_known_by_its_page_number() {
        let page = |n: u32| format!("{}Inspection of Poole\n\n{n}\n", body(n));
        let text = |lost: u32| {
            (1..=5)
                .map(|n| format!("{}{}", page(n), if n == lost { "" } else { "\n\u{c}" }))
                .collect::<String>()
        };
        assert_eq!(read(&text(3)), read(&text(0)));
        // A number among the lines of a page is none of a page.
        let table = text(0).replacen("text ccc\n", "text ccc\n7\n", 1);
        assert_eq!(read(&table), read(&text(0)));
        let note =
            text(0).replacen("cccc of text bbb\n", "cccc of text bbb\n0\n", 1).replace("\n0\n", "\n\n1\n\n");
        assert_eq!(read(&note.replacen("Poole\n\n1\n", "Poole\n\n", 1)).len(), 6);
    }

    #[test]
    fn numbers_close_together_are_no_page_numbers() {
        assert_eq!(read("Table\n1\n2\n3\n4\n5"), ["Table"]);
    }
}
