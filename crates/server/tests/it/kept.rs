//! What an answer becomes at the end of its window: an article of the help centre, once it is published; and the reminder on its day.

use crate::desk::{Desk, by, items, text};
use crate::normal::{id_of, knowledge, missing};
use crate::support::on_both;
use hypercare_core::Span;
use hypercare_server::engine;
use serde_json::{Value, json};

/// Another shelf of the help centre; the id of its category.
async fn shelf(desk: &Desk<'_>) -> String {
    let made = desk.owner.post("/collections", &json!({ "names": { "en": { "name": "Plans" } } })).await.good();
    let at = format!("/collections/{}/categories", text(&made["id"]));
    let made = desk.owner.post(&at, &json!({ "names": { "en": { "name": "New plans" } } })).await.good();
    text(&made["categories"][0]["id"])
}

#[tokio::test]
async fn an_answer_becomes_an_article_and_exit_waits_until_it_is_published() {
    on_both(async |test| {
        let desk = crate::normal::desk(test).await;
        let category = shelf(&desk).await;
        let all = knowledge(&desk).await;
        let first = items(&all)[0].clone();
        let (answer, title) = (text(&first["answer"]), text(&first["title"]));
        let at = |rest: &str| format!("/answers/{answer}{rest}");
        let mine = async || by(&knowledge(&desk).await, "answer", &answer);
        let gaps = async || missing(&desk, "answer").await.into_iter().filter(|gap| gap.contains(&title)).collect::<Vec<_>>();
        let said = desk.agent.get(&at("")).await.good()["text"].clone();

        // What is wrong changes nothing.
        let keep = |more: Value| {
            let mut body = json!({ "kind": "article", "version": 1 });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        desk.agent.post(&at("/keep"), &keep(json!({ "category": "77" }))).await.problem_at(422, "category");
        desk.agent.post(&at("/keep"), &keep(json!({ "article": "77" }))).await.problem_at(422, "article");
        desk.agent.post(&at("/keep"), &keep(json!({ "category": category, "article": "77" }))).await.problem_at(422, "category");
        desk.agent.post(&at("/keep"), &keep(json!({ "category": category, "lang": "no language" }))).await.problem_at(422, "lang");
        desk.agent.post(&at("/keep"), &json!({ "kind": "article", "version": 2, "category": category })).await.problem(409);
        for field in ["article", "category"] {
            desk.agent.post(&at("/keep"), &json!({ "kind": "macro", "version": 1, field: category })).await.problem_at(422, field);
        }
        assert_eq!(items(&desk.agent.get("/articles").await.good()).len(), 0);

        // A draft begins with what may be said, without the promise of an update and without anybody's wording.
        let kept = desk.agent.post(&at("/keep"), &keep(json!({ "category": category }))).await.good();
        let became = &kept["became"];
        assert_eq!(
            (&kept["waits"], &became["article"]["state"], &became["article"]["languages"]),
            (&json!(true), &json!("draft"), &json!(["en"])),
            "{kept}"
        );
        let id = text(&became["article"]["id"]);
        let article = desk.agent.get(&format!("/articles/{id}")).await.good();
        let newest = &article["texts"][0]["newest"];
        let body = text(&newest["text"]["body"]);
        assert_eq!(newest["text"]["title"], first["title"]);
        assert!(body.starts_with(&text(&said["expected"])) && body.contains(&format!("## What to do\n\n{}", text(&said["do_now"]))), "{body}");
        assert!(!body.contains(&text(&said["next_update"])) && newest.to_string().contains("From the answer"), "{newest}");
        // The second click begins no second one; the exit says what it waits for.
        let twice = desk.agent.post(&at("/keep"), &keep(json!({ "category": category }))).await.good();
        assert_eq!((&twice["became"]["article"]["id"], items(&desk.agent.get("/articles").await.good()).len()), (&became["article"]["id"], 1));
        assert_eq!(gaps().await, [format!("Answer: {title} (its article is not published), with Aiko Tanaka")]);

        // Published, it keeps the answer, under the title that it has now.
        let text_of = |title: &str| json!({ "revision": 1, "text": { "title": title, "body": "Yes." } });
        desk.agent.put(&format!("/articles/{id}/texts/en"), &text_of("Invoices since November")).await.good();
        desk.owner.post(&format!("/articles/{id}/texts/en/publish"), &json!({ "revision": 2 })).await.good();
        let now = mine().await;
        assert_eq!(
            (&now["waits"], &now["became"]["title"], &now["became"]["article"]["state"]),
            (&json!(false), &json!("Invoices since November"), &json!("published"))
        );
        assert_eq!(gaps().await, Vec::<String>::new());
        // Taken away, it keeps nothing any more.
        desk.owner.post(&format!("/articles/{id}/texts/en/retire"), &json!({})).await.good();
        assert_eq!(gaps().await, [format!("Answer: {title} (its article is retired), with Aiko Tanaka")]);
        desk.owner.post(&format!("/articles/{id}/texts/en/publish"), &json!({ "revision": 2 })).await.good();

        // A later version becomes the next revision of the same article; readers see it once it is published.
        let mut words = said.clone();
        words["do_now"] = json!("Nothing at all.");
        desk.lead.put(&at(""), &json!({ "text": words })).await.good();
        desk.lead.post(&at("/approve"), &json!({ "version": 2 })).await.good();
        assert_eq!(mine().await["waits"], true);
        let again = desk.agent.post(&at("/keep"), &json!({ "kind": "article", "version": 2, "category": category })).await.good();
        assert_eq!((&again["became"]["article"]["id"], &again["waits"]), (&json!(id), &json!(false)));
        let article = desk.agent.get(&format!("/articles/{id}")).await.good();
        assert_eq!((&article["texts"][0]["newest"]["number"], &article["texts"][0]["ahead"]), (&json!(3), &json!(true)));
        assert!(text(&article["texts"][0]["newest"]["text"]["body"]).contains("Nothing at all."));

        // Another answer becomes an article that is there; one that is retired is none.
        let all = knowledge(&desk).await;
        let other = items(&all).iter().find(|a| a["waits"] == true).unwrap().clone();
        let link = json!({ "kind": "article", "version": other["version"], "article": id });
        let path = format!("/answers/{}/keep", text(&other["answer"]));
        desk.owner.post(&format!("/articles/{id}/texts/en/retire"), &json!({})).await.good();
        desk.agent.post(&path, &link).await.problem_at(422, "article");
        desk.owner.post(&format!("/articles/{id}/texts/en/publish"), &json!({ "revision": 3 })).await.good();
        let kept = desk.agent.post(&path, &link).await.good();
        assert_eq!((&kept["waits"], &kept["became"]["article"]["id"]), (&json!(false), &json!(id)));

        // The report names the article, its state, who and when, in each of its forms.
        let report = desk.lead.get(&desk.at("/report?format=json")).await.good();
        let line = by(&report["knowledge"]["dispositions"], "answer", &text(&first["title"]));
        assert_eq!((&line["became"], &line["article"]["id"], &line["by"]), (&json!("article"), &json!(id), &json!("Aiko Tanaka")), "{line}");
        assert_eq!(report["knowledge"]["counts"]["articles"], 2);
    })
    .await;
}

#[tokio::test]
async fn who_sees_to_an_answer_is_told_on_its_day_once() {
    on_both(async |test| {
        let desk = crate::normal::desk(test).await;
        let category = shelf(&desk).await;
        let all = knowledge(&desk).await;
        let (one, two) = (items(&all)[0].clone(), items(&all)[1].clone());
        let aiko = id_of(&desk.agent).await;
        let due = test.now() + Span::days(1);
        for answer in [&one, &two] {
            let to = json!({ "owner": aiko, "due_at": due.to_string() });
            desk.lead.post(&format!("/answers/{}/entrust", text(&answer["answer"])), &to).await.good();
        }
        // One is done before, the other is a draft that nobody reads yet.
        let keep = |answer: &Value, kind: &str| {
            let mut body = json!({ "kind": kind, "version": 1 });
            if kind == "article" {
                body["category"] = json!(category);
            }
            (format!("/answers/{}/keep", text(&answer["answer"])), body)
        };
        let (path, body) = keep(&one, "macro");
        desk.agent.post(&path, &body).await.good();
        let (path, body) = keep(&two, "article");
        desk.agent.post(&path, &body).await.good();
        let told = async || {
            let agent = test.sign_in("Aiko Tanaka").await;
            let list = agent.get("/notices?limit=100").await.good();
            items(&list)
                .iter()
                .filter(|n| n["kind"] == "entrusted" && n["detail"] == "due")
                .map(|n| (text(&n["text"]), text(&n["at"])))
                .collect::<Vec<_>>()
        };
        engine::fast_forward(&test.app, due - Span::secs(1)).await.unwrap();
        assert_eq!(told().await, []);
        engine::fast_forward(&test.app, due + Span::days(2)).await.unwrap();
        assert_eq!(told().await, [(text(&two["title"]), due.to_string())], "once, at the minute");
        // Another date is another reminder.
        let lead = test.sign_in("Mara Lind").await;
        let later = test.now() + Span::days(1);
        let to = json!({ "owner": aiko, "due_at": later.to_string() });
        lead.post(&format!("/answers/{}/entrust", text(&two["answer"])), &to).await.good();
        engine::fast_forward(&test.app, later + Span::hours(1)).await.unwrap();
        assert_eq!(told().await.len(), 2);
    })
    .await;
}
