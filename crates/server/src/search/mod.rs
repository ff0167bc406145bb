//! Full text over the desk's conversations.
//!
//! Each node has an index of its own that follows the event log (`following.rs`): what is found is what the store says, and an index that
//! is missing, damaged or of another store is made anew. Nothing is asked of it but which conversations, in which order: what is shown
//! comes from the store, with the filters applied again.

mod document;
mod following;

pub use document::facets_of;

use crate::App;
use crate::http::problem::{ApiResult, Problem};
use hypercare_core::Timestamp;
use hypercare_search::{Found, Index, SearchError, Words};
use hypercare_store::StoreError;
use hypercare_store::queries::events;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long a search waits for what was committed before it, which takes milliseconds unless the machine is busy.
const PATIENCE: Duration = Duration::from_secs(5);
/// The same while a desk of many conversations is read for the first time: that takes minutes.
const PATIENCE_AT_FIRST: Duration = Duration::from_millis(300);
/// From so many conversations on a search does not wait for the rest.
const MANY: u64 = 5_000;
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// The index of this node.
#[derive(Debug)]
pub struct Search {
    folder: Option<PathBuf>,
    index: Mutex<Option<Arc<Index>>>,
    /// It did not work: the next time it is made anew.
    damaged: AtomicBool,
    work: Mutex<Work>,
    /// The event up to which everything is found; −1 until everything was read once.
    seq: watch::Sender<i64>,
}

#[derive(Debug, Default)]
struct Work {
    /// Somebody searches here: the index is kept up to date.
    wanted: bool,
    running: bool,
    again: bool,
}

/// Why nothing can be found.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Index(#[from] SearchError),
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Hits {
    /// The best first.
    pub found: Found,
    /// False while the index still reads what was there before, or is behind.
    pub complete: bool,
}

impl Search {
    /// In a folder of its own, or in memory; opened when it is first wanted.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, index: Mutex::default(), damaged: AtomicBool::new(false), work: Mutex::default(), seq: watch::Sender::new(-1) }
    }

    /// An index on disk is brought up to date from the start; one in memory when somebody first searches.
    pub fn start(&self, app: &App) {
        if self.folder.is_some() {
            self.work().wanted = true;
            self.nudge(app);
        }
    }

    /// Something has changed: it will be found soon.
    pub fn nudge(&self, app: &App) {
        let mut work = self.work();
        if !work.wanted {
            return;
        }
        if work.running {
            work.again = true;
            return;
        }
        work.running = true;
        drop(work);
        let app = app.clone();
        tokio::spawn(async move {
            // Also when it panics: the next one goes on.
            let stopped = Stopped(&app);
            while stopped.0.search.goes_on(&app).await {}
        });
    }

    /// Whether there is more to do.
    async fn goes_on(&self, app: &App) -> bool {
        match following::catch_up(app).await {
            Ok(()) => {}
            Err(Failure::Store(StoreError::Closed)) => return false,
            Err(why) => {
                tracing::warn!("the search index could not be brought up to date; trying again: {why}");
                tokio::time::sleep(AFTER_FAILURE).await;
                return !*app.stopping.borrow();
            }
        }
        let mut work = self.work();
        // Under the lock: who nudges from now on begins anew.
        work.running = std::mem::take(&mut work.again);
        work.running
    }

    /// Conversations with all the words and facets, the best first.
    ///
    /// # Errors
    /// 503 when the index cannot be used.
    pub async fn find(&self, app: &App, words: &Words, facets: Vec<String>, skip: usize, limit: usize) -> ApiResult<Hits> {
        let complete = self.settled(app).await;
        let (words, now) = (words.clone(), app.now());
        let found = self.with(app, move |index| index.find(&words, &facets, now.0, skip, limit)).await.map_err(|why| refused(&why))?;
        Ok(Hits { found, complete })
    }

    /// Waits until all that was committed before is found here, for a short time at most; says whether it is.
    pub async fn settled(&self, app: &App) -> bool {
        self.work().wanted = true;
        let Ok(newest) = events::newest(&mut app.reader()).await else { return false };
        let newest = newest.map_or(0, |(seq, _): (i64, Timestamp)| seq);
        if *self.seq.borrow() >= newest {
            return true;
        }
        self.nudge(app);
        let mut seq = self.seq.subscribe();
        let known = seq.wait_for(|seq| *seq >= newest);
        let patience = if self.reads_many() { PATIENCE_AT_FIRST } else { PATIENCE };
        tokio::time::timeout(patience, known).await.is_ok_and(|known| known.is_ok())
    }

    /// A large desk is being read for the first time.
    fn reads_many(&self) -> bool {
        let index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        index.as_ref().is_some_and(|index| index.position().reading.is_some() && index.documents() >= MANY)
    }

    /// Works with the index, where waiting for a disk holds nobody up.
    async fn with<T: Send + 'static>(&self, app: &App, work: impl FnOnce(&Index) -> Result<T, SearchError> + Send + 'static) -> Result<T, Failure> {
        let app = app.clone();
        let done = tokio::task::spawn_blocking(move || {
            let index = app.search.open()?;
            work(&index)
        });
        let outcome = done.await.unwrap_or_else(|_| Err(SearchError::Broken("its files contradict each other".into())));
        if let Err(SearchError::Broken(_)) = &outcome {
            self.close();
        }
        Ok(outcome?)
    }

    fn open(&self) -> Result<Arc<Index>, SearchError> {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*index {
            return Ok(Arc::clone(open));
        }
        let folder = self.folder.as_deref();
        let opened = match folder.filter(|_| self.damaged.load(Ordering::Relaxed)) {
            Some(folder) => Index::create(folder)?,
            None => Index::open(folder)?,
        };
        self.damaged.store(false, Ordering::Relaxed);
        let opened = Arc::new(opened);
        *index = Some(Arc::clone(&opened));
        Ok(opened)
    }

    /// What does not work is made anew.
    fn close(&self) {
        self.damaged.store(true, Ordering::Relaxed);
        *self.index.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.seq.send_replace(-1);
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn refused(why: &Failure) -> Problem {
    tracing::warn!("a search failed: {why}");
    Problem::unavailable("The search index of this server cannot be used just now. It is being made anew; try again in a moment.")
}

/// The task has ended, however it did.
struct Stopped<'a>(&'a App);

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.search.work().running = false;
        }
    }
}
