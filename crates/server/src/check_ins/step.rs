//! One step of a check-in, taken by the engine when it is due. Who is asked is kept in the same transaction as the mail to them and the next
//! step, so a stop in the middle loses nobody and asks nobody twice, on any number of nodes.

use super::people::{Cursor, Person, next, way};
use crate::App;
use crate::signs::Signs;
use futures_util::FutureExt;
use hypercare_core::check_in::reach::Passed;
use hypercare_core::check_in::{CheckIn, CheckInCommand, State, Way, step as pace};
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Actor, AskedId, CheckInId, Span, Stamp, Timestamp};
use hypercare_store::queries::check_ins::asked::{self, New};
use hypercare_store::queries::check_ins::audience;
use hypercare_store::queries::{check_ins, timers};
use hypercare_store::{Tx, WriteError};

/// People that one step looks at; of many who are passed over the next step follows at once.
const LOOKED_AT: i64 = 100;
/// The pause before that.
const AT_ONCE: Span = Span::secs(1);

/// Asks the next few.
///
/// # Errors
/// When the store fails; then nothing of this step was kept.
pub async fn step(app: &App, id: CheckInId, due: Vec<timers::Due>) -> Result<(), WriteError> {
    let (stamp, signs) = (app.stamp(Actor::system()), app.signs.clone());
    app.store.write(move |tx| advance(tx, id, due, stamp, signs).boxed()).await
}

async fn advance(tx: &mut Tx, id: CheckInId, due: Vec<timers::Due>, stamp: Stamp, signs: Signs) -> Result<(), WriteError> {
    // Another node has taken this step.
    if !timers::taken(tx, &due).await? {
        return Ok(());
    }
    let mut change = tx.change::<CheckIn>(id).await?;
    let Some(it) = change.state().filter(|it| it.state == State::Running).cloned() else { return Ok(()) };
    let open = hypercare_store::load::<Window>(tx, it.window.0).await?.is_some_and(|w| w.phase != Phase::Closed);
    if !open {
        // Nobody looks after what would come back.
        change.run(CheckInCommand::Stop, &stamp, &())?;
        tx.save(change).await?;
        return Ok(());
    }
    let pace = pace(it.content.per_hour);
    let (mut asked, mut looked) = (0, 0);
    let mut cursor = Cursor::default();
    let before = it.started_at.unwrap_or(stamp.at);
    loop {
        let people = next(tx, (it.window, id), &it.content, before, &mut cursor, pace.people).await?;
        if people.is_empty() {
            change.run(CheckInCommand::Finish, &stamp, &())?;
            tx.save(change).await?;
            return Ok(());
        }
        for person in people {
            let by = way(tx, &signs, id, &person, &it.content, stamp.at).await?;
            asked += i64::from(by.is_ok());
            looked += 1;
            keep(tx, &it, &person, by, stamp.at).await?;
            if asked >= pace.people || looked >= LOOKED_AT {
                let pause = if asked > 0 { pace.pause } else { AT_ONCE };
                check_ins::step_at(tx, id, stamp.at + pause).await?;
                return Ok(());
            }
        }
    }
}

/// Keeps that somebody is asked, with the mail to them, or why not.
async fn keep(tx: &mut Tx, it: &CheckIn, person: &Person, by: Result<Way, Passed>, now: Timestamp) -> Result<(), WriteError> {
    let id: AskedId = tx.new_id(now);
    let (mut contact, mut address) = (person.contact, person.address.as_deref());
    if by == Err(Passed::Already) {
        // Under what is new of them only: the rest is taken.
        if audience::is_in(tx, it.id, contact, None).await? {
            contact = None;
        }
        if audience::is_in(tx, it.id, None, address).await? {
            address = None;
        }
    }
    let new = New { id, check_in: it.id, window: it.window, contact, address, way: by.ok(), skipped: by.err().map(Passed::word) };
    asked::add(tx, &new, now).await?;
    if by == Ok(Way::Email) {
        check_ins::queue(tx, id, now).await?;
    }
    Ok(())
}
