//! Customers whom their own site vouches for.

use crate::chat::{Browser, UNCOVERED};
use crate::desk::{Desk, text};
use crate::support::{TestApp, Wanted, on_both_with};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use hypercare_core::Span;
use hypercare_server::chat::Identity;
use hypercare_store::queries::chat;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;

const OLD: &str = "the-secret-that-is-being-replaced-now";
pub const NEW: &str = "the-secret-that-replaces-it-from-now-on";

pub fn wanted(enforced: bool) -> Wanted {
    Wanted { identity: Identity::new(&format!("{NEW},{OLD}"), enforced).unwrap(), ..Wanted::default() }
}

/// What the customer's site makes, good for five minutes.
pub fn token(test: &TestApp, secret: &str, subject: &str, more: &Value) -> String {
    let mut claims = json!({ "sub": subject, "exp": test.app.now().0 / 1_000_000 + 300 });
    claims.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

pub async fn session(test: &TestApp, body: Value) -> (Browser, Value) {
    let http = test.stranger();
    let session = http.post("/public/chat/session", &body).await.good();
    (Browser { http, secret: text(&session["visitor"]) }, session)
}

#[tokio::test]
async fn one_person_is_known_on_every_device_and_nobody_else_is() {
    on_both_with(wanted(false), async |test| {
        let desk = Desk::live(test).await;
        // Nameless first, then signed in: what was said stays theirs.
        let (laptop, _) = session(test, json!({ "name": "Somebody", "email": "typed@example.net" })).await;
        laptop.says("one", UNCOVERED).await;
        let id = laptop.sees().await["id"].clone();
        let path = format!("/conversations/{}", text(&id));
        let known = desk.agent.get(&path).await.good();
        assert_eq!((&known["contact"]["email"], &known["contact"]["verified"]), (&json!("typed@example.net"), &json!(false)));
        let ana = token(test, NEW, "u-7", &json!({ "email": "ana@example.net", "name": "Ana Souza" }));
        let (_, signed) = session(test, json!({ "visitor": laptop.secret, "token": ana })).await;
        assert_eq!(
            (&signed["visitor"], &signed["verified"], &signed["email"], &signed["name"]),
            (&json!(laptop.secret), &json!(true), &json!("ana@example.net"), &json!("Ana Souza"))
        );
        let known = desk.agent.get(&path).await.good();
        assert_eq!((&known["contact"]["email"], &known["contact"]["verified"]), (&json!("ana@example.net"), &json!(true)));

        // Another device, signed with the secret that is being replaced: the same person, the same conversation, a secret of its own.
        let (phone, signed) = session(test, json!({ "token": token(test, OLD, "u-7", &json!({})) })).await;
        assert_eq!((&signed["conversation"], &signed["verified"]), (&id, &json!(true)));
        assert_ne!(phone.secret, laptop.secret);
        phone.says("two", "From my phone").await;
        assert!(laptop.texts().await.contains(&"From my phone".to_owned()));
        assert_eq!(phone.call(Method::GET, "conversations", None).await.good()["items"].as_array().unwrap().len(), 1);

        // A browser that was somebody's and is somebody else's now gets another session; the first one's words stay the first one's.
        let (ben, signed) = session(test, json!({ "visitor": laptop.secret, "token": token(test, NEW, "u-8", &json!({ "name": "Ben" })) })).await;
        assert!(ben.secret != laptop.secret && signed["conversation"].is_null(), "{signed}");
        assert_eq!(ben.sees().await["others"]["conversations"], 0);
        // So does a nameless one whose person is known already.
        let (other, _) = session(test, json!({})).await;
        other.says("one", "Nameless words").await;
        let (again, signed) = session(test, json!({ "visitor": other.secret, "token": token(test, NEW, "u-7", &json!({})) })).await;
        assert!(again.secret != other.secret && signed["conversation"] == id, "{signed}");

        // An address that is typed proves nothing, and joins nobody.
        let (liar, said) = session(test, json!({ "email": "ana@example.net" })).await;
        assert_eq!(said["verified"], false);
        liar.says("one", "I am Ana").await;
        let known = desk.agent.get(&format!("/conversations/{}", text(&liar.sees().await["id"]))).await.good();
        assert_eq!((&known["contact"]["email"], &known["contact"]["verified"]), (&json!("ana@example.net"), &json!(false)));
        assert!(known["contact"]["conversations"].as_array().is_none_or(Vec::is_empty), "{}", known["contact"]);
        // Nor can who is vouched for call themselves something else.
        session(test, json!({ "visitor": phone.secret, "name": "Mallory", "email": "mallory@example.net" })).await;
        assert_eq!(desk.agent.get(&path).await.good()["contact"]["email"], "ana@example.net");
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_not_good_is_refused_and_says_why() {
    on_both_with(wanted(false), async |test| {
        let check = async |token: &str, says: &str| {
            let problem = test.stranger().post("/public/chat/session", &json!({ "token": token })).await.problem_at(401, "token");
            assert!(problem["detail"].as_str().unwrap().contains(says), "{problem}");
        };
        let good = token(test, NEW, "u-7", &json!({}));
        check(&token(test, "a-secret-that-nobody-ever-configured", "u-7", &json!({})), "not signed").await;
        check("e30.e30.e30", "HS256").await;
        check(&token(test, NEW, "u-7", &json!({ "exp": null })), "no end").await;
        let mut none = good.clone();
        none.replace_range(..good.find('.').unwrap(), &URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
        check(&none, "HS256").await;
        test.forward(Span::mins(5)).await;
        check(&good, "expired").await;
    })
    .await;
}

#[tokio::test]
async fn where_identity_is_enforced_nobody_chats_without() {
    on_both_with(wanted(true), async |test| {
        Desk::live(test).await;
        let refused = test.stranger().post("/public/chat/session", &json!({ "name": "Ana" })).await.problem_at(401, "token");
        assert!(refused["detail"].as_str().unwrap().contains("signed in"), "{refused}");
        test.stranger().post("/public/chat/session", &json!({ "visitor": "made-up" })).await.problem_at(401, "token");
        let (ana, _) = session(test, json!({ "token": token(test, NEW, "u-7", &json!({})) })).await;
        ana.says("one", UNCOVERED).await;
        // The page loads again: the session is known, and its token need not be fresh.
        let (_, again) = session(test, json!({ "visitor": ana.secret })).await;
        assert_eq!((&again["visitor"], &again["verified"]), (&json!(ana.secret), &json!(true)));
        // Who came before it was enforced is not known any more.
        let key = hypercare_server::http::secret::hash("from-before");
        let now = test.app.now();
        test.app
            .store
            .write(move |tx| {
                Box::pin(async move { chat::visitor_insert(tx, &key, Some("Ben"), None, now).await.map_err(hypercare_store::WriteError::from) })
            })
            .await
            .unwrap();
        let ben = Browser { http: test.stranger(), secret: "from-before".into() };
        ben.call(Method::GET, "conversation", None).await.problem(401);
        test.stranger().get("/public/chat/stream?visitor=from-before").await.problem(401);
    })
    .await;
}
