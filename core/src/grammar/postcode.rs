//! UK postcodes: `1*2ALPHA DIGIT [DIGIT / ALPHA] SP DIGIT 2ALPHA`. Each position is known to be a letter or a digit, so
//! most misreadings can be corrected.

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::combinator::verify;

use super::ParseResult;
use super::scan::{clean, spaces1, word_starts};
use crate::cut::Cut;

/// A UK postcode. Its space may be missing or misplaced, and a zero may be printed as O.
///
/// "SW1A 2AA"; "M1 2WD"; "CB30AP"; "SW21 EG"; "TR21 ONA"
pub fn postcode(input: &str) -> ParseResult<'_, &str> {
    let part = |i| take_while1(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()).parse(i);
    let both = nom::combinator::recognize((part, spaces1, part));
    let mut two = verify(both, |p: &str| is_postcode(p));
    let mut one = verify(part, |p: &str| is_postcode(p));
    if let Ok(found) = two.parse(input) { Ok(found) } else { one.parse(input) }
}

/// `1*2ALPHA DIGIT [DIGIT / ALPHA] DIGIT 2ALPHA`, ignoring spaces
fn is_postcode(printed: &str) -> bool {
    let mut b: Vec<u8> = printed.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let Some(sector) = b.len().checked_sub(3) else { return false };
    if !(2..=4).contains(&sector) {
        return false;
    }
    if b[sector] == b'O' {
        b[sector] = b'0';
    }
    let letters = b.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let outward = b.part(letters.min(sector)..sector);
    let unit_ok = b[sector].is_ascii_digit() && b.tail(sector + 1).iter().all(u8::is_ascii_alphabetic);
    let outward_ok = match outward {
        [d] => d.is_ascii_digit(),
        [d, x] => d.is_ascii_digit() && x.is_ascii_alphanumeric(),
        _ => false,
    };
    (1..=2).contains(&letters) && outward_ok && unit_ok
}

/// Splits the postcode off the end of a line.
///
/// "London E8 1GQ" → "London"; "Morpeth, NE61 2EF" → "Morpeth"
///
/// ```
/// use findings_core::grammar::postcode::trailing_postcode;
///
/// assert_eq!(trailing_postcode("Manchester M1 2WD"), Some(("Manchester", "M1 2WD")));
/// ```
pub fn trailing_postcode(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_end_matches([',', '.']);
    word_starts(line).find_map(|at| match postcode(line.tail(at)) {
        Ok(("", code)) => Some((clean(line.head(at)), code)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn code(input: &str) -> String {
        postcode(input).map(|(rest, c)| format!("{c}|{rest}")).unwrap_or("no".into())
    }

    #[test]
    fn postcodes_and_their_misprints() {
        assert_snapshot!(code("SW1A 2AA visit"), @"SW1A 2AA| visit");
        assert_snapshot!(code("CB30AP"), @"CB30AP|");
        assert_snapshot!(code("SW21 EG"), @"SW21 EG|");
        assert_snapshot!(code("TR21 ONA"), @"TR21 ONA|");
        assert_snapshot!(code("PO BOX"), @"no");
        assert_snapshot!(code("14 May"), @"no");
        assert_snapshot!(format!("{:?}", trailing_postcode("Morpeth, NE61 2EF")), @r#"Some(("Morpeth", "NE61 2EF"))"#);
    }
}
