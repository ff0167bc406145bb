//! How articles are found: by search engines, by words, by the assistant, and by which ones do not help.

use super::{Answer, Centre, good, page, with};
use crate::desk::{DEMO_PLAN, Desk, items, len, text};
use crate::support::client::send;
use crate::support::on_both;
use hypercare_core::Actor;
use hypercare_server::articles::{ImportedArticle, Outcome, file, import};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::path::Path;

#[tokio::test]
async fn a_page_that_did_not_change_is_not_sent_again() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("Seats", "One.").await;
        let path = "/help/en/articles/seats";
        let first = page(test, path).await;
        let tag = first.header("etag").unwrap().to_owned();
        let again = with(test, path, &[("if-none-match", &format!("W/{tag}"))]).await;
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", Some(tag.as_str())));
        // Packed, it is the same page.
        let packed = with(test, path, &[("accept-encoding", "gzip")]).await;
        assert_eq!((packed.status, packed.header("content-encoding"), packed.header("etag")), (StatusCode::OK, Some("gzip"), Some(tag.as_str())));
        c.saves(&article, "en", json!(1), "Seats", "Two.").await.good();
        c.publish(&article, "en").await;
        let changed = with(test, path, &[("if-none-match", &tag)]).await;
        assert!(good(&changed).contains("Two.") && changed.header("etag") != Some(tag.as_str()));
    })
    .await;
}

#[tokio::test]
async fn an_update_stands_on_every_page_until_it_leaves() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        c.published("Seats", "One.").await;
        let paths = ["/help", "/help/en", "/help/en/plans", "/help/en/articles/seats", "/help/contact", "/help?q=seats"];
        let next = (test.now() + hypercare_core::Span::hours(1)).to_string();
        let content = json!({ "title": "Invoices show the old price", "happening": "Invoices are wrong.", "meaning": "Wait.", "doing": "We mend it.",
            "impact": "major", "state": "identified", "topics": ["price-higher"], "zone": "Europe/Berlin", "next_at": next });
        let drafted = c.desk.agent.post("/updates", &json!({ "window": c.desk.window, "content": content })).await.good();
        let at = |rest: &str| format!("/updates/{}{rest}", text(&drafted["id"]));
        for path in paths {
            assert!(!good(&page(test, path).await).contains("Invoices show the old price"), "{path}");
        }
        c.desk.owner.post(&at("/approve"), &json!({ "revision": 1 })).await.good();
        c.desk.agent.post(&at("/publish"), &json!({ "revision": 1 })).await.good();
        for path in paths {
            assert!(good(&page(test, path).await).contains("Identified: Invoices show the old price"), "{path}");
        }
        test.forward(hypercare_core::Span::hours(26)).await;
        for path in paths {
            assert!(!good(&page(test, path).await).contains("Invoices show the old price"), "{path}");
        }
    })
    .await;
}

/// The addresses of a sitemap, and when they changed, as a strict reader of XML finds them.
fn locations(answer: &Answer, root: &str, each: &str) -> Vec<(String, Option<String>)> {
    const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let document = roxmltree::Document::parse(good(answer)).unwrap();
    assert!(document.root_element().has_tag_name((SPACE, root)), "{}", answer.text);
    let entries = document.root_element().children().map(|entry| {
        assert!(entry.has_tag_name((SPACE, each)), "{}", answer.text);
        let of = |name| entry.children().find(|child| child.has_tag_name((SPACE, name))).and_then(|child| child.text().map(str::to_owned));
        (of("loc").unwrap(), of("lastmod"))
    });
    entries.collect()
}

#[tokio::test]
async fn search_engines_are_told_what_is_published_under_its_own_name() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("Seats", "One.").await;
        c.saves(&article, "de", Value::Null, "Plätze", "Ein Platz.").await.good();
        c.publish(&article, "de").await;
        c.published("Only English", "Two.").await;
        c.draft("Not yet", "Three.", &json!({})).await;

        c.admin
            .put("/help-centre", &json!({ "name": "Nordlicht", "languages": ["en", "de"], "address": "https://help.nordlicht.example" }))
            .await
            .good();
        let base = "https://help.nordlicht.example/help";
        let maps = locations(&page(test, "/help/sitemap.xml").await, "sitemapindex", "sitemap");
        let all: Vec<&str> = maps.iter().map(|(at, _)| at.as_str()).collect();
        assert_eq!(all, [format!("{base}/en/sitemap.xml"), format!("{base}/de/sitemap.xml")]);
        let (english, german) = (page(test, "/help/en/sitemap.xml").await, page(test, "/help/de/sitemap.xml").await);
        let (english, german) = (locations(&english, "urlset", "url"), locations(&german, "urlset", "url"));
        let today = Some("2026-11-16".to_owned());
        let expected = |parts: &[&str]| -> Vec<(String, Option<String>)> {
            parts.iter().map(|part| (format!("{base}{part}"), today.clone().filter(|_| part.contains("/articles/")))).collect()
        };
        let parts = ["/en", "/en/plans", "/en/plans/new-plans", "/en/articles/seats", "/en/articles/only-english"];
        assert_eq!(english, expected(&parts), "what is published, and no draft");
        assert_eq!(german, expected(&["/de", "/de/plans", "/de/plans/new-plans", "/de/articles/plaetze"]));
        for (at, _) in english.iter().chain(&german) {
            good(&page(test, at.strip_prefix("https://help.nordlicht.example").unwrap()).await);
        }
        assert!(good(&page(test, "/robots.txt").await).contains(&format!("Sitemap: {base}/sitemap.xml")));
        let seen = page(test, "/help/en/articles/seats").await;
        for part in [
            format!("<link rel=\"canonical\" href=\"{base}/en/articles/seats\">"),
            format!("hreflang=\"de\" href=\"{base}/de/articles/plaetze\""),
            "property=\"og:title\" content=\"Seats · Nordlicht\"".into(),
            "property=\"og:type\" content=\"article\"".into(),
        ] {
            assert!(good(&seen).contains(&part), "{part}: {}", seen.text);
        }
        assert!(good(&page(test, "/help?q=seats").await).contains("noindex"));
        // Under its own name nothing else is offered.
        let own = |path: &'static str| with(test, path, &[("host", "help.nordlicht.example")]);
        let first = own("/").await;
        assert_eq!((first.status, first.header("location")), (StatusCode::SEE_OTHER, Some("/help")));
        good(&own("/help/en/articles/seats").await);
        for path in ["/inbox", "/api/v1/articles", "/api/openapi.json", "/metrics", "/sign-in"] {
            assert_eq!(own(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        good(&page(test, "/").await);
    })
    .await;
}

#[tokio::test]
async fn a_search_shows_articles_and_a_message_from_one_is_a_gap() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let article = c.published("How do I rename a folder?", "Open the folder and press **Rename**.").await;
        c.published("Share links", "A link to a folder.").await;
        let suggest = async |q: &str| test.stranger().get(&format!("/public/help/suggest?lang=en&q={}", q.replace(' ', "%20"))).await.good();
        for q in ["how do i rename a folder", "renmae foldr", "rena"] {
            assert_eq!(suggest(q).await["articles"][0]["path"], "/help/en/articles/how-do-i-rename-a-folder", "{q}");
        }
        test.stranger().get("/public/help/suggest?q=%20").await.problem_at(422, "q");
        let found = page(test, "/help?lang=en&q=rename+folder").await;
        assert!(
            good(&found).contains("/help/en/articles/how-do-i-rename-a-folder") && found.text.contains("This does not answer my question"),
            "{}",
            found.text
        );
        assert!(good(&page(test, "/help?lang=en&q=zebra").await).contains("We have no ready answer to this"));
        let api = test.stranger().get("/public/help/search?q=rename%20a%20folder").await.good();
        assert_eq!((&api["answer"], &api["articles"][0]["title"]), (&Value::Null, &json!("How do I rename a folder?")));

        // From an article to a message.
        let seen = page(test, "/help/en/articles/how-do-i-rename-a-folder").await;
        let id = text(&article["id"]);
        assert!(good(&seen).contains(&format!("/help/contact?lang=en&amp;article={id}")));
        let form = page(test, &format!("/help/contact?lang=en&article={id}")).await;
        assert!(good(&form).contains(&format!("name=\"article\" value=\"{id}\"")));
        let post = async |article: &str, form_id: &str| {
            let body = format!("email=bo%40example.net&text=It+is+greyed+out&form_id={form_id}&article={article}&lang=en");
            let request =
                reqwest::Client::new().post(format!("{}/help/contact", test.url)).header("content-type", "application/x-www-form-urlencoded");
            good(&send(request.body(body)).await).to_owned()
        };
        assert!(post(&id, "one").await.contains("Your message has arrived"));
        post(&id, "one").await;
        post("99", "two").await;
        let gaps = c.desk.agent.get("/gaps/articles").await.good();
        assert_eq!((len(&gaps), &items(&gaps)[0]["wrote"], &items(&gaps)[0]["title"]), (1, &json!(1), &json!("How do I rename a folder?")));
        assert_eq!(items(&gaps)[0]["conversations"].as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_search_that_finds_an_article_is_no_gap() {
    on_both(async |test| {
        let c = Centre::of(test).await;
        let searched = async |q: &str| good(&page(test, &format!("/help?q={}", q.replace(' ', "+"))).await).to_owned();
        let gaps = async || c.desk.lead.get(&format!("/gaps?window={}", c.desk.window)).await.good();
        searched("new price for robots with wheels").await;
        let before = len(&gaps().await);
        c.published("The new price for robots", "Robots with wheels cost more: the new price is 9 euros.").await;
        searched("new price for robots with four wheels").await;
        assert_eq!((before, len(&gaps().await)), (1, 1), "only the first found nothing");
    })
    .await;
}

/// The demo's articles, as files.
fn demo_articles() -> Vec<ImportedArticle> {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { files(&path, found) } else { found.push(path) }
        }
    }
    let mut found = vec![];
    files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/articles")), &mut found);
    found.sort();
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/articles"));
    let article = |path: &std::path::PathBuf| {
        let below = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        file::read(&below, &std::fs::read_to_string(path).unwrap(), "en").unwrap()
    };
    found.iter().map(article).collect()
}

/// One in four questions gets a typing mistake: two letters of its longest word change places.
fn mistyped(text: &str, number: usize) -> String {
    if !number.is_multiple_of(4) {
        return text.to_owned();
    }
    let Some(word) = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() >= 6).max_by_key(|w| w.len()) else { return text.to_owned() };
    let (head, tail) = word.split_at(word.len() / 2);
    let swapped = format!("{}{}{}{}", &head[..head.len() - 1], &tail[..1], &head[head.len() - 1..], &tail[1..]);
    text.replacen(word, &swapped, 1)
}

#[tokio::test]
async fn the_right_article_comes_first_for_nine_of_ten_of_the_demos_questions() {
    // The demo's first two weeks: questions that a person read as one of its fourteen scenarios, each of which has an article.
    const SLUGS: [(&str, &str); 14] = [
        ("price-higher", "new-prices"),
        ("plan-renamed", "names"),
        ("storage-over-limit", "new-limits"),
        ("seats", "seats"),
        ("vat", "vat"),
        ("annual-credit", "annual"),
        ("discount-ended", "early-bird"),
        ("guests", "guests"),
        ("keep-old-plan", "old-plans"),
        ("which-plan", "compare"),
        ("cancel", "cancel"),
        ("when-it-starts", "when"),
        ("two-charges", "two-charges"),
        ("mail-genuine", "our-mails"),
    ];
    let messages = include_str!("../../../../../demo/messages.jsonl").lines();
    let messages: Vec<Value> = messages.map(|line| serde_json::from_str(line).unwrap()).collect();
    let asked: Vec<(&str, &str)> = messages
        .iter()
        .filter(|m| m["kind"] == "covered")
        .filter_map(|m| Some((m["text"].as_str()?, SLUGS.iter().find(|(key, _)| m["scenario"] == *key)?.1)))
        .collect();
    assert!(asked.len() >= 240, "{}", asked.len());
    assert!(DEMO_PLAN.contains("help.nordlicht.example/plans/new-prices"), "the answers name their sources");
    // What is searched does not depend on the database.
    let test = crate::support::TestApp::start(crate::support::Database::Sqlite, crate::support::Wanted::default()).await;
    let desk = Desk::of_demo(&test).await;
    let labels = include_str!("../../../../../demo/labelled.jsonl").lines();
    let labels: Vec<Value> = labels.map(|line| serde_json::from_str(line).unwrap()).collect();
    for some in labels.chunks(200) {
        desk.lead.post(&format!("/windows/{}/labels", desk.window), &json!({ "labels": some })).await.good();
    }
    for article in demo_articles() {
        let taken = import(&test.app, article, test.app.stamp(Actor::system())).await.unwrap();
        assert_eq!((taken.outcome == Outcome::Refused, &taken.why), (false, &None), "{}", taken.key);
    }
    let centre = test.app.centre.current(&test.app).await.unwrap();
    let (mut right, mut wrong) = (0, vec![]);
    for (n, (question, slug)) in asked.iter().enumerate() {
        let typed = mistyped(question, n);
        let looked = hypercare_server::chat::help::look(&test.app, &typed, None, "en", false).await.unwrap();
        let first = looked.hits.first().and_then(|hit| centre.text(&hit.article, "en")).map(|text| text.slug.clone()).unwrap_or_default();
        if first == *slug {
            right += 1;
        } else {
            wrong.push(format!("{slug} came after {first}: {}", typed.replace('\n', " ")));
        }
    }
    println!("{right} of {} right first\n{}", asked.len(), wrong.join("\n"));
    assert!(right * 10 >= asked.len() * 9, "{right} of {}", asked.len());
    test.stop().await;
}
