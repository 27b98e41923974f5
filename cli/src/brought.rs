//! Formats from outside, of plugins and of files, as one.

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

/// The formats that plugins and files bring. Of two that claim a document the plugin's is taken, even if the file's claim
/// is higher: [`Foreign::yielding_claims`].
#[derive(Debug)]
pub(crate) struct Brought {
    host: Option<PluginHost>,
    files: FormatFiles,
}

impl Brought {
    pub(crate) fn new(host: Option<PluginHost>, files: FormatFiles) -> Self {
        Self { host, files }
    }

    /// What each of their formats says of itself, its promises and checks among it.
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

    /// The schemas that they bring.
    pub(crate) fn schemas(&self) -> Vec<Value> {
        let mut schemas = self.host.as_ref().map(PluginHost::schemas).unwrap_or_default();
        schemas.extend(self.files.schemas());
        schemas
    }

    /// What the schemas find wrong with anybody's record.
    pub(crate) fn problems(&self, record: &Value) -> Vec<Problem> {
        let mut problems = match &self.host {
            Some(host) => host.problems(record),
            None => findings_core::validate::value(record).err().unwrap_or_default(),
        };
        problems.extend(self.files.problems(record).unwrap_or_default());
        problems
    }

    /// Whether a record follows a schema that a plugin brings for records of its own.
    pub(crate) fn brings_schema(&self, record: &Value) -> bool {
        self.host.as_ref().is_some_and(|host| host.brings_schema(record))
    }

    /// What is wrong with files of formats that documents had need of so far.
    pub(crate) fn refused_so_far(&self) -> Vec<String> {
        not_used(self.files.refused_so_far())
    }

    /// What is wrong with files of formats: all of them are read.
    pub(crate) fn refused(&self) -> Vec<String> {
        not_used(self.files.refused())
    }

    /// Whether a plugin brings a format: no file is asked for it, then.
    fn of_plugin(&self, format: &str) -> bool {
        self.host.as_ref().is_some_and(|host| host.plugin_of(format).is_some())
    }

    /// Who brings a format.
    fn of(&self, format: &str) -> &dyn Foreign {
        match &self.host {
            Some(host) if self.of_plugin(format) => host,
            _ => &self.files,
        }
    }
}

fn not_used(faults: Vec<String>) -> Vec<String> {
    faults.into_iter().map(|fault| format!("a format's file is not used: {fault}")).collect()
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
