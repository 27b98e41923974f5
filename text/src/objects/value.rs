//! Values that are inspected in place: a structure tree has thousands of elements, each of which has a few entries
//! read, once.

use std::borrow::Cow;

use lopdf::{Object, ObjectId};

use super::Objects;
use super::parse::Parser;

/// The longest chain of references.
const MAX_REFERENCES: usize = 32;

/// A value: a parsed object, or the bytes that begin with one.
#[derive(Debug, Clone, Copy)]
pub(in super::super) enum Value<'a> {
    Object(&'a Object),
    Raw(&'a [u8]),
}

impl<'a> Value<'a> {
    /// The id, if it is a reference.
    pub fn reference(self) -> Option<ObjectId> {
        match self {
            Self::Object(object) => object.as_reference().ok(),
            Self::Raw(bytes) => Parser::new(bytes, 1).reference(),
        }
    }

    /// An integer.
    pub fn integer(self) -> Option<i64> {
        match self {
            Self::Object(object) => object.as_i64().ok(),
            Self::Raw(bytes) => match bytes.first()? {
                b'0'..=b'9' | b'+' | b'-' => Parser::new(bytes, 1).value()?.as_i64().ok(),
                _ => None,
            },
        }
    }

    /// A name.
    pub fn name(self) -> Option<Cow<'a, [u8]>> {
        match self {
            Self::Object(object) => object.as_name().ok().map(Cow::Borrowed),
            Self::Raw(bytes) => Parser::new(bytes, 1).name(),
        }
    }
}

impl<'a> Objects<'a> {
    /// A value with references followed; `None` for a cycle.
    pub fn follow<'v>(&'v self, mut value: Value<'v>) -> Option<Value<'v>> {
        for _ in 0..MAX_REFERENCES {
            match value.reference() {
                Some(id) => value = self.value(id)?,
                None => return Some(value),
            }
        }
        None
    }

    /// The items of an array.
    pub fn items<'v>(&self, value: Value<'v>) -> Option<Vec<Value<'v>>> {
        match value {
            Value::Object(object) => Some(object.as_array().ok()?.iter().map(Value::Object).collect()),
            Value::Raw(bytes) => {
                if bytes.first() != Some(&b'[') {
                    return None;
                }
                let (mut parser, mut items) = (Parser::new(bytes, 0), Vec::new());
                let whole = parser.items(|parser| {
                    items.push(Value::Raw(parser.rest()));
                    parser.skip()
                });
                self.in_order(whole).map(|()| items)
            }
        }
    }

    /// The entries of a dictionary with the given keys.
    pub fn fields<'v, const N: usize>(
        &self,
        value: Value<'v>,
        keys: [&[u8]; N],
    ) -> Option<[Option<Value<'v>>; N]> {
        match value {
            Value::Object(object) => {
                let Object::Dictionary(dict) = object else { return None };
                Some(keys.map(|key| dict.get(key).ok().map(Value::Object)))
            }
            Value::Raw(bytes) => {
                if !bytes.starts_with(b"<<") {
                    return None;
                }
                let (mut parser, mut fields) = (Parser::new(bytes, 0), [None; N]);
                let whole = parser.entries(|parser, name| {
                    if let Some(at) = keys.iter().position(|key| *key == &*name) {
                        // `fields` has one element per key.
                        fields[at] = Some(Value::Raw(parser.rest()));
                    }
                    parser.skip()
                });
                parser.skip_blank();
                // A dictionary followed by `stream` is part of a stream.
                let whole = whole.filter(|()| !parser.rest().starts_with(b"stream"));
                self.in_order(whole).map(|()| fields)
            }
        }
    }

    fn in_order(&self, whole: Option<()>) -> Option<()> {
        if whole.is_none() {
            self.call_odd();
        }
        whole
    }
}
