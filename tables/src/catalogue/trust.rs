//! Tables that say where values were read, and which are in doubt.

use super::{framed, integer, number, page, text};
use crate::spec::Spec;

pub(super) fn evidence() -> Spec {
    let side = |name, description| number(name, description).in_units("points");
    framed(
        "evidence",
        "A row for each value and page: where the value was read, or why it is absent. A value that runs over two pages \
         has a row for each.",
        vec![
            text("pointer", "JSON Pointer to the value in the record.").like("/inspection/start"),
            text(
                "status",
                "`found`, `derived`, `not-stated`, `not-applicable`, `illegible`, `conflicting`, `not-read` or `corrected`.",
            )
            .like("found"),
            text("quote", "The words it was read from.").like("24 April to 5 May 2023"),
            page(),
            side("x0", "Left edge of the box around the words, from the page's left.").like("164.4"),
            side("top", "Upper edge of the box, from the page's top.").like("116.5"),
            side("x1", "Right edge of the box.").like("273.9"),
            side("bottom", "Lower edge of the box.").like("127.5"),
            number("confidence", "How often such a value is right, from 0 to 1.").like("0.993"),
            text("rule", "The rule of the grammar that read it.").like("ilacs.dates"),
            integer("witnesses", "How many places of the document agree.").in_units("places").like("2"),
            text("repairs", "Repairs made to the text, separated by semicolons.").like("20179 → 2017–9"),
        ],
    )
}

pub(super) fn doubts() -> Spec {
    framed(
        "doubts",
        "A row for each value that may be wrong or missing.",
        vec![
            text("pointer", "JSON Pointer to the value in the record.").like("/letter/date"),
            text("code", "What kind of doubt it is; `findings formats` lists them.").like("dates-disagree"),
            text("severity", "`warning` or `error`.").like("warning"),
            text("message", "The reason in a sentence."),
            text("value", "The value as read; empty if none was. Of an item its text or grade, of a list the number of items.")
                .like("2023-05-05"),
            text("quote", "The words it is about."),
            page(),
            text("status", "`open`, `accepted` or `corrected`: the answer of a person who reviewed it.")
                .like("open"),
        ],
    )
}
