//! What search engines are told: all that is published, by language, and that they need not look elsewhere.

use super::no_page;
use crate::App;
use crate::articles::centre::Snapshot;
use crate::http::problem::ApiResult;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;

fn xml(body: String, mime: &'static str) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// One sitemap for each language: no one of them is longer than the format allows (50,000 addresses).
pub async fn index(State(app): State<App>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let base = centre.base(&app);
    let maps: String = centre.settings.languages.iter().map(|lang| format!("<sitemap><loc>{base}/help/{lang}/sitemap.xml</loc></sitemap>")).collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{maps}</sitemapindex>\n"
    );
    Ok(xml(body, "application/xml"))
}

/// What is published in one language. What is shown in another one instead stands in that one's.
pub async fn of_language(State(app): State<App>, headers: HeaderMap, Path(lang): Path<String>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    if centre.language(&lang).is_none() {
        return Ok(no_page(&app, &centre, None, &headers));
    }
    Ok(xml(map(&app, &centre, &lang), "application/xml"))
}

fn map(app: &App, centre: &Snapshot, lang: &str) -> String {
    let base = centre.base(app);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    let mut add = |path: &str, day: Option<String>| {
        let day = day.map(|day| format!("<lastmod>{day}</lastmod>")).unwrap_or_default();
        // Writing to a text does not fail.
        let _ = write!(out, "<url><loc>{base}{path}</loc>{day}</url>");
    };
    add(&format!("/help/{lang}"), None);
    for collection in &centre.collections {
        let shown: Vec<_> =
            collection.categories.iter().map(|c| (c, centre.of_category(c.id))).filter(|(_, articles)| !articles.is_empty()).collect();
        if !shown.is_empty() {
            add(&format!("/help/{lang}/{}", collection.slug), None);
        }
        for (category, articles) in shown {
            add(&format!("/help/{lang}/{}/{}", collection.slug, category.slug), None);
            for text in articles.into_iter().filter_map(|a| a.variant(lang)) {
                if let Some(live) = &text.live {
                    add(&format!("/help/{lang}/articles/{}", text.slug), Some(live.at.to_jiff().strftime("%Y-%m-%d").to_string()));
                }
            }
        }
    }
    out.push_str("</urlset>\n");
    out
}

/// What search engines may look at.
pub async fn robots(State(app): State<App>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let body = format!("User-agent: *\nAllow: /help\nAllow: /status\nDisallow: /\n\nSitemap: {}/help/sitemap.xml\n", centre.base(&app));
    Ok(xml(body, "text/plain; charset=utf-8"))
}
