//! Why nothing can be read with some settings.

use std::io;
use std::path::PathBuf;

use findings_core::runner::RunError;
use findings_host::error::PluginError;

/// Why nothing can be read with some settings: what they name is not there, or can't be used. The message is for whoever
/// gave them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such option, or it has no such value.
    #[error("{0}")]
    Option(String),
    /// The file with the password can't be read.
    #[error("{}: {why}", path.display())]
    Password {
        /// The file.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// A folder of formats is not there.
    #[error("{}: there is no such folder of formats", .0.display())]
    NoFormats(PathBuf),
    /// A folder that was named for its plugins has none.
    #[error(
        "--plugin-dir {}: {}; a plugin is a folder with a plugin.toml",
        .0.display(),
        if .0.is_dir() { "there is no plugin in it" } else { "there is no such folder" }
    )]
    NoPlugin(PathBuf),
    /// The system names no folder in which the list of trusted plugins could be.
    #[error("there is no folder for settings; name the list with FINDINGS_TRUST_FILE")]
    NoSettings,
    /// The list of trusted plugins can't be read.
    #[error("{}: {why}", path.display())]
    TrustList {
        /// The list.
        path: PathBuf,
        /// What the system says.
        why: io::Error,
    },
    /// A trusted plugin can't be used.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// Nothing can be done in the background, or in processes of its own.
    #[error(transparent)]
    System(#[from] io::Error),
    /// A worker could not be started.
    #[error("a worker could not be started: {0}")]
    Worker(RunError),
    /// A fault of findings itself.
    #[error("reading ended before all was read: a fault of findings")]
    Ended,
}

/// Why a command does not do what it was asked to. The message is for whoever asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Nothing can be read with these settings.
    #[error(transparent)]
    Settings(#[from] Error),
    /// The output makes no sense, or would destroy something.
    #[error(transparent)]
    Output(#[from] crate::output::PlanError),
    /// A collection can't be used.
    #[cfg(feature = "sqlite")]
    #[error(transparent)]
    Collection(#[from] crate::collection::Error),
    /// A run that is to be compared can't be had.
    #[error(transparent)]
    Run(#[from] crate::saved_run::Error),
    /// No picture of a page can be had.
    #[error(transparent)]
    Picture(#[from] crate::page::PictureError),
    /// A folder for an assistant is none.
    #[error(transparent)]
    Tool(#[from] crate::mcp::ToolError),
    /// A document gives no record.
    #[error(transparent)]
    Document(#[from] findings_core::record::Error),
    /// Whatever else a sentence says best.
    #[error("{0}")]
    Other(String),
}

impl From<String> for Refusal {
    fn from(why: String) -> Self {
        Self::Other(why)
    }
}

impl From<&str> for Refusal {
    fn from(why: &str) -> Self {
        Self::Other(why.to_owned())
    }
}

impl From<PluginError> for Refusal {
    fn from(error: PluginError) -> Self {
        Self::Settings(error.into())
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Settings(error.into())
    }
}

/// What is said if a part is wanted that this program was built without.
pub(crate) fn built_without(feature: &str) -> String {
    format!("this findings was built without {feature}; build it with --features {feature}")
}
