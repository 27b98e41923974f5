//! The child's side of reading documents apart: documents in, outcomes out, one after the other.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter};
use std::sync::Arc;

use findings_core::record::ErrorCode;
use findings_host::wire;

use super::os;
use super::seal::{Needs, seal};
use crate::apart::{OUTCOME, READ, SETTLE, SPENT, parted};
use crate::input::Input;
use crate::input::name::path_of;
use crate::output::Format;
use crate::progress::Pages;
use crate::reader::Reader;
use crate::settings::Settings;

/// The size limit for a document with its name.
const REQUEST: u64 = (1 << 30) + (1 << 16);

/// Answers requests until there are no more. The first message contains the settings.
pub(super) fn serve() -> io::Result<()> {
    // Whatever libraries print must not get into the answers.
    let (from, to) = os::private_pipes()?;
    let (mut from, mut to) = (BufReader::new(from), BufWriter::new(to));
    let Some((SETTLE, options)) = wire::read(&mut from, REQUEST)? else {
        return Err(io::Error::other("the settings are needed first"));
    };
    let options = String::from_utf8(options).map_err(io::Error::other)?;
    let options = options.split('\0').filter(|o| !o.is_empty()).map(|o| OsString::from(path_of(o)));
    let means = Settings::of_options(options).and_then(|s| Ok((s.open()?, s)));
    let (means, settings) = match means {
        Ok(means) => means,
        Err(why) => return wire::write(&mut to, wire::REFUSED, &[why.to_string().as_bytes()]),
    };
    // Programs that it starts (plugins, Tesseract) inherit the seal.
    seal(&Needs::Programs([std::env::temp_dir()].into_iter().chain(settings.ocr_cache()).collect()));
    let reader = Reader {
        options: Arc::new(means.options),
        format: Format::Ndjson,
        timeout: settings.timeout(),
        pages: Pages::hidden(),
    };
    wire::write(&mut to, wire::READY, &[])?;
    while let Some((READ, request)) = wire::read(&mut from, REQUEST)? {
        let (name, bytes) = parted(&request).ok_or_else(|| io::Error::other("a document without a name"))?;
        let all = reader.read_all(Input::in_memory(name, bytes), settings.split);
        // After a time-out the document is still being read, on a thread that can't be stopped; after a fault the state
        // is unknown. Either way, this process must exit.
        let is_spent = |code| matches!(code, ErrorCode::TimedOut | ErrorCode::Internal);
        let spent = all.iter().filter_map(|done| done.error.as_ref()).any(|e| is_spent(e.code));
        let lines: Vec<Vec<u8>> = all.into_iter().map(|done| done.rendered.into_text()).collect();
        let kind = if spent { SPENT } else { OUTCOME };
        wire::write(&mut to, kind, &[&lines.join(&b'\n')])?;
    }
    Ok(())
}
