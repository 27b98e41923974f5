//! The command on first contact: hints, completions, man pages, plugins of a release.

#![allow(missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{REPORT, Sandbox};
use serde_json::{Value, json};

#[test]
fn a_document_in_the_place_of_a_command_is_asked_about() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("letters/b.txt", REPORT)]);
    for args in ["a.txt", "letters", "gone/c.pdf", "https://example.org/a.pdf"] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(&format!("Did you mean `findings extract {args}`?")), "{}", run.err);
    }
    let run = sandbox.run("extrct");
    assert!(!run.err.contains("Did you mean"), "{}", run.err);
    assert!(run.err.contains("'extract'"), "clap's own hint: {}", run.err);
}

#[test]
fn an_address_is_told_apart_from_a_file() {
    let run = Sandbox::new(&[]).run("extract https://example.org/a.pdf");
    assert_eq!(run.json()["error"]["code"], "not-found");
    assert!(run.err.contains("makes no network requests; fetch it first"), "{}", run.err);
}

#[test]
fn a_bundled_plugin_is_named_where_it_would_read_a_document() {
    let sandbox = Sandbox::new(&[]);
    for (sample, plugin) in
        [("cqc/larkholme-2021-06-18.pdf", "cqc"), ("hiqa/ardvarna-2023-01-17.pdf", "hiqa")]
    {
        let path = format!("{}/../corpus/{sample}", env!("CARGO_MANIFEST_DIR"));
        // A format in a file may read it as well, though less of it.
        let run = sandbox.run(&format!("extract --no-format-files {path}"));
        let message = run.json()["error"]["message"].to_string();
        assert!(
            message.contains(&format!("the plugin {plugin} reads it (`findings plugin install {plugin}`)")),
            "{message}"
        );
    }
    let message = Sandbox::new(&[("a.txt", common::RECIPE)]).run("extract a.txt").json()["error"]["message"]
        .to_string();
    assert!(!message.contains("plugin install"), "{message}");
}

#[test]
fn shells_and_man_know_every_command() {
    let sandbox = Sandbox::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = sandbox.run(&format!("completions {shell}")).out;
        for word in ["extract", "new-only", "snapshot", "completions"] {
            assert!(text.contains(word), "{shell}: {word}");
        }
        assert!(!text.contains("test-balloon"), "{shell}: the worker is nobody's to call");
    }
    assert_eq!(sandbox.run("man pages").code, 0);
    let page = sandbox.read("pages/findings-extract.1");
    assert!(
        page.contains(".TH") && page.contains("new\\-only") && page.contains("findings extract letter.pdf"),
        "{page}"
    );
    assert!(sandbox.path().join("pages/findings-plugin-install.1").is_file());
    assert!(!sandbox.path().join("pages/findings-worker.1").exists());
    // At least bash can be asked whether its script is valid.
    fs::write(sandbox.path().join("c.bash"), sandbox.run("completions bash").out).unwrap();
    let bash = Command::new("bash").args(["-n", "c.bash"]).current_dir(sandbox.path()).status().unwrap();
    assert!(bash.success());
}

/// The plugin in C, packed like a release, with the release's digests.
#[cfg(target_os = "linux")]
fn release(sandbox: &Sandbox) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-I"])
        .arg(here.join("../plugins/abi/include"))
        .arg("-o")
        .arg(sandbox.path().join("libmemo.so"))
        .arg(here.join("../plugins/example-c/memo.c"))
        .status();
    assert!(built.expect("a C compiler, which Rust links with, too").success());
    assert_eq!(sandbox.run("plugin pack libmemo.so -o release/memo").code, 0);
    let sums = Command::new("sh")
        .args(["-c", "cd release && sha256sum memo/* > SHA256SUMS"])
        .current_dir(sandbox.path())
        .status();
    assert!(sums.unwrap().success());
    sandbox.path().join("release/memo")
}

#[cfg(target_os = "linux")]
#[test]
fn a_plugin_of_a_release_is_installed_by_one_command() {
    let memo = "Memo of the Office for Examples\n\nMemo reference: AB-12\n\nAll is well.\n";
    let sandbox = Sandbox::new(&[("memo.txt", memo)]);
    release(&sandbox);
    assert_eq!(sandbox.run("extract memo.txt").json()["error"]["code"], "unknown-format");
    let run = sandbox.run("plugin install release/memo");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("trusted, by the digests of the release"), "{}", run.out);
    assert_eq!(sandbox.run("extract memo.txt").json()["extension"]["reference"], "AB-12");
    // Installing again does no harm. An unknown name gives an error that says where it was looked for.
    assert_eq!(sandbox.run("plugin install release/memo").code, 0);
    let run = sandbox.run("plugin install acme");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("lib/findings/plugins/acme"), "{}", run.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_plugin_that_is_not_as_the_release_had_it_is_refused() {
    let sandbox = Sandbox::new(&[]);
    let folder = release(&sandbox);
    let description = folder.join("plugin.toml");
    let text = fs::read_to_string(&description).unwrap();
    fs::write(&description, format!("{text}\n# mine\n")).unwrap();
    let run = sandbox.run("plugin install release/memo");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("differs from the release"), "{}", run.err);
    assert!(!sandbox.path().join("data/findings/plugins").exists(), "nothing was copied");
    // Without the list of digests, it is the user's decision to trust the files.
    fs::remove_file(sandbox.path().join("release/SHA256SUMS")).unwrap();
    assert!(sandbox.run("plugin install release/memo").out.contains("as its files are now"));
}

/// The built-in description of the bundled plugins must match the plugins.
#[test]
#[ignore = "needs the plugins' libraries: cargo build --workspace"]
fn bundled_plugins_are_known_as_they_are() {
    let sandbox = Sandbox::new(&[]);
    let known: Vec<Value> = serde_json::from_str(include_str!("../data/bundled-plugins.json")).unwrap();
    let built = Path::new(env!("CARGO_BIN_EXE_findings")).parent().unwrap();
    for bundled in known {
        let id = bundled["plugin"].as_str().unwrap();
        let library = built.join(format!("libfindings_{id}.so"));
        assert_eq!(sandbox.run(&format!("plugin pack {} -o {id}", library.display())).code, 0);
        let told: Value = toml::from_str::<toml::Value>(&sandbox.read(&format!("{id}/plugin.toml")))
            .map(|t| serde_json::to_value(t).unwrap())
            .unwrap();
        let anchors = |f: &Value| {
            let all = f["anchors"].as_array().unwrap().iter();
            let weight = |a: &Value| format!("{:.3}", a["weight"].as_f64().unwrap());
            all.map(|a| json!([a["phrases"], a["place"], weight(a)])).collect::<Vec<_>>()
        };
        let brief = |formats: &Value| {
            let all = formats.as_array().unwrap().iter();
            all.map(|f| json!([f["id"], f["title"], f["regulator"], anchors(f)])).collect::<Vec<_>>()
        };
        assert_eq!(brief(&bundled["formats"]), brief(&told["formats"]), "{id}");
    }
}
