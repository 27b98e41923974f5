//! Codes for the numbers that a document states about the area.

use super::CodeList;

/// What figures measure. A count, a share and a rate of the same thing have the same code and differ in their unit.
pub const MEASURES: CodeList = CodeList {
    name: "measures",
    paths: &["/figures/*/measure"],
    codes: &[
        ("under-18-population", "Children and young people under 18 who live in the area"),
        ("population-growth", "Growth of the child population over a past period"),
        ("population-growth-forecast", "Expected growth of the child population"),
        ("child-poverty", "Children who live in poverty or in low-income families"),
        ("free-school-meals", "Pupils entitled to free school meals"),
        ("free-school-meals-primary", "Primary school pupils entitled to free school meals"),
        ("free-school-meals-secondary", "Secondary school pupils entitled to free school meals"),
        ("pupil-premium", "Pupils for whom schools receive the pupil premium"),
        ("pupil-premium-primary", "Primary school pupils for whom schools receive the pupil premium"),
        ("pupil-premium-secondary", "Secondary school pupils for whom schools receive the pupil premium"),
        ("minority-ethnic", "Children and young people from minority ethnic groups"),
        ("ethnic-group-asian", "Children and young people who are Asian or Asian British"),
        ("ethnic-group-black", "Children and young people who are Black or Black British"),
        ("ethnic-group-black-african", "Children and young people who are Black African"),
        ("ethnic-group-black-caribbean", "Children and young people who are Black Caribbean"),
        ("ethnic-group-mixed", "Children and young people of mixed ethnic background"),
        ("ethnic-group-white-british", "Children and young people who are White British"),
        ("ethnic-group-white-other", "Children and young people from another White background"),
        ("additional-language", "Pupils who speak English as an additional language"),
        ("additional-language-primary", "Primary school pupils who speak English as an additional language"),
        (
            "additional-language-secondary",
            "Secondary school pupils who speak English as an additional language",
        ),
        ("deprivation-rank", "Rank of the area by deprivation among England's areas; 1 is the most deprived"),
        ("workless-households", "Households with children and no adult in employment"),
        ("lone-parent-households", "Lone-parent households"),
        ("temporary-accommodation", "Children who live in temporary accommodation"),
        ("overcrowded-households", "Households with children in overcrowded accommodation"),
        ("young-carers", "Children known to provide unpaid care"),
        ("children-in-need", "Children assessed as formally in need of a specialist children's service"),
        ("child-protection-plans", "Children who are the subject of a child protection plan"),
        ("private-fostering", "Children in a privately arranged fostering placement"),
        ("children-in-care", "Children looked after by the local authority"),
        ("placed-out-of-area", "Looked after children who live outside the local authority's area"),
        ("placed-in-or-near-area", "Looked after children who live in or near the area"),
        ("residential-homes", "Looked after children in residential children's homes"),
        ("residential-special-schools", "Looked after children in residential special schools"),
        ("foster-care", "Looked after children with foster families"),
        ("placed-with-parents", "Looked after children who live with parents"),
        (
            "residential-homes-out-of-area",
            "Of those in residential children's homes, those who live out of the area",
        ),
        (
            "residential-special-schools-out-of-area",
            "Of those in residential special schools, those who live out of the area",
        ),
        ("foster-care-out-of-area", "Of those with foster families, those who live out of the area"),
        ("placed-with-parents-out-of-area", "Of those with parents, those who live out of the area"),
        ("unaccompanied-asylum-seeking", "Unaccompanied children seeking asylum"),
        ("adoptions", "Adoptions in the period"),
        (
            "special-guardianship",
            "Children who became the subject of special guardianship orders in the period",
        ),
        ("ceased-looked-after", "Children who ceased to be looked after in the period"),
        ("returned-to-care", "Of these, children who returned to be looked after"),
        (
            "independent-living",
            "Young people who ceased to be looked after and moved on to independent living",
        ),
        (
            "multiple-occupation",
            "Young people who ceased to be looked after and live in houses of multiple occupation",
        ),
        (
            "bed-and-breakfast",
            "Young people who ceased to be looked after and live in bed and breakfast accommodation",
        ),
        ("children-homes-operated", "Children's homes that the local authority operates"),
        ("children-homes-outstanding", "Of these, homes that were judged outstanding"),
        ("children-homes-good", "Of these, homes that were judged good"),
        ("children-homes-good-or-outstanding", "Of these, homes that were judged good or outstanding"),
        ("children-homes-requires-improvement", "Of these, homes that were judged to require improvement"),
        ("children-homes-adequate", "Of these, homes that were judged adequate"),
        ("children-homes-inadequate", "Of these, homes that were judged inadequate"),
        ("serious-incident-notifications", "Notifications of serious incidents submitted to Ofsted"),
        ("serious-case-reviews-completed", "Serious case reviews completed or published in the period"),
        ("serious-case-reviews-ongoing", "Serious case reviews ongoing at the time of the inspection"),
        ("serious-case-reviews-commissioned", "Serious case reviews begun in the period"),
        (
            "serious-case-reviews-completed-or-ongoing",
            "Serious case reviews completed or ongoing, given as one number",
        ),
        ("other", "Something else: the figure's text says what"),
    ],
    in_force: &[],
    closed: false,
};

/// What figures count.
pub const FIGURE_UNITS: CodeList = CodeList {
    name: "figure-units",
    paths: &["/figures/*/unit", "/figures/*/compare/*/unit"],
    codes: &[
        ("children", "Children and young people"),
        ("families", "Families"),
        ("households", "Households"),
        ("homes", "Children's homes"),
        ("incidents", "Incidents"),
        ("reviews", "Reviews"),
        ("per-cent", "Percentage of the group that the measure names"),
        ("per-10000", "Children per 10,000 children of the area"),
        ("rank", "A rank"),
        ("other", "Something else: the figure's text says what"),
    ],
    in_force: &[],
    closed: false,
};

/// How precise a figure is.
pub const FIGURE_QUALIFIERS: CodeList = CodeList {
    name: "figure-qualifiers",
    paths: &["/figures/*/qualifier"],
    codes: &[
        ("about", "Approximately the value"),
        ("fewer-than", "Less than the value"),
        ("at-most", "The value or less"),
        ("over", "More than the value"),
        ("at-least", "The value or more"),
    ],
    in_force: &[],
    closed: false,
};

/// What figures are compared with.
pub const COMPARATORS: CodeList = CodeList {
    name: "comparators",
    paths: &["/figures/*/compare/*/with"],
    codes: &[
        ("england", "England, or the country as a whole"),
        ("region", "The region of England"),
        ("statistical-neighbours", "Local authorities similar to it"),
        ("other", "Something else: the figure's text says what"),
    ],
    in_force: &[],
    closed: false,
};
