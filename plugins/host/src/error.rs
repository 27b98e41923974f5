//! Why a plugin can't be used, described for the person who installed it.

use std::io;
use std::path::PathBuf;

use findings_core::plugin::manifest::ManifestError;

use crate::trust::PLUGIN_FILE;

/// Errors in a plugin's folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PluginError {
    /// A file can't be read.
    #[error("{} can't be read: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's error.
        why: io::Error,
    },
    /// The library's path is not a regular file.
    #[error("{} is not a file", .0.display())]
    NoFile(PathBuf),
    /// `plugin.toml` is not valid TOML of this form.
    #[error("{} can't be parsed: {why}", path.display())]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// What is wrong, and in which line.
        why: String,
    },
    /// `plugin.toml` contains invalid values.
    #[error("{}: {why}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: ManifestError,
    },
    /// The library is not named by a plain file name.
    #[error("{}: the library must be in the same folder", .0.display())]
    LibraryElsewhere(PathBuf),
    /// A schema is not named by a plain file name.
    #[error("the schema {0} must be in the same folder as {PLUGIN_FILE}")]
    SchemaElsewhere(String),
    /// A schema's file is not JSON.
    #[error("{} is not valid JSON: {why}", path.display())]
    NoJson {
        /// The file.
        path: PathBuf,
        /// The parser's error.
        why: serde_json::Error,
    },
    /// A schema is invalid.
    #[error("the schema {id} can't be used: {why}")]
    Schema {
        /// Its id.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// The library is not the one that `plugin.toml` was written for.
    #[error(
        "{PLUGIN_FILE} describes another library (it says SHA-256 {promised}, the file has {found}); `findings plugin pack` makes both anew"
    )]
    OtherLibrary {
        /// SHA-256 in `plugin.toml`.
        promised: String,
        /// SHA-256 of the file.
        found: String,
    },
    /// Another plugin has the same id.
    #[error("the id “{id}” is already used by the plugin in {}", folder.display())]
    IdTaken {
        /// The id.
        id: String,
        /// The folder of the other plugin.
        folder: PathBuf,
    },
}

/// Why a library was not loaded, or can't be used as a plugin.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The library can't be read.
    #[error("{} can't be read: {why}", path.display())]
    Unreadable {
        /// The library.
        path: PathBuf,
        /// The system's error.
        why: io::Error,
    },
    /// The private copy that would be loaded could not be made.
    #[error("a private copy could not be made: {0}")]
    NotCopied(io::Error),
    /// The private copy could not be hashed.
    #[error("its copy can't be read: {0}")]
    CopyUnreadable(io::Error),
    /// The library is not the one that was trusted.
    #[error(
        "{} has changed since it was trusted (SHA-256 then {trusted}, now {found}). If you know why, trust it again with `findings plugin trust`",
        path.display()
    )]
    Changed {
        /// The library.
        path: PathBuf,
        /// SHA-256 when it was trusted.
        trusted: String,
        /// SHA-256 now.
        found: String,
    },
    /// The system's loader failed.
    #[error("{} can't be loaded: {why}", path.display())]
    NotLoaded {
        /// The library.
        path: PathBuf,
        /// The loader's error.
        why: libloading::Error,
    },
    /// It is a library of another kind, without the entry function.
    #[error("it exports no function {}: it is not a plugin of findings", findings_plugin_abi::ENTRY)]
    NoEntry,
    /// It refuses this host.
    #[error("it refuses to work with version {} of the plugin interface", ours())]
    Refuses,
    /// The exported struct is not a plugin's.
    #[error("the struct that it exports does not begin as a plugin's does")]
    Magic,
    /// It was built for another major version of the boundary.
    #[error(
        "it was built for version {major}.{minor} of the plugin interface, but this findings has {}: rebuild it",
        ours()
    )]
    Version {
        /// Major version.
        major: u32,
        /// Minor version.
        minor: u32,
    },
    /// Its struct is too small.
    #[error("its struct has {0} bytes, fewer than version {ours} requires", ours = ours())]
    Size(usize),
    /// A required pointer in its struct is null.
    #[error("its struct has a null where a function or the manifest should be")]
    Null,
    /// Its manifest can't be parsed.
    #[error("its manifest can't be parsed: {0}")]
    NotUnderstood(serde_json::Error),
    /// Its manifest contains invalid values.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

/// The host's version of the boundary, as given in messages.
fn ours() -> String {
    let (major, minor) = crate::ABI;
    format!("{major}.{minor}")
}
