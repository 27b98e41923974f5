//! Checks records against the published code lists, as `validate --strict` does.

use serde_json::Value;

use super::{Problem, words::shown};
use crate::vocabulary::CodeManifest;
use crate::vocabulary::{CODE_LISTS, CodeList};

/// The codes of a record that are in no published list and not among `more`, the codes that plugins define. They
/// may be valid: vocabularies are open, and a later version or another plugin may define them.
pub fn codes(record: &Value, more: &[CodeManifest]) -> Vec<Problem> {
    let mut problems = Vec::new();
    // Closed lists are enforced by the schema itself.
    for list in CODE_LISTS.iter().filter(|l| !l.closed) {
        for path in list.paths {
            let steps: Vec<&str> = path.split('/').skip(1).collect();
            visit(record, &steps, &mut String::new(), &mut |pointer, value| {
                problems.extend(unlisted(list, more, pointer, value));
            });
        }
    }
    problems
}

fn unlisted(list: &CodeList, more: &[CodeManifest], pointer: &str, value: &Value) -> Option<Problem> {
    let code = value.as_str()?;
    let listed = list.codes.iter().any(|(known, _)| *known == code)
        || more.iter().any(|c| c.list == list.name && c.code == code);
    (!listed).then(|| Problem {
        pointer: pointer.to_owned(),
        expected: format!("a code of the list {}", list.name),
        found: shown(value),
    })
}

/// Calls `see` for each value at a path, in which `*` stands for any index.
fn visit(value: &Value, steps: &[&str], at: &mut String, see: &mut impl FnMut(&str, &Value)) {
    let Some((step, rest)) = steps.split_first() else { return see(at, value) };
    let before = at.len();
    let mut down = |key: &str, child: &Value| {
        at.push('/');
        at.push_str(key);
        visit(child, rest, at, see);
        at.truncate(before);
    };
    match (*step, value) {
        ("*", Value::Array(items)) => {
            items.iter().enumerate().for_each(|(i, child)| down(&i.to_string(), child));
        }
        (key, Value::Object(o)) => o.get(key).into_iter().for_each(|child| down(key, child)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unlisted_codes_are_told_with_their_place() {
        let record = json!({
            "judgements": [ { "area": "overall-effectiveness", "grade": null }, { "area": "cooking", "grade": "good" } ],
            "diagnostics": [ { "code": "tired" } ]
        });
        let told: Vec<String> = codes(&record, &[]).iter().map(Problem::to_string).collect();
        insta::assert_snapshot!(told.join("\n"), @r#"
        /judgements/1/area: expected a code of the list judgement-areas, found "cooking"
        /diagnostics/0/code: expected a code of the list diagnostics, found "tired"
        "#);
    }

    /// A value with a code at a path: `/grades/*/x` gives `{"grades": [{"x": code}]}`.
    fn at(steps: &[&str], code: &str) -> Value {
        match steps.split_first() {
            None => code.into(),
            Some((&"*", rest)) => json!([at(rest, code)]),
            Some((key, rest)) => json!({ *key: at(rest, code) }),
        }
    }

    #[test]
    fn every_open_list_is_held() {
        for list in CODE_LISTS.iter().filter(|l| !l.closed) {
            for path in list.paths {
                let steps: Vec<&str> = path.split('/').skip(1).collect();
                let codes = |code: &str, more: &[CodeManifest]| codes(&at(&steps, code), more);
                assert_eq!(codes(list.codes[0].0, &[]), [], "{path}");
                assert_eq!(codes("no-such-code", &[]).len(), 1, "{path}");
                let plugins = |list: &str| {
                    let (list, code, meaning) = (list.into(), "no-such-code".into(), String::new());
                    [CodeManifest { list, code, meaning }]
                };
                assert_eq!(codes("no-such-code", &plugins(list.name)), [], "{path}");
                assert_eq!(codes("no-such-code", &plugins("another")).len(), 1, "{path}");
            }
        }
    }
}
