//! Damaged files, read as other readers repair them.

use super::*;

#[test]
fn pages_without_a_tree_are_found() {
    let page =
        format!("<</Type/Page/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<<{HELVETICA}>>>>>>");
    let text = |objects: &[String]| {
        let layer = pdf::read(&file(objects)).expect("it can be read").layer;
        layer.pages.iter().flat_map(|p| &p.lines).map(TextLine::text).collect::<Vec<_>>().join(" / ")
    };
    let content = stream("", HELLO);
    let lost = ["<</Type/Catalog/Pages 9 0 R>>".to_owned(), "null".into(), page.clone(), content.clone()];
    assert_eq!(text(&lost), "Hello, world");
    let direct = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{page}]/Count 1>>"),
        "null".into(),
        content,
    ];
    assert_eq!(text(&direct), "Hello, world");
}

/// What is read of a page after a change to its file.
fn changed(change: impl Fn(String) -> String) -> String {
    let file = Made { content: HELLO, ..Made::default() }.bytes();
    let file = change(String::from_utf8(file).expect("a file of text"));
    let read = pdf::read(file.as_bytes()).expect("it can be read");
    assert!(read.repaired, "that it was repaired is told");
    read.layer.pages.iter().flat_map(|p| &p.lines).map(TextLine::text).collect::<Vec<_>>().join(" / ")
}

#[test]
fn streams_whose_length_is_not_told_end_where_they_end() {
    let length = format!("/Length {}", HELLO.len());
    for other in ["", "/Length 77 0 R", "/Length -5", "/Length 99999", "/Length 0"] {
        assert_eq!(changed(|file| file.replace(&length, other)), "Hello, world", "{other}");
    }
    assert_eq!(changed(|file| file.replace("\nendstream", "")), "Hello, world");
    assert_eq!(changed(|file| file.replace(&length, "").replace("\nendstream", "")), "Hello, world");
}

#[test]
fn a_file_without_its_first_line_or_with_numbers_written_long() {
    assert_eq!(changed(|file| file.replace("%PDF-1.7\n", "")), "Hello, world");
    assert_eq!(changed(|file| file.replace("4 0 R", "0004 00 R")), "Hello, world");
}

#[test]
fn content_that_is_cut_is_told() {
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    let text: String =
        (0..60).map(|n| format!("BT /F 9 Tf 50 {} Td (line {n}) Tj ET\n", 780 - n * 10)).collect();
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).expect("written into memory");
    let data = encoder.finish().expect("written into memory");
    let read = |data: &[u8]| {
        let hex: String = data.iter().map(|b| format!("{b:02x}")).collect();
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>".into(),
            format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{HELVETICA}>>>>>>"),
            stream("/Filter/FlateDecode", &hex),
        ];
        // The data replaces its hexadecimal digits in the finished file.
        let mut bytes = file(&objects);
        let at = memchr::memmem::find(&bytes, hex.as_bytes()).expect("the digits");
        bytes.splice(at..at + hex.len(), data.iter().copied().chain(std::iter::repeat_n(b' ', data.len())));
        let layer = pdf::read(&bytes).expect("it can be read").layer;
        (layer.pages[0].lines.len(), layer.gaps.iter().filter(|g| g.page == Some(1)).count())
    };
    assert_eq!(read(&data), (60, 0));
    let (lines, gaps) = read(&data[..data.len() * 2 / 3]);
    assert!((5..60).contains(&lines) && gaps == 1, "{lines} lines, {gaps} gaps");
}
