//! What a plugin says of itself: `plugin.toml` beside the library, and the same as JSON inside it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use crate::record::vocabulary::CodeManifest;

use crate::checks::{Check, Own};
use crate::format::{Anchor, Edition, FormatInfo, Place, THRESHOLD};

/// What a plugin is and brings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its version.
    pub version: String,
    /// What it is for, in a line.
    #[serde(default)]
    pub description: String,
    /// The formats that it reads.
    pub formats: Vec<FormatManifest>,
    /// The schemas that it brings.
    #[serde(default)]
    pub schemas: Vec<SchemaManifest>,
    /// The codes that its records have beside the published ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeManifest>,
}

/// One format of a plugin: what [`FormatInfo`] says of a format of core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormatManifest {
    /// Its id; begins with the regulator's code and a dot.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Code of the regulator.
    pub regulator: String,
    /// Its layouts.
    #[serde(default)]
    pub editions: Vec<EditionManifest>,
    /// What is known not to work.
    #[serde(default)]
    pub known_gaps: Vec<String>,
    /// The phrases by which the host recognises it; only documents that have enough of them come to the plugin.
    pub anchors: Vec<AnchorManifest>,
    /// What every document of an edition has; what is missing is `expected-missing`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<PromiseManifest>,
    /// What its records are held against, beside what all are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckManifest>,
}

/// What every document of an edition of a format has, in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PromiseManifest {
    /// The edition's id.
    pub edition: String,
    /// How many real documents of it were counted; each of them has all that is promised.
    pub seen: u32,
    /// A line for each thing promised.
    pub promises: Vec<String>,
}

/// A check that a format brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckManifest {
    /// Its name; the code of the diagnostics of one that fails.
    pub name: String,
    /// Why it holds.
    pub why: String,
    /// In how many of the real documents it held, and in how many it could be made.
    pub held: (u32, u32),
}

/// A layout of a format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditionManifest {
    /// Its name in records.
    pub id: String,
    /// The years of the documents that have it.
    pub years: String,
    /// What tells it from the others.
    pub note: String,
}

/// A phrase that speaks for a format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnchorManifest {
    /// Any of these.
    pub phrases: Vec<String>,
    /// Where it must stand: `opening`, `heading` or `body`.
    pub place: Place,
    /// What it adds to the score (negative: takes away); a document is of the format from 0.5 on.
    pub weight: f32,
}

/// A schema that a plugin brings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchemaManifest {
    /// Its `$id`.
    pub id: String,
    /// What it describes.
    pub describes: Describes,
    /// The schema itself; in `plugin.toml` it stands in a file of its own.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub schema: Value,
    /// The file that holds it, beside `plugin.toml`.
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

/// `plugin.toml`: the manifest, and the library that it speaks of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PluginFile {
    /// The boundary that the library was built for, "major.minor".
    pub abi: String,
    /// File name of the library, beside this file.
    pub library: String,
    /// SHA-256 of the library.
    pub sha256: String,
    /// What the library is and brings.
    #[serde(flatten)]
    pub manifest: Manifest,
}

impl FormatManifest {
    /// What a format says of itself, and what its documents promise and say twice.
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
    /// The same as core's formats have it. It lives as long as the program: plugins are never unloaded.
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

/// Why no plugin can be as a manifest says. An operator reads it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Its id has other characters.
    #[error("the id “{0}” is not of lower-case letters, digits and hyphens")]
    Id(String),
    /// It has no formats.
    #[error("it brings no format")]
    NoFormat,
    /// A format's id is not of its regulator.
    #[error("the format id “{format}” does not begin with its regulator “{regulator}” and a dot")]
    FormatId {
        /// The format's id.
        format: String,
        /// Its regulator's code.
        regulator: String,
    },
    /// A format is one that core reads.
    #[error("“{0}” belongs to core")]
    OwnFormat(String),
    /// A format can never be recognised.
    #[error("the anchors of “{format}” add up to {most}: no document can reach {THRESHOLD}")]
    Anchors {
        /// The format's id.
        format: String,
        /// The sum of their weights.
        most: f32,
    },
}

impl Manifest {
    /// Every code that the plugin adds to the published lists: its formats, their regulators, and those that it names.
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

    /// Whether a plugin can be so.
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
