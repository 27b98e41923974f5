//! Which type the texts at a place have.

use findings_core::grammar::label::contains_label;
use findings_core::grammar::postcode::postcode;
use findings_core::grammar::{find, is_person_like, person};
use findings_core::text::Text;

use super::boxes;
use super::constants::key;
use super::guess::distinct;
use super::scales::CODES;
use super::valued::names_inspected;
use super::words::{PEOPLE, PLACES, says};
use crate::model::{Code, CodeList, Phrases, ValueType};
use crate::read::people;
use crate::read::values::{Got, Wanted, behind_number, read};

/// A type with its parameters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kind {
    pub kind: ValueType,
    pub shape: Option<String>,
    pub month_first: bool,
    /// Whether each text is a list of such values: of names.
    pub repeated: bool,
    /// The options beside tick boxes.
    pub options: Vec<Code>,
    /// The posts after names.
    pub posts: Vec<String>,
    /// The reason, for the comment.
    pub why: String,
}

/// Digits in tokens at least this long are a code and not a count.
const CODE_DIGITS: usize = 5;
/// The share of a text, in tenths of its bytes, that its value must cover.
const WHOLE: usize = 8;

/// This many different person-like names are names of people, whatever the label.
const NAMES: usize = 3;

/// Scales whose words are known, best first.
const SCALES: &[&[&str]] = &[
    &["outstanding", "good", "requires improvement", "inadequate"],
    &["outstanding", "good", "adequate", "requires improvement", "inadequate"],
    &["excellent", "good", "fair", "poor"],
    &["excellent", "very good", "good", "adequate", "weak", "unsatisfactory"],
    &["outstanding", "good", "satisfactory", "inadequate"],
    &["compliant", "substantially compliant", "not compliant"],
    &["met", "partly met", "not met"],
    &["met", "partially met", "not met"],
    &["strong", "sound", "weak"],
    &["green", "amber", "red"],
    LEVELS,
];

/// Levels of many things: of risk and priority as well as of quality.
pub(super) const LEVELS: &[&str] = &["high", "medium", "low"];

/// Grade words of other scales, best first.
const BEST_FIRST: &[&str] = &[
    "outstanding",
    "excellent",
    "exceeds",
    "full",
    "green",
    "very good",
    "strong",
    "good",
    "well placed",
    "effective",
    "sound",
    "satisfactory",
    "adequate",
    "fair",
    "meets",
    "met",
    "compliant",
    "no action",
    "minor",
    "amber",
    "partly",
    "partially",
    "improvement",
    "requires",
    "developing",
    "needs",
    "weak",
    "poor",
    "major",
    "serious",
    "ineffective",
    "unsatisfactory",
    "not",
    "inadequate",
    "red",
    "critical",
];

/// The type that fits all texts.
pub(super) fn recognise(texts: &[&Text], label: &str) -> Kind {
    let values: Vec<&str> = texts.iter().map(|t| t.as_str().trim()).collect();
    let all = |test: &dyn Fn(&Text) -> bool| !texts.is_empty() && texts.iter().all(|t| test(t));
    let whole = |kind: ValueType, month_first: bool| {
        all(&|t: &Text| got(t, kind, month_first).is_some_and(|g| covers(&g, t)))
    };
    let plain = |kind: ValueType, why: &str| Kind { kind, why: why.into(), ..Kind::default() };
    let month_first = texts.iter().any(|t| got(t, ValueType::Date, false).is_none());
    for order in [false, true].into_iter().filter(|order| !order || month_first) {
        if whole(ValueType::Date, order) {
            let why = if order { "all are dates, month first" } else { "all are dates" };
            return Kind { month_first: order, ..plain(ValueType::Date, why) };
        }
        if whole(ValueType::DateRange, order) {
            return Kind {
                month_first: order,
                ..plain(ValueType::DateRange, "all are dates or ranges of dates")
            };
        }
    }
    if whole(ValueType::Postcode, false) {
        return plain(ValueType::Postcode, "all are postcodes");
    }
    if all(&|t| has_postcode(t.as_str())) || key(label).ends_with("address") {
        return plain(ValueType::Address, "they end in a postcode, or the label says so");
    }
    let digits = |v: &&str| v.bytes().all(|b| b.is_ascii_digit());
    let long = values.iter().all(|v| v.len() >= CODE_DIGITS);
    if whole(ValueType::Number, false) && !(long && values.iter().all(digits)) {
        return plain(ValueType::Number, "all are whole numbers");
    }
    if let Some(of) =
        of_a_total(&values).filter(|_| all(&|t: &Text| got(t, ValueType::Number, false).is_some()))
    {
        return plain(ValueType::Number, &format!("all are whole numbers “{of}”"));
    }
    if let Some(shape) = shape(&values) {
        return Kind { shape: Some(shape), ..plain(ValueType::Code, "all have the same shape") };
    }
    if let Some(options) = boxes::ticked(&values) {
        return Kind { options, ..plain(ValueType::Code, "one box is ticked in each") };
    }
    names(texts, label).unwrap_or_else(|| plain(ValueType::Text, "no other type was recognised"))
}

/// The words after the numbers that all texts begin with, if they are the same: "out of 50"; "places"; "/45".
fn of_a_total<'v>(values: &[&'v str]) -> Option<&'v str> {
    let mut rests = values.iter().map(|v| {
        let rest = v.trim_start_matches(|c: char| c.is_ascii_digit());
        (rest.len() < v.len()).then(|| rest.trim())
    });
    let plural = |rest: &str| rest.trim_end_matches('s').to_owned();
    let first = rests.next()??;
    let short = !first.is_empty()
        && first.split_whitespace().count() <= 3
        && first.starts_with(|c: char| c == '/' || c.is_lowercase());
    (short && values.len() > 1 && rests.all(|rest| rest.is_some_and(|r| plural(r) == plural(first))))
        .then_some(first)
}

/// Names of people, by their words or by what the label says.
fn names(texts: &[&Text], label: &str) -> Option<Kind> {
    let named = |why: &str| Kind { kind: ValueType::Name, why: why.into(), ..Kind::default() };
    let values = || texts.iter().map(|t| t.as_str());
    // "Manager of the home" names a person, "Name of the home" a place.
    let post = label.split_once(" of ").is_some_and(|(post, _)| says(post, PEOPLE) && !says(post, &["name"]));
    let of_places = !post && (says(label, PLACES) || names_inspected(label) || repeat(values(), label));
    let of_people = says(label, PEOPLE);
    let bare: Vec<Text> = texts.iter().map(|t| t.slice(0..without_letters(t.as_str()).len())).collect();
    let some_bare = bare.iter().zip(texts).any(|(bare, text)| bare.as_str() == text.as_str());
    let bare: Vec<&Text> = bare.iter().collect();
    let texts = if of_people || some_bare { &bare } else { texts };
    let values = || texts.iter().map(|t| t.as_str());
    let all = |test: fn(&str) -> bool| texts.iter().all(|t| test(t.as_str().trim()));
    let mut distinct: Vec<&str> = texts.iter().map(|t| t.as_str().trim()).collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() >= NAMES && !of_places && all(is_person_like) {
        return Some(named("all look like names of people"));
    }
    if let Some((posts, repeated)) = below_each_other(texts) {
        return Some(Kind { posts, repeated, ..named("all are names, one a line, some with posts") });
    }
    if let Some(posts) = posts(&values().collect::<Vec<_>>()) {
        return Some(Kind { posts, ..named("all are a name and a post") });
    }
    if let Some((posts, repeated)) = bracketed(&values().collect::<Vec<_>>()) {
        return Some(Kind { posts, repeated, ..named("all are names with posts in brackets") });
    }
    let people = |text: &&Text| people::each(text, &Phrases::default());
    let lists = texts.iter().filter(|t| people(t).len() > 1).count();
    if lists > 0 && texts.iter().flat_map(people).all(|one| is_person_like(one.as_str())) {
        return Some(Kind { repeated: true, ..named("all are names of people, some several") });
    }
    let one = |t: &&Text| got(t, ValueType::Name, false).is_some_and(|g| covers(&g, t));
    let may_be = of_people && !of_places && all(is_name) && texts.iter().all(one);
    (may_be && !texts.is_empty()).then(|| named("the label mentions a person, and all can be names"))
}

/// A name without the letters of honours behind it: "Ann Lee, OBE, QFSM". Two letters may be a state: "Ann Arbor, MI".
fn without_letters(text: &str) -> &str {
    let is_honour =
        |word: &str| (3..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let behind = |(name, rest): (_, &str)| {
        rest.split([',', ' ']).filter(|w| !w.is_empty()).all(is_honour).then_some(name)
    };
    text.trim_end().split_once(", ").and_then(behind).unwrap_or(text)
}

/// The few posts in texts that are all a name and a post: "Ann Lee, Lead Reviewer".
fn posts(values: &[&str]) -> Option<Vec<String>> {
    let parted: Vec<(&str, &str)> =
        values.iter().map(|v| v.trim().split_once(", ")).collect::<Option<_>>()?;
    let named = parted
        .iter()
        .all(|(name, post)| is_person_like(name) && !is_person_like(post) && !post.contains(','));
    let forms = distinct(parted.iter().map(|(_, post)| (*post).to_owned()).collect());
    (named && parted.len() > 1 && forms.len() < parted.len() && forms.len() <= CODES).then_some(forms)
}

/// The posts behind names of which some texts have several below each other; none if no text has, or if there is anything else.
fn below_each_other(texts: &[&Text]) -> Option<(Vec<String>, bool)> {
    let people = || texts.iter().map(|text| people::each(text, &Phrases::default()));
    let several = people().zip(texts).any(|(each, text)| each.len() > 1 && each.len() == text.lines().len());
    let each: Vec<Text> = people().flatten().collect();
    let parted = each.iter().map(|one| one.as_str().split_once(", ").unwrap_or((one.as_str(), "")));
    let (names, posts): (Vec<&str>, Vec<&str>) = parted.unzip();
    let posts = distinct(posts.into_iter().filter(|post| !post.is_empty()).map(str::to_owned).collect());
    let plain = posts.len() <= CODES && !posts.iter().any(|post| post.contains(','));
    (several && plain && names.iter().all(|name| is_person_like(name.trim()))).then_some((posts, true))
}

/// The posts in brackets after names, and whether some texts have several names: "Ann Lee (lead inspector) and Jo Kay (adviser)".
fn bracketed(values: &[&str]) -> Option<(Vec<String>, bool)> {
    let (mut posts, mut several) = (Vec::new(), false);
    for value in values {
        let people: Vec<&str> = value.split([',', ';']).flat_map(|part| part.split(" and ")).collect();
        several |= people.len() > 1;
        for person in people {
            let person = person.trim().trim_start_matches("and ");
            let (name, post) =
                person.split_once(" (").map_or((person, None), |(name, post)| (name, Some(post)));
            posts.extend(post.map(|post| post.trim_end_matches([')', '.']).to_owned()));
            if !is_name(name) {
                return None;
            }
        }
    }
    let posts = distinct(posts);
    (!posts.is_empty() && posts.len() <= 2 * CODES).then_some((posts, several))
}

/// Whether most values repeat the label: "Ward: Larch Ward".
pub(super) fn repeat<'v>(values: impl Iterator<Item = &'v str>, label: &str) -> bool {
    let label = key(label);
    let said = values.map(|value| contains_label(value, &label)).collect::<Vec<_>>();
    !label.is_empty() && said.iter().filter(|said| **said).count() * 2 > said.len()
}

/// The value of a text, for a type without codes.
pub(super) fn got(text: &Text, kind: ValueType, month_first: bool) -> Option<Got> {
    read(text, Wanted { kind, codes: None, shape: None, month_first, rule: "draft" })
}

fn covers(got: &Got, text: &Text) -> bool {
    got.printed.len() * 10 >= text.as_str().trim().trim_end_matches('.').len() * WHOLE
}

pub(super) fn has_postcode(text: &str) -> bool {
    find(postcode, text).is_some()
}

fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=6).contains(&words) && person(text).is_ok() && !text.chars().any(char::is_numeric)
}

/// The shape shared by all of some tokens, each of which has a digit: letters, digits and punctuation.
pub(super) fn shape(values: &[&str]) -> Option<String> {
    let token = |v: &&str| !v.contains(' ') && v.bytes().any(|b| b.is_ascii_digit()) && v.is_ascii();
    if values.is_empty() || !values.iter().all(token) {
        return None;
    }
    let runs: Vec<Vec<(char, &str)>> = values.iter().copied().map(runs).collect();
    let first = runs.first()?;
    let alike = |r: &Vec<(char, &str)>| r.iter().map(|x| x.0).eq(first.iter().map(|x| x.0));
    if !runs.iter().all(alike) {
        return None;
    }
    let mut shape = String::new();
    for (at, (class, text)) in first.iter().enumerate() {
        let same_length = runs.iter().all(|r| r[at].1.len() == text.len());
        match class {
            'A' if runs.iter().all(|r| r[at].1 == *text) => shape.push_str(text),
            '9' | 'A' if same_length => shape.extend(std::iter::repeat_n(*class, text.len())),
            '9' | 'A' => shape.extend([*class, '+']),
            other => shape.push(*other),
        }
    }
    Some(shape)
}

/// A token split into runs of digits, runs of letters, and single punctuation characters.
fn runs(token: &str) -> Vec<(char, &str)> {
    let class = |c: char| match c {
        c if c.is_ascii_digit() => '9',
        c if c.is_ascii_alphabetic() => 'A',
        other => other,
    };
    let (mut runs, mut from) = (Vec::new(), 0);
    for (at, c) in token.char_indices() {
        let next = token[at + 1..].chars().next();
        if next.map(class) != Some(class(c)) || !c.is_ascii_alphanumeric() {
            runs.push((class(c), &token[from..=at]));
            from = at + 1;
        }
    }
    runs
}

/// A list of codes for some printed forms, and whether they belong to a known scale, which is then listed in full, best first.
pub(super) fn code_list(printed: &[String], scale: Option<String>) -> (CodeList, bool) {
    let keys: Vec<String> = printed.iter().map(|p| words(p)).collect();
    let known = SCALES.iter().find(|s| keys.iter().all(|k| s.contains(&k.as_str())));
    let code = |words: &str, shown: Option<&String>| Code {
        code: super::guess::slug(words, '-'),
        printed: shown
            .filter(|p| super::guess::slug(p, '-').replace('-', " ") != key(p))
            .map(Phrases::one)
            .unwrap_or_default(),
        ..Code::default()
    };
    let values = match known {
        Some(scale) => {
            let form = |(at, word): (usize, &&str)| match printed.iter().find(|p| words(p) == **word) {
                Some(form) => code(word, Some(form)),
                None => code(word, numbered(scale, printed, at).as_ref()),
            };
            scale.iter().enumerate().map(form).collect()
        }
        None => {
            let mut all: Vec<&String> = printed.iter().collect();
            all.sort_by_key(|p| rank(p));
            all.into_iter().map(|p| code(p, Some(p))).collect()
        }
    };
    (CodeList { scale, values }, known.is_some())
}

/// The printed form of a grade that was not seen, if all others have their number before them, as "4 - Good" has.
fn numbered(scale: &[&str], printed: &[String], at: usize) -> Option<String> {
    let place = |form: &String| scale.iter().position(|w| words(form) == **w);
    let own = |form: &String| {
        let rest = behind_number(form)?;
        let number: usize = form.get(..1)?.parse().ok()?;
        (number == scale.len() - place(form)?).then(|| form[1..form.len() - rest.len()].to_owned())
    };
    let between: Vec<String> = printed.iter().map(own).collect::<Option<_>>()?;
    let word = scale.get(at)?;
    let capital = word.get(..1)?.to_uppercase();
    Some(format!("{}{}{capital}{}", scale.len() - at, between.first()?, &word[1..]))
}

/// Words that qualify the grade after them: "mostly sound".
const NEARLY: &[&str] =
    &["mostly", "largely", "broadly", "generally", "substantially", "reasonably", "fairly"];

/// Words in the place of a grade where there is none.
const UNGRADED: &[&str] = &["not assessed", "not applicable", "not rated", "not judged", "not inspected"];

/// The position of a grade of no known scale, best first: that of the first of [`BEST_FIRST`] that it begins with, slightly lower
/// after a word of [`NEARLY`]. Opposites ("unsound") come last, just after grades without a known word.
fn rank(printed: &str) -> (usize, bool) {
    let all = key(printed);
    let nearly = NEARLY.iter().find_map(|word| all.strip_prefix(word));
    let place = |words: &str| BEST_FIRST.iter().position(|w| words.trim_start().starts_with(w));
    let opposite = || all.strip_prefix("un").and_then(place).is_some();
    let last = BEST_FIRST.len();
    let unknown = || if opposite() { last + 1 } else { last };
    // Not graded at all.
    if UNGRADED.iter().any(|words| all.starts_with(words)) {
        return (last + 2, false);
    }
    (place(nearly.unwrap_or(&all)).unwrap_or_else(unknown), nearly.is_some())
}

/// Whether a text begins with a grade word.
pub(super) fn is_of_grades(printed: &str) -> bool {
    rank(printed).0 != BEST_FIRST.len()
}

/// Whether a word in running text is one of a scale.
pub(super) fn is_grade(word: &str) -> bool {
    SCALES.iter().flat_map(|scale| scale.iter()).any(|grade| grade.eq_ignore_ascii_case(word))
}

/// Whether all of some words belong to one known scale.
pub(super) fn are_grades(values: &[String]) -> bool {
    SCALES.iter().any(|s| values.iter().all(|v| s.contains(&words(v).as_str())))
}

/// The words of a grade without the number before them: "5 - Very good".
fn words(grade: &str) -> String {
    let number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-–:.".contains(c);
    key(grade.trim_start_matches(number))
}
