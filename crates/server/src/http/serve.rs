//! Running: the server, the follower of events and the engine, and how they end.

use super::accept::{Peer, tell_apart};
use super::router::router;
use crate::{App, engine, erasure, events, mail, presence, system, viewers};
use std::future::{Future, IntoFuture};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;

/// Requests that are under way when the server stops may take so long to finish.
const FINISH: Duration = Duration::from_secs(10);

/// Longest wait at the start for the confirmed outcomes to be judged.
const WARM_UP: Duration = Duration::from_secs(5);

/// Serves until `shutdown` is over; then stops accepting, ends streams, lets requests finish for at most
/// ten seconds, stops the engine and closes the store.
///
/// # Errors
/// When the listener or the store fails.
pub async fn serve(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
    run(app, listener, shutdown, true).await
}

/// The same without the engine: for tests and demonstrations that play time themselves.
///
/// # Errors
/// When the listener or the store fails.
pub async fn serve_without_engine(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> anyhow::Result<()> {
    run(app, listener, shutdown, false).await
}

/// The assistant of a window that is going on should not be held back because this node began a moment ago. What takes longer goes
/// on beside the service.
async fn warm_up(app: &App) {
    let first_fits = async {
        app.knowledge.current(app).await?;
        app.sure.settled().await;
        Ok::<_, hypercare_store::StoreError>(())
    };
    match tokio::time::timeout(WARM_UP, first_fits).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "what is known could not be read yet"),
        Err(_) => tracing::info!("the confirmed outcomes are still being judged; until then the assistant only suggests"),
    }
}

async fn run(app: App, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static, with_engine: bool) -> anyhow::Result<()> {
    system::install_metrics();
    let stop = watch::Sender::new(false);
    let (ready, following) = oneshot::channel();
    let follower = tokio::spawn(events::follow(app.clone(), stop.subscribe(), ready));
    // Nobody may subscribe before the follower has its place in the log.
    if following.await.is_err() {
        follower.await??;
        anyhow::bail!("events cannot be followed");
    }
    erasure::schedule(&app).await?;
    let present = tokio::spawn(viewers::follow(app.clone(), stop.subscribe()));
    let signs = tokio::spawn(presence::follow(app.clone(), stop.subscribe()));
    let engine = with_engine.then(|| tokio::spawn(engine::run(app.clone(), stop.subscribe())));
    let mut post = JoinSet::new();
    for (protocol, listener) in mail::listen::bind(&app).await? {
        post.spawn(mail::listen::run(app.clone(), protocol, listener, stop.subscribe()));
    }
    for imap in app.config.mail_in.imap.clone() {
        post.spawn(mail::imap::run(app.clone(), imap, stop.subscribe()));
    }

    warm_up(&app).await;
    let stopping = app.clone();
    let graceful = async move {
        shutdown.await;
        tracing::info!("stopping");
        stopping.stopping.send_replace(true);
    };
    let router = router(app.clone());
    let (others, open_chats) = tell_apart(listener, router.clone(), app.stopping.subscribe())?;
    let server = axum::serve(others, router.into_make_service_with_connect_info::<Peer>()).with_graceful_shutdown(graceful).into_future();
    let server = async { tokio::join!(server, open_chats).0 };
    let mut told = app.stopping.subscribe();
    let too_long = async move {
        let _ = told.wait_for(|stopping| *stopping).await;
        tokio::time::sleep(FINISH).await;
    };
    let result = tokio::select! {
        result = server => result,
        () = too_long => {
            tracing::warn!("requests that did not finish in time were cut off");
            Ok(())
        }
    };
    stop.send_replace(true);
    while post.join_next().await.is_some() {}
    if let Some(engine) = engine {
        engine.await?;
    }
    follower.await??;
    present.await?;
    signs.await?;
    app.outbox.settle().await;
    app.webhooks.farewell().await;
    app.letters.farewell().await;
    app.store.close().await;
    result.map_err(Into::into)
}
