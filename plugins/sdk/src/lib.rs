//! For authors of plugins: a format is a type that implements [`PluginFormat`], written with the terminals in
//! [`grammar`].

pub mod testing;

pub use findings_core::format::{Anchor, Edition, FormatInfo, Place};
pub use findings_core::ofsted::body;
pub use findings_core::plugin::{Document, PluginFormat};
pub use findings_core::{grammar, outline, record, text};
