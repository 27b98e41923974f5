//! Counts over documents how often each check could be made, and how often it held: the numbers in the table of
//! checks.
use std::collections::BTreeMap;

use findings_core::{checks, pipeline};

fn main() -> std::io::Result<()> {
    let mut counts: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file)?;
        for (check, held) in pipeline::tally(&file, &bytes, &Default::default()) {
            let count = counts.entry(check).or_default();
            count.0 += u32::from(held);
            count.1 += 1;
        }
    }
    for check in checks::all() {
        let (held, made) = counts.get(check.name).copied().unwrap_or_default();
        println!("{:<28} {held:>5} of {made:>5}", check.name);
    }
    Ok(())
}
