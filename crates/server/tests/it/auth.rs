use crate::support::{client, email_of, on_both};
use hypercare_core::Span;
use hypercare_core::role::{Permission, Role};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_session_begins_lasts_and_ends() {
    on_both(async |test| {
        test.person("Mara Lind", Role::Lead).await;
        test.stranger().get("/session").await.problem(401);
        let answer = test.stranger().post("/session", &json!({ "email": " MARA@example.org", "password": crate::support::PASSWORD })).await;
        let me = answer.good();
        assert_eq!((&me["user"]["name"], &me["user"]["role"]), (&json!("Mara Lind"), &json!("lead")));
        assert!(me["permissions"].as_array().unwrap().contains(&json!("windows:write")), "{me}");
        assert!(!me["permissions"].as_array().unwrap().contains(&json!("admin")), "{me}");
        let cookie = answer.header("set-cookie").unwrap();
        for part in ["hc_session=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=1209600"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert!(!cookie.contains("Secure"), "this server is not behind https: {cookie}");

        let mara = test.sign_in("Mara Lind").await;
        assert_eq!(mara.get("/session").await.good(), me);
        test.app.clock.advance(Span::days(14) - Span::secs(1));
        mara.get("/session").await.good();
        test.app.clock.advance(Span::secs(1));
        mara.get("/session").await.problem(401);

        let mara = test.sign_in("Mara Lind").await;
        let answer = mara.delete("/session").await;
        assert_eq!(answer.status, 204);
        assert!(answer.header("set-cookie").unwrap().contains("Max-Age=0"));
        mara.get("/session").await.problem(401);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_person_look_the_same() {
    on_both(async |test| {
        test.person("Mara Lind", Role::Lead).await;
        let wrong = test.stranger().post("/session", &json!({ "email": "mara@example.org", "password": "wrong password" })).await.problem(401);
        let unknown = test.stranger().post("/session", &json!({ "email": "nobody@example.org", "password": "wrong password" })).await.problem(401);
        assert_eq!(wrong["detail"], unknown["detail"]);
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    on_both(async |test| {
        test.person("Mara Lind", Role::Lead).await;
        let guess = json!({ "email": "mara@example.org", "password": "wrong password" });
        for _ in 0..5 {
            test.stranger().post("/session", &guess).await.problem(401);
        }
        let answer = test.stranger().post("/session", &guess).await;
        answer.problem(429);
        assert_eq!(answer.header("retry-after"), Some("60"));
        let right = json!({ "email": "mara@example.org", "password": crate::support::PASSWORD });
        test.stranger().post("/session", &right).await.problem(429);
        // Others are not held up by it.
        test.signed_in("Aiko Tanaka", Role::Agent).await;
        test.app.clock.advance(Span::mins(1));
        test.stranger().post("/session", &right).await.good();
    })
    .await;
}

#[tokio::test]
async fn signing_in_often_is_no_guessing() {
    on_both(async |test| {
        test.person("Mara Lind", Role::Lead).await;
        for _ in 0..8 {
            test.sign_in("Mara Lind").await;
        }
    })
    .await;
}

#[tokio::test]
async fn foreign_pages_cannot_use_the_cookie() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let cookie = admin.cookie.clone().unwrap();
        let plain = || test.stranger().request(Method::POST, "/users").header("cookie", &cookie).json(&json!({}));
        let problem = client::send(plain()).await.problem(403);
        assert!(problem["detail"].as_str().unwrap().contains("X-Hypercare"), "{problem}");
        client::send(plain().header("x-hypercare", "1").header("origin", "https://evil.example")).await.problem(403);
        client::send(plain().header("x-hypercare", "1").header("sec-fetch-site", "cross-site")).await.problem(403);
        client::send(plain().header("x-hypercare", "1").header("origin", &test.url)).await.problem(422);
        // Signing somebody in from elsewhere is refused too.
        let input = json!({ "email": email_of("Mara Lind"), "password": crate::support::PASSWORD });
        client::send(test.stranger().request(Method::POST, "/session").header("origin", "https://evil.example").json(&input)).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_about_the_body_before_they_may() {
    on_both(async |test| {
        let agent = test.signed_in("Aiko Tanaka", Role::Agent).await;
        let problem = agent.post("/users", &json!({ "nonsense": true })).await.problem(403);
        assert!(problem["detail"].as_str().unwrap().contains("`admin`"), "{problem}");
        test.stranger().post("/users", &json!({ "nonsense": true })).await.problem(401);
        agent.get("/tokens").await.problem(403);
        agent.get("/users").await.good();
    })
    .await;
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_until_it_is_withdrawn() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let made = admin.post("/tokens", &json!({ "name": "Monitoring", "scopes": ["read"] })).await.good();
        let secret = made["token"].as_str().unwrap().to_owned();
        assert!(secret.starts_with("hc_"), "{secret}");
        let mut program = test.stranger();
        program.token = Some(secret.clone());
        program.get("/users").await.good();
        program.get("/tokens").await.problem(403);
        program.get("/session").await.problem(403);

        let list = admin.get("/tokens").await;
        assert!(!list.text.contains(&secret) && list.text.contains("Monitoring"), "{}", list.text);
        let events = admin.get("/events").await;
        assert!(!events.text.contains(&secret), "{}", events.text);

        let id = made["id"].as_str().unwrap();
        assert_eq!(admin.delete(&format!("/tokens/{id}")).await.status, 204);
        program.get("/users").await.problem(401);
        admin.delete(&format!("/tokens/{id}")).await.problem(404);
        admin.post("/tokens", &json!({ "name": "x", "scopes": [] })).await.problem_at(422, "scopes");
        admin.post("/tokens", &json!({ "name": "x", "scopes": ["everything"] })).await.problem_at(422, "scopes[0]");
    })
    .await;
}

#[tokio::test]
async fn a_program_makes_no_tokens() {
    on_both(async |test| {
        let program = test.program("Automation", &[Permission::Admin]).await;
        program.post("/tokens", &json!({ "name": "x", "scopes": ["read"] })).await.problem(403);
        let mut wrong = test.stranger();
        wrong.token = Some("hc_wrong".into());
        let answer = wrong.get("/users").await;
        answer.problem(401);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    })
    .await;
}
