//! Ofsted's reports and letters on children's services: a file or folder for each format.
//!
//! Formats share [`body`] (sections and lists), [`provider`], [`dates`], [`judgements`] and the frame of a letter.

pub mod body;
pub mod dates;
pub mod ilacs;
pub mod judgements;
pub mod people;
pub mod provider;
pub mod title;

use crate::format::Format;

/// Every format, in the order in which equal claims are settled.
pub const FORMATS: &[&dyn Format] = &[&ilacs::Ilacs];
