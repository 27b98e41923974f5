//! Reads documents while other Python threads run.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use findings_cli::library::{self, Error, Input, Next, Outcome, Settings};
use findings_tables::dataset::Dataset;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

use crate::tables::Tables;

/// The longest time before Ctrl-C is noticed.
const PATIENCE: Duration = Duration::from_millis(100);

/// A document to read.
#[derive(FromPyObject)]
enum Given {
    /// A name and the document's bytes.
    Bytes((String, PyBackedBytes)),
    /// A file; if names are expanded, also a folder or a glob pattern.
    Path(PathBuf),
}

impl Given {
    /// The inputs that it names, and the names of those left out.
    fn inputs(&self, expand: bool) -> (Vec<Input>, Vec<String>) {
        match self {
            Self::Bytes((name, bytes)) => (vec![Input::in_memory(name, &bytes[..])], Vec::new()),
            Self::Path(path) if expand => Input::named(path.as_os_str()),
            Self::Path(path) => (vec![Input::of_file(path)], Vec::new()),
        }
    }
}

/// The documents that a path refers to.
#[pyfunction]
pub(crate) fn documents(path: PathBuf) -> Vec<PathBuf> {
    let name = |input: Input| input.path().map_or_else(|| PathBuf::from(&input.name), PathBuf::from);
    Input::named(path.as_os_str()).0.into_iter().map(name).collect()
}

/// A run over documents: an iterator of outcomes as JSON, in order. Documents are read a few ahead of the iterator.
#[pyclass(frozen)]
pub(crate) struct Run {
    run: library::Run,
    /// macOS companion files, which are not read.
    #[pyo3(get)]
    left_out: Vec<String>,
}

#[pymethods]
impl Run {
    #[new]
    fn new(py: Python<'_>, given: Vec<Given>, options: Vec<OsString>, expand: bool) -> PyResult<Self> {
        let run = py.detach(|| {
            let settings = Settings::of_options(options)?;
            let (inputs, left_out): (Vec<_>, Vec<_>) = given.iter().map(|g| g.inputs(expand)).unzip();
            let run = library::Run::start(inputs.into_iter().flatten(), &settings)?;
            Ok(Self { run, left_out: left_out.concat() })
        });
        run.map_err(|e: Error| PyValueError::new_err(e.to_string()))
    }

    /// Messages about plugins that are not used, with the reason.
    #[getter]
    fn refused(&self) -> Vec<String> {
        self.run.refused.clone()
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyBytes>>> {
        Ok(self.next(py)?.map(|outcome| PyBytes::new(py, &outcome.json)))
    }

    /// Reads the rest of the run into tables; `only` selects tables by name.
    #[pyo3(signature = (only=None))]
    fn tables(&self, py: Python<'_>, only: Option<Vec<String>>) -> PyResult<Tables> {
        let mut dataset = Dataset::new(self.run.schemas.clone());
        if let Some(names) = only {
            dataset = dataset.only(names);
        }
        while let Some(outcome) = self.next(py)? {
            let pushed =
                py.detach(|| serde_json::from_slice(&outcome.json).map(|value| dataset.push(&value)));
            pushed.map_err(broken)?;
        }
        Ok(Tables::of(dataset.finish()))
    }
}

fn broken(error: impl std::error::Error) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

impl Run {
    /// The next outcome. Meanwhile other Python threads and signal handlers can run.
    fn next(&self, py: Python<'_>) -> PyResult<Option<Outcome>> {
        loop {
            py.check_signals()?;
            match py.detach(|| self.run.next_within(PATIENCE)).map_err(broken)? {
                Next::Outcome(outcome) => return Ok(Some(outcome)),
                Next::Waiting => {}
                Next::Done => return Ok(None),
            }
        }
    }
}
