//! `findings completions`: scripts for shell completion.

use clap_complete::Shell;

use super::print;
use crate::Exit;

/// Print a script that makes a shell complete commands and options
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  findings completions bash > ~/.local/share/bash-completion/completions/findings
  findings completions zsh > ~/.zfunc/_findings        (a folder in $fpath)
  findings completions fish > ~/.config/fish/completions/findings.fish";

pub(crate) fn run(args: &Args) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut crate::command(), "findings", &mut text);
    print(&String::from_utf8_lossy(&text))
}
