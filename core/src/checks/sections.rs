//! The body: blocks are complete, headings have text, and grades agree.

mod frame;
mod in_lines;
mod introduced;

pub(super) use frame::holds_postcode;

use memchr::memmem::Finder;

use super::holders::list_of;
use super::spelling::is_damaged;
use super::words::{beginning, ending, text_of};
use super::{Check, Finished, Verdict};
use crate::grammar::ends_open;
use crate::grammar::grade::grade_alone;
use crate::grammar::label::any_label;
use crate::ofsted::judgements::area_of;
use crate::record::{Judgement, Section, SectionBlock};
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "block-begins-small",
        why: "A paragraph starts with a capital, unless the line before introduces it",
        held: (314, 319),
        run: small_beginnings,
    },
    Check {
        name: "block-cut-off",
        why: "A paragraph ends with a complete sentence",
        held: (314, 319),
        run: cut_off,
    },
    Check {
        name: "heading-twice",
        why: "A heading is not repeated directly below itself",
        held: (319, 319),
        run: heading_twice,
    },
    Check {
        name: "heading-in-body",
        why: "A short line without a full stop is a heading, not a paragraph",
        held: (314, 319),
        run: heading_in_body,
    },
    Check {
        name: "list-not-introduced",
        why: "A section that is a list starts with an item or with a line that ends in a colon",
        held: (15, 15),
        run: introduced::introduced,
    },
    Check {
        name: "back-page-in-body",
        why: "Text from the letterhead or the back page doesn't appear in the body",
        held: (319, 319),
        run: back_page,
    },
    Check {
        name: "frame-in-body",
        why: "A lone date, name, role or grade, or a postcode, is not part of the body",
        held: (69, 72),
        run: frame::frame,
    },
    Check {
        name: "section-grade-differs",
        why: "A heading states the same grade as the table",
        held: (161, 161),
        run: grades,
    },
    Check {
        name: "grades-not-alike",
        why: "In a table of grades, all start with a capital, and either all labels and grades are numbered or none",
        held: (160, 162),
        run: alike,
    },
    Check {
        name: "label-holds-two",
        why: "The label of a judgement names one thing: no three words occur in it twice",
        held: (182, 182),
        run: labels,
    },
    Check {
        name: "overall-out-of-range",
        why: "The overall grade lies between the best and the worst of the others",
        held: (161, 161),
        run: overall,
    },
];

/// Each block of the body with its pointer and the previous block.
fn blocks<'a>(
    f: &Finished<'a>,
) -> impl Iterator<Item = (String, &'a SectionBlock, Option<&'a SectionBlock>)> {
    f.record.sections.iter().enumerate().flat_map(|(s, section)| {
        section.blocks.iter().enumerate().map(move |(b, block)| {
            (format!("/sections/{s}/blocks/{b}"), block, b.checked_sub(1).map(|p| &section.blocks[p]))
        })
    })
}

fn small_beginnings(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, block, before) in blocks(f) {
        if let SectionBlock::Table { rows } = block {
            let rest = rows.iter().flatten().find(|cell| cell.starts_with("and "));
            verdict.that(rest.is_none(), &[&pointer], || {
                format!("the cell “{}” lacks its beginning", beginning(rest.map_or("", String::as_str)))
            });
        }
        let SectionBlock::Paragraph { text, .. } = block else { continue };
        if is_address(f, text) {
            continue;
        }
        // "(paragraph 12)" ends the block before.
        let aside = text.starts_with('(') && text.find(')').is_some_and(|end| end + 2 >= text.len());
        verdict.that(!aside, &[&pointer], || format!("“{text}” belongs to the text before it"));
        let introduced = before.and_then(text_of).is_some_and(|t| t.ends_with([':', ';']));
        let bare = text.strip_prefix('(').unwrap_or(text);
        verdict.that(
            !bare.starts_with(char::is_lowercase) || is_marked(bare) || introduced,
            &[&pointer],
            || format!("“{}…” begins in the middle of a sentence", beginning(text)),
        );
    }
}

/// More words that can't end a paragraph.
const OPEN: &[&str] = &["to", "for", "in", "on"];

fn cut_off(f: &Finished<'_>, verdict: &mut Verdict) {
    let last = f.record.sections.len().saturating_sub(1);
    let is_prose = |s: &Section| s.kind != "team" && !is_table(f, s);
    let damaged = f.doc.kind == LayerKind::PlainText && is_damaged(f);
    for (s, section) in f.record.sections.iter().enumerate().filter(|(_, s)| is_prose(s)) {
        for (b, block) in section.blocks.iter().enumerate() {
            let pointer = format!("/sections/{s}/blocks/{b}");
            let text = match block {
                SectionBlock::Paragraph { text, .. } => text,
                // An item may lack a full stop, and the last but one may end in "and".
                SectionBlock::Bullet { text, .. } if ends_in_number(text) || ends_in_preposition(text) => {
                    text
                }
                _ => continue,
            };
            let long = text.split(' ').nth(12).is_some();
            let ends = text.ends_with(['.', ':', ';', '?', '!', ')', '\u{2019}', '\u{201d}', '"', '\'']);
            // A full stop may be missing in print, but at the end of a page the paragraph has been cut.
            let at_end = || {
                let next = section.blocks.get(b + 1).map(|_| format!("/sections/{s}/blocks/{}", b + 1));
                let next = next.and_then(|next| f.page_of(&next));
                next.is_some_and(|next| f.last_page_of(&pointer) != Some(next))
            };
            // OCR or damage may turn a full stop into a comma; then a new paragraph follows.
            let begins = || {
                let next = section.blocks.get(b + 1).and_then(text_of);
                next.is_none_or(|text| text.starts_with(char::is_uppercase))
            };
            let comma = text.ends_with(',') && f.doc.kind != LayerKind::Ocr;
            let open = ends_open(text, OPEN) || comma || ends_in_number(text);
            let of_all = s == last && b + 1 == section.blocks.len();
            let stop = damaged && text.ends_with(',') && begins();
            let cut = long && !ends && !stop && !ends_in_mark(text) && (open || of_all || at_end());
            verdict.that(!cut, &[&pointer], || format!("“…{}” does not end its sentence", ending(text)));
        }
    }
}

/// "a) Clean the yard."; "ii) to rest."
fn is_marked(text: &str) -> bool {
    let mark = text.split(')').next().unwrap_or_default();
    text.len() > mark.len() && (mark.len() == 1 || mark.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')))
}

/// "… at 31": a unit or a month has to follow.
fn ends_in_number(text: &str) -> bool {
    let mut words = text.rsplit(' ');
    let number = words.next().is_some_and(|w| w.bytes().all(|b| b.is_ascii_digit()));
    number
        && words
            .next()
            .is_some_and(|w| matches!(w, "at" | "on" | "of" | "in" | "from" | "to" | "than" | "by"))
}

fn ends_in_preposition(text: &str) -> bool {
    ends_open(text, OPEN) && ![" and", " or"].iter().any(|word| text.ends_with(word))
}

/// "… in good time.3": a footnote mark after the full stop.
fn ends_in_mark(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    bare.len() < text.len() && bare.ends_with(['.', '?', '!', '\u{2019}', '\u{201d}', ')'])
}

fn heading_twice(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, pair) in f.record.sections.windows(2).enumerate() {
        let (Some(one), Some(other)) = (&pair[0].heading, &pair[1].heading) else { continue };
        let twice = one == other && pair[0].blocks.is_empty();
        let pointers = [format!("/sections/{at}"), format!("/sections/{}", at + 1)];
        verdict.that(!twice, &[&pointers[0], &pointers[1]], || format!("“{one}” stands above “{other}”"));
    }
}

/// Whether a line may be the heading of a list of improvements.
fn names_list(text: &str) -> bool {
    ["improve", "priority action", "ecommendation"].iter().any(|w| text.contains(w))
}

/// Whether a section is a table that plain text gives as lines.
fn is_table(f: &Finished<'_>, section: &Section) -> bool {
    f.doc.kind == LayerKind::PlainText && in_lines::is_table(section)
}

/// A line from a table of organisations in plain text.
fn is_address(f: &Finished<'_>, text: &str) -> bool {
    f.doc.kind == LayerKind::PlainText && in_lines::is_address(text)
}

/// The column heads of a table of judgements, which are lines in plain text.
const TABLE_HEAD: &[&str] = &["Key judgement", "Judgement grade"];

/// Whether a line is just the section's grade: in plain text, the grade from the heading's box is a line below it.
fn is_own_grade(section: &Section, text: &str) -> bool {
    grade_alone(text).is_some_and(|g| section.grade.as_deref() == Some(g.grade.code()))
}

fn heading_in_body(f: &Finished<'_>, verdict: &mut Verdict) {
    let sections = f.record.sections.iter().enumerate();
    for (s, section) in sections.filter(|(_, s)| s.kind != "team" && !is_table(f, s)) {
        let said = section.heading.as_deref();
        for (b, block) in section.blocks.iter().enumerate() {
            let Some(text) = text_of(block) else { continue };
            let paragraph = matches!(block, SectionBlock::Paragraph { number: None, .. });
            // A table may repeat its heading, and a short line may be all the text of a section.
            let of_table = f.doc.kind == LayerKind::PlainText && TABLE_HEAD.contains(&text);
            if said == Some(text)
                || section.blocks.len() == 1
                || is_address(f, text)
                || of_table
                || b == 0 && is_own_grade(section, text)
            {
                continue;
            }
            let pointer = format!("/sections/{s}/blocks/{b}");
            let mut places = vec![pointer.as_str()];
            let next = section.blocks.get(b + 1);
            let below = matches!(next, Some(SectionBlock::Bullet { .. } | SectionBlock::Table { .. }));
            let listed = below && (f.record.improvements.is_empty() || names_list(text));
            let asks =
                text.trim_end_matches(':').ends_with('?') || text.starts_with("What ") && text.contains("? ");
            if asks || listed {
                // The list below an unrecognised heading may have been missed or assigned the wrong kind.
                places.push("/improvements");
            }
            // Items below a heading of their own form a group.
            places.extend(list_of(&section.kind));
            // In reports, only headings ask questions.
            let announces = paragraph && text.ends_with(':') && is_phrase(text);
            let idle = announces && self::text_begins(section.blocks.get(b + 1));
            let heading = asks || paragraph && is_like_heading(text) || idle;
            verdict.that(!heading, &places, || format!("“…{}” looks like a heading", ending(text)));
        }
    }
}

/// Whether nothing follows, or a paragraph that doesn't continue anything.
fn text_begins(next: Option<&SectionBlock>) -> bool {
    match next {
        None => true,
        Some(SectionBlock::Paragraph { text, .. }) => !text.starts_with(char::is_lowercase),
        _ => false,
    }
}

/// At most eight words, starting with a capital.
fn is_phrase(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.split(' ').nth(8).is_none()
}

/// A few words without a full stop, starting with a capital.
fn is_like_heading(text: &str) -> bool {
    let ends = |c: char| ".,:;!)\u{2019}\u{201d}'\"".contains(c) || c.is_ascii_digit();
    text.split(' ').nth(20).is_none() && text.starts_with(char::is_uppercase) && !text.ends_with(ends)
}

/// Phrases from letterheads and back pages.
const BACK_PAGE: &[&str] = &[
    "Textphone 0161 618 8524",
    "www.gov.uk/ofsted",
    "enquiries@ofsted.gov.uk",
    "If you are not happy with the inspection or the report",
    "The Office for Standards in Education, Children's Services and Skills",
    "You may reuse this information",
    "You may copy all or parts of this document",
    "Interested in our work? You can subscribe",
    "If you would like a copy of this document in a different format",
    "© Crown copyright",
];

fn back_page(f: &Finished<'_>, verdict: &mut Verdict) {
    let phrases: Vec<_> = BACK_PAGE.iter().map(|p| (p, Finder::new(p))).collect();
    for (pointer, block, _) in blocks(f) {
        let table;
        let text = match block {
            SectionBlock::Table { rows } => {
                table = rows.iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
                &table
            }
            other => text_of(other).unwrap_or_default(),
        };
        let said =
            phrases.iter().find(|(p, f)| any_label(&[p])(text).is_ok() || f.find(text.as_bytes()).is_some());
        verdict.that(said.is_none(), &[&pointer], || {
            format!("“{}…” is of the letterhead or the back page", beginning(text))
        });
    }
}

fn grades(f: &Finished<'_>, verdict: &mut Verdict) {
    for (s, section) in f.record.sections.iter().enumerate() {
        let Some((at, judgement)) = judgement_of(f, section) else { continue };
        let (Some(one), Some(other)) = (&section.grade, &judgement.grade) else { continue };
        let pointers = [format!("/sections/{s}/grade"), format!("/judgements/{at}/grade")];
        verdict.that(one == other, &[&pointers[0], &pointers[1]], || {
            format!("the heading says {one}, the judgement of {} is {other}", judgement.area)
        });
    }
}

/// The judgement that a section is about.
fn judgement_of<'a>(f: &Finished<'a>, section: &Section) -> Option<(usize, &'a Judgement)> {
    let area = area_of(section.heading.as_deref()?)?;
    f.record.judgements.iter().enumerate().find(|(_, j)| j.area == area)
}

/// If the other grades come from the table, a grade read from a sentence may differ from the table's.
fn alike(f: &Finished<'_>, verdict: &mut Verdict) {
    let small = |j: &Judgement| j.printed.as_deref().is_some_and(|p| p.starts_with(char::is_lowercase));
    let judgements = &f.record.judgements;
    // "1. Children who need help and protection": if the number was apart, it is missing from the label.
    let of_part = |j: &Judgement| !matches!(j.area.as_str(), "overall-effectiveness" | "lscb");
    let counted = |j: &Judgement| j.label.starts_with(|c: char| c.is_ascii_digit());
    let some = judgements.iter().any(|j| of_part(j) && counted(j));
    // In print, the table of a single framework report numbers its labels.
    let numbers = f.doc.kind == LayerKind::Native && f.record.format.id.starts_with("ofsted.sif.");
    for (at, judgement) in judgements.iter().enumerate().filter(|_| some || numbers) {
        verdict.that(
            !of_part(judgement) || counted(judgement),
            &[&format!("/judgements/{at}/label")],
            || format!("“{}” has no number, and the labels of its table have", judgement.label),
        );
    }
    let numbered = |j: &Judgement| j.printed.as_deref().is_some_and(|p| p.contains("Grade "));
    if judgements.len() > 1 && f.record.format.id.starts_with("ofsted.safeguarding.") {
        let alike = judgements.iter().all(numbered) || !judgements.iter().any(numbered);
        verdict.that(alike, &["/judgements"], || "some grades say their number, and others none".to_owned());
    }
    // Single framework reports state some grades only in sentences.
    let of_table = f.record.format.id.starts_with("ofsted.ilacs.");
    if !of_table || judgements.len() < 2 || judgements.iter().all(small) {
        return;
    }
    for (at, judgement) in judgements.iter().enumerate() {
        verdict.that(!small(judgement), &[&format!("/judgements/{at}/printed")], || {
            format!("the grade of {} is not the table's", judgement.area)
        });
    }
}

/// Headings that come below a table of judgements.
const BELOW_TABLE: &[&str] = &["Executive summary", "Contents", "Recommendations", "Information about"];

fn labels(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, judgement) in f.record.judgements.iter().enumerate() {
        let label = judgement.label.to_lowercase();
        let words: Vec<&str> = label.split(' ').collect();
        let again = |three: &&[&str]| words.windows(3).filter(|w| w == three).count() > 1;
        verdict.that(
            !words.windows(3).any(|three| again(&three)),
            &[&format!("/judgements/{at}/label")],
            || format!("“{}” names two things, or one twice", judgement.label),
        );
        let heading =
            BELOW_TABLE.iter().find(|h| judgement.label.len() > h.len() && judgement.label.contains(*h));
        verdict.that(heading.is_none(), &[&format!("/judgements/{at}/label"), "/sections"], || {
            format!("“{}” holds the heading “{}”", judgement.label, heading.unwrap_or(&""))
        });
    }
}

fn overall(f: &Finished<'_>, verdict: &mut Verdict) {
    let rank = |area: &str| f.record.judgements.iter().find(|j| j.area == area).and_then(|j| j.rank);
    let Some(overall) = rank("overall-effectiveness") else { return };
    let of_parts = |j: &&Judgement| !matches!(j.area.as_str(), "overall-effectiveness" | "lscb");
    let ranks: Vec<u8> = f.record.judgements.iter().filter(of_parts).filter_map(|j| j.rank).collect();
    let (Some(best), Some(worst)) = (ranks.iter().min(), ranks.iter().max()) else { return };
    verdict.that((*best..=*worst).contains(&overall), &["/judgements"], || {
        format!("the overall grade has rank {overall}, the others {best} to {worst}")
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Record, sample};

    fn doubted(record: &Record, check: &str) -> String {
        let finished = Finished { record, doc: &Outline::default(), parts: &[] };
        let doubts = run(&finished, CHECKS.iter().filter(|c| c.name == check));
        doubts.into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
    }

    fn of_block(block: SectionBlock, check: &str) -> String {
        let mut record = sample();
        record.sections = vec![Section { blocks: vec![block], ..Section::default() }];
        doubted(&record, check)
    }

    #[test]
    fn what_lacks_its_beginning_is_told() {
        let paragraph = |text: &str| SectionBlock::Paragraph { text: text.into(), number: None };
        let said = |block| of_block(block, "block-begins-small");
        assert_eq!(said(paragraph("(Paragraph 106)")), "/sections/0/blocks/0");
        assert_eq!(said(paragraph("(Most) plans are good, as are letters (paragraph 106).")), "");
        let table = |cell: &str| SectionBlock::Table { rows: vec![vec![cell.into()]] };
        assert_eq!(said(table("and the care board")), "/sections/0/blocks/0");
        assert_eq!(said(table("The council and the care board")), "");
    }

    #[test]
    fn an_item_that_stops_at_a_preposition_is_told() {
        let item = |end: &str| {
            let text = format!("Staff whom we met care a lot about all of the homes that they work {end}");
            of_block(SectionBlock::Bullet { text, level: 1 }, "block-cut-off")
        };
        assert_eq!(item("with"), "/sections/0/blocks/0");
        assert_eq!((item("in; and"), item("there")), (String::new(), String::new()));
    }

    #[test]
    fn a_heading_below_the_table_is_in_no_label() {
        let label = |label: &str| {
            let mut record = sample();
            record.judgements = vec![Judgement { label: label.into(), ..Judgement::default() }];
            doubted(&record, "label-holds-two")
        };
        assert_eq!(label("3. Leadership, management and governance"), "");
        assert_eq!(
            label("3. Leadership, management and governance Executive summary"),
            "/judgements/0/label /sections"
        );
    }
}
