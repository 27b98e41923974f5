//! The published examples, held against the schemas by another implementation.

use std::process::Command;

use findings_tests::documents::root;

/// Python's `jsonschema` accepts what the examples say is valid, and refuses the rest.
#[test]
fn a_second_implementation_agrees() {
    let script = root().join("schemas/check_examples.py");
    // A distribution's own Python has its packages; another one may come first on the path.
    let runs = ["python3", "/usr/bin/python3"].map(|python| Command::new(python).arg(&script).output());
    let with_jsonschema = |o: &std::process::Output| o.status.code() != Some(2);
    let Some(output) = runs.into_iter().flatten().find(with_jsonschema) else {
        return println!("SKIPPED: there is no Python with jsonschema (Debian: python3-jsonschema)");
    };
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" checks, 0 not as said"), "{said}");
}
