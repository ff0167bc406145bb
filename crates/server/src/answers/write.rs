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
use hypercare_core::{AnswerId, Refusal, Stamp, WindowId};
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
}

/// A new version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVersion {
    /// Its text.
    text: AnswerText,
}

/// Drafts an answer; its key is made from the title.
///
/// # Errors
/// 422 on `text.…` or `window`, 409 when the window is closed or has too many answers.
pub async fn create(app: &App, window: WindowId, text: AnswerText, stamp: Stamp) -> ApiResult<Answer> {
    let answer = app.store.write(move |tx| insert(tx, window, text, stamp).boxed()).await?;
    app.knowledge.stale();
    Ok(answer)
}

async fn insert(tx: &mut Tx, window: WindowId, text: AnswerText, stamp: Stamp) -> Result<Answer, WriteError> {
    windows::named(tx, window).await?;
    if answers::of_window(tx, Some(window)).await?.len() >= ANSWERS_LIMIT {
        return Err(Refusal::conflict(format!("A window can have at most {ANSWERS_LIMIT} answers. Write a new version of one that is near.")).into());
    }
    let key = free_key(tx, window, &text.title).await?;
    let id: AnswerId = tx.new_id(stamp.at);
    let mut change = tx.begin_new::<Answer>(id);
    change.run(AnswerCommand::Draft { id, window, key, text }, &stamp, &()).map_err(below_text)?;
    tx.save(change).await
}

/// Writes the next version of an answer. The same text again changes nothing.
///
/// # Errors
/// 404, or 422 on `text.…`.
pub async fn edit(app: &App, id: AnswerId, text: AnswerText, stamp: Stamp) -> ApiResult<Answer> {
    let answer = app
        .store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Answer>(id).await?;
                let known = change.existing()?;
                windows::named(tx, known.window).await?;
                let command = AnswerCommand::Draft { id, window: known.window, key: known.key.clone(), text };
                change.run(command, &stamp, &()).map_err(below_text)?;
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
    let answer = create(&app, new.window, new.text, caller.stamp(&app)).await?;
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
    let answer = edit(&app, id, new.text, caller.stamp(&app)).await?;
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
