//! Who writes what, and who reads it.

use super::{Centre, good, page, with};
use crate::desk::{by, items, len, text};
use crate::support::client::send;
use crate::support::on_both;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn readers_see_what_was_published_and_nothing_else() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let drafted = c.draft("How do seats work?", "One seat is **one person**.", &json!({})).await;
        assert_eq!((&drafted["texts"][0]["state"], &drafted["texts"][0]["slug"]), (&json!("draft"), &json!("how-do-seats-work")));
        assert_eq!(page(test, "/help/en/articles/how-do-seats-work").await.status, StatusCode::NOT_FOUND);
        assert!(!good(&page(test, "/help").await).contains("How do seats work?"));

        let out = c.publish(&drafted, "en").await;
        let url = text(&out["texts"][0]["url"]);
        assert!(url.ends_with("/help/en/articles/how-do-seats-work"), "{url}");
        let seen = page(test, "/help/en/articles/how-do-seats-work").await;
        for part in
            ["<strong>one person</strong>", "<html lang=\"en\" dir=\"ltr\">", "Nordlicht", "New plans", &format!("rel=\"canonical\" href=\"{url}\"")]
        {
            assert!(good(&seen).contains(part), "{part}: {}", seen.text);
        }
        let policy = seen.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        for (path, part) in [("/help/en", "Plans"), ("/help/en/plans", "How do seats work?"), ("/help/en/plans/new-plans", "How do seats work?")] {
            assert!(good(&page(test, path).await).contains(part), "{path}");
        }

        // What is saved later is a draft beside it.
        let saved = c.saves(&out, "en", json!(1), "How do seats work?", "A seat is a person.").await.good();
        assert_eq!(
            (&saved["texts"][0]["ahead"], &saved["texts"][0]["live"], &saved["texts"][0]["newest"]["number"]),
            (&json!(true), &json!(1), &json!(2))
        );
        assert!(good(&page(test, "/help/en/articles/how-do-seats-work").await).contains("one person"));
        let stale = c.saves(&out, "en", json!(1), "How do seats work?", "Other.").await.problem(409);
        assert!(text(&stale["detail"]).contains("saved revision 2"), "{stale}");
        c.publish(&out, "en").await;
        assert!(good(&page(test, "/help/en/articles/how-do-seats-work").await).contains("A seat is a person."));

        // Retired, it says that it is gone.
        let id = text(&out["id"]);
        c.desk.owner.post(&format!("/articles/{id}/texts/en/retire"), &json!({})).await.good();
        let gone = page(test, "/help/en/articles/how-do-seats-work").await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(gone.text.contains("not there any more") && !gone.text.contains("A seat is"), "{}", gone.text);
        assert!(!good(&page(test, "/help/en").await).contains("Plans"), "an empty collection is not shown");
        let said = c.desk.lead.get("/events?limit=50").await.good().to_string();
        assert!(said.contains("Jonas Weber published revision 2 of the article") && said.contains("Jonas Weber retired the article"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn every_revision_stays_and_can_be_made_the_newest_again() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.draft("Seats", "One.", &json!({ "note": "First" })).await;
        c.saves(&article, "en", json!(1), "Seats", "Two.").await.good();
        let at = format!("/articles/{}/texts/en", text(&article["id"]));
        let list = c.desk.agent.get(&format!("{at}/revisions")).await.good();
        let seen: Vec<(Value, Value)> = items(&list).iter().map(|r| (r["number"].clone(), r["text"]["body"].clone())).collect();
        assert_eq!(seen, [(json!(2), json!("Two.")), (json!(1), json!("One."))]);
        assert_eq!((&items(&list)[1]["note"], &items(&list)[1]["by"]), (&json!("First"), &json!("Aiko Tanaka")));
        let first = c.desk.agent.get(&format!("{at}/revisions?limit=1")).await.good();
        let rest = c.desk.agent.get(&format!("{at}/revisions?cursor={}", text(&first["next"]))).await.good();
        assert_eq!(items(&rest)[0]["number"], 1);
        let restored = c.desk.agent.post(&format!("{at}/restore"), &json!({ "number": 1, "revision": 2 })).await.good();
        let newest = &restored["texts"][0]["newest"];
        assert_eq!((&newest["number"], &newest["text"]["body"], &newest["note"]), (&json!(3), &json!("One."), &json!("Revision 1 again")));
        let again = c.desk.agent.post(&format!("{at}/restore"), &json!({ "number": 1, "revision": 2 })).await.good();
        assert_eq!(again["texts"][0]["newest"]["number"], 3, "a second press does nothing");
        c.desk.agent.post(&format!("{at}/restore"), &json!({ "number": 9, "revision": 3 })).await.problem_at(422, "number");
        c.desk.agent.get(&format!("{at}/revisions/9")).await.problem(404);
    })
    .await;
}

#[tokio::test]
async fn old_addresses_lead_to_the_new_one_and_are_nobody_elses() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("Seats", "One.").await;
        let at = format!("/articles/{}/texts/en/address", text(&article["id"]));
        for slug in ["places", "chairs"] {
            c.desk.owner.put(&at, &json!({ "slug": slug })).await.good();
        }
        for old in ["seats", "places"] {
            let moved = page(test, &format!("/help/en/articles/{old}")).await;
            assert_eq!((moved.status, moved.header("location")), (StatusCode::PERMANENT_REDIRECT, Some("/help/en/articles/chairs")), "{old}");
        }
        good(&page(test, "/help/en/articles/chairs").await);
        let other = c.draft("Places", "Two.", &json!({})).await;
        assert_eq!(other["texts"][0]["slug"], "places-2", "a made address is free");
        let taken = json!({ "category": c.category, "lang": "en", "slug": "seats", "text": { "title": "Mine" } });
        let refused = c.desk.agent.post("/articles", &taken).await.problem_at(422, "slug");
        assert!(text(&refused["detail"]).contains("is, or was, the address of “Seats”"), "{refused}");
        // Its own old address it may have again.
        c.desk.owner.put(&at, &json!({ "slug": "seats" })).await.good();
        assert_eq!(page(test, "/help/en/articles/chairs").await.header("location"), Some("/help/en/articles/seats"));
    })
    .await;
}

#[tokio::test]
async fn readers_get_their_language_and_are_told_of_another_one() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("Seats", "One seat.").await;
        let fallback = page(test, "/help/de/articles/seats").await;
        for part in
            ["<html lang=\"de\"", "noch nicht auf Deutsch", "<article lang=\"en\" dir=\"ltr\">", "/help/en/articles/seats\"", "Hat das geholfen?"]
        {
            assert!(good(&fallback).contains(part), "{part}: {}", fallback.text);
        }
        c.saves(&article, "de", Value::Null, "Plätze", "Ein Platz.").await.good();
        assert!(good(&page(test, "/help/de/articles/seats").await).contains("One seat."), "a draft is shown to nobody");
        c.publish(&article, "de").await;
        let german = page(test, "/help/de/articles/plaetze").await;
        assert!(good(&german).contains("Ein Platz.") && !german.text.contains("noch nicht auf Deutsch"));
        for part in ["hreflang=\"en\" href", "hreflang=\"de\" href", "hreflang=\"x-default\""] {
            assert!(german.text.contains(part), "{part}: {}", german.text);
        }
        assert_eq!(page(test, "/help/de/articles/seats").await.header("location"), Some("/help/de/articles/plaetze"));
        // The first page follows the browser, and says so to caches.
        let first = with(test, "/help", &[("accept-language", "de-AT,de;q=0.9")]).await;
        assert!(good(&first).contains("<html lang=\"de\"") && first.header("vary").unwrap().contains("accept-language"));
        assert!(good(&with(test, "/help", &[("accept-language", "fr")]).await).contains("<html lang=\"en\""));
        c.speaks(&["en", "ar"]).await;
        assert!(good(&page(test, "/help/ar").await).contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert_eq!(page(test, "/help/de").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn what_is_for_the_team_is_on_no_public_page() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let secret = c.draft("Goodwill rules zebra", "Up to 50 euros zebra.", &json!({ "audience": "internal" })).await;
        let secret = c.publish(&secret, "en").await;
        let public = c.published("Seats", "See [the rules](article:goodwill) and zebra stripes.").await;
        let at = format!("/articles/{}", text(&public["id"]));
        c.desk.owner.patch(&at, &json!({ "related": [secret["id"]] })).await.good();
        assert_eq!(secret["texts"][0]["url"], Value::Null);
        let slug = text(&secret["texts"][0]["slug"]);
        for path in [
            "/help",
            "/help/en",
            "/help/en/plans",
            "/help/en/plans/new-plans",
            "/help/en/articles/seats",
            "/help?q=goodwill+zebra",
            "/help/en/sitemap.xml",
        ] {
            let seen = page(test, path).await;
            assert!(!good(&seen).contains("Goodwill") && !seen.text.contains("50 euros"), "{path}: {}", seen.text);
        }
        assert_eq!(page(test, &format!("/help/en/articles/{slug}")).await.status, StatusCode::NOT_FOUND);
        let suggested = test.stranger().get("/public/help/suggest?q=goodwill%20zebra").await.good();
        assert!(!suggested.to_string().contains("Goodwill"), "{suggested}");
        // Colleagues find it, drafts too.
        c.draft("Zebra crossing draft", "x", &json!({})).await;
        let found = c.desk.agent.get("/articles?q=zebra").await.good();
        assert_eq!((len(&found), &by(&found, "title", "Goodwill rules zebra")["audience"]), (3, &json!("internal")), "{found}");
        // Made internal, it is gone at once.
        c.desk.owner.patch(&at, &json!({ "audience": "internal" })).await.good();
        assert_eq!(page(test, "/help/en/articles/seats").await.status, StatusCode::NOT_FOUND);
        assert!(!good(&page(test, "/help/en/sitemap.xml").await).contains("seats"));
    })
    .await;
}

#[tokio::test]
async fn one_reader_rates_a_revision_once_and_looking_rates_nothing() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("Seats", "One.").await;
        let ratings = format!("/articles/{}/ratings", text(&article["id"]));
        good(&page(test, "/help/en/articles/seats?rated=yes").await);
        assert_eq!(page(test, "/help/en/articles/seats/rating").await.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(len(&c.desk.agent.get(&ratings).await.good()), 0);

        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let press = async |form: &str, cookie: Option<&str>| {
            let mut request =
                http.post(format!("{}/help/en/articles/seats/rating", test.url)).header("content-type", "application/x-www-form-urlencoded");
            if let Some(cookie) = cookie {
                request = request.header("cookie", cookie);
            }
            send(request.body(form.to_owned())).await
        };
        let first = press("helpful=no", None).await;
        assert_eq!((first.status, first.header("location")), (StatusCode::SEE_OTHER, Some("/help/en/articles/seats?rated=no#rating")));
        let cookie = first.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        assert!(good(&page(test, "/help/en/articles/seats?rated=no").await).contains("What was missing?"));
        let second = press("helpful=no&comment=The+price.+Write+to+ana%40example.net", Some(&cookie)).await;
        assert_eq!((second.header("location"), second.header("set-cookie")), (Some("/help/en/articles/seats?rated=yes#rating"), None));
        press("helpful=yes", None).await;
        press("helpful=maybe", Some(&cookie)).await.problem_at(422, "helpful");
        let said = c.desk.agent.get(&ratings).await.good();
        assert_eq!((len(&said), &said["revisions"][0]["helpful"]), (2, &json!({ "yes": 1, "no": 1 })));
        let comments: Vec<String> = items(&said).iter().map(|r| text(&r["comment"])).filter(|said| !said.is_empty()).collect();
        assert!(comments.len() == 1 && comments[0].starts_with("The price.") && !comments[0].contains("ana@"), "{comments:?}");
        let line = c.desk.agent.get("/articles").await.good();
        assert_eq!(items(&line)[0]["helpful"], json!({ "yes": 1, "no": 1 }));
        // Of a new revision the same reader has another word.
        c.saves(&article, "en", json!(1), "Seats", "Two.").await.good();
        c.publish(&article, "en").await;
        press("helpful=yes", Some(&cookie)).await;
        let said = c.desk.agent.get(&ratings).await.good();
        assert_eq!((len(&said), &said["revisions"][0]["revision"]), (3, &json!(2)));
        // Another site cannot rate in a reader's name.
        let foreign = http.post(format!("{}/help/en/articles/seats/rating", test.url)).header("content-type", "application/x-www-form-urlencoded");
        send(foreign.header("origin", "https://evil.example").body("helpful=no")).await.problem(403);
    })
    .await;
}

#[tokio::test]
async fn pictures_are_pictures_and_only_those_of_public_articles_are_public() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let upload = async |bytes: &[u8]| send(c.desk.agent.request(Method::POST, "/articles/images").body(bytes.to_vec())).await;
        let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 40]].concat();
        let kept = upload(&png).await.good();
        assert_eq!(upload(&png).await.good()["path"], kept["path"], "the same one twice is one");
        upload(b"<svg onload=alert(1)>").await.problem_at(422, "body");
        upload(&[b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; 6 << 20]].concat()).await.problem(413);
        let path = text(&kept["path"]);
        assert_eq!(page(test, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(send(c.desk.agent.request(Method::GET, &path)).await.status, StatusCode::OK, "the team sees it");
        let article = c.published("Seats", &format!("![A seat]({path}) ![Elsewhere](https://tracker.example/x.png)")).await;
        let seen = page(test, "/help/en/articles/seats").await;
        assert!(good(&seen).contains(&format!("src=\"{path}\" alt=\"A seat\"")) && !seen.text.contains("tracker"), "{}", seen.text);
        let image = page(test, &path).await;
        assert_eq!(
            (image.status, image.header("content-type"), image.header("content-security-policy")),
            (StatusCode::OK, Some("image/png"), Some("default-src 'none'; sandbox"))
        );
        c.desk.owner.patch(&format!("/articles/{}", text(&article["id"])), &json!({ "audience": "internal" })).await.good();
        assert_eq!(page(test, &path).await.status, StatusCode::NOT_FOUND);
        for hostile in ["/help/images/..%2f..%2fetc", "/help/images/a.b.c", "/help/images/x"] {
            assert_eq!(page(test, hostile).await.status, StatusCode::NOT_FOUND, "{hostile}");
        }
    })
    .await;
}

#[tokio::test]
async fn hostile_markdown_does_nothing() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let body = "<script>alert(1)</script>\n\n<img src=x onerror=alert(2)>\n\n[a](javascript:alert(3)) <iframe src=\"https://evil.example\"></iframe>\n\n<form action=/x><input></form>\n\n# </h1><script>alert(4)</script>";
        c.published("\"><script>alert(5)</script>", body).await;
        let list = good(&page(test, "/help/en/plans").await).to_owned();
        let seen = page(test, "/help/en/articles/script-alert-5-script").await;
        for html in [good(&seen), &list] {
            assert!(!html.contains("<script>") && !html.contains("onerror") && !html.contains("javascript:") && !html.contains("evil.example"), "{html}");
            assert_eq!(html.matches("<form").count(), if html == list { 1 } else { 2 }, "the search, and the rating: {html}");
        }
        let preview = c.desk.agent.post("/articles/preview", &json!({ "body": body, "lang": "en" })).await.good();
        assert_eq!(hypercare_mail::html::active(preview["html"].as_str().unwrap()), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn collections_are_named_ordered_and_removed_when_empty() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("Seats", "One.").await;
        let owner = &c.desk.owner;
        let second = owner.post("/collections", &json!({ "names": { "en": { "name": "Billing" } } })).await.good();
        let at = format!("/collections/{}", text(&second["id"]));
        owner.patch(&at, &json!({ "position": 0 })).await.good();
        let names = |list: &Value| items(list).iter().map(|c| text(&c["slug"])).collect::<Vec<_>>();
        assert_eq!(names(&owner.get("/collections").await.good()), ["billing", "plans"]);
        let twice = owner.post("/collections", &json!({ "names": { "en": { "name": "Billing" } } })).await;
        twice.problem_at(422, "slug");
        owner.patch(&at, &json!({ "names": { "english": { "name": "x" } } })).await.problem_at(422, "names");
        let full = owner.delete(&format!("/collections/{}", c.collection)).await.problem(409);
        assert!(text(&full["detail"]).contains("An article stands in it"), "{full}");
        owner.delete(&format!("/collections/{}/categories/{}", c.collection, c.category)).await.problem(409);
        let with = owner.post(&format!("{at}/categories"), &json!({ "names": { "en": { "name": "Invoices" } } })).await.good();
        let invoices = text(&with["categories"][0]["id"]);
        owner.patch(&format!("/articles/{}", text(&article["id"])), &json!({ "category": invoices })).await.good();
        owner.patch(&format!("/articles/{}", text(&article["id"])), &json!({ "category": "77" })).await.problem_at(422, "category");
        assert!(good(&page(test, "/help/en/billing/invoices").await).contains("Seats"));
        assert_eq!(owner.delete(&format!("/collections/{}", c.collection)).await.status, StatusCode::NO_CONTENT);
        owner.delete(&format!("/collections/{}", c.collection)).await.problem(404);
        assert_eq!(page(test, "/help/en/plans").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
