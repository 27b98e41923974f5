//! Words that distinguish a role, an organisation or a building from a person's name.

/// Titles before a name.
pub(super) const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Mx",
    "Dr",
    "Sir",
    "Dame",
    "Professor",
    "Prof",
    "Cllr",
    "Councillor",
    "Rev",
    "Reverend",
    "Lord",
    "Lady",
    "Baroness",
    "Canon",
];

/// Honours, degrees and memberships after a name; HMI and the like are roles.
pub(super) const LETTERS: &[&str] = &[
    "OBE", "MBE", "CBE", "KBE", "DBE", "KCB", "CB", "QPM", "KPM", "DL", "JP", "QC", "KC", "BSc", "BA", "MA",
    "MSc", "MB", "MBA", "ChB", "DCH", "FRCA", "FRCP", "FRCN", "PhD", "RN", "CPFA",
];

/// Words for roles, organisations, buildings and titles that are also surnames (listed in the 1990 US census or among
/// the commonest in Great Britain). As the last word of a name they don't rule it out.
pub(super) const ALSO_SURNAMES: &[&str] = &[
    "Head",
    "Constable",
    "Senior",
    "Lord",
    "Canon",
    "Dean",
    "Major",
    "Sergeant",
    "Hall",
    "House",
    "Street",
    "Lane",
    "Green",
    "Park",
    "Court",
    "Way",
    "Close",
    "Castle",
    "Grove",
    "Gate",
    "Place",
    "Square",
    "Box",
    "Room",
    "High",
    "Quay",
    "Town",
    "Floor",
    "Level",
    "Nurse",
    "Mayor",
    "Leader",
    "Force",
    "Dame",
    "Lady",
    "Drive",
    "Crescent",
    "Road",
    "Parade",
    "Dear",
    "Chair",
];

/// Words before which a name ends, unless they are its last word and in [`ALSO_SURNAMES`].
pub(super) const NEVER_NAMES: &[&str] = &[
    "Her",
    "His",
    "Majesty",
    "HMI",
    "HMIs",
    "SHMI",
    "SEND",
    "Area",
    "Senior",
    "Ofsted",
    "Inspector",
    "Inspectors",
    "Inspection",
    "Lead",
    "Deputy",
    "Director",
    "Executive",
    "Chief",
    "Head",
    "Chair",
    "Manager",
    "Officer",
    "Commissioner",
    "Corporate",
    "Strategic",
    "Interim",
    "Acting",
    "Assistant",
    "Associate",
    "Divisional",
    "Regional",
    "National",
    "Independent",
    "Accountable",
    "Designated",
    "Scrutineer",
    "Council",
    "Borough",
    "Children",
    "Services",
    "Service",
    "Education",
    "Police",
    "Constable",
    "Group",
    "Managing",
    "Superintendent",
    "Additional",
    "AI",
    "OI",
    "CQC",
    "Shadow",
    "Quality",
    "Team",
    "Contracted",
    "Regulatory",
    "Social",
    "Care",
    "Judgement",
    "Reporting",
    "NHS",
    "CEO",
    "Dear",
    "The",
    "Statutory",
    "Youth",
    "Probation",
    "Local",
    "Partnership",
    "Board",
    "Trust",
    "They",
    "This",
    "These",
    "Any",
    "If",
    "All",
    "Our",
    "We",
    "You",
    "Where",
    "When",
    "Please",
    "Further",
    "Information",
    "NPS",
    "CRC",
    "Commission",
];

/// Words for roles.
pub(super) const ROLE: &[&str] = &[
    "director",
    "directors",
    "directory",
    "executive",
    "chief",
    "head",
    "chair",
    "chairperson",
    "manager",
    "officer",
    "commissioner",
    "lead",
    "leader",
    "scrutineer",
    "nurse",
    "mayor",
    "inspector",
    "inspectors",
    "constable",
    "commander",
    "superintendent",
    "adviser",
    "advisor",
    "governor",
    "ceo",
    "dcs",
    "president",
    "secretary",
    "principal",
    "president",
    "member",
    "physicist",
    "scientist",
    "engineer",
    "specialist",
    "surveyor",
    "auditor",
    "assessor",
];

/// Words that show an organisation wherever they occur.
pub(super) const BODY: &[&str] = &[
    "council",
    "borough",
    "nhs",
    "ccg",
    "ccgs",
    "icb",
    "constabulary",
    "police",
    "trust",
    "board",
    "partnership",
    "service",
    "company",
    "corporation",
    "lscb",
    "team",
    "foundation",
    "hospital",
    "commissioning",
    "collaborative",
    "force",
    "ofsted",
    "authority",
    "probation",
    "group",
];

/// Words in names of organisations that don't show one by themselves, because somebody's area of responsibility may be
/// called the same.
const OF_BODIES: &[&str] = &[
    "services",
    "mbc",
    "inspectorate",
    "cqc",
    "commission",
    "department",
    "office",
    "county",
    "hmicfrs",
    "hmip",
];

/// Whether a text contains a word for an organisation.
pub(super) fn has_organisation_word(text: &str) -> bool {
    has_word(text, BODY) || has_word(text, OF_BODIES)
}

/// Words for buildings and streets.
pub(super) const PLACE: &[&str] = &[
    "hall",
    "house",
    "street",
    "road",
    "lane",
    "centre",
    "center",
    "building",
    "buildings",
    "office",
    "offices",
    "floor",
    "place",
    "square",
    "park",
    "court",
    "way",
    "avenue",
    "crescent",
    "close",
    "drive",
    "box",
    "room",
    "level",
    "guildhall",
    "castle",
    "civic",
    "municipal",
    "town",
    "city",
    "county",
    "grove",
    "gate",
    "green",
    "extension",
    "rd",
    "st",
    "high",
    "campus",
    "quay",
    "parade",
];

/// Whether a text contains a word of a list, in any case.
pub(super) fn has_word(text: &str, list: &[&str]) -> bool {
    words(text).any(|w| list.iter().any(|x| x.eq_ignore_ascii_case(w)))
}

/// Whether a word is a title before a name: "Mr", "Dr".
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Whether a text contains a word for a role: "director", "inspector".
pub fn has_role_word(text: &str) -> bool {
    has_word(text, ROLE)
}

/// The words of a text, without punctuation.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || super::scan::is_apostrophe(c))).filter(|w| !w.is_empty())
}

/// Words that can't end a sentence.
const OPEN: &[&str] = &[
    "of",
    "and",
    "the",
    "a",
    "an",
    "with",
    "by",
    "or",
    "that",
    "their",
    "its",
    "is",
    "are",
    "at",
    "as",
    "from",
    "which",
    "who",
    "including",
    "between",
];

/// Whether a text is unfinished: its last word can't end a sentence, or is one of `more`.
pub fn ends_open(text: &str, more: &[&str]) -> bool {
    let last = text.rsplit(' ').next().unwrap_or("");
    OPEN.contains(&last) || more.contains(&last)
}
