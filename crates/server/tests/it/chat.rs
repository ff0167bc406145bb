//! The customer's side: a chat without sign-in, and the form that works without script.

use crate::desk::{COVERED, Desk, text};
use crate::support::{Answer, Client, EventStream, TestApp, client, on_both};
use hypercare_core::Span;
use reqwest::Method;
use serde_json::{Value, json};

pub const UNCOVERED: &str = "Will the new price also apply to our charity discount next spring?";

/// A browser with the chat open.
pub struct Browser {
    pub http: Client,
    pub secret: String,
}

impl Browser {
    pub async fn open(test: &TestApp, name: &str) -> Self {
        let http = test.stranger();
        let session = http.post("/public/chat/session", &json!({ "name": name })).await.good();
        Self { http, secret: text(&session["visitor"]) }
    }
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let mut request = self.http.request(method, &format!("/public/chat/{path}")).header("x-visitor", &self.secret);
        if let Some(body) = body {
            request = request.json(&body);
        }
        client::send(request).await
    }
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }
    pub async fn says(&self, id: &str, said: &str) -> Value {
        let answer = self.post("messages", json!({ "text": said, "client_id": id })).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.good()
    }
    pub async fn sees(&self) -> Value {
        self.call(Method::GET, "conversation", None).await.good()
    }
    pub async fn texts(&self) -> Vec<String> {
        self.sees().await["messages"].as_array().unwrap().iter().map(|m| text(&m["text"])).collect()
    }
}

pub async fn replies(desk: &Desk<'_>, conversation: &Value, body: Value) {
    desk.agent.post(&format!("/conversations/{}/replies", text(conversation)), &body).await.good();
}

#[tokio::test]
async fn a_chat_begins_goes_on_and_survives_a_reload() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        let nothing = ana.sees().await;
        assert_eq!((&nothing["id"], &nothing["messages"], &nothing["may_rate"]), (&Value::Null, &json!([]), &json!(false)));
        let said = ana.says("one", COVERED).await;
        assert_eq!(
            (&said["message"]["text"], &said["message"]["client_id"], &said["message"]["author"]),
            (&json!(COVERED), &json!("one"), &json!("customer"))
        );
        let seen = ana.sees().await;
        let (question, answer) = (&seen["messages"][0], &seen["messages"][1]);
        assert_eq!(
            (question, &answer["author"], &answer["answer"]["source"]),
            (&said["message"], &json!("assistant"), &json!("https://help.example.org/prices"))
        );
        assert!(answer["text"].as_str().unwrap().contains("Yes, this is expected"), "{answer}");
        // The page loads again and finds its conversation; only what is new is read.
        let again = ana.http.post("/public/chat/session", &json!({ "visitor": ana.secret })).await.good();
        assert_eq!((&again["visitor"], &again["name"], &again["conversation"]), (&json!(ana.secret), &json!("Ana Souza"), &seen["id"]));
        let rest = ana.call(Method::GET, &format!("conversation?after={}", text(&question["id"])), None).await.good();
        assert_eq!((rest["messages"].as_array().unwrap().len(), &rest["messages"][0]["id"]), (1, &answer["id"]));
        // The team's side knows the name, and the note stays there.
        let known = desk.agent.get(&format!("/conversations/{}", text(&seen["id"]))).await.good();
        assert_eq!((&known["contact"]["name"], &known["channel"]), (&json!("Ana Souza"), &json!("chat")));
        desk.agent.post(&format!("/conversations/{}/notes", text(&seen["id"])), &json!({ "text": "SECRET" })).await.good();
        assert!(!ana.sees().await.to_string().contains("SECRET"));
    })
    .await;
}

#[tokio::test]
async fn a_message_sent_twice_is_one() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, ben) = (Browser::open(test, "Ana Souza").await, Browser::open(test, "Ben Okri").await);
        let first = ana.says("one", UNCOVERED).await;
        test.forward(Span::mins(1)).await;
        assert_eq!(ana.says("one", UNCOVERED).await["message"], first["message"]);
        let many = futures_util::future::join_all((0..6).map(|_| ana.says("two", "Hello?"))).await;
        assert!(many.iter().all(|m| m["message"] == many[0]["message"]), "{many:?}");
        assert_eq!(ana.texts().await.len(), 3, "two of hers and the acknowledgement");
        // Another browser's ids are its own.
        let bens = ben.says("one", "A thing of my own").await;
        assert_ne!(bens["message"]["id"], first["message"]["id"]);
        assert_eq!(desk.agent.get("/conversations").await.good()["items"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn two_tabs_at_once_are_one_conversation() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        for n in 0..4 {
            let ana = Browser::open(test, "Ana Souza").await;
            let (one, two) = (format!("{n} from the one tab"), format!("{n} from the other tab"));
            let (a, b) = tokio::join!(ana.says("one", &one), ana.says("two", &two));
            assert_eq!(a["conversation"]["id"], b["conversation"]["id"]);
            let texts = ana.texts().await;
            assert!(texts.contains(&one) && texts.contains(&two), "{texts:?}");
        }
        assert_eq!(desk.agent.get("/conversations").await.good()["items"].as_array().unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn strangers_see_nothing() {
    on_both(async |test| {
        Desk::live(test).await;
        let (ana, ben) = (Browser::open(test, "Ana Souza").await, Browser::open(test, "Ben Okri").await);
        ana.says("one", COVERED).await;
        let hers = ana.sees().await;
        assert_eq!((&ben.sees().await["id"], &ben.sees().await["messages"]), (&Value::Null, &json!([])));
        ben.says("one", "Hello").await;
        assert!(!ben.sees().await.to_string().contains(COVERED));
        // Not even by the ids of her messages.
        let answer = &hers["messages"][1]["id"];
        ben.post("helpful", json!({ "message": answer, "helpful": false })).await.problem(404);
        assert_eq!(ana.sees().await["messages"][1]["helpful"], Value::Null);
        let after = ben.call(Method::GET, &format!("conversation?after={}", text(answer)), None).await.good();
        assert!(!after.to_string().contains("Yes, this is expected"), "{after}");

        let nobody = Browser { http: test.stranger(), secret: "made-up".into() };
        nobody.call(Method::GET, "conversation", None).await.problem(401);
        for (path, body) in [
            ("messages", json!({ "text": "x", "client_id": "1" })),
            ("helpful", json!({ "message": answer, "helpful": true })),
            ("rating", json!({ "score": 5 })),
            ("end", json!({})),
            ("new", json!({})),
        ] {
            nobody.post(path, body.clone()).await.problem(401);
            test.stranger().post(&format!("/public/chat/{path}"), &body).await.problem(401);
        }
        test.stranger().get("/public/chat/stream?visitor=made-up").await.problem(401);
        test.stranger().get("/public/chat/stream").await.problem_at(422, "visitor");
        let fresh = test.stranger().post("/public/chat/session", &json!({ "visitor": "made-up" })).await.good();
        assert_ne!(fresh["visitor"], "made-up");
        let check = async |body: Value, field: &str| drop(test.stranger().post("/public/chat/session", &body).await.problem_at(422, field));
        check(json!({ "name": "n".repeat(101) }), "name").await;
        check(json!({ "email": "nowhere" }), "email").await;
        check(json!({ "colour": "red" }), "colour").await;
        let check = async |body: Value, field: &str| drop(ana.post("messages", body).await.problem_at(422, field));
        check(json!({ "text": " ", "client_id": "9" }), "text").await;
        check(json!({ "text": "x".repeat(4_001), "client_id": "9" }), "text").await;
        check(json!({ "text": "x", "client_id": "" }), "client_id").await;
        check(json!({ "text": "x", "client_id": "x".repeat(65) }), "client_id").await;
        check(json!({ "text": "x" }), "client_id").await;
    })
    .await;
}

#[tokio::test]
async fn did_it_help() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, ben) = (Browser::open(test, "Ana Souza").await, Browser::open(test, "Ben Okri").await);
        ana.says("one", COVERED).await;
        ben.says("one", COVERED).await;
        let answer = async |who: &Browser| who.sees().await["messages"][1]["id"].clone();
        let vote = async |who: &Browser, helpful: bool| who.post("helpful", json!({ "message": answer(who).await, "helpful": helpful })).await.status;
        assert_eq!(vote(&ana, true).await, 204);
        let seen = ana.sees().await;
        assert_eq!((&seen["status"], &seen["messages"][1]["helpful"], &seen["may_rate"]), (&json!("resolved"), &json!(true), &json!(true)));
        assert_eq!(vote(&ben, false).await, 204);
        let seen = ben.sees().await;
        assert_eq!((&seen["handler"], &seen["status"], &seen["people_reply_within"]), (&json!("waiting"), &json!("open"), &json!(7_200.0)));
        let known = desk.agent.get(&format!("/conversations/{}", text(&seen["id"]))).await.good();
        assert!(known["handover"].as_str().unwrap().contains("did not help"), "{known}");
        // Only an answer can be helpful.
        let question = ben.sees().await["messages"][0]["id"].clone();
        ben.post("helpful", json!({ "message": question, "helpful": true })).await.problem(404);
        let used = desk.agent.get(&format!("/answers/{}", desk.answer("price-higher").await)).await.good();
        assert_eq!((&used["helpful"], &used["not_helpful"]), (&json!(1), &json!(1)));
    })
    .await;
}

#[tokio::test]
async fn the_rating_is_given_once_for_each_end() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        ana.post("rating", json!({ "score": 5 })).await.problem(404);
        ana.post("end", json!({})).await.problem(404);
        ana.says("one", UNCOVERED).await;
        for wrong in [0, 6, 255] {
            ana.post("rating", json!({ "score": wrong })).await.problem_at(422, "score");
        }
        ana.post("rating", json!({ "score": 4, "comment": "x".repeat(2_001) })).await.problem_at(422, "comment");
        assert_eq!(ana.post("end", json!({})).await.status, 204);
        assert_eq!(ana.sees().await["may_rate"], true);
        assert_eq!(ana.post("rating", json!({ "score": 4, "comment": "Quick" })).await.status, 204);
        assert_eq!(ana.post("rating", json!({ "score": 1 })).await.status, 204);
        let seen = ana.sees().await;
        assert_eq!((&seen["rating"], &seen["may_rate"], &seen["status"]), (&json!(4), &json!(false), &json!("resolved")));
        assert_eq!(desk.agent.get(&format!("/conversations/{}", text(&seen["id"]))).await.good()["rating"], 4);
        // Opened again and settled again, it is another end: it may be rated again, once.
        ana.says("two", "It happens again").await;
        assert_eq!(ana.post("end", json!({})).await.status, 204);
        let seen = ana.sees().await;
        assert_eq!((&seen["rating"], &seen["may_rate"]), (&Value::Null, &json!(true)));
        for score in [2, 5] {
            assert_eq!(ana.post("rating", json!({ "score": score })).await.status, 204);
        }
        assert_eq!((&ana.sees().await["rating"], &ana.sees().await["may_rate"]), (&json!(2), &json!(false)));
        let behind = desk.agent.get("/conversations?signal=csat&since=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z").await.good();
        assert_eq!(behind["items"].as_array().unwrap().len(), 1, "{behind}");
    })
    .await;
}

#[tokio::test]
async fn another_conversation_leaves_the_first_as_it_is() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        ana.says("one", COVERED).await;
        let first = ana.sees().await["id"].clone();
        assert_eq!(ana.post("new", json!({})).await.status, 204);
        assert_eq!(ana.sees().await["id"], Value::Null);
        ana.says("two", UNCOVERED).await;
        let second = ana.sees().await;
        assert!(second["id"] != first && second["messages"][0]["text"] == UNCOVERED, "{second}");
        let known = desk.agent.get(&format!("/conversations/{}", text(&second["id"]))).await.good();
        assert_eq!(known["contact"]["conversations"][0]["id"], first, "the same customer");
        assert_eq!(desk.agent.get(&format!("/conversations/{}", text(&first))).await.good()["status"], "waiting");
    })
    .await;
}

#[tokio::test]
async fn what_a_person_corrected_stays_when_the_visitor_writes_again() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        ana.says("one", UNCOVERED).await;
        let path = format!("/conversations/{}", text(&ana.sees().await["id"]));
        desk.agent.post(&format!("{path}/triage"), &json!({ "scenario": "credit-missing", "severity": "critical" })).await.good();
        ana.says("two", COVERED).await;
        let known = desk.agent.get(&path).await.good();
        assert_eq!((&known["scenario"], &known["severity"]), (&json!("credit-missing"), &json!("critical")), "{}", known["triage"]);
        assert_eq!(known["triage"]["corrected_by"], "Aiko Tanaka");
        // Nor does a polite line make an urgent matter harmless.
        let ben = Browser::open(test, "Ben Okri").await;
        ben.says("one", "I pay the new price and am locked out of my account").await;
        ben.says("two", "Thank you").await;
        let known = desk.agent.get(&format!("/conversations/{}", text(&ben.sees().await["id"]))).await.good();
        assert_eq!((&known["severity"], &known["scope"]), (&json!("critical"), &json!("in")), "{}", known["triage"]);
    })
    .await;
}

#[tokio::test]
async fn the_stream_wakes_when_a_person_replies_and_goes_on_after_a_gap() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, ben) = (Browser::open(test, "Ana Souza").await, Browser::open(test, "Ben Okri").await);
        let path = |who: &Browser| format!("/public/chat/stream?visitor={}", who.secret);
        // Opened before the first message, it follows the conversation that begins.
        let mut early = EventStream::open(&test.stranger(), &path(&ana), None).await;
        ana.says("one", UNCOVERED).await;
        let begun = early.next().await.unwrap();
        assert_eq!((begun.event.as_str(), begun.data), ("change", begun.id.unwrap().to_string()));
        let first = ana.sees().await["id"].clone();

        let mut stream = EventStream::open(&test.stranger(), &path(&ana), None).await;
        ben.says("one", "Somebody else").await;
        replies(&desk, &first, json!({ "text": "I look into it." })).await;
        let woken = stream.next().await.unwrap();
        assert!(ana.texts().await.contains(&"I look into it.".to_owned()));
        assert!(!woken.data.contains("look into"), "only numbers travel");
        drop(stream);
        // Away while a person replies: the number it had brings it on.
        desk.agent.post(&format!("/conversations/{}/notes", text(&first)), &json!({ "text": "A note" })).await.good();
        replies(&desk, &first, json!({ "text": "Found it." })).await;
        let mut stream = EventStream::open(&test.stranger(), &path(&ana), woken.id).await;
        let next = stream.next().await.unwrap();
        assert!(next.id > woken.id, "{next:?} after {woken:?}");
        // A new conversation wakes the same stream.
        ana.post("new", json!({})).await;
        ana.says("two", "Another thing about the new price").await;
        let second = ana.sees().await["id"].clone();
        replies(&desk, &second, json!({ "text": "Here too." })).await;
        let newest = hypercare_store::queries::events::newest(&mut test.app.reader()).await.unwrap().unwrap().0;
        let mut last = next;
        while last.id != Some(newest) {
            let event = stream.next().await.unwrap();
            assert!(event.id > last.id);
            last = event;
            // The reply's last visible event may be followed by events that a customer does not see.
            if newest - last.id.unwrap() < 6 && ana.texts().await.contains(&"Here too.".to_owned()) {
                break;
            }
        }
    })
    .await;
}

/// What a browser without script sends, and the page it gets.
async fn sends(test: &TestApp, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = test.stranger().request(Method::POST, "/help/contact").header("content-type", "application/x-www-form-urlencoded");
    client::send(request.body(body)).await
}

#[tokio::test]
async fn the_form_works_without_script() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let page = test.stranger().get("/help/contact").await;
        assert_eq!(page.status, 200);
        // Search as you type is all that a script adds.
        assert!(!page.text.replace("<script src=\"/help/search.js\" defer></script>", "").contains("<script"), "{}", page.text);
        let id = page.text.split("name=\"form_id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert!(id.len() >= 16, "{id}");

        let check = async |changed: (&str, &str), error_at: &str| {
            let mut fields =
                vec![("form_id", id.as_str()), ("name", "Ana <b>Souza"), ("email", "ana@example.net"), ("subject", "Invoice"), ("text", COVERED)];
            fields.iter_mut().find(|(name, _)| *name == changed.0).unwrap().1 = changed.1;
            let page = sends(test, &fields).await;
            assert_eq!(page.status, 422, "{changed:?}");
            assert!(page.header("content-type").unwrap().starts_with("text/html"));
            assert!(page.text.contains(&format!("id=\"{error_at}-error\"")), "{changed:?}: {}", page.text);
            assert_eq!(page.text.matches("aria-invalid=\"true\"").count(), 1, "{}", page.text);
            // What was typed is still there, as text.
            assert!(page.text.contains("Ana &lt;b&gt;Souza") || changed.0 == "name", "{}", page.text);
            assert!(page.text.contains(&id), "sent again, it is the same form");
        };
        check(("email", "nowhere"), "email").await;
        check(("email", ""), "email").await;
        check(("text", "  "), "text").await;
        check(("name", &"n".repeat(300)), "name").await;
        check(("subject", &"s".repeat(1_100)), "subject").await;
        assert_eq!(desk.agent.get("/conversations").await.good()["items"], json!([]));

        let good = [("form_id", id.as_str()), ("name", "Ana Souza"), ("email", "Ana@example.net"), ("subject", "My\0 invoice"), ("text", COVERED)];
        for _ in 0..2 {
            let page = sends(test, &good).await;
            assert_eq!(page.status, 200, "{}", page.text);
            assert!(page.text.contains("role=\"status\"") && page.text.contains("has arrived"), "{}", page.text);
        }
        let list = desk.agent.get("/conversations").await.good();
        assert_eq!(list["items"].as_array().unwrap().len(), 1, "sent twice, stored once");
        assert_eq!((&list["items"][0]["channel"], &list["items"][0]["subject"]), (&json!("form"), &json!("My invoice")));
        test.forward(Span::mins(1)).await;
        let letters = test.post.sent();
        assert_eq!((letters.len(), letters[0].outbound.to.as_str()), (1, "ana@example.net"), "the answer comes by e-mail");
    })
    .await;
}

#[tokio::test]
async fn the_form_has_an_api() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let form = json!({ "name": "Ana Souza", "email": "ana@example.net", "subject": "Invoice", "text": COVERED });
        let begun = test.stranger().post("/public/form", &form).await;
        assert_eq!(begun.status, 201);
        let known = desk.agent.get(&format!("/conversations/{}", text(&begun.good()["conversation"]))).await.good();
        assert_eq!((&known["contact"]["email"], &known["subject"]), (&json!("ana@example.net"), &json!("Invoice")));
        let check = async |change: Value, field: &str| {
            let mut body = form.clone();
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            test.stranger().post("/public/form", &body).await.problem_at(422, field);
        };
        check(json!({ "email": "x" }), "email").await;
        check(json!({ "text": "" }), "text").await;
        check(json!({ "text": "x".repeat(100_001) }), "text").await;
        check(json!({ "name": "n".repeat(300) }), "name").await;
        check(json!({ "age": 7 }), "age").await;
    })
    .await;
}

async fn uploads(browser: &Browser, name: &str, bytes: &[u8]) -> Answer {
    let request = browser.http.request(Method::POST, &format!("/public/chat/files?name={name}")).header("x-visitor", &browser.secret);
    client::send(request.body(bytes.to_vec())).await
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";

#[tokio::test]
async fn files_go_both_ways_and_only_to_those_who_may_see_them() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (ana, ben) = (Browser::open(test, "Ana Souza").await, Browser::open(test, "Ben Okri").await);
        let picture = uploads(&ana, "what%20I%20see.png", PNG).await;
        assert_eq!(picture.status, 201, "{}", picture.text);
        let picture = picture.good();
        assert_eq!((&picture["content_type"], &picture["size"]), (&json!("image/png"), &json!(PNG.len())));
        uploads(&ana, "empty.txt", b"").await.problem(422);
        // Nobody else's, and only once it is there.
        let said = json!({ "text": "", "client_id": "one", "files": [picture["id"]] });
        ben.post("messages", said.clone()).await.problem_at(422, "files");
        ben.call(Method::DELETE, &format!("files/{}", text(&picture["id"])), None).await.problem(404);
        let sent = ana.post("messages", said.clone()).await.good();
        // The names stand for the text, and a person has to look at it.
        assert_eq!(sent["message"]["text"], json!("[what I see.png]"));
        assert_eq!(sent["conversation"]["handler"], json!("waiting"));
        let arrived = sent["conversation"]["messages"].as_array().unwrap().last().unwrap()["text"].as_str().unwrap().to_owned();
        assert!(arrived.starts_with("Thank you, your message has arrived."), "{arrived}");
        let read = desk.agent.get(&format!("/conversations/{}", text(&sent["conversation"]["id"]))).await.good();
        assert_eq!((&read["triage"]["scope"], &read["triage"]["scenario"]), (&json!("unsure"), &Value::Null), "a name says nothing");
        // Sent again, as after a lost answer, it is the same message with the same file.
        let again = ana.post("messages", said).await.good();
        assert_eq!((&again["message"]["id"], &again["message"]["files"]), (&sent["message"]["id"], &sent["message"]["files"]));
        let conversation = sent["conversation"]["id"].clone();
        let seen = desk.agent.get(&format!("/conversations/{}/messages", text(&conversation))).await.good();
        let file = seen["items"].as_array().unwrap().iter().find_map(|m| m["files"].as_array()?.first()).cloned().unwrap();
        assert_eq!((&file["name"], &file["id"]), (&json!("what I see.png"), &picture["id"]));
        // The team's file reaches the chat by a link that is good for a while, and only as it is.
        let request = desk.agent.request(Method::POST, "/files?name=form.pdf").body(b"%PDF-1.7 and so on".to_vec());
        let form = client::send(request).await.good();
        replies(&desk, &conversation, json!({ "text": "Please fill this in.", "files": [form["id"]] })).await;
        let got = ana.sees().await["messages"].as_array().unwrap().last().unwrap()["files"][0].clone();
        assert_eq!((&got["name"], &got["content_type"]), (&json!("form.pdf"), &json!("application/pdf")));
        let url = format!("/public/{}", text(&got["url"]));
        let answer = ben.http.get(&url).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "%PDF-1.7 and so on"));
        let other = url.replace(&text(&form["id"]), &text(&picture["id"]));
        ben.http.get(&other).await.problem(404);
        ben.http.get(&url.replace("sign=", "sign=a")).await.problem(404);
        test.forward(Span::hours(3)).await;
        ben.http.get(&url).await.problem(410);
    })
    .await;
}

#[tokio::test]
async fn an_uploaded_file_can_be_taken_away_and_strangers_upload_so_much_only() {
    on_both(async |test| {
        Desk::live(test).await;
        let ana = Browser::open(test, "Ana Souza").await;
        let file = uploads(&ana, "a.png", PNG).await.good();
        let gone = ana.call(Method::DELETE, &format!("files/{}", text(&file["id"])), None).await;
        assert_eq!(gone.status, 204);
        ana.post("messages", json!({ "text": "Here", "client_id": "one", "files": [file["id"]] })).await.problem_at(422, "files");
        assert!(ana.texts().await.is_empty(), "nothing is half done");
        let mut refused = 0;
        for _ in 0..40 {
            refused += usize::from(uploads(&ana, "a.png", PNG).await.status == 429);
        }
        assert!(refused > 5, "{refused}");
    })
    .await;
}
