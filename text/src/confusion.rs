//! The words that a damaged word may have been, judging by the letters that OCR confuses.

/// Letters as recognised, letters as printed, and the cost of assuming that confusion.
pub const CONFUSIONS: &[(&str, &str, f32)] = &[
    ("m", "rn", 1.0),
    ("rn", "m", 1.0),
    ("cl", "d", 1.0),
    ("d", "cl", 1.0),
    ("fl", "fi", 1.0),
    ("fi", "fl", 1.3),
    ("1", "l", 0.9),
    ("1", "I", 1.1),
    ("1", "i", 1.1),
    ("I", "l", 0.9),
    ("l", "I", 1.0),
    ("l", "i", 1.0),
    ("i", "l", 1.3),
    ("|", "l", 0.9),
    ("|", "I", 0.9),
    ("!", "l", 1.0),
    ("0", "O", 0.9),
    ("0", "o", 1.0),
    ("O", "o", 1.3),
    ("5", "S", 0.9),
    ("5", "s", 1.1),
    ("8", "B", 0.9),
    ("q", "g", 1.0),
    ("g", "q", 1.2),
    ("c", "e", 1.0),
    ("e", "c", 1.2),
    ("b", "h", 1.0),
    ("h", "b", 1.2),
    ("f", "t", 1.0),
    ("t", "f", 1.2),
    ("vv", "w", 1.1),
    ("ii", "u", 1.3),
    ("ri", "n", 1.4),
    ("li", "h", 1.4),
];

/// Calls `found` with each word that the given one may have been, and its cost. At most `most` confusions are undone.
pub fn readings(word: &str, most: usize, found: &mut impl FnMut(&str, f32)) {
    let mut made = String::with_capacity(word.len() + 4);
    undo(word, most, 0.0, &mut made, found);
}

fn undo(rest: &str, left: usize, cost: f32, made: &mut String, found: &mut impl FnMut(&str, f32)) {
    let mut after = rest.chars();
    let Some(c) = after.next() else {
        if cost > 0.0 {
            found(made, cost);
        }
        return;
    };
    let len = made.len();
    made.push(c);
    undo(after.as_str(), left, cost, made, found);
    made.truncate(len);
    if left == 0 {
        return;
    }
    for (seen, meant, unlikely) in CONFUSIONS {
        if let Some(after) = rest.strip_prefix(seen) {
            made.push_str(meant);
            undo(after, left - 1, cost + unlikely, made, found);
            made.truncate(len);
        }
    }
}

/// Maps letters that OCR confuses to one of them: words with the same skeleton may be the same word.
///
/// "Gatc" and "Gate" → "gate"
pub fn skeleton(word: &str) -> String {
    let small = word.to_lowercase().replace("rn", "m").replace("cl", "d");
    let one = |c: char| match c {
        '1' | 'i' | '|' | '!' => 'l',
        '0' => 'o',
        '5' => 's',
        '8' | 'h' => 'b',
        'q' => 'g',
        'c' => 'e',
        'f' => 't',
        c => c,
    };
    small.chars().map(one).collect()
}

/// The digit that a letter may have been: "O" is 0, "l" is 1.
pub fn digit(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => c,
        'O' | 'o' => '0',
        'l' | 'I' | '|' | '!' | 'i' => '1',
        'S' => '5',
        'B' => '8',
        _ => return None,
    })
}

/// The capital that a digit may have been: 0 is "O", 5 is "S".
pub fn capital(c: char) -> Option<char> {
    Some(match c {
        'A'..='Z' => c,
        '0' => 'O',
        '1' | 'l' => 'I',
        '5' => 'S',
        '8' => 'B',
        _ => return None,
    })
}

/// Letters that no postcode has in its last two places.
const NEVER_LAST: &str = "CIKMOV";

/// The two parts of a postcode in which OCR confused letters, digits and signs, and how many characters were changed.
///
/// "1G11 7LU" → "IG11 7LU"; "HR4 OLE" → "HR4 0LE"; "DT1 1x)" → "DT1 1XJ"
pub fn misread_postcode(outward: &str, inward: &str) -> Option<(String, String, usize)> {
    const SHAPES: &[&str] = &["AD", "AAD", "ADD", "ADA", "AADD", "AADA"];
    // "DN1i" may be district 11, or 1 with a speck beside it.
    if outward.ends_with(['i', 'l', 'I', '|', '!']) && outward.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let (unit, changed) = as_shape("DAA", inward)?;
    if unit.contains(|c| NEVER_LAST.contains(c)) {
        return None;
    }
    let shapes =
        SHAPES.iter().filter_map(|shape| as_shape(shape, outward)).filter(|(d, _)| !is_no_district(d));
    let (district, more) = shapes.min_by_key(|(_, changed)| *changed)?;
    Some((district, unit, changed + more))
}

/// Districts that don't exist, but are misreadings of those of Blackburn, Bristol and Southend: "B82" was "BB2".
fn is_no_district(outward: &str) -> bool {
    let last = outward.strip_prefix("B8").or(outward.strip_prefix("B5")).or(outward.strip_prefix("S5"));
    last.is_some_and(|last| last.len() == 1 && last.bytes().all(|b| (b'1'..=b'9').contains(&b)))
}

/// The text with letters at the places marked A and digits at those marked D, and how many characters that changed.
fn as_shape(shape: &str, text: &str) -> Option<(String, usize)> {
    if text.chars().count() != shape.len() {
        return None;
    }
    let place = |(kind, c): (char, char)| match (kind, c) {
        ('D', c) => digit(c),
        (_, ')' | ']') => Some('J'),
        (_, c) => capital(c).or_else(|| c.is_ascii_lowercase().then(|| c.to_ascii_uppercase())),
    };
    let read: String = shape.chars().zip(text.chars()).map(place).collect::<Option<_>>()?;
    let changed = read.chars().zip(text.chars()).filter(|(a, b)| a != b).count();
    Some((read, changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_were_meant() {
        let of = |word: &str, wanted: &str| {
            let mut hit = false;
            readings(word, 2, &mut |w, _| hit |= w == wanted);
            hit
        };
        assert!(of("leamed", "learned"));
        assert!(of("chilclren", "children"));
        assert!(of("5upp1y", "Supply"));
        assert!(of("tbc", "the"));
        assert!(!of("the", "the"));
    }

    #[test]
    fn words_that_may_be_one_have_one_skeleton() {
        for (seen, meant) in
            [("Gatc", "Gate"), ("O300", "0300"), ("Mancbesfer", "Manchester"), ("clamp", "damp")]
        {
            assert_eq!(skeleton(seen), skeleton(meant), "{seen}");
        }
        assert_ne!(skeleton("Gate"), skeleton("Gale"));
    }

    #[test]
    fn misread_postcodes() {
        let meant =
            |a, b| misread_postcode(a, b).map(|(a, b, n)| format!("{a} {b} ({n})")).unwrap_or("no".into());
        insta::assert_snapshot!(meant("1G11", "7LU"), @"IG11 7LU (1)");
        insta::assert_snapshot!(meant("HR4", "OLE"), @"HR4 0LE (1)");
        insta::assert_snapshot!(meant("DT1", "1x)"), @"DT1 1XJ (2)");
        insta::assert_snapshot!(meant("NRi", "2DH"), @"NR1 2DH (1)");
        insta::assert_snapshot!(meant("M1", "2WD"), @"M1 2WD (0)");
        insta::assert_snapshot!(meant("NR1i", "2DH"), @"no");
        insta::assert_snapshot!(meant("PO", "Box"), @"no");
        insta::assert_snapshot!(meant("14", "May"), @"no");
    }
}
