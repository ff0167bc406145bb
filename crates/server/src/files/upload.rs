//! Uploading a file for the next reply.

use super::keep;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Params, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::FileId;
use hypercare_store::StoreError;
use hypercare_store::queries::files::{self, File};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Something attached to a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileView {
    /// Id.
    pub id: FileId,
    /// Its name, safe as a file's.
    pub name: String,
    /// What its bytes say it is.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// It is shown within the text of a mail.
    pub inline: bool,
}

impl From<File> for FileView {
    fn from(f: File) -> Self {
        Self { id: FileId(f.id), name: f.name, content_type: f.content_type, size: f.size, inline: f.inline }
    }
}

/// What it is called.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadParams {
    /// The file's name.
    pub name: String,
}

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::max(keep::LARGEST))
}

/// Upload a file for the next reply: the body is its content. It is yours until it is sent with a message, and forgotten after a
/// day.
#[utoipa::path(post, path = "/files", operation_id = "upload_file", tag = "files", params(UploadParams), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = FileView), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub async fn upload(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    Params(p): Params<UploadParams>,
    body: Body,
) -> ApiResult<(StatusCode, Json<FileView>)> {
    let kept = keep::keep(&app, &me.key, &p.name, app.arriving.take(body).await?).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Take an uploaded file away that was not sent.
#[utoipa::path(delete, path = "/files/{id}", operation_id = "remove_file", tag = "files", params(("id" = FileId, Path)),
    responses((status = 204, description = "It is gone.")))]
pub async fn remove(me: May<perm::ConversationsWrite>, State(app): State<App>, PathId(id): PathId<FileId>) -> ApiResult<StatusCode> {
    let owner = me.key.clone();
    let gone = app.store.write(move |tx| async move { files::remove(tx, id.0, &owner).await }.boxed()).await;
    match gone.map_err(|error: StoreError| Problem::from(error))? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found("file of yours that was not sent")),
    }
}
