//! What a window's Slack channel reads: each entry once, also where Slack is away or asks for a pause.

use super::{at, begin, content, out, to};
use crate::desk::{Desk, by, items};
use crate::support::receiver::{Receiver, Told};
use crate::support::{Client, TestApp, on_both};
use hypercare_core::role::Role;
use hypercare_core::{Span, Timestamp};
use hypercare_server::outbox::Undelivered;
use reqwest::Method;
use serde_json::{Value, json};

/// An admin enters the channel's address, which nobody is shown again.
pub(super) async fn slack(test: &TestApp, desk: &Desk<'_>, url: &str) -> Client {
    let admin = test.signed_in("Ada Admin", Role::Admin).await;
    let set = admin.put(&desk.at("/updates"), &json!({ "slack_url": url })).await.good();
    assert!(!set.to_string().contains("T0/secret"), "{set}");
    admin
}

/// What Slack asks of a request to an incoming webhook, and the text in it.
pub(super) fn text_of(request: &Told) -> String {
    assert_eq!((&request.method, request.path.as_str()), (&Method::POST, "/T0/secret"));
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.headers["content-length"].to_str().unwrap(), request.body.len().to_string());
    // It says who we are to nobody: the secret in the address is all that Slack wants.
    for none in ["authorization", "cookie", "webhook-id", "webhook-signature"] {
        assert!(!request.headers.contains_key(none), "{none}: {:?}", request.headers);
    }
    let body: Value = serde_json::from_str(&request.body).unwrap();
    let [(name, said)] = body.as_object().unwrap().iter().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(name, "text");
    said.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn slack_is_tried_again_and_what_it_refuses_is_said() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        let admin = slack(test, &desk, &format!("{}/T0/secret", receiver.url)).await;
        receiver.answers(&[503]);
        out(&desk, begin(&desk, content(test, &json!({}))).await).await;
        test.forward(Span::mins(1)).await;
        assert_eq!(receiver.count(), 2, "once more");
        receiver.answers(&[400]);
        out(&desk, begin(&desk, content(test, &json!({ "title": "Another matter" }))).await).await;
        test.forward(Span::hours(1)).await;
        assert_eq!(receiver.count(), 3, "what is refused is not sent again");
        let feed = desk.agent.get(&format!("/events?window={}&limit=20", desk.window)).await.good();
        assert_eq!(by(&feed, "kind", "update.undelivered")["sentence"], "An update could not be sent to the window's Slack channel");
        assert!(!feed.to_string().contains("T0/secret"));
        for wrong in ["slack", "ftp://hooks.example.org/x", "http://10.0.0.1/x"] {
            admin.put(&desk.at("/updates"), &json!({ "slack_url": wrong })).await.problem_at(422, "slack_url");
        }
        desk.lead.put(&desk.at("/updates"), &json!({ "slack_url": null })).await.problem(403);
        admin.put(&desk.at("/updates"), &json!({ "slack_url": null })).await.good();
        out(&desk, begin(&desk, content(test, &json!({ "title": "A third matter" }))).await).await;
        test.forward(Span::mins(1)).await;
        assert_eq!(receiver.count(), 3);
    })
    .await;
}

/// The time as HTTP says it.
fn http_date(at: Timestamp) -> String {
    at.to_jiff().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[tokio::test]
async fn a_pause_that_slack_asks_for_is_kept_to_the_second_and_then_it_is_told_once() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        slack(test, &desk, &format!("{}/T0/secret", receiver.url)).await;
        for (title, pause) in [("Invoices show the old price", "120".to_owned()), ("Another matter", http_date(test.now() + Span::mins(2 + 5)))] {
            let before = receiver.count();
            let wait = if title == "Another matter" { Span::mins(5) } else { Span::mins(2) };
            receiver.asks_to_wait(429, &pause);
            out(&desk, begin(&desk, content(test, &json!({ "title": title }))).await).await;
            test.forward(Span::ZERO).await;
            assert_eq!(receiver.count(), before + 1, "{title}: at once");
            test.forward(wait - Span::secs(1)).await;
            assert_eq!(receiver.count(), before + 1, "{title}: not before Slack wants it");
            test.forward(Span::secs(1)).await;
            assert_eq!(receiver.count(), before + 2, "{title}: as soon as Slack wants it");
            let (first, second) = (text_of(&receiver.told()[before]), text_of(&receiver.told()[before + 1]));
            assert!(first == second && first.starts_with(&format!("*{title}*\n")), "{first}\n{second}");
        }
        test.forward(Span::hours(12)).await;
        assert_eq!(receiver.count(), 4, "and not again");
        let feed = desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        assert!(items(&feed).iter().all(|e| e["kind"] != "update.undelivered"), "{feed}");
    })
    .await;
}

#[tokio::test]
async fn what_was_corrected_while_a_receiver_made_us_wait_is_not_told_after_its_correction() {
    on_both(async |test| {
        let (desk, receiver) = (Desk::live(test).await, Receiver::start().await);
        slack(test, &desk, &format!("{}/T0/secret", receiver.url)).await;
        super::subscribed(test, "ana@example.net").await;
        receiver.asks_to_wait(429, "120");
        test.post.fail(1, &Undelivered::Later("Try again later.".into()));
        let told = out(&desk, begin(&desk, content(test, &json!({}))).await).await;
        test.forward(Span::secs(5)).await;
        assert_eq!((receiver.count(), to(test, "ana@example.net").len()), (1, 1), "neither has it yet; one is the question");
        let right = content(test, &json!({ "happening": "Invoices of today show the old price. Customers in Sweden are affected." }));
        let draft = json!({ "content": right, "corrects": told["entries"][0]["id"] });
        out(&desk, desk.agent.put(&at(&told, "/draft"), &draft).await.good()).await;
        test.forward(Span::hours(12)).await;
        let posted: Vec<String> = receiver.told().iter().skip(1).map(text_of).collect();
        let mails: Vec<String> = to(test, "ana@example.net").into_iter().skip(1).map(|letter| letter.outbound.text).collect();
        assert_eq!((posted.len(), mails.len()), (1, 1), "{posted:?} {mails:?}");
        for said in [&posted[0], &mails[0]] {
            assert!(said.contains("Customers in Sweden") && said.contains("update 2 · corrects update 1"), "{said}");
        }
        let feed = desk.agent.get(&format!("/events?window={}&limit=200", desk.window)).await.good();
        assert!(items(&feed).iter().all(|e| e["kind"] != "update.undelivered"), "nothing failed: {feed}");
        assert_eq!(crate::outbox::count(test, "failed").await, 0, "and no mail did");
    })
    .await;
}
