//! What each side of a chat learns of the other, a customer's conversations, and the copy by e-mail.

use crate::chat::{Browser, UNCOVERED, replies};
use crate::desk::{Desk, text};
use crate::support::{Client, EventStream, TestApp, Wanted, hand_over, on_both, on_both_with};
use hypercare_core::Span;
use hypercare_server::presence::{self, What};
use hypercare_store::queries::chat::Side;
use reqwest::Method;
use serde_json::{Value, json};

/// The next sign on a stream, past what changes.
async fn sign(stream: &mut EventStream) -> (String, Value) {
    loop {
        let event = stream.next().await.unwrap();
        if event.event != "change" {
            assert_eq!(event.id, None, "a sign is nothing to go on from");
            return (event.event, serde_json::from_str(&event.data).unwrap());
        }
    }
}

async fn begun(test: &TestApp, name: &str) -> (Browser, Value) {
    let browser = Browser::open(test, name).await;
    browser.says("one", UNCOVERED).await;
    let id = browser.sees().await["id"].clone();
    (browser, id)
}

async fn typing(who: &Client, conversation: &Value) -> u16 {
    who.post(&format!("/conversations/{}/typing", text(conversation)), &json!({})).await.status.as_u16()
}

#[tokio::test]
async fn each_side_sees_that_the_other_types_and_it_is_kept_nowhere() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, id) = begun(test, "Ana Souza").await;
        let (ben, other) = begun(test, "Ben Okri").await;
        let mut hers = EventStream::open(&test.stranger(), &format!("/public/chat/stream?visitor={}", ana.secret), None).await;
        let mut team = EventStream::open(&desk.agent, "/events/stream", None).await;
        let newest = hypercare_store::queries::events::newest(&mut test.app.reader()).await.unwrap();

        // What is typed to somebody else does not reach her; what is typed to her does, with the name of its writer.
        assert_eq!(typing(&desk.agent, &other).await, 204);
        for _ in 0..9 {
            assert_eq!(typing(&desk.agent, &id).await, 204, "too often is no fault");
        }
        let said = sign(&mut hers).await;
        assert_eq!(said, ("typing".into(), json!({ "conversation": id, "name": "Aiko Tanaka" })));
        for _ in 0..9 {
            assert_eq!(ana.call(Method::POST, "typing", None).await.status, 204);
        }
        // The team hears of her, not of itself.
        assert_eq!(sign(&mut team).await, ("typing".into(), json!({ "conversation": id })));
        assert_eq!(sign(&mut team).await.0, "typing");
        ben.call(Method::POST, "typing", None).await;
        assert_eq!(sign(&mut team).await.1, json!({ "conversation": other }), "nine times hers were told twice");
        assert_eq!(sign(&mut hers).await.0, "typing");
        assert_eq!(hypercare_store::queries::events::newest(&mut test.app.reader()).await.unwrap(), newest, "no event");

        // A note and a draft say nothing to her: the next that she hears of is the reply.
        let path = format!("/conversations/{}", text(&id));
        desk.agent.put(&format!("{path}/draft"), &json!({ "text": "SECRET" })).await;
        desk.agent.post(&format!("{path}/notes"), &json!({ "text": "SECRET" })).await.good();
        replies(&desk, &id, json!({ "text": "Here I am." })).await;
        let event = loop {
            let event = hers.next().await.unwrap();
            if ana.texts().await.contains(&"Here I am.".to_owned()) {
                break event;
            }
        };
        assert_eq!(event.event, "change");

        // Before the first message there is nobody to tell; a program does not type.
        let nobody = Browser::open(test, "Cem").await;
        assert_eq!(nobody.call(Method::POST, "typing", None).await.status, 204);
        desk.agent.post("/conversations/999/typing", &json!({})).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn how_far_each_side_has_read_only_grows_and_tells_nothing_of_notes() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, id) = begun(test, "Ana Souza").await;
        let path = format!("/conversations/{}", text(&id));
        let mut hers = EventStream::open(&test.stranger(), &format!("/public/chat/stream?visitor={}", ana.secret), None).await;
        let mut team = EventStream::open(&desk.agent, "/events/stream", None).await;
        let seen = ana.sees().await;
        assert_eq!((&seen["seen_by_team"], &seen["seen_by_customer"]), (&Value::Null, &Value::Null));
        let newest = seen["messages"].as_array().unwrap().last().unwrap()["id"].clone();
        let events = hypercare_store::queries::events::newest(&mut test.app.reader()).await.unwrap();

        // A note after it: the team has seen more than she may know of.
        desk.agent.post(&format!("{path}/notes"), &json!({ "text": "SECRET" })).await.good();
        let note = desk.agent.get(&format!("{path}/messages")).await.good()["items"].as_array().unwrap().last().unwrap()["id"].clone();
        assert_ne!(note, newest);
        let team_saw = async |message: &Value| desk.agent.post(&format!("{path}/seen"), &json!({ "message": message })).await.status;
        assert_eq!(team_saw(&note).await, 204);
        assert_eq!(sign(&mut hers).await, ("seen".into(), json!({ "conversation": id, "message": newest })));
        assert_eq!(ana.sees().await["seen_by_team"], newest);

        replies(&desk, &id, json!({ "text": "Here I am." })).await;
        let reply = ana.sees().await["messages"].as_array().unwrap().last().unwrap()["id"].clone();
        let she_saw = async |message: &Value| ana.post("seen", json!({ "message": message })).await.status;
        assert_eq!(she_saw(&reply).await, 204);
        assert_eq!(sign(&mut team).await, ("seen".into(), json!({ "conversation": id, "message": reply })));
        // Back, and twice, and beyond what there is: nothing moves.
        let first = ana.sees().await["messages"][0]["id"].clone();
        assert_eq!(
            (she_saw(&first).await, she_saw(&reply).await, she_saw(&json!("9000000000000000000")).await),
            (204.try_into().unwrap(), 204.try_into().unwrap(), 204.try_into().unwrap())
        );
        assert_eq!(team_saw(&first).await, 204);
        let known = desk.agent.get(&format!("{path}/seen")).await.good();
        assert_eq!(known, json!({ "customer": reply, "team": newest }));
        let now = hypercare_store::queries::events::newest(&mut test.app.reader()).await.unwrap();
        assert!(now.unwrap().0 - events.unwrap().0 <= 6, "the note and the reply, no event for a glance");

        let (ben, _) = begun(test, "Ben Okri").await;
        assert_eq!(ben.post("seen", json!({ "message": reply })).await.status, 204);
        assert_eq!(ben.sees().await["seen_by_customer"], Value::Null, "hers is nothing of his");
        desk.agent.post("/conversations/999/seen", &json!({ "message": "1" })).await.problem(404);
        desk.agent.get("/conversations/999/seen").await.problem(404);
        ana.post("seen", json!({ "message": "x" })).await.problem(422);
    })
    .await;
}

#[tokio::test]
async fn a_customer_goes_back_to_an_earlier_conversation() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, first) = begun(test, "Ana Souza").await;
        let (ben, bens) = begun(test, "Ben Okri").await;
        let newest = ana.sees().await["messages"].as_array().unwrap().last().unwrap()["id"].clone();
        ana.post("seen", json!({ "message": newest })).await;
        ana.post("new", json!({})).await;
        test.forward(Span::mins(1)).await;
        ana.says("two", "Another thing: where is my credit?").await;
        let second = ana.sees().await["id"].clone();
        desk.agent.post(&format!("/conversations/{}/notes", text(&first)), &json!({ "text": "SECRET" })).await.good();
        replies(&desk, &first, json!({ "text": "The discount stays." })).await;
        replies(&desk, &first, json!({ "text": "For a year." })).await;

        let others = ana.sees().await["others"].clone();
        assert_eq!(others, json!({ "conversations": 1, "unread": 2 }));
        let listed = ana.call(Method::GET, "conversations", None).await.good();
        let short = |item: &Value| (item["id"].clone(), item["unread"].as_i64().unwrap() > 0);
        let items = listed["items"].as_array().unwrap();
        assert_eq!(items.iter().map(short).collect::<Vec<_>>(), [(second.clone(), true), (first.clone(), true)], "{listed}");
        assert_eq!(
            (&items[1]["preview"], &items[1]["author"], &items[1]["name"], &items[1]["unread"]),
            (&json!("For a year."), &json!("person"), &json!("Aiko Tanaka"), &json!(2))
        );
        assert!(!listed.to_string().contains("SECRET"));
        let page = ana.call(Method::GET, "conversations?limit=1", None).await.good();
        let rest = ana.call(Method::GET, &format!("conversations?limit=1&before={}", text(&page["next"])), None).await.good();
        assert_eq!((&page["items"][0]["id"], &rest["items"][0]["id"], &rest["next"]), (&second, &first, &Value::Null));

        let opened = ana.post("open", json!({ "conversation": first })).await.good();
        assert_eq!((&opened["id"], opened["messages"].as_array().unwrap().last().unwrap()["text"].as_str()), (&first, Some("For a year.")));
        ana.says("three", "Thank you").await;
        assert_eq!(ana.sees().await["id"], first, "what she writes goes on there");
        // Nobody else's, and nothing that is not there.
        ana.post("open", json!({ "conversation": bens })).await.problem(404);
        ana.post("open", json!({ "conversation": "999" })).await.problem(404);
        assert_eq!(ben.sees().await["others"], json!({ "conversations": 0, "unread": 0 }));
    })
    .await;
}

#[tokio::test]
async fn a_copy_goes_to_the_customers_own_address_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, id) = begun(test, "Ana Souza").await;
        Browser::open(test, "Cem").await.post("transcript", json!({})).await.problem(404);
        ana.post("transcript", json!({})).await.problem_at(422, "email");
        ana.post("transcript", json!({ "email": "victim@example.net" })).await.problem_at(422, "email");
        ana.http.post("/public/chat/session", &json!({ "visitor": ana.secret, "email": "ana@example.net" })).await.good();
        desk.agent.post(&format!("/conversations/{}/notes", text(&id)), &json!({ "text": "SECRET" })).await.good();
        replies(&desk, &id, json!({ "text": "The discount stays." })).await;
        let asked = ana.post("transcript", json!({})).await;
        assert_eq!((asked.status.as_u16(), asked.good()), (202, json!({ "email": "ana@example.net" })));
        // A second click sends nothing more; something new does.
        assert_eq!(ana.post("transcript", json!({})).await.status, 202);
        test.forward(Span::mins(1)).await;
        let letters = test.post.sent();
        assert_eq!(letters.len(), 1, "{letters:?}");
        let letter = &letters[0].outbound;
        assert_eq!(letter.to, "ana@example.net");
        assert!(
            letter.text.contains(UNCOVERED) && letter.text.contains("Aiko Tanaka, 2026-11-16 08:0") && letter.text.contains("The discount stays."),
            "{}",
            letter.text
        );
        assert!(!letter.text.contains("SECRET"));
        ana.says("two", "Thank you").await;
        assert_eq!(ana.post("transcript", json!({})).await.status, 202);
        ana.post("transcript", json!({})).await.problem(429);
        test.forward(Span::mins(1)).await;
        assert_eq!(test.post.sent().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_is_not_written_to_for_what_was_said_a_moment_ago() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, id) = begun(test, "Ana Souza").await;
        ana.http.post("/public/chat/session", &json!({ "visitor": ana.secret, "email": "ana@example.net" })).await.good();
        let reads = async || {
            let newest = ana.sees().await["messages"].as_array().unwrap().last().unwrap()["id"].clone();
            ana.post("seen", json!({ "message": newest })).await;
        };
        reads().await;
        replies(&desk, &id, json!({ "text": "It is the new plan." })).await;
        test.forward(Span::secs(110)).await;
        reads().await;
        replies(&desk, &id, json!({ "text": "The discount stays." })).await;
        test.forward(Span::secs(20)).await;
        assert!(test.post.sent().is_empty(), "two minutes after the first of them, twenty seconds after the second");
        test.forward(Span::secs(90)).await;
        assert_eq!(test.post.sent().len(), 0, "its two minutes end at 110 seconds");
        test.forward(Span::secs(15)).await;
        let sent = test.post.sent();
        assert_eq!(sent.len(), 1, "not read for two minutes");
        assert!(sent[0].outbound.text.contains("The discount stays.") && !sent[0].outbound.text.contains("new plan"), "{}", sent[0].outbound.text);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_after_the_customer_left_follows_by_mail_once() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        let (ana, id) = begun(test, "Ana Souza").await;
        let (ben, others) = begun(test, "Ben Okri").await;
        for (who, email) in [(&ana, "ana@example.net"), (&ben, "ben@example.net")] {
            who.http.post("/public/chat/session", &json!({ "visitor": who.secret, "email": email })).await.good();
        }
        let sent = |to: &str| test.post.sent().into_iter().filter(|l| l.outbound.to == to).collect::<Vec<_>>();
        replies(&desk, &id, json!({ "text": "It is the new plan." })).await;
        replies(&desk, &others, json!({ "text": "We look into it." })).await;
        // Ben is there and sees it; Ana is not.
        let seen = ben.sees().await["messages"].as_array().unwrap().last().unwrap()["id"].clone();
        ben.post("seen", json!({ "message": seen })).await;
        test.forward(Span::secs(100)).await;
        assert!(sent("ana@example.net").is_empty(), "she may still be there");
        test.forward(Span::secs(30)).await;
        let first = sent("ana@example.net");
        assert_eq!((first.len(), sent("ben@example.net").len()), (1, 0));
        assert!(first[0].outbound.text.contains("Aiko Tanaka:\nIt is the new plan."), "{}", first[0].outbound.text);
        // What is said soon after comes together, with its file, not in a mail each.
        let file = desk.agent.request(Method::POST, "/files?name=form.pdf").body(b"%PDF-1.7 and so on".to_vec());
        let file = crate::support::client::send(file).await.good();
        replies(&desk, &id, json!({ "text": "Here is the form.", "files": [file["id"]] })).await;
        replies(&desk, &id, json!({ "text": "Take your time." })).await;
        test.forward(Span::mins(10)).await;
        assert_eq!(sent("ana@example.net").len(), 1);
        test.forward(Span::mins(6)).await;
        let second = sent("ana@example.net").pop().unwrap();
        assert_eq!(sent("ana@example.net").len(), 2);
        let text_of = &second.outbound.text;
        assert!(text_of.contains("Here is the form.") && text_of.contains("Take your time.") && !text_of.contains("new plan"), "{text_of}");
        assert_eq!(second.files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["form.pdf"]);
        // She answers by mail: it is the same conversation, and nothing more goes out.
        let letter =
            crate::support::letter_text(&["From: Ana <ana@example.net>", "Subject: Re: it", "Message-ID: <7@example.net>"], "Thank you, filled in.");
        let lmtp = test.app.config.mail_in.lmtp.unwrap();
        hand_over(lmtp, "ana@example.net", &[&second.reply_to], letter.as_bytes()).await;
        test.forward(Span::hours(2)).await;
        assert!(ana.texts().await.contains(&"Thank you, filled in.".to_owned()));
        assert_eq!(sent("ana@example.net").len(), 2);
        let known = desk.agent.get(&format!("/conversations/{}/messages", text(&id))).await.good();
        let hand = known["items"].as_array().unwrap().iter().find(|m| m["text"] == "Thank you, filled in.").unwrap()["hand"].clone();
        assert_eq!(hand, Value::Null, "her own words");
    })
    .await;
}

#[tokio::test]
async fn who_types_beyond_another_node_is_seen_here() {
    on_both(async |test| {
        // With SQLite there is one node.
        if test.app.store.engine() != "postgres" {
            return;
        }
        let desk = Desk::live(test).await;
        let (ana, id) = begun(test, "Ana Souza").await;
        let mut hers = EventStream::open(&test.stranger(), &format!("/public/chat/stream?visitor={}", ana.secret), None).await;
        let mut team = EventStream::open(&desk.agent, "/events/stream", None).await;
        let node = test.another_node().await;
        let conversation = hypercare_core::ConversationId(text(&id).parse().unwrap());
        presence::tell(&node, conversation, Side::Team, What::Typing("Aiko Tanaka".into())).await;
        assert_eq!(sign(&mut hers).await, ("typing".into(), json!({ "conversation": id, "name": "Aiko Tanaka" })));
        presence::tell(&node, conversation, Side::Customer, What::Typing("Ana Souza".into())).await;
        assert_eq!(sign(&mut team).await, ("typing".into(), json!({ "conversation": id })));
        // What is said here is heard here once, not again from the others.
        assert_eq!(typing(&desk.agent, &id).await, 204);
        presence::tell(&node, conversation, Side::Team, What::Typing("Ben Okafor".into())).await;
        assert_eq!(sign(&mut hers).await.1["name"], "Aiko Tanaka");
        assert_eq!(sign(&mut hers).await.1["name"], "Ben Okafor");
    })
    .await;
}
