#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use super::{Fate, parts, visible_text};
use std::path::Path;

#[track_caller]
fn check(mail: &str, visible: &str) {
    assert_eq!(visible_text(mail), visible);
    let whole: Vec<String> = parts(mail).into_iter().map(|part| part.text).collect();
    assert_eq!(whole.join("\n"), mail.replace("\r\n", "\n"), "nothing is lost");
}

#[test]
fn above_what_is_quoted() {
    check("Yes, please.\n\nOn Mon, 30 Nov 2026 at 10:02, Nordlicht Help <help@nordlicht.example> wrote:\n\n> Shall we?\n", "Yes, please.");
    check("Yes, please.\r\n\r\nOn 30 Nov 2026, at 10:02, Help <help@nordlicht.example> wrote:\r\n\r\n> Shall we?\r\n", "Yes, please.");
    check("Ja gern.\n\nAm Mo., 30. Nov. 2026 um 10:02 Uhr schrieb Nordlicht Hilfe <\nhilfe@nordlicht.example>:\n\n> Sollen wir?\n", "Ja gern.");
    check("Oui.\n\nLe lun. 30 nov. 2026 à 10:02, Nordlicht <aide@nordlicht.example> a\nécrit :\n\n> On y va ?\n", "Oui.");
    check("Sí.\n\nEl lun, 30 nov 2026 a las 10:02, Nordlicht (<ayuda@nordlicht.example>)\nescribió:\n\n> ¿Vamos?\n", "Sí.");
    check("Sim.\n\nNordlicht <ajuda@nordlicht.example> escreveu no dia segunda, 30/11/2026 à(s)\n10:02:\n\n> Vamos?\n", "Sim.");
    check("Sì.\n\nIl giorno lun 30 nov 2026 alle ore 10:02 Nordlicht <aiuto@nordlicht.example>\nha scritto:\n\n> Andiamo?\n", "Sì.");
    check("Tak.\n\npon., 30 lis 2026 o 10:02 Nordlicht <pomoc@nordlicht.example> napisał(a):\n\n> Idziemy?\n", "Tak.");
    check("Ja.\n\nOp ma 30 nov 2026 om 10:02 schreef Nordlicht <hulp@nordlicht.example>:\n\n> Gaan we?\n", "Ja.");
    check("Ja.\n\nDen mån 30 nov. 2026 kl 10:02 skrev Nordlicht <hjalp@nordlicht.example>:\n\n> Ska vi?\n", "Ja.");
    check("Да.\n\nпн, 30 нояб. 2026 г. в 10:02, Nordlicht <help@nordlicht.example>:\n\n> Идём?\n", "Да.");
    check("はい。\n\n2026年11月30日(月) 10:02 Nordlicht <help@nordlicht.example>:\n\n> 行きますか\n", "はい。");
    check("Yes.\n\nSent from my iPhone\n\n> On 30 Nov 2026, at 10:02, Help <help@nordlicht.example> wrote:\n> \n> Shall we?\n", "Yes.");
}

#[test]
fn above_what_is_not_marked() {
    check("Yes.\n\nFrom: Help <help@nordlicht.example>\nSent: Monday, 30 November 2026 10:02\nTo: Lena\nSubject: RE: Plan\n\nShall we?\n", "Yes.");
    check(
        "Ja.\n\nVon: Hilfe <hilfe@nordlicht.example>\nGesendet: Montag, 30. November 2026 10:02\nAn: Lena\nBetreff: AW: Tarif\n\nSollen wir?\n",
        "Ja.",
    );
    check("Oui.\n\nDe : Aide <aide@nordlicht.example>\nEnvoyé : lundi 30 novembre 2026 10:02\nÀ : Lena\nObjet : RE: Tarif\n\nOn y va ?\n", "Oui.");
    check("Yes.\n\n-----Original Message-----\nFrom: Help\nSent: Monday\n\nShall we?\n", "Yes.");
    check(
        "Yes.\n\n________________________________\nFrom: Help <help@nordlicht.example>\nSent: Monday, November 30, 2026 10:02 AM\nTo: Lena <lena@example.com>\nSubject: Plan\n\nShall we?",
        "Yes.",
    );
}

#[test]
fn below_and_between() {
    check("On Mon, 30 Nov 2026, Help wrote:\n> Shall we?\n\nYes, on Tuesday.\n", "Yes, on Tuesday.");
    check(
        "Hello,\n\nOn Mon, 30 Nov 2026, Help wrote:\n> Which plan?\nTeam.\n> How many?\nTwelve, I think.\n",
        "Hello,\n\n> Which plan?\nTeam.\n> How many?\nTwelve, I think.",
    );
    check("> Shall we?\n\nYes.\n", "> Shall we?\n\nYes.");
    check("> Only what was quoted.", "> Only what was quoted.");
}

#[test]
fn signatures() {
    check("Thank you!\n\n-- \nLena Kok\nNordlicht\n+31 20 123 45 67", "Thank you!");
    check("Thank you!\n\n--\nLena", "Thank you!");
    check("Danke!\n\nVon meinem iPhone gesendet", "Danke!");
    check("Merci\n\nEnvoyé de mon iPhone", "Merci");
    check("Thanks\n\nGet Outlook for iOS<https://aka.example/o0ukef>", "Thanks");
    check("I sent it.\n\nSent from my desk, which is easier than my phone.", "I sent it.\n\nSent from my desk, which is easier than my phone.");
    check("Two parts:\n\n---\nThe second part is about the price. It went up.", "Two parts:\n\n---\nThe second part is about the price. It went up.");
    check("Sent from my iPhone", "");
    check("Best regards,\nLena", "Best regards,\nLena");
}

#[test]
fn what_only_looks_like_it_stays() {
    check("On Monday I wrote:\n\nPlease cancel.", "On Monday I wrote:\n\nPlease cancel.");
    check("I travel as follows.\nFrom: Berlin\nTo: Oslo\nIs it covered?", "I travel as follows.\nFrom: Berlin\nTo: Oslo\nIs it covered?");
    check("a -- b\n\nif x > y:\n    z", "a -- b\n\nif x > y:\n    z");
    check("👍", "👍");
    check(":)", ":)");
    check("", "");
    check("\n \n", "");
}

#[test]
fn a_customers_own_words_stay_whatever_they_look_like() {
    #[track_caller]
    fn stays(mail: &str) {
        check(mail, mail.trim_end());
    }
    stays("Von meinem Konto wurden heute zweimal 50 Euro abgebucht.");
    stays("Ich habe euch die Unterlagen schon gestern gesendet.");
    stays("From my phone I can't log in");
    stays("From my point of view it is broken");
    stays("I can't log in from mobile");
    stays("從我的帳戶扣款了兩次");
    stays("iPhoneから送信できません");
    stays("Enviado por correo postal el lunes");
    stays("Sent via PayPal");
    stays("Sent by mail on Monday");
    stays("Sent via email to your office");
    stays("Sent via mobile banking yesterday evening");
    stays("Von meinem Handy aus habe ich euch das Foto gesendet");
    stays("Then I clicked\nSettings>");
    stays("Hi,\nas I wrote on 30.11.2026:\nthe invoice is wrong. Please correct it.");
    stays("Hello,\nlast week I wrote to support@nordlicht.example:\nmy account is locked.");
    stays("Hello,\n\nAm Montag um 10:02 habe ich euch geschrieben:\nMein Konto ist gesperrt.");
    stays("Hi, here is the log:\n2026-12-01 09:30:00 GMT ERROR disk full\n2026-12-01 09:31:00 GMT ERROR again\nPlease help.");
    stays("Both need access:\n2026-12-01 Mara <mara@example.com>\n2026-12-02 Jo <jo@example.com>\nPlease give it.");
    stays("My flight:\n\nFrom: Berlin\nTo: Oslo\nDate: 3 December\n\nCan I still change it?");
    stays("I ordered three things:\n--\n1 table\n2 chairs");
    stays("one\n\n________________\nMy real question is: why was I charged twice for the same month?");
    stays("Please change these:\n\n| SKU | Qty |\n|-----|-----|\n| A1 | 5 |");
    stays("I ran this:\n\n> npm install\n> Error: EACCES");
    check("Please call me at 10:02.\nHelp <help@n.example> wrote:\n> Shall we?", "Please call me at 10:02.");
    check("On Tuesday at 10:02 works for me.\n\nHelp <help@n.example> wrote:\n> Shall we?", "On Tuesday at 10:02 works for me.");
    check(
        "Ich habe es gestern gesendet.\n\nVon: Hilfe <h@n.example>\nGesendet: Montag\nAn: Lena\nBetreff: AW: Tarif\n\nUnd?",
        "Ich habe es gestern gesendet.",
    );
    check(
        "כן\n\n\u{202b}בתאריך יום ב׳, 30 בנוב׳ 2026 ב-10:02 מאת \u{202a}Help\u{202c}\u{200f} <\u{202a}help@n.example\u{202c}\u{200f}>:\u{202c}\n\n> Shall we?",
        "כן",
    );
}

#[test]
fn the_parts_keep_what_is_folded() {
    let found: Vec<(Fate, String)> =
        parts("Yes.\n-- \nLena\n\nOn 30 Nov 2026, Help wrote:\n> Well?").into_iter().map(|part| (part.fate, part.text)).collect();
    let expected = [(Fate::Own, "Yes."), (Fate::Signature, "-- \nLena"), (Fate::Own, ""), (Fate::Quoted, "On 30 Nov 2026, Help wrote:\n> Well?")];
    assert_eq!(found, expected.map(|(fate, text)| (fate, text.to_owned())));
}

#[test]
fn long_mails_take_no_longer_than_their_length() {
    let headers = "To: a\n".repeat(5_000);
    assert_eq!(visible_text(&headers), headers.trim_end());
    let signed = "\n".repeat(5_000) + &"--\na\n".repeat(2_000);
    assert!(!visible_text(&signed).is_empty());
    let quoted = "> a line that somebody wrote long ago, and that everybody quotes\n".repeat(5_000);
    check(&format!("Yes.\n\nOn 30 Nov 2026, Help wrote:\n{quoted}"), "Yes.");
    let colons = "a line of 2026 that ends as an introduction does, with a colon:\n".repeat(4_000);
    assert_eq!(visible_text(&colons), colons.trim_end());
    assert_eq!(visible_text(&"-- \n".repeat(5_000)), "");
    assert_eq!(visible_text(&"<".repeat(1_000_000)), "<".repeat(1_000_000));
}

/// Mails of a public collection with the text that is expected of them, where they exist. Their editors fold what is below a
/// quotation as a signature if it is short; we do not (rule 3), and differ from them there.
#[test]
fn the_public_collection() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/reply-discourse/test");
    let Ok(mails) = std::fs::read_dir(folder.join("emails")) else { return };
    let (mut right, mut wrong) = (0, Vec::new());
    for mail in mails.flatten() {
        let name = mail.file_name();
        let read = |kind: &str| std::fs::read_to_string(folder.join(kind).join(&name)).unwrap_or_default();
        let (found, expected) = (visible_text(&read("emails")), read("trimmed"));
        if found == expected.trim_end() {
            right += 1;
        } else {
            wrong.push(format!("=== {}\n{found}\n--- expected\n{}", name.display(), expected.trim_end()));
        }
    }
    assert!(right * 100 >= 95 * (right + wrong.len()), "{right} right; wrong:\n{}", wrong.join("\n"));
}
