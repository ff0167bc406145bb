//! What customers of a window ask again and again, and what is known of its issues.
//!
//! Nothing of it is stored and nothing is decided here: it is what the store says, brought up to date in the order of the event
//! log (`following.rs`), the same way on every node and after a start. A transaction only looks, so that one that
//! fails leaves nothing behind.

use super::following;
use crate::App;
use crate::config::Language;
use hypercare_core::{ConversationId, IssueId, WindowId};
use hypercare_language::repeats::{Repeats, wording};
use hypercare_store::StoreError;
use hypercare_store::queries::events;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Texts that are encoded in one go, so that others get their turn.
const BATCH: usize = 32;
/// How long somebody waits for what they wrote or decided to be known here. It is known soon after in any case.
const PATIENCE: Duration = Duration::from_millis(500);
const AFTER_FAILURE: Duration = Duration::from_millis(500);

/// The questions and issues of each window.
pub struct Asked {
    language: Language,
    windows: Mutex<HashMap<WindowId, Repeats>>,
    work: Mutex<Work>,
    /// The event up to which everything is known; −1 before the first look.
    seq: watch::Sender<i64>,
}

/// What waits for the one task that brings things up to date.
#[derive(Default)]
struct Work {
    running: bool,
    again: bool,
    /// Windows that somebody asked for and that were not read yet.
    wanted: BTreeSet<WindowId>,
}

impl Default for Asked {
    fn default() -> Self {
        Self::new(Language::default())
    }
}

impl Asked {
    /// Nothing is known yet.
    pub fn new(language: Language) -> Self {
        Self { language, windows: Mutex::default(), work: Mutex::default(), seq: watch::Sender::new(-1) }
    }

    /// Done before the transaction that a message is taken in with: the message is encoded, so that the transaction only
    /// looks up.
    pub async fn prepare(&self, app: &App, window: WindowId, text: &str) {
        self.want(app, window);
        encode(app, wording([text]).into_iter().collect()).await;
    }

    /// Something may have changed: it is brought up to date in the background.
    pub fn nudge(&self, app: &App) {
        let mut work = self.work();
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
            while stopped.0.knowledge.asked.goes_on(&app).await {}
        });
    }

    /// Whether there is more to do.
    async fn goes_on(&self, app: &App) -> bool {
        match following::catch_up(app).await {
            Ok(()) => {}
            Err(StoreError::Closed) => return false,
            Err(why) => {
                tracing::warn!("what is asked could not be brought up to date; trying again: {why}");
                tokio::time::sleep(AFTER_FAILURE).await;
                return !*app.stopping.borrow();
            }
        }
        let mut work = self.work();
        // Under the lock: who nudges from now on begins anew.
        work.running = std::mem::take(&mut work.again) || !work.wanted.is_empty();
        work.running
    }

    /// Waits until all that was committed before is known here, for a short time at most; says whether it is.
    pub async fn settled(&self, app: &App) -> bool {
        let Ok(newest) = events::newest(&mut app.reader()).await else { return false };
        let newest = newest.map_or(0, |(seq, _)| seq);
        self.nudge(app);
        let mut seq = self.seq.subscribe();
        let known = seq.wait_for(|seq| *seq >= newest);
        tokio::time::timeout(PATIENCE, known).await.is_ok_and(|known| known.is_ok())
    }

    /// The same after a message that may repeat others. Nobody waits for a window that is being read after a start.
    pub(super) async fn settled_in(&self, app: &App, window: WindowId) {
        if self.windows().contains_key(&window) {
            self.settled(app).await;
        }
    }

    /// This window is looked at: it is read where it was not yet.
    pub fn want(&self, app: &App, window: WindowId) {
        if !self.windows().contains_key(&window) && self.work().wanted.insert(window) {
            self.nudge(app);
        }
    }

    /// Forgets all that was read; each window is read anew when it is wanted.
    pub fn forget(&self) {
        let read: Vec<WindowId> = self.windows().drain().map(|(window, _)| window).collect();
        self.work().wanted.extend(read);
    }

    /// The issue that a message asks about; none where it is new, not sure, or the window was not read yet.
    pub fn look(&self, window: WindowId, text: &str) -> Option<IssueId> {
        let text = wording([text])?;
        self.with(window, |repeats| logged(repeats.look(&text)).flatten()).flatten()
    }

    /// Whether people took the like of this out of an issue.
    pub fn refuses(&self, window: WindowId, issue: IssueId, text: &str) -> bool {
        let Some(text) = wording([text]) else { return false };
        self.with(window, |repeats| logged(repeats.refuses(issue, &text))).flatten().unwrap_or(false)
    }

    /// Conversations that may ask about an issue, the likeliest first.
    pub fn possible(&self, window: WindowId, issue: IssueId, limit: usize) -> Vec<ConversationId> {
        let found = self.with(window, |repeats| repeats.possible(issue, limit)).unwrap_or_default();
        found.into_iter().map(|(conversation, _)| conversation).collect()
    }

    /// The issue that a conversation without one may ask about.
    pub fn maybe(&self, window: WindowId, conversation: ConversationId) -> Option<IssueId> {
        self.with(window, |repeats| repeats.maybe(conversation)).flatten().map(|(issue, _)| issue)
    }

    /// The issue that may be the same as this one.
    pub fn alike(&self, window: WindowId, issue: IssueId) -> Option<IssueId> {
        self.with(window, |repeats| repeats.alike(issue)).flatten().map(|(issue, _)| issue)
    }

    /// Looks at a window that was read.
    pub(super) fn with<T>(&self, window: WindowId, look: impl FnOnce(&mut Repeats) -> T) -> Option<T> {
        self.windows().get_mut(&window).map(look)
    }

    /// A window was read.
    pub(super) fn put(&self, window: WindowId, repeats: Repeats) {
        self.windows().insert(window, repeats);
        self.work().wanted.remove(&window);
    }

    /// Nothing is known yet of a window.
    pub(super) fn empty(&self) -> Repeats {
        Repeats::new(self.language.encoder().cloned())
    }

    /// A window that somebody asked for and that was not read yet.
    pub(super) fn wanted(&self) -> Option<WindowId> {
        self.work().wanted.first().copied()
    }

    /// A window that is not looked at any more.
    pub(super) fn not_wanted(&self, window: WindowId) {
        self.work().wanted.remove(&window);
    }

    /// The windows that were read.
    pub(super) fn read(&self) -> Vec<WindowId> {
        self.windows().keys().copied().collect()
    }

    /// The event up to which everything is known.
    pub(super) fn seq(&self) -> i64 {
        *self.seq.borrow()
    }

    /// Everything up to this event is known.
    pub(super) fn reached(&self, seq: i64) {
        self.seq.send_replace(seq);
    }

    fn windows(&self) -> MutexGuard<'_, HashMap<WindowId, Repeats>> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The task has ended, however it did.
struct Stopped<'a>(&'a App);

impl Drop for Stopped<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.knowledge.asked.work().running = false;
        }
    }
}

/// What was found; none when the language model fails, which is said in the log.
pub(super) fn logged<T>(found: Result<T, hypercare_language::encoder::EncodeError>) -> Option<T> {
    found.map_err(|why| tracing::warn!("a message was not compared with others: {why}")).ok()
}

/// Milliseconds of computing for each text: not on the threads that answer requests. What was encoded is remembered.
pub(super) async fn encode(app: &App, texts: Vec<String>) {
    let language = app.config.language.clone();
    let done = tokio::task::spawn_blocking(move || {
        let Some(encoder) = language.encoder() else { return Ok(()) };
        texts.chunks(BATCH).try_for_each(|batch| encoder.encode(&batch.iter().map(String::as_str).collect::<Vec<_>>()).map(drop))
    });
    match done.await {
        Ok(Ok(())) => {}
        Ok(Err(why)) => tracing::warn!("a message was not encoded: {why}"),
        Err(why) => tracing::warn!("a message was not encoded: {why}"),
    }
}
