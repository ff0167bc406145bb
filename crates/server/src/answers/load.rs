//! One answer, or a clear "there is no such answer".

use crate::http::{ApiResult, Problem};
use hypercare_core::answer::Answer;
use hypercare_core::{AnswerId, Refusal, WindowId};
use hypercare_store::{Query, WriteError};

/// Loads an answer.
///
/// # Errors
/// 404 when there is none, or that the database failed.
pub async fn load(q: &mut impl Query, id: AnswerId) -> ApiResult<Answer> {
    hypercare_store::load::<Answer>(q, id.0).await?.ok_or_else(|| Problem::not_found("answer"))
}

/// Loads the answer that the input field `field` names, if it is one of the window.
///
/// # Errors
/// A refusal of that field, or that the database failed.
pub async fn named(q: &mut impl Query, field: &str, id: AnswerId, window: WindowId) -> Result<Answer, WriteError> {
    let found = hypercare_store::load::<Answer>(q, id.0).await?.filter(|a| a.window == window);
    found.ok_or_else(|| Refusal::field(field, format!("This window has no answer {id}.")).into())
}
