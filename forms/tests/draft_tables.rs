//! What is proposed for tables, for sentences that grade, and for what stands below lists.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use findings_forms::model::{FormatFile, Table};
use serde_json::json;

use shared::{IDENTITY, sample};

const GRADES: [&str; 3] = ["Sound", "Mostly sound", "Unsound"];
const ASPECTS: [&str; 3] = ["Water quality", "Lifeguards", "Plant and dosing"];
const BATHS: [&str; 6] =
    ["Otterbeck Baths", "Kestrel Park Pool", "Tidewell Lido", "Long Acre Pool", "Weir Spa", "Minnow Hall"];
const FOUND: [&str; 6] = [
    "The depth markings along the north side were missing.",
    "The door of the chemical store stood open.",
    "Water tests were not written down at night.",
    "Two lifeguards had no valid certificate.",
    "The gauges of the second filter could not be read.",
    "The alarm of the plant room was switched off.",
];

/// The grades of a letter: those of this time, those of the last, and the whole.
fn grades(n: usize) -> ([&'static str; 3], [&'static str; 3], &'static str) {
    let of = |from: usize| [0, 1, 2].map(|k| GRADES[(n * from + k * 2 + n / 3) % 3]);
    (of(1), of(2), GRADES[n % 3])
}

fn letter(n: usize) -> String {
    let (now, last, overall) = grades(n);
    let (bath, found) = (BATHS[n], [FOUND[n], FOUND[(n + 1) % 6]]);
    let rows: String = (0..3).map(|k| format!("{:24}{:20}{}\n", ASPECTS[k], now[k], last[k])).collect();
    let row = |k: usize| {
        format!("{:<8}{:62}{:20}{} July 2025\n", k + 1, found[k], format!("Code {}.{}", n + 1, k + 2), 3 + n)
    };
    format!(
        "LOWMERE WATERS INSPECTORATE\nLetter after an inspection\n\nFictional document made for tests\n\n\
         Facility: {bath}\nInspected on: {} May 2025\n\nDear Ms Pargeter\n\n\
         We judged the baths to be {} overall.\n\n\
         Judgements\n\n{:24}{:20}Last inspection\n{rows}\n\
         What was wrong\n\n{:8}{:62}{:20}To be closed by\n{}{}\n\
         What works well\n\n- {}\n- Staff know the drill.\n\n\
         A copy of this letter will be placed on our website within a month.\n\n\
         Yours sincerely\nNadia {}\nPrincipal Inspector\n",
        4 + n,
        overall.to_lowercase(),
        "Aspect",
        "This inspection",
        "No.",
        "What we found",
        "Requirement",
        row(0),
        row(1),
        ["Lifeguards change on time.", "Changing rooms are clean."][n % 2],
        ["Fensome", "Coyle", "Brask", "Quance", "Varley", "Wragg"][n],
    )
}

fn letters() -> Vec<Sample> {
    (0..6).map(|n| sample(&format!("{n}.txt"), &letter(n))).collect()
}

fn proposed(samples: &[Sample]) -> (String, FormatFile) {
    let text = draft(samples, IDENTITY).unwrap().text;
    let (file, _) = findings_forms::parse("n.format.toml", &text).unwrap();
    (text, file)
}

/// Heads of columns, with the members that they go to.
fn columns(table: &Table) -> Vec<(&str, &str)> {
    let to = |c: &'_ findings_forms::model::Column| c.to.clone().unwrap_or_default().leak() as &str;
    table.columns.iter().map(|c| (c.head[0].as_str(), to(c))).collect()
}

fn table<'f>(file: &'f FormatFile, into: &str, text: &str) -> &'f Table {
    file.tables.iter().find(|t| t.into == into).unwrap_or_else(|| panic!("no table of {into}:\n{text}"))
}

#[test]
fn grades_of_this_time_are_judgements_and_those_of_the_last_are_not() {
    let (text, file) = proposed(&letters());
    let judged = columns(table(&file, "/judgements", &text));
    assert_eq!(judged, [("Aspect", "label"), ("This inspection", "grade"), ("Last inspection", "")]);
    // The scale in its order: what is nearly a grade stands behind it, the opposite last.
    let codes: Vec<&str> = file.codes["grade"].values.iter().map(|c| c.code.as_str()).collect();
    assert_eq!(codes, ["sound", "mostly-sound", "unsound"], "{text}");
}

#[test]
fn what_must_be_done_is_the_column_of_sentences_and_not_that_of_references() {
    let (text, file) = proposed(&letters());
    let wanted = columns(table(&file, "/improvements", &text));
    assert_eq!(
        wanted,
        [("No.", ""), ("What we found", "text"), ("Requirement", ""), ("To be closed by", "")]
    );
    // Neither the rows nor the cells below a head are proposed once more.
    assert_eq!(file.lists.iter().map(|l| l.into.as_str()).collect::<Vec<_>>(), ["/strengths"], "{text}");
    assert!(!text.contains("box = "), "{text}");
}

#[test]
fn a_sentence_that_grades_the_whole_is_the_overall_judgement() {
    let (text, file) = proposed(&letters());
    let overall = file.fields.iter().find(|f| f.area.as_deref() == Some("overall-effectiveness"));
    let place = &overall.unwrap_or_else(|| panic!("no overall judgement:\n{text}")).find[0];
    assert_eq!(
        (place.sentence[0].as_str(), place.until[0].as_str()),
        ("We judged the baths to be", "overall")
    );
}

#[test]
fn a_letter_that_is_read_by_its_proposal_has_no_doubts() {
    let (text, file) = proposed(&letters());
    let strengths = file.lists.iter().find(|l| l.into == "/strengths").unwrap();
    assert_eq!(strengths.until.first().map(String::as_str), Some("A copy of this letter"), "{text}");
    let format = FileFormat::new("lowmere.format.toml", &text).unwrap();
    for n in 0..6 {
        let record = format.record(sample("n.txt", &letter(n)).document).whole();
        assert_eq!(record["diagnostics"], json!([]), "{n}");
        assert_eq!(record["letter"]["signatories"][0]["role"], "Principal Inspector");
        assert_eq!(record["strengths"].as_array().map(Vec::len), Some(2));
        let printed = |j: &serde_json::Value| j["printed"].as_str().map(str::to_lowercase);
        let judged: Vec<_> =
            record["judgements"].as_array().into_iter().flatten().filter_map(printed).collect();
        let (now, _, overall) = grades(n);
        let mut wanted: Vec<String> = now.iter().map(|g| g.to_lowercase()).collect();
        wanted.insert(0, overall.to_lowercase());
        assert_eq!(judged, wanted, "{n}");
    }
}

#[test]
fn labels_say_which_columns_of_a_table_are_meant() {
    let mut samples = letters();
    for (n, sample) in samples.iter_mut().enumerate() {
        let (_, last, _) = grades(n);
        let judged: Vec<_> =
            ASPECTS.iter().zip(last).map(|(a, g)| json!({ "area": a, "grade": g.to_lowercase() })).collect();
        let references = [2, 3].map(|k| format!("Code {}.{k}", n + 1));
        sample.gold = Some(json!({ "judgements": judged, "improvements": references }));
    }
    let (text, file) = proposed(&samples);
    let judged = columns(table(&file, "/judgements", &text));
    assert_eq!(judged, [("Aspect", "label"), ("This inspection", ""), ("Last inspection", "grade")]);
    let wanted = columns(table(&file, "/improvements", &text));
    assert_eq!(wanted[2], ("Requirement", "text"), "{text}");
}
