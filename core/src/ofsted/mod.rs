//! Ofsted's reports and letters on children's services: a file or folder for each format.
//!
//! Formats share [`body`] (sections and lists), [`provider`], [`dates`], [`judgements`] and the frame of a letter.

pub mod body;
pub mod contents;
pub mod dates;
pub mod ilacs;
pub mod judgements;
pub mod mentions;
pub mod people;
pub mod provider;
pub mod safeguarding;
pub mod sif;
#[cfg(test)]
pub(crate) mod testing;
pub mod title;

use crate::format::Format;

/// Every format, in the order in which equal claims are settled.
pub const FORMATS: &[&dyn Format] = &[&ilacs::Ilacs, &sif::Sif, &safeguarding::Safeguarding];
