//! The rota over some days: who is on duty, what is wrong with it, and what is asked.

use super::act::of;
use super::cover::{self, CoverView};
use super::people::{Person, with_names};
use crate::App;
use crate::http::{ApiResult, Body, Caller, May, Params, PathId, Problem, perm};
use crate::windows::owner;
use axum::Json;
use axum::extract::State;
use hypercare_core::fatigue::Violation;
use hypercare_core::role::Permission;
use hypercare_core::rota::living::{LayerSpec, LivingRota, OverrideChange, ShiftSpec, lived};
use hypercare_core::rota::{DutyRole, FaultKind, Period, Why, faults, now_and_next, quality};
use hypercare_core::{RotaEntryId, Span, Timestamp, WindowId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::{IntoParams, ToSchema};

/// Days that are shown unless told.
const DAYS: Span = Span::days(14);
/// The longest span that is shown.
const LONGEST: Span = Span::days(62);
/// Entries of each list.
const LISTED: usize = 500;
/// Requests that are settled and still shown.
const SETTLED: usize = 20;

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// From when; now unless told.
    from: Option<Timestamp>,
    /// Until when; two weeks later unless told, 62 days at most.
    to: Option<Timestamp>,
}

/// One person's time in one role.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RotaLine {
    /// E-mail address.
    person: String,
    /// In which role.
    role: DutyRole,
    /// From when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
}

/// Somebody had the decision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RotaHeld {
    /// E-mail address.
    person: String,
    /// From when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// Why.
    why: Why,
}

/// What is wrong with a stretch.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RotaFaultKind {
    /// Nobody decides.
    Gap,
    /// Several decide.
    Overlap,
}

/// A stretch of the coverage without exactly one decision owner.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RotaFault {
    /// Which of the two.
    kind: RotaFaultKind,
    /// From when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// In a sentence.
    words: String,
}

/// Something that is too much for somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RotaViolation {
    /// Who; none where it is about the team.
    person: Option<String>,
    /// Which rule, as a word.
    rule: &'static str,
    /// `hard` or `soft`.
    strength: &'static str,
    /// Start of what is meant.
    from: Timestamp,
    /// Its end.
    to: Timestamp,
    /// What is too much.
    what: String,
    /// What would do.
    remedy: String,
    /// Where the rule comes from.
    evidence: &'static str,
}

/// A change of one person for a stretch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RotaOverride {
    /// Its number.
    id: RotaEntryId,
    /// From when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// In which role.
    role: DutyRole,
    /// What it changes.
    change: OverrideChange,
    /// Why.
    reason: String,
    /// Who made it.
    by: String,
    /// When.
    at: Timestamp,
    /// Hard rules that it breaks, accepted with the reason.
    accepted: Vec<String>,
}

/// Fixed shifts in place of all layers for a stretch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RotaTemporary {
    /// Its number.
    id: RotaEntryId,
    /// From when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// Who is there instead.
    shifts: Vec<ShiftSpec>,
    /// Why.
    reason: String,
    /// Who made it.
    by: String,
    /// When.
    at: Timestamp,
}

/// Who decides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DutyNow {
    /// Who.
    #[serde(flatten)]
    person: Person,
    /// Until when at the latest.
    until: Timestamp,
    /// Why they have it; none before go-live, where the schedule alone says so.
    why: Option<Why>,
    /// When their own time ended, where they stay because the next person has not taken over.
    late_since: Option<Timestamp>,
}

/// Who follows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DutyNext {
    /// Who.
    #[serde(flatten)]
    person: Person,
    /// From when.
    from: Timestamp,
}

/// The rota of a window over some days.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rota)]
pub struct RotaView {
    /// The zone in which people read its times.
    zone: String,
    /// From when.
    from: Timestamp,
    /// Until when.
    to: Timestamp,
    /// Now.
    now: Timestamp,
    /// Whether duty passes by acknowledgement.
    live: bool,
    /// Who decides now.
    owner: Option<DutyNow>,
    /// Who follows.
    next: Option<DutyNext>,
    /// Everybody in it, by name.
    people: Vec<Person>,
    /// Everybody's time, by start.
    shifts: Vec<RotaLine>,
    /// Who has had the decision since go-live, within these days.
    held: Vec<RotaHeld>,
    /// The layers that hold now.
    layers: Vec<LayerSpec>,
    /// The number to give with other layers, so that nobody's are overwritten.
    layers_revision: u32,
    /// Overrides of these days that hold.
    overrides: Vec<RotaOverride>,
    /// Temporary schedules of these days that hold.
    temporary: Vec<RotaTemporary>,
    /// Where not exactly one decides.
    faults: Vec<RotaFault>,
    /// What is too much for somebody.
    violations: Vec<RotaViolation>,
    /// The share of the coverage that somebody decides in, 0 to 1.
    covered: f64,
    /// How evenly the decision is shared, 0 to 1.
    balance: f64,
    /// Requests for cover: the open ones, and the last that are settled.
    cover: Vec<CoverView>,
    /// The number of the handover that is open.
    handover: Option<RotaEntryId>,
    /// Whether you may edit it.
    you_may_edit: bool,
}

fn violation(v: Violation, names: &HashMap<String, String>) -> RotaViolation {
    let (what, remedy) = (with_names(names, &v.what), with_names(names, &v.remedy));
    let (rule, strength, evidence) = (v.rule.word(), v.strength.word(), v.rule.evidence());
    RotaViolation { person: v.person, rule, strength, from: v.from, to: v.to, what, remedy, evidence }
}

fn shifts(rota: &LivingRota, span: Period) -> Vec<RotaLine> {
    let schedule = rota.schedule();
    let mut found: Vec<RotaLine> = vec![];
    for role in DutyRole::ALL {
        for stretch in schedule.stretches(role, span) {
            for person in stretch.people {
                match found.iter_mut().rev().find(|l| l.person == person && l.role == role && l.to == stretch.when.from) {
                    Some(before) => before.to = stretch.when.to,
                    None => found.push(RotaLine { person, role, from: stretch.when.from, to: stretch.when.to }),
                }
            }
        }
    }
    found.sort_by_key(|l| (l.from, l.role));
    found.truncate(LISTED);
    found
}

fn people(rota: &LivingRota, lines: &[RotaLine], names: &HashMap<String, String>) -> Vec<Person> {
    let in_layers = rota.base().layers.iter().flat_map(LayerSpec::people);
    let mut all: Vec<Person> = in_layers.chain(lines.iter().map(|l| l.person.clone())).map(|who| Person::of(names, &who)).collect();
    all.sort_by(|a, b| (&a.name, &a.email).cmp(&(&b.name, &b.email)));
    all.dedup();
    all
}

fn duty(rota: &LivingRota, at: Timestamp, now: Timestamp, names: &HashMap<String, String>) -> (Option<DutyNow>, Option<DutyNext>) {
    let owner =
        rota.expected_at(at, now).map(|o| DutyNow { person: Person::of(names, &o.person), until: o.until, why: o.why, late_since: o.late_since });
    let next = if at > now { now_and_next(&rota.schedule(), at).1 } else { rota.next_after(at) };
    (owner, next.map(|(who, from)| DutyNext { person: Person::of(names, &who), from }))
}

fn view(rota: &LivingRota, span: Period, now: Timestamp, names: &HashMap<String, String>, caller: &Caller) -> RotaView {
    let (base, schedule) = (rota.base(), rota.schedule());
    let lines = shifts(rota, span);
    let (owner, next) = duty(rota, now, now, names);
    let holds = |when: Period, ended: Option<Timestamp>| ended.is_none() && when.within(span).is_some();
    let measured = quality(&schedule, &base.coverage(), span, &[]);
    let open = rota.handovers.iter().rev().find(|h| h.is_open(now));
    let settled = rota.requests.iter().rev().filter(|r| !r.is_open()).take(SETTLED);
    let asked = rota.requests.iter().rev().filter(|r| r.is_open()).chain(settled);
    RotaView {
        zone: base.zone.clone(),
        from: span.from,
        to: span.to,
        now,
        live: rota.is_live(now),
        owner,
        next,
        people: people(rota, &lines, names),
        held: rota
            .held(now)
            .into_iter()
            .filter_map(|h| {
                h.when.within(Period::new(span.from, now)).map(|when| RotaHeld { person: h.owner, from: when.from, to: when.to, why: h.why })
            })
            .collect(),
        layers: base.layers.clone(),
        layers_revision: rota.layers_revision,
        overrides: rota
            .overrides
            .iter()
            .filter(|o| holds(o.when, o.ended))
            .take(LISTED)
            .map(|o| RotaOverride {
                id: o.id,
                from: o.when.from,
                to: o.when.to,
                role: o.role,
                change: o.change.clone(),
                reason: o.reason.clone(),
                by: o.by.clone(),
                at: o.at,
                accepted: o.accepted.iter().map(|rule| with_names(names, rule)).collect(),
            })
            .collect(),
        temporary: rota
            .temporary
            .iter()
            .filter(|t| holds(t.when, t.ended))
            .take(LISTED)
            .map(|t| RotaTemporary {
                id: t.id,
                from: t.when.from,
                to: t.when.to,
                shifts: t.shifts.clone(),
                reason: t.reason.clone(),
                by: t.by.clone(),
                at: t.at,
            })
            .collect(),
        faults: faults(&schedule, &base.coverage(), span)
            .into_iter()
            .take(LISTED)
            .map(|f| RotaFault {
                kind: if f.kind == FaultKind::Gap { RotaFaultKind::Gap } else { RotaFaultKind::Overlap },
                from: f.when.from,
                to: f.when.to,
                words: f.words(&base.zone),
            })
            .collect(),
        violations: lived(rota, span, now).into_iter().take(LISTED).map(|v| violation(v, names)).collect(),
        covered: measured.covered,
        balance: measured.balance,
        cover: asked.map(|r| cover::view(r, names, caller, now)).collect(),
        handover: open.map(|h| h.id),
        you_may_edit: caller.may(Permission::WindowsWrite) && rota.ended_at.is_none(),
        shifts: lines,
    }
}

/// The days that are asked for.
fn span(from: Option<Timestamp>, to: Option<Timestamp>, now: Timestamp) -> ApiResult<Period> {
    let from = from.unwrap_or(now);
    let to = to.unwrap_or(from + DAYS);
    if to <= from || to - from > LONGEST {
        return Err(Problem::unprocessable("to", "Give an end after `from`, 62 days later at most."));
    }
    Ok(Period { from, to })
}

/// The rota of a window
///
/// Who is on duty when, with gaps, overlaps, and what wears people out: by the schedule from now on, as it was before.
#[utoipa::path(get, path = "/windows/{id}/rota", operation_id = "get_rota", tag = "rota", params(("id" = WindowId, Path), Wanted),
    responses((status = 200, body = RotaView), (status = "4XX", body = Problem)))]
pub(super) async fn get_rota(
    caller: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<Wanted>,
) -> ApiResult<Json<RotaView>> {
    let now = app.now();
    let span = span(w.from, w.to, now)?;
    let mut reader = app.reader();
    let window = crate::windows::load(&mut reader, id).await?;
    let rota = of(&mut reader, &window).await?;
    let names = owner::names(&mut reader).await?;
    Ok(Json(view(&rota, span, now, &names, &caller)))
}

/// Layers that are being written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RotaLayersPreview)]
pub struct LayersPreview {
    /// All of them; people are e-mail addresses.
    layers: Vec<LayerSpec>,
    /// From when to look; now unless told.
    #[serde(default)]
    from: Option<Timestamp>,
    /// Until when; two weeks unless told.
    #[serde(default)]
    to: Option<Timestamp>,
}

/// Look at other layers before they hold
///
/// The rota as it would be with these layers from now on, with its gaps and what would wear people out. Nothing is kept.
#[utoipa::path(post, path = "/windows/{id}/rota/layers/preview", operation_id = "preview_rota_layers", tag = "rota", params(("id" = WindowId, Path)), request_body = LayersPreview,
    responses((status = 200, body = RotaView), (status = "4XX", body = Problem)))]
pub(super) async fn preview_layers(
    caller: May<perm::WindowsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Body(w): Body<LayersPreview>,
) -> ApiResult<Json<RotaView>> {
    let now = app.now();
    let span = span(w.from, w.to, now)?;
    let mut reader = app.reader();
    let window = crate::windows::load(&mut reader, id).await?;
    let rota = of(&mut reader, &window).await?.with_layers(w.layers, &caller.stamp(&app))?;
    let names = owner::names(&mut reader).await?;
    Ok(Json(view(&rota, span, now, &names, &caller)))
}

/// When.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// The instant; now unless told.
    at: Option<Timestamp>,
}

/// Who decided, or decides, at an instant.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Duty {
    /// The instant.
    at: Timestamp,
    /// Who decides then; none where nobody is on duty.
    owner: Option<DutyNow>,
    /// Who follows.
    next: Option<DutyNext>,
}

/// Who decides at an instant
///
/// Of the past it says who did, whatever the schedule meant; of what lies ahead, who is meant to. Rulings are judged by the same.
#[utoipa::path(get, path = "/windows/{id}/duty", operation_id = "get_duty", tag = "rota", params(("id" = WindowId, Path), At),
    responses((status = 200, body = Duty), (status = "4XX", body = Problem)))]
pub(super) async fn get_duty(
    _: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
    Params(w): Params<At>,
) -> ApiResult<Json<Duty>> {
    let mut reader = app.reader();
    let window = crate::windows::load(&mut reader, id).await?;
    let (rota, now) = (of(&mut reader, &window).await?, app.now());
    let at = w.at.unwrap_or(now);
    let (owner, next) = duty(&rota, at, now, &owner::names(&mut reader).await?);
    Ok(Json(Duty { at, owner, next }))
}
