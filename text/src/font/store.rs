//! The fonts of a document: each is read once, and all of them within a budget.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use lopdf::{Dictionary, Stream};
use rustc_hash::FxHashMap;

use super::super::objects::Objects;
use super::super::stream;
use super::{Font, Mapped};

/// How many codes the fonts of a document may tell of in all; each takes some forty bytes.
const MAX_CODES: usize = 3_000_000;
/// How much their programs and maps may inflate to in all, in bytes.
const MAX_INFLATED: usize = 256 << 20;

/// Characters by code or CID.
pub(super) type Characters = FxHashMap<u32, Mapped>;

/// The fonts of a document.
pub(in super::super) struct Fonts<'a> {
    doc: &'a Objects<'a>,
    /// By the address of their dictionaries, which the document keeps in place.
    read: FxHashMap<usize, Rc<Font>>,
    shared: Shared,
    /// How many codes may still be told of.
    codes: usize,
}

impl<'a> Fonts<'a> {
    pub fn new(doc: &'a Objects<'a>) -> Self {
        Self { doc, read: FxHashMap::default(), shared: Shared::default(), codes: MAX_CODES }
    }

    /// A font by its dictionary; none where the budget is spent.
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

    /// Whether no more fonts are read.
    pub fn is_spent(&self) -> bool {
        self.codes == 0 || self.shared.inflated.get() >= MAX_INFLATED
    }
}

/// What fonts of a document have in common.
#[derive(Default)]
pub(super) struct Shared {
    inflated: Cell<usize>,
    /// The characters of collections, by the maps that have them.
    collections: RefCell<Vec<(CMapName<'static>, Rc<Characters>)>>,
}

impl Shared {
    /// The content of a stream without its filters.
    pub fn plain(&self, doc: &Objects, stream: &Stream, limit: usize) -> Option<Vec<u8>> {
        let left = MAX_INFLATED.saturating_sub(self.inflated.get());
        let bytes = stream::plain(doc, stream, limit.min(left));
        // What would have been more than is left spends it, too.
        let spent = bytes.as_ref().map_or(limit.min(1 << 20), Vec::len);
        self.inflated.set(self.inflated.get().saturating_add(spent));
        bytes
    }

    /// The characters of a collection's CIDs by a predefined map.
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
