use crate::support::{Answer, Client, PASSWORD, client, on_both};
use hypercare_core::Span;
use hypercare_core::role::Role;
use reqwest::Method;
use serde_json::{Value, json};

async fn create(caller: &Client, key: &str, body: &Value) -> Answer {
    client::send(caller.request(Method::POST, "/users").header("idempotency-key", key).json(body)).await
}

fn person(name: &str) -> Value {
    json!({ "email": format!("{name}@example.org"), "name": name, "role": "agent", "password": PASSWORD })
}

async fn count(caller: &Client) -> usize {
    caller.get("/users").await.good()["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn who_asks_again_gets_the_same_answer() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let first = create(&admin, "k1", &person("aiko")).await;
        let again = create(&admin, "k1", &person("aiko")).await;
        assert_eq!((first.status, first.good()), (again.status, again.good()));
        assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), (None, Some("true")));
        assert_eq!(count(&admin).await, 2);
        create(&admin, "k1", &person("ben")).await.problem_at(422, "Idempotency-Key");
        create(&admin, "k2", &person("ben")).await.good();
        // Another caller's key is another key.
        let other = test.signed_in("Zoe Ray", Role::Admin).await;
        create(&other, "k1", &person("carl")).await.good();
        test.app.clock.advance(Span::days(1) + Span::secs(1));
        create(&admin, "k3", &person("dora")).await.good();
        create(&admin, "k1", &person("emil")).await.good();
    })
    .await;
}

#[tokio::test]
async fn a_no_is_not_kept() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let mut wrong = person("aiko");
        wrong["password"] = json!("short");
        create(&admin, "k", &wrong).await.problem_at(422, "password");
        create(&admin, "k", &person("aiko")).await.good();
    })
    .await;
}

#[tokio::test]
async fn whoever_lost_the_right_gets_no_old_answers() {
    on_both(async |test| {
        let id = test.person("Mara Lind", Role::Admin).await;
        let mara = test.sign_in("Mara Lind").await;
        let other = test.signed_in("Zoe Ray", Role::Admin).await;
        create(&mara, "k", &person("aiko")).await.good();
        other.patch(&format!("/users/{id}"), &json!({ "role": "agent" })).await.good();
        create(&mara, "k", &person("aiko")).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn of_two_at_once_one_creates() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let body = person("aiko");
        let (one, two) = tokio::join!(create(&admin, "k", &body), create(&admin, "k", &body));
        for answer in [&one, &two] {
            if answer.status == 409 {
                answer.problem(409);
                assert!(answer.header("retry-after").is_some());
            } else {
                answer.good();
            }
        }
        assert!(one.status.is_success() || two.status.is_success());
        assert_eq!(count(&admin).await, 2);
        assert_eq!(create(&admin, "k", &body).await.header("idempotency-replayed"), Some("true"));
    })
    .await;
}

#[tokio::test]
async fn keys_have_limits_and_secrets_are_not_kept() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        create(&admin, &"k".repeat(201), &person("aiko")).await.problem_at(422, "Idempotency-Key");
        create(&admin, "", &person("aiko")).await.problem_at(422, "Idempotency-Key");
        create(&test.stranger(), "k", &person("aiko")).await.problem(401);
        let token = json!({ "name": "t", "scopes": ["read"] });
        let make = async || client::send(admin.request(Method::POST, "/tokens").header("idempotency-key", "t").json(&token)).await.good();
        assert_ne!(make().await["token"], make().await["token"]);
    })
    .await;
}
