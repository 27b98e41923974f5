//! `findings man`: the help texts as man pages.

use std::fs;
use std::path::PathBuf;

use super::written;
use crate::Exit;

/// Write man pages, one for each command, into a folder
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folder to write to; created if it does not exist
    folder: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  findings man ~/.local/share/man/man1 && man findings-extract";

pub(crate) fn run(args: &Args) -> Exit {
    let pages = fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(crate::command(), &args.folder));
    written(pages.map(|()| Exit::Done), &args.folder.display().to_string())
}
