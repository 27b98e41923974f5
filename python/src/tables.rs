//! Tables as Arrow streams, which pandas, polars, DuckDB and pyarrow can read.

use std::collections::HashMap;
use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator,
    RecordBatchOptions, StringArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use findings_cli::library::Head;
use findings_tables::catalogue::TABLES;
use findings_tables::cell::Cell;
use findings_tables::dataset::{self, Dataset, Table as Rows};
use findings_tables::spec::{Column, Kind};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyCapsule;

/// Rows per batch.
const BATCH: usize = 8192;
/// The capsule names of Arrow's PyCapsule interface.
const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// The tables of a run.
#[pyclass(frozen)]
pub(crate) struct Tables(Arc<dataset::Tables>);

impl Tables {
    pub(crate) fn of(tables: dataset::Tables) -> Self {
        Self(Arc::new(tables))
    }
}

/// The names of the tables that every scan has. Plugins add others, whose names contain an underscore.
#[pyfunction]
pub(crate) fn table_names() -> Vec<&'static str> {
    TABLES.iter().map(|(name, _)| *name).collect()
}

/// Builds the named tables from outcomes as JSON.
#[pyfunction]
pub(crate) fn tables_of(lines: Vec<PyBackedBytes>, only: Vec<String>) -> PyResult<Tables> {
    let mut dataset = Dataset::default().only(only);
    for line in &lines {
        dataset.push(&serde_json::from_slice(line).map_err(|e| PyValueError::new_err(e.to_string()))?);
    }
    Ok(Tables::of(dataset.finish()))
}

/// The document's source in an outcome as JSON and, if there is no record, the code of its error.
///
/// The rest is skipped; Python's `json` would build objects for all of it.
#[pyfunction]
pub(crate) fn head_of(py: Python<'_>, line: PyBackedBytes) -> PyResult<(String, Option<String>)> {
    let head: Result<Head, _> = py.detach(|| serde_json::from_slice(&line));
    let head = head.map_err(|e| PyValueError::new_err(e.to_string()))?;
    Ok((head.document.source, head.error.map(|e| e.code)))
}

#[pymethods]
impl Tables {
    /// The names of the tables, `reports` first.
    fn names(&self) -> Vec<String> {
        self.0.names().map(str::to_owned).collect()
    }

    /// A table by its name.
    fn table(&self, name: &str) -> PyResult<Table> {
        let at = self.0.names().position(|known| known == name);
        let at = at.ok_or_else(|| {
            let names: Vec<&str> = self.0.names().collect();
            PyKeyError::new_err(format!("there is no table {name}; the tables are {}", names.join(", ")))
        })?;
        Ok(Table { tables: self.0.clone(), at })
    }
}

/// A table of a run.
#[pyclass(frozen)]
pub(crate) struct Table {
    tables: Arc<dataset::Tables>,
    at: usize,
}

impl Table {
    fn rows(&self) -> &Rows {
        &self.tables.all()[self.at]
    }
}

#[pymethods]
impl Table {
    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.rows().spec.name
    }

    /// What a row represents.
    #[getter]
    fn description(&self) -> &str {
        &self.rows().spec.description
    }

    /// Its columns with their descriptions.
    #[getter]
    fn columns(&self) -> Vec<(&str, &str)> {
        self.rows().spec.columns.iter().map(|c| (c.name.as_ref(), c.description.as_ref())).collect()
    }

    fn __repr__(&self) -> String {
        let Rows { spec, rows } = self.rows();
        format!("<Table {}: {} rows of {} columns>", spec.name, rows.len(), spec.columns.len())
    }

    fn __len__(&self) -> usize {
        self.rows().rows.len()
    }

    /// Its Arrow schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&schema(self.rows())).map_err(failed)?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }

    /// Its rows as an Arrow stream, whose batches are built on demand. A requested schema is ignored, as the
    /// interface permits.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let schema: SchemaRef = Arc::new(schema(self.rows()));
        let (tables, at, of) = (self.tables.clone(), self.at, schema.clone());
        let starts = (0..self.rows().rows.len()).step_by(BATCH);
        let batches = starts.map(move |start| batch(&tables.all()[at], start, of.clone()));
        let reader = RecordBatchIterator::new(batches, schema);
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
    }
}

fn failed(e: ArrowError) -> PyErr {
    PyValueError::new_err(e.to_string())
}

fn schema(table: &Rows) -> Schema {
    let describe = |words: &str| HashMap::from([("description".to_owned(), words.to_owned())]);
    let field = |c: &Column| {
        Field::new(c.name.as_ref(), data_type(c.kind), true).with_metadata(describe(&c.description))
    };
    let fields: Vec<Field> = table.spec.columns.iter().map(field).collect();
    Schema::new_with_metadata(fields, describe(&table.spec.description))
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Integer => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
        Kind::Date => DataType::Date32,
    }
}

/// The batch of rows that begins at `start`.
fn batch(table: &Rows, start: usize, schema: SchemaRef) -> Result<RecordBatch, ArrowError> {
    let rows = table.rows.get(start..).unwrap_or_default();
    let rows = &rows[..rows.len().min(BATCH)];
    let columns = table.spec.columns.iter().enumerate();
    let arrays =
        columns.map(|(i, c)| array(c.kind, rows.iter().map(|row| row.get(i).unwrap_or(&Cell::Null))));
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    RecordBatch::try_new_with_options(schema, arrays.collect(), &options)
}

fn array<'a>(kind: Kind, cells: impl Iterator<Item = &'a Cell>) -> ArrayRef {
    macro_rules! array_of {
        ($array:ty, $pattern:pat => $value:expr) => {
            Arc::new(
                cells
                    .map(|cell| match cell {
                        $pattern => Some($value),
                        _ => None,
                    })
                    .collect::<$array>(),
            )
        };
    }
    match kind {
        Kind::Text => array_of!(StringArray, Cell::Text(text) => text.as_str()),
        Kind::Integer => array_of!(Int64Array, Cell::Integer(n) => *n),
        Kind::Number => array_of!(Float64Array, Cell::Number(n) => *n),
        Kind::Boolean => array_of!(BooleanArray, Cell::Boolean(b) => *b),
        Kind::Date => array_of!(Date32Array, Cell::Date(day) => day.days_since_1970()),
    }
}
