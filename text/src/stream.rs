//! Decodes streams within limits, whatever way their filters are named.

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::{Dictionary, Object, Stream};

use super::objects::Objects;
use super::pdf::resolve;

/// The decoded content of a stream.
pub(super) struct Plain {
    pub bytes: Vec<u8>,
    /// Whether the compressed data is truncated.
    pub cut: bool,
}

/// The decoded content of a stream; `None` if it can't be decoded within the limit.
pub(super) fn plain(doc: &Objects, stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    read(doc, stream, limit, Vec::new()).map(|plain| plain.bytes)
}

/// The decoded content of a stream, and whether it is complete; `None` if it can't be decoded within the limit.
/// `room` is a buffer to reuse; its content is lost.
pub(super) fn read(doc: &Objects, stream: &Stream, limit: usize, room: Vec<u8>) -> Option<Plain> {
    let stream = usual(doc, stream);
    if is_only_deflated(&stream.dict) {
        return inflate(&stream.content, limit, room);
    }
    Some(Plain { bytes: stream.get_plain_content_with_limit(limit).ok()?, cut: false })
}

fn is_only_deflated(dict: &Dictionary) -> bool {
    let is_flate = match dict.get(b"Filter") {
        Ok(Object::Name(name)) => name == b"FlateDecode",
        Ok(Object::Array(names)) => {
            matches!(names.as_slice(), [only] if only.as_name().is_ok_and(|n| n == b"FlateDecode"))
        }
        _ => false,
    };
    let predicts = |object: &Object| match object {
        Object::Dictionary(d) => d.get(b"Predictor").and_then(Object::as_i64).is_ok_and(|p| p > 1),
        Object::Null => false,
        _ => true,
    };
    is_flate
        && match dict.get(b"DecodeParms") {
            Ok(Object::Array(list)) => !list.iter().any(predicts),
            Ok(object) => !predicts(object),
            Err(_) => true,
        }
}

/// Length of the zlib header in bytes.
const ZLIB_HEADER: usize = 2;

/// Inflates data; if it is damaged, returns what precedes the damage.
fn inflate(data: &[u8], limit: usize, mut bytes: Vec<u8>) -> Option<Plain> {
    bytes.clear();
    bytes.reserve(data.len().saturating_mul(4).min(limit).min(MAX_RESERVED));
    let mut whole = run(Decompress::new(true), data, &mut bytes, limit);
    if !whole && bytes.len() <= limit {
        // The checksum may be wrong or missing although all of the data is right.
        bytes.clear();
        whole = run(Decompress::new(false), data.get(ZLIB_HEADER..).unwrap_or_default(), &mut bytes, limit);
    }
    (bytes.len() <= limit).then_some(Plain { cut: !whole && !data.is_empty(), bytes })
}

/// The largest capacity that is reserved at a time, in bytes.
const MAX_RESERVED: usize = 1 << 20;

/// Inflates into `bytes`, stopping once it exceeds the limit; returns whether the end of the data was reached.
fn run(mut inflater: Decompress, data: &[u8], bytes: &mut Vec<u8>, limit: usize) -> bool {
    loop {
        let (before, held) = (inflater.total_in(), bytes.len());
        if held == bytes.capacity() {
            bytes.reserve(held.clamp(1 << 12, MAX_RESERVED));
        }
        let rest = data.get(before as usize..).unwrap_or_default();
        match inflater.decompress_vec(rest, bytes, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return bytes.len() <= limit,
            Ok(_) if bytes.len() > limit => return false,
            Ok(_) if inflater.total_in() > before || bytes.len() > held => {}
            _ => return false,
        }
    }
}

/// The stream with its filters in the form that the loader knows: full names, references followed, and without
/// encryption, which is already removed.
fn usual<'a>(doc: &Objects, stream: &'a Stream) -> Cow<'a, Stream> {
    let entry = |long: &[u8], short: &[u8]| {
        let object = stream.dict.get(long).or_else(|_| stream.dict.get(short)).ok()?;
        resolve(doc, object)
    };
    let is_usual = match stream.dict.get(b"Filter") {
        Ok(Object::Name(name)) => full(name) == name && simple_parameters(&stream.dict),
        Err(_) => !stream.dict.has(b"F"),
        Ok(_) => false,
    };
    if is_usual {
        return Cow::Borrowed(stream);
    }
    let names: Vec<&[u8]> = match entry(b"Filter", b"F") {
        Some(Object::Name(name)) => vec![name],
        Some(Object::Array(list)) => list.iter().filter_map(|o| resolve(doc, o)?.as_name().ok()).collect(),
        _ => Vec::new(),
    };
    let parameters: Vec<Object> = match entry(b"DecodeParms", b"DP") {
        Some(Object::Array(list)) => list.iter().map(|o| direct(doc, o)).collect(),
        Some(object) => vec![direct(doc, object)],
        None => Vec::new(),
    };
    let mut dict = Dictionary::new();
    let kept: Vec<(usize, &[u8])> =
        names.into_iter().enumerate().filter(|(_, name)| *name != b"Crypt").collect();
    if !kept.is_empty() {
        dict.set("Filter", kept.iter().map(|(_, n)| Object::Name(full(n).to_vec())).collect::<Vec<_>>());
        let of = |(i, _): &(usize, &[u8])| parameters.get(*i).cloned().unwrap_or(Object::Null);
        dict.set("DecodeParms", kept.iter().map(of).collect::<Vec<_>>());
    }
    Cow::Owned(Stream::new(dict, stream.content.clone()))
}

fn simple_parameters(dict: &Dictionary) -> bool {
    match dict.get(b"DecodeParms") {
        Ok(Object::Dictionary(d)) => d.iter().all(|(_, v)| !matches!(v, Object::Reference(_))),
        Ok(_) => false,
        Err(_) => !dict.has(b"DP"),
    }
}

/// Parameters with references followed.
fn direct(doc: &Objects, object: &Object) -> Object {
    match resolve(doc, object) {
        Some(Object::Dictionary(d)) => {
            let mut copy = Dictionary::new();
            for (key, value) in d.iter() {
                if let Some(value) = resolve(doc, value).filter(|v| !matches!(v, Object::Stream(_))) {
                    copy.set(key.clone(), value.clone());
                }
            }
            Object::Dictionary(copy)
        }
        _ => Object::Null,
    }
}

/// The full name of a filter: abbreviations are for inline images, but occur elsewhere too.
fn full(name: &[u8]) -> &[u8] {
    match name {
        b"AHx" => b"ASCIIHexDecode",
        b"A85" => b"ASCII85Decode",
        b"LZW" => b"LZWDecode",
        b"Fl" => b"FlateDecode",
        b"RL" => b"RunLengthDecode",
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    #[test]
    fn damaged_data_gives_what_comes_before_the_damage() {
        let text: String = (0..2_000).map(|n| format!("line {n} of the page\n")).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).expect("written into memory");
        let data = encoder.finish().expect("written into memory");
        let shown = |data: &[u8]| inflate(data, 1 << 20, vec![7]).map(|p| (p.bytes.len(), p.cut));
        assert_eq!(shown(&data), Some((text.len(), false)));
        let (all_but_sum, sum) = data.split_at(data.len() - 4);
        assert_eq!(shown(all_but_sum), Some((text.len(), false)));
        assert_eq!(shown(&[all_but_sum, &[!sum[0], 0, 0, 0]].concat()), Some((text.len(), false)));
        let half = inflate(&data[..data.len() / 2], 1 << 20, Vec::new()).expect("a part");
        assert!(half.cut && text.as_bytes().starts_with(&half.bytes), "{}", half.bytes.len());
        assert!(half.bytes.len() > text.len() / 4, "{}", half.bytes.len());
        assert!(inflate(&data, 1_000, Vec::new()).is_none());
        assert_eq!(shown(b""), Some((0, false)));
    }
}
