//! The code lists, with the meaning of each code. They are published beside the schema. Except for those that the
//! schema closes (`closed`), they are open: a new code is a minor version.

mod closed;
mod figures;
mod inspections;

pub use closed::{ERRORS, EVIDENCE_STATUSES, SEVERITIES};
pub use figures::{COMPARATORS, FIGURE_QUALIFIERS, FIGURE_UNITS, MEASURES};
pub use inspections::{
    ADDRESSEES, FORMATS, FRAMEWORKS, INSPECTION_TYPES, MENTION_DATES, MENTION_TYPES, PROVIDER_KINDS,
    REGULATORS, SCALES, TEXT_LAYERS,
};

use serde::{Deserialize, Serialize};

/// A list of codes with their meanings.
#[derive(Debug, Clone, Copy)]
pub struct CodeList {
    /// Name of the list.
    pub name: &'static str,
    /// The places in the record that hold its codes; `*` stands for any index or key.
    pub paths: &'static [&'static str],
    /// Code and meaning.
    pub codes: &'static [(&'static str, &'static str)],
    /// Codes that were in use only for a time, with the first and the last date of inspections that used them (ISO
    /// 8601, as precise as known: `2013`, `2013-11`); an empty string means no limit.
    pub in_force: &'static [InForce],
    /// Whether the schema itself allows no other code.
    pub closed: bool,
}

/// A code with the first and the last date of its use.
pub type InForce = (&'static str, &'static str, &'static str);

impl CodeList {
    /// The first and the last date of a code's use; empty strings if there is no limit.
    pub fn in_force(&self, code: &str) -> (&'static str, &'static str) {
        self.in_force.iter().find(|(c, ..)| *c == code).map_or(("", ""), |(_, from, until)| (from, until))
    }
}

/// A code that a plugin adds to a published list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeManifest {
    /// Name of the list, for example `diagnostics`.
    pub list: String,
    /// The code.
    pub code: String,
    /// Its meaning.
    pub meaning: String,
}

/// Every code list.
pub const CODE_LISTS: &[CodeList] = &[
    FORMATS,
    REGULATORS,
    FRAMEWORKS,
    INSPECTION_TYPES,
    PROVIDER_KINDS,
    AREAS,
    GRADES,
    SCALES,
    IMPROVEMENT_KINDS,
    ADDRESSEES,
    SECTION_KINDS,
    MEASURES,
    FIGURE_UNITS,
    FIGURE_QUALIFIERS,
    COMPARATORS,
    MENTION_TYPES,
    MENTION_DATES,
    TEXT_LAYERS,
    DIAGNOSTICS,
    EVIDENCE_STATUSES,
    SEVERITIES,
    ERRORS,
];

/// What is judged.
pub const AREAS: CodeList = CodeList {
    name: "judgement-areas",
    paths: &["/judgements/*/area", "/sections/*/area", "/mentions/*/judgements/*/area"],
    codes: &[
        ("overall-effectiveness", "Overall effectiveness"),
        (
            "leadership",
            "Leadership, management and governance; the impact of leaders on social work practice",
        ),
        (
            "help-and-protection",
            "Children who need help and protection; of inspections before 2013, safeguarding",
        ),
        ("children-in-care", "Children in care"),
        ("care-leavers", "Care leavers"),
        ("children-in-care-and-care-leavers", "Children in care and care leavers, judged together"),
        ("looked-after-and-permanence", "Children looked after and achieving permanence (SIF)"),
        ("adoption", "Adoption performance (SIF)"),
        ("lscb", "The Local Safeguarding Children Board (SIF)"),
        ("outcomes", "Outcomes for looked after children and young people (before 2013)"),
        ("quality-of-provision", "Quality of provision (before 2013)"),
        ("capacity-to-improve", "Capacity to improve (before 2013)"),
        ("send-outcome", "Outcome of an area SEND inspection"),
        ("looked-after-services", "Services for looked after children (before 2013)"),
        ("safeguarding", "Safeguarding services (before 2013)"),
        ("fostering", "A fostering service, inspected on its own"),
        ("private-fostering", "Services for privately fostered children, inspected on their own"),
    ],
    in_force: &[
        ("overall-effectiveness", "", "2026-03"),
        ("leadership", "2013-11", ""),
        ("help-and-protection", "2013-11", ""),
        ("children-in-care", "2023-01", ""),
        ("care-leavers", "2013-11", ""),
        ("children-in-care-and-care-leavers", "2018-01", "2022-12"),
        ("looked-after-and-permanence", "2013-11", "2018"),
        ("adoption", "2013-11", "2018"),
        ("lscb", "2013-11", "2018"),
        ("outcomes", "", "2013-10"),
        ("quality-of-provision", "", "2013-10"),
        ("capacity-to-improve", "", "2013-10"),
        ("send-outcome", "2023-01", ""),
        ("looked-after-services", "", "2013-10"),
        ("safeguarding", "", "2013-10"),
    ],
    closed: false,
};

/// Grades of all scales.
pub const GRADES: CodeList = CodeList {
    name: "grades",
    paths: &["/judgements/*/grade", "/sections/*/grade", "/mentions/*/judgements/*/grade"],
    codes: &[
        ("outstanding", "Outstanding"),
        ("good", "Good"),
        ("requires-improvement", "Requires improvement to be good"),
        ("adequate", "Adequate (until 2013)"),
        ("inadequate", "Inadequate"),
        ("good-or-outstanding", "Good or outstanding, if an earlier grade is stated no more precisely"),
        ("typically-positive", "Arrangements typically lead to positive experiences and outcomes"),
        ("inconsistent", "Arrangements lead to inconsistent experiences and outcomes"),
        ("systemic-failings", "Widespread and/or systemic failings"),
    ],
    in_force: &[
        ("requires-improvement", "2013-11", ""),
        ("adequate", "", "2013-10"),
        ("typically-positive", "2023-01", ""),
        ("inconsistent", "2023-01", ""),
        ("systemic-failings", "2023-01", ""),
    ],
    closed: false,
};

/// Kinds of improvement.
pub const IMPROVEMENT_KINDS: CodeList = CodeList {
    name: "improvement-kinds",
    paths: &["/improvements/*/kind"],
    codes: &[
        ("area-for-improvement", "What needs to improve; area for improvement"),
        ("recommendation", "Recommendation"),
        ("priority-action", "Area for priority action"),
    ],
    in_force: &[],
    closed: false,
};

/// Kinds of section.
pub const SECTION_KINDS: CodeList = CodeList {
    name: "section-kinds",
    paths: &["/sections/*/kind"],
    codes: &[
        ("overview", "Overview"),
        ("headline-findings", "Headline findings"),
        ("improvements", "What needs to improve; areas for improvement"),
        ("priority-action", "Areas for priority action"),
        ("strengths", "Strengths"),
        ("findings", "Findings; main findings; inspection findings"),
        ("judgement-area", "Findings about one judged area"),
        ("executive-summary", "Executive summary"),
        ("local-area-information", "Information about the local area"),
        ("recommendations", "Recommendations"),
        ("summary-for-children", "Summary for children and young people"),
        ("leadership", "Leadership, management and governance"),
        ("lscb", "The Local Safeguarding Children Board"),
        ("outcome", "Inspection outcome"),
        ("next-steps", "Next steps"),
        ("about-inspection", "Information about this inspection"),
        ("team", "The inspection team"),
        ("other", "Any other section"),
    ],
    in_force: &[],
    closed: false,
};

/// Diagnostic codes.
pub const DIAGNOSTICS: CodeList = CodeList {
    name: "diagnostics",
    paths: &["/diagnostics/*/code"],
    codes: &[
        ("confidence-low", "Values read in the same way are wrong too often; the message says how often"),
        (
            "area-name-doubtful",
            "The printed name only resembles an area's name; the identifiers are that area's",
        ),
        ("area-not-found", "The area is not in the table of local authorities, so it has no identifiers"),
        ("dates-disagree", "Two places in the document give different dates"),
        ("date-impossible", "A printed date does not exist in the calendar"),
        (
            "date-year-supplied",
            "The inspection's dates are printed without a year, which was taken from the letter's date",
        ),
        ("dates-not-read", "No inspection dates could be read"),
        ("grades-disagree", "Table, heading and sentence give different grades"),
        ("grade-not-read", "A judgement is there, but its grade could not be read"),
        ("judgements-missing", "A judgement that this edition always has was not found"),
        ("improvements-not-read", "The list of improvements seems to be there, but was not read"),
        ("lead-inspector-not-read", "No lead inspector could be read"),
        ("providers-disagree", "Two places in the document name different providers"),
        ("furniture-large", "More than 15 % of the words were taken for headers, footers and the like"),
        ("formats-close", "Another format claimed the document with nearly the same score"),
        (
            "format-score-low",
            "The document has fewer of its format's fixed phrases than others do: perhaps a new layout",
        ),
        ("engines-disagree", "Characters could not be mapped, so the second text engine was used"),
        (
            "text-repaired",
            "A named repair changed words of the text before it was read; the message gives them",
        ),
        ("unmapped-glyphs", "Some characters have no Unicode value in the PDF"),
        ("layer-off", "Text in layers that are switched off was left out"),
        ("text-invisible", "Text that is drawn but not visible was left out"),
        ("text-clipped", "Text outside its clipping area was read"),
        ("text-white", "White text on white was read"),
        ("annotation-text", "Text of annotations or form fields was read as part of the page"),
        ("page-turned", "The page's text does not run from left to right, so the page was turned"),
        ("page-without-text", "A page has an image but no text, and was not recognised"),
        ("text-recognised", "The text of some pages was recognised by an OCR engine"),
        ("ocr-layer-used", "The text that a scanner or copier placed behind its image was used"),
        ("text-layer-replaced", "A page's own text could not be used, so the page was recognised instead"),
        ("page-not-recognised", "Recognising a page failed; the message says why"),
        ("value-illegible", "A value was recognised with too little confidence and was left out"),
        ("provider-not-read", "No title or subject that names the inspected area could be read"),
        ("expected-missing", "Something that every document of this edition has was not found"),
        ("text-not-read", "Words in a part of the document that has a grammar were not read"),
        (
            "salutation-no-recipient",
            "Failed check: a letter greets one of its addressees, or the partnership that is its subject",
        ),
        (
            "signatory-no-inspector",
            "Failed check: the letter about a visit is signed by an inspector named in its first sentences",
        ),
        (
            "recipients-alike",
            "Failed check: nobody is addressed twice, and each addressee has a line of their own",
        ),
        (
            "inspection-length",
            "Failed check: a focused visit takes one or two days, a joint or area inspection about a week, others up to a month",
        ),
        (
            "visits-out-of-order",
            "Failed check: a visit begins before it ends, and the visits of an inspection are in order",
        ),
        (
            "date-on-weekend",
            "Failed check: inspections begin and end, and letters and reports are dated, on working days",
        ),
        (
            "letter-date-far",
            "Failed check: a letter is written between 3 and 120 days after the inspection it is about",
        ),
        (
            "published-far",
            "Failed check: a report is published between 14 and 240 days after the inspection ended",
        ),
        (
            "file-older-than-document",
            "Failed check: a file is not created months before the date of its document",
        ),
        ("edition-not-in-use", "Failed check: the layout was in use when the inspection began"),
        ("dates-differ", "Failed check: whatever is labelled as the inspection's dates gives the same days"),
        ("provider-not-in-body", "Failed check: a report also names its area in its text"),
        (
            "provider-named-otherwise",
            "Failed check: titles, subjects and running headers and footers name the same area",
        ),
        (
            "provider-spelled-otherwise",
            "Failed check: the printed name is, letter for letter, that of the area with these codes",
        ),
        ("area-not-in-subject", "Failed check: a letter names its area in its subject"),
        (
            "codes-undated",
            "Failed check: if an area's codes have changed, the day of the inspection shows which were in force",
        ),
        (
            "name-no-name",
            "Failed check: a name has two to five words, none of them of an organisation, and is not two names in a row",
        ),
        (
            "role-no-role",
            "Failed check: a role is a phrase of at most 95 characters that begins and ends with words of its own",
        ),
        (
            "person-apart",
            "Failed check: what is said of a person who is named first stands directly below the name, line by line",
        ),
        ("second-name-in-role", "Failed check: a role and its organisation contain nobody's name"),
        (
            "body-cut-off",
            "Failed check: the name of a council or other organisation is complete, and an area with two names has both",
        ),
        ("bracket-alone", "Failed check: brackets in a role or an organisation are opened and closed"),
        ("several-leads", "Failed check: only one inspector leads"),
        ("inspectors-not-alike", "Failed check: either every member of a team has a role, or none has"),
        ("inspector-twice", "Failed check: nobody is named twice in a team"),
        (
            "paragraph-twice",
            "Failed check: what a form prints on each page is kept out of the body, so no paragraph is in the body twice",
        ),
        (
            "item-not-read",
            "Failed check: whatever has a mark below the heading of a list of improvements is an item, or part of one",
        ),
        (
            "items-not-marks",
            "Failed check: a list has as many items as it has marks or numbers of the first level",
        ),
        (
            "item-begins-otherwise",
            "Failed check: the items of a list all begin with a capital letter, or none does",
        ),
        (
            "item-ends-otherwise",
            "Failed check: the items of a list end alike: with a full stop, without, or all but the last without",
        ),
        ("item-cut-off", "Failed check: an item does not end in a word that another word must follow"),
        ("item-holds-mark", "Failed check: an item contains no list mark, which would begin another item"),
        ("item-too-long", "Failed check: an item is one sentence or a few, not a page"),
        (
            "sub-item-whole",
            "Failed check: text below an item continues its sentence, or is introduced by a colon",
        ),
        (
            "list-not-read",
            "Failed check: what a heading calls actions, areas for improvement or recommendations is a list in the record",
        ),
        (
            "action-not-outcome",
            "Failed check: an area is told to act at once if its outcome is systemic failings, and only then",
        ),
        ("item-twice", "Failed check: no item is in a list twice"),
        (
            "paragraph-numbers-break",
            "Failed check: paragraphs are numbered consecutively from 1 through the whole report",
        ),
        (
            "paragraph-unnumbered",
            "Failed check: if the paragraphs of a section are numbered, none begins a page without a number",
        ),
        ("paragraph-empty", "Failed check: the number of a paragraph is followed by text"),
        (
            "item-numbers-break",
            "Failed check: recommendations to the same addressee are numbered consecutively",
        ),
        (
            "footnote-marks-break",
            "Failed check: footnotes are numbered consecutively from 1, and every mark in the text has its footnote",
        ),
        (
            "block-begins-small",
            "Failed check: a paragraph begins with a capital letter, unless a line before it introduces it",
        ),
        (
            "sections-out-of-order",
            "Failed check: each of a form's own sections is there once, in the form's order",
        ),
        (
            "sentence-in-sentence",
            "Failed check: a capitalised word that is only used to begin sentences follows a full stop",
        ),
        ("sentence-begins-small", "Failed check: after a full stop, a sentence begins with a capital letter"),
        ("block-cut-off", "Failed check: a paragraph ends at the end of a sentence"),
        ("heading-twice", "Failed check: a heading is not followed by itself"),
        (
            "back-page-in-body",
            "Failed check: what the letterhead and the back page say about the inspectorate is only there",
        ),
        (
            "frame-in-body",
            "Failed check: a date, name, post or grade by itself, or any postcode, is not a paragraph of the body",
        ),
        ("section-grade-differs", "Failed check: a heading gives the same grade as the table"),
        (
            "overall-out-of-range",
            "Failed check: the overall grade is no better than the best of the others, and no worse than the worst",
        ),
        (
            "contents-not-headings",
            "Failed check: each entry of the contents page is the heading of a section",
        ),
        (
            "inspectorate-left-out",
            "Failed check: whoever signs a joint letter for another inspectorate signs for one that took part",
        ),
        (
            "footnote-in-text",
            "Failed check: text that begins with a number joined to its first word is a footnote",
        ),
        (
            "item-too-short",
            "Failed check: an item of an area inspection's list is a sentence of at least five words",
        ),
        (
            "signatories-not-alike",
            "Failed check: if several people sign a letter, all have a role or none has (in the edition of 2016, an organisation too)",
        ),
        (
            "word-misread",
            "Failed check: in a damaged or recognised text, each word of a short value occurs in reports and is spelled as elsewhere",
        ),
        (
            "name-misread",
            "Failed check: in a damaged or recognised text, the letters of a name follow one another as they do in names",
        ),
        (
            "mention-cut-off",
            "Failed check: what is said about an earlier inspection begins and ends with its sentence",
        ),
        (
            "mention-not-read",
            "Failed check: a year in which something was judged or last inspected belongs to a mention",
        ),
        (
            "mention-dates-differ",
            "Two places seem to speak of one earlier inspection, and give different dates for it",
        ),
        ("mention-grades-differ", "Failed check: an earlier inspection gave an area only one grade"),
        (
            "mention-grade-not-read",
            "Failed check: a grade that a mention's text says was given belongs to it, or to another mention with the same text",
        ),
        (
            "inspector-no-inspector",
            "Failed check: an inspector's role is one that inspectorates have, not that of an addressee",
        ),
        ("salutation-below-body", "Failed check: a letter begins with its salutation"),
        (
            "label-holds-two",
            "Failed check: what is judged is named once: no three words are in its label twice",
        ),
        (
            "running-line-in-person",
            "Failed check: a running header or footer is not part of anybody's name, role or organisation",
        ),
        (
            "figure-cut-off",
            "Failed check: the text of a figure does not end in a word that another word must follow",
        ),
        (
            "figure-not-read",
            "Failed check: each number stated in the section about the area belongs to a figure",
        ),
        (
            "heading-nearly-known",
            "Failed check: a heading that speaks of needed improvement or of findings is one of the form's own headings",
        ),
        (
            "list-numbered",
            "Failed check: the list of improvements of a report on children's services has marks, not paragraph numbers",
        ),
        (
            "item-holds-two",
            "Failed check: an item contains nothing that begins another: a phrase after a full stop, a capital letter within a sentence",
        ),
        (
            "item-unmarked",
            "Failed check: what begins at the same indent as the text of a neighbouring list item is an item, and has a mark",
        ),
        (
            "heading-ends-early",
            "Failed check: a line of a heading ends where its next word would not have fitted, or the next line begins in lower case",
        ),
        ("heading-begins-small", "Failed check: a heading begins with a capital letter or a number"),
        (
            "heading-cut-off",
            "Failed check: a heading does not end in a word that another word must follow, nor a judgement's heading in a colon",
        ),
        (
            "heading-is-sentence",
            "Failed check: a heading of some length ends in a full stop only if it gives a grade",
        ),
        (
            "frame-as-heading",
            "Failed check: a closing phrase, title, date, grade or person's name is not the heading of a section",
        ),
        ("judgement-no-section", "Failed check: each judgement of the table has a section of its own"),
        ("section-ungraded", "Failed check: if headings give grades, the heading of each judgement does"),
        (
            "line-ends-early",
            "Failed check: a line of a paragraph ends where its next word would not have fitted",
        ),
        (
            "grades-not-alike",
            "Failed check: the grades of a table all begin with a capital letter; all grades, and all labels, have a number or none has",
        ),
        ("line-above-line", "Failed check: the lines of a paragraph go down the page"),
        (
            "line-stands-apart",
            "Failed check: the lines of a paragraph are all the same distance apart, and no list has room for a heading between two items",
        ),
        (
            "block-above-block",
            "Failed check: what is read after a paragraph is below it or in the next column",
        ),
        (
            "line-holds-gap",
            "Failed check: the words of a line are one space apart; wider gaps separate columns",
        ),
        (
            "line-begins-with-mark",
            "Failed check: no line within a paragraph or an item begins with a list mark",
        ),
        ("level-not-indented", "Failed check: consecutive items with the same indent are of the same level"),
        ("running-line-in-body", "Failed check: a running header or footer is not part of a paragraph"),
        (
            "paragraph-breaks-off",
            "Failed check: a paragraph whose last line reaches the margin ends at the end of a sentence",
        ),
        (
            "item-begins-within",
            "Failed check: if each item of a list is one sentence, none contains another that begins on a new line",
        ),
        (
            "row-begins-empty",
            "Failed check: in a table row of two cells, the first says what the second is about",
        ),
        (
            "leaders-in-body",
            "Failed check: rows of dots lead to page numbers, and are not part of a paragraph",
        ),
        ("heading-in-body", "Failed check: a short line without a full stop is a heading, not a paragraph"),
        (
            "list-not-introduced",
            "Failed check: a section that is a list begins with an item, or with a line that ends in a colon",
        ),
        (
            "subject-no-subject",
            "Failed check: a subject is a phrase that begins with what the letter is about and names the area",
        ),
        (
            "theme-no-theme",
            "Failed check: what a visit looked at is said in one sentence, with any list that it announces",
        ),
        ("figure-over-whole", "Failed check: a part is not larger than its whole"),
        (
            "figure-share-differs",
            "Failed check: the percentage printed beside a part agrees with the two numbers",
        ),
        (
            "character-unknown",
            "Failed check: a value has no replacement character and no character that only its font defines",
        ),
        ("document-repaired", "The PDF was damaged; its cross-references were rebuilt"),
        ("document-truncated", "The PDF file is cut off: its end is missing"),
        ("document-incomplete", "Something that the PDF refers to is missing from it"),
        (
            "text-garbled",
            "A font of a page is missing from the PDF or incomplete: its characters may be wrong",
        ),
        ("text-breaks-off", "The text ends in the middle of a sentence"),
        ("characters-lost", "Characters of a value could not be decoded"),
        ("signature-not-read", "The letter has no signature that could be read"),
        ("pages-missing", "Page numbers show that pages are missing"),
        (
            "pages-out-of-order",
            "Page numbers show that pages are out of order, or that other pages are between them",
        ),
        ("page-repeated", "A page is in the file twice; the copy was left out"),
        ("covering-message", "A page before the document's own first page was left out"),
        ("several-documents", "The file holds several documents; the record is of one of them"),
        ("accepted", "A person compared the value with the document and confirmed it"),
        ("corrected", "A person compared the value with the document and corrected or removed it"),
    ],
    in_force: &[],
    closed: false,
};

/// The scale of a grade, and the grade's rank on it; 1 is best.
pub fn scale_of(grade: &str, before_2013_framework: bool) -> (&'static str, Option<u8>) {
    let rank = |list: &[&str]| list.iter().position(|g| *g == grade).map(|i| i as u8 + 1);
    if let Some(r) = rank(&["typically-positive", "inconsistent", "systemic-failings"]) {
        return ("area-send-3", Some(r));
    }
    if before_2013_framework {
        ("ofsted-4-2013", rank(&["outstanding", "good", "adequate", "inadequate"]))
    } else {
        ("ofsted-4", rank(&["outstanding", "good", "requires-improvement", "inadequate"]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_once() {
        for list in CODE_LISTS {
            let mut codes: Vec<&str> = list.codes.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            assert!(codes.windows(2).all(|pair| pair[0] != pair[1]), "{}: {codes:?}", list.name);
        }
    }

    #[test]
    fn every_date_belongs_to_a_code() {
        for list in CODE_LISTS {
            for (code, from, until) in list.in_force {
                assert!(list.codes.iter().any(|(c, _)| c == code), "{}: {code}", list.name);
                assert!(from != &"" || until != &"", "{}: {code} has no date", list.name);
                assert!(until == &"" || from <= until, "{}: {code}", list.name);
            }
        }
    }
}
