//! The help centre: written, published, read by strangers, found, rated, and taken over from elsewhere.

mod found;
mod looks;
mod moved;
mod ordered;
mod written;

use crate::desk::{Desk, text};
use crate::support::client::{Answer, send};
use crate::support::{Client, TestApp};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A team, and a shelf to put articles on.
struct Centre<'a> {
    desk: Desk<'a>,
    category: String,
    collection: String,
    /// Ada, who may do everything.
    admin: Client,
}

impl<'a> Centre<'a> {
    async fn of(test: &'a TestApp) -> Self {
        Self::over(Desk::live(test).await).await
    }

    async fn over(desk: Desk<'a>) -> Self {
        let plans = json!({ "names": { "en": { "name": "Plans", "description": "What they cost" }, "de": { "name": "Tarife" } } });
        let collection = desk.owner.post("/collections", &plans).await.good();
        let at = format!("/collections/{}/categories", text(&collection["id"]));
        let with = desk.owner.post(&at, &json!({ "names": { "en": { "name": "New plans" } } })).await.good();
        let admin = desk.test.signed_in("Ada Admin", hypercare_core::role::Role::Admin).await;
        let centre = Self { admin, category: text(&with["categories"][0]["id"]), collection: text(&with["id"]), desk };
        centre.speaks(&["en", "de"]).await;
        centre
    }

    async fn speaks(&self, languages: &[&str]) {
        self.admin.put("/help-centre", &json!({ "name": "Nordlicht", "languages": languages })).await.good();
    }

    /// Aiko writes a draft.
    async fn draft(&self, title: &str, body: &str, more: &Value) -> Value {
        let mut new = json!({ "category": self.category, "lang": "en", "text": { "title": title, "body": body } });
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.desk.agent.post("/articles", &new).await.good()
    }

    /// Jonas publishes a language of it as it was saved last.
    async fn publish(&self, article: &Value, lang: &str) -> Value {
        let id = text(&article["id"]);
        let now = self.desk.agent.get(&format!("/articles/{id}")).await.good();
        let of = now["texts"].as_array().unwrap().iter().find(|t| t["lang"] == lang).unwrap().clone();
        self.desk.owner.post(&format!("/articles/{id}/texts/{lang}/publish"), &json!({ "revision": of["newest"]["number"] })).await.good()
    }

    async fn published(&self, title: &str, body: &str) -> Value {
        let drafted = self.draft(title, body, &json!({})).await;
        self.publish(&drafted, "en").await
    }

    async fn saves(&self, article: &Value, lang: &str, revision: Value, title: &str, body: &str) -> Answer {
        let at = format!("/articles/{}/texts/{lang}", text(&article["id"]));
        self.desk.agent.put(&at, &json!({ "revision": revision, "text": { "title": title, "body": body } })).await
    }
}

/// A page as a stranger gets it.
async fn page(test: &TestApp, path: &str) -> Answer {
    test.stranger().page(Method::GET, path).await
}

/// A page that is there.
#[track_caller]
fn good(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    &answer.text
}

/// The same with some headers.
async fn with(test: &TestApp, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap().get(format!("{}{path}", test.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}
