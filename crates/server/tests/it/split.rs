//! One conversation about two matters: what is said of the second goes on by itself.

use crate::chat::{Browser, replies};
use crate::desk::{Desk, items, text};
use crate::support::{Wanted, client, hand_over, letter_text, on_both, on_both_with};
use hypercare_core::{Channel, Span};
use reqwest::Method;
use serde_json::{Value, json};

async fn show(desk: &Desk<'_>, id: &str) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

/// Whose words, and which, in a conversation; as the team reads it.
async fn said(desk: &Desk<'_>, id: &str) -> Vec<(String, String)> {
    let page = desk.agent.get(&format!("/conversations/{id}/messages?limit=200")).await.good();
    items(&page).iter().map(|m| (text(&m["author"]), text(&m["text"]))).collect()
}

/// The message of a conversation that says this.
async fn message(desk: &Desk<'_>, id: &str, words: &str) -> String {
    let page = desk.agent.get(&format!("/conversations/{id}/messages?limit=200")).await.good();
    items(&page).iter().find(|m| m["text"] == words).map(|m| text(&m["id"])).unwrap_or_else(|| panic!("{words}: {page}"))
}

const FIRST: &str = "Where is my okapi?";
const SECOND: &str = "And my invoice has the wrong address on it";
const THIRD: &str = "It should say Rua Augusta 7";

#[tokio::test]
async fn what_is_another_matter_begins_a_conversation_of_its_own() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        ana.says("one", FIRST).await;
        let here = text(&ana.sees().await["id"]);
        let path = format!("/conversations/{here}");
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        desk.agent.post(&format!("{path}/assign"), &json!({ "to": me })).await.good();
        let file = picture(&ana).await;
        ana.post("messages", json!({ "text": SECOND, "client_id": "two", "files": [file["id"]] })).await.good();
        ana.says("three", THIRD).await;
        desk.agent.post(&format!("{path}/notes"), &json!({ "text": "Two matters" })).await.good();
        replies(&desk, &json!(here), json!({ "text": "We look for it." })).await;
        let (second, third) = (message(&desk, &here, SECOND).await, message(&desk, &here, THIRD).await);

        // Named in any order, they stand in the order in which they were said.
        let wanted = json!({ "messages": [third, second], "reason": "It is about the invoice." });
        let begun = desk.agent.post(&format!("{path}/split"), &wanted).await;
        assert_eq!(begun.status, 201, "{}", begun.text);
        let begun = begun.good();
        let new = text(&begun["id"]);
        assert_eq!(
            (&begun["channel"], &begun["handler"], &begun["status"], &begun["contact"]["name"], text(&begun["assignee"]["id"])),
            (&json!("chat"), &json!("waiting"), &json!("open"), &json!("Ana Souza"), me)
        );
        assert_eq!((&begun["split_from"]["id"], begun["also_asked"].is_null()), (&json!(here), true), "{begun}");
        assert_eq!(said(&desk, &new).await, [("customer".into(), format!("{SECOND}\n\n{THIRD}"))]);
        let messages = desk.agent.get(&format!("/conversations/{new}/messages")).await.good();
        assert_eq!(messages["items"][0]["files"][0]["name"], json!("bill.png"));
        let copied = desk.agent.get(&format!("/files/{}", text(&messages["items"][0]["files"][0]["id"]))).await;
        assert!(copied.text.contains("PNG"), "{}", copied.text);

        // Where it was said it still stands, and says where it went.
        let old = show(&desk, &here).await;
        assert_eq!(old["offshoots"], json!([{ "id": new, "subject": begun["subject"], "messages": [second, third] }]));
        assert!(said(&desk, &here).await.iter().any(|(_, words)| words == SECOND));
        let history = desk.agent.get(&format!("{path}/events")).await.good().to_string();
        assert!(history.contains("split another matter off into a conversation of its own: It is about the invoice."), "{history}");

        // The second click makes no second conversation; other words of it are refused.
        let again = desk.agent.post(&format!("{path}/split"), &wanted).await.good();
        assert_eq!(again["id"], json!(new));
        let refused = desk.agent.post(&format!("{path}/split"), &json!({ "messages": [third] })).await;
        refused.problem_at(409, "messages");

        // The customer goes on where they are, sees the other one too, and reads its answer there.
        ana.says("four", "Any news of the okapi?").await;
        assert!(said(&desk, &here).await.iter().any(|(_, words)| words == "Any news of the okapi?"));
        replies(&desk, &json!(new), json!({ "text": "The address is corrected." })).await;
        assert_eq!(ana.sees().await["others"]["unread"], json!(1));
        ana.post("open", json!({ "conversation": new })).await.good();
        assert!(ana.texts().await.contains(&"The address is corrected.".to_owned()));

        // Taken back: one conversation, each word once, for both sides.
        desk.agent.post(&format!("/conversations/{new}/merge"), &json!({ "into": here })).await.good();
        let all = said(&desk, &here).await;
        assert_eq!(all.iter().filter(|(_, words)| words.contains(SECOND)).count(), 1, "{all:?}");
        assert!(all.iter().any(|(_, words)| words == "The address is corrected."));
        assert_eq!(ana.texts().await.iter().filter(|words| words.contains(SECOND)).count(), 1);
        assert_eq!(show(&desk, &here).await["offshoots"], json!([]));
    })
    .await;
}

async fn picture(browser: &Browser) -> Value {
    let request = browser.http.request(Method::POST, "/public/chat/files?name=bill.png").header("x-visitor", &browser.secret);
    client::send(request.body(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on".to_vec())).await.good()
}

#[tokio::test]
async fn only_what_the_customer_said_can_be_split_off() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let here = desk.writes(Channel::Email, "Ana Souza", FIRST).await.to_string();
        let other = desk.writes(Channel::Email, "Ben Okri", SECOND).await.to_string();
        desk.agent.post(&format!("/conversations/{here}/notes"), &json!({ "text": "Hm" })).await.good();
        desk.agent.post(&format!("/conversations/{here}/replies"), &json!({ "text": "We look." })).await.good();
        let path = format!("/conversations/{here}/split");
        let (note, reply) = (message(&desk, &here, "Hm").await, message(&desk, &here, "We look.").await);
        let (first, bens) = (message(&desk, &here, FIRST).await, message(&desk, &other, SECOND).await);
        let check = async |messages: Value, says: &str| {
            let refused = desk.agent.post(&path, &json!({ "messages": messages })).await;
            assert!(refused.text.contains(says), "{}", refused.text);
            refused.problem_at(422, "messages");
        };
        check(json!([]), "Name 1 to 20").await;
        check(json!([note]), "not the customer's own").await;
        check(json!([reply]), "not the customer's own").await;
        check(json!([bens]), "There is no message").await;
        check(json!(["99"]), "There is no message").await;
        check(json!([first, first]), "named twice").await;
        check(json!(vec![first.clone(); 21]), "Name 1 to 20").await;
        desk.agent.post("/conversations/99/split", &json!({ "messages": [first] })).await.problem(404);
        assert_eq!(show(&desk, &here).await["offshoots"], json!([]), "nothing is half done");
    })
    .await;
}

#[tokio::test]
async fn what_is_split_off_never_ends_in_the_conversation_of_somebody_else() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let here = desk.writes(Channel::Email, "Ana Souza", SECOND).await.to_string();
        let second = message(&desk, &here, SECOND).await;
        // Whatever a stranger calls their mail.
        for id in [format!("split {second}"), second.clone()] {
            let letter = json!({ "channel": "email", "contact": { "key": "eve@example.net", "name": "Eve" }, "text": "Hello", "external_id": id });
            desk.agent.post("/inbound", &letter).await.good();
        }
        let path = format!("/conversations/{here}/split");
        let wanted = json!({ "messages": [second] });
        // Two clicks at once begin one conversation.
        let (one, other) = tokio::join!(desk.agent.post(&path, &wanted), desk.agent.post(&path, &wanted));
        let (one, other) = (one.good(), other.good());
        assert_eq!((&one["contact"]["name"], &one["id"]), (&json!("Ana Souza"), &other["id"]), "{one}");
        let all = desk.agent.get("/conversations?view=all&limit=50").await.good();
        let of = |name: &str| items(&all).iter().filter(|c| c["contact"]["name"] == json!(name)).count();
        assert_eq!((of("Ana Souza"), of("Eve")), (2, 2), "{all}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_to_what_was_split_off_come_back_to_it() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        let lmtp = test.app.config.mail_in.lmtp.unwrap();
        let arrives = async |to: &str, id: &str, body: &str| {
            let id = format!("Message-ID: <{id}@example.net>");
            let letter = letter_text(&["From: Ana <ana@example.net>", "Subject: Two things", &id], body);
            hand_over(lmtp, "ana@example.net", &[to], letter.as_bytes()).await;
            test.forward(Span::secs(1)).await;
        };
        arrives("support@localhost", "1", FIRST).await;
        let list = desk.agent.get("/conversations?view=all").await.good();
        let here = text(&items(&list)[0]["id"]);
        arrives("support@localhost", "2", SECOND).await;
        let list = desk.agent.get("/conversations?view=all").await.good();
        let apart = text(&items(&list).iter().find(|c| c["id"] != json!(here)).unwrap()["id"]);
        let split = json!({ "messages": [message(&desk, &apart, SECOND).await] });
        let new = text(&desk.agent.post(&format!("/conversations/{apart}/split"), &split).await.good()["id"]);
        desk.agent.post(&format!("/conversations/{new}/replies"), &json!({ "text": "It is corrected." })).await.good();
        test.forward(Span::secs(1)).await;
        let sent = test.post.sent();
        let letter = sent.iter().find(|letter| letter.outbound.text.contains("It is corrected.")).expect("it went out by mail");
        assert_eq!(letter.outbound.to, "ana@example.net");
        assert!(letter.references.iter().all(|id| !id.contains("split")), "{:?}", letter.references);
        let reply_to = letter.reply_to.clone();
        arrives(&reply_to, "3", "Thank you for the address").await;
        assert!(said(&desk, &new).await.iter().any(|(_, words)| words == "Thank you for the address"));
    })
    .await;
}
