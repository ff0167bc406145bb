//! Messages whose right answer was confirmed: what the threshold of a window's assistant rests on.

use crate::StoreError;
use crate::sql::{Query, statements, vals};
use crate::tx::Tx;
use hypercare_core::conversation::outcome::{Outcome, Source};
use hypercare_core::window::{LABEL_TEXT_LIMIT, Label};
use hypercare_core::{ConversationId, MessageId, OutcomeId, Stamp, WindowId};

statements! {
    MESSAGE_TEXT = "SELECT text FROM message WHERE id = $1";
    /// One row for each message: who speaks of it later changes the row.
    SAVE = "INSERT INTO confirmed (id, window_id, key, conversation_id, message_id, text, answer_id, said_answer, source, actor_name, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (window_id, key) DO UPDATE SET answer_id = excluded.answer_id, said_answer = excluded.said_answer,
            source = excluded.source, actor_name = excluded.actor_name, at = excluded.at";
    FORGET = "DELETE FROM confirmed WHERE window_id = $1 AND key = $2";
    REMOVE = "DELETE FROM confirmed WHERE id = $1";
    NEWEST = "SELECT id, text, answer_id, said_answer FROM confirmed WHERE window_id = $1 ORDER BY id DESC LIMIT $2";
    COUNTS = "SELECT source, COUNT(*) AS outcomes, COUNT(*) FILTER (WHERE answer_id IS NULL) AS none_right,
            COUNT(*) FILTER (WHERE said_answer IS NOT NULL) AS said,
            COUNT(*) FILTER (WHERE said_answer IS NOT NULL AND (answer_id IS NULL OR answer_id <> said_answer)) AS said_wrong
        FROM confirmed WHERE window_id = $1 GROUP BY source ORDER BY source";
    PAGE = "SELECT id, window_id, conversation_id, message_id, text, answer_id, said_answer, source, actor_name, at FROM confirmed
        WHERE window_id = $1 AND (CAST($2 AS TEXT) IS NULL OR source = $2) AND id < $3 ORDER BY id DESC LIMIT $4";
    BY_ID = "SELECT id, window_id, conversation_id, message_id, text, answer_id, said_answer, source, actor_name, at FROM confirmed WHERE id = $1";
}

/// One confirmed outcome.
#[derive(Clone, Debug, sqlx::FromRow)]
#[allow(missing_docs, reason = "columns of the table, named as the event's fields")]
pub struct Line {
    pub id: i64,
    pub window_id: i64,
    pub conversation_id: Option<i64>,
    pub message_id: Option<i64>,
    pub text: String,
    pub answer_id: Option<i64>,
    pub said_answer: Option<i64>,
    pub source: String,
    pub actor_name: String,
    pub at: i64,
}

/// What teaches and calibrates.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Lesson {
    /// Which outcome.
    pub id: i64,
    /// What was written.
    pub text: String,
    /// The right answer; none where none was right.
    pub answer_id: Option<i64>,
    /// What the assistant had said; none where it said nothing.
    pub said_answer: Option<i64>,
}

/// How many outcomes rest on whose word.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Count {
    /// Whose.
    pub source: String,
    /// How many.
    pub outcomes: i64,
    /// Of these: no answer was right, or it is not known which.
    pub none_right: i64,
    /// Of these: the assistant had answered.
    pub said: i64,
    /// Of those that it had answered: wrongly.
    pub said_wrong: i64,
}

/// Keeps what a conversation confirms. The message is in the store already.
pub(crate) async fn keep(tx: &mut Tx, conversation: ConversationId, outcome: &Outcome, stamp: &Stamp) -> Result<(), StoreError> {
    let row: Option<(String,)> = tx.optional(MESSAGE_TEXT, vals![outcome.message]).await?;
    let text: String = row.map(|(text,)| text.chars().take(LABEL_TEXT_LIMIT).collect()).unwrap_or_default();
    let id: OutcomeId = tx.new_id(stamp.at);
    let vals = vals![
        id,
        outcome.window,
        of_message(outcome.message),
        conversation,
        outcome.message,
        text,
        outcome.answer,
        outcome.said,
        outcome.source.word(),
        &stamp.actor.name,
        stamp.at
    ];
    tx.run(SAVE, vals).await.map(drop)
}

/// What a conversation does not confirm any more.
pub(crate) async fn forget(tx: &mut Tx, window: WindowId, message: MessageId) -> Result<(), StoreError> {
    tx.run(FORGET, vals![window, of_message(message)]).await.map(drop)
}

/// Keeps labels: the same words labelled again are the same outcome.
pub(crate) async fn label(tx: &mut Tx, window: WindowId, labels: &[Label], stamp: &Stamp) -> Result<(), StoreError> {
    for label in labels {
        let id: OutcomeId = tx.new_id(stamp.at);
        let vals = vals![
            id,
            window,
            of_text(&label.text),
            None::<i64>,
            None::<i64>,
            &label.text,
            label.answer,
            None::<i64>,
            Source::Labelled.word(),
            &stamp.actor.name,
            stamp.at
        ];
        tx.run(SAVE, vals).await?;
    }
    Ok(())
}

/// Takes one out.
pub(crate) async fn remove(tx: &mut Tx, outcome: OutcomeId) -> Result<(), StoreError> {
    tx.run(REMOVE, vals![outcome]).await.map(drop)
}

fn of_message(message: MessageId) -> String {
    format!("m{message}")
}

/// The words of a text without case and marks, as a fingerprint (FNV-1a of 128 bits).
fn of_text(text: &str) -> String {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    format!("t{hash:032x}")
}

/// The newest outcomes of a window, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn newest(q: &mut impl Query, window: WindowId, limit: i64) -> Result<Vec<Lesson>, StoreError> {
    let mut rows: Vec<Lesson> = q.all(NEWEST, vals![window, limit]).await?;
    rows.reverse();
    Ok(rows)
}

/// How many outcomes of a window rest on whose word.
///
/// # Errors
/// When the database fails.
pub async fn counts(q: &mut impl Query, window: WindowId) -> Result<Vec<Count>, StoreError> {
    q.all(COUNTS, vals![window]).await
}

/// The outcomes of a window before `before` (none: the newest), newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(
    q: &mut impl Query,
    window: WindowId,
    source: Option<Source>,
    before: Option<OutcomeId>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    q.all(PAGE, vals![window, source.map(Source::word), before.map_or(i64::MAX, i64::from), limit]).await
}

/// One outcome.
///
/// # Errors
/// When the database fails.
pub async fn by_id(q: &mut impl Query, id: OutcomeId) -> Result<Option<Line>, StoreError> {
    q.optional(BY_ID, vals![id]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_label() {
        #[track_caller]
        fn check(a: &str, b: &str, same: bool) {
            assert_eq!(of_text(a) == of_text(b), same, "{a} / {b}");
        }
        check("Where is my invoice?", "where is my  INVOICE", true);
        check("Where is my invoice?", "Where is my invoices?", false);
        check("ab c", "a bc", false);
        check("Über Größe", "über größe!", true);
    }
}
