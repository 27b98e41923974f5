//! The lines of a PDF's pages as JSON, for inspecting the text layer or comparing it with another reader.
//!
//! `cargo run -p findings-text --example pages -- FILE [PASSWORD]`

use findings_text::source::{Limits, Source, open};
use findings_text::{Page, TextLine, pdf};
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|a| a != "plugin" && a != "model");
    let file = arguments.next().unwrap_or_default();
    let outcome = std::fs::read(&file).map_err(|e| e.to_string()).and_then(|bytes| {
        let Ok(Source::Pdf(pdf)) = open(&bytes, &Limits::default()) else { return Err("no PDF".into()) };
        pdf::read_with(pdf, arguments.next().as_deref()).map_err(|e| e.to_string())
    });
    let shown = match outcome {
        Ok(read) => json!({
            "pages": read.layer.pages.iter().map(page).collect::<Vec<_>>(),
            "unmapped": read.layer.unmapped,
            "cut_short": read.cut_short,
        }),
        Err(e) => json!({ "error": e }),
    };
    println!("{shown}");
}

fn page(page: &Page) -> Value {
    json!({
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "turn": page.turn,
        "doubts": format!("{:?}", page.doubts),
        "lines": page.lines.iter().map(line).collect::<Vec<_>>(),
    })
}

fn line(line: &TextLine) -> Value {
    json!({
        "text": line.text(),
        "bbox": line.bbox.map(|b| b.rounded()),
        "size": line.size,
        "angle": line.angle,
        "aside": line.aside,
        "note": line.note,
    })
}
