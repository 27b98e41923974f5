//! Work on several threads, with results in order.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::thread;

/// Applies `work` to all items on `jobs` threads and passes the results to `take` in the items' order, each as soon as
/// it and all before it are ready. Only a few items per thread are in progress at a time, so memory does not grow with
/// the number of items. `take` may stop early.
pub(crate) fn in_order<T: Send, R: Send>(
    jobs: usize,
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<()>,
) {
    let (queue, tasks) = channel::<(T, SyncSender<R>)>();
    let tasks = Mutex::new(tasks);
    let broken_off = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some((item, reply)) = next(&tasks) {
                    if !broken_off.load(Ordering::Relaxed) {
                        // If `take` has stopped, nobody receives the result.
                        let _ = reply.send(work(item));
                    }
                }
            });
        }
        let mut items = items.into_iter();
        let mut under_way: VecDeque<Receiver<R>> = VecDeque::new();
        loop {
            for item in items.by_ref().take(jobs * AHEAD - under_way.len()) {
                let (reply, result) = sync_channel(1);
                under_way.push_back(result);
                queue.send((item, reply)).expect("the receiver outlives the loop");
            }
            let Some(result) = under_way.pop_front().and_then(|first| first.recv().ok()) else { break };
            if take(result).is_break() {
                broken_off.store(true, Ordering::Relaxed);
                break;
            }
        }
        drop(queue);
    });
}

/// How many items per thread may be in progress.
const AHEAD: usize = 4;

fn next<M>(tasks: &Mutex<Receiver<M>>) -> Option<M> {
    tasks.lock().ok()?.recv().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let mut seen = Vec::new();
        let slow_first = |n: u64| {
            thread::sleep(std::time::Duration::from_millis(if n.is_multiple_of(5) { 20 } else { 0 }));
            n
        };
        in_order(3, 0..40, slow_first, |n| {
            seen.push(n);
            ControlFlow::Continue(())
        });
        assert_eq!(seen, (0..40).collect::<Vec<_>>());
    }

    #[test]
    fn a_taker_may_break_off() {
        let mut seen = 0;
        in_order(
            2,
            0..1000,
            |n| n,
            |_| {
                seen += 1;
                if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(seen, 3);
    }
}
