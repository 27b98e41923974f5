//! Scans: reading with Tesseract, messages if it is not installed, and the cache.

#![allow(missing_docs)]
#![cfg(unix)]

mod common;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Run, Sandbox};
use findings_core::record::Record;
use findings_workbench::gold::Gold;
use findings_workbench::score::{Options, ScoreReport, score};

/// A sandbox with one of the corpus's scans.
fn sandbox(scan: &str) -> Sandbox {
    let sandbox = Sandbox::new(&[]);
    fs::copy(scans().join(scan), sandbox.path().join(scan)).unwrap();
    sandbox
}

fn scans() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/scans")
}

/// The first line of the installed Tesseract's version output.
fn tesseract() -> String {
    let out = Command::new("tesseract").arg("--version").output().expect("Tesseract is installed");
    String::from_utf8_lossy(&out.stdout).lines().next().unwrap_or_default().to_owned()
}

/// Runs `findings` with only these programs in `PATH`.
fn run_with_programs(sandbox: &Sandbox, programs: &[(&str, &str)], args: &str) -> Run {
    let bin = sandbox.path().join("bin");
    fs::create_dir_all(&bin).unwrap();
    for (name, script) in programs {
        fs::write(bin.join(name), script).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    Command::new(env!("CARGO_BIN_EXE_findings"))
        .args(args.split_whitespace())
        .current_dir(sandbox.path())
        .env("PATH", bin)
        .output()
        .unwrap()
        .into()
}

/// A script that claims to be this version of Tesseract and recognises nothing.
fn fake(version: &str) -> String {
    format!(
        "#!/bin/sh\ncase \"$1\" in --version) echo '{version}';; --list-langs) echo eng;; *) echo broken >&2; exit 1;; esac\n"
    )
}

/// The record of a scan, and its score against the label.
fn read(scan: &str) -> (Record, ScoreReport) {
    let run = sandbox(scan).run(&format!("extract {scan} --no-ocr-cache"));
    assert_eq!(run.code, 0, "{scan}: {}", run.err);
    let gold = Gold::load(&scans()).unwrap();
    let scored = score(&gold, [&run.json()], &Options::default());
    (serde_json::from_value(run.json()).unwrap(), scored)
}

fn has(record: &Record, code: &str) -> bool {
    record.diagnostics.iter().any(|d| d.code == code)
}

#[test]
#[ignore = "needs Tesseract (Debian: tesseract-ocr)"]
fn scans_are_read_as_their_labels_say() {
    let (mut hit, mut all) = (0, 0);
    for (scan, text_layer, said) in [
        ("wexcombe-2022-11-18.pdf", "ocr", "text-recognised"),
        ("stanbeck-2023-05-12.tif", "ocr", "text-recognised"),
        ("orrisford-2025-09-30.pdf", "mixed", "text-recognised"),
        ("marlbrook-2019-03-22.pdf", "ocr", "text-layer-replaced"),
    ] {
        let (record, scored) = read(scan);
        assert_eq!(record.document.text_layer, text_layer, "{scan}");
        assert!(has(&record, said), "{scan}: {:?}", record.diagnostics);
        // Of the labels in the folder, only this scan's has a record.
        let of_scan = scored.groups.iter().find(|g| g.by == "text-layer" && g.name == text_layer).unwrap();
        for (field, figures) in &of_scan.fields {
            println!("{scan}: {field}: {figures:?}");
            // These must be right whatever version of the engine is used.
            if ["provider", "inspection.start", "inspection.end", "letter.date"].contains(&field.as_str()) {
                assert_eq!(figures.f1, 1.0, "{scan}: {field}: {figures:?}");
            }
        }
        hit += 2 * of_scan.total.hit;
        all += of_scan.total.gold + of_scan.total.got;
    }
    let f1 = hit as f64 / all as f64;
    println!("F1 {f1:.4}");
    assert!(f1 >= 0.97, "F1 over the scans is {f1:.4}");
}

#[test]
#[ignore = "needs Tesseract (Debian: tesseract-ocr)"]
fn recognised_values_carry_their_confidence_and_place() {
    let (record, _) = read("wexcombe-2022-11-18.pdf");
    let date = &record.evidence["/letter/date"];
    assert!(date.confidence.is_some_and(|c| (0.5..=1.0).contains(&c)), "{date:?}");
    // The date is on the left of the first page, above the address.
    let [x0, top, x1, bottom] = date.spans[0].bbox.unwrap();
    assert!(date.spans[0].page == 1 && x0 < x1 && x1 < 300.0 && top < bottom && bottom < 400.0, "{date:?}");
    let (mixed, _) = read("orrisford-2025-09-30.pdf");
    let native = &mixed.evidence["/letter/date"];
    assert!(native.confidence.is_some_and(|c| c > 0.99), "the first page is native: {native:?}");
}

/// Reads a document without any OCR engine: good text behind an image is sufficient.
#[test]
fn good_text_behind_an_image_is_used() {
    let run =
        run_with_programs(&sandbox("thornhaven-2021-03-30.pdf"), &[], "extract thornhaven-2021-03-30.pdf");
    assert_eq!(run.code, 0, "{}", run.err);
    let record: Record = serde_json::from_value(run.json()).unwrap();
    assert_eq!(record.document.text_layer, "ocr");
    assert!(has(&record, "ocr-layer-used"), "{:?}", record.diagnostics);
    assert_eq!(record.provider.name.as_deref(), Some("Thornhaven"));
}

#[test]
fn without_an_engine_the_package_is_named() {
    for scan in ["wexcombe-2022-11-18.pdf", "stanbeck-2023-05-12.tif"] {
        let run = run_with_programs(&sandbox(scan), &[], &format!("extract {scan} --no-ocr-cache"));
        assert_eq!(run.code, 1);
        assert_eq!(run.json()["error"]["code"], "no-text");
        assert!(run.err.contains("apt install tesseract-ocr"), "{}", run.err);
    }
    // A page that can't be read must not affect the others.
    let scan = "orrisford-2025-09-30.pdf";
    let run = run_with_programs(&sandbox(scan), &[], &format!("extract {scan} --no-ocr-cache"));
    let record: Record = serde_json::from_value(run.json()).unwrap();
    let said = record.diagnostics.iter().find(|d| d.code == "page-without-text").unwrap();
    assert_eq!(said.page, Some(2));
    assert!(said.message.contains("tesseract-ocr"), "{}", said.message);
}

#[test]
fn images_are_not_recognised_if_so_asked() {
    let scan = "wexcombe-2022-11-18.pdf";
    let run = sandbox(scan).run(&format!("extract {scan} --ocr never"));
    assert_eq!(run.json()["error"]["code"], "no-text");
    assert!(run.err.contains("--ocr never"), "{}", run.err);
}

#[test]
fn an_engine_that_fails_is_quoted() {
    let scan = "stanbeck-2023-05-12.tif";
    let fake = fake("tesseract 0.1");
    let run =
        run_with_programs(&sandbox(scan), &[("tesseract", &fake)], &format!("extract {scan} --no-ocr-cache"));
    assert_eq!(run.json()["error"]["code"], "no-text");
    assert!(run.err.contains("broken"), "{}", run.err);
}

/// The second run has an engine of the same version that recognises nothing, which does not matter because of the
/// cache.
#[test]
#[ignore = "needs Tesseract (Debian: tesseract-ocr)"]
fn a_page_is_recognised_once() {
    let version = tesseract();
    let scan = "stanbeck-2023-05-12.tif";
    let sandbox = sandbox(scan);
    let command = format!("extract {scan} --ocr-cache cache");
    let first = sandbox.run(&command);
    assert_eq!(first.code, 0, "{}", first.err);
    let second = run_with_programs(&sandbox, &[("tesseract", &fake(&version))], &command);
    assert_eq!(first.out, second.out, "{}", second.err);
    let other = run_with_programs(&sandbox, &[("tesseract", &fake("tesseract 0.1"))], &command);
    assert_eq!(other.json()["error"]["code"], "no-text", "another version reads anew");
}
