//! `GET /windows/{id}/outcomes` and `POST /outcomes/{id}/remove`: every confirmed outcome, and taking out a mistaken one.

use crate::App;
use crate::http::{ApiResult, Body, May, Page, Params, PathId, Problem, page, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::outcome::Source;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{AnswerId, ConversationId, MessageId, OutcomeId, Stamp, Timestamp, WindowId};
use hypercare_store::queries::answers;
use hypercare_store::queries::confirmed::{self, Line};
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// Which outcomes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only those that rest on this word.
    #[param(inline)]
    source: Option<Source>,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// An answer by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AnswerName {
    /// Which.
    pub id: AnswerId,
    /// Its title.
    pub title: String,
}

/// A message whose right answer was confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ConfirmedOutcome)]
pub struct OutcomeView {
    /// Its id.
    pub id: OutcomeId,
    /// What was written.
    pub text: String,
    /// The right answer; null where none was right, or where it is not known which.
    pub answer: Option<AnswerName>,
    /// What the assistant had said.
    pub said: Option<AnswerName>,
    /// Whose word it rests on.
    pub source: Source,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// In which conversation, if in one.
    pub conversation: Option<ConversationId>,
}

/// List the confirmed outcomes of a window, newest first.
#[utoipa::path(get, path = "/windows/{id}/outcomes", tag = "answers", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = Page<OutcomeView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_outcomes(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(wanted): Params<Wanted>,
) -> ApiResult<Json<Page<OutcomeView>>> {
    let (before, limit) = (page::decode::<1>(wanted.cursor.as_deref())?, page::limit(wanted.limit)?);
    let mut reader = app.reader();
    crate::windows::load(&mut reader, id).await?;
    let rows = confirmed::page(&mut reader, id, wanted.source, before.map(|[id]| OutcomeId(id)), limit + 1).await?;
    let titles: HashMap<i64, String> =
        answers::of_window(&mut reader, Some(id)).await?.into_iter().filter_map(|a| Some((a.id.0, a.newest()?.text.title.clone()))).collect();
    Ok(Json(Page::cut(rows, limit, |row| [row.id], |row| shown(row, &titles))))
}

fn shown(row: Line, titles: &HashMap<i64, String>) -> OutcomeView {
    let name = |id: i64| AnswerName { id: AnswerId(id), title: titles.get(&id).cloned().unwrap_or_else(|| "An answer of another window".into()) };
    OutcomeView {
        id: OutcomeId(row.id),
        text: row.text,
        answer: row.answer_id.map(name),
        said: row.said_answer.map(name),
        source: Source::from_word(&row.source).unwrap_or(Source::Person),
        by: row.actor_name,
        at: Timestamp(row.at),
        conversation: row.conversation_id.map(ConversationId),
    }
}

/// Why it is mistaken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// Why it is mistaken.
    reason: String,
}

/// Take out a mistaken outcome. It counts no more; the record keeps that it did, and why it does not.
#[utoipa::path(post, path = "/outcomes/{id}/remove", tag = "answers", params(("id" = OutcomeId, Path)), request_body = Removal,
    responses((status = 204), (status = "4XX", body = Problem)))]
pub(super) async fn remove_outcome(
    me: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<OutcomeId>,
    Body(body): Body<Removal>,
) -> ApiResult<StatusCode> {
    let row = confirmed::by_id(&mut app.reader(), id).await?.ok_or_else(|| Problem::not_found("confirmed outcome"))?;
    if body.reason.trim().is_empty() {
        return Err(Problem::unprocessable("reason", "Say what is mistaken about it; whoever looks at the threshold later wants to know."));
    }
    let stamp = me.stamp(&app).because(body.reason.trim());
    let catalogue = app.knowledge.current(&app).await?;
    let window = WindowId(row.window_id);
    app.store.write(move |tx| async move { take_out(tx, row, &stamp, &catalogue).await }.boxed()).await?;
    app.sure.stale(&app, window);
    Ok(StatusCode::NO_CONTENT)
}

/// A conversation that still keeps the question forgets it; else it is a matter of the window.
async fn take_out(tx: &mut Tx, row: Line, stamp: &Stamp, catalogue: &crate::knowledge::Catalogue) -> Result<(), WriteError> {
    if let Some((conversation, message)) = row.conversation_id.zip(row.message_id) {
        let mut change = tx.change::<Conversation>(conversation).await?;
        let c = change.existing()?;
        if c.assistant.questions.iter().any(|q| q.message == MessageId(message)) {
            let window = c.window;
            change.run(Command::Forget { message: MessageId(message) }, stamp, &catalogue.env(window))?;
            return tx.save(change).await.map(drop);
        }
    }
    let command = WindowCommand::Unlabel { outcome: OutcomeId(row.id), text: row.text };
    tx.execute::<Window>(row.window_id, command, stamp, &()).await.map(drop)
}
