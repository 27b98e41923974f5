//! Finds plugins, and determines which may be used.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use findings_core::runner::Runner;
use findings_forms::FormatFiles;
use findings_host::trust::{Installed, Refusal, TrustList, scan};
use findings_host::{PluginHost, PluginLimits};

use crate::brought::Brought;
use crate::error::Error;
use crate::input::name::name_of;

/// Plugins, for every command that reads documents or knows formats.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct PluginArgs {
    /// A folder of plugins, searched before those of FINDINGS_PLUGIN_DIR and the user's own; may be repeated
    #[arg(long = "plugin-dir", value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Time limit in seconds for a plugin to read one document
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    plugin_timeout: u64,
    /// Use no plugins
    #[arg(long)]
    no_plugins: bool,
    /// A folder of format files (NAME.format.toml), searched before the user's own; may be repeated
    #[arg(long = "formats-dir", value_name = "DIR")]
    formats: Vec<PathBuf>,
    /// Use no format files, not even those bundled with findings
    #[arg(long)]
    no_format_files: bool,
}

/// The path of the list of trusted plugins.
pub(crate) fn trust_file() -> Result<PathBuf, Error> {
    env::var_os("FINDINGS_TRUST_FILE")
        .map(PathBuf::from)
        .or_else(|| Some(dirs::config_dir()?.join("findings").join("trusted-plugins.json")))
        .ok_or(Error::NoSettings)
}

/// The list of trusted plugins.
pub(crate) fn trusted() -> Result<TrustList, Error> {
    let path = trust_file()?;
    TrustList::read(&path).map_err(|why| Error::TrustList { path, why })
}

/// The folder for a user's own plugins.
pub(crate) fn user_folder() -> Option<PathBuf> {
    Some(dirs::data_dir()?.join("findings").join("plugins"))
}

/// The folder for a user's own formats.
fn user_formats() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join("findings").join("formats"))
}

impl PluginArgs {
    /// The same settings as command-line options.
    pub(crate) fn as_options(&self) -> Vec<String> {
        let named = |option: &'static str, folders: &[PathBuf]| -> Vec<String> {
            folders.iter().map(|folder| format!("{option}={}", name_of(folder))).collect()
        };
        let mut options = named("--plugin-dir", &self.folders);
        options.extend(named("--formats-dir", &self.formats));
        options.push(format!("--plugin-timeout={}", self.plugin_timeout));
        options.extend(self.no_plugins.then(|| "--no-plugins".to_owned()));
        options.extend(self.no_format_files.then(|| "--no-format-files".to_owned()));
        options
    }

    /// The formats in files, none of which is loaded yet.
    fn files(&self) -> Result<FormatFiles, Error> {
        if self.no_format_files {
            return Ok(Default::default());
        }
        if let Some(missing) = self.formats.iter().find(|f| !f.is_dir()) {
            return Err(Error::NoFormats(missing.clone()));
        }
        let folders: Vec<PathBuf> = self.formats.iter().cloned().chain(user_formats()).collect();
        Ok(FormatFiles::open(&folders))
    }

    /// The folders that are searched, in order.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let from_env = env::var_os("FINDINGS_PLUGIN_DIR");
        let from_env = from_env.iter().flat_map(env::split_paths).filter(|p| !p.as_os_str().is_empty());
        self.folders.iter().cloned().chain(from_env).chain(user_folder()).collect()
    }

    /// The plugins and files that may be used. Reports the others on standard error.
    pub(crate) fn host(&self, runner: Arc<dyn Runner>, quiet: bool) -> Result<Option<Arc<Brought>>, Error> {
        let (host, mut refused) = self.open(runner)?;
        refused.extend(host.iter().flat_map(|brought| brought.refused()));
        for refusal in refused.iter().filter(|_| !quiet) {
            eprintln!("findings: {refusal}");
        }
        Ok(host)
    }

    /// The plugins and files that may be used, and why other plugins may not. Files are not loaded yet, so their errors
    /// come later: [`Brought::refused`].
    pub(crate) fn open(&self, runner: Arc<dyn Runner>) -> Result<(Option<Arc<Brought>>, Vec<String>), Error> {
        let (host, refused) = self.host_of_plugins(runner)?;
        let files = self.files()?;
        let none = host.is_none() && files.is_empty();
        Ok(((!none).then(|| Arc::new(Brought::new(host, files))), refused))
    }

    fn host_of_plugins(&self, runner: Arc<dyn Runner>) -> Result<(Option<PluginHost>, Vec<String>), Error> {
        if self.no_plugins {
            return Ok((None, Vec::new()));
        }
        // A folder given explicitly without plugins is a mistake; the default folders need not exist.
        if let Some(folder) = self.folders.iter().find(|folder| scan(&[folder.to_path_buf()]).is_empty()) {
            return Err(Error::NoPlugin(folder.clone()));
        }
        let (mut plugins, mut refused): (Vec<Installed>, Vec<String>) = Default::default();
        let found = scan(&self.folders());
        if found.is_empty() {
            return Ok((None, refused));
        }
        let list = trusted()?;
        for (folder, plugin) in found {
            let allowed = plugin.map_err(Refusal::from).and_then(|p| list.allows(&p).map(|()| p));
            match allowed {
                Ok(plugin) => plugins.push(plugin),
                Err(why) => refused.push(format!("the plugin in {} is not used: {why}", folder.display())),
            }
        }
        let limits =
            PluginLimits { document: Duration::from_secs(self.plugin_timeout), ..PluginLimits::default() };
        let host = PluginHost::new(plugins, runner, limits)?;
        Ok((Some(host), refused))
    }
}
