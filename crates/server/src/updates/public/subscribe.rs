//! Mails for whoever asks for them, and proves that the address is theirs. Looking at a link changes nothing: mail scanners look at all of
//! them. Pressing its button does, and so does the button of mail programs (RFC 8058).

use super::link::{CONFIRM, LEAVE};
use super::page::{document, html};
use super::preferences::{self, Choices, Fields};
use super::{cached, cut_off, look, served, status};
use crate::App;
use crate::http::Allowance;
use crate::http::client::ClientAddress;
use crate::http::problem::ApiResult;
use crate::intake::looks_like_email;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hypercare_core::{Span, SubscriberId, Timestamp, WindowId};
use hypercare_store::queries::subscribers;
use hypercare_store::queries::updates::{self, Way};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;

/// Addresses that one visitor may enter.
const ENTERED: Allowance = Allowance { burst: 10, per: Span::hours(1) };
/// Addresses of a window that wait to be confirmed.
const UNCONFIRMED: i64 = 2_000;
/// An address is not asked again within so long.
const ASKED_AGAIN: Span = Span::hours(1);
/// An address that nobody confirms is forgotten.
const FORGOTTEN: Span = Span::days(3);
const LONGEST: usize = 250;

/// The form.
#[derive(Debug, Deserialize)]
pub struct Entered {
    #[serde(default)]
    email: String,
}

/// What mail programs send says nothing more; browsers send nothing.
fn no_store(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Somebody wants updates. The answer is the same whether the address is known or not.
pub async fn subscribe(
    State(app): State<App>,
    ClientAddress(from): ClientAddress,
    Path(slug): Path<String>,
    asked: HeaderMap,
    Form(entered): Form<Entered>,
) -> ApiResult<Response> {
    let (s, look) = (status(&app, &slug).await?, look(&app).await?);
    let email = entered.email.trim().to_lowercase();
    let (code, said) = if email.len() > LONGEST || !looks_like_email(&email) {
        (StatusCode::UNPROCESSABLE_ENTITY, "<p class=\"error\" role=\"alert\">Give an e-mail address, such as name@example.com.</p>")
    } else {
        app.limits.take(format!("subscribe:{from}"), ENTERED, app.now())?;
        let (window, now) = (s.window.id, app.now());
        let kept: Result<(), WriteError> = app.store.write(move |tx| async move { keep(tx, window, &email, now).await }.boxed()).await;
        kept?;
        app.wake.notify_one();
        (StatusCode::OK, "<p role=\"status\"><strong>Look into your inbox: we have sent you a mail to confirm your address.</strong></p>")
    };
    let mut response = cached::page(&asked, &look.style, html(&look, &s, said));
    *response.status_mut() = code;
    Ok(no_store(response))
}

async fn keep(tx: &mut Tx, window: WindowId, email: &str, now: Timestamp) -> Result<(), WriteError> {
    subscribers::forget_unconfirmed(tx, now - FORGOTTEN).await?;
    let id = match subscribers::by_email(tx, window, email).await? {
        Some(known) if known.confirmed_at.is_some() || Timestamp(known.asked_at) > now - ASKED_AGAIN => return Ok(()),
        Some(known) => {
            subscribers::asked(tx, SubscriberId(known.id), now).await?;
            SubscriberId(known.id)
        }
        None => {
            let (_, unconfirmed) = subscribers::counts(tx, window).await?;
            if unconfirmed >= UNCONFIRMED {
                return Err(hypercare_core::Refusal::conflict(
                    "Too many addresses wait to be confirmed at the moment. Try again tomorrow, or use the feed.",
                )
                .into());
            }
            let id: SubscriberId = tx.new_id(now);
            subscribers::add(tx, id, window, email, now).await?;
            id
        }
    };
    updates::queue(tx, Way::Confirm, id.0, "{}", now).await?;
    Ok(())
}

fn of(app: &App, token: &str, purpose: &str) -> ApiResult<SubscriberId> {
    app.signs.subscriber_of(token, purpose).ok_or_else(cut_off)
}

async fn small(app: &App, asked: &HeaderMap, title: &str, body: &str) -> ApiResult<Response> {
    let look = look(app).await?;
    Ok(served(asked, &look, document(&look, title, "<meta name=\"robots\" content=\"noindex\">", &format!("<h1>{title}</h1>{body}"))))
}

/// The page behind the link of the first mail, on which they choose what they get.
pub async fn confirm_page(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let id = of(&app, &token, CONFIRM)?;
    let mut reader = app.reader();
    let fields = match subscribers::by_id(&mut reader, id).await? {
        Some(one) => Choices::of(&mut reader, WindowId(one.window_id)).await?.map(|choices| {
            let wish = one.wish(&choices.window.plan.window.zone);
            choices.fields(&wish)
        }),
        None => None,
    };
    small(
        &app,
        &asked,
        "Updates by e-mail",
        &format!(
            "<p>Press the button, and updates come to your address.</p><form method=\"post\">{}<button type=\"submit\">Send me updates</button></form>",
            fields.unwrap_or_default()
        ),
    )
    .await
}

/// The address is theirs, and this is what they want.
pub async fn confirm(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap, Form(fields): Form<Fields>) -> ApiResult<Response> {
    let (id, now) = (of(&app, &token, CONFIRM)?, app.now());
    let known: Result<bool, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                subscribers::confirm(tx, id, now).await?;
                let Some(one) = subscribers::by_id(tx, id).await? else { return Ok(false) };
                // A button that is pressed without the form, as the one of a mail program, changes no choice.
                if fields.iter().any(|(name, _)| name == "rhythm")
                    && let Some(choices) = Choices::of(tx, WindowId(one.window_id)).await?
                {
                    let zone = choices.window.plan.window.zone.clone();
                    let wish = choices.chosen(&fields, &one.wish(&zone))?;
                    preferences::keep(tx, &one, &wish, &zone, now).await?;
                }
                Ok(true)
            }
            .boxed()
        })
        .await;
    if !known? {
        let why = "<p role=\"status\">This link was not used in time, or the address was taken off the list. Enter it again on the page.</p>";
        return Ok((StatusCode::GONE, small(&app, &asked, "Not any more", why).await?).into_response());
    }
    small(&app, &asked, "Done", "<p role=\"status\">Updates come to your address. Each has a link to choose which, and one to get no more.</p>").await
}

/// The page behind the link below each update.
pub async fn unsubscribe_page(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    of(&app, &token, LEAVE)?;
    small(
        &app,
        &asked,
        "No more updates?",
        "<p>Your address is forgotten, and no more updates come.</p><form method=\"post\"><button type=\"submit\">No more updates</button></form>",
    )
    .await
}

/// They want no more: the address goes.
pub async fn unsubscribe(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let id = of(&app, &token, LEAVE)?;
    let gone: Result<bool, WriteError> = app.store.write(move |tx| async move { Ok(subscribers::remove(tx, id).await?) }.boxed()).await;
    gone?;
    small(&app, &asked, "Done", "<p role=\"status\">No more updates come to your address, and we have forgotten it.</p>").await
}
