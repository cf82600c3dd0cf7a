//! Checks that our trees are the standard's, by html5lib's tests, html5ever and `scraper`.

#![allow(clippy::print_stdout, clippy::string_slice, reason = "tests say what they skipped, and cut where they know")]

mod corpus;
mod differential;
mod html5lib;
mod oracle;
mod outline;
mod plain_arena;
mod scraper_tree;
mod speed;
