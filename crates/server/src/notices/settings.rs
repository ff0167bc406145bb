//! What somebody wants to be told of.

use crate::App;
use crate::http::auth::{May, Signed, perm};
use crate::http::extract::Body;
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::notice::Kind;
use hypercare_store::WriteError;
use hypercare_store::queries::notices::{self as stored, Choice};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What you want to be told of.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeSettings {
    /// What you are not told of; everything else you are. What comes while a kind is off is not kept for you.
    off: Vec<Kind>,
    /// A notice on your desktop may show what the customer or a colleague wrote. Without it, it only says that there is something.
    #[serde(default)]
    desktop_words: bool,
}

impl From<Choice> for NoticeSettings {
    fn from(choice: Choice) -> Self {
        Self { off: choice.off, desktop_words: choice.desktop_words }
    }
}

/// Read what you want to be told of
#[utoipa::path(get, path = "/notices/settings", operation_id = "notice_settings", tag = "notices", responses((status = 200, body = NoticeSettings)))]
pub(super) async fn notice_settings(me: May<perm::Read>, State(app): State<App>) -> ApiResult<Json<NoticeSettings>> {
    let choice = match me.user_id() {
        Some(user) => stored::choice(&mut app.reader(), user).await?,
        None => Choice::default(),
    };
    Ok(Json(choice.into()))
}

/// Choose what you want to be told of
#[utoipa::path(put, path = "/notices/settings", operation_id = "change_notice_settings", tag = "notices", request_body = NoticeSettings,
    responses((status = 200, body = NoticeSettings), (status = 422, body = Problem)))]
pub(super) async fn change_notice_settings(
    Signed(me): Signed,
    State(app): State<App>,
    Body(body): Body<NoticeSettings>,
) -> ApiResult<Json<NoticeSettings>> {
    let user = me.require_user()?;
    let off = Kind::ALL.into_iter().filter(|kind| body.off.contains(kind)).collect();
    let choice = Choice { off, desktop_words: body.desktop_words };
    let kept = choice.clone();
    app.store.write(move |tx| async move { stored::choose(tx, user, &kept).await.map_err(WriteError::from) }.boxed()).await?;
    Ok(Json(choice.into()))
}
