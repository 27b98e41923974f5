//! `findings show`: a record beside its document.

#![allow(missing_docs)]

mod common;

use common::{RECIPE, REPORT, Sandbox};

const PDF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/focused-visit/calverdale-2024-06-21.pdf");

#[test]
fn the_page_has_the_values_the_pages_and_their_boxes() {
    let sandbox = Sandbox::new(&[]);
    let run = sandbox.run(&format!("show {PDF} -o page.html"));
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let page = sandbox.read("page.html");
    assert!(page.contains("Focused visit · Calverdale"));
    let pages = page.matches("data:image/png;base64,").count();
    assert!(pages >= 2 && page.matches("<figure class=\"page\"").count() == pages);
    assert!(page.matches("<rect class=\"person").count() >= 2);
    // The page must not load anything from elsewhere.
    assert!(!page.contains("http://") && !page.contains("src=\"http") && !page.contains("@import"));
    assert!(page.len() < 1_500_000, "{}", page.len());
    assert_eq!(
        sandbox.run(&format!("show {PDF} -o page.html")).code,
        0,
        "its own output may be written over"
    );
}

#[test]
fn one_value_is_drawn_where_it_stands() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    assert_eq!(sandbox.run(&format!("show {PDF} --field /letter/date -o date.png")).code, 0);
    assert!(std::fs::read(sandbox.path().join("date.png")).unwrap().starts_with(b"\x89PNG"));
    let run = sandbox.run(&format!("show {PDF} --field /colour -o date.png"));
    assert_eq!(run.code, 1);
    assert!(run.err.contains("the record has no /colour"), "{}", run.err);
    let text = sandbox.run("show a.txt --field /inspection/start -o date.png");
    assert!(text.err.contains("has no place on a page"), "{}", text.err);
}

#[test]
fn a_text_is_shown_as_text_and_its_signs_are_no_markup() {
    let report = REPORT.replace("frank", "<script>frank</script>");
    let sandbox = Sandbox::new(&[("a.txt", &report), ("b.txt", RECIPE)]);
    assert_eq!(sandbox.run("show a.txt -o a.html").code, 0);
    let page = sandbox.read("a.html");
    assert!(
        page.contains("<pre>") && page.contains("&lt;script&gt;frank") && !page.contains("<script>frank")
    );
    assert_eq!(sandbox.run("show b.txt -o b.html").code, 1);
    assert_eq!(sandbox.run("show a.txt -o a.pdf").code, 2);
    assert_eq!(sandbox.run("show a.txt -o a.txt").code, 2);
}
