//! The structure tree of a tagged PDF: elements over marked-content ids (ISO 32000-1, 14.7).

use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::pdf::resolve;
use super::{Element, ElementRole};

/// How many elements are read.
const MAX_ELEMENTS: usize = 500_000;

/// Elements, and which of them a marked-content id belongs to.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Elements in tree order: a parent before its children.
    pub elements: Vec<Element>,
    /// (object number of the page or form, marked-content id) → index of the element.
    pub content: FxHashMap<(u32, i32), u32>,
    /// For each element, the innermost block that holds it: what a line belongs to.
    pub blocks: Vec<Option<u32>>,
}

/// Reads the structure tree; an untagged PDF gives an empty one. Each object is visited once, so cycles end.
pub(super) fn read(doc: &Document) -> Tree {
    let mut tree = Tree::default();
    let Some(root) = doc
        .trailer
        .get(b"Root")
        .ok()
        .and_then(|o| resolve(doc, o)?.as_dict().ok()?.get(b"StructTreeRoot").ok())
        .and_then(|o| resolve(doc, o)?.as_dict().ok())
    else {
        return tree;
    };
    let roles = root.get(b"RoleMap").ok().and_then(|o| resolve(doc, o)?.as_dict().ok());
    let mut seen: FxHashSet<ObjectId> = FxHashSet::default();
    let mut stack: Vec<Visit> = Vec::new();
    push_kids(root, None, None, &mut stack);
    while let Some(Visit { object, parent, page }) = stack.pop() {
        if tree.elements.len() > MAX_ELEMENTS {
            break;
        }
        let object = match object {
            Object::Reference(id) => {
                if !seen.insert(*id) {
                    continue;
                }
                match resolve(doc, object) {
                    Some(o) => o,
                    None => continue,
                }
            }
            other => other,
        };
        match object {
            Object::Integer(mcid) => {
                if let (Some(page), Some(parent)) = (page, parent) {
                    tree.content.insert((page, *mcid as i32), parent);
                }
            }
            Object::Array(kids) => {
                stack.extend(kids.iter().rev().map(|object| Visit { object, parent, page }));
            }
            Object::Dictionary(dict) => {
                let page = dict.get(b"Pg").and_then(Object::as_reference).map(|id| id.0).ok().or(page);
                match dict.get(b"Type").and_then(Object::as_name) {
                    Ok(b"MCR") => {
                        let stream =
                            dict.get(b"Stm").and_then(Object::as_reference).map(|id| id.0).ok().or(page);
                        if let (Some(stream), Some(parent), Ok(mcid)) =
                            (stream, parent, dict.get(b"MCID").and_then(Object::as_i64))
                        {
                            tree.content.insert((stream, mcid as i32), parent);
                        }
                    }
                    Ok(b"OBJR") => {}
                    _ => {
                        let index = tree.elements.len() as u32;
                        tree.elements.push(Element { role: role(doc, dict, roles), parent });
                        push_kids(dict, Some(index), page, &mut stack);
                    }
                }
            }
            _ => {}
        }
    }
    tree.blocks = blocks(&tree.elements);
    tree
}

/// The innermost block of each element. A paragraph in the body of a list item belongs to the item, so that
/// bullet and text stand together.
fn blocks(elements: &[Element]) -> Vec<Option<u32>> {
    let mut blocks: Vec<Option<u32>> = Vec::with_capacity(elements.len());
    for (i, e) in elements.iter().enumerate() {
        let outer = e.parent.and_then(|p| blocks[p as usize]);
        let in_item = outer.is_some_and(|o| elements[o as usize].role == ElementRole::LI);
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

/// A node of the tree to be looked at, with what it inherits.
struct Visit<'a> {
    object: &'a Object,
    parent: Option<u32>,
    page: Option<u32>,
}

fn push_kids<'a>(dict: &'a Dictionary, parent: Option<u32>, page: Option<u32>, stack: &mut Vec<Visit<'a>>) {
    match dict.get(b"K") {
        Ok(Object::Array(kids)) => {
            stack.extend(kids.iter().rev().map(|object| Visit { object, parent, page }))
        }
        Ok(object) => stack.push(Visit { object, parent, page }),
        Err(_) => {}
    }
}

/// The standard role of an element, through the document's role map.
fn role(doc: &Document, dict: &Dictionary, roles: Option<&Dictionary>) -> ElementRole {
    let mut name = dict.get(b"S").and_then(Object::as_name).unwrap_or(b"");
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
