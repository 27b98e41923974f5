//! Tests that put names in every place where letters and reports have people: the country's commonest surnames and
//! given names, and names of unusual shapes. Each must be read, or its place must be reported as not read with a quote.
//! None may be lost or become part of a role.

use crate::format::Format;
use crate::ofsted::testing::record;
use crate::ofsted::{area_send, focused_visit, ilacs, jtai, sif};
use crate::record::{Record, Status};

const NAMES: &str = include_str!("../../data/names-gb.csv");

/// Surnames of unusual shapes, and some that are also words for roles and buildings.
const OTHERS: &[&str] = &[
    "Smith-Jones",
    "Thomson\u{2013}Hall",
    "O’Neill",
    "O'Brien",
    "D’Arcy",
    "McDonald",
    "MacLeod",
    "Mc Kenna",
    "van der Berg",
    "Van Der Merwe",
    "de la Cruz",
    "von Essen",
    "St John",
    "St. Clair",
    "ap Rhys",
    "al Hassan",
    "El-Sayed",
    "Ó Briain",
    "Müller",
    "Núñez",
    "Łukasz",
    "Šimić",
    "Håkansson",
    "ffrench",
    "Head",
    "Constable",
    "Lord",
    "Canon",
    "Dean",
    "Major",
    "Sergeant",
    "House",
    "Street",
    "Park",
    "Court",
    "Way",
    "Close",
    "Castle",
    "Grove",
    "Place",
    "Nurse",
    "Mayor",
    "Senior",
    "Bishop",
    "Abbott",
    "Sheriff",
    "Kent",
    "Sutton",
    "Bury",
    "Bolton",
    "Derby",
    "Lancaster",
];

/// The names to try: each listed surname with a listed given name, and each of the other surnames with three.
fn names() -> Vec<String> {
    let of = |kind: &str| -> Vec<&'static str> {
        NAMES.lines().filter_map(|l| l.split_once(',')).filter(|(k, _)| *k == kind).map(|(_, n)| n).collect()
    };
    let (surnames, given) = (of("surname"), of("given"));
    assert_eq!((surnames.len(), given.len()), (500, 200), "the table of names is whole");
    let common = surnames.iter().enumerate().map(|(i, s)| format!("{} {s}", given[i * 7 % given.len()]));
    let others = OTHERS.iter().enumerate().flat_map(|(i, s)| {
        let given = &given;
        (0..3).map(move |n| format!("{} {s}", given[(i * 11 + n * 67) % given.len()]))
    });
    common.chain(others).collect()
}

/// The results for one place.
#[derive(Default)]
struct Tally {
    read: usize,
    not_read: Vec<String>,
    lost: Vec<String>,
}

impl Tally {
    fn hold(&self, place: &str) {
        let all = self.read + self.not_read.len() + self.lost.len();
        assert!(
            self.lost.is_empty(),
            "{place}: {} of {all} lost or misread: {:?}",
            self.lost.len(),
            self.lost
        );
        let share = self.read as f64 / all as f64;
        assert!(
            all >= 600 && share >= 0.995,
            "{place}: {share} of {all} read, not read: {:?}",
            self.not_read
        );
    }

    /// Counts one name, given what was read in its place and whether the record says that something there was not read.
    fn count(&mut self, name: &str, read: &[Option<String>], record: &Record) {
        if read.contains(&Some(name.to_owned())) {
            self.read += 1;
        } else if record.evidence.values().any(|e| e.status == Status::NotRead && holds(&e.quote, name)) {
            self.not_read.push(name.to_owned());
        } else {
            self.lost.push(format!("{name} among {read:?}"));
        }
    }
}

fn holds(quote: &Option<String>, name: &str) -> bool {
    quote.as_ref().is_some_and(|q| q.contains(name))
}

/// Asserts that no role, organisation or address line contains the name.
fn assert_no_role(record: &Record, name: &str) {
    let letter = record.letter.iter();
    let recipients = letter.clone().flat_map(|l| &l.recipients);
    let lines = recipients.clone().flat_map(|r| &r.address);
    let in_lines = lines.into_iter().find(|l| l.contains(name));
    assert!(in_lines.is_none(), "{name} is a line of an address");
    let of_recipients = recipients.flat_map(|r| [&r.role, &r.organisation]).flatten();
    let of_signed = letter.flat_map(|l| &l.signatories).flat_map(|s| [&s.role, &s.organisation]).flatten();
    let of_team = record.inspectors.iter().flat_map(|i| [&i.role, &i.organisation]).flatten();
    let parts: Vec<&String> = of_recipients.chain(of_signed).chain(of_team).collect();
    let surname = name.split_once(' ').map_or(name, |(_, surname)| surname);
    let role = parts.iter().find(|p| p.contains(name) || p.ends_with(&format!(" {surname}")));
    assert!(role.is_none(), "{name} became part of “{}”", role.map_or("", |r| r.as_str()));
}

fn inspectors(r: &Record) -> Vec<Option<String>> {
    r.inspectors.iter().map(|i| i.name.clone()).collect()
}

fn recipients(r: &Record) -> Vec<Option<String>> {
    r.letter.iter().flat_map(|l| &l.recipients).map(|x| x.name.clone()).collect()
}

fn signatories(r: &Record) -> Vec<Option<String>> {
    r.letter.iter().flat_map(|l| &l.signatories).map(|x| x.name.clone()).collect()
}

/// Reads documents that each contain `n` of the names.
fn tried(
    place: &str,
    format: &dyn Format,
    n: usize,
    write: impl Fn(&[String]) -> String,
    read: impl Fn(&Record) -> Vec<Option<String>>,
) {
    let names = names();
    let mut tally = Tally::default();
    for some in names.chunks(n).filter(|c| c.len() == n) {
        let record = record(format, &write(some));
        let found = read(&record);
        for name in some {
            tally.count(name, &found, &record);
            assert_no_role(&record, name);
        }
    }
    tally.hold(place);
}

/// A focused visit's letter with this address, salutation, inspectors and signature.
fn letter(address: &str, inspectors: &str, signature: &str) -> String {
    format!(
        "12 May 2023\n\n{address}\nCivic Centre\nHigh Street\nWexcombe\nZZ1 1ZZ\n\nDear colleague\n\nFocused visit to Wexcombe children’s services\n\nThis letter summarises the findings of the focused visit to Wexcombe children’s services on 3 and 4 May 2023. {inspectors}\n\nHeadline findings\n\nLeaders listen.\n\nYours sincerely\n\n{signature}\n"
    )
}

const INSPECTORS: &str = "His Majesty’s Inspectors for this visit were Ann Lee and Jo Kay.";
const SIGNED: &str = "Ann Lee\nHis Majesty’s Inspector";

#[test]
fn a_letters_recipient() {
    let format = &focused_visit::FocusedVisit;
    let above =
        |n: &[String]| letter(&format!("{}\nDirector of Children’s Services", n[0]), INSPECTORS, SIGNED);
    tried("name above the role", format, 1, above, recipients);
    let beside =
        |n: &[String]| letter(&format!("{}, Director of Children’s Services", n[0]), INSPECTORS, SIGNED);
    tried("name beside the role", format, 1, beside, recipients);
    let council = |n: &[String]| letter(&format!("Ms {}\nWexcombe Council", n[0]), INSPECTORS, SIGNED);
    tried("name above the council", format, 1, council, recipients);
}

#[test]
fn a_letters_inspectors() {
    let format = &focused_visit::FocusedVisit;
    let address = "Ann Lee\nDirector of Children’s Services";
    let pair = |n: &[String]| {
        letter(
            address,
            &format!("His Majesty’s Inspectors for this visit were {} and {}.", n[0], n[1]),
            SIGNED,
        )
    };
    tried("pair in a sentence", format, 2, pair, inspectors);
    let ranked = |n: &[String]| {
        letter(
            address,
            &format!("The inspectors were {}, His Majesty’s Inspector, and {}, HMI.", n[0], n[1]),
            SIGNED,
        )
    };
    tried("ranked pair in a sentence", format, 2, ranked, inspectors);
}

#[test]
fn a_letters_signature() {
    let format = &focused_visit::FocusedVisit;
    let address = "Ann Lee\nDirector of Children’s Services";
    let below = |n: &[String]| letter(address, INSPECTORS, &format!("{}\nHis Majesty’s Inspector", n[0]));
    tried("signature over its role", format, 1, below, signatories);
    let alone = |n: &[String]| letter(address, INSPECTORS, &n[0]);
    tried("signature alone", format, 1, alone, signatories);
}

/// A joint letter with these recipients and signatures.
fn joint(recipients: &str, signatures: &str) -> String {
    format!(
        "9 March 2018\n\n{recipients}\n\nDear local partnership\n\nJoint targeted area inspection of the multi-agency response to neglect in Wexcombe\n\nBetween 15 and 19 January 2018, Ofsted and the Care Quality Commission (CQC) undertook a joint inspection of the multi-agency response to neglect in Wexcombe.\n\nKey strengths\n\n• Agencies meet.\n\nNext steps\n\nSend the statement by 29 June 2018.\n\nYours sincerely\n\n{signatures}\n"
    )
}

#[test]
fn a_joint_letters_people() {
    let format = &jtai::Jtai;
    let signed = "Ann Lee\nNational Director, Ofsted";
    let with_commas = |n: &[String]| {
        let lines = n.iter().map(|n| format!("{n}, Director of Children’s Services, Wexcombe Council"));
        joint(&lines.collect::<Vec<_>>().join("\n"), signed)
    };
    tried("joint recipients", format, 12, with_commas, recipients);
    let roles_only = |n: &[String]| {
        let lines = n.iter().map(|n| format!("{n}, Independent Scrutineer"));
        joint(&lines.collect::<Vec<_>>().join("\n"), signed)
    };
    tried("joint recipients without an organisation", format, 12, roles_only, recipients);
    let signatures = |n: &[String]| {
        let text = format!(
            "{}\nNational Director, Ofsted\n{}\nChief Inspector, Care Quality Commission",
            n[0], n[1]
        );
        joint("Ann Lee, Director of Children’s Services, Wexcombe Council", &text)
    };
    tried("joint signatures", format, 2, signatures, signatories);
}

#[test]
fn a_reports_team() {
    let front = "Wexcombe County Council\n\nInspection of services for children in need of help and protection, children looked after and care leavers\n\nInspection date: 3 to 27 June 2017\n\nReport published: 8 August 2017\n\n";
    let team = |n: &[String]| {
        format!(
            "{front}Executive summary\n\nLeaders listen.\n\nInformation about this inspection\n\nThe inspection team\n\nLead inspector: {} HMI\n\nTeam inspectors: {} HMI, {} (OI), {}\n\nQuality assurance manager: {}\n",
            n[0], n[1], n[2], n[3], n[4]
        )
    };
    tried("a SIF team", &sif::Sif, 5, team, inspectors);
    let lead = |n: &[String]| {
        format!(
            "Inspection of Wexcombe local authority children’s services\n\nInspection dates: 3 to 14 June 2023\n\nLead inspector: {}, His Majesty’s Inspector\n\nJudgement\n\nOverall effectiveness Good\n\nLeaders listen.\n",
            n[0]
        )
    };
    tried("an ILACS lead", &ilacs::Ilacs, 1, lead, inspectors);
    let below = |n: &[String]| {
        format!(
            "Inspection of Wexcombe local authority children’s services\n\nInspection dates: 3 to 14 June 2023\n\nLead inspector: {}\nHer Majesty’s Inspector\n\nJudgement\n\nOverall effectiveness Good\n\nLeaders listen.\n",
            n[0]
        )
    };
    tried("an ILACS lead over the title", &ilacs::Ilacs, 1, below, inspectors);
}

#[test]
fn an_area_reports_team() {
    let write = |n: &[String]| {
        format!(
            "Area SEND inspection of Wexcombe Local Area Partnership\n\nInspection dates: 3 to 7 June 2023\n\nInspection outcome\n\nLeaders listen.\n\nInspection team\n\nOfsted\n{}, Ofsted HMI, lead inspector\n{}, Ofsted HMI\n{} HMI, Ofsted inspector\n\nCare Quality Commission\n{}, CQC lead inspector\n{}, CQC inspector\n",
            n[0], n[1], n[2], n[3], n[4]
        )
    };
    tried("an area SEND team", &area_send::AreaSend, 5, write, inspectors);
}
