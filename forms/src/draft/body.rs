//! Headings that recur, and the lists under them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use findings_core::ofsted::signature::is_closing;
use findings_core::outline::{Block, Role};
use findings_core::text::LayerKind;

use super::constants::{Constant, Constants, key};
use super::fields::presence;
use super::guess::{Guess, Guesses, half, is_most};
use super::kinds;
use super::scales::FORM;
use super::words::{REQUIRED, says, says_strengths, says_wanted};
use crate::model::{Field, List, Phrases, Section, ValueType};
use crate::read::view::{Line, View, is_any};
use crate::read::{items, values};

/// The most words a heading in plain text has.
const HEADING: usize = 9;
/// The most words in an item without a mark.
const ITEM: usize = 40;
/// Running text has more words than this.
const PROSE: u32 = 15;
/// How many words identify the text below a list.
const BELOW: usize = 5;

/// Recurring lines of plain text that look like headings and stand by themselves.
pub(super) fn plain_headings(views: &[View]) -> Vec<String> {
    let constants = Constants::of(views);
    let looks = |text: &str| {
        let text = before_number(text).unwrap_or(text);
        let words = text.split_whitespace().count();
        let ends = text.ends_with(['.', ',', ':', ';']);
        words <= HEADING
            && !ends
            && (text.starts_with(char::is_uppercase) || behind_number(text).starts_with(char::is_uppercase))
            && !behind_number(text).bytes().any(|b| b.is_ascii_digit())
    };
    let alone = |c: &Constant| {
        let stands = views.iter().filter(|v| v.doc.kind == LayerKind::PlainText && stands_alone(v, &c.text));
        stands.count() * 2 > c.samples
    };
    let recurring = constants.lines.iter().filter(|c| looks(&c.text) && alone(c)).map(|c| c.text.clone());
    recurring.chain(graded_headings(views, &constants)).collect()
}

/// The lines of plain text that begin with the same words and end in a grade, each alone: "Custody - Good".
fn graded_headings(views: &[View], constants: &Constants) -> Vec<String> {
    let mut headings = Vec::new();
    for begin in constants.begins.iter().filter(|c| ends_label(&c.text)) {
        let graded = |line: &&Line| {
            let rest = line.text.as_str().strip_prefix(begin.text.as_str()).map(str::trim);
            rest.is_some_and(|rest| rest.split_whitespace().count() <= FORM && kinds::is_of_grades(rest))
        };
        let line = |view: &View| {
            let line = view.lines.iter().find(graded)?.text.as_str().to_owned();
            stands_alone(view, &line).then_some(line)
        };
        let found: Vec<String> = views.iter().filter_map(line).collect();
        if is_most(found.len(), views.len()) {
            headings.extend(found);
        }
    }
    headings
}

/// Whether words before a grade end in a dash. Behind a colon the grade is as often a value: "Outcome: Good".
fn ends_label(text: &str) -> bool {
    text.ends_with(['-', '–', '—'])
}

/// Headings that end in a grade, as sections with every printed form: those of fields whose labels begin them.
fn graded_sections(views: &[View], guesses: &mut Guesses) {
    let graded = |f: &&Guess<Field>| f.part.kind == ValueType::Grade && f.part.area.is_some();
    let mut sections = Vec::new();
    for field in guesses.fields.iter().filter(graded) {
        let Some(label) = field.part.find.first().and_then(|p| p.after.first()).filter(|l| ends_label(l))
        else {
            continue;
        };
        let heads = |v: &View| {
            v.lines
                .iter()
                .find(|l| l.heading.is_some() && l.text.as_str().starts_with(label.as_str()))?
                .heading
        };
        let levels: Vec<u8> = views.iter().filter_map(heads).collect();
        let codes = field.part.codes.as_ref().and_then(|name| guesses.codes.get(name));
        if !is_most(levels.len(), views.len()) {
            continue;
        }
        let forms = codes.into_iter().flat_map(|c| &c.part.values).flat_map(values::forms);
        let part = Section {
            heading: Phrases(forms.map(|form| format!("{label} {form}")).collect()),
            area: field.part.area.clone(),
            level: levels.into_iter().min().unwrap_or(1).clamp(1, 6),
            ..Section::default()
        };
        let note = format!("A heading that begins with “{label}” and ends in a grade.");
        sections.push(Guess::new(part, note));
    }
    guesses.sections.extend(sections);
}

/// Words that come before the number of a heading.
const NUMBERED: &[&str] = &["section", "part", "annex", "appendix"];

/// A heading without its number: "Section 2 – What we found"; "2. What we found".
pub(super) fn behind_number(text: &str) -> &str {
    let (number, rest) = text.split_once(' ').unwrap_or((text, ""));
    if number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || b".)".contains(&b))
    {
        return rest;
    }
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default().to_lowercase();
    let number = words.next().filter(|_| NUMBERED.contains(&&*first));
    let rest = number.and_then(|number| text.get(first.len() + 1 + number.len()..));
    rest.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// A heading of what must be done without the number at its end: "Area for improvement 3". Such headings are those of one list.
fn before_number(text: &str) -> Option<&str> {
    let (stem, number) = text.trim_end_matches([':', '.']).rsplit_once(' ')?;
    let counts = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    (counts && says_wanted(stem)).then_some(stem)
}

/// A line that fills less than this share of the text width left room for another word.
const ROOM: f32 = 0.8;

/// Whether a line starts a block and either is the whole block or ends although the next word would have fitted; something must
/// follow it.
fn stands_alone(view: &View, text: &str) -> bool {
    let wanted = key(text);
    let at = view.lines.iter().position(|l| key(l.text.as_str()) == wanted);
    let length = |line: &Line| line.text.as_str().chars().count();
    let width = view.lines.iter().filter(|l| l.cells.is_empty()).map(length).max().unwrap_or_default();
    at.is_some_and(|at| {
        let (line, block) = (&view.lines[at], view.lines[at].block);
        let same = |i: usize| view.lines.get(i).is_some_and(|l| l.block == block);
        let above = at > 0 && same(at - 1);
        let ends_early = |next: &Line| {
            let word = next.text.as_str().split(' ').next().unwrap_or_default().chars().count();
            let begins = next.text.as_str().starts_with(char::is_uppercase) && length(next) > length(line);
            next.cells.is_empty() && begins && ((length(line) + 1 + word) as f32) < ROOM * width as f32
        };
        !above && view.lines.get(at + 1).is_some_and(|next| !same(at + 1) || ends_early(next))
    })
}

/// Adds sections and lists.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let least = half(views.len());
    let fronts: Vec<usize> = views
        .iter()
        .map(|v| guesses.fields.iter().filter_map(|f| first_line(v, &f.part)).min().unwrap_or(0))
        .collect();
    let valued =
        |text: &str| constants.colons.iter().any(|c| key(text) != key(&c.text) && text.starts_with(&c.text));
    let labels = guesses.fields.iter().flat_map(|f| &f.part.find).filter_map(|p| p.label());
    let labels: BTreeSet<String> = labels.flat_map(|(_, phrases)| phrases).map(|l| key(l)).collect();
    let ranks: Vec<BTreeMap<String, u8>> = views.iter().map(ranks).collect();
    graded_sections(views, guesses);
    let closing = constants.lines.iter().find(|c| is_closing(&c.text)).map(|c| c.at);
    let mut numbered: BTreeSet<String> = BTreeSet::new();
    for line in constants.lines.iter().filter(|l| !valued(&l.text)) {
        let heading = key(&line.text);
        let stem = before_number(&line.text).filter(|stem| views.iter().any(|v| counts(v, stem)));
        if stem.is_some_and(|stem| numbered.contains(&key(stem))) {
            continue;
        }
        // The name of whoever signs all samples.
        if closing.is_some_and(|closing| line.at > closing) {
            continue;
        }
        // Anything above the first value is letterhead or title, or a value that recurs.
        let places = views.iter().zip(&fronts).filter_map(|(v, front)| {
            let at = v.lines.iter().position(|l| key(l.text.as_str()) == heading)?;
            Some(at < *front)
        });
        let places: Vec<bool> = places.collect();
        let above = places.iter().filter(|above| **above).count() * 2 > places.len();
        let texts = views.iter().filter(|v| opens_text(v, &line.text)).count();
        let above = above && !is_most(texts, line.samples);
        let levels: Vec<u8> = ranks.iter().filter_map(|of| of.get(&heading).copied()).collect();
        let is_form = guesses
            .codes
            .values()
            .flat_map(|c| &c.part.values)
            .flat_map(values::forms)
            .any(|f| key(&f) == heading);
        let is_form = is_form || kinds::are_grades(std::slice::from_ref(&line.text));
        if !above && !is_form && !labels.contains(&heading) && levels.len() >= least {
            numbered.extend(stem.map(key));
            let named = stem.unwrap_or(&line.text);
            section(views, &Constant { text: named.to_owned(), ..line.clone() }, levels, constants, guesses);
        }
    }
}

/// Whether a heading below the title is above running text.
fn opens_text(view: &View, heading: &str) -> bool {
    let blocks = &view.doc.blocks;
    let Some(range) = under(view, heading) else { return false };
    let first = blocks[range.clone()].iter().find(|b| b.is_content());
    let below_title = matches!(blocks[range.start - 1].role, Role::Heading(rank) if rank > 1);
    below_title && first.is_some_and(|b| b.role == Role::Paragraph && b.words > PROSE)
}

/// Whether a sample counts its headings that begin with a phrase, each above a single paragraph.
fn counts(view: &View, stem: &str) -> bool {
    let blocks = &view.doc.blocks;
    let is_heading = |b: &Block| matches!(b.role, Role::Heading(_));
    let heads =
        |b: &Block| is_heading(b) && before_number(b.text.as_str()).is_some_and(|s| key(s) == key(stem));
    let is_single = |at: usize| {
        let mut below = blocks[at + 1..].iter().take_while(|b| !is_heading(b)).filter(|b| b.is_content());
        below.next().is_some_and(|b| b.rows.is_empty()) && below.next().is_none()
    };
    let found: Vec<usize> = (0..blocks.len()).filter(|at| heads(&blocks[*at])).collect();
    found.len() > 1 && found.into_iter().all(is_single)
}

/// The line of a sample that contains a field's label.
fn first_line(view: &View, field: &Field) -> Option<usize> {
    let (_, phrases) = field.find.first()?.label()?;
    view.lines.iter().position(|l| phrases.iter().any(|p| l.text.as_str().starts_with(p.as_str())))
}

/// The headings of a sample, each with its rank at its first occurrence.
fn ranks(view: &View) -> BTreeMap<String, u8> {
    let mut ranks = BTreeMap::new();
    for (line, rank) in view.lines.iter().filter_map(|l| Some((l, l.heading?))) {
        ranks.entry(key(line.text.as_str())).or_insert(rank);
    }
    ranks
}

fn section(views: &[View], line: &Constant, levels: Vec<u8>, constants: &Constants, guesses: &mut Guesses) {
    // The list above has these items, too, and would end at a section.
    let inside = |list: &Guess<List>| {
        list.part.kind.is_some() && views.iter().any(|v| is_inside(v, &list.part.under[0], &line.text))
    };
    if guesses.lists.iter().any(inside) {
        return;
    }
    let stated = views.iter().filter(|v| !says_none(v, &line.text));
    let addressed = views.iter().filter(|v| is_by_addressee(v, &line.text, constants)).count();
    let parted = says_wanted(&line.text) && is_most(addressed, views.len());
    let of = |view: &View| match parted {
        true => wide(view, &line.text).map(|range| items_in(view, range)),
        false => items(view, &line.text),
    };
    let marked: Vec<bool> = stated.filter_map(of).map(|(_, marked)| marked).collect();
    let bearing = marked.iter().filter(|m| **m).count();
    let wanted = says_wanted(&line.text);
    let level = levels.iter().copied().min().unwrap_or(1).clamp(1, 6);
    let tabular = views.iter().filter(|v| lists_rows(v, &line.text)).count();
    if tabular > 0 {
        guesses.left.push(format!(
            "“{}”: the items are rows of a table {}, whose cells are too close to tell apart.",
            line.text,
            guesses.of(tabular)
        ));
    }
    let single = views.iter().filter(|v| counts(v, &line.text)).count();
    let bearing = bearing.max(if is_most(single, marked.len()) { marked.len() } else { 0 });
    let listed = bearing * 2 > marked.len() && bearing > 1 && tabular == 0;
    let kind = (listed && wanted).then(|| "improvements".to_owned());
    let part = Section { heading: Phrases::one(&line.text), kind, level, ..Section::default() };
    guesses.sections.push(Guess::new(part, format!("A heading {}.", guesses.of(line.samples))));
    if listed {
        let into = if wanted {
            "/improvements".to_owned()
        } else if says_strengths(&line.text) && !guesses.has("/strengths") {
            "/strengths".to_owned()
        } else {
            guesses.extension(&line.text)
        };
        let required = says(&line.text, REQUIRED);
        let kind = wanted.then(|| if required { "requirement" } else { "recommendation" }.to_owned());
        let list = List {
            into,
            under: Phrases::one(&line.text),
            until: Phrases(below(views, &line.text).into_iter().collect()),
            kind,
            presence: presence(bearing, guesses.samples),
            ..List::default()
        };
        let note = format!(
            "Items under “{}” {}. GUESS: pointer and kind, from the words of the heading.",
            line.text,
            guesses.of(bearing)
        );
        guesses.lists.push(Guess::new(list, note));
    }
}

/// Whether the text under a heading says that there are no items.
fn says_none(view: &View, heading: &str) -> bool {
    under(view, heading).is_some_and(|range| crate::read::says_none(&view.doc.blocks[range]))
}

/// Whether the items under a heading are rows of a table.
fn lists_rows(view: &View, heading: &str) -> bool {
    under(view, heading).is_some_and(|range| items::in_table(view, &items::found(view, range)).is_some())
}

/// The opening words that most samples print below the last item under a heading.
fn below(views: &[View], heading: &str) -> Option<String> {
    let first = |view: &View| -> Option<String> {
        let range = under(view, heading)?;
        let last = range.clone().rfind(|at| items::is_item(&view.doc.blocks[*at]))?;
        let paragraphs = view.doc.blocks.get(last + 1..range.end)?.iter();
        let text = paragraphs.into_iter().find(|b| b.role == Role::Paragraph)?.text.as_str();
        let words: Vec<&str> = text.split_whitespace().take(BELOW).collect();
        (words.len() == BELOW).then(|| words.join(" "))
    };
    let all: Vec<String> = views.iter().filter_map(first).collect();
    let same = |words: &&String| all.iter().filter(|other| other == words).count();
    all.iter().find(|words| is_most(same(words), all.len())).filter(|_| all.len() > 1).cloned()
}

/// The blocks under a heading.
fn under(view: &View, heading: &str) -> Option<Range<usize>> {
    let blocks = &view.doc.blocks;
    let at = blocks.iter().position(|b| {
        matches!(b.role, Role::Heading(_)) && is_any(b.text.as_str(), &Phrases::one(heading))
    })?;
    let end = blocks.iter().skip(at + 1).position(|b| matches!(b.role, Role::Heading(_)));
    Some(at + 1..end.map_or(blocks.len(), |n| at + 1 + n))
}

/// The items under a heading, split as the list reader splits them, and whether bullets or numbers mark them.
pub(super) fn items(view: &View, heading: &str) -> Option<(Vec<String>, bool)> {
    Some(items_in(view, under(view, heading)?))
}

/// The blocks under a heading and the lower headings below it.
fn wide(view: &View, heading: &str) -> Option<Range<usize>> {
    let range = under(view, heading)?;
    let rank = |at: usize| match view.doc.blocks[at].role {
        Role::Heading(rank) => Some(rank),
        _ => None,
    };
    let own = rank(range.start - 1)?;
    let all = range.start..view.doc.blocks.len();
    let end = all.clone().find(|at| rank(*at).is_some_and(|rank| rank <= own));
    Some(range.start..end.unwrap_or(all.end))
}

/// Whether the first items under a heading are below a lower one that differs from sample to sample, as it names who must act.
fn is_by_addressee(view: &View, heading: &str, constants: &Constants) -> bool {
    let Some((own, all)) = under(view, heading).zip(wide(view, heading)) else { return false };
    let blocks = &view.doc.blocks;
    let first = (own.end < all.end).then(|| blocks[own.end].text.as_str());
    let named =
        first.is_some_and(|text| text.ends_with(':') && says_wanted(text) && !constants.is_heading(text));
    named && !blocks[own].iter().any(items::is_item)
}

/// Whether a heading is below another, higher one whose list has items of lower headings.
fn is_inside(view: &View, list: &str, heading: &str) -> bool {
    let Some((own, all)) = under(view, list).zip(wide(view, list)) else { return false };
    let below = under(view, heading).is_some_and(|range| all.contains(&(range.start - 1)));
    below && !view.doc.blocks[own].iter().any(items::is_item)
}

fn items_in(view: &View, range: Range<usize>) -> (Vec<String>, bool) {
    let blocks = &view.doc.blocks;
    let items: Vec<String> =
        items::found(view, range.clone()).into_iter().map(|i| i.text.as_str().to_owned()).collect();
    // Without marks, each item is a whole paragraph.
    let whole = |text: &String| blocks[range.clone()].iter().any(|b| b.text.as_str() == text.as_str());
    // "The provider should:" above short paragraphs whose bullets are drawings.
    let mut said = blocks[range.clone()].iter().filter(|b| b.is_content());
    let introduced = said.next().is_some_and(|b| b.text.as_str().ends_with(':'));
    let short = |text: &String| text.split_whitespace().count() <= ITEM;
    let marked = blocks[range.clone()].iter().any(items::is_item)
        || !items.iter().all(whole)
        || introduced && !items.is_empty() && items.iter().all(short);
    (items, marked)
}
