//! The last section: the recommendation and the signatures.

use findings_plugin_sdk::grammar::is_person_like;
use findings_plugin_sdk::grammar::label::find_label;
use findings_plugin_sdk::record::Found;
use findings_plugin_sdk::text::Text;
use nom::Offset;

use crate::dates;
use crate::headings::squeezed;

/// A recommendation and the signatures under it.
#[derive(Debug, Default)]
pub struct Recommendation {
    /// The text of the recommendation.
    pub text: Option<Text>,
    /// The consultant's signature, then the approver's.
    pub signatures: Vec<Signature>,
}

/// A signature: a name above a role, and the date above the signature line.
#[derive(Debug, Clone, Default)]
pub struct Signature {
    /// The name; `None` if the form was left blank.
    pub name: Option<Found<String>>,
    /// The post.
    pub role: Option<Found<String>>,
    /// The day of signing.
    pub date: Option<Found<String>>,
    /// Whether it is under "Approved By:".
    pub approves: bool,
}

/// `section = text signature "Approved By:" signature`
pub fn read(lines: &[Text]) -> Recommendation {
    let mut end = lines.iter().position(|l| is_signing(l.as_str())).unwrap_or(lines.len());
    // Without a signature line, the name is above the role.
    if lines.get(end).is_some_and(|l| is_role(l.as_str()))
        && end > 0
        && is_person_like(lines[end - 1].as_str())
    {
        end -= 1;
    }
    let text = Text::join(&lines[..end], " ");
    let rest = &lines[end..];
    let approved = rest.iter().position(|l| is_approval(l.as_str())).unwrap_or(rest.len());
    let mut second = rest.get(approved + 1..).unwrap_or_default().to_vec();
    if let Some((label, day)) = rest.get(approved).and_then(|l| Some((l, l.as_str().split_once(':')?.1))) {
        second.insert(0, label.slice(label.range_of(day)));
    }
    let signatures =
        [signature(&rest[..approved], false), signature(&second, true)].into_iter().flatten().collect();
    Recommendation { text: (!text.is_empty()).then_some(text), signatures }
}

/// "Approved By:"; "Approved by"
fn is_approval(line: &str) -> bool {
    squeezed(line).starts_with("APPROVEDBY")
}

/// Whether a line belongs to the signatures: a date, a signature line, a name followed by "Date", or a role.
fn is_signing(line: &str) -> bool {
    let drawn = line.starts_with("___");
    dates::date_alone(line).is_some() || drawn || is_approval(line) || signed(line).is_some() || is_role(line)
}

/// "Linus D. Wray Date"; "Date"
fn signed(line: &str) -> Option<&str> {
    let bare = line.trim_matches(['_', ' ']);
    let name = bare.strip_suffix("Date")?;
    let words = || name.split([' ', '_']).filter(|w| !w.is_empty());
    let named = (name.is_empty() || name.ends_with([' ', '_'])) && !name.contains(':');
    let like = words().count() <= 6 && words().all(|w| w.starts_with(|c: char| !c.is_lowercase()));
    (named && like).then(|| name.trim_matches(['_', ' ']))
}

/// `signature = [date] line-to-sign-on name "Date" role`
fn signature(lines: &[Text], approves: bool) -> Option<Signature> {
    let date = lines.iter().find_map(|l| {
        let day = dates::date_alone(l.as_str())?;
        Some(day.found(l, "signature.date"))
    });
    let post = lines.iter().position(|l| is_role(l.as_str()));
    let at = lines.iter().position(|l| signed(l.as_str()).is_some());
    let name = at.and_then(|at| Some((at, signed(lines[at].as_str()).filter(|n| !n.is_empty())?)));
    // "Date" may be on a line of its own or missing: then the name is on the line above it, or above the role.
    let name = name.or_else(|| {
        let above = at.or(post)?.checked_sub(1)?;
        Some((above, lines[above].as_str())).filter(|(_, n)| is_person_like(n))
    });
    let name = name.map(|(at, name)| Found::new(name.to_owned(), lines[at].evidence(name, "signature.name")));
    let below = at.and_then(|at| lines.get(at + 1)).filter(|l| could_be_role(l.as_str()));
    let role = below.or(post.map(|at| &lines[at]));
    let role = role.map(|l| Found::new(l.as_str().to_owned(), l.evidence_all("signature.role")));
    let any = name.is_some() || role.is_some() || date.is_some();
    any.then_some(Signature { name, role, date, approves })
}

/// Whether a line is a post known from the forms, and nothing else.
fn is_role(line: &str) -> bool {
    const POSTS: &[&str] =
        &["LICENSINGCONSULTANT", "AREAMANAGER", "PROGRAMMANAGER", "DIVISIONDIRECTOR", "LICENSINGMANAGER"];
    let name = squeezed(line);
    POSTS.iter().any(|p| name.ends_with(p)) && line.len() < 50 && !line.ends_with('.')
}

fn could_be_role(line: &str) -> bool {
    let signs = dates::date_alone(line).is_some() || line.starts_with("___") || is_approval(line);
    line.len() < 60
        && line.starts_with(char::is_uppercase)
        && !signs
        && !line.contains(|c: char| c.is_ascii_digit())
}

/// What happens to the licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// Its code.
    pub code: &'static str,
    /// The words from which it follows.
    pub words: &'a str,
    /// The new status of the licence: "Third Provisional".
    pub detail: Option<&'a str>,
}

/// The phrases that indicate each outcome.
const OUTCOMES: &[(&str, &[&str])] = &[
    ("revoke-license", &["revocation", "revoke", "revoked", "revoking"]),
    (
        "deny-license",
        &[
            "denial of",
            "be denied",
            "deny",
            "denying",
            "refusal to",
            "refuse to",
            "nonrenewal",
            "non-renewal",
        ],
    ),
    (
        "close-license",
        &["be closed", "closure of the license", "close the license", "closing of the license"],
    ),
    (
        "renew-license",
        &["renewal of", "be renewed", "renew", "renewing", "renewal license", "license renewal"],
    ),
    (
        "continue-license",
        &[
            "continue",
            "continued",
            "continues",
            "continuing",
            "continuation",
            "continuance",
            "no change",
            "no changes",
            "not change",
            "unchanged",
            "maintain",
            "maintained",
            "maintains",
            "maintaining",
            "remain",
            "remains",
            "retain",
            "retained",
        ],
    ),
    (
        "approve-change",
        &[
            "approval of the change",
            "approve the change",
            "approval of the",
            "be approved",
            "I recommend approval",
        ],
    ),
];

/// The recommendation follows one of these words; the text before it repeats the findings.
const RECOMMENDS: &[&str] = &["recommend", "recommends", "recommended", "recommending", "recommendation"];

/// Words about a licence that count without a word of recommending.
const OF_A_LICENSE: &[&str] = &["license status", "provisional", "revocation", "revoke", "revoked"];

/// The outcome that a recommendation means for the licence; `None` if it recommends something unknown.
///
/// "… that the current license status be continued."; "… be issued a renewal of their regular license"; "… be
/// modified to a Third Provisional license"; "I recommend approval of the change of office location". `study` says
/// that there is no licence yet. `none-stated` is returned only if the text has no word of recommending.
pub fn outcome(text: &str, study: bool) -> Option<Outcome<'_>> {
    let first =
        |words: &[&str]| words.iter().filter_map(|w| find_label(text, w)).min_by_key(|w| text.offset(w));
    let of_interest = match first(RECOMMENDS) {
        Some(word) => &text[text.offset(word)..],
        None if first(OF_A_LICENSE).is_some() => text,
        None => return Some(Outcome { code: "none-stated", words: text, detail: None }),
    };
    let find = |phrases: &[&str]| phrases.iter().find_map(|p| find_label(of_interest, p));
    let of = |code: &str| OUTCOMES.iter().find(|(c, _)| *c == code).and_then(|(c, p)| Some((*c, find(p)?)));
    let plain = |(code, words)| Outcome { code, words, detail: None };
    if let Some(found) = of("revoke-license").or_else(|| of("deny-license")).or_else(|| of("close-license")) {
        return Some(plain(found));
    }
    let provisional = status(of_interest);
    let continued = of("continue-license");
    if let (Some(words), None, false) = (provisional, continued, study) {
        return Some(Outcome { code: "modify-status", words, detail: Some(words) });
    }
    if let Some(words) = find(&["modified to", "modification of", "be modified", "changed to", "modify the"])
    {
        return Some(Outcome { code: "modify-status", words, detail: provisional });
    }
    if study {
        let issues = find(&["issuance", "issued", "issue", "issuing"]);
        if let Some(words) = provisional.filter(|_| issues.is_some()) {
            return Some(Outcome { code: "issue-provisional-license", words, detail: None });
        }
        if let Some(words) = issues.filter(|_| of("renew-license").is_none()) {
            return Some(plain(("issue-original-license", words)));
        }
    }
    of("renew-license").or(continued).or_else(|| of("approve-change")).map(plain)
}

/// `status = ordinal "Provisional"`, the status of a licence
///
/// "Third Provisional"; "1st Provisional"; "provisional"
fn status(text: &str) -> Option<&str> {
    const ORDINALS: &[&str] =
        &["first", "second", "third", "fourth", "fifth", "1st", "2nd", "3rd", "4th", "5th"];
    let found = find_label(text, "provisional")?;
    let end = text.offset(found) + found.len();
    let before = text[..end - found.len()].trim_end();
    let word = before.rsplit(' ').next().unwrap_or("");
    let ordinal = ORDINALS.contains(&word.to_lowercase().as_str());
    let start = if ordinal { before.len() - word.len() } else { end - found.len() };
    Some(&text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(lines: &str) -> String {
        let read = read(&texts(lines));
        let signed = read.signatures.iter().map(|s| {
            let of = |f: &Option<Found<String>>| f.as_ref().map_or("-".to_owned(), |v| v.value.clone());
            format!("{}, {}, {}", of(&s.name), of(&s.role), of(&s.date))
        });
        format!("{}\n{}", read.text.as_ref().map_or("-", Text::as_str), signed.collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn text_and_signatures() {
        assert_snapshot!(show("It is recommended that the status be\ncontinued.\n02/12/2025\n________\nAnn Lee Date\nLicensing Consultant\nApproved By:\n___February 2, 2026___\nJo A. Hill-Moss Date\nArea Manager"), @r"
        It is recommended that the status be continued.
        Ann Lee, Licensing Consultant, 2025-02-12
        Jo A. Hill-Moss, Area Manager, 2026-02-02
        ");
        assert_snapshot!(show("I recommend no change.\n____\nAnn Lee Date\nLicensing Consultant\nApproved By:\n____\nDate\nArea Manager"), @r"
        I recommend no change.
        Ann Lee, Licensing Consultant, -
        -, Area Manager, -
        ");
    }

    fn code(text: &str) -> String {
        outcome(text, false).map_or("-".to_owned(), |o| format!("{} {}", o.code, o.detail.unwrap_or("-")))
    }

    #[test]
    fn outcomes() {
        assert_snapshot!(code("It is recommended that the current license status be continued."), @"continue-license -");
        assert_snapshot!(code("The facility is in compliance with all rules."), @"none-stated -");
        assert_snapshot!(code("It is recommended that the agency be issued a renewal of their regular license."), @"renew-license -");
        assert_snapshot!(code("it is recommended that the license be modified to a Third Provisional license."), @"modify-status Third Provisional");
        assert_snapshot!(code("I recommend issuance of a 1st provisional license."), @"modify-status 1st provisional");
        assert_snapshot!(code("It is recommended that the 1st provisional license status be continued."), @"continue-license -");
        assert_snapshot!(code("I recommend revocation of the license."), @"revoke-license -");
        assert_snapshot!(code("I recommend with the acceptance of a plan the license status be maintained."), @"continue-license -");
        assert_snapshot!(code("I recommend approval of the change of office location."), @"approve-change -");
        assert_snapshot!(code("My recommendation is revocation of the license."), @"revoke-license -");
        assert_snapshot!(code("The department is seeking to revoke the license of this agency."), @"revoke-license -");
        assert_snapshot!(code("A 2nd Provisional license will be issued upon receipt of an acceptable plan."), @"modify-status 2nd Provisional");
        assert_snapshot!(code("I am recommending that the status of the license continue as regular."), @"continue-license -");
        assert_snapshot!(code("Recommend no changes in the license."), @"continue-license -");
        assert_snapshot!(code("The license status remains unchanged."), @"continue-license -");
        assert_snapshot!(code("I recommend further training of staff."), @"-");
        assert_snapshot!(outcome("I recommend issuance of an original license.", true).unwrap().code, @"issue-original-license");
    }
}
