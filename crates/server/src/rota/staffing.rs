//! How many people the live channel needs in each hour, beside who is on duty: the formulas of `core/staffing` on what came in lately.

use super::act::of;
use crate::App;
use crate::http::{ApiResult, May, PathId, Problem, perm};
use axum::Json;
use axum::extract::State;
use hypercare_core::handling;
use hypercare_core::rota::{DutyRole, LivingRota, Period};
use hypercare_core::staffing::{HOURS_OF_WEEK, Hours, Surge, Target, USUAL_CV, USUAL_PERCENTILE, WeekProfile, hour_of_week};
use hypercare_core::window::Window;
use hypercare_core::{Span, Timestamp, WindowId};
use hypercare_store::queries::{assistant, rota as stored};
use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

/// So much of the past makes the normal week.
const PAST: Span = Span::days(28);
/// Fewer chats in it make none.
const ENOUGH: usize = 50;
/// How far ahead.
const AHEAD: Span = Span::days(14);
/// The share of customers in a chat who are answered in time, and that time.
const TARGET: (f64, Span) = (0.8, Span::mins(2));
/// A person's time with one chat, where too few were handled to know.
const USUAL_HANDLING: Span = Span::mins(8);
/// Roles that answer customers.
const ANSWERS: [DutyRole; 2] = [DutyRole::DecisionOwner, DutyRole::Responder];

/// A stretch of hours that need and have the same.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = StaffingStretch)]
pub struct Stretch {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// Chats expected in an hour, at the most of these hours.
    pub expected: f64,
    /// People needed at the same time.
    pub needed: u32,
    /// People on duty by the rota, on average.
    pub on_duty: f64,
    /// People missing.
    pub short_by: u32,
}

/// What the next two weeks need.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RotaStaffing)]
pub struct Staffing {
    /// By time; empty where there is no forecast.
    pub stretches: Vec<Stretch>,
    /// What it rests on, or what is missing for it.
    pub basis: String,
}

/// People needed for the live channel, beside the rota
///
/// Erlang C for each hour of the next two weeks, on the chats of the last four. There is none before fifty chats.
#[utoipa::path(get, path = "/windows/{id}/rota/staffing", operation_id = "get_rota_staffing", tag = "rota", params(("id" = WindowId, Path)),
    responses((status = 200, body = Staffing), (status = "4XX", body = Problem)))]
pub(super) async fn get_staffing(_: May<perm::Read>, State(app): State<App>, PathId(id): PathId<WindowId>) -> ApiResult<Json<Staffing>> {
    let mut reader = app.reader();
    let window = crate::windows::load(&mut reader, id).await?;
    let (rota, now) = (of(&mut reader, &window).await?, app.now());
    let opened = stored::chats(&mut reader, now - PAST, now).await?;
    if opened.len() < ENOUGH {
        let basis = format!("No forecast yet: it needs {ENOUGH} chats within four weeks, and there were {}.", opened.len());
        return Ok(Json(Staffing { stretches: vec![], basis }));
    }
    let handled = handling::handling(&assistant::replies(&mut reader, window.id).await?).map(|h| h.median);
    forecast(&window, &rota, &opened, handled, now).map(Json).map_err(|why| Problem::conflict(format!("No forecast: {why}.")))
}

fn forecast(window: &Window, rota: &LivingRota, opened: &[Timestamp], handled: Option<Span>, now: Timestamp) -> Result<Staffing, String> {
    let zone = hypercare_core::calendar::zone(&rota.base().zone).unwrap_or(TimeZone::UTC);
    let local = |at: Timestamp| zone.to_datetime(at.to_jiff());
    let mut weeks = [0_u32; HOURS_OF_WEEK];
    let mut at = now - PAST;
    while at < now {
        weeks[hour_of_week(local(at))] += 1;
        at = at + Span::hours(1);
    }
    let profile = WeekProfile::mean_of(opened.iter().map(|at| local(*at)), &weeks);
    // Once it is live, what came in has the launch in it already.
    let surge = if rota.is_live(now) { Surge { size: 0.0, ..Surge::default() } } else { Surge::default() };
    let target = Target { share: TARGET.0, within_secs: TARGET.1.as_secs_f64(), ..Target::default() };
    let handling = handled.unwrap_or(USUAL_HANDLING);
    let coverage = rota.base().coverage();
    let hours = Hours {
        profile: &profile,
        zone: &zone,
        go_live: window.go_live_at,
        surge,
        handling,
        target,
        cv: USUAL_CV,
        percentile: USUAL_PERCENTILE,
        coverage: &coverage,
    };
    let clock = local(now);
    let from =
        now - Span::mins(i64::from(clock.minute())) - Span::secs(i64::from(clock.second())) - Span(i64::from(clock.subsec_nanosecond()) / 1_000);
    let span = Period::new(from, from + AHEAD);
    let mut stretches: Vec<Stretch> = vec![];
    for hour in hours.within(span, &on_duty(rota, span), 0.0)? {
        let missing = (f64::from(hour.need.agents) - hour.planned - 1e-9).ceil().max(0.0) as u32;
        let same = |s: &Stretch| s.to == hour.when.from && s.needed == hour.need.agents && s.on_duty == hour.planned;
        match stretches.last_mut() {
            Some(last) if same(last) => {
                last.to = hour.when.to;
                last.expected = last.expected.max(hour.expected);
            }
            _ => stretches.push(Stretch {
                from: hour.when.from,
                to: hour.when.to,
                expected: hour.expected,
                needed: hour.need.agents,
                on_duty: hour.planned,
                short_by: missing,
            }),
        }
    }
    let known = if handled.is_some() { "the median of this window" } else { "assumed, too few were handled to know" };
    let basis = format!(
        "{} chats of the last four weeks, by hour of the week; {handling} each ({known}); 80 % answered within 2 minutes, at the 85th percentile of the volume (Erlang C). Tickets and what the assistant settles are not in it.",
        opened.len()
    );
    Ok(Staffing { stretches, basis })
}

fn on_duty(rota: &LivingRota, span: Period) -> Vec<Period> {
    let schedule = rota.schedule();
    let mut found = vec![];
    for role in ANSWERS {
        for stretch in schedule.stretches(role, span) {
            let count = if role.is_single() { stretch.people.len().min(1) } else { stretch.people.len() };
            found.extend(std::iter::repeat_n(stretch.when, count));
        }
    }
    found
}
