//! One phrase or several.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One phrase, or a list of phrases, any of which will do.
///
/// ```
/// use findings_forms::model::Phrases;
///
/// #[derive(serde::Deserialize)]
/// struct Table {
///     heads: Phrases,
/// }
/// let one: Table = toml::from_str("heads = 'Grade'").unwrap();
/// let more: Table = toml::from_str("heads = ['Grade', 'Rating']").unwrap();
/// assert_eq!((one.heads.len(), more.heads.len()), (1, 2));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases(pub Vec<String>);

impl Phrases {
    /// One phrase.
    pub fn one(phrase: impl Into<String>) -> Self {
        Self(vec![phrase.into()])
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Deref for Phrases {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl<'p> IntoIterator for &'p Phrases {
    type Item = &'p String;
    type IntoIter = std::slice::Iter<'p, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Serialize for Phrases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.serialize_str(one),
            all => all.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Phrases;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a phrase in quotes, or a list of them: [\"Date:\", \"Dated\"]")
            }

            fn visit_str<E>(self, phrase: &str) -> Result<Phrases, E> {
                Ok(Phrases::one(phrase))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Phrases, A::Error> {
                let mut phrases = Vec::new();
                while let Some(phrase) = all.next_element()? {
                    phrases.push(phrase);
                }
                Ok(Phrases(phrases))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

impl JsonSchema for Phrases {
    fn schema_name() -> Cow<'static, str> {
        "Phrases".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One phrase, or a list of phrases any of which will do",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                { "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": 1 }
            ]
        })
    }
}
