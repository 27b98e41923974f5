//! The files that are at hand, as core asks for foreign formats.

use std::path::Path;
use std::sync::OnceLock;

use findings_core::format::FormatInfo;
use findings_core::pipeline::Extracted;
use findings_core::plugin::manifest::{CodeManifest, FormatManifest};
use findings_core::plugin::{Answer, Foreign, PluginFormat, PluginRecord, TextModel};
use findings_core::record::{DocumentInfo, Error, ErrorCode, Record, SCHEMA_ID};
use findings_core::text::TextLayer;
use findings_core::validate::{self, Problem};
use serde::Deserialize;
use serde_json::Value;

use crate::FileFormat;

/// The end of the name of a format's file.
pub const SUFFIX: &str = ".format.toml";

/// The files that come with findings: name and text.
pub const BUNDLED: &[(&str, &str)] = &[
    ("hiqa.format.toml", include_str!("../formats/hiqa.format.toml")),
    ("michigan.format.toml", include_str!("../formats/michigan.format.toml")),
    ("ofsted-school.format.toml", include_str!("../formats/ofsted-school.format.toml")),
];

/// A format with the schema of its extension, which is made ready when a record is first held against it.
type Held = (FileFormat, OnceLock<Option<jsonschema::Validator>>);

/// Formats of files, the first of an id counts.
#[derive(Debug, Default)]
pub struct FormatFiles {
    formats: Vec<Held>,
}

impl FormatFiles {
    /// The files of some folders in their order, each folder's by name, then those that come with findings. What is wrong
    /// with a file is told, and the others are used.
    pub fn open(folders: &[impl AsRef<Path>]) -> (FormatFiles, Vec<String>) {
        let (mut files, mut refused) = (FormatFiles::default(), Vec::new());
        for folder in folders.iter().map(AsRef::as_ref) {
            let mut paths: Vec<_> =
                std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
            paths.retain(|p| p.to_string_lossy().ends_with(SUFFIX));
            paths.sort();
            for path in paths {
                if let Err(why) = files.add_file(&path) {
                    refused.extend(why);
                }
            }
        }
        for (name, text) in BUNDLED {
            if let Err(why) = files.add(name, text) {
                refused.extend(why);
            }
        }
        (files, refused)
    }

    /// Adds the format of a file on disk.
    ///
    /// # Errors
    /// What is wrong with it, a line each.
    pub fn add_file(&mut self, path: &Path) -> Result<(), Vec<String>> {
        let text = std::fs::read_to_string(path).map_err(|e| vec![format!("{}: {e}", path.display())])?;
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        self.add(&name, &text)
    }

    /// Adds a format; one whose id is there already is passed over.
    ///
    /// # Errors
    /// What is wrong with it, a line each.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), Vec<String>> {
        let told = |e: Vec<crate::FileError>| e.iter().map(ToString::to_string).collect::<Vec<_>>();
        let format = FileFormat::new(name, text).map_err(told)?;
        if self.find(&format.file().id).is_none() {
            self.formats.push((format, OnceLock::new()));
        }
        Ok(())
    }

    /// The formats.
    pub fn all(&self) -> impl Iterator<Item = &FileFormat> {
        self.formats.iter().map(|(f, _)| f)
    }

    fn find(&self, id: &str) -> Option<&Held> {
        self.formats.iter().find(|(f, _)| f.file().id == id)
    }

    /// What each format says of itself, its promises and checks among it.
    pub fn format_manifests(&self) -> Vec<FormatManifest> {
        self.all().flat_map(|f| f.manifest().formats).collect()
    }

    /// The codes that the files add to the published lists.
    pub fn codes(&self) -> Vec<CodeManifest> {
        self.all().flat_map(|f| f.manifest().all_codes()).collect()
    }

    /// The schemas of the files' extensions.
    pub fn schemas(&self) -> Vec<Value> {
        self.all().map(|f| crate::extension::schema(f.file())).collect()
    }

    /// What is wrong with the extension of a record of one of the files; none if it is of no file.
    pub fn problems(&self, record: &Value) -> Option<Vec<Problem>> {
        let (format, validator) = self.find(record["format"]["id"].as_str()?)?;
        let make = || {
            let schema = crate::extension::schema(format.file());
            jsonschema::options().should_validate_formats(true).build(&schema).ok()
        };
        let validator = validator.get_or_init(make).as_ref()?;
        let extension = Some(&record["extension"]).filter(|e| !e.is_null());
        let problems = extension.map_or_else(Vec::new, |e| validate::problems(validator, e));
        let at = |p: Problem| Problem { pointer: format!("/extension{}", p.pointer), ..p };
        Some(problems.into_iter().map(at).collect())
    }
}

impl Foreign for FormatFiles {
    fn formats(&self) -> Vec<&'static FormatInfo> {
        self.all().map(PluginFormat::info).collect()
    }

    fn plugin_of(&self, format: &str) -> Option<String> {
        let (format, _) = self.find(format)?;
        Some(format!("{} {}", format.name(), format.file().version))
    }

    fn yields(&self, format: &str) -> bool {
        self.find(format).is_some()
    }

    fn read(&self, model: &TextModel) -> Result<Answer, Error> {
        let Some((format, _)) = self.find(&model.format) else { return Ok(Answer::NotMine) };
        Ok(Answer::Record(format.record(model.clone().into_document())))
    }

    fn verify(
        &self,
        record: PluginRecord,
        format: &str,
        _document: &DocumentInfo,
        _layer: &TextLayer,
    ) -> Result<Extracted, Error> {
        // The evidence was held against the document when the record was made, in this process.
        let failed = |why: String| Error::new(ErrorCode::InvalidRecord, format!("{format}: {why}"));
        let mut problems = validate::value(&record.values).err().unwrap_or_default();
        problems.extend(self.problems(&record.values).unwrap_or_default());
        if let Some(problem) = problems.first() {
            return Err(failed(problem.to_string()));
        }
        debug_assert_eq!(record.values["schema"], SCHEMA_ID);
        let mut read = Record::deserialize(&record.values).map_err(|e| failed(e.to_string()))?;
        read.evidence = record.evidence;
        Ok(Extracted::Inspection(Box::new(read)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_that_come_with_findings_can_be_used() {
        let (files, refused) = FormatFiles::open(&[""; 0]);
        assert_eq!(refused, Vec::<String>::new());
        assert_eq!(files.all().count(), BUNDLED.len());
    }
}
