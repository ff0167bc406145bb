//! What subscribers choose: topics, digests; and addresses that are no more.

use crate::desk::{Desk, by, text};
use crate::support::client::send;
use crate::support::{TestApp, Wanted, hand_over, on_both, on_both_with};
use hypercare_core::{Span, Timestamp};
use hypercare_server::engine;
use hypercare_server::outbox::{Letter, Undelivered};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn press(test: &TestApp, url: &str, form: &str) -> (StatusCode, String) {
    let path = url.strip_prefix(test.app.config.public_url.as_str()).unwrap_or(url);
    let request = reqwest::Client::new().post(format!("{}{path}", test.url)).header("content-type", "application/x-www-form-urlencoded");
    let answer = send(request.body(form.to_owned())).await;
    (answer.status, answer.text)
}

fn to(test: &TestApp, email: &str) -> Vec<Letter> {
    test.post.sent().into_iter().filter(|letter| letter.outbound.to == email).collect()
}

fn link(letter: &Letter, what: &str) -> String {
    letter.outbound.text.split_whitespace().find(|word| word.contains(what)).unwrap_or_else(|| panic!("no {what} in {letter:?}")).to_owned()
}

/// Somebody subscribes and chooses with the confirmation.
async fn subscribed(test: &TestApp, email: &str, chosen: &str) {
    press(test, "/status/new-prices", &format!("email={email}")).await;
    test.forward(Span::secs(1)).await;
    let (status, said) = press(test, &link(&to(test, email)[0], "/updates/confirm/"), chosen).await;
    assert!(status.is_success() && said.contains("Updates come to your address"), "{said}");
}

async fn publish(desk: &Desk<'_>, title: &str, topics: &[&str]) -> Value {
    let content = json!({
        "title": title, "happening": "Something.", "meaning": "Nothing.", "doing": "We look.", "topics": topics, "zone": "Europe/Berlin", "state": "resolved",
    });
    let drafted = desk.agent.post("/updates", &json!({ "window": desk.window, "content": content })).await.good();
    out(desk, &drafted).await
}

async fn out(desk: &Desk<'_>, drafted: &Value) -> Value {
    let (path, revision) = (format!("/updates/{}", text(&drafted["id"])), json!({ "revision": drafted["draft"]["revision"] }));
    desk.lead.post(&format!("{path}/approve"), &revision).await.good();
    desk.agent.post(&format!("{path}/publish"), &revision).await.good()
}

fn subjects(test: &TestApp, email: &str) -> Vec<String> {
    to(test, email).into_iter().skip(1).map(|letter| letter.outbound.subject).collect()
}

/// To the next such minute.
async fn until(test: &TestApp, at: &str) {
    test.forward(Timestamp::parse(at).unwrap() - test.now()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn subscribers_get_what_they_chose_when_they_chose() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        press(test, "/status/new-prices", "email=all@example.net").await;
        test.forward(Span::secs(1)).await;
        let url = link(&to(test, "all@example.net")[0], "/updates/confirm/");
        let page = test.stranger().page(Method::GET, url.strip_prefix(test.app.config.public_url.as_str()).unwrap()).await;
        for words in ["Each update at once", "My invoice is higher than before", "value=\"category:billing\"", "value=\"Europe/Berlin\""] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        press(test, &url, "").await;
        subscribed(test, "credit@example.net", "rhythm=at_once&topic=credit-missing").await;
        subscribed(test, "billing@example.net", "rhythm=at_once&topic=category%3Abilling").await;
        subscribed(test, "daily@example.net", "rhythm=daily&hour=8&zone=Europe%2FBerlin").await;
        subscribed(test, "weekly@example.net", "rhythm=weekly&hour=8&zone=America%2FNew_York&topic=price-higher").await;
        until(test, "2026-11-17T12:00:00Z").await;
        publish(&desk, "About prices", &["price-higher"]).await;
        test.forward(Span::mins(5)).await;
        let second = publish(&desk, "About anything", &[]).await;
        test.forward(Span::mins(5)).await;
        assert_eq!(subjects(test, "all@example.net"), ["About prices", "About anything"]);
        assert_eq!(subjects(test, "credit@example.net"), ["About anything"], "what names no topic concerns everybody");
        assert_eq!(subjects(test, "billing@example.net"), ["About prices", "About anything"]);
        assert_eq!(subjects(test, "daily@example.net"), Vec::<String>::new());
        // What is corrected before the digest comes is not in it any more.
        let other = json!({ "content": {
            "title": "About anything else", "happening": "Something.", "meaning": "Nothing.", "doing": "We look.", "zone": "Europe/Berlin", "state": "resolved",
        }, "corrects": second["entries"][0]["id"] });
        let drafted = desk.agent.put(&format!("/updates/{}/draft", text(&second["id"])), &other).await.good();
        out(&desk, &drafted).await;
        until(test, "2026-11-18T06:59:59Z").await;
        assert_eq!(to(test, "daily@example.net").len(), 1);
        until(test, "2026-11-18T07:00:01Z").await;
        let digest = to(test, "daily@example.net").pop().unwrap();
        assert_eq!(digest.outbound.subject, "2 updates about New prices");
        let body = &digest.outbound.text;
        assert!(body.contains("About prices") && body.contains("About anything else") && body.find("About prices") < body.find("About anything else"), "{body}");
        assert!(digest.unsubscribe.is_some() && body.contains("/updates/preferences/"));
        // Nothing new, no mail; on Monday at eight in New York what concerns them.
        until(test, "2026-11-23T13:00:01Z").await;
        assert_eq!(to(test, "daily@example.net").len(), 2);
        assert_eq!(subjects(test, "weekly@example.net"), ["2 updates about New prices"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_comes_once_on_two_nodes_and_after_a_change_of_mind() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        subscribed(test, "ana@example.net", "rhythm=daily&hour=8&zone=Europe%2FBerlin").await;
        publish(&desk, "The first", &[]).await;
        let other = test.another_node().await;
        test.app.clock.set(Timestamp::parse("2026-11-18T07:00:00Z").unwrap());
        let (one, two) = tokio::join!(engine::tick(&test.app), engine::tick(&other));
        one.unwrap();
        two.unwrap();
        test.forward(Span::secs(5)).await;
        assert_eq!(subjects(test, "ana@example.net"), ["The first"]);
        let url = link(&to(test, "ana@example.net")[1], "/updates/preferences/");
        publish(&desk, "The second", &[]).await;
        let page = test.stranger().page(Method::GET, url.strip_prefix(test.app.config.public_url.as_str()).unwrap()).await;
        assert!(page.text.contains("value=\"daily\" checked") && page.text.contains("<option value=\"8\" selected>"), "{}", page.text);
        test.forward(Span::mins(1)).await;
        assert_eq!(subjects(test, "ana@example.net").len(), 1, "looking changes nothing");
        for wrong in ["rhythm=daily&zone=Mars", "rhythm=hourly", "rhythm=daily&hour=25"] {
            assert_eq!(press(test, &url, wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        // At once from now on: what waited comes now, and no digest after it.
        let (status, said) = press(test, &url, "rhythm=at_once").await;
        assert!(status == StatusCode::OK && said.contains("It is kept"), "{said}");
        test.forward(Span::secs(5)).await;
        assert_eq!(subjects(test, "ana@example.net"), ["The first", "The second"]);
        publish(&desk, "The third", &[]).await;
        test.forward(Span::days(3)).await;
        assert_eq!(subjects(test, "ana@example.net"), ["The first", "The second", "The third"]);
        // And back: each entry has come, so there is nothing to tell.
        press(test, &url, "rhythm=daily&hour=9").await;
        test.forward(Span::days(3)).await;
        assert_eq!(subjects(test, "ana@example.net").len(), 3);
        press(test, to(test, "ana@example.net")[1].unsubscribe.as_ref().unwrap(), "").await;
        assert_eq!(press(test, &url, "rhythm=at_once").await.0, StatusCode::GONE);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_of_what_was_corrected_while_it_waited_is_not_sent() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        subscribed(test, "ana@example.net", "rhythm=daily&hour=11&zone=Europe%2FBerlin").await;
        until(test, "2026-11-17T12:00:00Z").await;
        let first = publish(&desk, "Wrong", &[]).await;
        // An hour at which nobody else gets a mail.
        until(test, "2026-11-18T09:59:59Z").await;
        test.post.fail(2, &Undelivered::Later("Try again later.".into()));
        until(test, "2026-11-18T10:00:05Z").await;
        assert_eq!(subjects(test, "ana@example.net").len(), 0, "the mail server made it wait");
        let right = json!({ "content": {
            "title": "Right", "happening": "Something.", "meaning": "Nothing.", "doing": "We look.", "zone": "Europe/Berlin", "state": "resolved",
        }, "corrects": first["entries"][0]["id"] });
        out(&desk, &desk.agent.put(&format!("/updates/{}/draft", text(&first["id"])), &right).await.good()).await;
        test.forward(Span::days(3)).await;
        assert_eq!(subjects(test, "ana@example.net"), ["Right"]);
        assert_eq!(crate::outbox::count(test, "failed").await, 0, "what was replaced has not failed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_more_goes_from_the_list_with_a_record() {
    on_both_with(Wanted::mailed(), async |test| {
        let desk = Desk::live(test).await;
        subscribed(test, "ana@example.net", "").await;
        subscribed(test, "bo@example.net", "").await;
        publish(&desk, "The first", &[]).await;
        test.forward(Span::secs(5)).await;
        let letter = to(test, "ana@example.net").pop().unwrap();
        let report = |n: u8, to: &str, status: &str| {
            format!(
                "From: MAILER-DAEMON@mx.example.net\r\nTo: <support@localhost>\r\nMessage-ID: <{n}@mx>\r\nSubject: Undelivered Mail\r\n\
                 Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
                 Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}\r\n\r\n\
                 --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {}\r\n\r\nx\r\n--b--\r\n",
                letter.message_id
            )
        };
        let lmtp = test.app.config.mail_in.lmtp.unwrap();
        let count = async || desk.agent.get(&desk.at("/updates")).await.good()["subscribers"].clone();
        // A full mailbox is emptied some day, and nobody is taken off by a report about somebody else.
        for (n, who, status) in [(1, "ana@example.net", "5.2.2"), (2, "bo@example.net", "5.1.1")] {
            hand_over(lmtp, "", &["support@localhost"], report(n, who, status).as_bytes()).await;
            test.forward(Span::secs(1)).await;
        }
        assert_eq!(count().await, json!(2));
        hand_over(lmtp, "", &["support@localhost"], report(3, "ana@example.net", "5.1.1").as_bytes()).await;
        test.forward(Span::secs(1)).await;
        assert_eq!(count().await, json!(1));
        let feed = desk.agent.get(&format!("/events?window={}&limit=50", desk.window)).await.good();
        let line = by(&feed, "kind", "window.subscriber_lost");
        assert!(text(&line["sentence"]).contains("taken off the list of updates") && !feed.to_string().contains("ana@example.net"), "{line}");
        publish(&desk, "The second", &[]).await;
        test.forward(Span::secs(5)).await;
        assert_eq!((subjects(test, "ana@example.net"), subjects(test, "bo@example.net").len()), (vec!["The first".to_owned()], 2));
        // A server that says so at once says the same.
        test.post.fail(1, &Undelivered::Never("The mail server said: permanent error (550): 5.1.1 User unknown".into()));
        publish(&desk, "The third", &[]).await;
        test.forward(Span::secs(5)).await;
        assert_eq!(count().await, json!(0));
    })
    .await;
}
