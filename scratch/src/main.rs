#![allow(dead_code, unused_imports, missing_docs)]
pub use findings_record as record;
pub mod runner;
pub mod source;
pub mod text;
pub mod outline {
    pub fn is_mark(_: &str) -> bool { false }
    pub fn paragraph_number(_: &str) -> Option<u32> { None }
}
pub mod grammar {
    pub mod postcode {
        pub fn misread_postcode(_: &str, _: &str) -> Option<(String, String, usize)> { None }
    }
    pub struct Date;
    impl Date {
        pub fn from_iso(_: &str) -> Option<Date> {
            Some(Date)
        }
    }
}
fn main() {
    let f = std::env::args().last().unwrap();
    let bytes = std::fs::read(&f).unwrap();
    let pdf = match source::open(&bytes, &source::Limits::default()) {
        Ok(source::Source::Pdf(p)) => p,
        _ => return,
    };
    let t = std::time::Instant::now();
    match text::pdf::read(pdf) {
        Ok(r) => {
            let pages: Vec<_> = r.layer.pages.iter().map(|p| serde_json::json!({"number": p.number, "turn": p.turn, "width": p.width, "height": p.height, "doubts": format!("{:?}", p.doubts), "lines": p.lines.iter().map(|l| serde_json::json!({"text": l.text(), "angle": l.angle, "aside": l.aside, "note": l.note, "size": l.size, "bbox": l.bbox.map(|b| b.rounded())})).collect::<Vec<_>>()})).collect();
            println!("{}", serde_json::json!({"pages": pages, "unmapped": r.layer.unmapped, "ms": t.elapsed().as_millis() as u64}));
        }
        Err(e) => println!("{}", serde_json::json!({"error": e.to_string()})),
    }
}
