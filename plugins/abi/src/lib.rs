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
/// Version of the boundary: another major version is another boundary.
pub const ABI_MAJOR: u32 = 1;
/// What has been added to it; host and plugin work together whatever theirs is.
pub const ABI_MINOR: u32 = 0;
/// Name of the one exported function, an [`FindingsEntry`].
pub const ENTRY: &str = "findings_plugin_v1";

/// All went well; the answer is in the buffer.
pub const STATUS_OK: c_int = 0;
/// The document is none of the plugin's formats.
pub const STATUS_NOT_MINE: c_int = 1;
/// The request could not be read: it is no JSON, or no text model that the plugin knows.
pub const STATUS_BAD_REQUEST: c_int = 2;
/// The plugin failed; the buffer may say why, as text.
pub const STATUS_FAILED: c_int = 3;
/// The plugin caught a panic or an exception of its own; the buffer may say which, as text.
pub const STATUS_PANICKED: c_int = 4;

/// Bytes that somebody else owns: valid until the call returns, for a manifest for ever.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct FindingsSlice {
    /// First byte; not null.
    pub data: *const u8,
    /// How many bytes.
    pub len: usize,
}

/// Bytes that the plugin allocated and that the host gives back with `free`. All zero is an empty buffer.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct FindingsBuffer {
    /// First byte, or null for an empty buffer.
    pub data: *mut u8,
    /// How many bytes.
    pub len: usize,
    /// The plugin's own: the host hands it back unread (a capacity, say).
    pub own: usize,
}

/// What the host says of itself when it asks for the plugin's struct.
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

/// A request (UTF-8 JSON: a text model) in, a status out, and an answer in `answer`, which is empty before.
pub type FindingsCall =
    Option<unsafe extern "C" fn(request: FindingsSlice, answer: *mut FindingsBuffer) -> c_int>;

/// Takes a buffer of the plugin's back.
pub type FindingsFree = Option<unsafe extern "C" fn(buffer: FindingsBuffer)>;

/// What a plugin exports. It is static and never changes.
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
    /// What the plugin is: UTF-8 JSON, as in `plugin.toml`.
    pub manifest: FindingsSlice,
    /// Answers a list of claims: `[{"format": …, "score": 0.0 to 1.0}]`.
    pub detect: FindingsCall,
    /// Answers a record. Calls come one at a time, from one thread.
    pub extract: FindingsCall,
    /// Takes back the buffers that the two have filled.
    pub free: FindingsFree,
}

// The struct is never modified, and its functions may be called from any thread, one at a time.
unsafe impl Sync for FindingsPlugin {}
unsafe impl Send for FindingsPlugin {}

/// The type of the exported function. It gives null if it can't work with this host.
pub type FindingsEntry = unsafe extern "C" fn(host: *const FindingsHost) -> *const FindingsPlugin;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
