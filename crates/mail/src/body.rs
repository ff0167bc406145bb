//! The text of a part: its bytes by the character set it really has, and lines that a program broke put together again.

use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders};

/// The text of a part, and whether its character set was another one than it says.
pub(crate) fn text(mail: &Message<'_>, part: &MessagePart<'_>, decoded: &str) -> (String, bool) {
    let declared = part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or_default().to_ascii_lowercase();
    let one_byte = declared.starts_with("iso-8859-")
        || declared.starts_with("windows-125")
        || declared.is_empty()
        || declared == "us-ascii"
        || declared == "ascii";
    let suspicious = decoded.contains('\u{fffd}') || (one_byte && !decoded.is_ascii());
    if !suspicious {
        return (cleaned(decoded), false);
    }
    let Some(bytes) = bytes(mail, part).filter(|bytes| !bytes.is_ascii()) else { return (cleaned(decoded), false) };
    match std::str::from_utf8(&bytes) {
        // UTF-8 by chance is next to impossible; a program that says Latin-1 and writes UTF-8 is common.
        Ok(text) => (cleaned(text), text != decoded),
        // Nothing says what it is, or what says so is wrong throughout: one bad byte in a good text is no reason to doubt it.
        Err(_) if (one_byte || declared == "utf-8" || declared == "utf8") && lost(decoded) => match charset_decoder(b"windows-1252") {
            Some(decode) => (cleaned(&decode(&bytes)), true),
            None => (cleaned(decoded), true),
        },
        Err(_) => (cleaned(decoded), decoded.contains('\u{fffd}')),
    }
}

/// Whether more of the characters that are not plain ones were lost than kept.
fn lost(decoded: &str) -> bool {
    let (lost, kept) =
        decoded.chars().filter(|c| !c.is_ascii()).fold((0, 0), |(lost, kept), c| if c == '\u{fffd}' { (lost + 1, kept) } else { (lost, kept + 1) });
    lost > kept
}

/// The bytes of a part without its transfer encoding, as they were written: text in its own character set.
pub(crate) fn bytes(mail: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let raw = mail.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
}

/// Without what no database and no screen takes: NUL and other control characters.
pub(crate) fn cleaned(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect()
}

/// Text of `format=flowed` (RFC 3676) with its paragraphs whole: a line that ends with a space goes on in the next one of the same
/// quotation.
pub(crate) fn unflowed(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // Depth of the paragraph that is open.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.bytes().take_while(|b| *b == b'>').count();
        let mut content = &line[depth..];
        content = content.strip_prefix(' ').unwrap_or(content);
        let signature = content == "-- ";
        match open {
            Some(before) if before == depth && !signature => {}
            _ => {
                if open.is_some() || !out.is_empty() {
                    out.push('\n');
                }
                out.extend(std::iter::repeat_n('>', depth));
                if depth > 0 {
                    out.push(' ');
                }
            }
        }
        let flows = content.ends_with(' ') && !signature;
        out.push_str(if flows && delete_space { &content[..content.len() - 1] } else { content });
        open = flows.then_some(depth);
    }
    out
}
