//! `GET /accounts/export`: all accounts as a table that an import reads back to the same.

use super::view::colleagues;
use crate::App;
use crate::http::{ApiResult, May, Problem, perm};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hypercare_core::AccountId;
use hypercare_core::account::import::{head, line};
use hypercare_store::queries::accounts;

const AT_ONCE: i64 = 500;

/// All accounts as CSV
#[utoipa::path(get, path = "/accounts/export", tag = "accounts",
    responses((status = 200, content_type = "text/csv", body = String), (status = "4XX", body = Problem)))]
pub(super) async fn export_accounts(_: May<perm::Read>, State(app): State<App>) -> ApiResult<Response> {
    let mut reader = app.reader();
    let known = colleagues(&mut reader).await?;
    // The mark tells spreadsheets that it is UTF-8.
    let (mut text, mut last) = (format!("\u{feff}{}", head()), AccountId(0));
    loop {
        let some = accounts::after(&mut reader, last, AT_ONCE).await?;
        let Some(end) = some.last() else { break };
        last = end.id;
        for account in &some {
            text.push_str(&line(account, account.facts.owner.and_then(|id| known.get(&id)).map(|owner| owner.email.as_str())));
        }
    }
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"accounts.csv\"")];
    Ok((headers, text).into_response())
}
