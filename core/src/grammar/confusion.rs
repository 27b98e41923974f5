//! What a damaged word may have been, going by the letters that OCR takes for one another.

/// Letters as seen, letters as meant, and how unlikely it is that the first came from the second.
pub(crate) const CONFUSIONS: &[(&str, &str, f32)] = &[
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

/// Calls `found` with each word that the given one may have been, and its unlikelihood. At most `most` confusions
/// are undone.
pub(crate) fn readings(word: &str, most: usize, found: &mut impl FnMut(&str, f32)) {
    let mut made = String::with_capacity(word.len() + 4);
    undo(word, most, 0.0, &mut made, found);
}

fn undo(rest: &str, left: usize, cost: f32, made: &mut String, found: &mut impl FnMut(&str, f32)) {
    let Some(c) = rest.chars().next() else {
        if cost > 0.0 {
            found(made, cost);
        }
        return;
    };
    let len = made.len();
    made.push(c);
    undo(&rest[c.len_utf8()..], left, cost, made, found);
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

/// The digit that a letter may have been: "O" is 0, "l" is 1.
pub(crate) fn digit(c: char) -> Option<char> {
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
pub(crate) fn capital(c: char) -> Option<char> {
    Some(match c {
        'A'..='Z' => c,
        '0' => 'O',
        '1' | 'l' => 'I',
        '5' => 'S',
        '8' => 'B',
        _ => return None,
    })
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
}
