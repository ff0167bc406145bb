//! The mail behind a message.

use super::held::exists;
use crate::App;
use crate::files::{SHOWN, download};
use crate::http::auth::{May, perm};
use crate::http::extract::{Params, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hypercare_core::{MailId, MessageId, Refusal, Timestamp};
use hypercare_mail::html::{RemoteImages, Safe, safe};
use hypercare_mail::visible::Fate;
use hypercare_mail::{Authentication, Limits, Mail};
use hypercare_store::queries::mail;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// Cleaning takes at most so long; then the text is shown, and the original can be downloaded.
const LONGEST: Duration = Duration::from_secs(5);
/// Pictures within a mail are put into its page up to so many bytes in all.
const PICTURES: usize = 8 << 20;

/// A mail as it came.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailDetail {
    /// Id.
    id: MailId,
    /// The inbox it came to.
    inbox: String,
    /// Who says to have written it.
    from: String,
    /// Where answers are asked for, if elsewhere.
    reply_to: Option<String>,
    /// To whom, as it says.
    to: Vec<String>,
    /// In copy.
    cc: Vec<String>,
    /// The subject.
    subject: String,
    /// When it was written, by the sender's clock.
    sent_at: Option<Timestamp>,
    /// When it came.
    received_at: Timestamp,
    /// Its whole text in parts; those that are not `own` are folded.
    parts: Vec<MailPart>,
    /// Whether it has HTML; `/messages/{id}/mail/page` shows it.
    has_html: bool,
    /// Pictures from elsewhere that were left out, because loading them tells the sender that the mail was read.
    blocked_images: usize,
    /// What the mail server before us found of DKIM, SPF and DMARC.
    authentication: Vec<AuthenticationView>,
    /// What is odd about it, in words.
    remarks: Vec<String>,
    /// Bytes.
    size: i64,
}

/// A run of lines.
#[derive(Debug, Serialize, ToSchema)]
struct MailPart {
    /// own, quoted or signature.
    fate: &'static str,
    /// The lines.
    text: String,
}

/// What one method found.
#[derive(Debug, Serialize, ToSchema)]
struct AuthenticationView {
    /// dkim, spf, dmarc.
    method: String,
    /// pass, fail, softfail, none …
    result: String,
    /// The domain or address that it is about.
    about: String,
}

/// What is needed to show a mail.
struct Opened {
    row: mail::Mail,
    read: Mail,
    authentication: Vec<Authentication>,
    pictures: HashMap<String, String>,
}

async fn opened(app: &App, id: MessageId) -> ApiResult<Opened> {
    let gone = || Problem::from(Refusal::not_found("mail of this message"));
    let mut reader = app.reader();
    let row = mail::of_message(&mut reader, id).await?.ok_or_else(gone)?;
    let bytes = mail::source(&mut reader, row.id).await?.ok_or_else(gone)?;
    let authserv = app.config.mail_in.authserv.clone();
    let limits = Limits { bytes: app.config.mail_in.largest, ..Limits::default() };
    let work = tokio::task::spawn_blocking(move || {
        let read = hypercare_mail::read(&bytes, &limits).ok()?;
        let authentication = authserv.map(|by| hypercare_mail::authentication(&bytes, &by)).unwrap_or_default();
        let pictures = pictures(&bytes, &read);
        Some((read, authentication, pictures))
    });
    let (read, authentication, pictures) =
        work.await.ok().flatten().ok_or_else(|| Problem::conflict("This mail cannot be read. Download the original."))?;
    Ok(Opened { row, read, authentication, pictures })
}

/// How it is shown.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MailParams {
    /// Load pictures from elsewhere: the sender learns that it was read.
    #[serde(default)]
    images: bool,
}

/// The mail that a message came with, or the report about a message of ours: its headers and its whole text in parts.
#[utoipa::path(get, path = "/messages/{id}/mail", operation_id = "get_message_mail", tag = "mail", params(("id" = MessageId, Path)), responses((status = 200, body = MailDetail)))]
pub async fn mail(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<MessageId>) -> ApiResult<Json<MailDetail>> {
    let Opened { row, read, authentication, pictures } = opened(&app, id).await?;
    let mut remarks: Vec<String> = read.defects.iter().chain(&read.evidence).cloned().collect();
    let has_html = read.html.is_some();
    let blocked_images = match cleaned(read.html.as_deref(), false, pictures).await {
        Some(safe) => safe.blocked_images,
        None if has_html => {
            remarks.push(NOT_IN_TIME.into());
            0
        }
        None => 0,
    };
    let with_name = super::keep::writer;
    Ok(Json(MailDetail {
        id: MailId(row.id),
        inbox: row.inbox,
        from: read.from.as_ref().map(with_name).unwrap_or_default(),
        reply_to: read.reply_to.as_ref().filter(|to| read.from.as_ref().is_none_or(|from| from.address != to.address)).map(with_name),
        to: read.to.iter().map(with_name).collect(),
        cc: read.cc.iter().map(with_name).collect(),
        subject: read.subject,
        sent_at: read.date.map(Timestamp::from_jiff),
        received_at: Timestamp(row.received_at),
        parts: read.parts.into_iter().map(|part| MailPart { fate: fate(part.fate), text: part.text }).collect(),
        has_html,
        blocked_images,
        authentication: authentication
            .into_iter()
            .map(|Authentication { method, result, about }| AuthenticationView { method, result, about })
            .collect(),
        remarks,
        size: row.size,
    }))
}

/// The HTML of a mail as a page of its own, without anything active: no scripts, no forms, pictures from elsewhere only if asked for.
#[utoipa::path(get, path = "/messages/{id}/mail/page", operation_id = "get_message_mail_page", tag = "mail", params(("id" = MessageId, Path), MailParams),
    responses((status = 200, content_type = "text/html", body = String)))]
pub async fn page(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<MessageId>, Params(p): Params<MailParams>) -> ApiResult<Response> {
    let Opened { read, pictures, .. } = opened(&app, id).await?;
    let Some(html) = read.html.as_deref() else { return Err(Problem::from(Refusal::not_found("HTML of this mail"))) };
    let body = cleaned(Some(html), p.images, pictures).await.map_or_else(|| format!("<p>{NOT_IN_TIME}</p>"), |safe| safe.html);
    let images = if p.images { "data: https: http:" } else { "data:" };
    // The frame around it runs nothing either; this says so even where it is opened by itself.
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
    );
    let page = format!("{PAGE}{body}");
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store"), (header::REFERRER_POLICY, "no-referrer")];
    let mut response = (headers, page).into_response();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// Mails are written for white paper, whatever colours the console has.
const PAGE: &str = "<!doctype html><meta charset=\"utf-8\"><base target=\"_blank\"><meta name=\"color-scheme\" content=\"light\">\
    <style>body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#1c1c1e;background:#fff;overflow-wrap:anywhere}img{max-width:100%;height:auto}</style>";
const NOT_IN_TIME: &str = "Its HTML could not be made safe in time. The text is shown; the original can be downloaded.";

const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Own => "own",
        Fate::Quoted => "quoted",
        Fate::Signature => "signature",
    }
}

/// The HTML made safe, if that is done in time.
async fn cleaned(html: Option<&str>, images: bool, pictures: HashMap<String, String>) -> Option<Safe> {
    let html = html?.to_owned();
    let images = if images { RemoteImages::Shown } else { RemoteImages::Blocked };
    let work = tokio::task::spawn_blocking(move || safe(&html, images, move |id| pictures.get(id).cloned()));
    tokio::time::timeout(LONGEST, work).await.ok()?.ok()
}

/// Pictures that the HTML names, as addresses that hold them: the frame that shows the mail may not ask this server for anything.
fn pictures(bytes: &[u8], read: &Mail) -> HashMap<String, String> {
    let mut left = PICTURES;
    let mut found = HashMap::new();
    for one in &read.attachments {
        let (Some(id), Some(kind)) = (&one.content_id, one.sniffed.filter(|kind| SHOWN.contains(kind))) else { continue };
        if one.size > left {
            continue;
        }
        let Some(content) = hypercare_mail::attachment_content(bytes, one.part) else { continue };
        left = left.saturating_sub(content.len());
        found.insert(id.clone(), format!("data:{kind};base64,{}", STANDARD.encode(content)));
    }
    found
}

/// The mail as it came over the wire, as a file.
#[utoipa::path(get, path = "/mails/{id}/source", operation_id = "get_mail_source", tag = "mail", params(("id" = MailId, Path)),
    responses((status = 200, content_type = "message/rfc822", body = Vec<u8>)))]
pub async fn source(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<MailId>) -> ApiResult<Response> {
    exists(&app, id).await?;
    let bytes = mail::source(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::from(Refusal::not_found("content of this mail")))?;
    Ok(download(bytes, "message/rfc822", &format!("mail-{id}.eml"), false))
}
