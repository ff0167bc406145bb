//! Blocks of a quoted mail's headers: `From: … Sent: … To: … Subject: …`, in the languages in which programs write them.

use super::lines::{Kind, LONGEST, Line, is_space, unquoted};

/// Lines that a header may go on over.
const FOLDED: usize = 2;

/// What a header says. What makes a block of them: [`block`].
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
        let (end, is_block) = block(lines, at);
        if is_block {
            let depth = unquoted(lines[at].text).0;
            for line in &mut lines[at..end] {
                line.kind = Kind::Introduction;
                line.sure = true;
            }
            lines[at].depth = depth;
        }
        at = end;
    }
}

/// The line after what looks like headers from here on, and whether it is a block of them.
fn block(lines: &[Line<'_>], start: usize) -> (usize, bool) {
    let depth = unquoted(lines[start].text).0;
    let Some(first) = says(&lines[start]) else { return (start + 1, false) };
    let mut said = vec![first];
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
    let above = lines[..start].iter().rev().find(|line| line.kind != Kind::Blank);
    let after_mark = above.is_some_and(|line| matches!(line.kind, Kind::Introduction | Kind::Rule));
    let says = |wanted| different.contains(&wanted);
    // "From: Berlin, to: Oslo, date: 3 December" is a journey. A mail has a subject or an address.
    let mail = says(Says::Subject)
        || lines[start..end].iter().any(|line| line.text.contains('@'))
        || above.is_some_and(|line| line.kind == Kind::Introduction);
    let is_block = mail && says(Says::From) && (says(Says::Date) || says(Says::Subject)) && different.len() >= if after_mark { 2 } else { 3 };
    (end, is_block)
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
