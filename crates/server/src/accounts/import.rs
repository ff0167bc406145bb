//! `POST /accounts/import`: many accounts from a table; by their keys, so that the same table again changes nothing.

use super::facts::after;
use super::write::{Kept, keep};
use crate::App;
use crate::http::{ApiResult, Body, May, Problem, perm};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::FutureExt;
use hypercare_core::Stamp;
use hypercare_core::account::import::{PROBLEMS_LIMIT, Wanted, Wrong, read};
use hypercare_store::queries::accounts;
use hypercare_store::{Reader, WriteError};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Accounts that are written in one go: others write between two of them.
const AT_ONCE: usize = 100;

/// A table of accounts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportBody {
    /// The table as text: values between commas, semicolons or tabs. The first line names the columns: key, name, value, currency, renewal, owner, domains, notes, cancelled.
    pub text: String,
    /// Only say what would be done.
    #[serde(default)]
    pub dry_run: bool,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Imported {
    /// Nothing was kept.
    pub dry_run: bool,
    /// Accounts that are new.
    pub created: u32,
    /// Accounts of which something else is known now.
    pub changed: u32,
    /// Accounts of which all was known.
    pub same: u32,
}

impl Imported {
    fn count(&mut self, kept: Kept) {
        match kept {
            Kept::Created => self.created += 1,
            Kept::Changed => self.changed += 1,
            Kept::Same => self.same += 1,
        }
    }
}

/// Takes a table of accounts over: all of it or, where anything is wrong with it, nothing.
///
/// # Errors
/// 422 with everything that is wrong, by line and field; 409 when somebody else changed one of them meanwhile, which says what was taken.
pub async fn import(app: &App, text: &str, dry_run: bool, stamp: Stamp) -> ApiResult<Imported> {
    let rows = read(text).map_err(|wrong| refused(&wrong))?;
    let expected = check(&mut app.reader(), &rows).await?;
    if dry_run {
        return Ok(Imported { dry_run, ..expected });
    }
    let mut done = Imported::default();
    for some in rows.chunks(AT_ONCE) {
        let (some, stamp) = (some.to_vec(), stamp.clone());
        let part: Result<Vec<Kept>, WriteError> = app
            .store
            .write(move |tx| {
                async move {
                    let mut kept = vec![];
                    for wanted in &some {
                        kept.push(keep(tx, wanted, &stamp).await?.1);
                    }
                    Ok(kept)
                }
                .boxed()
            })
            .await;
        match part {
            Ok(kept) => kept.into_iter().for_each(|one| done.count(one)),
            Err(WriteError::Refused(refusal)) => {
                let sofar = done.created + done.changed + done.same;
                let why = format!(
                    "Somebody changed accounts meanwhile: {} The first {sofar} of the table were taken; send it again for the rest.",
                    refusal.detail
                );
                return Err(Problem::conflict(why));
            }
            Err(other) => return Err(other.into()),
        }
    }
    Ok(done)
}

/// What would happen.
async fn check(reader: &mut Reader, rows: &[Wanted]) -> ApiResult<Imported> {
    let (mut expected, mut wrong) = (Imported::default(), vec![]);
    for wanted in rows {
        let before = accounts::by_key(reader, &wanted.key).await?;
        match after(reader, wanted, before.as_ref()).await {
            Ok(facts) => expected.count(match &before {
                None => Kept::Created,
                Some(before) if before.facts == facts => Kept::Same,
                Some(_) => Kept::Changed,
            }),
            Err(WriteError::Refused(refusal)) => {
                wrong.push(Wrong { line: wanted.line, field: refusal.field.unwrap_or_default(), detail: refusal.detail });
                if wrong.len() >= PROBLEMS_LIMIT {
                    break;
                }
            }
            Err(other) => return Err(other.into()),
        }
    }
    let all = accounts::how_many(reader).await? + i64::from(expected.created);
    if all > hypercare_core::account::ACCOUNTS_LIMIT {
        wrong.push(Wrong {
            line: 1,
            field: String::new(),
            detail: format!("There would be {all} accounts, and at most {} are kept.", hypercare_core::account::ACCOUNTS_LIMIT),
        });
    }
    if wrong.is_empty() { Ok(expected) } else { Err(refused(&wrong)) }
}

fn refused(wrong: &[Wrong]) -> Problem {
    let first = wrong.first().map(|one| format!("Line {}: {}", one.line, one.detail)).unwrap_or_default();
    let more = match wrong.len() {
        0 | 1 => String::new(),
        n if n >= PROBLEMS_LIMIT => format!(" There are at least {} more.", n - 1),
        n => format!(" There {} more.", if n == 2 { "is one".to_owned() } else { format!("are {}", n - 1) }),
    };
    let problems = wrong.iter().map(|one| json!({ "line": one.line, "field": one.field, "detail": one.detail })).collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("Nothing was taken over. {first}{more}")).with_field("text").with_problems(problems)
}

/// Take a table of accounts over
///
/// All of it or nothing: with anything wrong, `problems` says what, by `line` and `field`. A column that is left out is left as it is, an empty cell says that there is none.
#[utoipa::path(post, path = "/accounts/import", tag = "accounts", request_body = ImportBody,
    responses((status = 200, body = Imported), (status = 422, description = "With all problems, by line and field", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn import_accounts(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    Body(body): Body<ImportBody>,
) -> ApiResult<Json<Imported>> {
    import(&app, &body.text, body.dry_run, caller.stamp(&app)).await.map(Json)
}
