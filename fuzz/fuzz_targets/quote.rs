//! Any text has parts that are the text, and its own part is found again in itself.
#![no_main]

use hypercare_mail::visible::{parts, visible_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let whole: Vec<String> = parts(text).into_iter().map(|part| part.text).collect();
    assert_eq!(whole.join("\n"), text.replace("\r\n", "\n").replace('\r', "\n"));
    assert!(visible_text(text).len() <= text.len());
});
