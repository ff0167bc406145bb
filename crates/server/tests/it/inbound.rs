//! Messages from outside: stored once, read, answered with approved words only, or given to a person.

use crate::desk::{COVERED, Desk, by, items, len, text};
use crate::support::{Answer, Client, TestApp, client, on_both};
use hypercare_core::Span;
use hypercare_core::role::Permission;
use reqwest::Method;
use serde_json::{Value, json};

/// About the change, and no answer comes near it.
const UNCOVERED: &str = "Will the new price also apply to our charity discount next spring?";
/// Left out by the plan.
const OTHER: &str = "How do I turn on two-step sign-in?";
/// What the plan's answer says, whole.
const SAID: &str = "Yes, this is expected: since 16 November every plan costs two euros more.";
const ACKNOWLEDGED: &str = "Thank you, we have your message and a person will answer.";

/// The team with its window live, and a program that brings messages in.
struct Door<'a> {
    desk: Desk<'a>,
    program: Client,
}

fn message(name: &str, said: &str) -> Value {
    json!({ "channel": "api", "contact": { "key": name, "name": name }, "text": said })
}

impl<'a> Door<'a> {
    async fn open(test: &'a TestApp) -> Self {
        let desk = Desk::live(test).await;
        Self { desk, program: test.program("Bridge", &[Permission::InboundWrite]).await }
    }
    /// A customer writes for the first time.
    async fn begins(&self, name: &str, said: &str) -> Value {
        let answer = self.program.post("/inbound", &message(name, said)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.good()
    }
    /// A customer writes in a conversation that goes on.
    async fn goes_on(&self, name: &str, conversation: &Value, said: &str) -> Value {
        let mut more = message(name, said);
        more["conversation"] = conversation.clone();
        self.program.post("/inbound", &more).await.good()
    }
    async fn keyed(&self, program: &Client, key: &str, body: &Value) -> Answer {
        client::send(program.request(Method::POST, "/inbound").header("idempotency-key", key).json(body)).await
    }
    async fn conversation(&self, received: &Value) -> Value {
        self.desk.agent.get(&format!("/conversations/{}", text(&received["conversation"]))).await.good()
    }
    async fn messages(&self, received: &Value) -> Vec<Value> {
        items(&self.desk.agent.get(&format!("/conversations/{}/messages", text(&received["conversation"]))).await.good()).to_vec()
    }
    /// Whose words they are, in order.
    async fn authors(&self, received: &Value) -> Vec<String> {
        self.messages(received).await.iter().map(|m| text(&m["author"])).collect()
    }
    async fn stored(&self) -> usize {
        len(&self.desk.agent.get("/conversations?limit=200").await.good())
    }
    async fn issues(&self) -> Vec<Value> {
        items(&self.desk.agent.get(&format!("/issues?window={}", self.desk.window)).await.good()).to_vec()
    }
}

#[tokio::test]
async fn a_message_is_stored_with_what_was_read_in_it() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let mut body = message("Ana Souza", COVERED);
        body["channel"] = json!("email");
        body["subject"] = json!("My invoice of November");
        body["contact"] = json!({ "key": "x", "name": "Ana Souza", "email": "Ana@Example.net " });
        body["sent_at"] = json!("2026-11-16T07:00:00Z");
        let received = door.program.post("/inbound", &body).await.good();
        assert_eq!(received["duplicate"], false);
        let (triage, known) = (&received["triage"], door.conversation(&received).await);
        assert_eq!((&triage["scope"], &triage["scenario"], &triage["category"]), (&json!("in"), &json!("price-higher"), &json!("billing")));
        let reasons = triage["reasons"].as_array().unwrap();
        assert!(reasons.iter().any(|r| r.as_str().unwrap().contains("My invoice is higher than before")), "{reasons:?}");
        assert_eq!(known["triage"]["reasons"], triage["reasons"], "what was answered is what is kept");
        assert_eq!((&known["subject"], &known["window"]), (&json!("My invoice of November"), &json!(door.desk.window)));
        assert_eq!((&known["contact"]["name"], &known["contact"]["email"]), (&json!("Ana Souza"), &json!("ana@example.net")));
        assert_eq!(known["opened_at"], "2026-11-16T08:00:00Z", "clocks do not believe the sender's time");
        let said = door.messages(&received).await;
        assert_eq!((&said[0]["id"], &said[0]["text"], &said[0]["author"]), (&received["message"], &json!(COVERED), &json!("customer")));
    })
    .await;
}

#[tokio::test]
async fn the_same_message_is_stored_once() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let mut body = message("Ana Souza", COVERED);
        body["external_id"] = json!("bridge-17");
        let first = door.program.post("/inbound", &body).await;
        let again = door.program.post("/inbound", &body).await;
        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 200));
        let (first, again) = (first.good(), again.good());
        assert_eq!((&first["duplicate"], &again["duplicate"]), (&json!(false), &json!(true)));
        assert_eq!((&first["conversation"], &first["message"], &first["action"]), (&again["conversation"], &again["message"], &again["action"]));
        assert_eq!(door.authors(&first).await, ["customer", "assistant"]);
        // Eight at once are one message too, and another channel's ids are its own.
        body["external_id"] = json!("bridge-18");
        let many = futures_util::future::join_all((0..8).map(|_| door.program.post("/inbound", &body))).await;
        assert_eq!(many.iter().filter(|a| a.status == 201).count(), 1, "{many:?}");
        body["channel"] = json!("chat");
        assert_eq!(door.program.post("/inbound", &body).await.status, 201);
        assert_eq!(door.stored().await, 3);
    })
    .await;
}

#[tokio::test]
async fn an_idempotency_key_serves_where_the_channel_has_no_id() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let ana = message("Ana Souza", UNCOVERED);
        let first = door.keyed(&door.program, "1", &ana).await;
        let again = door.keyed(&door.program, "1", &ana).await;
        assert_eq!((first.status.as_u16(), first.good()["message"].clone()), (201, again.good()["message"].clone()));
        assert_eq!((again.header("idempotency-replayed"), door.stored().await), (Some("true"), 1));
        // Another program counts its own messages.
        let other = test.program("Other bridge", &[Permission::InboundWrite]).await;
        let ben = door.keyed(&other, "1", &message("Ben Okri", OTHER)).await;
        assert_eq!((ben.status.as_u16(), ben.good()["duplicate"].clone()), (201, json!(false)), "a message of another program was swallowed");
        assert_eq!(door.stored().await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_message_is_refused_by_its_field() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let check = async |change: Value, status: u16, field: &str| {
            let mut body = message("Ana Souza", "Hello");
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let problem = door.program.post("/inbound", &body).await.problem(status);
            assert_eq!(problem["field"].as_str().unwrap_or_default(), field, "{change}: {problem}");
        };
        check(json!({ "text": "" }), 422, "text").await;
        check(json!({ "text": " \n\t" }), 422, "text").await;
        check(json!({ "text": "\0\0" }), 422, "text").await;
        check(json!({ "text": "x".repeat(100_001) }), 422, "text").await;
        check(json!({ "text": 7 }), 422, "text").await;
        check(json!({ "channel": "pigeon" }), 422, "channel").await;
        check(json!({ "contact": { "key": "" } }), 422, "contact.key").await;
        check(json!({ "contact": { "key": "\0" } }), 422, "contact.key").await;
        check(json!({ "contact": { "name": "No key" } }), 422, "contact.key").await;
        check(json!({ "contact": { "key": "x", "email": "nowhere" } }), 422, "contact.email").await;
        check(json!({ "contact": { "key": "x", "name": "n".repeat(201) } }), 422, "contact.name").await;
        check(json!({ "external_id": "" }), 422, "external_id").await;
        check(json!({ "external_id": "x".repeat(301) }), 422, "external_id").await;
        check(json!({ "subject": "x".repeat(1_001) }), 422, "subject").await;
        check(json!({ "conversation": "12345" }), 404, "").await;
        check(json!({ "conversation": "abc" }), 422, "conversation").await;
        check(json!({ "sent_at": "yesterday" }), 422, "sent_at").await;
        check(json!({ "prioroty": "high" }), 422, "prioroty").await;
        // Somebody else's conversation is not there for you.
        let bens = door.begins("Ben Okri", OTHER).await;
        check(json!({ "conversation": bens["conversation"] }), 404, "").await;
        assert_eq!((door.stored().await, door.authors(&bens).await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn odd_messages_are_messages() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let check = async |change: Value, kept: &str| {
            let mut body = message("Ana Souza", "Hello");
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let received = door.program.post("/inbound", &body).await.good();
            assert_eq!(door.messages(&received).await[0]["text"], kept, "{change}");
            (received.clone(), door.conversation(&received).await)
        };
        let long = "price ".repeat(16_666);
        check(json!({ "text": long }), &long).await;
        check(json!({ "text": "My in\0voice" }), "My invoice").await;
        check(json!({ "text": "Ärger mit der Rechnung, 請求書 \u{202e}" }), "Ärger mit der Rechnung, 請求書 \u{202e}").await;
        let (received, _) = check(json!({ "text": "😡😡😡" }), "😡😡😡").await;
        assert_eq!((&received["action"], &received["triage"]["scope"]), (&json!("handed_over"), &json!("unsure")), "{received}");
        let (_, known) =
            check(json!({ "subject": "Re:\0 invoice", "contact": { "key": "k\0ey", "name": "An\0a" }, "external_id": "e\0x", "text": "Hi" }), "Hi")
                .await;
        assert_eq!((&known["subject"], &known["contact"]["name"]), (&json!("Re: invoice"), &json!("Ana")));
    })
    .await;
}

#[tokio::test]
async fn a_covered_question_gets_the_approved_words() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let received = door.begins("Ana Souza", COVERED).await;
        assert_eq!(received["action"], "answered");
        let said = door.messages(&received).await;
        let answer = door.desk.agent.get(&format!("/answers/{}", door.desk.answer("price-higher").await)).await.good();
        assert!(said[1]["text"].as_str().unwrap().contains(SAID), "{}", said[1]);
        for part in ["expected", "do_now", "next_update"] {
            assert!(said[1]["text"].as_str().unwrap().contains(answer["text"][part].as_str().unwrap()), "{part}: {}", said[1]);
        }
        let used = &said[1]["answer"];
        assert_eq!((&used["answer"], &used["version"], &used["source"]), (&answer["id"], &json!(1), &answer["text"]["source"]));
        assert!(used["confidence"].as_f64().unwrap() >= 0.5, "{used}");
        let known = door.conversation(&received).await;
        assert_eq!((&known["status"], &known["handler"], &known["handover"]), (&json!("waiting"), &json!("assistant"), &Value::Null));

        // A second draft changes nothing of what is said; its approval changes all.
        let mut next = answer["text"].clone();
        next["next_update"] = json!("We write again on Monday.");
        let path = format!("/answers/{}", text(&answer["id"]));
        door.desk.agent.put(&path, &json!({ "text": next })).await.good();
        let ben = door.begins("Ben Okri", COVERED).await;
        assert_eq!(door.messages(&ben).await[1]["text"], said[1]["text"]);
        door.desk.owner.post(&format!("{path}/approve"), &json!({ "version": 2 })).await.good();
        let chiara = door.begins("Chiara Conti", COVERED).await;
        let last = &door.messages(&chiara).await[1];
        assert!(last["answer"]["version"] == 2 && last["text"].as_str().unwrap().contains("on Monday"), "{last}");
        assert_eq!(door.messages(&ben).await[1]["answer"]["version"], 1, "what was sent stays what it was");
    })
    .await;
}

#[tokio::test]
async fn what_only_a_person_can_answer_goes_to_one() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let check = async |said: &str, in_scope: bool, because: &str| {
            let received = door.begins(said, said).await;
            let known = door.conversation(&received).await;
            let authors = door.authors(&received).await;
            let expected: &[&str] = if in_scope { &["customer", "system"] } else { &["customer"] };
            assert_eq!(
                (&received["action"], authors.iter().map(String::as_str).collect::<Vec<_>>()),
                (&json!("handed_over"), expected.to_vec()),
                "{said}: {known}"
            );
            assert!(known["handover"].as_str().unwrap().contains(because), "{said}: {}", known["handover"]);
            assert_eq!((&known["handler"], &known["status"]), (&json!("waiting"), &json!("open")));
            if in_scope {
                let told = text(&door.messages(&received).await[1]["text"]);
                assert!(told.starts_with(ACKNOWLEDGED) && told.contains("\n\nA person answers within "), "{told}");
                let clock = by(&known["clocks"], "kind", "acknowledgement");
                assert_eq!(clock["met_at"], known["opened_at"], "at once");
            }
            known
        };
        let known = check(UNCOVERED, true, "Not sure enough").await;
        assert_eq!(known["clocks"].as_array().unwrap().len(), 3, "{}", known["clocks"]);
        check(OTHER, false, "Not about the change").await;
        let known = check("My invoice is higher and I am locked out of my account", true, "blocked").await;
        assert_eq!(known["severity"], "critical");
        check("This is a disgrace!!! You thieves, why is my invoice higher than last month?!", true, "upset").await;
        check("Why is my invoice higher than last month? Let me talk to a real person.", true, "asks for a person").await;
        check("Why is my invoice higher than last month? And where is the credit for my annual payment?", true, "More than one question").await;
    })
    .await;
}

#[tokio::test]
async fn the_assistant_does_not_speak_after_a_person() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let first = door.begins("Ana Souza", UNCOVERED).await;
        let reply = json!({ "text": "I will find out.", "then": "resolved" });
        door.desk.agent.post(&format!("/conversations/{}/replies", text(&first["conversation"])), &reply).await.good();
        let next = door.goes_on("Ana Souza", &first["conversation"], COVERED).await;
        assert_eq!(next["action"], "silent");
        let last = door.goes_on("Ana Souza", &first["conversation"], COVERED).await;
        assert_eq!((&last["action"], door.conversation(&first).await["status"].clone()), (&json!("silent"), json!("open")));
        assert_eq!(door.authors(&first).await, ["customer", "system", "person", "customer", "customer"]);
        // One try is enough: who writes again after its answer gets a person.
        let ben = door.begins("Ben Okri", COVERED).await;
        let again = door.goes_on("Ben Okri", &ben["conversation"], COVERED).await;
        assert_eq!((&ben["action"], &again["action"]), (&json!("answered"), &json!("handed_over")));
        let third = door.goes_on("Ben Okri", &ben["conversation"], COVERED).await;
        assert_eq!(third["action"], "silent");
        assert_eq!(door.authors(&ben).await.iter().filter(|a| *a == "assistant").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_draft_or_a_withdrawn_answer_is_never_said() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let asked = "Can I still pay my licence by cheque after the price increase?";
        let draft = json!({ "title": "Paying by cheque", "expected": "Yes.", "do_now": "Send it.", "next_update": "None.", "examples": [asked] });
        let draft = door.desk.agent.post("/answers", &json!({ "window": door.desk.window, "text": draft })).await.good();
        let before = door.begins("Ana Souza", asked).await;
        assert_eq!(before["action"], "handed_over");
        assert!(before["triage"]["suggestions"].as_array().unwrap().iter().all(|s| s["answer"] != draft["id"]), "{before}");
        let path = format!("/answers/{}", text(&draft["id"]));
        door.desk.owner.post(&format!("{path}/approve"), &json!({ "version": 1 })).await.good();
        let live = door.begins("Ben Okri", asked).await;
        assert_eq!((&live["action"], &door.messages(&live).await[1]["answer"]["answer"]), (&json!("answered"), &draft["id"]), "{live}");
        door.desk.owner.post(&format!("{path}/retire"), &json!({ "reason": "Cheques are over." })).await.good();
        let after = door.begins("Chiara Conti", asked).await;
        assert_eq!(after["action"], "handed_over");
        assert_eq!(door.authors(&after).await, ["customer", "system"]);
        // Nor may a person send it under its name, and it is not suggested any more.
        let bens = format!("/conversations/{}", text(&live["conversation"]));
        door.desk.agent.post(&format!("{bens}/replies"), &json!({ "text": "Send it.", "answer_id": draft["id"] })).await.problem_at(422, "answer_id");
        let offered = door.conversation(&live).await["triage"]["suggestions"].clone();
        assert!(offered.as_array().unwrap().iter().all(|s| s["answer"] != draft["id"]), "{offered}");
    })
    .await;
}

#[tokio::test]
async fn six_messages_in_a_row_are_one_wait() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let first = door.begins("Ana Souza", UNCOVERED).await;
        for _ in 0..5 {
            test.forward(Span::mins(2)).await;
            door.goes_on("Ana Souza", &first["conversation"], "Hello? Is anybody there?").await;
        }
        let known = door.conversation(&first).await;
        let clocks: Vec<&Value> = known["clocks"].as_array().unwrap().iter().filter(|c| c["kind"] == "first_response").collect();
        assert_eq!(clocks.len(), 1, "{clocks:?}");
        assert_eq!((&clocks[0]["started_at"], &clocks[0]["target"]), (&known["opened_at"], &json!(7_200.0)));
        assert_eq!(known["waiting_since"], known["opened_at"]);
        assert_eq!(door.authors(&first).await.iter().filter(|a| *a == "system").count(), 1, "acknowledged once");
        assert_eq!((door.stored().await, &known["messages"]), (1, &json!(7)));
    })
    .await;
}

#[tokio::test]
async fn the_third_customer_makes_it_an_issue() {
    on_both(async |test| {
        let door = Door::open(test).await;
        let mut all = vec![door.begins("Ana Souza", COVERED).await, door.begins("Ben Okri", "You charged me more than before").await];
        // The same person again is not a third one.
        all.push(door.begins("Ana Souza", "My bill went up, is that a mistake?").await);
        assert!(door.issues().await.is_empty());
        all.push(door.begins("Chiara Conti", COVERED).await);
        let issues = door.issues().await;
        assert_eq!(issues.len(), 1, "{issues:?}");
        let issue = &issues[0];
        assert_eq!(
            (&issue["state"], &issue["scenario"], &issue["title"]),
            (&json!("proposed"), &json!("price-higher"), &json!("My invoice is higher than before"))
        );
        assert_eq!((&issue["conversations"], &issue["customers"]), (&json!(4), &json!(3)));
        assert_eq!(issue["answer"]["id"], door.desk.answer("price-higher").await);
        for one in &all {
            assert_eq!(door.conversation(one).await["issue"]["id"], issue["id"]);
        }
        let later = door.begins("Dora Weiss", "I pay two euros more than in October").await;
        assert_eq!(door.conversation(&later).await["issue"]["id"], issue["id"]);
        assert_eq!(door.issues().await[0]["conversations"], 5);
    })
    .await;
}

#[tokio::test]
async fn a_crowd_at_once_makes_one_issue() {
    on_both(async |test| {
        let door = Door::open(test).await;
        futures_util::future::join_all((0..12).map(|n| {
            let door = &door;
            async move { door.begins(&format!("Customer {n}"), COVERED).await }
        }))
        .await;
        let issues = door.issues().await;
        assert_eq!((issues.len(), &issues[0]["conversations"], &issues[0]["customers"]), (1, &json!(12), &json!(12)), "{issues:?}");
    })
    .await;
}
