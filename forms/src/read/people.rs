//! People: inspectors, signatories and addressees of a letter.

use std::ops::Range;

use findings_core::grammar::address::{Recipient as Addressee, letter_recipients};
use findings_core::grammar::label::{contains_label, find_label};
use findings_core::grammar::{has_role_word, is_organisation, is_person_like, person};
use findings_core::record::{Draft, Inspector, Recipient, Record, Signatory, Status};
use findings_core::text::Text;

use super::values::Got;
use super::view::{begins, is_any};
use crate::model::{Field, Phrases, ValueType};
use crate::parse::RECIPIENTS;

/// Adds people to a list.
pub(super) fn add(field: &Field, list: &str, got: &[(Got, Text)], draft: &mut Draft) {
    // An earlier place may have found the list empty.
    draft.record.evidence.shift_remove(list);
    for (got, text) in got.iter().take(if field.repeated { usize::MAX } else { 1 }) {
        match field.kind {
            ValueType::Address => addressees(field, text, got, draft),
            _ => one(field, list, got, text, draft),
        }
    }
}

/// Whether a list has any people.
pub(super) fn any(list: &str, record: &Record) -> bool {
    let letter = record.letter.as_ref();
    match list {
        "/inspectors" => !record.inspectors.is_empty(),
        "/letter/signatories" => letter.is_some_and(|l| !l.signatories.is_empty()),
        RECIPIENTS => letter.is_some_and(|l| !l.recipients.is_empty()),
        _ => false,
    }
}

/// Adds a person by name, with the role printed after the name or given by the file.
fn one(field: &Field, list: &str, got: &Got, text: &Text, draft: &mut Draft) {
    let post = post_of(text, &field.posts).map(|post| text.slice(post));
    let name = got.value.as_str().map(str::to_owned);
    let role = post.as_ref().map(|p| p.as_str().to_owned()).or_else(|| field.role.clone());
    let Record { inspectors, letter, .. } = &mut draft.record;
    let at = match list {
        "/letter/signatories" => push(
            &mut letter.get_or_insert_default().signatories,
            Signatory { name, role, organisation: None },
        ),
        RECIPIENTS => {
            let to = Recipient { name, role, ..Recipient::default() };
            push(&mut letter.get_or_insert_default().recipients, to)
        }
        _ => push(inspectors, Inspector { name, role, organisation: None, lead: None }),
    };
    let item = format!("{list}/{at}");
    draft.note(item.clone(), got.evidence.clone());
    draft.absent(format!("{item}/organisation"), Status::NotApplicable);
    role_told(field, &format!("{item}/role"), got, text, post.as_ref(), draft);
}

/// Appends an item to a list, and returns its index.
fn push<T>(list: &mut Vec<T>, item: T) -> usize {
    list.push(item);
    list.len() - 1
}

/// Notes where a role was read, or why there is none.
fn role_told(field: &Field, pointer: &str, got: &Got, text: &Text, post: Option<&Text>, draft: &mut Draft) {
    match (post, &field.role) {
        (Some(post), _) => {
            draft.note(pointer, post.evidence_all(got.evidence.rule.as_deref().unwrap_or_default()))
        }
        (None, Some(_)) => draft.derived(pointer, "the position of the name, according to the format's file"),
        (None, None) if field.posts.is_empty() => draft.absent(pointer, Status::NotApplicable),
        (None, None) => {
            // Whatever is printed there may have been taken for part of the name.
            let message = format!("none of the posts is printed after “{}”", text.as_str());
            draft.warn("value-not-read", Some(pointer), Some(text.page()), message);
            draft.absent(pointer, Status::NotRead);
        }
    }
}

/// Adds the addressees of a letter, by the lines of their address.
fn addressees(field: &Field, text: &Text, got: &Got, draft: &mut Draft) {
    let rule = got.evidence.rule.as_deref().unwrap_or_default();
    for mut to in parts(text) {
        // A post that only the file knows.
        if to.role.is_empty() && to.address.first().is_some_and(|line| is_any(line, &field.posts)) {
            to.role.push(to.address.remove(0));
        }
        if to.organisation.is_empty() && to.address.len() > 1 && is_body(to.address[0]) {
            to.organisation.push(to.address.remove(0));
        }
        let letter = draft.record.letter.get_or_insert_default();
        let at = push(&mut letter.recipients, to.value());
        draft.note(format!("{RECIPIENTS}/{at}"), text.evidence_all(rule));
    }
}

/// Whether a line of an address names an organisation: "Brook Lodge Care Ltd".
fn is_body(line: &str) -> bool {
    const COMPANY: &[&str] = &["ltd", "limited", "llp", "plc", "cic", "inc", "llc"];
    let last = line.rsplit(' ').next().unwrap_or_default().trim_end_matches(['.', ',']).to_lowercase();
    !line.starts_with(|c: char| c.is_ascii_digit())
        && (COMPANY.contains(&last.as_str()) || is_organisation(line))
}

/// The parts of an address, as slices of its text.
fn parts(text: &Text) -> Vec<Addressee<'_>> {
    let mut from = 0;
    let lines = text.lines().into_iter().filter_map(|line| {
        let at = from + text.as_str()[from..].find(line.as_str())?;
        from = at + line.as_str().len();
        Some(&text.as_str()[at..from])
    });
    letter_recipients(&lines.collect::<Vec<_>>())
}

/// Whether a text can be the field's value: a person's address begins with a name.
pub(super) fn is_read(field: &Field, text: &Text) -> bool {
    let addressed = field.pointer == RECIPIENTS && field.kind == ValueType::Address;
    !addressed || person(text.as_str()).is_ok() && parts(text).iter().all(|to| to.name.is_some())
}

/// The people listed in one text, each with the post after the name: "Ann Lee, Inspector, and Jo Kay". If each of its lines begins
/// with a name, each is of one person, or of several with their posts.
pub(crate) fn each(text: &Text, posts: &Phrases) -> Vec<Text> {
    let lines = text.lines();
    let first = |line: &str| line.split([',', '(']).next().is_some_and(|name| is_person_like(name.trim()));
    if lines.len() < 2 || !lines.iter().all(|line| first(line.as_str())) {
        return in_line(text, posts);
    }
    let one = |line: &Text| {
        let end = line.as_str().trim_end_matches([',', ';', ' ']);
        let line = line.slice(0..end.strip_suffix(" and").unwrap_or(end).len());
        let people = in_line(&line, posts);
        // What is behind a name may be its post as well as another name.
        if people.len() == 2 && posts.is_empty() { vec![line] } else { people }
    };
    lines.iter().flat_map(one).collect()
}

/// The people listed in a line.
fn in_line(text: &Text, posts: &Phrases) -> Vec<Text> {
    const BETWEEN: &[&str] = &[", and ", " and ", " & ", ", ", "; "];
    let s = text.as_str();
    let (mut parts, mut from) = (Vec::new(), 0);
    while let Some((at, sep)) = BETWEEN
        .iter()
        .filter_map(|sep| Some((from + s[from..].find(sep)?, sep)))
        .min_by_key(|(at, sep)| (*at, usize::MAX - sep.len()))
    {
        parts.push(from..at);
        from = at + sep.len();
    }
    parts.push(from..s.len());
    // A post belongs to the name before it, unless it stands in brackets behind another: "Jo Kay (team inspector)".
    let is_named = |part: &str| is_person_like(part.split('(').next().unwrap_or(part).trim());
    let is_role = |part: &str| !is_named(part) && has_role_word(part);
    let is_post =
        |part: &Range<usize>| begins(&s[part.clone()], posts).is_some() || is_role(&s[part.clone()]);
    let people = parts.chunk_by(|_, next| is_post(next));
    people.map(|person| text.slice(person[0].start..person[person.len() - 1].end)).collect()
}

/// Whether a text names more people than the first.
pub(super) fn has_more(text: &Text, posts: &Phrases) -> bool {
    each(text, posts).iter().skip(1).any(|one| is_person_like(name_before(one, posts).as_str()))
        || left_behind(text, posts)
}

/// Whether a name is followed by words that may be another name, or a post that the file does not know.
fn left_behind(text: &Text, posts: &Phrases) -> bool {
    let people = each(text, posts);
    people.iter().any(|one| {
        let name = name_before(one, posts);
        name.as_str().split_once(", ").is_some_and(|(_, rest)| is_person_like(rest) || ends_in_name(rest))
    })
}

/// Whether what is behind a name is the first name of another, "Ann Lee, Mary" above "Jo Kay", or a post with a name behind it.
fn ends_in_name(rest: &str) -> bool {
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words.as_slice() {
        [word] => {
            let letters = word.trim_matches(|c: char| !c.is_alphabetic());
            let is_title = letters.starts_with(char::is_uppercase) && letters.contains(char::is_lowercase);
            is_title && !has_role_word(letters)
        }
        [post @ .., first, last] => {
            has_role_word(&post.join(" ")) && is_person_like(&format!("{first} {last}"))
        }
        [] => false,
    }
}

/// The range of the post after a name.
fn post_of(text: &Text, posts: &Phrases) -> Option<Range<usize>> {
    let slices = posts.iter().filter_map(|post| find_label(text.as_str(), post));
    let ranges = slices.map(|slice| text.range_of(slice)).filter(|r| r.start > 0);
    ranges.min_by_key(|r| (r.start, usize::MAX - r.end))
}

/// A text without the post at its end.
pub(super) fn name_of(text: &Text, field: &Field) -> Text {
    name_before(text, &field.posts)
}

fn name_before(text: &Text, posts: &Phrases) -> Text {
    match post_of(text, posts) {
        Some(post) => text.slice(0..text.as_str()[..post.start].trim_end_matches([' ', ',']).len()),
        None => text.clone(),
    }
}

/// If roles say who led, marks these inspectors as leads and the others as not.
pub(super) fn lead(draft: &mut Draft) {
    let leads = |i: &Inspector| i.role.as_deref().is_some_and(|role| contains_label(role, "lead"));
    let inspectors = &mut draft.record.inspectors;
    if inspectors.iter().all(|i| i.lead.is_none()) && inspectors.iter().any(leads) {
        inspectors.iter_mut().for_each(|i| i.lead = Some(leads(i)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_core::text::Word;
    use insta::assert_snapshot;

    fn people(printed: &str, posts: &[&str]) -> String {
        let mut text = Text::default();
        for (n, word) in printed.split(' ').enumerate() {
            text.push_word(1, 0, n as u32, &Word { text: word.into(), ..Word::default() }, false);
        }
        let posts = Phrases(posts.iter().map(|p| (*p).to_owned()).collect());
        each(&text, &posts).iter().map(|t| t.as_str().to_owned()).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn names_below_each_other_are_one_each() {
        let lines = |printed: &[&str], posts: &[&str]| {
            let mut text = Text::default();
            for (n, line) in printed.iter().enumerate() {
                let words = line.split(' ').map(|w| Word { text: w.into(), ..Word::default() }).collect();
                text.push_line(1, n as u32, &findings_core::text::TextLine { words, ..Default::default() });
            }
            let posts = Phrases(posts.iter().map(|p| (*p).to_owned()).collect());
            let each: Vec<String> = each(&text, &posts).iter().map(|t| t.as_str().to_owned()).collect();
            (each.join(" / "), left_behind(&text, &posts))
        };
        let team = ["Ann Lee, Water Adviser", "Jo Kay, Water Adviser"];
        assert_eq!(lines(&team, &["Water Adviser"]), (team.join(" / "), false));
        assert_eq!(lines(&team, &[]), (team.join(" / "), false), "a word of the post is one of roles");
        let unknown = ["Ann Lee, Well Warden", "Jo Kay, Well Warden"];
        assert_eq!(lines(&unknown, &[]), (unknown.join(" / "), true));
        assert!(lines(&["Ann Lee, Mary", "Jo Kay"], &[]).1, "Mary may be the first name of Jo Kay");
        assert!(lines(&["Ann Lee, Lead Inspector Jo Kay"], &[]).1, "one post before its name");
        assert_eq!(lines(&["Ann Lee and", "Jo Kay"], &[]).0, "Ann Lee / Jo Kay");
        assert_eq!(lines(&["Ann Lee, Mary Jo", "Kay and Tom Poe"], &[]).0, "Ann Lee / Mary Jo Kay / Tom Poe");
    }

    #[test]
    fn a_list_of_people_is_taken_apart() {
        assert_snapshot!(people("Ann Lee, Jo Kay (Ofsted Inspector), Tom Poe", &[]), @"Ann Lee / Jo Kay (Ofsted Inspector) / Tom Poe");
        assert_snapshot!(people("Ann Lee", &[]), @"Ann Lee");
        assert_snapshot!(people("Ann Lee, Jo Kay and Mina Rao", &[]), @"Ann Lee / Jo Kay / Mina Rao");
        assert_snapshot!(people("Ann Lee, Inspector, and Jo Kay, Adviser", &["Inspector", "Adviser"]), @"Ann Lee, Inspector / Jo Kay, Adviser");
    }
}
