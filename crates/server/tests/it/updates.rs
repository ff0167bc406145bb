//! What all customers are told: written, approved, published once, and the same wherever they look.

mod everywhere;
mod feeds;
mod slack;

use crate::desk::{Desk, items, len, text};
use crate::support::client::send;
use crate::support::{Answer, Client, Database, EventStream, TestApp, Wanted, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Channel, Span, Timestamp};
use hypercare_server::engine;
use hypercare_server::outbox::{Letter, Undelivered};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const HAPPENING: &str = "Invoices of today show the old price. Customers in Norway are affected.";

fn content(test: &TestApp, more: &Value) -> Value {
    let next = (test.now() + Span::hours(1)).to_string();
    let mut all = json!({
        "title": "Invoices show the old price", "happening": HAPPENING, "meaning": "You pay the new price & need not do anything.",
        "doing": "We send you a new invoice <today>.", "impact": "major", "state": "identified", "topics": ["price-higher"], "zone": "Europe/Berlin", "next_at": next,
    });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

async fn begin(desk: &Desk<'_>, content: Value) -> Value {
    desk.agent.post("/updates", &json!({ "window": desk.window, "content": content })).await.good()
}

fn at(update: &Value, rest: &str) -> String {
    format!("/updates/{}{rest}", text(&update["id"]))
}

fn revision(update: &Value) -> Value {
    json!({ "revision": update["draft"]["revision"] })
}

/// The owner on duty approves, the agent publishes.
async fn out(desk: &Desk<'_>, drafted: Value) -> Value {
    desk.owner.post(&at(&drafted, "/approve"), &revision(&drafted)).await.good();
    desk.agent.post(&at(&drafted, "/publish"), &revision(&drafted)).await.good()
}

async fn page(test: &TestApp, path: &str) -> String {
    let answer = test.stranger().page(Method::GET, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    answer.text
}

async fn press(test: &TestApp, path: &str, form: &str) -> (StatusCode, String) {
    let path = path.strip_prefix(test.app.config.public_url.as_str()).unwrap_or(path);
    let request = reqwest::Client::new().post(format!("{}{path}", test.url)).header("content-type", "application/x-www-form-urlencoded");
    let answer = send(request.body(form.to_owned())).await;
    (answer.status, answer.text)
}

/// Where the address is confirmed.
fn link(letters: &[Letter]) -> String {
    let mut words = letters.iter().flat_map(|letter| letter.outbound.text.split_whitespace());
    words.find(|word| word.contains("/updates/confirm/")).unwrap_or_else(|| panic!("no link in {letters:?}")).to_owned()
}

fn to(test: &TestApp, email: &str) -> Vec<Letter> {
    test.post.sent().into_iter().filter(|letter| letter.outbound.to == email).collect()
}

/// Somebody enters their address and confirms it.
async fn subscribed(test: &TestApp, email: &str) {
    let (status, said) = press(test, "/status/new-prices", &format!("email={email}")).await;
    assert!(status.is_success() && said.contains("Look into your inbox"), "{said}");
    test.forward(Span::secs(1)).await;
    let (status, said) = press(test, &link(&to(test, email)), "").await;
    assert!(status.is_success() && said.contains("Updates come to your address"), "{said}");
}

#[tokio::test]
async fn who_may_approve_is_said_before_and_holds() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let drafted = begin(&desk, content(test, &json!({}))).await;
        assert_eq!((&drafted["may_approve"], &drafted["you_may_approve"]), (&json!(["Jonas Weber", "Mara Lind"]), &json!(false)), "{drafted}");
        desk.agent.post(&at(&drafted, "/publish"), &revision(&drafted)).await.problem(409);
        let refused = desk.agent.post(&at(&drafted, "/approve"), &revision(&drafted)).await.problem(403);
        assert!(text(&refused["detail"]).contains("Jonas Weber or Mara Lind"), "{refused}");
        desk.agent.post(&at(&drafted, "/ask"), &json!({})).await.good();
        let told = desk.owner.get("/notices").await.good();
        let notice = &items(&told)[0];
        assert_eq!(
            (&notice["kind"], &notice["text"], &notice["update"]),
            (&json!("update_asked"), &json!("Invoices show the old price"), &drafted["id"])
        );
        assert_eq!(len(&desk.agent.get("/notices").await.good()), 0, "who asked knows");
        // An edit takes the approval back, and what was read before is not approved unread.
        desk.owner.post(&at(&drafted, "/approve"), &revision(&drafted)).await.good();
        let edit = json!({ "content": content(test, &json!({ "doing": "We wait." })), "revision": 1 });
        let edited = desk.agent.put(&at(&drafted, "/draft"), &edit).await.good();
        assert_eq!((&edited["draft"]["approved_by"], &edited["draft"]["revision"]), (&Value::Null, &json!(2)));
        desk.agent.put(&at(&drafted, "/draft"), &edit).await.problem(409);
        desk.owner.post(&at(&drafted, "/approve"), &json!({ "revision": 1 })).await.problem(409);
        out(&desk, edited.clone()).await;
        desk.agent.post(&at(&drafted, "/publish"), &revision(&edited)).await.problem(409);
        // What is missing is named.
        for (more, field) in [
            (json!({ "meaning": "" }), "meaning"),
            (json!({ "next_at": null }), "next_at"),
            (json!({ "next_at": "2026-11-16T07:00:00Z" }), "next_at"),
        ] {
            let drafted = begin(&desk, content(test, &more)).await;
            desk.owner.post(&at(&drafted, "/approve"), &revision(&drafted)).await.problem_at(422, field);
        }
        for (more, field) in [(json!({ "topics": ["gone"] }), "topics"), (json!({ "title": "" }), "title"), (json!({ "zone": "Mars" }), "zone")] {
            desk.agent.post("/updates", &json!({ "window": desk.window, "content": content(test, &more) })).await.problem_at(422, field);
        }
        let checked = json!({ "window": desk.window, "content": content(test, &json!({ "doing": "It is the vendor's fault. SSO is down." })) });
        let checked = desk.agent.post("/updates/check", &checked).await.good();
        let marks: Vec<(String, String)> = checked["marks"].as_array().unwrap().iter().map(|m| (text(&m["field"]), text(&m["kind"]))).collect();
        assert_eq!((marks, &checked["complete"]), (vec![("doing".to_owned(), "plain".to_owned()); 2], &json!(true)), "{checked}");
        assert!(text(&checked["preview"]["slack"]).contains("*Invoices show the old price*"));
    })
    .await;
}

#[tokio::test]
async fn a_promised_update_is_due_soon_then_overdue_and_each_is_told_once() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let began = test.now();
        let told = out(&desk, begin(&desk, content(test, &json!({}))).await).await;
        assert_eq!(told["promise"]["due_at"], json!((began + Span::hours(1)).to_string()));
        let kinds = async |who: &Client| -> Vec<(String, Timestamp)> {
            let list = who.get("/notices").await.good();
            items(&list).iter().rev().map(|n| (text(&n["kind"]), Timestamp::parse(&text(&n["at"])).unwrap())).collect()
        };
        test.forward(Span::mins(47)).await;
        assert_eq!(kinds(&desk.owner).await, []);
        test.forward(Span::hours(3)).await;
        let expected = [("update_due_soon".to_owned(), began + Span::mins(48)), ("update_overdue".to_owned(), began + Span::hours(1))];
        for who in [&desk.owner, &desk.lead] {
            assert_eq!(kinds(who).await, expected);
        }
        assert_eq!(kinds(&desk.agent).await, []);
        let now = desk.agent.get(&desk.at("/now")).await.good();
        assert_eq!((&now["update"]["promise"]["overdue"], &now["update"]["title"]), (&json!(true), &json!("Invoices show the old price")));
        // The next entry keeps the promise, and makes another one.
        let next = desk.agent.put(&at(&told, "/draft"), &json!({ "content": content(test, &json!({ "state": "monitoring" })) })).await.good();
        let next = out(&desk, next).await;
        assert_eq!(next["promise"]["overdue"], json!(false));
        assert_eq!(desk.agent.get(&desk.at("/now")).await.good()["update"]["promise"]["overdue"], json!(false));
        let feed = desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        let last = items(&feed).iter().rfind(|e| e["kind"] == "update.published").unwrap();
        assert_eq!(last["sentence"], "Aiko Tanaka published the update “Invoices show the old price” (update 2), later than promised");
        assert_eq!(kinds(&desk.owner).await, expected);
    })
    .await;
}

#[tokio::test]
async fn a_chat_that_is_open_hears_of_it() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let visitor = text(&test.stranger().post("/public/chat/session", &json!({})).await.good()["visitor"]);
        let said = send(
            test.stranger()
                .request(Method::POST, "/public/chat/messages")
                .header("x-visitor", &visitor)
                .json(&json!({ "client_id": "1", "text": "Hello?" })),
        )
        .await;
        said.good();
        let mut stream = EventStream::open(&test.stranger(), &format!("/public/chat/stream?visitor={visitor}"), None).await;
        out(&desk, begin(&desk, content(test, &json!({}))).await).await;
        while stream.next().await.expect("the stream goes on").event != "updates" {}
        assert_eq!(len(&test.stranger().get("/public/updates").await.good()), 1);
    })
    .await;
}

#[tokio::test]
async fn an_address_gets_nothing_before_it_is_confirmed_and_nothing_after_it_left() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (status, said) = press(test, "/status/new-prices", "email=nonsense").await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && said.contains("Give an e-mail address"), "{said}");
        for _ in 0..3 {
            press(test, "/status/new-prices", "email=Bo%40example.net").await;
        }
        test.forward(Span::secs(1)).await;
        let asked = to(test, "bo@example.net");
        assert_eq!(asked.len(), 1, "asked once, however often it is entered");
        assert!(asked[0].announcement && asked[0].automatic && asked[0].unsubscribe.is_none());
        let link = link(&asked);
        let path = link.strip_prefix(test.app.config.public_url.as_str()).unwrap();
        // A scanner that looks at the link confirms nothing.
        page(test, path).await;
        out(&desk, begin(&desk, content(test, &json!({}))).await).await;
        test.forward(Span::secs(5)).await;
        assert_eq!(to(test, "bo@example.net").len(), 1);
        assert_eq!(press(test, &link, "").await.0, StatusCode::OK);
        test.forward(Span::secs(5)).await;
        assert_eq!(to(test, "bo@example.net").len(), 1, "what was published before is on the page they came from");
        let settings = desk.agent.get(&desk.at("/updates")).await.good();
        assert_eq!((&settings["subscribers"], &settings["unconfirmed"], &settings["slack"]), (&json!(1), &json!(0), &Value::Null));

        out(&desk, begin(&desk, content(test, &json!({ "title": "Another matter" }))).await).await;
        test.forward(Span::secs(5)).await;
        let letters = to(test, "bo@example.net");
        assert_eq!((letters.len(), letters[1].outbound.subject.as_str()), (2, "Another matter"));
        let leave = letters[1].unsubscribe.clone().unwrap();
        page(test, leave.strip_prefix(test.app.config.public_url.as_str()).unwrap()).await;
        assert_eq!(desk.agent.get(&desk.at("/updates")).await.good()["subscribers"], json!(1), "looking changes nothing");
        assert_eq!(press(test, &leave, "List-Unsubscribe=One-Click").await.0, StatusCode::OK);
        assert_eq!(desk.agent.get(&desk.at("/updates")).await.good()["subscribers"], json!(0));
        assert_eq!(press(test, &link, "").await.0, StatusCode::GONE, "the old link brings nobody back");
        let other = link.replace("/confirm/", "/unsubscribe/");
        assert_eq!(press(test, &other, "").await.0, StatusCode::NOT_FOUND, "each link is for its purpose");
        out(&desk, begin(&desk, content(test, &json!({ "title": "A third matter" }))).await).await;
        test.forward(Span::secs(5)).await;
        assert_eq!(to(test, "bo@example.net").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn many_are_told_in_steps_and_a_stop_in_the_middle_tells_nobody_twice() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let (window, now) = (desk.window.parse().unwrap(), test.now());
        let added: Result<(), hypercare_store::StoreError> = test
            .app
            .store
            .write(move |tx| {
                Box::pin(async move {
                    use hypercare_store::queries::subscribers;
                    for n in 0..250 {
                        let id = tx.new_id(now);
                        subscribers::add(tx, id, window, &format!("c{n}@example.net"), now).await?;
                        subscribers::confirm(tx, id, now).await?;
                    }
                    Ok(())
                })
            })
            .await;
        added.unwrap();
        out(&desk, begin(&desk, content(test, &json!({}))).await).await;
        engine::tick(&test.app).await.unwrap();
        hypercare_server::outbox::deliver_due(&test.app).await.unwrap();
        assert_eq!(test.post.sent().len(), 100, "one step");
        // Another node goes on, both at once, and one mail server stumbles.
        test.post.fail(3, &Undelivered::Later("Busy.".into()));
        let other = test.another_node().await;
        test.app.clock.advance(Span::secs(1));
        for _ in 0..4 {
            let (one, two) = tokio::join!(engine::tick(&test.app), engine::tick(&other));
            one.unwrap();
            two.unwrap();
            test.app.clock.advance(Span::secs(1));
        }
        test.forward(Span::hours(1)).await;
        let mut told: Vec<String> = test.post.sent().into_iter().map(|letter| letter.outbound.to).collect();
        told.sort();
        let all = told.len();
        told.dedup();
        assert_eq!((all, told.len()), (250, 250));
    })
    .await;
}

#[tokio::test]
async fn a_subscriber_who_is_erased_is_in_no_table() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let admin = test.signed_in("Ada Admin", Role::Admin).await;
        let id = desk.writes(Channel::Email, "Ana Souza", "My invoice is wrong").await;
        subscribed(test, "ana.souza@example.net").await;
        let contact = text(&desk.agent.get(&format!("/conversations/{id}")).await.good()["contact"]["id"]);
        let export = admin.get(&format!("/contacts/{contact}/export")).await.good();
        assert_eq!(export["updates"][0]["email"], json!("ana.souza@example.net"));
        admin.post(&format!("/contacts/{contact}/erase"), &json!({ "reason": "Request 7." })).await.good();
        assert_eq!(desk.agent.get(&desk.at("/updates")).await.good()["subscribers"], json!(0));
    })
    .await;
}

/// What a browser gets, by GET and by POST, where a program gets a problem.
#[tokio::test]
async fn what_goes_wrong_on_a_customers_page_is_said_as_a_page() {
    let test = TestApp::start(Database::Sqlite, Wanted::default()).await;
    #[track_caller]
    fn check(answer: &Answer, status: u16, title: &str, why: &str) {
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (status, Some("text/html; charset=utf-8")), "{}", answer.text);
        for words in [&format!("<h1>{title}</h1>"), why] {
            assert!(answer.text.contains(words), "{words}: {}", answer.text);
        }
    }
    let browser = async |method: Method, path: &str| {
        let request = reqwest::Client::new().request(method, format!("{}{path}", test.url)).header("accept", "text/html,application/xhtml+xml");
        send(request.header("content-type", "application/x-www-form-urlencoded").body("email=a%40example.net")).await
    };
    let cut = "There is no such link: it may have been cut off.";
    for (method, path, why) in [
        (Method::GET, "/status/nothing", "There is no such status page."),
        (Method::POST, "/status/nothing", "There is no such status page."),
        (Method::GET, "/updates/confirm/x", cut),
        (Method::GET, "/updates/preferences/x", cut),
        (Method::POST, "/updates/unsubscribe/x", cut),
        (Method::GET, "/check-in/x", cut),
        (Method::GET, "/check-in/leave/x", cut),
        (Method::GET, "/unsubscribe/x", cut),
    ] {
        check(&browser(method, path).await, 404, "There is no such page", why);
    }
    test.stranger().page(Method::GET, "/status/nothing").await.problem(404);
}

#[tokio::test]
async fn the_public_answers_are_cached_strict_and_open_to_other_sites() {
    let test = TestApp::start(Database::Sqlite, Wanted::default()).await;
    let stranger = test.stranger();
    let desk = Desk::ready(&test).await;
    assert_eq!(stranger.page(Method::GET, "/status/new-prices").await.status, StatusCode::NOT_FOUND, "before it is live nobody outside knows of it");
    desk.lead.post(&desk.at("/transitions"), &json!({ "to": "active" })).await.good();
    out(&desk, begin(&desk, content(&test, &json!({ "title": "<b>\u{1F680}</b> \"x\"" }))).await).await;
    let html = stranger.page(Method::GET, "/status/new-prices").await;
    let policy = html.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!html.text.contains("<script") && !html.text.contains("<b>") && !html.text.contains(" style="), "{}", html.text);
    for path in ["", "/feed.atom", "/feed.rss", "/api/v2/summary.json", "/api/v2/status.json", "/api/v2/components.json", "/api/v2/incidents.json"] {
        let path = format!("/status/new-prices{path}");
        let first = stranger.page(Method::GET, &path).await;
        assert_eq!(first.header("cache-control"), Some("public, max-age=30"), "{path}");
        let tag = first.header("etag").unwrap().to_owned();
        let again = send(reqwest::Client::new().get(format!("{}{path}", test.url)).header("if-none-match", tag)).await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        if !path.ends_with("new-prices") {
            assert_eq!(first.header("access-control-allow-origin"), Some("*"), "{path}");
        }
    }
    for none in ["upcoming", "active"] {
        let found: Value =
            serde_json::from_str(&page(&test, &format!("/status/new-prices/api/v2/scheduled-maintenances/{none}.json")).await).unwrap();
        assert_eq!(found["scheduled_maintenances"], json!([]));
    }
    let status: Value = serde_json::from_str(&page(&test, "/status/new-prices/api/v2/status.json").await).unwrap();
    assert_eq!(status["status"], json!({ "indicator": "major", "description": "Partial System Outage" }));
    // No script of ours runs where the text says so: what is handed to the banner is data.
    let script = page(&test, "/notice.js").await;
    assert!(!script.contains("</") && script.contains("\\u003cb>"), "{script}");
    for n in 0..12 {
        let (code, _) = press(&test, "/status/new-prices", &format!("email=n{n}@example.net")).await;
        assert_eq!(code.is_success(), n < 10, "{n}: an address enters ten an hour");
    }
    test.stop().await;
}
