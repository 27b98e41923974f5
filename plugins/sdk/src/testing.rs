//! Reads documents in the test's own process, without a host.

use findings_core::checks::{self, Finished, Own};
use findings_core::format::Claim;
use findings_core::outline::Outline;
use findings_core::plugin::{Document, PluginFormat};
use findings_core::record::{Error, Record, sample};
use serde_json::Value;

pub use findings_core::plugin::document;

/// The record that a format reads from a document, whether or not it would claim it.
///
/// # Errors
/// The bytes can't be read.
pub fn read(format: &dyn PluginFormat, name: &str, bytes: &[u8]) -> Result<Value, Error> {
    Ok(format.record(document(name, bytes)?).whole())
}

/// The pointers on which a format's own checks raise doubts for a record with this extension.
pub fn doubted(own: Own, extension: Value) -> Vec<String> {
    let record = Record { extension: Some(extension), ..sample() };
    let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
    let doubts = checks::run(&finished, own.checks.iter());
    doubts.into_iter().filter_map(|d| d.path).collect()
}

/// A format's score for a document, and the anchors found.
pub fn claim(format: &dyn PluginFormat, doc: &Document) -> Claim {
    findings_core::format::claims([format.info()], &doc.outline).remove(0)
}

/// The scores of core's formats for a document, highest first.
pub fn core_claims(doc: &Document) -> Vec<Claim> {
    findings_core::format::claims(findings_core::pipeline::core_formats(), &doc.outline)
}
