//! Tick boxes printed as text: "[x] Routine [ ] Follow-up".

use super::guess::slug;
use crate::model::{Code, Phrases};

/// Boxes that are ticked, and boxes that are not.
const TICKED: &[&str] = &["[x]", "[X]", "[✓]", "[✔]", "(x)", "(X)", "☒", "☑", "✓", "✔", "■"];
const EMPTY: &[&str] = &["[ ]", "[]", "[_]", "( )", "()", "☐", "□"];

/// An option and whether its box is ticked, with the box as printed.
type Choice<'v> = (&'v str, bool, &'v str);

/// The options of texts that each tick one box of the same list, with the printed form of the ticked box and its option.
pub(super) fn ticked(values: &[&str]) -> Option<Vec<Code>> {
    let all: Vec<Vec<Choice>> = values.iter().map(|v| choices(v)).collect::<Option<_>>()?;
    let first: Vec<&str> = all.first()?.iter().map(|c| c.0).collect();
    let alike = |choices: &Vec<Choice>| choices.iter().map(|c| c.0).eq(first.iter().copied());
    let one = |choices: &Vec<Choice>| choices.iter().filter(|c| c.1).count() == 1;
    if first.len() < 2 || !all.iter().all(|choices| alike(choices) && one(choices)) {
        return None;
    }
    let tick = all.iter().flatten().find(|c| c.1)?.2;
    let code = |option: &&str| Code {
        code: slug(option, '-'),
        printed: Phrases::one(format!("{tick} {option}")),
        ..Code::default()
    };
    Some(first.iter().map(code).collect())
}

/// The options of a text, each after its box; none if the text does not begin with a box.
fn choices(text: &str) -> Option<Vec<Choice<'_>>> {
    let mut choices = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (ticked, mark) = mark(rest)?;
        let after = rest[mark.len()..].trim_start();
        let next = after.char_indices().map(|(at, _)| at).find(|at| self::mark(&after[*at..]).is_some());
        let (option, others) = after.split_at(next.unwrap_or(after.len()));
        if option.trim().is_empty() {
            return None;
        }
        choices.push((option.trim(), ticked, mark));
        rest = others;
    }
    Some(choices)
}

fn mark(text: &str) -> Option<(bool, &'static str)> {
    let of = |marks: &[&'static str], ticked| {
        marks.iter().find(|mark| text.starts_with(**mark)).map(|mark| (ticked, *mark))
    };
    of(TICKED, true).or_else(|| of(EMPTY, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ticked_option_is_the_code() {
        let printed = |values: &[&str]| -> Option<Vec<String>> {
            Some(ticked(values)?.iter().map(|c| format!("{}: {}", c.code, c.printed[0])).collect())
        };
        let visits = ["[x] Routine [ ] Follow-up", "[ ] Routine [x] Follow-up"];
        assert_eq!(printed(&visits).unwrap(), ["routine: [x] Routine", "follow-up: [x] Follow-up"]);
        assert_eq!(printed(&["☐ Yes ☒ No", "☒ Yes ☐ No"]).unwrap(), ["yes: ☒ Yes", "no: ☒ No"]);
        assert_eq!(printed(&["[x] Routine [x] Follow-up"]), None);
        assert_eq!(printed(&["Routine", "Follow-up"]), None);
    }
}
