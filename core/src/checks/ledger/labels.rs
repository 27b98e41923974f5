//! Fixed words of a form, such as labels and letterheads.

use std::sync::LazyLock;

use super::{Owner, Token, key};
use crate::cut::Cut;

/// Fixed phrases, in the form used for comparison. Within a region they are not part of any value.
const PHRASES: &[&str] = &[
    // Letterheads.
    "Ofsted",
    "Piccadilly Gate",
    "Store Street",
    "Manchester M1 2WD",
    "M1 2WD",
    "Clive House 70 Petty France Westminster London SW1H 9EX",
    "Aviation House 125 Kingsway London WC2B 6SE",
    "Agora 6 Cumberland Place Nottingham NG1 6HJ",
    "2 Rivergate Temple Quay Bristol BS1 6EH",
    "Textphone",
    "enquiries@ofsted.gov.uk",
    "www.gov.uk/ofsted",
    "www.ofsted.gov.uk",
    "raising standards improving lives",
    "raising standards",
    "improving lives",
    "Sent by email",
    "By email",
    "cc",
    // Salutations and closings.
    "Dear",
    "Re",
    "Yours sincerely",
    "Yours faithfully",
    "Ofsted will take the findings from this focused visit into account when planning your next inspection or visit",
    "Ofsted will take the findings from this visit into account when planning your next inspection or visit",
    // Headings of lists that are not blocks of their own.
    "Areas for priority action",
    "Areas for improvement",
    // Inspectorates, and posts of inspectors.
    "Care Quality Commission",
    "CQC",
    "HMIP",
    "HMICFRS",
    "HMIC",
    "HMI",
    "OI",
    "Her Majesty's",
    "His Majesty's",
    "Inspector",
    "Inspectors",
    "Lead inspector",
    "Deputy lead inspector",
    "Team inspector",
    "Team inspectors",
    "Shadow",
    "Senior",
    "Additional",
    "Seconded",
    "Associate",
    "Contracted",
    "Supernumerary",
    "Data analyst",
    "analysts",
    "Quality assurance manager",
    "managers",
    "Regulatory",
    "Inspection Manager",
    "Social Care",
    "Regional Director",
];

/// Titles, and letters after names, that are left out of a name's value.
const AROUND_NAMES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "sir",
    "dame",
    "professor",
    "prof",
    "cllr",
    "councillor",
    "rev",
    "lord",
    "lady",
    "obe",
    "mbe",
    "cbe",
    "kbe",
    "dbe",
    "cb",
    "qpm",
    "kpm",
    "dl",
    "jp",
    "qc",
    "kc",
    "bsc",
    "ba",
    "ma",
    "msc",
    "phd",
    "mba",
    "frcn",
    "and",
    "the",
    "of",
    "by",
    "to",
    "for",
    "with",
    "on",
    "from",
    "a",
    "in",
    "an",
];

/// Marks the words of fixed phrases.
pub(super) fn own(tokens: &mut [Token<'_>]) {
    static KEYS: LazyLock<Vec<Vec<String>>> =
        LazyLock::new(|| PHRASES.iter().map(|phrase| phrase.split(' ').map(key).collect()).collect());
    for keys in KEYS.iter() {
        every(tokens, keys);
    }
    let mut telephone = false;
    for token in tokens.iter_mut() {
        let read = token.read();
        let digits = read.bytes().all(|b| b.is_ascii_digit());
        telephone = read.starts_with("0300") || read.starts_with("0161") || telephone && digits;
        let small = telephone || AROUND_NAMES.contains(&read);
        if small && token.owner == Owner::Nobody {
            token.owner = Owner::Label;
        }
    }
}

/// Marks every occurrence of a phrase.
fn every(tokens: &mut [Token<'_>], keys: &[String]) {
    let mut at = 0;
    while at + keys.len() <= tokens.len() {
        if tokens.part(at..at + keys.len()).iter().zip(keys).all(|(t, k)| t.key == *k || t.read() == k) {
            let free = tokens[at..at + keys.len()].iter_mut().filter(|t| t.owner == Owner::Nobody);
            free.for_each(|t| t.owner = Owner::Label);
            at += keys.len();
        } else {
            at += 1;
        }
    }
}
