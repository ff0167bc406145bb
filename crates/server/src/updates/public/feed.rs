//! The feeds: Atom (RFC 4287) and RSS 2.0. An entry's id is a tag (RFC 4151) that never changes, whatever the address of the page becomes.

use super::{Status, cached, status};
use crate::App;
use crate::http::problem::ApiResult;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use hypercare_core::Timestamp;
use hypercare_core::update::render::{self, escape};
use hypercare_core::update::{Entry, Update};

/// Entries of a feed.
const MOST: usize = 50;

fn entries(s: &Status) -> Vec<(&Update, &Entry)> {
    let mut all: Vec<(&Update, &Entry)> = s.matters.iter().flat_map(|m| m.entries.iter().map(move |e| (m, e))).collect();
    all.sort_by_key(|(_, e)| std::cmp::Reverse((e.published_at, e.id)));
    all.truncate(MOST);
    all
}

/// What XML 1.0 can hold, escaped.
fn xml(text: &str) -> String {
    let fine = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    escape(&text.chars().filter(fine).collect::<String>())
}

fn tag(s: &Status, at: Timestamp, what: &str) -> String {
    let host = reqwest::Url::parse(&s.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    format!("tag:{host},{}:{what}", at.to_jiff().strftime("%Y-%m-%d"))
}

fn updated(s: &Status) -> Timestamp {
    entries(s).first().map_or(s.window.created_at, |(_, e)| e.published_at)
}

/// To the second: some readers know no fractions.
fn rfc3339(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn rfc822(at: Timestamp) -> String {
    at.to_jiff().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

/// `feed.atom`.
pub async fn atom(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    let (name, url) = (xml(&s.window.plan.window.name), xml(&s.url));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>{}</id><title>{name}</title><updated>{}</updated>\
         <author><name>{name}</name></author><link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/><link rel=\"self\" type=\"application/atom+xml\" href=\"{url}/feed.atom\"/>",
        xml(&tag(&s, s.window.created_at, &format!("status/{}", s.window.id))),
        rfc3339(updated(&s)),
    );
    for (m, e) in entries(&s) {
        let r = render::entry(m, e);
        let at = rfc3339(e.published_at);
        feed.push_str(&format!(
            "<entry><id>{}</id><title>{}</title><published>{at}</published><updated>{at}</updated><link rel=\"alternate\" type=\"text/html\" href=\"{url}#entry-{}\"/>\
             <category term=\"{}\"/><summary type=\"text\">{}</summary><content type=\"html\">{}</content></entry>",
            xml(&tag(&s, e.published_at, &format!("update/{}", e.id))),
            xml(&r.title),
            e.id,
            e.content.state.word(),
            xml(&r.plain()),
            xml(&r.html(4)),
        ));
    }
    feed.push_str("</feed>\n");
    Ok(cached::cached(&asked, "application/atom+xml; charset=utf-8", true, feed))
}

/// `feed.rss`.
pub async fn rss(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let s = status(&app, &slug).await?;
    let (name, url) = (xml(&s.window.plan.window.name), xml(&s.url));
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>{name}</title><link>{url}</link>\
         <description>Updates about {name}</description><lastBuildDate>{}</lastBuildDate><atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{url}/feed.rss\"/>",
        rfc822(updated(&s)),
    );
    for (m, e) in entries(&s) {
        let r = render::entry(m, e);
        feed.push_str(&format!(
            "<item><title>{}</title><link>{url}#entry-{}</link><guid isPermaLink=\"false\">{}</guid><pubDate>{}</pubDate><category>{}</category><description>{}</description></item>",
            xml(&r.title),
            e.id,
            xml(&tag(&s, e.published_at, &format!("update/{}", e.id))),
            rfc822(e.published_at),
            e.content.state.word(),
            xml(&r.html(4)),
        ));
    }
    feed.push_str("</channel></rss>\n");
    Ok(cached::cached(&asked, "application/rss+xml; charset=utf-8", true, feed))
}
