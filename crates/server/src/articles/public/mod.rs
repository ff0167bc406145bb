//! What readers see: pages that need no script, drawn here and kept in memory ([docs](../../../../../docs/help-centre.md)).

mod article;
pub mod contact;
mod host;
mod image;
mod layout;
mod rate;
mod search;
mod shelves;
mod sitemap;
mod style;
mod words;

pub use host::own_host;
pub(super) use search::{__path_suggest_help, suggest_help};
pub use search::{hits, listed};

use super::centre::Snapshot;
use crate::App;
use crate::http::problem::ApiResult;
use article::Rated;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use hypercare_core::ArticleId;
use hypercare_core::article::{Article, ArticleState, Audience, negotiate};
use hypercare_store::queries::articles;
use layout::Frame;
use serde::Deserialize;

/// Where our own script is.
const SCRIPT_PATH: &str = "/help/search.js";

/// The pages, outside the API.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/help", get(search::page))
        .route(SCRIPT_PATH, get(search::script))
        .route("/help/sitemap.xml", get(sitemap::index))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/robots.txt", get(sitemap::robots))
        .route("/help/contact", get(contact::page).post(contact::submit_page))
        .route("/help/images/{name}", get(image::image))
        .route("/help/{lang}", get(home))
        .route("/help/{lang}/sitemap.xml", get(sitemap::of_language))
        .route("/help/{lang}/articles/{slug}", get(article_page))
        .route("/help/{lang}/articles/{slug}/rating", post(rate::rate))
        .route("/help/{lang}/{collection}", get(collection))
        .route("/help/{lang}/{collection}/{category}", get(category))
}

/// The language for a reader: the one that was chosen, else the one that the browser asks for most, else the first.
fn language(centre: &Snapshot, chosen: Option<&str>, headers: &HeaderMap) -> String {
    if let Some(chosen) = chosen.and_then(|tag| centre.language(tag)) {
        return chosen.clone();
    }
    let accepts = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    negotiate(accepts, &centre.settings.languages).map_or_else(|| centre.settings.default_lang().to_owned(), Clone::clone)
}

/// There is no such page, said as a page.
fn no_page(app: &App, centre: &Snapshot, chosen: Option<&str>, headers: &HeaderMap) -> Response {
    let lang = language(centre, chosen, headers);
    let w = words::of(&lang);
    said(app, centre, &lang, headers, StatusCode::NOT_FOUND, w.unknown, w.unknown_lead)
}

fn said(app: &App, centre: &Snapshot, lang: &str, headers: &HeaderMap, status: StatusCode, title: &str, lead: &str) -> Response {
    let body = format!("<h1>{title}</h1><p>{lead}</p><p><a href=\"/help/contact?lang={lang}\">{}</a></p>", words::of(lang).contact);
    search::no_store(Frame::unlisted(app, centre, lang, title).page(status, &body), headers)
}

async fn home(State(app): State<App>, headers: HeaderMap, Path(lang): Path<String>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    if centre.language(&lang).is_none() {
        return Ok(no_page(&app, &centre, None, &headers));
    }
    let page = app.centre.pages.of(centre.version, &format!("home:{lang}"), || shelves::home(&app, &centre, &lang));
    Ok(page.answer(&headers))
}

async fn collection(State(app): State<App>, headers: HeaderMap, Path((lang, slug)): Path<(String, String)>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let found = centre.collections.iter().find(|c| c.slug == slug).filter(|_| centre.language(&lang).is_some());
    let Some(collection) = found else { return Ok(no_page(&app, &centre, Some(&lang), &headers)) };
    let name = format!("collection:{lang}:{slug}");
    Ok(app.centre.pages.of(centre.version, &name, || shelves::collection(&app, &centre, &lang, collection)).answer(&headers))
}

async fn category(State(app): State<App>, headers: HeaderMap, Path((lang, above, slug)): Path<(String, String, String)>) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    let collection = centre.collections.iter().find(|c| c.slug == above).filter(|_| centre.language(&lang).is_some());
    let found = collection.and_then(|c| Some((c, c.categories.iter().find(|category| category.slug == slug)?)));
    let Some((collection, category)) = found else { return Ok(no_page(&app, &centre, Some(&lang), &headers)) };
    let name = format!("category:{lang}:{above}:{slug}");
    Ok(app.centre.pages.of(centre.version, &name, || shelves::category(&app, &centre, &lang, collection, category)).answer(&headers))
}

/// What an article's page is asked.
#[derive(Debug, Default, Deserialize)]
struct Seen {
    rated: Option<String>,
}

async fn article_page(
    State(app): State<App>,
    headers: HeaderMap,
    Path((lang, slug)): Path<(String, String)>,
    Query(seen): Query<Seen>,
) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    if centre.language(&lang).is_none() {
        return Ok(no_page(&app, &centre, None, &headers));
    }
    let Some(article) = centre.at(&lang, &slug) else { return gone(&app, &centre, &lang, &slug, &headers).await };
    let Some((text, live)) = centre.text(article, &lang).and_then(|text| Some((text, text.live.as_ref()?))) else {
        return Ok(no_page(&app, &centre, Some(&lang), &headers));
    };
    if text.slug != slug {
        return Ok(moved(&format!("/help/{lang}/articles/{}", text.slug)));
    }
    let rated = match seen.rated.as_deref() {
        Some("yes") => Rated::Thanked,
        Some("no") => Rated::Asked,
        _ => Rated::No,
    };
    let name = format!("article:{lang}:{}:{}", article.id, rated.word());
    Ok(app.centre.pages.of(centre.version, &name, || article::page(&app, &centre, &lang, article, text, live, rated)).answer(&headers))
}

/// An address that was given up leads to the one that holds now.
fn moved(path: &str) -> Response {
    let mut response = Redirect::permanent(path).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// Nobody reads an article here: it was taken away, or there is none that strangers may know of.
async fn gone(app: &App, centre: &Snapshot, lang: &str, slug: &str, headers: &HeaderMap) -> ApiResult<Response> {
    let mut reader = app.reader();
    let mut owner: Option<ArticleId> = None;
    for tag in std::iter::once(lang).chain(centre.settings.languages.iter().map(String::as_str)) {
        owner = articles::owner_of(&mut reader, tag, slug).await?;
        if owner.is_some() {
            break;
        }
    }
    let retired = match owner {
        Some(id) => hypercare_store::load::<Article>(&mut reader, id.0).await?.is_some_and(|article| {
            article.audience == Audience::Public && !article.is_live() && article.variants.iter().any(|v| v.state() == ArticleState::Retired)
        }),
        None => false,
    };
    if !retired {
        return Ok(no_page(app, centre, Some(lang), headers));
    }
    let w = words::of(lang);
    Ok(said(app, centre, lang, headers, StatusCode::GONE, w.gone, w.gone_lead))
}
