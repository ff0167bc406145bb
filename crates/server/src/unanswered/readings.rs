//! What would happen to a wording today: remembered as long as the window's answers are the same.

use crate::App;
use crate::knowledge::Compiled;
use hypercare_core::WindowId;
use hypercare_core::conversation::assistant::Inputs;
use hypercare_core::triage::Suggestion;
use hypercare_language::triage::Context;
use hypercare_store::StoreError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Windows whose readings are remembered.
const WINDOWS: usize = 8;
/// Readings of a window that are remembered.
const REMEMBERED: usize = 20_000;

/// What would happen to a wording today.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The approved answer that comes nearest.
    pub nearest: Option<Suggestion>,
    /// The assistant would give it.
    pub answered: bool,
}

/// The readings of each window: forgotten at any time without loss.
#[derive(Default)]
pub struct Readings(Mutex<HashMap<WindowId, (Arc<Compiled>, Known)>>);

/// By wording.
type Known = Arc<Mutex<HashMap<String, Reading>>>;

impl Readings {
    /// Forgets all of them.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What is known by this plan and these answers.
    fn of(&self, window: WindowId, compiled: &Arc<Compiled>) -> Known {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(by, known): &&(Arc<Compiled>, Known)| {
            Arc::ptr_eq(by, compiled) && known.lock().unwrap_or_else(PoisonError::into_inner).len() < REMEMBERED
        };
        if let Some((_, known)) = all.get(&window).filter(same) {
            return Arc::clone(known);
        }
        if all.len() >= WINDOWS && !all.contains_key(&window) {
            all.clear();
        }
        let known = Known::default();
        all.insert(window, (Arc::clone(compiled), Arc::clone(&known)));
        known
    }
}

/// What would happen today to each of these wordings; none where the window is closed.
///
/// # Errors
/// When the database fails.
pub async fn readings(app: &App, window: WindowId, wordings: Vec<String>) -> Result<Vec<Option<Reading>>, StoreError> {
    let Some(compiled) = app.knowledge.for_window(app, window).await? else { return Ok(vec![None; wordings.len()]) };
    let known = app.unanswered.readings.of(window, &compiled);
    let read = move || {
        let one = |text: &String| {
            if let Some(reading) = known.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
                return Some(reading.clone());
            }
            let triage = compiled.index.triage(text, &Context::default());
            let answered = Inputs::first(&triage, &compiled.assistant).is_served();
            let reading = Reading { nearest: triage.suggestions.into_iter().next(), answered };
            known.lock().unwrap_or_else(PoisonError::into_inner).insert(text.clone(), reading.clone());
            Some(reading)
        };
        wordings.iter().map(one).collect()
    };
    // Milliseconds of pure computation for each: not on the threads that answer requests.
    tokio::task::spawn_blocking(read).await.map_err(|_| StoreError::Panicked)
}
