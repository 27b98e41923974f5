//! Checks what the documentation says about the repo.

use std::fs;

use findings_tests::documents::root;

/// Every path in code font that begins with a top-level folder must exist.
#[test]
fn every_path_that_is_named_is_there() {
    let mut gone = Vec::new();
    let mut seen = 0;
    let own = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "plugins/README.md"];
    let docs = fs::read_dir(root().join("docs")).expect("a folder").flatten();
    let docs =
        docs.map(|e| format!("docs/{}", e.file_name().to_string_lossy())).filter(|n| n.ends_with(".md"));
    for page in own.map(str::to_owned).into_iter().chain(docs) {
        let text = fs::read_to_string(root().join(&page)).expect("a page");
        for path in text.split('`').skip(1).step_by(2).filter(|code| is_path(code)) {
            seen += 1;
            if !root().join(path).exists() {
                gone.push(format!("{page}: {path}"));
            }
        }
    }
    assert!(seen >= 30, "the pages name paths: {seen}");
    assert!(gone.is_empty(), "not there: {gone:#?}");
}

fn is_path(code: &str) -> bool {
    const FOLDERS: &[&str] = &[
        "bench",
        "cli",
        "core",
        "corpus",
        "docs",
        "forms",
        "plugins",
        "python",
        "record",
        "schemas",
        "scripts",
        "tables",
        "tests",
        "text",
        "workbench",
    ];
    let plain = code.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    plain && code.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder))
}
