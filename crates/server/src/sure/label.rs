//! `POST /windows/{id}/labels`: the lead says which answers are right for messages, before launch or after.

use super::view::{SureView, sure};
use crate::App;
use crate::http::{ApiResult, Body, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::answer::Answer;
use hypercare_core::plan::nearest;
use hypercare_core::window::{Label, Window, WindowCommand};
use hypercare_core::{AnswerId, Stamp, WindowId};
use hypercare_store::queries::answers;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Messages with their right answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLabels {
    /// 1 to 1,000 messages.
    labels: Vec<NewLabel>,
}

/// A message with its right answer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLabel {
    /// The message, as a customer would write it; at most 2,000 characters.
    pub text: String,
    /// Key or id of the right answer; null where no answer of the window is right.
    #[schema(value_type = Option<String>)]
    pub answer: Value,
}

/// Keeps labels; the same words labelled again replace what was said before.
///
/// # Errors
/// 422 that names the label, 404, 409 when the window is closed.
pub async fn label(app: &App, window: WindowId, labels: Vec<NewLabel>, stamp: Stamp) -> ApiResult<Window> {
    let known = answers::of_window(&mut app.reader(), Some(window)).await?;
    let labels: Vec<Label> = labels
        .into_iter()
        .enumerate()
        .map(|(number, l)| Ok(Label { answer: which(&known, number, &l.answer)?, text: l.text.trim().to_owned() }))
        .collect::<ApiResult<_>>()?;
    let command = WindowCommand::Label { labels };
    let state = app.store.write(move |tx| async move { tx.execute::<Window>(window, command, &stamp, &()).await }.boxed()).await?;
    app.sure.stale(app, window);
    Ok(state)
}

fn which(known: &[Answer], number: usize, wanted: &Value) -> ApiResult<Option<AnswerId>> {
    let field = || format!("labels[{number}].answer");
    match wanted {
        Value::Null => Ok(None),
        Value::String(name) => match known.iter().find(|a| a.key == *name || a.id.0.to_string() == *name) {
            Some(answer) => Ok(Some(answer.id)),
            None => {
                let meant = nearest(name, known.iter().map(|a| a.key.as_str())).map(|key| format!(" Did you mean `{key}`?")).unwrap_or_default();
                Err(Problem::unprocessable(field(), format!("This window has no answer `{name}`.{meant} Write null where no answer is right.")))
            }
        },
        _ => Err(Problem::unprocessable(field(), "Write the key of the right answer as a text, or null where no answer is right.")),
    }
}

/// Label messages: say which answer is right for each. They count as confirmed outcomes.
#[utoipa::path(post, path = "/windows/{id}/labels", tag = "answers", params(("id" = WindowId, Path)), request_body = NewLabels,
    responses((status = 200, body = SureView), (status = "4XX", body = Problem)))]
pub(super) async fn label_messages(
    me: May<perm::AnswersApprove>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewLabels>,
) -> ApiResult<Json<SureView>> {
    crate::windows::load(&mut app.reader(), id).await?;
    let window = label(&app, id, new.labels, me.stamp(&app)).await?;
    sure(&app, &window, window.plan.assistant.wrong_rate).await.map(Json)
}
