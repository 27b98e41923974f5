//! The stored examples: what each version's schema must accept or refuse.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde_json::Value;

use super::{Problem, files, read};
use crate::schema_diff::version;

/// The list of the examples.
const MANIFEST: &str = "examples/examples.json";

/// Checks each example against all schemas that it concerns.
///
/// A valid one must be valid under every published version with its major number and under the current one, so that
/// stored records stay valid. An invalid one must be refused by its own version and all later ones, because a later
/// version never accepts what an earlier one refuses.
pub(super) fn check(folder: &Path) -> io::Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let schemas = schemas(folder)?;
    for major in schemas.keys().map(|(_, major)| *major).collect::<std::collections::BTreeSet<u32>>() {
        let base = format!("v{major}/examples");
        let manifest = read(folder, &format!("v{major}/{MANIFEST}")).unwrap_or_default();
        let entries = manifest["examples"].as_array().cloned().unwrap_or_default();
        for path in files(folder, &base)?.iter().filter(|p| !p.ends_with(MANIFEST)) {
            if !entries.iter().any(|e| format!("{base}/{}", e["path"].as_str().unwrap_or_default()) == *path)
            {
                problems.push(Problem::new(path, "is not in examples.json: describe there what it shows"));
            }
        }
        for entry in &entries {
            let text = |key: &str| entry[key].as_str().unwrap_or_default();
            let path = format!("{base}/{}", text("path"));
            let Ok(example) = read(folder, &path) else {
                problems.push(Problem::new(path, "is named in examples.json but can't be read"));
                continue;
            };
            let minor = text("since").split('.').nth(1).and_then(|m| m.parse::<u32>().ok());
            let versions = schemas.get(&(text("schema").to_owned(), major));
            let (Some(minor), Some(versions), Some(valid)) = (minor, versions, entry["valid"].as_bool())
            else {
                problems.push(Problem::new(
                    path,
                    "examples.json must give its schema, since (1.0, say) and valid",
                ));
                continue;
            };
            for schema in versions.iter().filter(|s| valid || s.minor >= minor) {
                if schema.validator.is_valid(&example) != valid {
                    let must = if valid { "valid" } else { "refused" };
                    problems.push(Problem::new(
                        &path,
                        format!("must be {must} under {} but is not", schema.path),
                    ));
                }
            }
        }
    }
    Ok(problems)
}

struct Compiled {
    path: String,
    minor: u32,
    validator: jsonschema::Validator,
}

/// All schemas of the folder, published and current, by name and major version.
fn schemas(folder: &Path) -> io::Result<BTreeMap<(String, u32), Vec<Compiled>>> {
    let mut by_name: BTreeMap<(String, u32), Vec<Compiled>> = BTreeMap::new();
    for path in files(folder, "")?.into_iter().filter(|p| p.ends_with(".schema.json")) {
        let schema: Value = read(folder, &path)?;
        let Some((name, major, minor)) = schema["$id"].as_str().and_then(version) else { continue };
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|e| io::Error::other(format!("{path} is not a JSON Schema: {e}")))?;
        by_name.entry((name.to_owned(), major)).or_default().push(Compiled { path, minor, validator });
    }
    Ok(by_name)
}
