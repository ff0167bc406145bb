//! Where a signature begins.

use super::Fate;
use super::lines::{Kind, Line, is_blank, is_space};

/// Most lines after a separator that are a signature still.
const LONGEST: usize = 16;

/// What programs put below a mail, in lower case, up to the name of the device.
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
    "von meinem",
    "von unterwegs",
    "gesendet von",
    "gesendet mit",
    "diese nachricht wurde von",
    "enviado desde",
    "enviado de",
    "enviado do",
    "enviado por",
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
    "iphone'umdan gönderildi",
    "iphone'dan gönderildi",
    "发自我的",
    "從我的",
    "iphoneから送信",
    "outlook voor",
    "outlook für",
    "téléchargez outlook",
    "obtener outlook",
    "obter o outlook",
    "scarica outlook",
];
/// Which are complete in themselves, with a name in front: "Mara from mobile".
const SENT_AT_END: &[&str] = &["from mobile", "via mobile", "gesendet.", "mobiltelefon mit k-9 mail gesendet."];
/// After a full stop or a comma, these go on asking for patience; anything else is a sentence of the writer's own.
const EXCUSES: &[&str] =
    &["please", "excuse", "sorry", "pardon", "forgive", "apologies", "bitte", "entschuldig", "excuse", "désolé", "perdon", "disculp", "scus"];

/// "Sent from my phone", with a link or an excuse after it, and no sentence.
pub(super) fn is_sent_from(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let text = text.trim_matches(|c: char| is_space(c) || matches!(c, '*' | '_' | '[' | ']' | '<' | '>' | '(' | ')'));
    let lower = without_addresses(&text.to_lowercase());
    let lower = lower.as_str();
    if SENT_AT_END.iter().any(|end| lower.ends_with(end)) {
        return lower.split_whitespace().count() <= 12;
    }
    let Some(rest) = SENT.iter().find_map(|start| lower.strip_prefix(start)) else { return false };
    let (device, after) = match rest.find([',', '.', '!', ';']) {
        Some(at) => (&rest[..at], rest[at + 1..].trim()),
        None => (rest, ""),
    };
    device.split_whitespace().count() <= 8 && (after.is_empty() || EXCUSES.iter().any(|word| after.starts_with(word)))
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

/// `---` may be a rule in somebody's text: then what is below it must look like a card.
fn is_short_below(below: &[Line<'_>], rule: &str) -> bool {
    rule.trim_matches(is_space) != "---" || is_card(below)
}

/// Whether these lines are nothing but a signature: something under a separator, what a program adds, or a card.
pub(super) fn is_all(lines: &[Line<'_>]) -> bool {
    if lines.iter().any(|line| matches!(line.kind, Kind::Quote | Kind::Introduction)) {
        return false;
    }
    let said = lines.iter().position(|line| !matches!(line.kind, Kind::Blank | Kind::Sent));
    let Some(said) = said else { return true };
    (is_separator(&lines[said]) || is_long_rule(&lines[said])) && lines.len() - said <= 2 * LONGEST || is_card(&lines[said..])
}

/// Lines of a name, a firm, a number: short, no sentence, and at least one way to reach somebody.
fn is_card(lines: &[Line<'_>]) -> bool {
    let said: Vec<&str> = lines.iter().map(|line| line.text.trim_matches(is_space)).filter(|text| !is_blank(text)).collect();
    let sentence =
        |text: &&str| text.chars().count() > 64 || text.ends_with('?') || (text.ends_with(['.', '!', ',']) && text.split_whitespace().count() > 4);
    let reach = |text: &&str| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        (digits >= 6 && !text.contains("://")) || text.contains('@') || text.contains("www.") || text.contains("://")
    };
    (1..=LONGEST).contains(&said.len()) && !said.iter().any(sentence) && said.len() > 1 && said.iter().any(reach)
}
