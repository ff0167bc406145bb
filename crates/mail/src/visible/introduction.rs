//! "On Monday Mara wrote:" in the languages and shapes in which mail programs say it.
//!
//! It is recognised by what it must have and not by one pattern for each program: a word for writing with the colon at the end, and a
//! date or an address; or a date at its beginning, or a date with a time of day anywhere, and an address at its end. It may go over
//! several lines, because programs wrap it.

use super::lines::{Kind, LONGEST, Line, is_space, unquoted};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Most lines of one introduction.
const LINES: usize = 6;
/// Longest introduction, in bytes.
const BYTES: usize = 500;

/// Words for writing, in lower case. Each is matched as a whole word; in scripts without spaces, as a part.
const WRITING: &[&str] = &[
    "wrote",
    "writes",
    "écrit",
    "ecrit",
    "schrieb",
    "schreibt",
    "geschrieben",
    "escribió",
    "escribio",
    "escribía",
    "escreveu",
    "scritto",
    "scrive",
    "napisał",
    "napisała",
    "napisał(a)",
    "napisal",
    "napisala",
    "pisze",
    "skrev",
    "skriver",
    "schreef",
    "geschreven",
    "schrijft",
    "написал",
    "написала",
    "написал(а)",
    "написав",
    "написала(в)",
    "пишет",
    "пише",
    "писал",
    "kirjoitti",
    "napsal",
    "napsala",
    "napsal(a)",
    "napísal",
    "napísala",
    "írta",
    "írt",
    "scris",
    "yazdı",
    "yazmış",
    "έγραψε",
    "כתב",
    "כתבה",
    "كتب",
    "كتبت",
    "viết",
    "menulis",
    "napisao",
    "napisala",
    "kirjutas",
    "rašė",
    "parašė",
    "rakstīja",
    "escrigué",
    "idatzi",
    "skrifaði",
];
const WRITING_WITHIN: &[&str] = &["写道", "寫道", "写到", "のメール", "のメッセージ", "書きました", "작성", "เขียนว่า"];

/// How an introduction can begin when its date is on a line of its own. In lower case.
const OPENINGS: &[&str] = &["on ", "at ", "le ", "el ", "em ", "il ", "am ", "op ", "den ", "dnia ", "w dniu ", "dne ", "в ", "в\u{a0}", "on\u{a0}"];

/// The line "Original Message" in its languages, in lower case, without the dashes around it.
const ORIGINAL: &[&str] = &[
    "original message",
    "original email",
    "forwarded message",
    "message transféré",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprüngliche nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "mensaje original",
    "mensaje reenviado",
    "mensagem original",
    "mensagem encaminhada",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
    "oorspronkelijke bericht",
    "doorgestuurd bericht",
    "ursprungligt meddelande",
    "originalmeddelande",
    "vidarebefordrat meddelande",
    "opprinnelig melding",
    "videresendt melding",
    "oprindelig meddelelse",
    "videresendt meddelelse",
    "alkuperäinen viesti",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "wiadomość przekazana",
    "původní zpráva",
    "přeposlaná zpráva",
    "eredeti üzenet",
    "mesaj original",
    "исходное сообщение",
    "оригинальное сообщение",
    "пересылаемое сообщение",
    "оригінальне повідомлення",
    "özgün ileti",
    "orijinal mesaj",
    "原始邮件",
    "原始郵件",
    "转发邮件",
    "元のメッセージ",
    "原文",
    "원본 메시지",
];
/// Lines that say the same without dashes.
const FORWARDED: &[&str] = &[
    "begin forwarded message:",
    "début du message réexpédié :",
    "début du message transféré :",
    "anfang der weitergeleiteten nachricht:",
    "inicio del mensaje reenviado:",
    "início da mensagem reencaminhada:",
    "inizio messaggio inoltrato:",
    "begin doorgestuurd bericht:",
    "vidarebefordrat brev:",
    "videresendt e-post:",
    "start på videresendt besked:",
    "początek przekazanej wiadomości:",
    "начало переадресованного сообщения:",
];

/// Marks the lines of all introductions.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    let mut after = 0;
    for end in 0..lines.len() {
        if lines[end].kind == Kind::Blank || lines[end].text.len() > LONGEST {
            continue;
        }
        let found = if is_original(lines[end].text) { Some((end, true)) } else { start_of(lines, after, end) };
        if let Some((start, sure)) = found {
            for line in &mut lines[start..=end] {
                line.kind = Kind::Introduction;
                line.sure = sure;
            }
            let depth = unquoted(lines[start].text).0;
            lines[start].depth = depth;
            after = end + 1;
        }
    }
}

/// "--- Original Message ---", or a line that says so in a program's own way.
fn is_original(text: &str) -> bool {
    let (_, text) = unquoted(text);
    let text = text.trim_matches(is_space);
    let within = text.trim_matches(|c: char| is_space(c) || matches!(c, '-' | '_' | '*' | '=' | '\u{2010}'..='\u{2015}'));
    let dashed = text.len() >= within.len() + 2;
    let lower = within.to_lowercase();
    (dashed && ORIGINAL.contains(&lower.trim_end_matches(':').trim_end())) || FORWARDED.contains(&lower.as_str())
}

/// Where the introduction that ends in this line begins, if one does, and whether there is no doubt about it: it says when, who by an
/// address, and that they wrote. "As I wrote on Monday:" introduces the writer's own words.
fn start_of(lines: &[Line<'_>], after: usize, end: usize) -> Option<(usize, bool)> {
    if !may_end(lines[end].text) && !starts_with_date(lines[end].text) {
        return None;
    }
    let first = after.max(end.saturating_sub(LINES - 1));
    // Neither a date nor an address without one of these; most lines that end in a colon are ruled out here.
    if !lines[first..=end].iter().any(|line| line.text.contains(|c: char| c == '@' || c.is_numeric())) {
        return None;
    }
    let mut without_date = None;
    let mut blanks = 0;
    for start in (first..=end).rev() {
        if lines[start].kind == Kind::Blank {
            blanks += 1;
            if blanks > 1 {
                break;
            }
            continue;
        }
        let text = joined(&lines[start..=end]);
        if text.len() > BYTES {
            break;
        }
        let lower = text.to_lowercase();
        let begins = OPENINGS.iter().any(|word| lower.starts_with(word)) || starts_with_date(&text);
        // Above what is an introduction already, and above a blank line, only its own beginning belongs to it.
        let whole_sentence = lines[start].text.trim_end_matches(is_space).ends_with(['.', '!', '?']);
        if without_date.is_some() && (blanks > 0 || !begins || (whole_sentence && start < end)) {
            break;
        }
        if !is_balanced(&text) || (start < end && blanks > 0 && !begins) {
            continue;
        }
        let (address, date) = (has_address(&lower), has_date(&lower));
        if !address && !date {
            continue;
        }
        let (writing, open) = (has_writing(&lower), ends_open(&lower));
        let sender_last = address && has_time(&lower) && lower.trim_end().ends_with(">:");
        if date && ((writing && open) || sender_last || (address && open && starts_with_date(&text)) || is_dated_sender(&text, address)) {
            return Some((start, address && open));
        }
        // "Mara Lind <mara@…> wrote:" may have its date on the line above, or have none.
        if writing && address && open && without_date.is_none() && !lower.starts_with('<') {
            without_date = Some((start, lower.contains('>')));
        }
    }
    without_date
}

/// Whether a line can be the last of an introduction, by its end alone: what makes looking at each line cheap.
fn may_end(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| is_space(c) || c == '*' || c == '_');
    text.ends_with([':', '\u{ff1a}', '>']) || text.ends_with("--")
}

fn ends_open(lower: &str) -> bool {
    let text = lower.trim_end_matches(|c: char| is_space(c) || c == '*' || c == '_');
    text.ends_with([':', '\u{ff1a}']) || text.ends_with("----")
}

/// The lines as one, each without the quote marks of the first: the others may begin with a wrapped `>`.
fn joined(lines: &[Line<'_>]) -> String {
    let (depth, _) = unquoted(lines[0].text);
    let mut text = String::new();
    for line in lines {
        let mut rest = line.text.trim_matches(is_space);
        for _ in 0..depth {
            rest = rest.strip_prefix(['>', '\u{ff1e}']).unwrap_or(rest).trim_start_matches(is_space);
        }
        if !text.is_empty() && !rest.is_empty() {
            text.push(' ');
        }
        text.push_str(rest);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.trim_matches(|c: char| matches!(c, '-' | '*' | '_') || is_space(c)).to_owned() + if text.trim_end().ends_with("--") { " ----" } else { "" }
}

fn is_balanced(text: &str) -> bool {
    let (mut open, mut quotes) = (0i32, 0);
    for c in text.chars() {
        match c {
            '<' => open += 1,
            '>' => open -= 1,
            '"' => quotes += 1,
            _ => {}
        }
        if open < 0 {
            return false;
        }
    }
    open == 0 && quotes % 2 == 0
}

fn has_writing(lower: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| WRITING.iter().copied().collect());
    let words = &*WORDS;
    let word = |c: char| c.is_alphabetic() || matches!(c, '(' | ')');
    lower.split(|c| !word(c)).any(|found| !found.is_empty() && words.contains(found)) || WRITING_WITHIN.iter().any(|found| lower.contains(found))
}

fn has_address(lower: &str) -> bool {
    lower.char_indices().any(|(at, c)| {
        c == '@'
            && lower[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+'))
            && lower[at + 1..].starts_with(char::is_alphanumeric)
    })
}

/// A year, a time of day, or a date with strokes or dots.
fn has_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '/' | '-' | '.')));
    numbers.any(|found| {
        let found = found.trim_matches(['.', ':', '-', '/']);
        let parts: Vec<&str> = found.split([':', '/', '-', '.']).collect();
        let short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
        match parts.as_slice() {
            [one] => year(one),
            [one, two] => short(one) && two.len() == 2 && short(two),
            [one, two, three] => (year(one) && short(two) && short(three)) || (short(one) && short(two) && (year(three) || short(three))),
            _ => false,
        }
    }) || has_date_in_characters(text)
}

/// A time of day: 10:02.
fn has_time(text: &str) -> bool {
    text.match_indices(':')
        .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()) && text[at + 1..].starts_with(|c: char| c.is_ascii_digit()))
}

/// 2016年12月12日
fn has_date_in_characters(text: &str) -> bool {
    ['\u{5e74}', '\u{b144}']
        .into_iter()
        .any(|year| text.split(year).next().is_some_and(|before| before.len() < text.len() && before.ends_with(|c: char| c.is_ascii_digit())))
}

fn starts_with_date(text: &str) -> bool {
    let text = unquoted(text).1.trim_start_matches(is_space);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let head: String = text.chars().take(24).collect();
    has_date(&head)
}

/// "2013/7/20 Some One <some@one.example>": how one program writes it, without a verb and a colon.
fn is_dated_sender(text: &str, address: bool) -> bool {
    let year_first =
        text.as_bytes().first_chunk::<5>().is_some_and(|head| head[..4].iter().all(u8::is_ascii_digit) && matches!(head[4], b'-' | b'/'));
    year_first && address && text.trim_end().ends_with('>')
}
