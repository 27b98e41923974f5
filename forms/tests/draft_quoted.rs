//! Reports with grades in quotation marks and recommendations to several bodies; letters with a table of findings and orders.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

#[path = "common/notes.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod notes;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::Value;

use shared::{IDENTITY, sample};

const GRADES: [&str; 3] = ["Good", "Requires improvement", "Inadequate"];
const FINDINGS: [&str; 3] = ["Upheld", "Partly upheld", "Dismissed"];
const TOWNS: [&str; 6] =
    ["Thorpe Ness", "Little Marrow", "Ousby", "Great Hale Cross", "Wending", "Sallow Green"];
const PEOPLE: [&str; 6] = ["Ada Thorn", "Ben Oakley", "Cora Vane", "Dinah Malik", "Edie Marsh", "Finn Rowe"];

fn report(n: usize) -> String {
    let (town, lead) = (TOWNS[n], PEOPLE[n]);
    let [stock, staff] = [0, 1].map(|k| GRADES[(n + k) % 3]);
    format!(
        "Inspectorate of Libraries\n\nLibrary: {town} Library\n\n\
         Summary\n\nReaders come from far away. Overall, we have rated {town} Library as ‘{}’. We thank its readers.\n\n\
         Our fieldwork took place from {} to {} May 2024 and was led by {lead}. We last inspected the library in 20{}, when it was \
         rated as ‘{}’.\n\n\
         1. Stock\n\nShelves were tidy. Taking all of this together, we rated stock as ‘{stock}’. There were many maps.\n\n\
         2. Staffing\n\nThe desk was open. Taking all of this together, we rated staffing as ‘{staff}’. Two were new.\n\n\
         Notable practice\n\n- A van calls at each of {} farms.\n- Readers mend books.\n",
        GRADES[n % 3],
        n + 3,
        n + 6,
        n + 12,
        GRADES[(n + 1) % 3],
        n + 2,
    )
}

/// The same report, typed with straight quotation marks.
fn typed(n: usize) -> String {
    report(n).replace(['‘', '’'], "'")
}

fn letter(n: usize) -> String {
    let (town, who) = (TOWNS[n], PEOPLE[n]);
    let row = |part: &str, finding: &str| format!("{part:40}{finding}\n");
    let rows: String = ["The bill for water", "Repairs of the pump", "Letters", "Meters"]
        .iter()
        .skip(n % 2)
        .enumerate()
        .map(|(k, part)| row(part, FINDINGS[(n + k) % 3]))
        .collect();
    let orders = match n {
        2 => "I make no orders.".to_owned(),
        _ => format!("a) pay the customer {} pounds.\nb) read the meter each year.", 40 + n),
    };
    format!(
        "Adjudicator of Water\nThe Old Mill, Saltmouth SM1 2AB\n\n{who}\nHead of Complaints\n{town} Water\n\
         1 Quay Street\n{town}\nSM4 {}AB\n\n{} June 2024\n\nDear {who}\n\nDecision on a complaint about {town} Water\n\n\
         I have looked at what both sides sent me.\n\n\
         Decision\n\n{}{rows}\n\
         Orders\n\n{orders}\n\n\
         Yours sincerely\n\nOla Brand\nAdjudicator\n",
        n + 1,
        n + 3,
        row("Part of the complaint", "Finding"),
    )
}

fn proposed(document: fn(usize) -> String) -> (Vec<Value>, String) {
    let samples: Vec<Sample> = (0..6).map(|n| sample(&format!("{n}.txt"), &document(n))).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let format = FileFormat::new("layout.format.toml", &text).unwrap();
    (samples.into_iter().map(|s| format.record(s.document).whole()).collect(), text)
}

fn judged(record: &Value) -> Vec<(String, String)> {
    let text = |j: &Value, name: &str| j[name].as_str().unwrap_or_default().to_owned();
    let all = record["judgements"].as_array().into_iter().flatten();
    all.map(|j| (text(j, "area"), text(j, "printed"))).collect()
}

#[test]
fn grades_in_quotation_marks_are_judgements_and_that_of_the_last_inspection_is_none() {
    let both = [report as fn(usize) -> String, typed].map(proposed);
    for (n, record, text) in
        both.iter().flat_map(|(records, text)| records.iter().enumerate().map(move |(n, r)| (n, r, text)))
    {
        let wanted = [("overall-effectiveness", 0), ("stock", 0), ("staffing", 1)];
        let wanted = wanted.map(|(area, k)| (area.to_owned(), GRADES[(n + k) % 3].to_owned()));
        assert_eq!(judged(record), wanted, "{text}");
        let lead = &record["inspectors"][0];
        assert_eq!((&lead["name"], lead["lead"] == true), (&Value::from(PEOPLE[n]), true), "{text}");
        assert_eq!(record["strengths"].as_array().map(Vec::len), Some(2), "{text}");
        assert!(!text.contains("last_inspected"), "the year of the last inspection is no count: {text}");
    }
}

#[test]
fn findings_in_a_table_are_judgements_and_orders_are_requirements() {
    let (records, text) = proposed(letter);
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record["provider"]["name"], format!("{} Water", TOWNS[n]), "{text}");
        let findings: Vec<String> = judged(record).into_iter().map(|(_, printed)| printed).collect();
        let wanted: Vec<&str> = (0..4 - n % 2).map(|k| FINDINGS[(n + k) % 3]).collect();
        assert_eq!(findings, wanted, "{text}");
        let orders = record["improvements"].as_array().map_or(0, Vec::len);
        assert_eq!(orders, if n == 2 { 0 } else { 2 }, "“I make no orders.” is no order: {text}");
        assert!(n == 2 || record["improvements"][0]["kind"] == "requirement", "{text}");
    }
}

/// The grade that a sentence under a label gives.
fn graded(sentence: &str) -> Value {
    const FILE: &str = r#"
[codes.grade]
scale = "four"
values = [{ code = "good" }, { code = "weak" }]
[[field]]
pointer = "/judgements"
area = "overall-effectiveness"
type = "grade"
codes = "grade"
find = [{ sentence = "we have rated" }]
"#;
    let record = notes::read(FILE, &format!("Overall, {sentence} We thank its readers.\n"));
    record["judgements"][0]["grade"].clone()
}

#[test]
fn a_quotation_that_a_sentence_ends_in_is_the_grade_unless_it_is_denied_or_of_another_year() {
    assert_eq!(graded("we have rated Ousby Library as ‘Good’."), "good");
    assert_eq!(graded("we have rated it as “Weak”."), "weak");
    assert_eq!(graded("we have rated Good."), "good");
    assert_eq!(graded("we have rated 4 – Good."), "good");
    assert_eq!(graded("we have rated the children's library as 'Good'."), "good");
    assert_eq!(graded("we have rated it as \"Weak\"."), "weak");
    for other in [
        "we have rated neither branch nor van, and could not rate the library as ‘Good’.",
        "we have rated it higher than in 2019, when it was ‘Weak’.",
        "we have rated the van as ‘Weak’ and the branch as ‘Good’.",
        "we have rated the library in a street known to all as ‘Good’ Street.",
        "we have rated the van as 'Weak' and the branch as 'Good'.",
        "we have rated it higher than in 2019, when it was 'Weak'.",
    ] {
        assert_eq!(graded(other), Value::Null, "{other}");
    }
}
