//! The plugins that an operator has allowed. Loading a library runs its code, so this is checked first.
//!
//! `plugin.toml` beside a library describes it; the list of trusted plugins has the digests of both files. A plugin
//! that is not listed, or has changed since, is not loaded.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use findings_core::plugin::manifest::{PluginFile, SchemaManifest};
use findings_core::source::{sha256, sha256_of};

use crate::error::PluginError;
use crate::private;

/// Name of the file that identifies a folder as a plugin.
pub const PLUGIN_FILE: &str = "plugin.toml";

/// The operator's list of trusted plugins, a JSON file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TrustList {
    /// The trusted plugins.
    pub plugins: Vec<Trusted>,
}

/// A trusted plugin, as it was when it was trusted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trusted {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The folder in which it was trusted, for information only: trust is based on the digests.
    pub folder: String,
    /// SHA-256 of the library.
    pub library_sha256: String,
    /// SHA-256 of `plugin.toml`.
    pub manifest_sha256: String,
}

/// A plugin in a folder, in its present state.
#[derive(Debug, Clone)]
pub struct Installed {
    /// Its folder.
    pub folder: PathBuf,
    /// The content of its `plugin.toml`.
    pub file: PluginFile,
    /// SHA-256 of `plugin.toml`.
    pub manifest_sha256: String,
}

/// Why a plugin is not used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// It was never trusted.
    #[error(
        "it is not trusted. Loading a plugin runs its code: if you know where it comes from, trust it with `findings plugin trust`"
    )]
    Unlisted,
    /// One of its files differs from the one that was trusted.
    #[error(
        "{file} has changed since it was trusted (SHA-256 then {trusted}, now {found}). If you know why, trust it again with `findings plugin trust`"
    )]
    Changed {
        /// The file's name.
        file: String,
        /// SHA-256 when it was trusted.
        trusted: String,
        /// SHA-256 now.
        found: String,
    },
    /// It can't be used at all.
    #[error(transparent)]
    Broken(#[from] PluginError),
}

impl Installed {
    /// Reads a plugin's folder and hashes its `plugin.toml`, which contains the library's digest. No code of the
    /// plugin runs; the library itself is hashed when it is loaded.
    ///
    /// # Errors
    /// What is wrong with the folder.
    pub fn read(folder: &Path) -> Result<Installed, PluginError> {
        let path = folder.join(PLUGIN_FILE);
        let text = fs::read(&path).map_err(unreadable(&path))?;
        let not_understood = |why: &dyn fmt::Display| {
            let why = why.to_string().trim().to_owned();
            PluginError::NotUnderstood { path: path.clone(), why }
        };
        let words = std::str::from_utf8(&text).map_err(|e| not_understood(&e))?;
        let file: PluginFile = toml::from_str(words).map_err(|e| not_understood(&e))?;
        file.manifest.check().map_err(|why| PluginError::Manifest { path: path.clone(), why })?;
        if Path::new(&file.library).components().count() != 1 {
            return Err(PluginError::LibraryElsewhere(path));
        }
        let plugin = Installed { folder: folder.to_owned(), manifest_sha256: sha256(&text), file };
        let library = plugin.library();
        match fs::metadata(&library).map_err(unreadable(&library))?.is_file() {
            true => Ok(plugin),
            false => Err(PluginError::NoFile(library)),
        }
    }

    /// SHA-256 of the library, computed now.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn library_sha256(&self) -> Result<String, PluginError> {
        let path = self.library();
        fs::File::open(&path).and_then(sha256_of).map_err(unreadable(&path))
    }

    /// Checks that the library is the one for which `plugin.toml` was written.
    ///
    /// # Errors
    /// It is not, with both digests; or it can't be read.
    pub fn check_library(&self) -> Result<(), PluginError> {
        let found = self.library_sha256()?;
        if found == self.file.sha256 {
            return Ok(());
        }
        Err(PluginError::OtherLibrary { promised: self.file.sha256.clone(), found })
    }

    /// Path of the library.
    pub fn library(&self) -> PathBuf {
        self.folder.join(&self.file.library)
    }

    /// The schemas of the plugin, read from their files.
    ///
    /// # Errors
    /// A schema's file can't be read, or is not JSON.
    pub fn schemas(&self) -> Result<Vec<SchemaManifest>, PluginError> {
        let mut schemas = self.file.manifest.schemas.clone();
        for s in &mut schemas {
            let Some(name) = &s.file else { continue };
            if Path::new(name).components().count() != 1 {
                return Err(PluginError::SchemaElsewhere(name.clone()));
            }
            let path = self.folder.join(name);
            let bytes = fs::read(&path).map_err(unreadable(&path))?;
            s.schema = serde_json::from_slice(&bytes).map_err(|why| PluginError::NoJson { path, why })?;
        }
        Ok(schemas)
    }
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> PluginError {
    let path = path.to_owned();
    |why| PluginError::Unreadable { path, why }
}

/// The plugins in some folders: each folder that has a `plugin.toml`, or else its subfolders that have one. In the
/// order of the folders, then by name; of two plugins with one id the first is used.
pub fn scan(folders: &[PathBuf]) -> Vec<(PathBuf, Result<Installed, PluginError>)> {
    let mut found: Vec<(PathBuf, Result<Installed, PluginError>)> = Vec::new();
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
                    Some((first, _)) => {
                        Err(PluginError::IdTaken { id: p.file.manifest.id, folder: first.clone() })
                    }
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

    /// Allows a plugin in its present state.
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

    /// Revokes the permission; returns false if there was none.
    pub fn revoke(&mut self, id: &str) -> bool {
        let before = self.plugins.len();
        self.plugins.retain(|p| p.id != id);
        self.plugins.len() < before
    }

    /// Whether a plugin may be loaded: its `plugin.toml` is the trusted one, and the library digest in it is the
    /// trusted one. The library itself is checked when it is loaded.
    ///
    /// # Errors
    /// Why not.
    pub fn allows(&self, plugin: &Installed) -> Result<(), Refusal> {
        let file = &plugin.file;
        let listed = self.plugins.iter().find(|t| t.id == file.manifest.id).ok_or(Refusal::Unlisted)?;
        changed(PLUGIN_FILE, &listed.manifest_sha256, &plugin.manifest_sha256)?;
        changed(&file.library, &listed.library_sha256, &file.sha256)
    }

    /// The same, and hashes the library now.
    ///
    /// # Errors
    /// Why not.
    pub fn allows_library(&self, plugin: &Installed) -> Result<(), Refusal> {
        self.allows(plugin)?;
        let found = plugin.library_sha256()?;
        changed(&plugin.file.library, &plugin.file.sha256, &found)
    }
}

fn changed(file: &str, trusted: &str, found: &str) -> Result<(), Refusal> {
    if trusted == found {
        return Ok(());
    }
    Err(Refusal::Changed { file: file.into(), trusted: trusted.into(), found: found.into() })
}
