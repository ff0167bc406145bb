//! Handing over: naming the receiver, giving, accepting, giving back.

use super::checklist::{account, accounts, view};
use super::leaving::TEMPORARY;
use super::view::NormalView;
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::normal::{Checklist, ChecklistCommand, Gift, Receiver};
use hypercare_core::plan::PlannedItem;
use hypercare_core::window::Window;
use hypercare_core::{DecisionId, Refusal, Stamp, UserId, WindowId};
use hypercare_store::queries::{decisions, handover};
use hypercare_store::{Tx, WriteError};
use serde::Deserialize;
use utoipa::ToSchema;

/// Who takes an item over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiverBody {
    /// Key of the item in the plan.
    item: String,
    /// E-mail of a person or a team.
    email: String,
    /// Their name, where the address does not say it.
    #[serde(default)]
    name: String,
}

/// What is handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveBody {
    /// Key of the item in the plan.
    item: String,
    /// What the receiver needs to know; needed unless there is a link.
    #[serde(default)]
    note: String,
    /// Where it is.
    #[serde(default)]
    link: String,
}

/// The answer to what was handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemAnswer {
    /// Key of the item in the plan.
    item: String,
    /// Which handing over is meant: `round` of the item as it was read.
    round: u32,
    /// Why it goes back; or, for a receiver without an account, how they accepted it.
    #[serde(default)]
    reason: String,
}

/// Who has the fix of something temporary.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixBody {
    /// The decision that allowed it.
    decision: DecisionId,
    /// E-mail of who has the permanent fix: a person or a team.
    email: String,
    /// Their name, where the address does not say it.
    #[serde(default)]
    name: String,
    /// What the fix is, or where it is planned.
    fix: String,
}

/// What is asked of one item.
#[derive(Clone, Debug)]
enum Asked {
    Name(Receiver),
    Give(Gift),
    Accept(u32),
    Return(u32),
}

impl Asked {
    fn command(self, window: WindowId, item: PlannedItem, account: Option<UserId>) -> ChecklistCommand {
        match self {
            Self::Name(receiver) => ChecklistCommand::NameReceiver { window, item, receiver },
            Self::Give(gift) => ChecklistCommand::Give { window, item, gift, account },
            Self::Accept(round) => ChecklistCommand::Accept { item, round, account },
            Self::Return(round) => ChecklistCommand::Return { item, round, account },
        }
    }
}

async fn act(app: &App, caller: &Caller, id: WindowId, key: String, asked: Asked, reason: String) -> ApiResult<Json<NormalView>> {
    let stamp = caller.stamp(app).because(reason);
    let window = app.store.write(move |tx| async move { change(tx, id, &key, asked, &stamp).await }.boxed()).await?;
    view(app, caller, &window).await
}

async fn change(tx: &mut Tx, id: WindowId, key: &str, asked: Asked, stamp: &Stamp) -> Result<Window, WriteError> {
    let window = hypercare_store::load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let found = window.plan.handover.items.iter().find(|item| item.key == key).cloned();
    let item = found.ok_or_else(|| Refusal::field("item", format!("The plan has no item `{key}` to hand over.")))?;
    let list = handover::of(tx, id).await?;
    let account = account(&list, &item, &accounts(tx).await?);
    let mut change = tx.change::<Checklist>(id).await?;
    // Where nothing was ever done, naming who is named already has nothing to keep.
    if change.run(asked.command(id, item, account), stamp, &())? {
        tx.save(change).await?;
    }
    Ok(window)
}

/// Name who takes an item over
#[utoipa::path(post, path = "/windows/{id}/normal/receiver", tag = "windows", params(("id" = WindowId, Path)), request_body = ReceiverBody,
    responses((status = 200, body = NormalView), (status = "4XX", body = Problem)))]
pub(super) async fn name_receiver(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<ReceiverBody>,
) -> ApiResult<Json<NormalView>> {
    act(&app, &caller, id, body.item, Asked::Name(Receiver { email: body.email, name: body.name }), String::new()).await
}

/// Hand an item over
///
/// The receiver is told, where they can sign in. Nobody hands over to themselves.
#[utoipa::path(post, path = "/windows/{id}/normal/give", tag = "windows", params(("id" = WindowId, Path)), request_body = GiveBody,
    responses((status = 200, body = NormalView), (status = "4XX", body = Problem)))]
pub(super) async fn give_item(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<GiveBody>,
) -> ApiResult<Json<NormalView>> {
    act(&app, &caller, id, body.item, Asked::Give(Gift { note: body.note, link: body.link }), String::new()).await
}

/// Accept an item
///
/// The receiver does; for one without an account a colleague records it, with how they accepted it. Never who handed it over.
#[utoipa::path(post, path = "/windows/{id}/normal/accept", tag = "windows", params(("id" = WindowId, Path)), request_body = ItemAnswer,
    responses((status = 200, body = NormalView), (status = 403, description = "Names who answers", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn accept_item(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<ItemAnswer>,
) -> ApiResult<Json<NormalView>> {
    act(&app, &caller, id, body.item, Asked::Accept(body.round), body.reason).await
}

/// Give an item back, with a reason
#[utoipa::path(post, path = "/windows/{id}/normal/return", tag = "windows", params(("id" = WindowId, Path)), request_body = ItemAnswer,
    responses((status = 200, body = NormalView), (status = 403, description = "Names who answers", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn return_item(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<ItemAnswer>,
) -> ApiResult<Json<NormalView>> {
    act(&app, &caller, id, body.item, Asked::Return(body.round), body.reason).await
}

/// Say who has the fix of what is allowed for a while
///
/// Only of what still holds: what ended or ran out has nothing to hand over.
#[utoipa::path(post, path = "/windows/{id}/normal/fix", tag = "windows", params(("id" = WindowId, Path)), request_body = FixBody,
    responses((status = 200, body = NormalView), (status = "4XX", body = Problem)))]
pub(super) async fn name_fix(
    caller: May<perm::DecisionsDecide>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(body): Body<FixBody>,
) -> ApiResult<Json<NormalView>> {
    let stamp = caller.stamp(&app);
    let window = app.store.write(move |tx| async move { fix(tx, id, body, &stamp).await }.boxed()).await?;
    view(&app, &caller, &window).await
}

async fn fix(tx: &mut Tx, id: WindowId, body: FixBody, stamp: &Stamp) -> Result<Window, WriteError> {
    let window = hypercare_store::load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    if !decisions::holding(tx, id, TEMPORARY).await?.iter().any(|d| d.id == body.decision) {
        let nothing = "Nothing that this window allows for a while has this id: it ended, ran out, or was never allowed.";
        return Err(Refusal::field("decision", nothing).into());
    }
    let owner = Receiver { email: body.email, name: body.name };
    let command = ChecklistCommand::NameFix { window: id, decision: body.decision, owner, fix: body.fix };
    tx.execute::<Checklist>(id, command, stamp, &()).await?;
    Ok(window)
}
