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
        ("fostering", "A fostering service, inspected by itself"),
        ("private-fostering", "Services for children who are fostered privately, inspected by themselves"),
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
        ("good-or-outstanding", "Good or outstanding, where an earlier grade is told no more exactly"),
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
        (
            "confidence-low",
            "Values that were read as this one was are too often wrong; the message says how often",
        ),
        ("area-name-doubtful", "The printed name only comes near an area's: the identifiers are that area's"),
        ("area-not-found", "The area is not in the table of local authorities: no identifiers"),
        ("dates-disagree", "Two places of the document give different dates"),
        ("date-impossible", "A printed date does not exist in the calendar"),
        (
            "date-year-supplied",
            "The inspection's dates are printed without a year; the letter's date supplied it",
        ),
        ("dates-not-read", "No inspection dates could be read"),
        ("grades-disagree", "Table, heading or sentence give different grades"),
        ("grade-not-read", "A judgement is there and its grade could not be read"),
        ("judgements-missing", "A judgement that this edition always has was not found"),
        ("improvements-not-read", "The list of improvements seems to be there and was not read"),
        ("lead-inspector-not-read", "No lead inspector could be read"),
        ("providers-disagree", "Two places of the document name different providers"),
        ("furniture-large", "More than 15 % of the words were taken as headers, footers and the like"),
        ("formats-close", "Another format claimed the document with nearly the same score"),
        (
            "format-score-low",
            "The document has fewer of its format's fixed phrases than others have: perhaps a new layout",
        ),
        ("engines-disagree", "Characters could not be mapped; the second text engine was used"),
        (
            "text-repaired",
            "A named repair changed words of the text before it was read; the message gives them",
        ),
        ("unmapped-glyphs", "Some characters have no Unicode value in the PDF"),
        ("layer-off", "Text of layers that are switched off was left out"),
        ("text-invisible", "Text that is drawn and not seen is no part of what was read"),
        ("text-clipped", "Text outside of the area that it is drawn into was read"),
        ("text-white", "White text on white was read"),
        ("annotation-text", "Text of annotations or form fields was read as text of the page"),
        ("page-turned", "The page's text runs another way than from left to right: it was turned"),
        ("page-without-text", "A page has an image and no text, and was not recognised"),
        ("text-recognised", "The text of some pages was recognised by an OCR engine"),
        ("ocr-layer-used", "The text that a scanner or copier put behind its image was used"),
        ("text-layer-replaced", "A page's own text could not be used; the page was recognised instead"),
        ("page-not-recognised", "Recognising a page failed; the message says why"),
        ("value-illegible", "A value was recognised with too little confidence and is left out"),
        ("provider-not-read", "No title or subject that names the inspected area could be read"),
        ("expected-missing", "Something that every document of this edition has was not found"),
        ("text-not-read", "Words in a part of the document that has a grammar were read by nothing"),
        (
            "salutation-no-recipient",
            "Does not hold: a letter greets one of those to whom it is addressed, or the partnership that is its subject",
        ),
        (
            "signatory-no-inspector",
            "Does not hold: the letter about a visit is signed by an inspector whom its first sentences name",
        ),
        ("recipients-alike", "Does not hold: nobody is addressed twice, and each has a line of their own"),
        (
            "inspection-length",
            "Does not hold: a focused visit takes one or two days, a joint or area inspection about one week, others up to a month",
        ),
        (
            "visits-out-of-order",
            "Does not hold: a visit begins before it ends, and the visits of an inspection follow one another",
        ),
        (
            "date-on-weekend",
            "Does not hold: inspectors visit, and letters and reports are dated, on working days",
        ),
        (
            "letter-date-far",
            "Does not hold: a letter is written between 3 and 120 days after the inspection that it is about",
        ),
        (
            "published-far",
            "Does not hold: a report is published between 14 and 240 days after the inspection has ended",
        ),
        (
            "file-older-than-document",
            "Does not hold: a file is not made months before the day that its document is dated",
        ),
        ("edition-not-in-use", "Does not hold: a layout was in use when the inspection began"),
        (
            "dates-differ",
            "Does not hold: what is labelled as the inspection's dates gives the same days wherever it stands",
        ),
        ("provider-not-in-body", "Does not hold: a report says the name of its area in its text, too"),
        ("provider-named-otherwise", "Does not hold: titles, subjects and running lines name one area"),
        (
            "provider-spelled-otherwise",
            "Does not hold: the name that is printed is the one that the codes belong to, letter for letter",
        ),
        ("area-not-in-subject", "Does not hold: a letter names its area in its subject"),
        (
            "codes-undated",
            "Does not hold: where an area's codes have changed, the day of the inspection says which were in force",
        ),
        (
            "name-no-name",
            "Does not hold: a name has two to five words, none of an organisation, and is not two names in a row",
        ),
        (
            "role-no-role",
            "Does not hold: a role is a phrase of at most 95 characters that begins and ends with words of its own",
        ),
        (
            "person-apart",
            "Does not hold: what is said of a person who is named first stands in the lines below the name, one beneath the other",
        ),
        ("second-name-in-role", "Does not hold: a role and its organisation hold nobody's name"),
        (
            "body-cut-off",
            "Does not hold: a council or another body is named to the end of its name, and an area of two names by both",
        ),
        ("bracket-alone", "Does not hold: brackets of a role or an organisation open and close"),
        ("several-leads", "Does not hold: one inspector leads"),
        ("inspectors-not-alike", "Does not hold: of a team each has a role, or none has"),
        ("inspector-twice", "Does not hold: nobody is named twice in a team"),
        (
            "paragraph-twice",
            "Does not hold: what a form prints on each page stands in its frame: no paragraph stands in the body twice",
        ),
        (
            "item-not-read",
            "Does not hold: what has a mark below the heading of a list of improvements is an item, or a part of one",
        ),
        (
            "items-not-marks",
            "Does not hold: a list has as many items as it has marks or numbers of the first level",
        ),
        (
            "item-begins-otherwise",
            "Does not hold: the items of a list all begin with a capital, or none does",
        ),
        (
            "item-ends-otherwise",
            "Does not hold: the items of a list end alike: with a full stop, without, or all but the last without",
        ),
        ("item-cut-off", "Does not hold: an item does not end in a word that another has to follow"),
        ("item-holds-mark", "Does not hold: an item holds no list mark: that would be another item"),
        ("item-too-long", "Does not hold: an item is a sentence or some, not a page"),
        (
            "sub-item-whole",
            "Does not hold: what stands below an item goes on its sentence, or a colon introduces it",
        ),
        (
            "list-not-read",
            "Does not hold: what a heading calls actions, areas for improvement or recommendations is a list of the record's",
        ),
        (
            "action-not-outcome",
            "Does not hold: an area is told to act at once where its outcome is systemic failings, and nowhere else",
        ),
        ("item-twice", "Does not hold: no item stands in a list twice"),
        (
            "paragraph-numbers-break",
            "Does not hold: the numbers of paragraphs run on from 1 through the whole report",
        ),
        (
            "paragraph-unnumbered",
            "Does not hold: where the paragraphs of a section are numbered, none begins a page without a number",
        ),
        ("paragraph-empty", "Does not hold: a number that paragraphs have stands before words"),
        ("item-numbers-break", "Does not hold: the numbers of what is recommended to one addressee run on"),
        ("footnote-marks-break", "Does not hold: the marks of footnotes run on from 1"),
        (
            "block-begins-small",
            "Does not hold: a paragraph begins with a capital, unless a line before it introduces it",
        ),
        (
            "sections-out-of-order",
            "Does not hold: a form has each of its own sections once, and in one order",
        ),
        (
            "sentence-in-sentence",
            "Does not hold: a word that begins sentences, and stands with a capital in none, has a full stop before it",
        ),
        ("sentence-begins-small", "Does not hold: behind a full stop a sentence begins with a capital"),
        ("block-cut-off", "Does not hold: a paragraph ends with its sentence"),
        ("heading-twice", "Does not hold: a heading does not stand above itself"),
        (
            "back-page-in-body",
            "Does not hold: what the letterhead and the back page say of the inspectorate stands there only",
        ),
        (
            "frame-in-body",
            "Does not hold: a date, a name, a post or a grade alone, and any postcode, stands in a frame, not among paragraphs",
        ),
        ("section-grade-differs", "Does not hold: a heading gives the grade that the table gives"),
        (
            "overall-out-of-range",
            "Does not hold: the overall grade is not better than the best of the others, nor worse than the worst",
        ),
        ("contents-not-headings", "Does not hold: each entry of the contents page heads a section"),
        (
            "inspectorate-left-out",
            "Does not hold: whoever signs a joint letter for another inspectorate does so for one that took part",
        ),
        (
            "footnote-in-text",
            "Does not hold: what begins with a number that sticks to its first word is a footnote",
        ),
        (
            "item-too-short",
            "Does not hold: an item of an area inspection's list is a sentence, of five words at least",
        ),
        (
            "signatories-not-alike",
            "Does not hold: of several who sign a letter each has a role, and in the edition of 2016 an organisation, or none has",
        ),
        (
            "word-misread",
            "Does not hold: in a damaged or recognised text each word of a short value is one that reports have, and spelled as elsewhere",
        ),
        (
            "name-misread",
            "Does not hold: in a damaged or recognised text the letters of a name follow one another as they do in names",
        ),
        (
            "mention-cut-off",
            "Does not hold: what is told of an earlier inspection begins and ends with its sentence",
        ),
        (
            "mention-not-read",
            "Does not hold: a year in which something was judged, or in which it was last inspected, is that of a mention",
        ),
        ("mention-grades-differ", "Does not hold: an inspection gave an area one grade"),
        (
            "mention-grade-not-read",
            "Does not hold: a grade that a mention's words say was given is one of its own, or of another mention that they tell",
        ),
        (
            "inspector-no-inspector",
            "Does not hold: the role of an inspector is one that inspectorates have, not that of who is written to",
        ),
        ("salutation-below-body", "Does not hold: a letter greets before it says anything else"),
        (
            "label-holds-two",
            "Does not hold: what is judged is named once, and no three words of its label come twice",
        ),
        (
            "running-line-in-person",
            "Does not hold: a line that runs through the pages stands in nobody's name, role or organisation",
        ),
        (
            "figure-cut-off",
            "Does not hold: what a figure is told in does not end in a word that another has to follow",
        ),
        ("figure-not-read", "Does not hold: a number that the section about the area states is in a figure"),
        (
            "heading-nearly-known",
            "Does not hold: what says in a heading that it needs improvement, or are findings, is one of the form's own sections",
        ),
        (
            "list-numbered",
            "Does not hold: the list of improvements of a report on children's services has marks, not the numbers of paragraphs",
        ),
        (
            "item-holds-two",
            "Does not hold: no item goes on with what begins another: a phrase behind a full stop, a capital within a sentence",
        ),
        (
            "item-unmarked",
            "Does not hold: what begins where the text of a list's item beside it begins is an item, and has a mark",
        ),
        (
            "heading-ends-early",
            "Does not hold: a line of a heading ends where its next word would not have fitted, or goes on small",
        ),
        ("heading-begins-small", "Does not hold: a heading begins with a capital or a number"),
        (
            "heading-cut-off",
            "Does not hold: a heading does not end in a word that another has to follow, nor a judgement's in a colon",
        ),
        (
            "heading-is-sentence",
            "Does not hold: a heading of some length ends in a full stop only if it gives a grade",
        ),
        (
            "frame-as-heading",
            "Does not hold: a close, a title, a date, a grade or a person's name stands in a frame and heads no section",
        ),
        ("judgement-no-section", "Does not hold: what the table judges has a section of its own"),
        ("section-ungraded", "Does not hold: where headings give grades, that of each judgement does"),
        (
            "line-ends-early",
            "Does not hold: a line of a paragraph ends where its next word would not have fitted",
        ),
        (
            "grades-not-alike",
            "Does not hold: the grades of a table all begin with a capital; they all have a number or none, and so have the labels",
        ),
        ("line-above-line", "Does not hold: the lines of a paragraph go down the page"),
        (
            "block-above-block",
            "Does not hold: what is read after a paragraph stands below it or in the next column",
        ),
        ("line-holds-gap", "Does not hold: the words of a line stand a blank apart; columns stand further"),
        (
            "line-begins-with-mark",
            "Does not hold: no line inside a paragraph or an item begins with a list mark",
        ),
        (
            "level-not-indented",
            "Does not hold: items that follow each other and begin at one edge are of one level",
        ),
        ("running-line-in-body", "Does not hold: a line that runs through the pages stands in no paragraph"),
        (
            "paragraph-breaks-off",
            "Does not hold: a paragraph whose last line reaches the margin ends with its sentence",
        ),
        (
            "item-begins-within",
            "Does not hold: where each of a list's items is one sentence, none holds another that begins with a line",
        ),
        (
            "row-begins-empty",
            "Does not hold: the first cell of a table's row of two says what the other is about",
        ),
        ("leaders-in-body", "Does not hold: rows of dots lead to page numbers, and stand in no paragraph"),
        ("heading-in-body", "Does not hold: a short line without a full stop is a heading, not a paragraph"),
        (
            "list-not-introduced",
            "Does not hold: a section that is a list begins with an item or with a line that ends in a colon",
        ),
        (
            "subject-no-subject",
            "Does not hold: a subject is a phrase that begins with what the letter is about and names the area",
        ),
        ("theme-no-theme", "Does not hold: what a visit looked at is told within one sentence"),
        ("figure-over-whole", "Does not hold: a part is not more than its whole"),
        (
            "figure-share-differs",
            "Does not hold: the share that is printed beside a part is that of the two numbers",
        ),
        (
            "character-unknown",
            "Does not hold: a value has no character that stands for one that was lost, and none that only its font knows",
        ),
        ("document-repaired", "The PDF was damaged; its cross-references were rebuilt"),
        ("document-truncated", "The PDF ends before its end"),
        ("document-incomplete", "Something that the PDF refers to is not in it"),
        ("text-garbled", "A font of a page is not in the PDF, or not whole: its characters may be wrong"),
        ("text-breaks-off", "The text ends inside a sentence"),
        ("characters-lost", "Characters of a value could not be decoded"),
        ("signature-not-read", "A letter has no signature that could be read"),
        ("pages-missing", "Page numbers tell that pages are missing"),
        (
            "pages-out-of-order",
            "Page numbers tell that pages are out of order, or that others stand between them",
        ),
        ("page-repeated", "A page stands twice; its copy was left out"),
        ("covering-message", "A page before the document's own first page was left out"),
        ("several-documents", "The file holds several documents; the record is of one of them"),
        ("accepted", "A person held the value against the document and found it right"),
        ("corrected", "A person held the value against the document and put it right, or took it out"),
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
