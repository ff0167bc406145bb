//! Handing over: the note is read and written, and the decision passes to whoever acknowledges it.

use super::act::{begin, of, run};
use super::cover::{own_address, person};
use super::note::{self, NotePart};
use super::people::Person;
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, Page, PathId, Problem, perm};
use crate::windows::owner;
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::role::Permission;
use hypercare_core::rota::HandoverRules;
use hypercare_core::rota::living::{Command, HandoverRecord, LivingRota, Section};
use hypercare_core::window::Window;
use hypercare_core::{Refusal, RotaEntryId, Stamp, Timestamp, WindowId};
use hypercare_store::queries::events;
use hypercare_store::{Tx, WriteError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Handovers that are listed.
const LISTED: usize = 20;
/// Acknowledgements whose notes are looked up.
const KEPT: i64 = 60;

/// One handover.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Handover)]
pub struct HandoverView {
    /// Its number.
    id: RotaEntryId,
    /// When the shift of the incoming person begins.
    from: Timestamp,
    /// When it ends.
    to: Timestamp,
    /// Who goes; none after a gap.
    outgoing: Option<Person>,
    /// Who comes.
    incoming: Person,
    /// Who is called if they do not.
    backup: Option<Person>,
    /// When the backup is called, unless somebody takes over.
    call_at: Timestamp,
    /// When the backup was called.
    called_at: Option<Timestamp>,
    /// Who took over.
    taken_by: Option<Person>,
    /// When.
    taken_at: Option<Timestamp>,
    /// Whether it waits for the incoming person.
    open: bool,
    /// The note: as it is now while it is open.
    note: Vec<NotePart>,
    /// What was kept of the note when somebody took over: what was written, and which lines were ticked.
    kept: Option<serde_json::Value>,
    /// Whether you may write in the note.
    you_may_write: bool,
    /// Whether you may take over.
    you_may_take_over: bool,
}

struct Reading<'a> {
    window: &'a Window,
    rota: &'a LivingRota,
    caller: &'a Caller,
    now: Timestamp,
}

async fn view(app: &App, reading: &Reading<'_>, h: &HandoverRecord) -> ApiResult<HandoverView> {
    let mut reader = app.reader();
    let names = owner::names(&mut reader).await?;
    let Reading { window, rota, caller, now } = *reading;
    let (me, open, rules) = (own_address(caller), h.is_open(now), HandoverRules::default());
    let note = if open { note::generate(&mut reader, window, rota, h, &names, now).await? } else { vec![] };
    let kept = match &h.taken {
        Some(_) => kept(&mut reader, window.id, h.id).await?,
        None => None,
    };
    let who = |email: &String| Person::of(&names, email);
    let is_me = |email: Option<&String>| me.is_some() && email == me.as_ref();
    let holder = rota.owner_at(now).map(|o| o.person);
    let called = h.called_at.is_some() && is_me(h.backup.as_ref());
    Ok(HandoverView {
        id: h.id,
        from: h.when.from,
        to: h.when.to,
        outgoing: h.outgoing.as_ref().map(who),
        incoming: who(&h.incoming),
        backup: h.backup.as_ref().map(who),
        call_at: h.when.from + rules.call_backup_after,
        called_at: h.called_at,
        taken_by: h.taken.as_ref().map(|t| who(&t.by)),
        taken_at: h.taken.as_ref().map(|t| t.at),
        open,
        note,
        kept,
        you_may_write: open && (is_me(h.outgoing.as_ref()) || is_me(holder.as_ref()) || caller.may(Permission::WindowsWrite)),
        you_may_take_over: open && (is_me(Some(&h.incoming)) || (called && !is_me(h.taken.as_ref().map(|t| &t.by)))),
    })
}

/// What the log kept of the note of a handover.
async fn kept(q: &mut impl hypercare_store::Query, window: WindowId, id: RotaEntryId) -> ApiResult<Option<serde_json::Value>> {
    let lines = events::newest_of_subject(q, "rota", window.0, "rota.handover_acknowledged", KEPT).await?;
    let note = |body: &str| {
        let event: serde_json::Value = serde_json::from_str(body).ok()?;
        (event["handover"] == serde_json::json!(id) && !event["note"].is_null()).then(|| event["note"].clone())
    };
    Ok(lines.iter().find_map(|line| note(&line.body)))
}

/// Handovers of a window, the newest first
///
/// The note of one that is open is made from what is open now, beside what the outgoing person wrote. The last twenty are listed.
#[utoipa::path(get, path = "/windows/{id}/handovers", operation_id = "list_handovers", tag = "rota", params(("id" = WindowId, Path)),
    responses((status = 200, body = Page<HandoverView>), (status = "4XX", body = Problem)))]
pub(super) async fn list_handovers(
    caller: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
) -> ApiResult<Json<Page<HandoverView>>> {
    let mut reader = app.reader();
    let window = crate::windows::load(&mut reader, id).await?;
    let rota = of(&mut reader, &window).await?;
    let reading = Reading { window: &window, rota: &rota, caller: &caller, now: app.now() };
    let mut items = vec![];
    for h in rota.handovers.iter().rev().take(LISTED) {
        items.push(view(&app, &reading, h).await?);
    }
    Ok(Json(Page::whole(items)))
}

/// What is written in a section.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HandoverText)]
pub struct NewText {
    /// In which handover.
    handover: RotaEntryId,
    /// Which section.
    section: Section,
    /// What; empty takes it out.
    text: String,
}

/// Write in the note of a handover
///
/// The outgoing person's, or a lead's; what was there before is replaced.
#[utoipa::path(put, path = "/windows/{id}/handovers/note", operation_id = "write_handover", tag = "rota", params(("id" = WindowId, Path)), request_body = NewText,
    responses((status = 200, body = HandoverView), (status = "4XX", body = Problem)))]
pub(super) async fn write_handover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(new): Body<NewText>,
) -> ApiResult<Json<HandoverView>> {
    let (by, lead) = (person(&caller)?, caller.may(Permission::WindowsWrite));
    let command = Command::Write { handover: new.handover, section: new.section, text: new.text, by, lead };
    let (rota, _) = run(&app, id, command, caller.stamp(&app)).await?;
    one(&app, &caller, &rota, new.handover).await.map(Json)
}

async fn one(app: &App, caller: &Caller, rota: &LivingRota, id: RotaEntryId) -> ApiResult<HandoverView> {
    let window = crate::windows::load(&mut app.reader(), rota.window).await?;
    let record = rota.handovers.iter().find(|h| h.id == id).ok_or_else(|| Problem::not_found("handover"))?;
    view(app, &Reading { window: &window, rota, caller, now: app.now() }, record).await
}

/// Somebody takes over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HandoverAcknowledged)]
pub struct TakenOver {
    /// Which handover.
    handover: RotaEntryId,
    /// The keys of the lines that you have read back: every critical one has to be among them.
    #[serde(default)]
    ticked: Vec<String>,
}

/// Keys that can be ticked at once.
const TICKED: usize = 500;

/// Take over
///
/// The decision is yours from this moment, and not before your shift begins. Every critical line of the note, as it is now, has to be
/// ticked: what came in since you read it is named.
#[utoipa::path(post, path = "/windows/{id}/handovers/acknowledge", operation_id = "acknowledge_handover", tag = "rota", params(("id" = WindowId, Path)), request_body = TakenOver,
    responses((status = 200, body = HandoverView), (status = 403, description = "It is somebody else's", body = Problem), (status = "4XX", body = Problem)))]
pub(super) async fn acknowledge_handover(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(taken): Body<TakenOver>,
) -> ApiResult<Json<HandoverView>> {
    if taken.ticked.len() > TICKED {
        return Err(Problem::unprocessable("ticked", format!("At most {TICKED} lines can be ticked.")));
    }
    let (by, stamp, handover) = (person(&caller)?, caller.stamp(&app), taken.handover);
    let rota = app.store.write(move |tx| take_over(tx, id, taken, by, stamp).boxed()).await?;
    app.wake.notify_one();
    one(&app, &caller, &rota, handover).await.map(Json)
}

async fn take_over(tx: &mut Tx, id: WindowId, taken: TakenOver, by: String, stamp: Stamp) -> Result<LivingRota, WriteError> {
    let window = hypercare_store::load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let mut change = begin(tx, id, &stamp).await?;
    let rota = change.existing()?.clone();
    let record = rota.handovers.iter().find(|h| h.id == taken.handover).ok_or_else(|| Refusal::not_found("handover"))?;
    let names = owner::names(tx).await?;
    let parts = note::generate(tx, &window, &rota, record, &names, stamp.at).await?;
    let command = Command::Acknowledge { handover: taken.handover, by, note: note::kept(&parts, &taken.ticked) };
    // First whether they may at all: then what is missing.
    let happened = change.run(command, &stamp, &())?;
    let missing: Vec<&str> =
        parts.iter().flat_map(|p| &p.lines).filter(|l| l.critical && !taken.ticked.contains(&l.key)).map(|l| l.key.as_str()).collect();
    if happened && !missing.is_empty() {
        let more = if missing.len() > 10 { format!(" and {} more", missing.len() - 10) } else { String::new() };
        let named = missing[..missing.len().min(10)].join(", ");
        return Err(Refusal::field("ticked", format!("Read these back first, and tick them: {named}{more}.")).into());
    }
    tx.save(change).await
}
