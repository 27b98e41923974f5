//! The line on which each part of a file is.

use std::collections::HashMap;
use std::sync::OnceLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The line of each table and value of a file, by path: `field/3/find/0`. Computed on first use, as no file claims most documents.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    text: String,
    found: OnceLock<HashMap<String, usize>>,
}

impl Lines {
    /// The lines of a TOML text; none if it is not TOML.
    pub(super) fn of(text: &str) -> Lines {
        Lines { text: text.to_owned(), found: OnceLock::new() }
    }

    fn found(&self) -> &HashMap<String, usize> {
        self.found.get_or_init(|| {
            let mut lines = HashMap::new();
            if let Ok(table) = DeTable::parse(&self.text) {
                visit(&self.text, table.get_ref(), "", &mut lines);
            }
            lines
        })
    }

    /// The line of a path, or of its nearest ancestor with a line; otherwise 1.
    pub fn of_path(&self, path: &str) -> usize {
        let mut at = path;
        loop {
            match self.found().get(at) {
                Some(line) => return *line,
                None if at.is_empty() => return 1,
                None => at = at.rsplit_once('/').map_or("", |(above, _)| above),
            }
        }
    }
}

fn visit(text: &str, table: &DeTable<'_>, path: &str, lines: &mut HashMap<String, usize>) {
    for (key, value) in table {
        let at =
            if path.is_empty() { key.get_ref().to_string() } else { format!("{path}/{}", key.get_ref()) };
        lines.insert(at.clone(), line_at(text, key.span().start));
        visit_value(text, value, &at, lines);
    }
}

fn visit_value(text: &str, value: &Spanned<DeValue<'_>>, at: &str, lines: &mut HashMap<String, usize>) {
    match value.get_ref() {
        DeValue::Table(table) => visit(text, table, at, lines),
        DeValue::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = format!("{at}/{index}");
                lines.insert(at.clone(), line_at(text, item.span().start));
                visit_value(text, item, &at, lines);
            }
        }
        _ => {}
    }
}

/// The line of a byte offset, counted from 1.
pub(super) fn line_at(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}
