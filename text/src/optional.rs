//! Optional content: the layers that are switched off when the document opens (ISO 32000-1, 8.11).

use lopdf::{Dictionary, Object, ObjectId};
use rustc_hash::FxHashSet;

use super::objects::Objects;
use super::pdf::{catalogue, resolve};

/// How deep visibility expressions may nest.
const MAX_DEPTH: u32 = 16;

/// The layers that are switched off.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: FxHashSet<ObjectId>,
}

impl Layers {
    /// Reads the document's default configuration.
    pub fn read(doc: &Objects) -> Self {
        Self::off(doc).unwrap_or_default()
    }

    fn off(doc: &Objects) -> Option<Self> {
        let properties = resolve(doc, catalogue(doc)?.get(b"OCProperties").ok()?)?.as_dict().ok()?;
        let config = resolve(doc, properties.get(b"D").ok()?)?.as_dict().ok()?;
        let list = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
            let list = dict.get(key).ok().and_then(|o| resolve(doc, o)?.as_array().ok());
            list.into_iter().flatten().filter_map(|o| o.as_reference().ok()).collect()
        };
        let base = config.get(b"BaseState").ok().and_then(|o| resolve(doc, o)?.as_name().ok());
        let mut off: FxHashSet<ObjectId> = FxHashSet::default();
        if base == Some(b"OFF") {
            off.extend(list(properties, b"OCGs"));
        }
        for on in list(config, b"ON") {
            off.remove(&on);
        }
        off.extend(list(config, b"OFF"));
        Some(Self { off })
    }

    /// Whether an optional-content group or membership dictionary is hidden.
    pub fn is_off(&self, doc: &Objects, object: &Object) -> bool {
        !self.off.is_empty() && !self.is_on(doc, object, 0)
    }

    fn is_on(&self, doc: &Objects, object: &Object, depth: u32) -> bool {
        if let Ok(id) = object.as_reference()
            && self.off.contains(&id)
        {
            return false;
        }
        let Some(Object::Dictionary(dict)) = resolve(doc, object).filter(|_| depth < MAX_DEPTH) else {
            return true;
        };
        if dict.get(b"Type").and_then(Object::as_name).ok() != Some(b"OCMD") {
            return true;
        }
        if let Some(Object::Array(condition)) = dict.get(b"VE").ok().and_then(|o| resolve(doc, o)) {
            return self.holds(doc, condition, depth + 1);
        }
        let groups: Vec<bool> = match dict.get(b"OCGs").ok().map(|o| (o, resolve(doc, o))) {
            Some((_, Some(Object::Array(list)))) => {
                list.iter().map(|o| self.is_on(doc, o, depth + 1)).collect()
            }
            Some((one, Some(_))) => vec![self.is_on(doc, one, depth + 1)],
            _ => return true,
        };
        match dict.get(b"P").and_then(Object::as_name) {
            Ok(b"AllOn") => groups.iter().all(|on| *on),
            Ok(b"AnyOff") => groups.iter().any(|on| !*on),
            Ok(b"AllOff") => groups.iter().all(|on| !*on),
            _ => groups.is_empty() || groups.iter().any(|on| *on),
        }
    }

    /// Evaluates a visibility expression: `[/And a b …]`, `[/Or a b …]`, `[/Not a]`.
    fn holds(&self, doc: &Objects, condition: &[Object], depth: u32) -> bool {
        let Some((operator, operands)) = condition.split_first() else { return true };
        let mut each = operands.iter().take(64).map(|o| match resolve(doc, o) {
            Some(Object::Array(inner)) if depth < MAX_DEPTH => self.holds(doc, inner, depth + 1),
            _ => self.is_on(doc, o, depth + 1),
        });
        match operator.as_name() {
            Ok(b"Or") => each.any(|on| on),
            Ok(b"Not") => !each.next().unwrap_or(false),
            _ => each.all(|on| on),
        }
    }
}
