//! Hits and near misses of every notation.

use super::*;

#[test]
fn x() {}
