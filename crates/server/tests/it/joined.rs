//! One customer, one conversation: merged, read as one, and parted again.

use crate::chat::Browser;
use crate::chat_identity::{NEW, session, token, wanted};
use crate::desk::{Desk, items, len, text};
use crate::support::{Client, TestApp, on_both, on_both_with};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::{Channel, ConversationId, Span};
use hypercare_server::intake;
use serde_json::{Value, json};

async fn show(desk: &Desk<'_>, id: impl std::fmt::Display) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

async fn merge(desk: &Desk<'_>, id: ConversationId, into: ConversationId) -> Value {
    desk.agent.post(&format!("/conversations/{id}/merge"), &json!({ "into": into, "reason": "One matter." })).await.good()
}

async fn said(desk: &Desk<'_>, id: ConversationId) -> Vec<String> {
    let page = desk.agent.get(&format!("/conversations/{id}/messages?limit=200")).await.good();
    items(&page).iter().filter(|m| m["author"] == "customer" || m["author"] == "person").map(|m| text(&m["text"])).collect()
}

async fn listed(desk: &Desk<'_>, query: &str) -> Vec<String> {
    items(&desk.agent.get(&format!("/conversations?{query}&limit=100")).await.good()).iter().map(|c| text(&c["id"])).collect()
}

/// One that a customer writes, with an id of its own channel.
async fn writes(test: &TestApp, channel: Channel, email: &str, external: &str, conversation: Option<ConversationId>, said: &str) -> intake::Received {
    let inbound = Inbound {
        channel,
        sender: Sender { key: email.into(), email: Some(email.into()), name: Some("Ana".into()) },
        external_id: Some(external.into()),
        conversation,
        subject: None,
        text: said.into(),
        sent_at: None,
        fields: Default::default(),
    };
    intake::receive(&test.app, inbound).await.unwrap()
}

#[tokio::test]
async fn two_become_one_and_two_again() {
    on_both(async |test| {
        let mut desk = Desk::live(test).await;
        let one = desk.writes(Channel::Email, "Ana Souza", "Will the zebra price apply to charities?").await;
        let other = desk.writes(Channel::Email, "Ana Souza", "And the okapi discount, is it gone?").await;
        desk.agent.post(&format!("/conversations/{one}/replies"), &json!({ "text": "We ask.", "then": "waiting" })).await.good();
        let before = show(&desk, other).await;
        let views = async || desk.agent.get("/conversations/counts").await.good();
        assert_eq!(views().await["all_open"], 2);
        test.forward(Span::mins(10)).await;

        let stays = merge(&desk, other, one).await;
        assert_eq!((&stays["id"], &stays["status"], &stays["parts"][0]["id"]), (&json!(one), &json!("open"), &json!(other)), "{stays}");
        assert_eq!(stays["waiting_since"], before["waiting_since"], "who waits in the one waits in the other");
        assert_eq!(said(&desk, one).await, ["Will the zebra price apply to charities?", "And the okapi discount, is it gone?", "We ask."]);
        assert_eq!(said(&desk, other).await, ["And the okapi discount, is it gone?"]);
        let gone = show(&desk, other).await;
        assert_eq!((&gone["merged_into"], &gone["read_in"]["id"]), (&json!(one), &json!(one)));
        assert!(gone["clocks"].as_array().unwrap().iter().all(|c| c["running"] == false && c["met_at"].is_null() && c["cancelled_at"].is_null()));
        // In no list and no count of what there is; in the list of what came in.
        assert_eq!(views().await["all_open"], 1);
        for view in ["view=all", "view=all_open", "view=resolved", "view=needs_person"] {
            assert!(!listed(&desk, view).await.contains(&other.to_string()), "{view}");
        }
        assert!(listed(&desk, "view=all&since=2020-01-01T00:00:00Z").await.contains(&other.to_string()));
        // Its words open the one that stays, on its own words too.
        test.all_is_found().await;
        assert_eq!(listed(&desk, "q=okapi").await, [one.to_string()]);
        assert_eq!(listed(&desk, "q=zebra&view=all_open").await, [one.to_string()]);

        // Again is no second merge; what went is not written in, and says where it went.
        merge(&desk, other, one).await;
        assert_eq!(show(&desk, one).await["parts"].as_array().unwrap().len(), 1);
        let refused = desk.agent.post(&format!("/conversations/{other}/replies"), &json!({ "text": "Hello" })).await.problem(409);
        assert!(text(&refused["detail"]).contains(&one.to_string()), "{refused}");
        desk.agent.post(&format!("/conversations/{one}/merge"), &json!({ "into": other })).await.problem_at(409, "into");
        desk.agent.post(&format!("/conversations/{one}/merge"), &json!({ "into": one })).await.problem_at(422, "into");
        desk.agent.post(&format!("/conversations/{one}/merge"), &json!({ "into": "1" })).await.problem_at(422, "into");

        // What is written to it goes on in the one that stays, and is stored once.
        let mail = ("<z@example.net>", "Is anybody there?");
        for duplicate in [false, true] {
            let received = writes(test, Channel::Email, "ana.souza@example.net", mail.0, Some(other), mail.1).await;
            assert_eq!((received.conversation, received.duplicate), (one, duplicate));
        }

        // Weeks later it is what it was, with as much time left as it had.
        test.forward(Span::days(40)).await;
        desk.agent = test.sign_in("Aiko Tanaka").await;
        let back = desk.agent.post(&format!("/conversations/{other}/unmerge"), &json!({ "reason": "Two matters." })).await.good();
        assert_eq!((&back["status"], &back["handler"], &back["merged_into"]), (&before["status"], &before["handler"], &Value::Null));
        assert_eq!(back["waiting_since"], before["waiting_since"]);
        let due = |c: &Value| hypercare_core::Timestamp::parse(&text(&c["next_due"]["due_at"])).unwrap();
        assert_eq!(due(&back), due(&before) + Span::days(40), "the ten minutes before the merge counted, what came after did not");
        assert_eq!(said(&desk, other).await, ["And the okapi discount, is it gone?"]);
        assert!(said(&desk, one).await.contains(&mail.1.to_owned()), "what came since stays where it was said");
        assert_eq!(show(&desk, one).await["parts"], json!([]));
        test.all_is_found().await;
        assert_eq!(listed(&desk, "q=okapi").await, [other.to_string()]);
        desk.agent.post(&format!("/conversations/{other}/unmerge"), &json!({})).await.problem(409);
    })
    .await;
}

#[tokio::test]
async fn of_two_merges_at_once_one_wins() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (one, other) = (desk.writes(Channel::Email, "Ana", "First").await, desk.writes(Channel::Email, "Ana", "Second").await);
        let ask = async |id: ConversationId, into: ConversationId, by: &Client| {
            by.post(&format!("/conversations/{id}/merge"), &json!({ "into": into })).await
        };
        let (a, b) = tokio::join!(ask(one, other, &desk.agent), ask(other, one, &desk.lead));
        let codes = [a.status.as_u16(), b.status.as_u16()];
        assert!(codes == [200, 409] || codes == [409, 200], "{codes:?}");
        let stays = if codes[0] == 200 { other } else { one };
        assert_eq!(listed(&desk, "view=all").await, [stays.to_string()]);
    })
    .await;
}

#[tokio::test]
async fn a_chain_is_read_at_its_end_and_parted_anywhere() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut ids = vec![];
        for words in ["First matter", "Second matter", "Third matter"] {
            ids.push(desk.writes(Channel::Email, "Ana", words).await);
        }
        merge(&desk, ids[0], ids[1]).await;
        merge(&desk, ids[1], ids[2]).await;
        assert_eq!(said(&desk, ids[2]).await.len(), 3);
        assert_eq!(desk.writes_on(Channel::Email, "Ana", ids[0], "More").await.conversation, ids[2]);
        desk.agent.post(&format!("/conversations/{}/unmerge", ids[1]), &json!({})).await.good();
        assert_eq!(said(&desk, ids[1]).await, ["First matter", "Second matter"]);
        assert_eq!(said(&desk, ids[2]).await, ["Third matter", "More"]);
        assert_eq!(desk.writes_on(Channel::Email, "Ana", ids[0], "More of it").await.conversation, ids[1]);
    })
    .await;
}

#[tokio::test]
async fn two_customers_are_joined_only_when_somebody_says_so() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, ben) = (desk.writes(Channel::Email, "Ana", "Our invoice").await, desk.writes(Channel::Email, "Ben", "The same invoice").await);
        let path = format!("/conversations/{ben}/merge");
        let asked = desk.agent.post(&path, &json!({ "into": ana })).await.problem_at(422, "across_contacts");
        assert!(text(&asked["detail"]).contains("nobody else"), "{asked}");
        desk.agent.post(&path, &json!({ "into": ana, "across_contacts": true })).await.good();
        assert_eq!(said(&desk, ana).await, ["Our invoice", "The same invoice"]);
        desk.agent.post(&format!("/conversations/{ana}/replies"), &json!({ "text": "Here it is." })).await.good();
        test.forward(Span::secs(1)).await;
        let sent = test.post.sent();
        let reply = sent.iter().find(|letter| letter.outbound.text.contains("Here it is.")).unwrap();
        assert_eq!(reply.outbound.to, "ana@example.net");
        assert!(!reply.outbound.text.contains("The same invoice"), "what another customer said is quoted to nobody");
        // Nobody would answer him there: what he writes begins anew.
        let anew = desk.writes_on(Channel::Email, "Ben", ben, "Hello?").await.conversation;
        assert!(anew != ana && anew != ben);
        // Ben can be erased; Ana's words stay.
        let contact = text(&show(&desk, ben).await["contact"]["id"]);
        let admin = test.signed_in("Ada Min", hypercare_core::role::Role::Admin).await;
        admin.post(&format!("/contacts/{contact}/erase"), &json!({ "reason": "Request 7" })).await.good();
        let left = said(&desk, ana).await;
        assert!(left.contains(&"Our invoice".to_owned()) && !left.contains(&"The same invoice".to_owned()), "{left:?}");
    })
    .await;
}

/// Ana in a chat, vouched for, and by mail from the same address.
async fn ana(test: &TestApp, desk: &Desk<'_>) -> (Browser, ConversationId, ConversationId) {
    let vouched = token(test, NEW, "u-7", &json!({ "email": "ana@example.net", "name": "Ana" }));
    let (browser, _) = session(test, json!({ "token": vouched })).await;
    browser.says("one", "Where is my okapi?").await;
    let chat: i64 = text(&browser.sees().await["id"]).parse().unwrap();
    let mail = desk.writes_from(Channel::Email, "Ana", Some("ana@example.net".into()), "My okapi is lost").await;
    (browser, ConversationId(chat), mail)
}

#[tokio::test]
async fn a_chat_goes_on_in_the_mail_that_it_became_part_of() {
    on_both_with(wanted(false), async |test| {
        let desk = Desk::live(test).await;
        let (browser, chat, mail) = ana(test, &desk).await;
        // The same identity, vouched for: nothing to confirm.
        merge(&desk, chat, mail).await;
        let both = ["Where is my okapi?", "My okapi is lost"];
        let read = said(&desk, mail).await;
        assert!(both.iter().all(|words| read.contains(&(*words).to_owned())), "{read:?}");
        let seen = browser.texts().await;
        assert!(both.iter().all(|words| seen.iter().filter(|text| text == words).count() == 1), "one conversation, each message once: {seen:?}");
        // What she writes in the chat is in the mail's conversation, once, and she reads the answer in the chat; it goes out by mail.
        browser.says("two", "Found it!").await;
        browser.says("two", "Found it!").await;
        assert_eq!(said(&desk, mail).await.iter().filter(|text| *text == "Found it!").count(), 1);
        desk.agent.post(&format!("/conversations/{mail}/replies"), &json!({ "text": "Wonderful." })).await.good();
        test.forward(Span::secs(1)).await;
        assert!(browser.texts().await.contains(&"Wonderful.".to_owned()));
        assert!(test.post.sent().iter().any(|letter| letter.outbound.to == "ana@example.net" && letter.outbound.text.contains("Wonderful.")));
        let own = browser.call(reqwest::Method::GET, "conversations", None).await.good();
        assert_eq!((len(&own), &own["items"][0]["id"]), (1, &json!(chat)));
        // On another device she goes on in the same.
        let vouched = token(test, NEW, "u-7", &json!({ "email": "ana@example.net" }));
        let (phone, _) = session(test, json!({ "token": vouched })).await;
        assert!(phone.texts().await.contains(&"My okapi is lost".to_owned()));
        // Parted: the chat is the chat again.
        desk.agent.post(&format!("/conversations/{chat}/unmerge"), &json!({})).await.good();
        assert!(!browser.texts().await.contains(&"My okapi is lost".to_owned()));
        browser.says("three", "Still here").await;
        assert!(said(&desk, chat).await.contains(&"Still here".to_owned()));
        // Erased as one of the two while both are one: as both.
        merge(&desk, chat, mail).await;
        let contact = text(&show(&desk, chat).await["contact"]["id"]);
        let admin = test.signed_in("Ada Min", hypercare_core::role::Role::Admin).await;
        admin.post(&format!("/contacts/{contact}/erase"), &json!({ "reason": "Request 8" })).await.good();
        let left = said(&desk, mail).await.join(" ");
        assert!(!left.contains("okapi") && !left.contains("Found"), "{left}");
    })
    .await;
}

#[tokio::test]
async fn a_typed_address_makes_nobody_the_same() {
    on_both_with(wanted(false), async |test| {
        let desk = Desk::live(test).await;
        let (_, chat, mail) = ana(test, &desk).await;
        let (liar, _) = session(test, json!({ "email": "ana@example.net", "name": "Ana" })).await;
        liar.says("one", "I am Ana, really").await;
        let typed: i64 = text(&liar.sees().await["id"]).parse().unwrap();
        let contact = async |id: i64| text(&show(&desk, id).await["contact"]["id"]);
        assert!(contact(typed).await != contact(mail.0).await && contact(typed).await != contact(chat.0).await);
        for into in [mail, chat] {
            let path = format!("/conversations/{typed}/merge");
            desk.agent.post(&path, &json!({ "into": into })).await.problem_at(422, "across_contacts");
        }
        // Joined because somebody says so, the liar still reads nothing of Ana's.
        desk.agent.post(&format!("/conversations/{typed}/merge"), &json!({ "into": mail, "across_contacts": true })).await.good();
        let seen = liar.texts().await;
        assert!(seen.contains(&"I am Ana, really".to_owned()) && !seen.iter().any(|text| text.contains("okapi")), "{seen:?}");
        liar.says("two", "Hello?").await;
        assert!(!said(&desk, mail).await.contains(&"Hello?".to_owned()));
        // Two whom their sites vouch for as different people cannot be one.
        let (ben, _) = session(test, json!({ "token": token(test, NEW, "u-8", &json!({ "email": "ben@example.net" })) })).await;
        ben.says("one", "I am Ben").await;
        let other = text(&ben.sees().await["id"]);
        desk.agent.post(&format!("/conversations/{other}/merge"), &json!({ "into": chat, "across_contacts": true })).await.problem_at(409, "into");
    })
    .await;
}

#[tokio::test]
async fn replies_to_all_reach_what_is_one_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (one, other) = (desk.writes(Channel::Email, "Ana", "First").await, desk.writes(Channel::Email, "Ana", "Second").await);
        let issue = desk.issue("Odd invoices", &[one, other]).await;
        merge(&desk, other, one).await;
        let reach = desk.agent.get(&format!("/issues/{issue}")).await.good();
        assert_eq!(reach["conversations"], 1, "{reach}");
        let body = json!({ "text": "It is mended.", "resolve": true });
        desk.lead.post(&format!("/issues/{issue}/reply-to-all"), &body).await.good();
        for _ in 0..3 {
            test.forward(Span::mins(1)).await;
        }
        assert_eq!(said(&desk, one).await.iter().filter(|text| text.contains("It is mended.")).count(), 1);
        assert_eq!(said(&desk, other).await, ["Second"]);
    })
    .await;
}

#[tokio::test]
async fn the_same_question_elsewhere_is_proposed_and_a_no_is_remembered() {
    on_both_with(wanted(false), async |test| {
        let desk = Desk::live(test).await;
        let (_, chat, mail) = ana(test, &desk).await;
        let proposed = async |id: ConversationId| show(&desk, id).await["also_asked"].clone();
        let scenario = async |id: ConversationId, key: &str| {
            desk.agent.post(&format!("/conversations/{id}/triage"), &json!({ "scenario": key })).await.good();
        };
        scenario(chat, "price-higher").await;
        scenario(mail, "credit-missing").await;
        assert_eq!(proposed(chat).await, Value::Null, "another question");
        scenario(mail, "price-higher").await;
        let one = proposed(chat).await;
        assert_eq!((&one["conversation"], &one["channel"], &one["stays"]), (&json!(mail), &json!("email"), &json!(chat)), "{one}");
        assert_eq!(proposed(mail).await["conversation"], json!(chat), "seen from both sides");
        desk.agent.post(&format!("/conversations/{mail}/assign"), &json!({ "to": null })).await.good();
        let me = desk.agent.get("/session").await.good()["user"]["id"].clone();
        desk.agent.post(&format!("/conversations/{mail}/assign"), &json!({ "to": me })).await.good();
        assert_eq!(proposed(chat).await["stays"], json!(mail), "the one that a person has");

        // Somebody who only typed the address, and asks the same.
        let (liar, _) = session(test, json!({ "email": "ana@example.net", "name": "Ana" })).await;
        liar.says("one", "Me too").await;
        let typed = ConversationId(text(&liar.sees().await["id"]).parse().unwrap());
        scenario(typed, "price-higher").await;
        assert_eq!(proposed(typed).await, Value::Null);

        desk.agent.post(&format!("/conversations/{chat}/not-same"), &json!({ "other": mail })).await.good();
        assert_eq!((proposed(chat).await, proposed(mail).await), (Value::Null, Value::Null));
        desk.agent.post(&format!("/conversations/{chat}/not-same"), &json!({ "other": chat })).await.problem_at(422, "other");
        desk.agent.post(&format!("/conversations/{chat}/not-same"), &json!({ "other": "1" })).await.problem_at(422, "other");
        // Settled a week ago it is no news.
        let again = desk.writes_from(Channel::Email, "Ana", Some("ana@example.net".into()), "My okapi again").await;
        scenario(again, "price-higher").await;
        assert!(!proposed(again).await.is_null());
        for id in [chat, mail] {
            desk.agent.post(&format!("/conversations/{id}/status"), &json!({ "to": "resolved" })).await.good();
        }
        assert!(!proposed(again).await.is_null(), "settled just now");
        test.forward(Span::days(8)).await;
        assert_eq!(proposed(again).await, Value::Null);
    })
    .await;
}
