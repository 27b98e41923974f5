//! A folder with documents, in which the command is run.

// Each test file uses only a part of this.
#![allow(dead_code)]

pub mod http;

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A report small enough to read at a glance, of a fictional area.
pub const REPORT: &str = include_str!("../../../corpus/text/poole-2018-11-30.txt");

/// An unpredictable number: hashers of the standard library have a random key.
pub fn random() -> u64 {
    RandomState::new().hash_one(())
}

/// A text in none of the formats.
pub const RECIPE: &str = "Scones\n\nRub the butter into the flour, then add milk and bake for ten minutes.\n";

/// A temporary folder for a test.
pub struct Sandbox(TempDir);

/// The result of running the command.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Sandbox {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            let path = sandbox.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        sandbox
    }

    /// A sandbox with `files` reports in the folder `in`, all of them different.
    pub fn of_many(files: usize) -> Self {
        let name = |i: usize| format!("in/{i:03}.txt");
        let files: Vec<(String, String)> =
            (0..files).map(|i| (name(i), format!("{REPORT}\nNo. {i}\n"))).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(n, text)| (n.as_str(), text.as_str())).collect();
        Self::new(&files)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs `findings` with these arguments, split at spaces.
    pub fn run(&self, args: &str) -> Run {
        self.run_with(args, "")
    }

    /// The names of the documents that a run reports, in order.
    pub fn sources(&self, args: &str) -> Vec<String> {
        self.run(args).sources()
    }

    /// Like [`run`](Self::run), with standard input.
    pub fn run_with(&self, args: &str, input: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_findings"))
            .args(args.split_whitespace())
            .current_dir(self.path())
            // Isolated from the plugins and trust list of the person who runs the tests.
            .env("FINDINGS_TRUST_FILE", self.path().join("trusted.json"))
            .env("XDG_DATA_HOME", self.path().join("data"))
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env_remove("FINDINGS_PLUGIN_DIR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that fails at once does not read its input.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap().into()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// The names of the documents, from a single record or from one on each line.
    pub fn sources(&self) -> Vec<String> {
        let all = serde_json::Deserializer::from_str(&self.out).into_iter::<serde_json::Value>();
        all.map(|v| v.unwrap()["document"]["source"].as_str().unwrap().to_owned()).collect()
    }

    /// Standard output as one value for each line.
    pub fn lines(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }
}

/// The commands in a page's blocks marked with just "```sh", as one script. Other blocks build, or need documents of
/// the reader's own.
pub fn script(page: &str) -> String {
    let mut commands = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line == "```sh" {
            commands.extend(lines.by_ref().take_while(|l| *l != "```"));
        }
    }
    commands.join("\n")
}

/// A small fictional PDF that takes hundreds of megabytes to read: its fonts map each of their codes to a long text.
#[allow(dead_code, reason = "not all tests need it")]
pub fn hungry_pdf() -> Vec<u8> {
    const FONTS: usize = 46;
    let meanings =
        format!("begincmap 1 beginbfrange <0000> <FFFF> <{}> endbfrange endcmap", "4E00".repeat(60));
    let stream = |data: &str| format!("<< /Length {} >>\nstream\n{data}\nendstream", data.len());
    let each = |part: &dyn Fn(usize) -> String| (0..FONTS).map(part).collect::<Vec<_>>().join(" ");
    let fonts = each(&|n| format!("/F{n} {} 0 R", 5 + 2 * n));
    let shown = each(&|n| format!("/F{n} 10 Tf 50 {} Td <00410042> Tj", 800 - n));
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << {fonts} >> >> >>"
        ),
        stream(&format!("BT {shown} ET{}", " ".repeat(10 << 20))),
    ];
    for n in 0..FONTS {
        let below = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>";
        objects.push(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /X{n} /Encoding /Identity-H /ToUnicode {} 0 R /DescendantFonts [{below}] >>",
            6 + 2 * n
        ));
        objects.push(stream(&meanings));
    }
    let mut pdf = "%PDF-1.5\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let (table, size) = (pdf.len(), objects.len() + 1);
    pdf.push_str(&format!("xref\n0 {size}\n0000000000 65535 f \n{}", places.concat()));
    pdf.push_str(&format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
    pdf.into_bytes()
}
