//! The published examples, held against the schemas by another implementation.

use std::process::Command;

use findings_tests::documents::root;

/// Python's `jsonschema` accepts what the examples say is valid, and refuses the rest.
#[test]
fn a_second_implementation_agrees() {
    let script = root().join("schemas/check_examples.py");
    let output = match Command::new("python3").arg(&script).output() {
        Ok(output) => output,
        Err(e) => return println!("SKIPPED: python3 could not be run ({e})"),
    };
    if output.status.code() == Some(2) {
        return println!("SKIPPED: Python's jsonschema is not installed (Debian: python3-jsonschema)");
    }
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" checks, 0 not as said"), "{said}");
}
