//! Loads and calls a library, in a worker process only. All of the host's unsafe code is here.
//!
//! The bytes that are hashed are those that are loaded: the library is read once, into a private copy that can't be
//! modified; the copy is hashed, compared with the trusted digest, and loaded.

#![allow(unsafe_code)]

use std::ffi::c_int;
use std::fs::File;
use std::path::Path;

use findings_plugin_abi as abi;

use findings_core::plugin::manifest::Manifest;
use findings_core::source::sha256_of;

use crate::error::LoadError;

/// A loaded plugin. It stays loaded until the process ends.
#[derive(Debug)]
pub struct LoadedPlugin {
    plugin: &'static abi::FindingsPlugin,
    manifest: Manifest,
}

/// What a plugin answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// A status of the boundary, or an undefined number.
    pub status: i32,
    /// The answer, or the plugin's error message.
    pub bytes: Vec<u8>,
}

impl LoadedPlugin {
    /// Loads a library if its digest is the trusted one. From here on its code runs.
    ///
    /// # Errors
    /// Why it can't be used.
    pub fn open(path: &Path, sha256_trusted: &str) -> Result<LoadedPlugin, LoadError> {
        let file = File::open(path).map_err(|why| LoadError::Unreadable { path: path.into(), why })?;
        let copy = sealed::Copy::of(file).map_err(LoadError::NotCopied)?;
        let found = copy.open().and_then(sha256_of).map_err(LoadError::CopyUnreadable)?;
        if found != sha256_trusted {
            return Err(LoadError::Changed { path: path.into(), trusted: sha256_trusted.into(), found });
        }
        // SAFETY: the library's constructors run. The operator has trusted exactly these bytes.
        let library = unsafe { libloading::Library::new(copy.path()) }
            .map_err(|why| LoadError::NotLoaded { path: path.into(), why })?;
        // Never unloaded, because its threads and thread-local values may live on.
        let library: &'static libloading::Library = Box::leak(Box::new(library));
        drop(copy);
        // SAFETY: the boundary defines the type of the function with this name.
        let entry = unsafe { library.get::<abi::FindingsEntry>(abi::ENTRY.as_bytes()) }
            .map_err(|_| LoadError::NoEntry)?;
        let host = abi::FindingsHost {
            magic: abi::MAGIC,
            size: size_of::<abi::FindingsHost>(),
            abi_major: abi::ABI_MAJOR,
            abi_minor: abi::ABI_MINOR,
        };
        // SAFETY: the plugin reads the host's struct during the call only.
        let plugin = unsafe { entry(&host) };
        Self::accept(plugin)
    }

    /// Checks the struct that the library exports against the boundary.
    ///
    /// # Errors
    /// Why host and plugin can't work together.
    fn accept(plugin: *const abi::FindingsPlugin) -> Result<LoadedPlugin, LoadError> {
        if plugin.is_null() {
            return Err(LoadError::Refuses);
        }
        // SAFETY: not null; the struct is static, and begins with the same fields in every version. The magic is
        // checked before anything else is used.
        let (magic, size, major, minor) =
            unsafe { ((*plugin).magic, (*plugin).size, (*plugin).abi_major, (*plugin).abi_minor) };
        if magic != abi::MAGIC {
            return Err(LoadError::Magic);
        }
        if major != abi::ABI_MAJOR {
            return Err(LoadError::Version { major, minor });
        }
        if size < size_of::<abi::FindingsPlugin>() {
            return Err(LoadError::Size(size));
        }
        // SAFETY: the struct is at least as large as ours, static, and never changes.
        let plugin: &'static abi::FindingsPlugin = unsafe { &*plugin };
        let text = plugin.manifest;
        if text.data.is_null() || plugin.detect.is_none() || plugin.extract.is_none() || plugin.free.is_none()
        {
            return Err(LoadError::Null);
        }
        // SAFETY: the manifest is static.
        let text = unsafe { std::slice::from_raw_parts(text.data, text.len) };
        let manifest: Manifest = serde_json::from_slice(text).map_err(LoadError::NotUnderstood)?;
        manifest.check()?;
        Ok(LoadedPlugin { plugin, manifest })
    }

    /// The manifest in the library.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The plugin's claims to a document, given as a text model.
    pub fn detect(&self, request: &[u8]) -> Answer {
        self.call(self.plugin.detect, request)
    }

    /// The plugin's record of a document, given as a text model.
    pub fn extract(&self, request: &[u8]) -> Answer {
        self.call(self.plugin.extract, request)
    }

    fn call(&self, function: abi::FindingsCall, request: &[u8]) -> Answer {
        let mut buffer = abi::FindingsBuffer { data: std::ptr::null_mut(), len: 0, own: 0 };
        let request = abi::FindingsSlice { data: request.as_ptr(), len: request.len() };
        let (Some(function), Some(free)) = (function, self.plugin.free) else {
            return Answer { status: abi::STATUS_FAILED, bytes: Vec::new() };
        };
        // SAFETY: the request lives until the call returns; the buffer is ours and empty.
        let status: c_int = unsafe { function(request, &mut buffer) };
        let bytes = if buffer.data.is_null() {
            Vec::new()
        } else {
            // SAFETY: the plugin has filled the buffer with this many of its own bytes.
            unsafe { std::slice::from_raw_parts(buffer.data, buffer.len) }.to_vec()
        };
        // SAFETY: the buffer belongs to the plugin, and is returned once and unmodified.
        unsafe { free(buffer) };
        Answer { status, bytes }
    }
}

#[cfg(target_os = "linux")]
mod sealed {
    use std::fs::File;
    use std::io::{self, Seek};
    use std::os::fd::AsRawFd;
    use std::path::PathBuf;

    use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};

    /// A copy in memory, sealed against writing.
    pub(super) struct Copy(File);

    impl Copy {
        pub(super) fn of(mut from: File) -> io::Result<Self> {
            let mut file =
                File::from(memfd_create("findings-plugin", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?);
            io::copy(&mut from, &mut file)?;
            fcntl_add_seals(&file, SealFlags::WRITE | SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL)?;
            Ok(Self(file))
        }

        /// The copy, rewound to the beginning.
        pub(super) fn open(&self) -> io::Result<&File> {
            (&self.0).rewind()?;
            Ok(&self.0)
        }

        pub(super) fn path(&self) -> PathBuf {
            format!("/proc/self/fd/{}", self.0.as_raw_fd()).into()
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod sealed {
    use std::fs::File;
    use std::io;
    use std::path::PathBuf;

    /// A copy in a private temporary folder.
    pub(super) struct Copy(tempfile::TempDir);

    impl Copy {
        pub(super) fn of(mut from: File) -> io::Result<Self> {
            let copy = Self(tempfile::tempdir()?);
            io::copy(&mut from, &mut File::create_new(copy.path())?)?;
            Ok(copy)
        }

        /// The copy, opened at the beginning.
        pub(super) fn open(&self) -> io::Result<File> {
            File::open(self.path())
        }

        pub(super) fn path(&self) -> PathBuf {
            self.0.path().join("plugin")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    unsafe extern "C" fn call(_: abi::FindingsSlice, _: *mut abi::FindingsBuffer) -> c_int {
        abi::STATUS_NOT_MINE
    }

    unsafe extern "C" fn free(_: abi::FindingsBuffer) {}

    const MANIFEST: &str = r#"{"id": "x", "version": "1", "formats": [{"id": "y.z", "title": "Z", "regulator": "y",
        "anchors": [{"phrases": ["a z"], "place": "opening", "weight": 0.7}]}]}"#;

    fn plugin() -> abi::FindingsPlugin {
        abi::FindingsPlugin {
            magic: abi::MAGIC,
            size: size_of::<abi::FindingsPlugin>(),
            abi_major: abi::ABI_MAJOR,
            abi_minor: abi::ABI_MINOR,
            manifest: abi::FindingsSlice { data: MANIFEST.as_ptr(), len: MANIFEST.len() },
            detect: Some(call),
            extract: Some(call),
            free: Some(free),
        }
    }

    fn accepted(change: impl FnOnce(&mut abi::FindingsPlugin)) -> String {
        let mut plugin = plugin();
        change(&mut plugin);
        match LoadedPlugin::accept(Box::leak(Box::new(plugin))) {
            Ok(p) => format!("accepted {}: {}", p.manifest().id, p.extract(b"{}").status),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn versions_that_can_work_together_do() {
        insta::assert_snapshot!(accepted(|_| ()), @"accepted x: 1");
        insta::assert_snapshot!(accepted(|p| { p.abi_minor += 3; p.size += 64 }), @"accepted x: 1");
    }

    #[test]
    fn others_are_refused_with_the_reason() {
        insta::assert_snapshot!(accepted(|p| p.magic = *b"FUNDINGS"), @"the struct that it exports does not begin as a plugin's does");
        insta::assert_snapshot!(accepted(|p| p.abi_major = 2), @"it was built for version 2.0 of the plugin interface, but this findings has 1.0: rebuild it");
        insta::assert_snapshot!(accepted(|p| p.size = 16), @"its struct has 16 bytes, fewer than version 1.0 requires");
        insta::assert_snapshot!(accepted(|p| p.extract = None), @"its struct has a null where a function or the manifest should be");
        insta::assert_snapshot!(accepted(|p| p.manifest.len = 10), @"its manifest can't be parsed: EOF while parsing an object at line 1 column 10");
        insta::assert_snapshot!(LoadedPlugin::accept(std::ptr::null()).unwrap_err(), @"it refuses to work with version 1.0 of the plugin interface");
    }
}
