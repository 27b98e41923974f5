//! The shape of a change: what similar changes have in common.

use serde_json::Value;

use crate::score::text::Bag;

/// Two texts that share at least this much of their words are one text that changed.
const SAME_TEXT: f64 = 0.5;

/// The shape of before → after, in a few words.
pub fn of(before: &Value, after: &Value) -> String {
    match (before, after) {
        (Value::Null, v) => format!("nothing → {}", kind(v)),
        (v, Value::Null) => format!("{} → nothing", kind(v)),
        (Value::String(a), Value::String(b)) => texts(a, b),
        (Value::Bool(a), Value::Bool(b)) => format!("{a} → {b}"),
        (a, b) if kind(a) == kind(b) => format!("{}: another", kind(a)),
        (a, b) => format!("{} → {}", kind(a), kind(b)),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "yes or no",
        Value::Number(_) => "number",
        Value::String(s) if is_date(s) => "date",
        Value::String(s) if is_code(s) => "code",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "item",
    }
}

/// `2023-01-16`
fn is_date(s: &str) -> bool {
    let b = s.as_bytes();
    b.len() == 10
        && b[4] == b'-'
        && b[7] == b'-'
        && s.split('-').all(|p| p.bytes().all(|b| b.is_ascii_digit()))
}

/// `requires-improvement`, `ofsted.sif.inspection`, `E06000023`; unlike a printed word, which has a capital followed by
/// lower case.
fn is_code(s: &str) -> bool {
    !s.is_empty()
        && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.:_".contains(&b))
        && !(s.starts_with(|c: char| c.is_ascii_uppercase()) && s.contains(|c: char| c.is_ascii_lowercase()))
}

fn texts(a: &str, b: &str) -> String {
    match (kind(&Value::from(a)), kind(&Value::from(b))) {
        ("date", "date") => dates(a, b),
        ("code", "code") => "code: another".into(),
        ("text" | "code", "text" | "code") => format!("text: {}", wording(a, b)),
        (x, y) => format!("{x} → {y}"),
    }
}

/// Which parts of a date changed.
fn dates(a: &str, b: &str) -> String {
    let names = ["year", "month", "day"];
    let changed = a.split('-').zip(b.split('-')).zip(names).filter(|((x, y), _)| x != y);
    format!("date: {}", changed.map(|(_, name)| name).collect::<Vec<_>>().join(" and "))
}

fn wording(a: &str, b: &str) -> &'static str {
    let spaceless = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let bare = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if spaceless(a) == spaceless(b) {
        return "spaces";
    }
    let (bare_a, bare_b) = (bare(a), bare(b));
    match () {
        () if bare_a == bare_b => "punctuation",
        () if bare_a.to_lowercase() == bare_b.to_lowercase() => "case",
        () if bare_a.starts_with(&bare_b) => "cut at the end",
        () if bare_a.ends_with(&bare_b) => "cut at the start",
        () if bare_b.starts_with(&bare_a) => "longer at the end",
        () if bare_b.ends_with(&bare_a) => "longer at the start",
        () if bare_a.contains(&bare_b) => "cut on both sides",
        () if bare_b.contains(&bare_a) => "longer on both sides",
        () if Bag::of(a).overlap(&Bag::of(b)) >= SAME_TEXT => "words changed",
        () => "another",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(a: impl Into<Value>, b: impl Into<Value>) -> String {
        of(&a.into(), &b.into())
    }

    #[test]
    fn dates_change_by_their_parts() {
        assert_eq!(shape("2023-01-16", "2023-02-16"), "date: month");
        assert_eq!(shape("2023-01-16", "2022-01-17"), "date: year and day");
        assert_eq!(shape("2023-01-16", Value::Null), "date → nothing");
    }

    #[test]
    fn texts_change_in_few_ways() {
        assert_eq!(shape("Ann Lee", "Ann  Lee"), "text: spaces");
        assert_eq!(shape("Ann Lee", "Ann Lee, HMI"), "text: longer at the end");
        assert_eq!(shape("The quality, of care", "The quality of care."), "text: punctuation");
        assert_eq!(shape("Ann Lee", "Bo Ray"), "text: another");
        assert_eq!(shape("one two three", "one too three"), "text: words changed");
    }

    #[test]
    fn codes_numbers_and_nothing() {
        assert_eq!(shape("good", "requires-improvement"), "code: another");
        assert_eq!(shape(3, 4), "number: another");
        assert_eq!(shape(true, false), "true → false");
        assert_eq!(of(&Value::Null, &json!({"name": "a"})), "nothing → item");
        assert_eq!(shape("Wigan", "Wirral"), "text: another");
    }
}
