//! Which plugins an operator has allowed: loading a library runs its code, so trust comes first.
//!
//! `plugin.toml` beside a library says what it is; the list of trusted plugins holds the digests of both files.
//! A file that is not listed, or has changed since, is not loaded.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use findings_core::plugin::manifest::PluginFile;
use findings_core::source::{sha256, sha256_of};

use crate::private;

/// Name of the file that makes a folder a plugin.
pub const PLUGIN_FILE: &str = "plugin.toml";

/// The operator's list of trusted plugins, a JSON file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TrustList {
    /// Each plugin that was trusted.
    pub plugins: Vec<Trusted>,
}

/// A plugin that was trusted, as it was then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trusted {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The folder that it was trusted in, for people: trust is in the digests.
    pub folder: String,
    /// SHA-256 of the library.
    pub library_sha256: String,
    /// SHA-256 of `plugin.toml`.
    pub manifest_sha256: String,
}

/// A plugin in a folder, as it is now.
#[derive(Debug, Clone)]
pub struct Installed {
    /// Its folder.
    pub folder: PathBuf,
    /// What its `plugin.toml` says.
    pub file: PluginFile,
    /// SHA-256 of `plugin.toml`.
    pub manifest_sha256: String,
}

/// Why a plugin is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It was never trusted.
    Unlisted,
    /// A file of it is not the one that was trusted.
    Changed {
        /// The file's name.
        file: String,
        /// SHA-256 when it was trusted.
        trusted: String,
        /// SHA-256 now.
        found: String,
    },
    /// It can't be used whoever trusts it.
    Broken(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlisted => f.write_str(
                "it is not trusted. Loading a plugin runs its code: if you know where it comes from, allow it with `findings plugin trust`",
            ),
            Self::Changed { file, trusted, found } => write!(
                f,
                "{file} has changed since it was trusted (SHA-256 then {trusted}, now {found}). If you know why, allow it again with `findings plugin trust`"
            ),
            Self::Broken(why) => f.write_str(why),
        }
    }
}

impl Installed {
    /// Reads a plugin's folder and digests its `plugin.toml`, which names the library's digest. No code of the plugin
    /// runs; the library itself is digested by whoever loads it.
    ///
    /// # Errors
    /// What is wrong with the folder, for people.
    pub fn read(folder: &Path) -> Result<Installed, String> {
        let path = folder.join(PLUGIN_FILE);
        let text = fs::read(&path).map_err(|e| format!("{} can't be read: {e}", path.display()))?;
        let file: PluginFile = std::str::from_utf8(&text)
            .map_err(|e| e.to_string())
            .and_then(|t| toml::from_str(t).map_err(|e| e.to_string()))
            .map_err(|e| format!("{} can't be understood: {}", path.display(), e.trim()))?;
        file.manifest.check().map_err(|e| format!("{}: {e}", path.display()))?;
        if Path::new(&file.library).components().count() != 1 {
            return Err(format!("{}: the library has to stand beside it", path.display()));
        }
        let plugin = Installed { folder: folder.to_owned(), manifest_sha256: sha256(&text), file };
        match fs::metadata(plugin.library()) {
            Ok(library) if library.is_file() => Ok(plugin),
            Ok(_) => Err(format!("{} is no file", plugin.library().display())),
            Err(e) => Err(format!("{} can't be read: {e}", plugin.library().display())),
        }
    }

    /// SHA-256 of the library as it is now.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn library_sha256(&self) -> Result<String, String> {
        let path = self.library();
        let digest = fs::File::open(&path).and_then(sha256_of);
        digest.map_err(|e| format!("{} can't be read: {e}", path.display()))
    }

    /// Whether the library is the one that `plugin.toml` speaks of.
    ///
    /// # Errors
    /// That it is not, with both digests.
    pub fn check_library(&self) -> Result<(), String> {
        let found = self.library_sha256()?;
        if found == self.file.sha256 {
            return Ok(());
        }
        Err(format!(
            "{PLUGIN_FILE} speaks of another library (SHA-256 {} there, {found} in the file)",
            self.file.sha256
        ))
    }

    /// The library.
    pub fn library(&self) -> PathBuf {
        self.folder.join(&self.file.library)
    }

    /// The schemas that it brings, read from their files.
    ///
    /// # Errors
    /// Which file can't be read.
    pub fn schemas(&self) -> Result<Vec<findings_core::plugin::manifest::SchemaManifest>, String> {
        let mut schemas = self.file.manifest.schemas.clone();
        for s in &mut schemas {
            let Some(name) = &s.file else { continue };
            if Path::new(name).components().count() != 1 {
                return Err(format!("the schema {name} has to stand beside {PLUGIN_FILE}"));
            }
            let path = self.folder.join(name);
            let bytes = fs::read(&path).map_err(|e| format!("{} can't be read: {e}", path.display()))?;
            s.schema =
                serde_json::from_slice(&bytes).map_err(|e| format!("{} is no JSON: {e}", path.display()))?;
        }
        Ok(schemas)
    }
}

/// The plugins in some folders: each folder of them that holds a `plugin.toml`, and those that are one themselves.
/// In the order of the folders, then by name; of two with one id the first counts.
pub fn scan(folders: &[PathBuf]) -> Vec<(PathBuf, Result<Installed, String>)> {
    let mut found: Vec<(PathBuf, Result<Installed, String>)> = Vec::new();
    for folder in folders {
        let mut candidates = Vec::new();
        if folder.join(PLUGIN_FILE).is_file() {
            candidates.push(folder.clone());
        } else if let Ok(entries) = fs::read_dir(folder) {
            candidates.extend(entries.flatten().map(|e| e.path()).filter(|p| p.join(PLUGIN_FILE).is_file()));
            candidates.sort();
        }
        for candidate in candidates {
            let plugin = Installed::read(&candidate).and_then(|p| {
                let same = found.iter().find(|(_, other)| {
                    other.as_ref().is_ok_and(|o| o.file.manifest.id == p.file.manifest.id)
                });
                match same {
                    Some((first, _)) => Err(format!(
                        "the id “{}” is taken by the plugin in {}",
                        p.file.manifest.id,
                        first.display()
                    )),
                    None => Ok(p),
                }
            });
            found.push((candidate, plugin));
        }
    }
    found
}

impl TrustList {
    /// Reads the list; a file that does not exist is an empty list.
    ///
    /// # Errors
    /// The file can't be read or understood.
    pub fn read(path: &Path) -> io::Result<TrustList> {
        match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|e| io::Error::other(format!("the list of trusted plugins is damaged: {e}"))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(TrustList::default()),
            Err(e) => Err(e),
        }
    }

    /// Writes the list: whole or not at all.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        private::write(path, &serde_json::to_vec_pretty(self)?)
    }

    /// Allows a plugin as it is now.
    pub fn trust(&mut self, plugin: &Installed) {
        self.revoke(&plugin.file.manifest.id);
        self.plugins.push(Trusted {
            id: plugin.file.manifest.id.clone(),
            version: plugin.file.manifest.version.clone(),
            folder: plugin.folder.display().to_string(),
            library_sha256: plugin.file.sha256.clone(),
            manifest_sha256: plugin.manifest_sha256.clone(),
        });
        self.plugins.sort_by(|a, b| a.id.cmp(&b.id));
    }

    /// Takes the permission back; false if there was none.
    pub fn revoke(&mut self, id: &str) -> bool {
        let before = self.plugins.len();
        self.plugins.retain(|p| p.id != id);
        self.plugins.len() < before
    }

    /// Whether a plugin may be loaded: its `plugin.toml` is the one that was trusted, and so is the library if it has
    /// the digest that stands there. That is found out where it is loaded.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, plugin: &Installed) -> Result<(), Refusal> {
        let file = &plugin.file;
        let listed = self.plugins.iter().find(|t| t.id == file.manifest.id).ok_or(Refusal::Unlisted)?;
        changed(PLUGIN_FILE, &listed.manifest_sha256, &plugin.manifest_sha256)?;
        changed(&file.library, &listed.library_sha256, &file.sha256)
    }

    /// The same, and the library is digested now.
    ///
    /// # Errors
    /// Why not.
    pub fn allows_library(&self, plugin: &Installed) -> Result<(), Refusal> {
        self.allows(plugin)?;
        let found = plugin.library_sha256().map_err(Refusal::Broken)?;
        changed(&plugin.file.library, &plugin.file.sha256, &found)
    }
}

fn changed(file: &str, trusted: &str, found: &str) -> Result<(), Refusal> {
    if trusted == found {
        return Ok(());
    }
    Err(Refusal::Changed { file: file.into(), trusted: trusted.into(), found: found.into() })
}
