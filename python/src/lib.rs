//! findings for Python: what the package `findings` asks of Rust.
//!
//! Records cross as JSON, byte for byte as the command prints them, tables as streams of Arrow. Everything else (what a
//! record looks like to a program, exceptions, notebooks) is Python.

// A panic is no way to refuse a document.
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod run;
mod tables;

use pyo3::prelude::*;

/// The extension module.
#[pymodule]
mod _findings {
    use std::ffi::OsString;
    use std::io::{Write, stdout};
    use std::path::PathBuf;

    use findings_cli::library::{self, Launcher, Rules, Settings};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;
    use pyo3::pybacked::PyBackedBytes;
    use serde_json::Value;

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python’s name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
    #[pymodule_export]
    use super::run::{Run, documents};
    #[pymodule_export]
    use super::tables::{Table, Tables, head_of, tables_of};

    /// The `findings` command: its arguments, the program's name first; its exit code.
    #[pyfunction]
    fn main(py: Python<'_>, args: Vec<OsString>) -> u8 {
        py.detach(|| {
            let code = findings_cli::run_with(args);
            // Nobody does it at the end of a process that is not Rust's.
            let _ = stdout().flush();
            code
        })
    }

    /// How workers are started: a program, and the arguments that make it the `findings` command.
    #[pyfunction]
    fn start_workers_with(program: PathBuf, args: Vec<OsString>) {
        library::start_workers_with(Launcher {
            program,
            args,
            // Where a Python finds its own shared library, if it is not built in.
            keep: &["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"],
            // With a locale of its own Python would map all of the system's into the worker's small memory.
            env: &[("LC_ALL", "C")],
        });
    }

    /// What records are held against.
    #[pyclass(frozen, name = "Rules")]
    struct PyRules(Rules);

    #[pymethods]
    impl PyRules {
        #[new]
        fn new(py: Python<'_>, options: Vec<OsString>, strict: bool) -> PyResult<Self> {
            let rules = py.detach(|| Settings::of_options(options)?.rules(strict));
            rules.map(Self).map_err(refused)
        }

        /// Where, what was expected, what is there.
        fn problems(&self, py: Python<'_>, record: PyBackedBytes) -> PyResult<Vec<(String, String, String)>> {
            let problems = py.detach(|| parse(&record).map(|record| self.0.problems(&record)))?;
            Ok(problems.into_iter().map(|p| (p.pointer, p.expected, p.found)).collect())
        }
    }

    /// What is in doubt in a record, as JSON.
    #[pyfunction]
    fn doubts(record: PyBackedBytes) -> PyResult<String> {
        Ok(serde_json::json!(findings_core::doubts_of_json(&parse(&record)?)).to_string())
    }

    /// The names of the schemas.
    #[pyfunction]
    fn schema_names() -> Vec<&'static str> {
        library::schemas().map(|s| s.name).collect()
    }

    /// A schema by its name or its `$id`, as JSON.
    #[pyfunction]
    fn schema(name: &str) -> Option<String> {
        library::schemas().find(|s| s.name == name || s.id == name).map(|s| s.schema().to_string())
    }

    /// The formats that are read, as JSON.
    #[pyfunction]
    fn formats(py: Python<'_>, options: Vec<OsString>) -> PyResult<String> {
        let formats = py.detach(|| Settings::of_options(options)?.formats());
        formats.map(|f| f.to_string()).map_err(refused)
    }

    /// A page of HTML with a record beside its document.
    #[pyfunction]
    fn page(py: Python<'_>, record: PyBackedBytes, document: PyBackedBytes) -> PyResult<String> {
        let record = parse(&record)?;
        py.detach(|| library::page(&record, &document)).map_err(refused)
    }

    fn refused(error: library::Error) -> PyErr {
        PyValueError::new_err(error.to_string())
    }

    fn parse(json: &[u8]) -> PyResult<Value> {
        serde_json::from_slice(json).map_err(|e| PyValueError::new_err(format!("this is no JSON: {e}")))
    }
}
