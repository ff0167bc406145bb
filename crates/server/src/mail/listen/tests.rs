use super::Protocol;
use super::session::{Session, Step};
use crate::mail::Inbox;

/// Plays a session: each line that is said, and how the answer begins.
#[track_caller]
fn check(protocol: Protocol, exchange: &[(&str, &str)]) -> Session {
    let inboxes = vec![Inbox::new("help@example.org").unwrap(), Inbox::new("sales@example.org").unwrap()];
    let mut session = Session::new(protocol, "example.org".into(), 1000, inboxes);
    for (line, expected) in exchange {
        let said = match session.hear(line) {
            Step::Say(reply) | Step::Quit(reply) => reply.wire(),
            Step::Mail => "354".into(),
        };
        assert!(said.starts_with(expected), "{line}: {said}, not {expected}");
    }
    session
}

#[test]
fn mail_is_taken_for_our_inboxes_only() {
    let session = check(
        Protocol::Smtp,
        &[
            ("MAIL FROM:<a@b.example>", "503 5.5.1 Say who you are"),
            ("EHLO mx.b.example", "250-example.org\r\n250-PIPELINING"),
            ("RCPT TO:<help@example.org>", "503"),
            ("mail from:<a@b.example> SIZE=900 BODY=8BITMIME", "250"),
            ("DATA", "503 5.5.1 No receiver"),
            ("RCPT TO:<nobody@example.org>", "550 5.1.1"),
            ("RCPT TO:<help@elsewhere.example>", "550 5.1.1"),
            ("RCPT TO:<Help+c-abc@Example.org>", "250"),
            ("RCPT TO:<sales@example.org> NOTIFY=NEVER", "250"),
            ("DATA", "354"),
        ],
    );
    let (sender, receivers) = session.envelope();
    let receivers: Vec<(&str, &str)> = receivers.iter().map(|(to, inbox)| (to.as_str(), inbox.address.as_str())).collect();
    assert_eq!(sender, "a@b.example");
    assert_eq!(receivers, [("Help+c-abc@Example.org", "help@example.org"), ("sales@example.org", "sales@example.org")]);
}

#[test]
fn what_makes_no_sense_is_said() {
    check(Protocol::Lmtp, &[("EHLO x", "500 5.5.1 This is LMTP"), ("LHLO x", "250-"), ("MAIL FROM:<>", "250"), ("MAIL FROM:<>", "503")]);
    check(Protocol::Smtp, &[("LHLO x", "500"), ("HELO x", "250 example.org"), ("MAIL FROM:a@b", "501"), ("MAIL FROM:<a b@c>", "501")]);
    check(Protocol::Smtp, &[("EHLO x", "250"), ("MAIL FROM:<a@b> SIZE=1001", "552 5.3.4"), ("MAIL FROM:<a@b> SIZE=1000", "250"), ("RSET", "250")]);
    check(Protocol::Smtp, &[("", "500"), ("NOOP", "250"), ("VRFY help", "252"), ("STARTTLS", "500"), ("QUIT", "221")]);
    let mut many = vec![("BLAH", "500"); 20];
    many.push(("BLAH", "421"));
    check(Protocol::Smtp, &many);
}

#[test]
fn lmtp_answers_for_each_receiver_and_smtp_once() {
    let to_two = |first| [(first, "250"), ("MAIL FROM:<>", "250"), ("RCPT TO:<help@example.org>", "250"), ("RCPT TO:<sales@example.org>", "250")];
    let (mut lmtp, mut smtp) = (check(Protocol::Lmtp, &to_two("LHLO x")), check(Protocol::Smtp, &to_two("EHLO x")));
    let said = |replies: Vec<super::Reply>| replies.iter().map(super::Reply::wire).collect::<Vec<_>>();
    assert_eq!(said(lmtp.done(true, 2)), ["250 2.0.0 Kept\r\n", "250 2.0.0 Kept\r\n"]);
    assert!(said(smtp.done(false, 2))[0].starts_with("451 4.3.0"));
    assert!(lmtp.envelope().1.is_empty() && smtp.envelope().1.is_empty(), "the next mail begins anew");
}
