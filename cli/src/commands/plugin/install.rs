//! `findings plugin install`: copies a plugin to the plugins folder, and trusts it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use findings_core::source::sha256_of;
use findings_host::private;
use findings_host::trust::{Installed, PLUGIN_FILE};

use super::save;
use crate::Exit;
use crate::commands::print;
use crate::error::{Error, Refusal};
use crate::plugins;

/// Copy a plugin to the user's own folder of plugins, and trust it
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    /// Name of a plugin of the release (hiqa, cqc, michigan, press), or the folder of any plugin
    #[arg(value_name = "NAME|DIR")]
    plugin: PathBuf,
}

const HELP: &str = "\
A name is looked for in the folders plugins/ beside the `findings` program and ../lib/findings/plugins. A release includes
the digests of its plugins (SHA256SUMS beside them); a file that differs from them is refused. A folder without such a
list is trusted as it is now, on your authority.

Examples:
  findings plugin install hiqa
  findings plugin install ./hiqa-plugin";

/// The name of a release's list of digests, beside its plugins.
const SUMS: &str = "SHA256SUMS";

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let from = find(&args.plugin)?;
    let plugin = Installed::read(&from).map_err(Error::from)?;
    plugin.check_library().map_err(Error::from)?;
    let files = files(&plugin);
    let carried = carried(&from, &files)?;
    let id = &plugin.file.manifest.id;
    let folder = plugins::user_folder().ok_or("the user has no folder for data; set XDG_DATA_HOME")?;
    let to = folder.join(id);
    copy(&from, &to, &files).map_err(|e| format!("{} could not be written: {e}", to.display()))?;
    // What is trusted is the copy: it is read again and must be identical.
    let copied = Installed::read(&to).map_err(Error::from)?;
    copied.check_library().map_err(Error::from)?;
    if copied.manifest_sha256 != plugin.manifest_sha256 {
        return Err(format!("{} changed while it was copied; try again", from.display()).into());
    }
    let mut list = plugins::trusted()?;
    list.trust(&copied);
    save(&list)?;
    let m = &copied.file.manifest;
    let formats: Vec<&str> = m.formats.iter().map(|f| f.id.as_str()).collect();
    let by = if carried { "by the digests of the release" } else { "as its files are now" };
    Ok(print(&format!(
        "{} {} is in {} and trusted, {by}\n  reads {}\n",
        m.id,
        m.version,
        to.display(),
        formats.join(", ")
    )))
}

/// The plugin's folder: as given, or found in the release by name.
fn find(plugin: &Path) -> Result<PathBuf, Refusal> {
    if plugin.join(PLUGIN_FILE).is_file() {
        return Ok(plugin.canonicalize().map_err(|e| format!("{}: {e}", plugin.display()))?);
    }
    let mut looked = vec![plugin.to_owned()];
    if plugin.components().count() == 1 {
        let program = env::current_exe().and_then(|p| p.canonicalize()).map_err(|e| e.to_string())?;
        let beside = program.parent().into_iter();
        looked.extend(beside.flat_map(|bin| {
            ["plugins", "../lib/findings/plugins"].map(|folder| bin.join(folder).join(plugin))
        }));
    }
    let found = looked.iter().find(|folder| folder.join(PLUGIN_FILE).is_file());
    found.cloned().ok_or_else(|| {
        let looked: Vec<String> = looked.iter().map(|p| p.display().to_string()).collect();
        format!(
            "there is no plugin {}; looked for a {PLUGIN_FILE} in {}",
            plugin.display(),
            looked.join(", ")
        )
        .into()
    })
}

/// The files of a plugin; nothing else in its folder is copied.
fn files(plugin: &Installed) -> Vec<String> {
    let schemas = plugin.file.manifest.schemas.iter().filter_map(|s| s.file.clone());
    [PLUGIN_FILE.to_owned(), plugin.file.library.clone()].into_iter().chain(schemas).collect()
}

/// Verifies the files against the release's digests. Returns whether there are any.
fn carried(from: &Path, files: &[String]) -> Result<bool, Refusal> {
    let Some((release, name)) = from.parent().zip(from.file_name()) else { return Ok(false) };
    let Ok(sums) = fs::read_to_string(release.join(SUMS)) else { return Ok(false) };
    for file in files {
        let path = from.join(file);
        let digest =
            fs::File::open(&path).and_then(sha256_of).map_err(|e| format!("{}: {e}", path.display()))?;
        let wanted = format!("{digest}  {}/{file}", name.to_string_lossy());
        if !sums.lines().any(|line| line.trim_start_matches("./") == wanted) {
            return Err(format!(
                "{} differs from the release: its digest {digest} is not in {}",
                path.display(),
                release.join(SUMS).display()
            )
            .into());
        }
    }
    Ok(true)
}

/// Copies a plugin's files. An older version is replaced as a whole.
fn copy(from: &Path, to: &Path, files: &[String]) -> std::io::Result<()> {
    let folder = to.parent().unwrap_or(Path::new("."));
    private::folder(folder)?;
    let beside = tempfile::Builder::new().prefix(".install-").tempdir_in(folder)?;
    for file in files {
        fs::copy(from.join(file), beside.path().join(file))?;
    }
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::rename(beside.keep(), to)
}
