//! What to write instead of what the TOML parser refuses.

/// Keys that must be there, each with an example.
const EXAMPLES: &[(&str, &str)] = &[
    ("id", "\"westmoor.visit\""),
    ("title", "\"Letter after a visit (Westmoor Care Board)\""),
    ("regulator", "\"westmoor\""),
    ("version", "\"1\""),
    ("tested-on", "\"3 letters of 2024\""),
    ("phrases", "\"Westmoor Care Board\""),
    ("place", "\"opening\""),
    ("weight", "0.5"),
    ("pointer", "\"/provider/name\""),
    ("find", "[{ after = \"Home visited:\" }]"),
    ("into", "\"/improvements\""),
    ("under", "\"What must be done\""),
    ("column", "[{ head = \"Standard\", to = \"label\" }]"),
    ("heading", "\"What we found\""),
    ("name", "\"front\""),
    ("values", "[{ code = \"good\" }, { code = \"weak\" }]"),
    ("code", "\"good\""),
    ("seen", "3"),
];

/// Other words for keys, the key that is meant, and what to write.
const OTHERWISE: &[(&str, &str, &str)] = &[
    (
        "required",
        "presence",
        "a value is required unless you write presence = \"optional\", so leave it out or write presence = \"required\"",
    ),
    ("optional", "presence", "write presence = \"optional\""),
    ("label", "find", "write the label in find = [{ after = \"…\" }]"),
    ("to", "pointer", "write pointer = \"…\""),
];

/// The parser's message with what to write.
pub(super) fn told(message: &str) -> String {
    let message = message.trim().replace('\n', ", ");
    let named: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let Some((given, known)) = named.split_first() else { return unnamed(message) };
    if message.starts_with("missing field") {
        let example = EXAMPLES.iter().find(|(key, _)| key == given);
        let example =
            example.map_or_else(String::new, |(key, value)| format!(": write {key} = {value}, for example"));
        return format!("the key `{given}` is missing{example}");
    }
    let is_key = message.starts_with("unknown field");
    if !is_key && !message.starts_with("unknown variant") {
        return message;
    }
    let otherwise =
        OTHERWISE.iter().find(|(other, meant, _)| is_key && other == given && known.contains(meant));
    let near = || {
        known
            .iter()
            .max_by_key(|key| shared(key, given))
            .filter(|key| shared(key, given) > 0 && 2 * shared(key, given) + 1 >= given.len())
    };
    let instead = match (otherwise, near()) {
        (Some((.., what)), _) => format!(": {what}"),
        (_, Some(near)) => format!(": did you mean `{near}`?"),
        _ => String::new(),
    };
    let what = if is_key {
        format!("unknown key `{given}`")
    } else {
        format!("“{given}” is not one of the values allowed here")
    };
    let all: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
    let expected = if instead.ends_with('?') { " Expected" } else { "; expected" };
    format!("{what}{instead}{expected} one of {}", all.join(", "))
}

/// A message that names nothing.
fn unnamed(message: String) -> String {
    match message.starts_with("string values must be quoted") {
        true => format!("{message}: write the text in quotes, \"…\"; numbers, true and false need none"),
        false => message,
    }
}

/// How many pairs of adjacent letters two words share.
fn shared(a: &str, b: &str) -> usize {
    let pairs = |word: &str| -> Vec<Vec<u8>> { word.as_bytes().windows(2).map(<[u8]>::to_vec).collect() };
    let other = pairs(b);
    pairs(a).iter().filter(|pair| other.contains(pair)).count()
}
