//! Creates the skeleton of a plugin: a crate with a detector, a grammar of one production, a schema, a sample and a
//! test.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Exit;
use crate::commands::print;
use crate::error::Refusal;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Name of the plugin: lower-case letters, digits and hyphens
    name: String,
    /// Folder to create [default: the name]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the SDK is: plugins/sdk in a checkout of findings, or a git address with a revision, such as
    /// `https://…/findings.git#v0.1.0` [default: the published crate of this version]
    #[arg(long, value_name = "WHERE")]
    sdk: Option<String>,
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

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let name = &args.name;
    let good = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-');
    if !good || name == "ofsted" {
        return Err(format!(
            "“{name}” can't be the name of a plugin: use lower-case letters, digits and hyphens, starting with a letter"
        ).into());
    }
    let folder = args.output.clone().unwrap_or_else(|| name.into());
    if folder.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!(
            "{} exists already and is not empty; choose another folder with -o",
            folder.display()
        )
        .into());
    }
    let sdk = dependency(args.sdk.as_deref())?;
    let ident = name.replace('-', "_");
    for (file, template) in FILES {
        let text = template.replace("{name}", name).replace("{ident}", &ident).replace("{sdk}", &sdk);
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

/// The SDK as a dependency in `Cargo.toml`. A local path is used only if asked for, because the crate should build on
/// other machines.
fn dependency(sdk: Option<&str>) -> Result<String, Refusal> {
    let Some(sdk) = sdk else { return Ok(format!("\"{}\"", env!("CARGO_PKG_VERSION"))) };
    if sdk.contains("://") || sdk.starts_with("git@") {
        return sdk
            .split_once('#')
            .map(|(address, revision)| format!("{{ git = \"{address}\", rev = \"{revision}\" }}"))
            .ok_or_else(|| {
                format!("{sdk} has no revision: write {sdk}#REVISION, so that every build uses the same one")
                    .into()
            });
    }
    let folder = Path::new(sdk).canonicalize().ok().filter(|s| s.join("Cargo.toml").is_file());
    let folder = folder.ok_or_else(|| {
        format!("there is no SDK in {sdk}: give plugins/sdk of a checkout of findings, or a git address with a revision")
    })?;
    Ok(format!("{{ path = \"{}\" }}", folder.display().to_string().replace('\\', "/")))
}

#[cfg(test)]
mod tests {
    use super::dependency;

    #[test]
    fn a_new_plugin_depends_on_what_another_machine_has() {
        assert_eq!(dependency(None).unwrap(), format!("\"{}\"", env!("CARGO_PKG_VERSION")));
        let git = dependency(Some("https://example.org/findings.git#v0.1.0")).unwrap();
        assert_eq!(git, "{ git = \"https://example.org/findings.git\", rev = \"v0.1.0\" }");
        assert!(
            dependency(Some("https://example.org/findings.git"))
                .unwrap_err()
                .to_string()
                .contains("#REVISION")
        );
        assert!(dependency(Some("no/such/folder")).unwrap_err().to_string().contains("plugins/sdk"));
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../plugins/sdk");
        assert!(dependency(Some(here)).unwrap().starts_with("{ path = \"/"));
    }
}
