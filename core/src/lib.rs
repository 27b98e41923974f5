//! Reads inspection reports into records with evidence.

pub mod areas;
pub mod checks;
pub mod evidence;
pub mod explain;
pub mod format;
pub mod grammar;
pub mod link;
pub mod ofsted;
pub mod outline;
pub mod pipeline;
pub mod plugin;
pub mod record;
pub mod repair;
pub mod runner;
pub mod schema;
pub mod source;
pub mod text;
pub mod validate;
