//! Prints the outline of documents: what the grammars see.
use std::io::Write;

use findings_core::outline::Outline;
use findings_core::text;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for f in std::env::args().skip(1) {
        let bytes = std::fs::read(&f)?;
        let layer = if bytes.starts_with(b"%PDF") {
            text::pdf::read(&bytes).expect("readable").layer
        } else {
            text::plain::read(&String::from_utf8_lossy(&bytes))
        };
        let outline = Outline::build(&layer);
        assert_eq!(outline.blocks.iter().map(|b| b.words).sum::<u32>(), layer.word_count(), "{f}");
        writeln!(out, "## {f} body {}", outline.body_size)?;
        for b in &outline.blocks {
            writeln!(
                out,
                "{:>2} {:<12} {:>4}{}{} {}{}",
                b.page,
                format!("{:?}", b.role),
                b.style.size,
                if b.style.bold { "B" } else { "" },
                b.style.tagged_heading.map_or(String::new(), |h| format!("h{h}")),
                b.number.map_or(String::new(), |n| format!("[{n}] ")),
                if b.rows.is_empty() {
                    b.text.as_str().to_owned()
                } else {
                    b.rows
                        .iter()
                        .map(|r| r.iter().map(|c| c.as_str()).collect::<Vec<_>>().join(" | "))
                        .collect::<Vec<_>>()
                        .join("\n              / ")
                }
            )?;
        }
    }
    Ok(())
}
