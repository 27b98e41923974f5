//! Documents in `.zip` and `.eml` files.

#![allow(missing_docs)]

mod common;

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use common::{RECIPE, REPORT, Sandbox};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn pack(path: &Path, files: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

fn message(name: &str, bytes: &[u8]) -> String {
    let coded = data_encoding::BASE64.encode(bytes);
    let lines: Vec<&str> =
        (0..coded.len()).step_by(76).map(|n| &coded[n..(n + 76).min(coded.len())]).collect();
    format!(
        "From: clerk@example.org\r\nSubject: Letter\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"B\"\r\n\r\n\
         --B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{RECIPE}\r\n--B\r\nContent-Type: application/octet-stream\r\n\
         Content-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--B--\r\n",
        lines.join("\r\n")
    )
}

#[test]
fn each_document_of_a_zip_is_one_of_its_own() {
    let sandbox = Sandbox::new(&[("plain.txt", REPORT)]);
    let inner = sandbox.path().join("inner.zip");
    pack(&inner, &[("deep.txt", REPORT.as_bytes()), ("more.zip", b"PK")]);
    let inner = fs::read(inner).unwrap();
    fs::remove_file(sandbox.path().join("inner.zip")).unwrap();
    let files: [(&str, &[u8]); 7] = [
        ("letters/b.txt", RECIPE.as_bytes()),
        ("letters/a.txt", REPORT.as_bytes()),
        ("../../out.txt", REPORT.as_bytes()),
        ("notes.md", b"no"),
        ("noending", b"%PDF-1.7 broken"),
        ("__MACOSX/letters/._a.txt", &[0, 5, 0x16, 7, 0]),
        ("inner.zip", &inner),
    ];
    pack(&sandbox.path().join("pack.zip"), &files);
    let run = sandbox.run("extract pack.zip");
    let names = [
        "../../out.txt",
        "inner.zip!/deep.txt",
        "letters/a.txt",
        "letters/b.txt",
        "noending",
        "inner.zip!/more.zip",
    ];
    assert_eq!(run.sources(), names.map(|n| format!("pack.zip!/{n}")));
    let codes: Vec<String> =
        run.lines().iter().map(|l| l["error"]["code"].as_str().unwrap_or("-").to_owned()).collect();
    assert_eq!(codes, ["-", "-", "-", "unknown-format", "damaged", "not-a-report-file"]);
    assert!(run.err.contains("left out 1 file named ._*"), "{}", run.err);
    // Apart from its name, the record is that of the file itself.
    let alone = sandbox.run("extract plain.txt").json().to_string();
    assert_eq!(run.lines()[2].to_string(), alone.replace("plain.txt", "pack.zip!/letters/a.txt"));
    // It can be found again by its name, and read by all other commands.
    assert_eq!(sandbox.sources("extract pack.zip!/letters/a.txt"), ["pack.zip!/letters/a.txt"]);
    assert_eq!(sandbox.run("explain pack.zip!/inner.zip!/deep.txt").code, 0);
    assert!(sandbox.run("extract pack.zip!/gone.txt").err.contains("not-found"));
}

#[test]
fn what_a_zip_holds_is_written_below_the_folder() {
    let sandbox = Sandbox::new(&[]);
    fs::create_dir(sandbox.path().join("in")).unwrap();
    pack(
        &sandbox.path().join("in/pack.zip"),
        &[("../../../a.txt", REPORT.as_bytes()), ("b/c.txt", REPORT.as_bytes())],
    );
    assert_eq!(sandbox.run("extract in -o out").code, 0);
    assert!(sandbox.read("out/pack.zip/a.json").contains("pack.zip!/../../../a.txt"));
    assert!(sandbox.read("out/pack.zip/b/c.json").contains("pack.zip!/b/c.txt"));
}

#[test]
fn a_message_is_its_text_and_what_is_attached() {
    let sandbox = Sandbox::new(&[("mail.eml", &message("letter.txt", REPORT.as_bytes()))]);
    let run = sandbox.run("extract mail.eml");
    assert_eq!(run.sources(), ["mail.eml!/body.txt", "mail.eml!/letter.txt"]);
    assert_eq!(run.lines()[0]["error"]["code"], "unknown-format");
    assert!(run.lines()[1]["schema"].is_string());
    pack(&sandbox.path().join("mails.zip"), &[("a.eml", sandbox.read("mail.eml").as_bytes())]);
    assert_eq!(sandbox.sources("extract mails.zip")[1], "mails.zip!/a.eml!/letter.txt");
}

#[test]
fn bombs_and_broken_packs_are_told() {
    let sandbox = Sandbox::new(&[("broken.zip", "PK\x03\x04 cut off"), ("empty.eml", "")]);
    // 1.2 GB of zeros in about 1.2 MB: more than any pack of reports would contain.
    let mut zip = ZipWriter::new(File::create(sandbox.path().join("bomb.zip")).unwrap());
    let zeros = vec![0; 1 << 24];
    zip.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    (0..72).for_each(|_| zip.write_all(&zeros).unwrap());
    zip.finish().unwrap();
    // A document above the size limit.
    pack(&sandbox.path().join("large.zip"), &[("a.txt", &zeros[..3 << 20]), ("b.txt", REPORT.as_bytes())]);
    let run = sandbox.run("extract bomb.zip broken.zip empty.eml large.zip --max-mb 2");
    let told: Vec<(String, String)> = run
        .lines()
        .iter()
        .map(|l| (l["document"]["source"].to_string(), l["error"]["code"].as_str().unwrap_or("-").to_owned()))
        .map(|(name, code)| (name.trim_matches('"').to_owned(), code))
        .collect();
    let expected = [
        ("bomb.zip", "too-large"),
        ("broken.zip", "damaged"),
        ("empty.eml", "damaged"),
        ("large.zip!/a.txt", "too-large"),
        ("large.zip!/b.txt", "-"),
    ];
    assert_eq!(told, expected.map(|(name, code)| (name.to_owned(), code.to_owned())));
}

#[test]
fn a_collection_knows_what_packs_hold() {
    let sandbox = Sandbox::new(&[]);
    fs::create_dir(sandbox.path().join("in")).unwrap();
    let zip = sandbox.path().join("in/pack.zip");
    pack(&zip, &[("a.txt", REPORT.as_bytes()), ("b.txt", RECIPE.as_bytes())]);
    assert_eq!(sandbox.run("sync in --into all.findings").code, 1);
    assert!(sandbox.run("sync in --into all.findings").err.contains("0 read, 2 unchanged"));
    assert_eq!(
        sandbox.sources("export all.findings --format ndjson"),
        ["in/pack.zip!/a.txt", "in/pack.zip!/b.txt"]
    );
    pack(&zip, &[("a.txt", REPORT.as_bytes())]);
    assert!(sandbox.run("sync in --into all.findings").err.contains("1 gone"));
}
