//! The C boundary between findings and its plugins: the only types that both sides share.
//!
//! A plugin is a shared library that exports one function, [`ENTRY`]. Strings are passed as UTF-8 JSON. Each side
//! frees what it allocated, and errors are passed as statuses, never as panics. Structs only grow at the end:
//! readers check `size` before they access a field added after version 1.0.
//!
//! `include/findings_plugin.h` is the same in C, generated from this file.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

use std::ffi::c_int;

/// The first bytes of both structs.
pub const MAGIC: [u8; 8] = *b"FINDINGS";
/// Major version of the boundary; different major versions are incompatible.
pub const ABI_MAJOR: u32 = 1;
/// Minor version: counts additions. Different minor versions are compatible.
pub const ABI_MINOR: u32 = 0;
/// Name of the one exported function, an [`FindingsEntry`].
pub const ENTRY: &str = "findings_plugin_v1";

/// Success: the answer is in the buffer.
pub const STATUS_OK: c_int = 0;
/// The document is not in any of the plugin's formats.
pub const STATUS_NOT_MINE: c_int = 1;
/// The request is not JSON, or not a text model that the plugin knows.
pub const STATUS_BAD_REQUEST: c_int = 2;
/// The plugin failed; the buffer may contain an error message.
pub const STATUS_FAILED: c_int = 3;
/// The plugin caught a panic or exception of its own; the buffer may contain its message.
pub const STATUS_PANICKED: c_int = 4;

/// Borrowed bytes: valid until the call returns or, for a manifest, for ever.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct FindingsSlice {
    /// First byte; not null.
    pub data: *const u8,
    /// Length in bytes.
    pub len: usize,
}

/// Bytes that the plugin allocated and the host returns with `free`. An empty buffer is all zero.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct FindingsBuffer {
    /// First byte, or null for an empty buffer.
    pub data: *mut u8,
    /// Length in bytes.
    pub len: usize,
    /// For the plugin's own use, for example a capacity: the host returns it unread.
    pub own: usize,
}

/// Describes the host to the plugin when it asks for the plugin's struct.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct FindingsHost {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// Size of this struct as the host knows it.
    pub size: usize,
    /// The host's [`ABI_MAJOR`].
    pub abi_major: u32,
    /// The host's [`ABI_MINOR`].
    pub abi_minor: u32,
}

/// Takes a request (a text model as UTF-8 JSON), fills `answer`, which is empty before, and returns a status.
pub type FindingsCall =
    Option<unsafe extern "C" fn(request: FindingsSlice, answer: *mut FindingsBuffer) -> c_int>;

/// Frees a buffer that the plugin allocated.
pub type FindingsFree = Option<unsafe extern "C" fn(buffer: FindingsBuffer)>;

/// The struct that a plugin exports. It is static and never changes.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct FindingsPlugin {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// Size of this struct as the plugin knows it.
    pub size: usize,
    /// The plugin's [`ABI_MAJOR`].
    pub abi_major: u32,
    /// The plugin's [`ABI_MINOR`].
    pub abi_minor: u32,
    /// The plugin's manifest: UTF-8 JSON, as in `plugin.toml`.
    pub manifest: FindingsSlice,
    /// Answers with a list of claims: `[{"format": …, "score": 0.0 to 1.0}]`.
    pub detect: FindingsCall,
    /// Answers with a record. Calls are made one at a time, from one thread.
    pub extract: FindingsCall,
    /// Frees the buffers that `detect` and `extract` have filled.
    pub free: FindingsFree,
}

// The struct is never modified, and its functions may be called from any thread, one at a time.
unsafe impl Sync for FindingsPlugin {}
unsafe impl Send for FindingsPlugin {}

/// The type of the exported function. It returns null if it can't work with this host.
pub type FindingsEntry = unsafe extern "C" fn(host: *const FindingsHost) -> *const FindingsPlugin;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
