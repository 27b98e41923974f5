//! Prints the text layer of PDFs, a line a line: what the lines stage sees.
use std::io::Write;
fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for f in std::env::args().skip(1) {
        let bytes = std::fs::read(&f).unwrap();
        match findings_core::text::pdf::read(&bytes) {
            Ok(p) => {
                let l = &p.layer;
                writeln!(out, "## {f} unmapped {} elements {}", l.unmapped, l.elements.len()).unwrap();
                for page in &l.pages {
                    writeln!(out, "--- page {} {}x{}", page.number, page.width, page.height).unwrap();
                    for x in &page.lines {
                        let b = x.bbox.unwrap();
                        writeln!(
                            out,
                            "{:>5.0},{:>4.0} {:>5.1}{}{}{} {:>5} {:?} | {}",
                            b.x0,
                            b.top,
                            x.size,
                            if x.bold { "B" } else { " " },
                            if x.artifact { "A" } else { " " },
                            if x.same_row { "=" } else { " " },
                            x.element.map_or("-".into(), |e| e.to_string()),
                            x.element.map(|e| l.elements[e as usize].role),
                            x.text()
                        )
                        .unwrap();
                    }
                }
            }
            Err(e) => writeln!(out, "## {f} {e}").unwrap(),
        }
    }
}
