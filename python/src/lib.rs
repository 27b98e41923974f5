//! The Rust part of the Python package `findings`.
//!
//! Records are passed as JSON, byte for byte as the command prints them, tables as Arrow streams. Everything else
//! (records as Python objects, exceptions, notebooks) is written in Python.

// Documents are refused with errors, not panics.
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
    use super::tables::{Table, Tables, head_of, table_names, tables_of};

    /// Runs the `findings` command with these arguments, the program's name first, and returns its exit code.
    #[pyfunction]
    fn main(py: Python<'_>, args: Vec<OsString>) -> u8 {
        py.detach(|| {
            let code = findings_cli::run_with(args);
            // Needed because Rust flushes stdout only at the end of a Rust program.
            let _ = stdout().flush();
            code
        })
    }

    /// Sets how workers are started: a program, and the arguments that make it act as the `findings` command.
    #[pyfunction]
    fn start_workers_with(program: PathBuf, args: Vec<OsString>) {
        library::start_workers_with(Launcher {
            program,
            args,
            // Where Python finds its own shared library, if it is not linked statically.
            keep: &["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"],
            // With any other locale, Python would map all of the system's locales into the worker's limited memory.
            env: &[("LC_ALL", "C")],
        });
    }

    /// The schemas and code lists that records are validated against.
    #[pyclass(frozen, name = "Rules")]
    struct PyRules(Rules);

    #[pymethods]
    impl PyRules {
        #[new]
        fn new(py: Python<'_>, options: Vec<OsString>, strict: bool) -> PyResult<Self> {
            let rules = py.detach(|| Settings::of_options(options)?.rules(strict));
            rules.map(Self).map_err(refused)
        }

        /// The problems of a record: pointer, what was expected, what was found.
        fn problems(&self, py: Python<'_>, record: PyBackedBytes) -> PyResult<Vec<(String, String, String)>> {
            let problems = py.detach(|| parse(&record).map(|record| self.0.problems(&record)))?;
            Ok(problems.into_iter().map(|p| (p.pointer, p.expected, p.found)).collect())
        }
    }

    /// The doubts of a record, as JSON.
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

    /// The available formats, as JSON.
    #[pyfunction]
    fn formats(py: Python<'_>, options: Vec<OsString>) -> PyResult<String> {
        let formats = py.detach(|| Settings::of_options(options)?.formats());
        formats.map(|f| f.to_string()).map_err(refused)
    }

    /// An HTML page that shows a record beside its document.
    #[pyfunction]
    fn page(py: Python<'_>, record: PyBackedBytes, document: PyBackedBytes) -> PyResult<String> {
        let record = parse(&record)?;
        py.detach(|| library::page(&record, &document)).map_err(refused)
    }

    fn refused(error: library::Error) -> PyErr {
        PyValueError::new_err(error.to_string())
    }

    fn parse(json: &[u8]) -> PyResult<Value> {
        serde_json::from_slice(json)
            .map_err(|e| PyValueError::new_err(format!("this is not valid JSON: {e}")))
    }
}
