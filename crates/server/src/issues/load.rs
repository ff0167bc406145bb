//! One issue, or a clear "there is no such issue".

use crate::http::{ApiResult, Problem};
use hypercare_core::issue::Issue;
use hypercare_core::{IssueId, Refusal};
use hypercare_store::{Query, WriteError};

/// Loads an issue.
///
/// # Errors
/// 404 when there is none, or that the database failed.
pub async fn load(q: &mut impl Query, id: IssueId) -> ApiResult<Issue> {
    hypercare_store::load::<Issue>(q, id.0).await?.ok_or_else(|| Problem::not_found("issue"))
}

/// Loads an issue that was not merged away, for what only such an issue can have.
///
/// # Errors
/// "There is no such issue", or a conflict that names the issue it was merged into.
pub async fn current(q: &mut impl Query, id: IssueId) -> Result<Issue, WriteError> {
    let issue = hypercare_store::load::<Issue>(q, id.0).await?.ok_or_else(|| Refusal::not_found("issue"))?;
    match issue.merged_into {
        None => Ok(issue),
        Some(into) => {
            let other = hypercare_store::load::<Issue>(q, into.0).await?.map_or_else(|| into.to_string(), |i| i.title);
            Err(Refusal::conflict(format!("“{}” was merged into “{other}”: use that one.", issue.title)).into())
        }
    }
}
