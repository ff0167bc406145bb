//! "Did this help?": one word of one reader on one revision. Looking at a page keeps nothing; sending the form does.

use crate::App;
use crate::http::client::ClientAddress;
use crate::http::problem::{ApiResult, Problem};
use crate::http::{Allowance, cross_site, secret};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::FutureExt;
use hypercare_core::Span;
use hypercare_language::learning::masked;
use hypercare_store::WriteError;
use hypercare_store::queries::reading::{self, Rating};
use serde::Deserialize;

/// What knows a reader again: a random number in their browser, of which a hash is kept. It says nothing of who they are.
const COOKIE: &str = "hc_reader";
/// Characters of a comment.
const LONGEST: usize = 1_000;
/// Ratings of one address, whoever they say they are: an office, and no machine.
const OF_AN_ADDRESS: Allowance = Allowance { burst: 30, per: Span::hours(1) };

/// The form.
#[derive(Debug, Deserialize)]
pub struct Rated {
    helpful: String,
    #[serde(default)]
    comment: String,
}

/// A reader said whether an article helped.
pub async fn rate(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Path((lang, slug)): Path<(String, String)>,
    Form(rated): Form<Rated>,
) -> ApiResult<Response> {
    let centre = app.centre.current(&app).await?;
    cross_site::same_origin(&headers, centre.base(&app))?;
    let helpful = match rated.helpful.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::unprocessable("helpful", "Say `yes` or `no`.")),
    };
    if rated.comment.chars().count() > LONGEST {
        return Err(Problem::unprocessable("comment", format!("Write at most {LONGEST} characters, or write to us.")));
    }
    let article = centre.at(&lang, &slug).filter(|_| centre.language(&lang).is_some()).ok_or_else(|| Problem::not_found("article"))?;
    let (text, live) = centre.text(article, &lang).and_then(|text| Some((text, text.live.as_ref()?))).ok_or_else(|| Problem::not_found("article"))?;
    let now = app.now();
    app.limits.take(format!("ratings at:{address}"), OF_AN_ADDRESS, now)?;
    let known = reader(&headers);
    let token = known.clone().map_or_else(secret::fresh, Ok)?;
    let rating = Rating {
        article: article.id,
        lang: text.lang.clone(),
        revision: live.revision.number,
        visitor: secret::hash(&token),
        helpful,
        comment: masked(rated.comment.trim()),
    };
    let done: Result<(), WriteError> = app.store.write(move |tx| async move { Ok(reading::rate(tx, &rating, now).await?) }.boxed()).await;
    done?;
    // A comment is the last thing that is asked for.
    let word = if helpful || !rated.comment.trim().is_empty() { "yes" } else { "no" };
    let mut response = Redirect::to(&format!("/help/{lang}/articles/{}?rated={word}#rating", text.slug)).into_response();
    if known.is_none() {
        let secure = if centre.base(&app).starts_with("https://") { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={token}; Path=/help; HttpOnly; SameSite=Lax; Max-Age=31536000{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

fn reader(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && (20..=100).contains(&value.len())).map(|(_, value)| value.to_owned())
}
