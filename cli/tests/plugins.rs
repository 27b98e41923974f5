//! Plugins: which of them the host loads, what it survives, and what it accepts. The plugins here are in C, built with
//! the system's compiler.

#![allow(missing_docs)]
#![cfg(target_os = "linux")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{RECIPE, REPORT, Sandbox};
use serde_json::Value;

const MEMO: &str = "Memo of the Office for Examples\n\nMemo reference: AB-12\n\nAll is well.\n";

fn memo(please: &str) -> String {
    format!("Memo of the Office for Examples\n\nMemo reference: AB-12\n\nPlease {please} now.\n")
}

/// A sandbox with a plugin built from a C file, packed in `plugin`.
fn desk_with(source: &str, files: &[(&str, &str)]) -> Sandbox {
    let sandbox = Sandbox::new(files);
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let library = sandbox.path().join("libmemo.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-I"])
        .arg(here.join("../plugins/abi/include"))
        .arg("-o")
        .arg(&library)
        .arg(here.join(source))
        .status();
    assert!(built.expect("a C compiler, which Rust links with, too").success(), "the plugin does not build");
    let run = sandbox.run("plugin pack libmemo.so -o plugin");
    assert_eq!(run.code, 0, "{}", run.err);
    sandbox
}

fn good(files: &[(&str, &str)]) -> Sandbox {
    desk_with("../plugins/example-c/memo.c", files)
}

#[test]
fn a_trusted_plugin_reads_its_documents() {
    let sandbox = good(&[("memo.txt", MEMO), ("report.txt", REPORT), ("recipe.txt", RECIPE)]);
    assert_eq!(sandbox.run("plugin trust plugin").code, 0);
    let run = sandbox.run("extract --plugin-dir plugin memo.txt report.txt recipe.txt");
    let lines = run.lines();
    assert_eq!(lines[0]["extension"]["reference"], "AB-12", "{}", run.err);
    assert_eq!(lines[0]["run"]["plugin"], "example-c 1.0.0");
    assert_eq!(lines[1]["regulator"], "ofsted");
    assert_eq!(lines[2]["error"]["code"], "unknown-format");
    // Its formats can be listed, explained and validated like any others.
    assert!(sandbox.run("formats --plugin-dir plugin").out.contains("examples.memo"));
    assert!(sandbox.run("explain --full --plugin-dir plugin memo.txt").out.contains("0.80  examples.memo"));
    fs::write(sandbox.path().join("memo.json"), lines[0].to_string()).unwrap();
    assert_eq!(sandbox.run("validate memo.json").code, 0);
    // A folder that contains plugin folders works as well as the plugin's own folder.
    let table = sandbox.run("extract --plugin-dir . memo.txt --format csv");
    assert!(table.out.contains("examples.memo"), "{}", table.out);
    assert_eq!(sandbox.run("plugin check plugin --samples memo.txt --others report.txt").code, 0);
}

#[test]
fn nothing_is_loaded_that_was_not_trusted() {
    let sandbox = good(&[("memo.txt", MEMO)]);
    let run = sandbox.run("extract --plugin-dir plugin memo.txt");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("findings plugin trust"), "{}", run.err);
    assert_eq!(run.json()["error"]["code"], "unknown-format");

    sandbox.run("plugin trust plugin");
    assert_eq!(sandbox.run("extract --plugin-dir plugin memo.txt").code, 0);

    // With one more byte it is a different library: the message has both digests.
    let library = sandbox.path().join("plugin/libmemo.so");
    let trusted = digest(&library);
    let mut bytes = fs::read(&library).unwrap();
    bytes.push(0);
    fs::write(&library, bytes).unwrap();
    let run = sandbox.run("extract --plugin-dir plugin memo.txt");
    assert_eq!(run.code, 1);
    assert!(run.err.contains(&trusted) && run.err.contains(&digest(&library)), "{}", run.err);
    let list = sandbox.run("plugin list --plugin-dir plugin");
    assert!(list.out.contains("has changed since it was trusted"), "{}", list.out);
    // plugin.toml is for another library, so no permission helps.
    assert_eq!(sandbox.run("plugin trust plugin").code, 2);
}

#[test]
fn a_permission_can_be_taken_back() {
    let sandbox = good(&[("memo.txt", MEMO)]);
    sandbox.run("plugin trust plugin");
    assert_eq!(sandbox.run("plugin revoke example-c").code, 0);
    assert_eq!(sandbox.run("extract --plugin-dir plugin memo.txt").code, 1);
    let run = sandbox.run("plugin revoke example-c");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("is not trusted"), "{}", run.err);
}

#[test]
fn changed_anchors_are_another_plugin() {
    let sandbox = good(&[("memo.txt", MEMO)]);
    sandbox.run("plugin trust plugin");
    let path = sandbox.path().join("plugin/plugin.toml");
    let text = fs::read_to_string(&path).unwrap().replace("Memo of the Office", "Inspection of");
    fs::write(&path, text).unwrap();
    let run = sandbox.run("extract --plugin-dir plugin memo.txt");
    assert!(run.err.contains("plugin.toml has changed"), "{}", run.err);
}

/// Two hundred memos, one of which makes the plugin misbehave: the others must all be read, in order, and no process
/// may be left behind.
#[test]
fn a_batch_survives_whatever_a_plugin_does() {
    let names: Vec<String> = (0..200).map(|i| format!("m/{i:03}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), MEMO)).collect();
    let sandbox = desk_with("tests/plugins/bad.c", &files);
    sandbox.run("plugin trust plugin");
    for (please, cause) in [
        ("die", "signal: 9"),
        ("hang", "longer than 5 s"),
        ("abort", "signal: 6"),
        ("recurse", "overflowed its stack"),
        ("exit", "in the middle of its work"),
        ("grow", "more memory than its limit"),
        ("babble", "is not valid JSON"),
        ("number", "the unknown status 77"),
        ("flood", "wrote more than its limit"),
        ("invent", "is not in the document"),
        ("lie", "does not follow from"),
    ] {
        fs::write(sandbox.path().join("m/100.txt"), memo(please)).unwrap();
        let run = sandbox.run("extract --quiet --jobs 2 --plugin-timeout 5 --plugin-dir plugin m");
        let lines = run.lines();
        assert_eq!(lines.len(), 200, "{please}");
        for (i, line) in lines.iter().enumerate() {
            assert_eq!(line["document"]["source"], format!("m/{i:03}.txt"), "{please}");
            if i == 100 {
                let message = line["error"]["message"].as_str().unwrap_or_default();
                assert_eq!(line["error"]["code"], "plugin-failed", "{please}: {line}");
                assert!(message.contains(cause), "{please}: {message}");
            } else {
                assert_eq!(line["extension"]["reference"], "AB-12", "{please}, {i}: {line}");
            }
        }
        assert_eq!(workers(sandbox.path()), Vec::<PathBuf>::new(), "{please}");
    }
    // Not failures: a plugin that prints, and one that says that the document is not its own.
    fs::write(sandbox.path().join("m/100.txt"), memo("print")).unwrap();
    let run = sandbox.run("extract --quiet --plugin-dir plugin m");
    assert_eq!((run.code, run.lines().len()), (0, 200));
    fs::write(sandbox.path().join("m/100.txt"), memo("decline")).unwrap();
    let run = sandbox.run("extract --quiet --plugin-dir plugin m");
    assert_eq!(run.lines()[100]["error"]["code"], "unknown-format");
}

/// Processes whose command line mentions a folder.
fn workers(folder: &Path) -> Vec<PathBuf> {
    let wanted = folder.to_string_lossy().into_owned();
    let processes = fs::read_dir("/proc").unwrap().flatten().map(|e| e.path().join("cmdline"));
    processes.filter(|p| fs::read(p).is_ok_and(|c| String::from_utf8_lossy(&c).contains(&wanted))).collect()
}

fn digest(path: &Path) -> String {
    findings_core::source::sha256(&fs::read(path).unwrap())
}

/// Runs a thousand documents through a plugin's functions under valgrind: no invalid reads, and all memory is freed.
#[test]
#[ignore = "needs valgrind"]
fn memory_has_one_owner_at_a_time() {
    let sandbox = good(&[("memo.txt", MEMO), ("recipe.txt", RECIPE)]);
    for name in ["memo", "recipe"] {
        let run = sandbox.run(&format!("plugin model {name}.txt --format examples.memo"));
        fs::write(sandbox.path().join(format!("{name}.json")), run.out).unwrap();
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = Command::new("cc")
        .args(["-O1", "-g", "-Wall", "-Werror", "-I"])
        .arg(here.join("../plugins/abi/include"))
        .arg("-o")
        .arg(sandbox.path().join("driver"))
        .arg(here.join("tests/plugins/driver.c"))
        .arg("-ldl")
        .status();
    assert!(built.unwrap().success(), "the driver does not build");
    let run = Command::new("valgrind")
        .args(["--quiet", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite"])
        .args(["./driver", "plugin/libmemo.so", "500", "memo.json", "recipe.json"])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert_eq!(String::from_utf8_lossy(&run.stdout), "500 times 0\n500 times 1\n");
}

#[test]
fn a_library_that_is_no_plugin_is_told() {
    let sandbox = good(&[]);
    fs::write(sandbox.path().join("not.c"), "int answer(void) { return 42; }").unwrap();
    let built = Command::new("cc")
        .current_dir(sandbox.path())
        .args(["-shared", "-fPIC", "-o", "not.so", "not.c"])
        .status();
    assert!(built.unwrap().success());
    let run = sandbox.run("plugin pack not.so -o other");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("it exports no function findings_plugin_v1"), "{}", run.err);
    let run = sandbox.run("plugin pack memo.txt -o other");
    assert_eq!(run.code, 2, "{}", run.err);
}

#[test]
fn a_new_plugin_is_a_whole_crate() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.run("plugin new acme-visits");
    assert_eq!(run.code, 0, "{}", run.err);
    for file in
        ["Cargo.toml", "src/lib.rs", "schema.json", "samples/visit.txt", "tests/sample.rs", "README.md"]
    {
        let text = sandbox.read(&format!("acme-visits/{file}"));
        assert!(!text.contains("{name}") && !text.contains("{ident}"), "{file}");
    }
    let schema: Value = serde_json::from_str(&sandbox.read("acme-visits/schema.json")).unwrap();
    assert_eq!(schema["$id"], "urn:findings:schema:acme-visits:1.0");
    // An existing folder is not overwritten, and the name must be valid.
    assert_eq!(sandbox.run("plugin new acme-visits").code, 2);
    assert_eq!(sandbox.run("plugin new Acme").code, 2);
}
