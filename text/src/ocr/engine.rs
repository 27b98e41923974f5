//! Tesseract: found at run time, run as a sandboxed program.

use std::time::Duration;

use super::{EngineError, OcrWord, PixelBox};
use crate::runner::{Job, Program, RunError, RunLimits, Runner};

/// The program, found through `PATH`.
const PROGRAM: &str = "tesseract";
/// Tesseract's automatic layout analysis (page segmentation mode 3) finds most words; as one column or one block
/// (4, 6), paragraph numbers and table rows go missing. Its order of the words is not used: [`super::table`] goes
/// by their positions.
const LAYOUT: &str = "3";
/// The page segmentation mode for the image of a single line.
const LINE: &str = "7";
const LANGUAGE: &str = "eng";

/// An installed Tesseract.
#[derive(Debug, Clone)]
pub(super) struct Engine {
    /// "tesseract 5.3.0".
    name: String,
}

impl Engine {
    /// Looks for the program and its English model.
    pub fn find(runner: &dyn Runner) -> Result<Self, EngineError> {
        let ask = |argument: &str| {
            let limits = RunLimits { time: Duration::from_secs(20), memory: 1 << 30, output: 1 << 20 };
            runner.run(&job(vec![argument.into()], b"", limits))
        };
        let version = ask("--version").map_err(EngineError::NotFound)?;
        let version = String::from_utf8_lossy(&version);
        let name = version.lines().next().unwrap_or(PROGRAM).trim().to_owned();
        let models = ask("--list-langs").map(|out| String::from_utf8_lossy(&out).into_owned());
        match models {
            Ok(models) if !models.lines().any(|l| l.trim() == LANGUAGE) => {
                Err(EngineError::NoEnglish { engine: name })
            }
            _ => Ok(Self { name }),
        }
    }

    /// Name and version.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Everything that determines its output: name, version, model, settings.
    pub fn id(&self) -> String {
        format!("{} {LANGUAGE} {LAYOUT}", self.name)
    }

    /// The words of a page.
    pub fn read(
        &self,
        pgm: &[u8],
        dpi: f32,
        time: Duration,
        runner: &dyn Runner,
    ) -> Result<Vec<OcrWord>, RunError> {
        self.read_as(LAYOUT, pgm, dpi, time, runner)
    }

    /// The words of a single line.
    pub fn read_line(
        &self,
        pgm: &[u8],
        dpi: f32,
        time: Duration,
        runner: &dyn Runner,
    ) -> Result<Vec<OcrWord>, RunError> {
        self.read_as(LINE, pgm, dpi, time, runner)
    }

    fn read_as(
        &self,
        layout: &str,
        pgm: &[u8],
        dpi: f32,
        time: Duration,
        runner: &dyn Runner,
    ) -> Result<Vec<OcrWord>, RunError> {
        let dpi = (dpi.round() as u32).clamp(70, 2400).to_string();
        let args = ["stdin", "stdout", "-l", LANGUAGE, "--dpi", &dpi, "--psm", layout, "-c"];
        let mut args: Vec<_> = args.iter().map(Into::into).collect();
        args.push("tessedit_create_tsv=1".into());
        let limits = RunLimits { time, memory: 2 << 30, output: 16 << 20 };
        let out = runner.run(&job(args, pgm, limits))?;
        Ok(words(&String::from_utf8_lossy(&out)))
    }
}

/// Runs Tesseract with one thread, because pages are processed in parallel.
fn job(args: Vec<std::ffi::OsString>, input: &[u8], limits: RunLimits) -> Job<'_> {
    let env = vec![("OMP_THREAD_LIMIT", "1".into())];
    Job { program: Program::Other(PROGRAM.into()), args, env, input, limits }
}

/// The words in Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence,
/// text.
fn words(tsv: &str) -> Vec<OcrWord> {
    let mut out: Vec<OcrWord> = Vec::new();
    let (mut line, mut last) = (0, None);
    for row in tsv.lines() {
        let fields: Vec<&str> = row.splitn(12, '\t').collect();
        let [level, _, block, paragraph, number, _, left, top, width, height, confidence, text] = fields[..]
        else {
            continue;
        };
        let text = text.trim();
        if level != "5" || text.is_empty() {
            continue;
        }
        let number_of = |s: &str| s.parse::<u32>().ok();
        let (Some(left), Some(top), Some(width), Some(height), Ok(confidence)) =
            (number_of(left), number_of(top), number_of(width), number_of(height), confidence.parse())
        else {
            continue;
        };
        let at = Some((block.to_owned(), paragraph.to_owned(), number.to_owned()));
        line += u32::from(at != last && last.is_some());
        last = at;
        let bbox = PixelBox(left, top, left.saturating_add(width), top.saturating_add(height));
        out.push(OcrWord { text: text.to_owned(), bbox, confidence, line, ..OcrWord::default() });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_tsv() {
        let tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                   4\t1\t1\t1\t1\t0\t10\t20\t300\t30\t-1\t\n\
                   5\t1\t1\t1\t1\t1\t10\t20\t90\t30\t96.5\tDear\n\
                   5\t1\t1\t1\t1\t2\t110\t20\t40\t30\t71\tMs\n\
                   5\t1\t1\t1\t2\t1\t10\t60\t40\t30\t-1\t \n\
                   5\t1\t1\t1\t2\t2\t10\t60\t40\t30\t12\tI\n";
        let words = words(tsv);
        let shown: Vec<_> = words.iter().map(|w| (w.text.as_str(), w.line, w.bbox.2, w.confidence)).collect();
        assert_eq!(shown, [("Dear", 0, 100, 96.5), ("Ms", 0, 150, 71.0), ("I", 1, 50, 12.0)]);
    }
}
