//! Errors that prevent reading, or a command.

use std::io;
use std::path::PathBuf;

use findings_core::runner::RunError;
use findings_host::error::PluginError;

/// Why documents can't be read with some settings: something that they name is missing or can't be used. The message is
/// for the person who chose the settings.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An unknown option, or an invalid value.
    #[error("{0}")]
    Option(String),
    /// The file with the password can't be read.
    #[error("{}: {why}", path.display())]
    Password {
        /// The file.
        path: PathBuf,
        /// The system's error.
        why: io::Error,
    },
    /// A folder of formats does not exist.
    #[error("{}: there is no such folder of format files", .0.display())]
    NoFormats(PathBuf),
    /// A folder given for its plugins contains none.
    #[error(
        "--plugin-dir {}: {}; a plugin is a folder with a plugin.toml",
        .0.display(),
        if .0.is_dir() { "there is no plugin in it" } else { "there is no such folder" }
    )]
    NoPlugin(PathBuf),
    /// The system has no folder for settings, in which the list of trusted plugins would be.
    #[error("the user has no folder for settings; set FINDINGS_TRUST_FILE to the list of trusted plugins")]
    NoSettings,
    /// The list of trusted plugins can't be read.
    #[error("{}: {why}", path.display())]
    TrustList {
        /// The list.
        path: PathBuf,
        /// The system's error.
        why: io::Error,
    },
    /// A trusted plugin can't be used.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// No thread or process could be started.
    #[error(transparent)]
    System(#[from] io::Error),
    /// A worker could not be started.
    #[error("a worker could not be started: {0}")]
    Worker(RunError),
    /// A bug in findings.
    #[error("reading ended before all documents were read: a bug in findings; please report it")]
    Ended,
}

/// Why a command refuses a request. The message is for the user.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    /// Documents can't be read with these settings.
    #[error(transparent)]
    Settings(#[from] Error),
    /// The output options make no sense, or would overwrite something.
    #[error(transparent)]
    Output(#[from] crate::output::PlanError),
    /// A collection can't be used.
    #[cfg(feature = "sqlite")]
    #[error(transparent)]
    Collection(#[from] crate::collection::Error),
    /// A run to be compared is not available.
    #[error(transparent)]
    Run(#[from] crate::saved_run::Error),
    /// A page can't be drawn.
    #[error(transparent)]
    Picture(#[from] crate::page::PictureError),
    /// An invalid folder for an assistant.
    #[error(transparent)]
    Tool(#[from] crate::mcp::ToolError),
    /// A document has no record.
    #[error(transparent)]
    Document(#[from] findings_core::record::Error),
    /// Anything else.
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

/// The message if a part is needed that this program was built without.
pub(crate) fn built_without(feature: &str) -> String {
    format!("this findings was built without {feature}; build it with --features {feature}")
}
