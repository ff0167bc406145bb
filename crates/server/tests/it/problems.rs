use crate::support::{client, on_both};
use hypercare_core::role::Role;
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn every_no_is_a_problem_with_its_request() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        admin.get("/nothing-here").await.problem(404);
        admin.get("/api/nothing").await.problem(404);
        admin.put("/users", &json!({})).await.problem(405);
        admin.get("/users/abc").await.problem(405);
        admin.patch("/users/99999999999999999999", &json!({})).await.problem(404);
        admin.get("/events?limit=0").await.problem_at(422, "limit");
        admin.get("/events?limit=x").await.problem_at(422, "limit");
        admin.get("/events?colour=red").await.problem_at(422, "colour");
        admin.get("/events?window=x").await.problem_at(422, "window");
        admin.post("/users", &json!({ "email": "a@example.org", "name": "A", "role": 7, "password": "p" })).await.problem_at(422, "role");

        let with_body = |kind: &'static str, body: String| admin.request(Method::POST, "/users").header("content-type", kind).body(body);
        client::send(with_body("application/json", "{".into())).await.problem(422);
        client::send(with_body("text/plain", "{}".into())).await.problem(415);
        client::send(with_body("application/json", "\"x\"".repeat(400_000))).await.problem(413);
    })
    .await;
}

#[tokio::test]
async fn requests_keep_a_sane_id_and_get_one_otherwise() {
    on_both(async |test| {
        let with_id = |id: &'static str| test.stranger().request(Method::GET, "/session").header("x-request-id", id);
        let answer = client::send(with_id("abc-123")).await;
        assert_eq!(answer.problem(401)["request_id"], "abc-123");
        let answer = client::send(with_id("two words")).await;
        assert_ne!(answer.problem(401)["request_id"], "two words");
    })
    .await;
}

#[tokio::test]
async fn a_feed_is_read_page_by_page() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        for n in 0..5 {
            admin.post("/tokens", &json!({ "name": format!("Token {n}"), "scopes": ["read"] })).await.good();
        }
        let whole = admin.get("/events").await.good();
        let mut seen = vec![];
        let mut path = "/events?limit=2".to_owned();
        loop {
            let page = admin.get(&path).await.good();
            seen.extend(page["items"].as_array().unwrap().clone());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/events?limit=2&after={next}");
        }
        assert_eq!(whole["items"], json!(seen));
        assert_eq!(whole["next"], json!(null));
        assert_eq!(seen.len(), 7);
    })
    .await;
}
