//! The parent's side of a worker that is given many requests.

use std::io::{self, BufReader, Write};
use std::process::{Child, ChildStdin, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use findings_core::runner::{RunError, RunLimits, Session};
use findings_host::wire;

use super::{Reaped, failure, has_exited, tail};

type Message = (u8, Vec<u8>);

/// Starts a process from a thread that lives as long as this process. On Linux a child is killed when the thread that
/// started it ends, and a document's thread may end before the worker is done.
pub(super) fn spawn(command: Command) -> io::Result<Child> {
    type Order = (Command, Sender<io::Result<Child>>);
    static STARTER: LazyLock<Mutex<Sender<Order>>> = LazyLock::new(|| {
        let (orders, taken) = channel::<Order>();
        thread::spawn(move || {
            for (mut command, reply) in taken {
                let _ = reply.send(command.spawn());
            }
        });
        Mutex::new(orders)
    });
    let (reply, started) = channel();
    let gone = || io::Error::other("the thread that starts workers is gone");
    let orders = STARTER.lock().unwrap_or_else(PoisonError::into_inner);
    orders.send((command, reply)).map_err(|_| gone())?;
    drop(orders);
    started.recv().map_err(|_| gone())?
}

/// A worker process, and the threads that serve its pipes. The threads end when the pipes close, that is, with the
/// child.
#[derive(Debug)]
pub(super) struct ProcessSession {
    child: Reaped,
    limits: RunLimits,
    requests: Sender<Message>,
    answers: Receiver<io::Result<Message>>,
    last_words: Receiver<String>,
}

impl ProcessSession {
    pub(super) fn start(mut child: Child, limits: RunLimits) -> Result<Self, RunError> {
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let child = Reaped(child);
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(RunError::Spawn("it has no pipes".into()));
        };
        let (requests, to_send) = channel();
        let (received, answers) = channel();
        let (said, last_words) = channel();
        thread::spawn(move || serve(stdin, &to_send));
        thread::spawn(move || {
            let mut from = BufReader::new(stdout);
            loop {
                let message = wire::read(&mut from, limits.output).transpose();
                let ends = !matches!(message, Some(Ok(_)));
                let message = message.unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()));
                if received.send(message).is_err() || ends {
                    break;
                }
            }
        });
        thread::spawn(move || said.send(tail(stderr)));
        Ok(Self { child, limits, requests, answers, last_words })
    }

    /// Why the worker gave no answer. Kills it, unless it has exited.
    fn cause(&mut self) -> RunError {
        // The pipes close a moment before the process exits.
        has_exited(&mut self.child.0, Instant::now() + Duration::from_millis(500));
        match self.child.end() {
            Ok(status) if status.success() => RunError::Crashed {
                status: "exit code 0 in the middle of its work".into(),
                message: String::new(),
            },
            Ok(status) => {
                let words = self.last_words.recv_timeout(Duration::from_millis(500)).unwrap_or_default();
                failure(status, words, self.limits)
            }
            Err(e) => RunError::Spawn(e.to_string()),
        }
    }
}

impl Session for ProcessSession {
    fn send(&mut self, kind: u8, message: Vec<u8>) {
        // If the thread is gone, no answer will come either.
        let _ = self.requests.send((kind, message));
    }

    fn receive(&mut self, time: Duration) -> Result<Message, RunError> {
        match self.answers.recv_timeout(time) {
            Ok(Ok(message)) => Ok(message),
            Ok(Err(e)) if e.kind() == io::ErrorKind::FileTooLarge => {
                Err(RunError::OutputTooLarge(self.limits.output))
            }
            Err(RecvTimeoutError::Timeout) => Err(RunError::TimedOut(time)),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(self.cause()),
        }
    }
}

fn serve(mut to: ChildStdin, requests: &Receiver<Message>) -> io::Result<()> {
    while let Ok((kind, message)) = requests.recv() {
        wire::write(&mut to, kind, &[&message])?;
        to.flush()?;
    }
    Ok(())
}
