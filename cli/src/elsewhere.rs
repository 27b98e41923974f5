//! Documents that a bundled plugin could read if it were in use: the error names the plugin.

use std::sync::LazyLock;

use findings_core::format::{FormatInfo, THRESHOLD, claims};
use findings_core::pipeline::ReadOptions;
use findings_core::plugin::document;
use findings_core::plugin::manifest::FormatManifest;
use findings_core::record::{Error, ErrorCode};
use serde::Deserialize;

/// The formats of the bundled plugins, as data, so that their documents can be recognised without their code. A test
/// compares it with the plugins.
const BUNDLED: &str = include_str!("../data/bundled-plugins.json");

#[derive(Deserialize)]
struct Bundled {
    plugin: String,
    formats: Vec<FormatManifest>,
}

static FORMATS: LazyLock<Vec<(String, &'static FormatInfo)>> = LazyLock::new(|| {
    let all: Vec<Bundled> = serde_json::from_str(BUNDLED).unwrap_or_default();
    let named = |b: Bundled| {
        let plugin = b.plugin;
        b.formats.into_iter().map(move |f| (plugin.clone(), f.leak())).collect::<Vec<_>>()
    };
    all.into_iter().flat_map(named).collect()
});

/// Adds to the error for an unknown format whether a bundled plugin can read the document.
pub(crate) fn point_out(error: &mut Error, name: &str, bytes: &[u8], options: &ReadOptions) {
    if error.code != ErrorCode::UnknownFormat {
        return;
    }
    let in_use = |f: &FormatInfo| options.plugins.as_ref().is_some_and(|p| p.plugin_of(f.id).is_some());
    let Ok(document) = document(name, bytes) else { return };
    let claims = claims(FORMATS.iter().map(|(_, f)| *f), &document.outline);
    let strong = claims.iter().take_while(|claim| claim.score >= THRESHOLD);
    let mut claimed = strong.filter_map(|claim| FORMATS.iter().find(|(_, f)| f.id == claim.format));
    // Checked last, because finding out which formats are in use may load all format files.
    if let Some((plugin, format)) = claimed.find(|(_, f)| !in_use(f)) {
        error.message += &format!(
            ". It looks like {}; the plugin {plugin} reads it (`findings plugin install {plugin}`)",
            format.title
        );
    }
}
