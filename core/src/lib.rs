//! Reads inspection reports into records with evidence.

pub mod areas;
pub mod evidence;
pub mod explain;
pub mod format;
pub mod grammar;
pub mod link;
pub mod ofsted;
pub mod outline;
pub mod pipeline;
pub mod plugin;
pub mod repair;

pub use findings_record as record;
pub use findings_record::schema;
#[cfg(feature = "validate")]
pub use findings_record::validate;
pub use findings_text as text;
pub use findings_text::{runner, source};
pub use record::{Doubt, doubts, doubts_of_json};
