//! Chosen customers are asked how it goes: at a pace, never twice; and what becomes of what they say.

use crate::desk::{COVERED, Desk, by, items, len, text};
use crate::support::client::send;
use crate::support::{Client, TestApp, Wanted, hand_over, letter_text, on_both, on_both_with};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span};
use hypercare_server::engine;
use hypercare_server::outbox::{Letter, deliver_due};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const QUESTION: &str = "How is the new billing going?";

fn content(more: &Value) -> Value {
    let mut all = json!({
        "question": QUESTION, "intro": "You wrote to us about your invoice.", "topics": ["price-higher"],
        "audience": { "kind": "about", "topics": ["price-higher"] }, "ways": ["chat", "email"], "per_hour": 60, "rest_days": 30,
    });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

fn at(it: &Value, rest: &str) -> String {
    format!("/check-ins/{}{rest}", text(&it["id"]))
}

fn revision(it: &Value) -> Value {
    json!({ "revision": it["revision"] })
}

async fn begin(desk: &Desk<'_>, content: Value) -> Value {
    desk.agent.post("/check-ins", &json!({ "window": desk.window, "content": content })).await.good()
}

/// Written by an agent, approved by the lead, who may at any hour, started.
async fn started(desk: &Desk<'_>, content: Value) -> Value {
    let drafted = begin(desk, content).await;
    desk.lead.post(&at(&drafted, "/approve"), &revision(&drafted)).await.good();
    desk.agent.post(&at(&drafted, "/start"), &revision(&drafted)).await.good()
}

async fn now(desk: &Desk<'_>, it: &Value) -> Value {
    desk.agent.get(&at(it, "")).await.good()
}

async fn people(desk: &Desk<'_>, it: &Value, which: &str) -> Vec<Value> {
    items(&desk.agent.get(&at(it, &format!("/asked?which={which}&limit=200"))).await.good()).to_vec()
}

fn to(test: &TestApp, email: &str) -> Vec<Letter> {
    test.post.sent().into_iter().filter(|letter| letter.outbound.to == email && letter.asks).collect()
}

fn questions(test: &TestApp) -> Vec<String> {
    test.post.sent().into_iter().filter(|letter| letter.asks).map(|letter| letter.outbound.to).collect()
}

/// Where a mail says that it is answered.
fn link(letter: &Letter) -> String {
    let word = letter.outbound.text.split_whitespace().find(|word| word.contains("/check-in/")).unwrap();
    word.split('?').next().unwrap().to_owned()
}

fn path<'a>(test: &TestApp, url: &'a str) -> &'a str {
    url.strip_prefix(test.app.config.public_url.as_str()).unwrap_or(url)
}

async fn look(test: &TestApp, url: &str) -> String {
    let answer = test.stranger().page(Method::GET, path(test, url)).await;
    assert_eq!(answer.status, StatusCode::OK, "{url}: {}", answer.text);
    answer.text
}

async fn press(test: &TestApp, url: &str, form: &str) -> (StatusCode, String) {
    let request = reqwest::Client::new().post(format!("{}{}", test.url, path(test, url))).header("content-type", "application/x-www-form-urlencoded");
    let answer = send(request.body(form.to_owned())).await;
    (answer.status, answer.text)
}

async fn conversation(desk: &Desk<'_>, id: &Value) -> Value {
    desk.agent.get(&format!("/conversations/{}", text(id))).await.good()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_in_is_written_approved_and_its_audience_seen_before() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        for n in 0..3 {
            desk.writes(Channel::Email, &format!("Customer {n}"), COVERED).await;
        }
        desk.writes(Channel::Api, "Unreachable", COVERED).await;
        desk.writes(Channel::Email, "Elsewhere", "Where is the credit for my annual payment?").await;
        let new = json!({ "window": desk.window, "content": content(&json!({})) });
        let seen = desk.agent.post("/check-ins/preview", &new).await.good();
        assert_eq!((&seen["people"], &seen["email"], &seen["chat"], &seen["more"]), (&json!(4), &json!(3), &json!(0), &json!(false)), "{seen}");
        assert_eq!(seen["passed"], json!([{ "reason": "no_way", "people": 1 }]));
        assert_eq!((&seen["first"][0]["name"], &seen["first"][0]["way"]), (&json!("Customer 0"), &json!("email")));
        assert_eq!(len(&desk.agent.get(&format!("/check-ins?window={}", desk.window)).await.good()), 0, "looking keeps nothing");

        let drafted = begin(&desk, content(&json!({}))).await;
        assert_eq!(
            (&drafted["state"], &drafted["may_approve"], &drafted["you_may_approve"]),
            (&json!("draft"), &json!(["Jonas Weber", "Mara Lind"]), &json!(false))
        );
        desk.agent.post(&at(&drafted, "/start"), &revision(&drafted)).await.problem(409);
        let refused = desk.agent.post(&at(&drafted, "/approve"), &revision(&drafted)).await.problem(403);
        assert!(text(&refused["detail"]).contains("Jonas Weber or Mara Lind"), "{refused}");
        desk.agent.post(&at(&drafted, "/ask"), &json!({})).await.good();
        let notice = desk.owner.get("/notices").await.good()["items"][0].clone();
        assert_eq!((&notice["kind"], &notice["text"], &notice["window"]), (&json!("check_in_asked"), &json!(QUESTION), &json!(desk.window)));
        desk.owner.post(&at(&drafted, "/approve"), &revision(&drafted)).await.good();
        // An edit takes the approval back, and what was read before is not started unread.
        let edit = json!({ "content": content(&json!({ "intro": "" })), "revision": 1 });
        let edited = desk.agent.put(&at(&drafted, ""), &edit).await.good();
        assert_eq!((&edited["approved_by"], &edited["revision"]), (&Value::Null, &json!(2)));
        desk.agent.put(&at(&drafted, ""), &edit).await.problem(409);
        desk.owner.post(&at(&drafted, "/approve"), &revision(&edited)).await.good();
        desk.agent.post(&at(&drafted, "/start"), &revision(&drafted)).await.problem(409);
        let running = desk.agent.post(&at(&drafted, "/start"), &revision(&edited)).await.good();
        assert_eq!(running["state"], "running");
        desk.agent.post(&at(&drafted, "/start"), &revision(&edited)).await.good();
        desk.agent.delete(&at(&drafted, "")).await.problem(409);
        test.forward(Span::mins(10)).await;
        let done = now(&desk, &drafted).await;
        assert_eq!((&done["state"], &done["figures"]["asked"], &done["figures"]["skipped"]), (&json!("done"), &json!(3), &json!(1)), "{done}");
        assert_eq!(people(&desk, &done, "skipped").await[0]["passed"], "no_way");
        let mut told = questions(test);
        told.sort();
        assert_eq!(told, ["customer.0@example.net", "customer.1@example.net", "customer.2@example.net"]);
        let feed = desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        assert_eq!(by(&feed, "kind", "check_in.finished")["sentence"], "Everybody was asked in the check-in");
        // What cannot be is refused by its field.
        for (more, field) in [
            (json!({ "question": "" }), "question"),
            (json!({ "topics": ["gone"] }), "topics"),
            (json!({ "audience": { "kind": "about", "topics": ["issue:7"] } }), "audience"),
            (json!({ "audience": { "kind": "list", "list": "7" } }), "audience"),
            (json!({ "per_hour": 0 }), "per_hour"),
        ] {
            desk.agent.post("/check-ins", &json!({ "window": desk.window, "content": content(&more) })).await.problem_at(422, field);
        }
        let other = begin(&desk, content(&json!({}))).await;
        assert_eq!(desk.agent.delete(&at(&other, "")).await.good()["state"], "discarded");
        assert_eq!(len(&desk.agent.get(&format!("/check-ins?window={}", desk.window)).await.good()), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_are_asked_at_its_pace_and_nobody_twice() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        for n in 0..12 {
            desk.writes(Channel::Email, &format!("Customer {n}"), COVERED).await;
        }
        let it = started(&desk, content(&json!({ "per_hour": 60 }))).await;
        test.forward(Span::mins(3)).await;
        assert_eq!(questions(test).len(), 4, "one a minute, the first at once");
        desk.agent.post(&at(&it, "/stop"), &json!({})).await.good();
        test.forward(Span::hours(2)).await;
        assert_eq!((questions(test).len(), &now(&desk, &it).await["state"]), (4, &json!("stopped")));
        desk.agent.post(&at(&it, "/resume"), &json!({})).await.good();
        // A second node takes steps at the same time, and both end in the middle.
        let other = test.another_node().await;
        for _ in 0..5 {
            let (one, two) = tokio::join!(engine::tick(&test.app), engine::tick(&other));
            one.unwrap();
            two.unwrap();
            let (one, two) = tokio::join!(deliver_due(&test.app), deliver_due(&other));
            one.unwrap();
            two.unwrap();
            test.app.clock.advance(Span::mins(1));
        }
        assert!((9..=10).contains(&questions(test).len()), "the pace holds for all nodes together: {}", questions(test).len());
        test.forward(Span::hours(1)).await;
        let mut told = questions(test);
        let all = told.len();
        told.sort();
        told.dedup();
        assert_eq!((all, told.len(), &now(&desk, &it).await["state"]), (12, 12, &json!("done")));
        // Another check-in within their days of rest asks none of them, and a customer who is new.
        desk.writes(Channel::Email, "Somebody New", COVERED).await;
        let second = started(&desk, content(&json!({ "question": "All well now?", "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        assert_eq!(questions(test).len(), 13);
        let figures = now(&desk, &second).await["figures"].clone();
        assert_eq!((&figures["asked"], &figures["skipped"]), (&json!(1), &json!(12)));
        assert_eq!(people(&desk, &second, "skipped").await[0]["passed"], "asked_lately");
        // After them they may be asked again.
        test.forward(Span::days(30)).await;
        let desk = desk.signed_in_again().await;
        let third = started(&desk, content(&json!({ "question": "And after a month?", "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        assert_eq!(now(&desk, &third).await["figures"]["asked"], json!(13));
        desk.agent.post(&at(&third, "/stop"), &json!({})).await.problem(409);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_records_nothing_and_a_doubt_becomes_a_conversation_with_its_scenario() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        for name in ["Ana Souza", "Bo Berg", "Cleo Diaz", "Dan Ek"] {
            desk.writes(Channel::Email, name, COVERED).await;
        }
        let it = started(&desk, content(&json!({ "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        let letter = |email: &str| to(test, email).pop().unwrap_or_else(|| panic!("no mail to {email}"));
        let (ana, bo, cleo) = (letter("ana.souza@example.net"), letter("bo.berg@example.net"), letter("cleo.diaz@example.net"));
        assert!(ana.automatic && ana.announcement && ana.outbound.subject == QUESTION, "{ana:?}");
        assert!(ana.outbound.text.contains("?face=bad") && ana.outbound.text.starts_with("You wrote to us"), "{}", ana.outbound.text);
        // A scanner that follows every link answers nothing.
        for url in ana.outbound.text.split_whitespace().filter(|word| word.contains("/check-in/")) {
            let page = look(test, url).await;
            assert!(page.contains(QUESTION) && page.contains("<button type=\"submit\">Send</button>"), "{page}");
        }
        assert!(look(test, &format!("{}?face=bad", link(&ana))).await.contains("value=\"bad\" checked"));
        assert_eq!(now(&desk, &it).await["figures"]["answered"], json!(0));
        let before = len(&desk.agent.get("/conversations?view=all").await.good());

        // Nothing chosen and nothing written is no answer.
        let (status, said) = press(test, &link(&ana), "comment=").await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && said.contains("role=\"alert\""), "{said}");
        // Good is kept, and can be changed.
        let (_, said) = press(test, &link(&ana), "face=good&comment=All+fine").await;
        assert!(said.contains("You can change it"), "{said}");
        assert!(look(test, &link(&ana)).await.contains("value=\"good\" checked"));
        assert_eq!(len(&desk.agent.get("/conversations?view=all").await.good()), before);
        // A doubt without a word of the matter: the check-in says what it is about.
        let (_, said) = press(test, &link(&bo), "face=unsure&comment=").await;
        assert!(said.contains("a person of ours writes to you"), "{said}");
        // The second click, and a change of mind after it, begin nothing more.
        for form in ["face=unsure&comment=", "face=good&comment=Never+mind"] {
            let (_, said) = press(test, &link(&bo), form).await;
            assert!(said.contains("We have your answer"), "{said}");
        }
        let asked = people(&desk, &it, "unsure").await;
        let doubt = conversation(&desk, &asked[0]["conversation"]).await;
        assert_eq!(
            (&doubt["scenario"], &doubt["channel"], &doubt["subject"]),
            (&json!("price-higher"), &json!("email"), &json!(format!("Check-in: {QUESTION}"))),
            "{doubt}"
        );
        assert_eq!((&doubt["window"], &doubt["handler"], &doubt["status"]), (&json!(desk.window), &json!("waiting"), &json!("open")), "{doubt}");
        assert!(doubt["clocks"].as_array().is_some_and(|clocks| !clocks.is_empty()), "its promises run: {doubt}");
        assert_eq!(doubt["contact"]["email"], "bo.berg@example.net", "it is the customer's own");
        let said = desk.agent.get(&format!("/conversations/{}/messages", text(&doubt["id"]))).await.good();
        let notes: Vec<&Value> = items(&said).iter().filter(|m| m["note"] == true).collect();
        assert!(text(&notes[0]["text"]).contains(QUESTION), "{said}");
        // Words that name another matter are read as what they say.
        press(test, &link(&cleo), "face=bad&comment=Where+is+the+credit+for+my+annual+payment%3F").await;
        let bad = people(&desk, &it, "bad").await;
        assert_eq!(conversation(&desk, &bad[0]["conversation"]).await["scenario"], json!("credit-missing"));
        // Ana comes back with a question: it becomes a conversation too.
        let (_, said) = press(test, &link(&ana), "face=good&comment=Fine.+How+do+I+see+old+invoices").await;
        assert!(said.contains("a person of ours writes to you"), "{said}");
        let figures = now(&desk, &it).await["figures"].clone();
        assert_eq!(
            (&figures["asked"], &figures["answered"], &figures["good"], &figures["conversations"]),
            (&json!(4), &json!(3), &json!(1), &json!(3))
        );
        assert!((figures["good_share"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-9 && figures["good_low"].as_f64().unwrap() < 0.07, "{figures}");
        assert_eq!(
            test.stranger().page(Method::GET, &path(test, &link(&ana)).replace("/check-in/", "/check-in/x")).await.status,
            StatusCode::NOT_FOUND
        );
        let leave = ana.unsubscribe.clone().unwrap();
        assert_eq!(press(test, &leave.replace("/leave/", "/"), "face=bad").await.0, StatusCode::NOT_FOUND, "each link is for its purpose");
        // The share of good answers is a signal of the day.
        let signals = desk.agent.get(&desk.at("/signals")).await.good();
        let signal = by(&signals, "key", "check_in");
        assert!(text(&signal["definition"]).starts_with("Answers “good” to check-ins"), "{signal}");
        let today = &signal["today"];
        assert!((today["value"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-9, "{today}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_no_more_is_asked_no_more_whoever_uploads_them() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let id = desk.writes(Channel::Email, "Ana Souza", COVERED).await;
        desk.writes(Channel::Email, "Bo Berg", COVERED).await;
        let it = started(&desk, content(&json!({ "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        let leave = to(test, "bo.berg@example.net")[0].unsubscribe.clone().unwrap();
        look(test, &leave).await;
        press(test, &link(&to(test, "ana.souza@example.net")[0]), "face=good&comment=Ana+Souza+is+happy").await;
        // Mail programs press this button by themselves (RFC 8058).
        assert_eq!(press(test, &leave, "List-Unsubscribe=One-Click").await.0, StatusCode::OK);
        press(test, &leave, "List-Unsubscribe=One-Click").await;
        let feed = desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        assert_eq!(items(&feed).iter().filter(|e| e["kind"] == "check_in.left").count(), 1);
        // Ana is erased: her words and her address go, and that somebody answered stays.
        let contact = text(&desk.agent.get(&format!("/conversations/{id}")).await.good()["contact"]["id"]);
        let export = admin.get(&format!("/contacts/{contact}/export")).await.good();
        assert_eq!((&export["check_ins"][0]["face"], &export["check_ins"][0]["comment"]), (&json!("good"), &json!("Ana Souza is happy")));
        admin.post(&format!("/contacts/{contact}/erase"), &json!({ "reason": "Request 7." })).await.good();
        for word in ["ana.souza@example.net", "is happy"] {
            assert_eq!(test.app.store.places_of(word).await.unwrap(), Vec::<String>::new(), "{word}");
        }
        let good = people(&desk, &it, "good").await;
        assert_eq!((good.len(), &good[0]["comment"], &good[0]["address"], &good[0]["contact"]), (1, &json!(""), &Value::Null, &Value::Null));
        assert_eq!(test.stranger().page(Method::GET, path(test, &link(&to(test, "ana.souza@example.net")[0]))).await.status, StatusCode::NOT_FOUND);

        test.forward(Span::days(40)).await;
        let desk = desk.signed_in_again().await;
        let listed = json!({ "window": desk.window, "text": "E-mail\nANA.souza@example.net\nbo.berg@example.net\nnew@example.net\nnew@example.net" });
        let list = desk.agent.post("/check-ins/lists", &listed).await.good();
        assert_eq!(list["count"], json!(3));
        desk.agent.post("/check-ins/lists", &json!({ "window": desk.window, "text": "nobody\nat all" })).await.problem_at(422, "text");
        let audience = json!({ "audience": { "kind": "list", "list": list["id"] }, "ways": ["email"], "per_hour": 1000 });
        let seen = desk.agent.post("/check-ins/preview", &json!({ "window": desk.window, "content": content(&audience) })).await.good();
        assert_eq!((&seen["email"], &seen["passed"]), (&json!(1), &json!([{ "reason": "opted_out", "people": 2 }])), "{seen}");
        let asked = questions(test).len();
        let second = started(&desk, content(&audience)).await;
        test.forward(Span::mins(5)).await;
        assert_eq!((questions(test).len(), to(test, "new@example.net").len()), (asked + 1, 1));
        assert_eq!(now(&desk, &second).await["figures"]["skipped"], json!(2));
        // Whose address was only uploaded becomes a customer when they answer with a doubt.
        press(test, &link(&to(test, "new@example.net")[0]), "face=bad&comment=").await;
        let bad = people(&desk, &second, "bad").await;
        assert_eq!(conversation(&desk, &bad[0]["conversation"]).await["contact"]["email"], "new@example.net");
    })
    .await;
}

async fn chat(visitor: &str, request: reqwest::RequestBuilder) -> Value {
    send(request.header("x-visitor", visitor)).await.good()
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_chat_it_waits_until_it_is_answered() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let stranger = test.stranger();
        let session = async || text(&stranger.post("/public/chat/session", &json!({})).await.good()["visitor"]);
        let (ana, bo) = (session().await, session().await);
        for visitor in [&ana, &bo] {
            let said = stranger.request(Method::POST, "/public/chat/messages").json(&json!({ "text": COVERED, "client_id": "1" }));
            chat(visitor, said).await;
        }
        let waiting = async |visitor: &str| chat(visitor, stranger.request(Method::GET, "/public/chat/check-in")).await["check_in"].clone();
        assert_eq!(waiting(&ana).await, Value::Null);
        let it = started(&desk, content(&json!({ "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        assert!(questions(test).is_empty(), "they are asked in the chat");
        let (hers, his) = (waiting(&ana).await, waiting(&bo).await);
        assert_eq!((&hers["question"], waiting(&ana).await), (&json!(QUESTION), hers.clone()), "looking changes nothing");
        assert_eq!(now(&desk, &it).await["figures"]["answered"], json!(0));
        let answer =
            |asked: &Value, body: Value| stranger.request(Method::POST, &format!("/public/chat/check-in/{}", text(&asked["id"]))).json(&body);
        // Nobody answers for somebody else.
        let foreign = send(answer(&hers, json!({ "face": "bad" })).header("x-visitor", &bo)).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
        send(answer(&hers, json!({})).header("x-visitor", &ana)).await.problem_at(422, "face");
        assert_eq!(chat(&ana, answer(&hers, json!({ "face": "good" }))).await["conversation"], Value::Null);
        assert_eq!(waiting(&ana).await, Value::Null);
        // Changed until it becomes a conversation; then the person goes on there.
        let became = chat(&ana, answer(&hers, json!({ "face": "bad", "comment": "I was charged twice this month." }))).await;
        let doubt = conversation(&desk, &became["conversation"]).await;
        assert_eq!((&doubt["channel"], &doubt["handler"]), (&json!("chat"), &json!("waiting")), "{doubt}");
        let again = chat(&ana, answer(&hers, json!({ "face": "good" }))).await;
        assert_eq!(again["conversation"], became["conversation"]);
        let own = chat(&ana, stranger.request(Method::GET, "/public/chat/conversations")).await;
        assert_eq!(len(&own), 2, "the visitor sees it beside the one before");
        let gone = send(stranger.request(Method::DELETE, &format!("/public/chat/check-in/{}", text(&his["id"]))).header("x-visitor", &bo)).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(waiting(&bo).await, Value::Null, "who wants no more sees it no more");
        test.forward(Span::days(60)).await;
        let desk = desk.signed_in_again().await;
        let second = started(&desk, content(&json!({ "question": "And now?", "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        assert_eq!((&waiting(&ana).await["question"], waiting(&bo).await), (&json!("And now?"), Value::Null));
        assert_eq!(people(&desk, &second, "skipped").await[0]["passed"], "opted_out");
    })
    .await;
}

/// Hands a mail over and takes it in.
async fn arrives(test: &TestApp, headers: &[&str], body: &str) {
    let said = hand_over(test.app.config.mail_in.lmtp.unwrap(), "x@example.net", &["support@localhost"], letter_text(headers, body).as_bytes()).await;
    assert_eq!(said, ["250 2.0.0 Kept"]);
    test.forward(Span::secs(1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_answers_is_a_comment_or_a_conversation_and_one_that_comes_back_is_neither() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        for name in ["Ana Souza", "Bo Berg", "Cleo Diaz"] {
            desk.writes(Channel::Email, name, COVERED).await;
        }
        let it = started(&desk, content(&json!({ "per_hour": 1000 }))).await;
        test.forward(Span::mins(5)).await;
        let all = async || len(&desk.agent.get("/conversations?view=all").await.good());
        let before = all().await;
        let answers = |email: &str| format!("In-Reply-To: {}", to(test, email)[0].message_id);
        let (ana, bo) = (answers("ana.souza@example.net"), answers("bo.berg@example.net"));
        arrives(test, &["From: ana.souza@example.net", "Subject: Re: x", "Message-ID: <1@x>", &ana], "All good, thank you!").await;
        let told = people(&desk, &it, "answered").await;
        assert_eq!((told.len(), &told[0]["comment"], &told[0]["face"], all().await), (1, &json!("All good, thank you!"), &Value::Null, before));
        // Her holiday says nothing for her.
        arrives(test, &["From: bo.berg@example.net", "Subject: Away", "Message-ID: <2@x>", "Auto-Submitted: auto-replied", &bo], "I am away.").await;
        assert_eq!(people(&desk, &it, "answered").await.len(), 1);
        arrives(test, &["From: bo.berg@example.net", "Subject: Re: x", "Message-ID: <3@x>", &bo], "It is still not working.").await;
        let his = by(&desk.agent.get(&at(&it, "/asked?which=conversation")).await.good(), "address", "bo.berg@example.net");
        let began = conversation(&desk, &his["conversation"]).await;
        assert_eq!((&began["scenario"], &began["channel"], all().await), (&json!("price-higher"), &json!("email"), before + 1), "{began}");
        // What he adds goes on there.
        arrives(test, &["From: bo.berg@example.net", "Subject: Re: x", "Message-ID: <4@x>", &bo], "And nobody answers!").await;
        assert_eq!(all().await, before + 1);
        let said = desk.agent.get(&format!("/conversations/{}/messages", text(&began["id"]))).await.good();
        assert!(items(&said).iter().any(|m| m["text"] == "And nobody answers!"), "{said}");
        // Somebody to whom it was forwarded answers for themselves.
        arrives(test, &["From: stranger@example.net", "Subject: Re: x", "Message-ID: <5@x>", &ana], "What is this?").await;
        assert_eq!((all().await, people(&desk, &it, "answered").await.len()), (before + 2, 2));
        // Cleo's address does not exist any more.
        let cleo = to(test, "cleo.diaz@example.net")[0].message_id.clone();
        let report = format!(
            "From: MAILER-DAEMON@mx.example.net\r\nTo: <support@localhost>\r\nMessage-ID: <6@mx>\r\nSubject: Undelivered Mail\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; cleo.diaz@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
             --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {cleo}\r\n\r\nx\r\n--b--\r\n"
        );
        hand_over(test.app.config.mail_in.lmtp.unwrap(), "", &["support@localhost"], report.as_bytes()).await;
        test.forward(Span::secs(1)).await;
        let figures = now(&desk, &it).await["figures"].clone();
        assert_eq!((&figures["failed"], &figures["asked"], &figures["answered"]), (&json!(1), &json!(2), &json!(2)), "{figures}");
        assert_eq!(people(&desk, &it, "failed").await[0]["failed"], "came_back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_window_asks_nobody_more() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        for n in 0..5 {
            desk.writes(Channel::Email, &format!("Customer {n}"), COVERED).await;
        }
        let it = started(&desk, content(&json!({ "per_hour": 1 }))).await;
        test.forward(Span::mins(1)).await;
        let close = json!({ "to": "closed", "reason": "For the story." });
        desk.lead.post(&desk.at("/transitions"), &close).await.good();
        test.forward(Span::hours(10)).await;
        assert_eq!((questions(test).len(), &now(&desk, &it).await["state"]), (1, &json!("stopped")));
        let viewer: Client = test.signed_in("Vera View", Role::Viewer).await;
        viewer.get(&at(&it, "/asked")).await.good();
        viewer.post(&at(&it, "/stop"), &json!({})).await.problem(403);
        desk.agent.get(&at(&it, "/asked?which=nobody")).await.problem_at(422, "which");
        desk.agent.post(&at(&it, "/resume"), &json!({})).await.problem(409);
    })
    .await;
}
