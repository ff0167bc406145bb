//! After a step back, every open conversation of its categories gets the window's promises again, page by page.
//!
//! Promises are only ever made shorter here, and none is late at the instant of the change: the rule is the
//! conversation's own. A page that is gone through twice changes nothing the second time, so a stop in the middle
//! costs a page of reading.

use crate::App;
use crate::knowledge::Catalogue;
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt};
use hypercare_core::conversation::{Command, Conversation};
use hypercare_core::window::{Window, WindowCommand};
use hypercare_core::{Actor, ConversationId, WindowId};
use hypercare_store::queries::conversations;
use hypercare_store::{WriteError, load};
use std::sync::Arc;

/// Conversations of one page.
const PAGE: i64 = 256;
/// Of these at once: they share one commit.
const AT_ONCE: usize = 64;

/// Goes through the next page. The engine comes back as long as there are more.
///
/// # Errors
/// When the store fails.
pub async fn tighten(app: &App, id: WindowId) -> Result<(), WriteError> {
    let Some(window) = load::<Window>(&mut app.reader(), id.0).await? else { return Ok(()) };
    let Some(job) = window.stages.tightening.clone().filter(|job| job.due <= app.now()) else { return Ok(()) };
    let Some(category) = job.categories.first().cloned() else { return Ok(()) };
    let catalogue = since(app, &window).await?;
    let page = conversations::open_of_category(&mut app.reader(), id, &category, job.after, PAGE).await?;
    let results: Vec<Result<(), WriteError>> =
        stream::iter(page.iter().copied()).map(|one| follow(app, one, Arc::clone(&catalogue))).buffer_unordered(AT_ONCE).collect().await;
    results.into_iter().collect::<Result<Vec<()>, _>>()?;
    let done = (page.len() as i64) < PAGE;
    let progress =
        WindowCommand::Tightened { category, conversations: u32::try_from(page.len()).unwrap_or(u32::MAX), after: page.last().copied(), done };
    let stamp = app.stamp(Actor::system());
    app.store.write(move |tx| async move { tx.execute::<Window>(id, progress, &stamp, &()).await.map(drop) }.boxed()).await
}

/// The promises as the window has them: another node may have taken the step back, and this one not have read of it.
async fn since(app: &App, window: &Window) -> Result<Arc<Catalogue>, WriteError> {
    let known = app.knowledge.current(app).await?;
    if known.get(window.id).is_none_or(|w| w.window.stages.normalised() == window.stages.normalised()) {
        return Ok(known);
    }
    app.knowledge.stale();
    Ok(app.knowledge.current(app).await?)
}

async fn follow(app: &App, id: ConversationId, catalogue: Arc<Catalogue>) -> Result<(), WriteError> {
    let stamp = app.stamp(Actor::system());
    app.store
        .write(move |tx| {
            async move {
                let mut change = tx.change::<Conversation>(id).await?;
                if let Some(window) = change.state().map(|c| c.window)
                    && change.run(Command::TimePassed, &stamp, &catalogue.env(window))?
                {
                    tx.save(change).await?;
                }
                Ok(())
            }
            .boxed()
        })
        .await
}
