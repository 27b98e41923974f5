//! Decodes text files in the usual encodings.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The characters of a text file. Bytes that have no byte order mark and are not UTF-8 are read as Windows-1252, in
/// which every byte is a character: no text is refused for its encoding.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let (text, damaged) = UTF_8.decode_without_bom_handling(bytes);
    if damaged && !nearly_utf_8(&text) {
        return WINDOWS_1252.decode_without_bom_handling(bytes).0;
    }
    if MISREAD.iter().map(|m| text.matches(m).count()).sum::<usize>() >= ENOUGH_MISREAD {
        return Cow::Owned(read_again(&text));
    }
    text
}

/// What quotation marks, dashes and bullets become when UTF-8 is read as Windows-1252 and saved again.
const MISREAD: &[&str] =
    &["\u{e2}\u{20ac}", "\u{e2}\u{2014}", "\u{e2}\u{2013}", "\u{ef}\u{201a}", "\u{c2}\u{a0}", "\u{c3}\u{a9}"];
/// How many of them can't be an accident.
const ENOUGH_MISREAD: usize = 2;

/// Repairs such text: each non-ASCII run whose Windows-1252 bytes are valid UTF-8 is decoded again.
fn read_again(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            out.push_str(&run_again(&std::mem::take(&mut run)));
            out.push(c);
        } else {
            run.push(c);
        }
    }
    out.push_str(&run_again(&run));
    out
}

/// Repairs one run. Of the bytes without a Windows-1252 character, only that of the closing quotation mark is
/// common; it became a replacement or control character.
fn run_again(run: &str) -> String {
    let bytes: Vec<u8> = run
        .chars()
        .map(|c| match c {
            '\u{fffd}' => 0x9d,
            c => match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
                (bytes, _, false) if bytes.len() == 1 => bytes[0],
                _ => b'?',
            },
        })
        .collect();
    match UTF_8.decode_without_bom_handling(&bytes) {
        (text, false) if !bytes.contains(&b'?') => text.into_owned(),
        _ => run.to_owned(),
    }
}

/// Whether the bytes are recognisably text: they have a byte order mark, or are UTF-16.
pub(super) fn says_itself(bytes: &[u8]) -> bool {
    Encoding::for_bom(bytes).is_some() || unmarked_utf_16(bytes).is_some()
}

/// UTF-16 without a byte order mark: in English, every second byte is zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() * 2 / 5;
    match () {
        () if head.len() < 4 => None,
        () if odd > most && even == 0 => Some(UTF_16LE),
        () if even > most && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether a long UTF-8 text has only a few bad bytes (from a character cut in two, say): several good non-ASCII
/// characters for each bad one.
fn nearly_utf_8(decoded: &str) -> bool {
    let bad = decoded.matches('\u{fffd}').count();
    let good = decoded.chars().filter(|c| !c.is_ascii()).count() - bad;
    good > 4 * bad
}
