//! The one writer of this node: takes waiting changes, runs them one after the other inside one
//! transaction, each behind a savepoint, and commits them together. The group pays once for the disk.

use crate::StoreError;
use crate::db::Pools;
use crate::ids::Ids;
use crate::tx::Tx;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot, watch};

/// Changes that may wait; more are held back at their callers.
const QUEUE: usize = 1024;
/// Changes in one commit at most: bounds how long the first one waits.
const GROUP: usize = 128;

type Finish = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Run = Box<dyn for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, (bool, Finish)> + Send>;

pub(crate) struct Job {
    run: Run,
    /// Answers the caller when the change could not even be tried.
    fail: Box<dyn FnOnce(StoreError) + Send>,
}

impl Job {
    pub(crate) fn new<T, E, F>(change: F) -> (Self, oneshot::Receiver<Result<T, E>>)
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let sender = Arc::new(Mutex::new(Some(sender)));
        let failing = Arc::clone(&sender);
        let fail = Box::new(move |error: StoreError| reply(&failing, Err(E::from(error))));
        let run: Run = Box::new(move |tx| {
            async move {
                let outcome = AssertUnwindSafe(change(tx)).catch_unwind().await.unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
                let keep = outcome.is_ok();
                let finish: Finish = Box::new(move |committed| {
                    reply(&sender, committed.map_err(E::from).and(outcome));
                });
                (keep, finish)
            }
            .boxed()
        });
        (Self { run, fail }, receiver)
    }
}

enum Order {
    Do(Job),
    Stop(oneshot::Sender<()>),
}

#[derive(Clone, Debug)]
pub(crate) struct Writer {
    orders: mpsc::Sender<Order>,
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

impl Writer {
    pub(crate) fn start(pools: Pools, ids: Arc<Ids>, head: watch::Sender<i64>) -> Self {
        let (orders, queue) = mpsc::channel(QUEUE);
        tokio::spawn(work(pools, ids, head, queue));
        Self { orders }
    }
    pub(crate) async fn submit(&self, job: Job) -> Result<(), StoreError> {
        self.orders.send(Order::Do(job)).await.map_err(|_| StoreError::Closed)
    }
    pub(crate) async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.orders.send(Order::Stop(done)).await.is_ok() {
            let _ = stopped.await;
        }
    }
}

async fn work(pools: Pools, ids: Arc<Ids>, head: watch::Sender<i64>, mut queue: mpsc::Receiver<Order>) {
    while let Some(order) = queue.recv().await {
        let first = match order {
            Order::Do(job) => job,
            Order::Stop(done) => {
                queue.close();
                let _ = done.send(());
                return;
            }
        };
        let mut stop = None;
        let mut finishers = Vec::new();
        let outcome = group(&pools, &ids, first, &mut queue, &mut finishers, &mut stop).await;
        metrics::histogram!("hypercare_commit_group_size").record(finishers.len() as f64);
        if let Ok(seq) = outcome {
            head.send_if_modified(|known| std::mem::replace(known, seq) != seq);
        }
        if let Err(error) = &outcome {
            tracing::error!(%error, changes = finishers.len(), "a group of changes could not be committed; none of them was kept");
        }
        for finish in finishers {
            finish(outcome.clone().map(drop));
        }
        if let Some(done) = stop {
            queue.close();
            let _ = done.send(());
            return;
        }
    }
}

/// Runs a group in one transaction. Returns the number of the last event.
async fn group(
    pools: &Pools,
    ids: &Arc<Ids>,
    first: Job,
    queue: &mut mpsc::Receiver<Order>,
    finishers: &mut Vec<Finish>,
    stop: &mut Option<oneshot::Sender<()>>,
) -> Result<i64, StoreError> {
    let mut tx = match Tx::begin(pools, Arc::clone(ids)).await {
        Ok(tx) => tx,
        Err(error) => {
            (first.fail)(error.clone());
            return Err(error);
        }
    };
    let mut next = Some(first);
    while let Some(job) = next.take() {
        tx.savepoint().await?;
        let (keep, finish) = (job.run)(&mut tx).await;
        finishers.push(finish);
        if keep {
            tx.release().await?;
        } else {
            tx.roll_back_to_savepoint().await?;
        }
        if finishers.len() < GROUP {
            match queue.try_recv() {
                Ok(Order::Do(job)) => next = Some(job),
                Ok(Order::Stop(done)) => *stop = Some(done),
                Err(_) => {}
            }
        }
    }
    tx.commit().await
}

/// Answers a caller once; it may have gone away.
fn reply<T>(sender: &Mutex<Option<oneshot::Sender<T>>>, value: T) {
    if let Some(sender) = sender.lock().unwrap_or_else(PoisonError::into_inner).take() {
        let _ = sender.send(value);
    }
}
