//! Produces one outcome's rows for each table.

mod body;
mod lists;
mod reports;
mod trust;

use serde_json::Value;

use crate::cell::Cell;
use crate::doubt::Doubt;
use crate::spec::Kind;

/// An outcome: a record, or an error report.
pub(crate) struct Outcome<'a> {
    /// The outcome as JSON.
    pub(crate) value: &'a Value,
    /// Its doubts.
    pub(crate) doubts: &'a [Doubt],
    /// The cells that all of its rows have in common.
    pub(crate) frame: Frame,
}

/// The cells that every row of an outcome has, in any table but `reports`.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) report_id: Cell,
    after: [Cell; 3],
}

impl Frame {
    pub(crate) fn of(id: String, outcome: &Value) -> Self {
        let at = |pointer, kind| outcome.pointer(pointer).map_or(Cell::Null, |v| Cell::of(v, kind));
        Self {
            report_id: Cell::Text(id),
            after: [
                la_name(outcome),
                at("/inspection/type", Kind::Text),
                at("/inspection/start", Kind::Date),
            ],
        }
    }

    /// A row with the common cells around its own.
    pub(crate) fn around(&self, n: usize, own: Vec<Cell>) -> Vec<Cell> {
        let mut row = Vec::with_capacity(own.len() + 5);
        row.extend([self.report_id.clone(), Cell::count(n)]);
        row.extend(own);
        row.extend(self.after.iter().cloned());
        row
    }
}

/// The name of the local authority, or of the area of a partnership; null for other kinds of provider.
fn la_name(outcome: &Value) -> Cell {
    let kind = outcome.pointer("/provider/kind").and_then(Value::as_str);
    match kind {
        Some("local-authority" | "local-area-partnership") => {
            Cell::of(&outcome["provider"]["name"], Kind::Text)
        }
        _ => Cell::Null,
    }
}

/// Appends an outcome's rows for a table.
pub(crate) fn add(table: &str, outcome: &Outcome<'_>, rows: &mut Vec<Vec<Cell>>) {
    let own = match table {
        "reports" => return rows.push(reports::row(outcome)),
        "judgements" => lists::judgements(outcome),
        "improvements" => lists::improvements(outcome),
        "strengths" => lists::strengths(outcome),
        "inspectors" => lists::people(outcome, "/inspectors", &["name", "role", "organisation", "lead"]),
        "recipients" => lists::recipients(outcome),
        "signatories" => lists::people(outcome, "/letter/signatories", &["name", "role", "organisation"]),
        "sections" => body::sections(outcome),
        "paragraphs" => body::paragraphs(outcome),
        "figures" => lists::figures(outcome),
        "mentions" => lists::mentions(outcome),
        "footnotes" => lists::footnotes(outcome),
        "evidence" => trust::evidence(outcome),
        "doubts" => trust::doubts(outcome),
        _ => Vec::new(),
    };
    rows.extend(own.into_iter().zip(1..).map(|(own, n)| outcome.frame.around(n, own)));
}

impl Outcome<'_> {
    /// The items of a list in an inspection's record; empty if there is no such list.
    ///
    /// Returns nothing for a record with a plugin's own schema, whose lists of the same name may mean something else.
    pub(crate) fn list(&self, pointer: &str) -> &[Value] {
        if self.value.get("inspection").is_none() || self.value.get("judgements").is_none() {
            return &[];
        }
        self.value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The page of the value at a pointer, from its evidence or that of one of its parts.
    pub(crate) fn page(&self, pointer: &str, parts: &[&str]) -> Cell {
        let Some(evidence) = self.value["evidence"].as_object() else { return Cell::Null };
        let page = |pointer: &str| evidence.get(pointer)?.pointer("/spans/0/page")?.as_i64();
        let of_parts = || parts.iter().find_map(|part| page(&format!("{pointer}/{part}")));
        page(pointer).or_else(of_parts).map_or(Cell::Null, Cell::Integer)
    }
}

fn text(value: &Value, key: &str) -> Cell {
    value.get(key).map_or(Cell::Null, |v| Cell::of(v, Kind::Text))
}

fn integer(value: &Value, key: &str) -> Cell {
    value.get(key).map_or(Cell::Null, |v| Cell::of(v, Kind::Integer))
}

fn number(value: &Value, key: &str) -> Cell {
    value.get(key).map_or(Cell::Null, |v| Cell::of(v, Kind::Number))
}

fn date(value: &Value, key: &str) -> Cell {
    value.get(key).map_or(Cell::Null, |v| Cell::of(v, Kind::Date))
}

/// Joins strings into one cell with semicolons; null if there are none.
fn joined(parts: impl IntoIterator<Item = String>) -> Cell {
    Cell::text(parts.into_iter().collect::<Vec<_>>().join("; "))
}

/// The texts of a JSON list.
fn texts<'a>(list: &'a Value) -> impl Iterator<Item = String> + 'a {
    list.as_array().into_iter().flatten().map(|v| Cell::of(v, Kind::Text).to_string())
}
