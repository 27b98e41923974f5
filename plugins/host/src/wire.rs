//! Messages between the host and a plugin's worker: a length (four bytes, little-endian), then as many bytes, of
//! which the first is the kind of message.

use std::io::{self, Read, Write};

/// The plugin is loaded; the rest is its manifest as JSON.
pub const READY: u8 = 1;
/// The plugin can't be used; the rest says why, as text.
pub const REFUSED: u8 = 2;
/// Request to read this document; the rest is a text model as JSON.
pub const EXTRACT: u8 = 3;
/// Request to score this document; the rest is a text model as JSON.
pub const DETECT: u8 = 4;
/// The plugin's answer: its status (four bytes, little-endian), and the answer.
pub const ANSWER: u8 = 5;

/// Writes a message.
///
/// # Errors
/// Writing failed, or the message is larger than 4 GB.
pub fn write(to: &mut impl Write, kind: u8, parts: &[&[u8]]) -> io::Result<()> {
    let length = 1 + parts.iter().map(|p| p.len()).sum::<usize>();
    let length = u32::try_from(length).map_err(|_| io::Error::other("a message of 4 GB or more"))?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&[kind])?;
    parts.iter().try_for_each(|p| to.write_all(p))?;
    to.flush()
}

/// Reads a message of at most `limit` bytes, and returns its kind and content; `None` at the end of the stream.
///
/// # Errors
/// The stream ends inside a message, or the message is too large (`FileTooLarge`).
pub fn read(from: &mut impl Read, limit: u64) -> io::Result<Option<(u8, Vec<u8>)>> {
    let mut length = Vec::with_capacity(4);
    from.by_ref().take(4).read_to_end(&mut length)?;
    if length.is_empty() {
        return Ok(None);
    }
    let length = <[u8; 4]>::try_from(length).map_err(|_| io::ErrorKind::UnexpectedEof)?;
    let length = u64::from(u32::from_le_bytes(length));
    if length > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let rest = length.checked_sub(1).ok_or(io::ErrorKind::UnexpectedEof)?;
    let (mut kind, mut bytes) = ([0], Vec::new());
    from.read_exact(&mut kind)?;
    if (from.take(rest).read_to_end(&mut bytes)? as u64) < rest {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some((kind[0], bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_out_as_they_went_in() {
        let mut pipe = Vec::new();
        write(&mut pipe, EXTRACT, &[b"one ", b"two"]).unwrap();
        write(&mut pipe, READY, &[]).unwrap();
        let mut from = &pipe[..];
        assert_eq!(read(&mut from, 100).unwrap(), Some((EXTRACT, b"one two".to_vec())));
        assert_eq!(read(&mut from, 100).unwrap(), Some((READY, Vec::new())));
        assert_eq!(read(&mut from, 100).unwrap(), None);
        assert_eq!(read(&mut &pipe[..], 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        for cut in [2, 6] {
            assert_eq!(read(&mut &pipe[..cut], 100).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        }
    }
}
