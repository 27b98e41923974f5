//! Tables with one row per item of a list in the report.

use super::{boolean, framed, integer, number, page, text};
use crate::spec::{Column, Spec};

fn area() -> Column {
    text("area", "The judgement area that it belongs to, by the section it is in.").like("care-leavers")
}

fn name() -> Column {
    text("name", "Name without titles and letters after it.")
}

fn organisation() -> Column {
    text("organisation", "The organisation, if it is printed.").like("Ofsted")
}

pub(super) fn judgements() -> Spec {
    framed(
        "judgements",
        "A row for each graded judgement.",
        vec![
            text("area", "Code of what was judged.").like("leadership"),
            text("label", "What was judged, as printed."),
            text("grade", "Code of the grade.").like("requires-improvement"),
            text("grade_printed", "The grade as printed.").like("Requires improvement to be good"),
            text("scale", "The scale that the grade belongs to.").like("ofsted-4"),
            integer("rank", "The grade's place on its scale, 1 best.").like("3"),
            page(),
        ],
    )
}

pub(super) fn improvements() -> Spec {
    framed(
        "improvements",
        "A row for each thing that needs to improve: recommendations, areas for improvement, priority actions.",
        vec![
            text("text", "What needs to improve, in full."),
            text("kind", "`area-for-improvement`, `recommendation` or `priority-action`.")
                .like("recommendation"),
            text("addressed_to", "`local-authority`, `partnership` or `lscb`.").like("local-authority"),
            integer("number", "Its printed number.").like("4"),
            text("item_group", "The theme or the time frame printed above it.").like("Within three months"),
            text("responsible", "The organisations named beside it."),
            area(),
            text(
                "paragraphs",
                "Numbers of the report's paragraphs that it refers to, separated by semicolons.",
            )
            .like("24; 31"),
            page(),
        ],
    )
}

pub(super) fn strengths() -> Spec {
    framed(
        "strengths",
        "A row for each strength that the document lists.",
        vec![text("text", "The strength, in full."), area(), page()],
    )
}

pub(super) fn inspectors() -> Spec {
    framed(
        "inspectors",
        "A row for each inspector named in the document.",
        vec![
            name(),
            text("role", "The role in the inspection.").like("Lead inspector"),
            organisation(),
            boolean("is_lead", "Whether this is the lead inspector; empty if the document does not say.")
                .like("true"),
        ],
    )
}

pub(super) fn recipients() -> Spec {
    framed(
        "recipients",
        "A row for each addressee of a letter.",
        vec![
            name(),
            text("role", "The post held.").like("Director of Children’s Services"),
            organisation(),
            text("address", "The lines of the address, separated by commas."),
            text("postcode", "Postcode.").like("WN1 1YN"),
        ],
    )
}

pub(super) fn signatories() -> Spec {
    framed(
        "signatories",
        "A row for each person who signed a letter.",
        vec![name(), text("role", "The post held.").like("His Majesty’s Inspector"), organisation()],
    )
}

pub(super) fn sections() -> Spec {
    framed(
        "sections",
        "A row for each section of the body.",
        vec![
            integer("section_id", "Names the section within its report.").like("3"),
            integer("parent_id", "The section that contains it; empty at the top.").like("1"),
            integer("level", "Depth of the heading, 1 is the top.").like("1"),
            text("heading", "The heading as printed."),
            text("kind", "Code of what the section is.").like("findings"),
            text("area", "The judgement area that the text is about.").like("care-leavers"),
            text("grade", "Code of the grade in the heading.").like("good"),
            page(),
        ],
    )
}

pub(super) fn paragraphs() -> Spec {
    framed(
        "paragraphs",
        "A row for each paragraph, list item and table of the body, in order: the whole text.",
        vec![
            integer("section_id", "The section that it is in.").like("3"),
            text("area", "The judgement area that the text is about.").like("care-leavers"),
            text("block_type", "`paragraph`, `bullet` or `table`.").like("paragraph"),
            integer("list_level", "Depth of a list item, 1 is the top.").like("1"),
            integer("number", "The paragraph's printed number.").like("12"),
            text("text", "Its text; for a table the cells separated by \" | \", one line per row."),
            integer("words", "Words of the text.").in_units("words").like("48"),
            page(),
        ],
    )
}

pub(super) fn figures() -> Spec {
    framed(
        "figures",
        "A row for each number that the report states about the area, each once.",
        vec![
            text("measure", "Code of what is measured; `other` if no code is known.")
                .like("children-in-care"),
            number("value", "The number.").like("456"),
            text(
                "unit",
                "What the number counts: `children`, `homes`, `per-cent` and others of the code list.",
            )
            .like("children"),
            text("qualifier", "`fewer-than`, `about`, `over`, if the number is not exact.").like("about"),
            text(
                "as_of",
                "The day, month or year that the number is for, as far as it is printed (ISO 8601).",
            )
            .like("2017-01-16"),
            text("period", "The period that the number is for."),
            integer(
                "part_of",
                "The row (n) of the figure that it is part of: those who live elsewhere are part of all.",
            )
            .like("3"),
            number("compare_england", "The number for England beside it."),
            number("compare_neighbours", "The number for similar areas beside it."),
            number("compare_region", "The number for the region beside it."),
            number("previous_value", "The earlier number beside it.").like("485"),
            text("previous_as_of", "The day, month or year that the earlier number is for.")
                .like("2016-03-31"),
            number("rate_per_10000", "The rate per 10,000 children that is printed beside a count.")
                .like("68"),
            text("text", "The text that it was read from."),
            page(),
        ],
    )
}

pub(super) fn mentions() -> Spec {
    framed(
        "mentions",
        "A row for each judgement of an earlier inspection that the report mentions, and one for each inspection without any.",
        vec![
            text("type", "The type of the inspection mentioned.").like("focused-visit"),
            text("date", "Its date as far as it is printed: year, month or day (ISO 8601).").like("2020-09"),
            text("date_precision", "`year`, `month` or `day`.").like("month"),
            text("date_is", "`inspection` or `publication`: what happened then.").like("inspection"),
            text("provider", "The provider that was inspected, if not the report's own."),
            text("area", "The area judged.").like("leadership"),
            text("grade", "Code of the grade that it was reportedly given.").like("inadequate"),
            text("text", "The sentence."),
            page(),
        ],
    )
}

pub(super) fn footnotes() -> Spec {
    framed(
        "footnotes",
        "A row for each footnote.",
        vec![text("mark", "Its mark.").like("1"), text("text", "Its text."), page()],
    )
}
