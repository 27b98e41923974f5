//! One document from its bytes to its rendered outcome, with whatever goes wrong contained.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Once};
use std::thread;
use std::time::Duration;

use findings_core::pipeline::{ReadOptions, Reading, Trace, read};
use findings_core::record::{DocumentInfo, Error, ErrorCode, ErrorReport, Record};
use findings_core::source;

use crate::input::Input;
use crate::output::Format;

/// Reads documents, each on a thread of its own: deep recursion has room there, a panic ends there, and one
/// that hangs can be left behind.
pub(crate) struct Reader {
    options: Arc<ReadOptions>,
    format: Format,
    timeout: Duration,
    traced: bool,
}

/// What became of an input, ready to be written.
pub(crate) struct Finished {
    /// The input's name.
    pub(crate) name: String,
    /// Where it goes under `-o DIR`.
    pub(crate) relative: PathBuf,
    /// The record or the error report, rendered.
    pub(crate) rendered: Vec<u8>,
    /// The error, if it is one.
    pub(crate) error: Option<Error>,
    /// A line for the trace.
    pub(crate) trace: String,
}

/// Documents nest: forms in forms, fields in fields. The default of 2 MB is too small for the odd one.
const STACK: usize = 16 << 20;
const THREAD: &str = "reader";

impl Reader {
    /// A reader that renders in a form and gives up a document after a time.
    pub(crate) fn new(options: ReadOptions, format: Format, timeout: Duration, traced: bool) -> Self {
        quiet_panics();
        Self { options: Arc::new(options), format, timeout, traced }
    }

    /// Reads an input. Never fails and never panics: every input has an outcome.
    pub(crate) fn read(&self, input: Input) -> Finished {
        let (send, result) = sync_channel(1);
        let (options, format, traced, job) = (self.options.clone(), self.format, self.traced, input.clone());
        let work = move || {
            let done = panic::catch_unwind(AssertUnwindSafe(|| finish(&job, &options, format, traced)));
            // Nobody waits for it any more if the time is over.
            let _ = send.send(done.map_err(|payload| panicked(&*payload)));
        };
        let started = thread::Builder::new().name(THREAD.into()).stack_size(STACK).spawn(work);
        let error = match started.map(|_| result.recv_timeout(self.timeout)) {
            Ok(Ok(Ok(finished))) => return finished,
            Ok(Ok(Err(error))) => error,
            Ok(Err(RecvTimeoutError::Timeout)) => Error::new(
                ErrorCode::TimedOut,
                format!(
                    "reading took longer than {} s; give it more with --timeout, or report the document",
                    self.timeout.as_secs()
                ),
            ),
            Ok(Err(RecvTimeoutError::Disconnected)) => {
                Error::new(ErrorCode::Internal, "the reader went away")
            }
            Err(e) => {
                Error::new(ErrorCode::Internal, format!("no thread could be started ({e}); use fewer --jobs"))
            }
        };
        let document = DocumentInfo { source: input.name.clone(), ..DocumentInfo::default() };
        Finished::new(
            &input,
            Err(Box::new(ErrorReport { error, document })),
            &Trace::default(),
            format,
            traced,
        )
    }
}

fn finish(input: &Input, options: &ReadOptions, format: Format, traced: bool) -> Finished {
    let reading = match input.bytes(&options.limits) {
        Ok(bytes) => panic::catch_unwind(AssertUnwindSafe(|| read(&input.name, &bytes, options)))
            .unwrap_or_else(|payload| failed(source::describe(&input.name, &bytes), panicked(&*payload))),
        Err(error) => failed(DocumentInfo { source: input.name.clone(), ..DocumentInfo::default() }, error),
    };
    Finished::new(input, reading.outcome, &reading.trace, format, traced)
}

fn failed(document: DocumentInfo, error: Error) -> Reading {
    Reading { outcome: Err(Box::new(ErrorReport { error, document })), trace: Trace::default() }
}

impl Finished {
    fn new(
        input: &Input,
        outcome: Result<Record, Box<ErrorReport>>,
        trace: &Trace,
        format: Format,
        traced: bool,
    ) -> Self {
        let rendered = format.render(&outcome).unwrap_or_else(|e| {
            // Records are plain data: this is never seen, and would still be an outcome.
            format!("{{\"error\":{{\"code\":\"internal\",\"message\":\"{e}\"}}}}").into_bytes()
        });
        let trace = if traced { trace_line(&input.name, &outcome, trace) } else { String::new() };
        Self {
            name: input.name.clone(),
            relative: input.relative.clone(),
            rendered,
            error: outcome.err().map(|report| report.error),
            trace,
        }
    }
}

fn trace_line(name: &str, outcome: &Result<Record, Box<ErrorReport>>, trace: &Trace) -> String {
    let outcome = match outcome {
        Ok(record) => record.format.id.as_str(),
        Err(report) => report.error.code.as_str(),
    };
    serde_json::json!({ "source": name, "outcome": outcome, "stages": trace.stages }).to_string()
}

thread_local! {
    /// Where the last panic of this thread was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A reader's panic becomes a document's error; only others are printed.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() == Some(THREAD) {
                let place = info.location().map(ToString::to_string).unwrap_or_default();
                PLACE.with_borrow_mut(|p| *p = place);
            } else {
                usual(info);
            }
        }));
    });
}

fn panicked(payload: &(dyn Any + Send)) -> Error {
    let what = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    let place = PLACE.with_borrow(Clone::clone);
    Error::new(
        ErrorCode::Internal,
        format!(
            "a fault of findings ({what}, {place}); the other documents are not touched; please report it"
        ),
    )
}
