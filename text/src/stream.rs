//! What a stream holds: filters as writers name them, within limits.

use std::borrow::Cow;

use lopdf::{Dictionary, Object, Stream};

use super::objects::Objects;
use super::pdf::resolve;

/// The content of a stream without its filters; none where it can't be had within the limit.
pub(super) fn plain(doc: &Objects, stream: &Stream, limit: usize) -> Option<Vec<u8>> {
    match usual(doc, stream) {
        Cow::Borrowed(stream) => stream.get_plain_content_with_limit(limit).ok(),
        Cow::Owned(stream) => stream.get_plain_content_with_limit(limit).ok(),
    }
}

/// The stream with its filters as the loader knows them: names in full, references followed, encryption (which is
/// undone by then) left out.
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

/// Parameters with their references followed.
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

/// A filter's name in full: abbreviations are for inline images, and found elsewhere too.
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
