//! External objects: form XObjects are executed, images are measured.

use lopdf::{Object, Stream};

use super::super::PageImage;
use super::super::pdf::{number, rectangle, resolve};
use super::operators::Pen;
use super::state::{IDENTITY, Matrix, State, extent, times};
use super::{Interpreter, PageGlyphs, Run};

/// How deep forms may nest.
const MAX_FORM_DEPTH: u32 = 12;

impl<'a> Interpreter<'a> {
    pub(super) fn draw(&mut self, name: &[u8], run: &Run<'_, 'a>, pen: &Pen, out: &mut PageGlyphs) {
        let Some(entry) = self.resource(run.resources, b"XObject", name) else { return };
        let Some(Object::Stream(object)) = resolve(self.doc, entry) else { return };
        let mark = pen.marks.now();
        let off =
            run.off || mark.off || object.dict.get(b"OC").is_ok_and(|oc| self.layers.is_off(self.doc, oc));
        match object.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") if !off => {
                let pixels = object.dict.get(b"Width").ok().and_then(|w| number(self.doc, w)).unwrap_or(0.0);
                self.image(pen.state.ctm, pixels, out);
            }
            Ok(b"Form") => {
                let own_ids = object.dict.has(b"StructParents");
                let own = entry.as_reference().ok().filter(|_| own_ids).map(|id| id.0);
                let inner = Run { stream: own.unwrap_or(run.stream), off, ..*run };
                let from = out.glyphs.len();
                self.form(object, &inner, &pen.state, out);
                for g in out.glyphs.get_mut(from..).unwrap_or_default() {
                    g.element = g.element.or(mark.element);
                    g.artifact |= mark.artifact;
                }
            }
            _ => {}
        }
    }

    /// Executes a form in the given graphics state, applying its own matrix.
    pub(super) fn form(&mut self, form: &'a Stream, run: &Run<'_, 'a>, state: &State, out: &mut PageGlyphs) {
        if run.depth >= MAX_FORM_DEPTH || self.budget.forms == 0 {
            return;
        }
        self.budget.forms -= 1;
        let content = self.inflate(form, Vec::new());
        let resources = form.dict.get(b"Resources").ok().and_then(|r| resolve(self.doc, r)?.as_dict().ok());
        let inner = Run { resources: resources.or(run.resources), depth: run.depth + 1, ..*run };
        let mut state = State { ctm: times(self.matrix(form), state.ctm), ..state.clone() };
        if let Some(area) =
            form.dict.get(b"BBox").ok().and_then(|o| rectangle(self.doc, resolve(self.doc, o)?))
        {
            state.clip_to(extent(state.ctm, area));
        }
        self.run(&content, &inner, state, out);
    }

    pub(super) fn matrix(&self, form: &Stream) -> Matrix {
        let list = form.dict.get(b"Matrix").ok().and_then(|m| resolve(self.doc, m)?.as_array().ok());
        list.map_or(IDENTITY, |m| {
            std::array::from_fn(|i| m.get(i).and_then(|v| number(self.doc, v)).unwrap_or(IDENTITY[i]))
        })
    }

    /// Measures an image that is drawn into the unit square of `ctm`; `pixels` is its width in pixels.
    pub(super) fn image(&self, ctm: Matrix, pixels: f32, out: &mut PageGlyphs) {
        out.images += 1;
        let image = placed(ctm, pixels, out);
        out.image = out.image.filter(|larger| larger.cover >= image.cover).or(Some(image));
        if out.fills.len() < 2_000 {
            out.fills.push(extent(ctm, [0.0, 0.0, 1.0, 1.0]));
        }
    }
}

fn placed(ctm: Matrix, pixels: f32, page: &PageGlyphs) -> PageImage {
    let [x0, y0, x1, y1] = extent(ctm, [0.0, 0.0, 1.0, 1.0]);
    let width = (x1.min(page.width) - x0.max(0.0)).max(0.0);
    let height = (y1.min(page.height) - y0.max(0.0)).max(0.0);
    PageImage {
        cover: width * height / (page.width * page.height).max(1.0),
        dpi: pixels * 72.0 / ctm[0].hypot(ctm[1]).max(1.0),
    }
}
