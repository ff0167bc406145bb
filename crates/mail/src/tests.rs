#![allow(clippy::unwrap_used, reason = "a test that cannot go on panics")]
//! Mails as they come, and the public collections where they exist.

use crate::{Action, Limits, Mail, read};
use std::path::{Path, PathBuf};

fn parsed(text: &str) -> Mail {
    read(text.replace('\n', "\r\n").as_bytes(), &Limits::default()).unwrap()
}

/// A mail of these headers and this body; what is not given is as in an ordinary one.
fn mail(headers: &str, body: &str) -> Mail {
    let usual = [
        "From: Lena Kok <lena@example.com>",
        "To: help@nordlicht.example",
        "Subject: Invoice",
        "Date: Tue, 1 Dec 2026 09:30:00 +0100",
        "Message-ID: <a1@example.com>",
    ];
    let given: Vec<String> = headers.lines().filter_map(|line| line.split_once(':').map(|(name, _)| name.to_lowercase())).collect();
    let usual: Vec<&str> = usual.into_iter().filter(|line| !given.contains(&line.split(':').next().unwrap().to_lowercase())).collect();
    let newline = if headers.is_empty() { "" } else { "\n" };
    parsed(&format!("{}\n{headers}{newline}\n{body}", usual.join("\n")))
}

#[test]
fn an_ordinary_mail() {
    let found = mail("In-Reply-To: <q@nordlicht.example>\nReferences: <p@nordlicht.example>\n <q@nordlicht.example>", "Is that right?\n");
    assert_eq!(found.message_id.as_deref(), Some("a1@example.com"));
    assert_eq!(found.in_reply_to, ["q@nordlicht.example"]);
    assert_eq!(found.references, ["p@nordlicht.example", "q@nordlicht.example"]);
    assert_eq!(found.from.as_ref().map(|from| (from.name.as_str(), from.address.as_str())), Some(("Lena Kok", "lena@example.com")));
    assert_eq!(found.date.unwrap().to_string(), "2026-12-01T08:30:00Z");
    assert_eq!((found.visible_text.as_str(), found.html), ("Is that right?", None));
    assert!(!found.auto_generated && !found.is_loop && found.bounce.is_none() && found.defects.is_empty(), "{:?}", found.defects);
}

#[test]
fn what_is_missing_is_said_and_the_rest_is_read() {
    let found = parsed("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nHello");
    assert_eq!((found.subject.as_str(), found.visible_text.as_str()), ("Grüße", "Hello"));
    assert_eq!(found.defects.len(), 3, "{:?}", found.defects);
    assert_eq!(parsed("").visible_text, "");
    assert_eq!(read(&[0; 64], &Limits::default()).unwrap().visible_text, "");
    let refused = read(&[b'a'; 100], &Limits { bytes: 99, ..Limits::default() }).unwrap_err();
    assert_eq!(refused.to_string(), "the mail is larger than the 99 bytes that are accepted.");
}

#[test]
fn machines_are_told_from_people() {
    #[track_caller]
    fn check(headers: &str, automatic: bool) {
        let found = mail(headers, "text");
        assert_eq!(found.auto_generated, automatic, "{headers}: {:?}", found.evidence);
    }
    check("", false);
    check("Auto-Submitted: no", false);
    check("Auto-Submitted: NO (a person)", false);
    check("Auto-Submitted: auto-replied", true);
    check("Auto-Submitted: auto-generated; owner-email=\"x@example.com\"", true);
    check("X-Autoreply: yes", true);
    check("X-Auto-Response-Suppress: DR, OOF, AutoReply", true);
    check("X-Auto-Response-Suppress: None", false);
    check("Precedence: bulk", true);
    check("Precedence: first-class", false);
    check("List-Id: <news.example.com>", true);
    check("List-Unsubscribe: <mailto:leave@example.com>", true);
    check("Return-Path: <>", true);
    check("Return-Path: <lena@example.com>", false);
    check(
        "List-Id: <help.nordlicht.example>\nList-Post: <mailto:help@nordlicht.example>\nList-Unsubscribe: <mailto:x@a.example>\nPrecedence: list",
        false,
    );
    check("List-Post: NO\nList-Id: <announcements.example.com>", true);
    check("From: MAILER-DAEMON@example.com", true);
    check("From: Postmaster <postmaster@customer.example>", false);
    check("From: No Reply <no-reply@example.com>", true);
    check("From: Shop <no-reply@example.com>\nReply-To: lena@example.com", false);
    check("From: Noreen <noreen@example.com>", false);
}

#[test]
fn a_circle_is_seen() {
    #[track_caller]
    fn check(headers: &str, circle: bool) {
        assert_eq!(mail(headers, "text").is_loop, circle, "{headers}");
    }
    check("", false);
    check("X-Hypercare-Loop: nordlicht", true);
    check("X-Loop: somebody@else.example", false);
    check("Delivered-To: a@example.com\nDelivered-To: b@example.com", false);
    check("Delivered-To: a@example.com\nDelivered-To: A@example.com", true);
    check(&["Received: from a by b; Tue, 1 Dec 2026 09:30:00 +0100"; 41].join("\n"), true);
    check(&["Received: from a by b; Tue, 1 Dec 2026 09:30:00 +0100"; 12].join("\n"), false);
}

const REPORT: &str = "Content-Type: multipart/report; report-type=delivery-status; boundary=b
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>";

/// A report on the state of a mail to one recipient.
fn report(fields: &str) -> String {
    format!(
        "--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\n{fields}\n\n--b\nContent-Type: message/rfc822\n\nFrom: help@nordlicht.example\nMessage-ID: <out7@nordlicht.example>\nSubject: Re: Invoice\n\nText\n--b--\n"
    )
}

#[test]
fn bounces_say_who_and_why() {
    #[track_caller]
    fn check(fields: &str, action: Action, status: &str, permanent: bool) {
        let found = mail(REPORT, &report(fields));
        let bounce = found.bounce.unwrap();
        assert_eq!(bounce.original_message_id.as_deref(), Some("out7@nordlicht.example"));
        let one = &bounce.recipients[0];
        assert_eq!((one.address.as_str(), one.action, one.status.as_deref(), one.permanent), ("lena@example.com", action, Some(status), permanent));
        assert!(found.auto_generated);
    }
    check(
        "Final-Recipient: rfc822; lena@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user",
        Action::Failed,
        "5.1.1",
        true,
    );
    check("Final-Recipient: RFC822;<lena@example.com>\naction: Failed\nstatus: 4.2.2 (mailbox full)", Action::Failed, "4.2.2", false);
    check("Original-Recipient: rfc822;lena@example.com\nAction: delayed\nStatus: 4.4.1", Action::Delayed, "4.4.1", false);
    check("Final-Recipient: rfc822; lena@example.com\nAction: delivered\nStatus: 2.0.0", Action::Delivered, "2.0.0", false);
}

#[test]
fn bounces_of_servers_with_customs_of_their_own() {
    let exim = mail("X-Failed-Recipients: lena@example.com\nFrom: Mailer-Daemon@mx.example.com", "SMTP error: 550 5.1.1 unknown user");
    assert_eq!(exim.bounce.unwrap().recipients[0].status.as_deref(), Some("5.1.1"));
    let qmail = mail("From: MAILER-DAEMON@mx.example.com\nSubject: failure notice", "Hi. This is the qmail-send program at mx.example.com.");
    assert_eq!(qmail.bounce.unwrap().recipients, []);
    let person = mail("From: postmaster@customer.example\nSubject: Re: Mail delivery to our domain", "Who can help us with it?");
    assert!(person.bounce.is_none() && !person.auto_generated);
    let attached =
        mail("Content-Type: multipart/mixed; boundary=b", &report("Final-Recipient: rfc822; help@nordlicht.example\nAction: failed\nStatus: 5.1.1"));
    assert!(attached.bounce.is_none() && !attached.auto_generated);
    assert_eq!(mail("Subject: delivery failed", "Why did my parcel not come?").bounce, None);
    let read =
        mail("Content-Type: multipart/report; report-type=disposition-notification; boundary=b", "--b\nContent-Type: text/plain\n\nRead.\n--b--\n");
    assert!(read.bounce.is_none() && read.auto_generated);
}

#[test]
fn every_charset_and_what_lies_about_it() {
    #[track_caller]
    fn check(kind: &str, body: &[u8], expected: &str) {
        let mut bytes =
            format!("From: a@example.com\r\nMessage-ID: <1@a>\r\nDate: Tue, 1 Dec 2026 09:30:00 +0100\r\nContent-Type: {kind}\r\n\r\n").into_bytes();
        bytes.extend_from_slice(body);
        assert_eq!(read(&bytes, &Limits::default()).unwrap().visible_text, expected, "{kind}");
    }
    check("text/plain; charset=utf-8", "Zażółć".as_bytes(), "Zażółć");
    check("text/plain; charset=iso-8859-1", b"Gr\xfc\xdfe", "Grüße");
    check("text/plain; charset=windows-1252", b"\x93quoted\x94 \x80 5", "“quoted” € 5");
    check("text/plain; charset=koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет");
    check("text/plain; charset=iso-2022-jp", b"\x1b$B$3$s$K$A$O\x1b(B", "こんにちは");
    check("text/plain; charset=gb2312", b"\xc4\xe3\xba\xc3", "你好");
    check("text/plain; charset=utf-8", b"Gr\xfc\xdfe", "Grüße");
    check("text/plain; charset=us-ascii", "Grüße".as_bytes(), "Grüße");
    check("text/plain; charset=iso-8859-1", "Grüße – später".as_bytes(), "Grüße – später");
    check("text/plain", b"caf\xe9", "café");
    check("text/plain; charset=utf-8", b"\xe3\x81\x93\xe3\x82\x93\xe3", "こん\u{fffd}");
    check("text/plain; charset=no-such-thing", b"plain", "plain");
    check("text/plain; charset=utf-8", b"a\0b", "ab");
}

#[test]
fn html_alone_and_html_beside_text() {
    let html = mail("Content-Type: text/html; charset=utf-8", "<p>First.</p><p>Second &amp; <b>last</b>.</p><script>evil()</script>");
    assert_eq!(html.visible_text, "First.\n\nSecond & last.");
    assert!(html.html.unwrap().contains("<b>last</b>"));
    let both = mail(
        "Content-Type: multipart/alternative; boundary=b",
        "--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<div>Only here</div>\n--b--\n",
    );
    assert_eq!(both.visible_text, "Only here");
    let apple = mail(
        "Content-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/html\n\n<p>Above</p>\n--b\nContent-Type: image/png; name=\"../../etc/p\u{202e}gnp.exe\"\nContent-ID: <img1>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b\nContent-Type: text/html\n\n<p>Below</p>\n--b--\n",
    );
    assert_eq!(apple.visible_text, "Above\nBelow");
    let image = &apple.attachments[0];
    assert_eq!(
        (image.filename.as_str(), image.content_id.as_deref(), image.sniffed, image.inline, image.size),
        ("pgnp.exe", Some("img1"), Some("image/png"), true, 8)
    );
}

#[test]
fn an_attached_text_keeps_its_bytes() {
    let bytes = b"From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee there\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=\"a;b.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\nR3L832U7MQ==\r\n--b--\r\n";
    let found = read(bytes, &Limits::default()).unwrap();
    let attachment = &found.attachments[0];
    assert_eq!((attachment.filename.as_str(), attachment.size), ("a_b.csv", 7));
    assert_eq!(crate::attachment_content(bytes, attachment.part).unwrap(), b"Gr\xfc\xdfe;1"[..7].to_vec());
}

#[test]
fn what_strangers_choose_has_limits() {
    let nested = format!("From: a@x.example\r\n{}", "Content-Type: message/rfc822\r\n\r\n".repeat(20_000));
    assert!(read(nested.as_bytes(), &Limits::default()).unwrap().defects.iter().any(|defect| defect.contains("mails within mails")));
    let parts = format!(
        "From: a@x.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        "--b\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n".repeat(5_000)
    );
    assert!(read(parts.as_bytes(), &Limits::default()).unwrap().defects.iter().any(|defect| defect.contains("more parts")));
    let html = mail("Content-Type: text/html", &format!("<p>Before</p><a {}>after</a>", "b c/d ".repeat(30_000)));
    assert_eq!(html.visible_text, "Before");
    assert!(html.defects.iter().any(|defect| defect.contains("to the end")), "{:?}", html.defects);
    let ids: String = (0..20_000).map(|n| format!(" <{n}@x>")).collect();
    let found = mail(&format!("References:{ids}"), "text");
    assert_eq!((found.references.len(), found.references[0].as_str(), found.references[99].as_str()), (100, "0@x", "19999@x"));
    assert_eq!(mail(&format!("Message-ID: <{}@x>", "a".repeat(3_000)), "text").message_id, None);
    assert_eq!(mail("In-Reply-To: Your message of Monday", "text").in_reply_to, Vec::<String>::new());
    let bounce = mail(REPORT, &report("Final-Recipient: rfc822; a\0b@c.example\nAction: failed")).bounce.unwrap();
    assert_eq!(bounce.recipients[0].address, "ab@c.example");
    assert!(mail("From: Lena Kok", "text").defects.iter().any(|defect| defect.contains("who wrote it")));
}

#[test]
fn flowed_text_is_whole_again() {
    let found = mail("Content-Type: text/plain; charset=utf-8; format=flowed", "One long \nparagraph.\n\n> quoted \n> text\n\nEnd.\n-- \nLena");
    assert_eq!(found.text, "One long paragraph.\n\n> quoted text\n\nEnd.\n-- \nLena");
    assert_eq!(found.visible_text, "One long paragraph.\n\n> quoted text\n\nEnd.");
}

/// All files below a folder of the shared data; none where it is not there.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

#[test]
fn the_public_collections_are_read_to_the_end() {
    for path in ["mail-stalwart", "mail-mikel", "mail-enmime"].into_iter().flat_map(files) {
        let bytes = std::fs::read(&path).unwrap();
        let found = read(&bytes, &Limits::default()).unwrap();
        assert!(!found.text.contains('\0') && !found.visible_text.contains('\r'), "{}", path.display());
        let names = found.attachments.iter().map(|a| &a.filename);
        assert!(
            names.into_iter().all(|name| !name.is_empty() && !name.contains(['/', '\\', '\0', '\n'])),
            "{}: {:?}",
            path.display(),
            found.attachments
        );
        serde_json::to_string(&found).unwrap();
        // Cut off at any place it is still a mail.
        for cut in [bytes.len() / 4, bytes.len() / 2, bytes.len() * 3 / 4] {
            read(&bytes[..cut], &Limits::default()).unwrap();
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_stop_it(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
        let found = read(&bytes, &Limits::default()).unwrap();
        let whole: Vec<String> = found.parts.iter().map(|part| part.text.clone()).collect();
        proptest::prop_assert_eq!(whole.join("\n"), found.text.replace("\r\n", "\n").replace('\r', "\n"));
    }

    #[test]
    fn no_mail_stops_it(lines in proptest::collection::vec("(> ){0,2}(On |From: |Sent: |Subject: |-- |<div>|--b|Content-Type: |multipart/mixed; boundary=b|wrote:|2026-12-01 09:30|a@b.example|[a-z ]{0,12}){1,4}", 0..40)) {
        let found = read(lines.join("\r\n").as_bytes(), &Limits::default()).unwrap();
        let whole: Vec<String> = found.parts.iter().map(|part| part.text.clone()).collect();
        proptest::prop_assert_eq!(whole.join("\n"), found.text.replace("\r\n", "\n").replace('\r', "\n"));
    }
}
