//! File names as text: lossless for any bytes, and harmless when displayed.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A path as text that [`path_of`] can convert back. Bytes that are not UTF-8 become `\xff`; so does a backslash that
/// would look like the start of such an escape.
pub(crate) fn name_of(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        let valid = chunk.valid();
        for (at, c) in valid.char_indices() {
            if c == '\\' && escaped(&valid.as_bytes()[at..]).is_some() {
                name += "\\x5c"
            } else {
                name.push(c)
            }
        }
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(name, "\\x{byte:02x}");
        }
    }
    name
}

/// The path that a name represents.
pub(crate) fn path_of(name: &str) -> PathBuf {
    let mut rest = name.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let Some((first, after)) = rest.split_first() {
        (bytes, rest) = match escaped(rest) {
            Some(byte) => ([bytes, vec![byte]].concat(), &rest[4..]),
            None => ([bytes, vec![*first]].concat(), after),
        };
    }
    os_string(bytes).into()
}

/// The byte that an escape at the start of a text represents.
fn escaped(text: &[u8]) -> Option<u8> {
    let digits = text.strip_prefix(b"\\x")?.get(..2)?;
    let digits = std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// A path from the bytes of its name.
#[cfg(unix)]
pub(crate) fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

/// A path from the bytes of its name; on this system names are Unicode.
#[cfg(not(unix))]
pub(crate) fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// Escapes whatever in a name or message would affect a terminal: move the cursor, change colours, or reverse the text
/// direction. Characters that JSON may contain unescaped are escaped as in JSON, so that JSON remains valid.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_active) {
        return text.into();
    }
    let mut all = String::new();
    for c in text.chars() {
        // Writing to a String cannot fail.
        let _ = match u32::from(c) {
            _ if !is_active(c) => write!(all, "{c}"),
            n if n < 0x20 => write!(all, "\\x{n:02x}"),
            n => write!(all, "\\u{n:04x}"),
        };
    }
    all.into()
}

/// Like [`shown`], for a text of several lines.
pub(crate) fn shown_lines(text: &str) -> String {
    text.split('\n')
        .map(|line| line.split('\t').map(shown).collect::<Vec<_>>().join("\t"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Control characters, and those that change the text direction.
fn is_active(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A path for a message.
pub(crate) fn shown_path(path: impl AsRef<OsStr>) -> String {
    shown(&name_of(Path::new(path.as_ref()))).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn every_path_has_a_name_of_its_own_and_comes_back() {
        let paths: [(&[u8], &str); 7] = [
            (b"letters/a.pdf", "letters/a.pdf"),
            ("Bürgerbüro.pdf".as_bytes(), "Bürgerbüro.pdf"),
            (b"a\xff.pdf", "a\\xff.pdf"),
            (b"a\\xff.pdf", "a\\x5cxff.pdf"),
            (b"C:\\letters\\xylophone", "C:\\letters\\xylophone"),
            (b"\\\xfe\xff", "\\\\xfe\\xff"),
            (b"\\x\xe9", "\\x\\xe9"),
        ];
        for (bytes, name) in paths {
            let path = PathBuf::from(os_string(bytes.to_vec()));
            assert_eq!(name_of(&path), name);
            assert_eq!(path_of(name), path);
        }
    }

    #[test]
    fn what_a_terminal_would_do_is_shown() {
        assert_eq!(shown("a \u{1b}[31mred\u{9b}\r\n"), "a \\x1b[31mred\\u009b\\x0d\\x0a");
        assert_eq!(shown("\u{202e}fdp.exe"), "\\u202efdp.exe");
        assert!(matches!(shown("children’s"), Cow::Borrowed(_)));
        assert_eq!(shown_lines("a\tb\u{7}\nc"), "a\tb\\x07\nc");
        let json = serde_json::json!({ "text": "\u{1}\u{7f}\u{84}\u{200e}\\" });
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&shown_lines(&json.to_string())).ok(),
            Some(json)
        );
    }
}
