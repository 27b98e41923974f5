//! The installed files, in the form in which core asks for foreign formats.

use std::path::Path;

use findings_core::format::{Claim, FormatInfo, Texts};
use findings_core::pipeline::Extracted;
use findings_core::plugin::manifest::{CodeManifest, FormatManifest};
use findings_core::plugin::{Answer, Foreign, PluginFormat, PluginRecord, TextModel};
use findings_core::record::{DocumentInfo, Error, ErrorCode, Record, SCHEMA_ID};
use findings_core::text::TextLayer;
use findings_core::validate::{self, Problem};
use serde::Deserialize;
use serde_json::Value;

use crate::FileFormat;
use crate::installed::{Installed, Whole};

/// The suffix of format files.
pub const SUFFIX: &str = ".format.toml";

/// The bundled files: name and text.
pub const BUNDLED: &[(&str, &str)] = &[
    ("fda-483.format.toml", include_str!("../formats/fda-483.format.toml")),
    ("hiqa.format.toml", include_str!("../formats/hiqa.format.toml")),
    ("michigan.format.toml", include_str!("../formats/michigan.format.toml")),
    ("ofsted-school.format.toml", include_str!("../formats/ofsted-school.format.toml")),
];

/// Formats in files. Of several with the same id, the first counts.
#[derive(Debug, Default)]
pub struct FormatFiles {
    files: Vec<Installed>,
}

impl FormatFiles {
    /// The files in some folders, in order and by name, then the bundled ones. None is read yet, so that documents which no file
    /// claims cost little. A faulty file is skipped.
    pub fn open(folders: &[impl AsRef<Path>]) -> FormatFiles {
        let mut files = Vec::new();
        for folder in folders.iter().map(AsRef::as_ref) {
            let mut names: Vec<_> =
                std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.file_name()).collect();
            names.retain(|name| name.as_encoded_bytes().ends_with(SUFFIX.as_bytes()));
            names.sort();
            files.extend(names.into_iter().map(|name| Installed::on_disk(folder.join(name))));
        }
        files.extend(BUNDLED.iter().map(|(name, text)| Installed::of_text(name, *text)));
        FormatFiles { files }
    }

    /// The format in one file, and no other.
    ///
    /// # Errors
    /// What is wrong with it, one line each.
    pub fn one(path: &Path) -> Result<FormatFiles, Vec<String>> {
        Self::only(Installed::on_disk(path.to_path_buf()))
    }

    /// The format in a file with this text, and no other.
    ///
    /// # Errors
    /// What is wrong with it, one line each.
    pub fn of_text(name: &str, text: &str) -> Result<FormatFiles, Vec<String>> {
        Self::only(Installed::of_text(name, text.to_owned()))
    }

    fn only(file: Installed) -> Result<FormatFiles, Vec<String>> {
        file.whole().map_err(<[String]>::to_vec)?;
        Ok(FormatFiles { files: vec![file] })
    }

    /// Whether there are no files, usable or not.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What is wrong with the files, one line each. Reads all of them.
    pub fn refused(&self) -> Vec<String> {
        self.files.iter().filter_map(|f| f.whole().err()).flatten().cloned().collect()
    }

    /// What is wrong with the files that documents needed so far, one line each.
    pub fn refused_so_far(&self) -> Vec<String> {
        self.files.iter().flat_map(Installed::refused).cloned().collect()
    }

    /// The formats.
    pub fn all(&self) -> impl Iterator<Item = &FileFormat> {
        let usable = self.files.iter().filter_map(|f| f.whole().ok());
        usable.map(|w| &w.format).filter(|f| self.is_first(f))
    }

    /// Whether no file before it has the same id.
    fn is_first(&self, format: &FileFormat) -> bool {
        self.find(&format.file().id).is_some_and(|first| std::ptr::eq(&first.format, format))
    }

    fn find(&self, id: &str) -> Option<&Whole> {
        let mut may_be = self.files.iter().filter(|f| f.may_be(id)).filter_map(|f| f.whole().ok());
        may_be.find(|w| w.format.file().id == id)
    }

    /// The manifest of each format, with its promises and checks.
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

    /// What is wrong with the extension of a record read by one of the files; none for records of other formats.
    pub fn problems(&self, record: &Value) -> Option<Vec<Problem>> {
        let validator = self.find(record["format"]["id"].as_str()?)?.validator()?;
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
        let format = &self.find(format)?.format;
        Some(format!("{} {}", format.name(), format.file().version))
    }

    fn claims(&self, _texts: &Texts) -> Vec<Claim> {
        Vec::new()
    }

    fn yielding_claims(&self, texts: &Texts) -> Vec<Claim> {
        let mut buffer = Vec::new();
        let near =
            self.files.iter().filter(|f| f.may_claim(texts, &mut buffer)).filter_map(|f| f.whole().ok());
        near.map(|w| &w.format).filter(|f| self.is_first(f)).map(|f| texts.claim(f.info())).collect()
    }

    fn read(&self, model: &TextModel) -> Result<Answer, Error> {
        let Some(Whole { format, .. }) = self.find(&model.format) else { return Ok(Answer::NotMine) };
        Ok(Answer::Record(format.record(model.clone().into_document())))
    }

    fn verify(
        &self,
        record: PluginRecord,
        format: &str,
        _document: &DocumentInfo,
        _layer: &TextLayer,
    ) -> Result<Extracted, Error> {
        // The evidence was checked against the document when the record was made, in this process.
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
        let files = FormatFiles::open(&[""; 0]);
        assert_eq!(files.refused(), Vec::<String>::new());
        assert_eq!(files.all().count(), BUNDLED.len());
    }
}
