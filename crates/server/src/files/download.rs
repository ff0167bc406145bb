//! Giving a file away.

use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::PathId;
use crate::http::problem::{ApiResult, Problem};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use hypercare_core::FileId;
use hypercare_store::queries::files::{self, File};
use hypercare_store::queries::mail;
use hypercare_store::{Reader, StoreError};

/// What is shown within a page at all: pictures that run nothing.
pub const SHOWN: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// A file that is attached to a message: as a download, and pictures that run nothing also within a page.
#[utoipa::path(get, path = "/files/{id}", operation_id = "get_file", tag = "files", params(("id" = FileId, Path)),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
pub async fn file(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<FileId>) -> ApiResult<Response> {
    let mut reader = app.reader();
    let gone = || Problem::not_found("file");
    let row = files::one(&mut reader, id.0).await?.filter(|file| file.message_id.is_some()).ok_or_else(gone)?;
    let bytes = content(&mut reader, &row).await?.ok_or_else(gone)?;
    Ok(within(bytes, &row))
}

/// What is in a file; none if it was erased.
///
/// # Errors
/// When the store fails.
pub async fn content(reader: &mut Reader, file: &File) -> Result<Option<Vec<u8>>, StoreError> {
    match (file.mail_id, file.part.and_then(|part| usize::try_from(part).ok())) {
        (Some(mail_id), Some(part)) => {
            let Some(source) = mail::source(reader, mail_id).await? else { return Ok(None) };
            let work = tokio::task::spawn_blocking(move || hypercare_mail::attachment_content(&source, part));
            Ok(work.await.ok().flatten())
        }
        _ => files::content(reader, file.id).await,
    }
}

/// A file of a message: as a download, and pictures that run nothing also within a page.
pub fn within(bytes: Vec<u8>, file: &File) -> Response {
    download(bytes, &file.content_type, &file.name, SHOWN.contains(&file.content_type.as_str()))
}

/// With headers by which nothing in it runs: the type that its bytes show, never guessed by the browser, no page of this server.
pub fn download(bytes: Vec<u8>, content_type: &str, name: &str, within: bool) -> Response {
    let mut response = Body::from(bytes).into_response();
    let ascii: String = name.chars().map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' }).collect();
    let full: String = form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20");
    let how = if within { "inline" } else { "attachment" };
    let disposition = format!("{how}; filename=\"{ascii}\"; filename*=UTF-8''{full}");
    let headers = response.headers_mut();
    for (key, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, max-age=3600"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(key, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_stay_within_their_header() {
        #[track_caller]
        fn check(name: &str, expected: &str) {
            let response = download(vec![1], "image/png", name, false);
            let found = response.headers().get(header::CONTENT_DISPOSITION).and_then(|v| v.to_str().ok());
            assert_eq!(found, Some(expected), "{name}");
        }
        check("invoice 7.pdf", "attachment; filename=\"invoice 7.pdf\"; filename*=UTF-8''invoice%207.pdf");
        check("Größe\"; x=\".png", "attachment; filename=\"Gr__e_; x=_.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%22%3B%20x%3D%22.png");
        check("a\r\nSet-Cookie: b", "attachment; filename=\"a__Set-Cookie: b\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b");
    }
}
