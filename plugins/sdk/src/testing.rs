//! Reading a document in the test's own process, without a host.

use findings_core::checks::{self, Finished, Own};
use findings_core::format::Claim;
use findings_core::outline::Outline;
use findings_core::plugin::{Document, PluginFormat};
use findings_core::record::{Error, Record, sample};
use serde_json::Value;

pub use findings_core::plugin::document;

/// What a format makes of a document, whether or not it would have claimed it.
///
/// # Errors
/// As reading the bytes gives them.
pub fn read(format: &dyn PluginFormat, name: &str, bytes: &[u8]) -> Result<Value, Error> {
    Ok(format.record(document(name, bytes)?).whole())
}

/// Where a record with this extension is doubted by the checks of a format's own.
pub fn doubted(own: Own, extension: Value) -> Vec<String> {
    let record = Record { extension: Some(extension), ..sample() };
    let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
    let doubts = checks::run(&finished, own.checks.iter());
    doubts.into_iter().filter_map(|d| d.path).collect()
}

/// How strongly a format claims a document, and why.
pub fn claim(format: &dyn PluginFormat, doc: &Document) -> Claim {
    findings_core::format::claims([format.info()], &doc.outline).remove(0)
}

/// The claims of core's formats to a document, the strongest first.
pub fn core_claims(doc: &Document) -> Vec<Claim> {
    findings_core::format::claims(findings_core::pipeline::core_formats(), &doc.outline)
}
