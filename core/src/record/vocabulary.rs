//! The open code lists, with the meaning of each code. They are published beside the schema; a new code is a
//! minor version.

/// A list of codes with their meanings.
#[derive(Debug, Clone, Copy)]
pub struct CodeList {
    /// Name of the list.
    pub name: &'static str,
    /// The places of the record that hold its codes, `*` for any index.
    pub paths: &'static [&'static str],
    /// Code and meaning.
    pub codes: &'static [(&'static str, &'static str)],
}

/// Every code list.
pub const CODE_LISTS: &[CodeList] = &[AREAS, GRADES, IMPROVEMENT_KINDS, SECTION_KINDS, FIGURES, DIAGNOSTICS];

/// What is judged.
pub const AREAS: CodeList = CodeList {
    name: "judgement-areas",
    paths: &["/judgements/*/area"],
    codes: &[
        ("overall-effectiveness", "Overall effectiveness"),
        (
            "leadership",
            "Leadership, management and governance; the impact of leaders on social work practice",
        ),
        ("help-and-protection", "Children who need help and protection"),
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
    ],
};

/// Grades of all scales.
pub const GRADES: CodeList = CodeList {
    name: "grades",
    paths: &["/judgements/*/grade", "/sections/*/grade", "/mentions/*/grade"],
    codes: &[
        ("outstanding", "Outstanding"),
        ("good", "Good"),
        ("requires-improvement", "Requires improvement to be good"),
        ("adequate", "Adequate (until 2013)"),
        ("inadequate", "Inadequate"),
        ("typically-positive", "Arrangements typically lead to positive experiences and outcomes"),
        ("inconsistent", "Arrangements lead to inconsistent experiences and outcomes"),
        ("systemic-failings", "Widespread and/or systemic failings"),
    ],
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
};

/// What figures measure.
pub const FIGURES: CodeList = CodeList {
    name: "measures",
    paths: &["/figures/*/measure"],
    codes: &[
        ("under-18-population", "Children and young people under 18 who live in the area"),
        ("child-poverty", "Share of children who live in poverty or in low-income families"),
        ("free-school-meals-primary", "Share of primary pupils entitled to free school meals"),
        ("free-school-meals-secondary", "Share of secondary pupils entitled to free school meals"),
        ("minority-ethnic", "Share of children from minority ethnic groups"),
        ("additional-language-primary", "Share of primary pupils with English as an additional language"),
        ("additional-language-secondary", "Share of secondary pupils with English as an additional language"),
        ("children-in-need", "Children assessed as formally in need of a specialist children's service"),
        ("child-protection-plans", "Children who are the subject of a child protection plan"),
        ("private-fostering", "Children in a privately arranged fostering placement"),
        ("children-in-care", "Children looked after by the local authority"),
        ("placed-out-of-area", "Looked after children who live outside the local authority's area"),
        ("residential-homes", "Looked after children in residential children's homes"),
        ("residential-special-schools", "Looked after children in residential special schools"),
        ("foster-care", "Looked after children with foster families"),
        ("placed-with-parents", "Looked after children who live with parents"),
        ("unaccompanied-asylum-seeking", "Looked after children who seek asylum on their own"),
        ("adoptions", "Adoptions in the last 12 months"),
        (
            "special-guardianship",
            "Children who became subject of special guardianship orders in the last 12 months",
        ),
        ("ceased-looked-after", "Children who ceased to be looked after in the last 12 months"),
        ("independent-living", "Of these, young people who moved on to independent living"),
        ("multiple-occupation", "Of these, young people who live in houses of multiple occupation"),
    ],
};

/// Diagnostic codes.
pub const DIAGNOSTICS: CodeList = CodeList {
    name: "diagnostics",
    paths: &["/diagnostics/*/code"],
    codes: &[
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
        ("engines-disagree", "Characters could not be mapped; the second text engine was used"),
        (
            "text-repaired",
            "A named repair changed words of the text before it was read; the message gives them",
        ),
        ("unmapped-glyphs", "Some characters have no Unicode value in the PDF"),
        ("page-without-text", "A page has an image and no text, and was not recognised"),
        ("text-recognised", "The text of some pages was recognised by an OCR engine"),
        ("ocr-layer-used", "The text that a scanner or copier put behind its image was used"),
        ("text-layer-replaced", "A page's own text could not be used; the page was recognised instead"),
        ("page-not-recognised", "Recognising a page failed; the message says why"),
        ("value-illegible", "A value was recognised with too little confidence and is left out"),
        ("document-repaired", "The PDF was damaged; its cross-references were rebuilt"),
        ("document-truncated", "The PDF ends before its end"),
    ],
};

/// The scale of a grade and its rank there, 1 best.
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
