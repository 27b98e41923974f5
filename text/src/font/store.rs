//! The fonts of a document: each is read once, all within one budget.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use lopdf::{Dictionary, Stream};
use rustc_hash::FxHashMap;

use super::super::objects::Objects;
use super::super::stream;
use super::{Font, Mapped};

/// The most codes that all fonts of a document may hold; each takes some forty bytes.
const MAX_CODES: usize = 3_000_000;
/// The most bytes that all their programs and CMaps may inflate to.
const MAX_INFLATED: usize = 256 << 20;

/// Characters by code or CID.
pub(super) type Characters = FxHashMap<u32, Mapped>;

/// The fonts of a document.
pub(in super::super) struct Fonts<'a> {
    doc: &'a Objects<'a>,
    /// By the address of their dictionary, which does not change while the document is open.
    read: FxHashMap<usize, Rc<Font>>,
    shared: Shared,
    /// What is left of [`MAX_CODES`].
    codes: usize,
}

impl<'a> Fonts<'a> {
    pub fn new(doc: &'a Objects<'a>) -> Self {
        Self { doc, read: FxHashMap::default(), shared: Shared::default(), codes: MAX_CODES }
    }

    /// The font of a dictionary; `None` if it is not in the cache and the budget is spent.
    pub fn get(&mut self, dict: &'a Dictionary) -> Option<Rc<Font>> {
        let key = std::ptr::from_ref(dict) as usize;
        if let Some(font) = self.read.get(&key) {
            return Some(font.clone());
        }
        if self.is_spent() {
            return None;
        }
        let font = Rc::new(Font::read(self.doc, dict, &self.shared));
        self.codes = self.codes.saturating_sub(font.weight());
        self.read.insert(key, font.clone());
        Some(font)
    }

    /// Whether the budget is spent, so that no more fonts are read.
    pub fn is_spent(&self) -> bool {
        self.codes == 0 || self.shared.inflated.get() >= MAX_INFLATED
    }
}

/// What the fonts of a document share.
#[derive(Default)]
pub(super) struct Shared {
    inflated: Cell<usize>,
    /// The characters of each collection, by the name of its predefined CMap.
    collections: RefCell<Vec<(CMapName<'static>, Rc<Characters>)>>,
}

impl Shared {
    /// The decoded content of a stream.
    pub fn plain(&self, doc: &Objects, stream: &Stream, limit: usize) -> Option<Vec<u8>> {
        let left = MAX_INFLATED.saturating_sub(self.inflated.get());
        let bytes = stream::plain(doc, stream, limit.min(left));
        // A stream that fails, for example because it exceeds the rest of the budget, costs something too.
        let spent = bytes.as_ref().map_or(limit.min(1 << 20), Vec::len);
        self.inflated.set(self.inflated.get().saturating_add(spent));
        bytes
    }

    /// The characters of a collection's CIDs, from a predefined CMap.
    pub fn collection(&self, name: CMapName<'static>) -> Option<Rc<Characters>> {
        let known = self.collections.borrow().iter().find(|(n, _)| *n == name).map(|(_, all)| all.clone());
        known.or_else(|| {
            let map = CMap::parse(load_embedded(name)?, load_embedded)?;
            let character = |cid| match map.lookup_bf_string(cid)? {
                BfString::Char(c) => Some((cid, Mapped::One(c))),
                BfString::String(s) => Some((cid, Mapped::of(&s)?)),
            };
            let all: Rc<Characters> = Rc::new((1..65_536).filter_map(character).collect());
            self.collections.borrow_mut().push((name, all.clone()));
            Some(all)
        })
    }
}
