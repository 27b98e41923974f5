//! Records as tables: CSV, Excel, Parquet, SQLite.

#![allow(missing_docs)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{RECIPE, REPORT, Run, Sandbox};
use rusqlite::Connection;
use serde_json::Value;

const LETTER: &str = include_str!("../../corpus/text/poole-2018-11-30.txt");

fn sandbox() -> Sandbox {
    Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", RECIPE)])
}

fn ask(sandbox: &Sandbox, database: &str, question: &str) -> Vec<String> {
    let connection = Connection::open(sandbox.path().join(database)).unwrap();
    let mut statement = connection.prepare(question).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
    rows.map(|r| r.unwrap().unwrap_or_default()).collect()
}

fn csv_rows(sandbox: &Sandbox, name: &str) -> Vec<csv::StringRecord> {
    let text = sandbox.read(name);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(Result::unwrap).collect()
}

fn said(run: &Run, words: &str) {
    assert!(run.err.contains(words), "{}", run.err);
}

#[test]
fn a_folder_of_tables_has_its_description() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run("extract in -o tables/ --format csv").code, 1);
    let package: Value = serde_json::from_str(&sandbox.read("tables/datapackage.json")).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 14);
    for resource in resources {
        let text = sandbox.read(&format!("tables/{}", resource["path"].as_str().unwrap()));
        let head: Vec<&str> = text.lines().next().unwrap().split(',').collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(head, names);
        assert!(fields.iter().all(|f| f["description"].as_str().is_some_and(|d| !d.is_empty())));
    }
    assert_eq!(csv_rows(&sandbox, "tables/reports.csv").len(), 2);
    assert_eq!(csv_rows(&sandbox, "tables/judgements.csv").len(), 4);
}

#[test]
fn a_table_is_chosen_by_its_name() {
    let sandbox = sandbox();
    sandbox.run("extract in -o improvements.csv --table improvements");
    assert!(sandbox.read("improvements.csv").starts_with("\u{feff}report_id,n,text,kind,addressed_to,"));
    let run = sandbox.run("extract in -o x.csv --table colours");
    assert_eq!(run.code, 2);
    said(&run, "there is no table colours; the tables are reports, judgements, improvements");
    said(
        &sandbox.run("extract in -o x.xlsx --table doubts"),
        "--table can only be used with a .csv or .parquet file",
    );
    said(
        &sandbox.run("extract in -o x.ndjson --table doubts"),
        "--table can only be used with a .csv or .parquet file",
    );
}

#[test]
fn headings_are_those_of_official_statistics() {
    let sandbox = sandbox();
    sandbox.run("extract in/a.txt -o mi.csv --columns mi");
    let text = sandbox.read("mi.csv");
    assert!(text.starts_with(
        "\u{feff}Local authority area code,Local authority name,Inspection type,Inspection date,"
    ));
    let rows = csv_rows(&sandbox, "mi.csv");
    // It was of one week.
    assert_eq!(&rows[0][2], "ILACS Short Inspection");
    assert_eq!(&rows[0][5], "Good");
    // An area whose code has changed since then can be found by either code; Poole has become part of another area.
    fs::write(sandbox.path().join("in/c.txt"), REPORT.replace("Poole", "Barnsley")).unwrap();
    sandbox.run("extract in/a.txt in/c.txt -o both.csv --columns mi");
    let rows = csv_rows(&sandbox, "both.csv");
    let codes: Vec<(&str, &str)> = rows.iter().map(|r| (&r[0], &r[10])).collect();
    assert_eq!(codes, [("", "E06000029"), ("E08000038", "E08000016")]);
    // A document that was not read has no values, but a name and a reason.
    sandbox.run("extract in/b.txt -o unread.csv --columns mi");
    let rows = csv_rows(&sandbox, "unread.csv");
    assert_eq!((&rows[0][0], &rows[0][12], &rows[0][13]), ("", "in/b.txt", "unknown-format"));
    sandbox.run("extract in/a.txt -o dfe.csv --columns dfe");
    assert!(sandbox.read("dfe.csv").starts_with(
        "\u{feff}time_period,geographic_level,region_code,region_name,new_la_code,old_la_code,la_name,report_id,"
    ));
    said(&sandbox.run("extract in/a.txt -o x.sqlite --columns mi"), "--columns can't be used for a database");
}

/// Compares with Ofsted's own table up to March 2025: each inspection with a sufficiently old report must be in it, by
/// one of its two codes and its first day, with the same type and grades.
#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_inspections_are_those_of_the_official_table() {
    const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    const LAST: &str = "2025-03-24";
    let sandbox = Sandbox::new(&[]);
    sandbox.run(&format!("extract {SHARED}/corpus/reports/childrens-services -o mi.csv --columns mi"));
    let table = fs::read_to_string(format!("{SHARED}/data/official/ilacs-history-2025-03-31.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let official: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let ours = csv_rows(&sandbox, "mi.csv");
    let ours: Vec<_> = ours.iter().filter(|r| r[2].starts_with("ILACS") && &r[3] < LAST).collect();
    for row in &ours {
        let same = |o: &&csv::StringRecord| (o[0] == row[0] || o[0] == row[10]) && o[3] == row[3];
        let theirs = official.iter().find(same).unwrap_or_else(|| panic!("not in the table: {row:?}"));
        assert_eq!(theirs[2], row[2], "{row:?}");
        assert!((5..10).all(|i| theirs[i] == row[i]), "{row:?} {theirs:?}");
    }
    assert_eq!(ours.len(), 89);
}

#[test]
fn a_database_answers_questions() {
    let sandbox = Sandbox::new(&[("in/a.txt", &REPORT.replace("Poole", "Ashmoor")), ("in/b.txt", RECIPE)]);
    sandbox.run("extract in -o letters.sqlite");
    assert_eq!(ask(&sandbox, "letters.sqlite", "SELECT la_name FROM latest_inspection"), ["Ashmoor"]);
    let grades = "SELECT judgement || ' ' || grade FROM timeline WHERE area = 'Ashmoor' ORDER BY judgement";
    assert_eq!(ask(&sandbox, "letters.sqlite", grades).len(), 4);
    let failed = "SELECT error_code FROM reports WHERE outcome = 'error'";
    assert_eq!(ask(&sandbox, "letters.sqlite", failed), ["unknown-format"]);
    let words = "SELECT p.la_name FROM paragraphs AS p JOIN paragraphs_fts AS f ON f.rowid = p.rowid
                 WHERE f.text MATCH 'children'";
    assert!(!ask(&sandbox, "letters.sqlite", words).is_empty());
    assert_eq!(ask(&sandbox, "letters.sqlite", "PRAGMA foreign_key_check"), [""; 0]);
    assert_eq!(ask(&sandbox, "letters.sqlite", "PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn a_workbook_and_a_parquet_file_are_what_their_names_say() {
    let sandbox = sandbox();
    sandbox.run("extract in -o letters.XLSX");
    assert!(fs::read(sandbox.path().join("letters.XLSX")).unwrap().starts_with(b"PK"));
    sandbox.run("extract in -o letters.parquet --table judgements");
    let bytes = fs::read(sandbox.path().join("letters.parquet")).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
}

#[test]
fn an_unknown_ending_names_the_known_ones() {
    let sandbox = sandbox();
    let run = sandbox.run("extract in -o table.xls");
    assert_eq!(run.code, 2);
    said(&run, "table.xls has an unknown extension; known are .json, .ndjson, .jsonl, .csv, .xlsx,");
    assert!(!sandbox.path().join("table.xls").exists());
    assert_eq!(sandbox.run("extract in -o x.xlsx --format csv").code, 2);
}

#[test]
fn what_is_somebody_else_s_is_left_alone() {
    let sandbox = Sandbox::new(&[("in/a.txt", LETTER), ("diary.csv", "day,words\n1,rain\n")]);
    let run = sandbox.run("extract in -o diary.csv");
    assert_eq!(run.code, 2);
    said(&run, "diary.csv exists and was not written by findings; --force overwrites it");
    assert_eq!(sandbox.read("diary.csv"), "day,words\n1,rain\n");
    assert_eq!(sandbox.run("extract in -o diary.csv --force").code, 0);
    for name in ["diary.csv", "a.xlsx", "a.sqlite", "a.parquet", "a.ndjson", "a.json", "t/ --format csv"] {
        let twice = [0, 1].map(|_| sandbox.run(&format!("extract in -o {name}")));
        assert!(twice.iter().all(|r| r.code == 0), "{name}: {}", twice[1].err);
    }
}

#[test]
fn one_file_that_fails_does_not_stop_the_others() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b/b.txt", REPORT), ("out/b", "in the way")]);
    let run = sandbox.run("extract in -o out/");
    assert_eq!(run.code, 3);
    said(&run, "b.json could not be written");
    assert!(sandbox.read("out/a.json").contains("\"schema\""));
    let rows = csv_rows(&sandbox, "out/index.csv");
    assert_eq!((&rows[0][1], &rows[0][3], &rows[1][3]), ("a.json", "read", "not-written"));
}

#[test]
fn the_same_file_twice_is_said_and_counted_once() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", REPORT)]);
    let run = sandbox.run("extract in -o table.csv");
    said(&run, "in/b.txt: the same file as in/a.txt");
    assert_eq!(csv_rows(&sandbox, "table.csv").len(), 1);
}

#[test]
fn of_a_file_and_its_copies_the_file_is_kept() {
    let sandbox = Sandbox::new(&[
        ("in/copy of x.txt", REPORT),
        ("in/x (1).txt", REPORT),
        ("in/x.txt", REPORT),
        ("in/y.txt", &format!("{REPORT}\nOne line more.\n")),
    ]);
    let run = sandbox.run("extract in -o table.csv");
    said(&run, "findings: 2 read, ");
    said(&run, " 0 failed, 2 given again → table.csv");
    said(&run, "each file is in the tables once; left out: ");
    said(&run, "in/copy of x.txt (the same as in/x");
    let sources: Vec<String> = csv_rows(&sandbox, "table.csv").iter().map(|r| r[1].to_owned()).collect();
    assert_eq!(sources, ["in/x.txt", "in/y.txt"]);
    #[cfg(feature = "sqlite")]
    {
        sandbox.run("sync in --into all.findings");
        assert_eq!(sandbox.sources("export all.findings"), sources);
    }
}

#[test]
fn nothing_is_left_beside_an_output() {
    let sandbox = sandbox();
    sandbox.run("extract in -o out/table.xlsx");
    let names: Vec<_> =
        fs::read_dir(sandbox.path().join("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(names, [Path::new("table.xlsx").as_os_str()]);
}

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus");

#[test]
#[ignore = "needs another reader of workbooks: the package python3-openpyxl; pyarrow, duckdb and LibreOffice where they are"]
fn other_programs_read_the_same_rows() {
    let sandbox = Sandbox::new(&[]);
    sandbox.run(&format!("sync {CORPUS}/ilacs {CORPUS}/sif {CORPUS}/text --into all.findings"));
    let agree = Command::new("python3")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/agree"))
        .args([env!("CARGO_BIN_EXE_findings"), "all.findings"])
        .current_dir(sandbox.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&agree.stdout);
    assert!(agree.status.success(), "{said}{}", String::from_utf8_lossy(&agree.stderr));
    assert!(said.contains("sqlite3: ") && said.contains("openpyxl: "), "{said}");
}

/// The code blocks in a language in docs/tables.md.
fn blocks(language: &str) -> Vec<String> {
    let docs = include_str!("../../docs/tables.md");
    let begin = format!("```{language}\n");
    docs.split(&begin).skip(1).filter_map(|rest| Some(rest.split_once("```")?.0.to_owned())).collect()
}

#[test]
#[cfg(feature = "sqlite")]
fn the_questions_of_the_docs_have_answers() {
    let sandbox = Sandbox::new(&[]);
    sandbox.run(&format!("extract {CORPUS}/ilacs {CORPUS}/sif {CORPUS}/text -o letters.sqlite"));
    let base = rusqlite::Connection::open(sandbox.path().join("letters.sqlite")).unwrap();
    let block = blocks("sql").concat();
    let questions: Vec<&str> = block.split(';').filter(|q| q.contains("SELECT")).collect();
    let answers = |question: &str| {
        let mut rows = base.prepare(question).unwrap_or_else(|e| panic!("{question}: {e}"));
        rows.query_map([], |_| Ok(())).unwrap().count()
    };
    let counts: Vec<usize> = questions.iter().map(|q| answers(q)).collect();
    assert_eq!(counts.len(), 5, "{block}");
    // Among them: grades over time, improvements of one area, values to look at.
    assert!(counts[0] > 0 && counts[1] > 0 && counts[4] > 0, "{counts:?}");
}

/// `.ci/run` runs this in the environment of the Python package's tests, which has pandas.
#[test]
#[cfg(feature = "parquet")]
#[ignore = "needs python3 with pandas and pyarrow"]
fn the_lines_for_pandas_run() {
    let python = |code: &str, sandbox: &Sandbox| {
        Command::new("python3").args(["-c", code]).current_dir(sandbox.path()).output().expect("python3")
    };
    let sandbox = Sandbox::new(&[]);
    sandbox.run(&format!("extract {CORPUS}/ilacs -o tables/ --format parquet"));
    sandbox.run(&format!("extract {CORPUS}/ilacs -o mi.csv --columns mi"));
    // An official table of that time: Poole, which no longer exists, with its code and (here) a different grade.
    let ours = sandbox.read("mi.csv");
    let line = ",Poole,ILACS Short Inspection,2018-10-15,,Good,";
    let official = |grade: &str| {
        let theirs = ours.replace(line, &format!("E06000029{}{grade},", line.trim_end_matches("Good,")));
        assert_ne!(theirs, ours, "{ours}");
        std::fs::write(sandbox.path().join("official.csv"), theirs).unwrap();
    };
    let blocks = blocks("python");
    assert_eq!(blocks.len(), 2);
    let said = |block: &str| {
        let run = python(block, &sandbox);
        assert!(run.status.success(), "{block}{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8_lossy(&run.stdout).into_owned()
    };
    official("Good");
    assert!(said(&blocks[0]).contains("Empty DataFrame"), "{}", said(&blocks[0]));
    official("Outstanding");
    assert!(said(&blocks[0]).contains("E06000029"), "{}", said(&blocks[0]));
    assert!(said(&blocks[1]).contains("2023"), "{}", said(&blocks[1]));
}
