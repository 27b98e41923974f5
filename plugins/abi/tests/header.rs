//! The C header says what the Rust types say.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_header_is_what_would_be_generated() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(here.join("cbindgen.toml")).expect("a configuration");
    let bindings = cbindgen::Builder::new()
        .with_src(here.join("src/lib.rs"))
        .with_config(config)
        .generate()
        .expect("bindings");
    let mut header = Vec::new();
    bindings.write(&mut header);
    let path = here.join("include/findings_plugin.h");
    if env::var_os("FINDINGS_WRITE").is_some() {
        fs::create_dir_all(here.join("include")).expect("a folder");
        fs::write(&path, &header).expect("writing the header");
    }
    let committed = fs::read(&path).unwrap_or_default();
    assert!(
        committed == header,
        "the header is out of date: update it with `FINDINGS_WRITE=1 cargo test -p findings-plugin-abi`"
    );
}
