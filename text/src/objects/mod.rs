//! The objects of a PDF, read on demand.
//!
//! A report needs a third of its objects, and lopdf loads them all. So a file whose cross-references are in order
//! is read here, object by object. Anything damaged or merely unusual is not guessed at: it marks the file as
//! *odd*, and an odd file is read again by lopdf, which repairs, decrypts and recovers ([`Objects::is_odd`]). In
//! any other file, each object equals what lopdf would read.

mod parse;
mod table;
mod value;

use std::cell::{Cell, OnceCell};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rustc_hash::FxHashMap;

use super::weight::MAX_TOKENS;
use parse::Parser;
use table::{Place, Table};
pub(super) use value::Value;

/// The most bytes that the object streams of a file may inflate to.
const MAX_INFLATED: usize = 64 << 20;

/// The objects of a file.
#[derive(Debug)]
pub(super) struct Objects<'a> {
    /// The newest trailer.
    pub trailer: Dictionary,
    /// Whether the cross-references were damaged and had to be rebuilt.
    pub repaired: bool,
    /// Whether the file is encrypted and the password is not known.
    pub locked: bool,
    source: Source<'a>,
}

#[derive(Debug)]
enum Source<'a> {
    Loaded(Box<Document>),
    OnDemand(Box<OnDemand<'a>>),
}

#[derive(Debug)]
struct OnDemand<'a> {
    bytes: &'a [u8],
    slots: Vec<Slot>,
    containers: FxHashMap<u32, OnceCell<Option<Container>>>,
    odd: Cell<bool>,
    /// How many values may still be read, and how many bytes may still be inflated.
    values: Cell<usize>,
    inflated: Cell<usize>,
}

/// An object number: where the object is, and the object once it has been read.
#[derive(Debug)]
struct Slot {
    place: Place,
    object: OnceCell<Option<Box<Object>>>,
}

/// An object stream: its content, and the offset of each object in it.
#[derive(Debug)]
struct Container {
    content: Vec<u8>,
    starts: FxHashMap<u32, usize>,
}

impl From<Document> for Objects<'_> {
    fn from(document: Document) -> Self {
        Self {
            trailer: document.trailer.clone(),
            repaired: document.xref_recovery.is_some(),
            locked: document.is_encrypted() && document.encryption_state.is_none(),
            source: Source::Loaded(Box::new(document)),
        }
    }
}

impl<'a> Objects<'a> {
    /// Opens a file whose cross-references are in order; `None` if they are not, or it is encrypted.
    pub fn on_demand(bytes: &'a [u8]) -> Option<Self> {
        let Table { trailer, places } = table::read(bytes)?;
        let containers = places.iter().filter_map(|place| match place {
            Place::Within(container) => Some((*container, OnceCell::new())),
            _ => None,
        });
        let on_demand = OnDemand {
            bytes,
            containers: containers.collect(),
            slots: places.into_iter().map(|place| Slot { place, object: OnceCell::new() }).collect(),
            odd: Cell::new(false),
            values: Cell::new(MAX_TOKENS),
            inflated: Cell::new(MAX_INFLATED),
        };
        let source = Source::OnDemand(Box::new(on_demand));
        Some(Self { trailer, repaired: false, locked: false, source }).filter(Self::has_page_tree)
    }

    /// Whether the catalogue leads to the root of a page tree; without one, lopdf looks for another catalogue.
    fn has_page_tree(&self) -> bool {
        let entry = |dict: &Dictionary, key: &[u8]| dict.get(key).ok()?.as_reference().ok();
        let dict = |id| self.get(id)?.as_dict().ok();
        let root = entry(&self.trailer, b"Root").and_then(dict);
        let tree = root.and_then(|root| entry(root, b"Pages")).and_then(dict);
        tree.is_some_and(|tree| matches!(tree.get(b"Kids"), Ok(Object::Array(_))))
    }

    /// Whether anything read so far was not in order, so that the result is not to be relied on.
    pub fn is_odd(&self) -> bool {
        matches!(&self.source, Source::OnDemand(objects) if objects.odd.get())
    }

    /// Marks the file as odd.
    pub fn call_odd(&self) {
        if let Source::OnDemand(objects) = &self.source {
            objects.odd.set(true);
        }
    }

    /// An object by its id.
    pub fn get(&self, id: ObjectId) -> Option<&Object> {
        match &self.source {
            Source::Loaded(document) => document.objects.get(&id),
            Source::OnDemand(objects) => objects.get(id),
        }
    }

    /// An object's value, which can be inspected without parsing all of it.
    pub fn value(&self, id: ObjectId) -> Option<Value<'_>> {
        match &self.source {
            Source::Loaded(document) => document.objects.get(&id).map(Value::Object),
            Source::OnDemand(objects) => objects.value(id),
        }
    }

    /// All objects, if the file was loaded as a whole; otherwise none.
    pub fn loaded(&self) -> impl Iterator<Item = (ObjectId, &Object)> {
        let all = match &self.source {
            Source::Loaded(document) => Some(&document.objects),
            Source::OnDemand(_) => None,
        };
        all.into_iter().flatten().map(|(id, object)| (*id, object))
    }
}

impl OnDemand<'_> {
    /// The only object that an intact file may refer to without having it is a free number.
    fn slot(&self, (number, generation): ObjectId) -> Option<&Slot> {
        let Some(slot) = self.slots.get(number as usize) else { return self.odd() };
        match slot.place {
            Place::Free => None,
            Place::At { generation: g, .. } if g == generation => Some(slot),
            Place::Within(_) if generation == 0 => Some(slot),
            _ => self.odd(),
        }
    }

    fn odd<T>(&self) -> Option<T> {
        self.odd.set(true);
        None
    }

    fn get(&self, id: ObjectId) -> Option<&Object> {
        let slot = self.slot(id)?;
        let read = || self.read(id, slot).map(Box::new).or_else(|| self.odd());
        slot.object.get_or_init(read).as_deref()
    }

    fn read(&self, id: ObjectId, slot: &Slot) -> Option<Object> {
        let mut parser = Parser::new(self.bytes_of(id, slot)?, self.values.get());
        let object = match slot.place {
            Place::At { .. } => parser.indirect(|length| self.length(length)),
            _ => parser.value(),
        };
        self.values.set(parser.left());
        object
    }

    fn value(&self, id: ObjectId) -> Option<Value<'_>> {
        let slot = self.slot(id)?;
        match slot.object.get() {
            Some(read) => read.as_deref().map(Value::Object),
            None => self.bytes_of(id, slot).map(Value::Raw).or_else(|| self.odd()),
        }
    }

    /// The bytes from the beginning of an object's value, in the file or an object stream.
    fn bytes_of(&self, id: ObjectId, slot: &Slot) -> Option<&[u8]> {
        match slot.place {
            Place::Free => None,
            Place::At { offset, .. } => parse::after_header(self.bytes.get(offset as usize..)?, id),
            Place::Within(number) => {
                let container = self.containers.get(&number)?;
                let container = container.get_or_init(|| self.container(number)).as_ref()?;
                container.content.get(*container.starts.get(&id.0)?..)
            }
        }
    }

    /// The length of a stream, given as an object of its own. It is read directly, without the cache, so that a
    /// length that refers to itself doesn't recurse.
    fn length(&self, id: ObjectId) -> Option<usize> {
        match self.slot(id)? {
            slot @ Slot { place: Place::At { .. }, .. } => {
                Parser::new(self.bytes_of(id, slot)?, 1).value()?.as_i64().ok()?.try_into().ok()
            }
            _ => None,
        }
    }

    fn container(&self, number: u32) -> Option<Container> {
        let id = (number, 0);
        let slot = self.slot(id).filter(|slot| matches!(slot.place, Place::At { .. }))?;
        let Object::Stream(stream) = self.read(id, slot)? else { return None };
        let container = Container::read(&stream, self.inflated.get())?;
        self.inflated.set(self.inflated.get().saturating_sub(container.content.len()));
        Some(container)
    }
}

impl Container {
    fn read(stream: &Stream, limit: usize) -> Option<Self> {
        if !stream.dict.has_type(b"ObjStm") {
            return None;
        }
        let content = stream.get_plain_content_with_limit(limit).ok()?;
        let first: usize = stream.dict.get(b"First").ok()?.as_i64().ok()?.try_into().ok()?;
        let index = std::str::from_utf8(content.get(..first)?).ok()?;
        let mut numbers = index.split_ascii_whitespace().map(|n| n.parse::<u32>().ok());
        let mut starts = FxHashMap::default();
        while let (Some(number), Some(start)) = (numbers.next(), numbers.next()) {
            let start = first.checked_add(start? as usize)?;
            let blank = content.get(start..)?.iter().position(|b| !parse::is_blank(*b))?;
            starts.insert(number?, start + blank);
        }
        Some(Self { content, starts })
    }
}

#[cfg(test)]
mod tests;
