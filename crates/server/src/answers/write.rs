//! `POST /answers` and `PUT /answers/{id}`: drafts. What is live stays live until a new version is approved.

use super::view::{AnswerDetail, detail};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use crate::windows;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::answer::{Answer, AnswerCommand, AnswerText};
use hypercare_core::{AnswerId, ConversationId, Refusal, Stamp, WindowId};
use hypercare_store::queries::answers;
use hypercare_store::{StoreError, Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Longest key made from a title.
const KEY_LENGTH: usize = 40;
/// Answers in one window.
const ANSWERS_LIMIT: usize = 1_000;

/// A new answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAnswer {
    /// For this window.
    window: WindowId,
    /// Its text; parts may be missing until it is approved.
    text: AnswerText,
    /// The group of unanswered messages that it is written for, by one of its conversations: once this is approved, they count as
    /// answered.
    #[serde(default)]
    unanswered: Option<ConversationId>,
    /// What a suggested wording says that its source does not, word for word. Whoever approves says that they have seen it.
    #[serde(default)]
    unsupported: Vec<String>,
}

/// What belongs to a draft beside its text.
#[derive(Debug, Default)]
pub struct Written {
    /// Conversations that it is written for.
    pub covers: Vec<ConversationId>,
    /// What its source does not say.
    pub unsupported: Vec<String>,
}

impl Written {
    /// Finds the group that a request names.
    async fn read(app: &App, window: Option<WindowId>, unanswered: Option<ConversationId>, unsupported: Vec<String>) -> ApiResult<Self> {
        let Some(id) = unanswered else { return Ok(Self { covers: vec![], unsupported }) };
        let found = crate::unanswered::of_conversation(app, id).await?.filter(|(of, _)| window.is_none_or(|window| window == *of));
        let (_, group) = found.ok_or_else(|| {
            let detail = "This window has no such group of unanswered messages any more. Leave it out to write the answer all the same.";
            Problem::unprocessable("unanswered", detail)
        })?;
        Ok(Self { covers: crate::unanswered::members(&group), unsupported })
    }
}

/// A new version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVersion {
    /// Its text.
    text: AnswerText,
    /// The group of unanswered messages that it is written for, by one of its conversations: once this is approved, they count as
    /// answered.
    #[serde(default)]
    unanswered: Option<ConversationId>,
    /// What a suggested wording says that its source does not, word for word. Whoever approves says that they have seen it.
    #[serde(default)]
    unsupported: Vec<String>,
}

/// Drafts an answer; its key is made from the title.
///
/// # Errors
/// 422 on `text.…` or `window`, 409 when the window is closed or has too many answers.
pub async fn create(app: &App, window: WindowId, text: AnswerText, with: Written, stamp: Stamp) -> ApiResult<Answer> {
    let answer = app.store.write(move |tx| insert(tx, window, text, with, stamp).boxed()).await?;
    app.knowledge.stale();
    Ok(answer)
}

async fn insert(tx: &mut Tx, window: WindowId, text: AnswerText, with: Written, stamp: Stamp) -> Result<Answer, WriteError> {
    windows::named(tx, window).await?;
    if answers::of_window(tx, Some(window)).await?.len() >= ANSWERS_LIMIT {
        return Err(Refusal::conflict(format!("A window can have at most {ANSWERS_LIMIT} answers. Write a new version of one that is near.")).into());
    }
    let key = free_key(tx, window, &text.title).await?;
    let id: AnswerId = tx.new_id(stamp.at);
    let mut change = tx.begin_new::<Answer>(id);
    let draft = AnswerCommand::Draft { id, window, key, text, unsupported: with.unsupported };
    change.run(draft, &stamp, &()).map_err(below_text)?;
    change.run(AnswerCommand::Cover { conversations: with.covers }, &stamp, &())?;
    tx.save(change).await
}

/// Writes the next version of an answer. The same text again changes nothing.
///
/// # Errors
/// 404, or 422 on `text.…`.
pub async fn edit(app: &App, id: AnswerId, text: AnswerText, with: Written, stamp: Stamp) -> ApiResult<Answer> {
    let answer = app
        .store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Answer>(id).await?;
                let known = change.existing()?;
                windows::named(tx, known.window).await?;
                let command = AnswerCommand::Draft { id, window: known.window, key: known.key.clone(), text, unsupported: with.unsupported };
                change.run(command, &stamp, &()).map_err(below_text)?;
                change.run(AnswerCommand::Cover { conversations: with.covers }, &stamp, &())?;
                tx.save(change).await
            }
            .boxed()
        })
        .await?;
    app.knowledge.stale();
    Ok(answer)
}

/// The rules name the part; the request has it inside `text`.
fn below_text(refusal: Refusal) -> Refusal {
    Refusal { field: refusal.field.map(|f| format!("text.{f}")), ..refusal }
}

/// A key from a title that no answer of the window has: `price-higher`, `price-higher-2` …
async fn free_key(tx: &mut Tx, window: WindowId, title: &str) -> Result<String, StoreError> {
    let base = slug(title);
    let mut key = base.clone();
    for n in 2..=ANSWERS_LIMIT + 1 {
        if answers::by_key(tx, window, &key).await?.is_none() {
            break;
        }
        key = format!("{base}-{n}");
    }
    Ok(key)
}

fn slug(title: &str) -> String {
    let mut key = String::new();
    for c in title.to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => key.push(c),
            '\'' | '’' => {}
            _ if !key.is_empty() && !key.ends_with('-') => key.push('-'),
            _ => {}
        }
        if key.len() >= KEY_LENGTH {
            break;
        }
    }
    let key = key.trim_end_matches('-');
    if key.is_empty() { "answer".into() } else { key.to_owned() }
}

/// Draft an answer
#[utoipa::path(post, path = "/answers", tag = "answers", request_body = NewAnswer, responses((status = 201, body = AnswerDetail), (status = "4XX", body = Problem)))]
pub(super) async fn create_answer(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    Body(new): Body<NewAnswer>,
) -> ApiResult<(StatusCode, Json<AnswerDetail>)> {
    let with = Written::read(&app, Some(new.window), new.unanswered, new.unsupported).await?;
    let answer = create(&app, new.window, new.text, with, caller.stamp(&app)).await?;
    Ok((StatusCode::CREATED, Json(detail(&app, answer).await?)))
}

/// Draft the next version
#[utoipa::path(put, path = "/answers/{id}", tag = "answers", params(("id" = AnswerId, Path)), request_body = NewVersion,
    responses((status = 200, body = AnswerDetail), (status = "4XX", body = Problem)))]
pub(super) async fn edit_answer(
    caller: May<perm::AnswersDraft>,
    State(app): State<App>,
    PathId(id): PathId<AnswerId>,
    Body(new): Body<NewVersion>,
) -> ApiResult<Json<AnswerDetail>> {
    let with = Written::read(&app, None, new.unanswered, new.unsupported).await?;
    let answer = edit(&app, id, new.text, with, caller.stamp(&app)).await?;
    detail(&app, answer).await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn titles_become_keys() {
        #[track_caller]
        fn check(title: &str, expected: &str) {
            assert_eq!(slug(title), expected);
        }
        check("Why is my invoice higher?", "why-is-my-invoice-higher");
        check("  You’re charged 2×!  ", "youre-charged-2");
        check("Preis höher", "preis-h-her");
        check("为什么", "answer");
        check(&"long words ".repeat(20), "long-words-long-words-long-words-long-wo");
    }
}
