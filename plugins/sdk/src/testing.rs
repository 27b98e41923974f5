//! Reading a document in the test's own process, without a host.

use findings_core::format::Claim;
pub use findings_core::plugin::document;
use findings_core::plugin::{Document, PluginFormat};
use findings_core::record::Error;
use serde_json::Value;

/// What a format makes of a document, whether or not it would have claimed it.
///
/// # Errors
/// As reading the bytes gives them.
pub fn read(format: &dyn PluginFormat, name: &str, bytes: &[u8]) -> Result<Value, Error> {
    Ok(format.record(document(name, bytes)?))
}

/// How strongly a format claims a document, and why.
pub fn claim(format: &dyn PluginFormat, doc: &Document) -> Claim {
    findings_core::format::claim(format.info(), &doc.outline)
}
