//! For authors of plugins: a format is a type that implements [`PluginFormat`], written with the terminals in
//! [`grammar`].

pub mod testing;

pub use findings_core::format::{Anchor, Edition, FormatInfo, Place};
/// Sections of a document's body, and the lists in them.
pub use findings_core::ofsted::body as sections;
pub use findings_core::plugin::{Document, PluginFormat};
/// The schema of a plugin's own types.
pub use findings_core::schema::of as schema_of;
pub use findings_core::{areas, grammar, outline, record, text};
