//! Writes tables as files.

pub mod csv;
pub mod package;
#[cfg(feature = "parquet")]
pub mod parquet;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "xlsx")]
pub mod xlsx;

/// Why tables could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file system reported an error.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The library for the format reported an error.
    #[error("{form}: {message}")]
    Form {
        /// The format.
        form: &'static str,
        /// The library's message.
        message: String,
    },
}

impl WriteError {
    #[cfg(any(feature = "xlsx", feature = "sqlite", feature = "parquet"))]
    fn of(form: &'static str) -> impl Fn(&dyn std::error::Error) -> Self {
        move |e| Self::Form { form, message: e.to_string() }
    }
}
