//! The feeds, read back by programs that others wrote, with signs in them that XML writes in its own manner or cannot hold.

use super::{at, begin, content, out, page};
use crate::desk::{Desk, PLAN, text};
use crate::support::{TestApp, on_both};
use atom_syndication::{Feed, TextType};
use hypercare_core::{Span, Timestamp};
use reqwest::Method;
use rss::Channel;
use rss::validation::Validate;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is kept of it are all signs but U+FFFE, which is no character of XML.
const ODD: &str = "]]> & <i>\"x\"</i> 'y' &amp; <![CDATA[z]]> \u{1F680}\u{fffe}";
const KEPT: &str = "]]> & <i>\"x\"</i> 'y' &amp; <![CDATA[z]]> \u{1F680}";

/// A document that a strict reader takes, and what it was called.
async fn document(test: &TestApp, path: &str, kind: &str) -> String {
    let answer = test.stranger().page(Method::GET, path).await;
    assert_eq!(answer.header("content-type"), Some(kind), "{path}");
    if let Err(why) = roxmltree::Document::parse(&answer.text) {
        panic!("{path} is no XML: {why}\n{}", answer.text);
    }
    answer.text
}

/// Both feeds, as far as their own rules go.
async fn feeds(test: &TestApp) -> (Feed, Channel) {
    let base = format!("{}/status/new-prices", test.app.config.public_url);
    let atom: Feed = document(test, "/status/new-prices/feed.atom", "application/atom+xml; charset=utf-8").await.parse().unwrap();
    // RFC 4287, 4.1.1 and 4.1.2: a name, somebody who writes, the way to itself, each entry with an id of its own.
    assert!(atom.id().starts_with("tag:") && !atom.authors().is_empty() && !atom.title().as_str().is_empty(), "{atom:?}");
    let ways: Vec<(&str, &str)> = atom.links().iter().map(|link| (link.rel(), link.href())).collect();
    let own = format!("{base}/feed.atom");
    assert_eq!(ways, [("alternate", base.as_str()), ("self", own.as_str())]);
    let ids: BTreeSet<&str> = atom.entries().iter().map(|entry| entry.id()).collect();
    assert_eq!(ids.len(), atom.entries().len(), "{ids:?}");
    for entry in atom.entries() {
        assert!(entry.id().starts_with("tag:127.0.0.1,2026-11-16:update/"), "{}", entry.id());
        assert!(entry.updated() <= atom.updated() && entry.published() == Some(entry.updated()), "{entry:?}");
        assert_eq!((entry.content().unwrap().content_type(), entry.content().unwrap().src()), (Some("html"), None));
        assert_eq!((entry.summary().unwrap().r#type, entry.links().len()), (TextType::Text, 1));
    }

    let rss = Channel::read_from(document(test, "/status/new-prices/feed.rss", "application/rss+xml; charset=utf-8").await.as_bytes()).unwrap();
    rss.validate().unwrap();
    assert_eq!((rss.link(), rss.title()), (base.as_str(), atom.title().as_str()));
    assert_eq!(rss.items().len(), atom.entries().len());
    // The same entries, in the same order, under the same ids, at the same time, at the same place.
    for (item, entry) in rss.items().iter().zip(atom.entries()) {
        let guid = item.guid().unwrap();
        assert_eq!((guid.value(), guid.is_permalink(), item.title()), (entry.id(), false, Some(entry.title().as_str())));
        assert_eq!(item.link(), Some(entry.links()[0].href()));
        let published = of_rfc822(item.pub_date().unwrap());
        assert_eq!(published, Timestamp::parse(&entry.updated().to_rfc3339()).unwrap());
        assert_eq!(item.description(), entry.content().unwrap().value());
    }
    (atom, rss)
}

/// A date of RFC 822.
fn of_rfc822(date: &str) -> Timestamp {
    Timestamp(jiff::fmt::rfc2822::parse(date).unwrap().timestamp().as_microsecond())
}

#[tokio::test]
async fn feeds_are_valid_whatever_is_said_and_an_entry_keeps_its_id() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let plan = PLAN.replace("name = \"New prices\"", "name = '''Prices ]]> & <b>\"new\"</b> \u{1F680}'''");
        assert_ne!(plan, PLAN);
        desk.lead.post("/plan/apply", &json!({ "text": plan, "approve_answers": true })).await.good();
        let (atom, rss) = feeds(test).await;
        assert_eq!((atom.entries().len(), rss.items().len()), (0, 0), "nothing was said yet");
        assert_eq!(atom.title().as_str(), "Prices ]]> & <b>\"new\"</b> \u{1F680}");

        // Signs that no text has are refused where they are written, by name.
        for control in ["\u{7}", "\u{b}", "\u{1b}", "\u{7f}", "\u{85}"] {
            for field in ["title", "happening", "meaning", "doing", "unknown"] {
                let wrong = content(test, &json!({ field: format!("x{control}y") }));
                desk.agent.post("/updates", &json!({ "window": desk.window, "content": wrong })).await.problem_at(422, field);
            }
        }
        let without = begin(&desk, content(test, &json!({ "title": "x\u{0}y" }))).await;
        assert_eq!(without["draft"]["content"]["title"], "xy", "no database keeps the sign that ends texts of C");
        let odd = json!({ "title": ODD, "happening": format!("{ODD}\n\n{ODD}"), "meaning": ODD, "doing": ODD, "unknown": ODD });
        let told = out(&desk, begin(&desk, content(test, &odd)).await).await;
        test.forward(Span::secs(90)).await;
        let (before, _) = feeds(test).await;
        let draft = json!({ "content": content(test, &odd), "corrects": told["entries"][0]["id"] });
        let corrected = out(&desk, desk.agent.put(&at(&told, "/draft"), &draft).await.good()).await;
        let (after, rss) = feeds(test).await;
        assert_eq!(after.entries().len(), 2, "what was corrected is still there");
        assert_eq!(after.entries()[1], before.entries()[0], "and nothing of it changed");
        assert!(after.updated() > before.updated() && after.id() == before.id());

        let html = page(test, "/status/new-prices").await;
        for (entry, said) in after.entries().iter().zip(corrected["entries"].as_array().unwrap()) {
            assert_eq!(entry.title().as_str(), KEPT);
            assert_eq!(entry.summary().unwrap().as_str(), text(&said["text"]).replace('\u{fffe}', ""));
            let (_, place) = entry.links()[0].href().split_once('#').unwrap();
            assert!(html.contains(&format!("id=\"{place}\"")), "{place} is a place on the page");
        }
        // What HTML would take for its own is text there too.
        let shown = rss.items()[0].description().unwrap();
        assert!(shown.contains("&lt;i&gt;&quot;x&quot;&lt;/i&gt;") && !shown.contains("<i>") && shown.contains("&amp;amp;"), "{shown}");
        assert!(shown.starts_with("<p class=\"lead\">Identified · update 2 · corrects update 1</p>"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn a_feed_ends_somewhere() {
    on_both(async |test| {
        let desk = Desk::live(test).await;
        let mut first = Value::Null;
        for n in 1..=52 {
            let told = out(&desk, begin(&desk, content(test, &json!({ "title": format!("Matter {n}") }))).await).await;
            first = if first.is_null() { told } else { first };
            test.app.clock.advance(Span::secs(1));
        }
        let (atom, _) = feeds(test).await;
        assert_eq!(atom.entries().len(), 50);
        assert_eq!((atom.entries()[0].title().as_str(), atom.entries()[49].title().as_str()), ("Matter 52", "Matter 3"));
        assert!(!page(test, "/status/new-prices").await.contains(&format!("id=\"entry-{}\"", text(&first["entries"][0]["id"]))));
    })
    .await;
}
