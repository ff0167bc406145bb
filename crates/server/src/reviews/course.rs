//! What the engine does for reviews: briefs go out at their local times, and what did not begin in time was missed. One due time for each
//! window; how far it has come is kept with it, so a stop or a second node repeats and loses nothing.

use super::deliver;
use super::gather::gather;
use crate::App;
use futures_util::FutureExt;
use hypercare_core::plan::Plan;
use hypercare_core::review::{Brief, BriefKind, Due, Facts, LATEST, Moment, Of, Review, ReviewCommand, Schedule, brief};
use hypercare_core::role::Permission;
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Actor, ReviewId, Stamp, Timestamp, UserId, WindowId};
use hypercare_store::queries::{people, reviews, timers};
use hypercare_store::{Change, Query, StoreError, Tx, WriteError};

/// Leads who are told of a missed review.
const LEADS: usize = 20;

/// Only while a window is live anything is scheduled.
pub(super) fn is_live(w: &Window) -> bool {
    matches!(w.phase, Phase::Active | Phase::Stabilising)
}

/// A plan was applied or the window went to another phase, in the same transaction: from now on its times hold. What was due before and has
/// not been done yet still is.
///
/// # Errors
/// When the database fails.
pub(crate) async fn follow(tx: &mut Tx, id: WindowId, stamp: &Stamp) -> Result<(), StoreError> {
    let Some(window) = hypercare_store::load::<Window>(tx, id.0).await? else { return Ok(()) };
    if !is_live(&window) {
        return reviews::set_course(tx, id, stamp.at, None).await;
    }
    let known = reviews::course(tx, id).await?.filter(|due| due.due_at <= stamp.at.0);
    let done_until = known.map_or(stamp.at, |due| reviews::done_until(&due));
    reviews::set_course(tx, id, done_until, Schedule::of(&window.plan).next(done_until)).await
}

/// The review of a day, as it is known; its name where nothing happened yet.
pub(super) async fn begin(
    tx: &mut Tx,
    window: &Window,
    day: &str,
    planned_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(Change<Review>, Of), StoreError> {
    let known = reviews::of_day(tx, window.id, day).await?;
    let id: ReviewId = known.map_or_else(|| tx.new_id(now), |r| r.of.id);
    let of = Of { id, window: window.id, day: day.to_owned(), planned_at };
    Ok((tx.change::<Review>(id).await?, of))
}

/// Does what is due for a window's reviews by now.
///
/// # Errors
/// When the store fails.
pub(crate) async fn step(app: &App, id: WindowId, due: Vec<timers::Due>) -> Result<(), WriteError> {
    let Some(due) = due.into_iter().next() else { return Ok(()) };
    let now = app.now();
    let window = hypercare_store::load::<Window>(&mut app.reader(), id.0).await?.filter(is_live);
    let Some(window) = window else {
        return app.store.write(move |tx| async move { reviews::set_course(tx, id, now, None).await.map_err(WriteError::from) }.boxed()).await;
    };
    let schedule = Schedule::of(&window.plan);
    let moments = schedule.due(reviews::done_until(&due), now);
    let made = make(app, &window, &schedule, moments, now).await?;
    let stamp = app.stamp(Actor::system());
    let done: Result<(), WriteError> = app
        .store
        .write(move |tx| {
            async move {
                // Another node has been here, or a plan was applied.
                if !reviews::take(tx, &due).await? {
                    return Ok(());
                }
                for (moment, brief) in made {
                    keep(tx, &window, &schedule, moment, brief, &stamp).await?;
                }
                reviews::set_course(tx, id, now, schedule.next(now)).await.map_err(WriteError::from)
            }
            .boxed()
        })
        .await;
    done
}

/// What the letters say is made before the writer's turn.
async fn make(app: &App, window: &Window, schedule: &Schedule, moments: Vec<Due>, now: Timestamp) -> Result<Vec<(Due, Option<Brief>)>, StoreError> {
    let mut facts: Option<Facts> = None;
    let mut made = vec![];
    for moment in moments {
        let letter = match moment.what {
            Moment::Brief(kind) if now - moment.at <= LATEST => {
                let read = match facts.take() {
                    Some(read) => read,
                    None => gather(app, window).await?,
                };
                let letter = brief(kind, &read, schedule);
                facts = Some(read);
                Some(letter)
            }
            _ => None,
        };
        made.push((moment, letter));
    }
    Ok(made)
}

/// Who gets it.
pub(super) async fn recipients(q: &mut impl Query, w: &Window, kind: BriefKind) -> Result<Vec<String>, StoreError> {
    Ok(match kind {
        BriefKind::Morning => w.plan.morning_brief_to(&crate::rota::of(q, w).await?.people()),
        BriefKind::Executive => w.plan.executive_brief_to(),
    })
}

/// When the next one goes out; none where nobody gets it or the window is not live.
pub(super) async fn next_brief(app: &App, w: &Window, schedule: &Schedule, kind: BriefKind, live: bool) -> Result<Option<Timestamp>, StoreError> {
    let next = schedule.next_brief(kind, app.now()).filter(|_| live);
    let reaches_somebody = next.is_some() && !recipients(&mut app.reader(), w, kind).await?.is_empty();
    Ok(next.filter(|_| reaches_somebody))
}

async fn keep(tx: &mut Tx, window: &Window, schedule: &Schedule, moment: Due, letter: Option<Brief>, stamp: &Stamp) -> Result<(), WriteError> {
    let (mut change, of) = begin(tx, window, &moment.day.to_string(), schedule.review(moment.day), stamp.at).await?;
    let (id, of) = (of.id, Box::new(of));
    match moment.what {
        Moment::Brief(kind) => {
            let to = recipients(tx, window, kind).await?;
            if to.is_empty() {
                return Ok(());
            }
            let command = ReviewCommand::Brief { of, kind, brief: letter.clone().map(Box::new), to: to.clone() };
            if change.run(command, stamp, &())?
                && let Some(letter) = letter
            {
                deliver::queue(tx, id, &letter, to, stamp).await?;
            }
        }
        Moment::Missed => {
            let tell = leads(tx, &window.plan).await?;
            change.run(ReviewCommand::Miss { of, tell }, stamp, &())?;
        }
    }
    tx.save(change).await.map(drop)
}

/// The owners of the change, or all leads where none of them can sign in.
async fn leads(q: &mut impl Query, plan: &Plan) -> Result<Vec<UserId>, StoreError> {
    let all: Vec<people::Person> = people::list(q).await?.into_iter().filter(|p| !p.disabled).collect();
    let owns = |p: &&people::Person| plan.change.owners.iter().any(|owner| owner.eq_ignore_ascii_case(&p.email));
    let mut found: Vec<UserId> = all.iter().filter(owns).map(people::Person::id).collect();
    if found.is_empty() {
        found = all.iter().filter(|p| p.role().may(Permission::WindowsWrite)).map(people::Person::id).collect();
    }
    found.truncate(LEADS);
    Ok(found)
}
