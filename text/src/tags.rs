//! The structure tree of a tagged PDF: elements over marked-content ids (ISO 32000-1, 14.7).

use lopdf::{Dictionary, ObjectId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::objects::{Objects, Value};
use super::pdf::{catalogue, resolve};
use super::{Element, ElementRole};

/// How many elements are read.
const MAX_ELEMENTS: usize = 500_000;

/// The elements, and the element that each marked-content id belongs to.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Elements in tree order: a parent before its children.
    pub elements: Vec<Element>,
    /// (object number of the page or form, marked-content id) → index of the element.
    pub content: FxHashMap<(u32, i32), u32>,
    /// For each element, the innermost block that contains it: the element of a line.
    pub blocks: Vec<Option<u32>>,
}

/// Reads the structure tree; an untagged PDF gives an empty one. Each object is visited once, so cycles end.
pub(super) fn read(doc: &Objects) -> Tree {
    let mut tree = Tree::default();
    let Some(root) = catalogue(doc)
        .and_then(|catalogue| resolve(doc, catalogue.get(b"StructTreeRoot").ok()?)?.as_dict().ok())
    else {
        return tree;
    };
    let roles = root.get(b"RoleMap").ok().and_then(|o| resolve(doc, o)?.as_dict().ok());
    let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
    let mut stack: Vec<Visit> = Vec::new();
    if let Ok(kids) = root.get(b"K") {
        push_kids(doc, Value::Object(kids), None, None, &mut stack);
    }
    while let Some(Visit { value, parent, page }) = stack.pop() {
        if tree.elements.len() > MAX_ELEMENTS {
            break;
        }
        if value.reference().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        let Some(value) = doc.follow(value) else { continue };
        if let Some(mcid) = value.integer() {
            if let (Some(page), Some(parent)) = (page, parent) {
                tree.content.insert((page, mcid as i32), parent);
            }
        } else if let Some(fields) = doc.fields(value, FIELDS) {
            tree.visit(doc, fields, Visit { value, parent, page }, roles, &mut stack);
        } else if doc.items(value).is_some() {
            push_kids(doc, value, parent, page, &mut stack);
        }
    }
    tree.blocks = blocks(&tree.elements);
    tree
}

/// The entries of an element, or of a marked-content reference, that are read.
const FIELDS: [&[u8]; 6] = [b"Type", b"Pg", b"Stm", b"MCID", b"S", b"K"];

impl Tree {
    fn visit<'v>(
        &mut self,
        doc: &'v Objects,
        [kind, page, stream, mcid, name, kids]: [Option<Value<'v>>; 6],
        Visit { parent, page: inherited, .. }: Visit<'v>,
        roles: Option<&Dictionary>,
        stack: &mut Vec<Visit<'v>>,
    ) {
        let number = |value: Option<Value>| value?.reference().map(|id| id.0);
        let page = number(page).or(inherited);
        match kind.and_then(Value::name).as_deref() {
            Some(b"MCR") => {
                let mcid = mcid.and_then(Value::integer);
                if let (Some(stream), Some(parent), Some(mcid)) = (number(stream).or(page), parent, mcid) {
                    self.content.insert((stream, mcid as i32), parent);
                }
            }
            Some(b"OBJR") => {}
            _ => {
                let index = self.elements.len() as u32;
                let name = name.and_then(Value::name);
                self.elements
                    .push(Element { role: role(doc, name.as_deref().unwrap_or_default(), roles), parent });
                if let Some(kids) = kids {
                    push_kids(doc, kids, Some(index), page, stack);
                }
            }
        }
    }
}

/// The innermost block of each element. A paragraph in the body of a list item belongs to the item, so that bullet
/// and text stay together.
fn blocks(elements: &[Element]) -> Vec<Option<u32>> {
    let mut blocks: Vec<Option<u32>> = Vec::with_capacity(elements.len());
    for (i, e) in elements.iter().enumerate() {
        let outer = e.parent.and_then(|p| *blocks.get(p as usize)?);
        let in_item = outer.and_then(|o| elements.get(o as usize)).is_some_and(|o| o.role == ElementRole::LI);
        blocks.push(match e.role {
            ElementRole::P if in_item => outer,
            ElementRole::P
            | ElementRole::H(_)
            | ElementRole::LI
            | ElementRole::TD
            | ElementRole::Note
            | ElementRole::Toc => Some(i as u32),
            _ => outer,
        });
    }
    blocks
}

/// A node of the tree to be visited, with what it inherits.
struct Visit<'a> {
    value: Value<'a>,
    parent: Option<u32>,
    page: Option<u32>,
}

/// Pushes one kid, or an array of them.
fn push_kids<'v>(
    doc: &Objects,
    kids: Value<'v>,
    parent: Option<u32>,
    page: Option<u32>,
    stack: &mut Vec<Visit<'v>>,
) {
    match doc.items(kids) {
        Some(items) => stack.extend(items.into_iter().rev().map(|value| Visit { value, parent, page })),
        None => stack.push(Visit { value: kids, parent, page }),
    }
}

/// The standard role of an element, through the document's role map.
fn role<'n>(doc: &'n Objects, mut name: &'n [u8], roles: Option<&'n Dictionary>) -> ElementRole {
    for _ in 0..8 {
        let known = standard(name);
        if known != ElementRole::Other {
            return known;
        }
        match roles.and_then(|r| resolve(doc, r.get(name).ok()?)?.as_name().ok()) {
            Some(mapped) if mapped != name => name = mapped,
            _ => break,
        }
    }
    ElementRole::Other
}

fn standard(name: &[u8]) -> ElementRole {
    match name {
        b"P" => ElementRole::P,
        b"H" | b"Title" => ElementRole::H(1),
        [b'H', level @ b'1'..=b'6'] => ElementRole::H(level - b'0'),
        b"L" => ElementRole::L,
        b"LI" => ElementRole::LI,
        b"Lbl" => ElementRole::Lbl,
        b"LBody" => ElementRole::LBody,
        b"Table" => ElementRole::Table,
        b"TR" => ElementRole::TR,
        b"TD" | b"TH" => ElementRole::TD,
        b"Note" => ElementRole::Note,
        b"TOC" | b"TOCI" => ElementRole::Toc,
        b"Span" | b"Link" | b"Reference" | b"Em" | b"Strong" => ElementRole::Span,
        _ => ElementRole::Other,
    }
}
