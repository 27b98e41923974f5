//! The beginning of a plugin: a crate with a detector, a grammar of one production, a schema, a sample and a test.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Exit;
use crate::commands::print;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Its name: lower-case letters, digits and hyphens
    name: String,
    /// The folder that is made [default: the name]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the SDK is: plugins/sdk in a checkout of findings [default: the checkout that this binary was built in]
    #[arg(long, value_name = "DIR")]
    sdk: Option<PathBuf>,
}

/// The files of the crate; `{name}` is the plugin's name, `{ident}` the same as an identifier.
const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("template/Cargo.toml.txt")),
    ("README.md", include_str!("template/README.md.txt")),
    ("schema.json", include_str!("template/schema.json.txt")),
    ("src/lib.rs", include_str!("template/lib.rs.txt")),
    ("tests/sample.rs", include_str!("template/sample.rs.txt")),
    ("samples/visit.txt", include_str!("template/visit.txt")),
];

pub(super) fn run(args: &Args) -> Result<Exit, String> {
    let name = &args.name;
    let good = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-');
    if !good || name == "ofsted" {
        return Err(format!(
            "“{name}” can't be the name of a plugin: use lower-case letters, digits and hyphens, a letter first"
        ));
    }
    let folder = args.output.clone().unwrap_or_else(|| name.into());
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!(
            "{} is there already and is not empty; name another folder with -o",
            folder.display()
        ));
    }
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins/sdk");
    let sdk = args.sdk.clone().unwrap_or(built_in);
    let sdk = sdk.canonicalize().ok().filter(|s| s.join("Cargo.toml").is_file()).ok_or_else(|| {
        format!("there is no SDK in {}: name plugins/sdk of a checkout of findings with --sdk", sdk.display())
    })?;
    let ident = name.replace('-', "_");
    for (file, template) in FILES {
        let text = template
            .replace("{name}", name)
            .replace("{ident}", &ident)
            .replace("{sdk}", &sdk.display().to_string().replace('\\', "/"));
        let path = folder.join(file);
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, text))
            .map_err(|e| format!("{} could not be written: {e}", path.display()))?;
    }
    let at = folder.display();
    Ok(print(&format!(
        "{name} is in {at}. Next:\n  cd {at}\n  cargo test\n  cargo build --release\n  \
         findings plugin pack target/release/lib{ident}.so -o plugin\n  \
         findings plugin check plugin --samples samples\n  findings plugin trust plugin\n  \
         findings extract --plugin-dir plugin samples/visit.txt\n"
    )))
}
