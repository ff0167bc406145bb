//! Mails that are set aside, and what a person does with them.

use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Params, PathId};
use crate::http::page::{self, Page};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::{ConversationId, MailId, MessageId, Refusal, Timestamp};
use hypercare_store::WriteError;
use hypercare_store::queries::mail::{self, Mail};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// It cannot be read.
pub const POISON: &str = "unreadable";
/// It is larger than what is taken.
pub const LARGE: &str = "too_large";
/// A machine wrote it, and it belongs to no conversation.
pub const MACHINE: &str = "automatic";
/// It goes in a circle.
pub const CIRCLE: &str = "circle";
/// It does not say who wrote it.
pub const NOBODY: &str = "no_sender";
/// The rules refuse it.
pub const REFUSED: &str = "refused";
/// Somebody said that it is a customer's message. No reason for holding it, but kept in the same place.
pub(super) const AS_MESSAGE: &str = "as_message";

/// A mail that came in.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailView {
    /// Id.
    id: MailId,
    /// The inbox it came to.
    inbox: String,
    /// lmtp, smtp or imap.
    source: String,
    /// Who says to have written it.
    from: String,
    /// Its subject.
    subject: String,
    /// new, taken, report, held or discarded.
    state: String,
    /// Why it is held: unreadable, too_large, automatic, circle, no_sender or refused.
    kind: Option<String>,
    /// The same in words.
    reason: Option<String>,
    /// Who decided what becomes of it.
    decided_by: Option<String>,
    /// When it came.
    received_at: Timestamp,
    /// Bytes.
    size: i64,
    /// The conversation it became part of or is about.
    conversation: Option<ConversationId>,
    /// The message it became or is about.
    message: Option<MessageId>,
}

impl From<Mail> for MailView {
    fn from(m: Mail) -> Self {
        Self {
            id: MailId(m.id),
            inbox: m.inbox,
            source: m.source,
            from: m.sender,
            subject: m.subject,
            kind: m.kind.filter(|kind| kind != AS_MESSAGE),
            state: m.state,
            reason: m.reason,
            decided_by: m.decided_by,
            received_at: Timestamp(m.received_at),
            size: m.size,
            conversation: m.conversation_id.map(ConversationId),
            message: m.message_id.map(MessageId),
        }
    }
}

/// Which mails.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// held (the default), new, report, discarded or taken.
    state: Option<String>,
    /// Where the page begins (`next` of the page before).
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// List mails that came in, newest first; without a state those that are held.
#[utoipa::path(get, path = "/mails", operation_id = "list_mails", tag = "mail", params(ListParams), responses((status = 200, body = Page<MailView>)))]
pub async fn list(_: May<perm::Read>, State(app): State<App>, Params(p): Params<ListParams>) -> ApiResult<Json<Page<MailView>>> {
    let limit = page::limit(p.limit)?;
    let before = page::decode::<1>(p.cursor.as_deref())?.map(|[id]| id);
    let state = p.state.as_deref().unwrap_or("held");
    if !matches!(state, "held" | "new" | "report" | "discarded" | "taken") {
        return Err(Problem::unprocessable("state", format!("`{state}` is no state of a mail: held, new, report, discarded or taken.")));
    }
    let rows = mail::list(&mut app.reader(), state, before, limit + 1).await?;
    Ok(Json(Page::cut(rows, limit, |m| [m.id], MailView::from)))
}

/// How a held mail is taken in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBody {
    /// As a customer's message, whatever it looks like; otherwise it is only tried again.
    #[serde(default)]
    as_message: bool,
}

/// Take a held mail in after all, or try again what failed.
///
/// It is read anew in a moment: then it is a message of a conversation, or held again with the reason.
#[utoipa::path(post, path = "/mails/{id}/take", operation_id = "take_mail", tag = "mail", params(("id" = MailId, Path)), request_body = TakeBody,
    responses((status = 202, body = MailView), (status = 409, body = Problem)))]
pub async fn take(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<MailId>,
    crate::http::extract::Body(body): crate::http::extract::Body<TakeBody>,
) -> ApiResult<(StatusCode, Json<MailView>)> {
    if exists(&app, id).await?.kind.as_deref() == Some(LARGE) {
        return Err(Problem::from(Refusal::conflict("Only its headers were kept, because it is too large. Ask for the file in another way.")));
    }
    let kind = body.as_message.then_some(AS_MESSAGE);
    decide(&app, &me, id, "taken up", move |tx, who, now| async move { mail::retry(tx, id.0, kind, &who, now).await }.boxed()).await?;
    app.mail_wake.notify_one();
    Ok((StatusCode::ACCEPTED, Json(exists(&app, id).await?.into())))
}

/// Put a held mail aside for good; it is kept and can still be taken in.
#[utoipa::path(post, path = "/mails/{id}/discard", operation_id = "discard_mail", tag = "mail", params(("id" = MailId, Path)),
    responses((status = 200, body = MailView), (status = 409, body = Problem)))]
pub async fn discard(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<MailId>) -> ApiResult<Json<MailView>> {
    decide(&app, &me, id, "discarded", move |tx, who, _| async move { mail::discard(tx, id.0, &who).await }.boxed()).await?;
    Ok(Json(exists(&app, id).await?.into()))
}

/// Does it with an event, if the mail is held.
async fn decide<F>(app: &App, me: &crate::http::Caller, id: MailId, what: &'static str, act: F) -> ApiResult<()>
where
    F: for<'t> FnOnce(
            &'t mut hypercare_store::Tx,
            String,
            Timestamp,
        ) -> futures_util::future::BoxFuture<'t, Result<bool, hypercare_store::StoreError>>
        + Send
        + 'static,
{
    exists(app, id).await?;
    let stamp = me.stamp(app);
    app.store
        .write(move |tx| {
            async move {
                if !act(tx, stamp.actor.name.clone(), stamp.at).await? {
                    return Err(WriteError::from(Refusal::conflict("This mail is not held any more. Reload the list.")));
                }
                let body = serde_json::json!({ "what": what }).to_string();
                tx.record("mail.decided", ("mail", id.0), None, &stamp, body).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    Ok(())
}

/// The mail, or "there is no such thing".
pub(super) async fn exists(app: &App, id: MailId) -> ApiResult<Mail> {
    mail::one(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::from(Refusal::not_found("mail")))
}
