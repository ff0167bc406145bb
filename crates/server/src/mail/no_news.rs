//! "No more news": the link below replies to all, and the button that mail programs show for them (RFC 8058).
//!
//! Looking at the page changes nothing: mail scanners look at every link. Pressing its button does, and so does the mail program's own.

use crate::App;
use crate::http::problem::ApiResult;
use crate::updates::public::{cut_off, document, look, served};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use futures_util::FutureExt;
use hypercare_core::conversation::Conversation;
use hypercare_core::{Actor, ConversationId};
use hypercare_store::WriteError;
use hypercare_store::queries::mail;

/// In the place of an inbox in the sign of such a link.
const LINK: &str = "no more news";

/// The pages of it.
pub fn pages() -> Router<App> {
    Router::new().route("/unsubscribe/{token}", get(page).post(done))
}

/// The address of a conversation's link.
pub fn link(app: &App, conversation: ConversationId) -> String {
    format!("{}/unsubscribe/{}", app.config.public_url, app.signs.token(conversation, LINK))
}

fn known(app: &App, token: &str) -> ApiResult<ConversationId> {
    app.signs.conversation(token, LINK).ok_or_else(cut_off)
}

/// A page of ours, in the colours of the others.
async fn shown(app: &App, asked: &HeaderMap, title: &str, body: &str) -> ApiResult<Response> {
    let look = look(app).await?;
    let head = "<meta name=\"robots\" content=\"noindex\">";
    Ok(served(asked, &look, document(&look, title, head, &format!("<h1>{title}</h1>{body}"))))
}

async fn page(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    known(&app, &token)?;
    let body = "<p>You get no more news to all by e-mail. Answers to what you write still come.</p>\
                <form method=\"post\"><button type=\"submit\">No more news</button></form>";
    shown(&app, &asked, "No more news?", body).await
}

async fn done(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> ApiResult<Response> {
    let id = known(&app, &token)?;
    let stamp = app.stamp(Actor::customer("Customer"));
    app.store
        .write(move |tx| {
            async move {
                let change = tx.change::<Conversation>(id).await?;
                let (contact, window) = change.existing().map(|c| (c.contact, c.window))?;
                if !mail::wants_no_news(tx, contact).await? {
                    mail::no_more_news(tx, contact, stamp.at).await?;
                    tx.record("contact.no_news", ("conversation", id.0), window, &stamp, "{}".into()).await?;
                }
                Ok::<_, WriteError>(())
            }
            .boxed()
        })
        .await?;
    let body = "<p role=\"status\">You get no more news to all by e-mail. Answers to what you write still come.</p>";
    shown(&app, &asked, "Done", body).await
}
