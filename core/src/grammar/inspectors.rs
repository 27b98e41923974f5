//! Inspectors: lists of names with roles, and the sentences that contain them.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::char;
use nom::combinator::{opt, verify};
use nom::multi::{many0, many1};
use nom::sequence::{delimited, preceded, terminated};

use super::label::{self, any_label, label};
use super::person::{Person, person};
use super::scan::{fail, find, spaces0, spaces1};
use super::{Hit, ParseResult};

/// An inspector as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspector<'a> {
    /// Who it is.
    pub person: Person<'a>,
    /// The role printed beside the name, or once for several names: "Her Majesty’s Inspectors".
    pub role: Option<&'a str>,
    /// Whether the role is that of the lead inspector.
    pub lead: bool,
}

impl Inspector<'_> {
    /// The role in the singular: "Her Majesty’s Inspector", "HMI", "team inspector".
    pub fn role_value(&self) -> Option<String> {
        let role = self.role?;
        let one = match role.strip_suffix('s') {
            Some(one) if is_plural(role) => one,
            _ => role,
        };
        Some(one.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

const ROLES: &[&str] = &[
    "Senior Her Majesty's Inspectors",
    "Senior Her Majesty's Inspector",
    "Senior His Majesty's Inspectors",
    "Senior His Majesty's Inspector",
    "Her Majesty's Inspectors",
    "Her Majesty's Inspector",
    "His Majesty's Inspectors",
    "His Majesty's Inspector",
    "Acting Senior HMI",
    "Senior HMI",
    "Ofsted HMI",
    "HMI designate",
    "SHMIs",
    "SHMI",
    "HMIs",
    "HMI",
    "deputy lead inspector",
    "lead inspector",
    "team inspectors",
    "team inspector",
    "additional inspectors",
    "additional inspector",
    "associate inspectors",
    "associate inspector",
    "contracted inspectors",
    "contracted inspector",
    "Ofsted inspectors",
    "Ofsted inspector",
    "CQC inspectors",
    "CQC inspector",
    "social care regulatory inspector",
    "regulatory inspection manager",
    "seconded inspectors",
    "seconded inspector",
    "SCRI",
    "OI",
    "AI",
];

/// `role = <one of ROLES> ["(designate)"]`
///
/// "Her Majesty’s Inspector"; "HMI"; "SHMI"; "team inspectors"; "Contracted Inspector"
pub fn inspector_role(input: &str) -> ParseResult<'_, &str> {
    let designate = preceded(spaces0, alt((label("(designate"), label("designate"))));
    terminated(any_label(ROLES), opt((designate, opt(char(')'))))).parse(input)
}

/// A name with its role before or after it; the role may be missing.
///
/// "Ann Lee, Her Majesty’s Inspector"; "Ann Lee HMI"; "Ann Lee (OI)"; "Ann Lee, Ofsted HMI, lead inspector";
/// "lead inspector Ann Lee"; "HMI Ann Lee, Her Majesty’s Inspector"
pub fn person_role(input: &str) -> ParseResult<'_, Inspector<'_>> {
    let (rest, before) = opt(terminated(inspector_role, (opt(char(',')), spaces1))).parse(input)?;
    let (rest, person) = person(rest)?;
    let (rest, after) = many0(role_after).parse(rest)?;
    let lead = before.iter().chain(&after).any(|r| is_lead(r));
    let in_team = before.filter(|r| is_plural(r) || label::contains_label(r, "inspector"));
    Ok((rest, Inspector { person, role: in_team.or(after.first().copied()).or(before), lead }))
}

/// A role after a name: ", HMI"; " HMI"; " (OI)"; ", two of Her Majesty’s Inspectors"; ", all of whom are …".
fn role_after(input: &str) -> ParseResult<'_, &str> {
    let bracketed = delimited((char('('), spaces0), inspector_role, (spaces0, char(')')));
    let role = alt((bracketed, inspector_role));
    let (rest, (comma, _, role)) =
        (opt(char(',')), spaces1, preceded(opt(terminated(of_them, spaces1)), role)).parse(input)?;
    let of_the_next = comma.is_some() && (spaces1, super::person::person).parse(rest).is_ok();
    let is_title = rest.trim_start().starts_with(':'); // title of the next list: "… Ann Lee Team inspectors: …"
    if of_the_next || is_title { fail(input) } else { Ok((rest, role)) }
}

/// "two of"; "both of whom are"; "all".
fn of_them(input: &str) -> ParseResult<'_, &str> {
    any_label(&[
        "all of whom are",
        "both of whom are",
        "each of whom is",
        "who are",
        "who is",
        "all of",
        "both of",
        "one of",
        "two of",
        "three of",
        "four of",
        "five of",
        "six of",
        "all",
        "both",
    ])(input)
}

/// `inspector-list = person-role *(("," / "and" / ", and") person-role)`
///
/// A role in the plural after several names applies to all of them that have none. A role before a name ("team
/// inspectors A and B") also applies to the names after it.
///
/// "A B, HMI, and C D, HMI"; "A B and C D, Her Majesty’s Inspectors"; "lead inspector A B and team inspectors C D"
pub fn inspector_list(input: &str) -> ParseResult<'_, Vec<Inspector<'_>>> {
    let (rest, items) = many1(terminated(item, opt(separator))).parse(input)?;
    // A separator without a name after it is not part of the list.
    let rest = items.last().map_or(rest, |last| last.2);
    Ok((rest, share_roles(items)))
}

/// An item of the list: whether its role is printed before the name, the inspector, and the rest of the input.
type Item<'a> = (bool, Inspector<'a>, &'a str);

fn item(input: &str) -> ParseResult<'_, Item<'_>> {
    let before = inspector_role(input).is_ok();
    let (rest, inspector) = person_role(input)?;
    Ok((rest, (before, inspector, rest)))
}

fn separator(input: &str) -> ParseResult<'_, &str> {
    let and = |i| terminated(alt((label("and"), tag("&"))), spaces1).parse(i);
    let comma = preceded((spaces0, alt((char(','), char(';'))), spaces1), opt(and));
    alt((comma.map(|_| ""), preceded(spaces1, and))).parse(input)
}

fn share_roles(items: Vec<Item<'_>>) -> Vec<Inspector<'_>> {
    let mut out: Vec<Inspector<'_>> = Vec::with_capacity(items.len());
    let mut going_on = None;
    for (before, mut inspector, _) in items {
        match inspector.role {
            Some(role) if before => going_on = is_plural(role).then_some(role),
            Some(role) if is_plural(role) => {
                for earlier in out.iter_mut().rev().take_while(|i| i.role.is_none()) {
                    earlier.role = Some(role);
                }
            }
            Some(_) => {}
            None => inspector.role = going_on,
        }
        out.push(inspector);
    }
    out
}

fn is_plural(role: &str) -> bool {
    role.ends_with("nspectors") || role.ends_with("HMIs")
}

fn is_lead(role: &str) -> bool {
    label("lead inspector")(role).is_ok()
}

/// A sentence that names the inspectors of a visit.
///
/// "The inspectors were A B, HMI, and C D, HMI."; "Her Majesty’s Inspectors for this visit were A B and C D.";
/// "The visit was carried out by Her Majesty’s Inspectors A B and C D."
pub fn inspector_sentence(input: &str) -> ParseResult<'_, Vec<Inspector<'_>>> {
    alt((majestys_inspectors_were, inspectors_were, carried_out_by)).parse(input)
}

/// The inspectors named in a text, wherever the sentence is.
pub fn find_inspectors(text: &str) -> Option<Hit<'_, Vec<Inspector<'_>>>> {
    find(inspector_sentence, text)
}

/// `("Her" / "His") "Majesty's Inspectors" ["for this visit"] "were" inspector-list`
fn majestys_inspectors_were(input: &str) -> ParseResult<'_, Vec<Inspector<'_>>> {
    let (rest, role) = verify(inspector_role, |r: &str| r.contains("ajesty")).parse(input)?;
    let (rest, _) = (spaces1, opt(terminated(occasion, spaces1)), were, spaces1).parse(rest)?;
    let (rest, mut list) = inspector_list(rest)?;
    for i in list.iter_mut().filter(|i| i.role.is_none()) {
        i.role = Some(role);
    }
    Ok((rest, list))
}

/// `"The inspectors" ["for this visit"] "were" inspector-list`
fn inspectors_were(input: &str) -> ParseResult<'_, Vec<Inspector<'_>>> {
    let who = any_label(&["the inspectors", "the inspector", "inspectors"]);
    preceded(
        (who, spaces1, opt(terminated(occasion, spaces1)), were, opt(char(':')), spaces1),
        inspector_list,
    )
    .parse(input)
}

/// `("carried out" / "conducted" / "undertaken") "by" [role [","]] inspector-list`
fn carried_out_by(input: &str) -> ParseResult<'_, Vec<Inspector<'_>>> {
    let by = any_label(&["carried out by", "conducted by", "undertaken by", "completed by"]);
    let two_of = opt(terminated(of_them, spaces1));
    preceded((by, spaces1, two_of), inspector_list).parse(input)
}

fn occasion(input: &str) -> ParseResult<'_, &str> {
    any_label(&[
        "for this focused visit",
        "for this inspection",
        "for this visit",
        "for the visit",
        "on this visit",
        "on the visit",
    ])(input)
}

fn were(input: &str) -> ParseResult<'_, &str> {
    any_label(&["were", "was", "are", "is"])(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(result: ParseResult<'_, Vec<Inspector<'_>>>) -> String {
        let Ok((rest, list)) = result else { return "no".into() };
        let one = |i: &Inspector<'_>| {
            format!(
                "{} ({}){}",
                i.person.value(),
                i.role_value().unwrap_or("-".into()),
                if i.lead { "*" } else { "" }
            )
        };
        format!("{}|{rest}", list.iter().map(one).collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn roles_may_stand_after_each_name() {
        assert_snapshot!(show(inspector_sentence("The inspectors were Ann Lee, Her Majesty’s Inspector, and Jo Kay, Her Majesty’s Inspector. More")), @"Ann Lee (Her Majesty’s Inspector), Jo Kay (Her Majesty’s Inspector)|. More");
        assert_snapshot!(show(inspector_sentence("The inspectors were Ann Lee, HMI, and Jo Kay, HMI.")), @"Ann Lee (HMI), Jo Kay (HMI)|.");
        assert_snapshot!(show(inspector_sentence("The inspectors were Ann Lee HMI and Jo Kay HMI.")), @"Ann Lee (HMI), Jo Kay (HMI)|.");
    }

    #[test]
    fn a_role_may_stand_for_all() {
        assert_snapshot!(show(inspector_sentence("The inspectors were Ann Lee and Jo Kay, two of Her Majesty’s Inspectors.")), @"Ann Lee (Her Majesty’s Inspector), Jo Kay (Her Majesty’s Inspector)|.");
        assert_snapshot!(show(inspector_sentence("carried out by Ann Lee, Al Roe and Jo Kay, all of whom are Her Majesty’s Inspectors.")), @"Ann Lee (Her Majesty’s Inspector), Al Roe (Her Majesty’s Inspector), Jo Kay (Her Majesty’s Inspector)|.");
        assert_snapshot!(show(inspector_sentence("His Majesty’s Inspectors for this visit were Ann Lee and Jo Kay Inspectors looked")), @"Ann Lee (His Majesty’s Inspector), Jo Kay (His Majesty’s Inspector)| Inspectors looked");
        assert_snapshot!(show(inspector_sentence("carried out by Her Majesty’s Inspectors, Ann Lee, Jo Kay and Al Roe.")), @"Ann Lee (Her Majesty’s Inspector), Jo Kay (Her Majesty’s Inspector), Al Roe (Her Majesty’s Inspector)|.");
    }

    #[test]
    fn a_role_may_stand_before_the_name() {
        assert_snapshot!(show(inspector_sentence("His Majesty’s Inspectors for this visit were lead inspector Ann Lee and team inspectors Jo Kay and Al Roe.")), @"Ann Lee (lead inspector)*, Jo Kay (team inspector), Al Roe (team inspector)|.");
        assert_snapshot!(show(inspector_sentence("carried out by Her Majesty’s Inspector, Ann Lee and Her Majesty’s Inspector, Jo Kay.")), @"Ann Lee (Her Majesty’s Inspector), Jo Kay (Her Majesty’s Inspector)|.");
        assert_snapshot!(show(inspector_list("HMI Ann Lee, Her Majesty’s Inspector, and Jo Kay")), @"Ann Lee (Her Majesty’s Inspector), Jo Kay (-)|");
        assert_snapshot!(show(inspector_list("Al Roe, HMI, HMI Ann Lee, and Jo Kay, HMI")), @"Al Roe (HMI), Ann Lee (HMI), Jo Kay (HMI)|");
    }

    #[test]
    fn teams_mix_marks() {
        assert_snapshot!(show(inspector_list("Ann Lee HMI, Jo Kay AI, Al Roe, Bo Tan (OI), Di Marsh (Contracted Inspector)")), @"Ann Lee (HMI), Jo Kay (AI), Al Roe (-), Bo Tan (OI), Di Marsh (Contracted Inspector)|");
        assert_snapshot!(show(inspector_list("Ann Lee, Jo Kay (HMIs) and Al Roe and Bo Tan (associate inspectors)")), @"Ann Lee (HMI), Jo Kay (HMI), Al Roe (associate inspector), Bo Tan (associate inspector)|");
        assert_snapshot!(show(inspector_list("Ann Lee, Ofsted HMI, lead inspector")), @"Ann Lee (Ofsted HMI)*|");
        assert_snapshot!(show(inspector_list("Ann Lee (HMI designate), and others")), @"Ann Lee (HMI designate)|, and others");
    }

    #[test]
    fn other_inspectors_are_no_names() {
        assert_snapshot!(show(inspector_sentence("carried out by inspectors from Ofsted")), @"no");
        assert!(find_inspectors("Inspectors were on site. It was carried out remotely.").is_none());
    }
}
