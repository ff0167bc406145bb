//! Any bytes are a mail: read without a panic, with parts that are the whole text and names that are safe.
#![no_main]

use hypercare_mail::{Limits, attachment_content, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mail) = read(bytes, &Limits { bytes: 1 << 20, ..Limits::default() }) else { return };
    let whole: Vec<&str> = mail.parts.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(whole.join("\n"), mail.text.replace("\r\n", "\n").replace('\r', "\n"));
    assert!(!mail.text.contains('\0'));
    for attachment in &mail.attachments {
        assert!(!attachment.filename.is_empty() && !attachment.filename.contains(['/', '\\', '\0', '\n']) && attachment.filename != "..");
        assert_eq!(attachment_content(bytes, attachment.part).map(|content| content.len()), Some(attachment.size));
    }
});
