//! `findings mcp`: lets AI assistants read reports.

use std::io;
use std::path::PathBuf;

use super::{usage, written};
use crate::Exit;
use crate::apart::Apart;
use crate::error::Refusal;
use crate::mcp::{self, Tools};
use crate::settings::Settings;

/// Let an AI assistant read reports and cite page and quote (Model Context Protocol)
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders of documents: nothing outside them is read
    #[arg(required = true, value_name = "FOLDER")]
    roots: Vec<PathBuf>,
    /// Memory limit for each document in megabytes: each is read in a process of its own
    #[arg(long, value_name = "MB", default_value_t = 2048, value_parser = clap::value_parser!(u64).range(512..1 << 20))]
    memory_mb: u64,
    #[command(flatten)]
    settings: Settings,
}

const EXAMPLES: &str = "\
Examples:
  findings mcp ~/letters            uses standard input and output; started by the assistant

In the assistant's settings:
  { \"mcpServers\": { \"findings\": { \"command\": \"findings\", \"args\": [\"mcp\", \"/home/me/letters\"] } } }

Tools: read_report (what a report says, each value with page and quote), explain_field (how one was read, or why not),
list_doubts (what may be wrong). It writes nothing and makes no network requests.";

pub(crate) fn run(args: &Args) -> Exit {
    let apart = Apart::new(&args.settings, args.memory_mb << 20);
    match apart.map_err(Refusal::from).and_then(|apart| Ok(Tools::new(&args.roots, apart)?)) {
        Ok(tools) => {
            let served = mcp::serve(&tools, io::stdin().lock(), io::stdout().lock());
            written(served.map(|()| Exit::Done), "standard output")
        }
        Err(message) => usage(message),
    }
}
