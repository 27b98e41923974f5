//! For authors of plugins: a format is a type that implements [`PluginFormat`], written with the token parsers in
//! [`grammar`]; [`export!`] turns a crate's formats into a plugin.
//!
//! ```no_run
//! use findings_plugin_sdk::{Anchor, Document, FormatInfo, Place, PluginFormat, record::Draft};
//!
//! struct Visit;
//!
//! impl PluginFormat for Visit {
//!     fn info(&self) -> &'static FormatInfo {
//!         &FormatInfo {
//!             id: "acme.visit",
//!             title: "Acme's visits",
//!             regulator: "acme",
//!             editions: &[],
//!             known_gaps: &[],
//!             anchors: &[Anchor { phrases: &["Acme visit record"], place: Place::Opening, weight: 0.6 }],
//!         }
//!     }
//!
//!     fn read(&self, doc: &Document, draft: &mut Draft) {
//!         // each value with the place that it was read from
//!         let _ = (doc, draft);
//!     }
//! }
//!
//! findings_plugin_sdk::export! { id: "acme", description: "Acme's visits", formats: [Visit], schemas: [] }
//! ```

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod boundary;
pub mod testing;

pub use boundary::{Plugin, Schema};
/// What the documents of a format always contain, and checks that they must pass; returned by [`PluginFormat::own`].
///
/// ```
/// use findings_plugin_sdk::checks::{Check, Finished, Own, Verdict, promises};
///
/// const OWN: Own = Own {
///     promises: &[promises::Edition {
///         format: "acme.visit",
///         edition: "1",
///         seen: 12,
///         promises: &[&[promises::Promise::Value("/inspection/start")]],
///     }],
///     checks: &[Check {
///         name: "ends-before-start",
///         why: "A visit does not end before it starts",
///         held: (12, 12),
///         run: ends,
///     }],
/// };
///
/// fn ends(finished: &Finished<'_>, verdict: &mut Verdict) {
///     let inspection = &finished.record.inspection;
///     if let (Some(start), Some(end)) = (&inspection.start, &inspection.end) {
///         verdict.that(start <= end, &["/inspection/start", "/inspection/end"], || format!("{start} is after {end}"));
///     }
/// }
/// # let _ = OWN;
/// ```
pub use findings_core::checks;
pub use findings_core::format::{Anchor, Edition, FormatInfo, Place};
/// Sections of a document's body, and the lists in them.
pub use findings_core::ofsted::body as sections;
pub use findings_core::plugin::manifest::Describes;
pub use findings_core::plugin::{Document, PluginFormat, PluginRecord};
/// Generates the schema of a plugin's own type.
pub use findings_core::schema::of as schema_of;
pub use findings_core::{areas, grammar, outline, record, text};
pub use findings_plugin_abi as abi;

/// Turns a crate's formats into a plugin, by defining the one function that the host looks for.
///
/// `schemas` are [`Schema`]s: one for the `extension` of the records, or for the plugin's own kind of record. The
/// optional `codes` are those that the records use in addition to the published lists: list, code, meaning.
#[macro_export]
macro_rules! export {
    (id: $id:expr, description: $description:expr, formats: [$($format:expr),+ $(,)?], schemas: [$($schema:expr),* $(,)?] $(, codes: $codes:expr)? $(,)?) => {
        /// The plugin.
        pub static FINDINGS_PLUGIN: $crate::Plugin = $crate::Plugin {
            id: $id,
            version: env!("CARGO_PKG_VERSION"),
            description: $description,
            formats: &[$(&$format),+],
            schemas: &[$($schema),*],
            codes: $crate::export!(@codes $($codes)?),
        };

        /// What the host looks for.
        ///
        /// # Safety
        /// `host` is null or points to the host's struct, as the boundary says.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn findings_plugin_v1(
            host: *const $crate::abi::FindingsHost,
        ) -> *const $crate::abi::FindingsPlugin {
            unsafe extern "C" fn detect(
                request: $crate::abi::FindingsSlice,
                answer: *mut $crate::abi::FindingsBuffer,
            ) -> std::ffi::c_int {
                unsafe { $crate::boundary::detect(&FINDINGS_PLUGIN, request, answer) }
            }
            unsafe extern "C" fn extract(
                request: $crate::abi::FindingsSlice,
                answer: *mut $crate::abi::FindingsBuffer,
            ) -> std::ffi::c_int {
                unsafe { $crate::boundary::extract(&FINDINGS_PLUGIN, request, answer) }
            }
            unsafe { $crate::boundary::entry(host, &FINDINGS_PLUGIN, detect, extract) }
        }
    };
    (@codes) => { &[] };
    (@codes $codes:expr) => { $codes };
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
