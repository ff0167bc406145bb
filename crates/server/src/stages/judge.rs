//! The engine's turn: what happens to the stages by itself.

use super::history::{burning, history};
use crate::App;
use futures_util::FutureExt;
use hypercare_core::stages::{History, StageEvent, advance};
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{Actor, Refusal, Stamp, WindowId};
use hypercare_store::Change;
use hypercare_store::{WriteError, load};

/// Lets the rules decide on what the guards say now, between two closes of a day: for an alert that promises break too
/// fast. Harmless to repeat.
///
/// # Errors
/// When the store fails.
pub async fn judge(app: &App, id: WindowId) -> Result<(), WriteError> {
    let Some(window) = load::<Window>(&mut app.reader(), id.0).await?.filter(|w| w.phase.is_open()) else { return Ok(()) };
    let history = history(app, &window).await?;
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Window>(id).await?;
                judge_in(&mut change, history, &stamp)?;
                tx.save(change).await.map(drop)
            }
            .boxed()
        })
        .await?;
    app.knowledge.stale();
    app.wake.notify_one();
    Ok(())
}

/// A promise broke of a category that is on normal promises. Where that is too fast, the stage goes back at once; most
/// times it is not, and nothing more is read.
///
/// # Errors
/// When the store fails.
pub async fn promise_broke(app: &App, id: WindowId) -> Result<(), WriteError> {
    let Some(window) = load::<Window>(&mut app.reader(), id.0).await? else { return Ok(()) };
    let normal = window.stages.normalised();
    if burning(app, &window).await?.iter().any(|b| normal.contains(&b.category)) { judge(app, id).await } else { Ok(()) }
}

/// The same inside a change that is being made. The reason is kept with the event as a person's would be.
///
/// # Errors
/// When the rules refuse.
pub fn judge_in(change: &mut Change<Window>, history: History, stamp: &Stamp) -> Result<(), Refusal> {
    let w = change.existing()?;
    let why = advance(&w.stages, &w.plan, w.phase, &history, stamp.at).into_iter().find_map(|event| match event {
        StageEvent::Reverted { why, .. } => Some(why),
        _ => None,
    });
    let stamp = stamp.clone().because(why.unwrap_or_default());
    change.run(WindowCommand::JudgeStages { history: Box::new(history) }, &stamp, &()).map(drop)
}
