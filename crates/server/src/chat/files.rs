//! Files in the chat: the visitor's own, and those that the team sends.

use super::visitor::Visitor;
use crate::App;
use crate::files::{self, LARGEST, MOST, UploadParams, VISITOR};
use crate::http::extract::{Params, PathId};
use crate::http::problem::{ApiResult, Problem};
use crate::http::{Allowance, client};
use crate::signs::Signs;
use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::FutureExt;
use hypercare_core::{FileId, Span, Timestamp};
use hypercare_store::StoreError;
use hypercare_store::queries::files::{self as stored, File};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Files of one visitor.
const UPLOADS: Allowance = Allowance { burst: 30, per: Span::mins(10) };
/// Files of all visitors behind one address.
const UPLOADS_TOGETHER: Allowance = Allowance { burst: 300, per: Span::mins(10) };
/// Files that are read from one address.
const READS: Allowance = Allowance::a_minute(600);
/// A link is good for one to two of these: the same within one, so that a picture that was loaded is not loaded again.
const GOOD_FOR: Span = Span::hours(1);

/// Something attached to a message of the chat.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatFile {
    /// Id.
    pub id: FileId,
    /// Its name, safe as a file's.
    pub name: String,
    /// What its bytes say it is.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Where it is beneath `/api/v1/public/`, for one to two hours; read the conversation again for a new one.
    pub url: String,
}

impl ChatFile {
    pub(super) fn new(file: File, signs: &Signs, now: Timestamp) -> Self {
        let until = Timestamp((now.0.div_euclid(GOOD_FOR.0) + 2) * GOOD_FOR.0);
        let id = FileId(file.id);
        let url = format!("files/{id}?until={}&sign={}", until.0, signs.link(id, until));
        Self { id, name: file.name, content_type: file.content_type, size: file.size, url }
    }
}

/// Whose files they are.
pub(super) fn owner(visitor: &Visitor) -> String {
    format!("{VISITOR}{}", visitor.key)
}

/// What stands for the text where there is none: the names, which need no language.
///
/// # Errors
/// When the store fails.
pub(super) async fn named(app: &App, owner: &str, wanted: &[FileId]) -> ApiResult<String> {
    let mut names = Vec::new();
    for id in wanted.iter().take(MOST) {
        let known = stored::one(&mut app.reader(), id.0).await?.filter(|file| file.owner.as_deref() == Some(owner));
        names.extend(known.map(|file| file.name));
    }
    Ok(format!("[{}]", names.join(", ")))
}

pub(super) fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload)).layer(DefaultBodyLimit::max(LARGEST))
}

/// Upload a file for the next message: the body is its content, at most 25 MB. It is the visitor's until it is sent with a message, and
/// forgotten after a day.
#[utoipa::path(post, path = "/public/chat/files", operation_id = "upload_chat_file", tag = "chat", params(("X-Visitor" = String, Header), UploadParams),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = ChatFile), (status = 401, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem), (status = 429, body = Problem)), security(()))]
pub(super) async fn upload(
    visitor: Visitor,
    State(app): State<App>,
    Params(p): Params<UploadParams>,
    request: Request,
) -> ApiResult<(StatusCode, Json<ChatFile>)> {
    let now = app.now();
    let address = client::address(request.extensions(), request.headers());
    app.limits.take(format!("files:{address}"), UPLOADS_TOGETHER, now)?;
    app.limits.take(format!("files:{}", visitor.key), UPLOADS, now)?;
    let kept = files::keep(&app, &owner(&visitor), &p.name, app.arriving.take(request.into_body()).await?).await?;
    Ok((StatusCode::CREATED, Json(ChatFile::new(kept, &app.signs, now))))
}

/// Take an uploaded file away that was not sent.
#[utoipa::path(delete, path = "/public/chat/files/{id}", operation_id = "remove_chat_file", tag = "chat", params(("X-Visitor" = String, Header), ("id" = FileId, Path)),
    responses((status = 204, description = "It is gone."), (status = 401, body = Problem)), security(()))]
pub(super) async fn remove(visitor: Visitor, State(app): State<App>, PathId(id): PathId<FileId>) -> ApiResult<StatusCode> {
    let owner = owner(&visitor);
    let gone = app.store.write(move |tx| async move { stored::remove(tx, id.0, &owner).await }.boxed()).await;
    match gone.map_err(|error: StoreError| Problem::from(error))? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found("file of yours that was not sent")),
    }
}

/// What makes a link good.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LinkParams {
    /// Until when, in microseconds since 1970.
    until: i64,
    /// That this server made the link.
    sign: String,
}

/// A file of a chat, by a link that the conversation gave: as a download, and pictures that run nothing also within a page.
#[utoipa::path(get, path = "/public/files/{id}", operation_id = "get_chat_file", tag = "chat", params(("id" = FileId, Path), LinkParams),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), (status = 410, body = Problem)), security(()))]
pub(super) async fn file(State(app): State<App>, PathId(id): PathId<FileId>, Params(p): Params<LinkParams>, request: Request) -> ApiResult<Response> {
    let (now, until) = (app.now(), Timestamp(p.until));
    let address = client::address(request.extensions(), request.headers());
    app.limits.take(format!("file:{address}"), READS, now)?;
    if !app.signs.is_link(id, until, &p.sign) {
        return Err(Problem::not_found("file at this address"));
    }
    if until < now {
        return Err(Problem::new(StatusCode::GONE, "This link has expired: open the chat again and take it from there."));
    }
    let mut reader = app.reader();
    let gone = || Problem::not_found("file: it was erased");
    let row = stored::one(&mut reader, id.0).await?.ok_or_else(gone)?;
    let bytes = files::content(&mut reader, &row).await?.ok_or_else(gone)?;
    Ok(files::within(bytes, &row))
}
