//! The parts of a document that have a grammar, each with the fields that stand in it.

use super::Run;
use crate::grammar::given_names::is_given_name;
use crate::grammar::postcode::trailing_postcode;
use crate::grammar::{MONTHS, find, grade};
use crate::outline::{Block, Outline, Role};
use crate::record::{Part, Record};
use crate::text::Text;

/// What an unread run of a region must hold to be a doubt.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Minds {
    /// Any word: each line of it is some field's.
    Anything,
    /// Words that begin with a capital: names.
    Names,
    /// What looks like a field: a date, a name, a postcode, a grade.
    Fields,
    /// A whole block that is in no item.
    Blocks,
}

/// A part of a document that has a grammar.
pub(super) struct Region {
    /// What it is, for people.
    pub(super) name: &'static str,
    blocks: Vec<usize>,
    fields: &'static [&'static str],
    minds: Minds,
    /// Whether headings of sections own words in it.
    pub(super) own_sections: bool,
}

impl Region {
    /// Its texts, line by line where a line is a field's, else block by block.
    pub(super) fn texts<'d>(&self, doc: &'d Outline) -> Vec<&'d Text> {
        let blocks = self.blocks.iter().map(|at| &doc.blocks[*at]);
        let cells = |b: &'d Block| -> Vec<&'d Text> {
            if b.rows.is_empty() { vec![&b.text] } else { b.rows.iter().flatten().collect() }
        };
        blocks.flat_map(cells).collect()
    }

    /// Whether a run of unread words is a doubt here.
    pub(super) fn minds(&self, run: &Run<'_, '_>) -> bool {
        let words: Vec<&str> = run.words().collect();
        let text = words.join(" ");
        match self.minds {
            Minds::Anything => words.iter().any(|w| w.chars().filter(|c| c.is_alphanumeric()).count() > 1),
            Minds::Names => is_name(&words) || is_dated(&words),
            Minds::Fields => {
                is_name(&words)
                    || is_dated(&words)
                    || trailing_postcode(&text).is_some()
                    || find(grade, &text).is_some_and(|_| words.len() < 6)
            }
            Minds::Blocks => words.len() >= 6,
        }
    }

    /// The fields that a run of unread words may belong to.
    pub(super) fn fields_of(&self, quote: &str) -> &'static [&'static str] {
        let lower = quote.to_lowercase();
        if self.name == "front page" {
            if lower.contains("previous") {
                return &["/mentions"];
            }
            if find(grade, quote).is_some() {
                return &["/judgements"];
            }
            if lower.contains("publish") {
                return &["/published"];
            }
            if is_dated(&quote.split(' ').collect::<Vec<_>>()) {
                return &["/inspection/start", "/inspection/end"];
            }
        }
        self.fields
    }
}

/// A given name and another word with a capital after it.
fn is_name(words: &[&str]) -> bool {
    let capital = |w: &str| w.starts_with(char::is_uppercase) && w.chars().skip(1).any(char::is_lowercase);
    words.windows(2).any(|pair| is_given_name(pair[0]) && capital(pair[1]))
}

/// A day and a month, or a month and a year.
fn is_dated(words: &[&str]) -> bool {
    let number = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).parse::<u16>().is_ok();
    let month = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        MONTHS.contains(&w.as_str())
    };
    words.windows(2).any(|pair| number(pair[0]) && month(pair[1]) || month(pair[0]) && number(pair[1]))
}

/// The regions of a document.
pub(super) fn of(record: &Record, doc: &Outline, parts: &[Part]) -> Vec<Region> {
    let first = parts.iter().position(|p| *p == Part::Section).unwrap_or(parts.len());
    let last = parts.iter().rposition(|p| *p == Part::Section).map_or(parts.len(), |at| at + 1);
    let front = |range: std::ops::Range<usize>| -> Vec<usize> {
        range.filter(|at| parts[*at] == Part::Front && is_text(&doc.blocks[*at])).collect()
    };
    let mut regions = Vec::new();
    if record.letter.is_some() {
        regions.push(Region {
            name: "address",
            blocks: front(0..first),
            fields: &["/letter/recipients"],
            minds: Minds::Anything,
            own_sections: false,
        });
        regions.push(Region {
            name: "signature",
            blocks: front(last..parts.len()),
            fields: &["/letter/signatories"],
            minds: Minds::Names,
            own_sections: false,
        });
        regions.push(Region {
            name: "introduction",
            blocks: introduction(record, doc, parts),
            fields: &["/inspectors", "/inspection/start", "/inspection/end"],
            minds: Minds::Fields,
            own_sections: false,
        });
    } else {
        regions.push(Region {
            name: "front page",
            blocks: front(0..first),
            fields: &["/inspectors", "/provider/name"],
            minds: Minds::Fields,
            own_sections: false,
        });
    }
    regions.push(Region {
        name: "team",
        blocks: section_blocks(record, doc, parts, &["team"]),
        fields: &["/inspectors"],
        minds: Minds::Names,
        own_sections: true,
    });
    if !record.improvements.is_empty() && lists_are_read(record) {
        regions.push(Region {
            name: "list of improvements",
            blocks: section_blocks(
                record,
                doc,
                parts,
                &["improvements", "priority-action", "recommendations"],
            ),
            fields: &["/improvements"],
            minds: Minds::Blocks,
            own_sections: true,
        });
    }
    regions
}

/// Whether the sections of lists hold nothing but their items and what introduces them.
fn lists_are_read(record: &Record) -> bool {
    !matches!(record.format.id.as_str(), "ofsted.safeguarding.inspection")
}

fn is_text(block: &Block) -> bool {
    !matches!(block.role, Role::Furniture | Role::Footnote)
}

/// The paragraphs of a letter that name the inspectors or say when they came.
fn introduction(record: &Record, doc: &Outline, parts: &[Part]) -> Vec<usize> {
    let of = |pointer: &str| record.evidence.get(pointer).and_then(|e| e.quote.clone());
    let quotes: Vec<String> = ["/inspectors/0", "/inspection/start"].iter().filter_map(|p| of(p)).collect();
    let blocks = (0..parts.len()).filter(|at| parts[*at] == Part::Section && is_text(&doc.blocks[*at]));
    let read =
        blocks.take(8).filter(|at| quotes.iter().any(|q| doc.blocks[*at].text.as_str().contains(q.as_str())));
    read.take(2).collect()
}

/// The blocks of sections of some kinds, their own headings left out.
fn section_blocks(record: &Record, doc: &Outline, parts: &[Part], kinds: &[&str]) -> Vec<usize> {
    let mut sections = record.sections.iter().peekable();
    let mut inside = false;
    let mut level = 0;
    let mut blocks = Vec::new();
    for at in (0..parts.len()).filter(|at| parts[*at] == Part::Section) {
        let text = doc.blocks[at].text.as_str();
        let next = sections.peek().filter(|s| s.heading.as_deref().is_none_or(|h| text.starts_with(h)));
        if let Some(section) = next {
            let own = kinds.contains(&section.kind.as_str());
            inside = own || inside && section.level > level;
            if own {
                level = section.level;
            }
            let headed = section.heading.is_some();
            sections.next();
            if headed {
                continue;
            }
        }
        // What introduces a list is no item.
        let introduces = text.ends_with(':');
        if inside && is_text(&doc.blocks[at]) && !introduces && !crate::ofsted::body::is_no_item(text) {
            blocks.push(at);
        }
    }
    blocks
}
