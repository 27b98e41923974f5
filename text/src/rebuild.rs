//! Rewrites a damaged file whose objects can be found by their headers.
//!
//! lopdf looks for lost objects itself, but takes the length of a stream from its dictionary. Other readers go by
//! `endstream`, or by the end of the object. Here each object is found by its header and copied, with the actual
//! length of its stream, and a new cross-reference table is appended.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::lexer::{Lexer, Token, is_regular};

/// The most objects that are copied.
const MAX_OBJECTS: usize = 1 << 18;
/// How many times the size of the file may be read in all: a hostile file has thousands of objects that never end.
const MOST_PASSES: usize = 8;
/// Trailer entries that don't apply to the new file, including those of a cross-reference stream.
const OF_THE_TABLE: &[&[u8]] =
    &[b"Prev", b"XRefStm", b"Size", b"Length", b"Filter", b"DecodeParms", b"W", b"Index", b"Type"];

/// A copy of the file with a correct cross-reference table; `None` if it has no objects or no catalogue.
pub(super) fn rebuilt(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places: BTreeMap<u32, (usize, u16)> = BTreeMap::new();
    let (mut trailer, mut catalogue, mut at) = (None, None, 0);
    let mut budget = bytes.len().saturating_mul(MOST_PASSES);
    while let Some(header) = header(bytes, at).filter(|_| places.len() < MAX_OBJECTS) {
        trailer = trailer_in(bytes.get(at..header.start)?).or(trailer);
        let object = Found::read(bytes, header.body, &mut budget)?;
        at = object.end;
        let dict = object.dict.clone().and_then(|d| bytes.get(d)).unwrap_or_default();
        if object.is_table {
            trailer = without(dict, OF_THE_TABLE).filter(|t| names_a_root(t)).or(trailer);
            continue;
        }
        if memmem::find(dict, b"/Catalog").is_some() {
            catalogue = Some(format!("/Root {} {} R", header.number, header.generation).into_bytes());
        }
        // Of several objects with one number, the last is the newest.
        places.insert(header.number, (out.len(), header.generation));
        out.extend(format!("{} {} obj\n", header.number, header.generation).into_bytes());
        object.write(bytes, &mut out)?;
        out.extend(b"\nendobj\n");
    }
    let trailer = trailer_in(bytes.get(at..)?).or(trailer).or(catalogue)?;
    end(out, &places, &trailer)
}

/// Appends the table and the trailer.
fn end(mut out: Vec<u8>, places: &BTreeMap<u32, (usize, u16)>, trailer: &[u8]) -> Option<Vec<u8>> {
    let size = places.keys().next_back()?.checked_add(1)?;
    let start = out.len();
    out.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, (offset, generation)) in places {
        out.extend(format!("{number} 1\n{offset:010} {generation:05} n \n").into_bytes());
    }
    out.extend(b"trailer\n<<");
    out.extend(trailer);
    out.extend(format!("/Size {size}>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    Some(out)
}

/// `12 0 obj`: its offset, and that of the object's body.
struct Header {
    number: u32,
    generation: u16,
    start: usize,
    body: usize,
}

/// The next object header from an offset on.
fn header(bytes: &[u8], from: usize) -> Option<Header> {
    memmem::find_iter(bytes.get(from..)?, b"obj").find_map(|at| {
        let (end, body) = (from + at, from + at + 3);
        let before = bytes.get(from..end)?;
        let (generation, before) = last_number(before.trim_ascii_end())?;
        let (number, before) = last_number(before.trim_ascii_end())?;
        let ends = !bytes.get(body).is_some_and(|b| is_regular(*b) && !b.is_ascii_digit());
        let header = Header {
            number: number.try_into().ok()?,
            generation: generation.try_into().ok()?,
            start: from + before.len(),
            body,
        };
        ends.then_some(header)
    })
}

/// The number at the end of some bytes, and the bytes before it.
fn last_number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let digits = bytes.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (before, number) = bytes.split_at(bytes.len() - digits);
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, before))
}

/// Offsets of the parts of an object.
struct Found {
    value: Range<usize>,
    /// The inside of its dictionary.
    dict: Option<Range<usize>>,
    /// The data of its stream.
    stream: Option<Range<usize>>,
    /// Whether it is a cross-reference stream.
    is_table: bool,
    /// Where to look for the next object.
    end: usize,
}

impl Found {
    /// Reads an object whose header ends at `body`; `None` if the budget is spent.
    fn read(bytes: &[u8], body: usize, budget: &mut usize) -> Option<Self> {
        let rest = bytes.get(body..).unwrap_or_default();
        let mut lexer = Lexer::new(rest);
        let (mut depth, mut dict, mut inside, mut last) = (0usize, None, 0, 0);
        let (mut is_table, mut is_type) = (false, false);
        let (mut stream, mut ends) = (None, None);
        while let Some(token) = lexer.next() {
            lexer.strings.clear();
            let now = lexer.at();
            match token {
                Token::DictStart => {
                    depth += 1;
                    inside = if depth == 1 { now } else { inside };
                }
                Token::DictEnd => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && dict.is_none() {
                        dict = Some(body + inside..body + now - 2);
                    }
                }
                Token::Name(name) => {
                    is_table |= depth == 1 && is_type && name == b"XRef";
                    is_type = depth == 1 && name == b"Type";
                }
                Token::Keyword(b"stream") if dict.is_some() && depth == 0 => {
                    stream = Some(held(bytes, body + now));
                    ends = Some(last);
                    break;
                }
                Token::Keyword(word) if word.starts_with(b"endobj") || word == b"obj" => {
                    ends = Some(last);
                    break;
                }
                _ => {}
            }
            last = now;
        }
        *budget = budget.checked_sub(lexer.at())?;
        // An object that doesn't end, for example for lack of a closing parenthesis, must not swallow the next one.
        let length = ends.or_else(|| memmem::find(rest, b"endobj")).unwrap_or(rest.len());
        let value = body..body + length;
        let end = stream.as_ref().map_or(value.end, |s: &Range<usize>| s.end);
        Some(Self { value, dict, stream, is_table, end })
    }

    fn write(&self, bytes: &[u8], out: &mut Vec<u8>) -> Option<()> {
        match (&self.dict, &self.stream) {
            (Some(dict), Some(data)) => {
                let data = bytes.get(data.clone())?;
                out.extend(b"<<");
                out.extend(without(bytes.get(dict.clone())?, &[b"Length"])?);
                out.extend(format!("/Length {}>>\nstream\n", data.len()).into_bytes());
                out.extend(data);
                out.extend(b"\nendstream");
            }
            _ => out.extend(bytes.get(self.value.clone())?),
        }
        Some(())
    }
}

/// The data of a stream, given the end of its keyword: everything up to `endstream` or, without one, to the end of
/// the object.
fn held(bytes: &[u8], keyword: usize) -> Range<usize> {
    let rest = bytes.get(keyword..).unwrap_or_default();
    let spaces = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    let line_end = match rest.get(spaces..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\r' | b'\n', ..]) => 1,
        _ => 0,
    };
    let begin = spaces + line_end;
    let data = rest.get(begin..).unwrap_or_default();
    let ends = |at: &usize| {
        let after = data.get(at + 3..).unwrap_or_default();
        after.starts_with(b"stream") || after.starts_with(b"obj")
    };
    let end = memmem::find_iter(data, b"end").find(ends).unwrap_or(data.len());
    let data = data.get(..end).unwrap_or_default();
    let data = data.strip_suffix(b"\n").unwrap_or(data);
    let data = data.strip_suffix(b"\r").unwrap_or(data);
    keyword + begin..keyword + begin + data.len()
}

/// The entries of the last trailer that names a catalogue.
fn trailer_in(bytes: &[u8]) -> Option<Vec<u8>> {
    let after = bytes.get(memmem::rfind(bytes, b"trailer")? + b"trailer".len()..)?;
    let object = Found::read(after, 0, &mut after.len().saturating_add(1))?;
    without(after.get(object.dict?)?, OF_THE_TABLE).filter(|t| names_a_root(t))
}

fn names_a_root(trailer: &[u8]) -> bool {
    memmem::find(trailer, b"/Root").is_some()
}

/// The entries of a dictionary, except those with the given keys.
fn without(inside: &[u8], keys: &[&[u8]]) -> Option<Vec<u8>> {
    let mut lexer = Lexer::new(inside);
    let (mut depth, mut kept, mut copied) = (0usize, Vec::new(), 0);
    let (mut after_key, mut left_out, mut last) = (false, false, 0);
    while let Some(token) = lexer.next() {
        lexer.strings.clear();
        let mut is_key = false;
        match token {
            // A name right after a key is its value.
            Token::Name(name) if depth == 0 && !after_key => {
                copied = if left_out { last } else { copied };
                left_out = keys.contains(&name);
                if left_out {
                    kept.extend(inside.get(copied..last)?);
                }
                is_key = true;
            }
            Token::DictStart | Token::ArrayStart => depth += 1,
            Token::DictEnd | Token::ArrayEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        (after_key, last) = (is_key, lexer.at());
    }
    if !left_out {
        kept.extend(inside.get(copied..)?);
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(inside: &str) -> String {
        String::from_utf8(without(inside.as_bytes(), &[b"Length"]).expect("entries")).expect("text")
    }

    #[test]
    fn an_entry_is_left_out_with_its_value() {
        assert_eq!(left("/A 1/Length 5/B/Length"), "/A 1/B/Length");
        assert_eq!(left("/Length 5 0 R /D<</Length 3>>"), " /D<</Length 3>>");
        assert_eq!(left("/Filter[/A/B]/Length[1 2]"), "/Filter[/A/B]");
        assert_eq!(left("/A/B"), "/A/B");
    }

    #[test]
    fn streams_end_where_they_end() {
        let shown = |data: &str| {
            let range = held(data.as_bytes(), 6);
            data.get(range).unwrap_or_default().to_owned()
        };
        assert_eq!(shown("stream\r\nabc\r\nendstream\nendobj"), "abc");
        assert_eq!(shown("stream \nabc\nendobj\n5 0 obj"), "abc");
        assert_eq!(shown("stream\nabc"), "abc");
    }
}
