//! Time as it is spent, not as it passes: on a busy machine others must not count.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The time this thread was on a processor, where the system says; it steps by milliseconds.
pub(crate) fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split(' ').next().and_then(|told| told.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
