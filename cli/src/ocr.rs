//! Options for recognising pages (OCR), and the cache on disk.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use findings_core::text::ocr::{Ocr, OcrMode, PageCache};
use findings_host::private;

use crate::input::name::name_of;

/// Options of every command that reads documents.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Scans")]
pub(crate) struct OcrArgs {
    /// When to recognise pages with Tesseract (Debian: tesseract-ocr): if they have no usable text, never, or always
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    ocr: When,
    /// Folder for recognised pages, so that each page is recognised only once [default: FINDINGS_CACHE_DIR, or the
    /// user's cache folder]
    #[arg(long, value_name = "DIR", conflicts_with = "no_ocr_cache")]
    ocr_cache: Option<PathBuf>,
    /// Recognise every page again and store nothing
    #[arg(long)]
    no_ocr_cache: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum When {
    Auto,
    Never,
    Always,
}

impl OcrArgs {
    /// The same settings as command-line options.
    pub(crate) fn as_options(&self) -> Vec<String> {
        let when = match self.ocr {
            When::Auto => "auto",
            When::Never => "never",
            When::Always => "always",
        };
        let mut options = vec![format!("--ocr={when}")];
        options.extend(self.ocr_cache.as_ref().map(|folder| format!("--ocr-cache={}", name_of(folder))));
        options.extend(self.no_ocr_cache.then(|| "--no-ocr-cache".to_owned()));
        options
    }

    /// The settings, for `jobs` pages at a time.
    pub(crate) fn resolve(&self, jobs: usize) -> Arc<Ocr> {
        let mode = match self.ocr {
            When::Auto => OcrMode::Auto,
            When::Never => OcrMode::Never,
            When::Always => OcrMode::Always,
        };
        let cache = self.cache().map(|folder| Box::new(DiskCache { folder }) as Box<dyn PageCache>);
        Arc::new(Ocr::new(mode, jobs, cache))
    }

    /// The folder of the cache, if there is one.
    pub(crate) fn cache(&self) -> Option<PathBuf> {
        if self.no_ocr_cache {
            return None;
        }
        let named = || std::env::var_os("FINDINGS_CACHE_DIR").filter(|v| !v.is_empty()).map(PathBuf::from);
        self.ocr_cache
            .clone()
            .or_else(|| named().map(|d| d.join("ocr")))
            .or_else(|| dirs::cache_dir().map(|d| d.join("findings").join("ocr")))
    }
}

/// One file for each recognised page. The files are small and never become stale (the key covers everything that a page
/// was made from), so only the user ever removes any.
#[derive(Debug)]
struct DiskCache {
    folder: PathBuf,
}

impl DiskCache {
    fn path(&self, key: &str) -> PathBuf {
        let (head, rest) = key.split_at(key.len().min(2));
        self.folder.join(head).join(rest)
    }
}

impl PageCache for DiskCache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        fs::read(self.path(key)).ok()
    }

    /// Written to a temporary file and then renamed, so that other processes never see half a page.
    fn put(&self, key: &str, value: &[u8]) {
        // If storing fails, the page is just recognised again.
        let _ = private::write(&self.path(key), value);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_was_recognised_is_nobody_elses() {
        let base = tempfile::tempdir().unwrap();
        let cache = DiskCache { folder: base.path().join("ocr") };
        cache.put("abcd", b"words");
        assert_eq!(cache.get("abcd").as_deref(), Some(&b"words"[..]));
        let mode = |path: &str| base.path().join(path).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("ocr"), mode("ocr/ab"), mode("ocr/ab/cd")), (0o700, 0o700, 0o600));
    }
}
