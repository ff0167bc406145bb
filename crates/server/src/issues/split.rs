//! Two questions in one issue: the product shows the two groups that it sees, a person says which conversations become an issue of
//! their own.

use super::reach;
use super::view::IssueView;
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::intake::wording_of;
use crate::knowledge::Catalogue;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::issue::{Issue, IssueCommand};
use hypercare_core::{ContactId, ConversationId, IssueId, Refusal, Stamp, Timestamp};
use hypercare_language::repeats::{Repeats, Said};
use hypercare_store::queries::repeats;
use hypercare_store::{StoreError, Tx, WriteError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// Conversations that are looked at for a suggestion, and that one request can move.
const LOOKED_AT: i64 = 200;
const MOVED: usize = 500;
/// Wordings that an issue begins with.
const WORDINGS: usize = 50;

/// How an issue could be split.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IssueParts)]
pub struct Parts {
    /// The groups that are seen, the greater first; one where all say the same, none where nothing can be compared.
    parts: Vec<IssuePart>,
    /// Conversations that were looked at: the newest, at most 200.
    looked_at: usize,
}

/// One group.
#[derive(Debug, Serialize, ToSchema)]
pub struct IssuePart {
    /// A name: the question that is most typical.
    title: String,
    /// Wordings, at most five, the most typical first.
    wordings: Vec<String>,
    /// Its conversations with what stands for each, the newest first.
    conversations: Vec<PartMember>,
}

/// A conversation in a group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PartMember {
    /// Which.
    id: ConversationId,
    /// What its customer wrote.
    wording: String,
}

/// Which conversations become an issue of their own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// The name of the new issue.
    title: String,
    /// The conversations, at most 500; all are linked to the issue, and some stay.
    conversations: Vec<ConversationId>,
}

/// The two issues after a split.
#[derive(Debug, Serialize, ToSchema)]
pub struct SplitIssues {
    /// The one that was split.
    issue: IssueView,
    /// The new one.
    new: IssueView,
}

/// See how an issue could be split in two
#[utoipa::path(get, path = "/issues/{id}/parts", tag = "issues", params(("id" = IssueId, Path)),
    responses((status = 200, body = Parts), (status = "4XX", body = Problem)))]
pub(super) async fn issue_parts(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<IssueId>) -> ApiResult<Json<Parts>> {
    let mut reader = app.reader();
    super::load(&mut reader, id).await?;
    let mut members = vec![];
    for one in repeats::linked(&mut reader, id, LOOKED_AT).await? {
        if let Some(wording) = wording_of(&mut reader, ConversationId(one.id)).await? {
            members.push(PartMember { id: ConversationId(one.id), wording });
        }
    }
    let encoder = app.config.language.encoder().cloned();
    let parted = tokio::task::spawn_blocking(move || {
        let of = |m: &PartMember| (m.id, m.wording.clone());
        let texts: Vec<(ConversationId, String)> = members.iter().map(of).collect();
        let said: Vec<Said<'_>> =
            texts.iter().map(|(conversation, text)| Said { conversation: *conversation, contact: ContactId(0), at: Timestamp(0), text }).collect();
        Repeats::new(encoder).parts(&said).map(|parts| (parts, members))
    });
    let (parts, members) = parted.await.map_err(|_| StoreError::Panicked)?.map_err(|why| {
        tracing::warn!("an issue was not looked at for a split: {why}");
        Problem::internal()
    })?;
    let looked_at = members.len();
    let parts = parts.into_iter().map(|part| IssuePart {
        conversations: part.conversations.iter().filter_map(|id| members.iter().find(|m| m.id == *id).cloned()).collect(),
        title: part.title,
        wordings: part.wordings,
    });
    Ok(Json(Parts { parts: parts.collect(), looked_at }))
}

async fn part(tx: &mut Tx, catalogue: &Catalogue, id: IssueId, wanted: Split, stamp: &Stamp) -> Result<(Issue, Issue), WriteError> {
    let old = super::current(tx, id).await?;
    let chosen: BTreeSet<ConversationId> = wanted.conversations.iter().copied().collect();
    let (mut moving, mut wordings) = (vec![], vec![]);
    for conversation in &chosen {
        let change = tx.change::<Conversation>(*conversation).await?;
        if change.state().and_then(|c| c.issue) != Some(id) {
            let n = wanted.conversations.iter().position(|c| c == conversation).unwrap_or_default();
            return Err(
                Refusal::field(format!("conversations[{n}]"), format!("Conversation {conversation} is not linked to “{}”.", old.title)).into()
            );
        }
        let wording = wording_of(tx, *conversation).await?;
        wordings.extend(wording.filter(|w| !wordings.contains(w)));
        moving.push(change);
    }
    if hypercare_store::queries::issues::linked_count(tx, id).await? <= chosen.len() as i64 {
        return Err(Refusal::field("conversations", "Some conversations have to stay: to give all of them another name, rename the issue.").into());
    }
    // The newest say best what is asked now.
    let wordings: Vec<String> = wordings.into_iter().rev().take(WORDINGS).collect();
    let stay: Vec<String> = old.wordings.iter().filter(|w| !wordings.contains(w)).cloned().collect();
    let new: IssueId = tx.new_id(stamp.at);
    let open = IssueCommand::Open {
        id: new,
        window: old.window,
        title: wanted.title,
        state: old.state,
        severity: old.severity,
        scenario: None,
        answer: None,
        wordings: wordings.clone(),
        refused: stay,
    };
    let new = tx.execute::<Issue>(new, open, stamp, &()).await?;
    let conversations = u32::try_from(moving.len()).unwrap_or(u32::MAX);
    let split = IssueCommand::Split { into: new.id, title: new.title.clone(), wordings, conversations };
    let old = tx.execute::<Issue>(id, split, stamp, &()).await?;
    for mut change in moving {
        let env = catalogue.env(change.existing()?.window);
        change.run(Command::Link { issue: Some(new.id), title: new.title.clone() }, stamp, &env)?;
        tx.save(change).await?;
    }
    Ok((old, new))
}

/// Split an issue: some of its conversations become an issue of their own, and later messages go where they are nearer
#[utoipa::path(post, path = "/issues/{id}/split", tag = "issues", params(("id" = IssueId, Path)), request_body = Split,
    responses((status = 201, body = SplitIssues), (status = "4XX", body = Problem)))]
pub(super) async fn split_issue(
    caller: May<perm::IssuesWrite>,
    State(app): State<App>,
    PathId(id): PathId<IssueId>,
    Body(wanted): Body<Split>,
) -> ApiResult<(StatusCode, Json<SplitIssues>)> {
    match wanted.conversations.len() {
        0 => return Err(Problem::unprocessable("conversations", "Choose the conversations that become an issue of their own.")),
        n if n > MOVED => {
            return Err(Problem::unprocessable("conversations", format!("One request can move at most {MOVED} conversations; these are {n}.")));
        }
        _ => {}
    }
    let stamp = caller.stamp(&app);
    let catalogue: Arc<Catalogue> = app.knowledge.current(&app).await?;
    let (old, new) = app.store.write(move |tx| async move { part(tx, &catalogue, id, wanted, &stamp).await }.boxed()).await?;
    super::decided(&app).await;
    let view = SplitIssues { issue: reach::one(&app, old).await?, new: reach::one(&app, new).await? };
    Ok((StatusCode::CREATED, Json(view)))
}
