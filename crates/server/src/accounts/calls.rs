//! `/windows/{id}/calls`: whom to call first and why, who does it, and what they said.

use super::facts::MoneyView;
use super::list::existing;
use super::reach::affected;
use super::view::{AccountOwner, colleagues};
use crate::App;
use crate::http::{ApiResult, Body, May, Page, Params, PathId, Problem, page, perm};
use crate::signals::days::Days;
use crate::windows;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::account::affected::Affected;
use hypercare_core::account::call::{About, Call, CallCommand, Made};
use hypercare_core::account::{ACCOUNTS_LIMIT, Account, Scored, score};
use hypercare_core::window::Window;
use hypercare_core::{AccountId, CallId, Refusal, Severity, Timestamp, UserId, WindowId};
use hypercare_store::queries::{affected as stored, people};
use hypercare_store::{Reader, Tx, WriteError};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// True: those that were called and gave no new reason since. False or left out: those that are to be called.
    #[serde(default)]
    called: bool,
    /// Where the page begins: `next` of the one before.
    cursor: Option<String>,
    /// How many, 1 to 200.
    limit: Option<i64>,
}

/// One reason to call, with its points.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CallReason {
    /// severity, waiting, renewal, value, repeated or rating.
    pub what: String,
    /// How much it counts.
    pub points: u32,
    /// In words.
    pub words: String,
}

/// A call that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CallMade {
    /// When.
    pub at: Timestamp,
    /// Who called.
    pub by: String,
    /// Somebody was reached.
    pub reached: bool,
    /// What was said.
    pub note: String,
}

impl From<&Made> for CallMade {
    fn from(made: &Made) -> Self {
        Self { at: made.at, by: made.by.clone(), reached: made.reached, note: made.note.clone() }
    }
}

/// An account to call, and how it stands.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CallView {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// What it pays in a year.
    pub value: Option<MoneyView>,
    /// When its contract is renewed or ends.
    pub renewal: Option<String>,
    /// Conversations that affect it.
    pub conversations: u32,
    /// Of these, not settled.
    pub open: u32,
    /// How bad the worst open one is.
    pub worst_open: Option<Severity>,
    /// The sum of the reasons' points.
    pub points: u32,
    /// Why, in a sentence.
    pub sentence: String,
    /// All reasons, those that count most first.
    pub reasons: Vec<CallReason>,
    /// Somebody should call.
    pub due: bool,
    /// They were reached, and gave a new reason since.
    pub again: bool,
    /// Who calls.
    pub assignee: Option<AccountOwner>,
    /// How many calls there were: send it back with the next one.
    pub calls: u32,
    /// The last call.
    pub last: Option<CallMade>,
}

/// The calls to an account about one window.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CallsOfWindow {
    /// The window.
    pub window: WindowId,
    /// Who calls.
    pub assignee: Option<AccountOwner>,
    /// How many there were.
    pub calls: u32,
    /// The newest, the latest first.
    pub made: Vec<CallMade>,
}

/// The calls to an account, the newest window first.
pub(super) async fn of_account(reader: &mut Reader, id: AccountId, limit: i64) -> ApiResult<Vec<CallsOfWindow>> {
    let known = colleagues(reader).await?;
    let shown = |call: Call| CallsOfWindow {
        window: call.window,
        assignee: call.assignee.and_then(|id| known.get(&id).cloned()),
        calls: call.calls,
        made: call.made.iter().rev().map(CallMade::from).collect(),
    };
    Ok(stored::calls_of(reader, id, limit).await?.into_iter().map(shown).collect())
}

/// All affected accounts that give a reason to call, or were called.
async fn all(app: &App, reader: &mut Reader, window: &Window) -> ApiResult<Vec<CallView>> {
    let list = affected(reader, window).await?;
    let calls: HashMap<AccountId, Call> =
        stored::calls(reader, window.id, ACCOUNTS_LIMIT).await?.into_iter().map(|call| (call.account, call)).collect();
    let known = colleagues(reader).await?;
    let (now, today) = (app.now(), Days::of(window).day(app.now()));
    let mut shown: Vec<CallView> = list
        .iter()
        .map(|one| view(one, score(one, &list, today, now), calls.get(&one.account), &known))
        .filter(|v| v.points > 0 || v.calls > 0)
        .collect();
    // The order of severity holds among equals.
    shown.sort_by_key(|view| std::cmp::Reverse(view.points));
    Ok(shown)
}

fn view(one: &Affected, scored: Scored, call: Option<&Call>, known: &HashMap<UserId, AccountOwner>) -> CallView {
    let reached = call.and_then(Call::reached_at);
    let news = reached.is_none_or(|at| one.news_at > at);
    let due = scored.points > 0 && news;
    CallView {
        account: one.account,
        name: one.name.clone(),
        value: one.value.as_ref().map(MoneyView::from),
        renewal: one.renewal.map(|day| day.to_string()),
        conversations: one.conversations,
        open: one.open,
        worst_open: one.worst_open,
        points: scored.points,
        sentence: scored.sentence(),
        reasons: scored.parts.into_iter().map(|p| CallReason { what: p.what.to_owned(), points: p.points, words: p.words }).collect(),
        due,
        again: due && reached.is_some(),
        assignee: call.and_then(|call| call.assignee).and_then(|id| known.get(&id).cloned()),
        calls: call.map_or(0, |call| call.calls),
        last: call.and_then(|call| call.made.last()).map(CallMade::from),
    }
}

/// Whom to call first, and why
///
/// Points for reasons, which are said. Who was reached comes back when one of their people wrote anew or began to wait after the call.
#[utoipa::path(get, path = "/windows/{id}/calls", tag = "accounts", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = Page<CallView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_calls(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<Page<CallView>>> {
    let (from, limit) = (page::decode::<1>(w.cursor.as_deref())?.map_or(0, |[from]| from.max(0)), page::limit(w.limit)?);
    let mut reader = app.reader();
    let window = windows::load(&mut reader, id).await?;
    let wanted = all(&app, &mut reader, &window).await?.into_iter().filter(|call| call.due != w.called);
    let rows = wanted.skip(usize::try_from(from).unwrap_or(0)).take(usize::try_from(limit).unwrap_or(0) + 1).collect();
    Ok(Json(Page::cut(rows, limit, |_: &CallView| [from + limit], |call| call)))
}

/// How a call went.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MadeBody {
    /// Whom.
    account: AccountId,
    /// Somebody was reached.
    reached: bool,
    /// What they said; needed where somebody was reached.
    #[serde(default)]
    note: String,
    /// `calls` as it was read: two colleagues who called at once are told apart.
    #[serde(default)]
    calls: Option<u32>,
}

/// Who calls.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignBody {
    /// Whom.
    account: AccountId,
    /// Who; null for nobody.
    #[serde(default)]
    to: Option<UserId>,
}

/// Note a call
#[utoipa::path(post, path = "/windows/{id}/calls", tag = "accounts", params(("id" = WindowId, Path)), request_body = MadeBody,
    responses((status = 200, body = CallsOfWindow), (status = "4XX", body = Problem)))]
pub(super) async fn make_call(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<MadeBody>,
) -> ApiResult<Json<CallsOfWindow>> {
    let stamp = caller.stamp(&app);
    let account = body.account;
    let written: Result<Call, WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let of = about(tx, id, body.account, stamp.at).await?;
                let command = CallCommand::Make { of: of.clone(), reached: body.reached, note: body.note, seen: body.calls };
                tx.execute::<Call>(of.id, command, &stamp, &()).await
            }
            .boxed()
        })
        .await;
    written?;
    noted(&app, id, account).await
}

/// Say who calls
#[utoipa::path(put, path = "/windows/{id}/calls/assignee", tag = "accounts", params(("id" = WindowId, Path)), request_body = AssignBody,
    responses((status = 200, body = CallsOfWindow), (status = "4XX", body = Problem)))]
pub(super) async fn assign_call(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<AssignBody>,
) -> ApiResult<Json<CallsOfWindow>> {
    let stamp = caller.stamp(&app);
    let account = body.account;
    let written: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                let name = match body.to {
                    Some(to) => people::by_id(tx, to).await?.filter(|person| !person.disabled).map(|person| person.name),
                    None => Some(String::new()),
                };
                let name = name.ok_or_else(|| Refusal::field("to", "There is no such colleague, or they cannot sign in any more."))?;
                let of = about(tx, id, body.account, stamp.at).await?;
                let mut change = tx.change::<Call>(of.id).await?;
                // Nobody of nobody: nothing to keep.
                if change.run(CallCommand::Assign { of, to: body.to, name }, &stamp, &())? {
                    tx.save(change).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await;
    written?;
    noted(&app, id, account).await
}

async fn noted(app: &App, window: WindowId, account: AccountId) -> ApiResult<Json<CallsOfWindow>> {
    let mut reader = app.reader();
    existing(&mut reader, account).await?;
    let found = of_account(&mut reader, account, ACCOUNTS_LIMIT).await?.into_iter().find(|calls| calls.window == window);
    Ok(Json(found.unwrap_or(CallsOfWindow { window, assignee: None, calls: 0, made: vec![] })))
}

async fn about(tx: &mut Tx, window: WindowId, account: AccountId, now: Timestamp) -> Result<About, WriteError> {
    windows::named(tx, window).await?;
    let known = hypercare_store::load::<Account>(tx, account.0).await?.filter(|account| !account.removed);
    let name = known.ok_or_else(|| Refusal::field("account", format!("There is no account {account}.")))?.facts.name;
    let id = stored::call_id(tx, window, account).await?.map_or_else(|| tx.new_id(now), CallId);
    Ok(About { id, window, account, name })
}
