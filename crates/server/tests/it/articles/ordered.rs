//! What readers see first is put in order by hand, and two who do so at once are told.

use super::{Centre, good, page};
use crate::desk::{by, items, text};
use crate::support::on_both;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Where each of these stands on a page, as the order of their words.
async fn shown(c: &Centre<'_>, path: &str, words: &[&str]) -> Vec<String> {
    let answer = page(c.desk.test, path).await;
    let html = good(&answer);
    let main = html.split("<main").nth(1).unwrap();
    let mut found: Vec<(usize, String)> = words.iter().filter_map(|word| Some((main.find(&format!(">{word}<"))?, (*word).to_owned()))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, word)| word).collect()
}

#[tokio::test]
async fn articles_stand_as_an_owner_put_them_and_new_ones_behind() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let (owner, agent) = (&c.desk.owner, &c.desk.agent);
        let mut ids = vec![];
        for title in ["One", "Two", "Three"] {
            ids.push(text(&c.published(title, "Words.").await["id"]));
        }
        let draft = text(&c.draft("Draft", "Words.", &json!({})).await["id"]);
        let [one, two, three] = [&ids[0], &ids[1], &ids[2]];
        let words = ["One", "Two", "Three", "Draft"];
        assert_eq!(shown(&c, "/help/en/plans/new-plans", &words).await, ["One", "Two", "Three"], "the oldest first");

        let at = format!("/collections/{}/categories/{}/order", c.collection, c.category);
        let read = json!([one, two, three, draft]);
        let put = |order: &Value, read: &Value| json!({ "order": order, "read": read });
        let first = json!([three, draft, one, two]);
        let kept = owner.put(&at, &put(&first, &read)).await.good();
        assert_eq!(kept["categories"][0]["order"], first);
        for path in ["/help/en/plans/new-plans", "/help/en/plans", "/help/de/plans"] {
            assert_eq!(shown(&c, path, &words).await, ["Three", "One", "Two"], "{path}");
        }
        // A second press changes nothing; another tab that read the old order is told, and nothing changes.
        owner.put(&at, &put(&first, &read)).await.good();
        let stale = owner.put(&at, &put(&json!([two, one, three, draft]), &read)).await.problem(409);
        assert!(text(&stale["detail"]).starts_with("The order, or what stands in it, has changed"), "{stale}");
        for wrong in [json!([three, draft, one]), json!([three, draft, one, one]), json!([three, draft, one, "77"]), json!([])] {
            owner.put(&at, &put(&wrong, &first)).await.problem_at(422, "order");
        }
        agent.put(&at, &put(&read, &first)).await.problem(403);
        owner.put(&format!("/collections/{}/categories/77/order", c.collection), &put(&read, &first)).await.problem(404);
        assert_eq!(shown(&c, "/help/en/plans/new-plans", &words).await, ["Three", "One", "Two"]);
        let events = c.desk.lead.get("/events?limit=200").await.good();
        let said = by(&events, "kind", "collection.articles_ordered");
        assert_eq!(text(&said["sentence"]), "Jonas Weber put the articles of “New plans” in another order");
        assert_eq!(items(&events).iter().filter(|e| e["kind"] == "collection.articles_ordered").count(), 1);

        // What comes later stands behind, and whoever did not see it come is told.
        let four = text(&c.published("Four", "Words.").await["id"]);
        let words = ["One", "Two", "Three", "Four"];
        assert_eq!(shown(&c, "/help/en/plans/new-plans", &words).await, ["Three", "One", "Two", "Four"]);
        owner.put(&at, &put(&json!([draft, three, one, two]), &first)).await.problem(409);
        owner.put(&at, &put(&json!([four, three, draft, one, two]), &json!([three, draft, one, two, four]))).await.good();
        assert_eq!(shown(&c, "/help/en/plans/new-plans", &words).await, ["Four", "Three", "One", "Two"]);
        // Another node, which builds its pages anew, shows the same.
        let other = test.another_node().await;
        let snapshot = other.centre.current(&other).await.unwrap();
        let place = snapshot.place(hypercare_core::CategoryId(c.category.parse().unwrap())).unwrap().1.id;
        let titles: Vec<String> = snapshot.of_category(place).iter().map(|a| a.variants[0].newest.text.title.clone()).collect();
        assert_eq!(titles, ["Four", "Three", "One", "Two"]);
    })
    .await;
}

#[tokio::test]
async fn collections_and_categories_stand_as_they_were_put() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let owner = &c.desk.owner;
        let make = async |at: &str, name: &str| text(&owner.post(at, &json!({ "names": { "en": { "name": name } } })).await.good()["id"]);
        let (account, photos) = (make("/collections", "Account").await, make("/collections", "Photos").await);
        let in_plans = format!("/collections/{}/categories", c.collection);
        let with = owner.post(&in_plans, &json!({ "names": { "en": { "name": "Old plans" } } })).await.good();
        let old = text(&with["categories"][1]["id"]);
        for collection in [&account, &photos] {
            let with = owner.post(&format!("/collections/{collection}/categories"), &json!({ "names": { "en": { "name": "All" } } })).await.good();
            let more = json!({ "category": with["categories"][0]["id"] });
            let drafted = c.draft(&format!("About {collection}"), "Words.", &more).await;
            c.publish(&drafted, "en").await;
        }
        c.published("New", "Words.").await;
        let drafted = c.draft("Old", "Words.", &json!({ "category": old })).await;
        c.publish(&drafted, "en").await;

        let read = json!([c.collection, account, photos]);
        let order = json!([photos, c.collection, account]);
        let all = owner.put("/collections/order", &json!({ "order": order, "read": read })).await.good();
        let ids: Vec<&Value> = items(&all).iter().map(|one| &one["id"]).collect();
        assert_eq!(json!(ids), order);
        assert_eq!(shown(&c, "/help/en", &["Plans", "Account", "Photos"]).await, ["Photos", "Plans", "Account"]);
        owner.put("/collections/order", &json!({ "order": order, "read": read })).await.good();
        owner.put("/collections/order", &json!({ "order": read, "read": [account, c.collection, photos] })).await.problem(409);
        owner.put("/collections/order", &json!({ "order": [photos], "read": order })).await.problem_at(422, "order");
        c.desk.agent.put("/collections/order", &json!({ "order": read, "read": order })).await.problem(403);

        let at = format!("/collections/{}/order", c.collection);
        let plans = owner.put(&at, &json!({ "order": [old, c.category], "read": [c.category, old] })).await.good();
        assert_eq!(plans["categories"][0]["id"], json!(old));
        assert_eq!(shown(&c, "/help/en/plans", &["New plans", "Old plans"]).await, ["Old plans", "New plans"]);
        owner.put(&at, &json!({ "order": [c.category, old], "read": [c.category, old] })).await.problem(409);
        owner.put(&at, &json!({ "order": [c.category, c.category], "read": [old, c.category] })).await.problem_at(422, "order");
        // What is gone is not in order any more.
        owner.put("/collections/77/order", &json!({ "order": [], "read": [] })).await.problem(404);
        assert_eq!(page(test, "/help/en").await.status, StatusCode::OK);
    })
    .await;
}
