//! Who may do what: every operation of the API's description, asked by every role and every token scope.

use crate::support::{Client, TestApp, on_both};
use hypercare_core::role::{Permission, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// What an operation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// Nothing: it is for customers, or for signing in.
    Nothing,
    /// To be a person who signed in.
    Person,
    /// This permission.
    May(Permission),
}

/// The table: an operation that is not in it fails the story, so a new one is decided here.
fn asks(method: &str, path: &str) -> Asks {
    use Asks::May;
    use Permission as P;
    let path = path.strip_prefix("/api/v1").unwrap();
    match (method, path) {
        ("post", "/session") => Asks::Nothing,
        (_, path) if path.starts_with("/public/") => Asks::Nothing,
        ("get" | "delete", "/session") => Asks::Person,
        ("get" | "post", "/tokens") | ("delete", "/tokens/{id}") | ("post", "/users") | ("patch", "/users/{id}") => May(P::Admin),
        (_, path) if path.starts_with("/webhook") || path.starts_with("/bridges") || path.starts_with("/contacts/") => May(P::Admin),
        ("post", "/inbound") => May(P::InboundWrite),
        ("post", "/windows/{id}/transitions" | "/plan/apply" | "/containment/start" | "/containment/decline") => May(P::WindowsWrite),
        ("post", "/windows/{id}/stages/normalise" | "/windows/{id}/stages/revert") => May(P::WindowsWrite),
        ("post", "/windows/{id}/sure") => May(P::WindowsWrite),
        ("post", path) if path.starts_with("/windows/{id}/rota/") => May(P::WindowsWrite),
        ("post", path) if path.starts_with("/windows/{id}/cover") => May(P::ConversationsWrite),
        ("put" | "post", path) if path.starts_with("/windows/{id}/handovers/") => May(P::ConversationsWrite),
        (_, "/calendar-address") => Asks::Person,
        ("post", "/windows/{id}/labels" | "/outcomes/{id}/remove") => May(P::AnswersApprove),
        ("post", "/windows/{id}/try") => May(P::Read),
        ("post", "/warnings/{id}/dismiss" | "/warnings/{id}/restore") => May(P::IssuesWrite),
        ("get", "/warnings" | "/containment") => May(P::Read),
        ("post", "/articles/preview") => May(P::Read),
        ("post", "/articles" | "/articles/images" | "/articles/{id}/texts/{lang}/restore") | ("put", "/articles/{id}/texts/{lang}") => {
            May(P::AnswersDraft)
        }
        ("post" | "put" | "patch" | "delete", path) if path.starts_with("/articles") || path.starts_with("/collections") => May(P::AnswersApprove),
        ("put", "/help-centre") => May(P::Admin),
        ("post", "/plan/check" | "/answers/try" | "/text/check") => May(P::Read),
        ("post", "/unanswered/{id}/dismiss" | "/unanswered/{id}/restore" | "/unanswered/{id}/add") => May(P::AnswersDraft),
        ("post", "/drafting/answer" | "/drafting/rephrase") => May(P::AnswersDraft),
        ("post", "/answers/{id}/approve" | "/answers/{id}/retire" | "/answers/{id}/entrust") => May(P::AnswersApprove),
        ("post", "/answers/{id}/keep") => May(P::AnswersDraft),
        ("get", "/macros") => May(P::Read),
        ("post", "/windows/{id}/normal/receiver" | "/windows/{id}/watch/dismiss" | "/windows/{id}/reopen") => May(P::WindowsWrite),
        ("post", "/windows/{id}/normal/fix") => May(P::DecisionsDecide),
        // Who takes over or gives is asked next: nobody answers for themselves what they handed over.
        ("post", path) if path.starts_with("/windows/{id}/normal/") => May(P::ConversationsWrite),
        ("post", "/answers" | "/decisions") | ("put", "/answers/{id}") => May(P::AnswersDraft),
        // Whom the plan names for a scenario may rule on it, an agent too; the plan's rights are asked next.
        ("get", "/cutovers" | "/cutovers/{id}" | "/windows/{id}/runbook") => May(P::Read),
        // Whom the runbook names may; it is asked next.
        ("post", path) if path.starts_with("/cutovers") => May(P::ConversationsWrite),
        ("post", path) if path.starts_with("/accounts/{id}/contacts") => May(P::ConversationsWrite),
        ("post" | "put" | "patch" | "delete", path) if path.starts_with("/accounts") => May(P::WindowsWrite),
        ("get", path) if path.starts_with("/accounts") => May(P::Read),
        ("post" | "put", path) if path.starts_with("/windows/{id}/calls") => May(P::ConversationsWrite),
        ("get", "/escalations") => May(P::Read),
        ("post", path) if path.starts_with("/escalations/") => May(P::ConversationsWrite),
        ("post", "/decisions/{id}/decide" | "/decisions/{id}/renew" | "/decisions/{id}/end") => May(P::ConversationsWrite),
        ("get", path) if path.starts_with("/reviews/") || path.starts_with("/actions/") => May(P::Read),
        ("post" | "put", path) if path.starts_with("/reviews/") || path.starts_with("/actions/") => May(P::ConversationsWrite),
        ("post", "/windows/{id}/review/open" | "/windows/{id}/actions") => May(P::ConversationsWrite),
        ("post", "/updates/{id}/approve") => May(P::ConversationsWrite),
        ("post" | "put" | "delete", path) if path.starts_with("/updates") => May(P::AnswersDraft),
        ("put", "/windows/{id}/updates") => May(P::Admin),
        ("post", "/check-ins/{id}/approve") => May(P::ConversationsWrite),
        ("post", "/check-ins/{id}/start" | "/check-ins/{id}/stop" | "/check-ins/{id}/resume") => May(P::IssuesWrite),
        ("post" | "put" | "delete", path) if path.starts_with("/check-ins") => May(P::AnswersDraft),
        ("post", "/windows/{id}/pulse" | "/windows/{id}/usage") => May(P::ConversationsWrite),
        ("get" | "put", "/conversations/{id}/draft") => May(P::ConversationsWrite),
        ("put" | "delete", "/conversations/{id}/presence") => May(P::ConversationsWrite),
        ("patch", "/conversations/{id}/fields") => May(P::ConversationsWrite),
        ("post", "/files" | "/mails/{id}/take" | "/mails/{id}/discard" | "/messages/{id}/resend") | ("delete", "/files/{id}") => {
            May(P::ConversationsWrite)
        }
        ("get", path) if ["/files/", "/mail", "/messages/"].iter().any(|begin| path.starts_with(begin)) => May(P::Read),
        ("post", path) if path.starts_with("/conversations/{id}/") || path.starts_with("/conversations/bulk") => May(P::ConversationsWrite),
        ("get", "/notices/team" | "/users/{id}/reach" | "/users/{id}/reach/log") => May(P::WindowsWrite),
        ("get", "/notices" | "/notices/settings") => May(P::Read),
        (_, path) if path.starts_with("/notices") => Asks::Person,
        ("get", "/views" | "/views/counts" | "/views/{id}") => May(P::Read),
        (_, path) if path.starts_with("/views") => Asks::Person,
        ("get", "/attendance") => May(P::Read),
        ("put", "/attendance/me") => Asks::Person,
        ("put", "/attendance/turn") => May(P::Admin),
        ("patch", "/attendance/{id}") => May(P::WindowsWrite),
        ("post" | "patch", path) if path.starts_with("/issues") || path.starts_with("/broadcasts/") => May(P::IssuesWrite),
        ("get", path)
            if [
                "/answers",
                "/articles",
                "/broadcasts",
                "/check-ins",
                "/collections",
                "/conversations",
                "/decisions",
                "/events",
                "/gaps",
                "/help-centre",
                "/issues",
                "/plan/schema",
                "/unanswered",
                "/updates",
                "/users",
                "/windows",
            ]
            .iter()
            .any(|begin| path.starts_with(begin)) =>
        {
            May(P::Read)
        }
        _ => panic!("{method} {path} is new: say here who may do it"),
    }
}

/// The status of an operation on things that do not exist, with nothing in the body.
async fn call(client: &Client, method: &str, path: &str) -> StatusCode {
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let mut request = client.request(method.clone(), &path.strip_prefix("/api/v1").unwrap().replace("{id}", "999999"));
    if method != Method::GET {
        request = request.json(&json!({}));
    }
    // Only the head: a stream has no end.
    request.send().await.unwrap().status()
}

async fn check(client: &Client, who: &str, operations: &[(String, String)], may: impl Fn(Asks) -> bool) {
    for (method, path) in operations {
        let (asks, status) = (asks(method, path), call(client, method, path).await);
        let said = format!("{who}: {method} {path} ({asks:?}) → {status}");
        assert_ne!(status.as_u16() / 100, 5, "{said}");
        match (asks, may(asks)) {
            (Asks::Nothing, _) => assert_ne!(status, StatusCode::FORBIDDEN, "{said}"),
            (_, true) => assert!(![401, 403].contains(&status.as_u16()), "{said}"),
            (_, false) => assert_eq!(status, StatusCode::FORBIDDEN, "{said}"),
        }
    }
}

fn operations() -> Vec<(String, String)> {
    let described = serde_json::to_value(hypercare_server::http::openapi()).unwrap();
    let mut all: Vec<(String, String)> = vec![];
    for (path, item) in described["paths"].as_object().unwrap() {
        all.extend(item.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())));
    }
    // Signing out comes last: nothing is allowed after it.
    all.sort_by_key(|(method, path)| method == "delete" && path.ends_with("/session"));
    all
}

#[tokio::test]
async fn without_credentials_only_the_public_operations_answer() {
    let described = serde_json::to_value(hypercare_server::http::openapi()).unwrap();
    on_both(async |test: &TestApp| {
        let stranger = test.stranger();
        let mut wrong = test.stranger();
        wrong.token = Some("hc_made_up".into());
        for (method, path) in operations() {
            let public = asks(&method, &path) == Asks::Nothing;
            let security = &described["paths"][&path][&method]["security"];
            assert_eq!(*security == json!([]), public, "{method} {path}: the description says {security}");
            for client in [&stranger, &wrong] {
                let status = call(client, &method, &path).await;
                match public {
                    // A chat's own secret is missing, or the input is: not a sign-in.
                    true => assert_ne!(status, StatusCode::FORBIDDEN, "{method} {path}"),
                    false => assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path}"),
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_role_does_what_it_may() {
    on_both(async |test| {
        let operations = operations();
        assert!(operations.len() > 60, "{}", operations.len());
        for role in Role::ALL {
            let client = test.signed_in(role.word(), role).await;
            check(&client, role.word(), &operations, |asks| match asks {
                Asks::Nothing | Asks::Person => true,
                Asks::May(permission) => role.may(permission),
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn each_scope_opens_its_own_operations_and_no_other() {
    on_both(async |test| {
        let operations = operations();
        for scope in Permission::ALL {
            let client = test.program(&format!("{} only", scope.word().replace(':', " ")), &[scope]).await;
            check(&client, scope.word(), &operations, |asks| match asks {
                Asks::Nothing => true,
                Asks::Person => false,
                Asks::May(permission) => permission == scope,
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_disabled_person_is_nobody() {
    on_both(async |test| {
        let admin = test.signed_in("Mara Lind", Role::Admin).await;
        let agent = test.signed_in("Aiko Tanaka", Role::Agent).await;
        let id = agent.get("/session").await.good()["user"]["id"].clone();
        admin.patch(&format!("/users/{}", id.as_str().unwrap()), &json!({ "disabled": true })).await.good();
        for (method, path) in operations() {
            if asks(&method, &path) != Asks::Nothing {
                assert_eq!(call(&agent, &method, &path).await, StatusCode::UNAUTHORIZED, "{method} {path}");
            }
        }
        let none: Vec<Value> = vec![];
        assert_ne!(json!(none), admin.get("/users").await.good()["items"]);
    })
    .await;
}
