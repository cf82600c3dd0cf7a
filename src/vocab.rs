//! Loads `data/lang/*.txt`, matches them all in one pass.
