//! Tables, each row becoming an item.

use std::ops::Range;

use findings_core::grammar::label::contains_label;
use findings_core::outline::Block;
use findings_core::record::{Draft, Evidence, Improvement, Inspector, Judgement, Status};
use findings_core::text::Text;
use serde_json::{Map, Value, json};

use super::close::{close_row, is_sure};
use super::values::{self, Got, Wanted};
use super::view::{Line, View, begins, is_any};
use super::wrapped;
use crate::format::FileFormat;
use crate::model::{Column, Presence, Table, ValueType};

/// How far apart the tops of two lines beside each other may be, in points.
const LEVEL: f32 = 2.0;

/// A row as the members of an item.
struct Row {
    members: Vec<(String, Got)>,
    /// Members that could not be read, with their text.
    unread: Vec<(String, Text)>,
    marks: Vec<(String, bool)>,
    cells: Vec<Text>,
    /// A line below that may be part of it.
    unclear: Option<Text>,
}

impl Row {
    fn member(&self, name: &str) -> Option<&Got> {
        self.members.iter().find(|(n, _)| n == name).map(|(_, got)| got)
    }

    fn word(&self, name: &str) -> Option<String> {
        self.member(name)?.value.as_str().map(str::to_owned)
    }

    fn mark(&self, name: &str) -> Option<bool> {
        self.marks.iter().find(|(n, _)| n == name).map(|(_, m)| *m)
    }
}

/// Reads all tables.
pub(super) fn read(format: &FileFormat, view: &View, extension: &mut Map<String, Value>, draft: &mut Draft) {
    for (at, table) in format.file().tables.iter().enumerate() {
        let range = view.region(format.file(), table.region.as_deref());
        let range = range.and_then(|r| rows_of(view, r, table));
        let found = range.is_some();
        let (rows, left_over) = range.map(|r| items(format, view, r, table, at)).unwrap_or_default();
        tell(&left_over, table, draft);
        if rows.is_empty() {
            absent(table, found, format.optional_region(table.region.as_deref()), draft);
        }
        for row in rows {
            push(format, table, at, &row, extension, draft);
        }
        if let Some(name) = table.into.strip_prefix("/extension/") {
            extension.entry(name).or_insert(Value::Array(Vec::new()));
        }
    }
}

fn absent(table: &Table, found: bool, optional: bool, draft: &mut Draft) {
    let stated = table.presence == Presence::Optional && (!found || optional);
    draft.absent(table.into.clone(), if stated { Status::NotStated } else { Status::NotRead });
    if !stated && table.presence == Presence::Required {
        draft.warn(
            "expected-missing",
            Some(&table.into),
            None,
            "the table was not found, or none of its rows could be read",
        );
    }
}

/// The lines in which a table may have rows: below its column heads, or under its heading.
fn rows_of(view: &View, range: Range<usize>, table: &Table) -> Option<Range<usize>> {
    let ends = |from: usize| {
        let lines = &view.lines[..range.end];
        let ends =
            |i: &usize| lines[*i].heading.is_some() && !names_group(lines, *i, from, table.columns.len());
        let end = (from..range.end).find(|i| table.region.is_none() && ends(i));
        from..end.unwrap_or(range.end)
    };
    let mut starts = range.clone().filter(|i| {
        let line = &view.lines[*i];
        is_head(line, &view.doc.blocks[line.block], table)
            || !table.under.is_empty() && is_any(line.text.as_str(), &table.under)
    });
    match starts.next() {
        // The column heads may be repeated on the next page: it is one table.
        Some(first) => Some(ends(first + 1)),
        None if has_head(table) || !table.under.is_empty() => None,
        None => Some(range),
    }
}

/// Whether what looks like a heading in a table that begins at a line names a group of its rows: it is set smaller than the heading above
/// the table, and a row of as many cells follows.
pub(crate) fn names_group(lines: &[Line], at: usize, from: usize, columns: usize) -> bool {
    let above = lines[..from].iter().rev().find_map(|line| line.heading);
    let lower = lines[at].heading.is_some_and(|rank| above.map_or(columns > 2, |above| rank > above));
    lower && columns > 1 && lines.get(at + 1).is_some_and(|next| next.cells.len() == columns)
}

pub(super) fn has_head(table: &Table) -> bool {
    table.columns.iter().any(|c| !c.head.is_empty())
}

fn is_head(line: &Line, block: &Block, table: &Table) -> bool {
    let in_cells =
        || table.columns.iter().all(|c| line.cells.iter().any(|cell| is_any(cell.as_str(), &c.head)));
    let in_line = || line.cells.len() > 1 && is_head_line(line.text.as_str(), table);
    has_head(table) && (in_cells() || in_line() || is_head_line(block.text.as_str(), table))
}

/// Whether a block is all column heads in a row, no longer split into cells.
fn is_head_line(line: &str, table: &Table) -> bool {
    let rest =
        table.columns.iter().try_fold(line, |rest, c| Some(rest[begins(rest, &c.head)?..].trim_start()));
    rest == Some("")
}

/// The rows in a range, and the lines in it that are not rows.
fn items(
    format: &FileFormat,
    view: &View,
    range: Range<usize>,
    table: &Table,
    at: usize,
) -> (Vec<Row>, Vec<Text>) {
    let mut group: Option<Got> = None;
    let (mut rows, mut left_over) = (Vec::new(), Vec::<Line>::new());
    // How many of those are above the last row: the others may not belong to the table.
    let mut inside = 0;
    // A row below the last one that was read is still in its block.
    let mut last = range.start.checked_sub(1).map_or(0, |head| view.lines[head].block);
    let tables = &format.file().tables;
    // Where what belongs to the last row ends.
    let mut done = range.start;
    for i in range {
        let line = &view.lines[i];
        if i < done {
            continue;
        }
        let heads = |table: &Table| is_head(line, &view.doc.blocks[line.block], table);
        if heads(table) {
            continue;
        }
        if tables.iter().enumerate().any(|(other, table)| other != at && heads(table)) {
            break;
        }
        let apart = close_row(format, line, table);
        let line = apart.as_ref().unwrap_or(line);
        let names_group = group_of(format, line, table, at);
        if is_row(line, table) && is_sure(format, line, table) {
            let whole = (!table.rows.is_empty()).then(|| wrapped::whole(view, i, line.clone(), &table.rows));
            let mut row = row(format, whole.as_ref().map_or(line, |whole| &whole.row), table, at);
            if let Some(whole) = whole {
                (row.unclear, done) = (whole.unclear, whole.end);
            }
            if let (Some(g), Some(got)) = (&table.groups, &group) {
                row.members.push((g.to.clone(), got.clone()));
            }
            rows.push(row);
            (inside, last) = (left_over.len(), line.block);
        } else if is_row(line, table) && filled(line) < table.columns.len() {
            left_over.push(line.clone());
            (inside, last) = (left_over.len(), line.block);
        } else if names_group.is_none() && may_be_row(line, table) {
            left_over.push(line.clone());
        }
        group = names_group.or(group);
    }
    if table.rows.is_empty() && table.under.is_empty() {
        // Only its head says where the table is.
        let below = left_over[inside..].iter().take_while(|line| line.block == last).count();
        left_over.truncate(inside + below);
    } else if let Some(found) = rows_beside(&left_over, table.columns.len()) {
        rows.extend(found.iter().map(|line| row(format, line, table, at)));
        return (rows, Vec::new());
    }
    (rows, left_over.into_iter().map(|l| l.text.clone()).collect())
}

/// How many cells of a line are not empty.
pub(super) fn filled(line: &Line) -> usize {
    line.cells.iter().filter(|c| !c.is_empty()).count()
}

fn is_row(line: &Line, table: &Table) -> bool {
    let first = line.cells.first().map_or("", Text::as_str);
    match table.rows.is_empty() {
        true => filled(line) > usize::from(table.columns.len() > 1),
        false => filled(line) > 0 && begins(first, &table.rows).is_some(),
    }
}

/// Whether a line that is not a row may have been one, before its cells ran together.
fn may_be_row(line: &Line, table: &Table) -> bool {
    match table.rows.is_empty() {
        true => line.heading.is_none() && (has_head(table) || !table.under.is_empty()),
        false => line.cells.is_empty() && begins(line.text.as_str(), &table.rows).is_some(),
    }
}

/// The group of the rows below a line, if the line names one.
fn group_of(format: &FileFormat, line: &Line, table: &Table, at: usize) -> Option<Got> {
    let groups = table.groups.as_ref().filter(|_| filled(line) < 2)?;
    let rule = format.rule(&format!("table/{at}/groups"));
    let codes = format.codes(Some(&groups.codes));
    let kind = ValueType::Grade;
    values::read(&line.text, Wanted { kind, codes, shape: None, month_first: false, rule: &rule })
}

/// The rows of a table whose columns were drawn one after another: lines beside each other, one per column. None unless all lines
/// fit.
fn rows_beside(lines: &[Line], columns: usize) -> Option<Vec<Line>> {
    let place = |text: &Text| text.origins().first().and_then(|o| Some((o.page, o.bbox?)));
    let mut rows: Vec<Vec<Text>> = Vec::new();
    for line in lines {
        let (page, bbox) = place(&line.text)?;
        let level = |row: &&mut Vec<Text>| {
            place(&row[0]).is_some_and(|(p, b)| p == page && (b.top - bbox.top).abs() < LEVEL)
        };
        match rows.iter_mut().find(level) {
            Some(row) => row.push(line.text.clone()),
            None => rows.push(vec![line.text.clone()]),
        }
    }
    let whole = columns > 1 && rows.iter().all(|row| row.len() == columns);
    let left = |text: &Text| place(text).map_or(0.0, |(_, b)| b.x0);
    rows.iter_mut().for_each(|row| row.sort_by(|a, b| left(a).total_cmp(&left(b))));
    let block = lines.first()?.block;
    let line = |cells: Vec<Text>| Line { text: Text::join(&cells, " "), cells, block, heading: None };
    whole.then(|| rows.into_iter().map(line).collect())
}

/// Reports lines among a table's rows that are not rows: a row may not have been recognised.
fn tell(left_over: &[Text], table: &Table, draft: &mut Draft) {
    let Some(first) = left_over.first() else { return };
    let words = Text::join(left_over, " ");
    let quote: String = words.as_str().chars().take(120).collect();
    let message = format!("“{quote}” is among the table's rows but is not one of them");
    draft.warn("text-not-read", Some(&table.into), Some(first.page()), message);
}

fn row(format: &FileFormat, line: &Line, table: &Table, at: usize) -> Row {
    let mut row = Row {
        members: Vec::new(),
        unread: Vec::new(),
        marks: Vec::new(),
        cells: line.cells.clone(),
        unclear: None,
    };
    for (i, column) in table.columns.iter().enumerate() {
        let cell = line.cells.get(i).cloned().unwrap_or_default();
        if let Some(mark) = &column.mark {
            row.marks.push((mark.to.clone(), mark.phrases.iter().any(|p| contains_label(cell.as_str(), p))));
        }
        let Some(to) = &column.to else { continue };
        let rule = format.rule(&format!("table/{at}/column/{i}"));
        match values::read(&cell, wanted(format, column, &rule)) {
            Some(got) => row.members.push((to.clone(), got)),
            None => row.unread.push((to.clone(), cell)),
        }
    }
    row
}

pub(super) fn wanted<'f>(format: &'f FileFormat, column: &'f Column, rule: &'f str) -> Wanted<'f> {
    Wanted {
        kind: column.kind,
        codes: format.codes(column.codes.as_deref()),
        shape: column.shape.as_deref(),
        month_first: column.month_first,
        rule,
    }
}

/// Adds a row to its list.
fn push(
    format: &FileFormat,
    table: &Table,
    at: usize,
    row: &Row,
    extension: &mut Map<String, Value>,
    draft: &mut Draft,
) {
    let record = &mut draft.record;
    match table.into.as_str() {
        "/judgements" => {
            let item = format!("/judgements/{}", record.judgements.len());
            judgement(format, table, at, row, &item, draft);
        }
        "/inspectors" => {
            let (name, role) = (row.word("name"), row.word("role"));
            // Someone who came on two days has two rows.
            if record.inspectors.iter().any(|i| i.name == name && i.role == role) {
                return;
            }
            let item = format!("/inspectors/{}", record.inspectors.len());
            let (organisation, lead) = (row.word("organisation"), row.mark("lead"));
            record.inspectors.push(Inspector { name, role, organisation, lead });
            members(row, &item, draft);
        }
        "/improvements" => {
            let item = format!("/improvements/{}", record.improvements.len());
            record.improvements.push(Improvement {
                text: row.word("text").unwrap_or_default(),
                kind: row.word("kind").unwrap_or_else(|| "recommendation".into()),
                addressed_to: "provider".into(),
                group: row.word("group"),
                responsible: row.word("responsible"),
                ..Improvement::default()
            });
            members(row, &item, draft);
        }
        own => {
            let list = extension.entry(own.trim_start_matches("/extension/")).or_insert(json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(object(table, row));
                members(row, &format!("{own}/{}", list.len() - 1), draft);
            }
        }
    }
}

/// A row as an item of the extension, with the names that the file gives its columns.
fn object(table: &Table, row: &Row) -> Value {
    let named = table.columns.iter().filter_map(|c| c.to.as_ref()).chain(table.groups.iter().map(|g| &g.to));
    let value = |name: &String| row.member(name).map_or(Value::Null, |got| got.value.clone());
    let mut object: Map<String, Value> = named.map(|name| (name.clone(), value(name))).collect();
    object.extend(row.marks.iter().map(|(name, mark)| (name.clone(), json!(mark))));
    Value::Object(object)
}

/// Reports a line below a row that may be part of it.
fn unclear(row: &Row, item: &str, draft: &mut Draft) {
    if let Some(line) = &row.unclear {
        let message = format!("“{}”, below the row, may be the rest of it", line.as_str());
        draft.warn("text-not-read", Some(item), Some(line.page()), message);
    }
}

/// Notes where each member was read. An empty cell is `not-stated`; one that can't be read is reported.
fn members(row: &Row, item: &str, draft: &mut Draft) {
    unclear(row, item, draft);
    for (name, got) in &row.members {
        draft.note(format!("{item}/{name}"), got.evidence.clone());
    }
    for (name, cell) in &row.unread {
        let pointer = format!("{item}/{name}");
        draft.absent(pointer.clone(), if cell.is_empty() { Status::NotStated } else { Status::NotRead });
        if !cell.is_empty() {
            let message = format!("“{}” could not be read", cell.as_str());
            draft.warn("value-not-read", Some(&pointer), Some(cell.page()), message);
        }
    }
}

fn judgement(format: &FileFormat, table: &Table, at: usize, row: &Row, item: &str, draft: &mut Draft) {
    let graded = table.columns.iter().find(|c| c.to.as_deref() == Some("grade"));
    let scale = graded.and_then(|c| format.codes(c.codes.as_deref())).and_then(|c| c.scale.clone());
    let grade = row.member("grade");
    let status = grade.map_or(Status::Found, |g| g.evidence.status);
    let words = Text::join(&row.cells, " ").evidence_all(&format.rule(&format!("table/{at}")));
    let source = grade.and_then(|g| g.evidence.source.clone());
    draft.note(item, Evidence { status, source, ..words });
    unclear(row, item, draft);
    if grade.is_none() {
        let cell = row.unread.iter().find(|(n, _)| n == "grade").map_or("", |(_, c)| c.as_str());
        let message = format!("“{cell}” is not a grade of the scale");
        draft.absent(format!("{item}/grade"), Status::NotRead);
        draft.warn(
            "grade-not-read",
            Some(&format!("{item}/grade")),
            row.cells.first().map(Text::page),
            message,
        );
    }
    draft.record.judgements.push(Judgement {
        area: row.word("area").unwrap_or_else(|| "other".into()),
        label: row.word("label").unwrap_or_default(),
        grade: row.word("grade"),
        printed: grade.map(|g| g.printed.clone()),
        scale: scale.unwrap_or_default(),
        rank: grade.and_then(|g| g.rank),
    });
}
