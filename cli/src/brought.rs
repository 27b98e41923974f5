//! Formats from plugins and from files, combined.

use findings_core::format::{Claim, FormatInfo, Texts};
use findings_core::pipeline::Extracted;
use findings_core::plugin::manifest::{CodeManifest, FormatManifest};
use findings_core::plugin::{Answer, Foreign, PluginRecord, TextModel};
use findings_core::record::{DocumentInfo, Error};
use findings_core::text::TextLayer;
use findings_core::validate::Problem;
use findings_forms::FormatFiles;
use findings_host::PluginHost;
use serde_json::Value;

/// The formats that plugins and files provide. If both claim a document the plugin gets it, even if the file's score is
/// higher (see [`Foreign::yielding_claims`]).
#[derive(Debug)]
pub(crate) struct Brought {
    host: Option<PluginHost>,
    files: FormatFiles,
}

impl Brought {
    pub(crate) fn new(host: Option<PluginHost>, files: FormatFiles) -> Self {
        Self { host, files }
    }

    /// The manifests of all these formats, with their promises and checks.
    pub(crate) fn format_manifests(&self) -> Vec<FormatManifest> {
        let mut formats = self.host.as_ref().map(PluginHost::format_manifests).unwrap_or_default();
        formats.extend(self.files.format_manifests());
        formats
    }

    /// The codes that they add to the published lists.
    pub(crate) fn codes(&self) -> Vec<CodeManifest> {
        let mut codes = self.host.as_ref().map(PluginHost::codes).unwrap_or_default();
        codes.extend(self.files.codes());
        codes
    }

    /// The schemas that they provide.
    pub(crate) fn schemas(&self) -> Vec<Value> {
        let mut schemas = self.host.as_ref().map(PluginHost::schemas).unwrap_or_default();
        schemas.extend(self.files.schemas());
        schemas
    }

    /// Validates a record against the schemas.
    pub(crate) fn problems(&self, record: &Value) -> Vec<Problem> {
        let mut problems = match &self.host {
            Some(host) => host.problems(record),
            None => findings_core::validate::value(record).err().unwrap_or_default(),
        };
        problems.extend(self.files.problems(record).unwrap_or_default());
        problems
    }

    /// Whether a record follows a schema that a plugin provides for its own records.
    pub(crate) fn brings_schema(&self, record: &Value) -> bool {
        self.host.as_ref().is_some_and(|host| host.brings_schema(record))
    }

    /// The errors in format files that have been loaded so far, because a document needed them.
    pub(crate) fn refused_so_far(&self) -> Vec<String> {
        not_used(self.files.refused_so_far())
    }

    /// The errors in all format files, which loads them all.
    pub(crate) fn refused(&self) -> Vec<String> {
        not_used(self.files.refused())
    }

    /// Whether a plugin provides a format; files with the same format are then ignored.
    fn of_plugin(&self, format: &str) -> bool {
        self.host.as_ref().is_some_and(|host| host.plugin_of(format).is_some())
    }

    /// The provider of a format.
    fn of(&self, format: &str) -> &dyn Foreign {
        match &self.host {
            Some(host) if self.of_plugin(format) => host,
            _ => &self.files,
        }
    }
}

fn not_used(faults: Vec<String>) -> Vec<String> {
    faults.into_iter().map(|fault| format!("a format file is not used: {fault}")).collect()
}

impl Foreign for Brought {
    fn formats(&self) -> Vec<&'static FormatInfo> {
        let mut formats = self.host.as_ref().map(Foreign::formats).unwrap_or_default();
        formats.extend(self.files.formats().into_iter().filter(|f| !self.of_plugin(f.id)));
        formats
    }

    fn claims(&self, texts: &Texts) -> Vec<Claim> {
        self.host.as_ref().map(|host| host.claims(texts)).unwrap_or_default()
    }

    fn yielding_claims(&self, texts: &Texts) -> Vec<Claim> {
        let mut claims = self.files.yielding_claims(texts);
        claims.retain(|c| !self.of_plugin(c.format));
        claims
    }

    fn plugin_of(&self, format: &str) -> Option<String> {
        self.of(format).plugin_of(format)
    }

    fn read(&self, model: &TextModel) -> Result<Answer, Error> {
        self.of(&model.format).read(model)
    }

    fn verify(
        &self,
        record: PluginRecord,
        format: &str,
        document: &DocumentInfo,
        layer: &TextLayer,
    ) -> Result<Extracted, Error> {
        self.of(format).verify(record, format, document, layer)
    }
}
