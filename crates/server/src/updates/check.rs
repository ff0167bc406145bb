//! `POST /updates/check`: what should be looked at, and how every place will show it.

use super::marks::{self, UpdateMark, UpdateMarkKind};
use super::places;
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use crate::windows::{self, owner, rights};
use axum::Json;
use axum::extract::State;
use hypercare_core::update::{Content, Update, may_approve, render};
use hypercare_core::{EntryId, Timestamp, UpdateId, WindowId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is being written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateToCheck {
    /// Of this window.
    window: WindowId,
    /// Of this matter; none for a new one.
    #[serde(default)]
    update: Option<UpdateId>,
    /// The entry that it corrects.
    #[serde(default)]
    corrects: Option<EntryId>,
    /// What it says.
    content: Content,
}

/// What was found, and how it will look.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdateChecked {
    /// Places to look at. Only `missing` stands in the way.
    marks: Vec<UpdateMark>,
    /// Nothing is missing.
    complete: bool,
    /// When it would leave banners and chats, if it were published now.
    leaves_at: Timestamp,
    /// Whom the plan lets approve it now. Leads may always.
    may_approve: Vec<String>,
    /// Whether you may.
    you_may_approve: bool,
    /// How it will look.
    preview: UpdatePreview,
}

/// One text, as each place shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UpdatePreview {
    /// The line below the title.
    lead: String,
    /// The banner: the title and what is happening.
    banner: String,
    /// The chat, and everywhere plain text goes.
    text: String,
    /// The status page and the feeds.
    html: String,
    /// The mail's subject.
    mail_subject: String,
    /// The mail, without the line on how to get no more.
    mail_text: String,
    /// Slack.
    slack: String,
}

/// Check what is being written
#[utoipa::path(post, path = "/updates/check", operation_id = "check_update", tag = "updates", request_body = UpdateToCheck,
    responses((status = 200, body = UpdateChecked), (status = "4XX", body = Problem)))]
pub(super) async fn check_update(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(b): Body<UpdateToCheck>,
) -> ApiResult<Json<UpdateChecked>> {
    let (mut reader, now) = (app.reader(), app.now());
    let window = windows::load(&mut reader, b.window).await?;
    let matter = match b.update {
        Some(id) => Some(hypercare_store::load::<Update>(&mut reader, id.0).await?.ok_or_else(|| Problem::not_found("update"))?),
        None => None,
    };
    let marks = marks::of(&b.content, &window.plan, now);
    let number = matter.as_ref().map_or(1, |m| u32::try_from(m.entries.len()).unwrap_or(u32::MAX).saturating_add(1));
    let content = b.content.clone().tidy().unwrap_or(b.content);
    let rendered = render::draft(&content, number, matter.as_ref().and_then(|m| m.number_of(b.corrects)));
    let url = places::page_url(&app, &window.key);
    let on_duty = owner::email_at(&mut reader, &window, now).await?;
    let approvers = may_approve(&window.plan, &content.topics, on_duty.as_deref());
    let names = owner::names(&mut reader).await?;
    Ok(Json(UpdateChecked {
        complete: marks.iter().all(|mark| mark.kind != UpdateMarkKind::Missing),
        marks,
        leaves_at: content.leaves_at(now),
        you_may_approve: rights::allow(&approvers, &caller),
        may_approve: rights::names(&approvers, &names),
        preview: UpdatePreview {
            banner: places::banner(&rendered),
            text: rendered.plain(),
            html: rendered.html(4),
            mail_subject: rendered.title.clone(),
            mail_text: places::mail(&rendered, &url),
            slack: places::slack(&rendered, &url),
            lead: rendered.lead,
        },
    }))
}
