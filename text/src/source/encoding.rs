//! Text files in the encodings that people save them in.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The characters of a text file. What is neither marked nor valid UTF-8 is read as Windows-1252, in which
/// every byte is a character: a text is never refused for its encoding.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let (text, damaged) = UTF_8.decode_without_bom_handling(bytes);
    if damaged && !nearly_utf_8(&text) { WINDOWS_1252.decode_without_bom_handling(bytes).0 } else { text }
}

/// UTF-16 without its mark: in English, every second byte of it is zero.
pub(super) fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
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

/// A long UTF-8 text with a few bad bytes (cut within a character, say) is still UTF-8: it has several good
/// characters outside ASCII for each bad one.
fn nearly_utf_8(decoded: &str) -> bool {
    let bad = decoded.matches('\u{fffd}').count();
    let good = decoded.chars().filter(|c| !c.is_ascii()).count() - bad;
    good > 4 * bad
}
