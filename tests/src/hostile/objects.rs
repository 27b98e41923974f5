//! The classes about objects: how deep they nest, how many they are, object streams, cross-reference streams.

use super::container::noise;
use super::letter::{CATALOG, CONTENT_1, CONTENT_2, FREE, INFO, PAGE_1, RESOURCES, letter};
use super::writer::{Modern, bomb, deflate};
use super::{HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE};

/// Objects of every kind of excess.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = nested();
    all.extend(many());
    all.extend(object_streams());
    all.extend(reference_streams());
    all
}

/// The letter with one more object that its catalog refers to.
fn with_object(object: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut pdf = letter();
    pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /Extra 11 0 R >>").set(FREE, object);
    pdf.build()
}

/// Deep nests, and objects that do not end.
fn nested() -> Vec<Hostile> {
    let deep = 100_000;
    let dictionaries = format!("{}null{}", "<</A ".repeat(deep), ">>".repeat(deep));
    let mixed = format!("{}null{}", "[<</A ".repeat(deep / 2), ">>]".repeat(deep / 2));
    vec![
        Hostile::new(
            "arrays-100000-deep",
            REPAIRABLE,
            with_object(format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        ),
        Hostile::new("arrays-1000000-deep-unclosed", REPAIRABLE, with_object("[".repeat(10 * deep))),
        Hostile::new("dictionaries-100000-deep", REPAIRABLE, with_object(dictionaries)),
        Hostile::new("arrays-and-dictionaries-100000-deep", REPAIRABLE, with_object(mixed)),
        Hostile::new("dictionaries-100000-deep-unclosed", REPAIRABLE, with_object("<</A".repeat(deep))),
        Hostile::new("trailer-100000-deep", REPAIRABLE, {
            let mut pdf = letter();
            pdf.trailer.push_str(&format!(" /Extra {}{}", "[".repeat(deep), "]".repeat(deep)));
            pdf.build()
        }),
        Hostile::new("string-parentheses-100000-deep", REPAIRABLE, {
            with_object(format!("{}{}", "(".repeat(deep), ")".repeat(deep)))
        }),
        Hostile::new("string-unterminated", REPAIRABLE, with_object("(this string has no end \\")),
        Hostile::new("hex-string-unterminated", REPAIRABLE, with_object("<48454C4C4F")),
        Hostile::new("hex-string-of-other-letters", REPAIRABLE, with_object("<GHIJ ~~ 4X(>")),
        Hostile::new("dictionary-unterminated", REPAIRABLE, with_object("<< /A 1 /B << /C 2")),
        Hostile::new("dictionary-of-odd-length", REPAIRABLE, with_object("<< /A /B /C 1 2 (three) >>")),
        Hostile::new("numbers-absurd", REPAIRABLE, {
            with_object(format!(
                "[ {} -{} 0.{} +-1 --5 1.2.3 . - + 1e5 0x10 {} 0 R 1 99999999999 R -1 0 R ]",
                "9".repeat(5_000),
                "9".repeat(400),
                "1".repeat(5_000),
                "9".repeat(30),
            ))
        }),
        Hostile::new("name-of-1-mb", REPAIRABLE, with_object(format!("/{}", "N".repeat(1_000_000)))),
        Hostile::new("string-with-bad-escapes", RECORD, {
            let mut pdf = letter();
            pdf.set(INFO, &b"<< /Title (\\777\\8\\9\\q\\(\\\r\n\\\\\\400 \\1) /Author (\\\\) >>"[..]);
            pdf.build()
        }),
        Hostile::new("object-chain-of-50000-references", PARTIAL, {
            let mut pdf = letter();
            pdf.set(RESOURCES, "1000 0 R");
            for id in 1000..51_000 {
                pdf.set(id, format!("{} 0 R", id + 1));
            }
            pdf.set(51_000, "<< /Font << /F1 8 0 R /F2 9 0 R >> >>");
            pdf.build()
        }),
        Hostile::new("object-number-huge", REPAIRABLE, {
            letter().set(u32::MAX / 1000, "null").with_ending(|_| letter().tail("0"))
        }),
        Hostile::new("objects-without-endobj", REPAIRABLE, {
            let pdf = letter();
            let bytes = pdf.with_ending(|_| pdf.tail("0"));
            let marks: Vec<usize> = (0..bytes.len()).filter(|n| bytes[*n..].starts_with(b"endobj")).collect();
            let mut bytes = bytes;
            marks.into_iter().for_each(|start| bytes[start..start + 6].fill(b' '));
            bytes
        }),
    ]
}

/// Very many objects.
fn many() -> Vec<Hostile> {
    vec![
        Hostile::new("objects-400000-tiny", HEAVY, tiny_objects(400_000)),
        Hostile::new("objects-1000000-tiny-in-streams", HEAVY, tiny_objects_in_streams()),
        Hostile::new("objects-500000-without-table", HEAVY, {
            let pdf = letter();
            pdf.with_ending(|_| {
                let mut out = "12 0 obj 1 endobj\n".repeat(500_000);
                out.push_str(&pdf.tail("0"));
                out
            })
        }),
        Hostile::new("array-of-1000000-references", HEAVY, {
            let mut array = b"[ ".to_vec();
            array.extend_from_slice(&b"11 0 R ".repeat(1_000_000));
            array.push(b']');
            with_object(array)
        }),
    ]
}

/// The letter with so many objects `1` behind it, all in the table.
fn tiny_objects(count: usize) -> Vec<u8> {
    const FIRST: usize = 1_000_000;
    let pdf = letter();
    let mut body = pdf.body();
    let start = body.bytes.len();
    let mut object = *b"1000000 0 obj 1 endobj\n";
    for _ in 0..count {
        body.bytes.extend_from_slice(&object);
        add(&mut object[..7], 1);
    }
    let table_start = body.bytes.len();
    body.bytes.extend_from_slice(super::writer::table(&body.offsets, pdf.size()).as_bytes());
    body.bytes.extend_from_slice(format!("{FIRST} {count}\n").as_bytes());
    let mut line = format!("{start:010} 00000 n \n").into_bytes();
    for _ in 0..count {
        body.bytes.extend_from_slice(&line);
        add(&mut line[..10], object.len());
    }
    let size = FIRST + count;
    let tail = format!("trailer\n<< /Size {size} {} >>\nstartxref\n{table_start}\n%%EOF\n", pdf.trailer);
    body.bytes.extend_from_slice(tail.as_bytes());
    body.bytes
}

/// The letter with a million objects `1` in a hundred object streams.
fn tiny_objects_in_streams() -> Vec<u8> {
    const STREAMS: u32 = 100;
    const EACH: u32 = 10_000;
    const FIRST_STREAM: u32 = 1_000;
    const FIRST: u32 = 1_000_000;
    // The first stream, of which the others differ in the second and third digit of every number.
    let mut data = Vec::new();
    for n in 0..EACH {
        data.extend_from_slice(format!("{} {:05} ", FIRST + n, 2 * n).as_bytes());
    }
    let first = data.len();
    let width = first / EACH as usize;
    data.extend_from_slice(&b"1 ".repeat(EACH as usize));
    let mut pdf = letter();
    for stream in 0..STREAMS {
        let digits = format!("{stream:02}");
        data[..first]
            .chunks_exact_mut(width)
            .for_each(|entry| entry[1..3].copy_from_slice(digits.as_bytes()));
        pdf.flate(FIRST_STREAM + stream, &format!("/Type /ObjStm /N {EACH} /First {first}"), &data);
    }
    // One section for the letter and the streams, one for the objects; the streams are kept plain in the file.
    let mut body = pdf.body();
    let start = body.bytes.len();
    let mut rows: Vec<u8> = Vec::new();
    let row = |rows: &mut Vec<u8>, kind: u8, second: u32, third: u16| {
        rows.push(kind);
        rows.extend_from_slice(&second.to_be_bytes());
        rows.extend_from_slice(&third.to_be_bytes());
    };
    let sparse = pdf.size();
    for id in 0..sparse {
        match body.offsets.get(&id) {
            Some(offset) => row(&mut rows, 1, *offset as u32, 0),
            None => row(&mut rows, 0, 0, 0),
        }
    }
    let letters = rows.len();
    for n in 0..EACH {
        row(&mut rows, 2, FIRST_STREAM, n as u16);
    }
    let mut part = rows.split_off(letters);
    for stream in FIRST_STREAM..FIRST_STREAM + STREAMS {
        part.chunks_exact_mut(7).for_each(|row| row[1..5].copy_from_slice(&stream.to_be_bytes()));
        rows.extend_from_slice(&part);
    }
    let table = deflate(&rows);
    let (count, size) = (STREAMS * EACH, FIRST + STREAMS * EACH + 1);
    body.bytes.extend_from_slice(
        format!(
            "{} 0 obj\n<< /Type /XRef /Size {size} /W [1 4 2] /Index [0 {sparse} {FIRST} {count}] {} /Filter \
             /FlateDecode /Length {} >>\nstream\n",
            size - 1,
            pdf.trailer,
            table.len()
        )
        .as_bytes(),
    );
    body.bytes.extend_from_slice(&table);
    body.bytes.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
    body.bytes
}

/// Adds to a number in ASCII digits. (Printing all the numbers is too slow for a debug build.)
fn add(digits: &mut [u8], addend: usize) {
    let mut carry = addend;
    let mut at = digits.len();
    while carry > 0 {
        at -= 1;
        let sum = usize::from(digits[at] - b'0') + carry;
        digits[at] = b'0' + (sum % 10) as u8;
        carry = sum / 10;
    }
}

/// Object streams.
fn object_streams() -> Vec<Hostile> {
    let object_stream = Modern::OBJECT_STREAM;
    let with = |entries: &dyn Fn(usize, usize) -> String| {
        let mut file = Modern::new(letter());
        let (data, count, first) = file.packed();
        file.object_stream = Some((entries(count, first), deflate(&data)));
        file.build()
    };
    let with_data = |entries: &str, data: Vec<u8>| {
        let mut file = Modern::new(letter());
        file.object_stream = Some((format!("/Type /ObjStm {entries}"), data));
        file.build()
    };
    vec![
        Hostile::new("object-stream-extends-itself", REPAIRABLE, {
            with(&|count, first| {
                format!(
                    "/Type /ObjStm /N {count} /First {first} /Extends {object_stream} 0 R /Filter /FlateDecode"
                )
            })
        }),
        Hostile::new("object-stream-contains-itself", PARTIAL, {
            let mut file = Modern::new(letter());
            file.entries.push((object_stream, [2, u64::from(object_stream), 0]));
            file.build()
        }),
        Hostile::new("object-streams-contain-one-another", PARTIAL, {
            let mut file = Modern::new(letter());
            file.entries.push((object_stream, [2, 899, 0]));
            file.entries.push((899, [2, u64::from(object_stream), 0]));
            file.build()
        }),
        Hostile::new("object-stream-length-is-inside", PARTIAL, {
            // The stream's length is in the stream.
            let mut file = Modern::new(letter());
            let mut pdf = letter();
            pdf.set(20, "1500");
            file.pdf = pdf;
            let (data, count, first) = file.packed();
            file.object_stream = Some((
                format!("/Type /ObjStm /N {count} /First {first} /Length 20 0 R /Filter /FlateDecode"),
                deflate(&data),
            ));
            file.build()
        }),
        Hostile::new("object-stream-first-is-inside", PARTIAL, {
            with(&|count, _| format!("/Type /ObjStm /N {count} /First 10 0 R /Filter /FlateDecode"))
        }),
        Hostile::new("object-stream-count-huge", PARTIAL, {
            with(&|_, first| {
                format!("/Type /ObjStm /N 9223372036854775807 /First {first} /Filter /FlateDecode")
            })
        }),
        Hostile::new("object-stream-count-negative", PARTIAL, {
            with(&|_, first| format!("/Type /ObjStm /N -1 /First {first} /Filter /FlateDecode"))
        }),
        Hostile::new("object-stream-first-beyond-data", PARTIAL, {
            with(&|count, _| format!("/Type /ObjStm /N {count} /First 4294967295 /Filter /FlateDecode"))
        }),
        Hostile::new("object-stream-first-negative", PARTIAL, {
            with(&|count, _| format!("/Type /ObjStm /N {count} /First -9 /Filter /FlateDecode"))
        }),
        Hostile::new(
            "object-stream-index-absurd",
            PARTIAL,
            with_data(
                "/N 9 /First 90",
                b"1 99999999999 2 -5 3 18446744073709551616 x y 4 4 7 0 8 (9) 1 1                                   \
                  << /Type /Catalog >>"
                    .to_vec(),
            ),
        ),
        Hostile::new("object-stream-noise", PARTIAL, with_data("/N 9 /First 50", noise(10_000))),
        Hostile::new("object-stream-with-streams-inside", PARTIAL, {
            let mut file = Modern::new(letter());
            file.pdf.set(20, "<< /Length 3 >>\nstream\nabc\nendstream");
            file.pdf.set(21, "21 0 obj << >> endobj");
            file.build()
        }),
        Hostile::new("object-stream-bomb-of-1-gb", HEAVY, {
            with_data("/N 9 /First 50 /Filter /FlateDecode", bomb(&[b' '; 1 << 18], 4096))
        }),
        Hostile::new("object-stream-bomb-of-numbers", HEAVY, {
            with_data("/N 100000000 /First 900000000 /Filter /FlateDecode", bomb(&b"1 0 ".repeat(1 << 18), 1000))
        }),
        Hostile::new("reference-table-index-wrong", REPAIRABLE, {
            let mut file = Modern::new(letter());
            for id in [CATALOG, 2, PAGE_1, RESOURCES] {
                file.entries.push((id, [2, u64::from(object_stream), 60_000]));
            }
            file.build()
        }),
        Hostile::new("reference-table-object-in-page-content", PARTIAL, {
            let mut file = Modern::new(letter());
            file.entries.push((CATALOG, [2, u64::from(CONTENT_1), 0]));
            file.entries.push((PAGE_1, [2, u64::from(CONTENT_2), 1]));
            file.build()
        }),
    ]
}

/// Cross-reference streams.
fn reference_streams() -> Vec<Hostile> {
    let widths = |widths: &str| Modern { widths: Some(widths.to_owned()), ..Modern::new(letter()) }.build();
    let extra = |extra: &str| Modern { extra: extra.to_owned(), ..Modern::new(letter()) }.build();
    let size = |size: &str| Modern { size: Some(size.to_owned()), ..Modern::new(letter()) }.build();
    let table = |extra: &str, table: Vec<u8>| {
        Modern { extra: extra.to_owned(), table: Some(table), ..Modern::new(letter()) }.build()
    };
    vec![
        Hostile::new("reference-stream-widths-zero", REPAIRABLE, widths("[0 0 0]")),
        Hostile::new(
            "reference-stream-widths-huge",
            REPAIRABLE,
            widths("[9223372036854775807 9223372036854775807 9223372036854775807]"),
        ),
        Hostile::new("reference-stream-widths-negative", REPAIRABLE, widths("[-1 4 -2]")),
        Hostile::new("reference-stream-widths-of-twenty-bytes", REPAIRABLE, widths("[20 20 20]")),
        Hostile::new("reference-stream-widths-of-two", REPAIRABLE, widths("[1 4]")),
        Hostile::new("reference-stream-widths-wrong-types", REPAIRABLE, widths("[(1) /4 null]")),
        Hostile::new("reference-stream-widths-missing", REPAIRABLE, widths("null")),
        Hostile::new(
            "reference-stream-widths-zero-index-huge",
            REPAIRABLE,
            Modern {
                widths: Some("[0 0 0]".to_owned()),
                extra: "/Index [0 4294967295 0 4294967295]".to_owned(),
                ..Modern::new(letter())
            }
            .build(),
        ),
        Hostile::new("reference-stream-index-huge", REPAIRABLE, extra("/Index [0 9223372036854775807]")),
        Hostile::new("reference-stream-index-negative", REPAIRABLE, extra("/Index [-100 -5 9 0]")),
        Hostile::new("reference-stream-index-odd", REPAIRABLE, extra("/Index [0 11 900 (two) 5]")),
        Hostile::new("reference-stream-size-huge", REPAIRABLE, size("9223372036854775807")),
        Hostile::new("reference-stream-size-negative", REPAIRABLE, size("-1")),
        Hostile::new("reference-stream-prev-to-itself", REPAIRABLE, {
            let mut file = Modern::new(letter());
            let marker = "/Prev 0000000000";
            file.extra = marker.to_owned();
            let bytes = file.build();
            let start = bytes.len() - b"\n%%EOF\n".len();
            let digits = bytes[..start].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let offset = String::from_utf8_lossy(&bytes[start - digits..start]).into_owned();
            file.extra = format!("/Prev {offset:0>10}");
            file.build()
        }),
        Hostile::new("reference-stream-columns-absurd", REPAIRABLE, {
            table(
                "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 9223372036854775807 /Colors 4096 \
                 /BitsPerComponent 64 >>",
                deflate(&[2; 64]),
            )
        }),
        Hostile::new("reference-stream-columns-negative", REPAIRABLE, {
            table("/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns -7 >>", deflate(&[2; 64]))
        }),
        Hostile::new("reference-stream-columns-zero", REPAIRABLE, {
            table("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 0 >>", deflate(&[2; 64]))
        }),
        Hostile::new("reference-stream-predictor-absurd", REPAIRABLE, {
            table("/Filter /FlateDecode /DecodeParms << /Predictor 4711 /Columns 7 >>", deflate(&[9; 64]))
        }),
        Hostile::new("reference-stream-noise", REPAIRABLE, table("", noise(7 * 902))),
        Hostile::new("reference-stream-bomb-of-1-gb", HEAVY, {
            table(
                "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >>",
                bomb(&[0; 1 << 18], 4096),
            )
        }),
        Hostile::new("reference-stream-bomb-of-entries", HEAVY, {
            let extra = "/Filter /FlateDecode /Index [0 100000000]";
            table(extra, bomb(&[1, 0, 0, 0, 15, 0, 0].repeat(1 << 16), 1024))
        }),
    ]
}
