//! CPU time instead of wall-clock time, so that other load on the machine does not count.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// CPU time of this thread where the system reports it, in steps of milliseconds; wall-clock time elsewhere.
pub(crate) fn spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|text| text.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
