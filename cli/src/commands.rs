//! One module for each command.

pub(crate) mod calibrate;
#[cfg(feature = "shell")]
pub(crate) mod completions;
pub(crate) mod drift;
pub(crate) mod explain;
#[cfg(feature = "sqlite")]
pub(crate) mod export;
pub(crate) mod extract;
pub(crate) mod format;
pub(crate) mod formats;
pub(crate) mod gold;
#[cfg(feature = "sqlite")]
pub(crate) mod history;
#[cfg(feature = "sqlite")]
pub(crate) mod latest;
pub(crate) mod link;
#[cfg(feature = "shell")]
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod plugin;
pub(crate) mod regress;
pub(crate) mod review;
pub(crate) mod schema;
pub(crate) mod score;
#[cfg(feature = "serve")]
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod snapshot;
pub(crate) mod stress;
#[cfg(feature = "sqlite")]
pub(crate) mod sync;
pub(crate) mod validate;

use std::io::{self, Write};

use crate::Exit;
use crate::input::name::{shown, shown_lines};

/// Reports incorrect usage.
fn usage(message: impl std::fmt::Display) -> Exit {
    eprintln!("findings: {}", shown_lines(&message.to_string()));
    Exit::Usage
}

/// The exit code of a command that wrote to standard output or a file. A closed pipe (`| head`) is not reported.
fn written(result: io::Result<Exit>, target: &str) -> Exit {
    match result {
        Ok(exit) => exit,
        Err(e) => {
            if e.kind() != io::ErrorKind::BrokenPipe {
                eprintln!(
                    "findings: {} could not be written: {}",
                    shown(target),
                    shown_lines(&e.to_string())
                );
            }
            Exit::NotWritten
        }
    }
}

/// Prints a text to standard output, with control characters shown instead of interpreted.
fn print(text: &str) -> Exit {
    let text = shown_lines(text);
    let mut out = io::stdout().lock();
    let result = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written(result.map(|()| Exit::Done), "standard output")
}
