//! The status page: HTML from here, without a script. What is open stands first, then all that was said, by day.

use super::{Look, Status, cached, look, status};
use crate::App;
use crate::http::problem::ApiResult;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use hypercare_core::calendar;
use hypercare_core::update::render::{self, escape, moment};
use hypercare_core::update::{Entry, Impact, MatterState, Update};
use jiff::civil::Date;

/// The page.
pub async fn page(State(app): State<App>, Path(slug): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let (status, look) = (status(&app, &slug).await?, look(&app).await?);
    Ok(cached::page(&asked, &look.style, html(&look, &status, "")))
}

/// The page with a word about the form on it.
pub(super) fn html(look: &Look, s: &Status, said: &str) -> String {
    let name = escape(&s.window.plan.window.name);
    // Relative to the host: the page works under any name it is reached by.
    let url = format!("/status/{}", escape(&s.window.key));
    let open = s.open();
    let now = if open.is_empty() {
        "<p class=\"now\" role=\"status\"><span aria-hidden=\"true\">✓</span> Nothing is open: we know of no trouble.</p>".to_owned()
    } else {
        open.iter().map(|m| matter(m)).collect()
    };
    let feeds = [("feed.atom", "Atom feed"), ("feed.rss", "RSS feed"), ("api/v2/summary.json", "JSON")];
    let links: String = feeds.iter().map(|(path, word)| format!("<a href=\"{url}/{path}\">{word}</a>")).collect();
    let form = format!(
        "<h2 id=\"mail\">Updates by e-mail</h2>{said}<form method=\"post\" action=\"{url}#mail\"><label for=\"email\">Your e-mail address</label>\
         <input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\" maxlength=\"250\" required><button type=\"submit\">Send me updates</button></form>\
         <p><small>You get a mail in which you confirm your address. Each update has a link to get no more.</small></p>"
    );
    document(
        look,
        &format!("{name}: updates"),
        &format!(
            "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"{url}/feed.atom\" title=\"{name}\"><link rel=\"alternate\" type=\"application/rss+xml\" href=\"{url}/feed.rss\" title=\"{name}\">"
        ),
        &format!("<h1>{name}</h1>{now}{}{form}<nav aria-label=\"Feeds\">{links}</nav>", history(s)),
    )
}

/// A page of this capability.
pub(crate) fn document(look: &Look, title: &str, head: &str, body: &str) -> String {
    let Look { style, head: above } = look;
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
         <link rel=\"icon\" href=\"/favicon.svg\">{head}<style>{style}</style></head><body>{above}<main>{body}</main></body></html>"
    )
}

/// A sign and a word for how much it hurts.
const fn impact(impact: Impact) -> (&'static str, &'static str) {
    match impact {
        Impact::None => ("ℹ", "Notice"),
        Impact::Minor => ("▲", "Minor trouble"),
        Impact::Major => ("▲▲", "Major trouble"),
        Impact::Critical => ("⛔", "Critical trouble"),
    }
}

fn matter(m: &Update) -> String {
    let Some(entry) = m.newest() else { return String::new() };
    let (sign, word) = impact(entry.content.impact);
    let role = if entry.content.impact == Impact::Critical { " role=\"alert\"" } else { "" };
    format!(
        "<article class=\"{}\" id=\"matter-{}\"{role}><h2><span aria-hidden=\"true\">{sign}</span> {word}: {}</h2>{}<p class=\"when\">Published {}</p></article>",
        entry.content.impact.word(),
        m.id,
        escape(&entry.content.title),
        render::entry(m, entry).html(3),
        escape(&moment(entry.published_at, &entry.content.zone)),
    )
}

fn history(s: &Status) -> String {
    let zone = calendar::zone(&s.window.plan.window.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let mut all: Vec<(&Update, &Entry)> = s.matters.iter().flat_map(|m| m.entries.iter().map(move |e| (m, e))).collect();
    all.sort_by_key(|(_, e)| std::cmp::Reverse((e.published_at, e.id)));
    if all.is_empty() {
        return String::new();
    }
    let (mut html, mut last): (String, Option<Date>) = ("<h2>What was said</h2>".into(), None);
    for (m, e) in all {
        let day = zone.to_datetime(e.published_at.to_jiff()).date();
        if last != Some(day) {
            html.push_str(&format!("<h3 class=\"day\">{}</h3>", day.strftime("%A %-d %B %Y")));
            last = Some(day);
        }
        html.push_str(&said(m, e));
    }
    html
}

fn said(m: &Update, e: &Entry) -> String {
    let over = if e.content.state == MatterState::Resolved { " resolved" } else { "" };
    let by = m.entries.iter().find(|later| later.corrects == Some(e.id));
    let note = by
        .map(|later| format!("<p><strong>Corrected by <a href=\"#entry-{}\">update {}</a>.</strong></p>", later.id, later.number))
        .unwrap_or_default();
    let class = if by.is_some() { " corrected" } else { "" };
    format!(
        "<article class=\"old{over}{class}\" id=\"entry-{}\"><h4>{}</h4>{note}{}<p class=\"when\">Published {}</p></article>",
        e.id,
        escape(&e.content.title),
        render::entry(m, e).html(5),
        escape(&moment(e.published_at, &e.content.zone)),
    )
}
