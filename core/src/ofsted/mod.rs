//! Ofsted's reports and letters on children's services: a file or folder for each format.
//!
//! Formats share [`body`] (sections and lists), [`provider`], [`dates`], [`judgements`] and, for letters, [`letter`]
//! (the frame), [`letter_body`] (headings and lists), [`signature`], [`visit`] and [`theme`].

pub mod area_send;
pub mod body;
pub mod contents;
pub mod dates;
pub mod figures;
pub mod focused_visit;
pub mod ilacs;
pub mod jtai;
pub mod judgements;
pub mod letter;
pub mod letter_body;
pub mod mentions;
pub mod monitoring_visit;
#[cfg(test)]
mod names;
pub mod opening;
pub mod people;
pub mod provider;
pub mod safeguarding;
pub mod sif;
pub mod signature;
mod swallowed;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod title;
mod tree;
pub mod visit;

use crate::format::Format;

/// All formats; if claims are equal, the first one wins.
pub const FORMATS: &[&dyn Format] = &[
    &focused_visit::FocusedVisit,
    &monitoring_visit::MonitoringVisit,
    &ilacs::Ilacs,
    &sif::Sif,
    &sif::BoardReview,
    &safeguarding::Safeguarding,
    &jtai::Jtai,
    &area_send::AreaSend,
];

#[cfg(test)]
mod tests {
    use crate::record::vocabulary;

    #[test]
    fn every_format_is_in_the_code_list() {
        let listed: Vec<&str> = vocabulary::FORMATS.codes.iter().map(|(code, _)| *code).collect();
        for format in super::FORMATS {
            let id = format.info().id;
            assert!(listed.contains(&id), "{id} is not in the list");
        }
    }
}
