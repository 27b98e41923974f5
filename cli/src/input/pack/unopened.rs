//! Packs in a build without the feature `packs`: they can't be opened.

use std::path::Path;

use findings_core::record::{Error, ErrorCode};

use super::Kind;
use crate::error::built_without;

/// Never constructed.
pub(super) enum Pack {}

fn unopened() -> Error {
    let message = format!("archives and messages are not opened: {}, or unpack it", built_without("packs"));
    Error::new(ErrorCode::NotAReportFile, message)
}

impl Pack {
    pub(super) fn on_disk(_: &Path) -> Result<Self, Error> {
        Err(unopened())
    }

    pub(super) fn in_memory(_: Kind, _: Vec<u8>) -> Result<Self, Error> {
        Err(unopened())
    }

    pub(super) fn names(&mut self) -> Result<Vec<(usize, String)>, Error> {
        match *self {}
    }

    pub(super) fn head(&mut self, _: usize) -> Option<Vec<u8>> {
        match *self {}
    }

    pub(super) fn bytes(&mut self, _: usize, _: u64) -> Result<Vec<u8>, Error> {
        match *self {}
    }
}
