//! Uploading pictures for articles. What is in a picture gives it its name: the same one twice is kept once.

use super::markdown::IMAGES;
use crate::App;
use crate::files::SHOWN;
use crate::http::{ApiResult, May, Problem, perm};
use axum::Json;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::Refusal;
use hypercare_store::WriteError;
use hypercare_store::queries::articles;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Largest picture, in bytes: readers load it on a telephone.
const LARGEST: usize = 5 << 20;
/// Pictures of one installation, and their bytes together.
const MOST: i64 = 5_000;
const MOST_BYTES: i64 = 2 << 30;

/// A picture that was uploaded.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleImage {
    /// Its name.
    name: String,
    /// What an article's text names it by.
    path: String,
}

pub(super) fn uploads() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload_article_image)).layer(DefaultBodyLimit::max(LARGEST))
}

/// Upload a picture for articles: the body is its content, PNG, JPEG, GIF or WebP of at most 5 MB.
///
/// Only the team sees it until a published public article shows it.
#[utoipa::path(post, path = "/articles/images", operation_id = "upload_article_image", tag = "articles", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = ArticleImage), (status = "4XX", body = Problem)))]
pub(super) async fn upload_article_image(
    _: May<perm::AnswersDraft>,
    State(app): State<App>,
    body: Body,
) -> ApiResult<(StatusCode, Json<ArticleImage>)> {
    let bytes = app.arriving.take(body).await?.bytes;
    if bytes.len() > LARGEST {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("A picture can have at most {} MB. Make it smaller.", LARGEST >> 20)));
    }
    // What a file is, is said by its bytes and never by its sender.
    let kind = hypercare_mail::sniffed(&bytes).filter(|kind| SHOWN.contains(kind));
    let kind = kind.ok_or_else(|| Problem::unprocessable("body", "This is no picture that browsers show safely: use PNG, JPEG, GIF or WebP."))?;
    let hash: String = Sha256::digest(&bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let ending = kind.trim_start_matches("image/").replace("jpeg", "jpg");
    let (name, now) = (format!("{hash}.{ending}"), app.now());
    let kept = name.clone();
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let (number, size) = articles::images(tx).await?;
                if number >= MOST || size + i64::try_from(bytes.len()).unwrap_or(i64::MAX) > MOST_BYTES {
                    return Err(Refusal::conflict(format!(
                        "The help centre has {number} pictures of {} MB together, and holds no more.",
                        size >> 20
                    ))
                    .into());
                }
                Ok(articles::keep_image(tx, &kept, kind, bytes, now).await?)
            }
            .boxed()
        })
        .await;
    done?;
    Ok((StatusCode::CREATED, Json(ArticleImage { path: format!("{IMAGES}{name}"), name })))
}
