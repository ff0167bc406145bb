//! E-mail that comes in: what becomes of it, through the listener to which a mail server hands mails over.

use crate::desk::{COVERED, Desk, text};
use crate::support::{Database, TestApp, Wanted, hand_over, letter_text, on_both_with};
use hypercare_core::Span;
use hypercare_core::role::Permission;
use serde_json::{Value, json};

/// Hands a mail over and takes it in.
async fn arrives(test: &TestApp, to: &str, headers: &[&str], body: &str) {
    let said = hand_over(lmtp(test), "somebody@example.net", &[to], letter_text(headers, body).as_bytes()).await;
    assert_eq!(said, ["250 2.0.0 Kept"]);
    test.forward(Span::secs(1)).await;
}

fn lmtp(test: &TestApp) -> std::net::SocketAddr {
    test.app.config.mail_in.lmtp.unwrap()
}

/// The conversations of the desk, the latest said first.
async fn conversations(desk: &Desk<'_>) -> Vec<Value> {
    desk.agent.get("/conversations?view=all").await.good()["items"].as_array().unwrap().clone()
}

async fn messages(desk: &Desk<'_>, conversation: &Value) -> Vec<Value> {
    let list = desk.agent.get(&format!("/conversations/{}/messages", text(&conversation["id"]))).await.good();
    list["items"].as_array().unwrap().clone()
}

async fn held(desk: &Desk<'_>) -> Vec<Value> {
    desk.agent.get("/mails").await.good()["items"].as_array().unwrap().clone()
}

/// A person answers; returns where an answer to it is to go, and what it is called.
async fn answered(desk: &Desk<'_>, conversation: &Value, words: &str) -> (String, String) {
    let path = format!("/conversations/{}/replies", text(&conversation["id"]));
    desk.agent.post(&path, &json!({ "text": words, "then": "waiting" })).await.good();
    desk.test.forward(Span::secs(1)).await;
    let letter = desk.test.post.sent().into_iter().rev().find(|letter| letter.outbound.text.contains(words)).expect("it was sent");
    (letter.reply_to, letter.message_id)
}

const FROM: &str = "From: Lena Kok <lena@example.net>";

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_becomes_a_conversation_and_its_answers_come_back_to_it() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], "What is this?\n\n-- \nLena, Kok Ltd").await;
        let list = conversations(&desk).await;
        assert_eq!((list.len(), text(&list[0]["subject"]), text(&list[0]["channel"])), (1, "Invoice".into(), "email".into()));
        let said = messages(&desk, &list[0]).await;
        assert_eq!((text(&said[0]["text"]), text(&said[0]["name"]), &said[0]["hand"]), ("What is this?".into(), "Lena Kok".into(), &Value::Null));

        let (reply_to, message_id) = answered(&desk, &list[0], "It is the new plan.").await;
        assert!(reply_to.starts_with("support+c-") && reply_to.ends_with("@localhost"), "{reply_to}");
        // By its own address, although the program forgot every header; by what it answers; by what it refers to.
        arrives(
            test,
            &reply_to,
            &[FROM, "Subject: something else", "Message-ID: <2@example.net>"],
            "I see.\n\nOn Mon, 16 Nov 2026 at 09:00, Support <support@localhost> wrote:\n> It is the new plan.",
        )
        .await;
        arrives(
            test,
            "support@localhost",
            &[FROM, "Subject: Re: Invoice", "Message-ID: <3@example.net>", &format!("In-Reply-To: {message_id}")],
            "And next month?",
        )
        .await;
        arrives(
            test,
            "support@localhost",
            &[FROM, "Subject: Re: Invoice", "Message-ID: <4@example.net>", "References: <0@elsewhere> <1@example.net>"],
            "Hello?",
        )
        .await;
        let list = conversations(&desk).await;
        assert_eq!(list.len(), 1, "{list:?}");
        let said: Vec<String> = messages(&desk, &list[0]).await.iter().filter(|m| m["author"] == "customer").map(|m| text(&m["text"])).collect();
        assert_eq!(said, ["What is this?", "I see.", "And next month?", "Hello?"]);
        // The same subject alone is no evidence.
        arrives(test, "support@localhost", &["From: other@example.net", "Subject: Re: Invoice", "Message-ID: <5@example.net>"], "What is this?")
            .await;
        assert_eq!(conversations(&desk).await.len(), 2);
        // The whole text is kept, with what was folded.
        let answer = messages(&desk, &list[0]).await.into_iter().find(|m| m["text"] == "I see.").unwrap();
        let mail = desk.agent.get(&format!("/messages/{}/mail", text(&answer["id"]))).await.good();
        let fates: Vec<&str> = mail["parts"].as_array().unwrap().iter().map(|p| p["fate"].as_str().unwrap()).collect();
        assert_eq!(fates, ["own", "quoted"]);
        assert!(mail["parts"][1]["text"].as_str().unwrap().contains("> It is the new plan."));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_mail_twice_is_one_and_each_inbox_has_its_own_threads() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        let headers = [FROM, "Subject: Invoice", "Message-ID: <1@example.net>"];
        for way in ["Received: by a", "Received: by b"] {
            arrives(test, "support@localhost", &[&[way], &headers[..]].concat(), "What is this?").await;
        }
        assert_eq!(
            (
                conversations(&desk).await.len(),
                messages(&desk, &conversations(&desk).await[0]).await.iter().filter(|m| m["author"] == "customer").count()
            ),
            (1, 1)
        );
        // Another mail under the same id is another mail.
        arrives(test, "support@localhost", &["From: mallory@example.net", "Subject: Invoice", "Message-ID: <1@example.net>"], "Pay me instead.")
            .await;
        assert_eq!(conversations(&desk).await.len(), 2);
        // To both inboxes at once: one question, one conversation.
        let both = letter_text(&["From: ada@example.net", "Subject: Both", "Message-ID: <7@example.net>"], "Who of you?");
        assert_eq!(hand_over(lmtp(test), "ada@example.net", &["support@localhost", "sales@localhost"], both.as_bytes()).await.len(), 2);
        test.forward(Span::secs(1)).await;
        assert_eq!(conversations(&desk).await.len(), 3);
        // What is in one inbox is nothing in the other, whoever knows its ids.
        arrives(test, "sales@localhost", &[FROM, "Message-ID: <8@example.net>", "References: <1@example.net>"], "Through the side door.").await;
        let list = conversations(&desk).await;
        assert_eq!(list.len(), 4);
        let (reply_to, _) = answered(&desk, &list[0], "This is sales.").await;
        assert!(reply_to.starts_with("sales+c-"), "{reply_to}");
        let refused = hand_over(lmtp(test), "a@b.example", &["nobody@localhost"], both.as_bytes()).await;
        assert!(refused[0].starts_with("550 5.1.1"), "{refused:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_the_address_is_not_thereby_the_customer() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], COVERED).await;
        let first = conversations(&desk).await.remove(0);
        assert_eq!(first["handler"], "assistant", "the assistant answered: {first}");
        let reply_to = test.post.sent().last().unwrap().reply_to.clone();
        let before = test.post.sent().len();
        // A colleague says that it helped. Nothing follows from that but that a person looks.
        arrives(test, &reply_to, &["From: Bo <bo@example.net>", "Message-ID: <2@example.net>"], "Yes, that helped.").await;
        let list = conversations(&desk).await;
        assert_eq!(
            (list.len(), text(&list[0]["status"]), text(&list[0]["handler"]), text(&list[0]["contact"]["email"])),
            (1, "open".into(), "waiting".into(), "lena@example.net".into())
        );
        let said = messages(&desk, &list[0]).await;
        let colleague = said.iter().find(|m| m["name"] == "Bo").unwrap();
        assert_eq!(colleague["hand"], json!({ "kind": "other", "address": "bo@example.net" }));
        assert_eq!(test.post.sent().len(), before, "nothing is answered automatically");
        // The customer from another address of theirs is somebody else too, until a person says otherwise.
        arrives(test, "support@localhost", &["From: bo@example.net", "Message-ID: <3@example.net>"], "A question of my own").await;
        assert_eq!(conversations(&desk).await.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_machines_write_is_kept_and_nothing_follows_from_it() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], "What is this?").await;
        let first = conversations(&desk).await.remove(0);
        let path = format!("/conversations/{}/replies", text(&first["id"]));
        desk.agent.post(&path, &json!({ "text": "It is the new plan.", "then": "resolved" })).await.good();
        test.forward(Span::secs(1)).await;
        let (letter, before) = (test.post.sent().pop().unwrap(), test.post.sent().len());
        arrives(
            test,
            &letter.reply_to,
            &[FROM, "Subject: Out of office", "Message-ID: <2@example.net>", "Auto-Submitted: auto-replied"],
            "I am away.",
        )
        .await;
        let again = conversations(&desk).await.remove(0);
        assert_eq!((text(&again["status"]), &again["waiting_since"]), ("resolved".into(), &Value::Null));
        let away = messages(&desk, &again).await.pop().unwrap();
        assert_eq!((text(&away["text"]), text(&away["hand"]["kind"])), ("I am away.".into(), "machine".into()));
        assert_eq!(test.post.sent().len(), before);

        // Without a conversation it is held, and a person may say that it is a customer's after all.
        arrives(
            test,
            "support@localhost",
            &["From: Alerts <alerts@example.net>", "Message-ID: <3@example.net>", "Auto-Submitted: auto-generated", "Subject: Disk"],
            "The disk is full.",
        )
        .await;
        let waiting = held(&desk).await;
        assert_eq!(
            (waiting.len(), text(&waiting[0]["kind"]), text(&waiting[0]["from"])),
            (1, "automatic".into(), "Alerts <alerts@example.net>".into())
        );
        assert!(text(&waiting[0]["reason"]).contains("Auto-Submitted"), "{waiting:?}");
        let id = text(&waiting[0]["id"]);
        desk.agent.post(&format!("/mails/{id}/take"), &json!({})).await.good();
        test.forward(Span::secs(1)).await;
        assert_eq!(held(&desk).await.len(), 1, "tried again it is the same");
        desk.agent.post(&format!("/mails/{id}/take"), &json!({ "as_message": true })).await.good();
        test.forward(Span::secs(1)).await;
        assert_eq!((held(&desk).await.len(), text(&conversations(&desk).await[0]["subject"])), (0, "Disk".into()));
        desk.agent.post(&format!("/mails/{id}/discard"), &json!({})).await.problem(409);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_in_a_circle_is_held() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        // What one inbox sends to the other comes with our own mark.
        arrives(test, "sales@localhost", &["From: support@localhost", "Message-ID: <1@localhost>", "X-Hypercare-Loop: localhost"], "Hello, us").await;
        arrives(test, "support@localhost", &["From: Sales <sales+x@localhost>", "Message-ID: <2@localhost>"], "Hello, us").await;
        let waiting = held(&desk).await;
        let kinds: Vec<&str> = waiting.iter().map(|m| m["kind"].as_str().unwrap()).collect();
        assert_eq!((kinds, conversations(&desk).await.len(), test.post.sent().len()), (vec!["circle", "circle"], 0, 0));
        desk.agent.post(&format!("/mails/{}/discard", text(&waiting[0]["id"])), &json!({})).await.good();
        assert_eq!(desk.agent.get("/mails?state=discarded").await.good()["items"].as_array().unwrap().len(), 1);
        // A machine that does not say what it is begins a sixth conversation within an hour: it is answered by nobody but people.
        for n in 0..7 {
            arrives(test, "support@localhost", &[FROM, &format!("Message-ID: <n{n}@example.net>")], COVERED).await;
        }
        assert_eq!(test.post.sent().len(), 5);
        assert_eq!(conversations(&desk).await[0]["handler"], "waiting");
        // By a list: a person wrote it, and only a person answers.
        arrives(
            test,
            "support@localhost",
            &["From: ada@example.net", "Message-ID: <list@example.net>", "List-Post: <mailto:l@example.net>"],
            COVERED,
        )
        .await;
        assert_eq!((test.post.sent().len(), text(&conversations(&desk).await[0]["handler"])), (5, "waiting".into()));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_is_told_at_the_message_and_not_sent_there_again() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], "What is this?").await;
        let first = conversations(&desk).await.remove(0);
        let (reply_to, message_id) = answered(&desk, &first, "It is the new plan.").await;
        let report = |to: &str, status: &str, original: &str| {
            format!(
                "From: MAILER-DAEMON@mx.example.net\r\nTo: <{to}>\r\nMessage-ID: <{status}@mx.example.net>\r\nSubject: Undelivered Mail\r\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                 Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; lena@example.net\r\nAction: failed\r\nStatus: {status}\r\n\
                 Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\n\r\nIt is the new plan.\r\n--b--\r\n"
            )
        };
        // A stranger's report about a mail that is not ours changes nothing.
        hand_over(lmtp(test), "", &["support@localhost"], report("support@localhost", "5.0.0", "Message-ID: <hc.1.aaaaaaaaaaaaaaaa@localhost>").as_bytes()).await;
        hand_over(lmtp(test), "", &[&reply_to], report(&reply_to, "5.1.1", &format!("Message-ID: {message_id}")).as_bytes()).await;
        test.forward(Span::secs(1)).await;
        let ours = messages(&desk, &first).await.into_iter().find(|m| m["author"] == "person").unwrap();
        assert_eq!(ours["delivery"], "failed");
        assert!(text(&ours["delivery_error"]).contains("550 no such user"), "{ours}");
        let after = conversations(&desk).await.remove(0);
        assert_eq!((text(&after["status"]), held(&desk).await.len()), ("waiting".into(), 0), "a report brings nothing back");
        let mail = desk.agent.get(&format!("/messages/{}/mail", text(&ours["id"]))).await.good();
        assert_eq!(mail["subject"], "Undelivered Mail");

        // The address is not written to again, until somebody says so or it writes.
        let before = test.post.sent().len();
        let path = format!("/conversations/{}/replies", text(&first["id"]));
        desk.agent.post(&path, &json!({ "text": "One more thing.", "then": "waiting" })).await.good();
        test.forward(Span::secs(1)).await;
        let more = messages(&desk, &first).await.pop().unwrap();
        assert_eq!((test.post.sent().len(), text(&more["delivery"])), (before, "failed".into()));
        desk.agent.post(&format!("/messages/{}/resend", text(&more["id"])), &json!({})).await.good();
        test.forward(Span::secs(1)).await;
        assert_eq!(test.post.sent().len(), before + 1);
        desk.agent.post(&format!("/messages/{}/resend", text(&more["id"])), &json!({})).await.problem(409);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_and_broken_mails_harm_nobody_and_are_not_lost() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        let evil = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p onclick=x()>Hello</p><script>x()</script>\
                    <img src=\"https://t.example/p.png\"><img src=\"cid:i1\"><a href=\"javascript:x()\">a</a>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <i1>\r\n\
                    Content-Disposition: inline; filename=\"a.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b\r\nContent-Type: image/png\r\n\
                    Content-Disposition: attachment; filename=\"../../evil.svg\"\r\n\r\n<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x()\"/>\r\n--b--";
        let raw = format!("{FROM}\r\nMessage-ID: <1@example.net>\r\n{evil}\r\n");
        hand_over(lmtp(test), "lena@example.net", &["support@localhost"], raw.as_bytes()).await;
        test.forward(Span::secs(1)).await;
        let first = conversations(&desk).await.remove(0);
        let said = messages(&desk, &first).await.remove(0);
        assert_eq!(text(&said["text"]).lines().next(), Some("Hello"));
        let files = said["files"].as_array().unwrap();
        let names: Vec<(&str, &str)> = files.iter().map(|f| (f["name"].as_str().unwrap(), f["content_type"].as_str().unwrap())).collect();
        assert_eq!(names, [("a.png", "image/png"), ("evil.svg", "image/svg+xml")]);
        let (picture, drawing) = (desk.agent.get(&format!("/files/{}", text(&files[0]["id"]))).await, desk.agent.get(&format!("/files/{}", text(&files[1]["id"]))).await);
        assert!(picture.header("content-disposition").unwrap().starts_with("inline;"), "{picture:?}");
        assert!(drawing.header("content-disposition").unwrap().starts_with("attachment;"), "{drawing:?}");
        assert_eq!((drawing.header("x-content-type-options"), drawing.header("content-security-policy")), (Some("nosniff"), Some("default-src 'none'; sandbox")));
        let path = format!("/messages/{}/mail", text(&said["id"]));
        let mail = desk.agent.get(&path).await.good();
        assert_eq!((&mail["has_html"], &mail["blocked_images"]), (&json!(true), &json!(1)));
        let page = desk.agent.get(&format!("{path}/page")).await;
        assert!(page.header("content-security-policy").unwrap().contains("sandbox") && !page.header("content-security-policy").unwrap().contains("https:"), "{page:?}");
        for gone in ["script", "onclick", "javascript:", "t.example"] {
            assert!(!page.text.contains(gone), "{gone} in {}", page.text);
        }
        assert!(page.text.contains("data:image/png;base64,"), "{}", page.text);
        assert!(desk.agent.get(&format!("{path}/page?images=true")).await.text.contains("t.example"));
        assert!(desk.agent.get(&format!("/mails/{}/source", text(&mail["id"]))).await.text.contains("<script>"));

        // Nobody to answer: held. Nothing at all: held, and the next one comes through.
        arrives(test, "support@localhost", &["Subject: Who am I?"], "Hello").await;
        hand_over(lmtp(test), "", &["support@localhost"], b"\x00\xff\xfe\r\n").await;
        arrives(test, "support@localhost", &["From: ada@example.net", "Message-ID: <9@example.net>"], "").await;
        assert_eq!(held(&desk).await.iter().map(|m| m["kind"].as_str().unwrap()).collect::<Vec<_>>(), ["no_sender", "no_sender"]);
        assert_eq!(text(&messages(&desk, &conversations(&desk).await[0]).await[0]["text"]), "(The mail has no text.)");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_with_25_mb_is_taken_and_a_larger_one_is_refused_before_it_is_kept() {
    let test = &TestApp::start(Database::Postgres, Wanted::mailed()).await;
    let desk = Desk::live(test).await;
    // 25 MB of attachment are 34 on the wire.
    let large = format!(
        "From: ada@example.net\r\nMessage-ID: <l@example.net>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the film.\r\n--b\r\nContent-Type: video/mp4\r\n\
        Content-Disposition: attachment; filename=film.mp4\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
        ["A".repeat(76), "\r\n".into()].concat().repeat(25 * 1024 * 1024 / 57)
    );
    let taken = hand_over(lmtp(test), "ada@example.net", &["support@localhost"], large.as_bytes()).await;
    assert_eq!(taken, ["250 2.0.0 Kept"]);
    test.forward(Span::secs(1)).await;
    let newest = conversations(&desk).await.remove(0);
    let film = messages(&desk, &newest).await.remove(0)["files"][0].clone();
    assert!(film["size"].as_i64().unwrap() > 26_000_000, "{film}");
    let huge = vec![b'x'; (40 << 20) + 10];
    assert!(hand_over(lmtp(test), "ada@example.net", &["support@localhost"], &huge).await[0].starts_with("552 5.3.4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_long_after_the_end_begins_anew_and_strangers_see_no_mail() {
    on_both_with(Wanted::mailed(), async |test| {
        let mut desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], "What is this?").await;
        let first = conversations(&desk).await.remove(0);
        let path = format!("/conversations/{}/replies", text(&first["id"]));
        desk.agent.post(&path, &json!({ "text": "It is the new plan.", "then": "resolved" })).await.good();
        test.app.clock.set(test.now() + Span::days(29));
        desk.agent = test.sign_in("Aiko Tanaka").await;
        arrives(test, "support@localhost", &[FROM, "Subject: Re: Invoice", "Message-ID: <2@example.net>", "In-Reply-To: <1@example.net>"], "Thanks")
            .await;
        assert_eq!(conversations(&desk).await.len(), 1);
        desk.agent.post(&path, &json!({ "text": "Welcome.", "then": "resolved" })).await.good();
        test.app.clock.set(test.now() + Span::days(31));
        desk.agent = test.sign_in("Aiko Tanaka").await;
        arrives(test, "support@localhost", &[FROM, "Subject: Re: Invoice", "Message-ID: <3@example.net>", "In-Reply-To: <1@example.net>"], "Again?")
            .await;
        let list = conversations(&desk).await;
        assert_eq!(list.len(), 2);
        let detail = desk.agent.get(&format!("/conversations/{}", text(&list[0]["id"]))).await.good();
        assert!(detail["triage"]["reasons"].to_string().contains("begins anew"), "{detail}");
        let status = desk.agent.get("/mail").await.good();
        assert_eq!((text(&status["inboxes"][1]["address"]), &status["held"]), ("sales@localhost".into(), &json!(0)));
        let program = test.program("Bringer", &[Permission::InboundWrite]).await;
        program.get("/mails").await.problem(403);
        test.stranger().get("/mail").await.problem(401);
        desk.agent.get("/mails?state=odd").await.problem_at(422, "state");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_what_became_part_of_another_conversation_goes_on_there() {
    on_both_with(Wanted::mailed(), async |test| {
        let mut desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], "What is this?").await;
        let old = conversations(&desk).await.remove(0);
        let (reply_to, message_id) = answered(&desk, &old, "It is the new plan.").await;
        arrives(test, "support@localhost", &[FROM, "Subject: And my seats", "Message-ID: <2@example.net>"], "How many seats do I have?").await;
        let whole = conversations(&desk).await.into_iter().find(|c| c["id"] != old["id"]).unwrap();
        let merge = json!({ "into": whole["id"] });
        desk.agent.post(&format!("/conversations/{}/merge", text(&old["id"])), &merge).await.good();
        test.app.clock.set(test.now() + Span::days(25));
        desk.agent = test.sign_in("Aiko Tanaka").await;
        // By its secret address, and by what it answers.
        arrives(test, &reply_to, &[FROM, "Subject: Re: Invoice", "Message-ID: <3@example.net>"], "And the discount?").await;
        let answers = format!("In-Reply-To: <{message_id}>");
        arrives(test, "support@localhost", &[FROM, "Subject: Re: Invoice", "Message-ID: <4@example.net>", &answers], "Still there?").await;
        let said: Vec<String> = messages(&desk, &whole).await.iter().map(|m| text(&m["text"])).collect();
        for words in ["And the discount?", "Still there?"] {
            assert_eq!(said.iter().filter(|t| *t == words).count(), 1, "{said:?}");
        }
        assert_eq!(conversations(&desk).await.len(), 1, "nothing began anew");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_for_a_reply_and_sent_with_it_once() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        arrives(test, "support@localhost", &[FROM, "Subject: Invoice", "Message-ID: <1@example.net>"], "What is this?").await;
        let first = conversations(&desk).await.remove(0);
        let put = async |client: &crate::support::Client, name: &str, bytes: &[u8]| {
            let request = client.request(reqwest::Method::POST, &format!("/files?name={name}"));
            crate::support::client::send(request.body(bytes.to_vec())).await
        };
        let kept = put(&desk.agent, "../invoice%207.pdf", b"%PDF-1.7 and so on").await.good();
        assert_eq!((text(&kept["name"]), text(&kept["content_type"]), &kept["size"]), ("invoice 7.pdf".into(), "application/pdf".into(), &json!(18)));
        let id = text(&kept["id"]);
        put(&desk.agent, "empty.txt", b"").await.problem(422);
        put(&desk.agent, "huge.bin", &vec![0; (25 << 20) + 1]).await.problem(413);
        // Nobody else's, and nothing to look at before it is sent.
        desk.agent.get(&format!("/files/{id}")).await.problem(404);
        let path = format!("/conversations/{}/replies", text(&first["id"]));
        let said = json!({ "text": "Here it is.", "then": "waiting", "files": [id] });
        desk.lead.post(&path, &said).await.problem_at(422, "files");
        // Where the customer would not see it, it is not taken.
        let program = desk.writes(hypercare_core::Channel::Api, "Ana Souza", "Hello").await;
        desk.agent.post(&format!("/conversations/{program}/replies"), &said).await.problem_at(422, "files");
        assert!(messages(&desk, &first).await.iter().all(|m| m["author"] != "person"), "nothing is half done");
        desk.agent.post(&path, &said).await.good();
        desk.agent.post(&path, &said).await.problem_at(422, "files");
        test.forward(Span::secs(1)).await;
        let letter = test.post.sent().pop().unwrap();
        assert_eq!(
            (letter.files.len(), letter.files[0].name.as_str(), letter.files[0].bytes.as_slice()),
            (1, "invoice 7.pdf", &b"%PDF-1.7 and so on"[..])
        );
        assert_eq!(desk.agent.get(&format!("/files/{id}")).await.text, "%PDF-1.7 and so on");
        desk.agent.delete(&format!("/files/{id}")).await.problem(404);
        let other = text(&put(&desk.agent, "x.bin", &[1, 2, 3]).await.good()["id"]);
        desk.lead.delete(&format!("/files/{other}")).await.problem(404);
        assert_eq!(desk.agent.delete(&format!("/files/{other}")).await.status.as_u16(), 204);
    })
    .await;
}
