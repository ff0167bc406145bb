//! From bytes to a [`Mail`].

use crate::model::{Address, Attachment, Mail, TooLarge};
use crate::{automatic, body, bounce, html, ids, visible};
use jiff::Timestamp;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// What is accepted.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest mail, in bytes as it comes over the wire. An attachment of 25 MB has 34 there.
    pub bytes: usize,
    /// Most attachments that are kept; further ones are left out, which is said.
    pub attachments: usize,
    /// Longest text and longest HTML that are kept, in bytes each.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 40 << 20, attachments: 200, text: 4 << 20 }
    }
}

/// Reads a mail.
///
/// # Errors
///
/// When it is larger than accepted. Everything else that is wrong with it is among its defects.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Mail, TooLarge> {
    if bytes.len() > limits.bytes {
        return Err(TooLarge { limit: limits.bytes });
    }
    let mut defects = Vec::new();
    let mail = structure(bytes).unwrap_or_else(|why| {
        defects.push(why.to_owned());
        headers_only(bytes)
    });
    let (text, html) = if defects.is_empty() { bodies(&mail, limits, &mut defects) } else { (unread_body(bytes, limits), None) };
    let mut evidence = automatic::evidence(&mail);
    let circle = automatic::circle(&mail);
    let bounce = bounce::find(&mail, &text);
    let auto_generated = !evidence.is_empty() || bounce.is_some();
    let is_loop = !circle.is_empty();
    evidence.extend(circle);
    let message_id = mail.message_id().map(ids::clean).filter(|id| !id.is_empty());
    if message_id.is_none() {
        defects.push("It has no Message-ID.".to_owned());
    }
    let from = author(&mail);
    if from.as_ref().is_none_or(|from| from.address.is_empty()) {
        defects.push("It does not say who wrote it: no From with an address.".to_owned());
    }
    let date = mail.date().and_then(timestamp);
    if date.is_none() {
        defects.push("Its date is missing or cannot be read.".to_owned());
    }
    let parts = visible::parts(&text);
    Ok(Mail {
        in_reply_to: ids::all(mail.in_reply_to()),
        references: ids::all(mail.references()),
        from,
        reply_to: addresses(mail.reply_to()).into_iter().next(),
        to: mail.all_to().flat_map(|to| addresses(Some(to))).collect(),
        cc: mail.all_cc().flat_map(|cc| addresses(Some(cc))).collect(),
        delivered_to: delivered_to(&mail),
        subject: one_line(mail.subject().unwrap_or_default()),
        date,
        visible_text: visible::own_text(&parts),
        parts,
        attachments: attachments(&mail, limits, &mut defects),
        text,
        html,
        auto_generated,
        list: automatic::is_list(&mail),
        bounce,
        is_loop,
        evidence,
        defects,
        message_id,
    })
}

/// What is in an attachment, decoded; text in the character set in which it was written. Nothing if the mail has no such part.
pub fn attachment_content(bytes: &[u8], part: usize) -> Option<Vec<u8>> {
    let mail = structure(bytes).ok()?;
    Some(contents(&mail, mail.parts.get(part)?).into_owned())
}

fn contents<'m>(mail: &'m Message<'_>, part: &'m MessagePart<'_>) -> Cow<'m, [u8]> {
    match &part.body {
        PartType::Message(message) => message.raw_message().into(),
        PartType::Text(_) | PartType::Html(_) => body::bytes(mail, part).map_or_else(|| part.contents().into(), Cow::from),
        _ => part.contents().into(),
    }
}

/// Most parts of a mail, and deepest nesting of mails in mails. The parser goes through them on the stack, and through each more than
/// once: what a stranger can choose has a limit before it begins.
const PARTS: usize = 2_000;
const NESTED: usize = 60;

/// The mail's structure, or why it is not read.
fn structure(bytes: &[u8]) -> Result<Message<'_>, &'static str> {
    let (mut nested, mut multipart) = (0, false);
    for at in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at) {
        let before = |word: &[u8]| at.checked_sub(word.len()).is_some_and(|from| bytes[from..at].eq_ignore_ascii_case(word));
        let after = |word: &[u8]| bytes[at + 1..].get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
        multipart |= before(b"multipart");
        nested += usize::from((before(b"message") && (after(b"rfc822") || after(b"global"))) || (before(b"multipart") && after(b"digest")));
    }
    if nested > NESTED {
        return Err("It has mails within mails, more than are opened. Its beginning is shown as it came.");
    }
    if multipart && bytes.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"--")).count() > PARTS {
        return Err("It has more parts than are opened. Its beginning is shown as it came.");
    }
    MessageParser::default().parse(bytes).filter(|mail| !mail.parts.is_empty()).ok_or("It has no headers that can be read.")
}

/// Who wrote it, by `From`, else by `Sender`.
pub(crate) fn author(mail: &Message<'_>) -> Option<Address> {
    let with_address = |found| addresses(found).into_iter().find(|one| !one.address.is_empty());
    with_address(mail.from()).or_else(|| with_address(mail.sender())).or_else(|| addresses(mail.from()).into_iter().next())
}

pub(crate) fn headers_only(bytes: &[u8]) -> Message<'_> {
    let empty = || Message { parts: vec![MessagePart::default()], ..Message::default() };
    MessageParser::default().parse_headers(bytes).filter(|mail| !mail.parts.is_empty()).unwrap_or_else(empty)
}

/// All after the headers, as it came.
pub(crate) fn body(bytes: &[u8]) -> &[u8] {
    let from = bytes
        .windows(2)
        .position(|two| two == b"\n\n")
        .or_else(|| bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 2))
        .map_or(bytes.len(), |at| at + 2);
    &bytes[from..]
}

/// The beginning of a body that was not read.
fn unread_body(bytes: &[u8], limits: &Limits) -> String {
    let body = body(bytes);
    let shown = &body[..body.len().min(limits.text.min(64 << 10))];
    body::cleaned(&String::from_utf8_lossy(shown).replace("\r\n", "\n"))
}

/// The whole text and the whole HTML.
fn bodies(mail: &Message<'_>, limits: &Limits, defects: &mut Vec<String>) -> (String, Option<String>) {
    let (mut misnamed, mut whole) = (false, true);
    let mut content = |id: u32| -> Option<(String, bool)> {
        let part = mail.parts.get(id as usize)?;
        let (decoded, is_html) = match &part.body {
            PartType::Text(text) => (text, false),
            PartType::Html(html) => (html, true),
            _ => return None,
        };
        let (mut text, other) = body::text(mail, part, decoded);
        misnamed |= other;
        let kind = part.content_type();
        if !is_html && kind.and_then(|k| k.attribute("format")).is_some_and(|f| f.eq_ignore_ascii_case("flowed")) {
            text = body::unflowed(&text, kind.and_then(|k| k.attribute("delsp")).is_some_and(|d| d.eq_ignore_ascii_case("yes")));
        }
        Some((text, is_html))
    };
    let plain: Vec<(String, bool)> = mail.text_body.iter().filter_map(|id| content(*id)).collect();
    let rich: Vec<(String, bool)> = mail.html_body.iter().filter_map(|id| content(*id)).collect();
    let mut from_html = |html: &str| {
        let (text, to_the_end) = html::text_of(shortened(html, limits.text));
        whole &= to_the_end;
        text
    };
    let mut text =
        plain.iter().map(|(text, is_html)| if *is_html { from_html(text) } else { text.replace("\r\n", "\n") }).collect::<Vec<_>>().join("\n");
    let html = rich
        .iter()
        .any(|(_, is_html)| *is_html)
        .then(|| rich.iter().map(|(text, is_html)| if *is_html { text.clone() } else { escaped(text) }).collect::<Vec<_>>().join("\n"));
    if text.trim().is_empty()
        && let Some(html) = &html
    {
        text = from_html(html);
    }
    if !whole {
        defects.push("Its HTML costs too much to be read to the end; the rest is in the original.".to_owned());
    }
    if misnamed {
        defects.push("Its text has another character set than it says.".to_owned());
    }
    if mail.parts.iter().any(|part| part.is_encoding_problem) {
        defects.push("A part of it is cut off or wrongly encoded.".to_owned());
    }
    if text.len() > limits.text || html.as_ref().is_some_and(|html| html.len() > limits.text) {
        defects.push(format!("Its text is longer than {} bytes; the rest is in the original.", limits.text));
    }
    text.truncate(shortened(&text, limits.text).len());
    (text, html.map(|html| shortened(&html, limits.text).to_owned()))
}

/// At most so many bytes of a text, whole characters.
fn shortened(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<pre>{text}</pre>")
}

fn addresses(found: Option<&mail_parser::Address<'_>>) -> Vec<Address> {
    let Some(found) = found else { return Vec::new() };
    found
        .iter()
        .filter_map(|one| {
            let address = one_line(one.address.as_deref().unwrap_or_default());
            let name = one_line(one.name.as_deref().unwrap_or_default());
            (!address.is_empty() || !name.is_empty()).then_some(Address { name, address })
        })
        .collect()
}

/// Most mailboxes that a mail is remembered to have been handed to.
const MAILBOXES: usize = 50;

fn delivered_to(mail: &Message<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (name, value) in mail.headers_raw() {
        if ["delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            let address = one_line(value).trim_matches(['<', '>']).to_owned();
            if !address.is_empty() && found.len() < MAILBOXES && !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found
}

pub(crate) fn one_line(text: &str) -> String {
    body::cleaned(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn timestamp(date: &mail_parser::DateTime) -> Option<Timestamp> {
    (date.is_valid() && date.year > 0).then(|| Timestamp::from_second(date.to_timestamp()).ok()).flatten()
}

fn attachments(mail: &Message<'_>, limits: &Limits, defects: &mut Vec<String>) -> Vec<Attachment> {
    if mail.attachments.len() > limits.attachments {
        defects.push(format!("It has {} attachments; the first {} are kept.", mail.attachments.len(), limits.attachments));
    }
    let mut found = Vec::new();
    for (i, id) in mail.attachments.iter().take(limits.attachments).enumerate() {
        let Some(part) = mail.parts.get(*id as usize) else { continue };
        let content_type = content_type(part);
        let name = part.attachment_name().map(str::to_owned).or_else(|| match &part.body {
            PartType::Message(message) => message.subject().map(|subject| format!("{subject}.eml")),
            _ => None,
        });
        let contents = contents(mail, part);
        found.push(Attachment {
            filename: safe_name(name.as_deref().unwrap_or_default(), i + 1, &content_type),
            sniffed: sniffed(&contents),
            size: contents.len(),
            content_id: part.content_id().map(ids::clean).filter(|id| !id.is_empty()),
            inline: matches!(part.body, PartType::InlineBinary(_)) || part.content_disposition().is_some_and(mail_parser::ContentType::is_inline),
            part: *id as usize,
            content_type,
        });
    }
    found
}

fn content_type(part: &MessagePart<'_>) -> String {
    match part.content_type() {
        Some(kind) => {
            one_line(&format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream"))).to_ascii_lowercase().chars().take(120).collect()
        }
        None if matches!(part.body, PartType::Text(_)) => "text/plain".to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

/// A name that is safe as a file's on any system, from what somebody calls a file.
pub fn file_name(name: &str) -> String {
    safe_name(name, 1, "")
}

/// A name for a file on any system: the last part of a path, without control characters and marks that turn the direction of
/// writing, without signs that shells and systems give a meaning, at most 120 characters with its ending kept.
fn safe_name(name: &str, number: usize, content_type: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let meant = |c: char| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '$' | '`' | ';' | '&');
    let clean: String = last.chars().filter(|c| !hidden(*c)).map(|c| if meant(c) { '_' } else { c }).collect();
    let clean = clean.trim_start_matches(['-', ' ']);
    let stem = clean.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")));
    let clean = if device { format!("_{clean}") } else { clean.to_owned() };
    let clean = clean.trim().trim_start_matches(['.', '-']).trim_end_matches(['.', ' ']);
    if clean.is_empty() {
        let ending = match content_type {
            "image/jpeg" => "jpg",
            "image/png" => "png",
            "image/gif" => "gif",
            "application/pdf" => "pdf",
            "text/plain" => "txt",
            "text/html" => "html",
            "text/calendar" => "ics",
            "message/rfc822" => "eml",
            _ => "bin",
        };
        return format!("attachment-{number}.{ending}");
    }
    if clean.chars().count() <= 120 {
        return clean.to_owned();
    }
    let (stem, ending) = clean.rsplit_once('.').filter(|(_, ending)| ending.len() <= 10).unwrap_or((clean, ""));
    let stem: String = stem.chars().take(100).collect();
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// What a file's first bytes say that it is; nothing where they do not tell. What they do not tell is never to be shown within a page.
pub fn sniffed(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"%PDF-", "application/pdf"),
        (b"PK\x03\x04", "application/zip"),
        (b"\x1f\x8b", "application/gzip"),
        (b"MZ", "application/x-msdownload"),
        (b"\x7fELF", "application/x-executable"),
    ];
    let known = KNOWN.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind);
    known.or_else(|| (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")).then_some("image/webp")).or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).trim_start_matches('\u{feff}').to_ascii_lowercase();
        let begins = head.trim_start();
        if begins.starts_with('<') && (head.contains("<svg") || head.contains("<!doctype svg")) {
            Some("image/svg+xml")
        } else if begins.starts_with('<') && ["<!doctype html", "<html", "<head", "<body", "<script", "<iframe"].iter().any(|tag| head.contains(tag))
        {
            Some("text/html")
        } else {
            None
        }
    })
}
