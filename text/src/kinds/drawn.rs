//! Ways of drawing text: in forms, letter by letter, letter-spaced, raised and lowered, beside images.

use super::*;

#[test]
fn letters_that_are_set_wide_are_words() {
    assert_eq!(shown("BT /F 12 Tf 3 Tc 50 700 Td (Set wide) Tj ET", ""), "Set wide");
    // Space after the last letter of a string separates words; letters far apart are those of a form's boxes.
    assert_eq!(shown("BT /F 12 Tf 3 Tc 50 700 Td (a) Tj (b) Tj ET", ""), "a b");
    assert_eq!(shown("BT /F 12 Tf 9 Tc 50 700 Td (abcde) Tj ET", ""), "a b c d e");
    // A row of numbers, and a number in a text.
    assert_eq!(shown("BT /F 12 Tf 3 Tc 50 700 Td (12345) Tj ET", ""), "1 2 3 4 5");
    assert_eq!(
        shown("BT /F 12 Tf 3 Tc 50 700 Td (16 May 2023, well-known) Tj ET", ""),
        "16 May 2023, well-known"
    );
}

#[test]
fn letters_that_are_placed_wide_are_words_and_single_letters_are_not() {
    let placed = |text: &str, gap: i32| {
        let letters: String = text.chars().map(|c| format!("({c})-{gap}")).collect();
        shown(&format!("BT /F 12 Tf 50 700 Td [{letters}]TJ ET"), "")
    };
    assert_eq!(placed("Set wide", 300), "Set wide");
    assert_eq!(placed("INSPECTION", 350), "INSPECTION");
    assert_eq!(placed("16 May 2023: all, self-made.", 250), "16 May 2023: all, self-made.");
    // Wider still, with written spaces between words; kerned pairs are closer together.
    assert_eq!(placed("Inspection of Ashmoor", 600), "Inspection of Ashmoor");
    let kerned = "BT /F 12 Tf 50 700 Td [(T)-300(h)-300(e)-400( )-400(Wo)-300(r)-300(k)-300(s)-300(.)]TJ ET";
    assert_eq!(shown(kerned, ""), "The Works.");
    // A row of marks, and a formula.
    let row = "BT /F 12 Tf 50 700 Td [(C)-300(L)-300(L)-300(C)-300(C)-300(L)-300(L)-300(NL)]TJ ET";
    assert_eq!(shown(row, ""), "C L L C C L L NL");
    let formula = "BT /F 12 Tf 50 700 Td [(28)-200(R)-200( )-200(/)-200(1)-200(Q)]TJ ET";
    assert_eq!(shown(formula, ""), "28 R / 1 Q");
    // Letters in boxes, digits, and letters with spaces between them.
    assert_eq!(placed("abcde", 900), "a b c d e");
    assert_eq!(placed("12345", 300), "1 2 3 4 5");
    assert_eq!(shown("BT /F 12 Tf 50 700 Td (a b c d e f) Tj ET", ""), "a b c d e f");
}

#[test]
fn lowered_digits_are_of_their_word() {
    let drawn = |rise: i32| {
        format!(
            "BT /F 12 Tf 50 700 Td (CO) Tj {rise} Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf ( and H) Tj {rise} Ts /F 7 Tf (2) Tj 0 Ts /F 12 Tf (O) Tj ET"
        )
    };
    assert_eq!(shown(&drawn(-3), ""), "CO2 and H2O");
    // A raised digit is a footnote mark.
    assert_eq!(shown(&drawn(5), ""), "CO 2 and H 2 O");
}

#[test]
fn letters_that_are_hardly_smaller_are_raised_and_lowered_too() {
    let drawn = |mark: &str, rise: i32| {
        format!(
            "BT /F 12 Tf 50 700 Td (line) Tj {rise} Ts /F 10.7 Tf ({mark}) Tj 0 Ts /F 12 Tf ( goes on) Tj ET"
        )
    };
    assert_eq!(shown(&drawn("2", 5), ""), "line 2 goes on");
    assert_eq!(shown(&drawn("2", -5), ""), "line2 goes on");
    assert_eq!(shown(&drawn("nd", 5), ""), "linend goes on");
}

/// Letters shown one by one, each at its own position.
fn one_by_one(order: &[usize]) -> String {
    let letters: Vec<char> = "abcdefghij".chars().collect();
    let drawn = order.iter().map(|at| format!("1 0 0 1 {} 700 Tm ({}) Tj ", 50 + at * 7, letters[*at]));
    format!("BT /F 12 Tf {}ET", drawn.collect::<String>())
}

#[test]
fn letters_that_are_drawn_out_of_order_are_put_in_order() {
    let in_order: Vec<usize> = (0..10).collect();
    let backwards: Vec<usize> = (0..10).rev().collect();
    let right = shown(&one_by_one(&in_order), "");
    assert_eq!(right.replace(' ', ""), "abcdefghij");
    assert_eq!(shown(&one_by_one(&backwards), ""), right);
    assert_eq!(shown(&one_by_one(&[3, 9, 0, 7, 1, 4, 8, 2, 6, 5]), ""), right);
    // Where letters overlap or are far apart, none is moved.
    let twice: Vec<usize> = backwards.iter().flat_map(|at| [*at, at / 2]).collect();
    assert_ne!(shown(&one_by_one(&twice), "").replace(' ', ""), "aabbccddeeffgghhiijj");
}

#[test]
fn a_form_without_fonts_has_those_of_the_page() {
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</ProcSet[/PDF]>>", HELLO);
    let resources = format!("/Resources<</Font<<{HELVETICA}>>/XObject<</A 5 0 R>>>>");
    let made = Made { content: "/A Do", page: &resources, more: vec![form], ..Made::default() };
    assert_eq!(made.text(), "Hello, world");
}

#[test]
fn a_value_that_is_to_be_drawn_anew_is_read() {
    let form = |text: &str| {
        stream(
            &format!("/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<<{HELVETICA}>>>>"),
            &format!("BT /F 10 Tf 0 2 Td ({text}) Tj ET"),
        )
    };
    let text = |entries: &str, catalogue: &str| {
        let annots = format!(
            "/Annots[<</Subtype/Widget/FT/Tx/V(newest){entries}/Rect[50 400 250 420]/AP<</N 6 0 R>>>>]"
        );
        let more = vec!["null".to_owned(), form("stale")];
        Made { content: HELLO, page: &annots, catalogue, more, ..Made::default() }.text()
    };
    let asks = "/AcroForm<</NeedAppearances true>>";
    assert_eq!(text("", asks), "Hello, world / newest");
    assert_eq!(text("", ""), "Hello, world / stale");
    // A password field does not show its value.
    assert_eq!(text("/Ff 8192", asks), "Hello, world / stale");
}

#[test]
fn inline_images_end_where_their_data_ends() {
    for image in [
        "BI /W 4 /H 1 /BPC 8 /CS /G ID abEI EI",
        "BI /W 18 /H 1 /BPC 8 /CS /G ID ab EI (no text) Tj EI",
        "BI /W 2 /H 1 /BPC 8 /CS /G ID abEI",
        "BI /Width 2 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /AHx ID 6162>EI",
    ] {
        assert_eq!(shown(&format!("q {image} Q\n{HELLO}"), ""), "Hello, world", "{image}");
    }
}

#[test]
fn a_page_may_be_as_large_as_a_wall() {
    let made = Made {
        content: "BT /F 500 Tf 1000 30000 Td (Hello, world) Tj ET",
        page: "/MediaBox[0 0 50000 50000]",
        ..Made::default()
    };
    assert_eq!(made.text(), "Hello, world");
}

#[test]
fn letters_of_scripts_that_run_leftwards_are_put_as_they_are_read() {
    // A ש, B ל, C ו, D ם, and E س, F لا, G م, H 1, I 2.
    let font = "/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/uni05E9/uni05DC/uni05D5/uni05DD/uni0633/uni06440627/uni0645/one/two]>>>>";
    // Drawn from the left end, as most programs do.
    assert_eq!(shown("BT /F 12 Tf 50 700 Td (HI DCBA) Tj ET", font), "שלום 12");
    // Drawn from the right end, letter by letter.
    let at = |(i, c): (usize, char)| format!("1 0 0 1 {} 700 Tm ({c}) Tj ", 100.0 - 7.0 * i as f32);
    let letters: String = "ABCD".chars().enumerate().map(at).collect();
    assert_eq!(shown(&format!("BT /F 12 Tf {letters}ET"), font), "שלום");
    // One code for two letters, of which the first is on the right.
    assert_eq!(shown("BT /F 12 Tf 50 700 Td (GFE) Tj ET", font), "سلام");
    // Replacement text is in reading order: שלום.
    let mark = "/Span<</ActualText<FEFF05E905DC05D505DD>>>BDC";
    assert_eq!(shown(&format!("BT /F 12 Tf 50 700 Td {mark} (XXXX) Tj EMC ET"), font), "שלום");
}
