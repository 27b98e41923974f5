//! The child's side: `findings worker MODE`, for internal use only.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use clap::ValueEnum;
use findings_core::text::{fallback, ocr};
use findings_host as host;

use super::seal::{ABILITIES, Abilities, Needs, seal};
use super::{PAGE_PICTURE, documents, os, plugin};
#[cfg(feature = "scans")]
use super::{page_image, page_picture};
#[cfg(any(not(feature = "scans"), not(feature = "second-engine")))]
use crate::error::built_without;

/// (for findings itself)
#[derive(clap::Args)]
#[command(hide = true)]
pub(crate) struct Args {
    /// Address space in bytes.
    #[arg(long)]
    memory: u64,
    /// Processor time in seconds.
    #[arg(long)]
    seconds: u64,
    mode: Mode,
    /// What the mode takes: for `exec`, a program and its arguments; for `plugin`, a library and its digest.
    #[arg(last = true)]
    rest: Vec<OsString>,
}

/// What a worker can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Mode {
    /// Reads a PDF with the second text engine.
    #[value(name = fallback::WORKER)]
    PdfExtract,
    /// Loads a plugin and answers for it.
    #[value(name = host::WORKER)]
    Plugin,
    /// Reads documents.
    #[value(name = crate::apart::DOCUMENTS)]
    Documents,
    /// Draws a page in grey.
    #[value(name = ocr::PAGE_IMAGE)]
    PageImage,
    /// Draws a page for people.
    #[value(name = PAGE_PICTURE)]
    PagePicture,
    /// Tells the pages of an image file.
    #[value(name = ocr::IMAGE_PAGES)]
    ImagePages,
    /// Tells what a worker that needs so much (`nothing`, `libraries`, `programs`) can still do.
    #[value(name = ABILITIES)]
    Abilities,
    /// Becomes another program.
    Exec,
    /// Gives its input back. This and the next are what a bad worker does, for the tests of the runner.
    TestEcho,
    TestHang,
    TestSpin,
    TestFlood,
    TestBalloon,
    TestPanic,
    TestOrphan,
}

/// The exit code of a worker that panicked or failed (EX_SOFTWARE in sysexits).
const FAILED: u8 = 70;

/// The stack size of the thread that does the work, in bytes.
const STACK: usize = 64 << 20;

/// Does a worker's job and returns its exit code.
pub(crate) fn run(args: &Args) -> u8 {
    if let Err(e) = os::limit_self(args.memory, args.seconds) {
        return failed(&format!("the limits could not be set: {e}"));
    }
    if let Some(needs) = needs(args.mode, &args.rest) {
        seal(&needs);
    }
    if args.mode == Mode::Exec {
        return exec(&args.rest);
    }
    let (mode, rest) = (args.mode, args.rest.clone());
    // The parent shows the panic's message; there is nobody to read a backtrace.
    std::panic::set_hook(Box::new(|info| eprintln!("{info}")));
    let work = thread::Builder::new().stack_size(STACK).spawn(move || perform(mode, &rest));
    match work.map(|thread| thread.join()) {
        Ok(Ok(Ok(()))) => 0,
        Ok(Ok(Err(e))) => failed(&e.to_string()),
        Ok(Err(_)) => FAILED,
        Err(e) => failed(&format!("no thread could be started: {e}")),
    }
}

/// The system facilities that a mode needs; `None` if the mode determines that itself.
fn needs(mode: Mode, rest: &[OsString]) -> Option<Needs> {
    let programs = || Needs::Programs(vec![std::env::temp_dir()]);
    Some(match mode {
        Mode::Documents => return None,
        Mode::Exec | Mode::TestOrphan => programs(),
        Mode::Plugin => {
            let library = rest.first().and_then(|library| Path::new(library).canonicalize().ok());
            Needs::Libraries(library.iter().filter_map(|l| l.parent()).map(Path::to_owned).collect())
        }
        Mode::Abilities => match rest.first().and_then(|kind| kind.to_str()) {
            Some("nothing") => Needs::Nothing,
            Some("programs") => programs(),
            _ => Needs::Libraries(Vec::new()),
        },
        _ => Needs::Nothing,
    })
}

fn failed(message: &str) -> u8 {
    eprintln!("{message}");
    FAILED
}

fn exec(program: &[OsString]) -> u8 {
    let Some((path, args)) = program.split_first() else { return failed("no program was named") };
    let error = os::replace_self(Command::new(path).args(args));
    failed(&format!("{} could not be started: {error}", path.to_string_lossy()))
}

fn perform(mode: Mode, rest: &[OsString]) -> io::Result<()> {
    if mode == Mode::Plugin {
        return plugin::serve(rest);
    }
    if mode == Mode::Documents {
        return documents::serve();
    }
    let mut out = io::stdout().lock();
    match mode {
        #[cfg(feature = "second-engine")]
        Mode::PdfExtract => {
            let text = super::pdf_text::read(&input()?);
            serde_json::to_writer(io::BufWriter::new(&mut out), &text)?;
        }
        #[cfg(not(feature = "second-engine"))]
        Mode::PdfExtract => return Err(io::Error::other(built_without("second-engine"))),
        #[cfg(feature = "scans")]
        Mode::PageImage => page_image::write(input()?, rest, &mut out)?,
        #[cfg(feature = "scans")]
        Mode::PagePicture => page_picture::write(input()?, rest, &mut out)?,
        #[cfg(feature = "scans")]
        Mode::ImagePages => serde_json::to_writer(&mut out, &page_image::pages(&input()?)?)?,
        #[cfg(not(feature = "scans"))]
        Mode::PageImage | Mode::PagePicture | Mode::ImagePages => {
            return Err(io::Error::other(built_without("scans")));
        }
        Mode::Abilities => serde_json::to_writer(&mut out, &Abilities::tried())?,
        Mode::TestEcho => out.write_all(&input()?)?,
        Mode::TestHang => thread::sleep(Duration::from_secs(3600)),
        Mode::TestSpin => loop {
            std::hint::spin_loop();
        },
        Mode::TestFlood => loop {
            out.write_all(&[b'x'; 1 << 16])?;
        },
        Mode::TestBalloon => {
            let mut balloon: Vec<Vec<u8>> = Vec::new();
            loop {
                balloon.push(vec![1; 1 << 20]);
            }
        }
        Mode::TestPanic => panic!("planned"),
        // A grandchild that keeps the pipes open.
        Mode::TestOrphan => drop(Command::new("sleep").arg("987654").spawn()?),
        Mode::Exec | Mode::Plugin | Mode::Documents => {}
    }
    out.flush()
}

fn input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
