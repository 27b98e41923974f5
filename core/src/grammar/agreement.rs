//! How far the token parsers agree with labels that people made by reading.

use std::path::PathBuf;

use serde_json::Value;

use super::Date;
use crate::areas;

/// The corpus of real reports beside the workspace.
fn corpus() -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    assert!(dir.is_dir(), "there is no {}: this test needs the real reports", dir.display());
    dir
}

fn labels() -> Vec<(String, Value)> {
    let dir = corpus();
    let mut out = Vec::new();
    for entry in std::fs::read_dir(dir.join("gold")).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let name = entry.file_name().to_string_lossy().trim_end_matches(".json").to_owned();
        out.push((name, serde_json::from_str(&text).unwrap()));
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn text<'v>(label: &'v Value, field: &str) -> &'v str {
    label[field].as_str().unwrap_or("")
}

/// Fails if fewer than this share of the cases agree, and prints the others.
fn at_least(share: f64, what: &str, agreed: usize, misses: &[String]) {
    let all = agreed + misses.len();
    eprintln!("{what}: {agreed} of {all}\n  {}", misses.join("\n  "));
    assert!(agreed as f64 >= share * all as f64, "{what}: {agreed} of {all}");
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_short_names_agree_with_labels() {
    let (mut agreed, mut misses) = (0, Vec::new());
    for (_, label) in labels() {
        let (printed, want) = (text(&label, "provider_as_printed"), text(&label, "local_authority"));
        match areas::short_name(printed) {
            got if got == want => agreed += 1,
            got => misses.push(format!("{printed}: {got}, not {want}")),
        }
    }
    at_least(0.97, "short names", agreed, &misses);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_areas_of_the_manifest_resolve_to_their_urn() {
    let dir = corpus();
    let manifest: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(dir.join("manifest.json")).unwrap()).unwrap();
    let (mut agreed, mut misses) = (0, Vec::new());
    for entry in &manifest {
        let file = text(entry, "file").rsplit('/').next().unwrap().trim_end_matches(".pdf");
        let (name, published) = file.split_at(file.len() - "-2020-01-01".len());
        let on = Date::from_iso(&published[1..]);
        let want = text(entry, "ofsted_urn");
        match areas::resolve(&name.replace('-', " "), on).and_then(|a| a.ofsted_urn.as_deref()) {
            Some(got) if got == want => agreed += 1,
            got => misses.push(format!("{file}: {got:?}, not {want}")),
        }
    }
    at_least(0.99, "areas of the manifest", agreed, &misses);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_areas_of_labels_resolve() {
    let (mut agreed, mut misses) = (0, Vec::new());
    for (name, label) in labels() {
        let printed = text(&label, "provider_as_printed");
        let on = Date::from_iso(text(&label, "inspection_start"));
        match areas::resolve(printed, on) {
            Some(a) if areas::resolve(text(&label, "local_authority"), on) == Some(a) => agreed += 1,
            got => misses.push(format!("{name}: {printed}: {:?}", got.map(|a| &a.name))),
        }
    }
    at_least(1.0, "areas of labels", agreed, &misses);
}

/// The labelled documents whose name begins with `kind`: name and text, as `pdftotext -layout` gives it.
fn texts(kind: &str) -> Vec<(String, String)> {
    let dir = corpus();
    let text = |label: &Value| {
        let path = dir.join(label["path"].as_str().expect("a label names its document"));
        let out = std::process::Command::new("pdftotext").arg("-layout").arg(path).arg("-").output();
        String::from_utf8_lossy(&out.expect("pdftotext is installed").stdout).into_owned()
    };
    labels()
        .iter()
        .filter(|l| l.0.starts_with(kind))
        .map(|(name, label)| (name.clone(), text(label)))
        .collect()
}

/// The lines between a letter's date and its salutation.
fn address_lines(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim);
    lines
        .skip_while(|l| super::date(l).is_err())
        .skip(1)
        .take_while(|l| super::address::salutation(l).is_err())
        .filter(|l| !l.is_empty())
        .collect()
}

/// Counts for one field: matches, labelled values and read values.
#[derive(Default)]
struct Score {
    hits: usize,
    want: usize,
    got: usize,
}

impl Score {
    fn add(&mut self, what: &str, want: &[String], got: &[String]) {
        let norm = |s: &String| {
            let letters = s.replace(['’', '\'', '‘'], "").to_lowercase();
            letters
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        let mut left: Vec<String> = got.iter().map(norm).collect();
        for w in want {
            match left.iter().position(|g| *g == norm(w)) {
                Some(at) => {
                    left.remove(at);
                    self.hits += 1;
                }
                None => eprintln!("  {what}: missed {w}"),
            }
        }
        for g in &left {
            eprintln!("  {what}: too much {g}");
        }
        self.want += want.len();
        self.got += got.len();
    }

    fn at_least(&self, what: &str, f1: f64) {
        let score = if self.want + self.got == 0 {
            1.0
        } else {
            2.0 * self.hits as f64 / (self.want + self.got) as f64
        };
        eprintln!("{what}: {} of {} labelled, {} read, F1 {score:.3}", self.hits, self.want, self.got);
        assert!(score >= f1, "{what}: F1 {score:.3}");
    }
}

/// A field of each of a label's people.
fn of_people(people: &Value, field: &str) -> Vec<String> {
    people.as_array().into_iter().flatten().filter_map(|p| p[field].as_str().map(str::to_owned)).collect()
}

/// The fields of recipients, with the F1 score that each must reach.
const RECIPIENT_FIELDS: [(&str, f64); 5] =
    [("name", 0.97), ("role", 0.93), ("organisation", 0.93), ("postcode", 0.97), ("address", 0.9)];

/// The values of a recipients' field as read.
fn recipients_read(recipients: &[super::address::Recipient<'_>], field: &str) -> Vec<String> {
    let value = |r: &super::address::Recipient<'_>| match field {
        "name" => r.name.map(str::to_owned),
        "role" => r.role_value(),
        "organisation" => r.organisation_value(),
        "postcode" => r.postcode.map(str::to_owned),
        _ => Some(r.address.join("; ")),
    };
    recipients.iter().filter_map(value).collect()
}

/// The values of a recipients' field as labelled.
fn recipients_labelled(label: &Value, field: &str) -> Vec<String> {
    let people = &label["addressees"];
    if field != "address" {
        return of_people(people, field);
    }
    let lines = |p: &Value| {
        let lines = p["address"].as_array().into_iter().flatten().filter_map(Value::as_str);
        lines.collect::<Vec<_>>().join("; ")
    };
    people.as_array().into_iter().flatten().map(lines).collect()
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_recipients_agree_with_labels() {
    let labels = labels();
    for (kind, joint) in [("focused-visit", false), ("jtai", true)] {
        let mut scores: [Score; RECIPIENT_FIELDS.len()] = Default::default();
        for (name, text) in texts(kind) {
            let lines = address_lines(&text);
            let got = if joint {
                super::joint_address::joint_recipients(&lines)
            } else {
                super::address::letter_recipients(&lines)
            };
            let Some((_, label)) = labels.iter().find(|l| l.0 == name) else {
                eprintln!("unlabelled {name}: {got:#?}");
                continue;
            };
            eprintln!("{name}");
            // The labels of joint letters have no addresses.
            let fields = RECIPIENT_FIELDS.iter().filter(|(field, _)| !joint || *field != "address");
            for (score, (field, _)) in scores.iter_mut().zip(fields) {
                score.add(field, &recipients_labelled(label, field), &recipients_read(&got, field));
            }
        }
        for (score, (field, f1)) in scores.iter().zip(RECIPIENT_FIELDS) {
            score.at_least(&format!("{kind} {field}"), f1);
        }
    }
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_inspectors_agree_with_labels() {
    let labels = labels();
    let mut score = Score::default();
    let mut roles = Score::default();
    for (name, text) in texts("focused-visit") {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = super::inspectors::find_inspectors(&text);
        let list = found.as_ref().map(|h| h.value.clone()).unwrap_or_default();
        let got: Vec<String> = list.iter().map(|i| i.person.value()).collect();
        let Some((_, label)) = labels.iter().find(|l| l.0 == name) else {
            let shown: Vec<String> = list
                .iter()
                .map(|i| {
                    format!(
                        "{} ({}){}",
                        i.person.value(),
                        i.role_value().unwrap_or_default(),
                        if i.lead { "*" } else { "" }
                    )
                })
                .collect();
            eprintln!("unlabelled {name}: {}", shown.join("; "));
            continue;
        };
        eprintln!("{name}");
        let field = |f: &str| of_people(&label["inspectors"], f);
        score.add("inspector", &field("name"), &got);
        roles.add("role", &field("role"), &list.iter().filter_map(|i| i.role_value()).collect::<Vec<_>>());
        let lead = list.iter().find(|i| i.lead).map(|i| i.person.value());
        assert_eq!(lead.as_deref(), label["lead_inspector"].as_str(), "{name}");
    }
    score.at_least("inspectors", 0.98);
    roles.at_least("roles of inspectors", 0.98);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_salutations_agree_with_labels() {
    let labels = labels();
    let mut score = Score::default();
    for (name, text) in texts("focused-visit") {
        let got =
            text.lines().find_map(|l| super::address::salutation(l.trim()).ok()).map(|s| s.1.to_owned());
        if let Some((_, label)) = labels.iter().find(|l| l.0 == name) {
            score.add(&name, &[text_of(label, "salutation")], &got.into_iter().collect::<Vec<_>>());
        }
    }
    score.at_least("salutations", 0.97);
}

fn text_of(label: &Value, field: &str) -> String {
    text(label, field).to_owned()
}

/// The dates after "Inspection date(s):", or in the first sentence that holds some.
fn printed_dates(kind: &str, text: &str) -> Option<super::DateRanges> {
    use super::label::any_label;
    let sentence = ["focused", "jtai"].iter().any(|k| kind.starts_with(k));
    if sentence {
        let opening =
            &text[text.find("Joint targeted").or(text.find("This letter summarises")).unwrap_or(0)..];
        let hits = super::find_all(super::date_ranges, opening);
        return hits.into_iter().map(|h| h.value).find(|v| v.start().is_some());
    }
    let after =
        super::find(any_label(&["Inspection dates", "Inspection date", "Dates of inspection"]), text)?;
    let rest = after.rest.trim_start_matches([':', ' ']);
    super::date_ranges(rest).ok().map(|r| r.1)
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_dates_agree_with_labels() {
    let texts = texts("");
    let (mut agreed, mut misses) = (0, Vec::new());
    for (name, label) in labels() {
        let Some((_, text)) = texts.iter().find(|t| t.0 == name) else { continue };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let got = printed_dates(&name, &text);
        let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
        let bounds = got.as_ref().map_or(Default::default(), |g| (day(g.start()), day(g.end())));
        let want = (text_of(&label, "inspection_start"), text_of(&label, "inspection_end"));
        let visits = label["visits"].as_array().map(|v| {
            v.iter()
                .map(|p| format!("{}/{}", p[0].as_str().unwrap_or(""), p[1].as_str().unwrap_or("")))
                .collect::<Vec<_>>()
        });
        let ranges: Vec<String> =
            got.iter().flat_map(|g| &g.ranges).map(|(a, b)| format!("{a}/{b}")).collect();
        if bounds == want && visits.as_ref().is_none_or(|v| *v == ranges) {
            agreed += 1;
        } else {
            misses.push(format!("{name}: {bounds:?} {ranges:?}, not {want:?} {visits:?}"));
        }
    }
    at_least(0.95, "dates", agreed, &misses);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_overall_grades_in_sentences_agree_with_labels() {
    let texts = texts("childrens-services");
    let (mut agreed, mut misses) = (0, Vec::new());
    for (name, label) in labels().iter().filter(|l| l.1["kind"] == "sif") {
        let Some((_, text)) = texts.iter().find(|t| t.0 == *name) else { continue };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let hits = super::find_all(super::grade_sentence, &text);
        let want: Vec<(String, String)> = label["judgements"]
            .as_array()
            .unwrap()
            .iter()
            .map(|j| (text_of(j, "area"), text_of(j, "grade")))
            .collect();
        let overall = want.iter().find(|w| {
            w.0.to_lowercase().contains("overall") || w.0.to_lowercase().contains("children’s services in")
        });
        eprintln!("{name}: {want:?}");
        for h in &hits {
            eprintln!("    {:?} {}", h.value.subject, h.value.graded.grade.code());
        }
        let first = hits.iter().find(|h| h.value.subject == super::grade_sentence::Subject::Overall);
        let code = |s: &str| s.to_lowercase().replace(' ', "-");
        match (first, overall) {
            (Some(f), Some(o)) if f.value.graded.grade.code() == code(&o.1) => agreed += 1,
            (f, o) => misses.push(format!("{name}: {:?}, not {o:?}", f.map(|f| f.slice))),
        }
    }
    at_least(0.5, "overall grades in sentences", agreed, &misses);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_teams_agree_with_labels() {
    let texts = texts("");
    let (mut names, mut leads, mut roles) = (Score::default(), Score::default(), Score::default());
    for (name, label) in labels() {
        let Some((_, text)) = texts.iter().find(|t| t.0 == name) else { continue };
        let send = text_of(&label, "kind") == "area-send";
        let field = |f: &str| of_people(&label["inspectors"], f);
        let joined = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        if send {
            let at = text.rfind("Inspection team").unwrap();
            let end = text[at..].find("\n\n\n").map_or(text.len(), |e| at + e);
            // Separates the columns, as the text layer does.
            let (mut left, mut right) = (String::new(), String::new());
            for line in text[at..end].lines().skip(2) {
                let mut cells = line.trim().split("   ").filter(|c| !c.trim().is_empty());
                let wide = line.trim_start().len() + 20 < line.len();
                let (a, b) = if wide { (None, cells.next()) } else { (cells.next(), cells.next()) };
                left += &format!(" {}", a.unwrap_or(""));
                right += &format!(" {}", b.unwrap_or(""));
            }
            let text = joined(&format!("{left} {right}"));
            let got = super::team::members(&text);
            names.add(&name, &field("name"), &got.iter().map(|h| h.value.person.value()).collect::<Vec<_>>());
            roles.add(
                &name,
                &field("role"),
                &got.iter().map(|h| h.value.role.to_owned()).collect::<Vec<_>>(),
            );
            let lead = got.iter().find(|h| h.value.is_lead()).map(|h| h.value.person.value());
            leads.add(&name, &[text_of(&label, "lead_inspector")], &lead.into_iter().collect::<Vec<_>>());
        } else if ["sif", "ilacs", "safeguarding-pre2013"].contains(&label["kind"].as_str().unwrap()) {
            let sif = label["kind"] == "sif";
            let text =
                joined(if sif { &text[text.rfind("inspection team").map_or(0, |at| at)..] } else { text });
            let got = super::team::team_lines(&text);
            let lead = got.iter().find(|h| h.value.is_lead()).map(|h| h.value.members[0].person.value());
            leads.add(&name, &[text_of(&label, "lead_inspector")], &lead.into_iter().collect::<Vec<_>>());
            if sif {
                let all = got.iter().flat_map(|h| &h.value.members).map(|m| m.person.value());
                names.add(&name, &field("name"), &all.collect::<Vec<_>>());
            }
        }
    }
    leads.at_least("lead inspectors", 0.97);
    names.at_least("teams", 0.97);
    roles.at_least("roles of joint teams", 0.9);
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_grades_of_headings_agree_with_labels() {
    let (mut agreed, mut misses) = (0, Vec::new());
    for (name, label) in labels().iter().filter(|l| l.1["kind"] == "ilacs") {
        let judgements = label["judgements"].as_array().unwrap();
        for heading in label["headings"].as_array().unwrap().iter().filter_map(Value::as_str) {
            let plain = |s: &str| s.to_lowercase().replace(['’', '\''], "");
            let Some(want) = judgements.iter().find(|j| plain(heading).starts_with(&plain(text(j, "area"))))
            else {
                if super::heading_grade(heading).is_some() {
                    misses.push(format!("{name}: {heading}: a grade"));
                }
                continue;
            };
            let same_area =
                judgements.iter().filter(|j| plain(heading).starts_with(&plain(text(j, "area")))).count();
            let code = |j: &Value| text(j, "grade").replace(' ', "-");
            match super::heading_grade(heading) {
                Some(h) if h.graded.grade.code() == code(want) || same_area > 1 => agreed += 1,
                got => misses.push(format!("{name}: {heading}: {got:?}, not {}", code(want))),
            }
        }
    }
    at_least(0.97, "grades of headings", agreed, &misses);
}

/// Runs every token parser on a text; none may panic.
fn read_with_all(text: &str) {
    use super::*;
    let _ = (find(date, text), find(date_ranges, text), find(month_year, text));
    let _ = (find(person, text), is_person_like(text), inspectors::find_inspectors(text));
    let _ = (find(postcode::postcode, text), address::salutation(text), postcode::trailing_postcode(text));
    let lines: Vec<&str> = text.split(['/', '\n']).collect();
    let _ = (address::letter_recipients(&lines), joint_address::joint_recipients(&lines));
    let _ = (find(grade, text), heading_grade(text), grade::grade_alone(text), grade::names_the_scale(text));
    let _ = (grade_sentence::find_grade_sentence(text), grade::grade_after_label(text).is_ok());
    let _ = (find(number::percentage, text), find(number::amount, text), number::paragraph_number(text));
    let _ = (number::strip_footnote_mark(text), number::bracketed_number(text), number::whole_number(text));
    let _ = (reference::trailing_reference(text), team::team_lines(text), team::members(text));
    let _ = (areas::short_name(text), areas::resolve(text, None), areas::is_name(text));
}

/// The pieces from which test texts are assembled.
const PARTS: &[&str] = &[
    "",
    " ",
    "’",
    "‘s",
    "1",
    "20205",
    "20",
    "31",
    "June",
    "–",
    "to",
    "and",
    ",",
    ".",
    "é",
    "Ünal",
    "Ann",
    "Lee",
    "Ms",
    "HMI",
    "(",
    ")",
    "Dear",
    "children’s services",
    "Council",
    "City of",
    "London",
    "Grade 3",
    "good",
    "requires improvement",
    "is",
    "The LSCB",
    "paragraph",
    "(paragraph",
    "99999999999",
    "1,000",
    "%",
    "SW1A",
    "2AA",
    "Chief Constable of",
    "Lead inspector:",
    "\u{ad}",
    "\u{2028}",
    "½",
    "ﬁ",
];

#[test]
fn no_text_makes_a_terminal_panic() {
    let mut seed = 7u32;
    for _ in 0..600 {
        let mut text = String::new();
        for _ in 0..6 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(PARTS[(seed >> 16) as usize % PARTS.len()]);
            if seed & 0x300 != 0 {
                text.push([' ', '/'][(seed & 0x400 != 0) as usize]);
            }
        }
        read_with_all(&text);
    }
}

#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_texts_make_no_terminal_panic() {
    for (_, text) in texts("") {
        text.lines().filter(|l| !l.trim().is_empty()).step_by(7).for_each(read_with_all);
    }
}
