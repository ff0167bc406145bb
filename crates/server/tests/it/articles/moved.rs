//! Articles that come from elsewhere, and leave again.

use super::{Centre, good, page};
use crate::desk::{items, len, text};
use crate::support::on_both;
use reqwest::StatusCode;
use serde_json::{Value, json};

fn article(key: &str, lang: &str, title: &str, more: &Value) -> Value {
    let mut all = json!({ "key": key, "lang": lang, "collection": { "slug": "billing", "name": if lang == "de" { "Rechnungen" } else { "Billing" } },
        "category": { "name": "Invoices", "slug": "invoices" }, "state": "published", "text": { "title": title, "body": format!("About {title}.") } });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

#[tokio::test]
async fn what_is_imported_twice_is_there_once() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let owner = &c.desk.owner;
        let all = json!({ "articles": [
            article("vat", "en", "VAT", &json!({ "slug": "vat", "redirects": ["tax"], "related": ["due"] })),
            article("vat", "de", "Mehrwertsteuer", &json!({})),
            article("due", "en", "When is it due?", &json!({ "state": "draft" })),
            article("bad", "en", "", &json!({})),
            article("old", "en", "An old one", &json!({ "state": "retired" })),
        ] });
        let outcomes = |report: &Value| report["items"].as_array().unwrap().iter().map(|i| text(&i["outcome"])).collect::<Vec<_>>();
        let first = owner.post("/articles/import", &all).await.good();
        assert_eq!(outcomes(&first), ["made", "changed", "made", "refused", "made"]);
        assert!(text(&first["items"][3]["why"]).starts_with("title: Give it a title"), "{first}");
        // What was related before it was there is now.
        assert_eq!(outcomes(&owner.post("/articles/import", &all).await.good()), ["changed", "same", "same", "refused", "same"]);
        let events = || async { c.desk.lead.get("/events?limit=1").await.good() };
        let before = events().await;
        assert_eq!(outcomes(&owner.post("/articles/import", &all).await.good()), ["same", "same", "same", "refused", "same"]);
        assert_eq!(events().await, before, "nothing happened");

        assert!(good(&page(test, "/help/de/billing").await).contains("Rechnungen"), "a shelf is named in each language");
        assert_eq!(page(test, "/help/en/articles/tax").await.header("location"), Some("/help/en/articles/vat"));
        assert_eq!(page(test, "/help/en/articles/when-is-it-due").await.status, StatusCode::NOT_FOUND);
        assert_eq!(page(test, "/help/en/articles/an-old-one").await.status, StatusCode::GONE);

        // Changed elsewhere, it is changed here, in one revision; a moved one keeps its old address.
        let changed = json!({ "articles": [article("vat", "en", "VAT and you", &json!({ "slug": "vat-and-you" }))] });
        assert_eq!(outcomes(&owner.post("/articles/import", &changed).await.good()), ["changed"]);
        assert_eq!(page(test, "/help/en/articles/vat").await.header("location"), Some("/help/en/articles/vat-and-you"));

        // What is exported is what would be imported.
        let out = owner.get("/articles/export").await.good();
        assert_eq!(len(&out), 4);
        let strip = |one: &Value| {
            let mut one = one.clone();
            one.as_object_mut().unwrap().remove("ahead");
            one
        };
        let back: Vec<Value> = items(&out).iter().map(strip).collect();
        assert_eq!(outcomes(&owner.post("/articles/import", &json!({ "articles": back })).await.good()), ["same", "same", "same", "same"]);
        let vat = items(&out).iter().find(|a| a["key"] == "vat" && a["lang"] == "en").unwrap();
        assert_eq!((&vat["redirects"], &vat["related"]), (&json!(["tax", "vat"]), &json!(["due"])));
        owner.post("/articles/import", &json!({ "articles": [] })).await.problem_at(422, "articles");
    })
    .await;
}
