//! The readers: our own, and those it is compared with.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use findings_text::{BBox, pdf};
use serde_json::Value;

use super::words::{self, Token};

/// Time limit for a reader on one document.
const PATIENCE: Duration = Duration::from_secs(60);
/// Prints the words of a document with their boxes, as one JSON list per page.
const PDFIUM: &str = include_str!("pdfium.py");

/// The words of our text layer, including those set aside; empty if the PDF can't be read.
pub fn ours(bytes: &[u8]) -> Vec<Token> {
    let mut out = Vec::new();
    let Ok(read) = pdf::read(bytes) else { return out };
    for page in &read.layer.pages {
        for word in page.lines.iter().flat_map(|l| &l.words) {
            words::add(&word.text, page.number, word.bbox.map(|b| page.shown(b)), &mut out);
        }
    }
    out
}

/// Another reader.
#[derive(Debug, Clone, Copy)]
pub enum Engine {
    Poppler,
    Pdfium,
}

impl Engine {
    pub fn all() -> [Engine; 2] {
        [Self::Poppler, Self::Pdfium]
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Poppler => "pdftotext",
            Self::Pdfium => "pypdfium2",
        }
    }
}

/// A reader that is installed.
pub struct Reader(Engine);

impl Reader {
    /// `None` if it isn't installed.
    pub fn new(engine: Engine) -> Option<Reader> {
        let there = match engine {
            Engine::Poppler => run("pdftotext", &["-v".as_ref()]),
            Engine::Pdfium => run("python3", &["-c".as_ref(), "import pypdfium2".as_ref()]),
        };
        there.map(|_| Reader(engine))
    }

    /// The words of a document in content order; `None` if the reader fails.
    pub fn words(&self, file: &Path) -> Option<Vec<Token>> {
        match self.0 {
            Engine::Poppler => {
                let args = ["-bbox".as_ref(), "-cropbox".as_ref(), file, "-".as_ref()];
                Some(poppler(&run("pdftotext", &args)?))
            }
            Engine::Pdfium => Some(pdfium(&run("python3", &["-c".as_ref(), PDFIUM.as_ref(), file])?)),
        }
    }
}

/// The output of a program; `None` if it fails or exceeds [`PATIENCE`].
fn run(program: &str, args: &[&Path]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let mut out = child.stdout.take()?;
    let printed = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        out.read_to_end(&mut bytes).map(|_| bytes)
    });
    let begun = Instant::now();
    let ended = loop {
        match child.try_wait().ok()? {
            Some(status) => break status.success(),
            None if begun.elapsed() > PATIENCE => {
                child.kill().ok()?;
                child.wait().ok()?;
                break false;
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let bytes = printed.join().ok()?.ok()?;
    ended.then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// Parses `<page …>` and `<word xMin="…" yMin="…" xMax="…" yMax="…">…</word>`, each on its own line.
fn poppler(xhtml: &str) -> Vec<Token> {
    let (mut page, mut out) = (0, Vec::new());
    for line in xhtml.lines().map(str::trim) {
        page += u32::from(line.starts_with("<page "));
        let Some(word) = line.strip_prefix("<word ").and_then(|l| l.strip_suffix("</word>")) else {
            continue;
        };
        let Some((places, text)) = word.split_once('>') else { continue };
        let place: Vec<f32> = places.split('"').skip(1).step_by(2).filter_map(|n| n.parse().ok()).collect();
        let bbox = match place[..] {
            [x0, top, x1, bottom] => Some(BBox { x0, top, x1, bottom }),
            _ => None,
        };
        words::add(&as_read(unescaped(text)), page, bbox, &mut out);
    }
    out
}

/// With `-bbox`, pdftotext prints right-to-left words in visual order; this restores the logical order.
fn as_read(word: String) -> String {
    let leftwards =
        |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}');
    if word.contains(leftwards) { word.chars().rev().collect() } else { word }
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&#39;", "'").replace("&apos;", "'").replace("&amp;", "&")
}

/// Parses `[page, [[word, x0, top, x1, bottom], …]]`, one line per page; rotated pages have no boxes.
fn pdfium(lines: &str) -> Vec<Token> {
    let mut out = Vec::new();
    for page in lines.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok()) {
        let number = page[0].as_u64().unwrap_or_default() as u32;
        for word in page[1].as_array().into_iter().flatten() {
            let at = |i: usize| word[i].as_f64().map(|n| n as f32);
            let bbox = match (at(1), at(2), at(3), at(4)) {
                (Some(x0), Some(top), Some(x1), Some(bottom)) => Some(BBox { x0, top, x1, bottom }),
                _ => None,
            };
            words::add(word[0].as_str().unwrap_or_default(), number, bbox, &mut out);
        }
    }
    out
}
