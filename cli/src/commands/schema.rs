//! `findings schema`: the schemas that records follow.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use findings_core::schema::{self, Published};
use findings_workbench::schema as workbench;

use super::{print, usage, written};
use crate::Exit;

/// List, print or write the schemas of records, labels and reports
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  findings schema list
  findings schema print inspection-report > inspection-report.schema.json";

#[derive(Subcommand)]
enum What {
    /// Names and ids of the schemas
    List,
    /// One schema, by name or id
    Print {
        /// For example inspection-report
        name: String,
    },
    /// All schemas and code lists as files into a folder: what the repository publishes
    Write {
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
            None => {
                usage(format!("there is no schema \"{name}\"; `findings schema list` names those there are"))
            }
        },
        What::Write { folder } => written(write(folder).map(|()| Exit::Done), &folder.display().to_string()),
    }
}

/// The schemas of records, then those of the workbench.
fn all() -> impl Iterator<Item = &'static Published> {
    schema::SCHEMAS.iter().chain(workbench::SCHEMAS)
}

fn write(folder: &Path) -> std::io::Result<()> {
    for (path, text) in schema::files().into_iter().chain(workbench::files()) {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
