//! Turns a panic of one page into a failure, so that it does not stop the batch.

use crate::page::{Failure, FailureKind};
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};

thread_local! {
    /// Whether this thread is inside [`guard`].
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// Where the last panic inside [`guard`] happened.
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work` and turns a panic into a failure with its message and, after [`install_panic_hook`], its place in the
/// code.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    let outer = GUARDED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.unwrap_or_else(|panic| {
        let message = match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
            (Some(text), _) => text,
            (_, Some(text)) => text.as_str(),
            _ => "no message",
        };
        let place = PLACE.take().map(|place| format!(" ({place})")).unwrap_or_default();
        Err(Failure::new(
            FailureKind::Panic,
            format_args!("bug in copydesk, please report it with the page: {message}{place}"),
        ))
    })
}

/// Keeps panics inside the guard of a page off stderr, where they would garble the progress bar, and notes their place
/// for the record of the page. All other panics are fatal and are reported as before.
pub fn install_panic_hook() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        if GUARDED.get() {
            PLACE.set(panic.location().map(ToString::to_string));
        } else {
            report(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::in_order;
    use std::sync::Mutex;

    /// What reached the hook that was set before [`install_panic_hook`].
    static REPORTED: Mutex<Vec<String>> = Mutex::new(Vec::new());

    fn reported(message: &str) -> bool {
        REPORTED.lock().unwrap().iter().any(|report| report.contains(message))
    }

    /// One test, since a process has one hook.
    #[test]
    fn panics_are_failures_inside_and_reported_outside() {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            REPORTED.lock().unwrap().push(panic.to_string());
            report(panic);
        }));
        install_panic_hook();

        let line = line!() + 1;
        let failure = guard::<()>(|| panic!("at block {}", 7)).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Panic);
        let place = format!("at block 7 ({}:{line}:", file!());
        assert!(failure.message.contains(&place), "{} without {place}", failure.message);
        assert!(!reported("at block 7"));
        assert_eq!(guard(|| Ok(1)), Ok(1));

        let inner = guard::<()>(|| {
            let failed = guard::<()>(|| panic!("an inner one")).is_err();
            panic!("an outer one after {failed}")
        });
        assert!(inner.is_err_and(|failure| failure.message.contains("an outer one after true")));
        assert!(!reported("an outer one"));

        panic::catch_unwind(|| panic!("after a guard")).unwrap_err();
        assert!(reported("after a guard"));
        let run = |source_fails: bool, sink_fails: bool| {
            let items = (0..1000).inspect(|&n| assert!(!source_fails || n < 5, "no item {n}"));
            let sink = |n| {
                assert!(!sink_fails || n < 3, "no room for {n}");
                Ok::<_, ()>(())
            };
            panic::catch_unwind(AssertUnwindSafe(|| in_order(items, 2, || |n: i32| n, sink)))
        };
        assert!(run(true, false).is_err() && reported("no item 5"));
        assert!(run(false, true).is_err() && reported("no room for 3"));
    }
}
