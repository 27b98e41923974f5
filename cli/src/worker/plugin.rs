//! The child's side of a plugin: loads the library and passes requests to it.

use std::ffi::OsString;
use std::io::{self, BufReader, BufWriter};
use std::path::Path;

use findings_host::load::LoadedPlugin;
use findings_host::wire;

use super::os;

/// The size limit for a document.
const REQUEST: u64 = 256 << 20;

/// Answers requests until there are no more. Arguments: the library, and the trusted digest.
pub(super) fn serve(args: &[OsString]) -> io::Result<()> {
    let [library, digest] = args else { return Err(io::Error::other("a library and its digest are needed")) };
    // The plugin may print and read standard streams; that must not disturb the messages.
    let (from, to) = os::private_pipes()?;
    let (mut from, mut to) = (BufReader::new(from), BufWriter::new(to));
    let plugin = match LoadedPlugin::open(Path::new(library), &digest.to_string_lossy()) {
        Ok(plugin) => plugin,
        Err(why) => return wire::write(&mut to, wire::REFUSED, &[why.to_string().as_bytes()]),
    };
    wire::write(&mut to, wire::READY, &[&serde_json::to_vec(plugin.manifest())?])?;
    while let Some((kind, request)) = wire::read(&mut from, REQUEST)? {
        let answer = match kind {
            wire::DETECT => plugin.detect(&request),
            wire::EXTRACT => plugin.extract(&request),
            other => return Err(io::Error::other(format!("an unknown message ({other})"))),
        };
        wire::write(&mut to, wire::ANSWER, &[&answer.status.to_le_bytes(), &answer.bytes])?;
    }
    Ok(())
}
