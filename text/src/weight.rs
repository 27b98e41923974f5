//! Estimates how much memory a PDF's objects would take, before they are loaded.
//!
//! The loader holds each number, name and string of a file as an object of tens of bytes, so a file of a few
//! megabytes can ask for gigabytes. The largest of some hundred real reports has a tenth of the limit here.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// The most tokens (numbers, names, keywords, strings) that a file's objects may have.
pub const MAX_TOKENS: usize = 600_000;

/// Object streams are counted up to this many bytes each.
const MAX_OBJECT_STREAM: u64 = 32 << 20;

/// Counts the tokens of a file's objects, including those in object streams but not in other streams; stops above
/// the limit.
pub fn tokens(pdf: &[u8]) -> usize {
    let (begin, end) = (memmem::Finder::new("stream"), memmem::Finder::new("endstream"));
    let mut count = 0;
    let mut at = 0;
    // All offsets are within the file: each is the position of a match, or capped at its length.
    while count <= MAX_TOKENS {
        let Some(start) = begin.find(&pdf[at..]).map(|n| at + n) else {
            return count + tokens_in(&pdf[at..]);
        };
        let objects = &pdf[at..start];
        count += tokens_in(objects);
        let data = &pdf[start + "stream".len()..];
        let length = end.find(data).unwrap_or(data.len());
        let dictionary = &objects[objects.len().saturating_sub(512)..];
        if memmem::find(dictionary, b"ObjStm").is_some() {
            count += tokens_in_object_stream(&data[..length]);
        }
        at = (start + "stream".len() + length + "endstream".len()).min(pdf.len());
    }
    count
}

/// Counts the tokens of an object stream; 0 if it is encrypted or not deflated.
fn tokens_in_object_stream(data: &[u8]) -> usize {
    let data = data.trim_ascii_start();
    let mut inflated = ZlibDecoder::new(data).take(MAX_OBJECT_STREAM);
    let mut buffer = [0; 1 << 14];
    let mut count = 0;
    while count <= MAX_TOKENS {
        match inflated.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(n) => count += tokens_in(&buffer[..n]),
        }
    }
    count
}

/// Counts the bytes at which a token starts: after white space or a delimiter, and at each slash.
fn tokens_in(bytes: &[u8]) -> usize {
    let mut count = 0;
    let mut apart = true;
    for b in bytes {
        let separates = *b <= b' ' || matches!(b, b'[' | b']' | b'<' | b'>' | b'(' | b')');
        count += usize::from(*b == b'/' || (apart && !separates));
        apart = separates;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    #[test]
    fn tokens_outside_streams_are_counted() {
        assert_eq!(tokens_in(b"<< /Type/Page /Kids [1 0 R 22 0 R]>>"), 9);
        assert_eq!(tokens(b"1 0 obj << /Length 9 >> stream\n1 2 3 4 5\nendstream endobj"), 6);
    }

    #[test]
    fn object_streams_are_looked_into() {
        let mut z = ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        z.write_all(&b"1 ".repeat(MAX_TOKENS + 1)).unwrap();
        let packed = z.finish().unwrap();
        let file = [b"1 0 obj <</Type/ObjStm>> stream\r\n", &packed[..], b"\nendstream"].concat();
        assert!(tokens(&file) > MAX_TOKENS);
        let file = [b"1 0 obj <</Type/Other>> stream\r\n", &packed[..], b"\nendstream"].concat();
        assert!(tokens(&file) < 10);
    }
}
