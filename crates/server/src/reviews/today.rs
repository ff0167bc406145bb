//! `GET /windows/{id}/review` and `POST /windows/{id}/review/open`: today's.

use super::course::{begin, is_live, next_brief};
use super::gather::gather;
use super::view::{ReviewView, Shown, view};
use crate::App;
use crate::http::{ApiResult, Caller, May, PathId, Problem, perm};
use crate::windows::{self, owner};
use axum::Json;
use axum::extract::State;
use futures_util::FutureExt;
use hypercare_core::review::{self, Attendee, BriefKind, Item, Of, Review, ReviewCommand, Schedule, agenda};
use hypercare_core::window::Window;
use hypercare_core::{ReviewId, Stamp, Timestamp, WindowId};
use hypercare_store::queries::{people, reviews};
use hypercare_store::{Query, StoreError, Tx, WriteError};
use serde::Serialize;
use utoipa::ToSchema;

/// Reviews before that are looked at for one that was not closed.
const LOOKED_AT: i64 = 10;

/// One that is still open.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnclosedReview {
    /// Which.
    pub id: ReviewId,
    /// Of which day.
    pub day: String,
}

/// Today's review, and what is next.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TodaysReview {
    /// Today's.
    pub review: ReviewView,
    /// When the next one begins; none where none is planned or the window is not live.
    pub next_at: Option<Timestamp>,
    /// When the next morning brief goes out; none where nobody gets it.
    pub morning_at: Option<Timestamp>,
    /// When the next executive brief goes out.
    pub executive_at: Option<Timestamp>,
    /// An earlier review that nobody closed.
    pub unclosed: Option<UnclosedReview>,
    /// The plan has a review: without one nothing is scheduled.
    pub planned: bool,
}

/// Whoever attends, by name.
pub(super) async fn attends(q: &mut impl Query, w: &Window) -> Result<Vec<Attendee>, StoreError> {
    let names = owner::names(q).await?;
    let rota = crate::rota::of(q, w).await?.people();
    let of = |email: String| Attendee { name: owner::name_of(&names, &email), email, present: false };
    Ok(w.plan.attends_review(&rota).into_iter().map(of).collect())
}

/// Today's of a window, as it is known, and whether anything of it is kept.
pub(super) async fn todays(app: &App, w: &Window, schedule: &Schedule) -> ApiResult<(Review, bool)> {
    let mut reader = app.reader();
    let day = schedule.day(app.now());
    if let Some(known) = reviews::of_day(&mut reader, w.id, &day.to_string()).await? {
        return Ok((known, true));
    }
    let of = Of { id: ReviewId(0), window: w.id, day: day.to_string(), planned_at: schedule.review(day) };
    Ok((Review::planned(of), false))
}

/// Today's review
///
/// Before it is opened its agenda is as things are now.
#[utoipa::path(get, path = "/windows/{id}/review", operation_id = "get_todays_review", tag = "reviews", params(("id" = WindowId, Path)),
    responses((status = 200, body = TodaysReview), (status = "4XX", body = Problem)))]
pub(super) async fn get_todays_review(
    caller: May<perm::Read>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
) -> ApiResult<Json<TodaysReview>> {
    let window = windows::load(&mut app.reader(), id).await?;
    today(&app, &caller, &window).await.map(Json)
}

async fn today(app: &App, caller: &Caller, window: &Window) -> ApiResult<TodaysReview> {
    let (schedule, now, live) = (Schedule::of(&window.plan), app.now(), is_live(window));
    let (mut review, known) = todays(app, window, &schedule).await?;
    let mut items: Vec<Item> = vec![];
    if review.state == review::State::Planned {
        items = agenda(&gather(app, window).await?, &schedule);
        review.people = attends(&mut app.reader(), window).await?;
    }
    let before = reviews::page(&mut app.reader(), window.id, None, LOOKED_AT).await?;
    let unclosed = before.into_iter().find(|r| r.state == review::State::Open && r.of.day != review.of.day);
    let shown = Shown { window, schedule: &schedule, caller };
    Ok(TodaysReview {
        review: view(app, &shown, &review, known, items).await?,
        next_at: schedule.next_review(now).map(|(_, at)| at).filter(|_| live),
        morning_at: next_brief(app, window, &schedule, BriefKind::Morning, live).await?,
        executive_at: next_brief(app, window, &schedule, BriefKind::Executive, live).await?,
        unclosed: unclosed.map(|r| UnclosedReview { id: r.of.id, day: r.of.day }),
        planned: window.plan.review.is_some(),
    })
}

/// Opens today's review of a window: its agenda is kept as it is now.
///
/// # Errors
/// 409 where it was closed already or the window is over.
pub async fn open(app: &App, id: WindowId, by: Option<String>, stamp: Stamp) -> ApiResult<Review> {
    let window = windows::load(&mut app.reader(), id).await?;
    let schedule = Schedule::of(&window.plan);
    let items = agenda(&gather(app, &window).await?, &schedule);
    Ok(app.store.write(move |tx| begin_today(tx, id, items, by, stamp).boxed()).await?)
}

async fn begin_today(tx: &mut Tx, id: WindowId, items: Vec<Item>, by: Option<String>, stamp: Stamp) -> Result<Review, WriteError> {
    let window = windows::named(tx, id).await?;
    let schedule = Schedule::of(&window.plan);
    let day = schedule.day(stamp.at);
    let mut attending = attends(tx, &window).await?;
    if let Some(me) = by.as_ref().filter(|me| attending.iter().all(|p| p.email != **me)) {
        let name = people::by_email(tx, me).await?.map_or_else(|| me.clone(), |p| p.name);
        attending.push(Attendee { email: me.clone(), name, present: true });
    }
    let (mut change, of) = begin(tx, &window, &day.to_string(), schedule.review(day), stamp.at).await?;
    change.run(ReviewCommand::Open { of: Box::new(of), items, people: attending, by }, &stamp, &())?;
    tx.save(change).await
}

/// Open today's review
///
/// From now on its agenda is kept as it is at this moment, and you chair it. Opening it twice is the same review.
#[utoipa::path(post, path = "/windows/{id}/review/open", operation_id = "open_review", tag = "reviews", params(("id" = WindowId, Path)),
    responses((status = 200, body = TodaysReview), (status = "4XX", body = Problem)))]
pub(super) async fn open_review(
    caller: May<perm::ConversationsWrite>,
    State(app): State<App>,
    PathId(id): PathId<WindowId>,
) -> ApiResult<Json<TodaysReview>> {
    let by = caller.user.as_ref().map(|p| p.email.to_lowercase());
    open(&app, id, by, caller.stamp(&app)).await?;
    let window = windows::load(&mut app.reader(), id).await?;
    today(&app, &caller, &window).await.map(Json)
}
