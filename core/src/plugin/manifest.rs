//! A plugin's description of itself: `plugin.toml` beside the library, and the same as JSON inside it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::record::vocabulary::CodeManifest;

use crate::checks::{Check, Own};
use crate::format::{Anchor, Edition, FormatInfo, Place, THRESHOLD};

/// What a plugin is and provides.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its purpose, in a line.
    #[serde(default)]
    pub description: String,
    /// The formats that it reads.
    pub formats: Vec<FormatManifest>,
    /// The schemas that it provides.
    #[serde(default)]
    pub schemas: Vec<SchemaManifest>,
    /// The codes that its records use in addition to the published ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeManifest>,
}

/// One format of a plugin. Corresponds to core's [`FormatInfo`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormatManifest {
    /// Its id; begins with the regulator's code and a dot.
    pub id: String,
    /// Its name for readers.
    pub title: String,
    /// Code of the regulator.
    pub regulator: String,
    /// Its layouts.
    #[serde(default)]
    pub editions: Vec<EditionManifest>,
    /// Known gaps: what it can't read.
    #[serde(default)]
    pub known_gaps: Vec<String>,
    /// The phrases by which the host recognises it. The plugin is given only documents that score enough of them.
    pub anchors: Vec<AnchorManifest>,
    /// What every document of an edition has. If something is missing, the record gets `expected-missing`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<PromiseManifest>,
    /// The format's own checks, in addition to those for all records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckManifest>,
}

/// What every document of an edition has, in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromiseManifest {
    /// The edition's id.
    pub edition: String,
    /// How many real documents of the edition were counted; each of them keeps all the promises.
    pub seen: u32,
    /// A line for each thing promised.
    pub promises: Vec<String>,
}

/// A format's own check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckManifest {
    /// Its name, and the code of the diagnostic when it fails.
    pub name: String,
    /// Why it holds.
    pub why: String,
    /// In how many real documents it held, and to how many it applied.
    pub held: (u32, u32),
}

/// A layout of a format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditionManifest {
    /// Its name in records.
    pub id: String,
    /// The years of the documents that have it.
    pub years: String,
    /// What distinguishes it from the other editions.
    pub note: String,
}

/// A phrase that counts for a format, or against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnchorManifest {
    /// Alternatives: any of these counts.
    pub phrases: Vec<String>,
    /// Where it must stand: `opening`, `heading` or `body`.
    pub place: Place,
    /// What it adds to the score (takes away, if negative). A document with a score of 0.5 or more is of the format.
    pub weight: f32,
}

/// A schema that a plugin provides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchemaManifest {
    /// Its `$id`.
    pub id: String,
    /// What it describes.
    pub describes: Describes,
    /// The schema itself. In `plugin.toml` it is absent, and `file` names it.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub schema: Value,
    /// The file with the schema, beside `plugin.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// What a plugin's schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Describes {
    /// The `extension` of an inspection record.
    Extension,
    /// A record of its own, in place of an inspection record.
    Record,
}

/// `plugin.toml`: the manifest, and the library it describes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PluginFile {
    /// The version of the C boundary that the library was built for: "major.minor".
    pub abi: String,
    /// File name of the library, beside this file.
    pub library: String,
    /// SHA-256 of the library.
    pub sha256: String,
    /// What the library is and provides.
    #[serde(flatten)]
    pub manifest: Manifest,
}

impl FormatManifest {
    /// The manifest of a format, with its promises and checks.
    pub fn new(info: &FormatInfo, own: Own) -> Self {
        let promised = own.promises.iter().filter(|p| p.format == info.id).map(|p| PromiseManifest {
            edition: p.edition.into(),
            seen: p.seen,
            promises: p.all().map(|promise| promise.to_string()).collect(),
        });
        let check = |c: &Check| CheckManifest { name: c.name.into(), why: c.why.into(), held: c.held };
        let (promises, checks) = (promised.collect(), own.checks.iter().map(check).collect());
        Self { promises, checks, ..Self::from(info) }
    }
}

impl From<&FormatInfo> for FormatManifest {
    fn from(info: &FormatInfo) -> Self {
        let own = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        Self {
            id: info.id.into(),
            title: info.title.into(),
            regulator: info.regulator.into(),
            editions: info
                .editions
                .iter()
                .map(|e| EditionManifest { id: e.id.into(), years: e.years.into(), note: e.note.into() })
                .collect(),
            known_gaps: own(info.known_gaps),
            anchors: info
                .anchors
                .iter()
                .map(|a| AnchorManifest { phrases: own(a.phrases), place: a.place, weight: a.weight })
                .collect(),
            promises: Vec::new(),
            checks: Vec::new(),
        }
    }
}

impl FormatManifest {
    /// The same as a [`FormatInfo`]. It is leaked: plugins are never unloaded.
    pub fn leak(&self) -> &'static FormatInfo {
        fn text(t: &str) -> &'static str {
            Box::leak(t.to_owned().into_boxed_str())
        }
        fn list<T>(items: Vec<T>) -> &'static [T] {
            Box::leak(items.into_boxed_slice())
        }
        Box::leak(Box::new(FormatInfo {
            id: text(&self.id),
            title: text(&self.title),
            regulator: text(&self.regulator),
            editions: list(
                self.editions
                    .iter()
                    .map(|e| Edition { id: text(&e.id), years: text(&e.years), note: text(&e.note) })
                    .collect(),
            ),
            known_gaps: list(self.known_gaps.iter().map(|g| text(g)).collect()),
            anchors: list(
                self.anchors
                    .iter()
                    .map(|a| Anchor {
                        phrases: list(a.phrases.iter().map(|p| text(p)).collect()),
                        place: a.place,
                        weight: a.weight,
                    })
                    .collect(),
            ),
        }))
    }
}

/// Why a manifest is invalid. Written for the operator.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// The id contains characters that are not allowed.
    #[error("the id “{0}” may contain only lower-case letters, digits and hyphens")]
    Id(String),
    /// It has no formats.
    #[error("it has no formats")]
    NoFormat,
    /// A format's id does not begin with its regulator's code.
    #[error("the format id “{format}” must begin with its regulator “{regulator}” and a dot")]
    FormatId {
        /// The format's id.
        format: String,
        /// Its regulator's code.
        regulator: String,
    },
    /// A format's id is one of core's.
    #[error("“{0}” is one of core's own formats")]
    OwnFormat(String),
    /// A format can never be recognised: its anchors add up to too little.
    #[error("the anchors of “{format}” add up to {most}, so no document can reach {THRESHOLD}")]
    Anchors {
        /// The format's id.
        format: String,
        /// The sum of their weights.
        most: f32,
    },
}

impl Manifest {
    /// All codes that the plugin adds to the published lists: its formats, their regulators, and the codes that it
    /// lists.
    pub fn all_codes(&self) -> Vec<CodeManifest> {
        let code = |list: &str, code: &str, meaning: &str| CodeManifest {
            list: list.into(),
            code: code.into(),
            meaning: meaning.into(),
        };
        let mut all: Vec<CodeManifest> =
            self.formats.iter().map(|f| code("formats", &f.id, &f.title)).collect();
        for format in &self.formats {
            if !all.iter().any(|c| c.list == "regulators" && c.code == format.regulator) {
                all.push(code("regulators", &format.regulator, &self.description));
            }
        }
        all.extend(self.codes.iter().cloned());
        all.push(code(
            "diagnostics",
            super::WITHHELD,
            "A value was left out: the words that it was read from do not bear it out",
        ));
        all
    }

    /// Checks the manifest.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), ManifestError> {
        let name = |s: &str| {
            !s.is_empty()
                && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
        };
        if !name(&self.id) || self.id.contains('.') {
            return Err(ManifestError::Id(self.id.clone()));
        }
        if self.formats.is_empty() {
            return Err(ManifestError::NoFormat);
        }
        for format in &self.formats {
            let begins = format.id.strip_prefix(&format.regulator).is_some_and(|rest| rest.starts_with('.'));
            if !name(&format.id) || !begins {
                let regulator = format.regulator.clone();
                return Err(ManifestError::FormatId { format: format.id.clone(), regulator });
            }
            if format.regulator == "ofsted" {
                return Err(ManifestError::OwnFormat(format.id.clone()));
            }
            let most: f32 = format.anchors.iter().map(|a| a.weight.max(0.0)).sum();
            if most < THRESHOLD {
                return Err(ManifestError::Anchors { format: format.id.clone(), most });
            }
        }
        Ok(())
    }
}
