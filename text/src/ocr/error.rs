//! Why pages were not recognised, as told in the record.

use crate::runner::RunError;

/// Why no page can be recognised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The engine is not installed, or does not start.
    #[error(
        "Tesseract was not found ({0}): install the Debian or Ubuntu package `tesseract-ocr` (`apt install tesseract-ocr`; elsewhere the program `tesseract` with its English model)"
    )]
    NotFound(RunError),
    /// The engine has no English model.
    #[error("{engine} has no English model: install the Debian or Ubuntu package `tesseract-ocr-eng`")]
    NoEnglish {
        /// Its name and version.
        engine: String,
    },
}

/// Why a page was not recognised.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PageError {
    /// The worker that renders it failed.
    #[error("it could not be drawn: {0}")]
    NotDrawn(RunError),
    /// The worker that renders it returned no valid image.
    #[error("it could not be drawn: the worker returned no image")]
    NoImage,
    /// The engine failed on it.
    #[error("it could not be recognised: {0}")]
    NotRecognised(RunError),
    /// The run ended before its turn.
    #[error("the run ended before it was reached")]
    NotReached,
}
