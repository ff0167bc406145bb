//! The inbox: lists that agree with each other, and everything a person does with a conversation.

use crate::desk::{COVERED, Desk, items, len, text};
use crate::support::{Answer, Client, on_both};
use hypercare_core::channel::{Inbound, Sender};
use hypercare_core::fields::Given;
use hypercare_core::role::Role;
use hypercare_core::{Channel, ConversationId, Span};
use hypercare_server::intake;
use serde_json::{Value, json};

const UNCOVERED: &str = "Will the new price also apply to our charity discount next spring?";
const OTHER: &str = "How do I turn on two-step sign-in?";
const VIEWS: [&str; 9] = ["all_open", "mine", "unassigned", "needs_person", "assistant", "waiting", "breached", "critical", "snoozed"];

async fn show(desk: &Desk<'_>, id: ConversationId) -> Value {
    desk.agent.get(&format!("/conversations/{id}")).await.good()
}

async fn act(by: &Client, id: ConversationId, what: &str, body: Value) -> Answer {
    by.post(&format!("/conversations/{id}/{what}"), &body).await
}

async fn said(desk: &Desk<'_>, id: ConversationId) -> Vec<Value> {
    items(&desk.agent.get(&format!("/conversations/{id}/messages")).await.good()).to_vec()
}

async fn history(desk: &Desk<'_>, id: ConversationId) -> Vec<String> {
    let page = desk.agent.get(&format!("/conversations/{id}/events?limit=200")).await.good();
    items(&page).iter().map(|e| text(&e["sentence"])).collect()
}

/// The customer of [`Desk::writes`] writes again in the same conversation.
async fn writes_again(desk: &Desk<'_>, id: ConversationId, channel: Channel, name: &str, said: &str) {
    let email = (channel == Channel::Email).then(|| format!("{}@example.net", name.to_lowercase().replace(' ', ".")));
    let sender = Sender { key: format!("key of {name}"), email, name: Some(name.into()) };
    let more = Inbound {
        channel,
        sender,
        external_id: None,
        conversation: Some(id),
        subject: None,
        text: said.into(),
        sent_at: None,
        fields: Given::default(),
    };
    intake::receive(&desk.test.app, more).await.unwrap();
}

/// The ids of a whole list, page by page.
async fn ids(by: &Client, query: &str, limit: usize) -> Vec<String> {
    let (mut all, mut cursor) = (vec![], String::new());
    loop {
        let page = by.get(&format!("/conversations?{query}&limit={limit}&cursor={cursor}")).await.good();
        all.extend(items(&page).iter().map(|c| text(&c["id"])));
        assert!(len(&page) <= limit && all.len() < 500, "{query}");
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return all,
        }
    }
}

#[tokio::test]
async fn every_count_is_the_length_of_its_list() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let me = text(&desk.agent.get("/session").await.good()["user"]["id"]);
        let counts = async |window: &str| desk.agent.get(&format!("/conversations/counts?window={window}")).await.good();
        let check = async |when: &str| {
            for window in ["", desk.window.as_str()] {
                let counts = counts(window).await;
                assert_eq!(counts.as_object().unwrap().len(), VIEWS.len());
                for view in VIEWS {
                    let list = ids(&desk.agent, &format!("window={window}&view={view}"), 3).await;
                    assert_eq!(counts[view], list.len(), "{view} of window `{window}` {when}");
                    let unique: std::collections::BTreeSet<&String> = list.iter().collect();
                    assert_eq!(unique.len(), list.len(), "{view} {when}: each once over all pages");
                }
            }
        };
        check("with nothing").await;
        let mut all = vec![];
        for n in 0..3 {
            all.push(desk.writes(Channel::Chat, &format!("Answered {n}"), COVERED).await);
            all.push(desk.writes(Channel::Email, &format!("Uncovered {n}"), UNCOVERED).await);
            all.push(desk.writes(Channel::Form, &format!("Other {n}"), OTHER).await);
            all.push(desk.writes(Channel::Chat, &format!("Locked {n}"), "I pay the new price and am locked out of my account").await);
        }
        check("after twelve wrote").await;
        act(&desk.agent, all[1], "assign", json!({ "to": me })).await.good();
        act(&desk.agent, all[3], "assign", json!({ "to": me })).await.good();
        act(&desk.agent, all[3], "status", json!({ "to": "resolved" })).await.good();
        act(&desk.agent, all[2], "snooze", json!({ "until": "2026-11-16T20:00:00Z" })).await.good();
        act(&desk.agent, all[0], "snooze", json!({ "until": "2026-11-16T20:00:00Z" })).await.good();
        act(&desk.agent, all[5], "replies", json!({ "text": "Yes." })).await.good();
        act(&desk.agent, all[6], "triage", json!({ "severity": "critical" })).await.good();
        check("after some work").await;
        let now = counts("").await;
        assert_eq!(now, json!({ "all_open": 9, "mine": 2, "unassigned": 5, "needs_person": 6, "assistant": 3, "waiting": 4, "breached": 0, "critical": 3, "snoozed": 2 }));
        test.forward(Span::mins(16)).await;
        check("after a breach").await;
        assert_eq!(counts("").await["breached"], 2);
        test.forward(Span::hours(13)).await;
        check("in the evening").await;
        assert_eq!((&counts("").await["snoozed"], &counts("").await["mine"]), (&json!(0), &json!(2)));
    })
    .await;
}

#[tokio::test]
async fn lists_are_in_order_and_paged() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut all = vec![];
        for (n, said) in [OTHER, UNCOVERED, "My invoice is higher and I am locked out", UNCOVERED, OTHER].into_iter().enumerate() {
            all.push(desk.writes(Channel::Chat, &format!("Customer {n}"), said).await.to_string());
            test.app.clock.advance(Span::secs(1));
        }
        // The next promise first; of what was promised together, the older one.
        let order = ids(&desk.agent, "view=all_open", 2).await;
        assert_eq!(order, [2, 1, 3, 0, 4].map(|n| all[n].clone()));
        assert_eq!(ids(&desk.agent, "", 2).await, [4, 3, 2, 1, 0].map(|n| all[n].clone()), "the latest said first");
        let due = desk.agent.get("/conversations?view=all_open&limit=1").await.good()["items"][0]["next_due"].clone();
        assert_eq!(due, json!({ "kind": "first_response", "due_at": "2026-11-16T08:15:02Z", "breached": false }));
        let check = async |query: &str, field: &str| {
            desk.agent.get(&format!("/conversations?{query}")).await.problem_at(422, field);
        };
        check("limit=0", "limit").await;
        check("limit=201", "limit").await;
        check("cursor=nonsense", "cursor").await;
        check("view=everything", "view").await;
        check("window=abc", "window").await;
        check("order=asc", "order").await;
        check("since=yesterday", "since").await;
        check("scope=inside", "scope").await;
        check("channel=pigeon", "channel").await;
        check("severity=bad", "severity").await;
        desk.agent.get("/conversations/1").await.problem(404);
        desk.agent.get("/conversations/abc").await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn search_finds_words_wherever_they_stand() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = desk.writes(Channel::Email, "Ana Souza", "Ärger mit der RECHNUNG: 50% zu viel, order_7").await;
        let ben = desk.writes(Channel::Chat, "Björn Østergård", OTHER).await;
        let dora = desk.writes(Channel::Chat, "Dora Weiss", "Where is order 17?").await;
        act(&desk.agent, dora, "notes", json!({ "text": "She called from Łódź." })).await.good();
        let check = async |words: &str, found: &[ConversationId]| {
            test.all_is_found().await;
            let query: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
            let mut list = ids(&desk.agent, &format!("q={query}"), 50).await;
            list.sort();
            let mut expected: Vec<String> = found.iter().map(ToString::to_string).collect();
            expected.sort();
            assert_eq!(list, expected, "{words}");
        };
        check("rechnung", &[ana]).await;
        check("Ärger", &[ana]).await;
        check("ärger", &[ana]).await;
        check("ana.souza@", &[ana]).await;
        check("BJÖRN", &[ben]).await;
        check("østergård", &[ben]).await;
        check("łódź", &[dora]).await;
        check("two-step", &[ben]).await;
        check("50%", &[ana]).await;
        check("order_7", &[ana]).await;
        check("%", &[]).await;
        check("'; DROP TABLE message; --", &[]).await;
        check("nothing like it", &[]).await;
        check("  ", &[ana, ben, dora]).await;
        assert_eq!(ids(&desk.agent, "q=order&view=all_open&channel=chat", 50).await, [dora.to_string()]);
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_did_not_see_the_last_message_is_not_sent() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Email, "Ana Souza", UNCOVERED).await;
        let seen = show(&desk, id).await["last_customer_message"].clone();
        test.forward(Span::mins(1)).await;
        writes_again(&desk, id, Channel::Email, "Ana Souza", "Forget it, I found it.").await;
        let letters = test.post.sent().len();
        let refused = act(&desk.agent, id, "replies", json!({ "text": "Under Prices.", "seen": seen })).await;
        refused.problem_at(409, "seen");
        test.forward(Span::mins(1)).await;
        assert!(said(&desk, id).await.iter().all(|m| m["author"] != "person"));
        assert_eq!(test.post.sent().len(), letters, "nothing was sent");
        let seen = show(&desk, id).await["last_customer_message"].clone();
        let sent = act(&desk.agent, id, "replies", json!({ "text": "Good!", "seen": seen, "then": "resolved" })).await;
        assert_eq!((sent.status.as_u16(), sent.good()["status"].clone()), (201, json!("resolved")));
        for (body, field) in [
            (json!({ "text": " " }), "text"),
            (json!({ "text": "x".repeat(100_001) }), "text"),
            (json!({}), "text"),
            (json!({ "text": "x", "then": "open" }), "then"),
            (json!({ "text": "x", "answer_id": "7" }), "answer_id"),
        ] {
            act(&desk.agent, id, "replies", body).await.problem_at(422, field);
        }
        desk.agent.post("/conversations/7/replies", &json!({ "text": "x" })).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn a_reply_is_an_answer_and_takes_the_conversation() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        test.forward(Span::mins(5)).await;
        // A note is none: the clock runs on, and the customer sees nothing of it.
        act(&desk.agent, id, "notes", json!({ "text": "Ask billing first." })).await.good();
        let clock = |view: &Value| crate::desk::by(&view["clocks"], "kind", "first_response");
        let noted = show(&desk, id).await;
        assert_eq!((&clock(&noted)["met_at"], &noted["assignee"], &noted["handler"]), (&Value::Null, &Value::Null, &json!("waiting")));
        let answered = act(&desk.agent, id, "replies", json!({ "text": "Yes, it does." })).await.good();
        assert_eq!((&clock(&answered)["met_at"], &answered["assignee"]["name"]), (&json!("2026-11-16T08:05:00Z"), &json!("Aiko Tanaka")));
        assert_eq!((&answered["status"], &answered["handler"], &answered["next_due"]), (&json!("waiting"), &json!("person"), &Value::Null));
        let all = said(&desk, id).await;
        let notes: Vec<&Value> = all.iter().filter(|m| m["note"] == true).collect();
        assert_eq!((notes.len(), &notes[0]["text"]), (1, &json!("Ask billing first.")));
        // Somebody else's reply does not take it from her.
        let other = act(&desk.owner, id, "replies", json!({ "text": "And in spring too." })).await.good();
        assert_eq!(other["assignee"]["name"], "Aiko Tanaka");
    })
    .await;
}

#[tokio::test]
async fn letters_leave_once_and_say_who_speaks() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let answered = desk.writes(Channel::Email, "Ana Souza", COVERED).await;
        let asked = desk.writes(Channel::Email, "Dora Weiss", UNCOVERED).await;
        act(&desk.agent, asked, "notes", json!({ "text": "SECRET of the team" })).await.good();
        act(&desk.agent, asked, "replies", json!({ "text": "Yes, from April on." })).await.good();
        assert_eq!(show(&desk, asked).await["delivery"], json!({ "pending": 2, "failed": 0 }));
        for _ in 0..3 {
            test.forward(Span::mins(1)).await;
        }
        let mut letters = test.post.sent();
        letters.sort_by_key(|l| l.outbound.message);
        assert_eq!(letters.len(), 3, "an answer, an acknowledgement, a reply");
        assert!(letters.iter().all(|l| !l.outbound.text.contains("SECRET")));
        let to = |id: ConversationId| letters.iter().filter(|l| l.outbound.conversation == id).map(|l| l.outbound.clone()).collect::<Vec<_>>();
        let (machine, people) = (to(answered), to(asked));
        assert!(machine[0].text.contains("automatic answer") && machine[0].text.contains("https://help.example.org/prices"), "{}", machine[0].text);
        assert_eq!((machine[0].to.as_str(), machine[0].subject.as_str()), ("ana.souza@example.net", &*format!("Re: {COVERED}")));
        assert_eq!((people[1].to.as_str(), people[1].text.as_str()), ("dora.weiss@example.net", "Yes, from April on.\n\nAiko Tanaka"));
        assert_eq!(show(&desk, asked).await["delivery"], json!({ "pending": 0, "failed": 0 }));
        assert!(said(&desk, asked).await.iter().filter(|m| m["author"] != "customer" && m["note"] == false).all(|m| m["delivery"] == "sent"));
        // The same reply asked for twice under one key is one letter.
        let reply = json!({ "text": "And in May." });
        for _ in 0..2 {
            let request = desk.agent.request(reqwest::Method::POST, &format!("/conversations/{asked}/replies"));
            crate::support::client::send(request.header("idempotency-key", "reply-1").json(&reply)).await.good();
        }
        test.forward(Span::mins(1)).await;
        assert_eq!(test.post.sent().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn it_is_given_put_away_and_comes_back() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let jonas = text(&desk.owner.get("/session").await.good()["user"]["id"]);
        let given = act(&desk.agent, id, "assign", json!({ "to": jonas })).await.good();
        assert_eq!(given["assignee"], json!({ "id": jonas, "name": "Jonas Weber" }));
        assert_eq!(ids(&desk.owner, "view=mine", 50).await, [id.to_string()]);
        act(&desk.agent, id, "assign", json!({ "to": "7" })).await.problem_at(422, "to");
        assert_eq!(act(&desk.agent, id, "assign", json!({ "to": null })).await.good()["assignee"], Value::Null);

        act(&desk.agent, id, "snooze", json!({ "until": "2026-11-16T08:00:00Z" })).await.problem_at(422, "until");
        act(&desk.agent, id, "snooze", json!({ "until": "soon" })).await.problem_at(422, "until");
        let away = async |until: &str| act(&desk.agent, id, "snooze", json!({ "until": until })).await.good();
        let open = async || ids(&desk.agent, "view=all_open", 50).await.len();
        assert_eq!(away("2026-11-16T09:00:00Z").await["snoozed_until"], "2026-11-16T09:00:00Z");
        assert_eq!((open().await, ids(&desk.agent, "view=snoozed", 50).await.len()), (0, 1));
        test.forward(Span::hours(1) - Span(1)).await;
        assert_eq!(open().await, 0);
        test.forward(Span(1)).await;
        assert_eq!((open().await, show(&desk, id).await["snoozed_until"].clone()), (1, Value::Null), "it comes back by itself");
        away("2026-11-17T09:00:00Z").await;
        writes_again(&desk, id, Channel::Chat, "Ana Souza", "Any news?").await;
        assert_eq!(open().await, 1, "a message brings it back");
        away("2026-11-17T09:00:00Z").await;
        assert_eq!(act(&desk.agent, id, "snooze", json!({ "until": null })).await.good()["snoozed_until"], Value::Null);

        for to in ["resolved", "open", "waiting"] {
            assert_eq!(act(&desk.agent, id, "status", json!({ "to": to })).await.good()["status"], to);
        }
        assert_eq!(show(&desk, id).await["reopened"], 1);
        act(&desk.agent, id, "status", json!({ "to": "gone" })).await.problem_at(422, "to");
    })
    .await;
}

#[tokio::test]
async fn labels_links_and_escalations() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let tags = async |tags: Value| act(&desk.agent, id, "tags", json!({ "tags": tags })).await;
        let item = async || desk.agent.get("/conversations").await.good()["items"][0].clone();
        assert_eq!(tags(json!(["  VIP", "press", "vip"])).await.good()["tags"], json!(["press", "vip"]));
        assert_eq!(item().await["tags"], json!(["press", "vip"]));
        assert_eq!(tags(json!(["pr\0ess"])).await.good()["tags"], json!(["press"]));
        for wrong in [json!([""]), json!(["x".repeat(41)]), json!((0..21).map(|n| n.to_string()).collect::<Vec<_>>()), json!(["a,b"])] {
            tags(wrong).await.problem_at(422, "tags");
        }
        assert_eq!(tags(json!([])).await.good()["tags"], json!([]));

        let issue = desk.issue("Charity discounts", &[]).await;
        let linked = act(&desk.agent, id, "link", json!({ "issue": issue })).await.good();
        assert_eq!(linked["issue"], json!({ "id": issue, "title": "Charity discounts" }));
        let count = async || desk.agent.get(&format!("/issues/{issue}")).await.good()["conversations"].clone();
        assert_eq!((count().await, ids(&desk.agent, &format!("issue={issue}"), 9).await.len()), (json!(1), 1));
        assert_eq!(act(&desk.agent, id, "link", json!({ "issue": null })).await.good()["issue"], Value::Null);
        assert_eq!(count().await, 0);
        act(&desk.agent, id, "link", json!({ "issue": "7" })).await.problem_at(422, "issue");

        act(&desk.agent, id, "escalate", json!({ "to": "billing", "reason": "  " })).await.problem_at(422, "reason");
        act(&desk.agent, id, "escalate", json!({ "to": "billing" })).await.problem_at(422, "reason");
        act(&desk.agent, id, "escalate", json!({ "to": "", "reason": "why" })).await.problem_at(422, "to");
        act(&desk.agent, id, "escalate", json!({ "to": "x".repeat(10_000), "reason": "why" })).await.problem_at(422, "to");
        let up = act(&desk.agent, id, "escalate", json!({ "to": "billing", "reason": "Their contract is special." })).await.good();
        assert_eq!(up["escalated_to"], "billing");

        let told = history(&desk, id).await;
        for sentence in [
            "Aiko Tanaka set the tags: press, vip",
            "Aiko Tanaka removed all tags",
            "Aiko Tanaka linked the conversation to the issue “Charity discounts”",
            "Aiko Tanaka removed the link to the issue",
            "Aiko Tanaka escalated to billing: Their contract is special.",
        ] {
            assert!(told.iter().any(|t| t == sentence), "{sentence} in {told:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_correction_sticks_when_the_customer_writes_again() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Email, "Ana Souza", UNCOVERED).await;
        let correct = async |body: Value| act(&desk.agent, id, "triage", body).await;
        let fixed = correct(json!({ "scenario": "credit-missing", "severity": "high", "reassurance": true })).await.good();
        assert_eq!(
            (&fixed["scenario"], &fixed["triage"]["category"], &fixed["severity"]),
            (&json!("credit-missing"), &json!("billing"), &json!("high"))
        );
        assert_eq!(fixed["triage"]["corrected_by"], "Aiko Tanaka");
        writes_again(&desk, id, Channel::Email, "Ana Souza", COVERED).await;
        let now = show(&desk, id).await;
        assert_eq!(
            (&now["scenario"], &now["severity"], &now["reassurance"]),
            (&json!("credit-missing"), &json!("high"), &json!(true)),
            "{}",
            now["triage"]
        );
        assert_eq!(now["triage"]["corrected_by"], "Aiko Tanaka");
        // Out of scope it leaves the window, and stays out.
        assert_eq!(correct(json!({ "scope": "out" })).await.good()["window"], Value::Null);
        writes_again(&desk, id, Channel::Email, "Ana Souza", COVERED).await;
        assert_eq!((&show(&desk, id).await["scope"], &show(&desk, id).await["window"]), (&json!("out"), &Value::Null));
        assert_eq!(correct(json!({ "scope": "in" })).await.good()["window"], desk.window);
        correct(json!({ "scenario": "weather" })).await.problem_at(422, "scenario");
        correct(json!({ "severity": "worst" })).await.problem_at(422, "severity");
        assert_eq!(correct(json!({ "scenario": "" })).await.good()["scenario"], Value::Null);
        let told = history(&desk, id).await;
        assert!(
            told.iter().any(|t| t.starts_with("Aiko Tanaka corrected the first look: about the change, scenario `credit-missing`, severity high")),
            "{told:#?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_its_writers_own() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", UNCOVERED).await;
        let path = format!("/conversations/{id}/draft");
        assert_eq!(desk.agent.get(&path).await.status, 204);
        assert_eq!(desk.agent.put(&path, &json!({ "text": "Dear Ana, \0we" })).await.status, 204);
        desk.owner.put(&path, &json!({ "text": "Hi" })).await;
        act(&desk.owner, id, "replies", json!({ "text": "Hi Ana." })).await.good();
        assert_eq!(desk.owner.get(&path).await.status, 204, "sent, it is no draft any more");
        assert_eq!(desk.agent.get(&path).await.good()["text"], "Dear Ana, we");
        writes_again(&desk, id, Channel::Chat, "Ana Souza", "Thanks").await;
        desk.agent.put(&path, &json!({ "text": "Dear Ana, we are" })).await;
        assert_eq!(test.sign_in("Aiko Tanaka").await.get(&path).await.good()["text"], "Dear Ana, we are", "on another machine too");
        desk.agent.put(&path, &json!({ "text": "" })).await;
        assert_eq!(desk.agent.get(&path).await.status, 204);
        desk.agent.put(&path, &json!({ "text": "x".repeat(100_001) })).await.problem_at(422, "text");
        desk.agent.put("/conversations/7/draft", &json!({ "text": "x" })).await.problem(404);
        let viewer = test.signed_in("Vera Look", Role::Viewer).await;
        viewer.get(&path).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn messages_come_in_pages_from_the_newest() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let id = desk.writes(Channel::Chat, "Ana Souza", OTHER).await;
        for n in 0..6 {
            act(&desk.agent, id, "notes", json!({ "text": format!("note {n}") })).await.good();
        }
        let page = async |query: &str| desk.agent.get(&format!("/conversations/{id}/messages?{query}")).await.good();
        let texts = |page: &Value| items(page).iter().map(|m| text(&m["text"])).collect::<Vec<_>>();
        let first = page("limit=3").await;
        assert_eq!(texts(&first), ["note 3", "note 4", "note 5"]);
        let second = page(&format!("limit=3&before={}", text(&first["next"]))).await;
        assert_eq!(texts(&second), ["note 0", "note 1", "note 2"]);
        let third = page(&format!("limit=3&before={}", text(&second["next"]))).await;
        assert_eq!((texts(&third), &third["next"]), (vec![OTHER.to_owned()], &Value::Null));
        desk.agent.get("/conversations/7/messages").await.problem(404);
        desk.agent.get("/conversations/7/events").await.problem(404);
        let told = history(&desk, id).await;
        assert_eq!(told[0], format!("Ana Souza began a conversation by chat: “{OTHER}”"));
        assert_eq!(told.iter().filter(|t| *t == "Aiko Tanaka left a note").count(), 6);
        assert!(told.iter().all(|t| !t.contains("does not know")), "{told:#?}");
    })
    .await;
}
