//! The plugin's side of the boundary, used by [`crate::export!`].

use std::any::Any;
use std::ffi::c_int;
use std::panic::{self, AssertUnwindSafe};
use std::sync::OnceLock;

use findings_core::format::claims;
use findings_core::plugin::TextModel;
use findings_core::plugin::manifest::{CodeManifest, Describes, FormatManifest, Manifest, SchemaManifest};
use findings_plugin_abi as abi;
use serde::Serialize;
use serde_json::json;

use crate::PluginFormat;

/// A plugin: its identity and what it provides.
pub struct Plugin {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its purpose, in one line.
    pub description: &'static str,
    /// The formats that it reads.
    pub formats: &'static [&'static dyn PluginFormat],
    /// The schemas that it provides.
    pub schemas: &'static [Schema],
    /// The codes that its records use in addition to the published ones: list, code, meaning.
    pub codes: &'static [(&'static str, &'static str, &'static str)],
}

/// A schema that a plugin provides.
pub struct Schema {
    /// Its `$id`.
    pub id: &'static str,
    /// What kind of value it describes.
    pub describes: Describes,
    /// The schema as JSON.
    pub json: &'static str,
}

impl Plugin {
    /// The plugin's manifest.
    pub fn manifest(&self) -> Manifest {
        Manifest {
            id: self.id.into(),
            version: self.version.into(),
            description: self.description.into(),
            formats: self.formats.iter().map(|f| FormatManifest::new(f.info(), f.own())).collect(),
            schemas: self
                .schemas
                .iter()
                .map(|s| SchemaManifest {
                    id: s.id.into(),
                    describes: s.describes,
                    schema: serde_json::from_str(s.json).unwrap_or_default(),
                    file: None,
                })
                .collect(),
            codes: self
                .codes
                .iter()
                .map(|&(list, code, meaning)| CodeManifest {
                    list: list.into(),
                    code: code.into(),
                    meaning: meaning.into(),
                })
                .collect(),
        }
    }
}

/// Returns the plugin's struct, or null if the host has another major version.
///
/// # Safety
/// `host` is null or points to the host's struct.
pub unsafe fn entry(
    host: *const abi::FindingsHost,
    plugin: &'static Plugin,
    detect: unsafe extern "C" fn(abi::FindingsSlice, *mut abi::FindingsBuffer) -> c_int,
    extract: unsafe extern "C" fn(abi::FindingsSlice, *mut abi::FindingsBuffer) -> c_int,
) -> *const abi::FindingsPlugin {
    static EXPORTED: OnceLock<abi::FindingsPlugin> = OnceLock::new();
    // SAFETY: by the boundary's contract, a non-null pointer is valid.
    let Some(host) = (unsafe { host.as_ref() }) else { return std::ptr::null() };
    if host.magic != abi::MAGIC || host.abi_major != abi::ABI_MAJOR {
        return std::ptr::null();
    }
    let exported = panic::catch_unwind(AssertUnwindSafe(|| {
        EXPORTED.get_or_init(|| {
            let manifest = serde_json::to_vec(&plugin.manifest()).unwrap_or_default();
            let manifest: &'static [u8] = Vec::leak(manifest);
            abi::FindingsPlugin {
                magic: abi::MAGIC,
                size: size_of::<abi::FindingsPlugin>(),
                abi_major: abi::ABI_MAJOR,
                abi_minor: abi::ABI_MINOR,
                manifest: abi::FindingsSlice { data: manifest.as_ptr(), len: manifest.len() },
                detect: Some(detect),
                extract: Some(extract),
                free: Some(free),
            }
        })
    }));
    exported.map_or(std::ptr::null(), std::ptr::from_ref)
}

/// Answers with the score of each format for a document.
///
/// # Safety
/// The same contract as for a call of the boundary.
pub unsafe fn detect(
    plugin: &Plugin,
    request: abi::FindingsSlice,
    answer: *mut abi::FindingsBuffer,
) -> c_int {
    // SAFETY: the pointers are passed on from the host.
    unsafe {
        answered(request, answer, |model| {
            let doc = model.into_document();
            let claims = claims(plugin.formats.iter().map(|f| f.info()), &doc.outline);
            let list = claims.iter().map(|c| json!({ "format": c.format, "score": c.score }));
            Ok(serde_json::Value::Array(list.collect()))
        })
    }
}

/// Answers with the record of a document.
///
/// # Safety
/// The same contract as for a call of the boundary.
pub unsafe fn extract(
    plugin: &Plugin,
    request: abi::FindingsSlice,
    answer: *mut abi::FindingsBuffer,
) -> c_int {
    // SAFETY: the pointers are passed on from the host.
    unsafe {
        answered(request, answer, |model| match plugin.formats.iter().find(|f| f.info().id == model.format) {
            Some(format) => Ok(format.record(model.into_document())),
            None => Err((abi::STATUS_NOT_MINE, String::new())),
        })
    }
}

/// Parses the request, does the work, and fills the answer buffer. Panics are caught.
///
/// # Safety
/// The same contract as for a call of the boundary.
unsafe fn answered<T: Serialize>(
    request: abi::FindingsSlice,
    answer: *mut abi::FindingsBuffer,
    work: impl FnOnce(TextModel) -> Result<T, (c_int, String)>,
) -> c_int {
    let done = panic::catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: the host's bytes are valid until this call returns.
        let bytes = unsafe { std::slice::from_raw_parts(request.data, request.len) };
        let model = serde_json::from_slice(bytes).map_err(|e| (abi::STATUS_BAD_REQUEST, e.to_string()))?;
        let value = work(model)?;
        serde_json::to_vec(&value).map_err(|e| (abi::STATUS_FAILED, e.to_string()))
    }));
    let (status, bytes) = match done {
        Ok(Ok(bytes)) => (abi::STATUS_OK, bytes),
        Ok(Err((status, message))) => (status, message.into_bytes()),
        Err(payload) => (abi::STATUS_PANICKED, words(&*payload).into_bytes()),
    };
    // SAFETY: the host provides space for one buffer.
    if let Some(answer) = unsafe { answer.as_mut() } {
        let mut bytes = std::mem::ManuallyDrop::new(bytes);
        *answer = abi::FindingsBuffer { data: bytes.as_mut_ptr(), len: bytes.len(), own: bytes.capacity() };
    }
    status
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("a panic").to_owned()
}

/// Frees a buffer.
///
/// # Safety
/// The buffer was filled by [`answered`] or is empty, and is passed only once.
unsafe extern "C" fn free(buffer: abi::FindingsBuffer) {
    if !buffer.data.is_null() {
        // SAFETY: these are the parts of a vector that was not dropped.
        drop(unsafe { Vec::from_raw_parts(buffer.data, buffer.len, buffer.own) });
    }
}
