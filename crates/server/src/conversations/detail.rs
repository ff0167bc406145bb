//! One conversation with everything beside its messages.

use super::types::{ConversationView, IssueRef, SuggestedAnswer};
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::PathId;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::ConversationId;
use hypercare_core::conversation::Conversation;
use hypercare_core::issue::Issue;
use hypercare_store::Reader;
use hypercare_store::queries::{chat, conversations, outbox};

/// Show one conversation.
#[utoipa::path(get, path = "/conversations/{id}", operation_id = "get_conversation", tag = "conversations", params(("id" = ConversationId, Path)), responses((status = 200, body = ConversationView), (status = 404, body = Problem)))]
pub async fn get(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<ConversationId>) -> ApiResult<Json<ConversationView>> {
    view(&app, id).await.map(Json)
}

/// A list that belongs to a conversation is not empty but missing where there is none.
pub(super) async fn must_exist(reader: &mut Reader, id: ConversationId) -> ApiResult<()> {
    conversations::line(reader, id).await?.map(drop).ok_or_else(|| Problem::not_found("conversation"))
}

/// The view of one conversation: what every change of it answers with.
pub(crate) async fn view(app: &App, id: ConversationId) -> ApiResult<ConversationView> {
    let mut reader = app.reader();
    let state = hypercare_store::load::<Conversation>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let line = conversations::line(&mut reader, id).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let others = conversations::of_contact(&mut reader, state.contact).await?;
    let delivery = outbox::of_conversation(&mut reader, id).await?;
    let suggestions = suggestions(app, &state).await?;
    let fields = super::fields::of(&app.knowledge.current(app).await?.fields, &state);
    let possible_issue = possible_issue(app, &mut reader, &state).await?;
    let verified = match &line.contact_email {
        Some(email) => chat::is_verified(&mut reader, state.contact, email).await?,
        None => false,
    };
    let account = crate::accounts::of_contact(&mut reader, state.contact).await?;
    let (read_in, parts) = super::merge::joined(&mut reader, &state).await?;
    let (split_from, offshoots) = super::split::places(&mut reader, &state).await?;
    let escalation = crate::escalations::latest(&mut reader, id).await?;
    let also_asked = super::parallel::also_asked(app, &mut reader, &state).await?;
    let mut view = ConversationView {
        possible_issue,
        read_in,
        parts,
        split_from,
        offshoots,
        escalation,
        also_asked,
        ..ConversationView::assemble(line, state, suggestions, fields, others, delivery, app.now())
    };
    view.item.contact.verified = Some(verified);
    view.item.contact.account = account;
    Ok(view)
}

/// The open issue that a conversation without one may repeat.
async fn possible_issue(app: &App, reader: &mut Reader, c: &Conversation) -> ApiResult<Option<IssueRef>> {
    let (Some(window), None) = (c.window, c.issue) else { return Ok(None) };
    let Some(known) = app.knowledge.asked.maybe(window, c.id) else { return Ok(None) };
    let issue = hypercare_store::load::<Issue>(reader, known.0).await?.filter(|issue| issue.merged_into.is_none() && issue.state.is_open());
    Ok(issue.map(|issue| IssueRef { id: issue.id, title: issue.title }))
}

/// Suggestions carry the text that may be said now; what was withdrawn since is left out.
async fn suggestions(app: &App, c: &Conversation) -> ApiResult<Vec<SuggestedAnswer>> {
    let catalogue = app.knowledge.current(app).await?;
    let window = c.window.and_then(|id| catalogue.get(id)).or_else(|| catalogue.open().next());
    let Some(window) = window else { return Ok(vec![]) };
    let usable = c.triage.suggestions.iter().filter_map(|s| {
        let live = window.live.get(&s.answer)?;
        Some(SuggestedAnswer {
            answer: s.answer,
            title: live.text.title.clone(),
            confidence: s.confidence,
            nearest: s.nearest.clone(),
            version: live.version,
            text: live.text.as_reply(),
            source: live.text.source.clone(),
        })
    });
    Ok(usable.collect())
}
