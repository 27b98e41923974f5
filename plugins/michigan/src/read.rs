//! A report → the plugin's part of the record, with evidence.

use findings_plugin_sdk::record::{Draft, Evidence, Found, Status};
use findings_plugin_sdk::text::Text;

use crate::extension::{
    AllegationSummary, Extension, OtherInspection, RecommendationPart, RuleFinding, SignatoryPart,
};
use crate::finding::Finding;
use crate::headings::squeezed;
use crate::identity::{self, Row};
use crate::report::Report;
use crate::rules::Rule;
use crate::{cwlm, inspection, legacy, letter, methods, recommendation};

/// Everything that was read of a report, for the record's envelope.
#[derive(Debug)]
pub struct Read {
    /// The plugin's part.
    pub extension: Extension,
    /// The rules with their places.
    pub rules: Vec<Rule>,
    /// The letter.
    pub letter: letter::Read,
}

/// Reads a report; evidence goes to pointers below `/extension`.
pub fn read(report: &Report, draft: &mut Draft) -> Read {
    let mut ext = Extension::default();
    let letter = letter::read(&report.letter);
    let rows = identity::rows(report.identity());
    kind(report, &rows, draft, &mut ext);
    identity_part(&rows, &letter, draft, &mut ext);
    capacity(&rows, report.identity(), draft, &mut ext);
    days(report, &letter, draft, &mut ext);
    let rules = findings(report, draft, &mut ext);
    last_section(report, &letter, draft, &mut ext);
    for (i, section) in report.sections.iter().enumerate() {
        draft.note(format!("/extension/headings/{i}"), section.heading.evidence_all("heading"));
        ext.headings.push(section.heading.as_str().to_owned());
    }
    Read { extension: ext, rules, letter }
}

fn put<T>(draft: &mut Draft, key: &str, found: Option<Found<T>>) -> Option<T> {
    draft.take(format!("/extension/{key}"), found, Status::NotStated)
}

fn put_all(draft: &mut Draft, key: &str, found: Vec<Found<String>>) -> Vec<String> {
    if found.is_empty() {
        draft.absent(format!("/extension/{key}"), Status::NotStated);
    }
    let put = |(i, f): (usize, Found<String>)| {
        draft.note(format!("/extension/{key}/{i}"), f.evidence);
        f.value
    };
    found.into_iter().enumerate().map(put).collect()
}

/// A code that follows from what was read: its evidence has the quote, and names what it follows by.
fn derived(draft: &mut Draft, key: String, quote: Option<Evidence>, source: &str) {
    let evidence =
        Evidence { status: Status::Derived, source: Some(source.to_owned()), ..quote.unwrap_or_default() };
    draft.note(format!("/extension/{key}"), evidence);
}

/// Kind by the title, generation by the labels.
fn kind(report: &Report, rows: &[Row], draft: &mut Draft, ext: &mut Extension) {
    let title = report.title.as_ref().map(|t| Found::new(t.as_str().to_owned(), t.evidence_all("title")));
    let quote = title.as_ref().map(|t| t.evidence.clone());
    let name = title.as_ref().map_or(String::new(), |t| squeezed(&t.value));
    ext.document_title = put(draft, "document_title", title);
    ext.kind = match () {
        () if name.contains("SPECIALINVESTIGATION") => "special-investigation",
        () if name.contains("RENEWAL") => "renewal-inspection",
        () if name.contains("INTERIM") => "interim-inspection",
        () if name.contains("ADDENDUM") => "licensing-study-addendum",
        () if name.contains("STUDY") => "licensing-study",
        () => "",
    }
    .into();
    derived(draft, "kind".into(), quote, "the report's title");
    const NEWER: &[&str] =
        &["LICENSEEGROUPORGANIZATION", "AGENCYNAME", "NAMEOFAGENCY", "SPECIALINVESTIGATION"];
    ext.template = match () {
        () if ext.kind.starts_with("licensing-study") => "study",
        () if rows.iter().any(|r| NEWER.contains(&r.label.as_str())) => "cwlm",
        () => "legacy",
    }
    .into();
    derived(draft, "template".into(), None, "the title and the labels of section I");
}

fn identity_part(rows: &[Row], letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    use findings_plugin_sdk::grammar::find;
    /// Finds a number in a line, and where it stands.
    type Number<'a> = &'a dyn Fn(&str) -> Option<(String, std::ops::Range<usize>)>;
    let within = |labels: &[&str], number: Number<'_>, rule: &str| {
        let line = identity::row(rows, labels)?.value.first()?;
        let (value, range) = number(line.as_str())?;
        Some(Found::new(value, line.evidence_of(range, rule)))
    };
    let range = |line: &str, slice: &str| {
        let start = slice.as_ptr() as usize - line.as_ptr() as usize;
        start..start + slice.len()
    };
    let license = |l: &str| find(identity::license_number, l).map(|h| (h.value, range(l, h.slice)));
    let investigation =
        |l: &str| find(identity::investigation_number, l).map(|h| (h.value.to_owned(), range(l, h.slice)));
    let own = within(&["License #", "License Number"], &license, "identity.license");
    ext.license_number = numbered(draft, "license_number", own, letter.license_number.clone());
    let labels = &["Special Investigation #", "Investigation #", "SI #", "Investigation Number"];
    let own = within(labels, &investigation, "identity.investigation");
    ext.investigation_number =
        numbered(draft, "investigation_number", own, letter.investigation_number.clone());

    let text = |labels: &[&str]| identity::text(rows, labels, "identity.text");
    let line = |labels: &[&str]| identity::line(rows, labels, "identity.line");
    let address = |labels: &[&str]| identity::address(rows, labels, "identity.address");
    let date = |labels: &[&str]| identity::date(rows, labels, "identity.date");
    let licensee = text(&[
        "Licensee Name",
        "Licensee Group Organization",
        "Licensee Group Organization Name",
        "Licensee",
    ]);
    ext.licensee_name = put(draft, "licensee_name", licensee);
    ext.licensee_address = put(draft, "licensee_address", address(&["Licensee Address"]));
    let facility = text(&["Name of Facility", "Agency Name", "Name of Agency", "Facility Name"]);
    ext.facility_name = put(draft, "facility_name", facility);
    ext.facility_address = put(draft, "facility_address", address(&["Facility Address", "Agency Address"]));
    ext.administrator =
        put(draft, "administrator", text(&["Administrator", "Administrator/Licensee Designee"]));
    ext.licensee_designee = put(draft, "licensee_designee", text(&["Licensee Designee"]));
    ext.chief_administrator = put(draft, "chief_administrator", text(&["Chief Administrator"]));
    let status = line(&["License Status", "Status of License"]);
    ext.license_status = put(draft, "license_status", status);
    ext.original_issuance_date =
        put(draft, "original_issuance_date", date(&["Original Issuance Date", "Original Issue Date"]));
    ext.effective_date = put(draft, "effective_date", date(&["Effective Date", "License Effective Date"]));
    ext.expiration_date =
        put(draft, "expiration_date", date(&["Expiration Date", "License Expiration Date"]));
    let receipt = date(&[
        "Complaint Receipt Date",
        "Special Investigation Intake Date",
        "Intake Date",
        "Complaint Received Date",
    ]);
    ext.complaint_receipt_date = put(draft, "complaint_receipt_date", receipt);
    let initiation = date(&["Investigation Initiation Date", "Special Investigation Initiation Date"]);
    ext.investigation_initiation_date = put(draft, "investigation_initiation_date", initiation);
    ext.report_due_date = put(draft, "report_due_date", date(&["Report Due Date"]));
    ext.service_types = services(rows, &ext.template).map(|found| put_all(draft, "service_types", found));
    if ext.service_types.is_none() {
        draft.absent("/extension/service_types", Status::NotStated);
    }
}

/// A number that section I and the letter both give: section I's counts, the letter is a witness.
fn numbered(
    draft: &mut Draft,
    key: &str,
    own: Option<Found<String>>,
    letter: Option<Found<String>>,
) -> Option<String> {
    let found = match (own, letter) {
        (Some(mut own), Some(other)) if own.value == other.value => {
            own.evidence.witnesses = Some(2);
            Some(own)
        }
        (Some(own), Some(other)) => {
            let message = format!("section I gives {}, the letter {}", own.value, other.value);
            draft.warn("values-disagree", Some(&format!("/extension/{key}")), None, message);
            Some(own)
        }
        (own, letter) => own.or(letter),
    };
    put(draft, key, found)
}

/// The services: one a line in the older form, parted by commas in the newer.
fn services(rows: &[Row], template: &str) -> Option<Vec<Found<String>>> {
    let value = &identity::row(rows, &["Service Types", "Service Type"])?.value;
    if template != "cwlm" {
        let mut lines: Vec<Text> = Vec::new();
        for line in value {
            match lines.last_mut() {
                Some(last) if line.as_str().starts_with(char::is_lowercase) => last.push_text(" ", line),
                _ => lines.push(line.clone()),
            }
        }
        let found = |t: Text| {
            Found::new(t.as_str().trim_end_matches(',').to_owned(), t.evidence_all("identity.services"))
        };
        return Some(lines.into_iter().map(found).collect());
    }
    let all = Text::join(value, " ");
    let parts = all.as_str().split(',').map(str::trim).filter(|p| !p.is_empty());
    Some(parts.map(|p| Found::new(p.to_owned(), all.evidence(p, "identity.services"))).collect())
}

/// Capacity and kind of programme: beside their labels, or in the table of programmes of an institution.
fn capacity(rows: &[Row], lines: &[Text], draft: &mut Draft, ext: &mut Extension) {
    let programs: Vec<(usize, identity::Program<'_>)> =
        lines.iter().enumerate().filter_map(|(at, l)| Some((at, identity::program(l.as_str())?))).collect();
    let labelled = identity::row(rows, &["Capacity", "Licensed Capacity"]);
    let printed = match (labelled, programs.as_slice()) {
        (Some(row), _) => {
            let value = row.value.first().map(|v| (v.as_str().to_owned(), v));
            // The label alone says that there is none.
            let (value, place) = value.unwrap_or((String::new(), &row.printed));
            Some(Found::new(value, place.evidence_all("identity.capacity")))
        }
        (None, [(at, p)]) => {
            Some(Found::new(p.capacity.to_owned(), lines[*at].evidence(p.capacity, "identity.program")))
        }
        (None, [_, _, ..]) => {
            let message = "the table of programmes has several rows: no capacity was taken from it";
            draft.warn("capacity-by-program", Some("/extension/capacity"), None, message);
            None
        }
        (None, []) => None,
    };
    let number = printed.as_ref().and_then(|p| {
        let digits = p.value.split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
        Some(Found::new(digits.parse().ok()?, p.evidence.clone()))
    });
    ext.capacity_printed = put(draft, "capacity_printed", printed);
    ext.capacity = put(draft, "capacity", number);
    let program = identity::text(rows, &["Program Type", "Type of Program"], "identity.text").or_else(|| {
        let [(at, p)] = programs.as_slice() else { return None };
        let mut text = lines[*at].slice(lines[*at].range_of(p.kind));
        // "Short Term Non-" / "Secure ST WARREN": a word that the column cut at its hyphen.
        if let (true, Some(next)) = (p.kind.ends_with('-'), lines.get(at + 1)) {
            let word = next.as_str().split(' ').next().unwrap_or("");
            text.push_text(" ", &next.slice(next.range_of(word)));
        }
        Some(Found::new(text.as_str().to_owned(), text.evidence_all("identity.program")))
    });
    ext.program_type = put(draft, "program_type", program);
}

/// Days of contact and on site, by the kind of report.
fn days(report: &Report, letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    ext.letter_date = put(draft, "letter_date", letter.date.clone());
    let methods = report.section("METHOD").map_or(&[][..], |s| &s.lines);
    let of_inspection = ext.kind.ends_with("inspection");
    let (contacts, on_site) = if of_inspection {
        let found = methods::inspection_dates(methods);
        (None, if found.is_empty() { letter.completed.clone() } else { found })
    } else {
        let read = methods::contacts(methods);
        let none = read.contacts.is_empty();
        let on_site = if none { methods::in_sentences(methods) } else { read.on_site };
        let study = ext.kind.starts_with("licensing-study");
        (Some(read.contacts).filter(|_| !(study && none)), on_site)
    };
    ext.inspection_dates = put_all(draft, "inspection_dates", on_site);
    match contacts {
        Some(contacts) => ext.contact_dates = Some(put_all(draft, "contact_dates", contacts)),
        None => draft.absent("/extension/contact_dates", Status::NotApplicable),
    }
    ext.fire_inspection = other_inspection(methods, "FIRE", "fire_inspection", draft);
    ext.environmental_health_inspection =
        other_inspection(methods, "ENVIRONMENTAL", "environmental_health_inspection", draft);
}

fn other_inspection(lines: &[Text], word: &str, key: &str, draft: &mut Draft) -> Option<OtherInspection> {
    let Some((date, rating)) = methods::other_inspection(lines, word) else {
        draft.absent(format!("/extension/{key}"), Status::NotStated);
        return None;
    };
    let date = put(draft, &format!("{key}/date"), Some(date));
    Some(OtherInspection { date, rating: put(draft, &format!("{key}/rating"), rating) })
}

/// Allegations and rules, by the kind of report.
fn findings(report: &Report, draft: &mut Draft, ext: &mut Extension) -> Vec<Rule> {
    let described = report.section("DESCRIPTIONOFFINDING").map_or(&[][..], |s| &s.lines);
    let mut allegations = Vec::new();
    let mut statement = None;
    let rules = if ext.kind == "special-investigation" {
        if let Some(section) = report.section("ALLEGATION").filter(|_| ext.template == "legacy") {
            ext.allegation_summary = Some(summary(&section.lines, draft));
        }
        let body = || {
            let of_body = |s: &&crate::report::Section| {
                !s.name.contains("IDENTIFYING") && !s.name.contains("RECOMMENDATION")
            };
            let own = report.sections.iter().filter(of_body).filter(|s| !s.name.starts_with("ALLEGATION"));
            own.flat_map(|s| &s.lines)
        };
        let older = legacy::read(body());
        let read = if older.rules.is_empty() { cwlm::read(body()) } else { older };
        allegations = read.allegations;
        read.rules
    } else if ext.kind.ends_with("inspection") {
        let rules = inspection::exceptions(described);
        statement = inspection::compliance_statement(described).filter(|_| rules.is_empty());
        rules
    } else {
        let body: Vec<Text> = report.body().cloned().collect();
        let complies = report.last_section("RECOMMENDATION").is_some_and(|s| {
            let text = recommendation::read(&s.lines).text.unwrap_or_default();
            matches!(
                recommendation::outcome(text.as_str(), true).code,
                "approve-change" | "issue-original-license"
            )
        });
        let mut rules = inspection::studied(&body);
        rules.iter_mut().for_each(|r| r.finding = complies.then_some(Finding::InCompliance));
        rules
    };
    if ext.allegation_summary.is_none() {
        draft.absent("/extension/allegation_summary", Status::NotStated);
    }
    ext.allegations = put_all(draft, "allegations", allegations);
    ext.compliance_statement = put(draft, "compliance_statement", statement);
    let analyst = report.body().cloned().collect::<Vec<_>>();
    ext.field_analyst = put(draft, "field_analyst", inspection::field_analyst(&Text::join(&analyst, " ")));
    ext.rules = rules.iter().enumerate().map(|(i, r)| rule(i, r, draft, &ext.kind)).collect();
    if ext.kind == "special-investigation" && rules.is_empty() {
        draft.absent("/extension/rules", Status::NotRead);
        draft.warn(
            "rules-not-read",
            Some("/extension/rules"),
            None,
            "no rule with a conclusion could be read",
        );
    }
    rules
}

fn summary(lines: &[Text], draft: &mut Draft) -> Vec<AllegationSummary> {
    let rows = legacy::summary(lines).into_iter().enumerate();
    rows.map(|(i, row)| {
        draft.note(format!("/extension/allegation_summary/{i}/text"), row.text.evidence);
        let pointer = format!("allegation_summary/{i}/violation_established");
        AllegationSummary {
            text: row.text.value,
            violation_established: put(draft, &pointer, row.established),
        }
    })
    .collect()
}

fn rule(i: usize, rule: &Rule, draft: &mut Draft, kind: &str) -> RuleFinding {
    let at = |key: &str| format!("rules/{i}/{key}");
    let code = rule.finding.map(|f| f.code().to_owned());
    match (&rule.printed, rule.finding) {
        // "REPEAT VIOLATION from …" in the list of exceptions means that it is established; words may be misspelt.
        (Some(p), Some(finding)) if !squeezed(&p.value).contains(&squeezed(finding.code())) => {
            derived(draft, at("finding"), Some(p.evidence.clone()), "the words of the conclusion or note");
        }
        (Some(p), Some(_)) => draft.note(format!("/extension/{}", at("finding")), p.evidence.clone()),
        (None, Some(_)) => {
            let source = if kind.ends_with("inspection") {
                "its place in the list of exceptions"
            } else {
                "the recommendation"
            };
            derived(draft, at("finding"), Some(rule.rule.evidence.clone()), source);
        }
        (_, None) => {
            draft.absent(format!("/extension/{}", at("finding")), Status::NotRead);
            let message = format!("what was found about {} could not be read", rule.rule.value);
            draft.warn("finding-not-read", Some(&format!("/extension/{}", at("finding"))), None, message);
        }
    }
    derived(draft, at("category"), Some(rule.rule.evidence.clone()), "the citation");
    let rule_found = put(draft, &at("rule"), Some(rule.rule.clone()));
    RuleFinding {
        rule: rule_found.unwrap_or_default(),
        title: put(draft, &at("title"), rule.title.clone()),
        subrule: put(draft, &at("subrule"), rule.parts.clone()),
        finding: code,
        printed_finding: put(draft, &at("printed_finding"), rule.printed.clone()),
        category: rule.category.code().into(),
        allegation: rule.allegation.clone().and_then(|a| put(draft, &at("allegation"), Some(a))),
        repeat_refs: if rule.references.is_empty() {
            Vec::new()
        } else {
            put_all(draft, &at("repeat_refs"), rule.references.clone())
        },
    }
}

/// Recommendation and signatures.
fn last_section(report: &Report, letter: &letter::Read, draft: &mut Draft, ext: &mut Extension) {
    let read =
        report.last_section("RECOMMENDATION").map(|s| recommendation::read(&s.lines)).unwrap_or_default();
    match &read.text {
        Some(text) => {
            let study = ext.kind.starts_with("licensing-study");
            let outcome = recommendation::outcome(text.as_str(), study);
            draft.note("/extension/recommendation/text", text.evidence_all("recommendation.text"));
            let quote = text.evidence(outcome.words, "recommendation.outcome");
            derived(
                draft,
                "recommendation/normalised".into(),
                Some(quote),
                "the words of the recommendation",
            );
            if let Some(detail) = outcome.detail {
                draft
                    .note("/extension/recommendation/detail", text.evidence(detail, "recommendation.status"));
            }
            ext.recommendation = Some(RecommendationPart {
                text: text.as_str().to_owned(),
                normalised: outcome.code.into(),
                detail: outcome.detail.map(str::to_owned),
            });
        }
        None => {
            draft.absent("/extension/recommendation", Status::NotRead);
            draft.warn(
                "recommendation-not-read",
                Some("/extension/recommendation"),
                None,
                "no recommendation could be read",
            );
        }
    }
    let consultant = read.signatures.iter().find(|s| !s.approves);
    let approval = read.signatures.iter().find(|s| s.approves);
    ext.report_date = put(draft, "report_date", consultant.and_then(|s| s.date.clone()));
    ext.approval_date = put(draft, "approval_date", approval.and_then(|s| s.date.clone()));
    let analyst = consultant.and_then(|s| s.name.clone()).or_else(|| letter.consultant.clone());
    ext.analyst_name = put(draft, "analyst_name", analyst);
    for (i, s) in read.signatures.into_iter().enumerate() {
        let at = |key: &str| format!("signatories/{i}/{key}");
        ext.signatories.push(SignatoryPart {
            name: put(draft, &at("name"), s.name),
            role: put(draft, &at("role"), s.role),
            date: put(draft, &at("date"), s.date),
        });
    }
}
