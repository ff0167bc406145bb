use crate::support::{Client, Wanted, client, on_both, on_both_with};
use hypercare_core::Span;
use hypercare_core::role::{Permission, Role};
use hypercare_server::http::Allowance;
use reqwest::Method;
use serde_json::json;

async fn look(caller: &Client, visitor: &str, address: &str) -> u16 {
    let request = caller.request(Method::GET, "/public/chat/conversation").header("x-forwarded-for", address);
    let request = if visitor.is_empty() { request } else { request.header("x-visitor", visitor) };
    client::send(request).await.status.as_u16()
}

#[tokio::test]
async fn strangers_may_ask_so_often() {
    on_both_with(Wanted { public_rate: 3, ..Wanted::default() }, async |test| {
        let stranger = test.stranger();
        for _ in 0..3 {
            assert_ne!(look(&stranger, "", "198.51.100.1").await, 429);
        }
        assert_eq!(look(&stranger, "", "198.51.100.1").await, 429);
        assert_ne!(look(&stranger, "", "198.51.100.2").await, 429, "another address has its own");
        assert_ne!(look(&stranger, "known", "198.51.100.1").await, 429, "a visitor has their own");
        test.app.clock.advance(Span::secs(20));
        assert_ne!(look(&stranger, "", "198.51.100.1").await, 429);
        assert_eq!(look(&stranger, "", "198.51.100.1").await, 429);
        // Inventing visitors does not help for ever.
        let mut allowed = 0;
        for n in 0..40 {
            allowed += u32::from(look(&stranger, &format!("v{n}"), "198.51.100.3").await != 429);
        }
        assert_eq!(allowed, 30);
        let answer = client::send(stranger.request(Method::GET, "/public/chat/conversation").header("x-forwarded-for", "198.51.100.1")).await;
        answer.problem(429);
        assert_eq!(answer.header("retry-after"), Some("20"));
    })
    .await;
}

#[tokio::test]
async fn a_token_that_is_used_too_often_waits() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let made = admin.post("/tokens", &json!({ "name": "Busy", "scopes": [Permission::Read.word()] })).await.good();
        let mut program = test.stranger();
        program.token = made["token"].as_str().map(str::to_owned);
        program.get("/users").await.good();
        let key = format!("token:{}", made["id"].as_str().unwrap());
        while test.app.limits.take(key.clone(), Allowance::a_minute(6_000), test.now()).is_ok() {}
        program.get("/users").await.problem(429);
        admin.get("/users").await.good();
        test.app.clock.advance(Span::secs(1));
        program.get("/users").await.good();
    })
    .await;
}
