//! Reads documents and prints one line of NDJSON for each.
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for f in std::env::args().skip(1) {
        let bytes = std::fs::read(&f)?;
        let reading = findings_core::pipeline::read(&f, &bytes, &Default::default());
        match reading.outcome {
            Ok(r) => serde_json::to_writer(&mut out, &r)?,
            Err(e) => serde_json::to_writer(&mut out, &e)?,
        }
        writeln!(out)?;
    }
    Ok(())
}
