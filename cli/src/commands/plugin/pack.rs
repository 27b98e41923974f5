//! Writes a library's own manifest beside it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use findings_core::plugin::manifest::{Manifest, PluginFile};
use findings_core::runner::{Job, Program, RunLimits, Runner};
use findings_core::source::sha256;
use findings_host::WORKER;
use findings_host::trust::PLUGIN_FILE;
use findings_host::wire;
use serde_json::Value;

use crate::Exit;
use crate::commands::print;
use crate::error::Refusal;
use crate::worker::ProcessRunner;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The compiled library
    library: PathBuf,
    /// Folder to create; files of an existing one are replaced
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let bytes = fs::read(&args.library).map_err(|e| format!("{}: {e}", args.library.display()))?;
    let digest = sha256(&bytes);
    let mut manifest = manifest_of(&args.library, &digest)?;
    let name = args.library.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let write = |name: &str, bytes: &[u8]| {
        let path = args.output.join(name);
        fs::write(&path, bytes).map_err(|e| format!("{} could not be written: {e}", path.display()))
    };
    fs::create_dir_all(&args.output)
        .map_err(|e| format!("{} could not be created: {e}", args.output.display()))?;
    write(&name, &bytes)?;
    for schema in &mut manifest.schemas {
        let of_id: String =
            schema.id.rsplit(':').nth(1).unwrap_or("record").chars().filter(|c| *c != '/').collect();
        let file = format!("{of_id}.schema.json");
        write(&file, format!("{:#}\n", schema.schema.take()).as_bytes())?;
        schema.schema = Value::Null;
        schema.file = Some(file);
    }
    let file = PluginFile {
        abi: format!("{}.{}", findings_host::ABI.0, findings_host::ABI.1),
        library: name,
        sha256: digest,
        manifest,
    };
    let text = toml::to_string_pretty(&file).map_err(|e| e.to_string())?;
    write(PLUGIN_FILE, text.as_bytes())?;
    let (m, folder) = (&file.manifest, args.output.display());
    Ok(print(&format!(
        "{} {} is in {folder}\nNext: findings plugin check {folder}, then findings plugin trust {folder}\n",
        m.id, m.version
    )))
}

/// The library's own manifest; reading it runs the library's code in a worker.
pub(super) fn manifest_of(library: &Path, digest: &str) -> Result<Manifest, Refusal> {
    let library = library.canonicalize().map_err(|e| format!("{}: {e}", library.display()))?;
    let runner = ProcessRunner::new()?;
    let job = Job {
        program: Program::Worker(WORKER),
        args: vec!["--".into(), library.clone().into(), digest.into()],
        env: Vec::new(),
        input: &[],
        limits: RunLimits { time: Duration::from_secs(20), memory: 1 << 30, output: 64 << 20 },
    };
    let (kind, words) = runner
        .session(&job)
        .and_then(|mut session| session.receive(job.limits.time))
        .map_err(|e| format!("{} could not be loaded: {e}", library.display()))?;
    match kind {
        wire::READY => Ok(serde_json::from_slice(&words).map_err(|e| e.to_string())?),
        _ => Err(format!("{}: {}", library.display(), String::from_utf8_lossy(&words)).into()),
    }
}
