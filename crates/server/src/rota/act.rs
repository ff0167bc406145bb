//! Loading a rota, and changing it together with what it follows: plans, phases, time.

use super::people::with_names;
use crate::App;
use crate::http::ApiResult;
use crate::windows::owner;
use futures_util::FutureExt;
use hypercare_core::rota::LivingRota;
use hypercare_core::rota::living::{Base, Command, Event};
use hypercare_core::window::{Phase, Window};
use hypercare_core::{Actor, Refusal, Stamp, Timestamp, WindowId};
use hypercare_store::{Change, Tx, WriteError};

pub use hypercare_store::queries::rota::of;

fn planned(w: &Window) -> Base {
    Base::of_plan(&w.plan, w.plan_version, Timestamp(0))
}

/// Begins a change of the rota of a window. A window from before rotas were kept gets its own with it: duty passes by acknowledgement
/// from now on, and what was before is what the plan said.
///
/// # Errors
/// A refusal where there is no such window, or that the database failed.
pub async fn begin(tx: &mut Tx, id: WindowId, stamp: &Stamp) -> Result<Change<LivingRota>, WriteError> {
    let mut change = tx.change::<LivingRota>(id).await?;
    if change.state().is_none() {
        let window = hypercare_store::load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
        change.run(Command::Follow { window: id, base: Box::new(planned(&window)) }, stamp, &())?;
        phase(&mut change, window.phase, stamp)?;
    }
    Ok(change)
}

fn phase(change: &mut Change<LivingRota>, phase: Phase, stamp: &Stamp) -> Result<(), Refusal> {
    match phase {
        Phase::Preparing => {}
        Phase::Active | Phase::Stabilising => drop(change.run(Command::GoLive, stamp, &())?),
        Phase::Closed => drop(change.run(Command::End, stamp, &())?),
    }
    Ok(())
}

/// A plan was applied, in the same transaction.
///
/// # Errors
/// A refusal where it would leave a change that is live without a decision owner.
pub(crate) async fn follow(tx: &mut Tx, id: WindowId, stamp: &Stamp) -> Result<(), WriteError> {
    let window = hypercare_store::load::<Window>(tx, id.0).await?.ok_or_else(|| Refusal::not_found("window"))?;
    let mut change = begin(tx, id, stamp).await?;
    change.run(Command::Follow { window: id, base: Box::new(planned(&window)) }, stamp, &())?;
    tx.save(change).await.map(drop)
}

/// The window went to another phase, in the same transaction.
///
/// # Errors
/// When the database fails.
pub(crate) async fn moved(tx: &mut Tx, window: &Window, stamp: &Stamp) -> Result<(), WriteError> {
    let mut change = begin(tx, window.id, stamp).await?;
    phase(&mut change, window.phase, stamp)?;
    tx.save(change).await.map(drop)
}

/// The engine: time has passed for a rota. What happens, with its notices and its mail, is one transaction, so it happens once on
/// however many nodes.
///
/// # Errors
/// When the store fails.
pub(crate) async fn step(app: &App, id: WindowId) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = begin(tx, id, &stamp).await?;
                change.run(Command::TimePassed, &stamp, &())?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await
}

/// Somebody changes a rota. Returns it with what happened.
pub(super) async fn run(app: &App, id: WindowId, command: Command, stamp: Stamp) -> ApiResult<(LivingRota, Vec<Event>)> {
    run_with(app, id, stamp, move |_| Ok(command)).await
}

/// The same with a command that is made within the transaction, from the rota as it is then.
pub(super) async fn run_with(
    app: &App,
    id: WindowId,
    stamp: Stamp,
    command: impl FnOnce(&LivingRota) -> Result<Command, Refusal> + Send + 'static,
) -> ApiResult<(LivingRota, Vec<Event>)> {
    let done = app
        .store
        .write(move |tx| {
            async move {
                let mut change = begin(tx, id, &stamp).await?;
                let command = command(change.existing()?)?;
                super::people::check(tx, &command).await?;
                change.run(command, &stamp, &())?;
                let events: Vec<Event> = change.events().cloned().collect();
                let rota = tx.save(change).await?;
                Ok::<_, WriteError>((rota, events))
            }
            .boxed()
        })
        .await;
    app.wake.notify_one();
    match done {
        // The rules know people by their addresses; whoever reads a refusal knows their names.
        Err(WriteError::Refused(refusal)) => {
            let names = owner::names(&mut app.reader()).await?;
            let detail = with_names(&names, &refusal.detail);
            Err(WriteError::Refused(Refusal { detail, ..refusal }).into())
        }
        done => Ok(done?),
    }
}
