//! Areas for improvement and for priority action: the rows of a table, or what the text has kept of them.

use std::ops::Range;

use super::is_table_head;
use crate::cut::Cut;
use crate::grammar::label::{find_label, is_label};
use crate::ofsted::body::{self, Item};
use crate::outline::{Block, Outline, Role};
use crate::record::Draft;
use crate::text::{LayerKind, Text};

const RULE: &str = "area-send.list";

/// `list = *(responsible text)` as rows of a table, or the rows of a table with one column, or bullets.
///
/// The head row repeats the section's heading and is not an item.
pub(super) fn read(doc: &Outline, draft: &mut Draft, blocks: Range<usize>, kind: &str) {
    let entries = entries(doc, blocks.clone());
    say_lost_rows(doc, draft, blocks, &entries);
    for entry in entries {
        let at = draft.record.improvements.len();
        let item = Item { text: entry.text, number: None, group: None };
        body::add_improvements(draft, vec![item], kind, "partnership", RULE);
        if let Some(who) = entry.responsible {
            draft.record.improvements[at].responsible = Some(unmarked(who.as_str()));
            draft.note(format!("/improvements/{at}/responsible"), who.evidence_all(RULE));
        }
    }
}

/// Plain text keeps the words of a table but not its rows. If an item has no responsible body, or contains the name of
/// one, it is unknown where the items begin, which a warning says.
fn say_lost_rows(doc: &Outline, draft: &mut Draft, blocks: Range<usize>, entries: &[Entry]) {
    let headed =
        || doc.blocks[blocks].iter().any(|b| find_label(b.text.as_str(), "Responsible body").is_some());
    let mixed =
        |e: &Entry| e.responsible.is_none() || find_label(e.text.as_str(), "Integrated Care").is_some();
    if doc.kind == LayerKind::PlainText && entries.iter().any(mixed) && headed() {
        let message = "the bodies responsible stand in a column that the text has not kept: they were not read, and an item may hold two";
        draft.warn("text-not-read", Some("/improvements"), None, message);
    }
    let two = |e: &Entry| {
        let starts = demand_starts(e.text.as_str());
        let led = starts.iter().skip(1).any(|at| names_leaders(e.text.as_str().tail(*at)));
        starts.len() > 1 && (e.text.lines().len() == 1 || led)
    };
    if doc.kind == LayerKind::PlainText && entries.iter().any(two) {
        let message = "the lines of the list have run together: an item may hold two";
        draft.warn("text-not-read", Some("/improvements"), None, message);
    }
}

/// An item as it is read.
#[derive(Debug)]
struct Entry {
    text: Text,
    responsible: Option<Text>,
    /// The row of the tagged table that it is in.
    row: Option<u32>,
    /// What else may be added to it.
    open: Open,
}

/// What may continue an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    /// Only deeper bullets.
    Closed,
    /// It is a paragraph that announced a list: all bullets after it.
    List,
}

fn entries(doc: &Outline, blocks: Range<usize>) -> Vec<Entry> {
    let plain_text = doc.kind == LayerKind::PlainText;
    let lost_table = plain_text && doc.blocks.iter().any(|b| b.role != Role::Table && heads_column(b));
    let mut entries: Vec<Entry> = Vec::new();
    for block in doc.blocks[blocks].iter().filter(|b| b.is_content()) {
        match block.role {
            Role::Table => rows(&mut entries, block, plain_text),
            Role::Paragraph | Role::Heading(_) if lost_table => {
                for text in cells_of_lost_table(&block.text) {
                    match entries.last_mut() {
                        Some(last) if is_rest(&text) => last.text.push_text(" ", &text),
                        _ => push(&mut entries, text, None, None),
                    }
                }
            }
            _ if plain_text && is_rest(&block.text) && !entries.is_empty() => {
                append(&mut entries, &block.text)
            }
            _ if plain_text => {
                let mut texts = demands(&block.text).into_iter();
                line(&mut entries, block, texts.next().unwrap_or_default());
                texts.for_each(|text| push(&mut entries, text, None, None));
            }
            _ => line(&mut entries, block, block.text.clone()),
        }
    }
    entries
}

/// Splits a paragraph in which several rows have run together. Each demand begins on a line of its own, after the end
/// of a sentence, with who should do something.
///
/// "… across all services." / "The local area partnership should improve …"; not "There should be clear processes …"
fn demands(text: &Text) -> Vec<Text> {
    let lines = text.lines();
    if lines.len() == 1 {
        return demands_of_line(text);
    }
    let mut items: Vec<Vec<&Text>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let ended = at > 0 && lines[at - 1].as_str().ends_with('.');
        match items.last_mut() {
            Some(item) if !(ended && begins_demand(line.as_str(), lines.get(at + 1))) => item.push(line),
            _ => items.push(vec![line]),
        }
    }
    items.into_iter().map(|lines| Text::join(lines, " ")).collect()
}

/// Splits a paragraph that is a single line. Demands that begin with the same word as the first are items of their own,
/// because lists repeat it ("The local area partnership should …").
fn demands_of_line(text: &Text) -> Vec<Text> {
    let whole = text.as_str();
    let mut cuts = demand_starts(whole);
    cuts.retain(|at| *at > 0 && first_word(whole.tail(*at)) == first_word(whole));
    let ends = cuts.iter().copied().chain([whole.len()]);
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    starts.zip(ends).map(|(a, b)| text.slice(a..b)).collect()
}

/// The offsets of sentences that demand something of somebody.
fn demand_starts(text: &str) -> Vec<usize> {
    let starts = std::iter::once(0).chain(text.match_indices(". ").map(|(at, stop)| at + stop.len()));
    starts.filter(|at| begins_demand(text.tail(*at), None)).collect()
}

/// Whether a demand is addressed to the area's leaders, as the first one of an item is.
fn names_leaders(demand: &str) -> bool {
    let mut who = demand.split([' ', ',']).take(5);
    who.any(|w| matches!(w.to_lowercase().as_str(), "leaders" | "partnership" | "lap"))
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or("")
}

fn begins_demand(line: &str, next: Option<&Text>) -> bool {
    const GOES_ON: &[&str] =
        &["There", "This", "They", "These", "Those", "It", "That", "In", "As", "When", "To"];
    let who = first_word(line);
    let sentence = format!("{line} {}", next.map_or("", Text::as_str));
    let sentence = sentence.split(". ").next().unwrap_or(&sentence);
    let demands = ["should", "must", "need to", "needs to"].iter().any(|d| find_label(sentence, d).is_some());
    demands && who.starts_with(char::is_uppercase) && !GOES_ON.contains(&who.trim_end_matches(','))
}

/// Adds a block outside a two-column table: a cell's text, a bullet, or more of the cell before.
fn line(entries: &mut Vec<Entry>, block: &Block, text: Text) {
    let bullet = matches!(block.role, Role::Bullet(_));
    let goes_on = entries.last().is_some_and(|last| {
        let same_row = block.row.is_some() && last.row == block.row;
        let announced = bullet && (last.open == Open::List || last.text.as_str().ends_with(':'));
        let deeper = matches!(block.role, Role::Bullet(level) if level > 1 || block.in_table);
        same_row || announced || deeper || is_rest(&text) && !ended(&last.text)
    });
    if goes_on {
        append(entries, &text);
        return;
    }
    push(entries, text, None, block.row);
    if let Some(last) = entries.last_mut()
        && !bullet
        && last.text.as_str().ends_with(':')
    {
        last.open = Open::List;
    }
}

/// Adds the rows of a two-column table: who, and what. In plain text a page break may have cut a row in two.
fn rows(entries: &mut Vec<Entry>, block: &Block, plain_text: bool) {
    for row in &block.rows {
        let [who, what] = row.as_slice() else {
            // A row that has lost a cell: keep its text without a responsible body.
            for cell in row.iter().filter(|c| !c.is_empty() && !names_bodies(c.as_str())) {
                push(entries, cell.clone(), None, None);
            }
            continue;
        };
        match entries.last_mut() {
            Some(last) if plain_text && is_rest(what) => {
                last.text.push_text(" ", what);
                if let Some(responsible) = &mut last.responsible {
                    responsible.push_text(" ", who);
                }
            }
            _ if is_label(who.as_str(), "Responsible body") => {}
            _ => push(entries, what.clone(), Some(who.clone()), None),
        }
    }
}

fn push(entries: &mut Vec<Entry>, text: Text, responsible: Option<Text>, row: Option<u32>) {
    if !is_table_head(text.as_str()) {
        entries.push(Entry { text, responsible, row, open: Open::Closed });
    }
}

fn append(entries: &mut [Entry], text: &Text) {
    if let Some(last) = entries.last_mut() {
        last.text.push_text(" ", text);
    }
}

/// Whether a text continues a sentence.
fn is_rest(text: &Text) -> bool {
    text.as_str().starts_with(char::is_lowercase)
}

fn ended(text: &Text) -> bool {
    text.as_str().ends_with(['.', ';', ':'])
}

/// Whether a block contains the heading of the column of responsible bodies.
fn heads_column(block: &Block) -> bool {
    block.text.lines().iter().any(|l| is_label(l.as_str(), "Responsible body"))
}

/// The cells of the second column of a table that plain text has lost, so that its columns come one after the other:
/// the text without lines that only name bodies, cut where a sentence ends on a line with room for the next word.
fn cells_of_lost_table(text: &Text) -> Vec<Text> {
    let lines: Vec<Text> = text.lines().into_iter().filter(|l| !names_bodies(l.as_str())).collect();
    let length = |t: &Text| t.as_str().chars().count();
    let width = lines.iter().map(length).max().unwrap_or(0);
    let mut cells: Vec<Vec<&Text>> = Vec::new();
    for line in &lines {
        let word = line.as_str().split(' ').next().unwrap_or("");
        let begins = |last: &&Text| {
            last.as_str().ends_with('.')
                && word.starts_with(char::is_uppercase)
                && length(last) + 1 + word.chars().count() < width
        };
        match cells.last_mut() {
            Some(cell) if !cell.last().is_some_and(begins) => cell.push(line),
            _ => cells.push(vec![line]),
        }
    }
    cells.into_iter().map(|lines| Text::join(lines, " ")).collect()
}

/// Whether a line only names responsible bodies, or is the heading of their column.
///
/// "Derby City Council and NHS Derby and"; "Board (ICB)"
pub(super) fn names_bodies(line: &str) -> bool {
    let joins = |w: &str| ["and", "of", "the", "for", "with", "&"].contains(&w);
    let name = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c == '(');
    is_label(line, "Responsible body") || line.split(' ').all(|w| joins(w) || name(w) && !w.ends_with('.'))
}

/// A cell's text without bullets.
fn unmarked(text: &str) -> String {
    text.replace("\u{2022} ", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let doc = outline(text);
        let all = entries(&doc, 0..doc.blocks.len());
        all.iter().map(|e| e.text.as_str().to_owned()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_one_after_the_other() {
        let table = outline(
            "Marlbrook Council and\nNHS Hexworthy\nLeaders should work together so that every\nchild is seen in time.\nLeaders should listen.",
        );
        let cells: Vec<Text> = table.blocks.iter().flat_map(|b| cells_of_lost_table(&b.text)).collect();
        assert_eq!(
            cells.iter().map(Text::as_str).collect::<Vec<_>>(),
            ["Leaders should work together so that every child is seen in time.", "Leaders should listen."]
        );
    }

    #[test]
    fn demands_that_ran_together() {
        assert_snapshot!(shown("The partnership should see children\nin time.\nHealth leaders need to count\nwho waits. There should be a list.\nThey should read it.\nThe local area must listen."), @r"
        The partnership should see children in time.
        Health leaders need to count who waits. There should be a list. They should read it.
        The local area must listen.
        ");
    }

    #[test]
    fn demands_of_a_paragraph_that_is_one_line() {
        assert_snapshot!(shown("Leaders should see children in time. There should be a list. Leaders across the area must listen."), @r"
        Leaders should see children in time. There should be a list.
        Leaders across the area must listen.
        ");
        assert_snapshot!(shown("Leaders should see children in time. Plans should be good."), @"Leaders should see children in time. Plans should be good.");
    }

    #[test]
    fn bullets_belong_to_the_paragraph_that_announces_them() {
        assert_snapshot!(shown("Areas for improvement\n\nLeaders should work together, so that:\n\n\u{2022} needs are met in time;\n\n\u{2022} moves are planned; and\n\n\u{2022} parents are heard.\n\nLeaders should listen more than they do today, and write less of it down."), @r"
        Leaders should work together, so that: needs are met in time; moves are planned; and parents are heard.
        Leaders should listen more than they do today, and write less of it down.
        ");
    }
}
