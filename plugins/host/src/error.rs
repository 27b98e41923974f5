//! Why a plugin can't be used, for the person who put it there.

use std::io;
use std::path::PathBuf;

use findings_core::plugin::manifest::ManifestError;

use crate::trust::PLUGIN_FILE;

/// What is wrong with a plugin's folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PluginError {
    /// A file can't be read.
    #[error("{} can't be read: {why}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The library's name is that of something else.
    #[error("{} is no file", .0.display())]
    NoFile(PathBuf),
    /// `plugin.toml` is not written as one is.
    #[error("{} can't be understood: {why}", path.display())]
    NotUnderstood {
        /// The file.
        path: PathBuf,
        /// What can't be understood, and in which line.
        why: String,
    },
    /// `plugin.toml` says what no plugin is.
    #[error("{}: {why}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What it says.
        why: ManifestError,
    },
    /// The library is named by a path that leads elsewhere.
    #[error("{}: the library has to stand beside it", .0.display())]
    LibraryElsewhere(PathBuf),
    /// A schema is named by a path that leads elsewhere.
    #[error("the schema {0} has to stand beside {PLUGIN_FILE}")]
    SchemaElsewhere(String),
    /// A schema's file holds something else.
    #[error("{} is no JSON: {why}", path.display())]
    NoJson {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        why: serde_json::Error,
    },
    /// A schema can't be used.
    #[error("the schema {id} can't be used: {why}")]
    Schema {
        /// Its id.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// The library is not the one that `plugin.toml` was written for.
    #[error("{PLUGIN_FILE} speaks of another library (SHA-256 {promised} there, {found} in the file)")]
    OtherLibrary {
        /// SHA-256 in `plugin.toml`.
        promised: String,
        /// SHA-256 of the file.
        found: String,
    },
    /// Another plugin has its id.
    #[error("the id “{id}” is taken by the plugin in {}", folder.display())]
    IdTaken {
        /// The id.
        id: String,
        /// The folder of the other.
        folder: PathBuf,
    },
}

/// Why a library was not loaded, or is no plugin that can be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The library can't be read.
    #[error("{} can't be read: {why}", path.display())]
    Unreadable {
        /// The library.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// The copy that is loaded could not be made.
    #[error("no private copy could be made: {0}")]
    NotCopied(io::Error),
    /// The copy that is loaded could not be digested.
    #[error("its copy can't be read: {0}")]
    CopyUnreadable(io::Error),
    /// The library is not the one that was trusted.
    #[error(
        "{} has changed since it was trusted (SHA-256 then {trusted}, now {found}). If you know why, allow it again with `findings plugin trust`",
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
    /// The system can't load it.
    #[error("{} can't be loaded: {why}", path.display())]
    NotLoaded {
        /// The library.
        path: PathBuf,
        /// What the system says.
        why: libloading::Error,
    },
    /// It is a library of another kind.
    #[error("it exports no function {}: it is no plugin of findings", findings_plugin_abi::ENTRY)]
    NoEntry,
    /// It does not want to work with this host.
    #[error("it refuses to work with version {} of the boundary", ours())]
    Refuses,
    /// What it exports is something else.
    #[error("what it exports does not begin as a plugin's struct does")]
    Magic,
    /// It was built for another version of the boundary.
    #[error("it was built for version {major}.{minor} of the boundary, this is {}: build it anew", ours())]
    Version {
        /// The version's first number.
        major: u32,
        /// The version's second number.
        minor: u32,
    },
    /// Its struct is too small.
    #[error("its struct has {0} bytes, fewer than version {ours} has", ours = ours())]
    Size(usize),
    /// Its struct lacks a part.
    #[error("its struct has a null where a function or the manifest should be")]
    Null,
    /// Its manifest is not written as one is.
    #[error("its manifest can't be understood: {0}")]
    NotUnderstood(serde_json::Error),
    /// Its manifest says what no plugin is.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

/// The version of the boundary, as messages name it.
fn ours() -> String {
    let (major, minor) = crate::ABI;
    format!("{major}.{minor}")
}
