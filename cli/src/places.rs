//! Where a user's own files belong on each system, as the XDG base directories, Apple's guidelines and Windows have it.

use std::env;
use std::path::PathBuf;

/// Settings: what a person wrote or decided.
pub(crate) fn config() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config", "Library/Application Support", "APPDATA")
}

/// What was installed for this user.
pub(crate) fn data() -> Option<PathBuf> {
    folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "APPDATA")
}

/// What can be made again.
pub(crate) fn cache() -> Option<PathBuf> {
    folder("XDG_CACHE_HOME", ".cache", "Library/Caches", "LOCALAPPDATA")
}

/// The folder that a variable names, or its usual place; XDG has relative paths ignored.
fn folder(xdg: &str, unix: &str, apple: &str, windows: &str) -> Option<PathBuf> {
    let named = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if cfg!(windows) {
        return named(windows);
    }
    let home = || env::home_dir().filter(|home| home.is_absolute());
    if cfg!(target_vendor = "apple") {
        return Some(home()?.join(apple));
    }
    named(xdg).or_else(|| Some(home()?.join(unix)))
}
