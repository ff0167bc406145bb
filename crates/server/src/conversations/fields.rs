//! The fields that plans name, as an agent sees and corrects them.

use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::ConversationId;
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::fields;
use hypercare_core::plan::PlannedField;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A field of a conversation, with its value if it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldView {
    /// Its key.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// The values it can have; empty where it is free text of up to 100 characters.
    pub choices: Vec<String>,
    /// Its value.
    pub value: Option<String>,
    /// Whether a plan names it now; otherwise its value can only be taken away.
    pub planned: bool,
}

/// The fields that hold, in the order of the plan, and after them what the conversation still has of others.
pub(super) fn of(known: &[PlannedField], c: &Conversation) -> Vec<FieldView> {
    let planned = known.iter().map(|f| FieldView {
        key: f.key.clone(),
        name: f.name.clone(),
        choices: f.choices().to_vec(),
        value: c.fields.get(&f.key).cloned(),
        planned: true,
    });
    let gone = c.fields.iter().filter(|(key, _)| !known.iter().any(|f| f.key == **key)).map(|(key, value)| FieldView {
        key: key.clone(),
        name: key.clone(),
        choices: vec![],
        value: Some(value.clone()),
        planned: false,
    });
    planned.chain(gone).collect()
}

/// Which fields.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldsBody {
    /// Values by the field's key; null takes a value away. What is not named stays.
    #[schema(value_type = BTreeMap<String, Option<String>>)]
    fields: BTreeMap<String, serde_json::Value>,
}

/// Set fields of a conversation. All of them or, where one is wrong, none.
#[utoipa::path(patch, path = "/conversations/{id}/fields", operation_id = "set_conversation_fields", tag = "conversations", params(("id" = ConversationId, Path)), request_body = FieldsBody,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn set(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<FieldsBody>,
) -> ApiResult<Json<ConversationView>> {
    let state = hypercare_store::load::<Conversation>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
    let catalogue = app.knowledge.current(&app).await?;
    let changes = fields::checked(&catalogue.fields, &body.fields, |key| state.fields.contains_key(key))?;
    super::act::run(&app, me.stamp(&app), id, move |_| Command::SetFields { changes }).await?;
    view(&app, id).await.map(Json)
}
