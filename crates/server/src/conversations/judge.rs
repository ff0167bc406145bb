//! One keystroke judges the assistant's answer.

use super::detail::view;
use super::types::ConversationView;
use crate::App;
use crate::http::auth::{May, perm};
use crate::http::extract::{Body, PathId};
use crate::http::problem::{ApiResult, Problem};
use axum::Json;
use axum::extract::State;
use hypercare_core::conversation::outcome::{Judged, Source, Verdict};
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::{AnswerId, ConversationId, MessageId};
use hypercare_store::queries::answers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OutcomeVerdict)]
pub enum Said {
    /// It was the right answer.
    Right,
    /// It was not.
    Wrong,
}

/// A judgement of the assistant's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgeBody {
    /// The message with the assistant's answer.
    message: MessageId,
    /// What you say; null takes back what a person said.
    verdict: Option<Said>,
    /// With `wrong`: the answer that would have been right, if it is known.
    right: Option<AnswerId>,
}

/// What is known of the assistant's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct JudgedAnswer {
    /// The message with the answer.
    pub message: MessageId,
    /// Whether it was right; null as long as nobody has said so.
    pub verdict: Option<Said>,
    /// The answer that was right, where it is known.
    pub right: Option<AnswerId>,
    /// Whose word it rests on; null as long as nobody has said so.
    pub source: Option<Source>,
    /// A person judged it here, and that can be taken back.
    pub by_hand: bool,
}

impl JudgedAnswer {
    /// Of the answer that the assistant gave; none where it gave none.
    pub(super) fn of(c: &Conversation) -> Option<Self> {
        let (message, _) = c.assistant.answer.as_ref()?;
        let asked = c.assistant.questions.iter().find(|q| q.said.is_some())?;
        let outcome = asked.outcome();
        let is_right = |answer: Option<AnswerId>| if answer.is_some() && answer == asked.said { Said::Right } else { Said::Wrong };
        Some(Self {
            message: *message,
            verdict: outcome.as_ref().map(|o| is_right(o.answer)),
            right: outcome.as_ref().and_then(|o| o.answer),
            source: outcome.map(|o| o.source),
            by_hand: matches!(asked.judged, Some(Judged::Right | Judged::Wrong { .. })),
        })
    }
}

/// Judge the assistant's answer in a conversation. It becomes a confirmed outcome; the last word of a person holds.
#[utoipa::path(post, path = "/conversations/{id}/judge", operation_id = "judge_answer", tag = "conversations", params(("id" = ConversationId, Path)), request_body = JudgeBody,
    responses((status = 200, body = ConversationView), (status = 422, body = Problem)))]
pub async fn judge(
    me: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<ConversationId>,
    Body(body): Body<JudgeBody>,
) -> ApiResult<Json<ConversationView>> {
    let verdict = match (body.verdict, body.right) {
        (Some(Said::Wrong), right) => Some(Verdict::Wrong { right }),
        (_, Some(_)) => return Err(Problem::unprocessable("right", "Another answer is named only together with the verdict `wrong`.")),
        (Some(Said::Right), None) => Some(Verdict::Right),
        (None, None) => None,
    };
    if let Some(right) = body.right {
        let state = hypercare_store::load::<Conversation>(&mut app.reader(), id.0).await?.ok_or_else(|| Problem::not_found("conversation"))?;
        let asked = state.assistant.questions.iter().find(|q| q.said.is_some()).and_then(|q| q.window);
        let known = answers::of_window(&mut app.reader(), asked).await?;
        if !known.iter().any(|a| a.id == right) {
            return Err(Problem::unprocessable("right", format!("This window has no answer {right}.")));
        }
    }
    super::act::run(&app, me.stamp(&app), id, move |_| Command::Judge { message: body.message, verdict }).await?;
    view(&app, id).await.map(Json)
}
