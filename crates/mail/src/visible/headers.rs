//! Blocks of a quoted mail's headers: `From: … Sent: … To: … Subject: …`, in the languages in which programs write them.

use super::lines::{Kind, LONGEST, Line, is_space, unquoted};

/// Lines that a header may go on over.
const FOLDED: usize = 2;

/// What a header says. A block must say two different things, one of them who wrote or what about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    From,
    To,
    Date,
    Subject,
    Other,
}

/// Names in lower case.
const NAMES: &[(Says, &[&str])] = &[
    (
        Says::From,
        &[
            "from",
            "von",
            "de",
            "da",
            "van",
            "från",
            "fra",
            "lähettäjä",
            "od",
            "feladó",
            "от",
            "від",
            "gönderen",
            "kimden",
            "发件人",
            "寄件者",
            "差出人",
            "보낸 사람",
            "από",
            "من",
            "מאת",
            "expéditeur",
            "remetente",
            "mittente",
            "saatja",
        ],
    ),
    (
        Says::To,
        &[
            "to",
            "an",
            "à",
            "para",
            "a",
            "aan",
            "till",
            "til",
            "vastaanottaja",
            "do",
            "komu",
            "címzett",
            "кому",
            "către",
            "kime",
            "alıcı",
            "收件人",
            "收件者",
            "宛先",
            "받는 사람",
            "προς",
        ],
    ),
    (
        Says::Date,
        &[
            "date",
            "sent",
            "datum",
            "gesendet",
            "envoyé",
            "enviado",
            "enviado el",
            "enviada em",
            "enviado em",
            "fecha",
            "data",
            "inviato",
            "verzonden",
            "skickat",
            "sendt",
            "dato",
            "lähetetty",
            "päivämäärä",
            "wysłano",
            "odesláno",
            "küldve",
            "dátum",
            "дата",
            "отправлено",
            "надіслано",
            "trimis",
            "tarih",
            "gönderildi",
            "发送时间",
            "日期",
            "寄件日期",
            "日付",
            "送信日時",
            "보낸 날짜",
            "ημερομηνία",
            "gesendet am",
            "date d'envoi",
        ],
    ),
    (
        Says::Subject,
        &[
            "subject",
            "betreff",
            "objet",
            "asunto",
            "assunto",
            "oggetto",
            "onderwerp",
            "ämne",
            "emne",
            "aihe",
            "temat",
            "předmět",
            "tárgy",
            "тема",
            "subiect",
            "konu",
            "主题",
            "主旨",
            "件名",
            "제목",
            "θέμα",
            "teema",
        ],
    ),
    (
        Says::Other,
        &[
            "cc",
            "bcc",
            "reply-to",
            "reply to",
            "risposta",
            "antwort an",
            "répondre à",
            "responder a",
            "kopie",
            "kopia",
            "kopi",
            "copie",
            "importance",
            "priority",
            "wichtigkeit",
            "organization",
            "attachments",
        ],
    ),
];

/// Marks the lines of all blocks of headers.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len() {
        match block(lines, at) {
            Some(end) => {
                let depth = unquoted(lines[at].text).0;
                for line in &mut lines[at..end] {
                    line.kind = Kind::Introduction;
                }
                lines[at].depth = depth;
                at = end;
            }
            None => at += 1,
        }
    }
}

/// The line after the block that begins here.
fn block(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let depth = unquoted(lines[start].text).0;
    let mut said = vec![says(&lines[start])?];
    let mut end = start + 1;
    let mut at = end;
    while let Some(line) = lines.get(at) {
        let blank = line.kind == Kind::Blank || unquoted(line.text).1.is_empty();
        // One program puts a blank line after each header.
        let wide = blank && lines.get(at + 1).is_some_and(|next| says(next).is_some());
        if (blank && !wide) || (!blank && unquoted(line.text).0 != depth) || at - end > FOLDED {
            break;
        }
        at += 1;
        if let Some(found) = says(line) {
            said.push(found);
            end = at;
        }
    }
    let mut different: Vec<Says> = Vec::new();
    for found in said.iter().filter(|found| **found != Says::Other) {
        if !different.contains(found) {
            different.push(*found);
        }
    }
    let after_mark =
        lines[..start].iter().rev().find(|line| line.kind != Kind::Blank).is_some_and(|line| matches!(line.kind, Kind::Introduction | Kind::Rule));
    // "From: … To: …" alone may be a journey; with a date or a subject it is a mail.
    let mail = different.iter().any(|found| matches!(found, Says::Date | Says::Subject)) && different.contains(&Says::From);
    (mail && different.len() >= if after_mark { 2 } else { 3 }).then_some(end)
}

fn says(line: &Line<'_>) -> Option<Says> {
    if line.text.len() > LONGEST * 4 {
        return None;
    }
    let text = unquoted(line.text).1.trim_matches(|c: char| is_space(c) || c == '*');
    let (name, value) = text.split_once([':', '\u{ff1a}'])?;
    if name.len() > 40 || value.starts_with("//") {
        return None;
    }
    let name = name.trim_matches(|c: char| is_space(c) || c == '*').to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(says, _)| *says)
}
