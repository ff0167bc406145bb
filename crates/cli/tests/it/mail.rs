//! `hypercare mail parse`: a mail in, what it says out.

use crate::support::Done;
use hypercare_test_support::temp_dir;

const MAIL: &str = "From: Lena Kok <lena@example.com>\r\nTo: help@nordlicht.example\r\nSubject: Re: Invoice\r\nDate: Tue, 1 Dec 2026 09:30:00 +0100\r\n\
Message-ID: <a1@example.com>\r\nIn-Reply-To: <q@nordlicht.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
Yes, the second one.\r\n\r\nOn Mon, 30 Nov 2026 at 10:02, Help <help@nordlicht.example> wrote:\r\n> Which invoice?\r\n";

/// The keys that scripts rely on.
const KEYS: [&str; 15] = [
    "message_id",
    "in_reply_to",
    "references",
    "from",
    "to",
    "subject",
    "date",
    "text",
    "visible_text",
    "html",
    "attachments",
    "auto_generated",
    "bounce",
    "loop",
    "defects",
];

#[tokio::test]
async fn a_mail_is_read() {
    let dir = temp_dir();
    let file = dir.path().join("a.eml");
    std::fs::write(&file, MAIL).unwrap();
    let file = file.display().to_string();
    let found = Done::of(&["mail", "parse", &file, "--json"]).await;
    found.good();
    let found = found.json();
    for key in KEYS {
        assert!(found.get(key).is_some(), "{key} is missing: {found}");
    }
    assert_eq!(found["visible_text"], "Yes, the second one.");
    assert_eq!(found["from"], serde_json::json!({"name": "Lena Kok", "address": "lena@example.com"}));
    assert_eq!(found["date"], "2026-12-01T08:30:00Z");
    let words = Done::of(&["mail", "parse", &file]).await;
    assert!(words.good().contains("Yes, the second one.") && words.good().contains("2 lines of quoted text"), "{}", words.good());
}

#[tokio::test]
async fn html_is_printed_without_what_does_something() {
    let dir = temp_dir();
    let file = dir.path().join("a.eml").display().to_string();
    let html = "<p onclick=evil()>Hello</p><script>evil()</script><img src=\"https://a.example/1.gif\"><img src=\"cid:logo\">";
    std::fs::write(&file, format!("From: a@example.com\r\nContent-Type: text/html\r\n\r\n{html}")).unwrap();
    let found = Done::of(&["mail", "parse", &file, "--json"]).await.json();
    assert_eq!((found["html"].as_str(), &found["blocked_images"]), (Some("<p>Hello</p><img><img src=\"cid:logo\">"), &1.into()));
    assert_eq!(found["visible_text"], "Hello");
}

#[tokio::test]
async fn what_cannot_be_read_is_said() {
    let dir = temp_dir();
    Done::of(&["mail", "parse", &dir.path().join("no.eml").display().to_string()]).await.bad(1, &["no.eml", "cannot be read"]);
    let large = dir.path().join("large.eml");
    std::fs::write(&large, vec![b'a'; (40 << 20) + 1]).unwrap();
    Done::of(&["mail", "parse", &large.display().to_string()]).await.bad(1, &["large.eml", "that are accepted"]);
    let nothing = dir.path().join("nothing.eml");
    std::fs::write(&nothing, "").unwrap();
    let found = Done::of(&["mail", "parse", &nothing.display().to_string(), "--json"]).await;
    found.good();
    assert!(found.json()["defects"].as_array().is_some_and(|defects| !defects.is_empty()));
}
