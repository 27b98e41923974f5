//! The address block of a letter: recipients, address lines, and the salutation.

use nom::Parser;
use nom::character::complete::digit1;
use nom::combinator::verify;
use nom::sequence::preceded;

use super::date::month;
use super::given_names::is_given_name;
use super::label::{any_label, is_label, label};
use super::person::{is_person_like, person};
use super::postcode::trailing_postcode;
use super::scan::{clean, fail, is_dash, spaces1, word_starts};
use super::words::{PLACE, ROLE, has_word, words};
use super::{ParseResult, number};
use crate::areas;
use crate::cut::Cut;
use crate::record;

/// Buildings in which councils have their seats; in an address they are a line of their own.
pub(crate) const SEATS: &[&str] = &[
    "Town Hall",
    "City Hall",
    "County Hall",
    "Shire Hall",
    "Civic Centre",
    "Civic Offices",
    "Council House",
];

/// A recipient of a letter, as slices of its lines. A field that runs over several lines has a slice for each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipient<'a> {
    /// The name, without title and post-nominals.
    pub name: Option<&'a str>,
    /// The role.
    pub role: Vec<&'a str>,
    /// The organisation.
    pub organisation: Vec<&'a str>,
    /// Address lines, without the postcode.
    pub address: Vec<&'a str>,
    /// The postcode as printed.
    pub postcode: Option<&'a str>,
}

impl Recipient<'_> {
    /// The role as one text.
    pub fn role_value(&self) -> Option<String> {
        joined(&self.role)
    }

    /// The organisation as one text.
    pub fn organisation_value(&self) -> Option<String> {
        joined(&self.organisation)
    }

    /// The recipient as a record has it.
    pub fn value(&self) -> record::Recipient {
        record::Recipient {
            name: self.name.map(str::to_owned),
            role: self.role_value(),
            organisation: self.organisation_value(),
            address: self.address.iter().map(|line| (*line).to_owned()).collect(),
            postcode: self.postcode.map(str::to_owned),
            printed: None,
        }
    }
}

/// Joins slices with spaces; `None` if there are none.
fn joined(parts: &[&str]) -> Option<String> {
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// `salutation = "Dear" name [","]`: the name, without "Dear" and the comma.
///
/// "Dear Ms Lee"; "Dear Mick,"; "Dear local partnership"
pub fn salutation(input: &str) -> ParseResult<'_, &str> {
    let (rest, name) = preceded((label("dear"), spaces1), nom::combinator::rest).parse(input)?;
    let name = number::strip_footnote_mark(name.trim().trim_end_matches([',', ':'])).0.trim();
    if name.is_empty() || name.len() > 120 { fail(input) } else { Ok((rest, name)) }
}

/// The recipients of a letter with one address. Two names on the first line ("A B and C D") share the rest.
///
/// `recipient = name [role *line] [organisation] *line postcode`
///
/// The first line is the name. Lines that contain a word of a role come next, with any lines that continue them. A
/// council's name, or an area's bare name under the role, is the organisation. The rest is the address.
pub fn letter_recipients<'a>(lines: &[&'a str]) -> Vec<Recipient<'a>> {
    letter_recipients_in(lines, None)
}

/// Like [`letter_recipients`]. The name of the area that the letter is about is recognised as an area's name even if
/// the table of areas does not list it.
pub fn letter_recipients_in<'a>(lines: &[&'a str], area: Option<&str>) -> Vec<Recipient<'a>> {
    let mut lines: Vec<&'a str> = lines.iter().map(|l| clean(l)).filter(|l| !l.is_empty()).collect();
    lines.retain(|l| !is_placeholder(l) && !is_salutation(l) && !is_misprinted_date(l));
    // If text boxes overlap by a few letters, the block occurs twice.
    if let Some(again) = lines.iter().skip(1).position(|l| *l == lines[0]) {
        lines.truncate(again + 1);
    }
    let mut shared = Recipient::default();
    if let Some(at) = lines.iter().rposition(|l| trailing_postcode(l).is_some())
        && let Some((before, code)) = trailing_postcode(lines[at])
    {
        shared.postcode = Some(code);
        lines.truncate(at + 1);
        lines[at] = before;
        lines.retain(|l| !l.is_empty());
    }
    if let Some(second) = second_recipient(&lines) {
        let with = letter_recipients_in(lines.tail(second), area);
        let mut all = letter_recipients_in(lines.head(second), area);
        for to in all.iter_mut().filter(|to| to.address.is_empty()) {
            to.address = with.first().map(|w| w.address.clone()).unwrap_or_default();
            if to.organisation.is_empty() {
                to.organisation = with.first().map(|w| w.organisation.clone()).unwrap_or_default();
            }
        }
        all.extend(with);
        all.iter_mut().for_each(|to| to.postcode = shared.postcode);
        return all;
    }
    let (names, beside) = lines.first().map(|l| names_on(l)).unwrap_or_default();
    if !names.is_empty() {
        lines.splice(..1, beside);
    }
    let rest = take_role(&lines, &mut shared);
    take_organisation(rest, area, &mut shared);
    if names.is_empty() {
        return vec![shared];
    }
    names.into_iter().map(|name| Recipient { name: Some(name), ..shared.clone() }).collect()
}

/// The line on which a second recipient with the same address begins: a name with a role after it or on the next line.
///
/// "Ann Lee" / "Chief Executive" / "Jo Kay" / "Director of Children’s Services" / "County Hall"
fn second_recipient(lines: &[&str]) -> Option<usize> {
    let begins = |at: usize| {
        let Ok((rest, who)) = person(lines[at]) else { return false };
        let given = words(who.name).next().is_some_and(is_given_name);
        let next = match rest.trim() {
            "" => lines.get(at + 1).copied().unwrap_or(""),
            rest => rest.strip_prefix(',').unwrap_or(""),
        };
        let beside = rest.starts_with(',') && is_person_like(who.name);
        (given || beside || who.title.is_some())
            && words(who.name).count() >= 2
            && !has_word(who.name, ROLE)
            && has_word(next, ROLE)
            // "Mary Ward Centre, Head Teachers Wing" is an address.
            && !has_word(who.name, PLACE)
            && !next.split_whitespace().next_back().is_some_and(|word| has_word(word, PLACE))
    };
    let first = lines.first().is_some_and(|_| begins(0));
    (1..lines.len()).find(|at| first && begins(*at))
}

/// Whether a line is a placeholder that was left in from a template: "Insert LA Address".
fn is_placeholder(line: &str) -> bool {
    label("insert")(line).is_ok() && line.split(' ').count() <= 5
}

/// Whether a line is a date whose year has too few or too many digits: "6 November 20205". It stands above the name, and is no name.
fn is_misprinted_date(line: &str) -> bool {
    let mut date = (verify(digit1, |day: &str| day.len() <= 2), spaces1, month, spaces1, digit1);
    date.parse(line).is_ok_and(|(rest, _)| rest.trim().is_empty())
}

fn is_salutation(line: &str) -> bool {
    salutation(line).is_ok()
}

/// The names on the first line of an address, and what follows them on it: a role, and an organisation.
///
/// "Ann Lee"; "Ann Lee and Jo Kay"; "Ann Lee, Director of Services"; "Ms Ann Lee Director of Services, Bury Council"
fn names_on(line: &str) -> (Vec<&str>, Vec<&str>) {
    let mut names = Vec::new();
    let mut rest = line;
    while let Ok((after, p)) = person(rest) {
        names.push(p.name);
        let after = after.trim_start();
        if after.is_empty() {
            return (names, Vec::new());
        }
        if let Some(role) = role_beside(after) {
            return (names, role);
        }
        let Ok((next, _)) = any_label(&["and", "&"])(after) else { break };
        rest = next.trim_start();
    }
    (Vec::new(), Vec::new())
}

/// A role after a name on its line, and the council after that.
fn role_beside(after: &str) -> Option<Vec<&str>> {
    let role = clean(after.trim_start_matches([',', ' ', '\u{2013}', '-']));
    let first = super::words::words(role).take(4).any(|w| has_word(w, ROLE));
    if !first || is_council(role) && !role.contains(',') {
        return None;
    }
    Some(match role.rsplit_once(',') {
        Some((role, council)) if is_council(council) => vec![clean(role), clean(council)],
        _ => vec![role],
    })
}

/// Takes the lines of the role, with an organisation at the end of one, and returns the remaining lines.
fn take_role<'s, 'a>(lines: &'s [&'a str], to: &mut Recipient<'a>) -> &'s [&'a str] {
    let mut n = 0;
    while n < lines.len() && to.organisation.is_empty() {
        let line = lines[n];
        let more = has_word(line, ROLE) && !is_council(line) && n < 3;
        let goes_on = n > 0 && (open_ended(lines[n - 1]) || continues(line)) && !is_council(line);
        let of_services = n == 1 && is_services(line);
        if !(more || goes_on || of_services) {
            break;
        }
        let (role, area) = split_area_at_end(line);
        to.role.push(role);
        to.organisation.extend(area);
        n += 1;
    }
    lines.tail(n)
}

/// Whether a role must continue after this line: it ends in "of", "and", "for", "&", a comma or a possessive.
fn open_ended(line: &str) -> bool {
    let last = line.rsplit(' ').next().unwrap_or("");
    last.ends_with([',', '&'])
        || last.ends_with("’s")
        || last.ends_with("'s")
        || any_label(&["of", "and", "for"])(last).is_ok_and(|(rest, _)| rest.is_empty())
}

/// Whether a line continues the one before: it begins with a lower-case letter or "&".
fn continues(line: &str) -> bool {
    line.starts_with(char::is_lowercase) || line.starts_with('&')
}

/// Whether a line names services rather than an area, as the rest of a role does ("Care, Wellbeing and Learning").
fn is_services(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "children",
        "children's",
        "childrens",
        "services",
        "families",
        "education",
        "care",
        "wellbeing",
        "learning",
        "people",
        "adults",
        "health",
        "skills",
        "safeguarding",
        "housing",
        "community",
        "communities",
        "young",
    ];
    let known = super::words::words(line).filter(|w| {
        WORDS.iter().any(|x| label(x)(w).is_ok_and(|(rest, _)| rest.is_empty() || rest.ends_with('s')))
    });
    let total = super::words::words(line).filter(|w| label("and")(w).is_err()).count();
    let known = known.count();
    known >= 2
        && known * 2 >= total
        && !has_word(line, &["directorate", "department"])
        && starts_with_no_area(line)
}

fn starts_with_no_area(line: &str) -> bool {
    !word_starts(line).skip(1).any(|at| areas::is_name(line.head(at).trim()))
}

/// Splits a line of a role that ends in an area's bare name: "Director of Services North Somerset".
fn split_area_at_end(line: &str) -> (&str, Option<&str>) {
    let at = word_starts(line).skip(2).find(|at| areas::is_name(line.tail(*at)));
    match at {
        Some(at) if has_word(line.head(at), ROLE) && !joins_area(line.head(at)) => {
            (clean(line.head(at)), Some(line.tail(at)))
        }
        _ => (line, None),
    }
}

/// Whether the words before an area's name connect it to the role, so that it is not split off: "Director for".
fn joins_area(before: &str) -> bool {
    let last = before.trim_end().rsplit(' ').next().unwrap_or("");
    last.ends_with(is_dash)
        || any_label(&["of", "for", "and", "in", "the", "&"])(last).is_ok_and(|(rest, _)| rest.is_empty())
}

/// Takes the organisation; what remains is the address.
fn take_organisation<'a>(lines: &[&'a str], area: Option<&str>, to: &mut Recipient<'a>) {
    let is_area = |line: &str| areas::is_name(line) || area.is_some_and(|a| areas::same_name(a, line));
    let mut lines = lines.to_vec();
    if to.organisation.is_empty() {
        if let Some(at) = lines.iter().position(|l| is_council(l)) {
            let (council, building) = split_building(lines[at]);
            to.organisation.push(council);
            match building {
                Some(b) => lines[at] = b,
                None => {
                    lines.remove(at);
                }
            }
        } else if lines.len() > 1 && (is_area(lines[0]) || is_trust(lines[0])) {
            to.organisation.push(lines.remove(0));
            if lines.len() > 1 && is_trust(to.organisation[0]) && areas::is_name(lines[0]) {
                to.organisation.push(lines.remove(0));
            }
        }
    }
    to.address = lines;
}

/// Whether a line names a council: "X County Council"; "London Borough of X"; "X MBC"; "City of London Corporation".
fn is_council(line: &str) -> bool {
    let council = has_word(line, &["council", "mbc", "corporation", "lbc"]) || has_borough_of(line);
    let building =
        any_label(&["the council house", "council house", "council offices", "the council offices"])(line);
    let street = line.starts_with(|c: char| c.is_ascii_digit()) || super::contains_label(line, "street");
    council && building.is_err() && !street
}

fn has_borough_of(line: &str) -> bool {
    const STYLES: &[&str] =
        &["london borough of", "the london borough of", "royal borough of", "metropolitan borough of"];
    if any_label(STYLES)(line).is_ok() {
        return true;
    }
    ["borough of", "city of"].iter().any(|b| super::contains_label(line, b))
        && areas::resolve(line, None).is_some()
}

/// Whether a line names a body that runs services for an area: "Achieving for Children"; "X Children’s Trust"; "X
/// children’s services".
fn is_trust(line: &str) -> bool {
    let at = word_starts(line).find(|at| label("children's services")(line.tail(*at)).is_ok());
    let area_services = at.is_some_and(|at| areas::is_name(clean(line.head(at))));
    area_services
        || any_label(&["together for children", "achieving for children"])(line).is_ok()
        || (super::contains_label(line, "trust") && super::contains_label(line, "children's"))
}

/// Splits a council's line that ends with a building: "X Borough Council Civic Centre".
fn split_building(line: &str) -> (&str, Option<&str>) {
    let at = word_starts(line).skip(1).find(|at| any_label(SEATS)(line.tail(*at)).is_ok());
    match at {
        Some(at) if super::contains_label(line.head(at), "council") => {
            (clean(line.head(at)), Some(line.tail(at)))
        }
        _ => (line, None),
    }
}

/// Whether a line is a fixed part of a letter rather than of an address: a date, or the letterhead's contact details.
pub fn is_letterhead(line: &str) -> bool {
    const HEAD: &[&str] = &[
        "piccadilly gate",
        "store street",
        "manchester m1 2wd",
        "m1 2wd",
        "clive house",
        "70 petty france",
        "aviation house",
        "agora",
        "2 rivergate",
        "t 0300",
        "textphone",
        "enquiries@",
        "www.",
        "ofsted",
    ];
    let line = line.trim();
    HEAD.iter().any(|h| line.get(..h.len()).is_some_and(|l| l.eq_ignore_ascii_case(h)))
        || is_label(line, "manchester")
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn block(text: &str) -> String {
        let lines: Vec<&str> = text.split('/').collect();
        let one = |r: &Recipient<'_>| {
            format!(
                "{} | {} | {} | {} | {}",
                r.name.unwrap_or("-"),
                r.role_value().unwrap_or("-".into()),
                r.organisation_value().unwrap_or("-".into()),
                r.address.join("; "),
                r.postcode.unwrap_or("-")
            )
        };
        letter_recipients(&lines).iter().map(one).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn two_recipients_share_an_address() {
        assert_snapshot!(block("Ann Lee/Chief Executive/Mary Kay/Director of Children’s Services/Bury Council/Town Hall/BL9 0EJ"), @r"
        Ann Lee | Chief Executive | Bury Council | Town Hall | BL9 0EJ
        Mary Kay | Director of Children’s Services | Bury Council | Town Hall | BL9 0EJ
        ");
        assert_snapshot!(block("Ann Lee, Chief Executive/Mary Kay, Director of Children’s Services/Bury Council/Town Hall/BL9 0EJ"), @r"
        Ann Lee | Chief Executive | Bury Council | Town Hall | BL9 0EJ
        Mary Kay | Director of Children’s Services | Bury Council | Town Hall | BL9 0EJ
        ");
        assert_snapshot!(block("Ann Lee/Director of Children’s Services/Victoria House/Mary Street/BL9 0EJ"), @"Ann Lee | Director of Children’s Services | - | Victoria House; Mary Street | BL9 0EJ");
    }

    #[test]
    fn a_block_is_name_role_organisation_lines_and_postcode() {
        assert_snapshot!(block("Ann Lee/Director of Children’s Services/Bury Council/1 High Street/Bury/BL9 0EJ"),
            @"Ann Lee | Director of Children’s Services | Bury Council | 1 High Street; Bury | BL9 0EJ");
        assert_snapshot!(block("Ms Ann Lee/Director of Children’s Services/County Hall/Park Road/Dorchester/DT1 1XJ"),
            @"Ann Lee | Director of Children’s Services | - | County Hall; Park Road; Dorchester | DT1 1XJ");
        assert_snapshot!(block("Ann Lee/Haringey/225 High Rd/London N22 8HQ"), @"Ann Lee | - | Haringey | 225 High Rd; London | N22 8HQ");
        assert_snapshot!(block("Ann Lee and Jo Kay/Joint Directors/Kent/Old Hall/Maidstone/ME14 1XQ"), @r"
        Ann Lee | Joint Directors | Kent | Old Hall; Maidstone | ME14 1XQ
        Jo Kay | Joint Directors | Kent | Old Hall; Maidstone | ME14 1XQ
        ");
    }

    #[test]
    fn a_date_whose_year_is_misprinted_is_no_name() {
        assert_snapshot!(block("6 November 20205/Ann Lee/Director/Town Hall/BL9 0EJ"), @"Ann Lee | Director | - | Town Hall | BL9 0EJ");
        assert_snapshot!(block("Ann Lee/Director/1 May Street/BL9 0EJ"), @"Ann Lee | Director | - | 1 May Street | BL9 0EJ");
    }

    #[test]
    fn a_role_may_stand_beside_the_name() {
        assert_snapshot!(block("Ann Lee, Director of Children’s Services/Town Hall/BL9 0EJ"), @"Ann Lee | Director of Children’s Services | - | Town Hall | BL9 0EJ");
        assert_snapshot!(block("Ms Ann Lee Director of Children’s Services/Town Hall/BL9 0EJ"), @"Ann Lee | Director of Children’s Services | - | Town Hall | BL9 0EJ");
        assert_snapshot!(block("Ann Lee – Director of Children’s Services, Bury Council/Town Hall/BL9 0EJ"), @"Ann Lee | Director of Children’s Services | Bury Council | Town Hall | BL9 0EJ");
        assert_snapshot!(block("Ann Lee, Director of Children’s/Services/Town Hall/BL9 0EJ"), @"Ann Lee | Director of Children’s Services | - | Town Hall | BL9 0EJ");
        assert_snapshot!(block("Gareth Head/Director/Town Hall/BL9 0EJ"), @"Gareth Head | Director | - | Town Hall | BL9 0EJ");
        assert_snapshot!(block("Ann Hall/Bury Council/Town Hall/BL9 0EJ"), @"Ann Hall | - | Bury Council | Town Hall | BL9 0EJ");
    }

    #[test]
    fn a_block_that_stands_twice_is_read_once() {
        assert_snapshot!(block("Ann Lee/Director/County Hall/DT1 1XJ/Ann Lee/Director/County Hall/DT1 1XJ"), @"Ann Lee | Director | - | County Hall | DT1 1XJ");
        assert_snapshot!(block("Ann Lee/Director/Kent House/SW21 EG/Insert LA Address"), @"Ann Lee | Director | - | Kent House | SW21 EG");
    }

    #[test]
    fn roles_wrap_and_councils_stand_anywhere() {
        assert_snapshot!(block("Ann Lee/Strategic Director/Care, Wellbeing and Learning/Gateshead/Civic Centre/NE8 1HH"),
            @"Ann Lee | Strategic Director Care, Wellbeing and Learning | Gateshead | Civic Centre | NE8 1HH");
        assert_snapshot!(block("Ann Lee/Director of Children’s Services/and Chief Executive/Together for Children/Sunderland/Old Centre/SR3 4EN"),
            @"Ann Lee | Director of Children’s Services and Chief Executive | Together for Children Sunderland | Old Centre | SR3 4EN");
        assert_snapshot!(block("Ann Lee/Executive Director/2nd Floor, Civic Centre/Luton Council/Old Street/LU1 2BQ"),
            @"Ann Lee | Executive Director | Luton Council | 2nd Floor, Civic Centre; Old Street | LU1 2BQ");
        assert_snapshot!(block("Ann Lee/Director of Children’s Services North Somerset/Town Hall/BS23 1UJ"),
            @"Ann Lee | Director of Children’s Services | North Somerset | Town Hall | BS23 1UJ");
        assert_snapshot!(block("Ann Lee/Director/London Borough of Wexcombe/High Street/E1 1AA"), @"Ann Lee | Director | London Borough of Wexcombe | High Street | E1 1AA");
        assert_snapshot!(block("Ann Lee/Director/Wiltshire Council County Hall/BA14 8JN"), @"Ann Lee | Director | Wiltshire Council | County Hall | BA14 8JN");
    }

    #[test]
    fn the_letters_own_area_is_known() {
        let lines = ["Ann Lee", "Director", "Wexcombe", "Old Hall", "ZZ1 1ZZ"];
        assert_eq!(letter_recipients(&lines)[0].organisation_value(), None);
        assert_snapshot!(letter_recipients_in(&lines, Some("wexcombe"))[0].organisation[0], @"Wexcombe");
        assert_snapshot!(block("Ann Lee/Director/London Borough of Stanbeck/Old Hall/ZZ1 1ZZ"), @"Ann Lee | Director | London Borough of Stanbeck | Old Hall | ZZ1 1ZZ");
    }

    #[test]
    fn salutations_lose_dear_and_the_comma() {
        assert_snapshot!(salutation("Dear Ms Lee").unwrap().1, @"Ms Lee");
        assert_snapshot!(salutation("Dear Mick,").unwrap().1, @"Mick");
        assert!(salutation("Dearham").is_err());
    }
}
