//! Where a signature begins.

use super::Fate;
use super::lines::{Kind, Line, is_blank, is_space};

/// Most lines after a separator that are a signature still.
const LONGEST: usize = 16;

/// How what a program adds begins, in lower case; a device or a program follows.
const SENT: &[&str] = &[
    "sent from",
    "sent by",
    "sent via",
    "sent with",
    "sent using",
    "from my",
    "get outlook for",
    "get outlook app",
    "envoyé de",
    "envoyé depuis",
    "envoyé à partir",
    "gesendet von",
    "gesendet mit",
    "diese nachricht wurde von",
    "enviado desde",
    "enviado de",
    "enviado do",
    "enviado a partir",
    "inviato da",
    "inviato dal",
    "verzonden vanaf",
    "verstuurd vanaf",
    "verzonden met",
    "skickat från",
    "sendt fra",
    "lähetetty",
    "wysłano z",
    "wysłane z",
    "odesláno z",
    "отправлено с",
    "отправлено из",
    "надіслано з",
    "发自我的",
    "outlook voor",
    "outlook für",
    "téléchargez outlook",
    "obtener outlook",
    "obter o outlook",
    "scarica outlook",
];
/// Which say by themselves that a device follows, whatever its name: nobody begins a sentence of their own like this.
const SENT_MINE: &[&str] = &[
    "sent from my ",
    "envoyé de mon ",
    "envoyé depuis mon ",
    "enviado desde mi ",
    "inviato dal mio ",
    "sendt fra min ",
    "skickat från min ",
    "发自我的 ",
];
/// Beginnings of words for devices and programs, in lower case.
const DEVICES: &[&str] = &[
    "iphone",
    "ipad",
    "ipod",
    "ios",
    "android",
    "samsung",
    "galaxy",
    "smartphone",
    "handy",
    "mobil",
    "móvil",
    "phone",
    "telefon",
    "téléphone",
    "teléfono",
    "tablet",
    "blackberry",
    "nokia",
    "huawei",
    "xiaomi",
    "pixel",
    "oneplus",
    "outlook",
    "airmail",
    "gmx",
    "web.de",
    "yahoo",
    "proton",
    "k-9",
    "thunderbird",
    "windows",
    "macbook",
    "mailbox",
    "gerät",
    "device",
    "cell",
    "celular",
    "portable",
    "watch",
];
/// After a full stop or a comma, these go on asking for patience; anything else is a sentence of the writer's own.
const EXCUSES: &[&str] =
    &["please", "excuse", "sorry", "pardon", "forgive", "apologies", "bitte", "entschuldig", "désolé", "perdon", "disculp", "scus"];

/// "Sent from my phone", with a link or an excuse after it, and no sentence.
pub(super) fn is_sent_from(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let text = text.trim_matches(|c: char| is_space(c) || matches!(c, '*' | '_' | '[' | ']' | '<' | '>' | '(' | ')'));
    let lower = without_addresses(&text.to_lowercase());
    let lower = lower.as_str();
    let words = lower.split_whitespace().count();
    let is_device = |word: &str| DEVICES.iter().any(|device| word.trim_matches(|c: char| !c.is_alphanumeric()).starts_with(device));
    let device = |text: &str| text.split([' ', '-', '\u{a0}']).take(12).any(is_device) || text.contains("k-9");
    // Where the word for sending comes last.
    if lower.starts_with("von meinem") || lower.starts_with("diese nachricht wurde von") {
        let sent = ["gesendet", "verschickt", "geschrieben"].iter().any(|word| lower.trim_end_matches('.').ends_with(word));
        return sent && device(lower) && words <= if lower.starts_with("von") { 6 } else { 12 };
    }
    if lower.starts_with("從我的") || lower.ends_with("gönderildi") {
        return device(lower) && (lower.ends_with("傳送") || lower.ends_with("gönderildi")) && words <= 6;
    }
    if lower == "iphoneから送信" || lower == "ipadから送信" {
        return true;
    }
    // "Mara from mobile": a name and nothing else before it.
    if words <= 3 && lower.ends_with(" from mobile") && text.chars().next().is_some_and(char::is_uppercase) {
        return true;
    }
    let Some(rest) = SENT.iter().find_map(|start| lower.strip_prefix(start)) else { return false };
    let (named, after) = match rest.find([',', '.', '!', ';', '?']) {
        Some(at) => (&rest[..at], rest[at + 1..].trim()),
        None => (rest, ""),
    };
    let mine = SENT_MINE.iter().any(|start| lower.starts_with(start));
    // "Sent via PayPal", "sent by mail on Monday", "from my phone I cannot log in" are somebody's own.
    let short = ["sent by", "sent via", "sent with", "sent using", "from my"].iter().any(|start| lower.starts_with(start));
    let most = if short { 3 } else { 8 };
    let named: Vec<&str> = named.split_whitespace().collect();
    let program = lower.starts_with("sent from mail") && matches!(named.as_slice(), ["mail"] | ["mail", "for", ..]);
    let known = mine || program || lower.contains("outlook") || named.iter().take(4).any(|word| is_device(word));
    named.len() <= most && known && (after.is_empty() || EXCUSES.iter().any(|word| after.starts_with(word)))
}

/// Without the addresses of links, in any of the ways in which programs make text of them.
fn without_addresses(text: &str) -> String {
    let text = text.replace("](", "(").replace(['[', ']'], "");
    let from = [text.find("(http"), text.find("<http"), text.find("http"), text.find('<')].into_iter().flatten().min();
    let Some(from) = from else { return text };
    // What stands behind the address goes on: "mail<https://…> for Windows".
    let end = text[from..].find([')', '>', ' ']).map_or(text.len(), |at| from + at + 1);
    format!("{} {}", text[..from].trim_end(), text[end..].trim()).trim().to_owned()
}

/// `-- ` alone on its line: what separates a signature since the days of Usenet. Programs lose the space and make it a long dash.
fn is_separator(line: &Line<'_>) -> bool {
    line.kind == Kind::Rule && matches!(line.text.trim_matches(is_space), "--" | "---" | "\u{2014}" | "\u{2013}")
}

/// A long rule of underscores.
fn is_long_rule(line: &Line<'_>) -> bool {
    let text = line.text.trim_matches(is_space);
    line.kind == Kind::Rule && text.len() >= 5 && text.bytes().all(|b| b == b'_')
}

/// Where the signature begins that ends in the line `last`, if there is one: at a separator not far above it.
pub(super) fn start(lines: &[Line<'_>], fates: &[Fate], last: usize) -> Option<usize> {
    let mut count = 0;
    for at in (0..=last).rev() {
        if fates[at] != Fate::Own || lines[at].kind == Kind::Blank {
            continue;
        }
        if is_separator(&lines[at]) || is_long_rule(&lines[at]) {
            return is_short_below(&lines[at + 1..=last], lines[at].text).then_some(at);
        }
        count += 1;
        if count > LONGEST || lines[at].kind == Kind::Quote {
            return None;
        }
    }
    None
}

/// Only `-- ` with its space says by itself that a signature follows; below any other rule the lines must look like one: `---` and `--`
/// part paragraphs and begin lists as well.
fn is_short_below(below: &[Line<'_>], rule: &str) -> bool {
    rule == "-- " || is_like_one(below)
}

/// Few short lines, none of which is a sentence or an item of a list.
fn is_like_one(lines: &[Line<'_>]) -> bool {
    let said: Vec<&str> = lines.iter().map(|line| line.text.trim_matches(is_space)).filter(|text| !is_blank(text)).collect();
    let item = |text: &&str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        text.starts_with(['-', '*', '\u{2022}']) || ((1..=3).contains(&digits) && !text[digits..].chars().any(|c| c.is_ascii_digit()))
    };
    said.len() <= LONGEST && !said.iter().any(|text| is_sentence(text) || item(text))
}

fn is_sentence(text: &str) -> bool {
    text.chars().count() > 64 || text.ends_with('?') || (text.ends_with(['.', '!', ',']) && text.split_whitespace().count() > 4)
}

/// Whether these lines are nothing but a signature: something under a separator, what a program adds, or a card.
pub(super) fn is_all(lines: &[Line<'_>]) -> bool {
    if lines.iter().any(|line| matches!(line.kind, Kind::Quote | Kind::Introduction)) {
        return false;
    }
    let said = lines.iter().position(|line| !matches!(line.kind, Kind::Blank | Kind::Sent));
    let Some(said) = said else { return true };
    let ruled = is_separator(&lines[said]) || is_long_rule(&lines[said]);
    ruled && is_short_below(&lines[said + 1..], lines[said].text) || is_card(&lines[said..])
}

/// Lines of a name, a firm, a number: short, no sentence, and at least one way to reach somebody.
fn is_card(lines: &[Line<'_>]) -> bool {
    let said: Vec<&str> = lines.iter().map(|line| line.text.trim_matches(is_space)).filter(|text| !is_blank(text)).collect();
    let reach = |text: &&str| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        (digits >= 6 && !text.contains("://")) || text.contains('@') || text.contains("www.") || text.contains("://")
    };
    (1..=LONGEST).contains(&said.len()) && !said.iter().any(|text| is_sentence(text)) && said.len() > 1 && said.iter().any(reach)
}
