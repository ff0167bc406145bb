//! What the confirmed outcomes of each window say, judged off the way of requests and kept as long as it holds.
//!
//! A derived cache: the same rows give the same fit, here, on another node and after a restart. One fit at a time, of any
//! window; after one comes a pause in proportion, so that a busy day costs a part of one core and never more.

use crate::App;
use crate::knowledge::{CORRECTIONS, matchable, taught_plan};
use hypercare_core::conversation::Event;
use hypercare_core::{AnswerId, WindowId};
use hypercare_language::Item;
use hypercare_language::sure::Fit;
use hypercare_language::triage::{LiveAnswer, answer_items};
use hypercare_language::trial::Confirmed;
use hypercare_store::StoreError;
use hypercare_store::queries::{answers, confirmed, conversations, events};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Outcomes that are judged: the newest so many.
pub const OUTCOMES: i64 = 3_000;
/// Closed windows whose fits are kept.
const CLOSED: usize = 8;
/// More outcomes mostly follow at once: a file of labels, a busy hour.
const MORE_MAY_FOLLOW: Duration = Duration::from_millis(250);
/// The pause after a fit, in lengths of that fit.
const PAUSE: u32 = 4;
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// A fit, and what it teaches.
#[derive(Debug)]
pub struct Fitted {
    /// What the outcomes say.
    pub fit: Fit,
    /// Messages for which an answer was right: further wordings of it.
    pub confirmed: HashMap<AnswerId, Vec<String>>,
    /// Outcomes that say nothing now, because their answer may not be said any more.
    pub left_out: usize,
    basis: Basis,
}

/// All that a fit depends on.
#[derive(Debug, PartialEq)]
struct Basis {
    items: Vec<Item>,
    answers: Vec<AnswerId>,
    lessons: Vec<confirmed::Lesson>,
}

#[derive(Debug, Default)]
struct Entry {
    current: Option<Arc<Fitted>>,
    /// How often it was asked for, and which time the current one is of.
    wanted: u64,
    done: u64,
    running: bool,
}

/// The fits of all windows that are not closed.
#[derive(Debug)]
pub struct Fits {
    windows: Mutex<HashMap<WindowId, Entry>>,
    /// One at a time: they take a whole core.
    turn: tokio::sync::Mutex<()>,
    done: Notify,
    /// The last event that was noticed; 0 where nobody follows the log.
    noticed: AtomicI64,
}

impl Default for Fits {
    fn default() -> Self {
        Self { windows: Mutex::default(), turn: tokio::sync::Mutex::const_new(()), done: Notify::const_new(), noticed: AtomicI64::new(0) }
    }
}

impl Fits {
    fn all(&self) -> MutexGuard<'_, HashMap<WindowId, Entry>> {
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The fit of a window; none while its first one is being made, which this begins.
    pub fn of(&self, app: &App, window: WindowId) -> Option<Arc<Fitted>> {
        let known = self.all().get(&window).map(|entry| entry.current.clone());
        known.unwrap_or_else(|| {
            self.stale(app, window);
            None
        })
    }

    /// Where there are many, forgets every window but these: closed ones are looked at rarely.
    pub fn keep(&self, windows: &[WindowId]) {
        let mut all = self.all();
        if all.len() > windows.len() + CLOSED {
            all.retain(|id, entry| entry.running || windows.contains(id));
        }
    }

    /// Something that a window's fit depends on has changed: it is made anew, soon.
    pub fn stale(&self, app: &App, window: WindowId) {
        let begins = {
            let mut all = self.all();
            let entry = all.entry(window).or_default();
            entry.wanted += 1;
            !std::mem::replace(&mut entry.running, true)
        };
        if begins {
            tokio::spawn(work(app.clone(), window));
        }
    }

    /// All fits are made anew, soon: texts that they were made from were erased.
    pub fn all_stale(&self, app: &App) {
        let known: Vec<WindowId> = self.all().keys().copied().collect();
        known.into_iter().for_each(|window| self.stale(app, window));
    }

    /// An event was read from the log.
    pub fn noticed(&self, app: &App, event: &events::Line) {
        let of_line = event.window_id.map(WindowId);
        let window = match event.kind.as_str() {
            "conversation.confirmed" | "conversation.unconfirmed" => window_of(event),
            // A correction is an example from then on, also of what it took out of the window.
            "conversation.triaged" if event.actor_kind == "person" => window_of(event).or(of_line),
            "window.labelled" | "window.unlabelled" | "window.plan_applied" => Some(WindowId(event.subject_id)),
            kind if kind.starts_with("answer.") => of_line,
            _ => None,
        };
        if let Some(window) = window {
            self.stale(app, window);
        }
        self.noticed.store(event.seq, Ordering::Release);
    }

    /// Whether what is known of a window may be behind what is in the store.
    pub fn is_pending(&self, app: &App, window: WindowId) -> bool {
        let noticed = self.noticed.load(Ordering::Acquire);
        noticed > 0 && noticed < *app.store.head().borrow() || self.all().get(&window).is_none_or(|entry| entry.running || entry.current.is_none())
    }

    /// Makes a window's fit anew and waits for it.
    pub async fn refit(&self, app: &App, window: WindowId) {
        self.stale(app, window);
        let wanted = self.all().get(&window).map_or(0, |entry| entry.wanted);
        self.wait(window, wanted).await;
    }

    /// Waits until what was asked for of any window is there.
    pub async fn settled(&self) {
        let asked: Vec<(WindowId, u64)> = self.all().iter().map(|(id, entry)| (*id, entry.wanted)).collect();
        for (window, wanted) in asked {
            self.wait(window, wanted).await;
        }
    }

    async fn wait(&self, window: WindowId, wanted: u64) {
        loop {
            let told = self.done.notified();
            if self.all().get(&window).is_none_or(|entry| entry.done >= wanted) {
                return;
            }
            told.await;
        }
    }
}

/// Of which window an outcome or a correction is: the conversation may be in none any more.
fn window_of(event: &events::Line) -> Option<WindowId> {
    match serde_json::from_str(&event.body).ok()? {
        Event::Confirmed { outcome } => Some(outcome.window),
        Event::Unconfirmed { window, .. } => Some(window),
        Event::Triaged { triage, window } => triage.corrections.window.or(window),
        _ => None,
    }
}

/// Makes the fit of a window until nothing more was asked for.
async fn work(app: App, window: WindowId) {
    loop {
        tokio::time::sleep(if app.sure.all().get(&window).is_some_and(|e| e.current.is_some()) { MORE_MAY_FOLLOW } else { Duration::ZERO }).await;
        let turn = app.sure.turn.lock().await;
        let wanted = app.sure.all().get(&window).map_or(0, |entry| entry.wanted);
        let begun = Instant::now();
        let made = make(&app, window).await;
        let took = begun.elapsed();
        drop(turn);
        match made {
            Ok(made) => {
                let more = keep(&app, window, made, wanted);
                if !more {
                    return;
                }
                tokio::time::sleep((took * PAUSE).min(LONGEST_PAUSE)).await;
            }
            Err(StoreError::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, window = window.0, "the confirmed outcomes could not be judged; trying again");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}

/// Keeps what was made; returns whether it is asked for anew already.
fn keep(app: &App, window: WindowId, made: Option<Arc<Fitted>>, wanted: u64) -> bool {
    let more = {
        let mut all = app.sure.all();
        let Some(entry) = all.get_mut(&window) else { return false };
        let changed = made.is_some();
        entry.current = made.or_else(|| entry.current.take());
        entry.done = wanted;
        entry.running = entry.wanted > wanted;
        // Before anybody is told: who waited for it finds it in use.
        if changed {
            app.knowledge.stale();
        }
        entry.running
    };
    app.sure.done.notify_waiters();
    more
}

/// The fit of a window now; none where nothing has changed since the last one.
async fn make(app: &App, window: WindowId) -> Result<Option<Arc<Fitted>>, StoreError> {
    let mut reader = app.reader();
    let Some(state) = hypercare_store::load::<hypercare_core::window::Window>(&mut reader, window.0).await? else { return Ok(None) };
    let corrected = conversations::corrected(&mut reader, CORRECTIONS).await?;
    let live: Vec<_> = matchable(&answers::of_window(&mut reader, Some(window)).await?).collect();
    let lessons = confirmed::newest(&mut reader, window, OUTCOMES).await?;
    let plan = taught_plan(window, &state.plan, &corrected);
    let basis = Basis { items: answer_items(&plan, &live), answers: live.iter().map(|a| a.id).collect(), lessons };
    if app.sure.all().get(&window).and_then(|e| e.current.as_ref()).is_some_and(|known| known.basis == basis) {
        return Ok(None);
    }
    let app = app.clone();
    let made = tokio::task::spawn_blocking(move || {
        let place: HashMap<i64, usize> = basis.answers.iter().enumerate().map(|(n, id)| (id.0, n)).collect();
        let known = |l: &confirmed::Lesson| match l.answer_id {
            // What was wrong then says nothing of the answers that there are now.
            None if l.said_answer.is_some_and(|said| !place.contains_key(&said)) => None,
            None => Some(Confirmed { text: l.text.clone(), answer: None }),
            Some(id) => place.get(&id).map(|n| Confirmed { text: l.text.clone(), answer: Some(*n) }),
        };
        let outcomes: Vec<Confirmed> = basis.lessons.iter().filter_map(known).collect();
        let fit = Fit::new(&basis.items, basis.answers.len(), &outcomes, app.config.language.encoder());
        let fit = fit.map_err(|e| StoreError::Unusable(format!("the language model failed: {e}")))?;
        let mut confirmed: HashMap<AnswerId, Vec<String>> = HashMap::new();
        for outcome in &outcomes {
            if let Some(id) = outcome.answer.and_then(|n| basis.answers.get(n)) {
                confirmed.entry(*id).or_default().push(outcome.text.clone());
            }
        }
        // What the assistant reads with from now on: learned here, so that the next message finds it.
        let taught = live.into_iter().map(|a| LiveAnswer { confirmed: confirmed.get(&a.id).cloned().unwrap_or_default(), ..a });
        app.knowledge.learn(&answer_items(&plan, &taught.collect::<Vec<_>>()), fit.calibrator.as_ref());
        Ok(Fitted { fit, confirmed, left_out: basis.lessons.len() - outcomes.len(), basis })
    });
    made.await.map_err(|_| StoreError::Panicked)?.map(|made| Some(Arc::new(made)))
}
