//! `findings schema`: the schemas of records.

mod registry;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use findings_core::plugin;
use findings_core::schema::{self, Published};
use findings_forms::model;
use findings_workbench::schema as workbench;
use findings_workbench::schema_diff::registry::write_index;

use super::{print, usage, written};
use crate::Exit;

/// List, print, write and compare the schemas of records, labels and reports
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  findings schema list
  findings schema print inspection-report > inspection-report.schema.json
  findings schema diff old.schema.json inspection-report      can readers of the old schema read every new record?
  findings schema check schemas                               what CI checks in a published folder

Exit code: 0 no problems; 1 a change is not proven compatible, or the folder breaks its policy; 2 the command line
is invalid; 3 the output could not be written.";

#[derive(Subcommand)]
enum What {
    /// List the names and ids of the schemas
    List,
    /// Print one schema, by name or id
    Print {
        /// For example inspection-report
        name: String,
    },
    /// Write all schemas and code lists, with an index, to a folder: what the repository publishes
    Write {
        /// The folder
        folder: PathBuf,
    },
    /// Check whether every record valid under a new schema is valid under an old one; what can't be proven is breaking
    Diff {
        /// The old schema: a file, or the name or id of a built-in schema
        old: String,
        /// The new schema, in the same form
        new: String,
        /// Output format
        #[arg(long, value_enum, default_value = "text")]
        format: registry::DiffFormat,
    },
    /// Check a published folder against its policy: compatible changes only, examples, code lists, digests
    Check {
        /// The folder
        folder: PathBuf,
    },
    /// Store copies of the folder's schemas and code lists as the published files of their version
    Publish {
        /// The folder
        folder: PathBuf,
    },
}

pub(crate) fn run(args: &Args) -> Exit {
    match &args.what {
        What::List => {
            let line = |s: &Published| format!("{:20}{:46}{}\n", s.name, s.id, s.title);
            print(&all().map(line).collect::<String>())
        }
        What::Print { name } => match all().find(|s| s.name == name || s.id == name) {
            Some(schema) => print(&format!("{:#}\n", schema.schema())),
            None => usage(format!("there is no schema \"{name}\"; `findings schema list` shows all names")),
        },
        What::Write { folder } => written(write(folder).map(|()| Exit::Done), &folder.display().to_string()),
        What::Diff { old, new, format } => registry::diff(old, new, *format),
        What::Check { folder } => registry::check(folder),
        What::Publish { folder } => registry::publish(folder),
    }
}

/// The schemas of records, of the text model, of format files, and of the workbench.
pub(crate) fn all() -> impl Iterator<Item = &'static Published> {
    schema::SCHEMAS.iter().chain(plugin::SCHEMAS).chain(model::SCHEMAS).chain(workbench::SCHEMAS)
}

/// The files of these schemas and of the code lists, by their paths in the published folder.
fn files() -> Vec<(PathBuf, String)> {
    let models = plugin::SCHEMAS.iter().chain(model::SCHEMAS).map(Published::file);
    schema::files().into_iter().chain(models).chain(workbench::files()).collect()
}

fn write(folder: &Path) -> std::io::Result<()> {
    for (path, text) in files() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    write_index(folder)
}
