//! What customers of a window ask again and again, as long as it has no issue.
//!
//! Nothing of it is stored: it is derived from the messages that are linked to nothing, anew after a start.

use crate::App;
use crate::config::Language;
use hypercare_core::{ContactId, ConversationId, Timestamp, WindowId};
use hypercare_language::repeats::{QuestionId, Repeats, Said};
use hypercare_store::StoreError;
use hypercare_store::queries::issues;
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// Messages that are read anew after a start: the newest.
const READ_ANEW: i64 = 2_000;
/// Texts that are encoded in one go, so that others get their turn.
const BATCH: usize = 32;

/// The questions of each window.
#[derive(Default)]
pub struct Asked {
    language: Language,
    windows: Mutex<HashMap<WindowId, Repeats>>,
    read_anew: Mutex<HashSet<WindowId>>,
}

impl Asked {
    /// Nothing is known yet.
    pub fn new(language: Language) -> Self {
        Self { language, ..Self::default() }
    }

    /// Done before the transaction that a message is taken in with: the message is encoded, so that the transaction only
    /// looks up, and what was asked before a start is read anew, in the background.
    pub async fn prepare(&self, app: &App, window: WindowId, text: &str) {
        let text = text.to_owned();
        encode(app, vec![text]).await;
        if self.read_anew.lock().unwrap_or_else(PoisonError::into_inner).insert(window) {
            let app = app.clone();
            tokio::spawn(async move {
                if let Err(why) = read_anew(&app, window).await {
                    app.knowledge.asked.read_anew.lock().unwrap_or_else(PoisonError::into_inner).remove(&window);
                    tracing::warn!("what is asked could not be read anew: {why}");
                }
            });
        }
    }

    /// Looks at the questions of a window.
    pub fn of<T>(&self, window: WindowId, look: impl FnOnce(&mut Repeats) -> T) -> T {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        look(windows.entry(window).or_insert_with(|| Repeats::new(self.language.encoder().cloned())))
    }

    /// Takes a message in and says which question it asks; none when the language model fails, which is logged.
    pub fn observe(&self, window: WindowId, said: &Said<'_>) -> Option<QuestionId> {
        match self.of(window, |repeats| repeats.observe(said)) {
            Ok(decision) => Some(decision.question()),
            Err(why) => {
                tracing::warn!("a message was not compared with others: {why}");
                None
            }
        }
    }
}

/// Milliseconds of computing for each text: not on the threads that answer requests.
async fn encode(app: &App, texts: Vec<String>) {
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

async fn read_anew(app: &App, window: WindowId) -> Result<(), StoreError> {
    let mut unlinked = issues::unlinked_texts(&mut app.reader(), window, READ_ANEW).await?;
    unlinked.reverse();
    encode(app, unlinked.iter().map(|line| line.text.clone()).collect()).await;
    for line in &unlinked {
        let conversation = ConversationId(line.id);
        let known = app.knowledge.asked.of(window, |repeats| repeats.holds(conversation));
        if !known {
            let said = Said { conversation, contact: ContactId(line.contact_id), at: Timestamp(line.opened_at), text: &line.text };
            app.knowledge.asked.observe(window, &said);
        }
    }
    Ok(())
}
