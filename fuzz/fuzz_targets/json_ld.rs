//! Structured data, valid or broken.
#![no_main]

use copydesk::extract_str;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let page = format!(
        "<script type=\"application/ld+json\">{text}</script><h1>A title of some length</h1>\
         <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":{text}}}</script>"
    );
    let _ = extract_str(&page).expect("short enough");
});
