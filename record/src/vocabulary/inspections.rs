//! Codes for the inspection itself: its kind, the inspectorate, who was inspected, and the grading scale.

use super::CodeList;

const fn open(
    name: &'static str,
    paths: &'static [&'static str],
    codes: &'static [(&'static str, &'static str)],
    in_force: &'static [super::InForce],
) -> CodeList {
    CodeList { name, paths, codes, in_force, closed: false }
}

/// Formats that are read.
pub const FORMATS: CodeList = open(
    "formats",
    &["/format/id"],
    &[
        ("ofsted.ilacs.inspection", "ILACS inspection of a local authority's children's services"),
        ("ofsted.ilacs.focused-visit", "Letter about an ILACS focused visit"),
        ("ofsted.ilacs.monitoring-visit", "Letter about an ILACS monitoring visit"),
        ("ofsted.sif.inspection", "Single inspection, and review of the Local Safeguarding Children Board"),
        ("ofsted.sif.lscb-review", "Review of a Local Safeguarding Children Board alone"),
        (
            "ofsted.safeguarding.inspection",
            "Inspection of looked after children services, before the single framework",
        ),
        ("ofsted.jtai.inspection", "Letter about a joint targeted area inspection"),
        ("ofsted.area-send.inspection", "Area SEND inspection of a local area partnership"),
    ],
    &[
        ("ofsted.ilacs.inspection", "2018-01", ""),
        ("ofsted.ilacs.focused-visit", "2018-01", ""),
        ("ofsted.ilacs.monitoring-visit", "2018-01", ""),
        ("ofsted.sif.inspection", "2013-11", "2018"),
        ("ofsted.sif.lscb-review", "2013-11", "2018"),
        ("ofsted.safeguarding.inspection", "", "2013-10"),
        ("ofsted.jtai.inspection", "2016", ""),
        ("ofsted.area-send.inspection", "2023-01", ""),
    ],
);

/// Who inspects and publishes.
pub const REGULATORS: CodeList = open(
    "regulators",
    &["/regulator", "/with/*"],
    &[
        ("ofsted", "Office for Standards in Education, Children's Services and Skills"),
        ("cqc", "Care Quality Commission"),
        ("hmic", "HM Inspectorate of Constabulary"),
        ("hmicfrs", "HM Inspectorate of Constabulary and Fire & Rescue Services"),
        ("hmi-probation", "HM Inspectorate of Probation"),
    ],
    &[("hmic", "", "2017-07"), ("hmicfrs", "2017-07", "")],
);

/// Inspection frameworks.
pub const FRAMEWORKS: CodeList = open(
    "frameworks",
    &["/inspection/framework"],
    &[
        ("ILACS", "Inspecting local authority children's services"),
        ("SIF", "Single inspection framework"),
        ("pre-2013", "The inspections before the single inspection framework"),
        ("JTAI", "Joint targeted area inspections"),
        ("area-SEND", "Area SEND inspections, framework of 2023"),
    ],
    &[
        ("ILACS", "2018-01", ""),
        ("SIF", "2013-11", "2018"),
        ("pre-2013", "", "2013-10"),
        ("JTAI", "2016", ""),
        ("area-SEND", "2023-01", ""),
    ],
);

/// Types of inspection.
pub const INSPECTION_TYPES: CodeList = open(
    "inspection-types",
    &["/inspection/type"],
    &[
        ("standard", "Standard inspection (ILACS)"),
        ("short", "Short inspection (ILACS)"),
        ("focused-visit", "Focused visit (ILACS)"),
        ("monitoring-visit", "Monitoring visit after an inspection that found inadequate (ILACS)"),
        ("single", "Single inspection (SIF)"),
        ("lscb-review", "Review of a Local Safeguarding Children Board alone (SIF)"),
        ("joint", "Joint inspection by several inspectorates"),
        ("looked-after-children", "Inspection of services for looked after children (before 2013)"),
        ("child-protection", "Inspection of arrangements for the protection of children (before 2013)"),
        ("full", "Full inspection (area SEND)"),
    ],
    &[
        ("standard", "2018-01", ""),
        ("short", "2018-01", ""),
        ("focused-visit", "2018-01", ""),
        ("single", "2013-11", "2018"),
        ("lscb-review", "2013-11", "2018"),
        ("joint", "2016", ""),
        ("looked-after-children", "", "2013-10"),
        ("child-protection", "", "2013-10"),
        ("full", "2023-01", ""),
    ],
);

/// Who is inspected.
pub const PROVIDER_KINDS: CodeList = open(
    "provider-kinds",
    &["/provider/kind"],
    &[
        ("local-authority", "A local authority"),
        ("local-area-partnership", "The organisations that are jointly responsible for an area"),
    ],
    &[],
);

/// Scales of grades.
pub const SCALES: CodeList = open(
    "scales",
    &["/judgements/*/scale"],
    &[
        ("ofsted-4", "Outstanding, good, requires improvement to be good, inadequate"),
        ("ofsted-4-2013", "Outstanding, good, adequate, inadequate"),
        ("area-send-3", "The three outcomes of area SEND inspections"),
    ],
    &[("ofsted-4", "2013-11", ""), ("ofsted-4-2013", "", "2013-10"), ("area-send-3", "2023-01", "")],
);

/// To whom an improvement is addressed.
pub const ADDRESSEES: CodeList = open(
    "addressees",
    &["/improvements/*/addressed_to"],
    &[
        ("local-authority", "The local authority"),
        ("partnership", "The area's partnership of organisations"),
        ("lscb", "The Local Safeguarding Children Board"),
    ],
    &[("lscb", "2013-11", "2018")],
);

/// What mentions refer to: types of inspection, and less specific terms.
pub const MENTION_TYPES: CodeList = open(
    "mention-types",
    &["/mentions/*/type"],
    &[
        ("inspection", "An inspection of an unspecified kind"),
        ("standard", "Standard inspection (ILACS)"),
        ("short", "Short inspection (ILACS)"),
        ("focused-visit", "Focused visit (ILACS)"),
        ("monitoring-visit", "Monitoring visit after an inspection that found inadequate"),
        ("single", "Single inspection (SIF)"),
        ("joint", "Joint inspection by several inspectorates"),
        ("area-send", "Inspection of an area's services for special educational needs and disabilities"),
        ("thematic", "Thematic inspection"),
        ("children-home", "Inspection of a children's home"),
        ("fostering", "Inspection of a fostering agency"),
        ("adoption", "Inspection of an adoption agency"),
        ("visit", "A visit of an unspecified kind"),
        ("other", "Another inspection or review, such as a peer review"),
    ],
    &[],
);

/// What a mention's date refers to.
pub const MENTION_DATES: CodeList = open(
    "mention-dates",
    &["/mentions/*/date_is"],
    &[("inspection", "The inspection itself"), ("publication", "The publication of its report or letter")],
    &[],
);

/// Where a document's text came from.
pub const TEXT_LAYERS: CodeList = open(
    "text-layers",
    &["/document/text_layer"],
    &[
        ("native", "The text that the document holds"),
        ("ocr", "Text recognised from images of the pages"),
        ("mixed", "Text that some pages hold, and recognised text of the others"),
        ("plain-text", "A text file"),
    ],
    &[],
);
