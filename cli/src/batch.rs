//! Processes items on several threads and delivers the results in the order of the items.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

/// Maximum number of results per thread ahead of the next one to write. Evens out pages of different size, and bounds
/// memory when one page takes long.
const MAX_AHEAD: usize = 8;

/// State shared by the threads.
struct Shared<I, R> {
    items: I,
    /// Number of items handed out.
    taken: usize,
    /// Number of results written.
    written: usize,
    /// Results that wait for their turn.
    waiting: BTreeMap<usize, R>,
    /// Whether no item is left, or no more results are wanted.
    over: bool,
    /// Number of threads that may still deliver a result.
    alive: usize,
}

/// Passes every item to one of `jobs` workers and every result to `sink`, in the order of the items.
///
/// At most `jobs × 8` results are held at a time, however long one item takes. `worker` is called once per thread to
/// make a worker, which may keep buffers. The first error of `sink` ends the work.
///
/// # Errors
/// The error of `sink`.
///
/// # Panics
/// If `items`, a worker or `sink` panics, or if the system gives not even one thread. Fewer than `jobs` are enough.
pub fn in_order<T, R, E, W>(
    items: impl Iterator<Item = T> + Send,
    jobs: usize,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    R: Send,
    W: FnMut(T) -> R,
{
    let jobs = jobs.max(1);
    let shared = Mutex::new(Shared { items, taken: 0, written: 0, waiting: BTreeMap::new(), over: false, alive: 0 });
    let (room, ready) = (Condvar::new(), Condvar::new());
    std::thread::scope(|scope| {
        let _end = OnDrop(|| {
            // If this thread panics, the others would wait forever for it to make room.
            lock(&shared).over = true;
            room.notify_all();
        });
        for number in 0..jobs {
            lock(&shared).alive += 1;
            let spawned = Builder::new().spawn_scoped(scope, || {
                let _leave = OnDrop(|| {
                    let mut state = lock(&shared);
                    state.alive -= 1;
                    if std::thread::panicking() {
                        // Its result will never come, so the other threads would wait forever.
                        state.over = true;
                        room.notify_all();
                    }
                    ready.notify_one();
                });
                let mut work = worker();
                loop {
                    let mut state = lock(&shared);
                    while !state.over && state.taken >= state.written + jobs * MAX_AHEAD {
                        state = room.wait(state).unwrap_or_else(PoisonError::into_inner);
                    }
                    if state.over {
                        return;
                    }
                    let Some(item) = state.items.next() else {
                        state.over = true;
                        room.notify_all();
                        return;
                    };
                    let index = state.taken;
                    state.taken += 1;
                    drop(state);
                    let result = work(item);
                    lock(&shared).waiting.insert(index, result);
                    ready.notify_one();
                }
            });
            if let Err(error) = spawned {
                assert!(number > 0, "no thread can be started: {error}");
                lock(&shared).alive -= 1;
                break;
            }
        }
        let mut state = lock(&shared);
        loop {
            let next = state.written;
            if let Some(result) = state.waiting.remove(&next) {
                drop(state);
                let done = sink(result);
                state = lock(&shared);
                state.written += 1;
                state.over |= done.is_err();
                room.notify_all();
                done?;
            } else if state.alive == 0 {
                return Ok(());
            } else {
                state = ready.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    })
}

/// A poisoned lock is safe to use: the counters are only ever changed together, under the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn order_is_kept() {
        let mut seen = Vec::new();
        let work = || {
            |n: u64| {
                // Later items take less time, so that results arrive out of order.
                std::thread::sleep(Duration::from_micros(500 - 5 * n));
                n
            }
        };
        in_order(0..100_u64, 4, work, |n| {
            seen.push(n);
            Ok::<_, ()>(())
        })
        .unwrap();
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn a_slow_item_holds_the_others_back() {
        let highest = AtomicUsize::new(0);
        let work = || {
            |n: usize| {
                highest.fetch_max(n, Ordering::Relaxed);
                if n == 0 {
                    std::thread::sleep(Duration::from_millis(100));
                    return highest.load(Ordering::Relaxed);
                }
                0
            }
        };
        let mut results = Vec::new();
        in_order(0..10_000, 3, work, |n| {
            results.push(n);
            Ok::<_, ()>(())
        })
        .unwrap();
        assert_eq!(results.len(), 10_000);
        assert!(results[0] <= 3 * MAX_AHEAD, "{} ran ahead", results[0]);
    }

    #[test]
    fn an_error_ends_it() {
        let taken = AtomicUsize::new(0);
        let work = || {
            |n: usize| {
                taken.fetch_add(1, Ordering::Relaxed);
                n
            }
        };
        let result = in_order(0.., 2, work, |n| if n == 5 { Err(n) } else { Ok(()) });
        assert_eq!(result, Err(5));
        assert!(taken.load(Ordering::Relaxed) <= 5 + 2 * MAX_AHEAD + 2);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_no_deadlock() {
        let work = || |n: usize| assert_ne!(n, 3);
        let _ = in_order(0..100, 2, work, |()| Ok::<_, ()>(()));
    }
}
