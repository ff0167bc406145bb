//! What asks the same, grouped: remembered as long as nothing new was asked.

use crate::App;
use hypercare_core::WindowId;
use hypercare_language::learning::{Asked, Group, group};
use hypercare_store::StoreError;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Windows whose groups are remembered.
const WINDOWS: usize = 8;

/// What can be grouped by what it asks.
pub trait Question: Send + Sync + 'static {
    /// Its number, when, and what it asks.
    fn asked(&self) -> Asked<'_>;
}

/// The groups of each window's questions: forgotten at any time without loss.
pub struct Groupings<Q> {
    made: Mutex<HashMap<WindowId, Made<Q>>>,
    /// One at a time: who asks meanwhile finds what the first one made.
    turn: tokio::sync::Mutex<()>,
}

/// Questions, and their groups by place.
pub struct Made<Q> {
    /// The questions, in the order that they were given in.
    pub of: Arc<Vec<Q>>,
    /// Which of them ask the same.
    pub groups: Arc<Vec<Group>>,
}

impl<Q> Default for Groupings<Q> {
    fn default() -> Self {
        Self { made: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }
}

impl<Q: Question> Groupings<Q> {
    /// Forgets what was grouped.
    pub fn forget(&self) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Groups these questions of a window, unless they are those that were grouped last.
    ///
    /// # Errors
    /// When grouping panicked.
    pub async fn of(&self, app: &App, window: WindowId, questions: Vec<Q>) -> Result<Made<Q>, StoreError> {
        let of = Arc::new(questions);
        if let Some(groups) = self.known(window, &of) {
            return Ok(Made { of, groups });
        }
        let _turn = self.turn.lock().await;
        if let Some(groups) = self.known(window, &of) {
            return Ok(Made { of, groups });
        }
        let (encoder, read) = (app.config.language.encoder().cloned(), Arc::clone(&of));
        let work = move || {
            let asked: Vec<Asked<'_>> = read.iter().map(Question::asked).collect();
            // Where the model fails, which is said where it is called, words are compared.
            group(&asked, encoder.as_ref()).or_else(|_| group(&asked, None)).unwrap_or_default()
        };
        let groups = Arc::new(tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Panicked)?);
        let mut all = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= WINDOWS && !all.contains_key(&window) {
            all.clear();
        }
        all.insert(window, Made { of: Arc::clone(&of), groups: Arc::clone(&groups) });
        Ok(Made { of, groups })
    }

    fn known(&self, window: WindowId, questions: &[Q]) -> Option<Arc<Vec<Group>>> {
        let all = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let made = all.get(&window)?;
        let same = made.of.len() == questions.len() && made.of.iter().zip(questions).all(|(a, b)| a.asked() == b.asked());
        same.then(|| Arc::clone(&made.groups))
    }
}
