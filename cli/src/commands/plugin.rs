//! `findings plugin`: plugins with formats of other regulators, and which of them are trusted.

mod check;
mod install;
mod new;
mod pack;

use std::path::PathBuf;
use std::time::Duration;

use clap::Subcommand;
use findings_core::plugin::text_model;
use findings_core::runner::{Job, Runner as _};
use findings_core::source::Limits;
use findings_host::trust::{Installed, TrustList, scan};
use serde_json::json;

use super::{print, usage};
use crate::Exit;
use crate::contain::{Allowance, contained};
use crate::error::{Error, Refusal};
use crate::input;
use crate::input::name::shown;
use crate::plugins::{self, PluginArgs};
use crate::worker::{ABILITIES, Abilities, ProcessRunner};

/// Manage plugins: formats of other regulators, and which plugins are trusted
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

const HELP: &str = "\
A plugin is a folder with a plugin.toml and a shared library. Plugins are looked for in --plugin-dir, in the
folders of FINDINGS_PLUGIN_DIR, and in the user's own folder (`findings plugin list` shows it). Loading a library
runs its code, so only trusted plugins are loaded, and only if their files have not changed since. They run in a
process of their own, with limits of time and memory.

Examples:
  findings plugin list                               installed plugins, and which are trusted
  findings plugin install hiqa                       with a release: one of its plugins, copied and trusted by its digests
  findings plugin trust ~/Downloads/hiqa             trust it, by the digests of its files
  findings plugin revoke hiqa
  findings plugin new acme                           start a plugin of your own
  findings plugin pack target/release/libacme.so -o acme-plugin
  findings plugin check acme-plugin --samples samples --others corpus
  findings plugin model letter.pdf                   a document as a plugin sees it";

#[derive(Subcommand)]
enum Command {
    /// List the plugins found, and whether they are trusted
    List {
        #[command(flatten)]
        plugins: PluginArgs,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Trust a plugin, as its files are now
    Trust {
        /// The plugin's folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    Install(install::Args),
    /// Stop trusting a plugin
    Revoke {
        /// The plugin's id
        id: String,
    },
    /// Make a plugin folder from a library (this runs the library's code, in a process of its own)
    Pack(pack::Args),
    /// Test a plugin against the requirements for plugins (this runs its code, in a process of its own)
    Check(check::Args),
    /// Start a plugin: a crate that builds and reads its sample
    New(new::Args),
    /// Print a document as a plugin receives it: the text model, as JSON
    Model {
        /// A file, or - for standard input
        file: String,
        /// The format to read it as
        #[arg(long, default_value = "")]
        format: String,
    },
}

pub(crate) fn run(args: &Args) -> Exit {
    let done = match &args.command {
        Command::List { plugins, json } => list(plugins, *json),
        Command::Trust { folder } => trust(folder),
        Command::Install(args) => install::run(args),
        Command::Revoke { id } => revoke(id),
        Command::Pack(args) => pack::run(args),
        Command::Check(args) => check::run(args),
        Command::New(args) => new::run(args),
        Command::Model { file, format } => model(file, format),
    };
    done.unwrap_or_else(usage)
}

fn list(args: &PluginArgs, as_json: bool) -> Result<Exit, Refusal> {
    let trusted = plugins::trusted()?;
    let mut rows = Vec::new();
    for (folder, plugin) in scan(&args.folders()) {
        let (id, version, formats, status) = match plugin {
            Ok(p) => {
                let status = trusted.allows_library(&p).map_or_else(|r| r.to_string(), |()| "trusted".into());
                let m = p.file.manifest;
                (m.id, m.version, m.formats.into_iter().map(|f| f.id).collect(), status)
            }
            Err(why) => (String::new(), String::new(), Vec::new(), why.to_string()),
        };
        rows.push((id, version, formats, folder, status));
    }
    if as_json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(id, version, formats, folder, status)| {
                json!({ "id": id, "version": version, "formats": formats, "folder": folder, "status": status })
            })
            .collect();
        return Ok(print(&format!("{:#}\n", json!(rows))));
    }
    let mut text = String::new();
    for (id, version, formats, folder, status) in &rows {
        let id = if id.is_empty() { "(unknown)" } else { id };
        text += &format!(
            "{id} {version}\n  {}\n  reads {}\n  {status}\n\n",
            folder.display(),
            formats.join(", ")
        );
    }
    if rows.is_empty() {
        text += "No plugins were found.\n\n";
    }
    text += "Looked in:\n";
    for folder in args.folders() {
        text += &format!("  {}\n", folder.display());
    }
    text += &format!("Trusted plugins are listed in {}\n", plugins::trust_file()?.display());
    text += &format!("\n{}\n", abilities().map_or_else(|why| why.to_string(), Abilities::summary));
    Ok(print(&text))
}

/// What a plugin's worker can do on this system, found out by trying.
fn abilities() -> Result<Abilities, Refusal> {
    let unknown = |why: String| format!("What a plugin can do on this system could not be determined: {why}");
    let runner = ProcessRunner::new().map_err(|e| unknown(e.to_string()))?;
    let answer = runner.run(&Job::worker(ABILITIES, b"")).map_err(|e| unknown(e.to_string()))?;
    Ok(serde_json::from_slice(&answer).map_err(|e| unknown(e.to_string()))?)
}

fn model(file: &str, format: &str) -> Result<Exit, Refusal> {
    let inputs = input::collect(&[file.to_owned()]);
    let [document] = inputs.list.as_slice() else {
        return Err(format!("this shows one document, but {file} matches {}", inputs.list.len()).into());
    };
    let read = document.bytes(&Limits::default()).and_then(|bytes| {
        let (name, format) = (document.name.clone(), format.to_owned());
        contained(&Allowance::of(Duration::from_secs(120)), move || text_model(&name, &bytes, &format))?
    });
    match read {
        Ok(model) => Ok(print(&(String::from_utf8(model).map_err(|e| e.to_string())? + "\n"))),
        Err(error) => {
            eprintln!("{}", shown(&format!("{}: {error}", document.name)));
            Ok(Exit::SomeFailed)
        }
    }
}

fn save(list: &TrustList) -> Result<(), Refusal> {
    let path = plugins::trust_file()?;
    Ok(list.write(&path).map_err(|e| format!("{} could not be written: {e}", path.display()))?)
}

fn trust(folder: &std::path::Path) -> Result<Exit, Refusal> {
    let folder = folder.canonicalize().map_err(|e| format!("{}: {e}", folder.display()))?;
    let plugin = Installed::read(&folder).map_err(Error::from)?;
    let mut list = plugins::trusted()?;
    plugin.check_library().map_err(Error::from)?;
    list.trust(&plugin);
    save(&list)?;
    let m = &plugin.file.manifest;
    let formats: Vec<&str> = m.formats.iter().map(|f| f.id.as_str()).collect();
    let mut text = format!("{} {} is trusted\n", m.id, m.version);
    text += &format!("  {}  {}\n", plugin.file.sha256, plugin.file.library);
    text += &format!("  {}  plugin.toml\n  reads {}\n", plugin.manifest_sha256, formats.join(", "));
    let looked_in = PluginArgs::default().folders();
    if !looked_in.iter().any(|f| folder == *f || folder.parent() == Some(f)) {
        let user =
            plugins::user_folder().map_or(String::new(), |f| format!(", or move it into {}", f.display()));
        text += &format!("To use it: findings extract --plugin-dir {} …{user}\n", folder.display());
    }
    Ok(print(&text))
}

fn revoke(id: &str) -> Result<Exit, Refusal> {
    let mut list = plugins::trusted()?;
    if !list.revoke(id) {
        let known: Vec<&str> = list.plugins.iter().map(|p| p.id.as_str()).collect();
        let why = match known.as_slice() {
            [] => format!("{id} is not trusted, nor is any other plugin"),
            known => format!("{id} is not trusted; the trusted plugins are {}", known.join(", ")),
        };
        return Err(why.into());
    }
    save(&list)?;
    Ok(print(&format!("{id} is no longer trusted\n")))
}
