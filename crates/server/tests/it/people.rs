use crate::support::{PASSWORD, on_both};
use hypercare_core::role::Role;
use serde_json::json;

#[tokio::test]
async fn an_admin_adds_and_changes_people() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let new = json!({ "email": "Aiko@Example.org", "name": "Aiko Tanaka", "role": "agent", "password": PASSWORD });
        let answer = admin.post("/users", &new).await;
        assert_eq!(answer.status, 201);
        let aiko = answer.good();
        assert_eq!((&aiko["email"], &aiko["disabled"]), (&json!("aiko@example.org"), &json!(false)));
        admin.post("/users", &new).await.problem_at(409, "email");

        let path = format!("/users/{}", aiko["id"].as_str().unwrap());
        let changed = admin.patch(&path, &json!({ "role": "owner", "name": "Aiko T." })).await.good();
        assert_eq!((&changed["role"], &changed["name"], &changed["email"]), (&json!("owner"), &json!("Aiko T."), &json!("aiko@example.org")));
        let all = admin.get("/users").await.good();
        assert_eq!(all["items"].as_array().unwrap().len(), 2);
        admin.patch("/users/1", &json!({})).await.problem(404);
        admin.patch("/users/abc", &json!({})).await.problem(404);

        let events = admin.get("/events").await;
        let sentences: Vec<String> = events.good()["items"].as_array().unwrap().iter().map(|e| e["sentence"].as_str().unwrap().to_owned()).collect();
        assert!(sentences.contains(&"Mara Lind added Aiko Tanaka as agent".to_owned()), "{sentences:?}");
        assert!(sentences.iter().any(|s| s.contains("role agent → owner")), "{sentences:?}");
        assert!(!events.text.contains(PASSWORD) && !events.text.contains("argon2"), "{}", events.text);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_person_is_named() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let check = async |field: &str, value: serde_json::Value| {
            let mut new = json!({ "email": "aiko@example.org", "name": "Aiko Tanaka", "role": "agent", "password": PASSWORD });
            new[field] = value;
            admin.post("/users", &new).await.problem_at(422, field);
        };
        check("email", json!("aiko")).await;
        check("name", json!(" ")).await;
        check("name", json!("x".repeat(101))).await;
        check("role", json!("king")).await;
        check("password", json!("123456789")).await;
        check("password", json!(null)).await;
        check("colour", json!("red")).await;
        assert_eq!(admin.get("/users").await.good()["items"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn somebody_always_administers() {
    on_both(async |test| {
        let id = test.person("Mara Lind", Role::Admin).await;
        let admin = test.sign_in("Mara Lind").await;
        let path = format!("/users/{id}");
        admin.patch(&path, &json!({ "role": "lead" })).await.problem_at(409, "role");
        admin.patch(&path, &json!({ "disabled": true })).await.problem_at(409, "disabled");
        test.person("Ben Osei", Role::Admin).await;
        admin.patch(&path, &json!({ "role": "lead" })).await.good();
        admin.patch(&path, &json!({ "name": "M." })).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn a_new_password_and_an_end_of_the_right_end_sessions() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let id = test.person("Aiko Tanaka", Role::Agent).await;
        let path = format!("/users/{id}");
        let aiko = test.sign_in("Aiko Tanaka").await;
        admin.patch(&path, &json!({ "name": "Aiko T." })).await.good();
        aiko.get("/session").await.good();
        admin.patch(&path, &json!({ "password": "another horse battery" })).await.good();
        aiko.get("/session").await.problem(401);
        test.stranger().post("/session", &json!({ "email": "aiko@example.org", "password": PASSWORD })).await.problem(401);
        admin.patch(&path, &json!({ "password": PASSWORD })).await.good();
        let aiko = test.sign_in("Aiko Tanaka").await;
        admin.patch(&path, &json!({ "disabled": true })).await.good();
        aiko.get("/session").await.problem(401);
        test.stranger().post("/session", &json!({ "email": "aiko@example.org", "password": PASSWORD })).await.problem(401);
        admin.patch(&path, &json!({ "disabled": false })).await.good();
        test.sign_in("Aiko Tanaka").await;
    })
    .await;
}
