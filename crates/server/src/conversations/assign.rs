//! Who has a conversation: given by somebody, or taken; of two who take it at once one gets it.

use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId, given};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::{ConversationId, Refusal, UserId};
use hypercare_store::queries::people;
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Whom to give it to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignBody {
    /// The person; null for nobody.
    to: Option<UserId>,
    /// Who has it as you see it; null for nobody. Where somebody else has it meanwhile, it stays with them. Left out, it is not asked.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<UserId>, required = false)]
    from: Option<Option<UserId>>,
}

/// Give a conversation to someone, or to nobody.
///
/// Refused with `field: "from"` when somebody else has it by now than you thought.
#[utoipa::path(post, path = "/conversations/{id}/assign", operation_id = "assign_conversation", tag = "conversations", params(("id" = ConversationId, Path)), request_body = AssignBody,
    responses((status = 200, body = ConversationView), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn assign(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<AssignBody>,
) -> ApiResult<Json<ConversationView>> {
    let name = match body.to {
        Some(user) => {
            let person = people::by_id(&mut app.reader(), user).await?.filter(|p| !p.disabled);
            person.ok_or_else(|| Problem::unprocessable("to", "There is no such person who can sign in."))?.name
        }
        None => String::new(),
    };
    let (stamp, catalogue) = (me.stamp(&app), app.knowledge.current(&app).await?);
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                let (window, has) = change.existing().map(|c| (c.window, c.assignee))?;
                // In the writer's turn, so that nobody comes in between. Whoever has it already may take it again.
                if body.from.is_some_and(|from| from != has) && has != body.to {
                    return Err(moved(tx, has).await?.into());
                }
                change.run(Command::Assign { to: body.to, name }, &stamp, &catalogue.env(window))?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await?;
    app.wake.notify_one();
    view(&app, id).await.map(Json)
}

async fn moved(tx: &mut Tx, has: Option<UserId>) -> Result<Refusal, WriteError> {
    let detail = match has {
        Some(user) => match people::by_id(tx, user).await? {
            Some(person) => format!("{} has it by now. Ask them, or assign it anew.", person.name),
            None => "Somebody else has it by now. Look again, then assign it anew.".to_owned(),
        },
        None => "Nobody has it any more. Look again, then assign it anew.".to_owned(),
    };
    Ok(Refusal { field: Some("from".into()), ..Refusal::conflict(detail) })
}
