//! Any HTML is cleaned of all that does something, also when it is read again, and becomes text.
#![no_main]

use hypercare_mail::html::{RemoteImages, active, safe, to_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|html: &str| {
    let found = safe(html, RemoteImages::Blocked, |id| Some(format!("/i/{}", id.len())));
    assert_eq!(active(&found.html), Vec::<String>::new(), "{}", found.html);
    let again = safe(&found.html, RemoteImages::Shown, |_| None);
    assert_eq!(active(&again.html), Vec::<String>::new(), "{}", again.html);
    assert_eq!(again.blocked_images, 0);
    let _ = to_text(html);
});
