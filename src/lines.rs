//! Flattened text: lines, leftover tags and entities, one-line pages.
