//! A parsed file as a format that core can use.

use findings_core::checks::promises::{self, Promise as Promised};
use findings_core::checks::{self, Check, Own};
use findings_core::format::FormatInfo;
use findings_core::grammar::label::label;
use findings_core::ofsted::body::Head;
use findings_core::plugin::manifest::{
    AnchorManifest, CodeManifest, Describes, EditionManifest, FormatManifest, Manifest, SchemaManifest,
};
use findings_core::plugin::{Document, PluginFormat};
use findings_core::record::Draft;
use findings_core::text::LayerKind;

use crate::model::{CodeList, FormatFile, Phrases, Presence};
use crate::parse::Lines;
use crate::read::places::{ANY_END, Labels};
use crate::read::values;
use crate::read::view::{is_any, settled};
use crate::{FileError, extension, parse, read};

/// A format in a file.
#[derive(Debug)]
pub struct FileFormat {
    name: String,
    file: FormatFile,
    lines: Lines,
    labels: Vec<String>,
    /// Those of them that are below their values.
    above: Vec<String>,
    boxes: Vec<String>,
    rows: Vec<String>,
    /// The printed forms of codes and grades.
    forms: Vec<String>,
    info: &'static FormatInfo,
    own: Own,
    heads: Vec<(Phrases, Head)>,
}

impl FileFormat {
    /// The format in a file's text; `name` is its name in messages and rules.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn new(name: &str, text: &str) -> Result<FileFormat, Vec<FileError>> {
        let (file, lines) = parse(name, text)?;
        let places = || file.fields.iter().flat_map(|f| &f.find);
        let above = places().flat_map(|p| p.above.to_vec()).collect();
        let labels = places().flat_map(|p| p.after.iter().chain(&p.above).chain(&p.below));
        let labels = labels.map(|l| l.trim_end_matches(ANY_END).trim_end().to_owned()).collect();
        let heads = file.sections.iter().map(|s| {
            let kind = leak(s.kind.as_deref().unwrap_or("other"));
            (s.heading.clone(), Head { level: s.level, kind, grade: None })
        });
        Ok(FileFormat {
            name: name.to_owned(),
            labels,
            above,
            boxes: places().flat_map(|p| p.boxed.to_vec()).collect(),
            rows: places().flat_map(|p| p.row.to_vec()).collect(),
            forms: file.codes.values().flat_map(|list| &list.values).flat_map(values::forms).collect(),
            info: manifest_of(&file).leak(),
            own: own(&file),
            heads: heads.collect(),
            file,
            lines,
        })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The parsed file.
    pub fn file(&self) -> &FormatFile {
        &self.file
    }

    /// What it adds to the published lists and schemas, as a plugin would.
    pub fn manifest(&self) -> Manifest {
        let schema = extension::schema(&self.file);
        Manifest {
            id: self.file.id.replace('.', "-"),
            version: self.file.version.clone(),
            description: self.file.title.clone(),
            formats: vec![FormatManifest::new(self.info, self.own)],
            schemas: vec![SchemaManifest {
                id: extension::id(&self.file),
                describes: Describes::Extension,
                schema,
                file: None,
            }],
            codes: codes(&self.file),
        }
    }

    /// The file and line of one of its parts, as records name their rules.
    pub(crate) fn rule(&self, path: &str) -> String {
        format!("{}:{}", self.name, self.lines.of_path(path))
    }

    /// All labels of the file's places.
    pub(crate) fn labels(&self) -> Labels<'_> {
        Labels {
            lines: &self.labels,
            above: &self.above,
            boxes: &self.boxes,
            rows: &self.rows,
            ..Labels::default()
        }
    }

    /// The printed forms of the file's codes and grades.
    pub(crate) fn printed_forms(&self) -> &[String] {
        &self.forms
    }

    /// Whether a text belongs to the form: it begins with an anchor, or is a label, column head or heading of the file.
    pub fn is_of_the_form(&self, text: &str) -> bool {
        let mut anchors = self.file.anchors.iter().flat_map(|a| a.phrases.iter());
        let heads = self.file.tables.iter().flat_map(|t| &t.columns).flat_map(|c| c.head.iter());
        let labels = self.labels.iter().chain(&self.boxes).chain(&self.rows).chain(heads);
        anchors.any(|p| label(p)(text).is_ok()) || is_any(text, labels) || self.is_heading(text)
    }

    pub(crate) fn heads(&self) -> &[(Phrases, Head)] {
        &self.heads
    }

    /// Whether a name is a heading of one of the file's sections.
    pub(crate) fn is_section(&self, name: &str) -> bool {
        self.file.sections.iter().any(|s| s.heading.iter().any(|h| h == name))
    }

    pub(crate) fn codes(&self, name: Option<&str>) -> Option<&CodeList> {
        self.file.codes.get(name?)
    }

    pub(crate) fn optional_region(&self, name: Option<&str>) -> bool {
        name.is_some_and(|name| self.file.regions.iter().any(|r| r.name == name && r.optional))
    }

    /// The pointers that the file fills.
    pub(crate) fn pointers(&self) -> impl Iterator<Item = &str> {
        let file = &self.file;
        let fields = file.fields.iter().flat_map(|f| std::iter::once(&f.pointer).chain(&f.also));
        fields
            .chain(file.tables.iter().map(|t| &t.into))
            .chain(file.lists.iter().map(|l| &l.into))
            .map(String::as_str)
    }
}

impl PluginFormat for FileFormat {
    fn info(&self) -> &'static FormatInfo {
        self.info
    }

    fn is_heading(&self, line: &str) -> bool {
        let file = &self.file;
        let under = file.fields.iter().flat_map(|f| f.find.iter().map(|p| &p.under));
        let phrases = under
            .chain(file.tables.iter().map(|t| &t.under))
            .chain(file.lists.iter().flat_map(|l| [&l.under, &l.each]))
            .chain(file.sections.iter().map(|s| &s.heading));
        is_any(line, phrases.flatten())
    }

    fn own(&self) -> Own {
        self.own
    }

    fn read(&self, doc: &Document, draft: &mut Draft) {
        match settled(&doc.outline).filter(|_| doc.layer.kind != LayerKind::PlainText) {
            Some(outline) => read::read(self, &Document { outline, ..doc.clone() }, draft),
            None => read::read(self, doc, draft),
        }
    }
}

/// Formats live as long as the program, like those of plugins.
fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn manifest_of(file: &FormatFile) -> FormatManifest {
    let mut gaps = vec![format!("tested on: {}", file.tested_on)];
    gaps.extend(file.known_gaps.iter().cloned());
    let editions = file.editions.iter().map(|e| EditionManifest {
        id: e.id.clone(),
        years: e.years.clone(),
        note: e.note.clone(),
    });
    let anchors = file.anchors.iter().map(|a| AnchorManifest {
        phrases: a.phrases.to_vec(),
        place: a.place,
        weight: a.weight,
    });
    FormatManifest {
        id: file.id.clone(),
        title: file.title.clone(),
        regulator: file.regulator.clone(),
        editions: editions.collect(),
        known_gaps: gaps,
        anchors: anchors.collect(),
        promises: Vec::new(),
        checks: Vec::new(),
    }
}

/// Pointers for which a promise of a value makes no sense: single judgements (see `judgements` of a promise), and a type, which is
/// never null.
const NOT_PROMISED: &[&str] = &["/judgements", "/inspection/type"];

/// The required fields and lists.
fn required(file: &FormatFile) -> Vec<Promised> {
    let fields = file
        .fields
        .iter()
        .filter(|f| f.presence == Presence::Required && !NOT_PROMISED.contains(&f.pointer.as_str()));
    let fields = fields.map(|f| match f.pointer.as_str() {
        "/inspection" => Promised::Value("/inspection/start"),
        pointer => Promised::Value(leak(pointer)),
    });
    let lists = file.lists.iter().filter(|l| l.presence == Presence::Required);
    fields.chain(lists.map(|l| Promised::Value(leak(&l.into)))).collect()
}

/// What every edition promises: its required fields, and what the file lists.
fn own(file: &FormatFile) -> Own {
    let ids: Vec<&str> = match file.editions.as_slice() {
        [] => vec!["1"],
        all => all.iter().map(|e| e.id.as_str()).collect(),
    };
    let required = required(file);
    let edition = |id: &str| {
        let said = file.promises.iter().filter(|p| p.edition.as_deref().is_none_or(|e| e == id));
        let mut all = required.clone();
        for promise in said.clone() {
            let list: Vec<&'static str> = promise.judgements.iter().map(|a| leak(a)).collect();
            let values = promise.values.iter().map(|v| Promised::Value(leak(v)));
            all.extend(values);
            all.extend(promise.at_least.iter().map(|(p, n)| Promised::AtLeast(leak(p), *n)));
            all.extend(promise.sections.iter().map(|s| Promised::Section(leak(s))));
            all.extend((!list.is_empty()).then(|| Promised::Judgements(Box::leak(list.into_boxed_slice()))));
        }
        let mut once = Vec::new();
        all.into_iter().for_each(|p| {
            if !once.contains(&p) {
                once.push(p)
            }
        });
        let promises: &'static [Promised] = Box::leak(once.into_boxed_slice());
        promises::Edition {
            format: leak(&file.id),
            edition: leak(id),
            seen: said.map(|p| p.seen).max().unwrap_or(0),
            promises: Box::leak(vec![promises].into_boxed_slice()),
        }
    };
    let editions: Vec<promises::Edition> = ids.into_iter().map(edition).collect();
    // The checks that apply to any regulator's reports run without being named.
    let made_anyway = |check: &Check| checks::foreign().any(|c| c.name == check.name);
    let named = checks::all().filter(|c| file.checks.iter().any(|n| n == c.name));
    let checks: Vec<Check> = named.filter(|c| !made_anyway(c)).copied().collect();
    Own { promises: Box::leak(editions.into_boxed_slice()), checks: Box::leak(checks.into_boxed_slice()) }
}

/// The codes of its records that are not published ones.
fn codes(file: &FormatFile) -> Vec<CodeManifest> {
    let code = |list: &str, code: &str, meaning: &str| CodeManifest {
        list: list.into(),
        code: code.into(),
        meaning: meaning.into(),
    };
    let title = &file.title;
    let mut all = vec![
        code("diagnostics", "value-not-read", "Words stand where a value should, and are none of its type"),
        code(
            "diagnostics",
            "readings-disagree",
            "Two places that a format's file names give different values",
        ),
        code(
            "diagnostics",
            "edition-not-read",
            "The document has the phrases of no edition of the format's file",
        ),
        code("judgement-areas", "other", "What a row judges that stands under no group"),
        code("addressees", "provider", "The inspected"),
    ];
    let kind = file.always.provider_kind.as_deref().unwrap_or("other");
    all.push(code("provider-kinds", kind, title));
    all.extend(file.always.framework.as_ref().map(|f| code("frameworks", f, title)));
    all.extend(file.always.inspection_type.as_ref().map(|t| code("inspection-types", t, title)));
    for field in &file.fields {
        let list = file.codes.get(field.codes.as_deref().unwrap_or_default());
        if field.pointer == "/inspection/type" {
            all.extend(
                list.iter().flat_map(|l| &l.values).map(|c| code("inspection-types", &c.code, &c.meaning)),
            );
        }
        all.extend(field.area.iter().map(|a| code("judgement-areas", a, title)));
    }
    for list in file.codes.values() {
        let Some(scale) = &list.scale else { continue };
        all.push(code("scales", scale, title));
        all.extend(list.values.iter().map(|c| code("grades", &c.code, &c.meaning)));
    }
    for groups in file.tables.iter().filter_map(|t| t.groups.as_ref()).filter(|g| g.to == "area") {
        let values = file.codes.get(&groups.codes).into_iter().flat_map(|l| &l.values);
        all.extend(values.map(|c| code("judgement-areas", &c.code, &c.meaning)));
    }
    all.extend(
        file.lists.iter().filter_map(|l| l.kind.as_ref()).map(|k| code("improvement-kinds", k, title)),
    );
    all.extend(file.sections.iter().filter_map(|s| s.kind.as_ref()).map(|k| code("section-kinds", k, title)));
    all
}
