//! Reads inspection reports into records with evidence.

pub mod grammar;
pub mod pipeline;
pub mod record;
pub mod runner;
pub mod schema;
pub mod source;
pub mod text;
pub mod validate;
